/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-stft.h"

#include <stdint.h>
#include <string.h>

/* The power of CHORUS_STFT_FLOOR_DB. Added to every power, it keeps the logarithm finite and is far below anything
 * else. */
#define CHORUS_DECIBELS_FLOOR_POWER 1e-20f

/* A sample, or 0 where it is damage: not a number, infinite or absurdly large. Branchless, so that loops vectorize. */
static inline float
chorus_decibels_sane_sample (float sample)
{
  return __builtin_fabsf (sample) <= CHORUS_STFT_SAMPLE_LIMIT ? sample : 0.0f;
}

/* 10 log10 of a power that is finite and not negative, within 0.0001 dB and the rounding of the result; branchless.
 *
 * The exponent is read from the number; for the mantissa 1 + t, log2 (1 + t) = t (1 + (t - 1) r (t)) is exact at both
 * ends, so that there is no step from one exponent to the next. The cubic r is a least-maximum fit of our own. */
static inline float
chorus_decibels_from_power (float power)
{
  float floored = power + CHORUS_DECIBELS_FLOOR_POWER;
  uint32_t bits;
  uint32_t mantissa_bits;
  float mantissa;
  float t;
  float r;

  memcpy (&bits, &floored, sizeof bits);
  mantissa_bits = (bits & 0x007fffffu) | 0x3f800000u;
  memcpy (&mantissa, &mantissa_bits, sizeof mantissa);
  t = mantissa - 1.0f;
  r = -0.441917039f + t * (0.267179404f + t * (-0.148426643f + t * 0.0451490408f));

  return 3.01029996f * ((float) ((int32_t) (bits >> 23) - 127) + t * (1.0f + (t - 1.0f) * r));
}
