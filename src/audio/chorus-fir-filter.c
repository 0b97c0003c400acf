/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-fir-filter.h"

#include <math.h>

/* In dB, and the window's parameter and the number of taps that follow from it. */
#define CHORUS_FIR_FILTER_ATTENUATION 80.0
#define CHORUS_FIR_FILTER_BETA (0.1102 * (CHORUS_FIR_FILTER_ATTENUATION - 8.7))
#define CHORUS_FIR_FILTER_TAPS_PER_WIDTH ((CHORUS_FIR_FILTER_ATTENUATION - 7.95) / (2.285 * 2 * G_PI))

/* Results that are computed side by side, so that the compiler keeps them in vector registers. */
#define CHORUS_FIR_FILTER_LANES 16

struct _ChorusFirFilter
{
  gsize half;
  gsize n_taps;
  float taps[];
};

/* The modified Bessel function of the first kind and order 0, by its power series. */
static double
chorus_fir_filter_bessel (double x)
{
  double sum = 1;
  double term = 1;

  for (int i = 1; term > sum * 1e-17; i++)
    {
      term *= (x / (2 * i)) * (x / (2 * i));
      sum += term;
    }

  return sum;
}

/* A sample of the ideal low-pass, whose edge is a fraction of the sample rate. */
static double
chorus_fir_filter_low_pass (double edge,
                            double offset)
{
  if (offset == 0)
    return 2 * edge;

  return sin (2 * G_PI * edge * offset) / (G_PI * offset);
}

ChorusFirFilter *
chorus_fir_filter_new (ChorusFrequencyBand band,
                       double              transition,
                       double              sample_rate,
                       gsize               max_taps)
{
  double low = CLAMP (band.low / sample_rate, 0, 0.5);
  double high = CLAMP (band.high / sample_rate, low, 0.5);
  double n_taps = CHORUS_FIR_FILTER_TAPS_PER_WIDTH * sample_rate / transition + 1;
  gsize half = (gsize) CLAMP (ceil ((n_taps - 1) / 2), 1.0, (double) ((max_taps - 1) / 2));
  g_autofree double *taps = g_new (double, half + 1);
  double scale = chorus_fir_filter_bessel (CHORUS_FIR_FILTER_BETA);
  double middle = (low + high) / 2;
  double gain = 0;
  ChorusFirFilter *self;

  if (low <= 0)
    middle = 0;
  else if (high >= 0.5)
    middle = 0.5;

  for (gsize i = 0; i <= half; i++)
    {
      double offset = (double) i;
      double place = offset / (double) half;
      double window = chorus_fir_filter_bessel (CHORUS_FIR_FILTER_BETA * sqrt (1 - place * place)) / scale;

      taps[i] = window * (chorus_fir_filter_low_pass (high, offset) - chorus_fir_filter_low_pass (low, offset));
      gain += (i == 0 ? 1 : 2) * taps[i] * cos (2 * G_PI * middle * offset);
    }

  self = g_malloc0 (sizeof *self + (2 * half + 1) * sizeof (float));
  self->half = half;
  self->n_taps = 2 * half + 1;
  for (gsize i = 0; i <= half; i++)
    {
      /* A band of no width passes nothing. */
      float tap = high > low ? (float) (taps[i] / gain) : 0.0f;

      self->taps[half - i] = tap;
      self->taps[half + i] = tap;
    }

  return self;
}

void
chorus_fir_filter_free (ChorusFirFilter *self)
{
  g_free (self);
}

gsize
chorus_fir_filter_get_half (const ChorusFirFilter *self)
{
  return self->half;
}

/* One by one, in the order in which the lanes below add. */
static float
chorus_fir_filter_get_result (const ChorusFirFilter *self,
                              const float           *samples)
{
  float sum = 0;

  for (gsize tap = 0; tap < self->n_taps; tap++)
    sum += self->taps[tap] * samples[tap];

  return sum;
}

void
chorus_fir_filter_apply (const ChorusFirFilter *self,
                         const float           *samples,
                         float                 *results,
                         gsize                  n_results)
{
  gsize done = 0;

  for (; done + CHORUS_FIR_FILTER_LANES <= n_results; done += CHORUS_FIR_FILTER_LANES)
    {
      float sums[CHORUS_FIR_FILTER_LANES] = { 0 };

      for (gsize tap = 0; tap < self->n_taps; tap++)
        {
          float factor = self->taps[tap];
          const float *in = samples + done + tap;

          for (gsize lane = 0; lane < CHORUS_FIR_FILTER_LANES; lane++)
            sums[lane] += factor * in[lane];
        }
      for (gsize lane = 0; lane < CHORUS_FIR_FILTER_LANES; lane++)
        results[done + lane] = sums[lane];
    }

  chorus_fir_filter_apply_strided (self, samples + done, 1, results + done, n_results - done);
}

void
chorus_fir_filter_apply_strided (const ChorusFirFilter *self,
                                 const float           *samples,
                                 gsize                  stride,
                                 float                 *results,
                                 gsize                  n_results)
{
  for (gsize i = 0; i < n_results; i++)
    results[i] = chorus_fir_filter_get_result (self, samples + i * stride);
}
