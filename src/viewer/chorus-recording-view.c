/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"
#include "timeline/chorus-axis.h"
#include "viewer/chorus-viewer-resources.h"

/* What the read-out tells apart, in seconds. */
#define READ_OUT_STEP 0.001

/* Below this width, in pixels, keys, the wheel and the overview have to do for zooming. */
#define ROOM_FOR_ZOOM_BUTTONS 620

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_PLAYER,
  PROP_DETECTIONS,
  PROP_SELECTED_DETECTION,
  PROP_LOOPING,
  PROP_BAND_LIMITED,
  PROP_PROBLEM,
  PROP_RECORDING_NAME,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusRecordingView, chorus_recording_view, GTK_TYPE_WIDGET)

const char *
chorus_recording_view_get_problem (ChorusRecordingView *self)
{
  const char *problem = NULL;

  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  problem = chorus_view_session_get_problem (self->session);

  return problem ? problem : self->play_problem;
}

static void
chorus_recording_view_update_problem (ChorusRecordingView *self)
{
  const char *problem = chorus_recording_view_get_problem (self);

  gtk_label_set_text (self->problem_label, problem ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  /* What cannot be played can be put away, and what cannot be read stays. */
  gtk_widget_set_visible (self->dismiss_button, problem && problem == self->play_problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

void
chorus_recording_view_set_play_problem (ChorusRecordingView *self,
                                        const char          *sentence)
{
  if (g_strcmp0 (self->play_problem, sentence) == 0)
    return;
  g_free (self->play_problem);
  self->play_problem = g_strdup (sentence);
  chorus_recording_view_update_problem (self);
}

static void
chorus_recording_view_dismiss_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_recording_view_set_play_problem (self, NULL);
}

static void
chorus_recording_view_resize_cb (ChorusRecordingView *self,
                                 int                  width,
                                 int                  height)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_level_legend_set_room (self->legend, width);
  gtk_widget_set_visible (self->zoom_frame, width >= ROOM_FOR_ZOOM_BUTTONS);
}

static void
chorus_recording_view_play (ChorusRecordingView *self,
                            ChorusTimeSpan       span)
{
  chorus_recording_view_set_play_problem (self, NULL);
  chorus_player_play_span (self->player, span.start, span.end);
}

void
chorus_recording_view_toggle_play (ChorusRecordingView *self)
{
  ChorusTimeSpan span = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));

  if (!chorus_view_session_get_source (self->session))
    return;
  if (chorus_player_get_playing (self->player))
    {
      chorus_player_pause (self->player);
      return;
    }
  if (chorus_view_session_get_selection (self->session, &span, NULL))
    {
      chorus_recording_view_play (self, span);
      return;
    }
  chorus_recording_view_set_play_problem (self, NULL);
  chorus_player_resume (self->player);
}

static void
chorus_recording_view_failed_cb (ChorusRecordingView *self,
                                 const char          *sentence)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_recording_view_set_play_problem (self, sentence);
}

static void
chorus_recording_view_playing_cb (ChorusRecordingView *self)
{
  gboolean playing = chorus_player_get_playing (self->player);
  const char *label = playing ? _("Pause") : _("Play");

  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
chorus_recording_view_position_cb (ChorusRecordingView *self)
{
  double position = chorus_player_get_position (self->player);

  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_view_session_set_position (self->session, position);
  if (chorus_player_get_playing (self->player))
    chorus_view_session_follow (self->session, position);
}

void
chorus_recording_view_seek (ChorusRecordingView *self,
                            double               time)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_player_seek (self->player, time);
  chorus_view_session_set_position (self->session, time);
  chorus_spectrogram_view_update_description (self->spectrogram);
}

static void
chorus_recording_view_update_read_out (ChorusRecordingView *self)
{
  const ChorusRecordingTime *origin = chorus_view_session_get_time_origin (self->session);
  double time = 0.0;
  double frequency = NAN;
  double level = NAN;
  g_autofree char *time_text = NULL;
  g_autofree char *frequency_text = NULL;
  g_autofree char *level_text = NULL;

  if (!chorus_view_session_get_source (self->session))
    {
      gtk_label_set_text (self->time_label, "");
      gtk_label_set_text (self->frequency_label, "");
      gtk_label_set_text (self->level_label, "");
      return;
    }
  if (!chorus_view_session_get_pointer (self->session, &time, &frequency))
    time = chorus_view_session_get_position (self->session);
  level = chorus_recording_view_get_pointer_level (self);
  time_text = chorus_axis_format_time (time, READ_OUT_STEP, origin);
  frequency_text = isnan (frequency) ? g_strdup ("") : chorus_axis_format_frequency (frequency);
  level_text = isnan (level) ? g_strdup ("") : g_strdup_printf (_("%.0f" CHORUS_NARROW_SPACE "dBFS"), level);
  gtk_label_set_text (self->time_label, time_text);
  gtk_label_set_text (self->frequency_label, frequency_text);
  gtk_label_set_text (self->level_label, level_text);
}

static void
chorus_recording_view_source_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_recording_view_set_play_problem (self, NULL);
  chorus_player_set_source (self->player, chorus_view_session_get_source (self->session));
  chorus_recording_view_update_actions (self);
  chorus_recording_view_update_read_out (self);
}

static void
chorus_recording_view_selected_cb (ChorusRecordingView *self)
{
  g_assert (CHORUS_IS_RECORDING_VIEW (self));

  chorus_spectrogram_view_update_description (self->spectrogram);
  chorus_channel_stack_update_description (self->channel_stack);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_DETECTION]);
}

ChorusViewSession *
chorus_recording_view_get_session (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  return self->session;
}

ChorusPlayer *
chorus_recording_view_get_player (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  return self->player;
}

GListModel *
chorus_recording_view_get_detections (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  return self->detections;
}

void
chorus_recording_view_set_detections (ChorusRecordingView *self,
                                      GListModel          *detections)
{
  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));
  g_return_if_fail (!detections || G_IS_LIST_MODEL (detections));

  if (self->detections == detections)
    return;
  if (self->detections)
    g_signal_handlers_disconnect_by_data (self->detections, self);
  g_set_object (&self->detections, detections);
  if (detections)
    g_signal_connect_object (detections, "items-changed", G_CALLBACK (chorus_recording_view_update_actions), self,
                             G_CONNECT_SWAPPED);
  chorus_spectrogram_view_set_detections (self->spectrogram, detections);
  chorus_channel_stack_set_detections (self->channel_stack, detections);
  chorus_overview_view_set_detections (self->overview, detections);
  chorus_saver_set_detections (self->saver, detections);
  chorus_recording_view_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETECTIONS]);
}

ChorusDetection *
chorus_recording_view_get_selected_detection (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  return chorus_view_session_get_selected_detection (self->session);
}

const char *
chorus_recording_view_get_recording_name (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), NULL);

  return self->recording_name;
}

void
chorus_recording_view_set_recording_name (ChorusRecordingView *self,
                                          const char          *name)
{
  g_autofree char *old = NULL;

  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));

  if (g_strcmp0 (self->recording_name, name) == 0)
    return;
  old = g_steal_pointer (&self->recording_name);
  self->recording_name = g_strdup (name);
  chorus_saver_set_recording_name (self->saver, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDING_NAME]);
}

static ChorusTimeSpan
chorus_recording_view_get_detection_span (ChorusDetection *detection)
{
  return (ChorusTimeSpan){ chorus_detection_get_start (detection), chorus_detection_get_end (detection) };
}

void
chorus_recording_view_set_selected_detection (ChorusRecordingView *self,
                                              ChorusDetection     *detection)
{
  ChorusTimeSpan span = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));
  g_return_if_fail (!detection || CHORUS_IS_DETECTION (detection));

  if (chorus_view_session_get_selected_detection (self->session) == detection)
    return;
  chorus_view_session_set_selected_detection (self->session, detection);
  if (!detection)
    return;
  span = chorus_recording_view_get_detection_span (detection);
  chorus_view_session_reveal (self->session, &span);
}

void
chorus_recording_view_play_detection (ChorusRecordingView *self,
                                      ChorusDetection     *detection)
{
  ChorusTimeSpan span = { 0 };

  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));
  g_return_if_fail (CHORUS_IS_DETECTION (detection));

  span = chorus_recording_view_get_detection_span (detection);
  chorus_view_session_set_selection (self->session, NULL, NULL);
  chorus_view_session_set_selected_detection (self->session, detection);
  chorus_view_session_reveal (self->session, &span);
  if (chorus_view_session_get_source (self->session))
    chorus_recording_view_play (self, span);
}

gboolean
chorus_recording_view_get_looping (ChorusRecordingView *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_VIEW (self), FALSE);

  return chorus_player_get_looping (self->player);
}

void
chorus_recording_view_set_looping (ChorusRecordingView *self,
                                   gboolean             looping)
{
  g_return_if_fail (CHORUS_IS_RECORDING_VIEW (self));

  if (chorus_player_get_looping (self->player) == !!looping)
    return;
  chorus_player_set_looping (self->player, looping);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOPING]);
}

static void
chorus_recording_view_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PLAYER:
      g_value_set_object (value, self->player);
      break;
    case PROP_DETECTIONS:
      g_value_set_object (value, self->detections);
      break;
    case PROP_SELECTED_DETECTION:
      g_value_set_object (value, chorus_recording_view_get_selected_detection (self));
      break;
    case PROP_LOOPING:
      g_value_set_boolean (value, chorus_recording_view_get_looping (self));
      break;
    case PROP_BAND_LIMITED:
      g_value_set_boolean (value, self->band_limited);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, chorus_recording_view_get_problem (self));
      break;
    case PROP_RECORDING_NAME:
      g_value_set_string (value, self->recording_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_recording_view_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (object);

  switch (prop_id)
    {
    case PROP_DETECTIONS:
      chorus_recording_view_set_detections (self, g_value_get_object (value));
      break;
    case PROP_SELECTED_DETECTION:
      chorus_recording_view_set_selected_detection (self, g_value_get_object (value));
      break;
    case PROP_LOOPING:
      chorus_recording_view_set_looping (self, g_value_get_boolean (value));
      break;
    case PROP_BAND_LIMITED:
      chorus_recording_view_set_band_limited (self, g_value_get_boolean (value));
      break;
    case PROP_RECORDING_NAME:
      chorus_recording_view_set_recording_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_recording_view_dispose (GObject *object)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (object);
  GtkWidget *child = NULL;

  if (self->detections)
    g_signal_handlers_disconnect_by_data (self->detections, self);
  if (self->player)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      chorus_player_set_source (self->player, NULL);
    }
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->saver)
    g_object_run_dispose (G_OBJECT (self->saver));
  g_clear_object (&self->saver);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_RECORDING_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->detections);
  g_clear_object (&self->player);
  g_clear_object (&self->session);
  g_clear_pointer (&self->play_problem, g_free);
  g_clear_pointer (&self->recording_name, g_free);

  G_OBJECT_CLASS (chorus_recording_view_parent_class)->dispose (object);
}

static void
chorus_recording_view_class_init (ChorusRecordingViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->dispose = chorus_recording_view_dispose;
  object_class->get_property = chorus_recording_view_get_property;
  object_class->set_property = chorus_recording_view_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CHORUS_TYPE_VIEW_SESSION, readable);
  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, CHORUS_TYPE_PLAYER, readable);
  properties[PROP_DETECTIONS] = g_param_spec_object ("detections", NULL, NULL, G_TYPE_LIST_MODEL, writable);
  properties[PROP_SELECTED_DETECTION] =
    g_param_spec_object ("selected-detection", NULL, NULL, CHORUS_TYPE_DETECTION, writable);
  properties[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, writable);
  properties[PROP_BAND_LIMITED] = g_param_spec_boolean ("band-limited", NULL, NULL, FALSE, writable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_RECORDING_NAME] = g_param_spec_string ("recording-name", NULL, NULL, NULL, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* By hand, because the linker leaves a constructor that nobody names out of a static library. */
  chorus_viewer_register_resource ();
  g_type_ensure (CHORUS_TYPE_OVERVIEW_VIEW);
  g_type_ensure (CHORUS_TYPE_WAVEFORM_VIEW);
  g_type_ensure (CHORUS_TYPE_SPECTROGRAM_VIEW);
  g_type_ensure (CHORUS_TYPE_RULER);
  g_type_ensure (CHORUS_TYPE_CHANNEL_CHOOSER);
  g_type_ensure (CHORUS_TYPE_CHANNEL_STACK);
  g_type_ensure (CHORUS_TYPE_LEVEL_LEGEND);
  g_type_ensure (CHORUS_TYPE_VIEW_SETTINGS);
  g_type_ensure (CHORUS_TYPE_PLAYBACK_SETTINGS);
  g_type_ensure (CHORUS_TYPE_SAVE_BAR);
  g_type_ensure (CHORUS_TYPE_SELECTION_INFO);
  g_type_ensure (CHORUS_TYPE_SELECTION_GRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-recording-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, plots);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, overview);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, waveform);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, spectrogram);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, channel_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, channel_scrollbar);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, channel_chooser);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, margins);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, frequency_ruler);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, time_ruler);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, legend);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, settings);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, play_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, playback_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, playback_settings);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, zoom_frame);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, selection_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, selection_info);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, time_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, frequency_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, level_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, save_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingView, selection_grip);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recording_view_dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recording_view_resize_cb);

  chorus_recording_view_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "recordingview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
chorus_recording_view_connect_session (ChorusRecordingView *self)
{
  static const char *const read_out_names[] = { "pointer-changed", "notify::position", "notify::clock-time",
                                                "notify::recorded" };
  static const char *const action_names[] = { "selection-changed", "notify::can-go-back" };

  for (gsize i = 0; i < G_N_ELEMENTS (read_out_names); i++)
    g_signal_connect_object (self->session, read_out_names[i], G_CALLBACK (chorus_recording_view_update_read_out), self,
                             G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (action_names); i++)
    g_signal_connect_object (self->session, action_names[i], G_CALLBACK (chorus_recording_view_update_actions), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::source", G_CALLBACK (chorus_recording_view_source_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::problem", G_CALLBACK (chorus_recording_view_update_problem), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::selected-detection", G_CALLBACK (chorus_recording_view_selected_cb),
                           self, G_CONNECT_SWAPPED);
  chorus_plot_set_session (CHORUS_PLOT (self->waveform), self->session);
  chorus_plot_set_session (CHORUS_PLOT (self->spectrogram), self->session);
  chorus_overview_view_set_session (self->overview, self->session);
  chorus_ruler_set_session (self->frequency_ruler, self->session);
  chorus_ruler_set_session (self->time_ruler, self->session);
  chorus_level_legend_set_session (self->legend, self->session);
  chorus_view_settings_set_session (self->settings, self->session);
  chorus_recording_view_connect_channels (self);
  chorus_recording_view_connect_playback (self);
}

static void
chorus_recording_view_add_style (void)
{
  static gsize added = 0;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (!g_once_init_enter (&added))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/com/darukaa/Chorus/viewer/viewer.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_once_init_leave (&added, 1);
}

static void
chorus_recording_view_init (ChorusRecordingView *self)
{
  self->session = chorus_view_session_new ();
  self->player = chorus_player_new ();
  chorus_recording_view_add_style ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->saver = chorus_saver_new (GTK_WIDGET (self), self->session, self->save_bar);
  chorus_selection_grip_attach (self->selection_grip, CHORUS_PLOT (self->spectrogram), self->session, self->saver);
  /* Time runs to the right in every language. */
  gtk_widget_set_direction (self->plots, GTK_TEXT_DIR_LTR);

  g_signal_connect_object (self->player, "notify::position", G_CALLBACK (chorus_recording_view_position_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::playing", G_CALLBACK (chorus_recording_view_playing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (chorus_recording_view_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waveform, "seek", G_CALLBACK (chorus_recording_view_seek), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spectrogram, "seek", G_CALLBACK (chorus_recording_view_seek), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spectrogram, "activate", G_CALLBACK (chorus_recording_view_play_detection), self,
                           G_CONNECT_SWAPPED);
  chorus_recording_view_connect_session (self);
  chorus_recording_view_playing_cb (self);
  chorus_recording_view_update_actions (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recording"), -1);
}

GtkWidget *
chorus_recording_view_new (void)
{
  return g_object_new (CHORUS_TYPE_RECORDING_VIEW, NULL);
}
