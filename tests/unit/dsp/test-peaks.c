/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-peaks.h"
#include "soundscape-synth.h"

#include <glib.h>
#include <math.h>

#define TEST_LENGTH 10007u

static float *
test_make_noise (void)
{
  ChorusSynthRandom random = { 12 };
  float *samples = g_new (float, TEST_LENGTH);

  for (unsigned i = 0; i < TEST_LENGTH; i++)
    samples[i] = (float) chorus_synth_random_uniform (&random, -1.0, 1.0);

  return samples;
}

/* The peaks by the plainest code there is. */
static void
test_assert_peak (const ChorusPeak *peak,
                  const float      *samples,
                  size_t            n)
{
  float min = samples[0];
  float max = samples[0];
  double squares = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      min = MIN (min, samples[i]);
      max = MAX (max, samples[i]);
      squares += (double) samples[i] * (double) samples[i];
    }

  g_assert_cmpfloat (peak->min, ==, min);
  g_assert_cmpfloat (peak->max, ==, max);
  g_assert_cmpfloat_with_epsilon ((double) peak->rms, sqrt (squares / (double) n), 2e-6);
}

static void
test_compute (void)
{
  const size_t sizes[] = { 1, 2, 15, 16, 17, 100, 256, 4096, 10006, 10007, 20000 };
  g_autofree float *samples = test_make_noise ();

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      size_t n_peaks = chorus_peaks_count (TEST_LENGTH, sizes[i]);
      g_autofree ChorusPeak *peaks = g_new (ChorusPeak, n_peaks);

      chorus_peaks_compute (samples, TEST_LENGTH, sizes[i], peaks);
      for (size_t j = 0; j < n_peaks; j++)
        test_assert_peak (&peaks[j], samples + j * sizes[i], MIN (sizes[i], TEST_LENGTH - j * sizes[i]));
    }
}

/* All the way up the pyramid, in place: each level as if it came from the samples. */
static void
test_merge (void)
{
  g_autofree float *samples = test_make_noise ();
  g_autofree ChorusPeak *peaks = g_new (ChorusPeak, chorus_peaks_count (TEST_LENGTH, 3));

  chorus_peaks_compute (samples, TEST_LENGTH, 3, peaks);
  for (size_t size = 3; chorus_peaks_count (TEST_LENGTH, size) > 1; size *= 2)
    {
      size_t n_coarse = chorus_peaks_count (TEST_LENGTH, 2 * size);

      chorus_peaks_merge (peaks, TEST_LENGTH, size, peaks);
      for (size_t j = 0; j < n_coarse; j++)
        test_assert_peak (&peaks[j], samples + j * 2 * size, MIN (2 * size, TEST_LENGTH - j * 2 * size));
    }
}

/* One loud sample in a long silence is there at every level. */
static void
test_click (void)
{
  g_autofree float *samples = g_new0 (float, TEST_LENGTH);
  g_autofree ChorusPeak *peaks = g_new (ChorusPeak, TEST_LENGTH);

  samples[7777] = -0.75f;
  for (size_t size = 1; size < 2 * TEST_LENGTH; size *= 2)
    {
      chorus_peaks_compute (samples, TEST_LENGTH, size, peaks);
      g_assert_cmpfloat (peaks[7777 / size].min, ==, -0.75f);
    }
}

static void
test_damage (void)
{
  float samples[40];
  ChorusPeak peak;

  for (unsigned i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -3e38f;
  samples[20] = 0.5f;
  samples[39] = -0.25f;
  chorus_peaks_compute (samples, G_N_ELEMENTS (samples), G_N_ELEMENTS (samples), &peak);
  g_assert_cmpfloat (peak.max, ==, 0.5f);
  g_assert_cmpfloat (peak.min, ==, -0.25f);
  g_assert_true (isfinite (peak.rms));

  g_assert_cmpuint (chorus_peaks_count (0, 5), ==, 0);
  g_assert_cmpuint (chorus_peaks_count (G_MAXSIZE, 1), ==, G_MAXSIZE);
  g_assert_cmpuint (chorus_peaks_count (G_MAXSIZE, G_MAXSIZE), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/peaks/compute", test_compute);
  g_test_add_func ("/dsp/peaks/merge", test_merge);
  g_test_add_func ("/dsp/peaks/click", test_click);
  g_test_add_func ("/dsp/peaks/damage", test_damage);

  return g_test_run ();
}
