/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-overview-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "library/chorus-detection.h"
#include "timeline/chorus-axis.h"
#include "timeline/chorus-waveform.h"

#include "chorus-style.h"
#include "chorus-waveform-painter.h"

#define HEIGHT 40
#define LEAST_WIDTH 96
#define MARK_HEIGHT 4.0f
#define DIM_ALPHA 0.72f
#define FRAME 2.0f
#define CORNER 4.0f
/* A frame is never narrower, or it could not be grabbed, in pixels. */
#define LEAST_FRAME 8.0

struct _ChorusOverviewView
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
  ChorusTileCache *tiles;
  GListModel *detections;
  ChorusWaveformPainter painter;
  /* The marks of all detections, which may be many. */
  GskRenderNode *marks;

  /* From the start of the frame to the pointer, in seconds, while it is dragged */
  double grip;
};

G_DEFINE_FINAL_TYPE (ChorusOverviewView, chorus_overview_view, GTK_TYPE_WIDGET)

static gboolean
chorus_overview_view_get_axis (ChorusOverviewView *self,
                               ChorusAxis         *axis)
{
  double duration = self->session ? chorus_view_session_get_duration (self->session) : 0.0;

  *axis = (ChorusAxis){ 0.0, duration, MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1), FALSE };

  return duration > 0.0;
}

static void
chorus_overview_view_update (ChorusOverviewView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  g_clear_pointer (&self->marks, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->tiles || width <= 0)
    return;
  chorus_waveform_want (self->tiles, self, 0.0, (double) chorus_tile_cache_get_grid (self->tiles)->n_samples / width,
                        (guint) width, CHORUS_JOB_PRIORITY_NEARBY);
}

static void
chorus_overview_view_tile_ready_cb (ChorusOverviewView *self,
                                    guint               kind)
{
  g_assert (CHORUS_IS_OVERVIEW_VIEW (self));

  if (kind != CHORUS_TILE_PEAKS)
    return;
  if (!self->painter.exact)
    chorus_waveform_painter_clear (&self->painter);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_overview_view_source_cb (ChorusOverviewView *self)
{
  ChorusTileCache *tiles = self->session ? chorus_view_session_get_tiles (self->session) : NULL;

  /* Where all channels are shown, the overview is of them together. */
  if (self->session && !tiles)
    tiles = chorus_view_session_get_channel_tiles (self->session, CHORUS_CHANNEL_MIX);

  g_assert (CHORUS_IS_OVERVIEW_VIEW (self));

  if (self->tiles)
    {
      g_signal_handlers_disconnect_by_data (self->tiles, self);
      chorus_tile_cache_want (self->tiles, self, NULL, 0, 0);
    }
  g_set_object (&self->tiles, tiles);
  if (tiles)
    g_signal_connect_object (tiles, "tile-ready", G_CALLBACK (chorus_overview_view_tile_ready_cb), self,
                             G_CONNECT_SWAPPED);
  chorus_waveform_painter_clear (&self->painter);
  self->painter.exact = FALSE;
  chorus_overview_view_update (self);
}

static void
chorus_overview_view_get_frame (ChorusOverviewView *self,
                                const ChorusAxis   *axis,
                                double             *left,
                                double             *right)
{
  ChorusTimeSpan span = chorus_view_session_get_visible_span (self->session);
  double spare = 0.0;

  *left = round (chorus_axis_to_position (axis, span.start));
  *right = round (chorus_axis_to_position (axis, span.end));
  spare = MAX (LEAST_FRAME - (*right - *left), 0.0);
  *left = CLAMP (*left - spare / 2.0, 0.0, MAX (axis->length - LEAST_FRAME, 0.0));
  *right = CLAMP (*right + spare / 2.0, *left + LEAST_FRAME, MAX (axis->length, *left + LEAST_FRAME));
}

static GskRenderNode *
chorus_overview_view_build_marks (ChorusOverviewView *self,
                                  const ChorusAxis   *axis)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  float y = (float) gtk_widget_get_height (GTK_WIDGET (self)) - MARK_HEIGHT;
  guint n = g_list_model_get_n_items (self->detections);
  GdkRGBA text_color = chorus_style_get_text_color (GTK_WIDGET (self));
  GdkRGBA background = chorus_style_get_contrast (&text_color);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);
      GdkRGBA color = chorus_style_get_palette_on (chorus_detection_get_color (detection), &background);
      double left = round (chorus_axis_to_position (axis, chorus_detection_get_start (detection)));
      double right = round (chorus_axis_to_position (axis, chorus_detection_get_end (detection)));

      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) left, y, (float) MAX (right - left - 1.0, 2.0),
                                                      MARK_HEIGHT));
    }

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
chorus_overview_view_snapshot_dimming (ChorusOverviewView *self,
                                       GtkSnapshot        *snapshot,
                                       const ChorusAxis   *axis)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA background = { 0 };
  GdkRGBA line = chorus_style_get_text_color (widget);
  float height = (float) gtk_widget_get_height (widget);
  double left = 0.0;
  double right = 0.0;
  GskRoundedRect frame;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "window_bg_color", &background))
    background = chorus_style_get_contrast (&line);
  background.alpha = DIM_ALPHA;
  line.alpha *= 0.7f;
  chorus_overview_view_get_frame (self, axis, &left, &right);
  gtk_snapshot_append_color (snapshot, &background, &GRAPHENE_RECT_INIT (0, 0, (float) left, height));
  gtk_snapshot_append_color (snapshot, &background,
                             &GRAPHENE_RECT_INIT ((float) right, 0, (float) (axis->length - right), height));
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT ((float) left, 0, (float) (right - left), height),
                                   CORNER);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]){ 1, FRAME, 1, FRAME },
                              (GdkRGBA[4]){ line, line, line, line });
}

static void
chorus_overview_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  ChorusOverviewView *self = CHORUS_OVERVIEW_VIEW (widget);
  GdkRGBA ink = chorus_style_get_text_color (widget);
  ChorusAxis axis = { 0 };
  double x = 0.0;

  if (!self->tiles || !chorus_overview_view_get_axis (self, &axis))
    return;
  chorus_waveform_painter_snapshot (&self->painter, widget, snapshot, self->tiles, 0.0,
                                    (double) chorus_tile_cache_get_grid (self->tiles)->n_samples, 0.0);
  if (!self->marks && self->detections)
    self->marks = chorus_overview_view_build_marks (self, &axis);
  chorus_overview_view_snapshot_dimming (self, snapshot, &axis);
  if (self->marks)
    gtk_snapshot_append_node (snapshot, self->marks);
  x = round (chorus_axis_to_position (&axis, chorus_view_session_get_position (self->session)));
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT ((float) CLAMP (x, 0.0, axis.length - 1.0), 0, 1,
                                                  (float) gtk_widget_get_height (widget)));
}

static void
chorus_overview_view_drag_to (ChorusOverviewView *self,
                              double              x)
{
  ChorusAxis axis = { 0 };
  ChorusTimeSpan span = { 0 };

  if (!chorus_overview_view_get_axis (self, &axis))
    return;
  span = chorus_view_session_get_visible_span (self->session);
  chorus_view_session_pan (self->session, chorus_axis_to_value (&axis, x) - self->grip - span.start);
}

static void
chorus_overview_view_drag_begin_cb (ChorusOverviewView *self,
                                    double              x,
                                    double              y)
{
  ChorusAxis axis = { 0 };
  ChorusTimeSpan span = { 0 };
  double left = 0.0;
  double right = 0.0;

  g_assert (CHORUS_IS_OVERVIEW_VIEW (self));

  if (!chorus_overview_view_get_axis (self, &axis))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  span = chorus_view_session_get_visible_span (self->session);
  chorus_overview_view_get_frame (self, &axis, &left, &right);
  self->grip = x >= left && x <= right ? chorus_axis_to_value (&axis, x) - span.start : (span.end - span.start) / 2.0;
  chorus_overview_view_drag_to (self, x);
}

static void
chorus_overview_view_drag_update_cb (ChorusOverviewView *self,
                                     double              offset_x,
                                     double              offset_y,
                                     GtkGestureDrag     *gesture)
{
  double x = 0.0;
  double y = 0.0;

  g_assert (CHORUS_IS_OVERVIEW_VIEW (self));

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    chorus_overview_view_drag_to (self, x + offset_x);
}

/* "i": pages to the right. */
static gboolean
chorus_overview_view_page_cb (GtkWidget *widget,
                              GVariant  *args,
                              gpointer   user_data)
{
  ChorusOverviewView *self = CHORUS_OVERVIEW_VIEW (widget);

  if (!self->session)
    return FALSE;
  chorus_view_session_pan (self->session,
                           g_variant_get_int32 (args) * chorus_view_session_get_visible_length (self->session) / 2.0);

  return TRUE;
}

void
chorus_overview_view_set_session (ChorusOverviewView *self,
                                  ChorusViewSession  *session)
{
  static const char *const names[] = { "notify::visible-start", "notify::visible-end", "notify::position" };

  g_return_if_fail (CHORUS_IS_OVERVIEW_VIEW (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (gsize i = 0; session && i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  if (session)
    {
      g_signal_connect_object (session, "notify::source", G_CALLBACK (chorus_overview_view_source_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::channel", G_CALLBACK (chorus_overview_view_source_cb), self,
                               G_CONNECT_SWAPPED);
    }
  chorus_overview_view_source_cb (self);
}

void
chorus_overview_view_set_detections (ChorusOverviewView *self,
                                     GListModel         *detections)
{
  g_return_if_fail (CHORUS_IS_OVERVIEW_VIEW (self));

  if (self->detections)
    g_signal_handlers_disconnect_by_data (self->detections, self);
  g_set_object (&self->detections, detections);
  if (detections)
    g_signal_connect_object (detections, "items-changed", G_CALLBACK (chorus_overview_view_update), self,
                             G_CONNECT_SWAPPED);
  chorus_overview_view_update (self);
}

static void
chorus_overview_view_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  chorus_overview_view_update (CHORUS_OVERVIEW_VIEW (widget));
}

static void
chorus_overview_view_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (chorus_overview_view_parent_class)->css_changed (widget, change);

  /* Marks have other colors on a light background than on a dark one. */
  g_clear_pointer (&CHORUS_OVERVIEW_VIEW (widget)->marks, gsk_render_node_unref);
}

static void
chorus_overview_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : LEAST_WIDTH;
}

static void
chorus_overview_view_dispose (GObject *object)
{
  ChorusOverviewView *self = CHORUS_OVERVIEW_VIEW (object);

  if (self->tiles)
    chorus_tile_cache_want (self->tiles, self, NULL, 0, 0);
  g_clear_object (&self->tiles);
  g_clear_object (&self->session);
  g_clear_object (&self->detections);
  g_clear_pointer (&self->marks, gsk_render_node_unref);
  chorus_waveform_painter_clear (&self->painter);

  G_OBJECT_CLASS (chorus_overview_view_parent_class)->dispose (object);
}

static void
chorus_overview_view_class_init (ChorusOverviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_overview_view_dispose;
  widget_class->measure = chorus_overview_view_measure;
  widget_class->size_allocate = chorus_overview_view_size_allocate;
  widget_class->snapshot = chorus_overview_view_snapshot;
  widget_class->css_changed = chorus_overview_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, chorus_overview_view_page_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, chorus_overview_view_page_cb, "i", 1);
}

static void
chorus_overview_view_init (ChorusOverviewView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (chorus_overview_view_drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (chorus_overview_view_drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Overview"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("The whole recording, with the visible part framed"), -1);
}
