/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of detections that people added when the store learns more about an upload. */

#include "chorus-test.h"
#include "store/chorus-schema.h"
#include "upload/chorus-upload-private.h"
#include "upload/chorus-upload-rows.h"

static ChorusDatabase *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);
  g_assert_true (chorus_migrations_apply (chorus_schema_get_migrations (), db, &error));
  g_assert_no_error (error);

  return db;
}

static void
execute (ChorusDatabase *db,
         const char     *sql)
{
  g_autoptr (GError) error = NULL;

  chorus_database_execute (db, sql, &error);
  g_assert_no_error (error);
}

static char *
read_text (ChorusDatabase *db,
           const char     *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, sql, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (chorus_statement_step (select, &error) == CHORUS_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len ? " " : "", chorus_statement_get_text (select, 0));
  g_assert_no_error (error);

  return g_string_free (text, FALSE);
}

#define assert_text(db, sql, expected)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = read_text (db, sql);                                                                      \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

/* An upload, recording 1, and the same file as the service listed it before its answer was read, recording 2. To both a
 * person has added something. */
static void
fill (ChorusDatabase *db)
{
  execute (
    db,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, file_id, upload_state) VALUES"
    "  (1, 'p', 'd', 'a.wav', NULL, 'waiting'), (2, 'p', 'd', 'a.wav', 'f', 'remote');"
    "INSERT INTO uploads (recording_id, state) VALUES (1, 'sending');"
    "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state)"
    "  VALUES (1, 0, 0, 1, 0, 60, 1, 'sending');"
    "INSERT INTO runs (run_id, recording_id, inference_id, status, origin) VALUES (1, 1, 'person', 'completed', 'person'),"
    "  (2, 2, 'person', 'completed', 'person'), (3, 2, 'i', 'completed', 'service');"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, common_name, origin) VALUES"
    "  (1, 1, 0, 1, 'Owl', 'person'), (2, 2, 0, 2, 'Lark', 'person'), (3, 3, 0, 2, 'Wren', 'service');"
    "UPDATE recordings SET run_id = 3, analysis_state = 'completed' WHERE recording_id = 2;"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'confirmed', 'ada', 't'),"
    "  (2, 'confirmed', 'ada', 't')");
}

static void
save (ChorusDatabase *db,
      guint           n_entries)
{
  ChorusUploadJob *job = chorus_upload_job_new ("p", "d");
  ChorusUploadSnapshot *upload = g_new0 (ChorusUploadSnapshot, 1);
  g_autoptr (GError) error = NULL;

  upload->recording_id = 1;
  upload->deployment_id = g_strdup ("d");
  upload->state = CHORUS_UPLOAD_STATE_SENT;
  upload->approved = TRUE;
  upload->listed = TRUE;
  upload->entries = g_array_new (FALSE, TRUE, sizeof (ChorusUploadEntry));
  g_array_set_clear_func (upload->entries, chorus_upload_entry_clear);
  for (guint i = 0; i < n_entries; i++)
    {
      const ChorusUploadEntry entry = { .state = CHORUS_UPLOAD_STATE_SENT,
                                        .file_id = i == 0 ? g_strdup ("f") : g_strdup ("g") };

      g_array_append_val (upload->entries, entry);
    }
  job->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_snapshot_free);
  g_ptr_array_add (job->snapshots, upload);
  chorus_upload_rows_save (db, job, &error);
  g_assert_no_error (error);
  chorus_upload_job_free (job);
}

static void
test_adopt_whole (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  save (db, 1);
  assert_text (db, "SELECT recording_id || file_id || run_id FROM recordings", "1f3");
  assert_text (db, "SELECT detection_id || (shown_in IS NOT NULL) FROM detections WHERE recording_id = 1 ORDER BY 1",
               "11 21 31");
  assert_text (db,
               "SELECT n_detections || ' ' || n_species || ' ' || n_reviewed || ' ' || analysis_state FROM recordings",
               "3 3 2 completed");
}

/* To a recording in parts what the service found comes again with the next list; what a person added would not. */
static void
test_adopt_parts (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  execute (db, "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state)"
               "  VALUES (1, 1, 1, 1, 60, 60, 1, 'sending')");
  save (db, 2);
  assert_text (db, "SELECT recording_id FROM recordings ORDER BY 1", "1 2");
  assert_text (db, "SELECT count(*) FROM detections", "3");
}

/* A recording that somebody has added something to is not forgotten with its upload. */
static void
test_adopt_forget (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  ChorusUploadJob *job = chorus_upload_job_new ("p", "d");
  g_autoptr (GArray) forgotten = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 ids[] = { 1, 5 };

  fill (db);
  execute (db, "UPDATE uploads SET approved = 0;"
               "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (5, 'p', 'd', 'b.wav');"
               "INSERT INTO uploads (recording_id, state, approved) VALUES (5, 'ready', 0)");
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (job->ids, ids, G_N_ELEMENTS (ids));
  forgotten = chorus_upload_rows_forget (db, job, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (forgotten->len, ==, 1);
  g_assert_cmpint (g_array_index (forgotten, gint64, 0), ==, 5);
  assert_text (db, "SELECT recording_id FROM recordings ORDER BY 1", "1 2");
  chorus_upload_job_free (job);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/upload/adopt/whole", test_adopt_whole);
  g_test_add_func ("/upload/adopt/parts", test_adopt_parts);
  g_test_add_func ("/upload/adopt/forget", test_adopt_forget);

  return g_test_run ();
}
