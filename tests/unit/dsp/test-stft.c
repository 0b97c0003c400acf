/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-stft.h"
#include "soundscape-synth.h"
#include "test-scipy.h"

#include <math.h>

#define TEST_N_FRAMES 4u

/* Every window, Kaiser with shapes from rectangular to the steepest, and scipy's name of it. */
static const struct
{
  ChorusWindowFunction function;
  double beta;
  const char *scipy_name;
} test_windows[] = {
  { CHORUS_WINDOW_FUNCTION_RECTANGULAR, 0.0, "'boxcar'" },
  { CHORUS_WINDOW_FUNCTION_HANN, 0.0, "'hann'" },
  { CHORUS_WINDOW_FUNCTION_HAMMING, 0.0, "'hamming'" },
  { CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS, 0.0, "'blackmanharris'" },
  { CHORUS_WINDOW_FUNCTION_KAISER, 0.0, "('kaiser', 0.0)" },
  { CHORUS_WINDOW_FUNCTION_KAISER, 3.5, "('kaiser', 3.5)" },
  { CHORUS_WINDOW_FUNCTION_KAISER, 8.6, "('kaiser', 8.6)" },
  { CHORUS_WINDOW_FUNCTION_KAISER, 14.0, "('kaiser', 14.0)" },
  { CHORUS_WINDOW_FUNCTION_KAISER, 30.0, "('kaiser', 30.0)" },
};

static float *
test_make_sine (unsigned length,
                double   bin,
                double   amplitude)
{
  float *samples = g_new (float, length);

  for (unsigned i = 0; i < length; i++)
    samples[i] = (float) (amplitude * cos (2.0 * G_PI * bin * i / length + 0.3));

  return samples;
}

/* The convention: a full-scale sine is 0 dBFS at its bin, for each window and length. What a Kaiser window lets through
 * of the sine's mirror image is a hundredth of a decibel at most. */
static void
test_full_scale_sine (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (test_windows); i++)
    for (unsigned length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
      {
        const unsigned bins[] = { length / 8, length / 4, length / 4 + 1, length * 3 / 8 + 3 };
        const ChorusStftParams params = { length, length, test_windows[i].function, test_windows[i].beta };
        ChorusStft *stft = chorus_stft_new (&params);
        unsigned n_bins = chorus_stft_n_bins (stft);
        g_autofree float *levels = g_new (float, n_bins);

        g_assert_cmpuint (n_bins, ==, length / 2 + 1);
        for (gsize j = 0; j < G_N_ELEMENTS (bins); j++)
          {
            g_autofree float *samples = test_make_sine (length, bins[j], 1.0);

            chorus_stft_levels (stft, samples, 1, levels);
            g_assert_cmpfloat_with_epsilon ((double) levels[bins[j]], 0.0, 1e-2);
            for (unsigned bin = 0; bin < n_bins; bin++)
              g_assert_cmpfloat (levels[bin], <=, levels[bins[j]]);
          }
        chorus_stft_free (stft);
      }
}

/* Levels are decibels: amplitudes from loud to almost nothing. */
static void
test_amplitudes (void)
{
  const ChorusStftParams params = { 1024, 512, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  ChorusStft *stft = chorus_stft_new (&params);

  for (double db = 20.0; db >= -120.0; db -= 7.3)
    {
      g_autofree float *samples = test_make_sine (1024, 100.0, pow (10.0, db / 20.0));
      float levels[513];

      chorus_stft_levels (stft, samples, 1, levels);
      g_assert_cmpfloat_with_epsilon ((double) levels[100], db, 1e-3);
    }
  chorus_stft_free (stft);
}

/* The two bins without a mirror image: a constant, and the fastest alternation there is. */
static void
test_edge_bins (void)
{
  const ChorusStftParams params = { 256, 128, CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS, 0.0 };
  ChorusStft *stft = chorus_stft_new (&params);
  float samples[256];
  float levels[129];

  for (unsigned i = 0; i < 256; i++)
    samples[i] = 0.1f;
  chorus_stft_levels (stft, samples, 1, levels);
  g_assert_cmpfloat_with_epsilon ((double) levels[0], -20.0, 1e-3);

  for (unsigned i = 0; i < 256; i++)
    samples[i] = i % 2 ? 0.1f : -0.1f;
  chorus_stft_levels (stft, samples, 1, levels);
  g_assert_cmpfloat_with_epsilon ((double) levels[128], -20.0, 1e-3);
  chorus_stft_free (stft);
}

/* Parseval: with a rectangular window the powers of a frame add up to its mean square. */
static void
test_parseval (void)
{
  const ChorusStftParams params = { 2048, 2048, CHORUS_WINDOW_FUNCTION_RECTANGULAR, 0.0 };
  ChorusStft *stft = chorus_stft_new (&params);
  ChorusSynthRandom random = { 3 };
  float samples[2048];
  float levels[1025];
  double squares = 0.0;
  double powers = 0.0;

  for (unsigned i = 0; i < 2048; i++)
    {
      samples[i] = (float) chorus_synth_random_uniform (&random, -0.5, 0.5);
      squares += (double) samples[i] * (double) samples[i] / 2048.0;
    }
  chorus_stft_levels (stft, samples, 1, levels);
  for (unsigned bin = 0; bin <= 1024; bin++)
    powers += pow (10.0, (double) levels[bin] / 10.0) / (bin == 0 || bin == 1024 ? 1.0 : 2.0);
  g_assert_cmpfloat_with_epsilon (powers / squares, 1.0, 1e-4);
  chorus_stft_free (stft);
}

static void
test_damage (void)
{
  const float damage[] = { NAN, INFINITY, -INFINITY, 3e38f, 1e7f };
  const ChorusStftParams params = { 512, 100, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  ChorusStft *stft = chorus_stft_new (&params);

  for (gsize i = 0; i < G_N_ELEMENTS (damage); i++)
    {
      g_autofree float *samples = test_make_sine (512, 32.0, 1.0);
      float damaged[257];
      float levels[257];

      samples[200] = damage[i];
      chorus_stft_levels (stft, samples, 1, damaged);
      samples[200] = 0.0f;
      chorus_stft_levels (stft, samples, 1, levels);
      g_assert_cmpmem (damaged, sizeof damaged, levels, sizeof levels);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (damage); i++)
    {
      float samples[512];
      float levels[257];

      for (unsigned j = 0; j < 512; j++)
        samples[j] = damage[i];
      chorus_stft_levels (stft, samples, 1, levels);
      for (unsigned bin = 0; bin < 257; bin++)
        g_assert_cmpfloat_with_epsilon ((double) levels[bin], CHORUS_STFT_FLOOR_DB, 1e-3);
    }
  chorus_stft_free (stft);
}

static void
test_params (void)
{
  const ChorusStftParams wrong[] = {
    { 0, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 },    { 64, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 },
    { 1000, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 }, { 32768, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 },
    { 1024, 0, CHORUS_WINDOW_FUNCTION_HANN, 0.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (chorus_stft_new (&wrong[i]));
  chorus_stft_free (NULL);
}

/* Levels of every case in a list of (window, length, hop), in our convention. */
static const char test_script[] =
  "for window, length, hop in ast.literal_eval(sys.argv[1]):\n"
  "  p = sg.spectrogram(x[:(FRAMES - 1) * hop + length], window=sg.get_window(window, length), nperseg=length,\n"
  "                     noverlap=length - hop, detrend=False, scaling='spectrum')[2]\n"
  "  p[1:-1] *= 2\n"
  "  out.append(10 * np.log10(p + 1e-20).T)\n";

/* Compares the levels of random samples with the next in scipy's answer; returns the largest difference. */
static double
test_compare (const ChorusStftParams  *params,
              const float             *samples,
              const float            **expected)
{
  ChorusStft *stft = chorus_stft_new (params);
  size_t n_levels = (size_t) TEST_N_FRAMES * chorus_stft_n_bins (stft);
  g_autofree float *levels = g_new (float, n_levels);
  double worst = 0.0;

  chorus_stft_levels (stft, samples, TEST_N_FRAMES, levels);
  for (size_t i = 0; i < n_levels; i++)
    worst = fmax (worst, fabs ((double) levels[i] - (double) (*expected)[i]));
  *expected += n_levels;
  chorus_stft_free (stft);

  return worst;
}

/* Every length, window and overlap: 0, 50, 75, 87.5 and 95 percent. */
static void
test_scipy (void)
{
  const double overlaps[] = { 0.0, 0.5, 0.75, 0.875, 0.95 };
  const gsize n = TEST_N_FRAMES * CHORUS_STFT_MAX_WINDOW_LENGTH;
  g_autoptr (GString) cases = g_string_new ("[");
  g_autoptr (GArray) params = g_array_new (FALSE, FALSE, sizeof (ChorusStftParams));
  g_autofree float *samples = g_new (float, n);
  g_autofree char *script = g_strdup_printf ("FRAMES = %u\n%s", TEST_N_FRAMES, test_script);
  g_autoptr (GBytes) answer = NULL;
  ChorusSynthRandom random = { 2025 };
  const float *expected;
  const float *end;
  double worst = 0.0;
  gsize size;

  if (!test_scipy_is_here ())
    return;

  for (gsize i = 0; i < n; i++)
    samples[i] = (float) chorus_synth_random_uniform (&random, -1.0, 1.0);
  for (unsigned length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
    for (gsize i = 0; i < G_N_ELEMENTS (test_windows); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (overlaps); j++)
        {
          unsigned hop = (unsigned) lround (length * (1.0 - overlaps[j]));
          const ChorusStftParams one = { length, hop, test_windows[i].function, test_windows[i].beta };

          g_array_append_val (params, one);
          g_string_append_printf (cases, "(%s, %u, %u),", test_windows[i].scipy_name, length, hop);
        }
  g_string_append_c (cases, ']');

  answer = test_scipy_run (script, cases->str, samples, n);
  expected = g_bytes_get_data (answer, &size);
  end = expected + size / sizeof *expected;
  for (guint i = 0; i < params->len; i++)
    {
      worst = fmax (worst, test_compare (&g_array_index (params, ChorusStftParams, i), samples, &expected));
      g_assert_cmpfloat (worst, <, 0.1);
    }
  g_assert_true (expected == end);
  g_test_message ("The largest difference from scipy in %u cases is %.5f dB.", params->len, worst);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/stft/full-scale-sine", test_full_scale_sine);
  g_test_add_func ("/dsp/stft/amplitudes", test_amplitudes);
  g_test_add_func ("/dsp/stft/edge-bins", test_edge_bins);
  g_test_add_func ("/dsp/stft/parseval", test_parseval);
  g_test_add_func ("/dsp/stft/damage", test_damage);
  g_test_add_func ("/dsp/stft/params", test_params);
  g_test_add_func ("/dsp/stft/scipy", test_scipy);

  return g_test_run ();
}
