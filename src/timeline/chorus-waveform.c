/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-waveform.h"

#include <math.h>

/* Levels in which an overview may have had all of the recording computed. */
#define EXTENT_LEVELS 4

void
chorus_waveform_want (ChorusTileCache *tiles,
                      gconstpointer    who,
                      double           start,
                      double           samples_per_pixel,
                      guint            n_columns,
                      int              priority)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (tiles);
  int level = chorus_tile_grid_get_level_for (grid, CHORUS_TILE_PEAKS, samples_per_pixel);
  double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_PEAKS, level) * CHORUS_PEAK_TILE_COLUMNS;
  double end = MIN (start + samples_per_pixel * n_columns + 1.0, (double) grid->n_samples);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (ChorusTileKey));

  for (guint64 i = (guint64) (MAX (start - 1.0, 0.0) / length); (double) i * length < end; i++)
    {
      ChorusTileKey key = { CHORUS_TILE_PEAKS, level, i };

      g_array_append_val (keys, key);
    }
  chorus_tile_cache_want (tiles, who, (const ChorusTileKey *) (gpointer) keys->data, keys->len, priority);
}

static const ChorusPeak *
chorus_waveform_find_peak (ChorusTileCache *tiles,
                           int              level,
                           guint64          column)
{
  ChorusTileKey key = { CHORUS_TILE_PEAKS, level, column / CHORUS_PEAK_TILE_COLUMNS };
  const ChorusTile *tile = chorus_tile_cache_lookup (tiles, &key);

  if (!tile || column % CHORUS_PEAK_TILE_COLUMNS >= tile->n_columns)
    return NULL;

  return &tile->peaks[column % CHORUS_PEAK_TILE_COLUMNS];
}

/* What the pixel from @start to @end covers at @level. */
static gboolean
chorus_waveform_gather_covered (ChorusTileCache *tiles,
                                int              level,
                                double           start,
                                double           end,
                                ChorusPeak      *column)
{
  guint64 first = 0;
  guint64 last = 0;
  double squares = 0.0;

  if (!chorus_tile_grid_get_columns_between (chorus_tile_cache_get_grid (tiles), CHORUS_TILE_PEAKS, level, start, end,
                                             &first, &last))
    return FALSE;
  for (guint64 i = first; i <= last; i++)
    {
      const ChorusPeak *peak = chorus_waveform_find_peak (tiles, level, i);

      if (!peak)
        return FALSE;
      column->min = i == first ? peak->min : MIN (column->min, peak->min);
      column->max = i == first ? peak->max : MAX (column->max, peak->max);
      squares += (double) peak->rms * (double) peak->rms;
    }
  column->rms = (float) sqrt (squares / (double) (last - first + 1));

  return TRUE;
}

/* The line between two samples, or the coarser peak that stands in for what is not there yet. */
static gboolean
chorus_waveform_gather_between (ChorusTileCache *tiles,
                                int              level,
                                double           sample,
                                ChorusPeak      *column)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (tiles);
  guint64 n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_PEAKS, level);
  double place = sample / chorus_tile_grid_get_column_length (grid, CHORUS_TILE_PEAKS, level);
  const ChorusPeak *left = NULL;
  const ChorusPeak *right = NULL;
  float weight = (float) (place - floor (place));

  if (sample < 0 || sample >= (double) grid->n_samples || place >= (double) n_columns)
    return FALSE;
  left = chorus_waveform_find_peak (tiles, level, (guint64) place);
  if (!left)
    return FALSE;
  *column = *left;
  if (level > 0)
    return TRUE;
  right = chorus_waveform_find_peak (tiles, level, MIN ((guint64) place + 1, n_columns - 1));
  if (!right)
    return FALSE;
  column->min = column->max = left->min + (right->min - left->min) * weight;
  column->rms = 0.0f;

  return TRUE;
}

gboolean
chorus_waveform_gather (ChorusTileCache *tiles,
                        double           start,
                        double           samples_per_pixel,
                        ChorusPeak      *columns,
                        guint            n_columns)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (tiles);
  int level = chorus_tile_grid_get_level_for (grid, CHORUS_TILE_PEAKS, samples_per_pixel);
  int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_PEAKS);
  gboolean between = samples_per_pixel < 1.0;
  gboolean exact = TRUE;

  for (guint x = 0; x < n_columns; x++)
    {
      double from = start + x * samples_per_pixel;
      double to = start + (x + 1) * samples_per_pixel;
      gboolean found = between ? chorus_waveform_gather_between (tiles, level, (from + to) / 2.0, &columns[x])
                               : chorus_waveform_gather_covered (tiles, level, from, to, &columns[x]);

      if (from >= (double) grid->n_samples)
        {
          columns[x] = (ChorusPeak){ NAN, NAN, 0.0f };
          continue;
        }
      exact = exact && found;
      for (int i = level + 1; !found && i <= coarsest; i++)
        found = chorus_waveform_gather_between (tiles, i, (from + to) / 2.0, &columns[x]);
      if (!found)
        columns[x] = (ChorusPeak){ NAN, NAN, 0.0f };
    }

  return exact;
}

double
chorus_waveform_get_extent (const ChorusPeak *columns,
                            guint             n_columns)
{
  double extent = 0.0;

  for (guint i = 0; i < n_columns; i++)
    {
      if (!isnan (columns[i].min))
        extent = MAX (extent, (double) MAX (-columns[i].min, columns[i].max));
    }

  return extent;
}

double
chorus_waveform_find_extent (ChorusTileCache *tiles)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (tiles);
  int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_PEAKS);

  for (int level = coarsest; level >= 0 && level > coarsest - EXTENT_LEVELS; level--)
    {
      guint64 n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_PEAKS, level);
      guint64 n_tiles = (n_columns + CHORUS_PEAK_TILE_COLUMNS - 1) / CHORUS_PEAK_TILE_COLUMNS;
      double extent = 0.0;
      guint64 i = 0;

      for (i = 0; i < n_tiles; i++)
        {
          ChorusTileKey key = { CHORUS_TILE_PEAKS, level, i };
          const ChorusTile *tile = chorus_tile_cache_lookup (tiles, &key);

          if (!tile)
            break;
          extent = MAX (extent, chorus_waveform_get_extent (tile->peaks, tile->n_columns));
        }
      if (i == n_tiles && extent > 0.0)
        return extent;
    }

  return 0.0;
}

static void
chorus_waveform_fill_column (guint32 *pixels,
                             guint    n_columns,
                             guint    height,
                             guint    x,
                             double   low,
                             double   high,
                             double   extent,
                             guint32  color)
{
  double middle = height / 2.0;
  double top = floor (middle - high / extent * middle);
  double bottom = ceil (middle - low / extent * middle);

  top = CLAMP (top, 0.0, height - 1.0);
  bottom = CLAMP (bottom, top + 1.0, (double) height);
  for (guint y = (guint) top; y < (guint) bottom; y++)
    pixels[(gsize) y * n_columns + x] = color;
}

void
chorus_waveform_paint (const ChorusPeak *columns,
                       guint             n_columns,
                       guint             height,
                       double            extent,
                       guint32           peak_color,
                       guint32           rms_color,
                       guint32          *pixels)
{
  for (gsize i = 0; i < (gsize) n_columns * height; i++)
    pixels[i] = 0;
  if (!(extent > 0.0))
    extent = 1.0;

  for (guint x = 0; x < n_columns; x++)
    {
      double low = (double) columns[x].min;
      double high = (double) columns[x].max;
      double rms = (double) columns[x].rms;

      if (isnan (low) || isnan (high))
        continue;
      if (x > 0 && !isnan (columns[x - 1].min))
        {
          low = MIN (low, (double) columns[x - 1].max);
          high = MAX (high, (double) columns[x - 1].min);
        }
      chorus_waveform_fill_column (pixels, n_columns, height, x, low, high, extent, peak_color);
      if (rms > 0.0)
        chorus_waveform_fill_column (pixels, n_columns, height, x, MAX (-rms, low), MIN (rms, high), extent, rms_color);
    }
}
