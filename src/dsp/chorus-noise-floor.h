/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-median-background.h"

/*
 * chorus_noise_floor_estimate:
 * @background: the levels of each bin over time
 * @n_bins: bins of @background
 * @levels: (out caller-allocates) (array length=n_bins): receives a background level for each bin
 *
 * Estimates the mean level of the noise in each bin from a low percentile, and not the mean, of the bin's levels, so
 * that calls that fill less than two thirds of the time do not raise it. A constant tone, which is there all of the
 * time, does.
 */
void chorus_noise_floor_estimate (const ChorusMedianBackground *background,
                                  unsigned                      n_bins,
                                  uint8_t                      *levels);
