/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "upload/chorus-upload-scan.h"

#include "chorus-test.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  GListStore *roots;
  ChorusUploadScan *scan;
  GString *found; /* paths below the folder, one a line */
  guint n_batches;
  GCancellable *cancel_on_found;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("chorus-scan-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->roots = g_list_store_new (G_TYPE_FILE);
  fixture->found = g_string_new (NULL);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_clear_object (&fixture->scan);
  g_assert_finalize_object (fixture->roots);
  g_string_free (fixture->found, TRUE);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
fixture_make (Fixture    *fixture,
              const char *path)
{
  g_autofree char *full = g_build_filename (fixture->folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, "x", 1, NULL));
}

static void
fixture_link (Fixture    *fixture,
              const char *target,
              const char *path)
{
  g_autofree char *full = g_build_filename (fixture->folder, path, NULL);

  g_assert_cmpint (symlink (target, full), ==, 0);
}

static void
fixture_add_root (Fixture    *fixture,
                  const char *path)
{
  g_autofree char *full = g_build_filename (fixture->folder, path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (full);

  g_list_store_append (fixture->roots, file);
}

static void
found_cb (ChorusUploadScan *scan,
          GPtrArray        *files,
          Fixture          *fixture)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);

  g_assert_cmpuint (files->len, >, 0);
  fixture->n_batches++;
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_relative_path (folder, files->pdata[i]);

      g_string_append_printf (fixture->found, "%s\n", path);
    }
  g_cancellable_cancel (fixture->cancel_on_found);
}

static gboolean
fixture_run (Fixture       *fixture,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture->scan = chorus_upload_scan_new (G_LIST_MODEL (fixture->roots));
  g_signal_connect (fixture->scan, "found", G_CALLBACK (found_cb), fixture);
  chorus_upload_scan_run_async (fixture->scan, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_upload_scan_run_finish (fixture->scan, result, error);
}

static void
test_tree (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture_make (fixture, "card/20250604/20250604_051000.WAV");
  fixture_make (fixture, "card/20250604/20250604_050000.WAV");
  fixture_make (fixture, "card/a.mp3");
  fixture_make (fixture, "card/b.M4A");
  fixture_make (fixture, "card/c.webm");
  fixture_make (fixture, "card/d.flac");
  fixture_make (fixture, "card/CONFIG.TXT");
  fixture_make (fixture, "card/.DS_Store");
  fixture_make (fixture, "card/._a.mp3");
  fixture_make (fixture, "card/.Trashes/deleted.wav");
  fixture_make (fixture, "card/notes.txt");
  fixture_make (fixture, "card/photo.jpg");
  fixture_make (fixture, "card/.wav");
  fixture_make (fixture, "card/wav");
  fixture_add_root (fixture, "card");

  g_assert_true (fixture_run (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->found->str, ==,
                   "card/20250604/20250604_050000.WAV\n"
                   "card/20250604/20250604_051000.WAV\n"
                   "card/a.mp3\n"
                   "card/b.M4A\n"
                   "card/c.webm\n"
                   "card/d.flac\n");
  g_assert_cmpuint (chorus_upload_scan_get_n_found (fixture->scan), ==, 6);
  g_assert_cmpuint (chorus_upload_scan_get_n_ignored (fixture->scan), ==, 3); /* notes.txt, photo.jpg, wav */
  g_assert_cmpuint (chorus_upload_scan_get_n_unreadable (fixture->scan), ==, 0);
}

/* Whatever a person drops by itself comes through, to be refused with a reason where it has to be. */
static void
test_dropped_files (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture_make (fixture, "notes.txt");
  fixture_make (fixture, "CONFIG.TXT");
  fixture_make (fixture, ".hidden");
  fixture_add_root (fixture, "notes.txt");
  fixture_add_root (fixture, "CONFIG.TXT");
  fixture_add_root (fixture, ".hidden");
  fixture_add_root (fixture, "missing.wav");

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpstr (fixture->found->str, ==, "notes.txt\nCONFIG.TXT\n.hidden\nmissing.wav\n");
  g_assert_cmpuint (chorus_upload_scan_get_n_ignored (fixture->scan), ==, 0);
}

static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_make (fixture, "card/one/a.wav");
  fixture_make (fixture, "elsewhere/b.wav");
  fixture_link (fixture, "..", "card/one/up");
  fixture_link (fixture, ".", "card/one/self");
  fixture_link (fixture, "../elsewhere", "card/other");
  fixture_link (fixture, "../elsewhere", "card/other-again");
  fixture_link (fixture, "../elsewhere/b.wav", "card/zz.wav");
  fixture_link (fixture, "nowhere.wav", "card/dangling.wav");
  fixture_add_root (fixture, "card");
  fixture_add_root (fixture, "card"); /* dropped twice */

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpstr (fixture->found->str, ==, "card/one/a.wav\ncard/other/b.wav\ncard/zz.wav\n");
}

static void
test_special_files (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.wav", NULL);

  fixture_make (fixture, "a.wav");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  fixture_add_root (fixture, ".");

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpuint (chorus_upload_scan_get_n_found (fixture->scan), ==, 1);
  g_assert_cmpuint (chorus_upload_scan_get_n_ignored (fixture->scan), ==, 1);
}

static void
test_unreadable_folder (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *closed = g_build_filename (fixture->folder, "card", "closed", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("root reads every folder");
      return;
    }

  fixture_make (fixture, "card/closed/a.wav");
  fixture_make (fixture, "card/open/b.wav");
  g_assert_cmpint (g_chmod (closed, 0), ==, 0);
  fixture_add_root (fixture, "card");

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpstr (fixture->found->str, ==, "card/open/b.wav\n");
  g_assert_cmpuint (chorus_upload_scan_get_n_unreadable (fixture->scan), ==, 1);
  g_assert_cmpint (g_chmod (closed, 0700), ==, 0);
}

static void
test_deep_folders (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GString) path = g_string_new ("card");

  for (guint i = 0; i < 100; i++)
    {
      g_string_append (path, "/d");
      if (i == 9 || i == 90)
        {
          g_autofree char *file = g_strconcat (path->str, "/a.wav", NULL);

          fixture_make (fixture, file);
        }
    }
  fixture_add_root (fixture, "card");

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpuint (chorus_upload_scan_get_n_found (fixture->scan), ==, 1);
  g_assert_cmpuint (chorus_upload_scan_get_n_unreadable (fixture->scan), ==, 1);
}

static void
test_batches (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *path = g_strdup_printf ("card/%03u.wav", i);

      fixture_make (fixture, path);
    }
  fixture_add_root (fixture, "card");

  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpuint (chorus_upload_scan_get_n_found (fixture->scan), ==, 300);
  g_assert_cmpuint (fixture->n_batches, >, 1);
  g_assert_cmpuint (fixture->n_batches, <, 30);
  g_assert_true (g_str_has_prefix (fixture->found->str, "card/000.wav\ncard/001.wav\n"));
  g_assert_true (g_str_has_suffix (fixture->found->str, "card/298.wav\ncard/299.wav\n"));
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fixture_make (fixture, "card/a.wav");
  fixture_add_root (fixture, "card");
  g_cancellable_cancel (cancellable);

  g_assert_false (fixture_run (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_batches, ==, 0);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_true (fixture_run (fixture, NULL, NULL));
  g_assert_cmpuint (fixture->n_batches, ==, 0);
}

#define ADD(name, func) g_test_add ("/upload/scan/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("tree", test_tree);
  ADD ("dropped-files", test_dropped_files);
  ADD ("links", test_links);
  ADD ("special-files", test_special_files);
  ADD ("unreadable-folder", test_unreadable_folder);
  ADD ("deep-folders", test_deep_folders);
  ADD ("batches", test_batches);
  ADD ("cancel", test_cancel);
  ADD ("nothing", test_nothing);

  return g_test_run ();
}
