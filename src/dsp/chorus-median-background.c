/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-median-background.h"

#include "chorus-level-tile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHORUS_MEDIAN_BACKGROUND_LEVELS 256u

#define CHORUS_MEDIAN_BACKGROUND_STEP_DB ((CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB) / 255.0)

/* The 8-bit level of the background itself, once it is taken away. */
#define CHORUS_MEDIAN_BACKGROUND_ZERO 85

struct _ChorusMedianBackground
{
  unsigned n_bins;
  uint64_t n_columns;
  uint32_t *counts;
};

ChorusMedianBackground *
chorus_median_background_new (unsigned n_bins)
{
  ChorusMedianBackground *self = calloc (1, sizeof *self);

  if (!self)
    return NULL;

  self->n_bins = n_bins;
  self->counts = calloc ((size_t) n_bins * CHORUS_MEDIAN_BACKGROUND_LEVELS, sizeof *self->counts);
  if (!self->counts)
    {
      free (self);
      return NULL;
    }

  return self;
}

void
chorus_median_background_free (ChorusMedianBackground *background)
{
  if (!background)
    return;

  free (background->counts);
  free (background);
}

void
chorus_median_background_reset (ChorusMedianBackground *background)
{
  background->n_columns = 0;
  memset (background->counts, 0,
          (size_t) background->n_bins * CHORUS_MEDIAN_BACKGROUND_LEVELS * sizeof *background->counts);
}

void
chorus_median_background_add (ChorusMedianBackground *background,
                              const uint8_t          *columns,
                              size_t                  n_columns)
{
  for (size_t column = 0; column < n_columns; column++)
    for (unsigned bin = 0; bin < background->n_bins; bin++)
      background->counts[(size_t) bin * CHORUS_MEDIAN_BACKGROUND_LEVELS + columns[column * background->n_bins + bin]]++;

  background->n_columns += n_columns;
}

void
chorus_median_background_find_share (const ChorusMedianBackground *background,
                                     unsigned                      part,
                                     unsigned                      parts,
                                     uint8_t                      *levels)
{
  uint64_t enough = (background->n_columns * part + parts - 1) / parts;

  for (unsigned bin = 0; bin < background->n_bins; bin++)
    {
      const uint32_t *counts = background->counts + (size_t) bin * CHORUS_MEDIAN_BACKGROUND_LEVELS;
      unsigned level = 0;
      uint64_t reached = counts[0];

      while (reached < enough && level < CHORUS_MEDIAN_BACKGROUND_LEVELS - 1)
        reached += counts[++level];
      levels[bin] = (uint8_t) level;
    }
}

double
chorus_median_background_get_rise_db (const ChorusStftParams *params,
                                      uint64_t                frames_per_column)
{
  double independent = fmin (2.0 * params->hop / params->window_length, 1.0);
  double m = 1.0 + (double) (frames_per_column - 1) * independent;

  return 10.0 * log10 (-log (-expm1 (-M_LN2 / m)) / M_LN2);
}

void
chorus_median_background_estimate (const ChorusMedianBackground *background,
                                   const ChorusStftParams       *params,
                                   uint64_t                      frames_per_column,
                                   uint8_t                      *levels)
{
  unsigned rise = (unsigned) lround (chorus_median_background_get_rise_db (params, frames_per_column)
                                     / CHORUS_MEDIAN_BACKGROUND_STEP_DB);

  chorus_median_background_find_share (background, 1, 2, levels);
  for (unsigned bin = 0; bin < background->n_bins; bin++)
    {
      unsigned level = levels[bin] + rise;

      levels[bin] = (uint8_t) (level < CHORUS_MEDIAN_BACKGROUND_LEVELS ? level : CHORUS_MEDIAN_BACKGROUND_LEVELS - 1);
    }
}

void
chorus_median_background_subtract (const uint8_t *columns,
                                   size_t         n_columns,
                                   const uint8_t *background,
                                   unsigned       n_bins,
                                   uint8_t       *out)
{
  for (size_t column = 0; column < n_columns; column++)
    for (unsigned bin = 0; bin < n_bins; bin++)
      {
        size_t i = column * n_bins + bin;
        int level = CHORUS_MEDIAN_BACKGROUND_ZERO + columns[i] - background[bin];

        level = level > 0 ? level : 0;
        out[i] = (uint8_t) (level < 255 ? level : 255);
      }
}

double
chorus_median_background_to_db (uint8_t level)
{
  return CHORUS_MEDIAN_BACKGROUND_FLOOR_DB + level * CHORUS_MEDIAN_BACKGROUND_STEP_DB;
}
