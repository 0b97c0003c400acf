/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-new-file.h"

#include <errno.h>

#include "chorus-test.h"

static void
test_new_file_finish (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-new-file-XXXXXX", NULL);
  g_autoptr (GFile) target = g_file_new_build_filename (folder, "a.txt", NULL);
  g_autofree char *contents = NULL;
  GError *error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusNewFile) file = chorus_new_file_create (target, &error);

      g_assert_no_error (error);
      g_assert_true (chorus_new_file_write (file, "abc", 3, &error));
      /* Not there, or not another, before it is whole. */
      g_assert_true (g_file_query_exists (target, NULL) == (i > 0));
      g_assert_true (chorus_new_file_write (file, "def", 3 * i, &error));
      g_assert_true (chorus_new_file_finish (file, &error));
      g_assert_no_error (error);
    }
  g_assert_true (g_file_get_contents (g_file_peek_path (target), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "abcdef");
  g_assert_cmpint (g_unlink (g_file_peek_path (target)), ==, 0);
  /* Nothing else is left in it. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_new_file_abandon (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-new-file-XXXXXX", NULL);
  g_autoptr (GFile) target = g_file_new_build_filename (folder, "a.txt", NULL);
  ChorusNewFile *file = chorus_new_file_create (target, NULL);

  g_assert_true (chorus_new_file_write (file, "abc", 3, NULL));
  chorus_new_file_free (file);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Whatever the number, one sentence with the name in it as it is. */
static void
test_new_file_sentences (void)
{
  static const struct
  {
    int number;
    GIOErrorEnum code;
    const char *sentence;
  } cases[] = {
    { ENOSPC, G_IO_ERROR_NO_SPACE,
      "“%s%n.wav” could not be saved, because the disk is full: free some space or choose another folder." },
    { EROFS, G_IO_ERROR_READ_ONLY,
      "“%s%n.wav” could not be saved, because its folder cannot be written to: choose another folder." },
    { EACCES, G_IO_ERROR_PERMISSION_DENIED,
      "“%s%n.wav” could not be saved, because its folder cannot be written to: choose another folder." },
    { ENOENT, G_IO_ERROR_NOT_FOUND,
      "“%s%n.wav” could not be saved, because its folder is not there: choose another folder." },
    { EISDIR, G_IO_ERROR_IS_DIRECTORY,
      "“%s%n.wav” could not be saved, because a folder has this name: choose another name." },
    { ENAMETOOLONG, G_IO_ERROR_FILENAME_TOO_LONG,
      "“%s%n.wav” could not be saved, because its name is too long: choose a shorter one." },
    { EIO, G_IO_ERROR_FAILED, "“%s%n.wav” could not be saved (Input/output error): choose another folder." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_new_file_set_error ("%s%n.wav", cases[i].number, &error);
      g_assert_error (error, G_IO_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].sentence);
    }
}

static void
test_new_file_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-new-file-XXXXXX", NULL);
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autoptr (GFile) target = g_file_new_for_path (folder);
  g_autoptr (GFile) too_long = g_file_new_build_filename (folder, long_name, NULL);
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("https://example.org/a.wav");
  g_autofree char *inside = g_build_filename (folder, "a.txt", NULL);
  g_autoptr (ChorusNewFile) file = NULL;
  g_autoptr (ChorusNewFile) long_file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (inside, "", 0, NULL));
  file = chorus_new_file_create (target, &error);
  g_assert_no_error (error);
  g_assert_false (chorus_new_file_finish (file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);

  long_file = chorus_new_file_create (too_long, &error);
  g_assert_no_error (error);
  g_assert_false (chorus_new_file_finish (long_file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG);
  g_clear_error (&error);

  g_assert_null (chorus_new_file_create (elsewhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);

  /* What could not be put to its place is gone. */
  g_clear_pointer (&long_file, chorus_new_file_free);
  g_assert_cmpint (g_unlink (inside), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/new-file/finish", test_new_file_finish);
  g_test_add_func ("/core/new-file/abandon", test_new_file_abandon);
  g_test_add_func ("/core/new-file/sentences", test_new_file_sentences);
  g_test_add_func ("/core/new-file/refused", test_new_file_refused);

  return g_test_run ();
}
