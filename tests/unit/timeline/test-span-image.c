/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A span painted in one go, against every frame and every sample of it looked at one by one. */

#include "timeline/chorus-span-image.h"

#include <math.h>
#include <string.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"
#include "dsp/chorus-level-tile.h"

#define SAMPLE_RATE 8000.0
#define WINDOW_LENGTH 128
#define HOP 64
#define N_BINS (WINDOW_LENGTH / 2 + 1)
#define FRAMES_PER_PIXEL 4
/* The last frame is that of the last pixel. */
#define N_SAMPLES ((gsize) 700 * FRAMES_PER_PIXEL * HOP - 40)

static const ChorusStftParams params = { WINDOW_LENGTH, HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

static float *
make_noise (gsize n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    samples[i] = (float) g_rand_double_range (rand, -0.3, 0.3);

  return samples;
}

/* The levels of all frames, centered on their samples. */
static guint8 *
make_frames (const float *samples,
             gsize        n_frames)
{
  g_autofree float *padded = g_new0 (float, (n_frames - 1) * HOP + WINDOW_LENGTH);
  guint8 *frames = g_new (guint8, n_frames * N_BINS);
  ChorusStft *stft = chorus_stft_new (&params);

  memcpy (padded + WINDOW_LENGTH / 2, samples,
          MIN (N_SAMPLES, (n_frames - 1) * HOP + WINDOW_LENGTH / 2) * sizeof (float));
  chorus_level_tile_compute (stft, padded, n_frames, 1, frames);
  chorus_stft_free (stft);

  return frames;
}

static void
report_cb (double   fraction,
           gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;
}

/* Beginning and ending anywhere, over the seams of images and tiles, and beyond the end. */
static void
test_maximum (void)
{
  static const struct
  {
    guint first;
    guint n;
  } spans[] = { { 0, 1 }, { 0, 700 }, { 255, 2 }, { 100, 500 }, { 3, 256 }, { 690, 300 }, { 900, 10 } };
  gsize n_frames = (N_SAMPLES - 1 + HOP / 2) / HOP + 1;
  float *samples = make_noise (N_SAMPLES);
  g_autofree guint8 *frames = make_frames (samples, n_frames);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
  ChorusImageView view = { FRAMES_PER_PIXEL * HOP, 0.0, N_BINS - 1, 32 };

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GError) error = NULL;
      double last = 0.0;
      g_autofree guint8 *levels = chorus_span_image_paint (source, CHORUS_CHANNEL_MIX, &params, &view, NULL,
                                                           spans[i].first, spans[i].n, report_cb, &last, NULL, &error);

      g_assert_no_error (error);
      for (guint x = 0; x < spans[i].n; x++)
        for (guint y = 0; y < view.height; y++)
          {
            guint column = spans[i].first + x;
            guint low = 2 * (view.height - 1 - y);
            guint high = y == 0 ? N_BINS - 1 : low + 1;
            guint8 expected = 0;

            for (gsize frame = (gsize) column * FRAMES_PER_PIXEL;
                 column < 700 && frame < MIN ((gsize) (column + 1) * FRAMES_PER_PIXEL, n_frames); frame++)
              for (guint bin = low; bin <= high; bin++)
                expected = MAX (expected, frames[frame * N_BINS + bin]);
            g_assert_cmpuint (levels[y * spans[i].n + x], ==, expected);
          }
      g_assert_true (last == 1.0 || spans[i].first >= 700);
    }
}

/* Without its background a row of one bin is as far above -50 dB as its level is above the background. */
static void
test_background (void)
{
  const ChorusFrequencyBand all = { 0.0, SAMPLE_RATE };
  float *samples = make_noise (N_SAMPLES);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, N_SAMPLES, SAMPLE_RATE, FALSE);
  ChorusImageView view = { FRAMES_PER_PIXEL * HOP, 0.0, N_BINS - 1, N_BINS - 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusLevelBackground) background =
    chorus_level_background_survey (source, CHORUS_CHANNEL_MIX, &params, &all, NULL, &error);
  /* Columns of four frames are those of level 2. */
  const guint8 *bins = chorus_level_background_get (background, 2);
  g_autofree guint8 *levels =
    chorus_span_image_paint (source, CHORUS_CHANNEL_MIX, &params, &view, NULL, 0, 700, NULL, NULL, NULL, &error);
  g_autofree guint8 *above =
    chorus_span_image_paint (source, CHORUS_CHANNEL_MIX, &params, &view, background, 0, 700, NULL, NULL, NULL, &error);
  double sum = 0.0;

  g_assert_no_error (error);
  for (guint x = 0; x < 700; x++)
    for (guint y = 1; y < view.height; y++)
      {
        double expected = chorus_level_to_db (levels[y * 700 + x]) - chorus_level_to_db (bins[view.height - 1 - y]);
        double found = chorus_level_to_db (above[y * 700 + x]) - CHORUS_LEVEL_BACKGROUND_SHIFT_DB;

        g_assert_cmpfloat_with_epsilon (found, MAX (expected, -50.0), 1e-9);
        sum += found;
      }
  /* Noise is near 0 dB, however many frames share a column. */
  g_assert_cmpfloat (fabs (sum / (700.0 * (view.height - 1))), <, 2.0);
}

static void
test_peaks (void)
{
  static const double lengths[] = { 0.25, 1.0, 7.3, 1000.0, 300000.7 };
  const gsize n = 700000;
  float *samples = make_noise (n);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  ChorusPeak columns[40];

  samples[123456] = 0.9f;
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      double start = 123000.5;
      g_autoptr (GError) error = NULL;

      g_assert_true (chorus_span_peaks_compute (source, CHORUS_CHANNEL_MIX, start, lengths[i], columns,
                                                G_N_ELEMENTS (columns), NULL, &error));
      for (guint x = 0; x < G_N_ELEMENTS (columns); x++)
        {
          gsize first = (gsize) floor (start + x * lengths[i]);
          gsize end = MAX ((gsize) floor (start + (x + 1) * lengths[i]), first + 1);
          double squares = 0.0;
          float min = first < n ? samples[first] : 0.0f;
          float max = min;

          for (gsize sample = first; sample < end; sample++)
            {
              float value = sample < n ? samples[sample] : 0.0f;

              min = MIN (min, value);
              max = MAX (max, value);
              squares += (double) value * (double) value;
            }
          g_assert_true (columns[x].min == min);
          g_assert_true (columns[x].max == max);
          g_assert_cmpfloat_with_epsilon ((double) columns[x].rms, sqrt (squares / (double) (end - first)), 1e-5);
        }
    }
}

static void
test_fails (void)
{
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (1000), 1000, SAMPLE_RATE, TRUE);
  g_autoptr (ChorusSampleSource) good = chorus_synthetic_source_new (make_noise (1000), 1000, SAMPLE_RATE, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  ChorusImageView view = { 10.0, 0.0, N_BINS - 1, 32 };
  ChorusPeak column;

  g_assert_null (
    chorus_span_image_paint (source, CHORUS_CHANNEL_MIX, &params, &view, NULL, 0, 10, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (chorus_span_peaks_compute (source, CHORUS_CHANNEL_MIX, 0, 10, &column, 1, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (
    chorus_span_image_paint (good, CHORUS_CHANNEL_MIX, &params, &view, NULL, 0, 10, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/span-image/maximum", test_maximum);
  g_test_add_func ("/timeline/span-image/background", test_background);
  g_test_add_func ("/timeline/span-image/peaks", test_peaks);
  g_test_add_func ("/timeline/span-image/fails", test_fails);

  return g_test_run ();
}
