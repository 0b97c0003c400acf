/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "store/chorus-schema.h"
#include "store/chorus-statement.h"

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

static void
assert_refused (ChorusDatabase *db,
                const char     *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (chorus_database_execute (db, sql, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
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

static void
fill (ChorusDatabase *db)
{
  execute (db,
           "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state)"
           "  VALUES (1, 'p', 'd', 'f1', 'one.wav', 'remote');"
           "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 1, 'i1', 'completed');"
           "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (2, 1, 'i2', 'completed');"
           "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, common_name) VALUES"
           "  (1, 1, 0, 1, 'Turdus merula', 'Blackbird'), (2, 1, 1, 1, '', 'Unidentified sound'),"
           "  (3, 1, 2, 1, NULL, NULL), (4, 2, 0, 1, 'Turdus merula', 'Blackbird');"
           "UPDATE recordings SET run_id = 2, n_detections = 1 WHERE recording_id = 1;");
}

static void
test_schema_nothing_twice (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  assert_refused (db, "INSERT INTO recordings (profile_id, deployment_id, file_id, name) VALUES ('p', 'd', 'f1', 'x')");
  assert_refused (db, "INSERT INTO runs (recording_id, inference_id, status) VALUES (1, 'i1', 'completed')");
  assert_refused (db, "INSERT INTO detections (run_id, ordinal, recording_id) VALUES (1, 0, 1)");

  /* Files that have no id yet do not exclude each other, and another service may use the same id. */
  execute (db, "INSERT INTO recordings (profile_id, deployment_id, name) VALUES ('p', 'd', 'x'), ('p', 'd', 'x');"
               "INSERT INTO recordings (profile_id, deployment_id, file_id, name) VALUES ('q', 'd', 'f1', 'x');");
}

static void
test_schema_states (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  assert_refused (db, "UPDATE recordings SET upload_state = 'lost'");
  assert_refused (db, "UPDATE recordings SET analysis_state = 'lost'");
  assert_refused (db, "UPDATE runs SET status = 'lost'");
  assert_refused (db,
                  "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'maybe', 'r', 't')");
}

static void
test_schema_references (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  assert_refused (db, "INSERT INTO runs (recording_id, inference_id, status) VALUES (99, 'i', 'completed')");
  assert_refused (db,
                  "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (99, 'none', 'r', 't')");
  assert_refused (db, "DELETE FROM recordings");
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'rejected', 'r', 't')");
  assert_refused (db, "DELETE FROM detections WHERE detection_id = 1");
}

static void
test_schema_verdicts_append_only (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'rejected', 'r', 't')");
  assert_refused (db, "UPDATE verdicts SET verdict = 'confirmed'");
  assert_refused (db, "DELETE FROM verdicts");
  assert_refused (db, "REPLACE INTO verdicts (verdict_id, detection_id, verdict, reviewer, created_at)"
                      "  VALUES (1, 1, 'confirmed', 'r', 't')");
  assert_text (db, "SELECT verdict FROM verdicts", "rejected");
}

static void
test_schema_verdicts_take_effect (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);

  /* Detection 1 belongs to an older run: its verdict holds and does not count among those shown. */
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'confirmed', 'r', 't')");
  assert_text (db, "SELECT verdict FROM detections ORDER BY detection_id", "confirmed none none none");
  assert_text (db, "SELECT n_reviewed FROM recordings", "0");

  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (4, 'uncertain', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings", "1");
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (4, 'rejected', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings", "1");
  assert_text (db, "SELECT verdict FROM detections WHERE detection_id = 4", "rejected");
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (4, 'none', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings", "0");
  assert_text (db, "SELECT verdict FROM verdicts WHERE detection_id = 4 ORDER BY verdict_id",
               "uncertain rejected none");
}

static void
test_schema_species (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  fill (db);
  assert_text (db, "SELECT '[' || species || ']' FROM detections WHERE run_id = 1 ORDER BY ordinal",
               "[Turdus merula] [Unidentified sound] []");
}

/* What a list of 100,000 recordings asks must be answered from an index, whatever the planner thinks next year. */
static void
test_schema_indexes (void)
{
  static const struct
  {
    const char *sql;
    const char *index;
  } questions[] = {
    { "EXPLAIN QUERY PLAN SELECT recording_id FROM recordings WHERE profile_id = 'p' AND deployment_id = 'd'"
      " ORDER BY started NULLS LAST, name, recording_id",
      "recordings_by_time" },
    { "EXPLAIN QUERY PLAN SELECT recording_id FROM recording_species WHERE species = 's' AND best_confidence > 0.5",
      "COVERING INDEX recording_species_by_species" },
    { "EXPLAIN QUERY PLAN SELECT name FROM recordings WHERE profile_id = 'p' AND deployment_id = 'd' AND file_id = 'f'",
      "sqlite_autoindex_recordings_1" },
    { "EXPLAIN QUERY PLAN SELECT name FROM recordings WHERE profile_id = 'p' AND sha256 = 'x'",
      "recordings_by_content" },
    { "EXPLAIN QUERY PLAN SELECT name FROM recordings WHERE profile_id = 'p' AND upload_state = 'waiting'",
      "recordings_by_upload" },
    { "EXPLAIN QUERY PLAN SELECT * FROM detections WHERE run_id = 1 ORDER BY ordinal",
      "sqlite_autoindex_detections_1" },
    { "EXPLAIN QUERY PLAN SELECT species, count(*) FROM detections GROUP BY species", "detections_by_species" },
    { "EXPLAIN QUERY PLAN SELECT * FROM verdicts WHERE detection_id = 1", "verdicts_by_detection" },
    { "EXPLAIN QUERY PLAN SELECT * FROM parts WHERE recording_id = 1 AND ordinal = 1", "sqlite_autoindex_parts_1" },
    { "EXPLAIN QUERY PLAN SELECT * FROM parts WHERE file_id = 'f'", "parts_by_file" },
    { "EXPLAIN QUERY PLAN SELECT * FROM parts WHERE run_id = 1", "parts_by_run" },
    { "EXPLAIN QUERY PLAN SELECT recording_id FROM parts WHERE file_id IS NULL AND state = 'sent'", "parts_to_claim" },
    { "EXPLAIN QUERY PLAN SELECT * FROM uploads WHERE state = 'sending'", "uploads_by_state" },
    { "EXPLAIN QUERY PLAN SELECT * FROM uploads WHERE start_time BETWEEN 1 AND 2", "uploads_by_time" },
    { "EXPLAIN QUERY PLAN SELECT * FROM runs WHERE recording_id = 1 AND inference_id = 'i'",
      "sqlite_autoindex_runs_1" },
  };
  g_autoptr (ChorusDatabase) db = open_database ();

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChorusStatement) plan = chorus_statement_new (db, questions[i].sql, &error);

      g_assert_no_error (error);
      g_assert_cmpint (chorus_statement_step (plan, &error), ==, CHORUS_STEP_ROW);
      g_test_message ("%s: %s", questions[i].sql, chorus_statement_get_text (plan, 3));
      g_assert_nonnull (strstr (chorus_statement_get_text (plan, 3), questions[i].index));
    }
}

/* Version 2 */

static ChorusDatabase *
open_first_version (void)
{
  ChorusMigrations first = *chorus_schema_get_migrations ();
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);
  first.n_steps = 1;
  g_assert_true (chorus_migrations_apply (&first, db, &error));
  g_assert_no_error (error);

  return db;
}

static void
upgrade (ChorusDatabase *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_migrations_apply (chorus_schema_get_migrations (), db, &error));
  g_assert_no_error (error);
}

/* Recordings in every state of version 1, as that version wrote them. */
static void
fill_first_version (ChorusDatabase *db)
{
  execute (
    db, "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, server_name, url, local_path,"
        "  size, sha256, duration, sample_rate, channels, recorded_at, time_source, upload_state, upload_error,"
        "  analysis_state, created_at) VALUES"
        " (1, 'p', 'd', NULL, 'waiting.wav', NULL, NULL, '/c/1', NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
        "  'waiting', NULL, 'none', '2025-06-01T00:00:01Z'),"
        " (2, 'p', 'd', NULL, 'checking.wav', NULL, NULL, '/c/2', NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
        "  'checking', NULL, 'none', '2025-06-01T00:00:02Z'),"
        " (3, 'p', 'd', NULL, 'sending.wav', NULL, NULL, '/c/3', 9600044, 'h3', 100, 48000, 1,"
        "  '2025-06-04T05:00:00', 'file-name', 'sending', NULL, 'none', '2025-06-01T00:00:03Z'),"
        " (4, 'p', 'd', 'f4', 'sent.wav', 's4', 'gs://4', '/c/4', 9600044, 'h4', 100, 48000, 1,"
        "  '2025-06-04T06:00:00', 'file-name', 'sent', NULL, 'completed', '2025-06-01T00:00:04Z'),"
        " (5, 'p', 'd', NULL, 'sent-without-id.wav', NULL, NULL, '/c/5', 100, 'h5', 0.5, 48000, 1, NULL, NULL,"
        "  'sent', NULL, 'none', '2025-06-01T00:00:05Z'),"
        " (6, 'p', 'd', NULL, 'failed.wav', NULL, NULL, '/c/6', 100, 'h6', 0.5, 48000, 1, NULL, NULL,"
        "  'failed', 'No network.', 'none', '2025-06-01T00:00:06Z'),"
        " (7, 'p', 'd', NULL, 'refused.txt', NULL, NULL, '/c/7', 12, 'h7', NULL, NULL, NULL, NULL, NULL,"
        "  'refused', 'Not audio.', 'none', '2025-06-01T00:00:07Z'),"
        " (8, 'p', 'd', 'f8', 'remote.wav', 's8', 'gs://8', NULL, 100, NULL, 60, NULL, NULL, NULL, NULL,"
        "  'remote', NULL, 'running', '2025-06-01T00:00:08Z'),"
        " (9, 'p', 'd', NULL, 'sending-unchecked.wav', NULL, NULL, '/c/9', NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
        "  'sending', NULL, 'none', '2025-06-01T00:00:09Z');"
        "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 4, 'i', 'completed');"
        "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, start_time, end_time)"
        "  VALUES (1, 1, 0, 4, 'Turdus merula', 1, 2), (2, 1, 1, 4, 'Strix aluco', 3, 4);"
        "UPDATE recordings SET run_id = 1, n_detections = 2, n_species = 2 WHERE recording_id = 4;"
        "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'confirmed', 'r', 't');");
}

static void
test_schema_upgrade (void)
{
  static const char recordings[] =
    "SELECT recording_id || name || upload_state || coalesce (upload_error, '-') || coalesce (file_id, '-') ||"
    "  coalesce (size, '-') || coalesce (recorded_at, '-') || analysis_state || n_detections || n_species || n_reviewed"
    "  || coalesce (run_id, '-') FROM recordings ORDER BY recording_id";
  g_autoptr (ChorusDatabase) db = open_first_version ();
  g_autofree char *before = NULL;

  fill_first_version (db);
  before = read_text (db, recordings);
  upgrade (db);

  /* What there was is as it was. */
  assert_text (db, recordings, before);
  assert_text (db, "SELECT detection_id || verdict || (continues IS NULL) || (found_end IS NULL) FROM detections",
               "1confirmed11 2none11");
  assert_text (db, "SELECT count(*) FROM recordings WHERE recorder_time IS NOT NULL", "0");
  assert_text (db, "SELECT count(*) FROM runs WHERE part_id IS NOT NULL", "0");

  /* Whatever came from this computer is an upload, in the same state and with the same reason. */
  assert_text (db,
               "SELECT recording_id || state || coalesce (reason, '-') || coalesce (method, '-') FROM uploads"
               " ORDER BY recording_id",
               "1waiting-- 2checking-- 3sending-whole 4sent-whole 5sent-whole 6failedNo network.- 7refusedNot audio.-"
               " 9sending--");

  /* What may be at the service has one part. */
  assert_text (
    db,
    "SELECT recording_id || ':' || ordinal || ' ' || state || ' ' || n_frames || ' ' || duration || ' ' || size"
    "  || ' ' || coalesce (file_id, '-') || ' ' || coalesce (attempted_at, '-') || ' ' || analysis_state"
    " FROM parts ORDER BY recording_id",
    "3:0 confirming 4800000 100.0 9600044 - 2025-06-01T00:00:03Z none"
    " 4:0 sent 4800000 100.0 9600044 f4 - none 5:0 sent 24000 0.5 100 - - none");
}

/* What lists show is counted for what was there before, and goes on being counted. */
static void
test_schema_upgrade_counts (void)
{
  static const char counts[] =
    "SELECT recording_id || ':' || n_parts || n_parts_at_service || shown_runs || n_unknown ||"
    "  coalesce (started, '-') FROM recordings WHERE recording_id IN (3, 4, 8)";
  g_autoptr (ChorusDatabase) db = open_first_version ();

  fill_first_version (db);
  execute (db, "UPDATE runs SET n_unknown = 3; UPDATE detections SET confidence = 0.5, common_name = 'Blackbird'"
               " WHERE detection_id = 1");
  upgrade (db);
  assert_text (db, counts, "3:10001749013200 4:11031749016800 8:0000-");
  assert_text (db,
               "SELECT recording_id || species || n_detections || coalesce (best_confidence, '-')"
               " FROM recording_species ORDER BY species",
               "4Strix aluco1- 4Turdus merula10.5");
  assert_text (db, "SELECT best_confidence FROM recordings WHERE recording_id = 4", "0.5");
  assert_text (db, "SELECT species || common_name FROM common_names", "Turdus merulaBlackbird");

  /* Cut in two, with a run for each part. */
  execute (
    db, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, recorded_at) VALUES"
        "  (20, 'p', 'd', 'long.wav', '2025-06-04T05:00:00+05:30');"
        "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state)"
        "  VALUES (20, 20, 0, 0, 1, 0, 1, 1, 'ready'), (21, 20, 1, 1, 1, 1, 1, 1, 'ready');"
        "UPDATE parts SET file_id = 'f20' WHERE part_id = 20;"
        "INSERT INTO runs (run_id, recording_id, inference_id, status, n_unknown, part_id) VALUES"
        "  (20, 20, 'a', 'completed', 1, 20), (21, 20, 'b', 'completed', 2, 21), (22, 20, 'c', 'completed', 4, 21);"
        "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, confidence) VALUES"
        "  (20, 0, 20, 'Strix aluco', 0.25), (21, 0, 20, 'Otus scops', 0.75), (22, 0, 20, 'Otus scops', 0.5);"
        "UPDATE parts SET run_id = 20 WHERE part_id = 20; UPDATE parts SET run_id = 21 WHERE part_id = 21;"
        "UPDATE recordings SET n_species = 2 WHERE recording_id = 20");
  assert_text (db,
               "SELECT n_parts || ' ' || n_parts_at_service || ' ' || shown_runs || ' ' || n_unknown || ' '"
               "  || started || ' ' || best_confidence FROM recordings WHERE recording_id = 20",
               "2 1 41 3 1748993400 0.75");

  /* A later run takes the place of one. */
  execute (db, "UPDATE parts SET run_id = 22, file_id = 'f21' WHERE part_id = 21;"
               "UPDATE recordings SET n_species = 2 WHERE recording_id = 20");
  assert_text (db,
               "SELECT n_parts || ' ' || n_parts_at_service || ' ' || shown_runs || ' ' || n_unknown || ' '"
               "  || best_confidence FROM recordings WHERE recording_id = 20",
               "2 2 42 5 0.5");
  assert_text (db, "SELECT species || n_detections FROM recording_species WHERE recording_id = 20 ORDER BY species",
               "Otus scops1 Strix aluco1");

  /* And all of it goes. */
  execute (db, "UPDATE parts SET run_id = NULL; DELETE FROM detections WHERE recording_id = 20;"
               "DELETE FROM runs WHERE recording_id = 20; DELETE FROM parts WHERE recording_id = 20;");
  assert_text (db,
               "SELECT n_parts || n_parts_at_service || shown_runs || n_unknown FROM recordings"
               " WHERE recording_id = 20",
               "0000");
  execute (db, "DELETE FROM recordings WHERE recording_id = 20");
  assert_text (db, "SELECT count(*) FROM recording_species WHERE recording_id = 20", "0");
}

/* The triggers that count and that follow an upload work on what was there before. */
static void
test_schema_upgrade_goes_on (void)
{
  static const struct
  {
    const char *state;
    const char *shown;
  } states[] = {
    { "waiting", "waiting" },    { "checking", "checking" }, { "ready", "waiting" },   { "sending", "sending" },
    { "confirming", "sending" }, { "sent", "sent" },         { "paused", "waiting" },  { "failed", "failed" },
    { "needs-file", "failed" },  { "canceled", "failed" },   { "refused", "refused" }, { "may-have-arrived", "failed" },
  };
  g_autoptr (ChorusDatabase) db = open_first_version ();

  fill_first_version (db);
  upgrade (db);

  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (2, 'rejected', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings WHERE recording_id = 4", "2");
  execute (db, "UPDATE detections SET continues = 1 WHERE detection_id = 2;"
               "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (2, 'none', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings WHERE recording_id = 4", "2");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("UPDATE uploads SET state = '%s', reason = 'because' WHERE recording_id = 6", states[i].state);

      execute (db, sql);
      assert_text (db, "SELECT upload_state FROM recordings WHERE recording_id = 6", states[i].shown);
    }
  assert_refused (db, "UPDATE uploads SET state = 'lost'");
  assert_refused (db, "UPDATE parts SET state = 'lost'");
}

/* Several parts: the verdicts of each part's shown run count, of other runs none. */
static void
test_schema_parts_reviewed (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  execute (db,
           "INSERT INTO recordings (recording_id, profile_id, deployment_id, name) VALUES (1, 'p', 'd', 'long.wav');"
           "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 1, '0/i', 'completed'),"
           "  (2, 1, '1/i', 'completed'), (3, 1, '1/j', 'completed');"
           "INSERT INTO parts (recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state, run_id)"
           "  VALUES (1, 0, 0, 1, 0, 1, 1, 'sent', 1), (1, 1, 1, 1, 1, 1, 1, 'sent', 3);"
           "INSERT INTO detections (detection_id, run_id, ordinal, recording_id) VALUES (1, 1, 0, 1), (2, 2, 0, 1),"
           "  (3, 3, 0, 1);"
           "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (1, 'confirmed', 'r', 't'),"
           "  (2, 'confirmed', 'r', 't'), (3, 'confirmed', 'r', 't')");
  assert_text (db, "SELECT n_reviewed FROM recordings", "2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/schema/nothing-twice", test_schema_nothing_twice);
  g_test_add_func ("/store/schema/states", test_schema_states);
  g_test_add_func ("/store/schema/references", test_schema_references);
  g_test_add_func ("/store/schema/verdicts-append-only", test_schema_verdicts_append_only);
  g_test_add_func ("/store/schema/verdicts-take-effect", test_schema_verdicts_take_effect);
  g_test_add_func ("/store/schema/species", test_schema_species);
  g_test_add_func ("/store/schema/indexes", test_schema_indexes);
  g_test_add_func ("/store/schema/upgrade", test_schema_upgrade);
  g_test_add_func ("/store/schema/upgrade-counts", test_schema_upgrade_counts);
  g_test_add_func ("/store/schema/upgrade-goes-on", test_schema_upgrade_goes_on);
  g_test_add_func ("/store/schema/parts-reviewed", test_schema_parts_reviewed);

  return g_test_run ();
}
