/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-figure-page-private.h"

#include <math.h>

#include <glib/gi18n.h>

#include "core/chorus-text.h"

/* By the size of the letters. */
#define SCALE_GAP 1.2
#define SCALE_WIDTH 0.9
#define WAVEFORM_GAP 0.8
#define LABEL_AIR 1.2
#define LABEL_AIR_VERTICAL 0.6
/* Of the height that waveform and spectrogram share. */
#define WAVEFORM_PART 0.22
/* What the waveform of silence reaches to. */
#define LEAST_EXTENT 1e-6

void
chorus_figure_page_measure_text (const ChorusFigurePage *self,
                                 const char             *text,
                                 double                 *width,
                                 double                 *height)
{
  PangoRectangle extents = { 0 };

  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_extents (self->layout, NULL, &extents);
  if (width)
    *width = (double) extents.width / PANGO_SCALE;
  if (height)
    *height = (double) extents.height / PANGO_SCALE;
}

double
chorus_figure_page_get_text_height (const ChorusFigurePage *self)
{
  double height = 0.0;

  chorus_figure_page_measure_text (self, "0", NULL, &height);

  return height;
}

void
chorus_figure_page_write (ChorusFigurePage  *self,
                          const char        *text,
                          double             x,
                          double             y,
                          ChorusFigureAlign  align,
                          gboolean           up)
{
  double width = 0.0;
  double height = 0.0;

  chorus_figure_page_measure_text (self, text, &width, &height);
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  if (up)
    cairo_rotate (self->cr, -G_PI / 2.0);
  cairo_move_to (self->cr,
                 align == CHORUS_FIGURE_LEFT    ? 0.0
                 : align == CHORUS_FIGURE_RIGHT ? -width
                                                : -width / 2.0,
                 -height / 2.0);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_restore (self->cr);
}

/* Along the axis: the width of labels below a plot, and the height of those beside it. */
static double
chorus_figure_page_measure_width_cb (const char *label,
                                     gpointer    user_data)
{
  const ChorusFigurePage *self = user_data;
  double width = 0.0;

  chorus_figure_page_measure_text (self, label, &width, NULL);

  return width + LABEL_AIR * self->figure->font_size;
}

double
chorus_figure_page_measure_height_cb (const char *label,
                                      gpointer    user_data)
{
  const ChorusFigurePage *self = user_data;

  return chorus_figure_page_get_text_height (self) + LABEL_AIR_VERTICAL * self->figure->font_size;
}

static const ChorusRecordingTime *
chorus_figure_page_get_origin (const ChorusFigurePage *self)
{
  return self->figure->time == CHORUS_FIGURE_TIME_CLOCK ? self->figure->recorded : NULL;
}

static ChorusAxis
chorus_figure_page_get_time_axis (const ChorusFigurePage *self)
{
  double zero = self->figure->time == CHORUS_FIGURE_TIME_FIGURE ? self->figure->span.start : 0.0;

  return (ChorusAxis){
    .low = self->figure->span.start - zero,
    .high = self->figure->span.end - zero,
    .length = self->plot.width,
  };
}

ChorusAxis
chorus_figure_page_get_frequency_axis (const ChorusFigurePage *self)
{
  ChorusFrequencyBand band = chorus_figure_get_shown_band (self->figure);

  return (ChorusAxis){
    .low = band.low,
    .high = band.high,
    .length = self->plot.height,
    .inverted = TRUE,
    .scale = self->figure->scale,
  };
}

ChorusAxis
chorus_figure_page_get_level_axis (const ChorusFigurePage *self)
{
  return (ChorusAxis){
    .low = self->figure->colors.low_db,
    .high = self->figure->colors.high_db,
    .length = self->scale.height,
    .inverted = TRUE,
  };
}

/* Under a minute, plain seconds say more than minutes that are always 0. */
static gboolean
chorus_figure_page_counts_seconds (const ChorusFigurePage *self)
{
  return !chorus_figure_page_get_origin (self) && chorus_figure_page_get_time_axis (self).high < 60.0;
}

GArray *
chorus_figure_page_get_time_ticks (ChorusFigurePage *self)
{
  ChorusAxis axis = chorus_figure_page_get_time_axis (self);

  /* The ticks of a few seconds are those of any number. */
  if (chorus_figure_page_counts_seconds (self))
    return chorus_axis_frequency_ticks (&axis, chorus_figure_page_measure_width_cb, self);

  return chorus_axis_time_ticks (&axis, chorus_figure_page_get_origin (self), chorus_figure_page_measure_width_cb,
                                 self);
}

char *
chorus_figure_page_get_time_title (const ChorusFigurePage *self)
{
  const ChorusRecordingTime *origin = chorus_figure_page_get_origin (self);

  if (origin && chorus_recording_time_get_has_zone (origin))
    {
      g_autofree char *zone = g_date_time_format (chorus_recording_time_get_time (origin), "UTC%:z");

      /* Translators: the title of an axis; %s is a zone such as UTC+05:30 */
      return g_strdup_printf (_("Time (%s)"), zone);
    }
  if (origin)
    return g_strdup (_("Time (clock of the recorder)"));
  if (chorus_figure_page_counts_seconds (self))
    return g_strdup (_("Time (s)"));

  return g_strdup (chorus_figure_page_get_time_axis (self).high < 3600.0 ? _("Time (min:s)") : _("Time (h:min:s)"));
}

static const char *
chorus_figure_page_get_window_name (const ChorusFigurePage *self)
{
  switch (self->figure->params.function)
    {
    case CHORUS_WINDOW_FUNCTION_HANN:
      return _("Hann window");
    case CHORUS_WINDOW_FUNCTION_HAMMING:
      return _("Hamming window");
    case CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS:
      return _("Blackman-Harris window");
    case CHORUS_WINDOW_FUNCTION_KAISER:
      return _("Kaiser window");
    case CHORUS_WINDOW_FUNCTION_RECTANGULAR:
    default:
      return _("Rectangular window");
    }
}

/* How far the frames are apart: closer than on the screen where the figure has more pixels than there are frames. */
static guint
chorus_figure_page_get_hop (const ChorusFigurePage *self)
{
  const ChorusFigure *figure = self->figure;
  ChorusTileGrid grid = { chorus_sample_source_get_n_frames (figure->source), figure->params };
  double n_columns = MAX (round (self->plot.width * figure->dpi / 72.0), 1.0);
  double samples =
    (figure->span.end - figure->span.start) * chorus_sample_source_get_sample_rate (figure->source) / n_columns;

  return chorus_tile_grid_get_hop (&grid, chorus_tile_grid_get_level_for (&grid, CHORUS_TILE_LEVELS, samples));
}

/* What is shown, when it was recorded, and how it was computed. */
static char *
chorus_figure_page_make_caption (const ChorusFigurePage *self)
{
  const ChorusFigure *figure = self->figure;
  double rate = chorus_sample_source_get_sample_rate (figure->source);
  guint hop = chorus_figure_page_get_hop (self);
  g_autofree char *name = figure->name ? chorus_text_from_name (figure->name) : NULL;
  g_autoptr (GString) text = g_string_new (name);
  g_autoptr (GDateTime) start = NULL;

  if (figure->recorded)
    start = g_date_time_add_seconds (chorus_recording_time_get_time (figure->recorded), figure->span.start);
  if (start)
    {
      gboolean has_zone = chorus_recording_time_get_has_zone (figure->recorded);
      g_autofree char *when =
        /* Translators: as “4 Jun 2025 05:00 +05:30”, with seconds. See the reference of g_date_time_format() for the
         * codes. */
        g_date_time_format (start, has_zone ? _("%-d %b %Y %H:%M:%S %:z") : _("%-d %b %Y %H:%M:%S"));

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", when);
    }
  if (text->len > 0)
    g_string_append (text, ". ");
  /* Translators: how a spectrogram was computed: “Hann window, 1024 samples (21.3 ms), hop 256 samples (5.33 ms), sampled
   * at 48 kHz.” */
  g_string_append_printf (text,
                          _("%s, %u samples (%.3g" CHORUS_NARROW_SPACE "ms), hop %u samples (%.3g" CHORUS_NARROW_SPACE
                             "ms), sampled at %.6g" CHORUS_NARROW_SPACE "kHz."),
                          chorus_figure_page_get_window_name (self), figure->params.window_length,
                          1000.0 * figure->params.window_length / rate, hop, 1000.0 * hop / rate, rate / 1000.0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The widest of the labels of an axis beside a plot. */
static double
chorus_figure_page_measure_labels (ChorusFigurePage *self,
                                   const ChorusAxis *axis)
{
  g_autoptr (GArray) ticks = chorus_axis_frequency_ticks (axis, chorus_figure_page_measure_height_cb, self);
  double widest = 0.0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const char *label = g_array_index (ticks, ChorusTick, i).label;
      double width = 0.0;

      if (label)
        chorus_figure_page_measure_text (self, label, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

double
chorus_figure_page_measure_caption (ChorusFigurePage *self,
                                    double            width)
{
  PangoRectangle extents = { 0 };

  pango_layout_set_text (self->layout, self->caption, -1);
  pango_layout_set_width (self->layout, (int) (MAX (width, 1.0) * PANGO_SCALE));
  pango_layout_get_extents (self->layout, NULL, &extents);

  return (double) extents.height / PANGO_SCALE;
}

/* Edges of images lie between pixels, or they would be blurred. */
static double
chorus_figure_page_snap (const ChorusFigurePage *self,
                         double                  points)
{
  double pixel = 72.0 / self->figure->dpi;

  return round (points / pixel) * pixel;
}

static void
chorus_figure_page_snap_rect (const ChorusFigurePage *self,
                              ChorusFigureRect       *rect)
{
  double right = chorus_figure_page_snap (self, rect->x + rect->width);
  double bottom = chorus_figure_page_snap (self, rect->y + rect->height);

  rect->x = chorus_figure_page_snap (self, rect->x);
  rect->y = chorus_figure_page_snap (self, rect->y);
  rect->width = right - rect->x;
  rect->height = bottom - rect->y;
}

double
chorus_figure_page_get_mark (const ChorusFigurePage *self)
{
  return chorus_axis_frequency_step (self->extent / 2.5);
}

char *
chorus_figure_page_format_mark (double mark)
{
  g_autofree char *number = g_strdup_printf ("%g", fabs (mark));

  return mark < 0 ? g_strconcat (CHORUS_FIGURE_MINUS, number, NULL) : g_steal_pointer (&number);
}

static void
chorus_figure_page_lay_out (ChorusFigurePage *self)
{
  const ChorusFigure *figure = self->figure;
  double em = figure->font_size;
  double margin = CHORUS_FIGURE_MARGIN * em;
  double line = chorus_figure_page_get_text_height (self);
  double width = figure->width * CHORUS_FIGURE_POINTS_PER_MM;
  double height = figure->height * CHORUS_FIGURE_POINTS_PER_MM;
  double bottom = height - margin;
  double right = width - margin;
  double top = margin + line / 2.0;
  double widest = 0.0;
  ChorusAxis axis;

  if (self->caption)
    {
      bottom -= chorus_figure_page_measure_caption (self, width - 2.0 * margin);
      self->caption_y = bottom;
      bottom -= line / 2.0;
    }
  /* Labels and title of the time axis. */
  bottom -= CHORUS_FIGURE_TICK + CHORUS_FIGURE_GAP + 2.0 * line + CHORUS_FIGURE_GAP;

  /* What the labels take depends a little on the length of the axis; a guess is good enough for that. */
  self->plot.height = self->scale.height = MAX (bottom - top, 1.0);
  axis = chorus_figure_page_get_frequency_axis (self);
  widest = chorus_figure_page_measure_labels (self, &axis);
  if (figure->with_waveform)
    {
      g_autofree char *label = chorus_figure_page_format_mark (-chorus_figure_page_get_mark (self));
      double label_width = 0.0;

      chorus_figure_page_measure_text (self, label, &label_width, NULL);
      widest = MAX (widest, label_width);
    }
  self->plot.x = margin + line + CHORUS_FIGURE_GAP + widest + CHORUS_FIGURE_GAP + CHORUS_FIGURE_TICK;
  if (figure->with_scale)
    {
      axis = chorus_figure_page_get_level_axis (self);
      right -= line + CHORUS_FIGURE_GAP + chorus_figure_page_measure_labels (self, &axis) + 0.5 * em + CHORUS_FIGURE_GAP
               + CHORUS_FIGURE_TICK;
      self->scale.width = SCALE_WIDTH * em;
      self->scale.x = right - self->scale.width;
      right = self->scale.x - SCALE_GAP * em;
    }
  else
    right -= 1.5 * em; /* for half of the last label below */

  self->plot.width = right - self->plot.x;
  self->plot.y = top;
  if (figure->with_waveform)
    {
      self->waveform = self->plot;
      self->waveform.height = WAVEFORM_PART * (bottom - top);
      self->plot.y = self->waveform.y + self->waveform.height + WAVEFORM_GAP * em;
      chorus_figure_page_snap_rect (self, &self->waveform);
    }
  self->plot.height = bottom - self->plot.y;
  chorus_figure_page_snap_rect (self, &self->plot);
  self->scale.y = self->plot.y;
  self->scale.height = self->plot.height;
  if (figure->with_scale)
    chorus_figure_page_snap_rect (self, &self->scale);
}

void
chorus_figure_page_init (ChorusFigurePage   *self,
                         const ChorusFigure *figure,
                         double              extent,
                         cairo_surface_t    *surface)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");

  *self = (ChorusFigurePage){ .figure = figure, .extent = MAX (extent, LEAST_EXTENT) };
  self->cr = cairo_create (surface);
  self->layout = pango_cairo_create_layout (self->cr);
  /* A point of the page is a unit. Text is placed between pixels, so that it is the same in every format. */
  pango_cairo_context_set_resolution (pango_layout_get_context (self->layout), 72.0);
  pango_context_set_round_glyph_positions (pango_layout_get_context (self->layout), FALSE);
  pango_font_description_set_size (font, (int) (figure->font_size * PANGO_SCALE));
  pango_layout_set_font_description (self->layout, font);
  chorus_figure_page_lay_out (self);
  if (figure->with_caption)
    {
      /* What it says follows from how wide the plot is, and how high that is follows from it. */
      self->caption = chorus_figure_page_make_caption (self);
      chorus_figure_page_lay_out (self);
    }
}

void
chorus_figure_page_clear (ChorusFigurePage *self)
{
  g_clear_object (&self->layout);
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->caption, g_free);
}
