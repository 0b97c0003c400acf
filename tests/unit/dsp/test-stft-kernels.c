/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-level-tile.h"
#include "dsp/chorus-stft-kernels-private.h"
#include "soundscape-synth.h"

#include <glib.h>
#include <math.h>

#define TEST_LENGTH 2048u
#define TEST_STEP_DB ((CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB) / 255.0)

/* Samples of all magnitudes, some of them damaged. */
static float *
test_make_samples (gsize n)
{
  static const float odd[] = { 0.0f, -0.0f, 1e-42f, NAN, INFINITY, -INFINITY, 1e6f, -1e6f, 1.1e6f, 3e38f };
  ChorusSynthRandom random = { 77 };
  float *samples = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    samples[i] = (float) (chorus_synth_random_uniform (&random, -1.0, 1.0)
                          * pow (10.0, chorus_synth_random_uniform (&random, -8.0, 0.0)));
  for (gsize i = 0; i < n; i += 37)
    samples[i] = odd[i / 37 % G_N_ELEMENTS (odd)];

  return samples;
}

/* Powers from nothing to a hundred decibels over full scale. */
static float *
test_make_powers (gsize n)
{
  ChorusSynthRandom random = { 78 };
  float *powers = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    powers[i] = (float) pow (10.0, chorus_synth_random_uniform (&random, -22.0, 10.0));
  powers[n / 2] = 0.0f;
  powers[n / 3] = 1e-42f;

  return powers;
}

static void
test_windows (void)
{
  const ChorusStftKernels *plain = chorus_stft_kernels_get_plain ();
  const ChorusStftKernels *fast = chorus_stft_kernels_get ();
  g_autofree float *samples = test_make_samples (TEST_LENGTH);
  g_autofree float *window = test_make_powers (TEST_LENGTH);
  g_autofree float *expected = g_new (float, TEST_LENGTH);
  g_autofree float *actual = g_new (float, TEST_LENGTH);

  for (unsigned n = 128; n <= TEST_LENGTH; n *= 2)
    {
      plain->apply_window (samples, window, expected, n);
      fast->apply_window (samples, window, actual, n);
      for (unsigned i = 0; i < n; i++)
        {
          float sample = isfinite (samples[i]) && fabsf (samples[i]) <= CHORUS_STFT_SAMPLE_LIMIT ? samples[i] : 0.0f;

          g_assert_cmpfloat (expected[i], ==, sample * window[i]);
        }
      g_assert_cmpmem (actual, n * sizeof *actual, expected, n * sizeof *expected);
    }
}

/* The transform of half as many complex numbers as there are samples, by its definition. */
static void
test_transform (const float *samples,
                unsigned     half,
                float       *spectrum)
{
  for (unsigned k = 0; k <= half; k++)
    {
      double real = 0.0;
      double imaginary = 0.0;

      for (unsigned i = 0; i < half; i++)
        {
          double phase = -2.0 * G_PI * (i * k % half) / half;

          real += (double) samples[2 * i] * cos (phase) - (double) samples[2 * i + 1] * sin (phase);
          imaginary += (double) samples[2 * i] * sin (phase) + (double) samples[2 * i + 1] * cos (phase);
        }
      spectrum[2 * k] = (float) real;
      spectrum[2 * k + 1] = (float) imaginary;
    }
}

/* Four times the squared magnitude at a bin of the real samples, by the definition. */
static double
test_power (const float *samples,
            unsigned     length,
            unsigned     bin)
{
  double real = 0.0;
  double imaginary = 0.0;

  for (unsigned i = 0; i < length; i++)
    {
      double phase = -2.0 * G_PI * (i * bin % length) / length;

      real += (double) samples[i] * cos (phase);
      imaginary += (double) samples[i] * sin (phase);
    }

  return 4.0 * (real * real + imaginary * imaginary);
}

static void
test_powers (void)
{
  const ChorusStftKernels *plain = chorus_stft_kernels_get_plain ();
  const ChorusStftKernels *fast = chorus_stft_kernels_get ();
  ChorusSynthRandom random = { 79 };

  for (unsigned length = 128; length <= 512; length *= 2)
    {
      unsigned half = length / 2;
      g_autofree float *samples = g_new (float, length);
      g_autofree float *spectrum = g_new (float, length + 2);
      g_autofree float *cosines = g_new (float, half / 2);
      g_autofree float *sines = g_new (float, half / 2);
      g_autofree float *expected = g_new0 (float, half + 1);
      g_autofree float *actual = NULL;

      for (unsigned i = 0; i < length; i++)
        samples[i] = (float) chorus_synth_random_uniform (&random, -1.0, 1.0);
      for (unsigned k = 0; k < half / 2; k++)
        {
          cosines[k] = (float) cos (G_PI * k / half);
          sines[k] = (float) -sin (G_PI * k / half);
        }
      /* Powers that are there already stay where they are greater. */
      expected[half / 2] = 1e9f;
      expected[5] = 1e9f;
      expected[half - 5] = 1e9f;
      actual = g_memdup2 (expected, (half + 1) * sizeof *expected);

      test_transform (samples, half, spectrum);
      plain->raise_powers (spectrum, cosines, sines, expected, half);
      fast->raise_powers (spectrum, cosines, sines, actual, half);
      g_assert_cmpmem (actual, (half + 1) * sizeof *actual, expected, (half + 1) * sizeof *expected);
      for (unsigned bin = 0; bin <= half; bin++)
        if (bin == half / 2 || bin == 5 || bin == half - 5)
          g_assert_cmpfloat (expected[bin], ==, 1e9f);
        else
          g_assert_cmpfloat_with_epsilon ((double) expected[bin], test_power (samples, length, bin), 1e-3);
    }
}

static void
test_decibels (void)
{
  const ChorusStftKernels *plain = chorus_stft_kernels_get_plain ();
  const ChorusStftKernels *fast = chorus_stft_kernels_get ();
  g_autofree float *powers = test_make_powers (TEST_LENGTH);
  float expected[TEST_LENGTH];
  float actual[TEST_LENGTH];

  plain->decibels (powers, expected, TEST_LENGTH);
  fast->decibels (powers, actual, TEST_LENGTH);
  g_assert_cmpmem (actual, sizeof actual, expected, sizeof expected);
  for (unsigned i = 0; i < TEST_LENGTH; i++)
    g_assert_cmpfloat_with_epsilon ((double) expected[i], 10.0 * log10 ((double) powers[i] + 1e-20), 2e-4);
}

/* Rounded as chorus_level_from_db() rounds, but where a level lies this close to between two steps. */
static void
test_quantize (void)
{
  const ChorusStftKernels *plain = chorus_stft_kernels_get_plain ();
  const ChorusStftKernels *fast = chorus_stft_kernels_get ();
  const double tolerance = 0.0004;
  g_autofree float *powers = test_make_powers (TEST_LENGTH + 31);

  for (unsigned n = TEST_LENGTH; n < TEST_LENGTH + 32; n++)
    {
      guint8 expected[TEST_LENGTH + 31];
      guint8 actual[TEST_LENGTH + 31];

      plain->quantize (powers, expected, n);
      fast->quantize (powers, actual, n);
      g_assert_cmpmem (actual, n, expected, n);
      for (unsigned i = 0; i < n; i++)
        {
          double db = 10.0 * log10 ((double) powers[i] + 1e-30);

          g_assert_cmpuint (expected[i], >=, chorus_level_from_db (db - tolerance));
          g_assert_cmpuint (expected[i], <=, chorus_level_from_db (db + tolerance));
        }
    }
}

/* A greater power never has a lower level, so that the level of the greatest is the greatest level. */
static void
test_monotony (void)
{
  const ChorusStftKernels *fast = chorus_stft_kernels_get ();
  guint8 last = 0;

  for (double db = -150.0; db < 20.0; db += 0.0005)
    {
      float power = (float) pow (10.0, db / 10.0);
      guint8 level;

      fast->quantize (&power, &level, 1);
      g_assert_cmpuint (level, >=, last);
      last = level;
    }
  g_assert_cmpuint (last, ==, 255);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  if (chorus_stft_kernels_get () == chorus_stft_kernels_get_plain ())
    g_test_message ("This processor runs the plain version.");
  g_test_add_func ("/dsp/stft-kernels/windows", test_windows);
  g_test_add_func ("/dsp/stft-kernels/powers", test_powers);
  g_test_add_func ("/dsp/stft-kernels/decibels", test_decibels);
  g_test_add_func ("/dsp/stft-kernels/quantize", test_quantize);
  g_test_add_func ("/dsp/stft-kernels/monotony", test_monotony);

  return g_test_run ();
}
