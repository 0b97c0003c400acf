/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-view-private.h"

#include <math.h>

#define ZOOM_STEP 1.5

void
chorus_recording_view_update_actions (ChorusRecordingView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = chorus_view_session_get_source (self->session) != NULL;
  gboolean has_detections = open && self->detections && g_list_model_get_n_items (self->detections) > 0;
  gboolean has_selection = open && chorus_view_session_get_selection (self->session, NULL, NULL);

  gtk_widget_action_set_enabled (widget, "viewer.play", open);
  gtk_widget_action_set_enabled (widget, "viewer.loop", open);
  gtk_widget_action_set_enabled (widget, "viewer.fit", open);
  gtk_widget_action_set_enabled (widget, "viewer.save-clip", open);
  gtk_widget_action_set_enabled (widget, "viewer.save-figure", open);
  gtk_widget_action_set_enabled (widget, "viewer.save-all-clips", has_detections);
  gtk_widget_action_set_enabled (widget, "viewer.zoom-in", open);
  gtk_widget_action_set_enabled (widget, "viewer.zoom-out", open);
  gtk_widget_action_set_enabled (widget, "viewer.zoom-in-frequency", open);
  gtk_widget_action_set_enabled (widget, "viewer.zoom-out-frequency", open);
  gtk_widget_action_set_enabled (widget, "viewer.previous-detection", has_detections);
  gtk_widget_action_set_enabled (widget, "viewer.next-detection", has_detections);
  gtk_widget_action_set_enabled (widget, "viewer.show-selection", has_selection);
  gtk_widget_action_set_enabled (widget, "viewer.clear-selection", has_selection);
  gtk_widget_action_set_enabled (widget, "viewer.back", chorus_view_session_get_can_go_back (self->session));
}

/* The detection before or after the selected one in time, or before or after the position where none is selected. */
static ChorusDetection *
chorus_recording_view_find_neighbor (ChorusRecordingView *self,
                                     gboolean             forward)
{
  ChorusDetection *selected = chorus_view_session_get_selected_detection (self->session);
  double from = selected ? chorus_detection_get_start (selected) : chorus_view_session_get_position (self->session);
  guint n = self->detections ? g_list_model_get_n_items (self->detections) : 0;
  guint selected_index = forward ? 0 : G_MAXUINT;
  double best = 0.0;
  ChorusDetection *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);

      if (detection == selected)
        selected_index = i;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);
      double start = chorus_detection_get_start (detection);
      /* Those that begin together follow one another as they do in the list. */
      gboolean later = start > from || (start == from && (selected ? i > selected_index : TRUE));
      gboolean earlier = start < from || (start == from && selected && i < selected_index);

      if (detection == selected || (forward ? !later : !earlier))
        continue;
      if (!found || (forward ? start < best : start >= best))
        {
          best = start;
          found = detection;
        }
    }

  return found;
}

static void
chorus_recording_view_play_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  chorus_recording_view_toggle_play (CHORUS_RECORDING_VIEW (widget));
}

static void
chorus_recording_view_detection_action (GtkWidget  *widget,
                                        const char *name,
                                        GVariant   *parameter)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);
  ChorusDetection *detection = chorus_recording_view_find_neighbor (self, g_str_equal (name, "viewer.next-detection"));

  if (detection)
    chorus_recording_view_play_detection (self, detection);
}

static void
chorus_recording_view_zoom_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);
  ChorusTimeSpan span = chorus_view_session_get_visible_span (self->session);
  double time = 0.0;

  if (!chorus_view_session_get_pointer (self->session, &time, NULL))
    time = (span.start + span.end) / 2.0;
  chorus_view_session_zoom (self->session, g_str_equal (name, "viewer.zoom-in") ? ZOOM_STEP : 1.0 / ZOOM_STEP, time);
}

static void
chorus_recording_view_zoom_frequency_action (GtkWidget  *widget,
                                             const char *name,
                                             GVariant   *parameter)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);
  ChorusAxis axis = { 0 };
  double frequency = NAN;

  if (!chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self->spectrogram), &axis))
    return;
  if (!chorus_view_session_get_pointer (self->session, NULL, &frequency) || isnan (frequency))
    frequency = chorus_axis_to_value (&axis, axis.length / 2.0);
  chorus_view_session_zoom_band (self->session,
                                 g_str_equal (name, "viewer.zoom-in-frequency") ? ZOOM_STEP : 1.0 / ZOOM_STEP,
                                 frequency);
}

static void
chorus_recording_view_fit_action (GtkWidget  *widget,
                                  const char *name,
                                  GVariant   *parameter)
{
  chorus_view_session_fit (CHORUS_RECORDING_VIEW (widget)->session);
}

static void
chorus_recording_view_back_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  chorus_view_session_go_back (CHORUS_RECORDING_VIEW (widget)->session);
}

static void
chorus_recording_view_show_selection_action (GtkWidget  *widget,
                                             const char *name,
                                             GVariant   *parameter)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  if (chorus_view_session_get_selection (self->session, &span, &band))
    chorus_view_session_show (self->session, &span,
                              chorus_view_session_has_selected_band (self->session) ? &band : NULL);
}

static void
chorus_recording_view_clear_selection_action (GtkWidget  *widget,
                                              const char *name,
                                              GVariant   *parameter)
{
  chorus_view_session_set_selection (CHORUS_RECORDING_VIEW (widget)->session, NULL, NULL);
}

static void
chorus_recording_view_clock_time_action (GtkWidget  *widget,
                                         const char *name,
                                         GVariant   *parameter)
{
  ChorusViewSession *session = CHORUS_RECORDING_VIEW (widget)->session;

  chorus_view_session_set_clock_time (session, !chorus_view_session_get_clock_time (session));
}

static void
chorus_recording_view_save_action (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  ChorusSaver *saver = CHORUS_RECORDING_VIEW (widget)->saver;

  if (g_str_equal (name, "viewer.save-figure"))
    chorus_saver_save_figure (saver);
  else if (g_str_equal (name, "viewer.save-all-clips"))
    chorus_saver_save_all_clips (saver);
  else
    chorus_saver_save_clip (saver);
}

/* "b": to the end, and not to the start. */
static gboolean
chorus_recording_view_go_to_end_cb (GtkWidget *widget,
                                    GVariant  *args,
                                    gpointer   user_data)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);
  double duration = chorus_view_session_get_duration (self->session);
  double time = g_variant_get_boolean (args) ? duration : 0.0;

  if (!chorus_view_session_get_source (self->session))
    return FALSE;
  chorus_view_session_pan (self->session, g_variant_get_boolean (args) ? duration : -duration);
  chorus_recording_view_seek (self, time);

  return TRUE;
}

/* A key for an action that gives way where the action can do nothing, so that Escape still leaves the page. */
static gboolean
chorus_recording_view_selection_key_cb (GtkWidget *widget,
                                        GVariant  *args,
                                        gpointer   user_data)
{
  ChorusRecordingView *self = CHORUS_RECORDING_VIEW (widget);

  if (!chorus_view_session_get_selection (self->session, NULL, NULL))
    return FALSE;

  return gtk_widget_activate_action_variant (widget, g_variant_get_string (args, NULL), NULL);
}

void
chorus_recording_view_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "viewer.play", chorus_recording_view_play_action },
    { "viewer.previous-detection", chorus_recording_view_detection_action },
    { "viewer.next-detection", chorus_recording_view_detection_action },
    { "viewer.zoom-in", chorus_recording_view_zoom_action },
    { "viewer.zoom-out", chorus_recording_view_zoom_action },
    { "viewer.zoom-in-frequency", chorus_recording_view_zoom_frequency_action },
    { "viewer.zoom-out-frequency", chorus_recording_view_zoom_frequency_action },
    { "viewer.fit", chorus_recording_view_fit_action },
    { "viewer.back", chorus_recording_view_back_action },
    { "viewer.show-selection", chorus_recording_view_show_selection_action },
    { "viewer.clear-selection", chorus_recording_view_clear_selection_action },
    { "viewer.clock-time", chorus_recording_view_clock_time_action },
    { "viewer.save-clip", chorus_recording_view_save_action },
    { "viewer.save-all-clips", chorus_recording_view_save_action },
    { "viewer.save-figure", chorus_recording_view_save_action },
  };
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, 0, "viewer.play" },
    { GDK_KEY_comma, 0, "viewer.previous-detection" },
    { GDK_KEY_period, 0, "viewer.next-detection" },
    { GDK_KEY_plus, 0, "viewer.zoom-in" },
    { GDK_KEY_equal, 0, "viewer.zoom-in" },
    { GDK_KEY_KP_Add, 0, "viewer.zoom-in" },
    { GDK_KEY_minus, 0, "viewer.zoom-out" },
    { GDK_KEY_KP_Subtract, 0, "viewer.zoom-out" },
    /* Shift with plus and minus is another character on most keyboards, except for the keys of numbers. */
    { GDK_KEY_Up, GDK_CONTROL_MASK, "viewer.zoom-in-frequency" },
    { GDK_KEY_Down, GDK_CONTROL_MASK, "viewer.zoom-out-frequency" },
    { GDK_KEY_KP_Add, GDK_SHIFT_MASK, "viewer.zoom-in-frequency" },
    { GDK_KEY_KP_Subtract, GDK_SHIFT_MASK, "viewer.zoom-out-frequency" },
    { GDK_KEY_0, 0, "viewer.fit" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "viewer.fit" },
    { GDK_KEY_BackSpace, 0, "viewer.back" },
    { GDK_KEY_l, 0, "viewer.loop" },
    { GDK_KEY_b, 0, "viewer.band" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "viewer.clock-time" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save-clip" },
    { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "viewer.save-figure" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_property_action (widget_class, "viewer.loop", "looping");
  gtk_widget_class_install_property_action (widget_class, "viewer.band", "band-limited");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, chorus_recording_view_go_to_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, chorus_recording_view_go_to_end_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, chorus_recording_view_selection_key_cb, "s",
                                "viewer.clear-selection");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, chorus_recording_view_selection_key_cb, "s",
                                "viewer.show-selection");
}
