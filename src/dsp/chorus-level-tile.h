/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-stft.h"

#include <stddef.h>
#include <stdint.h>

/**
 * CHORUS_LEVEL_FLOOR_DB:
 *
 * The level that an 8-bit 0 stands for, in dBFS. Lower levels are clamped to it.
 */
#define CHORUS_LEVEL_FLOOR_DB (-140.0)

/**
 * CHORUS_LEVEL_CEILING_DB:
 *
 * The level that an 8-bit 255 stands for, in dBFS. Higher levels are clamped to it.
 */
#define CHORUS_LEVEL_CEILING_DB 10.0

/**
 * chorus_level_from_db:
 * @db: a level, in dBFS
 *
 * Returns: the nearest of the 256 steps from %CHORUS_LEVEL_FLOOR_DB to %CHORUS_LEVEL_CEILING_DB (0.588 dB apart);
 *   0 for what is not a number
 */
uint8_t chorus_level_from_db (double db);

/**
 * chorus_level_to_db:
 * @level: an 8-bit level
 *
 * Returns: the level that @level stands for, in dBFS
 */
double chorus_level_to_db (uint8_t level);

/**
 * chorus_level_tile_compute:
 * @stft: a transform
 * @samples: (array): (@n_frames - 1) * hop + window_length samples, full scale 1
 * @n_frames: how many frames the tile covers
 * @frames_per_column: how many frames share a column, at least 1
 * @columns: (out caller-allocates) (array): receives ceil (@n_frames / @frames_per_column) columns, the level of a bin
 *   of a column at [column * n_bins + bin]
 *
 * Computes the 8-bit levels of a spectrogram tile. A column is the maximum over ALL its frames, none of them skipped,
 * so that a click of one frame is visible however far the view is zoomed out. The last column may cover fewer frames.
 */
void chorus_level_tile_compute (ChorusStft  *stft,
                                const float *samples,
                                size_t       n_frames,
                                unsigned     frames_per_column,
                                uint8_t     *columns);
