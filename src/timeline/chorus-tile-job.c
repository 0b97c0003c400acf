/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-tile-job.h"

#include <glib/gi18n.h>
#include <math.h>

#include "dsp/chorus-level-tile.h"

/* Samples that are read at once: a mebibyte of floats, where reading through a portal is fastest and cancelling is
 * still prompt. */
#define CHUNK_SAMPLES ((guint64) 1 << 18)

/* Reads from a place that may lie before the beginning, where there is silence. */
static gboolean
chorus_tile_read (ChorusSampleSource  *source,
                  gint64               first,
                  gsize                n,
                  float               *samples,
                  GCancellable        *cancellable,
                  GError             **error)
{
  gsize silence = first < 0 ? (gsize) MIN ((guint64) -first, n) : 0;

  for (gsize i = 0; i < silence; i++)
    samples[i] = 0.0f;
  if (silence == n)
    return TRUE;

  return chorus_sample_source_read_mono (source, (guint64) (first + (gint64) silence), n - silence, samples + silence,
                                         cancellable, error);
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
chorus_tile_compute_levels (ChorusTile            *tile,
                            const ChorusTileGrid  *grid,
                            ChorusSampleSource    *source,
                            ChorusStft            *stft,
                            GCancellable          *cancellable,
                            GError               **error)
{
  guint64 hop = chorus_stft_get_hop (stft);
  guint64 window_length = chorus_stft_get_window_length (stft);
  guint64 frames_per_column = (guint64) 1 << MAX (tile->key.level, 0);
  guint64 first = tile->key.index * CHORUS_TILE_COLUMNS * frames_per_column;
  guint64 end =
    MIN (first + tile->n_columns * frames_per_column, chorus_tile_grid_get_n_frames (grid, tile->key.level));
  /* Both powers of two, so that a chunk holds whole columns or a column whole chunks. */
  guint64 chunk = MIN (chorus_tile_chunk_steps (hop), frames_per_column * CHORUS_TILE_COLUMNS);
  g_autofree float *samples = g_new (float, (gsize) ((chunk - 1) * hop + window_length));
  g_autofree guint8 *part = g_new (guint8, tile->n_bins);

  for (guint64 frame = first; frame < end; frame += chunk)
    {
      guint64 n_frames = MIN (chunk, end - frame);
      guint8 *column = tile->levels + (gsize) ((frame - first) / frames_per_column) * tile->n_bins;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_tile_read (source, (gint64) (frame * hop) - (gint64) (window_length / 2),
                                (gsize) ((n_frames - 1) * hop + window_length), samples, cancellable, error))
        return FALSE;
      if (frames_per_column <= chunk)
        {
          chorus_level_tile_compute (stft, samples, (gsize) n_frames, (unsigned) frames_per_column, column);
        }
      else
        {
          chorus_level_tile_compute (stft, samples, (gsize) n_frames, (unsigned) n_frames, part);
          chorus_tile_keep_maximum (column, part, tile->n_bins);
        }
    }

  return TRUE;
}

static gboolean
chorus_tile_compute_peaks (ChorusTile            *tile,
                           const ChorusTileGrid  *grid,
                           ChorusSampleSource    *source,
                           GCancellable          *cancellable,
                           GError               **error)
{
  guint64 samples_per_peak = (guint64) 1 << tile->key.level;
  guint64 first = tile->key.index * CHORUS_PEAK_TILE_COLUMNS * samples_per_peak;
  guint64 end = MIN (first + tile->n_columns * samples_per_peak, grid->n_samples);
  guint64 chunk = MIN (CHUNK_SAMPLES, samples_per_peak * CHORUS_PEAK_TILE_COLUMNS);
  g_autofree float *samples = g_new (float, (gsize) chunk);
  double squares = 0.0;

  for (guint64 sample = first; sample < end; sample += chunk)
    {
      guint64 n = MIN (chunk, end - sample);
      guint64 done = (sample - first) % samples_per_peak;
      ChorusPeak *peak = tile->peaks + (sample - first) / samples_per_peak;
      ChorusPeak part = { 0 };

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_tile_read (source, (gint64) sample, (gsize) n, samples, cancellable, error))
        return FALSE;
      if (samples_per_peak <= chunk)
        {
          chorus_peaks_compute (samples, (gsize) n, (gsize) samples_per_peak, peak);
          continue;
        }
      chorus_peaks_compute (samples, (gsize) n, (gsize) n, &part);
      squares = (done ? squares : 0.0) + (double) part.rms * (double) part.rms * (double) n;
      peak->min = done ? MIN (peak->min, part.min) : part.min;
      peak->max = done ? MAX (peak->max, part.max) : part.max;
      peak->rms = (float) sqrt (squares / (double) (done + n));
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

ChorusTile *
chorus_tile_compute (const ChorusTileKey         *key,
                     const ChorusTileGrid        *grid,
                     ChorusSampleSource          *source,
                     ChorusStftPool              *pool,
                     ChorusTile           *const *children,
                     GCancellable                *cancellable,
                     GError                     **error)
{
  guint64 n_columns = chorus_tile_grid_get_n_columns (grid, key->kind, key->level);
  guint per_tile = chorus_tile_kind_get_columns (key->kind);
  ChorusStftParams params = grid->params;
  ChorusStft *stft = NULL;
  g_autoptr (ChorusTile) tile = NULL;
  gboolean ok = TRUE;

  g_return_val_if_fail (key->index * per_tile < n_columns, NULL);

  tile = chorus_tile_new (key, (guint) MIN (per_tile, n_columns - key->index * per_tile), params.window_length / 2 + 1);
  if (children && key->kind == CHORUS_TILE_LEVELS)
    {
      chorus_tile_merge_levels (tile, children);
    }
  else if (children)
    {
      chorus_tile_merge_peaks (tile, grid, children);
    }
  else if (key->kind == CHORUS_TILE_PEAKS)
    {
      ok = chorus_tile_compute_peaks (tile, grid, source, cancellable, error);
    }
  else
    {
      params.hop = chorus_tile_grid_get_hop (grid, key->level);
      stft = chorus_stft_pool_take (pool, &params);
      if (!stft)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                               _("The spectrogram cannot be computed with these settings. Choose a shorter window."));
          return NULL;
        }
      ok = chorus_tile_compute_levels (tile, grid, source, stft, cancellable, error);
      chorus_stft_pool_give_back (pool, &params, stft);
    }

  return ok ? g_steal_pointer (&tile) : NULL;
}
