/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-view-private.h"

static gboolean
chorus_recording_view_is_stacked (ChorusRecordingView *self)
{
  return chorus_view_session_get_channel (self->session) == CHORUS_CHANNEL_ALL;
}

static void
chorus_recording_view_channel_cb (ChorusRecordingView *self)
{
  gboolean stacked = chorus_recording_view_is_stacked (self);

  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->waveform), !stacked);
  gtk_widget_set_visible (GTK_WIDGET (self->frequency_ruler), !stacked);
  gtk_widget_set_visible (GTK_WIDGET (self->spectrogram), !stacked);
}

double
chorus_recording_view_get_pointer_level (ChorusRecordingView *self)
{
  if (chorus_recording_view_is_stacked (self))
    return chorus_channel_stack_get_pointer_level (self->channel_stack);

  return chorus_spectrogram_view_get_pointer_level (self->spectrogram);
}

void
chorus_recording_view_connect_channels (ChorusRecordingView *self)
{
  chorus_channel_chooser_set_session (self->channel_chooser, self->session);
  chorus_channel_stack_set_session (self->channel_stack, self->session, self->margins, self->channel_scrollbar);
  g_signal_connect_object (self->session, "notify::channel", G_CALLBACK (chorus_recording_view_channel_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->channel_stack, "seek", G_CALLBACK (chorus_recording_view_seek), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->channel_stack, "activate", G_CALLBACK (chorus_recording_view_play_detection), self,
                           G_CONNECT_SWAPPED);
}
