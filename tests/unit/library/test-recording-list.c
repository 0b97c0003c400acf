/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"
#include "library/chorus-recording-list-private.h"

/* Every recording of deployment d, in no order. */
static GPtrArray *
read_recordings (ChorusStore *store)
{
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", NULL);
  g_autoptr (ChorusRecordingsOutput) output = NULL;
  g_autofree char *text =
    fixture_run (store, fixture_read_job,
                 (gpointer) "SELECT recording_id FROM recordings WHERE deployment_id = 'd' ORDER BY recording_id DESC");
  g_auto (GStrv) ids = g_strsplit (text, " ", -1);

  input->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; ids[i]; i++)
    {
      const gint64 recording_id = g_ascii_strtoll (ids[i], NULL, 10);

      g_array_append_val (input->ids, recording_id);
    }
  output = fixture_run (store, chorus_recording_rows_read_several, input);

  return g_ptr_array_ref (output->recordings);
}

static char *
list_names (ChorusRecordingList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", chorus_recording_get_name (recording));
    }

  return g_string_free (text, FALSE);
}

#define assert_names(list, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *names_ = list_names (list);                                                                       \
    g_assert_cmpstr (names_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
fill (ChorusStore *store)
{
  fixture_execute (store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at,"
                          "  recorded_has_zone, time_source) VALUES"
                          " (1, 'p', 'd', 'late', '2025-06-04T06:00:00', 0, 'file-name'),"
                          " (2, 'p', 'd', 'untimed-b', NULL, 0, NULL),"
                          " (3, 'p', 'd', 'early', '2025-06-04T05:00:00', 0, 'file-name'),"
                          " (4, 'p', 'd', 'untimed-a', NULL, 0, NULL),"
                          " (5, 'p', 'elsewhere', 'x', NULL, 0, NULL)");
}

static void
merge (ChorusRecordingList *list,
       ChorusStore         *store)
{
  g_autoptr (GPtrArray) recordings = read_recordings (store);

  chorus_recording_list_merge (list, recordings);
}

static void
test_list_order (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (ChorusRecordingList) list = chorus_recording_list_new ("d");
  ChorusRecording *moved = NULL;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == CHORUS_TYPE_RECORDING);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  fill (store);
  merge (list, store);
  assert_names (list, "early late untimed-a untimed-b");

  /* Once its time is known it goes where it belongs, and stays the same object. */
  moved = chorus_recording_list_find (list, 2);
  fixture_execute (store, "UPDATE recordings SET recorded_at = '2025-06-04T05:30:00' WHERE recording_id = 2");
  merge (list, store);
  assert_names (list, "early untimed-b late untimed-a");
  g_assert_true (chorus_recording_list_find (list, 2) == moved);

  fixture_execute (
    store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (6, 'p', 'd', 'new')");
  merge (list, store);
  assert_names (list, "early untimed-b late new untimed-a");
  g_assert_null (chorus_recording_list_find (list, 5));

  g_assert_finalize_object (g_steal_pointer (&list));
  fixture_close (store, NULL);
}

typedef struct
{
  GListModel *model;
  GPtrArray *shadow; /* what a view would show, kept by the signals alone */
  guint n_changes;
} Shadow;

static void
shadow_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           gpointer    user_data)
{
  Shadow *shadow = user_data;

  shadow->n_changes++;
  if (removed > 0)
    g_ptr_array_remove_range (shadow->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (shadow->shadow, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
test_list_signals (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (ChorusRecordingList) list = chorus_recording_list_new ("d");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  Shadow shadow = { G_LIST_MODEL (list), items, 0 };
  guint n_changes = 0;
  static const char *const changes[] = {
    "UPDATE recordings SET recorded_at = '2025-06-04T07:00:00' WHERE recording_id IN (3, 4)",
    "UPDATE recordings SET name = 'zzz' WHERE recording_id = 2",
    "UPDATE recordings SET recorded_at = NULL",
    "UPDATE recordings SET recorded_at = '2025-06-0' || recording_id || 'T00:00:00'",
    "UPDATE recordings SET recorded_at = '2025-06-0' || (9 - recording_id) || 'T00:00:00'",
  };

  g_signal_connect (list, "items-changed", G_CALLBACK (shadow_cb), &shadow);
  fill (store);
  merge (list, store);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      fixture_execute (store, changes[i]);
      merge (list, store);
      g_assert_cmpuint (items->len, ==, g_list_model_get_n_items (shadow.model));
      for (guint j = 0; j < items->len; j++)
        {
          g_autoptr (ChorusRecording) recording = g_list_model_get_item (shadow.model, j);

          g_assert_true (recording == g_ptr_array_index (items, j));
        }
    }
  assert_names (list, "untimed-a early zzz late");

  /* Several at once, two of them side by side. */
  fixture_execute (store, "INSERT INTO recordings (profile_id, deployment_id, name, recorded_at, time_source) VALUES"
                          " ('p', 'd', 'n3', '2025-06-06T13:00:00', 'file-name'),"
                          " ('p', 'd', 'n1', '2025-06-01T00:00:00', 'file-name'),"
                          " ('p', 'd', 'n4', '2025-06-09T00:00:00', 'file-name'),"
                          " ('p', 'd', 'n2', '2025-06-06T12:00:00', 'file-name')");
  n_changes = shadow.n_changes;
  merge (list, store);
  assert_names (list, "n1 untimed-a early n2 n3 zzz late n4");
  g_assert_cmpuint (shadow.n_changes, ==, n_changes + 3);
  for (guint j = 0; j < items->len; j++)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (shadow.model, j);

      g_assert_true (recording == g_ptr_array_index (items, j));
    }
  fixture_close (store, NULL);
}

static void
test_list_counts (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (ChorusRecordingList) list = chorus_recording_list_new ("d");

  fixture_execute (store,
                   "INSERT INTO recordings (profile_id, deployment_id, name, file_id, upload_state, analysis_state,"
                   "  n_detections) VALUES"
                   " ('p', 'd', 'a', NULL, 'waiting', 'none', 0), ('p', 'd', 'b', NULL, 'sending', 'none', 0),"
                   " ('p', 'd', 'c', NULL, 'refused', 'none', 0), ('p', 'd', 'd', '1', 'sent', 'none', 0),"
                   " ('p', 'd', 'e', '2', 'remote', 'running', 0), ('p', 'd', 'f', '3', 'remote', 'completed', 2),"
                   " ('p', 'd', 'g', '4', 'remote', 'completed', 3), ('p', 'd', 'h', '5', 'remote', 'completed', 0),"
                   " ('p', 'd', 'i', '6', 'remote', 'failed', 0), ('p', 'd', 'j', NULL, 'sent', 'none', 0)");
  merge (list, store);
  chorus_test_wait (chorus_recording_list_get_n_recordings (list) == 10);
  g_assert_cmpuint (chorus_recording_list_get_n_uploading (list), ==, 2);
  g_assert_cmpuint (chorus_recording_list_get_n_to_analyze (list), ==, 1);
  g_assert_cmpuint (chorus_recording_list_get_n_analyzing (list), ==, 1);
  g_assert_cmpuint (chorus_recording_list_get_n_with_detections (list), ==, 2);
  g_assert_cmpuint (chorus_recording_list_get_n_without_detections (list), ==, 1);
  g_assert_cmpuint (chorus_recording_list_get_n_failed (list), ==, 2);

  /* A list that goes while a count is due leaves nothing behind. */
  merge (list, store);
  g_assert_finalize_object (g_steal_pointer (&list));
  fixture_close (store, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/recording-list/order", test_list_order);
  g_test_add_func ("/library/recording-list/signals", test_list_signals);
  g_test_add_func ("/library/recording-list/counts", test_list_counts);

  return g_test_run ();
}
