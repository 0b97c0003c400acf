/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies of parts of files. */

#include "body-fixture.h"

#include "audio/chorus-audio-probe.h"
#include "upload/chorus-upload-reader.h"

/* Random samples behind a WAV header. */
static char *
fixture_write_wave (Fixture    *fixture,
                    const char *name,
                    guint       n_frames)
{
  char *path = fixture_write (fixture, name, 44 + 2 * n_frames);
  guint32 header[] = { 0x46464952, 36 + 2 * n_frames, 0x45564157, 0x20746d66,  16, 0x00010001, 8000,
                       16000,      0x00100002,        0x61746164, 2 * n_frames };
  int fd = g_open (path, O_RDWR, 0);

  for (guint i = 0; i < G_N_ELEMENTS (header); i++)
    header[i] = GUINT32_TO_LE (header[i]);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, header, sizeof header), ==, sizeof header);
  close (fd);

  return path;
}

static ChorusUploadCut *
cut_file (const char *path,
          double      duration)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ChorusUploadLimits limits = { 25000000, duration };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusAudioInfo) info = chorus_audio_probe (file, NULL, &error);
  ChorusUploadCut *cut = NULL;

  g_assert_no_error (error);
  cut = chorus_upload_cut_new (file, info, &limits, NULL, &error);
  g_assert_no_error (error);

  return cut;
}

static void
get_status (const char *path,
            goffset    *size,
            gint64     *modified)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  *size = status.st_size;
  *modified = (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

/* Adds a part to the body and, if wanted, its size and SHA-256, read by itself, to @expected. */
static void
fixture_add_part (Fixture         *fixture,
                  const char      *path,
                  ChorusUploadCut *cut,
                  guint            number,
                  GString         *expected)
{
  const ChorusUploadPart *part = &g_array_index (cut->parts, ChorusUploadPart, number);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusUploadReader) reader = NULL;
  g_autofree guint8 *bytes = g_malloc ((gsize) part->size);
  g_autofree char *checksum = NULL;
  gint64 modified = 0;
  goffset size = 0;

  get_status (path, &size, &modified);
  chorus_upload_body_add_part (fixture->body, file, cut->format, cut->method, size, modified, part);
  if (!expected)
    return;

  reader = chorus_upload_reader_new (file, cut->method, size, modified);
  g_assert_true (chorus_upload_reader_begin (reader, part, NULL, NULL));
  g_assert_cmpint (chorus_upload_reader_read (reader, bytes, (gsize) part->size, NULL, NULL), ==, part->size);
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, (gsize) part->size);
  g_string_append_printf (expected, "%s %" G_GOFFSET_FORMAT " %s\n", cut->format, part->size, checksum);
}

/* Parts of two files, in order and out of it, beside a file that is sent whole. */
static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  static const char script[] = "import soundfile, sys\n"
                               "samples, rate = soundfile.read(sys.argv[1])\n"
                               "soundfile.write(sys.argv[2], samples, rate, 'PCM_16')\n";
  g_autofree char *wave = fixture_write_wave (fixture, "a.wav", 900001);
  g_autofree char *short_wave = fixture_write_wave (fixture, "b.wav", 1000);
  g_autofree char *flac = g_build_filename (fixture->folder, "a.flac", NULL);
  const char *argv[] = { PYTHON, "-c", script, wave, flac, NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (ChorusUploadCut) wave_cut = cut_file (wave, 27);
  g_autoptr (ChorusUploadCut) whole = cut_file (short_wave, 27);
  g_autoptr (ChorusUploadCut) flac_cut = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *decoded = NULL;

  if (skip_without_python ())
    return;

  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  if (!process || !g_subprocess_wait_check (process, NULL, NULL))
    {
      g_test_skip ("python3-soundfile is not installed");
      return;
    }

  flac_cut = cut_file (flac, 27);
  g_assert_cmpuint (wave_cut->parts->len, ==, 5);
  g_assert_cmpuint (flac_cut->parts->len, ==, 5);
  g_assert_cmpint (wave_cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);
  g_assert_cmpint (whole->method, ==, CHORUS_UPLOAD_METHOD_WHOLE);
  g_assert_cmpint (flac_cut->method, ==, CHORUS_UPLOAD_METHOD_DECODE);

  for (guint i = 0; i < 5; i++)
    fixture_add_part (fixture, flac, flac_cut, i, expected);
  fixture_add_part (fixture, short_wave, whole, 0, expected);
  for (guint i = 0; i < 5; i++)
    fixture_add_part (fixture, wave, wave_cut, 4 - i, expected);
  fixture_add_part (fixture, flac, flac_cut, 3, expected);
  fixture_add_part (fixture, wave, wave_cut, 0, expected);
  fixture_add_part (fixture, flac, flac_cut, 1, expected);

  bytes = fixture_read_all (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) g_bytes_get_size (bytes), ==, chorus_upload_body_get_length (fixture->body));
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, -1);
  decoded = decode_with_python (fixture, bytes);
  g_assert_cmpstr (decoded, ==, expected->str);
}

/* The third of three parts is not what it was; and the first, where that one fails. */
static void
test_part_changed (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = fixture_write_wave (fixture, "a.wav", 72000);
  g_autoptr (ChorusUploadCut) cut = cut_file (path, 3);

  g_assert_cmpuint (cut->parts->len, ==, 3);
  g_array_index (cut->parts, ChorusUploadPart, 2).size += 1;
  for (guint i = 0; i < 3; i++)
    fixture_add_part (fixture, path, cut, i, NULL);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“a.wav”");
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, 2);

  g_assert_finalize_object (fixture->body);
  fixture->body = chorus_upload_body_new ();
  fixture_add_part (fixture, path, cut, 1, NULL);
  append_byte (path);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“a.wav”");
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, 0);
}

/* The parts of one sparse file of half a gigabyte, whose header leaves its size open. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = fixture_write_wave (fixture, "large", 0);
  g_autoptr (ChorusUploadCut) cut = NULL;

  g_assert_cmpint (truncate (path, 20 * 25000000), ==, 0);
  cut = cut_file (path, 1560);
  g_assert_cmpuint (cut->parts->len, >=, CHORUS_UPLOAD_BODY_MAX_FILES);
  g_assert_cmpint (cut->method, ==, CHORUS_UPLOAD_METHOD_COPY);
  for (guint i = 0; i < CHORUS_UPLOAD_BODY_MAX_FILES; i++)
    fixture_add_part (fixture, path, cut, i, NULL);
  fixture_measure (fixture);
}

#define ADD(name, func) g_test_add ("/upload/body-parts/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("contents", test_parts);
  ADD ("changed", test_part_changed);
  ADD ("large", test_large);

  return g_test_run ();
}
