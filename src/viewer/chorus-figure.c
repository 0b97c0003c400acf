/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-figure.h"

#include <math.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>

#include "core/chorus-new-file.h"
#include "core/chorus-text.h"
#include "timeline/chorus-span-image.h"
#include "timeline/chorus-waveform.h"

#include "chorus-figure-page.h"

#define CHORUS_FIGURE_DEFAULT_WIDTH 170.0
#define CHORUS_FIGURE_DEFAULT_HEIGHT 90.0
#define CHORUS_FIGURE_DEFAULT_DPI 300.0
#define CHORUS_FIGURE_DEFAULT_FONT_SIZE 8.0

/* An image of more pixels takes more memory than it is worth: an A3 page at 600 dpi has 70 million. */
#define CHORUS_FIGURE_MAX_PIXELS 80e6
/* The least that is left for a spectrogram between its axes, in points. */
#define CHORUS_FIGURE_MIN_PLOT 20.0
/* Columns of a waveform, as more cannot be told apart in print. */
#define CHORUS_FIGURE_MAX_PEAKS 4000u
/* Air above the loudest sample of a waveform. */
#define CHORUS_FIGURE_HEADROOM 1.05
#define CHORUS_FIGURE_MM_PER_INCH 25.4

typedef struct
{
  GFileProgressCallback callback;
  gpointer data;
} ChorusFigureProgress;

const char *
chorus_figure_format_get_extension (ChorusFigureFormat format)
{
  static const char *const extensions[] = { "png", "svg", "pdf" };

  g_return_val_if_fail (format < G_N_ELEMENTS (extensions), "png");

  return extensions[format];
}

static void
chorus_figure_box_clear (gpointer data)
{
  ChorusFigureBox *box = data;

  g_clear_pointer (&box->label, g_free);
}

ChorusFigure *
chorus_figure_new (ChorusSampleSource     *source,
                   const ChorusStftParams *params)
{
  ChorusFigure *self;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);

  self = g_new0 (ChorusFigure, 1);
  self->source = g_object_ref (source);
  self->channel = CHORUS_CHANNEL_MIX;
  self->params = *params;
  self->span = (ChorusTimeSpan){ 0.0, chorus_sample_source_get_duration (source) };
  self->band = (ChorusFrequencyBand){ 0.0, chorus_sample_source_get_sample_rate (source) / 2.0 };
  self->colors = (ChorusImageColors){ CHORUS_COLOR_MAP_GRAY_INVERTED, -100.0, 0.0 };
  self->boxes = g_array_new (FALSE, FALSE, sizeof (ChorusFigureBox));
  g_array_set_clear_func (self->boxes, chorus_figure_box_clear);
  self->width = CHORUS_FIGURE_DEFAULT_WIDTH;
  self->height = CHORUS_FIGURE_DEFAULT_HEIGHT;
  self->dpi = CHORUS_FIGURE_DEFAULT_DPI;
  self->font_size = CHORUS_FIGURE_DEFAULT_FONT_SIZE;
  self->with_scale = TRUE;
  self->with_caption = TRUE;

  return self;
}

ChorusFrequencyBand
chorus_figure_get_shown_band (const ChorusFigure *self)
{
  double nyquist = 0.0;

  g_return_val_if_fail (self != NULL, (ChorusFrequencyBand){ 0 });

  nyquist = chorus_sample_source_get_sample_rate (self->source) / 2.0;

  return (ChorusFrequencyBand){
    .low = MAX (self->band.low, chorus_frequency_scale_get_floor (self->scale, nyquist)),
    .high = self->band.high,
  };
}

static void
chorus_figure_add_detection (ChorusFigure    *self,
                             ChorusDetection *detection)
{
  double confidence = chorus_detection_get_confidence (detection);
  const char *name = chorus_detection_get_held_name (detection);
  ChorusFigureBox box = {
    .span = { chorus_detection_get_start (detection), chorus_detection_get_end (detection) },
    .band = { chorus_detection_get_low (detection), chorus_detection_get_high (detection) },
    .color = chorus_detection_get_color (detection),
  };

  if (chorus_detection_get_verdict (detection) == CHORUS_VERDICT_REJECTED)
    return;

  box.label = isnan (confidence) ? g_strdup (name) : g_strdup_printf ("%s %.2f", name, confidence);
  g_array_append_val (self->boxes, box);
}

ChorusFigure *
chorus_figure_new_for_session (ChorusViewSession *session,
                               GListModel        *detections,
                               const char        *name)
{
  const ChorusRecordingTime *recorded = NULL;
  ChorusLevelBackground *background = NULL;
  ChorusTileCache *tiles;
  ChorusFigure *self;

  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (session), NULL);
  g_return_val_if_fail (chorus_view_session_get_source (session) != NULL, NULL);

  /* A figure has one spectrogram: where all channels are shown, that of their mix. */
  tiles = chorus_view_session_get_tiles (session);
  self =
    chorus_figure_new (chorus_view_session_get_source (session),
                       &chorus_tile_cache_get_grid (tiles ? tiles : chorus_view_session_get_channel_tiles (session, 0))
                          ->params);
  self->channel = MAX (chorus_view_session_get_channel (session), CHORUS_CHANNEL_MIX);
  self->span = chorus_view_session_get_visible_span (session);
  self->band = chorus_view_session_get_visible_band (session);
  self->scale = chorus_view_session_get_frequency_scale (session);
  background = chorus_view_session_get_level_background (session);
  self->background = background ? chorus_level_background_ref (background) : NULL;
  self->colors.map = chorus_view_session_get_color_map (session);
  /* A range above a background that has not been found yet says nothing about the levels themselves. */
  if (background || chorus_view_session_get_background (session) == CHORUS_BACKGROUND_MODE_SHOWN)
    {
      self->colors.low_db = chorus_view_session_get_low_db (session);
      self->colors.high_db = chorus_view_session_get_high_db (session);
    }
  recorded = chorus_view_session_get_recorded (session);
  self->recorded = recorded ? chorus_recording_time_copy (recorded) : NULL;
  self->name = g_strdup (name);
  self->time = chorus_view_session_get_time_origin (session) ? CHORUS_FIGURE_TIME_CLOCK : CHORUS_FIGURE_TIME_RECORDING;
  for (guint i = 0; detections && i < g_list_model_get_n_items (detections); i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, i);

      chorus_figure_add_detection (self, detection);
    }

  return self;
}

ChorusFigure *
chorus_figure_copy (const ChorusFigure *self)
{
  ChorusFigure *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_object_ref (copy->source);
  copy->background = self->background ? chorus_level_background_ref (self->background) : NULL;
  copy->recorded = self->recorded ? chorus_recording_time_copy (self->recorded) : NULL;
  copy->name = g_strdup (self->name);
  copy->boxes = g_array_copy (self->boxes);
  g_array_set_clear_func (copy->boxes, chorus_figure_box_clear);
  /* Those of the original do not belong to the copy. */
  for (guint i = 0; i < copy->boxes->len; i++)
    {
      ChorusFigureBox *box = &g_array_index (copy->boxes, ChorusFigureBox, i);

      box->label = g_strdup (box->label);
    }

  return copy;
}

void
chorus_figure_free (ChorusFigure *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->background, chorus_level_background_unref);
  g_clear_object (&self->source);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_clear_pointer (&self->boxes, g_array_unref);
  g_free (self->name);
  g_free (self);
}

gboolean
chorus_figure_check (const ChorusFigure  *self,
                     GError             **error)
{
  double pixels = self->width * self->height * pow (self->dpi / CHORUS_FIGURE_MM_PER_INCH, 2.0);

  /* Written so that what is not a number fails. */
  if (!(self->width >= CHORUS_FIGURE_MIN_SIZE && self->height >= CHORUS_FIGURE_MIN_SIZE
        && self->width <= CHORUS_FIGURE_MAX_SIZE && self->height <= CHORUS_FIGURE_MAX_SIZE
        && self->dpi >= CHORUS_FIGURE_MIN_DPI && self->dpi <= CHORUS_FIGURE_MAX_DPI
        && self->font_size >= CHORUS_FIGURE_MIN_FONT_SIZE && self->font_size <= CHORUS_FIGURE_MAX_FONT_SIZE
        && self->span.end > self->span.start && self->band.high > self->band.low))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("The figure cannot be drawn at this size: choose another size or resolution."));
      return FALSE;
    }
  if (pixels > CHORUS_FIGURE_MAX_PIXELS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("The figure would have %.0f million pixels: choose a smaller size or resolution."), pixels / 1e6);
      return FALSE;
    }

  return TRUE;
}

static cairo_status_t
chorus_figure_write_cb (void                *closure,
                        const unsigned char *data,
                        unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
chorus_figure_create_surface (const ChorusFigure *self,
                              GByteArray         *bytes)
{
  double width = self->width / CHORUS_FIGURE_MM_PER_INCH * 72.0;
  double height = self->height / CHORUS_FIGURE_MM_PER_INCH * 72.0;
  g_autofree char *name = self->name ? chorus_text_from_name (self->name) : NULL;
  cairo_surface_t *surface = NULL;

  switch (self->format)
    {
    case CHORUS_FIGURE_FORMAT_SVG:
      surface = cairo_svg_surface_create_for_stream (chorus_figure_write_cb, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
      break;

    case CHORUS_FIGURE_FORMAT_PDF:
      surface = cairo_pdf_surface_create_for_stream (chorus_figure_write_cb, bytes, width, height);
      if (name)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, name);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Chorus");
      break;

    case CHORUS_FIGURE_FORMAT_PNG:
    default:
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) round (width * self->dpi / 72.0),
                                            (int) round (height * self->dpi / 72.0));
      cairo_surface_set_device_scale (surface, self->dpi / 72.0, self->dpi / 72.0);
    }
  /* What cannot be drawn as lines is drawn as finely as the spectrogram. */
  cairo_surface_set_fallback_resolution (surface, self->dpi, self->dpi);

  return surface;
}

static void
chorus_figure_progress_cb (double   fraction,
                           gpointer data)
{
  ChorusFigureProgress *progress = data;

  progress->callback ((goffset) (1000.0 * fraction), 1000, progress->data);
}

/* Paints the spectrogram for a plot of @width and @height in points. */
static cairo_surface_t *
chorus_figure_paint_spectrogram (const ChorusFigure    *self,
                                 double                 width,
                                 double                 height,
                                 ChorusFigureProgress  *progress,
                                 GCancellable          *cancellable,
                                 GError               **error)
{
  guint n_columns = (guint) MAX (lround (width * self->dpi / 72.0), 1);
  guint n_rows = (guint) MAX (lround (height * self->dpi / 72.0), 1);
  double rate = chorus_sample_source_get_sample_rate (self->source);
  double bin_width = rate / self->params.window_length;
  double shift_db = self->background ? CHORUS_LEVEL_BACKGROUND_SHIFT_DB : 0.0;
  ChorusFrequencyBand band = chorus_figure_get_shown_band (self);
  ChorusImageView view = {
    .samples_per_pixel = (self->span.end - self->span.start) * rate / n_columns,
    .low = band.low / bin_width,
    .high = band.high / bin_width,
    .height = n_rows,
    .scale = self->scale,
    .bin_width = bin_width,
  };
  guint64 first = (guint64) llround (MAX (self->span.start, 0.0) * rate / view.samples_per_pixel);
  g_autofree guint8 *levels = NULL;
  cairo_surface_t *image = NULL;

  levels =
    chorus_span_image_paint (self->source, self->channel, &self->params, &view, self->background, first, n_columns,
                             progress->callback ? chorus_figure_progress_cb : NULL, progress, cancellable, error);
  if (!levels)
    return NULL;

  image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) n_columns, (int) n_rows);
  cairo_surface_flush (image);
  for (guint y = 0; cairo_surface_status (image) == CAIRO_STATUS_SUCCESS && y < n_rows; y++)
    chorus_color_map_apply (self->colors.map, self->colors.low_db + shift_db, self->colors.high_db + shift_db,
                            levels + (gsize) y * n_columns, n_columns,
                            (guint32 *) (gpointer) (cairo_image_surface_get_data (image)
                                                    + (gsize) y * (gsize) cairo_image_surface_get_stride (image)));
  cairo_surface_mark_dirty (image);

  return image;
}

/* The pixels of a surface as PNG, which says how large they are in print and what they show. */
static GBytes *
chorus_figure_encode_png (const ChorusFigure  *self,
                          cairo_surface_t     *surface,
                          GError             **error)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autofree char *dpi = g_strdup_printf ("%.0f", self->dpi);
  g_autofree char *name = chorus_text_from_name (self->name);
  char *contents = NULL;
  gsize size = 0;

  for (int y = 0; pixbuf && y < height; y++)
    {
      const guint8 *line = cairo_image_surface_get_data (surface) + (gsize) y * stride;
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++)
        {
          guint32 pixel = 0;

          memcpy (&pixel, line + 4 * (gsize) x, sizeof pixel);
          *to++ = (guint8) (pixel >> 16);
          *to++ = (guint8) (pixel >> 8);
          *to++ = (guint8) pixel;
        }
    }
  if (!pixbuf)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("There is not enough memory for the figure: choose a smaller size or resolution."));
      return NULL;
    }
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &contents, &size, "png", error, "x-dpi", dpi, "y-dpi", dpi, "tEXt::Software",
                                  "Chorus", "tEXt::Title", name, NULL))
    return NULL;

  return g_bytes_new_take (contents, size);
}

static gboolean
chorus_figure_draw (const ChorusFigure    *self,
                    cairo_surface_t       *surface,
                    ChorusFigureProgress  *progress,
                    GCancellable          *cancellable,
                    GError               **error)
{
  double rate = chorus_sample_source_get_sample_rate (self->source);
  g_auto (ChorusFigurePage) page = { 0 };
  g_autofree ChorusPeak *peaks = NULL;
  cairo_surface_t *spectrogram = NULL;
  guint n_peaks = 0;
  double extent = 0.0;

  if (self->with_waveform)
    {
      n_peaks = MIN ((guint) lround (self->width / CHORUS_FIGURE_MM_PER_INCH * self->dpi), CHORUS_FIGURE_MAX_PEAKS);
      peaks = g_new0 (ChorusPeak, n_peaks);
      if (!chorus_span_peaks_compute (self->source, self->channel, self->span.start * rate,
                                      (self->span.end - self->span.start) * rate / n_peaks, peaks, n_peaks, cancellable,
                                      error))
        return FALSE;
      extent = chorus_waveform_get_extent (peaks, n_peaks) * CHORUS_FIGURE_HEADROOM;
    }

  chorus_figure_page_init (&page, self, extent, surface);
  if (page.plot.width < CHORUS_FIGURE_MIN_PLOT || page.plot.height < CHORUS_FIGURE_MIN_PLOT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("The figure is too small for its labels: choose a larger size or a smaller font."));
      return FALSE;
    }
  spectrogram = chorus_figure_paint_spectrogram (self, page.plot.width, page.plot.height, progress, cancellable, error);
  if (!spectrogram)
    return FALSE;

  chorus_figure_page_draw (&page, spectrogram, peaks, n_peaks);
  cairo_surface_destroy (spectrogram);

  return TRUE;
}

GBytes *
chorus_figure_render (const ChorusFigure     *self,
                      GFileProgressCallback   progress,
                      gpointer                progress_data,
                      GCancellable           *cancellable,
                      GError                **error)
{
  ChorusFigureProgress reported = { progress, progress_data };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GBytes *contents = NULL;
  cairo_surface_t *surface = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!chorus_figure_check (self, error))
    return NULL;

  surface = chorus_figure_create_surface (self, bytes);
  if (!chorus_figure_draw (self, surface, &reported, cancellable, error))
    {
      cairo_surface_destroy (surface);
      return NULL;
    }

  /* The pixels of one that is finished cannot be read any more. */
  if (self->format == CHORUS_FIGURE_FORMAT_PNG)
    cairo_surface_flush (surface);
  else
    cairo_surface_finish (surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _("There is not enough memory for the figure: choose a smaller size or resolution."));
  else if (self->format == CHORUS_FIGURE_FORMAT_PNG)
    contents = chorus_figure_encode_png (self, surface, error);
  else
    contents = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  cairo_surface_destroy (surface);

  return contents;
}

typedef struct
{
  ChorusFigure *figure;
  GFile *target;
} ChorusFigureTask;

static void
chorus_figure_task_free (gpointer data)
{
  ChorusFigureTask *self = data;

  chorus_figure_free (self->figure);
  g_clear_object (&self->target);
  g_free (self);
}

static gboolean
chorus_figure_save (GBytes  *contents,
                    GFile   *target,
                    GError **error)
{
  g_autoptr (ChorusNewFile) file = chorus_new_file_create (target, error);

  return file && chorus_new_file_write (file, g_bytes_get_data (contents, NULL), g_bytes_get_size (contents), error)
         && chorus_new_file_finish (file, error);
}

static void
chorus_figure_worker (GTask        *task,
                      gpointer      source_object,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  ChorusFigureTask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = chorus_figure_render (data->figure, NULL, NULL, cancellable, &error);

  if (!contents || g_cancellable_set_error_if_cancelled (cancellable, &error)
      || (data->target && !chorus_figure_save (contents, data->target, &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&contents), (GDestroyNotify) g_bytes_unref);
}

void
chorus_figure_render_async (ChorusFigure        *self,
                            GFile               *target,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusFigureTask *data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (target == NULL || G_IS_FILE (target));

  data = g_new0 (ChorusFigureTask, 1);
  data->figure = self;
  g_set_object (&data->target, target);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_figure_render_async);
  /* Who cancels too late has the file, and is told so. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, chorus_figure_task_free);
  g_task_run_in_thread (task, chorus_figure_worker);
}

GBytes *
chorus_figure_render_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_figure_render_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
