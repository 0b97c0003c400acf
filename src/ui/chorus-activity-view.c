/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-activity-view.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHORUS_ACTIVITY_HOURS 24
#define CHORUS_ACTIVITY_LABEL_GAP 6
/* The most that an hour of a day takes, in pixels; few days are not blown up. */
#define CHORUS_ACTIVITY_MOST_WIDTH 48.0
#define CHORUS_ACTIVITY_LEAST_ALPHA 0.2
/* From this many pixels on there is room for a label at either end. */
#define CHORUS_ACTIVITY_ROOMY 240.0

struct _ChorusActivityView
{
  GtkWidget parent_instance;

  ChorusActivity *activity;
  int first_day;
  int n_days;

  /* The hour that the keys are at */
  int day;
  int hour;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusActivityView, chorus_activity_view, GTK_TYPE_WIDGET)

static char *
chorus_activity_view_format_day (int day)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) day * 86400);

  /* Translators: a day, such as “4 Jun 2025”. See the reference of g_date_time_format() for the codes. */
  return time ? g_date_time_format (time, _("%-d %b %Y")) : g_strdup ("");
}

/* Such as “4 Jun 2025, 05:00: 12”. */
static char *
chorus_activity_view_describe (ChorusActivityView *self,
                               int                 day,
                               int                 hour)
{
  g_autofree char *date = chorus_activity_view_format_day (day);

  /* Translators: a day, an hour of it, and how many recordings or detections there are in that hour */
  return g_strdup_printf (_("%s, %02d:00: %'u"), date, hour, chorus_activity_get_count (self->activity, day, hour));
}

static void
chorus_activity_view_update_description (ChorusActivityView *self)
{
  g_autofree char *text =
    self->n_days > 0 ? chorus_activity_view_describe (self, self->day, self->hour) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static PangoLayout *
chorus_activity_view_make_label (ChorusActivityView *self,
                                 const char         *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

/* Where the hours are drawn: beside the labels of the hours and above those of the days. */
static void
chorus_activity_view_get_area (ChorusActivityView *self,
                               graphene_rect_t    *area)
{
  g_autoptr (PangoLayout) layout = chorus_activity_view_make_label (self, "00:00");
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double available = 0.0;
  int label_width = 0;
  int label_height = 0;

  pango_layout_get_pixel_size (layout, &label_width, &label_height);
  available = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - label_width - CHORUS_ACTIVITY_LABEL_GAP, 1.0);
  graphene_rect_init (area, (float) (label_width + CHORUS_ACTIVITY_LABEL_GAP), (float) (label_height / 2.0),
                      (float) MIN (available, self->n_days * CHORUS_ACTIVITY_MOST_WIDTH),
                      (float) MAX (height - 1.5 * label_height - CHORUS_ACTIVITY_LABEL_GAP, 1.0));
}

static void
chorus_activity_view_draw_label (ChorusActivityView *self,
                                 GtkSnapshot        *snapshot,
                                 const char         *text,
                                 double              x,
                                 double              y,
                                 double              align)
{
  g_autoptr (PangoLayout) layout = chorus_activity_view_make_label (self, text);
  GdkRGBA color = { 0 };
  int width = 0;
  int height = 0;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.6f;
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) round (x - align * width), (float) round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* The hours by the quarter of a day, and the first and the last day. */
static void
chorus_activity_view_draw_labels (ChorusActivityView    *self,
                                  GtkSnapshot           *snapshot,
                                  const graphene_rect_t *area)
{
  double bottom = area->origin.y + area->size.height;
  double below = (bottom + gtk_widget_get_height (GTK_WIDGET (self))) / 2 + CHORUS_ACTIVITY_LABEL_GAP / 2.0;
  g_autofree char *first = chorus_activity_view_format_day (self->first_day);
  g_autofree char *last = chorus_activity_view_format_day (self->first_day + self->n_days - 1);

  for (int hour = 0; hour <= CHORUS_ACTIVITY_HOURS; hour += 6)
    {
      g_autofree char *text = g_strdup_printf ("%02d:00", hour);

      chorus_activity_view_draw_label (self, snapshot, text, area->origin.x - CHORUS_ACTIVITY_LABEL_GAP,
                                       area->origin.y + area->size.height * hour / CHORUS_ACTIVITY_HOURS, 1.0);
    }
  if (area->size.width > CHORUS_ACTIVITY_ROOMY)
    {
      chorus_activity_view_draw_label (self, snapshot, first, area->origin.x, below, 0.0);
      chorus_activity_view_draw_label (self, snapshot, last, area->origin.x + area->size.width, below, 1.0);
    }
  else
    {
      g_autofree char *both = self->n_days > 1 ? g_strdup_printf ("%s – %s", first, last) : g_strdup (first);

      chorus_activity_view_draw_label (self, snapshot, both, area->origin.x, below, 0.0);
    }
}

static void
chorus_activity_view_append_hour (ChorusActivityView    *self,
                                  GtkSnapshot           *snapshot,
                                  const graphene_rect_t *area,
                                  int                    day,
                                  int                    hour,
                                  const GdkRGBA         *color)
{
  double width = area->size.width / self->n_days;
  double height = area->size.height / CHORUS_ACTIVITY_HOURS;
  double gap = width >= 6 ? 1.0 : 0.0;

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) (area->origin.x + (day - self->first_day) * width),
                                                  (float) (area->origin.y + hour * height),
                                                  (float) (MAX (width, 1.0) - gap), (float) (height - gap)));
}

static void
chorus_activity_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  ChorusActivityView *self = CHORUS_ACTIVITY_VIEW (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const ChorusActivityCell *cells = NULL;
  graphene_rect_t area;
  GdkRGBA accent = { 0.21f, 0.52f, 0.89f, 1.0f };
  GdkRGBA floor = { 0 };
  double most = 0.0;
  guint n_cells = 0;

  if (self->n_days == 0)
    return;

  chorus_activity_view_get_area (self, &area);
  gtk_style_context_lookup_color (context, "accent_color", &accent);
  gtk_style_context_get_color (context, &floor);
  floor.alpha *= 0.06f;
  gtk_snapshot_append_color (snapshot, &floor, &area);
  most = log1p (chorus_activity_get_most (self->activity));
  cells = chorus_activity_get_cells (self->activity, &n_cells);
  for (guint i = 0; i < n_cells; i++)
    {
      double strength = log1p (cells[i].count) / most;
      GdkRGBA color = accent;

      color.alpha = (float) (CHORUS_ACTIVITY_LEAST_ALPHA + (1.0 - CHORUS_ACTIVITY_LEAST_ALPHA) * strength);
      chorus_activity_view_append_hour (self, snapshot, &area, cells[i].day, cells[i].hour, &color);
    }
  chorus_activity_view_draw_labels (self, snapshot, &area);

  if (gtk_widget_has_visible_focus (widget))
    {
      double width = area.size.width / self->n_days;
      double height = area.size.height / CHORUS_ACTIVITY_HOURS;
      GskRoundedRect outline;

      gtk_style_context_get_color (context, &floor);
      gsk_rounded_rect_init_from_rect (&outline,
                                       &GRAPHENE_RECT_INIT ((float) (area.origin.x
                                                                     + (self->day - self->first_day) * width - 1),
                                                            (float) (area.origin.y + self->hour * height - 1),
                                                            (float) MAX (width, 4.0) + 2, (float) height + 2),
                                       2);
      gtk_snapshot_append_border (snapshot, &outline, (float[]){ 2, 2, 2, 2 },
                                  (GdkRGBA[]){ floor, floor, floor, floor });
    }
}

static void
chorus_activity_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? 200 : 240;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? 280 : 600;
}

/* The hour at a place of the picture. */
static gboolean
chorus_activity_view_find (ChorusActivityView *self,
                           double              x,
                           double              y,
                           int                *day,
                           int                *hour)
{
  graphene_rect_t area;

  if (self->n_days == 0)
    return FALSE;
  chorus_activity_view_get_area (self, &area);
  if (!graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return FALSE;

  *day = self->first_day + MIN ((int) ((x - area.origin.x) / area.size.width * self->n_days), self->n_days - 1);
  *hour = MIN ((int) ((y - area.origin.y) / area.size.height * CHORUS_ACTIVITY_HOURS), CHORUS_ACTIVITY_HOURS - 1);

  return TRUE;
}

static void
chorus_activity_view_set_cursor (ChorusActivityView *self,
                                 int                 day,
                                 int                 hour)
{
  self->day = CLAMP (day, self->first_day, self->first_day + MAX (self->n_days, 1) - 1);
  self->hour = CLAMP (hour, 0, CHORUS_ACTIVITY_HOURS - 1);
  chorus_activity_view_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
chorus_activity_view_clicked_cb (ChorusActivityView *self,
                                 int                 n_press,
                                 double              x,
                                 double              y)
{
  int day = 0;
  int hour = 0;

  if (!chorus_activity_view_find (self, x, y, &day, &hour))
    return;

  chorus_activity_view_set_cursor (self, day, hour);
  g_signal_emit (self, signals[CHOSEN], 0, day, hour);
}

static gboolean
chorus_activity_view_query_tooltip (GtkWidget  *widget,
                                    int         x,
                                    int         y,
                                    gboolean    keyboard_tooltip,
                                    GtkTooltip *tooltip)
{
  ChorusActivityView *self = CHORUS_ACTIVITY_VIEW (widget);
  g_autofree char *text = NULL;
  int day = 0;
  int hour = 0;

  if (keyboard_tooltip || !chorus_activity_view_find (self, x, y, &day, &hour))
    return FALSE;

  text = chorus_activity_view_describe (self, day, hour);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static gboolean
chorus_activity_view_move_cb (GtkWidget *widget,
                              GVariant  *arguments,
                              gpointer   user_data)
{
  ChorusActivityView *self = CHORUS_ACTIVITY_VIEW (widget);
  int days = 0;
  int hours = 0;

  g_variant_get (arguments, "(ii)", &days, &hours);
  chorus_activity_view_set_cursor (self, self->day + days, self->hour + hours);

  return TRUE;
}

static gboolean
chorus_activity_view_choose_cb (GtkWidget *widget,
                                GVariant  *arguments,
                                gpointer   user_data)
{
  ChorusActivityView *self = CHORUS_ACTIVITY_VIEW (widget);

  if (self->n_days > 0)
    g_signal_emit (self, signals[CHOSEN], 0, self->day, self->hour);

  return TRUE;
}

static void
chorus_activity_view_finalize (GObject *object)
{
  g_clear_object (&CHORUS_ACTIVITY_VIEW (object)->activity);

  G_OBJECT_CLASS (chorus_activity_view_parent_class)->finalize (object);
}

static void
chorus_activity_view_class_init (ChorusActivityViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chorus_activity_view_finalize;
  widget_class->snapshot = chorus_activity_view_snapshot;
  widget_class->measure = chorus_activity_view_measure;
  widget_class->query_tooltip = chorus_activity_view_query_tooltip;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, chorus_activity_view_move_cb, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, chorus_activity_view_move_cb, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, chorus_activity_view_move_cb, "(ii)", 0, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, chorus_activity_view_move_cb, "(ii)", 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, chorus_activity_view_choose_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, chorus_activity_view_choose_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
chorus_activity_view_init (ChorusActivityView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (chorus_activity_view_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Activity by Day and Hour"),
                                  -1);
}

void
chorus_activity_view_set_activity (ChorusActivityView *self,
                                   ChorusActivity     *activity)
{
  int last_day = 0;

  g_return_if_fail (CHORUS_IS_ACTIVITY_VIEW (self));
  g_return_if_fail (activity == NULL || CHORUS_IS_ACTIVITY (activity));

  g_set_object (&self->activity, activity);
  self->n_days = 0;
  if (activity != NULL && chorus_activity_get_days (activity, &self->first_day, &last_day))
    self->n_days = last_day - self->first_day + 1;
  chorus_activity_view_set_cursor (self, self->first_day, 0);
}
