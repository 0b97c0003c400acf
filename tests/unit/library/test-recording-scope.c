/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"
#include "library/chorus-recording-list-private.h"

/* Two projects; the second site of the first has two deployments. Recording n begins in minute n. */
#define PLACES                                                                                                         \
  "INSERT INTO projects (profile_id, project_id, name) VALUES ('p', 'p1', 'One'), ('p', 'p2', 'Two'),"                 \
  "  ('q', 'p1', 'Of another');"                                                                                       \
  "INSERT INTO sites (profile_id, site_id, project_id, name) VALUES ('p', 's1', 'p1', 'A'), ('p', 's2', 'p1', 'B'),"   \
  "  ('p', 's3', 'p2', 'C'), ('q', 's2', 'p1', 'X');"                                                                  \
  "INSERT INTO deployments (profile_id, deployment_id, site_id, name, typed) VALUES ('p', 'd1', 's1', 'a', 0),"        \
  "  ('p', 'd2', 's2', 'b', 0), ('p', 'd3', 's2', 'c', 0), ('p', 'd4', 's3', 'd', 0), ('p', 'd5', NULL, 'e', 1),"      \
  "  ('q', 'd2', 's2', 'x', 0);"                                                                                       \
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at) VALUES"                         \
  "  (1, 'p', 'd1', '1', '2025-06-04T00:01:00'), (2, 'p', 'd2', '2', '2025-06-04T00:02:00'),"                          \
  "  (3, 'p', 'd3', '3', '2025-06-04T00:03:00'), (4, 'p', 'd2', '4', '2025-06-04T00:04:00'),"                          \
  "  (5, 'p', 'd4', '5', '2025-06-04T00:05:00'), (6, 'p', 'd5', '6', '2025-06-04T00:06:00'),"                          \
  "  (7, 'q', 'd2', '7', '2025-06-04T00:07:00'), (8, 'p', 'd3', '8', NULL);"                                           \
  "INSERT INTO syncs (profile_id, deployment_id, synced_at) VALUES ('p', 'd1', '2025-06-05T00:00:00Z'),"               \
  "  ('p', 'd2', '2025-06-06T00:00:00Z'), ('p', 'd3', '2025-06-07T00:00:00Z');"

static char *
get_ids (ChorusRecordingList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) chorus_recording_get_recording_id (recording));
    }

  return g_string_free (text, FALSE);
}

#define assert_ids(list, expected)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *ids_ = get_ids (list);                                                                            \
    g_assert_cmpstr (ids_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static ChorusLibrary *
open_library (ChorusStore *store)
{
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_load_places_async (library, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_load_places_finish (library, result, &error));
  g_assert_no_error (error);

  return library;
}

static ChorusRecordingList *
open_scope (ChorusLibrary   *library,
            ChorusScopeKind  kind,
            const char      *id)
{
  g_autoptr (ChorusScope) scope = chorus_scope_new (kind, id);
  ChorusRecordingList *list = chorus_library_open_scope (library, scope);

  g_assert_true (chorus_scope_equal (chorus_recording_list_get_scope (list), scope));
  chorus_test_wait (!chorus_recording_list_get_loading (list));

  return list;
}

static void
test_scope_read (void)
{
  static const struct
  {
    ChorusScopeKind kind;
    const char *id;
    const char *ids;
    const char *synced_at;
  } cases[] = {
    { CHORUS_SCOPE_DEPLOYMENT, "d2", "2 4", "2025-06-06T00:00:00Z" },
    { CHORUS_SCOPE_DEPLOYMENT, "d5", "6", NULL },
    { CHORUS_SCOPE_SITE, "s2", "2 3 4 8", "2025-06-06T00:00:00Z" },
    { CHORUS_SCOPE_PROJECT, "p1", "1 2 3 4 8", "2025-06-05T00:00:00Z" },
    { CHORUS_SCOPE_PROJECT, "p2", "5", NULL },
    { CHORUS_SCOPE_PROJECT, "none", "", NULL },
    { CHORUS_SCOPE_ALL, NULL, "1 2 3 4 5 6 8", NULL },
  };
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = NULL;

  fixture_execute (store, PLACES);
  library = open_library (store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingList) list = open_scope (library, cases[i].kind, cases[i].id);
      g_autoptr (ChorusRecordingList) again = open_scope (library, cases[i].kind, cases[i].id);
      GDateTime *synced_at = chorus_recording_list_get_synced_at (list);
      g_autofree char *text = synced_at ? g_date_time_format_iso8601 (synced_at) : NULL;

      g_assert_true (list == again);
      assert_ids (list, cases[i].ids);
      g_assert_cmpstr (text, ==, cases[i].synced_at);
      g_assert_cmpstr (chorus_recording_list_get_deployment_id (list), ==,
                       cases[i].kind == CHORUS_SCOPE_DEPLOYMENT ? cases[i].id : NULL);
    }
  fixture_close (store, library);
}

/* What changes reaches every open list that it belongs to, and none else. */
static void
test_scope_live (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = NULL;
  ChorusRecordingList *deployment = NULL;
  ChorusRecordingList *site = NULL;
  ChorusRecordingList *other = NULL;
  ChorusRecordingList *project = NULL;
  ChorusRecordingList *all = NULL;

  fixture_execute (store, PLACES);
  library = open_library (store);
  deployment = open_scope (library, CHORUS_SCOPE_DEPLOYMENT, "d2");
  site = open_scope (library, CHORUS_SCOPE_SITE, "s2");
  other = open_scope (library, CHORUS_SCOPE_SITE, "s1");
  project = open_scope (library, CHORUS_SCOPE_PROJECT, "p1");
  all = open_scope (library, CHORUS_SCOPE_ALL, NULL);

  /* An upload that is new, and progress of one that is known. */
  fixture_execute (store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at) VALUES"
                          " (9, 'p', 'd2', '9', '2025-06-04T00:03:30'), (10, 'p', 'd5', '10', '2025-06-04T00:00:30')");
  chorus_library_update_upload (library, 9, "waiting", 0, NULL);
  chorus_library_update_upload (library, 10, "waiting", 0, NULL);
  chorus_test_wait (chorus_recording_list_find (all, 10) && chorus_recording_list_find (all, 9));
  assert_ids (deployment, "2 9 4");
  assert_ids (site, "2 3 9 4 8");
  assert_ids (other, "1");
  assert_ids (project, "1 2 3 9 4 8");
  assert_ids (all, "10 1 2 3 9 4 5 6 8");

  fixture_execute (store, "UPDATE recordings SET upload_state = 'sending' WHERE recording_id = 9");
  chorus_library_update_upload (library, 9, "sending", 0.25, NULL);
  chorus_library_update_upload (library, 9, "sending", 0.5, NULL);
  g_assert_cmpfloat (chorus_recording_get_progress (chorus_recording_list_find (deployment, 9)), ==, 0.5);
  g_assert_cmpfloat (chorus_recording_get_progress (chorus_recording_list_find (site, 9)), ==, 0.5);
  g_assert_cmpfloat (chorus_recording_get_progress (chorus_recording_list_find (all, 9)), ==, 0.5);
  chorus_test_wait (chorus_recording_list_get_n_uploading (project) == 6);

  chorus_library_forget_recording (library, 9);
  assert_ids (deployment, "2 4");
  assert_ids (site, "2 3 4 8");
  assert_ids (all, "10 1 2 3 4 5 6 8");

  g_clear_object (&deployment);
  g_clear_object (&site);
  g_clear_object (&other);
  g_clear_object (&project);
  g_clear_object (&all);
  fixture_close (store, library);
}

/* The objects are made when they are asked for, and one recording is one object as long as somebody holds it. */
static void
test_scope_objects (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = NULL;
  ChorusRecordingList *list = NULL;
  g_autoptr (ChorusRecording) held = NULL;
  ChorusRecording *dropped = NULL;

  fixture_execute (store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at)"
                          " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                          " SELECT i, 'p', 'd', 'r' || i, strftime('%Y-%m-%dT%H:%M:%S', 60 * i, 'unixepoch') FROM n");
  library = open_library (store);
  list = open_scope (library, CHORUS_SCOPE_DEPLOYMENT, "d");
  held = g_object_ref (chorus_recording_list_find (list, 1));
  dropped = chorus_recording_list_find (list, 2);
  g_object_add_weak_pointer (G_OBJECT (dropped), (gpointer *) &dropped);
  for (guint i = 2; i < 3000; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  g_assert_null (dropped);
  g_assert_true (chorus_recording_list_find (list, 1) == held);

  /* What nobody held is up to date when it is asked for again; what somebody changed is not forgotten with the object. */
  chorus_recording_set_counts (chorus_recording_list_find (list, 2), 9, 1, 7);
  fixture_execute (store, "UPDATE recordings SET name = 'renamed' WHERE recording_id IN (1, 3)");
  chorus_library_update_upload (library, 1, "waiting", 0, NULL);
  chorus_library_update_upload (library, 3, "waiting", 0, NULL);
  chorus_test_wait (g_str_equal (chorus_recording_get_name (held), "renamed"));
  for (guint i = 10; i < 3000; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  g_assert_cmpuint (chorus_recording_get_n_reviewed (chorus_recording_list_find (list, 2)), ==, 7);
  chorus_test_wait (g_str_equal (chorus_recording_get_name (chorus_recording_list_find (list, 3)), "renamed"));

  /* A recording outlives its list. */
  g_clear_object (&list);
  fixture_close (store, library);
  g_assert_cmpstr (chorus_recording_get_name (held), ==, "renamed");
}

/* However a time is written, it is what GLib reads. */
static void
test_scope_times (void)
{
  static const char *const times[] = {
    "2025-06-04T05:00:00",       "2025-06-04T05:00:00+05:30",
    "2025-06-04T23:59:59-09:30", "2025-06-04T05:00:00Z",
    "2024-02-29T12:00:00+00:00", "2025-01-31T00:00:00",
    "1969-12-31T23:59:59",       "1904-01-01T00:00:00",
    "2025-06-04T05:00:00.25",    "2025-06-04T05:00:00.123456+05:45",
    "2100-03-01T00:00:00",       "2000-02-28T00:00:00-01:00",
    "2025-13-04T05:00:00",       "2025-06-04T25:00:00",
    "2025-02-30T00:00:00",       "20250604T050000Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      ChorusStore *store = fixture_open_store (NULL);
      ChorusLibrary *library = NULL;
      ChorusRecordingList *list = NULL;
      g_autoptr (ChorusRecordingTime) expected =
        chorus_recording_time_new_from_iso (times[i], CHORUS_TIME_SOURCE_GUANO);
      ChorusRecordingTime *time = NULL;
      g_autofree char *sql =
        g_strdup_printf ("INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at,"
                         "  recorded_has_zone, time_source) VALUES (1, 'p', 'd', 'a', '%s', %d, 'guano')",
                         times[i], expected && chorus_recording_time_get_has_zone (expected));

      g_test_message ("%s", times[i]);
      fixture_execute (store, sql);
      library = open_library (store);
      list = open_scope (library, CHORUS_SCOPE_DEPLOYMENT, "d");
      time = chorus_recording_get_recorded (chorus_recording_list_find (list, 1));
      g_assert_true ((time != NULL) == (expected != NULL));
      if (time)
        {
          g_autofree char *text = chorus_recording_time_to_iso (time);
          g_autofree char *expected_text = chorus_recording_time_to_iso (expected);

          g_assert_cmpstr (text, ==, expected_text);
          g_assert_true (
            g_date_time_equal (chorus_recording_time_get_time (time), chorus_recording_time_get_time (expected)));
          g_assert_cmpint (chorus_recording_time_get_source (time), ==, CHORUS_TIME_SOURCE_GUANO);
        }
      g_clear_object (&list);
      fixture_close (store, library);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/recording-scope/read", test_scope_read);
  g_test_add_func ("/library/recording-scope/live", test_scope_live);
  g_test_add_func ("/library/recording-scope/objects", test_scope_objects);
  g_test_add_func ("/library/recording-scope/times", test_scope_times);

  return g_test_run ();
}
