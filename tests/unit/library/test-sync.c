/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a refresh does to the store. */

#include "chorus-library-fixture.h"

static const char *const thrush[] = { "Turdus merula", NULL };
static const char *const three[] = { "Turdus merula", "Strix aluco", "Turdus merula", NULL };

static void
test_sync_new_file (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  g_assert_cmpuint (fixture_sync (store, fixture_file ("f", "20250604_050000.WAV", NULL)), ==, 1);
  fixture_assert (store,
                  "SELECT file_id || '|' || name || '|' || upload_state || '|' || analysis_state FROM recordings",
                  "f|20250604_050000.WAV|remote|none");
  fixture_assert (store, "SELECT recorded_at || '|' || recorded_has_zone || '|' || time_source FROM recordings",
                  "2025-06-04T05:00:00|0|file-name");
  fixture_assert (store, "SELECT size || '|' || duration FROM recordings", "4000|60.0");
  fixture_close (store, NULL);
}

static void
test_sync_twice (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  for (int i = 0; i < 3; i++)
    {
      guint n_changed =
        fixture_sync (store, fixture_file ("f", "a.wav",
                                           fixture_inference ("i", CHORUS_INFERENCE_STATUS_COMPLETED, three), NULL));

      g_assert_cmpuint (n_changed, ==, i == 0 ? 1 : 0);
    }
  fixture_assert (store, "SELECT count(*) FROM recordings", "1");
  fixture_assert (store, "SELECT count(*) FROM runs", "1");
  fixture_assert (store, "SELECT scientific_name FROM detections ORDER BY ordinal",
                  "Turdus merula Strix aluco Turdus merula");
  fixture_assert (store, "SELECT n_detections || '|' || n_species || '|' || analysis_state FROM recordings",
                  "3|2|completed");
  fixture_close (store, NULL);
}

static void
test_sync_without_ids (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  /* The documented answers show no id of a run: the same result is the same run, another one is not. */
  for (int i = 0; i < 2; i++)
    fixture_sync (store, fixture_file ("f", "a.wav",
                                       fixture_inference (NULL, CHORUS_INFERENCE_STATUS_COMPLETED, thrush), NULL));
  fixture_assert (store, "SELECT count(*) FROM runs", "1");
  fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference (NULL, CHORUS_INFERENCE_STATUS_COMPLETED, thrush),
                                     fixture_inference (NULL, CHORUS_INFERENCE_STATUS_COMPLETED, three), NULL));
  fixture_assert (store, "SELECT count(*) FROM runs", "2");
  fixture_assert (store, "SELECT n_detections FROM recordings", "3");
  fixture_close (store, NULL);
}

static void
test_sync_run_goes_on (void)
{
  static const struct
  {
    ChorusInferenceStatus status;
    const char *state;
    const char *n_detections;
  } stages[] = {
    { CHORUS_INFERENCE_STATUS_PENDING, "pending", "0" },
    { CHORUS_INFERENCE_STATUS_RUNNING, "running", "0" },
    { CHORUS_INFERENCE_STATUS_COMPLETED, "completed", "3" },
    /* A service that forgets what it said does not take it back. */
    { CHORUS_INFERENCE_STATUS_RUNNING, "completed", "3" },
  };
  ChorusStore *store = fixture_open_store (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      const char *const *names = stages[i].status == CHORUS_INFERENCE_STATUS_COMPLETED ? three : NULL;

      fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference ("i", stages[i].status, names), NULL));
      fixture_assert (store, "SELECT analysis_state FROM recordings", stages[i].state);
      fixture_assert (store, "SELECT n_detections FROM recordings", stages[i].n_detections);
    }
  fixture_assert (store, "SELECT count(*) FROM runs", "1");
  fixture_close (store, NULL);
}

static void
test_sync_later_runs (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_COMPLETED, three), NULL));
  fixture_execute (store, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
                          " SELECT min(detection_id), 'confirmed', 'r', 't' FROM detections");
  fixture_assert (store, "SELECT n_reviewed FROM recordings", "1");

  /* One under way: the one before is shown, and it is being analyzed. */
  fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_COMPLETED, three),
                                     fixture_inference ("2", CHORUS_INFERENCE_STATUS_RUNNING, NULL), NULL));
  fixture_assert (store, "SELECT analysis_state || '|' || n_detections || '|' || n_reviewed FROM recordings",
                  "running|3|1");

  /* It fails: what there was before is still true. */
  fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_COMPLETED, three),
                                     fixture_inference ("2", CHORUS_INFERENCE_STATUS_FAILED, NULL), NULL));
  fixture_assert (store, "SELECT analysis_state || '|' || n_detections || '|' || n_reviewed FROM recordings",
                  "completed|3|1");

  /* A third one completes and is shown; the verdict stays with the first. */
  fixture_sync (store, fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_COMPLETED, three),
                                     fixture_inference ("2", CHORUS_INFERENCE_STATUS_FAILED, NULL),
                                     fixture_inference ("3", CHORUS_INFERENCE_STATUS_COMPLETED, thrush), NULL));
  fixture_assert (store, "SELECT analysis_state || '|' || n_detections || '|' || n_reviewed FROM recordings",
                  "completed|1|0");
  fixture_assert (store, "SELECT inference_id FROM runs JOIN recordings USING (run_id)", "3");
  fixture_assert (store, "SELECT verdict FROM detections ORDER BY detection_id", "confirmed none none none");
  fixture_close (store, NULL);
}

static void
test_sync_failed_run (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_FAILED, NULL), NULL));
  fixture_assert (store, "SELECT analysis_state FROM recordings", "failed");
  fixture_assert (store, "SELECT analysis_error LIKE 'The service could not analyze%' FROM recordings", "1");
  fixture_close (store, NULL);
}

static void
test_sync_keeps_local_name (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, "INSERT INTO recordings (profile_id, deployment_id, file_id, name, local_path, upload_state)"
                          " VALUES ('p', 'd', 'f', 'mine.wav', '/card/mine.wav', 'sent')");
  fixture_sync (store, fixture_file ("f", "upload-0001.wav", NULL));
  fixture_assert (store,
                  "SELECT name || '|' || server_name || '|' || local_path || '|' || upload_state FROM recordings",
                  "mine.wav|upload-0001.wav|/card/mine.wav|sent");

  /* What came from the service follows a new name there. */
  fixture_sync (store, fixture_file ("g", "old.wav", NULL));
  fixture_sync (store, fixture_file ("g", "new.wav", NULL));
  fixture_assert (store, "SELECT name FROM recordings WHERE file_id = 'g'", "new.wav");
  fixture_close (store, NULL);
}

static void
test_sync_claims_upload (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, "INSERT INTO recordings (profile_id, deployment_id, name, size, upload_state) VALUES"
                          " ('p', 'd', 'mine.wav', 4000, 'sent'), ('p', 'd', 'other.wav', 5000, 'sent'),"
                          " ('p', 'd', 'unsent.wav', 4000, 'waiting')");
  fixture_sync (store, fixture_file ("f", "x.wav", NULL));
  fixture_assert (store, "SELECT coalesce(file_id, '-') || name FROM recordings ORDER BY recording_id",
                  "fmine.wav -other.wav -unsent.wav");

  /* With two of the same size nobody knows which: neither is given an id that may be the other's. */
  fixture_execute (store, "INSERT INTO recordings (profile_id, deployment_id, name, size, upload_state) VALUES"
                          " ('p', 'd', 'twin1.wav', 4000, 'sent'), ('p', 'd', 'twin2.wav', 4000, 'sent')");
  fixture_sync (store, fixture_file ("g", "x.wav", NULL));
  fixture_assert (store, "SELECT name FROM recordings WHERE file_id = 'g'", "x.wav");
  fixture_assert (store, "SELECT count(*) FROM recordings WHERE name LIKE 'twin%' AND file_id IS NULL", "2");
  fixture_close (store, NULL);
}

static void
test_sync_while_sending (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_execute (store, "INSERT INTO recordings (profile_id, deployment_id, name, size, upload_state)"
                          " VALUES ('p', 'd', 'mine.wav', 4000, 'sending')");
  g_assert_cmpuint (fixture_sync (store, fixture_file ("f", "x.wav", NULL)), ==, 0);
  fixture_assert (store, "SELECT count(*) FROM recordings", "1");

  /* The queue learns the id; the next refresh meets the recording. */
  fixture_execute (store, "UPDATE recordings SET upload_state = 'sent', file_id = 'f'");
  fixture_sync (store, fixture_file ("f", "x.wav", NULL));
  fixture_assert (store, "SELECT name FROM recordings", "mine.wav");
  fixture_close (store, NULL);
}

static void
test_sync_hostile_names (void)
{
  ChorusStore *store = fixture_open_store (NULL);

  fixture_sync (store, fixture_file ("<b>&../../x", "'; DROP TABLE recordings; --", NULL));
  fixture_sync (store, fixture_file ("f", NULL, NULL));
  fixture_assert (store, "SELECT file_id || '|' || name FROM recordings ORDER BY recording_id",
                  "<b>&../../x|'; DROP TABLE recordings; -- f|f");
  fixture_close (store, NULL);
}

static void
test_sync_colors (void)
{
  static const char *const mixed[] = { "c", "b", "b", "a", "b", "c", NULL };
  static const char *const more[] = { "z", "z", "z", "z", "b", "0", NULL };
  ChorusStore *store = fixture_open_store (NULL);

  /* By frequency, then by name; colors once given stay. */
  fixture_sync (store,
                fixture_file ("f", "a.wav", fixture_inference ("1", CHORUS_INFERENCE_STATUS_COMPLETED, mixed), NULL));
  fixture_assert (store, "SELECT name || color FROM species ORDER BY color", "b0 c1 a2");
  fixture_sync (store,
                fixture_file ("g", "b.wav", fixture_inference ("2", CHORUS_INFERENCE_STATUS_COMPLETED, more), NULL));
  fixture_assert (store, "SELECT name || color FROM species ORDER BY color", "b0 c1 a2 z3 04");
  fixture_close (store, NULL);
}

static void
test_sync_all_or_nothing (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", "d");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_execute (store, "CREATE TRIGGER fail BEFORE INSERT ON recordings WHEN NEW.file_id = 'bad' BEGIN"
                          "  SELECT raise (ABORT, 'no'); END");
  input->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (input->files, fixture_file ("good", "a.wav", NULL));
  g_ptr_array_add (input->files, fixture_file ("bad", "b.wav", NULL));
  input->synced_at = g_date_time_new_now_utc ();
  chorus_store_run_async (store, chorus_recording_rows_write_files, input, NULL,
                          (GDestroyNotify) chorus_recordings_output_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_store_run_finish (store, result, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
  fixture_assert (store, "SELECT count(*) FROM recordings", "0");
  fixture_assert (store, "SELECT count(*) FROM syncs", "0");
  g_clear_object (&result);
  fixture_close (store, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/sync/new-file", test_sync_new_file);
  g_test_add_func ("/library/sync/twice", test_sync_twice);
  g_test_add_func ("/library/sync/without-ids", test_sync_without_ids);
  g_test_add_func ("/library/sync/run-goes-on", test_sync_run_goes_on);
  g_test_add_func ("/library/sync/later-runs", test_sync_later_runs);
  g_test_add_func ("/library/sync/failed-run", test_sync_failed_run);
  g_test_add_func ("/library/sync/keeps-local-name", test_sync_keeps_local_name);
  g_test_add_func ("/library/sync/claims-upload", test_sync_claims_upload);
  g_test_add_func ("/library/sync/while-sending", test_sync_while_sending);
  g_test_add_func ("/library/sync/hostile-names", test_sync_hostile_names);
  g_test_add_func ("/library/sync/colors", test_sync_colors);
  g_test_add_func ("/library/sync/all-or-nothing", test_sync_all_or_nothing);

  return g_test_run ();
}
