/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "audio-fixture.h"

#include "audio/chorus-player.h"

typedef struct
{
  guint n_finished;
  guint n_positions;
  guint n_backward;
  double last;
  char *failure;
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
  Heard *heard = user_data;

  g_assert_null (heard->failure);
  heard->failure = g_strdup (sentence);
}

static void
position_cb (ChorusPlayer *player,
             GParamSpec   *pspec,
             gpointer      user_data)
{
  Heard *heard = user_data;
  double position = chorus_player_get_position (player);

  heard->n_positions++;
  heard->n_backward += position < heard->last;
  heard->last = position;
}

static void
listen_to (ChorusPlayer *player,
           Heard        *heard)
{
  g_signal_connect (player, "finished", G_CALLBACK (finished_cb), heard);
  g_signal_connect (player, "failed", G_CALLBACK (failed_cb), heard);
  g_signal_connect (player, "notify::position", G_CALLBACK (position_cb), heard);
}

static ChorusSampleSource *
open_sound (Fixture *fixture,
            guint    channels,
            guint32  rate,
            guint    n_frames)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  bytes_add_format (bytes, 1, channels, rate, 2 * channels, 16);
  bytes_add_data (bytes, 2 * channels * n_frames, channels * n_frames);
  file = fixture_write (fixture, "sound.wav", bytes->data, bytes->len);
  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&source);
}

/* The player goes at once; its thread lets go of the source a moment later. */
static void
end (ChorusPlayer       *player,
     ChorusSampleSource *source)
{
  gpointer watched = source;

  g_assert_finalize_object (player);
  g_object_add_weak_pointer (G_OBJECT (source), &watched);
  g_object_unref (source);
  while (g_atomic_pointer_get (&watched) != NULL)
    g_thread_yield ();
}

static void
test_player_finishes (Fixture       *fixture,
                      gconstpointer  data)
{
  ChorusSampleSource *source = open_sound (fixture, 1, 48000, 48000);
  ChorusPlayer *player = chorus_player_new ();
  Heard heard = { 0 };
  gint64 begun;

  listen_to (player, &heard);
  chorus_player_set_source (player, source);
  begun = g_get_monotonic_time ();
  chorus_player_play_span (player, 0.25, 0.75);
  g_assert_true (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 0.25);
  chorus_test_wait (heard.n_finished > 0);

  g_assert_false (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 0.75);
  g_assert_cmpuint (heard.n_finished, ==, 1);
  g_assert_null (heard.failure);
  g_assert_cmpuint (heard.n_backward, ==, 0);
  g_assert_cmpuint (heard.n_positions, >=, 5);

  /* In real time, and not faster. */
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 400 * 1000);

  end (player, source);
}

/* What comes out at the end of the pipeline is the span, from its first sample to its last, and nothing else. */
static void
test_player_exact (Fixture       *fixture,
                   gconstpointer  data)
{
  static const guint spans[][2] = { { 0, 1 }, { 1, 2 }, { 1234, 34567 }, { 44099, 44101 }, { 0, 60000 } };
  static const guint32 rates[] = { 44100, 48000, 384000 };
  g_autofree char *out = fixture_path (fixture, "out.f32");
  g_autofree char *sink = g_strconcat ("filesink buffer-mode=unbuffered location=", out, NULL);

  g_setenv ("CHORUS_AUDIO_SINK", sink, TRUE);

  for (gsize rate = 0; rate < G_N_ELEMENTS (rates); rate++)
    {
      ChorusSampleSource *source = open_sound (fixture, 2, rates[rate], 60000);
      ChorusPlayer *player = chorus_player_new ();
      Heard heard = { 0 };
      gsize before = 0;

      listen_to (player, &heard);
      chorus_player_set_source (player, source);
      for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
        {
          gsize n_samples = 2 * (spans[i][1] - spans[i][0]);
          g_autofree float *expected = g_new (float, n_samples);
          g_autofree char *contents = NULL;
          gsize size = 0;

          g_assert_true (chorus_sample_source_read (source, spans[i][0], n_samples / 2, expected, NULL, NULL));
          chorus_player_play_span (player, (double) spans[i][0] / rates[rate], (double) spans[i][1] / rates[rate]);
          chorus_test_wait (heard.n_finished == i + 1);
          g_assert_true (g_file_get_contents (out, &contents, &size, NULL));
          g_assert_cmpmem (contents + before, size - before, expected, n_samples * sizeof (float));
          before = size;
        }
      end (player, source);
    }

  g_setenv ("CHORUS_AUDIO_SINK", "fakesink sync=true", TRUE);
}

static void
test_player_pauses_and_seeks (Fixture       *fixture,
                              gconstpointer  data)
{
  ChorusSampleSource *source = open_sound (fixture, 2, 48000, 480000);
  ChorusPlayer *player = chorus_player_new ();
  Heard heard = { 0 };
  double held;

  listen_to (player, &heard);
  chorus_player_set_source (player, source);
  chorus_player_toggle (player);
  chorus_test_wait (chorus_player_get_position (player) > 0.1);

  chorus_player_toggle (player);
  g_assert_false (chorus_player_get_playing (player));
  held = chorus_player_get_position (player);

  chorus_player_resume (player);
  g_assert_true (chorus_player_get_playing (player));
  chorus_test_wait (chorus_player_get_position (player) > held + 0.05);
  g_assert_cmpuint (heard.n_backward, ==, 0);

  /* While it plays, and while it does not. */
  chorus_player_seek (player, 9.5);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 9.5);
  chorus_test_wait (chorus_player_get_position (player) > 9.55);
  chorus_player_pause (player);
  chorus_player_seek (player, 9.9);
  g_assert_false (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 9.9);
  chorus_player_resume (player);
  chorus_test_wait (heard.n_finished == 1);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 10);

  /* At the end, playing begins again. */
  chorus_player_toggle (player);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 0);
  chorus_test_wait (chorus_player_get_position (player) > 0.05);
  g_assert_null (heard.failure);

  end (player, source);
}

static void
test_player_replaces_span (Fixture       *fixture,
                           gconstpointer  data)
{
  ChorusSampleSource *source = open_sound (fixture, 1, 48000, 480000);
  ChorusPlayer *player = chorus_player_new ();
  Heard heard = { 0 };

  listen_to (player, &heard);
  chorus_player_set_source (player, source);

  /* Each one abandons the one before it; only the last is finished. */
  for (guint i = 0; i < 20; i++)
    chorus_player_play_span (player, i * 0.1, i * 0.1 + 0.05);
  chorus_player_play_span (player, 5, 5.1);
  chorus_test_wait (heard.n_finished > 0);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 5.1);

  /* Out of range, empty, and not numbers at all. */
  chorus_player_play_span (player, 7, 7);
  g_assert_false (chorus_player_get_playing (player));
  chorus_player_play_span (player, 20, 30);
  g_assert_false (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 10);
  chorus_player_play_span (player, 0.0 / 0.0, 0.0 / 0.0);
  g_assert_false (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 0);
  chorus_player_play_span (player, -5, 0.05);
  chorus_test_wait (heard.n_finished == 2);
  g_assert_null (heard.failure);

  end (player, source);
}

static void
test_player_high_rate (Fixture       *fixture,
                       gconstpointer  data)
{
  static const guint channels[] = { 1, 8 };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      ChorusSampleSource *source = open_sound (fixture, channels[i], 384000, 96000);
      ChorusPlayer *player = chorus_player_new ();
      Heard heard = { 0 };

      listen_to (player, &heard);
      chorus_player_set_source (player, source);
      chorus_player_set_volume (player, 4);
      chorus_player_play_span (player, 0, -1);
      chorus_test_wait (heard.n_finished > 0);
      g_assert_null (heard.failure);
      g_assert_cmpfloat (chorus_player_get_position (player), ==, 0.25);

      end (player, source);
    }
}

static void
test_player_no_device (Fixture       *fixture,
                       gconstpointer  data)
{
  static const char *sinks[] = { "filesink location=/nowhere/at/all", "no-such-element", "alsasink device=nothing" };

  for (gsize i = 0; i < G_N_ELEMENTS (sinks); i++)
    {
      ChorusSampleSource *source = open_sound (fixture, 1, 48000, 4800);
      ChorusPlayer *player = chorus_player_new ();
      Heard heard = { 0 };

      g_setenv ("CHORUS_AUDIO_SINK", sinks[i], TRUE);
      listen_to (player, &heard);
      chorus_player_set_source (player, source);
      chorus_player_play_span (player, 0, -1);
      chorus_test_wait (heard.failure != NULL);
      g_assert_false (chorus_player_get_playing (player));
      g_assert_true (g_str_has_prefix (heard.failure, "No sound can be heard: "));
      g_assert_cmpuint (heard.n_finished, ==, 0);

      /* And once more: a device may have been connected meanwhile. */
      g_clear_pointer (&heard.failure, g_free);
      chorus_player_resume (player);
      chorus_test_wait (heard.failure != NULL);

      g_free (heard.failure);
      g_setenv ("CHORUS_AUDIO_SINK", "fakesink sync=true", TRUE);
      end (player, source);
    }
}

/* The automatic sink plays into nothing where it finds no device; the user has to be told. */
static void
test_player_no_automatic_device (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *pulse = g_build_filename (g_get_user_runtime_dir (), "pulse", NULL);
  g_autofree char *pipewire = g_build_filename (g_get_user_runtime_dir (), "pipewire-0", NULL);
  const char *signs[] = { "/dev/snd", "/dev/dsp", pulse, pipewire };
  ChorusSampleSource *source;
  ChorusPlayer *player;
  Heard heard = { 0 };
  guint n_signs = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    n_signs += g_file_test (signs[i], G_FILE_TEST_EXISTS);

  if (n_signs > 0)
    {
      g_test_skip ("this computer may have an audio device");
      return;
    }

  source = open_sound (fixture, 1, 48000, 4800);
  player = chorus_player_new ();
  g_unsetenv ("CHORUS_AUDIO_SINK");
  listen_to (player, &heard);
  chorus_player_set_source (player, source);
  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (heard.failure != NULL);
  g_assert_cmpuint (heard.n_finished, ==, 0);

  g_setenv ("CHORUS_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_free (heard.failure);
  end (player, source);
}

static void
test_player_read_fails (Fixture       *fixture,
                        gconstpointer  data)
{
  ChorusSampleSource *source = open_sound (fixture, 1, 48000, 48000);
  g_autofree char *path = fixture_path (fixture, "sound.wav");
  ChorusPlayer *player = chorus_player_new ();
  Heard heard = { 0 };

  g_assert_cmpint (truncate (path, 20000), ==, 0);
  listen_to (player, &heard);
  chorus_player_set_source (player, source);
  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (heard.failure != NULL);
  g_assert_nonnull (strstr (heard.failure, "“sound.wav”"));
  g_assert_cmpuint (heard.n_finished, ==, 0);

  g_free (heard.failure);
  end (player, source);
}

static void
test_player_without_source (Fixture       *fixture,
                            gconstpointer  data)
{
  ChorusPlayer *player = chorus_player_new ();

  chorus_player_play_span (player, 0, 1);
  chorus_player_toggle (player);
  chorus_player_seek (player, 3);
  chorus_player_pause (player);
  g_assert_false (chorus_player_get_playing (player));
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 0);
  g_assert_finalize_object (player);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("CHORUS_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/player/finishes", test_player_finishes);
  fixture_add ("/audio/player/exact", test_player_exact);
  fixture_add ("/audio/player/pauses-and-seeks", test_player_pauses_and_seeks);
  fixture_add ("/audio/player/replaces-span", test_player_replaces_span);
  fixture_add ("/audio/player/high-rate", test_player_high_rate);
  fixture_add ("/audio/player/no-device", test_player_no_device);
  fixture_add ("/audio/player/no-automatic-device", test_player_no_automatic_device);
  fixture_add ("/audio/player/read-fails", test_player_read_fails);
  fixture_add ("/audio/player/without-source", test_player_without_source);

  return g_test_run ();
}
