/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-image-cache.h"

#include <math.h>
#include <string.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"
#include "dsp/chorus-level-tile.h"

#define SAMPLE_RATE 8000.0
#define WINDOW_LENGTH 128
#define HOP 64
#define N_BINS (WINDOW_LENGTH / 2 + 1)
#define BUDGET ((gsize) 64 * 1024 * 1024)

static const ChorusStftParams params = { WINDOW_LENGTH, HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };
static const ChorusImageColors magma = { CHORUS_COLOR_MAP_MAGMA, -100.0, 0.0 };
static const ChorusImageColors gray = { CHORUS_COLOR_MAP_GRAY, -80.0, -10.0 };

typedef struct
{
  ChorusSampleSource *source;
  ChorusJobQueue *queue;
  ChorusTileCache *tiles;
  ChorusImageCache *images;
} Fixture;

static void
fixture_init (Fixture *fixture,
              float   *samples,
              gsize    n)
{
  fixture->source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  fixture->queue = chorus_job_queue_new (2);
  fixture->tiles = chorus_tile_cache_new (fixture->source, fixture->queue, &params, BUDGET);
  fixture->images = chorus_image_cache_new (fixture->tiles, fixture->queue);
}

static void
fixture_clear (Fixture *fixture)
{
  g_assert_finalize_object (fixture->images);
  g_assert_finalize_object (fixture->tiles);
  g_clear_object (&fixture->queue);
  /* What still ran holds the source, and lets go of it in the main context. */
  g_object_add_weak_pointer (G_OBJECT (fixture->source), (gpointer *) &fixture->source);
  g_object_unref (fixture->source);
  chorus_test_wait (!fixture->source);
}

static float *
make_noise (gsize n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    samples[i] = (float) g_rand_double_range (rand, -0.3, 0.3);

  return samples;
}

static guint8
get_level (ChorusImageCache *images,
           gint64            x,
           guint             y)
{
  ChorusImage *image = chorus_image_cache_lookup (images, x / CHORUS_IMAGE_WIDTH);
  const guint8 *levels = g_bytes_get_data (image->levels, NULL);

  return levels[(gsize) y * CHORUS_IMAGE_WIDTH + (gsize) (x % CHORUS_IMAGE_WIDTH)];
}

/* Zoomed out, a pixel is the maximum over the frames it covers and the bins it covers, found by brute force. */
static void
test_maximum (void)
{
  gsize n = 200000;
  float *samples = make_noise (n);
  gsize n_frames = (n - 1 + HOP / 2) / HOP + 1;
  g_autofree float *padded = g_new0 (float, (n_frames - 1) * HOP + WINDOW_LENGTH);
  g_autofree guint8 *frames = g_new (guint8, n_frames * N_BINS);
  ChorusStft *stft = chorus_stft_new (&params);
  /* 16 frames for a pixel, as a column of level 4 holds them; 2 bins for a row, the topmost with the last bin as well. */
  ChorusImageView view = { 16 * HOP, 0.0, N_BINS - 1, 32 };
  guint n_columns = (guint) ((n + 16 * HOP - 1) / (16 * HOP));
  Fixture fixture = { 0 };

  memcpy (padded + WINDOW_LENGTH / 2, samples, MIN (n, (n_frames - 1) * HOP + WINDOW_LENGTH / 2) * sizeof (float));
  chorus_level_tile_compute (stft, padded, n_frames, 1, frames);
  chorus_stft_free (stft);
  fixture_init (&fixture, samples, n);
  chorus_image_cache_set_view (fixture.images, &view, &magma, 0, n_columns);
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images));

  for (guint x = 0; x < n_columns; x++)
    {
      for (guint y = 0; y < view.height; y++)
        {
          guint8 expected = 0;
          guint low = 2 * (view.height - 1 - y);
          guint high = y == 0 ? N_BINS - 1 : low + 1;

          for (gsize frame = x * 16; frame < MIN ((x + 1) * 16, n_frames); frame++)
            {
              for (guint bin = low; bin <= high; bin++)
                expected = MAX (expected, frames[frame * N_BINS + bin]);
            }
          g_assert_cmpuint (get_level (fixture.images, x, y), ==, expected);
        }
    }
  fixture_clear (&fixture);
}

/* A click is on the screen, once and where it is, however far the view is zoomed. */
static void
test_click_at_every_zoom (void)
{
  gsize n = 300000;
  static const gsize places[] = { 0, 4095, 123456, 299999 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      float *samples = g_new0 (float, n);
      Fixture fixture = { 0 };

      samples[places[i]] = 1.0f;
      fixture_init (&fixture, samples, n);
      for (double samples_per_pixel = 0.7; samples_per_pixel < 2000; samples_per_pixel *= 2.3)
        {
          ChorusImageView view = { samples_per_pixel, 0.0, N_BINS - 1, 40 };
          gint64 pixel = (gint64) ((double) places[i] / samples_per_pixel);
          gint64 first = MAX (pixel - 200, 0);
          gint64 end = MIN (first + 400, (gint64) ceil ((double) n / samples_per_pixel));
          gint64 widest = (gint64) (WINDOW_LENGTH / samples_per_pixel) + 2;
          gint64 n_lit = 0;
          gint64 nearest = G_MAXINT64;

          chorus_image_cache_set_view (fixture.images, &view, &magma, first, (guint) (end - first));
          chorus_test_wait (chorus_image_cache_is_complete (fixture.images));
          for (gint64 x = first; x < end; x++)
            {
              if (get_level (fixture.images, x, 20) == 0)
                continue;
              n_lit++;
              nearest = MIN (nearest, ABS (x - pixel));
              g_assert_cmpint (ABS (x - pixel), <=, widest);
            }
          g_assert_cmpint (n_lit, >, 0);
          /* The frame next to a click may be centered in the next pixel. */
          g_assert_cmpint (nearest, <=, 1);
        }
      fixture_clear (&fixture);
    }
}

/* Nothing is different where one image ends and the next begins: shifted by any number of pixels it is the same. */
static void
test_seams (void)
{
  gsize n = 60000;
  static const double zooms[] = { 3.0, 64.0, 100.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      Fixture fixture = { 0 };
      ChorusImageView view = { zooms[i], 3.3, 50.7, 37 };
      gint64 seam = CHORUS_IMAGE_WIDTH;
      const ChorusTileGrid *grid = NULL;
      int level = 0;

      fixture_init (&fixture, make_noise (n), n);
      chorus_image_cache_set_view (fixture.images, &view, &magma, 0, 2 * CHORUS_IMAGE_WIDTH);
      chorus_test_wait (chorus_image_cache_is_complete (fixture.images));

      /* By hand, from a layer of all tiles, for the two columns at the seam. */
      grid = chorus_tile_cache_get_grid (fixture.tiles);
      level = chorus_tile_grid_get_level_for (grid, CHORUS_TILE_LEVELS, zooms[i]);
      for (gint64 x = seam - 1; x <= seam; x++)
        {
          double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_LEVELS, level);
          double place = (x + 0.5) * zooms[i] / length;
          ChorusTileKey left_key = { CHORUS_TILE_LEVELS, level, (guint64) place / CHORUS_TILE_COLUMNS };
          ChorusTile *tile = chorus_tile_cache_lookup (fixture.tiles, &left_key);

          g_assert_nonnull (tile);
          if (length > zooms[i])
            {
              ChorusTileKey right_key = { CHORUS_TILE_LEVELS, level, ((guint64) place + 1) / CHORUS_TILE_COLUMNS };
              ChorusTile *next = chorus_tile_cache_lookup (fixture.tiles, &right_key);
              guint8 a = tile->levels[((guint64) place % CHORUS_TILE_COLUMNS) * N_BINS + 50];
              guint8 b = next->levels[(((guint64) place + 1) % CHORUS_TILE_COLUMNS) * N_BINS + 50];
              guint8 above_a = tile->levels[((guint64) place % CHORUS_TILE_COLUMNS) * N_BINS + 51];
              guint8 above_b = next->levels[(((guint64) place + 1) % CHORUS_TILE_COLUMNS) * N_BINS + 51];
              guint8 shown = get_level (fixture.images, x, 0);

              /* The topmost row is 1.28 bins high and keeps only bin 50. */
              g_assert_cmpuint (shown, >=, MIN (MIN (a, b), MIN (above_a, above_b)));
              g_assert_cmpuint (shown, <=, MAX (MAX (a, b), MAX (above_a, above_b)));
            }
        }
      fixture_clear (&fixture);
    }
}

/* Range and map do without the samples. */
static void
test_colors (void)
{
  gsize n = 100000;
  Fixture fixture = { 0 };
  ChorusImageView view = { 200.0, 0.0, N_BINS - 1, 64 };
  g_autofree guint32 *expected = g_new (guint32, 64 * CHORUS_IMAGE_WIDTH);
  g_autoptr (GBytes) levels = NULL;
  ChorusImage *image = NULL;
  guint n_reads = 0;

  fixture_init (&fixture, make_noise (n), n);
  chorus_image_cache_set_view (fixture.images, &view, &magma, 0, 500);
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images)
                    && chorus_job_queue_get_n_waiting (fixture.queue) == 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  n_reads = chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (fixture.source));
  levels = g_bytes_ref (chorus_image_cache_lookup (fixture.images, 1)->levels);

  chorus_image_cache_set_view (fixture.images, &view, &gray, 0, 500);
  g_assert_false (chorus_image_cache_is_complete (fixture.images));
  /* Until the new colors are there, the old ones are. */
  g_assert_nonnull (chorus_image_cache_lookup (fixture.images, 1));
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images));
  image = chorus_image_cache_lookup (fixture.images, 1);
  g_assert_true (g_bytes_equal (image->levels, levels));
  chorus_color_map_apply (gray.map, gray.low_db, gray.high_db, g_bytes_get_data (levels, NULL),
                          g_bytes_get_size (levels), expected);
  g_assert_cmpmem (g_bytes_get_data (image->pixels, NULL), g_bytes_get_size (image->pixels), expected,
                   64 * CHORUS_IMAGE_WIDTH * sizeof (guint32));
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (fixture.source)), ==, n_reads);
  fixture_clear (&fixture);
}

/* Neither does the scale. */
static void
test_scale (void)
{
  gsize n = 100000;
  Fixture fixture = { 0 };
  ChorusImageView view = { 200.0, 0.5, N_BINS - 1, 64, CHORUS_FREQUENCY_SCALE_LINEAR, SAMPLE_RATE / WINDOW_LENGTH };
  g_autoptr (GBytes) linear = NULL;
  guint n_reads = 0;

  fixture_init (&fixture, make_noise (n), n);
  chorus_image_cache_set_view (fixture.images, &view, &magma, 0, 500);
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images)
                    && chorus_job_queue_get_n_waiting (fixture.queue) == 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  n_reads = chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (fixture.source));
  linear = g_bytes_ref (chorus_image_cache_lookup (fixture.images, 1)->levels);
  for (int scale = CHORUS_FREQUENCY_SCALE_MEL; scale >= CHORUS_FREQUENCY_SCALE_LINEAR; scale--)
    {
      view.scale = (ChorusFrequencyScale) scale;
      chorus_image_cache_set_view (fixture.images, &view, &magma, 0, 500);
      g_assert_false (chorus_image_cache_is_complete (fixture.images));
      chorus_test_wait (chorus_image_cache_is_complete (fixture.images));
      g_assert_true (g_bytes_equal (chorus_image_cache_lookup (fixture.images, 1)->levels, linear)
                     == (scale == CHORUS_FREQUENCY_SCALE_LINEAR));
    }
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (fixture.source)), ==, n_reads);
  fixture_clear (&fixture);
}

/* After a zoom in there is something to see before anything has been computed. */
static void
test_coarse_first (void)
{
  gsize n = 400000;
  Fixture fixture = { 0 };
  ChorusImageView out = { 800.0, 0.0, N_BINS - 1, 32 };
  ChorusImageView in = { 90.0, 0.0, N_BINS - 1, 32 };
  ChorusImage *image = NULL;

  fixture_init (&fixture, make_noise (n), n);
  chorus_image_cache_set_view (fixture.images, &out, &magma, 0, 500);
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images));
  chorus_image_cache_set_view (fixture.images, &in, &magma, 1000, 500);
  chorus_test_wait (chorus_image_cache_lookup (fixture.images, 4));
  image = chorus_image_cache_lookup (fixture.images, 4);
  g_assert_cmpuint (((const guint8 *) g_bytes_get_data (image->levels, NULL))[5 * CHORUS_IMAGE_WIDTH + 5], >, 0);
  chorus_test_wait (chorus_image_cache_is_complete (fixture.images));
  fixture_clear (&fixture);
}

/* A cache may go away with work under way. */
static void
test_cancel (void)
{
  gsize n = 400000;

  for (guint round = 0; round < 20; round++)
    {
      Fixture fixture = { 0 };

      fixture_init (&fixture, make_noise (n), n);
      for (guint i = 0; i <= round % 4; i++)
        {
          ChorusImageView view = { 50.0 + 10 * i, 0.0, N_BINS - 1, 100 + i };

          chorus_image_cache_set_view (fixture.images, &view, round % 2 ? &magma : &gray, 100 * i, 900);
          for (guint k = 0; k < round; k++)
            g_main_context_iteration (NULL, FALSE);
        }
      fixture_clear (&fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/image-cache/maximum", test_maximum);
  g_test_add_func ("/timeline/image-cache/click-at-every-zoom", test_click_at_every_zoom);
  g_test_add_func ("/timeline/image-cache/seams", test_seams);
  g_test_add_func ("/timeline/image-cache/colors", test_colors);
  g_test_add_func ("/timeline/image-cache/scale", test_scale);
  g_test_add_func ("/timeline/image-cache/coarse-first", test_coarse_first);
  g_test_add_func ("/timeline/image-cache/cancel", test_cancel);

  return g_test_run ();
}
