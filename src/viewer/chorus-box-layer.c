/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-box-layer.h"

#include <math.h>

#include "core/chorus-text.h"
#include "timeline/chorus-label-layout.h"

#include "chorus-plot.h"
#include "chorus-style.h"

#define STROKE 1.5f
#define SELECTED_STROKE 2.5f
#define OUTER_STROKE 1.0f
#define FILL_ALPHA 0.12f
#define REJECTED_OPACITY 0.5
#define DASH 6.0f
#define DASH_GAP 4.0f
#define CORNER 3.0f
#define CHIP_PADDING 5.0
#define GLYPH_GAP 3.0
#define LEAST_CHIP_WIDTH 36.0
/* A box is never drawn narrower, or it could not be seen or hit, in pixels. */
#define LEAST_BOX 3.0
/* More boxes than this on one screen are drawn without chips, which nobody could read. */
#define MOST_CHIPS 400
/* With more boxes in sight than this, only the selected one has a chip longer than its box and than this many pixels. */
#define CROWD 12
#define CROWDED_CHIP_WIDTH 72.0
/* In one of many channels that is lower than this, chips would hide what they are about, in pixels. */
#define LEAST_CHANNEL_WITH_CHIPS 160.0

typedef struct
{
  ChorusDetection *detection;
  ChorusLabel label;
} ChorusBox;

struct _ChorusBoxLayer
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
  GListModel *detections;
  /* Those that are connected to, in no order. */
  GPtrArray *watched;
  /* ChorusBox, laid out for the present view; borrows from @watched. */
  GArray *boxes;
  gboolean is_laid_out;
  /* Of the text in a chip, by its words. */
  GHashTable *layouts;
  int text_height;
};

G_DEFINE_FINAL_TYPE (ChorusBoxLayer, chorus_box_layer, GTK_TYPE_WIDGET)

static char *
chorus_box_layer_format (ChorusDetection *detection)
{
  double confidence = chorus_detection_get_confidence (detection);
  const char *name = chorus_detection_get_held_name (detection);
  const char *mark = chorus_detection_get_verdict (detection) == CHORUS_VERDICT_UNCERTAIN ? "?  " : "";

  if (isnan (confidence))
    return g_strconcat (mark, name, NULL);

  return g_strdup_printf ("%s%s" CHORUS_NARROW_SPACE " %.2f", mark, name, confidence);
}

static const char *
chorus_box_layer_get_glyph (ChorusVerdict verdict)
{
  switch (verdict)
    {
    case CHORUS_VERDICT_CONFIRMED:
      return "object-select-symbolic";
    case CHORUS_VERDICT_REJECTED:
      return "window-close-symbolic";
    /* The icon for a question is a sign with a mark in it, too small to be read here: see the text. */
    case CHORUS_VERDICT_UNCERTAIN:
    case CHORUS_VERDICT_NONE:
    default:
      return NULL;
    }
}

static PangoLayout *
chorus_box_layer_get_layout (ChorusBoxLayer *self,
                             const char     *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, text);

  if (layout)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_hash_table_insert (self->layouts, g_strdup (text), layout);

  return layout;
}

static int
chorus_box_layer_get_chip_height (ChorusBoxLayer *self)
{
  PangoLayout *layout = NULL;

  if (self->text_height == 0)
    {
      layout = chorus_box_layer_get_layout (self, "Ág");
      pango_layout_get_pixel_size (layout, NULL, &self->text_height);
    }

  return self->text_height + 2;
}

static double
chorus_box_layer_measure_chip (ChorusBoxLayer  *self,
                               ChorusDetection *detection)
{
  g_autofree char *text = chorus_box_layer_format (detection);
  PangoLayout *layout = chorus_box_layer_get_layout (self, text);
  double width = 0.0;
  int text_width = 0;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  width = text_width + 2.0 * CHIP_PADDING;
  if (chorus_box_layer_get_glyph (chorus_detection_get_verdict (detection)))
    width += self->text_height + GLYPH_GAP;

  return width;
}

static ChorusLabelRect
chorus_box_layer_get_rect (ChorusDetection  *detection,
                           const ChorusAxis *time_axis,
                           const ChorusAxis *frequency_axis)
{
  double low = chorus_detection_get_low (detection);
  double high = chorus_detection_get_high (detection);
  double left = chorus_axis_to_position (time_axis, chorus_detection_get_start (detection));
  double right = chorus_axis_to_position (time_axis, chorus_detection_get_end (detection));
  /* Without a band it is all that can be seen. */
  double top = isnan (high) ? 0.0 : chorus_axis_to_position (frequency_axis, high);
  double bottom = isnan (low) ? frequency_axis->length : chorus_axis_to_position (frequency_axis, low);

  return (ChorusLabelRect){ left, top, MAX (right - left, LEAST_BOX), MAX (bottom - top, LEAST_BOX) };
}

static void
chorus_box_layer_lay_out (ChorusBoxLayer *self)
{
  ChorusDetection *selected = NULL;
  ChorusAxis time_axis = { 0 };
  ChorusAxis frequency_axis = { 0 };
  g_autofree ChorusLabel *labels = NULL;
  int chip_height = chorus_box_layer_get_chip_height (self);

  g_array_set_size (self->boxes, 0);
  self->is_laid_out = TRUE;
  if (!chorus_plot_get_time_axis (self->session, GTK_WIDGET (self), &time_axis)
      || !chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self), &frequency_axis))
    return;

  selected = chorus_view_session_get_selected_detection (self->session);
  for (guint i = 0; i < self->watched->len; i++)
    {
      ChorusBox box = { .detection = g_ptr_array_index (self->watched, i) };

      box.label.box = chorus_box_layer_get_rect (box.detection, &time_axis, &frequency_axis);
      if (box.label.box.x > time_axis.length || box.label.box.x + box.label.box.width < 0.0)
        continue;
      box.label.rank = box.detection == selected ? 0 : 1;
      g_array_append_val (self->boxes, box);
    }

  if (self->boxes->len == 0 || self->boxes->len > MOST_CHIPS)
    return;
  if (chorus_plot_get_channel (CHORUS_PLOT (gtk_widget_get_parent (GTK_WIDGET (self)))) >= 0
      && frequency_axis.length < LEAST_CHANNEL_WITH_CHIPS)
    return;
  labels = g_new0 (ChorusLabel, self->boxes->len);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      ChorusBox *box = &g_array_index (self->boxes, ChorusBox, i);

      box->label.natural_width = chorus_box_layer_measure_chip (self, box->detection);
      /* Labels must not hide what they are about. */
      if (self->boxes->len > CROWD && box->detection != selected)
        box->label.natural_width = MIN (box->label.natural_width, MAX (box->label.box.width, CROWDED_CHIP_WIDTH));
      labels[i] = box->label;
    }
  chorus_label_layout (labels, self->boxes->len, time_axis.length, frequency_axis.length, chip_height,
                       LEAST_CHIP_WIDTH);
  for (guint i = 0; i < self->boxes->len; i++)
    g_array_index (self->boxes, ChorusBox, i).label = labels[i];
}

static void
chorus_box_layer_invalidate (ChorusBoxLayer *self)
{
  self->is_laid_out = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A dashed line along one side; @dx or @dy is 1. */
static void
chorus_box_layer_append_dashes (GtkSnapshot   *snapshot,
                                const GdkRGBA *color,
                                float          x,
                                float          y,
                                float          dx,
                                float          dy,
                                float          length,
                                float          most)
{
  for (float at = 0; at < length; at += most + DASH_GAP)
    {
      float dash = MIN (most, length - at);

      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (x + dx * at, y + dy * at, dx > 0 ? dash : STROKE,
                                                      dy > 0 ? dash : STROKE));
    }
}

/* Four lines of dashes of at most @dash. */
static void
chorus_box_layer_append_dashed_box (GtkSnapshot           *snapshot,
                                    const GdkRGBA         *color,
                                    const graphene_rect_t *rect,
                                    float                  dash)
{
  float right = rect->origin.x + rect->size.width - STROKE;
  float bottom = rect->origin.y + rect->size.height - STROKE;

  chorus_box_layer_append_dashes (snapshot, color, rect->origin.x, rect->origin.y, 1, 0, rect->size.width, dash);
  chorus_box_layer_append_dashes (snapshot, color, rect->origin.x, bottom, 1, 0, rect->size.width, dash);
  chorus_box_layer_append_dashes (snapshot, color, rect->origin.x, rect->origin.y, 0, 1, rect->size.height, dash);
  chorus_box_layer_append_dashes (snapshot, color, right, rect->origin.y, 0, 1, rect->size.height, dash);
}

static void
chorus_box_layer_append_border (GtkSnapshot           *snapshot,
                                const GdkRGBA         *color,
                                const graphene_rect_t *rect,
                                float                  stroke,
                                float                  corner)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, corner);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ stroke, stroke, stroke, stroke },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

static void
chorus_box_layer_snapshot_box (ChorusBoxLayer  *self,
                               GtkSnapshot     *snapshot,
                               const ChorusBox *box,
                               gboolean         selected)
{
  ChorusColorMap map = chorus_view_session_get_color_map (self->session);
  GdkRGBA background = chorus_style_get_floor (map);
  GdkRGBA color = chorus_style_get_palette_on (chorus_detection_get_color (box->detection), &background);
  GdkRGBA fill = color;
  GdkRGBA outer = chorus_style_get_plot_ink (map);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  const ChorusLabelRect *rect = &box->label.box;
  /* Cut just outside the plot: what cannot be seen need not be drawn. */
  double left = MAX (rect->x, -8.0);
  double right = MIN (rect->x + rect->width, width + 8.0);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) round (left), (float) round (rect->y),
                                               (float) round (right - left), (float) round (rect->height));
  graphene_rect_t outer_bounds;
  gboolean rejected = chorus_detection_get_verdict (box->detection) == CHORUS_VERDICT_REJECTED;

  fill.alpha = FILL_ALPHA;
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  if (selected)
    {
      graphene_rect_inset_r (&bounds, -OUTER_STROKE, -OUTER_STROKE, &outer_bounds);
      chorus_box_layer_append_border (snapshot, &outer, &outer_bounds, OUTER_STROKE, CORNER);
    }
  if (rejected)
    chorus_box_layer_append_dashed_box (snapshot, &color, &bounds, DASH);
  /* The OpenGL renderer shades all of a box to draw its rounded border. */
  else if (!selected && self->boxes->len > CROWD)
    chorus_box_layer_append_dashed_box (snapshot, &color, &bounds, G_MAXFLOAT);
  else
    chorus_box_layer_append_border (snapshot, &color, &bounds, selected ? SELECTED_STROKE : STROKE, CORNER - 1);
}

static void
chorus_box_layer_snapshot_glyph (ChorusBoxLayer *self,
                                 GtkSnapshot    *snapshot,
                                 const char     *name,
                                 const GdkRGBA  *color,
                                 float           x,
                                 float           y)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  int size = self->text_height - 2;
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, name, NULL, size, gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                gtk_widget_get_direction (GTK_WIDGET (self)), 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
chorus_box_layer_snapshot_chip (ChorusBoxLayer  *self,
                                GtkSnapshot     *snapshot,
                                const ChorusBox *box,
                                gboolean         selected)
{
  ChorusColorMap map = chorus_view_session_get_color_map (self->session);
  GdkRGBA background = chorus_style_get_floor (map);
  GdkRGBA color = chorus_style_get_palette_on (chorus_detection_get_color (box->detection), &background);
  GdkRGBA ink = chorus_style_get_contrast (&color);
  GdkRGBA outer = chorus_style_get_plot_ink (map);
  ChorusVerdict verdict = chorus_detection_get_verdict (box->detection);
  const char *glyph = chorus_box_layer_get_glyph (verdict);
  g_autofree char *text = chorus_box_layer_format (box->detection);
  PangoLayout *layout = chorus_box_layer_get_layout (self, text);
  const ChorusLabelRect *place = &box->label.place;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) round (place->x), (float) round (place->y),
                                               (float) round (place->width), (float) place->height);
  double text_x = CHIP_PADDING;
  double text_width = 0.0;
  GskRoundedRect outline;

  if (verdict == CHORUS_VERDICT_REJECTED)
    {
      /* At half opacity dark on a color could not be read; light on dark can. */
      color = background;
      ink = outer;
    }
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
  if (glyph)
    {
      chorus_box_layer_snapshot_glyph (self, snapshot, glyph, &ink, bounds.origin.x + (float) CHIP_PADDING,
                                       bounds.origin.y + 2);
      text_x += self->text_height + GLYPH_GAP;
    }
  text_width = place->width - text_x - CHIP_PADDING;
  if (text_width > 0)
    {
      pango_layout_set_width (layout, (int) (ceil (text_width) * PANGO_SCALE));
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (bounds.origin.x + (float) text_x, bounds.origin.y + 1));
      gtk_snapshot_append_layout (snapshot, layout, &ink);
      gtk_snapshot_restore (snapshot);
    }
  gtk_snapshot_pop (snapshot);
  if (selected)
    chorus_box_layer_append_border (snapshot, &outer, &bounds, OUTER_STROKE, CORNER);
}

static void
chorus_box_layer_snapshot_one (ChorusBoxLayer  *self,
                               GtkSnapshot     *snapshot,
                               const ChorusBox *box,
                               gboolean         selected,
                               gboolean         chip)
{
  gboolean rejected = chorus_detection_get_verdict (box->detection) == CHORUS_VERDICT_REJECTED;

  if (chip && box->label.place.width <= 0)
    return;
  if (rejected && !selected)
    gtk_snapshot_push_opacity (snapshot, REJECTED_OPACITY);
  if (chip)
    chorus_box_layer_snapshot_chip (self, snapshot, box, selected);
  else
    chorus_box_layer_snapshot_box (self, snapshot, box, selected);
  if (rejected && !selected)
    gtk_snapshot_pop (snapshot);
}

static void
chorus_box_layer_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  ChorusBoxLayer *self = CHORUS_BOX_LAYER (widget);
  ChorusDetection *selected = NULL;
  const ChorusBox *last = NULL;

  if (!self->session)
    return;
  if (!self->is_laid_out)
    chorus_box_layer_lay_out (self);

  selected = chorus_view_session_get_selected_detection (self->session);
  /* Boxes first, chips above all of them, and the selected one last of each. */
  for (int chip = 0; chip < 2; chip++)
    {
      for (guint i = 0; i < self->boxes->len; i++)
        {
          const ChorusBox *box = &g_array_index (self->boxes, ChorusBox, i);

          if (box->detection == selected)
            last = box;
          else
            chorus_box_layer_snapshot_one (self, snapshot, box, FALSE, chip);
        }
      if (last)
        chorus_box_layer_snapshot_one (self, snapshot, last, TRUE, chip);
    }
}

static gboolean
chorus_label_rect_contains (const ChorusLabelRect *rect,
                            double                 x,
                            double                 y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

ChorusDetection *
chorus_box_layer_find (ChorusBoxLayer *self,
                       double          x,
                       double          y)
{
  ChorusDetection *found = NULL;
  double smallest = G_MAXDOUBLE;

  g_return_val_if_fail (CHORUS_IS_BOX_LAYER (self), NULL);

  if (!self->is_laid_out)
    chorus_box_layer_lay_out (self);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const ChorusBox *box = &g_array_index (self->boxes, ChorusBox, i);
      double area = box->label.box.width * box->label.box.height;

      if (chorus_label_rect_contains (&box->label.place, x, y))
        return box->detection;
      if (chorus_label_rect_contains (&box->label.box, x, y) && area < smallest)
        {
          smallest = area;
          found = box->detection;
        }
    }

  return found;
}

ChorusDetection *
chorus_box_layer_find_at_time (ChorusBoxLayer *self,
                               double          time)
{
  ChorusDetection *found = NULL;
  double shortest = G_MAXDOUBLE;

  g_return_val_if_fail (CHORUS_IS_BOX_LAYER (self), NULL);

  for (guint i = 0; i < self->watched->len; i++)
    {
      ChorusDetection *detection = g_ptr_array_index (self->watched, i);
      double start = chorus_detection_get_start (detection);
      double end = chorus_detection_get_end (detection);

      if (start <= time && time < end && end - start < shortest)
        {
          shortest = end - start;
          found = detection;
        }
    }

  return found;
}

static void
chorus_box_layer_unwatch (ChorusBoxLayer *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
  g_array_set_size (self->boxes, 0);
}

static void
chorus_box_layer_items_changed_cb (ChorusBoxLayer *self)
{
  guint n = self->detections ? g_list_model_get_n_items (self->detections) : 0;

  g_assert (CHORUS_IS_BOX_LAYER (self));

  chorus_box_layer_unwatch (self);
  for (guint i = 0; i < n; i++)
    {
      ChorusDetection *detection = g_list_model_get_item (self->detections, i);

      g_signal_connect_object (detection, "notify", G_CALLBACK (chorus_box_layer_invalidate), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->watched, detection);
    }
  g_hash_table_remove_all (self->layouts);
  chorus_box_layer_invalidate (self);
}

void
chorus_box_layer_set_detections (ChorusBoxLayer *self,
                                 GListModel     *detections)
{
  g_return_if_fail (CHORUS_IS_BOX_LAYER (self));

  if (self->detections)
    g_signal_handlers_disconnect_by_data (self->detections, self);
  g_set_object (&self->detections, detections);
  if (detections)
    g_signal_connect_object (detections, "items-changed", G_CALLBACK (chorus_box_layer_items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  chorus_box_layer_items_changed_cb (self);
}

void
chorus_box_layer_set_session (ChorusBoxLayer    *self,
                              ChorusViewSession *session)
{
  static const char *const names[] = {
    "notify::visible-start", "notify::visible-end",        "notify::low", "notify::high", "notify::frequency-scale",
    "notify::color-map",     "notify::selected-detection",
  };

  g_return_if_fail (CHORUS_IS_BOX_LAYER (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (gsize i = 0; session && i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (session, names[i], G_CALLBACK (chorus_box_layer_invalidate), self, G_CONNECT_SWAPPED);
  chorus_box_layer_invalidate (self);
}

static void
chorus_box_layer_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  CHORUS_BOX_LAYER (widget)->is_laid_out = FALSE;
}

static void
chorus_box_layer_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  ChorusBoxLayer *self = CHORUS_BOX_LAYER (widget);

  GTK_WIDGET_CLASS (chorus_box_layer_parent_class)->css_changed (widget, change);

  /* Perhaps another font. */
  g_hash_table_remove_all (self->layouts);
  self->text_height = 0;
  chorus_box_layer_invalidate (self);
}

static void
chorus_box_layer_dispose (GObject *object)
{
  ChorusBoxLayer *self = CHORUS_BOX_LAYER (object);

  chorus_box_layer_unwatch (self);
  if (self->detections)
    g_signal_handlers_disconnect_by_data (self->detections, self);
  g_clear_object (&self->detections);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (chorus_box_layer_parent_class)->dispose (object);
}

static void
chorus_box_layer_finalize (GObject *object)
{
  ChorusBoxLayer *self = CHORUS_BOX_LAYER (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->boxes, g_array_unref);
  g_clear_pointer (&self->layouts, g_hash_table_unref);

  G_OBJECT_CLASS (chorus_box_layer_parent_class)->finalize (object);
}

static void
chorus_box_layer_class_init (ChorusBoxLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_box_layer_dispose;
  object_class->finalize = chorus_box_layer_finalize;
  widget_class->snapshot = chorus_box_layer_snapshot;
  widget_class->size_allocate = chorus_box_layer_size_allocate;
  widget_class->css_changed = chorus_box_layer_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
chorus_box_layer_init (ChorusBoxLayer *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->boxes = g_array_new (FALSE, TRUE, sizeof (ChorusBox));
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
}

GtkWidget *
chorus_box_layer_new (void)
{
  return g_object_new (CHORUS_TYPE_BOX_LAYER, NULL);
}
