/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dsp/chorus-level-tile.h"
#include "soundscape-synth.h"

#include <glib.h>
#include <math.h>

#define TEST_WINDOW_LENGTH 256u
#define TEST_HOP 64u
#define TEST_N_BINS (TEST_WINDOW_LENGTH / 2 + 1)
#define TEST_N_FRAMES 301u
#define TEST_N_SAMPLES ((TEST_N_FRAMES - 1) * TEST_HOP + TEST_WINDOW_LENGTH)

static ChorusStft *
test_make_stft (void)
{
  const ChorusStftParams params = { TEST_WINDOW_LENGTH, TEST_HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

  return chorus_stft_new (&params);
}

static float *
test_make_noise (void)
{
  ChorusSynthRandom random = { 31 };
  float *samples = g_new0 (float, TEST_N_SAMPLES);

  chorus_synth_add_pink (&random, 0.01, 32000.0, samples, TEST_N_SAMPLES);

  return samples;
}

static size_t
test_count_columns (unsigned frames_per_column)
{
  return (TEST_N_FRAMES + frames_per_column - 1) / frames_per_column;
}

static void
test_scale (void)
{
  g_assert_cmpuint (chorus_level_from_db (CHORUS_LEVEL_FLOOR_DB), ==, 0);
  g_assert_cmpuint (chorus_level_from_db (CHORUS_LEVEL_CEILING_DB), ==, 255);
  g_assert_cmpuint (chorus_level_from_db (0.0), ==, 238);
  g_assert_cmpuint (chorus_level_from_db ((double) -INFINITY), ==, 0);
  g_assert_cmpuint (chorus_level_from_db ((double) INFINITY), ==, 255);
  g_assert_cmpuint (chorus_level_from_db ((double) NAN), ==, 0);
  for (unsigned i = 0; i < 256; i++)
    g_assert_cmpuint (chorus_level_from_db (chorus_level_to_db ((guint8) i)), ==, i);
}

/* One frame a column: the levels of the transform, rounded. */
static void
test_quantization (void)
{
  g_autofree float *samples = test_make_noise ();
  g_autofree float *levels = g_new (float, TEST_N_FRAMES *TEST_N_BINS);
  g_autofree guint8 *columns = g_new (guint8, TEST_N_FRAMES * TEST_N_BINS);
  ChorusStft *stft = test_make_stft ();

  chorus_stft_levels (stft, samples, TEST_N_FRAMES, levels);
  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, 1, columns);
  for (unsigned i = 0; i < TEST_N_FRAMES * TEST_N_BINS; i++)
    g_assert_cmpfloat_with_epsilon (chorus_level_to_db (columns[i]), (double) levels[i], 0.5 * 150.0 / 255.0 + 1e-3);
  chorus_stft_free (stft);
}

/* Any zoom: the maximum over all frames of the column, the last one shorter. */
static void
test_columns (void)
{
  const unsigned zooms[] = { 2, 3, 10, 300, 301, 1000 };
  g_autofree float *samples = test_make_noise ();
  g_autofree guint8 *frames = g_new (guint8, TEST_N_FRAMES * TEST_N_BINS);
  ChorusStft *stft = test_make_stft ();

  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, 1, frames);
  for (gsize zoom = 0; zoom < G_N_ELEMENTS (zooms); zoom++)
    {
      size_t n_columns = test_count_columns (zooms[zoom]);
      g_autofree guint8 *columns = g_new (guint8, n_columns * TEST_N_BINS);
      g_autofree guint8 *expected = g_new0 (guint8, n_columns * TEST_N_BINS);

      for (unsigned frame = 0; frame < TEST_N_FRAMES; frame++)
        for (unsigned bin = 0; bin < TEST_N_BINS; bin++)
          {
            guint8 *cell = &expected[frame / zooms[zoom] * TEST_N_BINS + bin];

            *cell = MAX (*cell, frames[frame * TEST_N_BINS + bin]);
          }
      chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, zooms[zoom], columns);
      g_assert_cmpmem (columns, n_columns * TEST_N_BINS, expected, n_columns * TEST_N_BINS);
    }
  chorus_stft_free (stft);
}

/* Tiles that are computed apart meet without a seam: together they are the whole, to the bit. */
static void
test_seams (void)
{
  const unsigned frames_per_column = 4;
  const unsigned frames_per_tile = 40;
  size_t n_columns = test_count_columns (frames_per_column);
  g_autofree float *samples = test_make_noise ();
  g_autofree guint8 *whole = g_new (guint8, n_columns * TEST_N_BINS);
  g_autofree guint8 *tiled = g_new (guint8, n_columns * TEST_N_BINS);
  ChorusStft *stft = test_make_stft ();

  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, frames_per_column, whole);
  for (unsigned frame = 0; frame < TEST_N_FRAMES; frame += frames_per_tile)
    {
      ChorusStft *own = test_make_stft ();

      chorus_level_tile_compute (own, samples + frame * TEST_HOP, MIN (frames_per_tile, TEST_N_FRAMES - frame),
                                 frames_per_column, tiled + frame / frames_per_column * TEST_N_BINS);
      chorus_stft_free (own);
    }
  g_assert_cmpmem (tiled, n_columns * TEST_N_BINS, whole, n_columns * TEST_N_BINS);
  chorus_stft_free (stft);
}

/* A click of one sample, wherever it falls, is as loud in the most distant view as in the closest. */
static void
test_click (void)
{
  const unsigned zooms[] = { 1, 2, 7, 64, 301 };
  ChorusStft *stft = test_make_stft ();

  for (size_t position = TEST_WINDOW_LENGTH; position < TEST_N_SAMPLES - TEST_WINDOW_LENGTH; position += 997)
    {
      g_autofree float *samples = g_new0 (float, TEST_N_SAMPLES);
      guint8 loudest[G_N_ELEMENTS (zooms)] = { 0 };

      samples[position] = 1.0f;
      for (gsize zoom = 0; zoom < G_N_ELEMENTS (zooms); zoom++)
        {
          size_t n_columns = test_count_columns (zooms[zoom]);
          g_autofree guint8 *columns = g_new (guint8, n_columns * TEST_N_BINS);

          chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, zooms[zoom], columns);
          for (size_t column = 0; column < n_columns; column++)
            loudest[zoom] = MAX (loudest[zoom], columns[column * TEST_N_BINS + TEST_N_BINS / 2]);
          g_assert_cmpuint (loudest[zoom], ==, loudest[0]);
        }
      /* Within a hop of the middle of a frame, a click of 1 has twice the window's weight there over its sum, 128. */
      g_assert_cmpfloat (chorus_level_to_db (loudest[0]), >, 20.0 * log10 (2.0 / 128.0) - 2.0);
    }
  chorus_stft_free (stft);
}

static void
test_extremes (void)
{
  g_autofree float *samples = g_new0 (float, TEST_N_SAMPLES);
  g_autofree guint8 *columns = g_new (guint8, TEST_N_BINS);
  ChorusStft *stft = test_make_stft ();

  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, TEST_N_FRAMES, columns);
  for (unsigned bin = 0; bin < TEST_N_BINS; bin++)
    g_assert_cmpuint (columns[bin], ==, 0);

  /* A sine at bin 8, 20 dB over full scale, is clamped. */
  for (unsigned i = 0; i < TEST_N_SAMPLES; i++)
    samples[i] = (float) (10.0 * sin (2.0 * G_PI * 8.0 * i / TEST_WINDOW_LENGTH));
  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, TEST_N_FRAMES, columns);
  g_assert_cmpuint (columns[8], ==, 255);

  for (unsigned i = 0; i < TEST_N_SAMPLES; i++)
    samples[i] = i % 2 ? NAN : -INFINITY;
  chorus_level_tile_compute (stft, samples, TEST_N_FRAMES, TEST_N_FRAMES, columns);
  for (unsigned bin = 0; bin < TEST_N_BINS; bin++)
    g_assert_cmpuint (columns[bin], ==, 0);
  chorus_stft_free (stft);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dsp/level-tile/scale", test_scale);
  g_test_add_func ("/dsp/level-tile/quantization", test_quantization);
  g_test_add_func ("/dsp/level-tile/columns", test_columns);
  g_test_add_func ("/dsp/level-tile/seams", test_seams);
  g_test_add_func ("/dsp/level-tile/click", test_click);
  g_test_add_func ("/dsp/level-tile/extremes", test_extremes);

  return g_test_run ();
}
