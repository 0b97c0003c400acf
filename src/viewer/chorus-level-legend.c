/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-level-legend.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"
#include "timeline/chorus-axis.h"

#include "chorus-style.h"

#define BAR 6.0f
#define TICK 3.0f
#define GAP 4
#define TICK_ALPHA 0.35f
#define LABEL_AIR 24.0
/* The longest label of levels. */
#define WIDEST_LEVEL "-100"
/* With less than this there is none for it, in pixels. */
#define LEAST_ROOM 600

struct _ChorusLevelLegend
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
  PangoLayout *layout;
  GdkTexture *colors;
  ChorusColorMap map;
  gboolean narrow;
  guint resize_id;
};

G_DEFINE_FINAL_TYPE (ChorusLevelLegend, chorus_level_legend, GTK_TYPE_WIDGET)

static void
chorus_level_legend_get_text_size (ChorusLevelLegend *self,
                                   const char        *text,
                                   int               *width,
                                   int               *height)
{
  if (!self->layout)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, width, height);
}

static double
chorus_level_legend_measure_label (const char *label,
                                   gpointer    user_data)
{
  int height = 0;

  chorus_level_legend_get_text_size (user_data, label, NULL, &height);

  return height + LABEL_AIR;
}

/* The colors of the map, the brightest on top. */
static GdkTexture *
chorus_level_legend_get_colors (ChorusLevelLegend *self)
{
  ChorusColorMap map = chorus_view_session_get_color_map (self->session);
  const guint32 *table = chorus_color_map_table (map);
  guint32 pixels[CHORUS_COLOR_MAP_LENGTH];
  g_autoptr (GBytes) bytes = NULL;

  if (self->colors && self->map == map)
    return self->colors;
  for (guint i = 0; i < CHORUS_COLOR_MAP_LENGTH; i++)
    pixels[i] = table[CHORUS_COLOR_MAP_LENGTH - 1 - i];
  bytes = g_bytes_new (pixels, sizeof pixels);
  g_clear_object (&self->colors);
  self->colors = gdk_memory_texture_new (1, CHORUS_COLOR_MAP_LENGTH, GDK_MEMORY_DEFAULT, bytes, sizeof (guint32));
  self->map = map;

  return self->colors;
}

static void
chorus_level_legend_snapshot_ticks (ChorusLevelLegend *self,
                                    GtkSnapshot       *snapshot,
                                    const ChorusAxis  *axis,
                                    double             top)
{
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (axis, chorus_level_legend_measure_label, self);
  GdkRGBA text_color = chorus_style_get_dim_color (GTK_WIDGET (self));
  GdkRGBA tick_color = chorus_style_get_text_color (GTK_WIDGET (self));

  tick_color.alpha *= TICK_ALPHA;
  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      float y = (float) (top + CLAMP (floor (tick->position), 0.0, axis->length - 1.0));
      double place = 0.0;
      int height = 0;

      if (!tick->label)
        continue;
      gtk_snapshot_append_color (snapshot, &tick_color, &GRAPHENE_RECT_INIT (2 * GAP + BAR, y, TICK, 1));
      chorus_level_legend_get_text_size (self, tick->label, NULL, &height);
      place = CLAMP (top + tick->position - height / 2.0, top, top + axis->length - height);
      chorus_style_append_text (snapshot, self->layout, tick->label, &text_color, 3 * GAP + BAR + TICK, place);
    }
}

static void
chorus_level_legend_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  ChorusLevelLegend *self = CHORUS_LEVEL_LEGEND (widget);
  ChorusAxis axis = { .inverted = TRUE };
  GdkRGBA text_color = chorus_style_get_dim_color (widget);
  const char *unit = NULL;
  int unit_height = 0;

  if (self->narrow || !self->session || !chorus_view_session_get_source (self->session))
    return;
  /* The unit has the top, and the bar is below. */
  unit = chorus_view_session_get_background (self->session) == CHORUS_BACKGROUND_MODE_REMOVED ? _("dB") : _("dBFS");
  chorus_level_legend_get_text_size (self, unit, NULL, &unit_height);
  axis.low = chorus_view_session_get_low_db (self->session);
  axis.high = chorus_view_session_get_high_db (self->session);
  axis.length = gtk_widget_get_height (widget) - unit_height - GAP;
  if (axis.length < 2 * unit_height)
    return;
  chorus_style_append_text (snapshot, self->layout, unit, &text_color, 2 * GAP, 0);
  gtk_snapshot_append_texture (snapshot, chorus_level_legend_get_colors (self),
                               &GRAPHENE_RECT_INIT (2 * GAP, (float) (unit_height + GAP), BAR, (float) axis.length));
  chorus_level_legend_snapshot_ticks (self, snapshot, &axis, unit_height + GAP);
}

static void
chorus_level_legend_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  ChorusLevelLegend *self = CHORUS_LEVEL_LEGEND (widget);
  int width = 0;
  int unit_width = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL || self->narrow)
    return;
  chorus_level_legend_get_text_size (self, WIDEST_LEVEL, &width, NULL);
  chorus_level_legend_get_text_size (self, _("dBFS"), &unit_width, NULL);
  *minimum = *natural = MAX (3 * GAP + (int) (BAR + TICK) + width, 2 * GAP + unit_width);
}

static gboolean
chorus_level_legend_resize_cb (gpointer user_data)
{
  ChorusLevelLegend *self = user_data;

  self->resize_id = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

void
chorus_level_legend_set_room (ChorusLevelLegend *self,
                              int                width)
{
  g_return_if_fail (CHORUS_IS_LEVEL_LEGEND (self));

  if (self->narrow == (width < LEAST_ROOM))
    return;
  self->narrow = width < LEAST_ROOM;
  /* Nothing can be resized while sizes are given out. */
  if (self->resize_id == 0)
    self->resize_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, chorus_level_legend_resize_cb, self, NULL);
}

static void
chorus_level_legend_update (ChorusLevelLegend *self)
{
  g_autofree char *text = NULL;
  double low = 0.0;
  double high = 0.0;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->session)
    return;
  low = chorus_view_session_get_low_db (self->session);
  high = chorus_view_session_get_high_db (self->session);
  if (chorus_view_session_get_background (self->session) == CHORUS_BACKGROUND_MODE_REMOVED)
    text = g_strdup_printf (_("Dark is %.0f" CHORUS_NARROW_SPACE "dB, bright is %.0f" CHORUS_NARROW_SPACE
                               "dB above the background"),
                            low, high);
  else
    text = g_strdup_printf (_("Dark is %.0f" CHORUS_NARROW_SPACE "dBFS, bright is %.0f" CHORUS_NARROW_SPACE "dBFS"),
                            low, high);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
chorus_level_legend_set_session (ChorusLevelLegend *self,
                                 ChorusViewSession *session)
{
  static const char *const names[] = { "notify::low-db", "notify::high-db", "notify::color-map", "notify::background",
                                       "notify::source" };

  g_return_if_fail (CHORUS_IS_LEVEL_LEGEND (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (gsize i = 0; session && i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (chorus_level_legend_update), self, G_CONNECT_SWAPPED);
  chorus_level_legend_update (self);
}

static void
chorus_level_legend_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (chorus_level_legend_parent_class)->css_changed (widget, change);

  /* Perhaps another font. */
  g_clear_object (&CHORUS_LEVEL_LEGEND (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
chorus_level_legend_dispose (GObject *object)
{
  ChorusLevelLegend *self = CHORUS_LEVEL_LEGEND (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->layout);
  g_clear_object (&self->colors);

  G_OBJECT_CLASS (chorus_level_legend_parent_class)->dispose (object);
}

static void
chorus_level_legend_class_init (ChorusLevelLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chorus_level_legend_dispose;
  widget_class->measure = chorus_level_legend_measure;
  widget_class->snapshot = chorus_level_legend_snapshot;
  widget_class->css_changed = chorus_level_legend_css_changed;
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
chorus_level_legend_init (ChorusLevelLegend *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Levels"), -1);
}
