/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-image.h"

#include <math.h>

#define SAMPLE_RATE 48000.0
#define WINDOW_LENGTH 512
#define N_BINS (WINDOW_LENGTH / 2 + 1)
#define BIN_WIDTH (SAMPLE_RATE / WINDOW_LENGTH)
#define HOP 256

/* The mel formula in its natural logarithm, and the octave in base ten. */
static double
to_scale (ChorusFrequencyScale scale,
          double               hertz)
{
  if (scale == CHORUS_FREQUENCY_SCALE_LOGARITHMIC)
    return log10 (hertz) / log10 (2.0);
  if (scale == CHORUS_FREQUENCY_SCALE_MEL)
    return 1127.01048033416 * log1p (hertz / 700.0);

  return hertz;
}

static double
from_scale (ChorusFrequencyScale scale,
            double               value)
{
  if (scale == CHORUS_FREQUENCY_SCALE_LOGARITHMIC)
    return pow (2.0, value);
  if (scale == CHORUS_FREQUENCY_SCALE_MEL)
    return 700.0 * expm1 (value / 1127.01048033416);

  return value;
}

/* Column 0 of a picture of one tile, in which each frame is one column. */
static void
paint (const ChorusImageView *view,
       const guint8          *bins,
       const guint8          *background,
       guint8                *levels)
{
  ChorusTileGrid grid = { 2 * HOP, { WINDOW_LENGTH, HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 } };
  ChorusTileKey key = { CHORUS_TILE_LEVELS, 0, 0 };
  g_autoptr (ChorusTile) tile = chorus_tile_new (&key, 2, N_BINS);
  ChorusImageLayer layer = { 0, 0, 1, &tile, background };

  for (guint i = 0; i < 2 * N_BINS; i++)
    tile->levels[i] = bins[i % N_BINS];
  chorus_image_paint (levels, view, 0, &grid, &layer);
}

/* What a row shows, found by asking of every bin whether it is in the row. */
static double
get_expected (const ChorusImageView *view,
              const guint8          *bins,
              guint                  row,
              gboolean              *near_edge)
{
  double low = to_scale (view->scale, view->low * BIN_WIDTH);
  double high = to_scale (view->scale, view->high * BIN_WIDTH);
  double unit = (high - low) / view->height;
  double top = from_scale (view->scale, high - row * unit) / BIN_WIDTH;
  double bottom = from_scale (view->scale, high - (row + 1) * unit) / BIN_WIDTH;
  double center = CLAMP (from_scale (view->scale, high - (row + 0.5) * unit) / BIN_WIDTH, 0.0, N_BINS - 1.0);
  int below = (int) floor (center);
  int level = -1;

  *near_edge =
    fabs (top - round (top)) < 1e-6 || fabs (bottom - round (bottom)) < 1e-6 || fabs (top - bottom - 1.0) < 1e-6;
  if (top - bottom < 1.0)
    return bins[below] + (bins[MIN (below + 1, N_BINS - 1)] - bins[below]) * (center - below);
  for (int i = 0; i < N_BINS; i++)
    {
      if (i >= bottom && i < top)
        level = MAX (level, bins[i]);
    }

  return level;
}

static void
test_rows (void)
{
  static const double bands[][2] = { { 0.25, N_BINS - 1 }, { 3.7, 250.3 }, { 10.0, 40.0 }, { 200.1, 256.0 } };
  static const guint heights[] = { 1, 17, 120, 333, 1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint8 bins[N_BINS];
  guint n_maxima = 0;
  guint n_between = 0;

  for (guint i = 0; i < N_BINS; i++)
    bins[i] = (guint8) g_rand_int_range (rand, 0, 256);
  for (int scale = CHORUS_FREQUENCY_SCALE_LINEAR; scale <= CHORUS_FREQUENCY_SCALE_MEL; scale++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (bands) * G_N_ELEMENTS (heights); i++)
        {
          const double *band = bands[i / G_N_ELEMENTS (heights)];
          ChorusImageView view = {
            HOP, band[0], band[1], heights[i % G_N_ELEMENTS (heights)], (ChorusFrequencyScale) scale, BIN_WIDTH
          };
          g_autofree guint8 *levels = g_new0 (guint8, view.height * CHORUS_IMAGE_WIDTH);

          paint (&view, bins, NULL, levels);
          for (guint row = 0; row < view.height; row++)
            {
              gboolean near_edge = FALSE;
              double expected = get_expected (&view, bins, row, &near_edge);

              /* A bin on an edge belongs to one of two rows, and rounding says which: see below. */
              if (near_edge)
                continue;
              n_maxima += expected == floor (expected);
              n_between += expected != floor (expected);
              /* Within the 256 steps between two bins and the rounding to a level. */
              g_assert_cmpfloat (fabs (levels[row * CHORUS_IMAGE_WIDTH] - expected), <=,
                                 expected == floor (expected) ? 1.0 : 1.5);
            }
        }
    }
  g_assert_cmpuint (n_maxima, >, 1000);
  g_assert_cmpuint (n_between, >, 1000);
}

/* However low the picture, and with edges on bins too: one loud bin among silent ones is never lost. */
static void
test_no_bin_is_lost (void)
{
  for (int scale = CHORUS_FREQUENCY_SCALE_LINEAR; scale <= CHORUS_FREQUENCY_SCALE_MEL; scale++)
    {
      for (guint height = 1; height <= 64; height++)
        {
          ChorusImageView view = { HOP, 1.0, N_BINS - 1, height, (ChorusFrequencyScale) scale, BIN_WIDTH };
          g_autofree guint8 *levels = g_new0 (guint8, height * CHORUS_IMAGE_WIDTH);

          for (guint bin = 1; bin < N_BINS; bin++)
            {
              guint8 bins[N_BINS] = { 0 };
              guint n_full = 0;
              guint8 loudest = 0;

              bins[bin] = 200;
              paint (&view, bins, NULL, levels);
              for (guint row = 0; row < height; row++)
                {
                  loudest = MAX (loudest, levels[row * CHORUS_IMAGE_WIDTH]);
                  n_full += levels[row * CHORUS_IMAGE_WIDTH] == 200;
                }
              /* Where rows are as low as bins, half of it is seen at least. */
              g_assert_cmpuint (loudest, >=, 99);
              if (scale == CHORUS_FREQUENCY_SCALE_LINEAR)
                g_assert_cmpuint (n_full, ==, 1);
            }
        }
    }
}

/* What is painted without a background is what is left of each bin, from 50 dB below it up in the steps of levels. */
static void
test_background (void)
{
  ChorusImageView view = { HOP, 0.0, N_BINS - 1, N_BINS - 1, CHORUS_FREQUENCY_SCALE_LINEAR, BIN_WIDTH };
  g_autofree guint8 *levels = g_new0 (guint8, view.height * CHORUS_IMAGE_WIDTH);
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  guint8 bins[N_BINS];
  guint8 background[N_BINS];

  for (guint i = 0; i < N_BINS; i++)
    {
      bins[i] = (guint8) g_rand_int_range (rand, 0, 256);
      background[i] = (guint8) g_rand_int_range (rand, 0, 256);
    }
  paint (&view, bins, background, levels);
  for (guint row = 1; row < view.height; row++)
    {
      guint bin = view.height - 1 - row;
      double step = 150.0 / 255.0;
      double expected = CLAMP ((bins[bin] - background[bin]) * step + 50.0, 0.0, 150.0) / step;

      g_assert_cmpfloat (fabs (levels[row * CHORUS_IMAGE_WIDTH] - expected), <=, 1.0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/image/rows", test_rows);
  g_test_add_func ("/timeline/image/no-bin-is-lost", test_no_bin_is_lost);
  g_test_add_func ("/timeline/image/background", test_background);

  return g_test_run ();
}
