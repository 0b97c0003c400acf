/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the player is asked to do to samples, seen at the end of its pipeline. */

#include "playback-fixture.h"

#include "audio/chorus-player.h"

typedef struct
{
  guint n_finished;
  guint n_backward;
  double farthest_back;
  double last;
} Heard;

static void
finished_cb (ChorusPlayer *player,
             gpointer      user_data)
{
  Heard *heard = user_data;

  heard->n_finished++;
}

static void
failed_cb (ChorusPlayer *player,
           const char   *sentence,
           gpointer      user_data)
{
  g_error ("Playing failed: %s", sentence);
}

static void
position_cb (ChorusPlayer *player,
             GParamSpec   *pspec,
             gpointer      user_data)
{
  Heard *heard = user_data;
  double position = chorus_player_get_position (player);

  heard->n_backward += position < heard->last;
  heard->farthest_back = MAX (heard->farthest_back, heard->last - position);
  heard->last = position;
}

static ChorusPlayer *
new_player (ChorusSampleSource *source,
            Heard              *heard)
{
  ChorusPlayer *player = chorus_player_new ();

  g_signal_connect (player, "finished", G_CALLBACK (finished_cb), heard);
  g_signal_connect (player, "failed", G_CALLBACK (failed_cb), heard);
  g_signal_connect (player, "notify::position", G_CALLBACK (position_cb), heard);
  chorus_player_set_source (player, source);

  return player;
}

/* Has what is heard written to a file, and returns its name. */
static char *
capture (Fixture    *fixture,
         const char *sink)
{
  char *path = fixture_path (fixture, "heard");
  g_autofree char *description = g_strconcat (sink, " location=", path, NULL);

  g_setenv ("CHORUS_AUDIO_SINK", description, TRUE);

  return path;
}

static float *
get_heard (const char *path,
           gsize      *n_samples)
{
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, n_samples, NULL));
  *n_samples /= sizeof (float);

  return (float *) (gpointer) contents;
}

/* The content of a chunk of a WAV file, and its size. */
static const char *
find_chunk (const char *contents,
            gsize       size,
            const char *id,
            guint32    *chunk_size)
{
  for (gsize at = 12; at + 8 <= size; at += 8 + *chunk_size)
    {
      memcpy (chunk_size, contents + at + 4, 4);
      *chunk_size = GUINT32_FROM_LE (*chunk_size);
      if (memcmp (contents + at, id, 4) == 0)
        return contents + at + 8;
    }
  g_assert_not_reached ();
}

/* A second of ultrasound becomes ten, of the very samples. */
static void
test_treatment_expansion (Fixture       *fixture,
                          gconstpointer  data)
{
  static const guint times[] = { 8, 10, 16, 20 };
  g_autofree float *samples = playback_new_noise (2 * 50000, 1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 2, 384000, samples, 50000);

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *path = capture (fixture, "wavenc ! filesink");
      Heard heard = { 0 };
      g_autoptr (ChorusPlayer) player = new_player (source, &heard);
      g_autofree char *contents = NULL;
      const char *chunk;
      guint32 chunk_size = 0;
      guint32 rate = 0;
      gsize size = 0;

      chorus_player_set_time_expansion (player, times[i]);
      chorus_player_play_span (player, 1000.0 / 384000, 49000.0 / 384000);
      chorus_test_wait (heard.n_finished > 0);
      g_assert_cmpfloat_with_epsilon (chorus_player_get_position (player), 49000.0 / 384000, 1e-9);

      /* The rate as it is written in the head of the file, and the samples after it. */
      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      chunk = find_chunk (contents, size, "fmt ", &chunk_size);
      memcpy (&rate, chunk + 4, 4);
      g_assert_cmpuint (GUINT32_FROM_LE (rate), ==, 384000 / times[i]);
      chunk = find_chunk (contents, size, "data", &chunk_size);
      g_assert_cmpmem (chunk, chunk_size, samples + 2 * 1000, 2 * 48000 * sizeof (float));
    }
}

/* Rounds follow each other to the sample, the position starts over with each, and the last one is played to its end. */
static void
test_treatment_loop (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (20000, 1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 20000);
  g_autofree char *path = capture (fixture, "filesink sync=true buffer-mode=unbuffered");
  Heard heard = { 0 };
  g_autoptr (ChorusPlayer) player = new_player (source, &heard);
  g_autofree float *captured = NULL;
  gsize n = 0;

  chorus_player_set_looping (player, TRUE);
  chorus_player_play_span (player, 3000.0 / 48000, 8001.0 / 48000);
  chorus_test_wait (heard.n_backward >= 4);
  g_assert_cmpuint (heard.n_finished, ==, 0);
  g_assert_true (chorus_player_get_playing (player));
  chorus_player_set_looping (player, FALSE);
  chorus_test_wait (heard.n_finished > 0);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 8001.0 / 48000);

  captured = get_heard (path, &n);
  g_assert_cmpuint (n % 5001, ==, 0);
  g_assert_cmpuint (n / 5001, >=, 4);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (captured[i], ==, samples[3000 + i % 5001]);
}

/* A player that was moved loops over all of its source, not over what is left of it. */
static void
test_treatment_loop_whole (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree float *samples = playback_new_noise (9000, 1);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 9000);
  g_autofree char *path = capture (fixture, "filesink sync=true buffer-mode=unbuffered");
  Heard heard = { 0 };
  g_autoptr (ChorusPlayer) player = new_player (source, &heard);
  g_autofree float *captured = NULL;
  gsize n = 0;

  chorus_player_set_looping (player, TRUE);
  chorus_player_play_span (player, 0.01, 0.02);
  chorus_player_seek (player, 7000.0 / 48000);
  heard.n_backward = 0;
  chorus_test_wait (heard.n_backward >= 2);
  chorus_player_set_looping (player, FALSE);
  chorus_test_wait (heard.n_finished > 0);

  /* What came of the first span, if anything did, is not what this is about. */
  captured = get_heard (path, &n);
  g_assert_cmpuint (n, >=, 9000 + 2000);
  g_assert_cmpmem (captured + n - 9000, 9000 * sizeof (float), samples, 9000 * sizeof (float));
  g_assert_cmpmem (captured + n - 9000 - 2000, 2000 * sizeof (float), samples + 7000, 2000 * sizeof (float));
}

/* Another rate on the way: the position goes on from where it was, and the end is still the end. */
static void
test_treatment_speed (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree float *samples = playback_new_tone (96000, 1000.0 / 48000, 0.5);
  g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, 96000);
  g_autofree char *path = capture (fixture, "filesink sync=true buffer-mode=unbuffered");
  Heard heard = { 0 };
  g_autoptr (ChorusPlayer) player = new_player (source, &heard);
  g_autofree float *captured = NULL;
  gsize n = 0;

  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (chorus_player_get_position (player) > 0.3);
  chorus_player_set_speed (player, 2);
  chorus_test_wait (chorus_player_get_position (player) > 0.9);
  chorus_player_set_heterodyne_frequency (player, 600);
  chorus_test_wait (chorus_player_get_position (player) > 1.3);
  chorus_player_set_heterodyne_frequency (player, 0);
  chorus_player_set_speed (player, 1);
  chorus_player_set_speed (player, 0.5);
  chorus_test_wait (heard.n_finished > 0);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 2);

  /* What is played again is a fade, at the speed that was. */
  g_assert_cmpfloat (heard.farthest_back, <=, 0.025);

  /* Nothing but fades was played twice, and nothing was left out. */
  captured = get_heard (path, &n);
  g_assert_cmpuint (n, >=, 96000 + 480);
  g_assert_cmpuint (n, <=, 96000 + 3 * 960);
}

/* Normalizing a short span is done before its first sample, and a long one of much work while it plays. */
static void
test_treatment_normalize (Fixture       *fixture,
                          gconstpointer  data)
{
  static const gsize lengths[] = { 20000, 200000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree float *samples = playback_new_tone (lengths[i], 500.0 / 48000, 0.02);
      g_autoptr (ChorusSampleSource) source = playback_open (fixture, 1, 48000, samples, lengths[i]);
      g_autofree char *path = capture (fixture, "filesink sync=true buffer-mode=unbuffered");
      Heard heard = { 0 };
      g_autoptr (ChorusPlayer) player = new_player (source, &heard);
      g_autofree float *captured = NULL;
      float peak = 0;
      gsize n = 0;

      chorus_player_set_normalize (player, TRUE);
      chorus_player_set_band (player, (ChorusFrequencyBand){ 200, 900 });
      chorus_player_play_span (player, 2000.0 / 48000, (double) (lengths[i] - 4000) / 48000);
      chorus_test_wait (heard.n_finished > 0);

      captured = get_heard (path, &n);
      g_assert_cmpuint (n, ==, lengths[i] - 6000);
      for (gsize frame = i == 0 ? 0 : n - 10000; frame < n; frame++)
        peak = MAX (peak, fabsf (captured[frame]));
      g_assert_cmpfloat_with_epsilon (20 * log10 ((double) peak), -1, 0.02);
    }
}

/* Every property says when it changes and when it does not, and takes nothing that is out of its range. */
static void
test_treatment_properties (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (ChorusPlayer) player = chorus_player_new ();
  ChorusFrequencyBand band;
  gboolean keep_pitch = FALSE;
  double speed = 0;
  guint expansion = 0;
  int channel = 0;

  g_object_set (player, "speed", 0.1, "keep-pitch", TRUE, "time-expansion", 10, "heterodyne-frequency", 45000.0,
                "gain-db", 40.0, "normalize", TRUE, "looping", TRUE, "channel", CHORUS_PLAYBACK_MIXED_CHANNELS, NULL);
  g_object_get (player, "speed", &speed, "keep-pitch", &keep_pitch, "time-expansion", &expansion, "channel", &channel,
                NULL);
  g_assert_cmpfloat (speed, ==, 0.1);
  g_assert_true (keep_pitch);
  g_assert_cmpuint (expansion, ==, 10);
  g_assert_cmpint (channel, ==, CHORUS_PLAYBACK_MIXED_CHANNELS);
  g_assert_cmpfloat (chorus_player_get_heterodyne_frequency (player), ==, 45000);
  g_assert_cmpfloat (chorus_player_get_gain_db (player), ==, 40);
  g_assert_true (chorus_player_get_normalize (player));
  g_assert_true (chorus_player_get_looping (player));

  chorus_player_set_band (player, (ChorusFrequencyBand){ -5, 100 });
  band = chorus_player_get_band (player);
  g_assert_cmpfloat (band.low, ==, 0);
  g_assert_cmpfloat (band.high, ==, 100);
  chorus_player_set_band (player, (ChorusFrequencyBand){ 100, NAN });
  band = chorus_player_get_band (player);
  g_assert_cmpfloat (band.high, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/playback-treatment/expansion", test_treatment_expansion);
  fixture_add ("/audio/playback-treatment/loop", test_treatment_loop);
  fixture_add ("/audio/playback-treatment/loop-whole", test_treatment_loop_whole);
  fixture_add ("/audio/playback-treatment/speed", test_treatment_speed);
  fixture_add ("/audio/playback-treatment/normalize", test_treatment_normalize);
  fixture_add ("/audio/playback-treatment/properties", test_treatment_properties);

  return g_test_run ();
}
