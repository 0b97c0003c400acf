/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is heard of what is shown: the band, and the channel. */

#include "config.h"

#include "chorus-recording-view-private.h"

/* The selected band, else that of the selected detection, else everything. */
static ChorusFrequencyBand
chorus_recording_view_choose_band (ChorusRecordingView *self)
{
  ChorusDetection *detection = chorus_view_session_get_selected_detection (self->session);
  ChorusFrequencyBand band = { 0.0, 0.0 };

  if (!self->band_limited)
    return band;
  if (chorus_view_session_has_selected_band (self->session))
    chorus_view_session_get_selection (self->session, NULL, &band);
  else if (!chorus_view_session_get_selection (self->session, NULL, NULL) && detection
           && chorus_detection_get_high (detection) > chorus_detection_get_low (detection))
    band = (ChorusFrequencyBand){ chorus_detection_get_low (detection), chorus_detection_get_high (detection) };

  return band;
}

static void
chorus_recording_view_update_band (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_player_set_band (self->player, chorus_recording_view_choose_band (self));
}

static void
chorus_recording_view_heard_channel_cb (ChorusRecordingView *self)
{
  int channel = chorus_view_session_get_channel (self->session);

  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  /* The mix on the screen is heard as the stereo that it is. */
  chorus_player_set_channel (self->player, channel >= 0 ? channel : CHORUS_PLAYBACK_ALL_CHANNELS);
}

static void
chorus_recording_view_summary_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  gtk_menu_button_set_label (self->playback_button, chorus_playback_settings_get_summary (self->playback_settings));
}

static void
chorus_recording_view_selection_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  gtk_widget_set_sensitive (self->selection_button, chorus_selection_info_get_summary (self->selection_info) != NULL);
  chorus_spectrogram_view_update_description (self->spectrogram);
}

static void
chorus_recording_view_spoken_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_spectrogram_view_set_measurements (self->spectrogram, chorus_selection_info_get_spoken (self->selection_info));
}

void
chorus_recording_view_set_path (ChorusRecordingView *self,
                                const char          *path)
{
  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));

  chorus_selection_info_set_path (self->selection_info, path);
}

gboolean
chorus_recording_view_get_band_limited (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), FALSE);

  return self->band_limited;
}

void
chorus_recording_view_set_band_limited (ChorusRecordingView *self,
                                        gboolean             band_limited)
{
  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));

  band_limited = !!band_limited;
  if (self->band_limited == band_limited)
    return;
  self->band_limited = band_limited;
  chorus_recording_view_update_band (self);
  g_object_notify (G_OBJECT (self), "band-limited");
}

void
chorus_recording_view_connect_playback (ChorusRecordingView *self)
{
  chorus_playback_settings_set_player (self->playback_settings, self->player);
  chorus_selection_info_set_session (self->selection_info, self->session);
  g_signal_connect_object (self->playback_settings, "notify::summary", G_CALLBACK (chorus_recording_view_summary_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_info, "notify::summary", G_CALLBACK (chorus_recording_view_selection_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection_info, "notify::spoken", G_CALLBACK (chorus_recording_view_spoken_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "selection-changed", G_CALLBACK (chorus_recording_view_update_band), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::selected-detection", G_CALLBACK (chorus_recording_view_update_band),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::channel", G_CALLBACK (chorus_recording_view_heard_channel_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_recording_view_summary_cb (self);
}
