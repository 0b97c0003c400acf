/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-stft.h"

#include <stdint.h>

/**
 * CHORUS_MEDIAN_BACKGROUND_FLOOR_DB:
 *
 * The level that an 8-bit 0 stands for once the background is taken away, in dB above the background.
 */
#define CHORUS_MEDIAN_BACKGROUND_FLOOR_DB (-50.0)

/**
 * CHORUS_MEDIAN_BACKGROUND_CEILING_DB:
 *
 * The level that an 8-bit 255 stands for once the background is taken away, in dB above the background. The steps are
 * those of #chorus_level_to_db.
 */
#define CHORUS_MEDIAN_BACKGROUND_CEILING_DB 100.0

/**
 * ChorusMedianBackground:
 *
 * The background of a recording: for each frequency bin the median of its levels over time, from a histogram.
 *
 * What is there less than half of the time, as calls are, does not raise a median; hum, a stream or the noise of the
 * microphone do, and vanish when it is taken away. Memory is a KiB for each bin, however much is added.
 *
 * Use an object from one thread at a time.
 */
typedef struct _ChorusMedianBackground ChorusMedianBackground;

/**
 * chorus_median_background_new:
 * @n_bins: bins of a column, at least 1
 *
 * Returns: (transfer full) (nullable): a background of nothing yet, or %NULL if memory is short
 */
ChorusMedianBackground *chorus_median_background_new (unsigned n_bins);

/**
 * chorus_median_background_free:
 * @background: (transfer full) (nullable): a background
 *
 * Frees a background.
 */
void chorus_median_background_free (ChorusMedianBackground *background);

/**
 * chorus_median_background_reset:
 * @background: a background
 *
 * Forgets what was added.
 */
void chorus_median_background_reset (ChorusMedianBackground *background);

/**
 * chorus_median_background_add:
 * @background: a background
 * @columns: (array): 8-bit levels, that of a bin of a column at [column * n_bins + bin]
 * @n_columns: how many columns; 2^32 - 1 in all before counts may overflow
 *
 * Adds columns that are one frame each, as chorus_level_tile_compute() makes them with one frame a column. They need not
 * be all frames, but should be from all over the recording, and the same whatever is on screen: then a tile looks the
 * same no matter what was looked at before. In which order they come makes no difference.
 */
void chorus_median_background_add (ChorusMedianBackground *background,
                                   const uint8_t          *columns,
                                   size_t                  n_columns);

/**
 * chorus_median_background_find_share:
 * @background: a background
 * @part: how many parts
 * @parts: of how many, at least @part
 * @levels: (out caller-allocates) (array): receives for each bin the lowest level that at least so many of the columns
 *   do not exceed: the median for 1 of 2, the lower one of an even number; 0 if nothing was added
 *
 * Finds quantiles of the levels.
 */
void chorus_median_background_find_share (const ChorusMedianBackground *background,
                                          unsigned                      part,
                                          unsigned                      parts,
                                          uint8_t                      *levels);

/**
 * chorus_median_background_get_rise_db:
 * @params: the transform of the columns
 * @frames_per_column: how many frames share a column, at least 1
 *
 * The maximum over many frames of noise is above the median of one. For Gaussian noise powers are distributed
 * exponentially, and so the median of the maximum of m of them that are independent is at
 * -log2 (1 - 2^(-1/m)) times their median (an elementary order statistic). Frames are taken as independent when they
 * are half a window apart, and as parts of one when they are closer.
 *
 * Returns: the difference of the two medians, in dB: 0 for one frame, 8 for 64 independent ones
 */
double chorus_median_background_get_rise_db (const ChorusStftParams *params,
                                             uint64_t                frames_per_column);

/**
 * chorus_median_background_estimate:
 * @background: a background
 * @params: the transform of the columns
 * @frames_per_column: how many frames share a column of the tiles that the background is for, at least 1
 * @levels: (out caller-allocates) (array): receives the background of each bin as an 8-bit level
 *
 * Estimates the background for tiles of one zoom: the median of single frames, and chorus_median_background_get_rise_db() above
 * it. Steady noise is at 0 dB in all zooms. Calls stay visible in all of them too, which they would not above the median
 * of the maxima: far out, every column has a call.
 */
void chorus_median_background_estimate (const ChorusMedianBackground *background,
                                        const ChorusStftParams       *params,
                                        uint64_t                      frames_per_column,
                                        uint8_t                      *levels);

/**
 * chorus_median_background_subtract:
 * @columns: (array): 8-bit levels, as tiles have them
 * @n_columns: how many columns
 * @background: (array length=n_bins): the background, as estimated for these tiles
 * @n_bins: bins of a column
 * @out: (out caller-allocates) (array): receives the levels above the background, from %CHORUS_MEDIAN_BACKGROUND_FLOOR_DB to
 *   %CHORUS_MEDIAN_BACKGROUND_CEILING_DB; may be @columns itself
 *
 * Takes the background away. No transform is needed, and each column stands for itself: tiles meet without a seam.
 */
void chorus_median_background_subtract (const uint8_t *columns,
                                        size_t         n_columns,
                                        const uint8_t *background,
                                        unsigned       n_bins,
                                        uint8_t       *out);

/**
 * chorus_median_background_to_db:
 * @level: an 8-bit level from chorus_median_background_subtract()
 *
 * Returns: the level that @level stands for, in dB above the background
 */
double chorus_median_background_to_db (uint8_t level);
