/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "audio-fixture.h"

#include <sys/stat.h>

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

static void
assert_refused (GFile            *file,
                ChorusAudioError  code,
                const char       *sentence)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open_error = NULL;

  info = chorus_audio_probe (file, NULL, &error);
  g_assert_null (info);
  g_assert_error (error, CHORUS_AUDIO_ERROR, (gint) code);
  g_assert_cmpstr (error->message, ==, sentence);

  /* What is refused is refused everywhere, in the same words. */
  source = chorus_sample_source_open (file, NULL, &open_error);
  g_assert_null (source);
  g_assert_cmpstr (open_error->message, ==, sentence);
}

static void
test_probe_not_audio (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gsize size;
    const char *sentence;
  } cases[] = {
    { "x.wav", "Recorder log\nbattery low\n", 0, "“x.wav” is not audio: it is a text file." },
    { "utf8.wav", "Aufnahmegerät läuft – 5 Grad\n", 0, "“utf8.wav” is not audio: it is a text file." },
    { "latin1.wav", "Ger\xe4t bei der Kapelle, Batterie schwach\n", 0,
      "“latin1.wav” is not audio: it is a text file." },
    { "utf16.wav", "\xff\xfeh\0e\0y\0", 8, "“utf16.wav” is not audio: it is a text file." },
    { "one.mp3", "x", 0, "“one.mp3” is not audio: it is a text file." },
    { "list.m3u", "#EXTM3U\nhttp://example.com/a.mp3\n", 0, "“list.m3u” is not audio: it is a playlist." },
    { "list.pls", "[playlist]\nFile1=a.mp3\n", 0, "“list.pls” is not audio: it is a playlist." },
    { "p.wav", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "“p.wav” is not audio: it is a picture." },
    { "z.wav", "PK\3\4\x14\0\0\0", 8, "“z.wav” is not audio: it is an archive or an office document." },
    { "<b>&%s.wav", "text", 0, "“<b>&%s.wav” is not audio: it is a text file." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = cases[i].size ? cases[i].size : strlen (cases[i].bytes);
      g_autoptr (GFile) file = fixture_write (fixture, cases[i].name, cases[i].bytes, size);

      assert_refused (file, CHORUS_AUDIO_ERROR_NOT_AUDIO, cases[i].sentence);
    }
}

static void
test_probe_empty (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GFile) file = fixture_write (fixture, "20250604_050000.WAV", "", 0);

  assert_refused (file, CHORUS_AUDIO_ERROR_EMPTY, "“20250604_050000.WAV” is empty.");
}

static void
test_probe_unreadable (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *missing_path = fixture_path (fixture, "gone.wav");
  g_autofree char *pipe_path = fixture_path (fixture, "pipe.wav");
  g_autoptr (GFile) missing = g_file_new_for_path (missing_path);
  g_autoptr (GFile) pipe = g_file_new_for_path (pipe_path);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autofree char *folder_name = g_file_get_basename (folder);
  g_autofree char *folder_sentence = g_strdup_printf ("“%s” is a folder, not a file.", folder_name);

  assert_refused (missing, CHORUS_AUDIO_ERROR_UNREADABLE,
                  "“gone.wav” is not there any more: it was moved, renamed or deleted, or its drive was taken out.");
  assert_refused (folder, CHORUS_AUDIO_ERROR_UNREADABLE, folder_sentence);

  /* Nobody writes to it: opening it must not wait for that. */
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (pipe, CHORUS_AUDIO_ERROR_UNREADABLE, "“pipe.wav” is a device or a pipe, not a file.");
}

/* Noise and zeros without a header, of the size that a recording would have. */
static void
test_probe_no_header (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  gsize size = 200000;
  g_autofree guint8 *bytes = g_malloc0 (size);
  g_autoptr (GFile) zeros = fixture_write (fixture, "zeros.wav", bytes, size);
  g_autoptr (GFile) noise = NULL;

  assert_refused (zeros, CHORUS_AUDIO_ERROR_NOT_AUDIO,
                  "“zeros.wav” is not audio: it begins with nothing but zeros, as a failing memory card leaves it.");

  for (guint seed = 0; seed < 20; seed++)
    {
      for (gsize i = 0; i < size; i++)
        bytes[i] = (guint8) g_rand_int (rand);
      g_clear_object (&noise);
      noise = fixture_write (fixture, "noise.wav", bytes, size);
      assert_refused (noise, CHORUS_AUDIO_ERROR_NOT_AUDIO,
                      "“noise.wav” is not audio: it begins like no audio format known here.");
    }
}

static void
test_probe_async (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GFile) text = fixture_write (fixture, "x.wav", "text", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_audio_probe_async (text, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);
  g_assert_null (chorus_audio_probe_finish (result, &error));
  g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO);
  g_clear_error (&error);
  g_clear_object (&result);

  g_cancellable_cancel (cancellable);
  chorus_audio_probe_async (text, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);
  g_assert_null (chorus_audio_probe_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_probe_kinds (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    ChorusAudioKind kind;
    const char *short_name;
    const char *mime;
    gboolean accepted;
  } cases[] = {
    { CHORUS_AUDIO_KIND_WAV, "wav", "audio/wav", TRUE },     { CHORUS_AUDIO_KIND_MP3, "mp3", "audio/mp3", TRUE },
    { CHORUS_AUDIO_KIND_M4A, "m4a", "audio/m4a", TRUE },     { CHORUS_AUDIO_KIND_WEBM, "webm", "audio/webm", TRUE },
    { CHORUS_AUDIO_KIND_FLAC, "flac", "audio/flac", FALSE }, { CHORUS_AUDIO_KIND_RF64, "rf64", "audio/rf64", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (chorus_audio_kind_get_short_name (cases[i].kind), ==, cases[i].short_name);
      g_assert_cmpstr (chorus_audio_kind_get_mime (cases[i].kind), ==, cases[i].mime);
      g_assert_cmpint (chorus_audio_kind_is_accepted (cases[i].kind), ==, cases[i].accepted);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/probe/not-audio", test_probe_not_audio);
  fixture_add ("/audio/probe/empty", test_probe_empty);
  fixture_add ("/audio/probe/unreadable", test_probe_unreadable);
  fixture_add ("/audio/probe/no-header", test_probe_no_header);
  fixture_add ("/audio/probe/async", test_probe_async);
  fixture_add ("/audio/probe/kinds", test_probe_kinds);

  return g_test_run ();
}
