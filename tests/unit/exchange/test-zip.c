/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Archives, with unzip and Python's zipfile as the truth. */

#include "package-fixture.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exchange/chorus-zip-format.h"
#include "exchange/chorus-zip-writer.h"

static GDateTime *
a_time (void)
{
  return g_date_time_new_utc (2026, 5, 1, 12, 34, 57.0);
}

static ChorusZipWriter *
begin (const char *path)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GDateTime) modified = a_time ();

  return chorus_zip_writer_new (target, modified);
}

/* Three files that grow side by side: text, nothing, and noise that cannot be packed. */
static void
write_three (const char *path)
{
  g_autoptr (ChorusZipWriter) writer = begin (path);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_zip_writer_add_file (writer, "a.txt", &error));
  g_assert_true (chorus_zip_writer_add_file (writer, "empty", &error));
  g_assert_true (chorus_zip_writer_add_file (writer, "folder/räuschen.bin", &error));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *line = g_strdup_printf ("line %u\n", i);
      guint32 noise[64];

      for (gsize j = 0; j < G_N_ELEMENTS (noise); j++)
        noise[j] = GUINT32_TO_LE (g_rand_int (rand));
      g_assert_true (chorus_zip_writer_write (writer, "a.txt", line, strlen (line), &error));
      g_assert_true (chorus_zip_writer_write (writer, "folder/räuschen.bin", noise, sizeof noise, &error));
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (chorus_zip_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static void
test_zip_read_by_others (Fixture       *fixture,
                         gconstpointer  data)
{
  static const char look[] =
    "import hashlib, sys, zipfile\n"
    "archive = zipfile.ZipFile(sys.argv[1])\n"
    "assert archive.testzip() is None\n"
    "for info in archive.infolist():\n"
    "    assert not info.extra and not info.comment and info.flag_bits == 0x800 and info.create_version == 20, vars(info)\n"
    "    print(info.filename, info.file_size, info.compress_size < info.file_size + 1000, info.date_time,\n"
    "          oct(info.external_attr >> 16))\n"
    "assert archive.read('a.txt') == b''.join(b'line %d\\n' % i for i in range(2000))\n"
    "assert len(archive.read('folder/r\\u00e4uschen.bin')) == 512000\n";
  g_autofree char *path = fixture_path (fixture, "three.zip");
  const char *python[] = { PYTHON, "-c", look, path, NULL };
  const char *unzip[] = { "unzip", "-t", path, NULL };
  g_autofree char *output = NULL;
  g_autofree char *tested = NULL;

  write_three (path);
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
  g_assert_true (fixture_run (python, &output));
  g_assert_cmpstr (output, ==,
                   "a.txt 18890 True (2026, 5, 1, 12, 34, 56) 0o100644\n"
                   "empty 0 True (2026, 5, 1, 12, 34, 56) 0o100644\n"
                   "folder/räuschen.bin 512000 True (2026, 5, 1, 12, 34, 56) 0o100644\n");
  g_assert_true (fixture_run (unzip, &tested));
  g_assert_nonnull (strstr (tested, "No errors detected"));
}

static void
test_zip_same_bytes (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *first_path = fixture_path (fixture, "1.zip");
  g_autofree char *second_path = fixture_path (fixture, "2.zip");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_size = 0;
  gsize second_size = 0;

  write_three (first_path);
  write_three (second_path);
  g_assert_true (g_file_get_contents (first_path, &first, &first_size, NULL));
  g_assert_true (g_file_get_contents (second_path, &second, &second_size, NULL));
  g_assert_cmpmem (first, first_size, second, second_size);
}

static void
append (int         fd,
        GByteArray *bytes)
{
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, (gssize) bytes->len);
}

/* What is large is a hole in the file, so that no disk has to have it: the readers are asked where everything is. */
static void
test_zip_large (Fixture       *fixture,
                gconstpointer  data)
{
  static const char look[] =
    "import sys, zipfile\n"
    "archive = zipfile.ZipFile(sys.argv[1])\n"
    "for info in archive.infolist():\n"
    "    print(info.filename, info.file_size, info.compress_size, info.header_offset, info.extract_version)\n"
    "print(archive.read('small.txt'))\n"
    "archive.open('large.bin').close()\n";
  /* "abc" as a block that is not packed. */
  static const guint8 small[] = { 0x01, 0x03, 0x00, 0xfc, 0xff, 'a', 'b', 'c' };
  ChorusZipMember members[] = {
    { (char *) "large.bin", 0x12345678, G_GUINT64_CONSTANT (5000000000), G_GUINT64_CONSTANT (6000000000), 0 },
    { (char *) "small.txt", 0x352441c2, sizeof small, 3, 0 },
  };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_autoptr (GDateTime) modified = a_time ();
  g_autofree char *path = fixture_path (fixture, "large.zip");
  const char *python[] = { PYTHON, "-c", look, path, NULL };
  const char *unzip[] = { "unzip", "-p", path, "small.txt", NULL };
  g_autofree char *output = NULL;
  g_autofree char *unzipped = NULL;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);

  g_assert_cmpint (fd, >=, 0);
  chorus_zip_format_add_header (header, &members[0], modified);
  append (fd, header);
  members[1].offset = header->len + members[0].packed_size;
  g_assert_cmpint (lseek (fd, (off_t) members[1].offset, SEEK_SET), ==, (off_t) members[1].offset);
  chorus_zip_format_add_header (rest, &members[1], modified);
  g_byte_array_append (rest, small, sizeof small);
  g_ptr_array_add (all, &members[0]);
  g_ptr_array_add (all, &members[1]);
  chorus_zip_format_add_directory (rest, all, modified, members[1].offset + rest->len);
  append (fd, rest);
  g_assert_cmpint (close (fd), ==, 0);

  g_assert_true (fixture_run (python, &output));
  g_assert_cmpstr (output, ==,
                   "large.bin 6000000000 5000000000 0 45\n"
                   "small.txt 3 8 5000000059 45\n"
                   "b'abc'\n");
  g_assert_true (fixture_run (unzip, &unzipped));
  g_assert_cmpstr (unzipped, ==, "abc");
}

static void
test_zip_leaves_nothing (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = fixture_path (fixture, "a.zip");
  g_autofree char *nowhere = g_build_filename (fixture->folder, "gone", "a.zip", NULL);
  g_autoptr (ChorusZipWriter) lost = begin (nowhere);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (chorus_zip_writer_add_file (lost, "a.txt", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==,
                   "“a.zip” could not be saved, because its folder is not there: choose another folder.");
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  /* Given up; then a disk that is full while it is packed; then one that is when it is put together. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ChorusZipWriter) writer = begin (path);
      gboolean success = TRUE;

      g_assert_true (chorus_zip_writer_add_file (writer, "noise", &error));
      if (i == 1)
        fixture_limit_size (100000);
      for (guint j = 0; j < 200000 && success; j++)
        {
          guint32 noise = g_rand_int (rand);

          success = chorus_zip_writer_write (writer, "noise", &noise, sizeof noise, &error);
        }
      g_assert_true (success == (i != 1));
      if (i == 2)
        {
          fixture_limit_size (100000);
          g_assert_false (chorus_zip_writer_finish (writer, &error));
        }
      fixture_limit_size (0);
      if (i > 0)
        {
          g_assert_nonnull (error);
          g_assert_cmpstr (error->message, ==,
                           "“a.zip” could not be saved, because this disk takes no file of its size: save less or "
                           "choose another disk.");
          g_clear_error (&error);
        }
    }
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
}

/* Ended in the middle, as by a power cut. */
static void
test_zip_killed (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = fixture_path (fixture, "a.zip");
  int pipes[2] = { -1, -1 };
  int status = 0;
  char byte = 0;
  pid_t child = -1;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      ChorusZipWriter *writer = begin (path);
      guint32 seed = 1;

      if (!chorus_zip_writer_add_file (writer, "noise", NULL))
        _exit (1);
      for (guint i = 0;; i++)
        {
          seed = seed * 1664525u + 1013904223u;
          if (!chorus_zip_writer_write (writer, "noise", &seed, sizeof seed, NULL)
              || (i == 500000 && write (pipes[1], "x", 1) != 1))
            _exit (1);
        }
    }

  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (fixture_count (fixture), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/zip/read-by-others", test_zip_read_by_others);
  fixture_add ("/exchange/zip/same-bytes", test_zip_same_bytes);
  fixture_add ("/exchange/zip/large", test_zip_large);
  fixture_add ("/exchange/zip/leaves-nothing", test_zip_leaves_nothing);
  fixture_add ("/exchange/zip/killed", test_zip_killed);

  return g_test_run ();
}
