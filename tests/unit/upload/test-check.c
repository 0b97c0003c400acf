/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-check.h"
#include "upload/chorus-upload-error.h"
#include "upload/chorus-upload-finding.h"

#include "chorus-test.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GUESSED "Does not say when it was recorded: its time is a guess, from when the file was last written."

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

/* Whatever sox makes of the words, which end with %NULL; @name goes behind the format of the input. */
static gboolean G_GNUC_NULL_TERMINATED
fixture_run_sox (Fixture *fixture, const char *name, ...)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *word = NULL;
  va_list words;

  g_ptr_array_add (argv, (gpointer) "sox");
  va_start (words, name);
  while ((word = va_arg (words, const char *)))
    g_ptr_array_add (argv, (gpointer) (g_str_equal (word, "@") ? path : word));
  va_end (words);
  g_ptr_array_add (argv, NULL);

  return run_tool ((const char *const *) argv->pdata);
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

/* Checks that a file can be sent, and what is said about it. */
static ChorusUploadCheck *
fixture_assert_findings (Fixture    *fixture,
                         const char *name,
                         guint       n_parts,
                         const char *findings)
{
  g_autoptr (GError) error = NULL;
  ChorusUploadCheck *check = fixture_check (fixture, name, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (check->cut->parts->len, ==, n_parts);
  text = chorus_upload_findings_to_text (check->findings);
  g_assert_cmpstr (text, ==, findings);

  return check;
}

static void
test_flac (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;

  if (!fixture_make_with_ffmpeg (fixture, "x.flac", "2", "lies.wav"))
    return;

  check = fixture_assert_findings (fixture, "lies.wav", 1, "FLAC: will be sent as WAV.\n" GUESSED);
  g_assert_cmpint (check->cut->method, ==, CHORUS_UPLOAD_METHOD_DECODE);
  g_assert_cmpstr (check->cut->format, ==, "wav");
}

static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;

  if (!fixture_make_sine (fixture, "20250604_050000.wav", "8000", "360"))
    return;

  check =
    fixture_assert_findings (fixture, "20250604_050000.wav", 2, "Longer than 5 minutes: will be sent as 2 parts.");
  g_assert_cmpint (check->cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);
}

static void
test_length_limit (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) exact = NULL;
  g_autoptr (ChorusUploadCheck) over = NULL;

  if (!fixture_make_sine (fixture, "20250604_050000.wav", "8000", "2400000s"))
    return;
  exact = fixture_assert_findings (fixture, "20250604_050000.wav", 1, NULL);
  g_assert_cmpfloat (exact->info->duration, ==, 300);

  g_assert_true (fixture_make_sine (fixture, "20250604_060000.wav", "8000", "2400001s"));
  over = fixture_assert_findings (fixture, "20250604_060000.wav", 2, "Longer than 5 minutes: will be sent as 2 parts.");
}

/* Five minutes exactly. An MP3 says what its encoder added; in WebM the packets make it a little longer. */
static void
test_padded_length (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) exact = NULL;
  g_autoptr (ChorusUploadCheck) longer = NULL;

  if (!fixture_make_with_ffmpeg (fixture, "five.mp3", "300", "20250604_050000.mp3"))
    return;
  exact = fixture_assert_findings (fixture, "20250604_050000.mp3", 1, NULL);
  g_assert_cmpfloat (exact->info->duration, ==, 300);
  g_assert_cmpint (exact->cut->method, ==, CHORUS_UPLOAD_METHOD_WHOLE);

  g_assert_true (fixture_make_with_ffmpeg (fixture, "five.webm", "300", "20250604_060000.webm"));
  longer = fixture_assert_findings (fixture, "20250604_060000.webm", 1, NULL);
  g_assert_cmpfloat (longer->info->duration, >, 300);
  g_assert_cmpint (longer->cut->method, ==, CHORUS_UPLOAD_METHOD_WHOLE);
}

static void
test_size_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) exact = NULL;
  g_autoptr (ChorusUploadCheck) over = NULL;

  /* 44 bytes of header and 2 for each sample. */
  if (!fixture_make_sine (fixture, "20250604_050000.wav", "48000", "12499978s"))
    return;
  exact = fixture_assert_findings (fixture, "20250604_050000.wav", 1, NULL);
  g_assert_cmpint (exact->size, ==, 25000000);

  g_assert_true (fixture_make_sine (fixture, "20250604_060000.wav", "48000", "12499979s"));
  over =
    fixture_assert_findings (fixture, "20250604_060000.wav", 2, "Larger than 25\u202fMB: will be sent as 2 parts.");
}

/* A recorder that lost power: the header was written for five seconds. */
static void
test_truncated (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "20250604_050000.wav", NULL);
  g_autoptr (ChorusUploadCheck) check = NULL;

  if (!fixture_make_sine (fixture, "20250604_050000.wav", "8000", "5"))
    return;
  g_assert_cmpint (truncate (path, 44 + 2 * 8000 * 2), ==, 0);
  check = fixture_assert_findings (fixture, "20250604_050000.wav", 1,
                                   "Shorter than its header says, as after a power cut: the 0:02 that are there will "
                                   "be sent.");
  g_assert_cmpint (check->cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *encoding;
    const char *bits;
  } cases[] = { { "signed", "16" }, { "unsigned", "8" }, { "signed", "24" }, { "float", "32" }, { "a-law", "8" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusUploadCheck) check = NULL;

      if (!fixture_run_sox (fixture, "20250604_050000.wav", "-D", "-r", "8000", "-n", "-e", cases[i].encoding, "-b",
                            cases[i].bits, "@", "trim", "0", "2", NULL))
        return;
      check = fixture_assert_findings (fixture, "20250604_050000.wav", 1,
                                       "Every sample is zero: the microphone or the card has failed.");
    }
}

static void
test_short (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (ChorusUploadCheck) check = NULL;

  if (!fixture_make_sine (fixture, "20250604_050000.wav", "8000", "0.25"))
    return;
  check = fixture_assert_findings (fixture, "20250604_050000.wav", 1,
                                   "Only 0.25 seconds long: the recorder may have run out of power.");
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

  if (!fixture_make_sine (fixture, "19700101_000000.WAV", "8000", "1"))
    return;
  check = fixture_assert_findings (fixture, "19700101_000000.WAV", 1,
                                   "Says that it was recorded on 1 Jan 1970 00:00: the clock of the recorder was not "
                                   "set. Correct its time.");
  g_assert_cmpint (chorus_recording_time_get_source (check->recorded), ==, CHORUS_TIME_SOURCE_MODIFIED);
}

/* Appends a chunk to a WAV file, as recorders do, and counts it in. */
static void
fixture_append_chunk (Fixture    *fixture,
                      const char *name,
                      const char *id,
                      const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 size = GUINT32_TO_LE ((guint32) strlen (text));
  gsize length = 0;
  guint32 riff = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_byte_array_append (bytes, (guint8 *) contents, (guint) length);
  g_byte_array_append (bytes, (const guint8 *) id, 4);
  g_byte_array_append (bytes, (guint8 *) &size, 4);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  if (strlen (text) % 2)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
  riff = GUINT32_TO_LE (bytes->len - 8);
  memcpy (bytes->data + 4, &riff, 4);
  g_assert_true (g_file_set_contents (path, (char *) bytes->data, bytes->len, NULL));
}

/* What the recorder wrote into the file counts more than its name, and a difference is told. */
static void
test_time_sources (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *timestamp;
    const char *findings;
  } cases[] = {
    { "20250604_050000.WAV", "2025-06-04T05:00:01+05:30", NULL },
    { "20250604_050000.WAV", "2025-06-04T10:30:00+05:30", NULL }, /* the name is in UTC */
    { "20250604_050000.WAV", "2025-06-04T12:30:00+05:30",
      "The times in GUANO metadata and in the file name differ by 2 hours: check the time zone." },
    { "20250604_050000.WAV", "2025-06-04T05:02:00+05:30",
      "The times in GUANO metadata and in the file name differ by 2:00: check the time." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *guano = g_strdup_printf ("GUANO|Version: 1.0\nTimestamp: %s\n", cases[i].timestamp);
      g_autofree char *recorded = NULL;
      g_autoptr (ChorusUploadCheck) check = NULL;

      if (!fixture_make_sine (fixture, cases[i].name, "8000", "2"))
        return;
      fixture_append_chunk (fixture, cases[i].name, "guan", guano);
      g_test_message ("%s", cases[i].timestamp);
      check = fixture_assert_findings (fixture, cases[i].name, 1, cases[i].findings);
      g_assert_cmpint (chorus_recording_time_get_source (check->recorded), ==, CHORUS_TIME_SOURCE_GUANO);
      recorded = chorus_recording_time_to_iso (check->recorded);
      g_assert_cmpstr (recorded, ==, cases[i].timestamp);
    }
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
  ADD ("truncated", test_truncated);
  ADD ("silent", test_silent);
  ADD ("short", test_short);
  ADD ("time-sources", test_time_sources);
  ADD ("size-limit", test_size_limit);
  ADD ("not-audio", test_not_audio);
  ADD ("unreadable", test_unreadable);
  ADD ("no-permission", test_no_permission);
  ADD ("cancelled", test_cancelled);
  ADD ("implausible-time", test_implausible_time);

  return g_test_run ();
}
