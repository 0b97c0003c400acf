/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-cursor-layer.h"

#include <math.h>

#include "chorus-plot.h"
#include "chorus-style.h"

struct _ChorusCursorLayer
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
};

G_DEFINE_FINAL_TYPE (ChorusCursorLayer, chorus_cursor_layer, GTK_TYPE_WIDGET)

static gboolean
chorus_cursor_layer_is_over_frequencies (ChorusCursorLayer *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return parent && CHORUS_PLOT_GET_CLASS (parent)->has_frequencies;
}

static void
chorus_cursor_layer_snapshot_selection (ChorusCursorLayer *self,
                                        GtkSnapshot       *snapshot,
                                        const ChorusAxis  *time_axis,
                                        const GdkRGBA     *ink)
{
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  ChorusAxis frequency_axis = { 0 };
  GdkRGBA fill = *ink;
  GdkRGBA line = *ink;
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double left = 0.0;
  double right = 0.0;
  double top = -2.0;
  double bottom = height + 2.0;
  graphene_rect_t bounds;
  GskRoundedRect outline;

  if (!chorus_view_session_get_selection (self->session, &span, &band))
    return;
  left = round (chorus_axis_to_position (time_axis, span.start));
  right = round (chorus_axis_to_position (time_axis, span.end));
  if (chorus_view_session_has_selected_band (self->session) && chorus_cursor_layer_is_over_frequencies (self)
      && chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self), &frequency_axis))
    {
      top = round (chorus_axis_to_position (&frequency_axis, band.high));
      bottom = round (chorus_axis_to_position (&frequency_axis, band.low));
    }
  /* A veil over all of the plot would only change its colors. */
  fill.alpha = left <= 0.0 && right >= time_axis->length && top <= 0.0 && bottom >= height ? 0.0f : 0.14f;
  line.alpha = 0.85f;
  left = CLAMP (left, -2.0, time_axis->length + 2.0);
  right = CLAMP (right, left + 1.0, time_axis->length + 3.0);
  bottom = MAX (bottom, top + 1.0);
  bounds = GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (right - left), (float) (bottom - top));
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ line, line, line, line });
}

static void
chorus_cursor_layer_snapshot_pointer (ChorusCursorLayer *self,
                                      GtkSnapshot       *snapshot,
                                      const ChorusAxis  *time_axis,
                                      const GdkRGBA     *ink)
{
  ChorusAxis frequency_axis = { 0 };
  GdkRGBA line = *ink;
  double time = 0.0;
  double frequency = 0.0;
  double x = 0.0;
  double y = 0.0;
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));

  if (!chorus_view_session_get_pointer (self->session, &time, &frequency))
    return;
  line.alpha = 0.45f;
  x = floor (chorus_axis_to_position (time_axis, time));
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT ((float) x, 0, 1, height));
  if (isnan (frequency) || !chorus_cursor_layer_is_over_frequencies (self)
      || !chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self), &frequency_axis))
    return;
  y = floor (chorus_axis_to_position (&frequency_axis, frequency));
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, (float) y, width, 1));
}

static void
chorus_cursor_layer_snapshot_position (ChorusCursorLayer *self,
                                       GtkSnapshot       *snapshot,
                                       const ChorusAxis  *time_axis,
                                       const GdkRGBA     *ink)
{
  double x = round (chorus_axis_to_position (time_axis, chorus_view_session_get_position (self->session)));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  GdkRGBA shade = chorus_style_get_contrast (ink);

  if (x < -2.0 || x > time_axis->length + 2.0)
    return;
  /* A whole pixel inside, or at the ends the line would be cut in half. */
  x = CLAMP (x, 1.0, time_axis->length - 1.0);
  shade.alpha = 0.6f;
  if (chorus_cursor_layer_is_over_frequencies (self))
    gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT ((float) x - 2, 0, 4, height));
  gtk_snapshot_append_color (snapshot, ink, &GRAPHENE_RECT_INIT ((float) x - 1, 0, 2, height));
}

static void
chorus_cursor_layer_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  ChorusCursorLayer *self = CHORUS_CURSOR_LAYER (widget);
  ChorusAxis axis = { 0 };
  GdkRGBA ink = { 0 };

  if (!chorus_plot_get_time_axis (self->session, widget, &axis))
    return;
  if (chorus_cursor_layer_is_over_frequencies (self))
    ink = chorus_style_get_plot_ink (chorus_view_session_get_color_map (self->session));
  else
    ink = chorus_style_get_text_color (widget);
  chorus_cursor_layer_snapshot_selection (self, snapshot, &axis, &ink);
  chorus_cursor_layer_snapshot_pointer (self, snapshot, &axis, &ink);
  chorus_cursor_layer_snapshot_position (self, snapshot, &axis, &ink);
}

void
chorus_cursor_layer_set_session (ChorusCursorLayer *self,
                                 ChorusViewSession *session)
{
  static const char *const names[] = {
    "notify::visible-start", "notify::visible-end", "notify::low",       "notify::high",    "notify::frequency-scale",
    "notify::position",      "notify::color-map",   "selection-changed", "pointer-changed",
  };

  g_return_if_fail (CHORUS_IS_CURSOR_LAYER (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (gsize i = 0; session && i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_cursor_layer_dispose (GObject *object)
{
  ChorusCursorLayer *self = CHORUS_CURSOR_LAYER (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (chorus_cursor_layer_parent_class)->dispose (object);
}

static void
chorus_cursor_layer_class_init (ChorusCursorLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = chorus_cursor_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = chorus_cursor_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
chorus_cursor_layer_init (ChorusCursorLayer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
chorus_cursor_layer_new (void)
{
  return g_object_new (CHORUS_TYPE_CURSOR_LAYER, NULL);
}
