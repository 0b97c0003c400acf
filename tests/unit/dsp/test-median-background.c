/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-median-background.h"
#include "dsp/chorus-level-tile.h"
#include "soundscape-synth.h"
#include "test-scipy.h"

#include <math.h>

#define TEST_STEP_DB (150.0 / 255.0)

static guint8 *
test_make_columns (gsize              n,
                   ChorusSynthRandom *random)
{
  guint8 *columns = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    columns[i] = (guint8) (255.0 * pow (chorus_synth_random_uniform (random, 0.0, 1.0), 1.0 + (double) (i % 3)));

  return columns;
}

static int
test_compare_levels (gconstpointer a,
                     gconstpointer b)
{
  return (int) *(const guint8 *) a - (int) *(const guint8 *) b;
}

/* Quantiles are what sorting gives, for odd and even numbers, in pieces and in any order. */
static void
test_quantiles (void)
{
  const unsigned n_bins = 7;
  const gsize numbers[] = { 1, 2, 3, 4, 99, 1000 };
  const guint parts[][2] = { { 1, 2 }, { 1, 3 }, { 0, 1 }, { 1, 1 }, { 19, 20 } };
  ChorusSynthRandom random = { 11 };
  ChorusMedianBackground *background = chorus_median_background_new (n_bins);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize n = numbers[i];
      g_autofree guint8 *columns = test_make_columns (n * n_bins, &random);

      chorus_median_background_reset (background);
      chorus_median_background_add (background, columns + n / 2 * n_bins, n - n / 2);
      chorus_median_background_add (background, columns, n / 2);
      for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          guint8 levels[7];

          chorus_median_background_find_share (background, parts[j][0], parts[j][1], levels);
          for (unsigned bin = 0; bin < n_bins; bin++)
            {
              gsize rank = (gsize) ceil ((double) n * parts[j][0] / parts[j][1]);
              g_autofree guint8 *sorted = g_new (guint8, n);

              for (gsize column = 0; column < n; column++)
                sorted[column] = columns[column * n_bins + bin];
              qsort (sorted, n, 1, test_compare_levels);
              g_assert_cmpuint (levels[bin], ==, rank > 0 ? sorted[rank - 1] : 0);
            }
        }
    }
  chorus_median_background_free (background);
  chorus_median_background_free (NULL);
}

static void
test_nothing (void)
{
  const ChorusStftParams params = { 512, 256, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  ChorusMedianBackground *background = chorus_median_background_new (3);
  guint8 levels[3] = { 9, 9, 9 };

  chorus_median_background_estimate (background, &params, 1, levels);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpuint (levels[i], ==, 0);
  chorus_median_background_free (background);
}

/* Differences of levels are kept to the step as long as they are in the range. */
static void
test_subtract (void)
{
  const guint8 background[] = { 100, 0, 255, 100 };
  const guint8 columns[] = { 100, 0, 255, 110, 117, 255, 0, 0, 0, 85, 170, 255 };
  guint8 out[12];
  guint8 in_place[12];

  chorus_median_background_subtract (columns, 3, background, 4, out);
  memcpy (in_place, columns, sizeof columns);
  chorus_median_background_subtract (in_place, 3, background, 4, in_place);
  g_assert_cmpmem (in_place, sizeof in_place, out, sizeof out);
  for (gsize i = 0; i < 12; i++)
    {
      double difference = chorus_level_to_db (columns[i]) - chorus_level_to_db (background[i % 4]);

      g_assert_cmpfloat_with_epsilon (chorus_median_background_to_db (out[i]),
                                      CLAMP (difference, CHORUS_MEDIAN_BACKGROUND_FLOOR_DB,
                                             CHORUS_MEDIAN_BACKGROUND_CEILING_DB),
                                      1e-9);
    }
  g_assert_cmpfloat_with_epsilon (chorus_median_background_to_db (out[0]), 0.0, 1e-9);
}

/* Steady noise that is 30 dB louder in one half of the spectrum is flat at 0 dB above its background, at all zooms, and
 * a tone that is there for a tenth of the time stands out by as much in both halves. */
static void
test_noise (void)
{
  const ChorusStftParams params = { 256, 128, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const unsigned zooms[] = { 1, 2, 16, 64 };
  const unsigned n_bins = 129;
  const gsize n_frames = 12800;
  const gsize n = (n_frames - 1) * 128 + 256;
  g_autofree float *samples = g_new (float, n);
  g_autofree guint8 *columns = g_new (guint8, n_frames * n_bins);
  g_autofree guint8 *levels = g_new (guint8, n_bins);
  ChorusSynthRandom random = { 12 };
  ChorusStft *stft = chorus_stft_new (&params);
  ChorusMedianBackground *frames = chorus_median_background_new (n_bins);
  float last = 0.0f;

  for (gsize i = 0; i < n; i++)
    {
      float white = (float) chorus_synth_random_uniform (&random, -0.1, 0.1);

      samples[i] = white + 0.94f * last;
      last = samples[i];
    }
  chorus_level_tile_compute (stft, samples, n_frames, 1, columns);
  chorus_median_background_add (frames, columns, n_frames);
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      gsize n_columns = n_frames / zooms[i];
      ChorusMedianBackground *above = chorus_median_background_new (n_bins);

      chorus_level_tile_compute (stft, samples, n_frames, zooms[i], columns);
      chorus_median_background_estimate (frames, &params, zooms[i], levels);
      g_assert_cmpfloat (chorus_level_to_db (levels[4]) - chorus_level_to_db (levels[120]), >, 20.0);
      chorus_median_background_subtract (columns, n_columns, levels, n_bins, columns);
      chorus_median_background_add (above, columns, n_columns);
      chorus_median_background_find_share (above, 1, 2, levels);
      for (unsigned bin = 2; bin < n_bins - 2; bin++)
        g_assert_cmpfloat_with_epsilon (chorus_median_background_to_db (levels[bin]), 0.0, 2.0 * TEST_STEP_DB);
      chorus_median_background_free (above);
    }
  chorus_median_background_free (frames);
  chorus_stft_free (stft);
}

/* A call in less than half of the frames leaves the background alone, and keeps its level above it when far out. */
static void
test_call (void)
{
  const ChorusStftParams params = { 256, 128, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  ChorusMedianBackground *background = chorus_median_background_new (1);
  guint8 far[10];
  guint8 level;

  for (guint i = 0; i < 100; i++)
    {
      const guint8 column = i % 10 < 4 ? 200 : 100;

      chorus_median_background_add (background, &column, 1);
    }
  chorus_median_background_estimate (background, &params, 1, &level);
  g_assert_cmpuint (level, ==, 100);

  /* Ten frames a column: each has the call. */
  memset (far, 200, sizeof far);
  chorus_median_background_estimate (background, &params, 10, &level);
  chorus_median_background_subtract (far, 10, &level, 1, far);
  g_assert_cmpfloat (chorus_median_background_to_db (far[3]), >, 50.0);
  chorus_median_background_free (background);
}

/* The rise against numbers drawn at random by numpy, and its limits. */
static void
test_rise (void)
{
  const ChorusStftParams apart = { 512, 256, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const ChorusStftParams closer = { 512, 64, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
  const guint64 numbers[] = { 1, 2, 8, 64, 512 };
  g_autoptr (GBytes) answer = NULL;
  const float *expected;
  gsize size;

  g_assert_cmpfloat_with_epsilon (chorus_median_background_get_rise_db (&apart, 1), 0.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (chorus_median_background_get_rise_db (&closer, 5),
                                  chorus_median_background_get_rise_db (&apart, 2), 1e-9);
  g_assert_true (isfinite (chorus_median_background_get_rise_db (&apart, (guint64) 1 << 40)));

  if (!test_scipy_is_here ())
    return;

  answer =
    test_scipy_run ("e = np.random.default_rng(3).exponential(size=(512, 8000))\n"
                    "out = [[10 * np.log10(np.median(e[:m].max(0)) / np.median(e)) for m in (1, 2, 8, 64, 512)]]",
                    "", NULL, 0);
  expected = g_bytes_get_data (answer, &size);
  g_assert_cmpuint (size, ==, G_N_ELEMENTS (numbers) * sizeof *expected);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpfloat_with_epsilon (chorus_median_background_get_rise_db (&apart, numbers[i]), (double) expected[i],
                                    0.15);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/median-background/quantiles", test_quantiles);
  g_test_add_func ("/dsp/median-background/nothing", test_nothing);
  g_test_add_func ("/dsp/median-background/subtract", test_subtract);
  g_test_add_func ("/dsp/median-background/noise", test_noise);
  g_test_add_func ("/dsp/median-background/call", test_call);
  g_test_add_func ("/dsp/median-background/rise", test_rise);

  return g_test_run ();
}
