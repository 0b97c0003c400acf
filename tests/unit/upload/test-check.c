/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-check.h"
#include "upload/chorus-upload-error.h"

#include "chorus-test.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("chorus-check-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
run_tool (const char *const *argv)
{
  g_autofree char *tool = g_find_program_in_path (argv[0]);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (!tool)
    {
      g_test_skip_printf ("%s is not installed", argv[0]);
      return FALSE;
    }

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);

  return TRUE;
}

/* A sine of 1 kHz, made by sox. */
static gboolean
fixture_make_sine (Fixture    *fixture,
                   const char *name,
                   const char *rate,
                   const char *seconds)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  const char *argv[] = { "sox", "-r", rate,    "-n",    "-b",   "16",   "-c",  "1",   "-t",
                         "wav", path, "synth", seconds, "sine", "1000", "vol", "0.5", NULL };

  return run_tool (argv);
}

/* The same, made by ffmpeg in the format that the suffix of @name asks for; then renamed to @as. */
static gboolean
fixture_make_with_ffmpeg (Fixture    *fixture,
                          const char *name,
                          const char *seconds,
                          const char *as)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *renamed = g_build_filename (fixture->folder, as, NULL);
  g_autofree char *source = g_strdup_printf ("sine=frequency=1000:sample_rate=48000:duration=%s", seconds);
  const char *argv[] = { "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, path, NULL };

  if (!run_tool (argv))
    return FALSE;
  g_assert_cmpint (g_rename (path, renamed), ==, 0);

  return TRUE;
}

static ChorusUploadCheck *
fixture_check (Fixture     *fixture,
               const char  *name,
               GError     **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return chorus_upload_check_run (file, NULL, error);
}

static void
fixture_assert_refused (Fixture    *fixture,
                        const char *name,
                        int         code,
                        const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusUploadCheck) check = fixture_check (fixture, name, &error);

  g_assert_null (check);
  g_assert_error (error, CHORUS_UPLOAD_ERROR, code);
  if (sentence)
    g_assert_cmpstr (error->message, ==, sentence);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_good_wav (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "20250604_050000.WAV", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *recorded = NULL;
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (!fixture_make_sine (fixture, "20250604_050000.WAV", "48000", "2"))
    return;

  check = fixture_check (fixture, "20250604_050000.WAV", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, size);
  g_assert_cmpint (check->size, ==, (goffset) size);
  g_assert_cmpstr (check->sha256, ==, sha256);
  g_assert_cmpint (check->info->kind, ==, CHORUS_AUDIO_KIND_WAV);
  g_assert_cmpfloat (check->info->duration, ==, 2);
  g_assert_cmpint (check->modified, >, 0);
  recorded = chorus_recording_time_to_iso (check->recorded);
  g_assert_cmpstr (recorded, ==, "2025-06-04T05:00:00");
}

/* By content: every kind that the service takes, each under a name that says something else. */
static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *name;
    ChorusAudioKind kind;
  } cases[] = {
    { "a.wav", CHORUS_AUDIO_KIND_WAV },
    { "a.mp3", CHORUS_AUDIO_KIND_MP3 },
    { "a.m4a", CHORUS_AUDIO_KIND_M4A },
    { "a.webm", CHORUS_AUDIO_KIND_WEBM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusUploadCheck) check = NULL;
      g_autoptr (GError) error = NULL;

      if (!fixture_make_with_ffmpeg (fixture, cases[i].name, "2", "recording.dat"))
        return;
      check = fixture_check (fixture, "recording.dat", &error);
      g_assert_no_error (error);
      g_assert_cmpint (check->info->kind, ==, cases[i].kind);
      g_assert_cmpfloat_with_epsilon (check->info->duration, 2, 0.1);
      g_assert_true (chorus_recording_time_is_guess (check->recorded));
    }
}

static void
test_flac (Fixture       *fixture,
           gconstpointer  data)
{
  if (!fixture_make_with_ffmpeg (fixture, "x.flac", "2", "x.flac"))
    return;

  fixture_assert_refused (fixture, "x.flac", CHORUS_UPLOAD_ERROR_KIND,
                          "“x.flac” is FLAC: the service takes WAV, MP3, M4A and WebM.");
  g_assert_true (fixture_make_with_ffmpeg (fixture, "x.flac", "2", "lies.wav"));
  fixture_assert_refused (fixture, "lies.wav", CHORUS_UPLOAD_ERROR_KIND,
                          "“lies.wav” is FLAC: the service takes WAV, MP3, M4A and WebM.");
}

static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  if (!fixture_make_sine (fixture, "long.wav", "8000", "360"))
    return;

  fixture_assert_refused (fixture, "long.wav", CHORUS_UPLOAD_ERROR_TOO_LONG,
                          "Longer than 5 minutes (6:00): the service takes at most 5:00.");
}

static void
test_length_limit (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_make_sine (fixture, "exact.wav", "8000", "2400000s"))
    return;
  check = fixture_check (fixture, "exact.wav", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (check->info->duration, ==, 300);

  g_assert_true (fixture_make_sine (fixture, "over.wav", "8000", "2400001s"));
  fixture_assert_refused (fixture, "over.wav", CHORUS_UPLOAD_ERROR_TOO_LONG,
                          "Longer than 5 minutes by less than a second: the service takes at most 5:00.");
}

/* Five minutes exactly, as MP3: the packets make it a little longer. */
static void
test_padded_length (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_make_with_ffmpeg (fixture, "five.mp3", "300", "five.mp3"))
    return;
  check = fixture_check (fixture, "five.mp3", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (check->info->duration, >, 300);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  if (!fixture_make_sine (fixture, "large.wav", "48000", "300"))
    return;

  fixture_assert_refused (fixture, "large.wav", CHORUS_UPLOAD_ERROR_TOO_LARGE,
                          "Larger than 25\u202fMB (28.8\u202fMB): the service takes at most 25\u202fMB.");
}

static void
test_size_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  /* 44 bytes of header and 2 for each sample. */
  if (!fixture_make_sine (fixture, "exact.wav", "48000", "12499978s"))
    return;
  check = fixture_check (fixture, "exact.wav", &error);
  g_assert_no_error (error);
  g_assert_cmpint (check->size, ==, 25000000);

  g_assert_true (fixture_make_sine (fixture, "over.wav", "48000", "12499979s"));
  fixture_assert_refused (fixture, "over.wav", CHORUS_UPLOAD_ERROR_TOO_LARGE,
                          "Larger than 25\u202fMB by 2 bytes: the service takes at most 25\u202fMB.");
}

static void
test_not_audio (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "text.wav", NULL);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.wav", NULL);

  g_assert_true (g_file_set_contents (path, "These are notes from the field.\n", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  fixture_assert_refused (fixture, "text.wav", CHORUS_UPLOAD_ERROR_NOT_AUDIO, NULL);
  fixture_assert_refused (fixture, "empty.wav", CHORUS_UPLOAD_ERROR_EMPTY,
                          "“empty.wav” is empty: check the card it came from.");
}

static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.wav", NULL);

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  fixture_assert_refused (fixture, "pipe.wav", CHORUS_UPLOAD_ERROR_UNREADABLE,
                          "“pipe.wav” is not a file: add recordings or folders with recordings.");
  fixture_assert_refused (fixture, ".", CHORUS_UPLOAD_ERROR_UNREADABLE, NULL);
  fixture_assert_refused (fixture, "missing.wav", CHORUS_UPLOAD_ERROR_UNREADABLE,
                          "“missing.wav” is no longer there: insert the card or bring the file back, then retry.");
}

static void
test_no_permission (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "secret.wav", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("root reads every file");
      return;
    }

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  fixture_assert_refused (fixture, "secret.wav", CHORUS_UPLOAD_ERROR_UNREADABLE, NULL);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (chorus_upload_check_run (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A clock that was never set is not believed. */
static void
test_implausible_time (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_make_sine (fixture, "19700101_000000.WAV", "8000", "1"))
    return;
  check = fixture_check (fixture, "19700101_000000.WAV", &error);
  g_assert_no_error (error);
  g_assert_cmpint (chorus_recording_time_get_source (check->recorded), ==, CHORUS_TIME_SOURCE_MODIFIED);
}

#define ADD(name, func) g_test_add ("/upload/check/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("good-wav", test_good_wav);
  ADD ("kinds", test_kinds);
  ADD ("flac", test_flac);
  ADD ("too-long", test_too_long);
  ADD ("length-limit", test_length_limit);
  ADD ("padded-length", test_padded_length);
  ADD ("too-large", test_too_large);
  ADD ("size-limit", test_size_limit);
  ADD ("not-audio", test_not_audio);
  ADD ("unreadable", test_unreadable);
  ADD ("no-permission", test_no_permission);
  ADD ("cancelled", test_cancelled);
  ADD ("implausible-time", test_implausible_time);

  return g_test_run ();
}
