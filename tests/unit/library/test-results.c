/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is handed on, and in which order. */

#include "library/chorus-result-reader.h"

#include "chorus-library-fixture.h"

/* Places, and recordings of three deployments, one of another profile. */
static const char places[] =
  "INSERT INTO projects VALUES ('p', 'p1', 'Ghats'), ('p', 'p2', 'Alps');"
  "INSERT INTO sites VALUES ('p', 's1', 'p1', 'North'), ('p', 's2', 'p1', 'South'), ('p', 's3', 'p2', 'Peak');"
  "INSERT INTO deployments (profile_id, deployment_id, site_id, name, latitude, longitude) VALUES"
  "  ('p', 'd1', 's1', 'Zwo', 12.5, -75.25), ('p', 'd2', 's1', 'One', NULL, NULL), ('p', 'd3', 's2', 'Only', NULL, NULL),"
  "  ('p', 'd4', 's3', 'High', NULL, NULL), ('q', 'd1', NULL, 'Else', NULL, NULL);"
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at, recorded_has_zone, time_source)"
  "  VALUES (1, 'p', 'd1', 'b.wav', '2025-06-04T05:00:00+05:30', 1, 'guano'),"
  "  (2, 'p', 'd1', 'a.wav', '2025-06-04T00:00:00Z', 1, 'guano'),"
  "  (3, 'p', 'd1', 'none.wav', NULL, 0, NULL), (4, 'p', 'd1', 'a.wav', '2025-06-04T05:00:00+05:30', 1, 'guano'),"
  "  (5, 'p', 'd2', 'c.wav', '2025-06-05T00:00:00', 0, 'file-name'), (6, 'p', 'd3', 'd.wav', NULL, 0, NULL),"
  "  (7, 'p', 'd4', 'e.wav', NULL, 0, NULL), (8, 'q', 'd1', 'f.wav', NULL, 0, NULL),"
  "  (9, 'p', 'typed', 'g.wav', NULL, 0, NULL);"
  /* What was refused is no recording. */
  "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, upload_state)"
  "  VALUES (10, 'p', 'd1', 'notes.wav', 'refused');";

/* A run of a recording with detections of every kind. */
static const char detections[] =
  "INSERT INTO runs (run_id, recording_id, inference_id, status, model_name, model_version) VALUES"
  "  (1, 1, 'old', 'completed', 'model', '1'), (2, 1, 'new', 'completed', 'model', '2');"
  "UPDATE recordings SET run_id = 2, duration = 60, sample_rate = 48000, channels = 2, size = 1000, sha256 = 'ab',"
  "  local_path = '/card/b.wav', file_id = 'f1' WHERE recording_id = 1;"
  "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, common_name, confidence,"
  "    start_time, end_time, low_freq, high_freq, continues) VALUES"
  "  (1, 1, 0, 1, 'Old', NULL, 0.9, 1, 2, NULL, NULL, NULL),"
  "  (2, 2, 0, 1, 'Turdus merula', 'Blackbird', 0.9, 5, 6.5, 1000, 2000, NULL),"
  "  (3, 2, 1, 1, 'Strix aluco', NULL, 0.5, 3, 4, NULL, NULL, NULL),"
  "  (4, 2, 2, 1, NULL, 'Rain', NULL, NULL, NULL, NULL, NULL, NULL),"
  "  (5, 2, 3, 1, 'Strix aluco', NULL, 0.9, 4, 5, NULL, NULL, 3),"
  "  (6, 2, 4, 1, 'Strix aluco', NULL, 0.1, 7, 8, NULL, NULL, NULL),"
  "  (7, 2, 5, 1, 'Strix aluco', NULL, 0.8, 8, 1e999, NULL, NULL, NULL);"
  "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES"
  "  (2, 'rejected', 'Asha', '2025-07-01T10:00:00Z'), (2, 'confirmed', 'Ben', '2025-07-02T10:00:00Z'),"
  "  (3, 'rejected', 'Asha', '2025-07-01T10:00:00Z'), (6, 'confirmed', 'Asha', '2025-07-01T10:00:00Z'),"
  "  (6, 'none', 'Ben', '2025-07-01T11:00:00Z'), (7, 'uncertain', 'Asha', '2025-07-01T10:00:00Z');";

/* Everything that a query finds. */
static GPtrArray *
read_all (ChorusLibrary           *library,
          const ChorusResultQuery *query,
          guint                   *n_batches)
{
  g_autoptr (ChorusResultReader) reader = chorus_result_reader_new (library, query);
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
  guint n_in_batch = 0;

  *n_batches = 0;
  do
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      GPtrArray *batch = NULL;

      chorus_result_reader_next_async (reader, NULL, chorus_test_result_cb, &result);
      chorus_test_wait (result);
      batch = chorus_result_reader_next_finish (reader, result, &error);
      g_assert_no_error (error);
      n_in_batch = batch->len;
      ++*n_batches;
      /* The result holds the batch until it goes. */
      for (guint i = 0; i < batch->len; i++)
        {
          g_ptr_array_add (results, g_ptr_array_index (batch, i));
          batch->pdata[i] = chorus_result_new ();
        }
      g_ptr_array_unref (batch);
      g_assert_cmpuint (chorus_result_reader_get_n_read (reader), >=, results->len);
    }
  while (n_in_batch > 0);
  g_assert_cmpuint (chorus_result_reader_get_n_read (reader), ==, chorus_result_reader_get_n_recordings (reader));

  return results;
}

/* The ids of all recordings of a query, in order, with spaces between. */
static char *
list_ids (ChorusLibrary     *library,
          ChorusResultQuery *query)
{
  g_autoptr (ChorusResultQuery) owned = query;
  guint n_batches = 0;
  g_autoptr (GPtrArray) results = read_all (library, owned, &n_batches);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((const ChorusResult *) g_ptr_array_index (results, i))->recording_id);

  return g_string_free (text, FALSE);
}

static void
test_results_scopes (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  static const gint64 ids[] = { 6, 3, 8, 1, 99 };
  const struct
  {
    ChorusResultQuery *query;
    const char *ids;
  } cases[] = {
    /* Without a place, then by project, site and deployment, by instant, without a time last, by name */
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL), "9 7 5 4 1 2 3 6" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_PROJECT, "p1"), "5 4 1 2 3 6" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_SITE, "s1"), "5 4 1 2 3" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_DEPLOYMENT, "d1"), "4 1 2 3" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_DEPLOYMENT, "typed"), "9" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_DEPLOYMENT, "unknown"), "" },
    { chorus_result_query_new (CHORUS_RESULT_SCOPE_SITE, NULL), "" },
    { chorus_result_query_new_for_recordings (ids, G_N_ELEMENTS (ids)), "1 3 6" },
    { chorus_result_query_new_for_recordings (NULL, 0), "" },
  };

  fixture_execute (store, places);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = list_ids (library, cases[i].query);

      g_assert_cmpstr (found, ==, cases[i].ids);
    }
  fixture_close (store, library);
}

static void
test_results_values (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_DEPLOYMENT, "d1");
  g_autoptr (GPtrArray) results = NULL;
  const ChorusResult *result = NULL;
  const ChorusResultDetection *detection = NULL;
  g_autofree char *recorded = NULL;
  guint n_batches = 0;

  fixture_execute (store, places);
  fixture_execute (store, detections);
  results = read_all (library, query, &n_batches);
  g_assert_cmpuint (results->len, ==, 4);
  result = g_ptr_array_index (results, 1);
  g_assert_cmpint (result->recording_id, ==, 1);
  g_assert_cmpstr (result->name, ==, "b.wav");
  g_assert_cmpstr (result->path, ==, "/card/b.wav");
  g_assert_cmpstr (result->file_id, ==, "f1");
  g_assert_cmpstr (result->sha256, ==, "ab");
  g_assert_cmpstr (result->deployment_id, ==, "d1");
  g_assert_cmpstr (result->project, ==, "Ghats");
  g_assert_cmpstr (result->site, ==, "North");
  g_assert_cmpstr (result->deployment, ==, "Zwo");
  g_assert_cmpfloat (result->latitude, ==, 12.5);
  g_assert_cmpfloat (result->longitude, ==, -75.25);
  g_assert_cmpfloat (result->duration, ==, 60);
  g_assert_cmpfloat (result->sample_rate, ==, 48000);
  g_assert_cmpuint (result->n_channels, ==, 2);
  g_assert_cmpint (result->size, ==, 1000);
  g_assert_true (result->analyzed);
  recorded = chorus_recording_time_to_iso (result->recorded);
  g_assert_cmpstr (recorded, ==, "2025-06-04T05:00:00+05:30");
  g_assert_cmpint (chorus_recording_time_get_source (result->recorded), ==, CHORUS_TIME_SOURCE_GUANO);

  /* Of the run that is shown, without what continues another, by start */
  g_assert_cmpuint (result->detections->len, ==, 5);
  detection = g_ptr_array_index (result->detections, 0);
  g_assert_cmpint (detection->detection_id, ==, 4);
  g_assert_null (detection->scientific_name);
  g_assert_cmpstr (detection->common_name, ==, "Rain");
  g_assert_true (isnan (detection->confidence));
  g_assert_cmpfloat (detection->start, ==, 0);
  g_assert_cmpfloat (detection->end, ==, 60);
  g_assert_true (isnan (detection->low) && isnan (detection->high));
  detection = g_ptr_array_index (result->detections, 2);
  g_assert_cmpint (detection->detection_id, ==, 2);
  g_assert_cmpstr (detection->scientific_name, ==, "Turdus merula");
  g_assert_cmpstr (detection->common_name, ==, "Blackbird");
  g_assert_cmpfloat (detection->confidence, ==, 0.9);
  g_assert_cmpfloat (detection->end, ==, 6.5);
  g_assert_cmpfloat (detection->low, ==, 1000);
  g_assert_cmpint (detection->verdict, ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpstr (detection->reviewer, ==, "Ben");
  g_assert_cmpstr (detection->reviewed_at, ==, "2025-07-02T10:00:00Z");
  g_assert_cmpstr (detection->model_name, ==, "model");
  g_assert_cmpstr (detection->model_version, ==, "2");
  /* A verdict that was taken back */
  detection = g_ptr_array_index (result->detections, 3);
  g_assert_cmpint (detection->verdict, ==, CHORUS_VERDICT_NONE);
  g_assert_null (detection->reviewer);
  g_assert_null (detection->reviewed_at);
  detection = g_ptr_array_index (result->detections, 4);
  g_assert_cmpfloat (detection->end, ==, 60);

  result = g_ptr_array_index (results, 3);
  g_assert_null (result->recorded);
  g_assert_null (result->path);
  g_assert_true (isnan (result->duration) && isnan (result->sample_rate));
  g_assert_cmpint (result->size, ==, -1);
  g_assert_false (result->analyzed);
  fixture_close (store, library);
}

static void
test_results_filter (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  static const struct
  {
    double least_confidence;
    guint verdicts;
    gboolean without;
    const char *ids;
  } cases[] = {
    { 0, CHORUS_RESULT_ALL_VERDICTS, FALSE, "4 3 2 6 7" },
    { 0.5, CHORUS_RESULT_ALL_VERDICTS, FALSE, "4 3 2 7" },
    { 0.91, CHORUS_RESULT_ALL_VERDICTS, FALSE, "4" },
    { 0, CHORUS_RESULT_VERDICT (CHORUS_VERDICT_NONE), FALSE, "4 6" },
    { 0, CHORUS_RESULT_VERDICT (CHORUS_VERDICT_CONFIRMED) | CHORUS_RESULT_VERDICT (CHORUS_VERDICT_REJECTED), FALSE,
      "3 2" },
    { 0.85, CHORUS_RESULT_VERDICT (CHORUS_VERDICT_UNCERTAIN), FALSE, "" },
    { 0, 0, FALSE, "" },
    { 0, CHORUS_RESULT_ALL_VERDICTS, TRUE, "" },
  };
  static const gint64 recording_id = 1;

  fixture_execute (store, places);
  fixture_execute (store, detections);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusResultQuery) query = chorus_result_query_new_for_recordings (&recording_id, 1);
      g_autoptr (GPtrArray) results = NULL;
      g_autoptr (GString) found = g_string_new (NULL);
      const ChorusResult *result = NULL;
      guint n_batches = 0;

      query->least_confidence = cases[i].least_confidence;
      query->verdicts = cases[i].verdicts;
      query->without_detections = cases[i].without;
      results = read_all (library, query, &n_batches);
      g_assert_cmpuint (results->len, ==, 1);
      result = g_ptr_array_index (results, 0);
      for (guint j = 0; j < result->detections->len; j++)
        g_string_append_printf (found, "%s%" G_GINT64_FORMAT, j > 0 ? " " : "",
                                ((const ChorusResultDetection *) g_ptr_array_index (result->detections, j))
                                  ->detection_id);
      g_assert_cmpstr (found->str, ==, cases[i].ids);
    }
  fixture_close (store, library);
}

/* What is handed on is what the interface shows. */
static void
test_results_shown (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_DEPLOYMENT, "d1");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (GListModel) shown = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GAsyncResult) async_result = NULL;
  const ChorusResult *result = NULL;
  guint n_batches = 0;

  fixture_execute (store, places);
  fixture_execute (store, detections);
  list = chorus_library_open_recordings (library, "d1");
  chorus_test_wait (!chorus_recording_list_get_loading (list));
  chorus_library_load_detections_async (library, chorus_recording_list_find (list, 1), NULL, chorus_test_result_cb,
                                        &async_result);
  chorus_test_wait (async_result);
  shown = chorus_library_load_detections_finish (library, async_result, NULL);

  results = read_all (library, query, &n_batches);
  result = g_ptr_array_index (results, 1);
  g_assert_cmpuint (result->detections->len, ==, g_list_model_get_n_items (shown));
  for (guint i = 0; i < result->detections->len; i++)
    {
      const ChorusResultDetection *detection = g_ptr_array_index (result->detections, i);
      g_autoptr (ChorusDetection) item = g_list_model_get_item (shown, i);

      g_assert_cmpint (detection->detection_id, ==, chorus_detection_get_detection_id (item));
      g_assert_cmpfloat (detection->start, ==, chorus_detection_get_start (item));
      g_assert_cmpfloat (detection->end, ==, chorus_detection_get_end (item));
      g_assert_true (isnan (detection->low) == isnan (chorus_detection_get_low (item)));
      g_assert_true (isnan (detection->confidence) == isnan (chorus_detection_get_confidence (item)));
      g_assert_cmpint (detection->verdict, ==, chorus_detection_get_verdict (item));
    }

  g_clear_object (&async_result);
  g_clear_object (&shown);
  g_clear_object (&list);
  fixture_close (store, library);
}

/* Of several parts: the detections of all of them, and analyzed once all of them are. */
static void
test_results_parts (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL);

  fixture_execute (
    store,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, duration) VALUES (1, 'p', 'd', 'a', 60);"
    "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 1, '0/x', 'completed'),"
    "  (2, 1, '1/y', 'completed');"
    "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state,"
    "  run_id) VALUES (1, 1, 0, 0, 1, 0, 30, 1, 'sent', 1), (2, 1, 1, 1, 1, 30, 30, 1, 'sent', NULL);"
    "INSERT INTO detections (run_id, ordinal, recording_id, common_name, start_time, end_time)"
    "  VALUES (1, 0, 1, 'A', 29, 30), (2, 0, 1, 'B', 31, 32);");
  for (guint i = 0; i < 2; i++)
    {
      guint n_batches = 0;
      g_autoptr (GPtrArray) results = read_all (library, query, &n_batches);
      const ChorusResult *result = g_ptr_array_index (results, 0);

      g_assert_cmpuint (result->detections->len, ==, 1 + i);
      g_assert_true (result->analyzed == (i == 1));
      fixture_execute (store, "UPDATE parts SET run_id = 2 WHERE part_id = 2");
    }
  fixture_close (store, library);
}

/* Many recordings, or many detections, come some at a time; what goes meanwhile is passed over. */
static void
test_results_batches (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (ChorusResultReader) reader = chorus_result_reader_new (library, query);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GPtrArray) batch = NULL;
  guint n_batches = 0;
  guint n_detections = 0;

  fixture_execute (
    store, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
           " INSERT INTO recordings (recording_id, profile_id, deployment_id, name) SELECT i, 'p', 'd', 'x' FROM n;"
           "INSERT INTO runs (run_id, recording_id, inference_id, status)"
           "  SELECT recording_id, recording_id, 'i', 'completed' FROM recordings WHERE recording_id <= 4;"
           "UPDATE recordings SET run_id = recording_id WHERE recording_id <= 4;"
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)"
           " INSERT INTO detections (run_id, ordinal, recording_id, start_time, end_time)"
           "  SELECT run_id, i, run_id, i, i + 1 FROM n JOIN runs;");
  results = read_all (library, query, &n_batches);
  g_assert_cmpuint (results->len, ==, 600);
  for (guint i = 0; i < results->len; i++)
    {
      const ChorusResult *result = g_ptr_array_index (results, i);

      g_assert_cmpint (result->recording_id, ==, i + 1);
      n_detections += result->detections->len;
    }
  g_assert_cmpuint (n_detections, ==, 4004);
  /* Two with detections at a time, then 200 without. */
  g_assert_cmpuint (n_batches, ==, 2 + 3 + 1);

  chorus_result_reader_next_async (reader, NULL, chorus_test_result_cb, &first);
  chorus_test_wait (first);
  batch = chorus_result_reader_next_finish (reader, first, NULL);
  g_assert_cmpuint (batch->len, ==, 2);
  g_clear_pointer (&batch, g_ptr_array_unref);
  fixture_execute (store, "DELETE FROM detections WHERE recording_id > 2; UPDATE recordings SET run_id = NULL;"
                          "DELETE FROM runs WHERE recording_id > 2;"
                          "DELETE FROM recordings WHERE recording_id > 2 AND recording_id < 599");
  chorus_result_reader_next_async (reader, NULL, chorus_test_result_cb, &second);
  chorus_test_wait (second);
  batch = chorus_result_reader_next_finish (reader, second, NULL);
  g_assert_cmpuint (batch->len, ==, 2);
  g_assert_cmpuint (chorus_result_reader_get_n_read (reader), ==, 600);
  g_clear_pointer (&batch, g_ptr_array_unref);
  g_clear_object (&first);
  g_clear_object (&second);
  g_clear_object (&reader);
  fixture_close (store, library);
}

static void
test_results_canceled (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL);
  ChorusResultReader *reader = chorus_result_reader_new (library, query);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  chorus_result_reader_next_async (reader, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_result_reader_next_finish (reader, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  chorus_store_close (store);
  g_assert_finalize_object (reader);
  fixture_close (store, library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/results/scopes", test_results_scopes);
  g_test_add_func ("/library/results/values", test_results_values);
  g_test_add_func ("/library/results/filter", test_results_filter);
  g_test_add_func ("/library/results/shown", test_results_shown);
  g_test_add_func ("/library/results/parts", test_results_parts);
  g_test_add_func ("/library/results/batches", test_results_batches);
  g_test_add_func ("/library/results/canceled", test_results_canceled);

  return g_test_run ();
}
