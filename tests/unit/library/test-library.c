/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library without a network. */

#include <glib/gstdio.h>

#include "chorus-library-fixture.h"

static ChorusRecordingList *
open_list (ChorusLibrary *library,
           const char    *deployment_id)
{
  ChorusRecordingList *list = chorus_library_open_recordings (library, deployment_id);

  chorus_test_wait (!chorus_recording_list_get_loading (list));

  return list;
}

static void
test_library_opens_from_store (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (ChorusRecordingList) again = NULL;
  g_autoptr (ChorusRecordingList) other = NULL;

  fixture_execute (store,
                   "INSERT INTO recordings (profile_id, deployment_id, name) VALUES ('p', 'd', 'a'), ('p', 'd', 'b'),"
                   " ('p', 'e', 'c'), ('q', 'd', 'another profile')");
  list = chorus_library_open_recordings (library, "d");
  g_assert_true (chorus_recording_list_get_loading (list));
  again = open_list (library, "d");
  other = open_list (library, "e");
  g_assert_true (list == again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 1);
  g_assert_null (chorus_recording_list_get_synced_at (list));

  /* A list that nobody holds is gone; the next one is read again. */
  g_clear_object (&again);
  g_assert_finalize_object (g_steal_pointer (&list));
  list = open_list (library, "d");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);

  /* A list may outlive the library. */
  fixture_close (store, library);
}

static void
test_library_many (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  gint64 begin = 0;

  fixture_execute (store, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                          "INSERT INTO recordings (profile_id, deployment_id, file_id, name, upload_state, recorded_at,"
                          "  time_source)"
                          " SELECT 'p', 'd', i, printf ('%08d.wav', i), 'remote',"
                          "  strftime ('%Y-%m-%dT%H:%M:%S', 1700000000 + 300 * i, 'unixepoch'), 'file-name' FROM n");
  begin = g_get_monotonic_time ();
  list = open_list (library, "d");
  g_test_message ("20,000 recordings read in %.0f ms", (double) (g_get_monotonic_time () - begin) / 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 20000);
  for (guint i = 0; i < 20000; i += 1999)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *name = g_strdup_printf ("%08u.wav", i + 1);

      g_assert_cmpstr (chorus_recording_get_name (recording), ==, name);
    }

  g_clear_object (&list);
  fixture_close (store, library);
}

static void
test_library_upload (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = open_list (library, "d");
  ChorusRecording *recording = NULL;

  /* A row that is new to the list. */
  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (7, 'p', 'd', 'a')");
  chorus_library_update_upload (library, 7, "waiting", 0, NULL);
  chorus_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  recording = chorus_recording_list_find (list, 7);
  g_assert_cmpint (chorus_recording_get_status (recording), ==, CHORUS_RECORDING_WAITING);

  fixture_execute (store, "UPDATE recordings SET upload_state = 'sending', duration = 60");
  chorus_library_update_upload (library, 7, "sending", 0, NULL);
  g_assert_cmpint (chorus_recording_get_status (recording), ==, CHORUS_RECORDING_UPLOADING);
  chorus_library_update_upload (library, 7, "sending", 0.5, NULL);
  g_assert_cmpfloat (chorus_recording_get_progress (recording), ==, 0.5);
  chorus_test_wait (chorus_recording_get_duration (recording) == 60);
  g_assert_cmpstr (chorus_recording_get_status_text (recording), ==, "Uploading 50\u202f%");

  fixture_execute (store, "UPDATE recordings SET upload_state = 'sent', file_id = 'f'");
  chorus_library_update_upload (library, 7, "sent", 1, NULL);
  chorus_test_wait (chorus_recording_get_status (recording) == CHORUS_RECORDING_TO_ANALYZE);
  chorus_test_wait (chorus_recording_list_get_n_to_analyze (list) == 1);

  /* The queue found that a file which a refresh had listed is one of its own, and made the two rows one. */
  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state)"
                   " VALUES (9, 'p', 'd', 'g', 'listed', 'remote')");
  chorus_library_update_upload (library, 9, "remote", 0, NULL);
  chorus_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2);
  fixture_execute (store, "DELETE FROM recordings WHERE recording_id = 9; UPDATE recordings SET file_id = 'g'");
  chorus_library_update_upload (library, 7, "sent", 1, NULL);
  chorus_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_assert_true (chorus_recording_list_find (list, 7) == recording);
  g_assert_null (chorus_recording_list_find (list, 9));

  /* A row of a deployment that is not open is nobody's business. */
  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (8, 'p', 'e', 'b')");
  chorus_library_update_upload (library, 8, "waiting", 0, NULL);
  chorus_library_update_upload (library, 4711, "failed", 0, "Gone.");
  chorus_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);

  /* Taken back before anything was sent, once in an open list and once not. */
  chorus_library_forget_recording (library, 8);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  chorus_library_forget_recording (library, 7);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_null (chorus_recording_list_find (list, 7));

  g_clear_object (&list);
  fixture_close (store, library);
}

static GFile *
locate (ChorusLibrary    *library,
        ChorusRecording  *recording,
        GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_locate_audio_async (library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_locate_audio_finish (library, result, error);
}

static gboolean
set_original (ChorusLibrary    *library,
              ChorusRecording  *recording,
              const char       *path,
              GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  chorus_library_set_original_async (library, recording, file, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_set_original_finish (library, result, error);
}

static void
test_library_audio (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-library-XXXXXX", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autofree char *original = g_build_filename (folder, "a.wav", NULL);
  g_autofree char *moved = g_build_filename (folder, "moved.wav", NULL);
  g_autofree char *longer = g_build_filename (folder, "longer.wav", NULL);
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library =
    g_object_new (CHORUS_TYPE_LIBRARY, "store", store, "profile-id", "p", "cache-folder", cache, NULL);
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *sql = NULL;
  ChorusRecording *recording = NULL;

  g_assert_true (g_file_set_contents (original, "12345", 5, NULL));
  g_assert_true (g_file_set_contents (longer, "123456", 6, NULL));
  sql = g_strdup_printf ("INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, url, size,"
                         "  local_path, upload_state) VALUES (1, 'p', 'd', '../../f', 'a.wav', 'gs://bucket/a.wav', 5,"
                         "  '%s', 'sent')",
                         original);
  fixture_execute (store, sql);
  list = open_list (library, "d");
  recording = chorus_recording_list_find (list, 1);

  /* The original, as long as it is what was uploaded. */
  file = locate (library, recording, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (file), ==, original);
  g_clear_object (&file);

  g_assert_cmpint (g_rename (original, moved), ==, 0);
  g_assert_null (locate (library, recording, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* Another file is not it; the right one is remembered. */
  g_assert_false (set_original (library, recording, longer, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_DIFFERENT_FILE);
  g_assert_nonnull (strstr (error->message, longer));
  g_clear_error (&error);
  g_assert_false (set_original (library, recording, folder, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_DIFFERENT_FILE);
  g_clear_error (&error);
  g_assert_true (set_original (library, recording, moved, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_recording_get_local_path (recording), ==, moved);
  file = locate (library, recording, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (file), ==, moved);

  g_clear_object (&list);
  fixture_close (store, library);
  chorus_test_remove_folder (folder);
}

static void
test_library_cached_audio (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-library-XXXXXX", NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "p\n../../f", -1);
  g_autofree char *cached = g_build_filename (folder, name, NULL);
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library =
    g_object_new (CHORUS_TYPE_LIBRARY, "store", store, "profile-id", "p", "cache-folder", folder, NULL);
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  ChorusRecording *recording = NULL;

  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, url, size,"
                   "  upload_state) VALUES (1, 'p', 'd', '../../f', 'a.wav', 'https://example.org/a.wav', 5, 'remote'),"
                   " (2, 'p', 'd', NULL, 'b.wav', NULL, 5, 'waiting')");
  list = open_list (library, "d");
  recording = chorus_recording_list_find (list, 1);

  g_assert_null (locate (library, recording, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (cached, "12345", 5, NULL));
  file = locate (library, recording, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (file), ==, cached);

  /* Half a copy is none. */
  g_assert_true (g_file_set_contents (cached, "123", 3, NULL));
  g_assert_null (locate (library, recording, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);
  g_clear_error (&error);

  g_assert_null (locate (library, chorus_recording_list_find (list, 2), &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO);

  g_clear_object (&list);
  fixture_close (store, library);
  chorus_test_remove_folder (folder);
}

static void
test_library_analyze_offline (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) all = NULL;
  g_autoptr (GError) error = NULL;
  guint n_failed = 99;

  fixture_sync (store, fixture_file ("f", "a.wav", NULL));
  list = open_list (library, "d");
  chorus_library_analyze_async (library, chorus_recording_list_find (list, 1), NULL, chorus_test_result_cb, &one);
  chorus_library_analyze_all_async (library, list, NULL, chorus_test_result_cb, &all);
  chorus_test_wait (one && all);
  g_assert_false (chorus_library_analyze_finish (library, one, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);
  g_clear_error (&error);
  g_assert_false (chorus_library_analyze_all_finish (library, all, &n_failed, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);
  g_assert_cmpuint (n_failed, ==, 0);

  /* Nothing was promised. */
  fixture_assert (store, "SELECT analysis_state FROM recordings", "none");
  g_clear_object (&one);
  g_clear_object (&all);
  g_clear_object (&list);
  fixture_close (store, library);
}

static void
test_library_goes_while_analyzing (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;

  /* What was under way when the program ended is watched again, and that does not keep the library alive. */
  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_RUNNING, NULL), NULL));
  list = open_list (library, "d");
  g_assert_cmpint (chorus_recording_get_status (chorus_recording_list_find (list, 1)), ==, CHORUS_RECORDING_ANALYZING);
  fixture_close (store, library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/library/opens-from-store", test_library_opens_from_store);
  g_test_add_func ("/library/library/many", test_library_many);
  g_test_add_func ("/library/library/upload", test_library_upload);
  g_test_add_func ("/library/library/audio", test_library_audio);
  g_test_add_func ("/library/library/cached-audio", test_library_cached_audio);
  g_test_add_func ("/library/library/analyze-offline", test_library_analyze_offline);
  g_test_add_func ("/library/library/goes-while-analyzing", test_library_goes_while_analyzing);

  return g_test_run ();
}
