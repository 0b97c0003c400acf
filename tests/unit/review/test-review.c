/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "library/chorus-library.h"
#include "review/chorus-review.h"
#include "store/chorus-schema.h"

typedef struct
{
  ChorusStore *store;
  ChorusLibrary *library;
  ChorusRecordingList *list;
  ChorusRecording *recording;
  GListModel *detections; /* of three */
  ChorusReview *review;
} Fixture;

static gpointer
execute_job (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (fixture->store, execute_job, (gpointer) sql, NULL, NULL, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static gpointer
read_job (ChorusDatabase  *db,
          gpointer         data,
          GError         **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, data, error);
  GString *text = g_string_new (NULL);

  while (select && chorus_statement_step (select, error) == CHORUS_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", chorus_statement_get_text (select, 0));

  return g_string_free (text, FALSE);
}

/* The rows of the table of verdicts, oldest first: the ordinal of the detection and what was said. */
static char *
read_verdicts (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  chorus_store_run_async (fixture->store, read_job,
                          (gpointer) "SELECT detection_id || ':' || verdict FROM verdicts ORDER BY verdict_id", NULL,
                          g_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  text = chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return text;
}

#define assert_verdicts(fixture, expected)                                                                             \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *verdicts_ = read_verdicts (fixture);                                                              \
    g_assert_cmpstr (verdicts_, ==, expected);                                                                         \
  }                                                                                                                    \
  G_STMT_END

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture->store = chorus_store_open (NULL, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  execute (fixture,
           "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state,"
           "  analysis_state, n_detections) VALUES (1, 'p', 'd', 'f', 'a.wav', 'remote', 'completed', 3);"
           "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 1, 'i', 'completed');"
           "UPDATE recordings SET run_id = 1;"
           "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, common_name, start_time, end_time)"
           "  VALUES (1, 1, 0, 1, 'a', 0, 1), (2, 1, 1, 1, 'b', 1, 2), (3, 1, 2, 1, 'c', 2, 3)");
  fixture->library = chorus_library_new (fixture->store, NULL, "p");
  fixture->list = chorus_library_open_recordings (fixture->library, "d");
  chorus_test_wait (!chorus_recording_list_get_loading (fixture->list));
  fixture->recording = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  chorus_library_load_detections_async (fixture->library, fixture->recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  fixture->detections = chorus_library_load_detections_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  fixture->review = chorus_review_new (fixture->store, "ada@example.org");
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->review);
  g_assert_finalize_object (fixture->detections);
  g_object_unref (fixture->recording);
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->store);
}

/* Borrowed: the list holds it. */
static ChorusDetection *
get_detection (Fixture *fixture,
               guint    position)
{
  g_autoptr (ChorusDetection) detection = g_list_model_get_item (fixture->detections, position);

  return detection;
}

static void
give (Fixture       *fixture,
      guint          position,
      ChorusVerdict  verdict)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, position), verdict,
                                   NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_review_set_verdict_finish (fixture->review, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, position)), ==, verdict);
}

/* Takes one back and checks that it was that of the detection at @position. */
static void
undo (Fixture *fixture,
      guint    position)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusDetection) detection = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_undo_async (fixture->review, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detection = chorus_review_undo_finish (fixture->review, result, &error);
  g_assert_no_error (error);
  g_assert_true (detection == get_detection (fixture, position));
}

static void
test_review_gives (Fixture       *fixture,
                   gconstpointer  data)
{
  give (fixture, 0, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 1);
  give (fixture, 2, CHORUS_VERDICT_UNCERTAIN);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 2);
  give (fixture, 0, CHORUS_VERDICT_REJECTED);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 2);
  give (fixture, 0, CHORUS_VERDICT_NONE);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 1);
  assert_verdicts (fixture, "1:confirmed 3:uncertain 1:rejected 1:none");
}

static void
test_review_who_and_when (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  give (fixture, 1, CHORUS_VERDICT_CONFIRMED);
  chorus_store_run_async (fixture->store, read_job, (gpointer) "SELECT reviewer || ' ' || created_at FROM verdicts",
                          NULL, g_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  text = chorus_store_run_finish (fixture->store, result, NULL);
  parts = g_strsplit (text, " ", 2);
  g_assert_cmpstr (parts[0], ==, "ada@example.org");
  g_assert_true (g_str_has_suffix (parts[1], "Z"));
  time = g_date_time_new_from_iso8601 (parts[1], NULL);
  g_assert_nonnull (time);
  g_assert_cmpint (ABS (g_date_time_difference (time, now)), <, 600 * G_TIME_SPAN_SECOND);
}

static void
test_review_reviewer (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (ChorusReview) review = chorus_review_new (fixture->store, NULL);

  g_assert_nonnull (chorus_review_get_reviewer (review));
  g_assert_cmpstr (chorus_review_get_reviewer (review), !=, "");
  g_assert_cmpstr (chorus_review_get_reviewer (review), !=, "Unknown");
  g_clear_object (&review);
}

static void
test_review_same_again (Fixture       *fixture,
                        gconstpointer  data)
{
  give (fixture, 0, CHORUS_VERDICT_CONFIRMED);
  give (fixture, 0, CHORUS_VERDICT_CONFIRMED);
  assert_verdicts (fixture, "1:confirmed");

  /* There is one verdict to take back, not two. */
  undo (fixture, 0);
  g_assert_false (chorus_review_get_can_undo (fixture->review));
  assert_verdicts (fixture, "1:confirmed 1:none");
}

static void
test_review_undo (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (chorus_review_get_can_undo (fixture->review));
  give (fixture, 0, CHORUS_VERDICT_CONFIRMED);
  give (fixture, 1, CHORUS_VERDICT_REJECTED);
  give (fixture, 0, CHORUS_VERDICT_UNCERTAIN);
  g_assert_true (chorus_review_get_can_undo (fixture->review));

  undo (fixture, 0);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 0)), ==, CHORUS_VERDICT_CONFIRMED);
  undo (fixture, 1);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 1)), ==, CHORUS_VERDICT_NONE);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 1);
  undo (fixture, 0);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 0)), ==, CHORUS_VERDICT_NONE);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 0);
  g_assert_false (chorus_review_get_can_undo (fixture->review));

  /* Nothing is removed: taking back is saying again. */
  assert_verdicts (fixture, "1:confirmed 2:rejected 1:uncertain 1:confirmed 2:none 1:none");

  chorus_review_undo_async (fixture->review, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_review_undo_finish (fixture->review, result, &error));
  g_assert_no_error (error);
}

static void
ignore_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  chorus_review_set_verdict_finish (CHORUS_REVIEW (source), result, NULL);
  ++*(guint *) user_data;
}

static void
ignore_undone_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ChorusDetection) detection = chorus_review_undo_finish (CHORUS_REVIEW (source), result, NULL);

  g_assert_nonnull (detection);
  ++*(guint *) user_data;
}

static void
test_review_faster_than_disk (Fixture       *fixture,
                              gconstpointer  data)
{
  guint n_done = 0;

  /* Keys pressed before anything was written: each undo takes back what was given before it. */
  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, 0),
                                   CHORUS_VERDICT_CONFIRMED, NULL, ignore_given_cb, &n_done);
  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, 0),
                                   CHORUS_VERDICT_REJECTED, NULL, ignore_given_cb, &n_done);
  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, 1),
                                   CHORUS_VERDICT_CONFIRMED, NULL, ignore_given_cb, &n_done);
  chorus_review_undo_async (fixture->review, NULL, ignore_undone_cb, &n_done);
  chorus_review_undo_async (fixture->review, NULL, ignore_undone_cb, &n_done);

  /* What is not written is not shown. */
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 0)), ==, CHORUS_VERDICT_NONE);
  chorus_test_wait (n_done == 5);
  assert_verdicts (fixture, "1:confirmed 1:rejected 2:confirmed 2:none 1:confirmed");
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 0)), ==, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 1)), ==, CHORUS_VERDICT_NONE);
  g_assert_true (chorus_review_get_can_undo (fixture->review));
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 1);
}

static void
test_review_write_fails (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (GError) error = NULL;

  give (fixture, 0, CHORUS_VERDICT_CONFIRMED);
  execute (fixture, "PRAGMA query_only = ON");

  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, 0),
                                   CHORUS_VERDICT_REJECTED, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_false (chorus_review_set_verdict_finish (fixture->review, result, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 0)), ==, CHORUS_VERDICT_CONFIRMED);
  g_clear_error (&error);

  /* Taking back fails as well, and can be tried again. */
  chorus_review_undo_async (fixture->review, NULL, chorus_test_result_cb, &undone);
  chorus_test_wait (undone);
  g_assert_null (chorus_review_undo_finish (fixture->review, undone, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_READ_ONLY);
  g_assert_true (chorus_review_get_can_undo (fixture->review));

  execute (fixture, "PRAGMA query_only = OFF");
  undo (fixture, 0);
  assert_verdicts (fixture, "1:confirmed 1:none");
}

static void
test_review_undo_of_failure (Fixture       *fixture,
                             gconstpointer  data)
{
  guint n_done = 0;

  give (fixture, 1, CHORUS_VERDICT_REJECTED);
  execute (fixture, "CREATE TRIGGER fail BEFORE INSERT ON verdicts WHEN NEW.verdict = 'confirmed' BEGIN"
                    "  SELECT raise (ABORT, 'no'); END");

  /* The verdict cannot be written, and its undo, asked for meanwhile, takes nothing else back. */
  chorus_review_set_verdict_async (fixture->review, fixture->recording, get_detection (fixture, 1),
                                   CHORUS_VERDICT_CONFIRMED, NULL, ignore_given_cb, &n_done);
  chorus_review_undo_async (fixture->review, NULL, ignore_undone_cb, &n_done);
  chorus_test_wait (n_done == 2);
  g_assert_cmpint (chorus_detection_get_verdict (get_detection (fixture, 1)), ==, CHORUS_VERDICT_REJECTED);
  assert_verdicts (fixture, "2:rejected");
}

static void
test_review_recorded_at_once (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GListModel) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusDetection) detection = NULL;

  /* Whoever reads next finds it: the list and the detections of another window, or of the next start. */
  give (fixture, 2, CHORUS_VERDICT_REJECTED);
  chorus_library_load_detections_async (fixture->library, fixture->recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  again = chorus_library_load_detections_finish (fixture->library, result, NULL);
  detection = g_list_model_get_item (again, 2);
  g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_REJECTED);
}

/* While somebody looks at a detection, the part before arrives and it is found to go on from there. */
static void
test_review_of_continuation (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  execute (
    fixture,
    "UPDATE recordings SET file_id = NULL, run_id = NULL, n_detections = 2;"
    "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (2, 1, 'j', 'completed');"
    "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state,"
    "  run_id, analysis_state) VALUES (1, 1, 0, 0, 1, 0, 1, 1, 'sent', 1, 'completed'),"
    "  (2, 1, 1, 1, 2, 1, 2, 1, 'sent', 2, 'completed');"
    "UPDATE runs SET part_id = run_id;"
    "UPDATE detections SET run_id = 2 WHERE detection_id > 1;"
    "UPDATE detections SET common_name = 'a', continues = 1, end_time = 1.75 WHERE detection_id = 2;"
    "UPDATE detections SET found_end = 1, end_time = 1.75 WHERE detection_id = 1");
  give (fixture, 1, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpuint (chorus_recording_get_n_reviewed (fixture->recording), ==, 1);
  chorus_store_run_async (fixture->store, read_job,
                          (gpointer) "SELECT n_detections || '|' || n_reviewed || '|' || end_time || '|' ||"
                                     "  (SELECT count(continues) FROM detections)"
                                     " FROM recordings JOIN detections USING (recording_id) WHERE detection_id = 1",
                          NULL, g_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  text = chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "3|1|1.0|0");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/review/review/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("gives", test_review_gives);
  ADD ("who-and-when", test_review_who_and_when);
  ADD ("reviewer", test_review_reviewer);
  ADD ("same-again", test_review_same_again);
  ADD ("undo", test_review_undo);
  ADD ("faster-than-disk", test_review_faster_than_disk);
  ADD ("write-fails", test_review_write_fails);
  ADD ("undo-of-failure", test_review_undo_of_failure);
  ADD ("recorded-at-once", test_review_recorded_at_once);
  ADD ("of-continuation", test_review_of_continuation);
#undef ADD

  return g_test_run ();
}
