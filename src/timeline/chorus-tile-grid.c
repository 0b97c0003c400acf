/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-tile-grid.h"

#include <math.h>

/* Frames closer than this part of a window show nothing new. */
#define MOST_FRAMES_PER_WINDOW 32

guint
chorus_tile_grid_get_hop (const ChorusTileGrid *self,
                          int                   level)
{
  return level < 0 ? MAX (self->params.hop >> -level, 1u) : self->params.hop;
}

int
chorus_tile_grid_get_finest_level (const ChorusTileGrid *self,
                                   ChorusTileKind        kind)
{
  guint hop = self->params.hop;
  int level = 0;

  if (kind == CHORUS_TILE_PEAKS)
    return 0;
  while (hop % 2 == 0 && hop / 2 * MOST_FRAMES_PER_WINDOW >= self->params.window_length)
    {
      hop /= 2;
      level--;
    }

  return level;
}

int
chorus_tile_grid_get_coarsest_level (const ChorusTileGrid *self,
                                     ChorusTileKind        kind)
{
  int level = 0;

  while (level < CHORUS_TILE_GRID_COARSEST_LEVEL
         && chorus_tile_grid_get_n_columns (self, kind, level) > chorus_tile_kind_get_columns (kind))
    level++;

  return level;
}

int
chorus_tile_grid_get_level_for (const ChorusTileGrid *self,
                                ChorusTileKind        kind,
                                double                samples)
{
  int level = chorus_tile_grid_get_finest_level (self, kind);
  int coarsest = chorus_tile_grid_get_coarsest_level (self, kind);

  while (level < coarsest && chorus_tile_grid_get_column_length (self, kind, level + 1) <= samples)
    level++;

  return level;
}

double
chorus_tile_grid_get_column_length (const ChorusTileGrid *self,
                                    ChorusTileKind        kind,
                                    int                   level)
{
  return ldexp (kind == CHORUS_TILE_LEVELS ? chorus_tile_grid_get_hop (self, level) : 1.0, MAX (level, 0));
}

double
chorus_tile_grid_get_column_origin (const ChorusTileGrid *self,
                                    ChorusTileKind        kind,
                                    int                   level)
{
  double first = kind == CHORUS_TILE_LEVELS ? chorus_tile_grid_get_hop (self, level) : 1.0;

  return level > 0 ? (ldexp (1.0, level) - 1.0) / 2.0 * first : 0.0;
}

guint64
chorus_tile_grid_get_n_frames (const ChorusTileGrid *self,
                               int                   level)
{
  guint hop = chorus_tile_grid_get_hop (self, level);

  if (self->n_samples == 0)
    return 0;

  /* So many that the last sample is no farther than half a hop from the center of a frame. */
  return (self->n_samples - 1 + hop / 2) / hop + 1;
}

guint64
chorus_tile_grid_get_n_columns (const ChorusTileGrid *self,
                                ChorusTileKind        kind,
                                int                   level)
{
  guint64 n = kind == CHORUS_TILE_LEVELS ? chorus_tile_grid_get_n_frames (self, level) : self->n_samples;

  if (level <= 0 || n == 0)
    return n;

  return ((n - 1) >> level) + 1;
}

gboolean
chorus_tile_grid_get_columns_between (const ChorusTileGrid *self,
                                      ChorusTileKind        kind,
                                      int                   level,
                                      double                start,
                                      double                end,
                                      guint64              *first,
                                      guint64              *last)
{
  guint64 n_columns = chorus_tile_grid_get_n_columns (self, kind, level);
  double length = chorus_tile_grid_get_column_length (self, kind, level);
  double origin = chorus_tile_grid_get_column_origin (self, kind, level);
  double from = ceil ((start - origin) / length);
  double to = ceil ((end - origin) / length) - 1.0;
  double n_samples = (double) self->n_samples;

  if (n_columns == 0 || !(start < n_samples) || !(end > 0.0))
    return FALSE;
  from = MAX (from, 0.0);
  if (end >= n_samples)
    {
      to = (double) (n_columns - 1);
      from = MIN (from, to);
    }
  to = MIN (to, (double) (n_columns - 1));
  if (from > to)
    return FALSE;
  *first = (guint64) from;
  *last = (guint64) to;

  return TRUE;
}
