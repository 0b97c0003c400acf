/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-noise-floor.h"

/* The percentile: one level in three is at or below it. */
#define CHORUS_NOISE_FLOOR_PARTS 3u

/* From that percentile up to the mean power of Gaussian noise, in level steps: 1.2 dB for the smoothed spectrogram of
 * the detector (1.15 dB when measured on white noise). */
#define CHORUS_NOISE_FLOOR_TO_MEAN 2u

void
chorus_noise_floor_estimate (const ChorusMedianBackground *background,
                             unsigned                      n_bins,
                             uint8_t                      *levels)
{
  chorus_median_background_find_share (background, 1, CHORUS_NOISE_FLOOR_PARTS, levels);
  for (unsigned bin = 0; bin < n_bins; bin++)
    {
      unsigned level = levels[bin] + CHORUS_NOISE_FLOOR_TO_MEAN;

      levels[bin] = (uint8_t) (level < 255u ? level : 255u);
    }
}
