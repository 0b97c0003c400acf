/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-noise-floor.h"

#include <stdlib.h>
#include <string.h>

#define CHORUS_NOISE_FLOOR_LEVELS 256u

/* The percentile: one level in three is at or below it. */
#define CHORUS_NOISE_FLOOR_SHARE 3u

/* From that percentile up to the mean power of Gaussian noise, in level steps: 1.2 dB for the smoothed spectrogram of
 * the detector (1.15 dB when measured on white noise). */
#define CHORUS_NOISE_FLOOR_TO_MEAN 2u

struct _ChorusNoiseFloor
{
  unsigned n_bins;
  size_t n_rows;
  uint32_t *counts;
};

ChorusNoiseFloor *
chorus_noise_floor_new (unsigned n_bins)
{
  ChorusNoiseFloor *self = calloc (1, sizeof *self);

  if (!self)
    return NULL;

  self->n_bins = n_bins;
  self->counts = calloc ((size_t) n_bins * CHORUS_NOISE_FLOOR_LEVELS, sizeof *self->counts);
  if (!self->counts)
    {
      free (self);
      return NULL;
    }

  return self;
}

void
chorus_noise_floor_free (ChorusNoiseFloor *self)
{
  if (!self)
    return;

  free (self->counts);
  free (self);
}

void
chorus_noise_floor_reset (ChorusNoiseFloor *self)
{
  self->n_rows = 0;
  memset (self->counts, 0, (size_t) self->n_bins * CHORUS_NOISE_FLOOR_LEVELS * sizeof *self->counts);
}

void
chorus_noise_floor_add (ChorusNoiseFloor *self,
                        const uint8_t    *rows,
                        size_t            n_rows)
{
  for (size_t row = 0; row < n_rows; row++)
    for (unsigned bin = 0; bin < self->n_bins; bin++)
      self->counts[bin * CHORUS_NOISE_FLOOR_LEVELS + rows[row * self->n_bins + bin]]++;

  self->n_rows += n_rows;
}

void
chorus_noise_floor_estimate (const ChorusNoiseFloor *self,
                             uint8_t                *levels)
{
  size_t rank = self->n_rows > 0 ? (self->n_rows - 1) / CHORUS_NOISE_FLOOR_SHARE : 0;

  for (unsigned bin = 0; bin < self->n_bins; bin++)
    {
      const uint32_t *counts = self->counts + (size_t) bin * CHORUS_NOISE_FLOOR_LEVELS;
      unsigned level = 0;
      size_t below = counts[0];

      while (below <= rank && level < CHORUS_NOISE_FLOOR_LEVELS - 1)
        below += counts[++level];
      level += CHORUS_NOISE_FLOOR_TO_MEAN;
      levels[bin] = (uint8_t) (level < CHORUS_NOISE_FLOOR_LEVELS ? level : CHORUS_NOISE_FLOOR_LEVELS - 1);
    }
}
