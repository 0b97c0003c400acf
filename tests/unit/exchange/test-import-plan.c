/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Detections of a table that are taken into the store. */

#include "exchange/chorus-import-plan.h"
#include "store/chorus-statement.h"

#include "chorus-exchange-store-fixture.h"

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_open (fixture);
  fixture_execute (fixture, "INSERT INTO recordings (recording_id, profile_id, deployment_id, name, duration) VALUES"
                            "  (1, 'p', 'd', 'a.wav', 60), (2, 'p', 'd', 'b.wav', 60), (3, 'p', 'e', 'b.wav', 60),"
                            "  (4, 'q', 'd', 'c.wav', 60);");
}

static ChorusImportPlan *
prepare (Fixture     *fixture,
         const char  *text,
         GError     **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, "table.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusImportPlan) plan = chorus_import_plan_new (fixture->library, file);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  chorus_import_plan_prepare_async (plan, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_import_plan_prepare_finish (plan, result, error) ? g_steal_pointer (&plan) : NULL;
}

static void
take (ChorusImportPlan *plan,
      guint             n_added,
      guint             n_known)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n[2] = { 0 };

  chorus_import_plan_take_async (plan, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_import_plan_take_finish (plan, result, &n[0], &n[1], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n[0], ==, n_added);
  g_assert_cmpuint (n[1], ==, n_known);
}

static gpointer
count_job (ChorusDatabase  *db,
           gpointer         data,
           GError         **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT group_concat (recording_id || ' ' || scientific_name || ' ' || start_time || ' ' || end_time"
    " || ' ' || round (confidence, 3) || ' ' || origin, '|') FROM detections",
    error);

  return chorus_statement_step (select, error) == CHORUS_STEP_ROW ? chorus_statement_dup_text (select, 0) : NULL;
}

static const char table[] = "Start (s),End (s),Scientific name,Common name,Confidence,File\n"
                            "0,3,Turdus merula,Blackbird,0.91,/card/a.wav\n"
                            "3,6,Turdus merula,Blackbird,0.82,/card/a.wav\n"
                            "3,six,Turdus merula,Blackbird,0.82,/card/a.wav\n"
                            "3,6,Strix aluco,Tawny Owl,0.5,b.wav\n"
                            "3,6,Strix aluco,Tawny Owl,0.5,c.wav\n";

/* What belongs to one recording is taken over, once; what belongs to none, or to either of two, is said. */
static void
test_plan_takes (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusImportPlan) plan = prepare (fixture, table, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) problems = NULL;
  g_auto (GStrv) first = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (chorus_import_plan_get_format (plan), ==, CHORUS_IMPORT_BIRDNET);
  g_assert_cmpuint (chorus_import_plan_get_n_detections (plan), ==, 4);
  g_assert_cmpuint (chorus_import_plan_get_n_matched (plan), ==, 2);
  g_assert_cmpuint (chorus_import_plan_get_n_recordings (plan), ==, 1);
  problems = chorus_import_plan_list_problems (plan, 10);
  g_assert_cmpuint (g_strv_length (problems), ==, 3);
  g_assert_true (g_str_has_prefix (problems[0], "Line 4: "));
  g_assert_true (g_str_has_prefix (problems[1], "Line 5: "));
  g_assert_true (g_str_has_prefix (problems[2], "Line 6: "));
  first = chorus_import_plan_list_problems (plan, 1);
  g_assert_cmpuint (g_strv_length (first), ==, 1);

  take (plan, 2, 0);
  take (plan, 0, 2);
  chorus_store_run_async (fixture->store, count_job, NULL, NULL, g_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  rows = chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1 Turdus merula 0.0 3.0 0.91 import|1 Turdus merula 3.0 6.0 0.82 import");
}

static void
test_plan_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prepare (fixture, "Rain from six. Changed the batteries.\n", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "table.csv"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/exchange/import-plan/" name, Fixture, NULL, set_up, function, fixture_tear_down)
  ADD ("takes", test_plan_takes);
  ADD ("fails", test_plan_fails);

  return g_test_run ();
}
