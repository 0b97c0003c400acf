/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a refresh does to recordings that were sent in several parts. */

#include "chorus-parts-fixture.h"

#define N ((double) NAN)

static ChorusStore *
open_parts (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, PARTS_RECORDING);

  return store;
}

static ChorusFile *
file_of (const char *id,
         const char *name,
         gint64      size,
         double      duration)
{
  g_autoptr (GPtrArray) inferences = g_ptr_array_new ();
  ChorusFileInit init = { .id = id,
                          .name = name,
                          .url = "gs://b/x",
                          .size = size,
                          .duration = duration,
                          .inferences = inferences };

  return chorus_file_new (&init);
}

static void
test_parts_one_recording (void)
{
  ChorusStore *store = open_parts ();

  g_assert_cmpuint (parts_sync (store, 1, parts_run ("i", { "A", 1, 2, 0.5, N, N })), ==, 1);
  parts_sync (store, 0, parts_run ("i", { "B", 1, 2, 0.5, N, N }, { "A", 2, 3, 0.5, N, N }));
  fixture_assert (store, "SELECT count(*) || ' ' || count(file_id) FROM recordings", "1 0");
  fixture_assert (store, "SELECT inference_id || ':' || part_id FROM runs ORDER BY run_id", "1/i:11 0/i:10");
  fixture_assert (store, PARTS_SHOWN, "B 1.0-2.0 0.5; A 2.0-3.0 0.5; A 101.0-102.0 0.5;");
  fixture_assert (store, PARTS_COUNTS, "3|2|0|none");
  fixture_assert (store, "SELECT coalesce (run_id, '-') FROM recordings", "-");
  fixture_assert (store, "SELECT server_name || ' ' || url FROM parts WHERE ordinal = 0", "x.wav gs://bucket/x.wav");
  fixture_close (store, NULL);
}

static void
test_parts_edges (void)
{
  ChorusStore *store = open_parts ();

  /* Within the part, whatever the service says; without times all of it. */
  parts_sync (store, 2,
              parts_run ("i", { "A", N, N, 0.5, N, N }, { "B", -5, 3, 0.5, N, N }, { "C", 40, 99, 0.5, N, N },
                         { "D", 80, 90, 0.5, N, N }, { "E", 30, 20, 0.5, N, N }, { "F", 10, N, 0.5, N, N },
                         { "G", (double) -INFINITY, (double) INFINITY, 0.5, N, N }));
  fixture_assert (store, PARTS_SHOWN,
                  "A 200.0-250.0 0.5; B 200.0-203.0 0.5; G 200.0-250.0 0.5; F 210.0-250.0 0.5;"
                  " E 230.0-230.0 0.5; C 240.0-250.0 0.5; D 250.0-250.0 0.5;");
  fixture_close (store, NULL);
}

static void
test_parts_states (void)
{
  ChorusStore *store = open_parts ();
  static const struct
  {
    guint ordinal;
    const char *id;
    ChorusInferenceStatus status;
    const char *state;
  } steps[] = {
    { 0, "a", CHORUS_INFERENCE_STATUS_PENDING, "running" },
    { 1, "b", CHORUS_INFERENCE_STATUS_PENDING, "running" },
    { 2, "c", CHORUS_INFERENCE_STATUS_PENDING, "pending" },
    { 0, "a", CHORUS_INFERENCE_STATUS_RUNNING, "running" },
    { 0, "a", CHORUS_INFERENCE_STATUS_COMPLETED, "running" },
    /* Not before the others have ended */
    { 1, "b", CHORUS_INFERENCE_STATUS_FAILED, "running" },
    { 2, "c", CHORUS_INFERENCE_STATUS_COMPLETED, "failed" },
    { 1, "d", CHORUS_INFERENCE_STATUS_RUNNING, "running" },
    { 1, "d", CHORUS_INFERENCE_STATUS_COMPLETED, "completed" },
    /* A later run that fails takes nothing away. */
    { 1, "e", CHORUS_INFERENCE_STATUS_FAILED, "completed" },
  };

  fixture_assert (store, "SELECT analysis_state FROM recordings", "none");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      parts_sync (store, steps[i].ordinal, parts_run_with (steps[i].id, steps[i].status, NULL, 0));
      g_test_message ("step %u", i);
      fixture_assert (store, "SELECT analysis_state FROM recordings", steps[i].state);
      if (g_str_equal (steps[i].state, "failed"))
        fixture_assert (store, "SELECT analysis_error LIKE 'The service could not analyze a part%' FROM recordings",
                        "1");
    }
  fixture_assert (store, "SELECT analysis_state FROM parts ORDER BY ordinal", "completed completed completed");
  fixture_close (store, NULL);
}

static void
test_parts_reviewed (void)
{
  ChorusStore *store = open_parts ();

  parts_sync (store, 0, parts_run ("i", { "A", 1, 2, 0.5, N, N }, { "A", 90, 100, 0.5, N, N }));
  parts_sync (store, 1, parts_run ("i", { "A", 0, 3, 0.5, N, N }, { "A", 50, 60, 0.5, N, N }));
  fixture_execute (store, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
                          " SELECT detection_id, 'confirmed', 'r', 't' FROM detections WHERE continues IS NULL");
  fixture_assert (store, PARTS_COUNTS, "3|1|3|none");

  /* The counts made from the start agree with those that the trigger kept. */
  parts_sync (store, 2, parts_run ("i", { "A", 10, 11, 0.5, N, N }));
  fixture_assert (store, PARTS_COUNTS, "4|1|3|completed");

  /* A new run of the first part begins unreviewed. */
  parts_sync (store, 0, parts_run ("j", { "A", 1, 2, 0.5, N, N }));
  fixture_assert (store, PARTS_COUNTS, "4|1|1|completed");
  fixture_close (store, NULL);
}

static void
test_parts_read (void)
{
  ChorusStore *store = open_parts ();
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusRecordingList) list = NULL;
  g_autoptr (ChorusRecording) recording = NULL;
  g_autoptr (GListModel) detections = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  static const double starts[] = { 1, 90, 150 };
  static const double ends[] = { 2, 103, 160 };

  parts_sync (store, 1, parts_run ("i", { "A", 0, 3, 0.5, N, N }, { "A", 50, 60, 0.5, N, N }));
  parts_sync (store, 0, parts_run ("i", { "A", 1, 2, 0.5, N, N }, { "A", 90, 100, 0.5, N, N }));

  list = chorus_library_open_recordings (library, "d");
  chorus_test_wait (!chorus_recording_list_get_loading (list));
  recording = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (chorus_recording_get_n_parts (recording), ==, 3);
  g_assert_true (chorus_recording_get_at_service (recording));
  g_assert_null (chorus_recording_get_file_id (recording));
  g_assert_cmpint (chorus_recording_get_run_id (recording), >, 0);
  g_assert_cmpint (chorus_recording_get_status (recording), ==, CHORUS_RECORDING_TO_ANALYZE);

  chorus_library_load_detections_async (library, recording, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  detections = chorus_library_load_detections_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (detections), ==, G_N_ELEMENTS (starts));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, i);

      g_assert_cmpfloat (chorus_detection_get_start (detection), ==, starts[i]);
      g_assert_cmpfloat (chorus_detection_get_end (detection), ==, ends[i]);
    }

  g_clear_object (&result);
  g_clear_object (&detections);
  g_clear_object (&recording);
  g_clear_object (&list);
  fixture_close (store, library);
}

/* Each part that gets a run changes what is shown, whichever ends first. */
static void
test_parts_run_id (void)
{
  ChorusStore *store = open_parts ();
  static const guint orders[] = { 2, 0, 1 };
  gint64 run_id = 0;

  for (guint i = 0; i < 3; i++)
    parts_sync (store, i, parts_run_with ("i", CHORUS_INFERENCE_STATUS_PENDING, NULL, 0));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", "d");
      g_autoptr (ChorusRecordingsOutput) output = NULL;
      ChorusRecording *recording = NULL;

      parts_sync (store, orders[i], parts_run ("i", { "A", 1, 2, 0.5, N, N }));
      input->recording_id = 1;
      output = fixture_run (store, chorus_recording_rows_read_one, input);
      recording = g_ptr_array_index (output->recordings, 0);
      g_assert_cmpint (chorus_recording_get_run_id (recording), !=, run_id);
      run_id = chorus_recording_get_run_id (recording);
    }
  fixture_close (store, NULL);
}

static void
test_parts_at_service (void)
{
  ChorusStore *store = open_parts ();
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", "d");
  g_autoptr (ChorusRecordingsOutput) output = NULL;

  fixture_execute (store, "UPDATE parts SET file_id = NULL WHERE ordinal = 1");
  input->recording_id = 1;
  output = fixture_run (store, chorus_recording_rows_read_one, input);
  g_assert_false (chorus_recording_get_at_service (g_ptr_array_index (output->recordings, 0)));
  g_assert_cmpint (chorus_recording_get_status (g_ptr_array_index (output->recordings, 0)), ==,
                   CHORUS_RECORDING_UPLOADED);
  fixture_close (store, NULL);
}

static void
test_parts_claim (void)
{
  ChorusStore *store = open_parts ();

  fixture_execute (store, "UPDATE parts SET file_id = NULL");

  /* By its size where only one can be meant, by its length where the service tells no size. */
  fixture_sync (store, file_of ("x2", "third.wav", 4800044, 50));
  fixture_assert (store, "SELECT coalesce (file_id, '-') FROM parts ORDER BY ordinal", "- - x2");

  /* Two of the same size: by the time in the name. */
  fixture_sync (store, file_of ("x1", "A_20250604_050140.wav", 9600044, 100));
  fixture_assert (store, "SELECT coalesce (file_id, '-') FROM parts ORDER BY ordinal", "- x1 x2");
  fixture_sync (store, file_of ("x0", "any.wav", -1, 100.01));
  fixture_assert (store, "SELECT coalesce (file_id, '-') FROM parts ORDER BY ordinal", "x0 x1 x2");
  fixture_assert (store, "SELECT count(*) || ' ' || count(file_id) FROM recordings", "1 0");

  /* All are known: another file of that size is somebody else's. */
  fixture_sync (store, file_of ("other", "other.wav", 9600044, 100));
  fixture_assert (store, "SELECT name FROM recordings WHERE upload_state = 'remote'", "other.wav");
  fixture_close (store, NULL);
}

static void
test_parts_claim_one (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, size, upload_state)"
                          " VALUES (1, 'p', 'd', 'mine.wav', 4000, 'sent');"
                          "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size,"
                          "  state) VALUES (1, 0, 0, 10, 0, 60, 4000, 'sent')");
  fixture_sync (store, fixture_file ("f", "x.wav", parts_run ("i", { "A", N, N, 0.5, N, N }), NULL));
  fixture_assert (store,
                  "SELECT r.file_id || p.file_id || r.server_name || p.server_name FROM recordings r JOIN parts p",
                  "ffx.wavx.wav");

  /* As one file: the run is the recording's, and its times are as the service gave them. */
  fixture_assert (store, "SELECT inference_id FROM runs JOIN recordings USING (run_id)", "i");
  fixture_assert (store, "SELECT coalesce (start_time, '-') || coalesce (end_time, '-') FROM detections", "--");
  fixture_close (store, NULL);
}

static void
test_parts_while_unclear (void)
{
  static const char *const states[] = { "sending", "confirming", "may-have-arrived" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      ChorusStore *store = open_parts ();
      g_autofree char *upload = g_strdup_printf ("UPDATE uploads SET state = '%s'", states[i]);
      g_autofree char *part =
        g_strdup_printf ("UPDATE uploads SET state = 'paused'; UPDATE parts SET state = '%s' WHERE ordinal = 2",
                         states[i]);

      fixture_execute (store, upload);
      fixture_sync (store, file_of ("other", "other.wav", 1, 1));
      fixture_assert (store, "SELECT count(*) FROM recordings", "1");
      fixture_execute (store, part);
      fixture_sync (store, file_of ("other", "other.wav", 1, 1));
      fixture_assert (store, "SELECT count(*) FROM recordings", "1");

      /* Only this deployment is in doubt. */
      fixture_execute (store, "UPDATE recordings SET deployment_id = 'e'");
      fixture_sync (store, file_of ("other", "other.wav", 1, 1));
      fixture_assert (store, "SELECT count(*) FROM recordings", "2");
      fixture_close (store, NULL);
    }
}

static void
test_parts_adopt (void)
{
  ChorusStore *store = open_parts ();
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", "d");
  g_autoptr (ChorusRecordingsOutput) output = NULL;

  /* Listed before the upload learned the id of its second part, and reviewed. */
  fixture_execute (store, "UPDATE parts SET file_id = NULL, state = 'failed' WHERE ordinal = 1");
  parts_sync (store, 1, parts_run ("i", { "A", 1, 2, 0.5, N, N }, { "A", N, N, 0.5, N, N }));
  fixture_execute (store, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
                          " SELECT min(detection_id), 'confirmed', 'r', 't' FROM detections");
  fixture_assert (store, "SELECT count(*) FROM recordings", "2");
  fixture_execute (store, "UPDATE parts SET file_id = 'f1', state = 'sent' WHERE ordinal = 1");

  input->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (input->files,
                   fixture_file ("f1", "x.wav", parts_run ("i", { "A", 1, 2, 0.5, N, N }, { "A", N, N, 0.5, N, N }),
                                 NULL));
  output = fixture_run (store, chorus_recording_rows_write_files, input);
  g_assert_cmpuint (output->gone->len, ==, 1);
  g_assert_cmpuint (output->recordings->len, ==, 1);
  fixture_assert (store, "SELECT recording_id FROM recordings", "1");
  fixture_assert (store, "SELECT inference_id || ':' || part_id FROM runs", "1/i:11");
  fixture_assert (store, PARTS_SHOWN, "A 100.0-200.0 0.5; A 101.0-102.0 0.5;");
  fixture_assert (store, PARTS_COUNTS, "2|1|1|none");
  fixture_close (store, NULL);
}

/* Two uploads that were given the same id are not made one. */
static void
test_parts_same_id (void)
{
  ChorusStore *store = open_parts ();

  fixture_execute (store,
                   "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state)"
                   " VALUES (2, 'p', 'd', 'f1', 'mine.wav', 'sent')");
  parts_sync (store, 1, parts_run ("i", { "A", 1, 2, 0.5, N, N }));
  fixture_assert (store, "SELECT name || n_detections FROM recordings ORDER BY recording_id", "long.wav0 mine.wav1");
  fixture_close (store, NULL);
}

static void
test_parts_other_places (void)
{
  ChorusStore *store = open_parts ();
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("q", "d");
  g_autoptr (ChorusRecordingsOutput) output = NULL;

  /* Another service may use the same id. */
  input->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (input->files, file_of ("f1", "x.wav", 1, 1));
  output = fixture_run (store, chorus_recording_rows_write_files, input);
  fixture_assert (store, "SELECT profile_id || name FROM recordings ORDER BY recording_id", "plong.wav qx.wav");
  fixture_close (store, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/parts/one-recording", test_parts_one_recording);
  g_test_add_func ("/library/parts/edges", test_parts_edges);
  g_test_add_func ("/library/parts/states", test_parts_states);
  g_test_add_func ("/library/parts/reviewed", test_parts_reviewed);
  g_test_add_func ("/library/parts/read", test_parts_read);
  g_test_add_func ("/library/parts/run-id", test_parts_run_id);
  g_test_add_func ("/library/parts/at-service", test_parts_at_service);
  g_test_add_func ("/library/parts/claim", test_parts_claim);
  g_test_add_func ("/library/parts/claim-one", test_parts_claim_one);
  g_test_add_func ("/library/parts/while-unclear", test_parts_while_unclear);
  g_test_add_func ("/library/parts/adopt", test_parts_adopt);
  g_test_add_func ("/library/parts/same-id", test_parts_same_id);
  g_test_add_func ("/library/parts/other-places", test_parts_other_places);

  return g_test_run ();
}
