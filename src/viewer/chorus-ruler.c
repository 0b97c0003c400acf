/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-ruler.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"
#include "timeline/chorus-axis.h"

#include "chorus-plot.h"
#include "chorus-style.h"

#define TICK 6.0f
#define SMALL_TICK 3.0f
#define TICK_ALPHA 0.35f
#define GAP 4
/* Air between two labels, in pixels. */
#define LABEL_AIR 24.0
#define LABEL_AIR_VERTICAL 24.0
/* Labels at 1, 2 and 5 stand closer and closer, and read as well. */
#define LABEL_AIR_UNEVEN 8.0
#define LEAST_AIR 16.0
/* An axis so low, in labels, has no room for the unit by itself: it goes with the uppermost number, and labels stand
 * closer. */
#define LOW_AXIS 6
#define LABEL_AIR_LOW 8.0
/* The longest label of a frequency axis. */
#define WIDEST_FREQUENCY "000.0"

struct _ChorusRuler
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
  GtkOrientation orientation;
  PangoLayout *layout;
};

enum
{
  PROP_0,
  PROP_ORIENTATION,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusRuler,
                               chorus_ruler,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ORIENTABLE, NULL))

static void
chorus_ruler_get_text_size (ChorusRuler *self,
                            const char  *text,
                            int         *width,
                            int         *height)
{
  if (!self->layout)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, width, height);
}

static double
chorus_ruler_measure_label (const char *label,
                            gpointer    user_data)
{
  ChorusRuler *self = user_data;
  int width = 0;
  int height = 0;

  chorus_ruler_get_text_size (self, label, &width, &height);

  if (self->orientation == GTK_ORIENTATION_HORIZONTAL)
    return width + LABEL_AIR;
  if (gtk_widget_get_height (GTK_WIDGET (self)) < LOW_AXIS * height)
    return height + LABEL_AIR_LOW;
  if (chorus_view_session_get_frequency_scale (self->session) == CHORUS_FREQUENCY_SCALE_LINEAR)
    return height + LABEL_AIR_VERTICAL;

  return height + LABEL_AIR_UNEVEN;
}

/* The distance of two labels, or that of the ends of the axis where there are not two. */
static double
chorus_ruler_get_label_distance (const GArray *ticks,
                                 double        length)
{
  const ChorusTick *last = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);

      if (tick->label && last)
        return tick->position - last->position;
      last = tick->label ? tick : last;
    }

  return length;
}

static void
chorus_ruler_snapshot_time (ChorusRuler   *self,
                            GtkSnapshot   *snapshot,
                            const GdkRGBA *text_color,
                            const GdkRGBA *tick_color)
{
  ChorusAxis axis = { 0 };
  g_autoptr (GArray) ticks = NULL;
  double distance = 0.0;

  if (!chorus_plot_get_time_axis (self->session, GTK_WIDGET (self), &axis))
    return;
  ticks = chorus_axis_time_ticks (&axis, chorus_view_session_get_time_origin (self->session),
                                  chorus_ruler_measure_label, self);
  distance = chorus_ruler_get_label_distance (ticks, axis.length);
  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      float x = (float) CLAMP (floor (tick->position), 0.0, axis.length - 1.0);
      double place = 0.0;
      double moved = 0.0;
      int width = 0;

      gtk_snapshot_append_color (snapshot, tick_color, &GRAPHENE_RECT_INIT (x, 0, 1, tick->label ? TICK : SMALL_TICK));
      if (!tick->label)
        continue;
      chorus_ruler_get_text_size (self, tick->label, &width, NULL);
      /* At the ends it moves inwards, where its neighbor leaves it the room. */
      place = CLAMP (tick->position - width / 2.0, 0.0, MAX (axis.length - width, 0.0));
      moved = fabs (place - (tick->position - width / 2.0));
      if (distance - width - moved >= LEAST_AIR || moved == 0.0)
        chorus_style_append_text (snapshot, self->layout, tick->label, text_color, place, TICK + 1);
    }
}

/* The uppermost label that has room below @top, or the number of @ticks where there is none. */
static guint
chorus_ruler_find_uppermost (ChorusRuler  *self,
                             const GArray *ticks,
                             double        top)
{
  for (guint i = ticks->len; i > 0; i--)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i - 1);
      int height = 0;

      if (!tick->label)
        continue;
      chorus_ruler_get_text_size (self, tick->label, NULL, &height);
      if (tick->position - height / 2.0 >= top)
        return i - 1;
    }

  return ticks->len;
}

static void
chorus_ruler_snapshot_frequency (ChorusRuler   *self,
                                 GtkSnapshot   *snapshot,
                                 const GdkRGBA *text_color,
                                 const GdkRGBA *tick_color)
{
  ChorusAxis axis = { 0 };
  g_autoptr (GArray) ticks = NULL;
  const char *unit = NULL;
  float right = (float) gtk_widget_get_width (GTK_WIDGET (self));
  gboolean low = FALSE;
  double top = 0.0;
  double free_to = 0.0;
  guint uppermost = 0;
  int width = 0;
  int height = 0;

  if (!chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self), &axis))
    return;
  unit = chorus_axis_frequency_unit (&axis);
  chorus_ruler_get_text_size (self, unit, &width, &height);
  low = axis.length < LOW_AXIS * height;
  if (!low)
    {
      /* The unit has the upper corner, and labels keep off it. */
      chorus_style_append_text (snapshot, self->layout, unit, text_color, right - TICK - GAP - width, 0);
      top = height + GAP / 2.0;
    }
  free_to = axis.length;
  ticks = chorus_axis_frequency_ticks (&axis, chorus_ruler_measure_label, self);
  uppermost = chorus_ruler_find_uppermost (self, ticks, top);
  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      float y = (float) CLAMP (floor (tick->position), 0.0, axis.length - 1.0);
      float length = tick->label ? TICK : SMALL_TICK;
      double place = 0.0;
      g_autofree char *text = NULL;

      gtk_snapshot_append_color (snapshot, tick_color, &GRAPHENE_RECT_INIT (right - length, y, length, 1));
      if (!tick->label)
        continue;
      text =
        low && i == uppermost ? g_strconcat (tick->label, CHORUS_NARROW_SPACE, unit, NULL) : g_strdup (tick->label);
      chorus_ruler_get_text_size (self, text, &width, &height);
      place = MIN (tick->position - height / 2.0, axis.length - height);
      if (place < top || place + height > free_to)
        continue;
      chorus_style_append_text (snapshot, self->layout, text, text_color, right - TICK - GAP - width, place);
      free_to = place;
    }
}

static void
chorus_ruler_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  ChorusRuler *self = CHORUS_RULER (widget);
  GdkRGBA text_color = chorus_style_get_dim_color (widget);
  GdkRGBA tick_color = chorus_style_get_text_color (widget);

  tick_color.alpha *= TICK_ALPHA;
  if (self->orientation == GTK_ORIENTATION_HORIZONTAL)
    chorus_ruler_snapshot_time (self, snapshot, &text_color, &tick_color);
  else
    chorus_ruler_snapshot_frequency (self, snapshot, &text_color, &tick_color);
}

static void
chorus_ruler_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  ChorusRuler *self = CHORUS_RULER (widget);
  int width = 0;
  int height = 0;

  *minimum = *natural = 0;
  if (orientation == self->orientation)
    return;
  chorus_ruler_get_text_size (self, WIDEST_FREQUENCY, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = width + (int) TICK + 2 * GAP;
  else
    *minimum = *natural = height + (int) TICK + GAP;
}

void
chorus_ruler_set_session (ChorusRuler       *self,
                          ChorusViewSession *session)
{
  static const char *const names[] = {
    "notify::visible-start",   "notify::visible-end", "notify::low",      "notify::high",
    "notify::frequency-scale", "notify::clock-time",  "notify::recorded",
  };

  g_return_if_fail (CHORUS_IS_RULER (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (gsize i = 0; session && i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_ruler_set_orientation (ChorusRuler    *self,
                              GtkOrientation  orientation)
{
  if (self->orientation == orientation)
    return;
  self->orientation = orientation;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  orientation == GTK_ORIENTATION_HORIZONTAL ? _("Time axis") : _("Frequency axis"),
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "orientation");
}

static void
chorus_ruler_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (chorus_ruler_parent_class)->css_changed (widget, change);

  /* Perhaps another font. */
  g_clear_object (&CHORUS_RULER (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
chorus_ruler_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ORIENTATION:
      g_value_set_enum (value, CHORUS_RULER (object)->orientation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_ruler_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ORIENTATION:
      chorus_ruler_set_orientation (CHORUS_RULER (object), g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_ruler_dispose (GObject *object)
{
  ChorusRuler *self = CHORUS_RULER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (chorus_ruler_parent_class)->dispose (object);
}

static void
chorus_ruler_class_init (ChorusRulerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_ruler_dispose;
  object_class->get_property = chorus_ruler_get_property;
  object_class->set_property = chorus_ruler_set_property;
  widget_class->measure = chorus_ruler_measure;
  widget_class->snapshot = chorus_ruler_snapshot;
  widget_class->css_changed = chorus_ruler_css_changed;

  g_object_class_override_property (object_class, PROP_ORIENTATION, "orientation");
  gtk_widget_class_set_css_name (widget_class, "ruler");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
chorus_ruler_init (ChorusRuler *self)
{
  self->orientation = GTK_ORIENTATION_HORIZONTAL;
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time axis"), -1);
}
