/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tile-job.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dsp/chorus-level-tile.h"

/* Samples that are read at once: a mebibyte of floats, where reading through a portal is fastest and cancelling is
 * still prompt. */
#define CHUNK_SAMPLES ((guint64) 1 << 18)

/* A job at work: the same tile of some channels. */
typedef struct
{
  const ChorusTileGrid *grid;
  ChorusSampleSource *source;
  const int *channels;
  guint n_channels;
  ChorusTile **tiles;
  /* For each channel @length samples. */
  float *samples;
  gsize length;
} ChorusTileWork;

static float *
chorus_tile_work_get_samples (const ChorusTileWork *work,
                              guint                 i)
{
  return work->samples + (gsize) i * work->length;
}

/* Reads from a place that may lie before the beginning, where there is silence. */
static gboolean
chorus_tile_work_read (const ChorusTileWork  *work,
                       gint64                 first,
                       gsize                  n,
                       GCancellable          *cancellable,
                       GError               **error)
{
  gsize silence = first < 0 ? (gsize) MIN ((guint64) -first, n) : 0;
  g_autofree float **samples = g_new (float *, work->n_channels);

  for (guint i = 0; i < work->n_channels; i++)
    {
      samples[i] = chorus_tile_work_get_samples (work, i);
      for (gsize k = 0; k < silence; k++)
        samples[i][k] = 0.0f;
      samples[i] += silence;
    }
  if (silence == n)
    return TRUE;

  return chorus_sample_source_read_channels (work->source, work->channels, work->n_channels,
                                             (guint64) (first + (gint64) silence), n - silence, samples, cancellable,
                                             error);
}

/* The largest power of two of steps of @step samples that a chunk holds, at least 1. */
static guint64
chorus_tile_chunk_steps (guint64 step)
{
  guint64 steps = 1;

  while (steps * 2 * step <= CHUNK_SAMPLES)
    steps *= 2;

  return steps;
}

static void
chorus_tile_keep_maximum (guint8       *levels,
                          const guint8 *others,
                          guint         n)
{
  for (guint i = 0; i < n; i++)
    levels[i] = MAX (levels[i], others[i]);
}

static gboolean
chorus_tile_work_compute_levels (ChorusTileWork  *work,
                                 ChorusStft      *stft,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  const ChorusTile *tile = work->tiles[0];
  guint64 hop = chorus_stft_get_hop (stft);
  guint64 window_length = chorus_stft_get_window_length (stft);
  guint64 frames_per_column = (guint64) 1 << MAX (tile->key.level, 0);
  guint64 first = tile->key.index * CHORUS_TILE_COLUMNS * frames_per_column;
  guint64 end =
    MIN (first + tile->n_columns * frames_per_column, chorus_tile_grid_get_n_frames (work->grid, tile->key.level));
  /* Both powers of two, so that a chunk holds whole columns or a column whole chunks. */
  guint64 chunk = MIN (chorus_tile_chunk_steps (hop), frames_per_column * CHORUS_TILE_COLUMNS);
  g_autofree guint8 *part = g_new (guint8, tile->n_bins);

  work->length = (gsize) ((chunk - 1) * hop + window_length);
  work->samples = g_new (float, work->n_channels * work->length);
  for (guint64 frame = first; frame < end; frame += chunk)
    {
      guint64 n_frames = MIN (chunk, end - frame);
      gsize place = (gsize) ((frame - first) / frames_per_column) * tile->n_bins;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_tile_work_read (work, (gint64) (frame * hop) - (gint64) (window_length / 2),
                                     (gsize) ((n_frames - 1) * hop + window_length), cancellable, error))
        return FALSE;
      for (guint i = 0; i < work->n_channels; i++)
        {
          const float *samples = chorus_tile_work_get_samples (work, i);
          guint8 *column = work->tiles[i]->levels + place;

          if (frames_per_column <= chunk)
            {
              chorus_level_tile_compute (stft, samples, (gsize) n_frames, (unsigned) frames_per_column, column);
              continue;
            }
          chorus_level_tile_compute (stft, samples, (gsize) n_frames, (unsigned) n_frames, part);
          chorus_tile_keep_maximum (column, part, tile->n_bins);
        }
    }

  return TRUE;
}

/* Adds @n samples to @tile, which begin @first samples after it. @squares is the sum so far of a peak that is not whole. */
static void
chorus_tile_add_peaks (ChorusTile  *tile,
                       const float *samples,
                       guint64      first,
                       guint64      n,
                       double      *squares)
{
  guint64 samples_per_peak = (guint64) 1 << tile->key.level;
  guint64 done = first % samples_per_peak;
  ChorusPeak *peak = tile->peaks + first / samples_per_peak;
  ChorusPeak part = { 0 };

  if (n >= samples_per_peak)
    {
      chorus_peaks_compute (samples, (gsize) n, (gsize) samples_per_peak, peak);
      return;
    }
  chorus_peaks_compute (samples, (gsize) n, (gsize) n, &part);
  *squares = (done ? *squares : 0.0) + (double) part.rms * (double) part.rms * (double) n;
  peak->min = done ? MIN (peak->min, part.min) : part.min;
  peak->max = done ? MAX (peak->max, part.max) : part.max;
  peak->rms = done ? (float) sqrt (*squares / (double) (done + n)) : part.rms;
}

static gboolean
chorus_tile_work_compute_peaks (ChorusTileWork  *work,
                                GCancellable    *cancellable,
                                GError         **error)
{
  const ChorusTile *tile = work->tiles[0];
  guint64 samples_per_peak = (guint64) 1 << tile->key.level;
  guint64 first = tile->key.index * CHORUS_PEAK_TILE_COLUMNS * samples_per_peak;
  guint64 end = MIN (first + tile->n_columns * samples_per_peak, work->grid->n_samples);
  guint64 chunk = MIN (CHUNK_SAMPLES, samples_per_peak * CHORUS_PEAK_TILE_COLUMNS);
  g_autofree double *squares = g_new0 (double, work->n_channels);

  work->length = (gsize) chunk;
  work->samples = g_new (float, work->n_channels * work->length);
  for (guint64 sample = first; sample < end; sample += chunk)
    {
      guint64 n = MIN (chunk, end - sample);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_tile_work_read (work, (gint64) sample, (gsize) n, cancellable, error))
        return FALSE;
      for (guint i = 0; i < work->n_channels; i++)
        chorus_tile_add_peaks (work->tiles[i], chorus_tile_work_get_samples (work, i), sample - first, n, &squares[i]);
    }

  return TRUE;
}

static void
chorus_tile_merge_levels (ChorusTile        *tile,
                          ChorusTile *const *children)
{
  for (guint i = 0; i < 2 && children[i]; i++)
    {
      for (guint column = 0; column < children[i]->n_columns; column++)
        {
          guint to = (i * CHORUS_TILE_COLUMNS + column) / 2;

          chorus_tile_keep_maximum (tile->levels + (gsize) to * tile->n_bins,
                                    children[i]->levels + (gsize) column * tile->n_bins, tile->n_bins);
        }
    }
}

static void
chorus_tile_merge_peaks (ChorusTile                  *tile,
                         const ChorusTileGrid        *grid,
                         ChorusTile           *const *children)
{
  guint64 samples_per_peak = (guint64) 1 << (tile->key.level - 1);

  for (guint i = 0; i < 2 && children[i]; i++)
    {
      guint64 first = children[i]->key.index * CHORUS_PEAK_TILE_COLUMNS * samples_per_peak;
      guint64 n = MIN (CHORUS_PEAK_TILE_COLUMNS * samples_per_peak, grid->n_samples - first);

      chorus_peaks_merge (children[i]->peaks, (gsize) n, (gsize) samples_per_peak,
                          tile->peaks + i * (CHORUS_PEAK_TILE_COLUMNS / 2));
    }
}

static ChorusTile *
chorus_tile_new_for_key (const ChorusTileKey  *key,
                         const ChorusTileGrid *grid)
{
  guint64 n_columns = chorus_tile_grid_get_n_columns (grid, key->kind, key->level);
  guint per_tile = chorus_tile_kind_get_columns (key->kind);

  g_return_val_if_fail (key->index * per_tile < n_columns, NULL);

  return chorus_tile_new (key, (guint) MIN (per_tile, n_columns - key->index * per_tile),
                          grid->params.window_length / 2 + 1);
}

ChorusTile *
chorus_tile_merge (const ChorusTileKey         *key,
                   const ChorusTileGrid        *grid,
                   ChorusTile           *const *children)
{
  ChorusTile *tile = chorus_tile_new_for_key (key, grid);

  if (key->kind == CHORUS_TILE_LEVELS)
    chorus_tile_merge_levels (tile, children);
  else
    chorus_tile_merge_peaks (tile, grid, children);

  return tile;
}

gboolean
chorus_tile_compute (const ChorusTileKey   *key,
                     const ChorusTileGrid  *grid,
                     ChorusSampleSource    *source,
                     const int             *channels,
                     guint                  n_channels,
                     ChorusStftPool        *pool,
                     ChorusTile           **tiles,
                     GCancellable          *cancellable,
                     GError               **error)
{
  ChorusTileWork work = { grid, source, channels, n_channels, tiles, NULL, 0 };
  ChorusStftParams params = grid->params;
  ChorusStft *stft = NULL;
  gboolean ok = FALSE;

  params.hop = chorus_tile_grid_get_hop (grid, key->level);
  stft = key->kind == CHORUS_TILE_LEVELS ? chorus_stft_pool_take (pool, &params) : NULL;
  if (key->kind == CHORUS_TILE_LEVELS && !stft)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("The spectrogram cannot be computed with these settings. Choose a shorter window."));
      return FALSE;
    }

  for (guint i = 0; i < n_channels; i++)
    tiles[i] = chorus_tile_new_for_key (key, grid);
  if (stft)
    ok = chorus_tile_work_compute_levels (&work, stft, cancellable, error);
  else
    ok = chorus_tile_work_compute_peaks (&work, cancellable, error);
  g_clear_pointer (&work.samples, g_free);
  if (stft)
    chorus_stft_pool_give_back (pool, &params, stft);
  for (guint i = 0; !ok && i < n_channels; i++)
    g_clear_pointer (&tiles[i], chorus_tile_unref);

  return ok;
}
