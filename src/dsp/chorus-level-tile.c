/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-level-tile.h"

#include "chorus-level-tile-private.h"
#include "chorus-stft-kernels-private.h"
#include "chorus-stft-private.h"

#define CHORUS_LEVEL_STEPS_PER_DB (255.0 / (CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB))

uint8_t
chorus_level_from_db (double db)
{
  double step = (db - CHORUS_LEVEL_FLOOR_DB) * CHORUS_LEVEL_STEPS_PER_DB + 0.5;

  if (!(step > 0.0))
    return 0;

  return step < 255.0 ? (uint8_t) step : 255;
}

double
chorus_level_to_db (uint8_t level)
{
  return CHORUS_LEVEL_FLOOR_DB + (double) level / CHORUS_LEVEL_STEPS_PER_DB;
}

void
chorus_level_tile_quantize (const float *restrict powers,
                            uint8_t     *restrict levels,
                            unsigned              n)
{
  chorus_stft_kernels_get ()->quantize (powers, levels, n);
}

void
chorus_level_tile_compute (ChorusStft  *stft,
                           const float *samples,
                           size_t       n_frames,
                           unsigned     frames_per_column,
                           uint8_t     *columns)
{
  unsigned n_bins = chorus_stft_n_bins (stft);
  unsigned hop = chorus_stft_get_hop (stft);
  uint8_t *column = columns;

  /* The logarithm grows with the power, so one logarithm for the greatest power of a column does for all its frames. */
  for (size_t frame = 0; frame < n_frames; frame += frames_per_column)
    {
      size_t n = n_frames - frame < frames_per_column ? n_frames - frame : frames_per_column;

      chorus_level_tile_quantize (chorus_stft_maximum_powers (stft, samples + frame * hop, n), column, n_bins);
      column += n_bins;
    }
}
