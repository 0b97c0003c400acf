/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One to eight channels: what is in one of them shows there and nowhere else, and the mix is their mean. */

#include <math.h>

#include "chorus-synthetic-source.h"
#include "chorus-test.h"
#include "dsp/chorus-level-tile.h"
#include "timeline/chorus-tile-cache.h"
#include "timeline/chorus-view-session.h"

#define SAMPLE_RATE 16000.0
#define N_FRAMES 160000
#define WINDOW_LENGTH 512
#define HOP 256
#define N_CHANNELS 8
#define BUDGET ((gsize) 64 * 1024 * 1024)

static const ChorusStftParams params = { WINDOW_LENGTH, HOP, CHORUS_WINDOW_FUNCTION_HANN, 0.0 };

/* The tone of a channel: in the middle of a bin, and no harmonic of another. */
static double
get_frequency (guint channel)
{
  return (16.0 + 24.0 * channel) * SAMPLE_RATE / WINDOW_LENGTH;
}

/* Each channel quieter by half than the one before it, so that the levels differ too. */
static double
get_amplitude (guint channel)
{
  return 0.5 * exp2 (-(double) channel);
}

static float *
make_tones (gsize n_frames,
            guint n_channels)
{
  float *samples = g_new (float, n_frames *n_channels);

  for (gsize i = 0; i < n_frames; i++)
    {
      for (guint channel = 0; channel < n_channels; channel++)
        samples[i * n_channels + channel] =
          (float) (get_amplitude (channel) * sin (2.0 * G_PI * get_frequency (channel) * (double) i / SAMPLE_RATE));
    }

  return samples;
}

static void
finish (gpointer object)
{
  g_assert_finalize_object (object);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static ChorusTile *
wait_for_tile (ChorusTileCache     *cache,
               const ChorusTileKey *key)
{
  chorus_tile_cache_want (cache, cache, key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_test_wait (chorus_tile_cache_lookup (cache, key));

  return chorus_tile_cache_lookup (cache, key);
}

/* dBFS, where a sine of full scale is 0. */
static double
get_level (const ChorusTile *tile,
           guint             column,
           guint             channel)
{
  guint bin = 16 + 24 * channel;

  return chorus_level_to_db (tile->levels[column * tile->n_bins + bin]);
}

/* @user_data is how many channels there are. */
static void
test_tones (gconstpointer user_data)
{
  guint n_channels = GPOINTER_TO_UINT (user_data);
  g_autoptr (ChorusSampleSource) source =
    chorus_synthetic_source_new_interleaved (make_tones (N_FRAMES, n_channels), N_FRAMES, n_channels, SAMPLE_RATE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, BUDGET);

  for (int channel = CHORUS_CHANNEL_MIX; channel < (int) n_channels; channel++)
    {
      ChorusTileCache *cache = chorus_tile_cache_new_for_channel (pool, channel, &params);

      g_assert_cmpint (chorus_tile_cache_get_channel (cache), ==, channel);
      /* Below level 0, at it, and where a column is of many frames. */
      for (int level = -1; level <= 5; level += 2)
        {
          ChorusTileKey key = { CHORUS_TILE_LEVELS, level, 0 };
          ChorusTile *tile = wait_for_tile (cache, &key);

          for (guint other = 0; other < n_channels; other++)
            {
              /* In the mix all of them, each divided by their number; elsewhere just the one. */
              double divisor = channel == CHORUS_CHANNEL_MIX ? n_channels : 1.0;
              double expected = 20.0 * log10 (get_amplitude (other) / divisor);
              double level_db = get_level (tile, tile->n_columns / 2, other);

              if (channel == CHORUS_CHANNEL_MIX || channel == (int) other)
                g_assert_cmpfloat_with_epsilon (level_db, expected, 1.0);
              else
                g_assert_cmpfloat (level_db, <, -100.0);
            }
        }
      finish (cache);
    }
}

static void
test_peaks (void)
{
  float *samples = make_tones (N_FRAMES, N_CHANNELS);
  g_autoptr (ChorusSampleSource) source =
    chorus_synthetic_source_new_interleaved (samples, N_FRAMES, N_CHANNELS, SAMPLE_RATE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, BUDGET);
  ChorusTileKey key = { CHORUS_TILE_PEAKS, 7, 0 };

  /* A click in one of the channels. */
  samples[100000 * N_CHANNELS + 3] = -1.0f;
  for (int channel = CHORUS_CHANNEL_MIX; channel < N_CHANNELS; channel++)
    {
      ChorusTileCache *cache = chorus_tile_cache_new_for_channel (pool, channel, &params);
      ChorusTile *tile = wait_for_tile (cache, &key);

      for (guint column = 0; column < tile->n_columns; column++)
        {
          float min = G_MAXFLOAT;
          float max = -G_MAXFLOAT;
          double squares = 0.0;

          for (gsize i = column * 128; i < (column + 1) * 128; i++)
            {
              double sample = 0.0;

              for (guint k = 0; k < N_CHANNELS; k++)
                sample += channel == CHORUS_CHANNEL_MIX ? (double) samples[i * N_CHANNELS + k] / N_CHANNELS
                          : channel == (int) k          ? (double) samples[i * N_CHANNELS + k]
                                                        : 0.0;
              min = MIN (min, (float) sample);
              max = MAX (max, (float) sample);
              squares += sample * sample;
            }
          g_assert_cmpfloat_with_epsilon (tile->peaks[column].min, min, 1e-6);
          g_assert_cmpfloat_with_epsilon (tile->peaks[column].max, max, 1e-6);
          g_assert_cmpfloat_with_epsilon (tile->peaks[column].rms, sqrt (squares / 128.0), 1e-5);
        }
      g_assert_cmpint (tile->peaks[100000 / 128].min == -1.0f, ==, channel == 3);
      finish (cache);
    }
}

typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean go;
} Gate;

static void
gate_run (gpointer      data,
          GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  while (!gate->go)
    g_cond_wait (&gate->cond, &gate->lock);
  g_mutex_unlock (&gate->lock);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->lock);
  gate->go = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->lock);
}

/* How often the source is read for @kind of the first @n_wanted channels, where those wait together. */
static guint
count_reads (ChorusTileKind kind,
             guint          n_wanted)
{
  g_autoptr (ChorusSampleSource) source =
    chorus_synthetic_source_new_interleaved (make_tones (N_FRAMES, N_CHANNELS), N_FRAMES, N_CHANNELS, SAMPLE_RATE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, BUDGET);
  ChorusTileCache *caches[N_CHANNELS] = { NULL };
  ChorusTileKey key = { kind, 2, 0 };
  Gate gate = { 0 };
  guint n_reads = 0;

  chorus_job_queue_push (queue, CHORUS_JOB_PRIORITY_VISIBLE - 1, gate_run, NULL, &gate, NULL, NULL);
  for (guint i = 0; i < n_wanted; i++)
    {
      caches[i] = chorus_tile_cache_new_for_channel (pool, (int) i, &params);
      chorus_tile_cache_want (caches[i], caches[i], &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
    }
  gate_open (&gate);
  for (guint i = 0; i < n_wanted; i++)
    chorus_test_wait (chorus_tile_cache_lookup (caches[i], &key));
  n_reads = chorus_synthetic_source_get_n_reads (CHORUS_SYNTHETIC_SOURCE (source));
  for (guint i = 0; i < n_wanted; i++)
    finish (caches[i]);

  return n_reads;
}

/* What several channels wait for is read once. */
static void
test_reads_once (void)
{
  for (int kind = CHORUS_TILE_LEVELS; kind <= CHORUS_TILE_PEAKS; kind++)
    {
      guint for_one = count_reads ((ChorusTileKind) kind, 1);

      g_assert_cmpuint (for_one, >, 0);
      g_assert_cmpuint (count_reads ((ChorusTileKind) kind, N_CHANNELS), ==, for_one);
    }
}

/* Whoever gives up what is computed for several leaves the others theirs, and the last ends the work. */
static void
test_withdraw (void)
{
  for (guint n_left = 0; n_left <= 2; n_left++)
    {
      g_autoptr (ChorusSampleSource) source =
        chorus_synthetic_source_new_interleaved (make_tones (N_FRAMES, N_CHANNELS), N_FRAMES, N_CHANNELS, SAMPLE_RATE);
      g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
      g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, BUDGET);
      ChorusTileCache *caches[4] = { NULL };
      ChorusTileKey key = { CHORUS_TILE_LEVELS, 2, 0 };
      Gate gate = { 0 };

      chorus_job_queue_push (queue, CHORUS_JOB_PRIORITY_VISIBLE - 1, gate_run, NULL, &gate, NULL, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (caches); i++)
        {
          caches[i] = chorus_tile_cache_new_for_channel (pool, (int) i, &params);
          chorus_tile_cache_want (caches[i], caches[i], &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
        }
      for (guint i = G_N_ELEMENTS (caches); i > n_left; i--)
        {
          if (i % 2)
            chorus_tile_cache_want (caches[i - 1], caches[i - 1], NULL, 0, 0);
          else
            g_assert_finalize_object (g_steal_pointer (&caches[i - 1]));
        }
      gate_open (&gate);
      for (guint i = 0; i < n_left; i++)
        {
          chorus_test_wait (chorus_tile_cache_lookup (caches[i], &key));
          g_assert_cmpfloat_with_epsilon (get_level (chorus_tile_cache_lookup (caches[i], &key), 50, i),
                                          20.0 * log10 (get_amplitude (i)), 1.0);
        }
      if (n_left == 0)
        chorus_test_wait (chorus_job_queue_get_n_waiting (queue) == 0);
      for (guint i = 0; i < G_N_ELEMENTS (caches); i++)
        {
          if (!caches[i])
            continue;
          if (i >= n_left)
            g_assert_null (chorus_tile_cache_lookup (caches[i], &key));
          finish (caches[i]);
        }
    }
}

static void
drop_cb (ChorusTileCache  *cache,
         guint             kind,
         int               level,
         guint64           index,
         ChorusTileCache **other)
{
  g_clear_object (other);
}

/* What is told of its tile may drop the cache whose turn is next. */
static void
test_drop_in_turn (void)
{
  g_autoptr (ChorusSampleSource) source =
    chorus_synthetic_source_new_interleaved (make_tones (N_FRAMES, N_CHANNELS), N_FRAMES, N_CHANNELS, SAMPLE_RATE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, BUDGET);
  ChorusTileCache *first = chorus_tile_cache_new_for_channel (pool, 0, &params);
  ChorusTileCache *second = chorus_tile_cache_new_for_channel (pool, 1, &params);
  ChorusTileKey key = { CHORUS_TILE_PEAKS, 2, 0 };
  Gate gate = { 0 };

  chorus_job_queue_push (queue, CHORUS_JOB_PRIORITY_VISIBLE - 1, gate_run, NULL, &gate, NULL, NULL);
  chorus_tile_cache_want (first, first, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  chorus_tile_cache_want (second, second, &key, 1, CHORUS_JOB_PRIORITY_VISIBLE);
  g_signal_connect (first, "tile-ready", G_CALLBACK (drop_cb), &second);
  gate_open (&gate);
  chorus_test_wait (chorus_tile_cache_lookup (first, &key));
  g_assert_null (second);
  finish (first);
}

/* One budget for all: what another channel has no need of makes room, and what it wants stays. */
static void
test_budget (void)
{
  gsize tile_size = sizeof (ChorusTile) + CHORUS_TILE_COLUMNS * (WINDOW_LENGTH / 2 + 1);
  g_autoptr (ChorusSampleSource) source =
    chorus_synthetic_source_new_interleaved (make_tones (N_FRAMES, 2), N_FRAMES, 2, SAMPLE_RATE);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (1);
  g_autoptr (ChorusTilePool) pool = chorus_tile_pool_new (source, queue, 3 * tile_size);
  ChorusTileCache *first = chorus_tile_cache_new_for_channel (pool, 0, &params);
  ChorusTileCache *second = chorus_tile_cache_new_for_channel (pool, 1, &params);
  ChorusTileKey wanted = { CHORUS_TILE_LEVELS, 0, 0 };

  for (guint i = 3; i > 0; i--)
    wait_for_tile (first, &(ChorusTileKey){ CHORUS_TILE_LEVELS, 0, i });
  wait_for_tile (first, &wanted);
  for (guint i = 0; i < 4; i++)
    {
      wait_for_tile (second, &(ChorusTileKey){ CHORUS_TILE_LEVELS, 0, i });
      g_assert_cmpuint (chorus_tile_pool_get_size (pool), <=, 4 * tile_size);
      g_assert_cmpuint (chorus_tile_pool_get_size (pool), ==,
                        chorus_tile_cache_get_size (first) + chorus_tile_cache_get_size (second));
    }
  g_assert_cmpuint (chorus_tile_cache_get_size (first), ==, tile_size);
  g_assert_nonnull (chorus_tile_cache_lookup (first, &wanted));
  finish (first);
  g_assert_cmpuint (chorus_tile_pool_get_size (pool), ==, chorus_tile_cache_get_size (second));
  finish (second);
  g_assert_cmpuint (chorus_tile_pool_get_size (pool), ==, 0);
}

/* Tones with a background 60 dB below them. */
static ChorusSampleSource *
make_source (guint n_channels)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = make_tones (20000, n_channels);

  for (gsize i = 0; i < 20000 * (gsize) n_channels; i++)
    samples[i] += (float) (g_rand_double_range (rand, -0.001, 0.001) * get_amplitude ((guint) (i % n_channels)));

  return chorus_synthetic_source_new_interleaved (samples, 20000, n_channels, SAMPLE_RATE);
}

static void
test_session_choice (void)
{
  ChorusViewSession *session = chorus_view_session_new ();
  g_autoptr (ChorusSampleSource) mono = make_source (1);
  g_autoptr (ChorusSampleSource) stereo = make_source (2);
  g_autoptr (ChorusSampleSource) eight = make_source (8);
  g_autoptr (ChorusSampleSource) many = make_source (CHORUS_VIEW_SESSION_MOST_STACKED + 1);

  g_assert_cmpuint (chorus_view_session_get_n_channels (session), ==, 0);
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  g_assert_null (chorus_view_session_get_tiles (session));

  chorus_view_session_set_source (session, mono);
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_channel (session, 0);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  g_assert_cmpint (chorus_tile_cache_get_channel (chorus_view_session_get_tiles (session)), ==, CHORUS_CHANNEL_MIX);

  chorus_view_session_set_source (session, eight);
  g_assert_cmpuint (chorus_view_session_get_n_channels (session), ==, 8);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_channel (session, 8);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_channel (session, 7);
  g_assert_cmpint (chorus_tile_cache_get_channel (chorus_view_session_get_tiles (session)), ==, 7);
  g_assert_true (chorus_view_session_get_channel_tiles (session, 7) == chorus_view_session_get_tiles (session));
  g_assert_null (chorus_view_session_get_channel_tiles (session, 8));
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_ALL);
  g_assert_null (chorus_view_session_get_tiles (session));
  g_assert_nonnull (chorus_view_session_get_channel_tiles (session, CHORUS_CHANNEL_MIX));

  /* Each number of channels has its own choice, and it comes back. */
  chorus_view_session_set_source (session, stereo);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_channel (session, 1);
  chorus_view_session_set_source (session, eight);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_ALL);
  chorus_view_session_set_source (session, mono);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_source (session, stereo);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, 1);

  chorus_view_session_set_source (session, many);
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_CHANNEL_MIX);
  chorus_view_session_set_channel (session, CHORUS_VIEW_SESSION_MOST_STACKED);
  g_assert_cmpint (chorus_view_session_get_channel (session), ==, CHORUS_VIEW_SESSION_MOST_STACKED);
  finish (session);
}

/* What was shown before is still there, and other transforms are for all channels. */
static void
test_session_tiles (void)
{
  ChorusViewSession *session = chorus_view_session_new ();
  g_autoptr (ChorusSampleSource) eight = make_source (8);
  ChorusTileKey key = { CHORUS_TILE_LEVELS, 0, 0 };

  chorus_view_session_set_source (session, eight);
  for (int channel = 0; channel < 8; channel++)
    {
      chorus_view_session_set_channel (session, channel);
      wait_for_tile (chorus_view_session_get_tiles (session), &key);
    }
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  for (int channel = 0; channel < 8; channel++)
    g_assert_nonnull (chorus_tile_cache_lookup (chorus_view_session_get_channel_tiles (session, channel), &key));

  chorus_view_session_set_window_length (session, 256);
  for (int channel = 0; channel < 8; channel++)
    {
      ChorusTileCache *tiles = chorus_view_session_get_channel_tiles (session, channel);

      g_assert_null (chorus_tile_cache_lookup (tiles, &key));
      g_assert_cmpuint (chorus_tile_cache_get_grid (tiles)->params.window_length, ==, 256);
    }
  finish (session);
}

/* The range that is found is that of what is shown: a channel that is 42 dB quieter is not left in the dark. */
static void
test_session_range (void)
{
  ChorusViewSession *session = chorus_view_session_new ();
  g_autoptr (ChorusSampleSource) eight = make_source (8);
  double loud = 0.0;

  chorus_view_session_set_source (session, eight);
  chorus_view_session_set_channel (session, 0);
  chorus_test_wait (chorus_view_session_get_high_db (session) > -10.0);
  loud = chorus_view_session_get_high_db (session);
  chorus_view_session_set_channel (session, 7);
  chorus_test_wait (chorus_view_session_get_high_db (session) < loud - 35.0);
  chorus_view_session_set_channel (session, CHORUS_CHANNEL_ALL);
  chorus_test_wait (chorus_view_session_get_high_db (session) > -10.0);
  finish (session);
}

static void
count_cb (ChorusViewSession *session,
          guint             *count)
{
  (*count)++;
}

static void
test_session_pointer (void)
{
  ChorusViewSession *session = chorus_view_session_new ();
  g_autoptr (ChorusSampleSource) stereo = make_source (2);
  guint n_changes = 0;

  chorus_view_session_set_source (session, stereo);
  chorus_view_session_set_pointer (session, 0.5, 1000.0);
  g_signal_connect (session, "pointer-changed", G_CALLBACK (count_cb), &n_changes);
  chorus_view_session_set_pointer_channel (session, 1);
  chorus_view_session_set_pointer (session, 0.5, 1000.0);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (chorus_view_session_get_pointer_channel (session), ==, 1);
  chorus_view_session_set_source (session, NULL);
  g_assert_cmpint (chorus_view_session_get_pointer_channel (session), ==, CHORUS_CHANNEL_MIX);
  finish (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/timeline/channels/tones/1", GUINT_TO_POINTER (1), test_tones);
  g_test_add_data_func ("/timeline/channels/tones/2", GUINT_TO_POINTER (2), test_tones);
  g_test_add_data_func ("/timeline/channels/tones/8", GUINT_TO_POINTER (8), test_tones);
  g_test_add_func ("/timeline/channels/peaks", test_peaks);
  g_test_add_func ("/timeline/channels/reads-once", test_reads_once);
  g_test_add_func ("/timeline/channels/withdraw", test_withdraw);
  g_test_add_func ("/timeline/channels/drop-in-turn", test_drop_in_turn);
  g_test_add_func ("/timeline/channels/budget", test_budget);
  g_test_add_func ("/timeline/channels/session/choice", test_session_choice);
  g_test_add_func ("/timeline/channels/session/tiles", test_session_tiles);
  g_test_add_func ("/timeline/channels/session/range", test_session_range);
  g_test_add_func ("/timeline/channels/session/pointer", test_session_pointer);

  return g_test_run ();
}
