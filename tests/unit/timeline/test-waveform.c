/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-waveform.h"

#include <math.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"

#define SAMPLE_RATE 8000.0
#define BUDGET ((gsize) 64 * 1024 * 1024)
#define PEAK 0x80808080u
#define RMS 0xffffffffu

static const ChorusStftParams params = { 256, 128, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

static void
gather (ChorusTileCache *tiles,
        double           start,
        double           samples_per_pixel,
        ChorusPeak      *columns,
        guint            n_columns)
{
  chorus_waveform_want (tiles, tiles, start, samples_per_pixel, n_columns, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (chorus_waveform_gather (tiles, start, samples_per_pixel, columns, n_columns));
}

/* The extremes of all columns together are those of the samples they cover, at every zoom: nothing gets lost. */
static void
test_click_at_every_zoom (void)
{
  gsize n = 300000;
  static const gsize places[] = { 0, 1023, 123457, 299999 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      float *samples = g_new0 (float, n);
      g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
      g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
      ChorusTileCache *tiles = chorus_tile_cache_new (source, queue, &params, BUDGET);

      samples[places[i]] = -0.75f;
      for (double zoom = 1.0; zoom < 2000; zoom *= 1.9)
        {
          guint n_columns = 300;
          g_autofree ChorusPeak *columns = g_new0 (ChorusPeak, n_columns);
          double start = CLAMP ((double) places[i] - 100.0 * zoom, 0.0, MAX ((double) n - n_columns * zoom, 0.0));
          guint column = 0;
          guint n_lit = 0;

          gather (tiles, start, zoom, columns, n_columns);
          for (guint x = 0; x < n_columns; x++)
            {
              if (columns[x].min == -0.75f)
                {
                  n_lit++;
                  column = x;
                }
            }
          g_assert_cmpuint (n_lit, ==, 1);
          /* To within the length of a peak, which is at most a pixel. */
          g_assert_cmpfloat (fabs (start + column * zoom - (double) places[i]), <=, 2.0 * zoom);
        }
      g_assert_finalize_object (tiles);
    }
}

/* Between samples there is a straight line through them. */
static void
test_between_samples (void)
{
  float *samples = g_new (float, 100);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *tiles = NULL;
  ChorusPeak columns[64] = { 0 };

  for (guint i = 0; i < 100; i++)
    samples[i] = (float) i / 100.0f;
  source = chorus_synthetic_source_new (samples, 100, SAMPLE_RATE, FALSE);
  tiles = chorus_tile_cache_new (source, queue, &params, BUDGET);
  gather (tiles, 10.0, 0.125, columns, G_N_ELEMENTS (columns));
  for (guint x = 0; x < G_N_ELEMENTS (columns); x++)
    {
      g_assert_cmpfloat_with_epsilon ((double) columns[x].min, (10.0 + (x + 0.5) * 0.125) / 100.0, 1e-5);
      g_assert_cmpfloat (columns[x].min, ==, columns[x].max);
    }
  g_assert_finalize_object (tiles);
}

/* Behind the end there is nothing, and before peaks have come neither. */
static void
test_nothing (void)
{
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (g_new0 (float, 100), 100, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *tiles = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusPeak columns[20] = { 0 };

  g_assert_false (chorus_waveform_gather (tiles, 0.0, 10.0, columns, G_N_ELEMENTS (columns)));
  g_assert_true (isnan (columns[0].min));
  g_assert_cmpfloat (chorus_waveform_find_extent (tiles), ==, 0.0);
  gather (tiles, 0.0, 10.0, columns, G_N_ELEMENTS (columns));
  g_assert_cmpfloat (columns[9].max, ==, 0.0f);
  g_assert_true (isnan (columns[10].min));
  g_assert_finalize_object (tiles);
}

static guint
count (const guint32 *pixels,
       guint          x,
       guint          width,
       guint          height,
       guint32        color)
{
  guint n = 0;

  for (guint y = 0; y < height; y++)
    n += pixels[y * width + x] == color;

  return n;
}

static void
test_paint (void)
{
  const ChorusPeak columns[] = {
    { 0.0f, 0.0f, 0.0f }, { -1.0f, 1.0f, 0.5f }, { 0.8f, 0.9f, 0.85f }, { -0.9f, -0.8f, 0.0f }, { NAN, NAN, 0.0f },
  };
  guint32 pixels[5 * 100] = { 0 };

  chorus_waveform_paint (columns, 5, 100, 1.0, PEAK, RMS, pixels);
  /* Silence is a line, full scale all of it, half of that the mean. */
  g_assert_cmpuint (count (pixels, 0, 5, 100, PEAK), ==, 1);
  g_assert_cmpuint (count (pixels, 1, 5, 100, PEAK) + count (pixels, 1, 5, 100, RMS), ==, 100);
  g_assert_cmpuint (count (pixels, 1, 5, 100, RMS), ==, 50);
  /* From +0.85 down to -0.85 in one step leaves no gap. */
  g_assert_cmpuint (count (pixels, 3, 5, 100, PEAK), >=, 80);
  g_assert_cmpuint (count (pixels, 4, 5, 100, 0), ==, 100);

  /* Neither nothing nor too much of it writes outside. */
  chorus_waveform_paint (columns, 5, 100, 0.0, PEAK, RMS, pixels);
  chorus_waveform_paint (columns, 5, 100, 1e-6, PEAK, RMS, pixels);
  chorus_waveform_paint (columns, 5, 1, 1.0, PEAK, RMS, pixels);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/waveform/click-at-every-zoom", test_click_at_every_zoom);
  g_test_add_func ("/timeline/waveform/between-samples", test_between_samples);
  g_test_add_func ("/timeline/waveform/nothing", test_nothing);
  g_test_add_func ("/timeline/waveform/paint", test_paint);

  return g_test_run ();
}
