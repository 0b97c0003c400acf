/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-peaks.h"

#include "chorus-decibels-private.h"

#include <math.h>

/* Compilers do not reorder a floating-point reduction by themselves; independent lanes are one that vectorizes. */
#define CHORUS_PEAKS_LANES 16u

/* Squares are summed in single precision for so many samples of a lane at most, then in double precision. */
#define CHORUS_PEAKS_RUN 256u

typedef struct
{
  float min;
  float max;
  double squares;
} ChorusPeaksSum;

CHORUS_DSP_HOT static void
chorus_peaks_scan (const float    *samples,
                   size_t          n_rows,
                   ChorusPeaksSum *sum)
{
  float min[CHORUS_PEAKS_LANES];
  float max[CHORUS_PEAKS_LANES];
  float squares[CHORUS_PEAKS_LANES];

  for (unsigned lane = 0; lane < CHORUS_PEAKS_LANES; lane++)
    {
      min[lane] = sum->min;
      max[lane] = sum->max;
      squares[lane] = 0.0f;
    }

  for (size_t row = 0; row < n_rows; row++)
    for (unsigned lane = 0; lane < CHORUS_PEAKS_LANES; lane++)
      {
        float sample = chorus_decibels_sane_sample (samples[row * CHORUS_PEAKS_LANES + lane]);

        min[lane] = sample < min[lane] ? sample : min[lane];
        max[lane] = sample > max[lane] ? sample : max[lane];
        squares[lane] += sample * sample;
      }

  for (unsigned lane = 0; lane < CHORUS_PEAKS_LANES; lane++)
    {
      sum->min = min[lane] < sum->min ? min[lane] : sum->min;
      sum->max = max[lane] > sum->max ? max[lane] : sum->max;
      sum->squares += (double) squares[lane];
    }
}

static ChorusPeak
chorus_peaks_of (const float *samples,
                 size_t       n)
{
  ChorusPeaksSum sum = { INFINITY, -INFINITY, 0.0 };
  size_t done = 0;

  while (n - done >= CHORUS_PEAKS_LANES)
    {
      size_t n_rows = (n - done) / CHORUS_PEAKS_LANES;

      if (n_rows > CHORUS_PEAKS_RUN)
        n_rows = CHORUS_PEAKS_RUN;
      chorus_peaks_scan (samples + done, n_rows, &sum);
      done += n_rows * CHORUS_PEAKS_LANES;
    }

  for (; done < n; done++)
    {
      float sample = chorus_decibels_sane_sample (samples[done]);

      sum.min = fminf (sum.min, sample);
      sum.max = fmaxf (sum.max, sample);
      sum.squares += (double) sample * (double) sample;
    }

  return (ChorusPeak){ sum.min, sum.max, (float) sqrt (sum.squares / (double) n) };
}

size_t
chorus_peaks_count (size_t n_samples,
                    size_t samples_per_peak)
{
  return n_samples / samples_per_peak + (n_samples % samples_per_peak != 0);
}

void
chorus_peaks_compute (const float *samples,
                      size_t       n_samples,
                      size_t       samples_per_peak,
                      ChorusPeak  *out)
{
  for (size_t start = 0; start < n_samples;)
    {
      size_t rest = n_samples - start;
      size_t n = rest < samples_per_peak ? rest : samples_per_peak;

      *out++ = chorus_peaks_of (samples + start, n);
      start += n;
    }
}

void
chorus_peaks_merge (const ChorusPeak *fine,
                    size_t            n_samples,
                    size_t            samples_per_peak,
                    ChorusPeak       *coarse)
{
  size_t n_fine = chorus_peaks_count (n_samples, samples_per_peak);
  size_t n_pairs = n_fine / 2;

  for (size_t i = 0; i < n_pairs; i++)
    {
      ChorusPeak a = fine[2 * i];
      ChorusPeak b = fine[2 * i + 1];
      size_t rest = n_samples - (2 * i + 1) * samples_per_peak;
      double weight = rest < samples_per_peak ? (double) rest / (double) samples_per_peak : 1.0;
      double squares = (double) a.rms * (double) a.rms + weight * (double) b.rms * (double) b.rms;

      coarse[i].min = fminf (a.min, b.min);
      coarse[i].max = fmaxf (a.max, b.max);
      coarse[i].rms = (float) sqrt (squares / (1.0 + weight));
    }

  if (n_fine % 2)
    coarse[n_pairs] = fine[n_fine - 1];
}
