/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-stft.h"
#include "soundscape-synth.h"

#include <gio/gio.h>
#include <math.h>

#define TEST_PYTHON "/usr/bin/python3"
#define TEST_KAISER_BETA 8.6

static const ChorusWindowFunction test_functions[] = {
  CHORUS_WINDOW_FUNCTION_RECTANGULAR,     CHORUS_WINDOW_FUNCTION_HANN,   CHORUS_WINDOW_FUNCTION_HAMMING,
  CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS, CHORUS_WINDOW_FUNCTION_KAISER,
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

/* The convention: a full-scale sine is 0 dBFS at its bin, for each window and length. */
static void
test_full_scale_sine (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (test_functions); i++)
    for (unsigned length = CHORUS_STFT_MIN_WINDOW_LENGTH; length <= CHORUS_STFT_MAX_WINDOW_LENGTH; length *= 2)
      {
        const ChorusStftParams params = { length, length, test_functions[i], TEST_KAISER_BETA };
        ChorusStft *stft = chorus_stft_new (&params);
        unsigned n_bins = chorus_stft_n_bins (stft);
        g_autofree float *samples = test_make_sine (length, length / 8, 1.0);
        g_autofree float *levels = g_new (float, n_bins);

        g_assert_cmpuint (n_bins, ==, length / 2 + 1);
        chorus_stft_levels (stft, samples, 1, levels);
        g_assert_cmpfloat_with_epsilon ((double) levels[length / 8], 0.0, 1e-3);
        for (unsigned bin = 0; bin < n_bins; bin++)
          g_assert_cmpfloat (levels[bin], <=, levels[length / 8]);
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

/* Writes the samples of a case where scipy will find them, and returns its answer: levels in our convention, as bytes.
 * */
static GBytes *
test_ask_scipy (const float            *samples,
                size_t                  n,
                const ChorusStftParams *params)
{
  static const char *const windows[] = { "boxcar", "hann", "hamming", "blackmanharris", "('kaiser', 8.6)" };
  static const char script[] =
    "import ast, sys, numpy as np, scipy.signal as sg\n"
    "x = np.frombuffer(sys.stdin.buffer.read(), '<f4').astype(float)\n"
    "name, length, hop = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])\n"
    "window = ast.literal_eval(name) if name[0] == '(' else name\n"
    "p = sg.spectrogram(x, window=sg.get_window(window, length), nperseg=length, noverlap=length - hop,\n"
    "                   detrend=False, scaling='spectrum')[2]\n"
    "p[1:-1] *= 2\n"
    "sys.stdout.buffer.write((10 * np.log10(p + 1e-20)).T.astype('<f4').tobytes())\n";
  g_autofree char *length = g_strdup_printf ("%u", params->window_length);
  g_autofree char *hop = g_strdup_printf ("%u", params->hop);
  g_autoptr (GBytes) input = g_bytes_new (samples, n * sizeof *samples);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, TEST_PYTHON, "-c", script,
                      windows[params->function], length, hop, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate (python, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));

  return g_steal_pointer (&output);
}

static gboolean
test_has_scipy (void)
{
  g_autoptr (GSubprocess) python = NULL;

  if (!g_file_test (TEST_PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    return FALSE;

  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, TEST_PYTHON, "-c", "import scipy.signal", NULL);

  return python && g_subprocess_wait_check (python, NULL, NULL);
}

static void
test_scipy (void)
{
  const ChorusStftParams shapes[] = { { 128, 128 }, { 256, 37 }, { 1024, 512 }, { 4096, 1000 } };
  ChorusSynthRandom random = { 2025 };
  double worst = 0.0;

  if (!test_has_scipy ())
    {
      g_test_skip ("Debian's python3-scipy is not installed");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (test_functions); i++)
    for (gsize shape = 0; shape < G_N_ELEMENTS (shapes); shape++)
      {
        const ChorusStftParams params = {
          shapes[shape].window_length,
          shapes[shape].hop,
          test_functions[i],
          TEST_KAISER_BETA,
        };
        ChorusStft *stft = chorus_stft_new (&params);
        unsigned n_bins = chorus_stft_n_bins (stft);
        size_t n_frames = 9;
        size_t n = (n_frames - 1) * params.hop + params.window_length;
        g_autofree float *samples = g_new (float, n);
        g_autofree float *levels = g_new (float, n_frames *n_bins);
        g_autoptr (GBytes) answer = NULL;
        const float *expected;
        gsize size;

        for (size_t j = 0; j < n; j++)
          samples[j] = (float) chorus_synth_random_uniform (&random, -1.0, 1.0);
        chorus_stft_levels (stft, samples, n_frames, levels);
        answer = test_ask_scipy (samples, n, &params);
        expected = g_bytes_get_data (answer, &size);
        g_assert_cmpuint (size, ==, n_frames * n_bins * sizeof *expected);
        for (size_t j = 0; j < n_frames * n_bins; j++)
          {
            double difference = fabs ((double) levels[j] - (double) expected[j]);

            worst = fmax (worst, difference);
            g_assert_cmpfloat (difference, <, 0.1);
          }
        chorus_stft_free (stft);
      }
  g_test_message ("The largest difference from scipy is %.5f dB.", worst);
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
