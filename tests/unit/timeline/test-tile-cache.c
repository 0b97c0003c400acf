/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "timeline/chorus-tile-cache.h"

#include <math.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"
#include "dsp/chorus-level-tile.h"

#define SAMPLE_RATE 8000.0
#define WINDOW_LENGTH 256
#define HOP 128
#define BUDGET ((gsize) 64 * 1024 * 1024)

static const ChorusStftParams params = { WINDOW_LENGTH, HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

static float *
make_noise (gsize n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  float *samples = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    samples[i] =
      (float) (g_rand_double_range (rand, -0.2, 0.2) + 0.5 * sin (2.0 * G_PI * 1000.0 * (double) i / SAMPLE_RATE));

  return samples;
}

static ChorusTile *
wait_for_tile (ChorusTileCache     *cache,
               const ChorusTileKey *key)
{
  chorus_tile_cache_want (cache, cache, key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (chorus_tile_cache_lookup (cache, key));

  return chorus_tile_cache_lookup (cache, key);
}

/* The levels of the whole recording in one go, with silence on both sides. */
static guint8 *
compute_reference (const float *samples,
                   gsize        n,
                   guint        hop,
                   gsize        n_frames,
                   guint        n_bins)
{
  ChorusStftParams all = params;
  gsize length = (n_frames - 1) * hop + WINDOW_LENGTH;
  g_autofree float *padded = g_new0 (float, length);
  guint8 *levels = g_new (guint8, n_frames * n_bins);
  ChorusStft *stft = NULL;

  all.hop = hop;
  stft = chorus_stft_new (&all);
  for (gsize i = 0; i < n && i + WINDOW_LENGTH / 2 < length; i++)
    padded[i + WINDOW_LENGTH / 2] = samples[i];
  chorus_level_tile_compute (stft, padded, n_frames, 1, levels);
  chorus_stft_free (stft);

  return levels;
}

static void
assert_level_equals (ChorusTileCache *cache,
                     const float     *samples,
                     gsize            n,
                     int              level)
{
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (cache);
  guint n_bins = WINDOW_LENGTH / 2 + 1;
  gsize n_frames = chorus_tile_grid_get_n_frames (grid, level);
  gsize per_column = (gsize) 1 << MAX (level, 0);
  gsize n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_LEVELS, level);
  g_autofree guint8 *reference =
    compute_reference (samples, n, chorus_tile_grid_get_hop (grid, level), n_frames, n_bins);

  for (gsize column = 0; column < n_columns; column++)
    {
      ChorusTileKey key = { CHORUS_TILE_LEVELS, level, column / CHORUS_TILE_COLUMNS };
      ChorusTile *tile = chorus_tile_cache_lookup (cache, &key);
      const guint8 *levels = NULL;

      if (!tile)
        tile = wait_for_tile (cache, &key);
      g_assert_cmpuint (tile->n_bins, ==, n_bins);
      g_assert_cmpuint (column % CHORUS_TILE_COLUMNS, <, tile->n_columns);
      levels = tile->levels + (column % CHORUS_TILE_COLUMNS) * n_bins;
      for (guint bin = 0; bin < n_bins; bin++)
        {
          guint8 expected = 0;

          for (gsize frame = column * per_column; frame < MIN ((column + 1) * per_column, n_frames); frame++)
            expected = MAX (expected, reference[frame * n_bins + bin]);
          g_assert_cmpuint (levels[bin], ==, expected);
        }
    }
}

/* At every level, tiles computed one by one equal the whole recording computed at once. @user_data says whether finer
 * tiles are there to be merged. */
static void
test_levels_equal_whole (gconstpointer user_data)
{
  gsize n = 150001;
  float *samples = make_noise (n);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
  gboolean merged = GPOINTER_TO_INT (user_data);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (cache);
  int finest = chorus_tile_grid_get_finest_level (grid, CHORUS_TILE_LEVELS);
  int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_LEVELS);

  g_assert_cmpint (finest, <, 0);
  g_assert_cmpint (coarsest, >, 2);
  if (merged)
    {
      for (int level = finest; level <= coarsest; level++)
        assert_level_equals (cache, samples, n, level);
    }
  else
    {
      for (int level = coarsest; level >= finest; level--)
        assert_level_equals (cache, samples, n, level);
    }
  g_assert_finalize_object (cache);
}

/* Columns of more frames than are read at once. */
static void
test_long_columns (void)
{
  gsize n = 5000000;
  float *samples = g_new0 (float, n);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileKey levels_key = { CHORUS_TILE_LEVELS, 14, 0 };
  ChorusTileKey peaks_key = { CHORUS_TILE_PEAKS, 20, 0 };
  ChorusTile *tile = NULL;
  double squares = 0.0;

  samples[3000000] = 0.75f;
  samples[4999999] = -0.5f;
  tile = wait_for_tile (cache, &peaks_key);
  g_assert_cmpuint (tile->n_columns, ==, 5);
  g_assert_cmpfloat (tile->peaks[2].max, ==, 0.75f);
  g_assert_cmpfloat (tile->peaks[4].min, ==, -0.5f);
  g_assert_cmpfloat (tile->peaks[0].max, ==, 0.0f);
  squares = 0.75 * 0.75 / (double) (1 << 20);
  g_assert_cmpfloat_with_epsilon (tile->peaks[2].rms, sqrt (squares), 1e-7);

  /* Frames of 128 samples, 16384 a column: 2,097,152 samples. */
  tile = wait_for_tile (cache, &levels_key);
  g_assert_cmpuint (tile->n_columns, ==, 3);
  g_assert_cmpuint (tile->levels[10], ==, 0);
  g_assert_cmpuint (tile->levels[tile->n_bins + 10], >, 0);
  g_assert_cmpuint (tile->levels[2 * tile->n_bins + 10], >, 0);
  g_assert_finalize_object (cache);
}

static void
note_level_cb (ChorusTileCache *cache,
               guint            kind,
               int              level,
               guint64          index,
               GString         *order)
{
  g_string_append_printf (order, "%d/%" G_GUINT64_FORMAT " ", level, index);
}

/* A tile of a very long stretch comes from finer ones, which can be seen before it, and each sample is read once. */
static void
test_long_stretch (void)
{
  gsize n = (gsize) 1 << 26;
  float *samples = g_new0 (float, n);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileKey key = { CHORUS_TILE_PEAKS, 16, 0 };
  g_autoptr (GString) order = g_string_new (NULL);
  ChorusTile *tile = NULL;

  samples[5 * 65536 + 1] = 0.75f;
  samples[n - 1] = -0.5f;
  g_signal_connect (cache, "tile-ready", G_CALLBACK (note_level_cb), order);
  tile = wait_for_tile (cache, &key);
  g_assert_cmpstr (order->str, ==, "15/0 15/1 16/0 ");
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source)), ==, n >> 18);
  g_assert_cmpuint (tile->n_columns, ==, 1024);
  g_assert_cmpfloat (tile->peaks[5].max, ==, 0.75f);
  g_assert_cmpfloat_with_epsilon (tile->peaks[5].rms, 0.75 / 256.0, 1e-7);
  g_assert_cmpfloat (tile->peaks[1023].min, ==, -0.5f);
  g_assert_cmpfloat (tile->peaks[6].max, ==, 0.0f);
  g_assert_finalize_object (cache);
}

/* A click of one sample shows in exactly the column it belongs to, at every level, wherever it is. */
static void
test_click (void)
{
  gsize n = 40000;
  static const gsize places[] = { 0, 127, 128, 129, 16383, 16384, 20000, 39999 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      float *samples = g_new0 (float, n);
      g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
      g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
      ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
      const ChorusTileGrid *grid = chorus_tile_cache_get_grid (cache);
      int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_LEVELS);

      samples[places[i]] = 1.0f;
      for (int level = chorus_tile_grid_get_finest_level (grid, CHORUS_TILE_LEVELS); level <= coarsest; level++)
        {
          double length = chorus_tile_grid_get_column_length (grid, CHORUS_TILE_LEVELS, level);
          double origin = chorus_tile_grid_get_column_origin (grid, CHORUS_TILE_LEVELS, level);
          gsize n_columns = chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_LEVELS, level);
          double column = CLAMP (round (((double) places[i] - origin) / length), 0.0, (double) n_columns - 1.0);
          ChorusTileKey key = { CHORUS_TILE_LEVELS, level, (guint64) column / CHORUS_TILE_COLUMNS };
          ChorusTile *tile = wait_for_tile (cache, &key);

          g_assert_cmpuint (tile->levels[((gsize) column % CHORUS_TILE_COLUMNS) * tile->n_bins + 20], >, 0);
        }
      g_assert_finalize_object (cache);
    }
}

static void
test_peaks_equal_whole (void)
{
  gsize n = 70003;
  float *samples = make_noise (n);
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (samples, n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  const ChorusTileGrid *grid = chorus_tile_cache_get_grid (cache);
  int coarsest = chorus_tile_grid_get_coarsest_level (grid, CHORUS_TILE_PEAKS);

  for (int level = 0; level <= coarsest; level++)
    {
      gsize per_peak = (gsize) 1 << level;

      for (gsize column = 0; column < chorus_tile_grid_get_n_columns (grid, CHORUS_TILE_PEAKS, level); column++)
        {
          ChorusTileKey key = { CHORUS_TILE_PEAKS, level, column / CHORUS_PEAK_TILE_COLUMNS };
          ChorusTile *tile = chorus_tile_cache_lookup (cache, &key);
          float min = G_MAXFLOAT;
          float max = -G_MAXFLOAT;
          double squares = 0.0;
          gsize end = MIN ((column + 1) * per_peak, n);
          const ChorusPeak *peak = NULL;

          if (!tile)
            tile = wait_for_tile (cache, &key);
          for (gsize i = column * per_peak; i < end; i++)
            {
              min = MIN (min, samples[i]);
              max = MAX (max, samples[i]);
              squares += (double) samples[i] * (double) samples[i];
            }
          peak = &tile->peaks[column % CHORUS_PEAK_TILE_COLUMNS];
          g_assert_cmpfloat (peak->min, ==, min);
          g_assert_cmpfloat (peak->max, ==, max);
          g_assert_cmpfloat_with_epsilon ((double) peak->rms, sqrt (squares / (double) (end - column * per_peak)),
                                          1e-5);
        }
    }
  g_assert_finalize_object (cache);
}

/* What was used last stays; what is wanted stays whatever the budget. */
static void
test_budget (void)
{
  gsize n = 400000;
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (n), n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  gsize tile_size = sizeof (ChorusTile) + CHORUS_TILE_COLUMNS * (WINDOW_LENGTH / 2 + 1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, 3 * tile_size);
  ChorusTileKey keys[6] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      keys[i] = (ChorusTileKey){ CHORUS_TILE_LEVELS, 0, i };
      wait_for_tile (cache, &keys[i]);
      g_assert_cmpuint (chorus_tile_cache_get_size (cache), <=, 4 * tile_size);
      /* The first is looked at all the time. */
      g_assert_nonnull (chorus_tile_cache_lookup (cache, &keys[0]));
    }
  g_assert_null (chorus_tile_cache_lookup (cache, &keys[1]));

  chorus_tile_cache_want (cache, cache, keys, G_N_ELEMENTS (keys), CHORUS_JOB_PRIORITY_VISIBLE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    chorus_test_wait (chorus_tile_cache_lookup (cache, &keys[i]));
  chorus_tile_cache_want (cache, cache, NULL, 0, 0);
  g_assert_cmpuint (chorus_tile_cache_get_size (cache), <=, 3 * tile_size);
  g_assert_finalize_object (cache);
}

static void
count_cb (ChorusTileCache *cache,
          const char      *sentence,
          guint           *count)
{
  g_assert_cmpstr (sentence, ==, "The disk is gone.");
  (*count)++;
}

/* What cannot be read is said, and not tried again. */
static void
test_failure (void)
{
  gsize n = 10000;
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (n), n, SAMPLE_RATE, TRUE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileKey key = { CHORUS_TILE_LEVELS, 0, 0 };
  guint n_failures = 0;
  guint n_reads = 0;

  g_signal_connect (cache, "failed", G_CALLBACK (count_cb), &n_failures);
  chorus_tile_cache_want (cache, cache, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (n_failures == 1);
  n_reads = chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source));
  chorus_tile_cache_want (cache, cache, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  g_assert_cmpuint (chorus_job_queue_get_n_waiting (queue), ==, 0);
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source)), ==, n_reads);
  g_assert_null (chorus_tile_cache_lookup (cache, &key));
  g_assert_finalize_object (cache);
}

/* What cannot be merged because a part of it cannot be read is not tried again either. */
static void
test_long_failure (void)
{
  gsize n = (gsize) 1 << 26;
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (g_new0 (float, n), n, SAMPLE_RATE, TRUE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileKey key = { CHORUS_TILE_PEAKS, 16, 0 };
  guint n_failures = 0;

  g_signal_connect (cache, "failed", G_CALLBACK (count_cb), &n_failures);
  chorus_tile_cache_want (cache, cache, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (n_failures >= 1);
  for (guint i = 0; i < 10; i++)
    {
      chorus_tile_cache_want (cache, cache, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
      g_assert_cmpuint (chorus_job_queue_get_n_waiting (queue), ==, 0);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  /* Each of its two parts once at most. */
  g_assert_cmpuint (chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source)), <=, 2);
  g_assert_cmpuint (n_failures, <=, 2);
  g_assert_null (chorus_tile_cache_lookup (cache, &key));
  g_assert_finalize_object (cache);
}

/* Wishes that are withdrawn do not wait on, and a cache may go away with work under way. */
static void
test_cancel (void)
{
  gsize n = 400000;

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (n), n, SAMPLE_RATE, FALSE);
      g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
      ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
      ChorusTileKey keys[20] = { 0 };

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        keys[i] = (ChorusTileKey){ i % 2 ? CHORUS_TILE_PEAKS : CHORUS_TILE_LEVELS, (int) i % 5, i / 5 };
      chorus_tile_cache_want (cache, cache, keys, G_N_ELEMENTS (keys), CHORUS_JOB_PRIORITY_VISIBLE);
      if (round % 2)
        chorus_tile_cache_want (cache, cache, keys, 2, CHORUS_JOB_PRIORITY_VISIBLE);
      if (round % 3 == 0)
        chorus_tile_cache_set_params (cache, &params);
      if (round % 4 == 0)
        {
          chorus_tile_cache_want (cache, cache, NULL, 0, 0);
          g_assert_cmpuint (chorus_job_queue_get_n_waiting (queue), ==, 0);
        }
      g_assert_finalize_object (cache);
      g_assert_cmpuint (chorus_job_queue_get_n_waiting (queue), ==, 0);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* Keys that do not exist are no harm. */
static void
test_bad_keys (void)
{
  gsize n = 1000;
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (n), n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusSampleSource) empty = chorus_synthetic_source_new (NULL, 0, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileCache *empty_cache = chorus_tile_cache_new (empty, queue, &params, BUDGET);
  const ChorusTileKey keys[] = {
    { CHORUS_TILE_LEVELS, 0, 1 },
    { CHORUS_TILE_LEVELS, -30, 0 },
    { CHORUS_TILE_PEAKS, -1, 0 },
    { CHORUS_TILE_PEAKS, 0, G_MAXUINT64 },
  };

  chorus_tile_cache_want (cache, cache, keys, G_N_ELEMENTS (keys), CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_tile_cache_want (empty_cache, empty_cache, keys, G_N_ELEMENTS (keys), CHORUS_JOB_PRIORITY_VISIBLE);
  g_assert_cmpuint (chorus_job_queue_get_n_waiting (queue), ==, 0);
  g_assert_true (isnan (chorus_tile_cache_get_level_db (empty_cache, 0.0, 0.0, 1.0)));
  g_assert_true (isnan (chorus_tile_cache_get_level_db (cache, NAN, 0.0, 1.0)));
  g_assert_true (isnan (chorus_tile_cache_get_level_db (cache, 0.0, 1e9, 1.0)));
  g_assert_finalize_object (cache);
  g_assert_finalize_object (empty_cache);
}

/* The level that is read out is that of the sound: a sine of half full scale, at its frequency. */
static void
test_read_out (void)
{
  gsize n = 40000;
  g_autoptr (ChorusSampleSource) source = chorus_synthetic_source_new (make_noise (n), n, SAMPLE_RATE, FALSE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  ChorusTileCache *cache = chorus_tile_cache_new (source, queue, &params, BUDGET);
  ChorusTileKey key = { CHORUS_TILE_LEVELS, 0, 1 };

  g_assert_true (isnan (chorus_tile_cache_get_level_db (cache, 3.0, 1000.0, HOP)));
  wait_for_tile (cache, &key);
  g_assert_cmpfloat_with_epsilon (chorus_tile_cache_get_level_db (cache, 3.0, 1000.0, HOP), -6.0, 1.5);
  g_assert_cmpfloat (chorus_tile_cache_get_level_db (cache, 3.0, 3000.0, HOP), <, -15.0);
  g_assert_finalize_object (cache);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/timeline/tile-cache/levels-equal-whole/computed", GINT_TO_POINTER (FALSE),
                        test_levels_equal_whole);
  g_test_add_data_func ("/timeline/tile-cache/levels-equal-whole/merged", GINT_TO_POINTER (TRUE),
                        test_levels_equal_whole);
  g_test_add_func ("/timeline/tile-cache/long-columns", test_long_columns);
  g_test_add_func ("/timeline/tile-cache/long-stretch", test_long_stretch);
  g_test_add_func ("/timeline/tile-cache/long-failure", test_long_failure);
  g_test_add_func ("/timeline/tile-cache/click", test_click);
  g_test_add_func ("/timeline/tile-cache/peaks-equal-whole", test_peaks_equal_whole);
  g_test_add_func ("/timeline/tile-cache/budget", test_budget);
  g_test_add_func ("/timeline/tile-cache/failure", test_failure);
  g_test_add_func ("/timeline/tile-cache/cancel", test_cancel);
  g_test_add_func ("/timeline/tile-cache/bad-keys", test_bad_keys);
  g_test_add_func ("/timeline/tile-cache/read-out", test_read_out);

  return g_test_run ();
}
