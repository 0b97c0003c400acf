/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Version 3 of the schema: what is shown, verdicts that stand, notes, stars and tallies. */

#include "chorus-test.h"
#include "store/chorus-schema.h"
#include "store/chorus-statement.h"

static ChorusDatabase *
open_version (int version)
{
  ChorusMigrations migrations = *chorus_schema_get_migrations ();
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);
  g_assert_cmpint (migrations.n_steps, >=, version);
  migrations.n_steps = version;
  g_assert_true (chorus_migrations_apply (&migrations, db, &error));
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

#define assert_text(db, sql, expected)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = read_text (db, sql);                                                                      \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static char *
read_text (ChorusDatabase *db,
           const char     *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, sql, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (chorus_statement_step (select, &error) == CHORUS_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len ? " " : "",
                            chorus_statement_is_null (select, 0) ? "-" : chorus_statement_get_text (select, 0));
  g_assert_no_error (error);

  return g_string_free (text, FALSE);
}

/* One recording that is one file with an earlier and a shown run, and one of two parts that meet in a detection. */
static void
fill (ChorusDatabase *db)
{
  execute (
    db,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, n_detections) VALUES"
    "  (1, 'p', 'd', 'f1', 'one.wav', 2), (2, 'p', 'e', NULL, 'parts.wav', 2), (3, 'q', 'd', 'f1', 'other.wav', 0);"
    "INSERT INTO runs (run_id, recording_id, inference_id, status) VALUES (1, 1, 'i1', 'completed'),"
    "  (2, 1, 'i2', 'completed'), (3, 2, '0/i', 'completed'), (4, 2, '1/i', 'completed');"
    "INSERT INTO parts (part_id, recording_id, ordinal, first_frame, n_frames, start_time, duration, size, state, run_id)"
    "  VALUES (1, 2, 0, 0, 1, 0, 1, 1, 'sent', 3), (2, 2, 1, 1, 1, 1, 1, 1, 'sent', 4);"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, common_name, confidence) VALUES"
    "  (1, 1, 0, 1, 'Turdus merula', 'Blackbird', 0.9), (2, 2, 0, 1, 'Turdus merula', 'Blackbird', 0.8),"
    "  (3, 2, 1, 1, '', 'Unidentified sound', NULL), (4, 3, 0, 2, 'Strix aluco', NULL, 0.7),"
    "  (5, 4, 0, 2, 'Strix aluco', NULL, 0.6), (6, 4, 1, 2, 'Turdus merula', NULL, 0.5);"
    "UPDATE detections SET continues = 4 WHERE detection_id = 5;"
    "UPDATE recordings SET run_id = 2 WHERE recording_id = 1;"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (2, 'rejected', 'ada', 't1'),"
    "  (2, 'confirmed', 'bob', 't2'), (4, 'uncertain', 'ada', 't3'), (4, 'none', 'ada', 't4')");
}

static const char tallies[] = "SELECT deployment_id || ':' || species || ':' || outcome || ':' || sum(n) FROM"
                              " tallies JOIN deployment_keys USING (deployment_key) GROUP BY deployment_key, species,"
                              "  outcome HAVING sum(n) <> 0 ORDER BY 1";
static const char truth[] =
  "SELECT deployment_id || ':' || species || ':' || outcome || ':' || count(*) FROM detections d"
  " JOIN recordings r USING (recording_id)"
  " WHERE continues IS NULL AND CASE origin WHEN 'import' THEN 1 WHEN 'person' THEN verdict <> 'none' ELSE"
  "  (d.run_id = r.run_id OR d.run_id IN (SELECT run_id FROM parts WHERE run_id IS NOT NULL)) END"
  " GROUP BY profile_id, deployment_id, species, outcome ORDER BY 1";

static void
test_review_upgrade (void)
{
  g_autoptr (ChorusDatabase) db = open_version (2);

  fill (db);
  upgrade (db);
  assert_text (db,
               "SELECT detection_id || verdict || coalesce(reviewer, '-') || coalesce(reviewed_at, '-') || origin ||"
               "  starred FROM detections WHERE detection_id IN (1, 2, 4) ORDER BY detection_id",
               "1none--service0 2confirmedbobt2service0 4none--service0");
  assert_text (db, "SELECT detection_id FROM detections WHERE shown_in IS NOT NULL ORDER BY detection_id", "2 3 4 6");
  assert_text (db, tallies,
               "d:Turdus merula:confirmed:1 d:Unidentified sound:none:1 e:Strix aluco:none:1 e:Turdus merula:none:1");
  assert_text (db, "SELECT profile_id || deployment_id FROM deployment_keys ORDER BY 1", "pd pe qd");
  assert_text (db, "SELECT count(*) FROM verdicts", "4");
  assert_text (db, "SELECT count(*) FROM runs WHERE origin = 'service'", "4");
}

/* The same rows written to a new store come to the same. */
static void
test_review_new_store (void)
{
  g_autoptr (ChorusDatabase) db = open_version (3);
  g_autofree char *expected = NULL;

  fill (db);
  assert_text (db, "SELECT detection_id FROM detections WHERE shown_in IS NOT NULL ORDER BY detection_id", "2 3 4 6");
  expected = read_text (db, truth);
  assert_text (db, tallies, expected);
}

static void
test_review_shown_follows (void)
{
  static const char shown[] = "SELECT detection_id FROM detections WHERE shown_in IS NOT NULL ORDER BY detection_id";
  g_autoptr (ChorusDatabase) db = open_version (3);

  fill (db);
  execute (db, "UPDATE recordings SET run_id = 1 WHERE recording_id = 1");
  assert_text (db, shown, "1 4 6");
  execute (db, "UPDATE recordings SET run_id = NULL WHERE recording_id = 1");
  assert_text (db, shown, "4 6");
  execute (db, "UPDATE detections SET continues = NULL WHERE detection_id = 5");
  assert_text (db, shown, "4 5 6");
  execute (db, "UPDATE parts SET run_id = NULL WHERE part_id = 2");
  assert_text (db, shown, "4");
  execute (db, "DELETE FROM parts WHERE part_id = 1");
  assert_text (db, shown, "");
  assert_text (db, tallies, "");
}

static void
test_review_own_runs (void)
{
  g_autoptr (ChorusDatabase) db = open_version (3);

  fill (db);
  execute (db, "INSERT INTO runs (run_id, recording_id, inference_id, status, origin) VALUES"
               "  (10, 1, 'person', 'completed', 'person'), (11, 2, 'import x', 'completed', 'import');"
               "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, common_name, origin) VALUES"
               "  (20, 10, 0, 1, 'Owl', 'person'), (21, 11, 0, 2, 'Owl', 'import')");
  assert_text (db, "SELECT shown_in IS NOT NULL FROM detections WHERE detection_id >= 20 ORDER BY detection_id", "0 1");
  execute (db,
           "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (20, 'confirmed', 'ada', 't')");
  assert_text (db, "SELECT shown_in IS NOT NULL FROM detections WHERE detection_id = 20", "1");
  execute (db,
           "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes) SELECT 20, 'none', 'ada', 't',"
           "  max(verdict_id) FROM verdicts");
  assert_text (db, "SELECT shown_in IS NOT NULL FROM detections WHERE detection_id = 20", "0");
  assert_refused (db, "UPDATE runs SET origin = 'elsewhere'");
  assert_refused (db, "UPDATE detections SET origin = 'elsewhere'");
}

static void
test_review_standing (void)
{
  static const char state[] =
    "SELECT verdict || coalesce('(' || verdict_common_name || ')', '') || coalesce(' ' || reviewer, '') || ' ' || outcome"
    "  || ' ' || held_species FROM detections WHERE detection_id = 6";
  g_autoptr (ChorusDatabase) db = open_version (3);

  fill (db);
  execute (db, "INSERT INTO verdicts (verdict_id, detection_id, verdict, reviewer, created_at) VALUES"
               "  (101, 6, 'confirmed', 'ada', 't'), (102, 6, 'rejected', 'bob', 't')");
  execute (db, "INSERT INTO verdicts (verdict_id, detection_id, verdict, common_name, reviewer, created_at) VALUES"
               "  (103, 6, 'confirmed', 'Owl', 'ada', 't')");
  assert_text (db, state, "confirmed(Owl) ada renamed Owl");

  /* Taken back, what is in force is what stood before; what stood earlier can be taken back too. */
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes) VALUES"
               "  (6, 'rejected', 'ada', 't', 103)");
  assert_text (db, state, "rejected bob rejected Turdus merula");
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes) VALUES"
               "  (6, 'rejected', 'ada', 't', 101)");
  assert_text (db, state, "rejected bob rejected Turdus merula");
  execute (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes) VALUES"
               "  (6, 'none', 'bob', 't', 102)");
  assert_text (db, state, "none none Turdus merula");
  assert_text (db, "SELECT count(*) FROM standing_verdicts WHERE detection_id = 6", "0");
  assert_text (db, "SELECT n_reviewed FROM recordings WHERE recording_id = 2", "0");
  assert_refused (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes) VALUES"
                      "  (6, 'none', 'ada', 't', 999)");
}

static void
test_review_marks (void)
{
  g_autoptr (ChorusDatabase) db = open_version (3);

  fill (db);
  execute (db, "INSERT INTO notes (detection_id, note, reviewer, created_at) VALUES (2, 'faint', 'ada', 't'),"
               "  (2, 'clear', 'bob', 't'), (3, 'x', 'ada', 't'), (3, NULL, 'ada', 't');"
               "INSERT INTO stars (detection_id, starred, reviewer, created_at) VALUES (2, 1, 'ada', 't'),"
               "  (3, 1, 'ada', 't'), (3, 0, 'ada', 't')");
  assert_text (db, "SELECT coalesce(note, '-') || starred FROM detections WHERE detection_id IN (2, 3) ORDER BY 1",
               "-0 clear1");
  assert_refused (db, "UPDATE notes SET note = 'other'");
  assert_refused (db, "DELETE FROM notes");
  assert_refused (
    db, "REPLACE INTO notes (note_id, detection_id, note, reviewer, created_at) VALUES (1, 2, 'x', 'r', 't')");
  assert_refused (db, "UPDATE stars SET starred = 0");
  assert_refused (db, "DELETE FROM stars");
  assert_refused (
    db, "REPLACE INTO stars (star_id, detection_id, starred, reviewer, created_at) VALUES (1, 2, 0, 'r', 't')");
  assert_refused (db, "INSERT INTO stars (detection_id, starred, reviewer, created_at) VALUES (2, 2, 'r', 't')");
  assert_refused (db, "INSERT INTO thresholds (profile_id, species, threshold) VALUES ('p', '', 1.5)");
}

/* Whatever is done in whatever order, the tallies are what counting would give. */
static void
test_review_tallies (void)
{
  static const char *const steps[] = {
    "UPDATE recordings SET run_id = CASE run_id WHEN 1 THEN 2 ELSE 1 END WHERE recording_id = 1",
    "UPDATE recordings SET run_id = NULL WHERE recording_id = 1",
    "UPDATE parts SET run_id = CASE WHEN run_id IS NULL THEN 4 END WHERE part_id = 2",
    "UPDATE detections SET continues = CASE WHEN continues IS NULL THEN 4 END WHERE detection_id = 5",
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) SELECT detection_id, 'confirmed', 'r', 't'"
    "  FROM detections ORDER BY random() LIMIT 1",
    "INSERT INTO verdicts (detection_id, verdict, common_name, reviewer, created_at)"
    "  SELECT detection_id, 'confirmed', 'Owl', 'r', 't' FROM detections ORDER BY random() LIMIT 1",
    "UPDATE detections SET confidence = nullif(abs(random() % 30) / 25.0, 0)"
    "  WHERE detection_id = (SELECT detection_id FROM detections ORDER BY random() LIMIT 1)",
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) SELECT detection_id, 'none', 'r', 't'"
    "  FROM detections ORDER BY random() LIMIT 1",
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at, undoes)"
    "  SELECT detection_id, 'none', 'r', 't', verdict_id FROM standing_verdicts ORDER BY random() LIMIT 1",
    "UPDATE recordings SET deployment_id = CASE deployment_id WHEN 'e' THEN 'g' ELSE 'e' END WHERE recording_id = 2",
    "INSERT INTO detections (run_id, ordinal, recording_id, common_name, origin)"
    "  SELECT 10, count(*) + 100, 1, 'Owl', 'person' FROM detections",
  };
  g_autoptr (ChorusDatabase) db = open_version (3);

  fill (db);
  execute (db, "INSERT INTO runs (run_id, recording_id, inference_id, status, origin) VALUES"
               "  (10, 1, 'person', 'completed', 'person')");
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *expected = NULL;

      execute (db, steps[g_test_rand_int_range (0, G_N_ELEMENTS (steps))]);
      expected = read_text (db, truth);
      assert_text (db, tallies, expected);
    }
  assert_text (db,
               "SELECT count(*) FROM (SELECT deployment_key, species, score_bin, outcome, n FROM tallies WHERE n <> 0"
               " EXCEPT SELECT shown_in, species, score_bin, outcome, count(*) FROM detections GROUP BY 1, 2, 3, 4)",
               "0");
  assert_text (
    db,
    "SELECT count(*) FROM detections WHERE score_bin IS NOT"
    " CASE WHEN confidence IS NULL THEN -1 WHEN confidence >= 1 THEN 19 ELSE cast (confidence * 20 AS INT) END",
    "0");
}

static void
test_review_indexes (void)
{
  static const struct
  {
    const char *sql;
    const char *index;
  } questions[] = {
    { "EXPLAIN QUERY PLAN SELECT score, detection_id FROM detections WHERE shown_in = 1 AND species = 's'"
      " AND outcome = 'none' AND (score, detection_id) < (1, 1) ORDER BY score DESC, detection_id DESC",
      "INDEX detections_to_review (shown_in=? AND species=? AND score<?)" },
    { "EXPLAIN QUERY PLAN SELECT outcome, count(*) FROM detections WHERE shown_in = 1 AND species = 's' AND score >= 0.5",
      "INDEX detections_to_review (shown_in=? AND species=? AND score>?)" },
    { "EXPLAIN QUERY PLAN SELECT * FROM verdicts WHERE reviewer = 'r' AND detection_id = 1", "verdicts_by_reviewer" },
    { "EXPLAIN QUERY PLAN SELECT * FROM verdicts WHERE undoes = 1", "verdicts_undone" },
    { "EXPLAIN QUERY PLAN SELECT * FROM notes WHERE detection_id = 1", "notes_by_detection" },
    { "EXPLAIN QUERY PLAN SELECT * FROM stars WHERE detection_id = 1", "stars_by_detection" },
  };
  g_autoptr (ChorusDatabase) db = open_version (3);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChorusStatement) plan = chorus_statement_new (db, questions[i].sql, &error);

      g_assert_no_error (error);
      g_assert_cmpint (chorus_statement_step (plan, &error), ==, CHORUS_STEP_ROW);
      g_test_message ("%s: %s", questions[i].sql, chorus_statement_get_text (plan, 3));
      g_assert_nonnull (strstr (chorus_statement_get_text (plan, 3), questions[i].index));
      /* Nothing is sorted. */
      g_assert_cmpint (chorus_statement_step (plan, &error), ==, CHORUS_STEP_DONE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/schema-review/upgrade", test_review_upgrade);
  g_test_add_func ("/store/schema-review/new-store", test_review_new_store);
  g_test_add_func ("/store/schema-review/shown-follows", test_review_shown_follows);
  g_test_add_func ("/store/schema-review/own-runs", test_review_own_runs);
  g_test_add_func ("/store/schema-review/standing", test_review_standing);
  g_test_add_func ("/store/schema-review/marks", test_review_marks);
  g_test_add_func ("/store/schema-review/tallies", test_review_tallies);
  g_test_add_func ("/store/schema-review/indexes", test_review_indexes);

  return g_test_run ();
}
