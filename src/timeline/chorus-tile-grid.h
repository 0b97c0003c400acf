/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the columns of tiles stand. Pure arithmetic, in samples. */

#pragma once

#include "dsp/chorus-stft.h"

#include "chorus-tile.h"

G_BEGIN_DECLS

/* Columns of 2^40 samples: more than any recording has. */
#define CHORUS_TILE_GRID_COARSEST_LEVEL 40

/**
 * ChorusTileGrid:
 * @n_samples: length of the recording
 * @params: how levels are computed at level 0
 *
 * What the places of columns follow from. Frame f of a transform is centered on sample f * hop, with silence before the
 * beginning and after the end, so that a frame stands where its sound is.
 */
typedef struct
{
  guint64 n_samples;
  ChorusStftParams params;
} ChorusTileGrid;

/**
 * chorus_tile_grid_get_hop:
 * @self: a grid
 * @level: a level
 *
 * Returns: the distance of frames at @level, in samples
 */
guint chorus_tile_grid_get_hop (const ChorusTileGrid *self,
                                int                   level);

/**
 * chorus_tile_grid_get_finest_level:
 * @self: a grid
 * @kind: levels or peaks
 *
 * Returns: the lowest level, at most 0
 */
int chorus_tile_grid_get_finest_level (const ChorusTileGrid *self,
                                       ChorusTileKind        kind);

/**
 * chorus_tile_grid_get_coarsest_level:
 * @self: a grid
 * @kind: levels or peaks
 *
 * Returns: the lowest level, from 0, at which one tile holds everything
 */
int chorus_tile_grid_get_coarsest_level (const ChorusTileGrid *self,
                                         ChorusTileKind        kind);

/**
 * chorus_tile_grid_get_level_for:
 * @self: a grid
 * @kind: levels or peaks
 * @samples: samples for a pixel
 *
 * Returns: the coarsest level with at least one column for each pixel, or else the finest
 */
int chorus_tile_grid_get_level_for (const ChorusTileGrid *self,
                                    ChorusTileKind        kind,
                                    double                samples);

/**
 * chorus_tile_grid_get_column_length:
 * @self: a grid
 * @kind: levels or peaks
 * @level: a level
 *
 * Returns: the distance from one column to the next, in samples
 */
double chorus_tile_grid_get_column_length (const ChorusTileGrid *self,
                                           ChorusTileKind        kind,
                                           int                   level);

/**
 * chorus_tile_grid_get_column_origin:
 * @self: a grid
 * @kind: levels or peaks
 * @level: a level
 *
 * Returns: where the center of column 0 stands, in samples; may have a fraction
 */
double chorus_tile_grid_get_column_origin (const ChorusTileGrid *self,
                                           ChorusTileKind        kind,
                                           int                   level);

/**
 * chorus_tile_grid_get_n_frames:
 * @self: a grid
 * @level: a level
 *
 * Returns: frames of the whole recording at the hop of @level
 */
guint64 chorus_tile_grid_get_n_frames (const ChorusTileGrid *self,
                                       int                   level);

/**
 * chorus_tile_grid_get_n_columns:
 * @self: a grid
 * @kind: levels or peaks
 * @level: a level
 *
 * Returns: columns of the whole recording
 */
guint64 chorus_tile_grid_get_n_columns (const ChorusTileGrid *self,
                                        ChorusTileKind        kind,
                                        int                   level);

/**
 * chorus_tile_grid_get_columns_between:
 * @self: a grid
 * @kind: levels or peaks
 * @level: a level
 * @start: samples
 * @end: samples
 * @first: (out): the first column
 * @last: (out): the last column, not before @first
 *
 * Finds the columns whose centers lie from @start up to but not including @end, so that every column belongs to exactly
 * one of two pixels that follow each other. The last column of the recording belongs to its last sample even where it
 * is centered behind it.
 *
 * Returns: whether there is any
 */
gboolean chorus_tile_grid_get_columns_between (const ChorusTileGrid *self,
                                               ChorusTileKind        kind,
                                               int                   level,
                                               double                start,
                                               double                end,
                                               guint64              *first,
                                               guint64              *last);

G_END_DECLS
