/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * ChorusEventRegion:
 * @first_frame: the first frame of the region
 * @last_frame: its last frame
 * @low_bin: its lowest bin
 * @high_bin: its highest bin
 * @n_cells: how many cells of the spectrogram it has
 * @ratio_sum: the sum over its cells of power to background
 * @peak_excess: the greatest rise of a cell above its background, in level steps
 * @peak_level: the greatest level of a cell
 *
 * Cells of the spectrogram that stand out of the background and hang together.
 */
typedef struct
{
  uint64_t first_frame;
  uint64_t last_frame;
  unsigned low_bin;
  unsigned high_bin;
  uint64_t n_cells;
  double ratio_sum;
  int peak_excess;
  uint8_t peak_level;
} ChorusEventRegion;

/* Called for each region once it cannot grow any more. */
typedef void (*ChorusEventRegionFunc) (const ChorusEventRegion *region, void *user_data);

/*
 * ChorusEventRegions:
 *
 * Region growing in one pass over the frames of a spectrogram: connected components of the cells at or above a
 * threshold. Two cells hang together when at most one frame and one bin lie between them. Only regions that may still
 * grow are kept.
 */
typedef struct _ChorusEventRegions ChorusEventRegions;

ChorusEventRegions *chorus_event_regions_new (unsigned               n_bins,
                                              int                    grow_excess,
                                              ChorusEventRegionFunc  func,
                                              void                  *user_data);
void chorus_event_regions_free (ChorusEventRegions *self);

/* Takes the next frame: the level of each bin and how far it rises above its background, both in level steps. */
void chorus_event_regions_add (ChorusEventRegions *self,
                               const uint8_t      *levels,
                               const int16_t      *excess);

/* Ends the spectrogram: hands over the regions that are left. */
void chorus_event_regions_flush (ChorusEventRegions *self);
