/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-span-image.h"

#include <math.h>
#include <string.h>

#include "chorus-tile-job.h"

/* Samples that are read at once. */
#define CHORUS_SPAN_CHUNK ((gsize) 1 << 18)

/* What goes on while a span is painted. */
typedef struct
{
  ChorusSampleSource *source;
  int channel;
  ChorusTileGrid grid;
  ChorusImageView view;
  ChorusStftPool *pool;
  ChorusImageLayer layer; /* the tiles of the image that is painted */
  guint64 n_done;         /* tiles */
  guint64 n_tiles;
  ChorusSpanProgress progress;
  gpointer progress_data;
} ChorusSpanPainter;

static void
chorus_span_painter_drop_tiles (ChorusSpanPainter *self)
{
  for (guint i = 0; i < self->layer.n_tiles; i++)
    g_clear_pointer (&self->layer.tiles[i], chorus_tile_unref);
  g_clear_pointer (&self->layer.tiles, g_free);
  self->layer.n_tiles = 0;
}

static void
chorus_span_painter_clear (ChorusSpanPainter *self)
{
  chorus_span_painter_drop_tiles (self);
  g_clear_pointer (&self->pool, chorus_stft_pool_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusSpanPainter, chorus_span_painter_clear)

/* The tiles for the columns of pixels from @first to before @end, with one column of theirs to spare on either side. */
static gboolean
chorus_span_painter_get_range (const ChorusSpanPainter *self,
                               double                   first,
                               double                   end,
                               guint64                 *first_tile,
                               guint64                 *last_tile)
{
  int level = self->layer.level;
  double length = chorus_tile_grid_get_column_length (&self->grid, CHORUS_TILE_LEVELS, level);
  double origin = chorus_tile_grid_get_column_origin (&self->grid, CHORUS_TILE_LEVELS, level);
  guint64 n_columns = chorus_tile_grid_get_n_columns (&self->grid, CHORUS_TILE_LEVELS, level);
  double start = first * self->view.samples_per_pixel;

  if (n_columns == 0 || start >= (double) self->grid.n_samples)
    return FALSE;

  *first_tile =
    (guint64) CLAMP (floor ((start - origin) / length) - 1.0, 0.0, (double) (n_columns - 1)) / CHORUS_TILE_COLUMNS;
  *last_tile =
    (guint64) CLAMP (ceil ((end * self->view.samples_per_pixel - origin) / length) + 1.0, 0.0, (double) (n_columns - 1))
    / CHORUS_TILE_COLUMNS;

  return TRUE;
}

/* Has the tiles for an image in the layer, and keeps those that the one before it had. */
static gboolean
chorus_span_painter_load (ChorusSpanPainter  *self,
                          double              first,
                          double              end,
                          GCancellable       *cancellable,
                          GError            **error)
{
  ChorusImageLayer before = self->layer;
  guint64 first_tile = 0;
  guint64 last_tile = 0;
  gboolean ok = TRUE;

  self->layer.tiles = NULL;
  self->layer.n_tiles = 0;
  if (chorus_span_painter_get_range (self, first, end, &first_tile, &last_tile))
    {
      self->layer.first = first_tile;
      self->layer.n_tiles = (guint) (last_tile - first_tile + 1);
      self->layer.tiles = g_new0 (ChorusTile *, self->layer.n_tiles);
    }
  for (guint i = 0; ok && i < self->layer.n_tiles; i++)
    {
      ChorusTileKey key = { CHORUS_TILE_LEVELS, self->layer.level, self->layer.first + i };

      if (before.n_tiles > 0 && key.index >= before.first && key.index - before.first < before.n_tiles)
        {
          self->layer.tiles[i] = g_steal_pointer (&before.tiles[key.index - before.first]);
          continue;
        }
      ok = chorus_tile_compute (&key, &self->grid, self->source, &self->channel, 1, self->pool, &self->layer.tiles[i],
                                cancellable, error);
      self->n_done++;
      if (self->progress)
        self->progress ((double) self->n_done / (double) MAX (self->n_tiles, self->n_done), self->progress_data);
    }
  for (guint i = 0; i < before.n_tiles; i++)
    g_clear_pointer (&before.tiles[i], chorus_tile_unref);
  g_free (before.tiles);

  return ok;
}

guint8 *
chorus_span_image_paint (ChorusSampleSource      *source,
                         int                      channel,
                         const ChorusStftParams  *params,
                         const ChorusImageView   *view,
                         ChorusLevelBackground   *background,
                         guint64                  first_column,
                         guint                    n_columns,
                         ChorusSpanProgress       progress,
                         gpointer                 progress_data,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_auto (ChorusSpanPainter) self = {
    .source = source,
    .channel = channel,
    .grid = { chorus_sample_source_get_n_frames (source), *params },
    .view = *view,
    .pool = chorus_stft_pool_new (),
    .progress = progress,
    .progress_data = progress_data,
  };
  g_autofree guint8 *levels = g_malloc0 ((gsize) view->height * n_columns);
  g_autofree guint8 *image = g_malloc ((gsize) view->height * CHORUS_IMAGE_WIDTH);
  guint64 end = first_column + n_columns;
  guint64 first_tile = 0;
  guint64 last_tile = 0;

  self.layer.level = chorus_tile_grid_get_level_for (&self.grid, CHORUS_TILE_LEVELS, view->samples_per_pixel);
  if (background)
    self.layer.background = chorus_level_background_get (background, self.layer.level);
  if (chorus_span_painter_get_range (&self, (double) first_column, (double) end, &first_tile, &last_tile))
    self.n_tiles = last_tile - first_tile + 1;

  for (guint64 index = first_column / CHORUS_IMAGE_WIDTH; index * CHORUS_IMAGE_WIDTH < end; index++)
    {
      guint64 from = MAX (index * CHORUS_IMAGE_WIDTH, first_column);
      guint64 to = MIN ((index + 1) * CHORUS_IMAGE_WIDTH, end);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_span_painter_load (&self, (double) from, (double) to, cancellable, error))
        return NULL;

      memset (image, 0, (gsize) view->height * CHORUS_IMAGE_WIDTH);
      chorus_image_paint (image, view, (gint64) index, &self.grid, &self.layer);
      for (guint y = 0; y < view->height; y++)
        memcpy (levels + (gsize) y * n_columns + (from - first_column),
                image + (gsize) y * CHORUS_IMAGE_WIDTH + from % CHORUS_IMAGE_WIDTH, (gsize) (to - from));
    }

  return g_steal_pointer (&levels);
}

/* Adds samples to a peak, whose rms is the sum of squares until it is whole. */
static void
chorus_span_add_samples (ChorusPeak  *peak,
                         double      *squares,
                         gboolean     empty,
                         const float *samples,
                         gsize        n)
{
  ChorusPeak part = { 0 };

  chorus_peaks_compute (samples, n, n, &part);
  peak->min = empty ? part.min : MIN (peak->min, part.min);
  peak->max = empty ? part.max : MAX (peak->max, part.max);
  *squares += (double) part.rms * (double) part.rms * (double) n;
}

gboolean
chorus_span_peaks_compute (ChorusSampleSource  *source,
                           int                  channel,
                           double               start,
                           double               samples_per_column,
                           ChorusPeak          *columns,
                           guint                n_columns,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autofree float *samples = g_new (float, CHORUS_SPAN_CHUNK);
  guint64 buffered = 0;
  gsize n_buffered = 0;

  for (guint x = 0; x < n_columns; x++)
    {
      guint64 first = (guint64) floor (MAX (start + x * samples_per_column, 0.0));
      guint64 end = MAX ((guint64) floor (MAX (start + (x + 1) * samples_per_column, 0.0)), first + 1);
      double squares = 0.0;

      columns[x] = (ChorusPeak){ 0 };
      for (guint64 sample = first; sample < end;)
        {
          gsize n = 0;

          if (sample < buffered || sample >= buffered + n_buffered)
            {
              buffered = sample;
              n_buffered = CHORUS_SPAN_CHUNK;
              if (!chorus_sample_source_read_channel (source, channel, buffered, n_buffered, samples, cancellable,
                                                      error))
                return FALSE;
            }
          n = (gsize) MIN (end - sample, buffered + n_buffered - sample);
          chorus_span_add_samples (&columns[x], &squares, sample == first, samples + (sample - buffered), n);
          sample += n;
        }
      columns[x].rms = (float) sqrt (squares / (double) (end - first));
    }

  return TRUE;
}
