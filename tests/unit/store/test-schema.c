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
    { "EXPLAIN QUERY PLAN SELECT name FROM recordings WHERE profile_id = 'p' AND deployment_id = 'd'",
      "sqlite_autoindex_recordings_1" },
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

  return g_test_run ();
}
