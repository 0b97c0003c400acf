/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is heard, bit for bit: a PulseAudio server of our own plays into nothing, and its monitor is recorded. The
 * monitor has handed out silence already for the moment in which a stream begins, so every span begins with silence;
 * that spans begin with the right sample is a matter of test-player.c. Buffers are large, for a server without real-time
 * priority on a busy computer is late now and then, and plays silence in place of what it is late for. */

#include "audio-fixture.h"

#include <signal.h>
#include <sys/prctl.h>

#include "audio/chorus-player.h"

#define RATE 48000
#define N_FRAMES (2 * RATE)
#define N_SILENT (RATE / 2)

typedef struct
{
  Fixture fixture;
  GSubprocess *server;
  GSubprocess *recorder;
  char *capture;
  guint wake_id;
} Listener;

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static goffset
get_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

static void
listener_set_up (Listener      *listener,
                 gconstpointer  data)
{
  fixture_set_up (&listener->fixture, data);
  listener->capture = fixture_path (&listener->fixture, "capture.raw");

  /* What happens in other processes does not wake the main context. */
  listener->wake_id = g_timeout_add (10, wake_cb, NULL);
}

static void
stop (GSubprocess **process)
{
  if (*process == NULL)
    return;

  g_subprocess_send_signal (*process, SIGTERM);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

static void
listener_tear_down (Listener      *listener,
                    gconstpointer  data)
{
  stop (&listener->recorder);
  stop (&listener->server);
  g_source_remove (listener->wake_id);
  g_free (listener->capture);
  fixture_tear_down (&listener->fixture, data);
}

/* Between fork and exec: a server must not outlive a test that is aborted. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
has_server (Listener *listener)
{
  g_autofree char *socket_path = fixture_path (&listener->fixture, "native");
  g_autofree char *address = g_strconcat ("unix:", socket_path, NULL);

  if (!fixture_has_tool ("pulseaudio") || !fixture_has_tool ("parec"))
    return FALSE;

  g_setenv ("PULSE_SERVER", address, TRUE);

  return TRUE;
}

static void
start_server (Listener *listener,
              guint     channels)
{
  g_autofree char *socket_path = fixture_path (&listener->fixture, "native");
  g_autofree char *protocol = g_strconcat ("module-native-protocol-unix auth-anonymous=1 socket=", socket_path, NULL);
  g_autofree char *sink =
    g_strdup_printf ("module-null-sink sink_name=test rate=%d channels=%u format=s16le", RATE, channels);
  g_autofree char *n_channels = g_strdup_printf ("--channels=%u", channels);
  const char *server_argv[] = { "pulseaudio",
                                "-n",
                                "--daemonize=no",
                                "--exit-idle-time=-1",
                                "--disable-shm=yes",
                                "--realtime=no",
                                "--high-priority=no",
                                "-L",
                                protocol,
                                "-L",
                                sink,
                                "-F",
                                "/dev/null",
                                NULL };
  const char *recorder_argv[] = {
    "parec", "-d", "test.monitor", "--raw", "--rate=48000", n_channels, "--format=s16le", "--latency-msec=200", NULL
  };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "HOME", listener->fixture.folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", listener->fixture.folder, TRUE);

  listener->server = g_subprocess_launcher_spawnv (launcher, server_argv, &error);
  g_assert_no_error (error);
  chorus_test_wait (g_file_test (socket_path, G_FILE_TEST_EXISTS));

  /* Its first bytes say that the recorder listens. */
  g_subprocess_launcher_set_stdout_file_path (launcher, listener->capture);
  listener->recorder = g_subprocess_launcher_spawnv (launcher, recorder_argv, &error);
  g_assert_no_error (error);
  chorus_test_wait (get_size (listener->capture) > 0);
}

/* Silence and then noise without a 0 in it, so that it stands out from silence to the sample. */
static gint16 *
write_noise (Listener            *listener,
             guint                channels,
             ChorusSampleSource **source)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  gint16 *samples = g_new (gint16, N_FRAMES * channels);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  bytes_add_format (bytes, 1, channels, RATE, 2 * channels, 16);
  bytes_add_data (bytes, N_FRAMES * channels * 2, 0);
  for (gsize i = 0; i < N_FRAMES * channels; i++)
    {
      samples[i] = (gint16) g_rand_int_range (rand, 1, 32768);
      if (g_rand_boolean (rand))
        samples[i] = (gint16) -samples[i];
      if (i < N_SILENT * channels)
        samples[i] = 0;
      bytes_add_16 (bytes, (guint16) samples[i]);
    }

  file = fixture_write (&listener->fixture, "noise.wav", bytes->data, bytes->len);
  *source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);

  return samples;
}

static void
finished_cb (ChorusPlayer *player,
             gpointer      user_data)
{
  *(guint *) user_data += 1;
}

static void
failed_cb (ChorusPlayer *player,
           const char   *sentence,
           gpointer      user_data)
{
  g_test_fail_printf ("Playing failed: %s", sentence);
}

/* Finds the runs of sound between silences, and checks that each is the noise up to the end of its span. */
static void
assert_capture (Listener *listener, guint channels, const gint16 *samples, const guint (*spans)[2], gsize n_spans)
{
  g_autofree char *contents = NULL;
  const gint16 *heard;
  gsize n_heard = 0;
  gsize at = 0;

  g_assert_true (g_file_get_contents (listener->capture, &contents, &n_heard, NULL));
  heard = (const gint16 *) (gpointer) contents;
  n_heard /= sizeof (gint16);

  for (gsize span = 0; span < n_spans; span++)
    {
      gsize length = (spans[span][1] - N_SILENT) * channels;

      while (at < n_heard && heard[at] == 0)
        at++;
      g_assert_cmpuint (at + length, <=, n_heard);
      g_assert_cmpmem (heard + at, length * sizeof (gint16), samples + N_SILENT * channels, length * sizeof (gint16));
      at += length;
      g_assert_cmpuint (at, <, n_heard);
      g_assert_cmpint (heard[at], ==, 0);
    }

  for (; at < n_heard; at++)
    g_assert_cmpint (heard[at], ==, 0);
}

static void
test_playback_bits (Listener      *listener,
                    gconstpointer  data)
{
  static const guint spans[][2] = { { 0, 60001 }, { 0, N_FRAMES }, { 2000, 30481 } };
  guint channels = GPOINTER_TO_UINT (data);
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusPlayer) player = chorus_player_new ();
  g_autofree gint16 *samples = NULL;
  guint n_finished = 0;

  if (!has_server (listener))
    return;

  start_server (listener, channels);
  samples = write_noise (listener, channels, &source);
  g_signal_connect (player, "finished", G_CALLBACK (finished_cb), &n_finished);
  g_signal_connect (player, "failed", G_CALLBACK (failed_cb), NULL);
  chorus_player_set_source (player, source);

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      goffset size;

      chorus_player_play_span (player, (double) spans[i][0] / RATE, (double) spans[i][1] / RATE);
      chorus_test_wait (n_finished == i + 1);

      /* What was heard last has to arrive, and a piece of silence after it. */
      size = get_size (listener->capture);
      chorus_test_wait (get_size (listener->capture) > size + RATE * (goffset) channels);
    }

  stop (&listener->recorder);
  assert_capture (listener, channels, samples, spans, G_N_ELEMENTS (spans));
}

/* Whether sound, and not silence, was captured beyond @seen bytes, which moves on. */
static gboolean
has_sound (Listener *listener,
           gsize    *seen)
{
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (listener->capture, &contents, &size, NULL));
  for (; *seen < size; ++*seen)
    if (contents[*seen] != 0)
      return TRUE;

  return FALSE;
}

/* The device holds 0.4 s, which are not heard yet when they are handed to it. The recorder is up to 0.2 s late. */
static void
test_playback_position (Listener      *listener,
                        gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusPlayer) player = chorus_player_new ();
  g_autofree gint16 *samples = NULL;
  double position;
  gsize seen;

  if (!has_server (listener))
    return;

  start_server (listener, 1);
  samples = write_noise (listener, 1, &source);
  g_signal_connect (player, "failed", G_CALLBACK (failed_cb), NULL);
  chorus_player_set_source (player, source);
  chorus_player_play_span (player, 0, -1);
  seen = (gsize) get_size (listener->capture);
  chorus_test_wait (has_sound (listener, &seen));
  position = chorus_player_get_position (player);
  g_assert_cmpfloat (position, >, (double) N_SILENT / RATE - 0.1);
  g_assert_cmpfloat (position, <, (double) N_SILENT / RATE + 0.35);
}

static void
keep_sentence_cb (ChorusPlayer *player,
                  const char   *sentence,
                  gpointer      user_data)
{
  char **kept = user_data;

  g_free (*kept);
  *kept = g_strdup (sentence);
}

/* Without a device there is a sentence; with one there is sound; without it again in the middle of a sound there is a
 * sentence and the position stays; and with it again the sound goes on from there. */
static void
test_playback_device_comes_and_goes (Listener      *listener,
                                     gconstpointer  data)
{
  static const guint rest[][2] = { { 0, N_FRAMES } };
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusPlayer) player = chorus_player_new ();
  g_autofree gint16 *samples = NULL;
  g_autofree char *sentence = NULL;
  guint n_finished = 0;
  double position;
  goffset size;

  if (!has_server (listener))
    return;

  samples = write_noise (listener, 1, &source);
  g_signal_connect (player, "finished", G_CALLBACK (finished_cb), &n_finished);
  g_signal_connect (player, "failed", G_CALLBACK (keep_sentence_cb), &sentence);
  chorus_player_set_source (player, source);

  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (sentence != NULL);
  g_assert_true (g_str_has_prefix (sentence, "No sound can be heard: "));
  g_clear_pointer (&sentence, g_free);

  start_server (listener, 1);
  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (n_finished == 1 || sentence != NULL);
  g_assert_null (sentence);
  size = get_size (listener->capture);
  chorus_test_wait (get_size (listener->capture) > size + RATE);
  stop (&listener->recorder);
  assert_capture (listener, 1, samples, rest, 1);

  chorus_player_play_span (player, 0, -1);
  chorus_test_wait (chorus_player_get_position (player) > 0.5);
  stop (&listener->server);
  chorus_test_wait (sentence != NULL);
  g_assert_true (g_str_has_prefix (sentence, "No sound can be heard: "));
  g_clear_pointer (&sentence, g_free);
  position = chorus_player_get_position (player);
  g_assert_cmpfloat (position, >, 0.5);
  g_assert_cmpfloat (position, <, 2);

  start_server (listener, 1);
  chorus_player_resume (player);
  chorus_test_wait (n_finished == 2 || sentence != NULL);
  g_assert_null (sentence);
  g_assert_cmpfloat (chorus_player_get_position (player), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("CHORUS_AUDIO_SINK", "pulsesink device=test buffer-time=400000", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/audio/playback/mono", Listener, GUINT_TO_POINTER (1), listener_set_up, test_playback_bits,
              listener_tear_down);
  g_test_add ("/audio/playback/stereo", Listener, GUINT_TO_POINTER (2), listener_set_up, test_playback_bits,
              listener_tear_down);
  g_test_add ("/audio/playback/position", Listener, NULL, listener_set_up, test_playback_position, listener_tear_down);
  g_test_add ("/audio/playback/device-comes-and-goes", Listener, NULL, listener_set_up,
              test_playback_device_comes_and_goes, listener_tear_down);

  return g_test_run ();
}
