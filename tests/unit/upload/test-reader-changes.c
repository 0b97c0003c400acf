/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are not what they were when they were cut. */

#include "upload-fixture.h"

#include "upload/chorus-upload-error.h"

#include <fcntl.h>
#include <unistd.h>

static void
assert_begin_fails (ChorusUploadReader     *reader,
                    const ChorusUploadPart *part,
                    int                     code,
                    const char             *name)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (chorus_upload_reader_begin (reader, part, NULL, &error));
  g_assert_error (error, CHORUS_UPLOAD_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* Parts that cannot be made of the file: what is in a store may be of another version of it. */
static void
test_part_of_another_file (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GFile) file = write_wave (fixture, "a.wav", 9 * RATE, NULL);
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 3);
  g_autoptr (ChorusUploadReader) reader = fixture_reader (file, cut);
  g_autoptr (GBytes) good = NULL;
  ChorusUploadPart last = *fixture_part (cut, 2);
  ChorusUploadPart parts[8] = { last, last, last, last, last, last, last, last };

  parts[0].size += 2;
  parts[1].size -= 1;
  parts[2].n_frames += 1;
  parts[2].size += 2;
  parts[3].first_frame += 1;
  parts[4].first_frame = G_MAXUINT64;
  parts[5].n_frames = G_MAXUINT64;
  parts[6].first_frame = G_MAXUINT64 - 100;
  parts[6].n_frames = 101;
  parts[7].size = -1;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_begin_fails (reader, &parts[i], CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“a.wav”");

  good = fixture_read (reader, &last, 4096, NULL);
  g_assert_nonnull (good);
}

typedef enum
{
  CHANGE_GROW,
  CHANGE_SHRINK,
  CHANGE_TOUCH,
  CHANGE_REMOVE,
  CHANGE_PIPE,
  CHANGE_FOLDER,
} Change;

static void
change (GFile  *file,
        Change  what)
{
  const char *path = g_file_peek_path (file);
  struct timespec times[2] = { { 1000000000, 0 }, { 1000000000, 1000 } };
  gint64 modified = 0;
  goffset size = 0;

  fixture_stat (file, &size, &modified);
  switch (what)
    {
    case CHANGE_GROW:
    case CHANGE_SHRINK:
      g_assert_cmpint (truncate (path, what == CHANGE_GROW ? size + 1 : size - 1), ==, 0);
      break;

    case CHANGE_TOUCH:
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      break;

    case CHANGE_REMOVE:
    case CHANGE_PIPE:
    case CHANGE_FOLDER:
    default:
      g_assert_cmpint (g_unlink (path), ==, 0);
      break;
    }

  if (what == CHANGE_PIPE)
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  else if (what == CHANGE_FOLDER)
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

/* Seen at the beginning, for every method; a pipe is not waited for. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    Change change;
    int code;
  } changes[] = {
    { CHANGE_GROW, CHORUS_UPLOAD_ERROR_FILE_CHANGED },  { CHANGE_SHRINK, CHORUS_UPLOAD_ERROR_FILE_CHANGED },
    { CHANGE_TOUCH, CHORUS_UPLOAD_ERROR_FILE_CHANGED }, { CHANGE_REMOVE, CHORUS_UPLOAD_ERROR_UNREADABLE },
    { CHANGE_PIPE, CHORUS_UPLOAD_ERROR_UNREADABLE },    { CHANGE_FOLDER, CHORUS_UPLOAD_ERROR_UNREADABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.wav", i);
      g_autofree char *quoted = g_strdup_printf ("“%s”", name);
      g_autoptr (GFile) file = write_wave (fixture, name, 9 * RATE, NULL);
      g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 3);
      g_autoptr (ChorusUploadReader) reader = fixture_reader (file, cut);
      ChorusUploadPart part = *fixture_part (cut, 1);

      change (file, changes[i].change);
      assert_begin_fails (reader, &part, changes[i].code, quoted);

      /* The same as if it were to be decoded. */
      {
        g_autoptr (ChorusUploadReader) decoding = NULL;

        cut->method = CHORUS_UPLOAD_METHOD_DECODE;
        decoding = chorus_upload_reader_new (file, cut->method, 9 * RATE * 2 + 44, 1);
        assert_begin_fails (decoding, &part, changes[i].code, quoted);
      }
    }
}

/* Seen with the last bytes, which are not handed out then, and at the next part. */
static void
assert_changed_while_read (Fixture    *fixture,
                           GFile      *file,
                           const char *name)
{
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 3);
  g_autoptr (ChorusUploadReader) reader = fixture_reader (file, cut);
  ChorusUploadPart *part = fixture_part (cut, 1);
  g_autofree guint8 *buffer = g_malloc ((gsize) part->size);
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_upload_reader_begin (reader, part, NULL, NULL));
  g_assert_cmpint (chorus_upload_reader_read (reader, buffer, (gsize) part->size - 1, NULL, NULL), ==, part->size - 1);
  change (file, CHANGE_TOUCH);
  g_assert_cmpint (chorus_upload_reader_read (reader, buffer, 1, NULL, &error), ==, -1);
  g_assert_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED);
  assert_begin_fails (reader, fixture_part (cut, 2), CHORUS_UPLOAD_ERROR_FILE_CHANGED, name);
}

static void
test_changed_while_read (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GFile) wave = write_wave (fixture, "a.wav", 9 * RATE, NULL);
  g_autoptr (GFile) flac = NULL;

  assert_changed_while_read (fixture, wave, "“a.wav”");
  if (fixture_skip_without ("numpy, soundfile"))
    return;

  flac = write_noise (fixture, "a.flac", "PCM_16");
  assert_changed_while_read (fixture, flac, "“a.flac”");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) file = write_wave (fixture, "a.wav", 9 * RATE, NULL);
  g_autoptr (ChorusUploadCut) cut = fixture_cut (file, 25000000, 3);
  g_autoptr (ChorusUploadReader) reader = fixture_reader (file, cut);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 buffer[1000];

  g_assert_true (chorus_upload_reader_begin (reader, fixture_part (cut, 0), cancellable, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (chorus_upload_reader_read (reader, buffer, sizeof buffer, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_fits (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) file = fixture_file (fixture, "a");
  g_autoptr (GFile) same = fixture_file (fixture, "a");
  g_autoptr (GFile) other = fixture_file (fixture, "b");
  g_autoptr (ChorusUploadReader) reader = chorus_upload_reader_new (file, CHORUS_UPLOAD_METHOD_COPY, 10, 20);

  g_assert_true (chorus_upload_reader_fits (reader, same, CHORUS_UPLOAD_METHOD_COPY, 10, 20));
  g_assert_false (chorus_upload_reader_fits (reader, other, CHORUS_UPLOAD_METHOD_COPY, 10, 20));
  g_assert_false (chorus_upload_reader_fits (reader, same, CHORUS_UPLOAD_METHOD_DECODE, 10, 20));
  g_assert_false (chorus_upload_reader_fits (reader, same, CHORUS_UPLOAD_METHOD_COPY, 11, 20));
  g_assert_false (chorus_upload_reader_fits (reader, same, CHORUS_UPLOAD_METHOD_COPY, 10, 21));
}

#define ADD(name, func)                                                                                                \
  g_test_add ("/upload/reader-changes/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("part-of-another-file", test_part_of_another_file);
  ADD ("at-begin", test_changed);
  ADD ("while-read", test_changed_while_read);
  ADD ("cancelled", test_cancelled);
  ADD ("fits", test_fits);

  return g_test_run ();
}
