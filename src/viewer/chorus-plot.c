/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-plot.h"

#include <math.h>

#include "chorus-cursor-layer.h"

/* Less than this is a click, in pixels. */
#define DRAG_THRESHOLD 4.0
/* A drag that stays flatter than this selects time at all frequencies, in pixels. */
#define BAND_THRESHOLD 12.0
#define ZOOM_STEP 1.25
/* Of what is visible, for one notch of the wheel or one press of a key. */
#define PAN_STEP 0.1
/* What a touchpad moves for as much as a notch of a wheel does. */
#define PIXELS_PER_NOTCH 30.0

typedef struct
{
  ChorusViewSession *session;
  GtkWidget *cursor_layer;
  /* Of the channels that are shown above one another, or CHORUS_CHANNEL_MIX for whatever the session shows */
  int channel;

  double pointer_x;
  double pointer_y;
  double last_scale;
  double pan_x;
  double pan_y;
} ChorusPlotPrivate;

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

enum
{
  SEEK,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChorusPlot, chorus_plot, GTK_TYPE_WIDGET)

gboolean
chorus_plot_get_time_axis (ChorusViewSession *session,
                           GtkWidget         *widget,
                           ChorusAxis        *axis)
{
  ChorusTimeSpan span = { 0 };

  *axis = (ChorusAxis){ 0.0, 1.0, MAX (gtk_widget_get_width (widget), 1), FALSE };
  if (!session)
    return FALSE;
  span = chorus_view_session_get_visible_span (session);
  if (!(span.end > span.start))
    return FALSE;
  axis->low = span.start;
  axis->high = span.end;

  return TRUE;
}

gboolean
chorus_plot_get_frequency_axis (ChorusViewSession *session,
                                GtkWidget         *widget,
                                ChorusAxis        *axis)
{
  ChorusFrequencyBand band = { 0 };

  *axis = (ChorusAxis){ 0.0, 1.0, MAX (gtk_widget_get_height (widget), 1), TRUE };
  if (!session)
    return FALSE;
  band = chorus_view_session_get_visible_band (session);
  if (!(band.high > band.low))
    return FALSE;
  axis->low = band.low;
  axis->high = band.high;
  axis->scale = chorus_view_session_get_frequency_scale (session);

  return TRUE;
}

static double
chorus_plot_get_time_at (ChorusPlot *self,
                         double      x)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  ChorusAxis axis = { 0 };

  return chorus_plot_get_time_axis (priv->session, GTK_WIDGET (self), &axis) ? chorus_axis_to_value (&axis, x) : NAN;
}

static double
chorus_plot_get_frequency_at (ChorusPlot *self,
                              double      y)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  ChorusAxis axis = { 0 };

  if (!CHORUS_PLOT_GET_CLASS (self)->has_frequencies
      || !chorus_plot_get_frequency_axis (priv->session, GTK_WIDGET (self), &axis))
    return NAN;

  return chorus_axis_to_value (&axis, y);
}

static void
chorus_plot_motion_cb (ChorusPlot *self,
                       double      x,
                       double      y)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_assert (CHORUS_IS_PLOT (self));

  priv->pointer_x = x;
  priv->pointer_y = y;
  if (!priv->session)
    return;
  chorus_view_session_set_pointer_channel (priv->session, priv->channel >= 0
                                                            ? priv->channel
                                                            : chorus_view_session_get_channel (priv->session));
  chorus_view_session_set_pointer (priv->session, chorus_plot_get_time_at (self, x),
                                   chorus_plot_get_frequency_at (self, y));
}

static void
chorus_plot_leave_cb (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_assert (CHORUS_IS_PLOT (self));

  if (priv->session)
    chorus_view_session_set_pointer (priv->session, NAN, NAN);
}

/* Where zooming in frequency leaves things where they are: at @y, or in the middle of what has no frequencies. */
static double
chorus_plot_get_frequency_to_keep (ChorusPlot *self,
                                   double      y)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  double frequency = chorus_plot_get_frequency_at (self, y);
  ChorusAxis axis = { 0 };

  if (!isnan (frequency) || !chorus_plot_get_frequency_axis (priv->session, GTK_WIDGET (self), &axis))
    return frequency;

  return chorus_axis_to_value (&axis, axis.length / 2.0);
}

static gboolean
chorus_plot_scroll_cb (ChorusPlot               *self,
                       double                    dx,
                       double                    dy,
                       GtkEventControllerScroll *controller)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean smooth = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;
  double notch = smooth ? 1.0 / PIXELS_PER_NOTCH : 1.0;
  double step = (dy != 0.0 ? dy : dx) * notch;

  g_assert (CHORUS_IS_PLOT (self));

  if (!priv->session)
    return FALSE;
  if ((state & GDK_CONTROL_MASK) && (state & GDK_SHIFT_MASK))
    chorus_view_session_zoom_band (priv->session, pow (ZOOM_STEP, -step),
                                   chorus_plot_get_frequency_to_keep (self, priv->pointer_y));
  else if (state & GDK_CONTROL_MASK)
    chorus_view_session_zoom (priv->session, pow (ZOOM_STEP, -step), chorus_plot_get_time_at (self, priv->pointer_x));
  else if (state & GDK_SHIFT_MASK)
    chorus_view_session_shift_band (priv->session, -step * PAN_STEP);
  else
    chorus_view_session_pan (priv->session,
                             (dx + dy) * notch * PAN_STEP * chorus_view_session_get_visible_length (priv->session));
  /* What is under a pointer at rest is something else now. */
  chorus_plot_motion_cb (self, priv->pointer_x, priv->pointer_y);

  return TRUE;
}

static void
chorus_plot_pinch_begin_cb (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_assert (CHORUS_IS_PLOT (self));

  priv->last_scale = 1.0;
}

static void
chorus_plot_pinch_cb (ChorusPlot     *self,
                      double          scale,
                      GtkGestureZoom *gesture)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double x = 0.0;
  double y = 0.0;

  g_assert (CHORUS_IS_PLOT (self));

  if (!priv->session || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  if (state & GDK_SHIFT_MASK)
    chorus_view_session_zoom_band (priv->session, scale / priv->last_scale,
                                   chorus_plot_get_frequency_to_keep (self, y));
  else
    chorus_view_session_zoom (priv->session, scale / priv->last_scale, chorus_plot_get_time_at (self, x));
  priv->last_scale = scale;
}

/* Selects from where the drag began to @x and @y. */
static void
chorus_plot_select (ChorusPlot *self,
                    double      start_x,
                    double      start_y,
                    double      x,
                    double      y)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  ChorusTimeSpan span = { chorus_plot_get_time_at (self, start_x), chorus_plot_get_time_at (self, x) };
  ChorusFrequencyBand band = { chorus_plot_get_frequency_at (self, start_y), chorus_plot_get_frequency_at (self, y) };
  gboolean has_band = CHORUS_PLOT_GET_CLASS (self)->has_frequencies && fabs (y - start_y) >= BAND_THRESHOLD;

  chorus_view_session_set_selection (priv->session, &span, has_band ? &band : NULL);
}

static void
chorus_plot_drag_update_cb (ChorusPlot     *self,
                            double          offset_x,
                            double          offset_y,
                            GtkGestureDrag *gesture)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  double x = 0.0;
  double y = 0.0;

  g_assert (CHORUS_IS_PLOT (self));

  if (!priv->session || !chorus_view_session_get_source (priv->session)
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  chorus_plot_motion_cb (self, x + offset_x, y + offset_y);
  if (fabs (offset_x) >= DRAG_THRESHOLD && !isnan (chorus_plot_get_time_at (self, x)))
    chorus_plot_select (self, x, y, x + offset_x, y + offset_y);
}

static void
chorus_plot_drag_end_cb (ChorusPlot     *self,
                         double          offset_x,
                         double          offset_y,
                         GtkGestureDrag *gesture)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  double x = 0.0;
  double y = 0.0;

  g_assert (CHORUS_IS_PLOT (self));

  if (!priv->session || !chorus_view_session_get_source (priv->session)
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (fabs (offset_x) >= DRAG_THRESHOLD || fabs (offset_y) >= DRAG_THRESHOLD)
    return;
  if (CHORUS_PLOT_GET_CLASS (self)->clicked && CHORUS_PLOT_GET_CLASS (self)->clicked (self, x, y))
    return;
  chorus_view_session_set_selection (priv->session, NULL, NULL);
  if (!isnan (chorus_plot_get_time_at (self, x)))
    g_signal_emit (self, signals[SEEK], 0, chorus_plot_get_time_at (self, x));
}

static void
chorus_plot_pan_begin_cb (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_assert (CHORUS_IS_PLOT (self));

  priv->pan_x = 0.0;
  priv->pan_y = 0.0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
chorus_plot_pan_update_cb (ChorusPlot *self,
                           double      offset_x,
                           double      offset_y)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  ChorusAxis axis = { 0 };

  g_assert (CHORUS_IS_PLOT (self));

  if (chorus_plot_get_time_axis (priv->session, GTK_WIDGET (self), &axis))
    chorus_view_session_pan (priv->session, (priv->pan_x - offset_x) / axis.length * (axis.high - axis.low));
  if (CHORUS_PLOT_GET_CLASS (self)->has_frequencies
      && chorus_plot_get_frequency_axis (priv->session, GTK_WIDGET (self), &axis))
    chorus_view_session_shift_band (priv->session, (offset_y - priv->pan_y) / axis.length);
  priv->pan_x = offset_x;
  priv->pan_y = offset_y;
}

static void
chorus_plot_pan_end_cb (ChorusPlot *self)
{
  g_assert (CHORUS_IS_PLOT (self));

  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* "(ii)": in steps, to the right and up. */
static gboolean
chorus_plot_pan_key_cb (GtkWidget *widget,
                        GVariant  *args,
                        gpointer   user_data)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (CHORUS_PLOT (widget));
  int right = 0;
  int up = 0;

  if (!priv->session)
    return FALSE;
  g_variant_get (args, "(ii)", &right, &up);
  if (right)
    chorus_view_session_pan (priv->session, right * PAN_STEP * chorus_view_session_get_visible_length (priv->session));
  if (up)
    chorus_view_session_shift_band (priv->session, up * PAN_STEP);

  return TRUE;
}

ChorusViewSession *
chorus_plot_get_session (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_PLOT (self), NULL);

  return priv->session;
}

void
chorus_plot_set_session (ChorusPlot        *self,
                         ChorusViewSession *session)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_if_fail (CHORUS_IS_PLOT (self));
  g_return_if_fail (!session || CHORUS_IS_VIEW_SESSION (session));

  if (!g_set_object (&priv->session, session))
    return;
  chorus_cursor_layer_set_session (CHORUS_CURSOR_LAYER (priv->cursor_layer), session);
  CHORUS_PLOT_GET_CLASS (self)->session_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
chorus_plot_set_channel (ChorusPlot *self,
                         int         channel)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_if_fail (CHORUS_IS_PLOT (self));
  g_return_if_fail (!priv->session);

  priv->channel = channel;
}

int
chorus_plot_get_channel (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_PLOT (self), CHORUS_CHANNEL_MIX);

  return priv->channel;
}

ChorusTileCache *
chorus_plot_get_channel_tiles (ChorusViewSession *session,
                               int                channel)
{
  if (!session)
    return NULL;

  return channel >= 0 ? chorus_view_session_get_channel_tiles (session, channel)
                      : chorus_view_session_get_tiles (session);
}

ChorusTileCache *
chorus_plot_get_tiles (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_val_if_fail (CHORUS_IS_PLOT (self), NULL);

  return chorus_plot_get_channel_tiles (priv->session, priv->channel);
}

void
chorus_plot_add_layer (ChorusPlot *self,
                       GtkWidget  *layer)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);

  g_return_if_fail (CHORUS_IS_PLOT (self));

  gtk_widget_insert_before (layer, GTK_WIDGET (self), priv->cursor_layer);
}

static void
chorus_plot_real_session_changed (ChorusPlot *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_plot_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
chorus_plot_dispose (GObject *object)
{
  ChorusPlot *self = CHORUS_PLOT (object);
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  priv->cursor_layer = NULL;
  g_clear_object (&priv->session);

  G_OBJECT_CLASS (chorus_plot_parent_class)->dispose (object);
}

static void
chorus_plot_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, chorus_plot_get_session (CHORUS_PLOT (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_plot_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      chorus_plot_set_session (CHORUS_PLOT (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_plot_class_init (ChorusPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_plot_dispose;
  object_class->get_property = chorus_plot_get_property;
  object_class->set_property = chorus_plot_set_property;
  widget_class->size_allocate = chorus_plot_size_allocate;
  klass->session_changed = chorus_plot_real_session_changed;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CHORUS_TYPE_VIEW_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SEEK] = g_signal_new ("seek", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, chorus_plot_pan_key_cb, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, chorus_plot_pan_key_cb, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, chorus_plot_pan_key_cb, "(ii)", 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, chorus_plot_pan_key_cb, "(ii)", 0, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, GDK_SHIFT_MASK, chorus_plot_pan_key_cb, "(ii)", 0, 9);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, GDK_SHIFT_MASK, chorus_plot_pan_key_cb, "(ii)", 0, -9);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, chorus_plot_pan_key_cb, "(ii)", -9, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, chorus_plot_pan_key_cb, "(ii)", 9, 0);
}

static void
chorus_plot_init (ChorusPlot *self)
{
  ChorusPlotPrivate *priv = chorus_plot_get_instance_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pan = gtk_gesture_drag_new ();

  priv->channel = CHORUS_CHANNEL_MIX;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  g_signal_connect_object (motion, "enter", G_CALLBACK (chorus_plot_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (chorus_plot_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (chorus_plot_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect_object (scroll, "scroll", G_CALLBACK (chorus_plot_scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, scroll);

  g_signal_connect_object (pinch, "begin", G_CALLBACK (chorus_plot_pinch_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (chorus_plot_pinch_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));

  g_signal_connect_object (drag, "drag-update", G_CALLBACK (chorus_plot_drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (chorus_plot_drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (pan), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (pan, "drag-begin", G_CALLBACK (chorus_plot_pan_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pan, "drag-update", G_CALLBACK (chorus_plot_pan_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pan, "drag-end", G_CALLBACK (chorus_plot_pan_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pan));

  priv->cursor_layer = chorus_cursor_layer_new ();
  gtk_widget_set_parent (priv->cursor_layer, widget);
}
