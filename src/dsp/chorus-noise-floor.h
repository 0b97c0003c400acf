/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * ChorusNoiseFloor:
 *
 * The background level of each frequency bin: a percentile of the bin's levels, taken from a histogram. A low
 * percentile and not the mean, so that calls that fill less than two thirds of the time do not raise it. A constant
 * tone, which is there all of the time, does.
 */
typedef struct _ChorusNoiseFloor ChorusNoiseFloor;

ChorusNoiseFloor *chorus_noise_floor_new (unsigned n_bins);
void chorus_noise_floor_free (ChorusNoiseFloor *self);

/* Forgets all levels. */
void chorus_noise_floor_reset (ChorusNoiseFloor *self);

/* Counts @n_rows rows of n_bins 8-bit levels. */
void chorus_noise_floor_add (ChorusNoiseFloor *self,
                             const uint8_t    *rows,
                             size_t            n_rows);

/* Writes the background level of each bin to @levels. */
void chorus_noise_floor_estimate (const ChorusNoiseFloor *self,
                                  uint8_t                *levels);
