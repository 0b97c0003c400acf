/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-station-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "chorus-test.h"

static char *
test_new_path (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("chorus-folder-XXXXXX", &error);

  g_assert_no_error (error);

  return path;
}

static void
test_lock (void)
{
  g_autofree char *path = test_new_path ();
  g_autofree char *inner = g_build_filename (path, "not", "there", "yet", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationFolder) first = chorus_station_folder_open (inner, &error);
  g_autoptr (ChorusStationFolder) second = NULL;

  g_assert_no_error (error);
  second = chorus_station_folder_open (inner, &error);
  g_assert_null (second);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_clear_error (&error);

  g_assert_finalize_object (g_steal_pointer (&first));
  second = chorus_station_folder_open (inner, &error);
  g_assert_no_error (error);
  g_clear_object (&second);
  chorus_test_remove_folder (path);
}

static void
test_token (void)
{
  g_autofree char *path = test_new_path ();
  g_autofree char *token_path = g_build_filename (path, "token", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationFolder) folder = chorus_station_folder_open (path, &error);
  g_autofree char *token = chorus_station_folder_dup_token (folder, &error);
  g_autofree char *again = chorus_station_folder_dup_token (folder, &error);
  g_autofree char *renewed = NULL;
  g_autofree char *repaired = NULL;
  GStatBuf info = { 0 };

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, again);
  g_assert_cmpint (g_stat (token_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* One that others could read is replaced, and so is nonsense. */
  g_assert_cmpint (g_chmod (token_path, 0644), ==, 0);
  renewed = chorus_station_folder_dup_token (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (renewed, !=, token);
  g_assert_cmpint (g_stat (token_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (g_file_set_contents (token_path, "short", -1, NULL));
  g_assert_cmpint (g_chmod (token_path, 0600), ==, 0);
  repaired = chorus_station_folder_dup_token (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (repaired), ==, 43);
  g_assert_cmpstr (repaired, !=, renewed);
  chorus_test_remove_folder (path);
}

static void
test_clean (void)
{
  g_autofree char *path = test_new_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationFolder) folder = chorus_station_folder_open (path, &error);
  g_autofree char *incoming = chorus_station_folder_build_incoming_path (folder);
  g_autofree char *known_path = chorus_station_folder_build_file_path (folder, "known", "wav");
  g_autofree char *orphan_path = chorus_station_folder_build_file_path (folder, "orphan", "wav");
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (g_file_set_contents (incoming, "x", -1, NULL));
  g_assert_true (g_file_set_contents (known_path, "x", -1, NULL));
  g_assert_true (g_file_set_contents (orphan_path, "x", -1, NULL));
  g_hash_table_add (known, (gpointer) "known");
  chorus_station_folder_clean (folder, known);
  g_assert_false (g_file_test (incoming, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (known_path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (orphan_path, G_FILE_TEST_EXISTS));
  chorus_test_remove_folder (path);
}

static void
test_address (void)
{
  g_autofree char *path = test_new_path ();
  g_autofree char *json_path = g_build_filename (path, "station.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationFolder) folder = chorus_station_folder_open (path, &error);

  g_assert_cmpuint (chorus_station_folder_get_last_port (folder), ==, 0);
  g_assert_true (chorus_station_folder_write_address (folder, "http://127.0.0.1:8123/", 8123, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_station_folder_get_last_port (folder), ==, 8123);

  g_assert_true (g_file_set_contents (json_path, "{\"port\":70000}", -1, NULL));
  g_assert_cmpuint (chorus_station_folder_get_last_port (folder), ==, 0);
  g_assert_true (g_file_set_contents (json_path, "{\"port\":", -1, NULL));
  g_assert_cmpuint (chorus_station_folder_get_last_port (folder), ==, 0);
  g_assert_true (g_file_set_contents (json_path, "", -1, NULL));
  g_assert_cmpuint (chorus_station_folder_get_last_port (folder), ==, 0);
  chorus_test_remove_folder (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/folder/lock", test_lock);
  g_test_add_func ("/station/folder/token", test_token);
  g_test_add_func ("/station/folder/clean", test_clean);
  g_test_add_func ("/station/folder/address", test_address);

  return g_test_run ();
}
