/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people added and what was imported, beside what the service found. */

#include "chorus-parts-fixture.h"
#include "library/chorus-result.h"

#define N ((double) NAN)

#define COUNTS                                                                                                         \
  "SELECT n_detections || '|' || n_species || '|' || n_reviewed || '|' || analysis_state FROM recordings"              \
  " WHERE recording_id = 1"

/* As ChorusReview does it. */
static void
add_by_hand (ChorusStore *store,
             gint64       recording_id,
             double       start)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO runs (recording_id, inference_id, status, origin) SELECT %" G_GINT64_FORMAT ", 'person', 'completed',"
    "  'person' WHERE NOT EXISTS (SELECT 1 FROM runs WHERE recording_id = %" G_GINT64_FORMAT
    "    AND inference_id = 'person');"
    "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, start_time, end_time, origin)"
    "  SELECT run_id, (SELECT count(*) FROM detections), recording_id, 'Otus scops', %g, %g, 'person' FROM runs"
    "  WHERE recording_id = %" G_GINT64_FORMAT " AND origin = 'person';"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
    "  SELECT max(detection_id), 'confirmed', 'ada', 't' FROM detections",
    recording_id, recording_id, start, start + 1, recording_id);

  fixture_execute (store, sql);
}

static char *
load_names (ChorusStore *store)
{
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = chorus_library_open_recordings (library, "d");
  g_autoptr (ChorusRecording) recording = NULL;
  g_autoptr (GListModel) detections = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  chorus_test_wait (!chorus_recording_list_get_loading (list));
  recording = g_object_ref (chorus_recording_list_find (list, 1));
  chorus_library_load_detections_async (library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detections = chorus_library_load_detections_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, chorus_recording_get_n_detections (recording));
  for (guint i = 0; i < g_list_model_get_n_items (detections); i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, i);

      g_string_append_printf (text, "%s%s %g %d", i > 0 ? "; " : "", chorus_detection_get_display_name (detection),
                              chorus_detection_get_start (detection), chorus_detection_get_origin (detection));
    }
  g_clear_object (&result);
  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
  g_object_unref (library);

  return g_string_free (text, FALSE);
}

#define assert_names(store, expected)                                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *names_ = load_names (store);                                                                      \
    g_assert_cmpstr (names_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
test_own_survives (void)
{
  static const char *const first[] = { "Turdus merula", "Strix aluco", NULL };
  static const char *const second[] = { "Turdus merula", NULL };
  ChorusStore *store = fixture_open_store (NULL);

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_COMPLETED, first), NULL));
  add_by_hand (store, 1, 0.5);

  /* The latest run is what is shown of the service, and never that of a person, which has a greater id. */
  fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_COMPLETED, first),
                                     fixture_inference ("j", CHORUS_INFERENCE_STATUS_COMPLETED, second), NULL));
  fixture_assert (store, COUNTS, "2|2|1|completed");
  assert_names (store, "Turdus merula 0 0; Otus scops 0.5 1");

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("k", CHORUS_INFERENCE_STATUS_FAILED, NULL), NULL));
  fixture_assert (store, COUNTS, "2|2|1|completed");
  fixture_close (store, NULL);
}

/* What was never analyzed stays so, whatever a person has added to it. */
static void
test_own_not_analyzed (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_sync (store, fixture_file ("f", "a.wav", NULL));
  add_by_hand (store, 1, 3);
  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_RUNNING, NULL), NULL));
  fixture_assert (store, COUNTS, "1|1|1|running");
  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_FAILED, NULL), NULL));
  fixture_assert (store, COUNTS, "1|1|1|failed");
  assert_names (store, "Otus scops 3 1");
  fixture_close (store, NULL);
}

static void
test_own_parts (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, PARTS_RECORDING);
  parts_sync (store, 0, parts_run ("i", { "A", 1, 2, 0.5, N, N }, { "A", 90, 100, 0.5, N, N }));
  add_by_hand (store, 1, 150);
  parts_sync (store, 1, parts_run ("i", { "A", 0, 5, 0.5, N, N }, { "B", 60, 61, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("i", { "A", 0, 5, 0.5, N, N }, { "B", 60, 61, 0.5, N, N }));
  fixture_assert (store, COUNTS, "4|3|1|none");
  assert_names (store, "A 1 0; A 90 0; Otus scops 150 1; B 160 0");
  fixture_close (store, NULL);
}

/* A file that was listed as a recording of its own and turns out to be a part: what was added to it goes with it, to where
 * it is in the recording, and meets what was added there. */
static void
test_own_adopted (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, PARTS_RECORDING "UPDATE parts SET file_id = NULL WHERE ordinal = 1");
  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state)"
                   "  VALUES (9, 'p', 'd', 'f1', 'x.wav', 'remote')");
  add_by_hand (store, 9, 7);
  add_by_hand (store, 1, 3);
  fixture_execute (store, "UPDATE parts SET file_id = 'f1' WHERE ordinal = 1");
  parts_sync (store, 1, parts_run ("i", { "A", 0, 3, 0.5, N, N }));
  fixture_assert (store, "SELECT recording_id FROM recordings", "1");
  fixture_assert (store, "SELECT count(*) || ' ' || count(part_id) FROM runs WHERE origin = 'person'", "2 0");
  assert_names (store, "Otus scops 3 1; A 100 0; Otus scops 107 1");
  fixture_close (store, NULL);
}

static ChorusResultDetection *
detection_new (const char *name,
               double      start,
               double      confidence)
{
  ChorusResultDetection *detection = chorus_result_detection_new ();

  detection->common_name = g_strdup (name);
  detection->start = start;
  detection->end = start + 3;
  detection->confidence = confidence;
  detection->model_name = g_strdup ("BirdNET");

  return detection;
}

static void
import (ChorusLibrary *library,
        GPtrArray     *results,
        guint          n_added,
        guint          n_known)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint added = 0;
  guint known = 0;

  chorus_library_import_async (library, "site.csv", results, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_import_finish (library, result, &added, &known, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, n_added);
  g_assert_cmpuint (known, ==, n_known);
}

static void
test_own_import (void)
{
  static const char *const names[] = { "Turdus merula", NULL };
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
  ChorusResult *result = chorus_result_new ();
  ChorusResultDetection *judged = detection_new ("Owl", 6, 0.75);

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("i", CHORUS_INFERENCE_STATUS_COMPLETED, names), NULL));
  judged->verdict = CHORUS_VERDICT_CONFIRMED;
  judged->verdict_common_name = g_strdup ("Lark");
  judged->reviewer = g_strdup ("bob");
  judged->reviewed_at = g_strdup ("2025-01-01T00:00:00Z");
  judged->note = g_strdup ("far");
  judged->starred = TRUE;
  result->recording_id = 1;
  g_ptr_array_add (result->detections, judged);
  g_ptr_array_add (result->detections, detection_new ("Owl", 3, N));
  g_ptr_array_add (results, result);

  import (library, results, 2, 0);
  fixture_assert (store, COUNTS, "3|3|1|completed");
  fixture_assert (store,
                  "SELECT verdict || verdict_common_name || reviewer || reviewed_at || note || starred"
                  " FROM detections WHERE start_time = 6",
                  "confirmedLarkbob2025-01-01T00:00:00Zfar1");
  fixture_assert (store, "SELECT model_name || origin FROM runs WHERE run_id = 2", "BirdNETimport");

  /* The same again, grown by one and with other words about the first. */
  g_ptr_array_add (result->detections, detection_new ("Owl", 9, 0.5));
  judged->verdict = CHORUS_VERDICT_REJECTED;
  import (library, results, 1, 2);
  fixture_assert (store, COUNTS, "4|3|1|completed");
  fixture_assert (store, "SELECT verdict FROM detections WHERE start_time = 6", "confirmed");

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("j", CHORUS_INFERENCE_STATUS_COMPLETED, NULL), NULL));
  fixture_assert (store, COUNTS, "3|2|1|completed");
  fixture_close (store, library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/own-runs/survives", test_own_survives);
  g_test_add_func ("/library/own-runs/not-analyzed", test_own_not_analyzed);
  g_test_add_func ("/library/own-runs/parts", test_own_parts);
  g_test_add_func ("/library/own-runs/adopted", test_own_adopted);
  g_test_add_func ("/library/own-runs/import", test_own_import);

  return g_test_run ();
}
