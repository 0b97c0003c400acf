/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-tile-cache.h"

G_BEGIN_DECLS

/**
 * chorus_waveform_want:
 * @tiles: where peaks come from
 * @who: names the one who asks
 * @start: the first sample on the screen
 * @samples_per_pixel: how many samples a column of device pixels covers
 * @n_columns: columns of device pixels
 * @priority: how urgent it is
 *
 * Wants the peaks for a stretch of waveform.
 */
void chorus_waveform_want (ChorusTileCache *tiles,
                           gconstpointer    who,
                           double           start,
                           double           samples_per_pixel,
                           guint            n_columns,
                           int              priority);

/**
 * chorus_waveform_gather:
 * @tiles: where peaks come from
 * @start: the first sample on the screen
 * @samples_per_pixel: how many samples a column of device pixels covers
 * @columns: (out caller-allocates): ChorusPeak[@n_columns]
 * @n_columns: columns of device pixels
 *
 * Finds the extent of the waveform in each column, from the peaks that are there: coarser ones where the right ones are
 * missing, and nothing, with NAN for its "min", where there are none. Where a column covers less than a sample, it gets
 * the straight line between samples.
 *
 * Returns: whether all of it is exact
 */
gboolean chorus_waveform_gather (ChorusTileCache *tiles,
                                 double           start,
                                 double           samples_per_pixel,
                                 ChorusPeak      *columns,
                                 guint            n_columns);

/**
 * chorus_waveform_get_extent:
 * @columns: ChorusPeak[@n_columns]
 * @n_columns: how many
 *
 * Returns: the largest magnitude of all columns, 0 where there is none
 */
double chorus_waveform_get_extent (const ChorusPeak *columns,
                                   guint             n_columns);

/**
 * chorus_waveform_find_extent:
 * @tiles: where peaks come from
 *
 * Finds the loudest sample of the whole recording, from coarse peaks that happen to be there.
 *
 * Returns: its magnitude, or 0 while that is not known
 */
double chorus_waveform_find_extent (ChorusTileCache *tiles);

/**
 * chorus_waveform_paint:
 * @columns: ChorusPeak[@n_columns]
 * @n_columns: width, in device pixels
 * @height: height, in device pixels
 * @extent: the magnitude that reaches the edge
 * @peak_color: color from the lowest to the highest sample, premultiplied, as GDK_MEMORY_DEFAULT
 * @rms_color: color of the root mean square on both sides of zero
 * @pixels: (out caller-allocates): guint32[@height * @n_columns]
 *
 * Paints a waveform on nothing. Neighboring columns always touch, and each of them is at least one pixel high.
 */
void chorus_waveform_paint (const ChorusPeak *columns,
                            guint             n_columns,
                            guint             height,
                            double            extent,
                            guint32           peak_color,
                            guint32           rms_color,
                            guint32          *pixels);

G_END_DECLS
