/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recordings of many kinds are cut and their parts read by programs that are not ours. */

#include "upload-fixture.h"

#include "audio/chorus-audio-error.h"

#include <stdlib.h>

/* Read at once; not a multiple of anything. */
#define STEP 100003

static void
cut_recording (Fixture    *fixture,
               GString    *list,
               const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_autoptr (GFile) file = fixture_file (fixture, fields[0]);
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (ChorusUploadReader) reader = NULL;

  g_assert_cmpuint (g_strv_length (fields), ==, 3);
  cut = fixture_cut (file, g_ascii_strtoll (fields[1], NULL, 10), g_ascii_strtod (fields[2], NULL));
  g_assert_cmpstr (cut->format, ==, "wav");

  reader = fixture_reader (file, cut);
  for (guint i = 0; i < cut->parts->len; i++)
    {
      ChorusUploadPart *part = fixture_part (cut, i);
      g_autofree char *path = g_strdup_printf ("%s/%s.%u.part", fixture->folder, fields[0], i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = fixture_read (reader, part, STEP, &error);
      char start[G_ASCII_DTOSTR_BUF_SIZE];
      char duration[G_ASCII_DTOSTR_BUF_SIZE];

      if (!bytes)
        g_error ("%s, part %u: %s", fields[0], i, error->message);
      g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
      g_string_append_printf (list,
                              "%s\t%s\t%u\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%s\t%s\t%" G_GOFFSET_FORMAT
                              "\n",
                              fields[0], chorus_upload_method_to_text (cut->method), i, part->first_frame,
                              part->n_frames, g_ascii_dtostr (start, sizeof start, part->start),
                              g_ascii_dtostr (duration, sizeof duration, part->duration), part->size);
    }
}

static void
test_oracle (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "upload", "cut-oracle.py", NULL);
  g_autofree char *list_path = g_build_filename (fixture->folder, "parts.txt", NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *output = NULL;
  g_autofree char *verdict = NULL;
  g_auto (GStrv) lines = NULL;

  if (fixture_skip_without ("numpy, scipy, soundfile"))
    return;

  if (!fixture_python ((const char *[]){ script, "write", fixture->folder, NULL }, &output))
    g_error ("%s", output);
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 135);

  for (guint i = 0; lines[i]; i++)
    cut_recording (fixture, list, lines[i]);
  g_assert_true (g_file_set_contents (list_path, list->str, (gssize) list->len, NULL));

  if (!fixture_python ((const char *[]){ script, "check", fixture->folder, NULL }, &verdict))
    g_error ("%s", verdict);
  g_test_message ("%s", verdict);
}

static GFile *
write_silence (Fixture    *fixture,
               const char *name,
               guint32     rate,
               guint       n_frames)
{
  GFile *file = fixture_file (fixture, name);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 header[] = { 0x46464952, 36 + 2 * n_frames, 0x45564157, 0x20746d66, 16,          0x00010001,
                       rate,       2 * rate,          0x00100002, 0x61746164, 2 * n_frames };

  for (guint i = 0; i < G_N_ELEMENTS (header); i++)
    header[i] = GUINT32_TO_LE (header[i]);
  g_byte_array_append (bytes, (guint8 *) header, sizeof header);
  g_byte_array_set_size (bytes, (guint) sizeof header + 2 * n_frames);
  memset (bytes->data + sizeof header, 0, 2 * n_frames);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), (char *) bytes->data, (gssize) bytes->len, NULL));

  return file;
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (chorus_upload_method_to_text (CHORUS_UPLOAD_METHOD_WHOLE), ==, "whole");
  g_assert_cmpstr (chorus_upload_method_to_text (CHORUS_UPLOAD_METHOD_COPY), ==, "copy");
  g_assert_cmpstr (chorus_upload_method_to_text (CHORUS_UPLOAD_METHOD_DECODE), ==, "decode");
  g_assert_cmpint (chorus_upload_method_from_text ("copy"), ==, CHORUS_UPLOAD_METHOD_COPY);
  g_assert_cmpint (chorus_upload_method_from_text ("decode"), ==, CHORUS_UPLOAD_METHOD_DECODE);
  g_assert_cmpint (chorus_upload_method_from_text ("Copy"), ==, CHORUS_UPLOAD_METHOD_WHOLE);
  g_assert_cmpint (chorus_upload_method_from_text (NULL), ==, CHORUS_UPLOAD_METHOD_WHOLE);
}

/* What the service takes is not opened to be decoded: these are no such files, and nobody notices. */
static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    ChorusAudioKind kind;
    const char *format;
  } kinds[] = { { CHORUS_AUDIO_KIND_MP3, "mp3" },
                { CHORUS_AUDIO_KIND_M4A, "m4a" },
                { CHORUS_AUDIO_KIND_WEBM, "webm" } };
  g_autoptr (GFile) file = fixture_file (fixture, "none");
  ChorusUploadLimits limits = { 1000, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      /* The padding of an encoder is allowed for. */
      ChorusAudioInfo info = { .kind = kinds[i].kind,
                               .n_frames = 14404800,
                               .sample_rate = 48000,
                               .channels = 1,
                               .duration = 300.1,
                               .size = 1000 };
      g_autoptr (ChorusUploadCut) cut = chorus_upload_cut_new (file, &info, &limits, NULL, NULL);
      g_autoptr (ChorusUploadCut) none = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (cut->method, ==, CHORUS_UPLOAD_METHOD_WHOLE);
      g_assert_cmpstr (cut->format, ==, kinds[i].format);
      g_assert_cmpuint (cut->parts->len, ==, 1);
      g_assert_cmpint (fixture_part (cut, 0)->size, ==, 1000);
      g_assert_cmpuint (fixture_part (cut, 0)->n_frames, ==, 14404800);
      g_assert_cmpfloat (fixture_part (cut, 0)->start, ==, 0);
      g_assert_cmpfloat (fixture_part (cut, 0)->duration, ==, 300.1);

      info.duration = 300.11;
      none = chorus_upload_cut_new (file, &info, &limits, NULL, &error);
      g_assert_null (none);
      g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE);
    }
}

static void
assert_fails (GFile      *file,
              goffset     size,
              double      duration,
              const char *name)
{
  ChorusUploadLimits limits = { size, duration };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusAudioInfo) info = chorus_audio_probe (file, NULL, &error);
  g_autoptr (ChorusUploadCut) cut = NULL;

  g_assert_no_error (error);
  cut = chorus_upload_cut_new (file, info, &limits, NULL, &error);
  g_assert_null (cut);
  g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, name));
}

/* No part of one frame fits, and too many parts. */
static void
test_impossible (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GFile) file = write_silence (fixture, "small.wav", 8000, 100);
  g_autoptr (GFile) slow = write_silence (fixture, "slow.wav", 1, 200000);
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 46, 300);

  g_assert_cmpuint (cut->parts->len, ==, 100);
  assert_fails (file, 45, 300, "“small.wav”");
  assert_fails (file, 0, 300, "“small.wav”");
  assert_fails (file, 25000000, 0, "“small.wav”");
  assert_fails (slow, 25000000, 1, "“slow.wav”");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) file = write_silence (fixture, "a.wav", 8000, 80000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ChorusAudioInfo) info = chorus_audio_probe (file, NULL, NULL);
  g_autoptr (ChorusUploadCut) cut = NULL;
  g_autoptr (GError) error = NULL;
  ChorusUploadLimits limits = { 25000000, 3 };

  g_cancellable_cancel (cancellable);
  cut = chorus_upload_cut_new (file, info, &limits, cancellable, &error);
  g_assert_null (cut);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every byte of a header damaged in turn: whatever is cut is read to its size, and nothing crashes or hangs. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  g_autoptr (GFile) file = write_silence (fixture, "a.wav", 8000, 8000);
  g_autofree char *original = NULL;
  gsize size = 0;
  guint n_cut = 0;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &original, &size, NULL));
  for (guint i = 0; i < 44 * G_N_ELEMENTS (values); i++)
    {
      g_autofree char *contents = g_memdup2 (original, size);
      g_autoptr (ChorusAudioInfo) info = NULL;
      g_autoptr (ChorusUploadCut) cut = NULL;
      g_autoptr (ChorusUploadReader) reader = NULL;
      ChorusUploadLimits limits = { 5000, 300 };

      contents[i / G_N_ELEMENTS (values)] = (char) values[i % G_N_ELEMENTS (values)];
      g_unlink (g_file_peek_path (file));
      g_assert_true (g_file_set_contents_full (g_file_peek_path (file), contents, (gssize) size,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));

      info = chorus_audio_probe (file, NULL, NULL);
      if (info)
        cut = chorus_upload_cut_new (file, info, &limits, NULL, NULL);
      if (!cut)
        continue;

      n_cut++;
      reader = fixture_reader (file, cut);
      for (guint k = 0; k < cut->parts->len; k++)
        {
          g_autoptr (GBytes) bytes = fixture_read (reader, fixture_part (cut, k), STEP, NULL);

          g_assert_nonnull (bytes);
          g_assert_cmpint ((gint64) g_bytes_get_size (bytes), ==, fixture_part (cut, k)->size);
        }
    }
  g_assert_cmpuint (n_cut, >=, 50);
}

#define ADD(name, func) g_test_add ("/upload/cut/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("texts", test_texts);
  ADD ("whole", test_whole);
  ADD ("impossible", test_impossible);
  ADD ("cancelled", test_cancelled);
  ADD ("damaged", test_damaged);
  ADD ("oracle", test_oracle);

  return g_test_run ();
}
