/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-figure-page-private.h"

#include <math.h>

#include <glib/gi18n.h>

#include "timeline/chorus-label-layout.h"

#include "chorus-style.h"

/* In points. */
#define LINE_WIDTH 0.5
#define BOX_WIDTH 1.0
#define SMALL_TICK 1.5
/* By the size of the letters. */
#define CHIP_PADDING 0.35
#define FILL_ALPHA 0.12

static void
chorus_figure_page_frame (ChorusFigurePage       *self,
                          const ChorusFigureRect *rect)
{
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_set_line_width (self->cr, LINE_WIDTH);
  cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
  cairo_stroke (self->cr);
}

static void
chorus_figure_page_line (ChorusFigurePage *self,
                         double            x,
                         double            y,
                         double            dx,
                         double            dy)
{
  cairo_move_to (self->cr, x, y);
  cairo_rel_line_to (self->cr, dx, dy);
  cairo_stroke (self->cr);
}

/* A hyphen is not a minus. */
static char *
chorus_figure_page_dup_number (const char *label)
{
  return label[0] == '-' ? g_strconcat (CHORUS_FIGURE_MINUS, label + 1, NULL) : g_strdup (label);
}

static void
chorus_figure_page_draw_time_axis (ChorusFigurePage *self)
{
  g_autoptr (GArray) ticks = chorus_figure_page_get_time_ticks (self);
  g_autofree char *title = chorus_figure_page_get_time_title (self);
  double line = chorus_figure_page_get_text_height (self);
  double bottom = self->plot.y + self->plot.height;

  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      double x = self->plot.x + tick->position;

      chorus_figure_page_line (self, x, bottom, 0.0, tick->label ? CHORUS_FIGURE_TICK : SMALL_TICK);
      if (tick->label)
        chorus_figure_page_write (self, tick->label, x, bottom + CHORUS_FIGURE_TICK + CHORUS_FIGURE_GAP + line / 2.0,
                                  CHORUS_FIGURE_CENTER, FALSE);
    }
  chorus_figure_page_write (self, title, self->plot.x + self->plot.width / 2.0,
                            bottom + CHORUS_FIGURE_TICK + 2.0 * CHORUS_FIGURE_GAP + 1.5 * line, CHORUS_FIGURE_CENTER,
                            FALSE);
}

static void
chorus_figure_page_draw_frequency_axis (ChorusFigurePage *self)
{
  ChorusAxis axis = chorus_figure_page_get_frequency_axis (self);
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (&axis, chorus_figure_page_measure_height_cb, self);
  /* Translators: the title of an axis; %s is Hz or kHz */
  g_autofree char *title = g_strdup_printf (_("Frequency (%s)"), chorus_axis_frequency_unit (&axis));
  double line = chorus_figure_page_get_text_height (self);

  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      double y = self->plot.y + tick->position;

      chorus_figure_page_line (self, self->plot.x, y, tick->label ? -CHORUS_FIGURE_TICK : -SMALL_TICK, 0.0);
      if (tick->label)
        chorus_figure_page_write (self, tick->label, self->plot.x - CHORUS_FIGURE_TICK - CHORUS_FIGURE_GAP, y,
                                  CHORUS_FIGURE_RIGHT, FALSE);
    }
  chorus_figure_page_write (self, title, CHORUS_FIGURE_MARGIN * self->figure->font_size + line / 2.0,
                            self->plot.y + self->plot.height / 2.0, CHORUS_FIGURE_CENTER, TRUE);
}

static void
chorus_figure_page_draw_image (ChorusFigurePage       *self,
                               cairo_surface_t        *image,
                               const ChorusFigureRect *rect)
{
  cairo_save (self->cr);
  cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (self->cr);
  cairo_translate (self->cr, rect->x, rect->y);
  cairo_scale (self->cr, rect->width / cairo_image_surface_get_width (image),
               rect->height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (self->cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (self->cr), CAIRO_FILTER_NEAREST);
  cairo_paint (self->cr);
  cairo_restore (self->cr);
}

static void
chorus_figure_page_draw_scale (ChorusFigurePage *self)
{
  const guint32 *table = chorus_color_map_table (self->figure->colors.map);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, CHORUS_COLOR_MAP_LENGTH);
  ChorusAxis axis = chorus_figure_page_get_level_axis (self);
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (&axis, chorus_figure_page_measure_height_cb, self);
  double right = self->scale.x + self->scale.width;
  double line = chorus_figure_page_get_text_height (self);

  for (guint i = 0; i < CHORUS_COLOR_MAP_LENGTH; i++)
    *(guint32 *) (gpointer) (cairo_image_surface_get_data (image) + i * cairo_image_surface_get_stride (image)) =
      table[CHORUS_COLOR_MAP_LENGTH - 1 - i];
  cairo_surface_mark_dirty (image);
  chorus_figure_page_draw_image (self, image, &self->scale);
  cairo_surface_destroy (image);

  chorus_figure_page_frame (self, &self->scale);
  for (guint i = 0; i < ticks->len; i++)
    {
      const ChorusTick *tick = &g_array_index (ticks, ChorusTick, i);
      double y = self->scale.y + tick->position;

      chorus_figure_page_line (self, right, y, tick->label ? CHORUS_FIGURE_TICK : SMALL_TICK, 0.0);
      if (tick->label)
        {
          g_autofree char *label = chorus_figure_page_dup_number (tick->label);

          chorus_figure_page_write (self, label, right + CHORUS_FIGURE_TICK + CHORUS_FIGURE_GAP, y, CHORUS_FIGURE_LEFT,
                                    FALSE);
        }
    }
  chorus_figure_page_write (self, self->figure->background ? _("Above background (dB)") : _("Level (dBFS)"),
                            (self->figure->width * CHORUS_FIGURE_POINTS_PER_MM)
                              - CHORUS_FIGURE_MARGIN * self->figure->font_size - line / 2.0,
                            self->scale.y + self->scale.height / 2.0, CHORUS_FIGURE_CENTER, TRUE);
}

/* The outline of all that the waveform covers, as one shape. */
static void
chorus_figure_page_draw_waveform (ChorusFigurePage *self,
                                  const ChorusPeak *peaks,
                                  guint             n_peaks)
{
  const ChorusFigureRect *rect = &self->waveform;
  double middle = rect->y + rect->height / 2.0;
  double extent = self->extent;
  double mark = chorus_figure_page_get_mark (self);
  double line = chorus_figure_page_get_text_height (self);
  double per_peak = rect->width / n_peaks;
  double title_width = 0.0;

  cairo_set_source_rgb (self->cr, 0.2, 0.2, 0.2);
  cairo_set_line_width (self->cr, LINE_WIDTH);
  /* A text that was written before has left a point behind. */
  cairo_new_path (self->cr);
  for (guint i = 0; i < n_peaks; i++)
    cairo_line_to (self->cr, rect->x + (i + 0.5) * per_peak,
                   middle - (double) peaks[i].max / extent * rect->height / 2.0);
  for (guint i = n_peaks; i > 0; i--)
    cairo_line_to (self->cr, rect->x + (i - 0.5) * per_peak,
                   middle - (double) peaks[i - 1].min / extent * rect->height / 2.0);
  cairo_close_path (self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_fill_preserve (self->cr);
  cairo_stroke (self->cr);
  chorus_figure_page_frame (self, rect);

  for (int i = -1; i <= 1; i++)
    {
      double distance = mark / extent * rect->height / 2.0;
      double y = middle - i * distance;
      g_autofree char *label = chorus_figure_page_format_mark (i * mark);

      chorus_figure_page_line (self, rect->x, y, -CHORUS_FIGURE_TICK, 0.0);
      /* Where there is no room for three, the outer two say more. */
      if (distance >= line || (i != 0 && 2.0 * distance >= line))
        chorus_figure_page_write (self, label, rect->x - CHORUS_FIGURE_TICK - CHORUS_FIGURE_GAP, y, CHORUS_FIGURE_RIGHT,
                                  FALSE);
    }
  chorus_figure_page_measure_text (self, _("Amplitude"), &title_width, NULL);
  if (title_width <= rect->height)
    chorus_figure_page_write (self, _("Amplitude"), CHORUS_FIGURE_MARGIN * self->figure->font_size + line / 2.0,
                              middle, CHORUS_FIGURE_CENTER, TRUE);
}

static void
chorus_figure_page_draw_box (ChorusFigurePage      *self,
                             const ChorusFigureBox *box,
                             const ChorusLabel     *label)
{
  GdkRGBA background = chorus_style_get_floor (self->figure->colors.map);
  GdkRGBA color = chorus_style_get_palette_on (box->color, &background);

  cairo_rectangle (self->cr, self->plot.x + label->box.x, self->plot.y + label->box.y, label->box.width,
                   label->box.height);
  cairo_set_source_rgba (self->cr, (double) color.red, (double) color.green, (double) color.blue, FILL_ALPHA);
  cairo_fill_preserve (self->cr);
  gdk_cairo_set_source_rgba (self->cr, &color);
  cairo_set_line_width (self->cr, BOX_WIDTH);
  cairo_stroke (self->cr);
}

static void
chorus_figure_page_draw_chip (ChorusFigurePage      *self,
                              const ChorusFigureBox *box,
                              const ChorusLabel     *label)
{
  GdkRGBA background = chorus_style_get_floor (self->figure->colors.map);
  GdkRGBA color = chorus_style_get_palette_on (box->color, &background);
  GdkRGBA ink = chorus_style_get_contrast (&color);
  double padding = CHIP_PADDING * self->figure->font_size;

  if (label->place.width <= 2.0 * padding)
    return;
  cairo_rectangle (self->cr, self->plot.x + label->place.x, self->plot.y + label->place.y, label->place.width,
                   label->place.height);
  gdk_cairo_set_source_rgba (self->cr, &color);
  cairo_fill (self->cr);
  gdk_cairo_set_source_rgba (self->cr, &ink);
  pango_layout_set_text (self->layout, box->label, -1);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (self->layout, (int) (ceil (label->place.width - 2.0 * padding) * PANGO_SCALE));
  cairo_move_to (self->cr, self->plot.x + label->place.x + padding, self->plot.y + label->place.y);
  pango_cairo_show_layout (self->cr, self->layout);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
}

static void
chorus_figure_page_draw_boxes (ChorusFigurePage *self)
{
  const ChorusFigure *figure = self->figure;
  ChorusAxis time_axis = { figure->span.start, figure->span.end, self->plot.width, FALSE };
  ChorusAxis frequency_axis = chorus_figure_page_get_frequency_axis (self);
  g_autofree ChorusLabel *labels = g_new0 (ChorusLabel, figure->boxes->len);
  double line = chorus_figure_page_get_text_height (self);

  for (guint i = 0; i < figure->boxes->len; i++)
    {
      const ChorusFigureBox *box = &g_array_index (figure->boxes, ChorusFigureBox, i);
      double left = chorus_axis_to_position (&time_axis, box->span.start);
      double right = chorus_axis_to_position (&time_axis, box->span.end);
      double top = isnan (box->band.high) ? 0.0 : chorus_axis_to_position (&frequency_axis, box->band.high);
      double bottom =
        isnan (box->band.low) ? frequency_axis.length : chorus_axis_to_position (&frequency_axis, box->band.low);

      labels[i].box = (ChorusLabelRect){ left, top, MAX (right - left, BOX_WIDTH), MAX (bottom - top, BOX_WIDTH) };
      chorus_figure_page_measure_text (self, box->label, &labels[i].natural_width, NULL);
      labels[i].natural_width += 2.0 * CHIP_PADDING * figure->font_size + 0.5;
    }
  chorus_label_layout (labels, figure->boxes->len, self->plot.width, self->plot.height, line, 3.0 * figure->font_size);

  cairo_save (self->cr);
  cairo_rectangle (self->cr, self->plot.x, self->plot.y, self->plot.width, self->plot.height);
  cairo_clip (self->cr);
  for (guint i = 0; i < figure->boxes->len; i++)
    chorus_figure_page_draw_box (self, &g_array_index (figure->boxes, ChorusFigureBox, i), &labels[i]);
  for (guint i = 0; i < figure->boxes->len; i++)
    chorus_figure_page_draw_chip (self, &g_array_index (figure->boxes, ChorusFigureBox, i), &labels[i]);
  cairo_restore (self->cr);
}

static void
chorus_figure_page_draw_caption (ChorusFigurePage *self)
{
  double margin = CHORUS_FIGURE_MARGIN * self->figure->font_size;

  cairo_set_source_rgb (self->cr, 0, 0, 0);
  chorus_figure_page_measure_caption (self, self->figure->width * CHORUS_FIGURE_POINTS_PER_MM - 2.0 * margin);
  cairo_move_to (self->cr, margin, self->caption_y);
  pango_cairo_show_layout (self->cr, self->layout);
}

void
chorus_figure_page_draw (ChorusFigurePage *self,
                         cairo_surface_t  *spectrogram,
                         const ChorusPeak *peaks,
                         guint             n_peaks)
{
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_paint (self->cr);

  chorus_figure_page_draw_image (self, spectrogram, &self->plot);
  if (self->figure->with_boxes && self->figure->boxes->len > 0)
    chorus_figure_page_draw_boxes (self);
  chorus_figure_page_frame (self, &self->plot);
  chorus_figure_page_draw_time_axis (self);
  chorus_figure_page_draw_frequency_axis (self);
  if (self->figure->with_scale)
    chorus_figure_page_draw_scale (self);
  if (self->figure->with_waveform && n_peaks > 0)
    chorus_figure_page_draw_waveform (self, peaks, n_peaks);
  if (self->caption)
    chorus_figure_page_draw_caption (self);
}
