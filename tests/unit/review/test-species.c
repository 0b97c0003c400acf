/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The species summary, thresholds, what was judged, and how reviewers agree. */

#include "review-fixture.h"
#include "review/chorus-agreement.h"
#include "review/chorus-species-list.h"
#include "review/chorus-thresholds.h"

static GListModel *
load (ChorusStore             *store,
      const ChorusReviewScope *scope,
      double                   threshold)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *list = NULL;

  chorus_species_list_load_async (store, scope, threshold, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  list = chorus_species_list_load_finish (store, result, &error);
  g_assert_no_error (error);

  return list;
}

/* Name, color and counts of each species. */
static char *
dup_text (GListModel *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ChorusSpecies) species = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s=%s %u: %u %u-%u-%u-%u %u", i > 0 ? "; " : "",
                              chorus_species_get_display_name (species), chorus_species_get_species (species),
                              chorus_species_get_color (species), (guint) chorus_species_get_n_detections (species),
                              (guint) chorus_species_get_n_confirmed (species),
                              (guint) chorus_species_get_n_rejected (species),
                              (guint) chorus_species_get_n_uncertain (species),
                              (guint) chorus_species_get_n_renamed (species),
                              (guint) chorus_species_get_n_left (species));
    }

  return g_string_free (text, FALSE);
}

#define assert_species(store, scope, threshold, expected)                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GListModel) list_ = load (store, scope, threshold);                                                     \
    g_autofree char *text_ = dup_text (list_);                                                                         \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static const char verdicts[] =
  "INSERT INTO verdicts (detection_id, verdict, common_name, reviewer, created_at) VALUES"
  "  (3, 'confirmed', NULL, 'ada', 't'), (6, 'rejected', NULL, 'ada', 't'), (9, 'confirmed', 'Robin', 'ada', 't'),"
  "  (12, 'confirmed', NULL, 'ada', 't'), (1, 'uncertain', NULL, 'ada', 't'), (4, 'rejected', NULL, 'ada', 't')";

static void
test_species_list (void)
{
  static const char *const one[] = { "e", "x", NULL };
  ChorusStore *store = fixture_open_store (NULL);
  g_auto (ChorusReviewScope) all = { 0 };
  g_auto (ChorusReviewScope) here = { 0 };

  fixture_fill (store);
  fixture_execute (store, verdicts);
  chorus_review_scope_init (&all, "p", NULL, NULL);
  chorus_review_scope_init (&here, "p", one, NULL);
  assert_species (store, &all, 0,
                  "Rain=Rain 2: 4 0-0-0-0 4; Tawny Owl=Strix aluco 1: 4 0-1-1-0 2;"
                  " Blackbird=Turdus merula 0: 4 2-1-0-1 0");
  assert_species (store, &here, 0,
                  "Blackbird=Turdus merula 0: 2 1-0-0-1 0; Rain=Rain 2: 1 0-0-0-0 1;"
                  " Tawny Owl=Strix aluco 1: 1 0-0-0-0 1");
  fixture_close_store (store);
}

/* Whatever the threshold, the counts are those that looking at each detection would give. */
static void
test_species_thresholds (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_auto (ChorusReviewScope) scope = { 0 };

  fixture_fill (store);
  fixture_execute (
    store, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
           "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, confidence)"
           "  SELECT i % 3 + 1, 100 + i, i % 3 + 1, CASE i % 7 WHEN 0 THEN 'Turdus merula' ELSE 'Parus major' END,"
           "    CASE i % 50 WHEN 0 THEN NULL ELSE (i * 7919 % 1001) / 1000.0 END FROM n");
  fixture_execute (store, verdicts);
  chorus_review_scope_init (&scope, "p", NULL, NULL);
  for (guint i = 0; i <= 60; i++)
    {
      /* On the edges of bins too, where numbers are rounded. */
      const double threshold = i <= 20 ? i / 20.0 : i < 60 ? g_test_rand_int_range (0, 1001) / 1000.0 : 1;
      g_autoptr (GListModel) list = load (store, &scope, threshold);

      for (guint j = 0; j < g_list_model_get_n_items (list); j++)
        {
          g_autoptr (ChorusSpecies) species = g_list_model_get_item (list, j);
          char number[G_ASCII_DTOSTR_BUF_SIZE];
          g_autofree char *sql = g_strdup_printf (
            "SELECT count(*) || ' ' || total(verdict = 'none') FROM detections WHERE species = '%s' AND run_id <= 3"
            " AND (confidence IS NULL OR confidence >= %s)",
            chorus_species_get_species (species), g_ascii_dtostr (number, sizeof number, threshold));
          g_autofree char *counted = g_strdup_printf ("%u %u.0", (guint) chorus_species_get_n_detections (species),
                                                      (guint) chorus_species_get_n_left (species));

          fixture_assert (store, sql, counted);
        }
    }
  fixture_close_store (store);
}

static void
note_cb (gpointer object,
         gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
set_threshold (ChorusThresholds *thresholds,
               const char       *species,
               double            threshold)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_thresholds_set_async (thresholds, species, threshold, NULL, chorus_test_result_cb, &result);
  g_assert_cmpfloat (chorus_thresholds_get (thresholds, species), ==, isnan (threshold) ? 0.25 : threshold);
  chorus_test_wait (result);
  g_assert_true (chorus_thresholds_set_finish (thresholds, result, &error));
  g_assert_no_error (error);
}

static void
test_species_kept_thresholds (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusThresholds *thresholds = chorus_thresholds_new (store, "p");
  ChorusThresholds *again = chorus_thresholds_new (store, "p");
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (ChorusReviewScope) scope = { 0 };
  guint n_notes = 0;

  fixture_fill (store);
  g_assert_cmpfloat (chorus_thresholds_get (thresholds, "Strix aluco"), ==, 0);
  g_signal_connect (thresholds, "changed", G_CALLBACK (note_cb), &n_notes);
  set_threshold (thresholds, NULL, 0.25);
  set_threshold (thresholds, "Strix aluco", 0.5);
  set_threshold (thresholds, "Turdus merula", 0.9);
  set_threshold (thresholds, "Turdus merula", 0.1);
  set_threshold (thresholds, "Rain", 1);
  set_threshold (thresholds, "Rain", (double) NAN);
  g_assert_cmpuint (n_notes, ==, 6);

  chorus_thresholds_load_async (again, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_thresholds_load_finish (again, result, NULL));
  g_assert_cmpfloat (chorus_thresholds_get (again, NULL), ==, 0.25);
  g_assert_cmpfloat (chorus_thresholds_get (again, "Strix aluco"), ==, 0.5);
  g_assert_cmpfloat (chorus_thresholds_get (again, "Turdus merula"), ==, 0.1);
  g_assert_cmpfloat (chorus_thresholds_get (again, "Rain"), ==, 0.25);
  g_assert_true (isnan (chorus_thresholds_get_own (again, "Rain")));
  g_assert_cmpfloat (chorus_thresholds_get_own (again, "Strix aluco"), ==, 0.5);

  /* Which the summary goes by: owls have 0.05 to 0.5, rain 0.1 to 0.55, blackbirds 0.15, 0.3, 0.45 and none. */
  chorus_review_scope_init (&scope, "p", NULL, NULL);
  assert_species (store, &scope, (double) NAN,
                  "Blackbird=Turdus merula 0: 4 0-0-0-0 4; Rain=Rain 2: 3 0-0-0-0 3;"
                  " Tawny Owl=Strix aluco 1: 1 0-0-0-0 1");
  g_clear_object (&result);
  g_assert_finalize_object (again);
  g_assert_finalize_object (thresholds);
  fixture_close_store (store);
}

static void
test_species_judged (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusJudged) judged = NULL;
  g_autoptr (GListModel) list = NULL;
  g_auto (ChorusReviewScope) scope = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSpecies) blackbird = NULL;
  ChorusInterval precision = { 0 };

  fixture_fill (store);
  fixture_execute (store, verdicts);
  chorus_review_scope_init (&scope, "p", NULL, "Turdus merula");
  chorus_judged_load_async (store, &scope, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  judged = chorus_judged_load_finish (store, result, &error);
  g_assert_no_error (error);

  /* The one of another species is wrong; the one without a confidence teaches nothing about confidence. */
  g_assert_cmpuint (judged->confidences->len, ==, 3);
  g_assert_cmpuint (judged->right->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (g_array_index (judged->right, gboolean, i), ==,
                     g_array_index (judged->confidences, double, i) == 0.15);

  list = load (store, &scope, 0);
  blackbird = g_list_model_get_item (list, 2);
  g_assert_cmpstr (chorus_species_get_scientific_name (blackbird), ==, "Turdus merula");
  g_assert_true (chorus_species_get_precision (blackbird, &precision));
  g_assert_cmpfloat (precision.estimate, ==, 0.5);
  g_clear_object (&blackbird);
  blackbird = g_list_model_get_item (list, 0);
  g_assert_false (chorus_species_get_precision (blackbird, &precision));
  g_clear_object (&blackbird);
  g_clear_object (&list);
  g_clear_object (&result);
  fixture_close_store (store);
}

static void
test_species_agreement (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) names = NULL;
  g_autoptr (ChorusAgreement) agreement = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (ChorusReviewScope) scope = { 0 };
  g_auto (GStrv) reviewers = NULL;
  ChorusInterval kappa = { 0 };
  double observed = 0;

  fixture_fill (store);
  fixture_execute (
    store, "INSERT INTO verdicts (verdict_id, detection_id, verdict, common_name, reviewer, created_at, undoes) VALUES"
           "  (1, 1, 'confirmed', NULL, 'ada', 't', NULL), (2, 1, 'confirmed', NULL, 'bob', 't', NULL),"
           "  (3, 2, 'rejected', NULL, 'ada', 't', NULL), (4, 2, 'confirmed', NULL, 'bob', 't', NULL),"
           /* The last that stands counts: bob took his second back. */
           "  (5, 3, 'rejected', NULL, 'ada', 't', NULL), (6, 3, 'rejected', NULL, 'bob', 't', NULL),"
           "  (7, 3, 'confirmed', NULL, 'bob', 't', NULL), (8, 3, 'rejected', NULL, 'bob', 't', 7),"
           /* Cleared, or judged by one alone */
           "  (9, 4, 'confirmed', NULL, 'ada', 't', NULL), (10, 4, 'confirmed', NULL, 'bob', 't', NULL),"
           "  (11, 4, 'none', NULL, 'bob', 't', NULL), (12, 5, 'confirmed', NULL, 'ada', 't', NULL),"
           "  (13, 6, 'confirmed', 'Robin', 'ada', 't', NULL), (14, 6, 'confirmed', 'Robin', 'bob', 't', NULL),"
           "  (15, 7, 'confirmed', 'Robin', 'ada', 't', NULL), (16, 7, 'confirmed', 'Wren', 'bob', 't', NULL),"
           /* Another profile */
           "  (17, 13, 'confirmed', NULL, 'ada', 't', NULL), (18, 13, 'rejected', NULL, 'bob', 't', NULL),"
           "  (19, 8, 'uncertain', NULL, 'cyd', 't', NULL)");
  chorus_review_scope_init (&scope, "p", NULL, NULL);
  chorus_agreement_load_async (store, &scope, "ada", "bob", NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  agreement = chorus_agreement_load_finish (store, result, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (agreement->n, ==, 5);
  g_assert_cmpuint (agreement->labels->len, ==, 5);
  g_assert_cmpstr (g_ptr_array_index (agreement->labels, 3), ==, "= Robin");
  g_assert_cmpstr (g_ptr_array_index (agreement->labels, 4), ==, "= Wren");
  g_assert_cmpuint (agreement->differences->len, ==, 2);
  g_assert_cmpint (g_array_index (agreement->differences, ChorusDifference, 0).detection_id, ==, 2);
  g_assert_cmpuint (g_array_index (agreement->differences, ChorusDifference, 0).first, ==, 1);
  g_assert_cmpuint (g_array_index (agreement->differences, ChorusDifference, 0).second, ==, 0);
  g_assert_cmpint (g_array_index (agreement->differences, ChorusDifference, 1).detection_id, ==, 7);
  g_assert_true (chorus_statistics_get_kappa ((guint *) (gpointer) agreement->table->data, 5, &kappa, &observed));
  g_assert_cmpfloat_with_epsilon (observed, 0.6, 1e-12);
  /* By hand: ada said 1, 2, 0, 2, 0 of 5 and bob 2, 1, 0, 1, 1; by chance they agree on (2 + 2 + 2) / 25. */
  g_assert_cmpfloat_with_epsilon (kappa.estimate, (0.6 - 0.24) / (1 - 0.24), 1e-12);

  chorus_reviewers_load_async (store, NULL, chorus_test_result_cb, &names);
  chorus_test_wait (names);
  reviewers = chorus_reviewers_load_finish (store, names, &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_equal ((const char *const *) reviewers, (const char *const[]){ "ada", "bob", "cyd", NULL }));
  g_clear_object (&result);
  g_clear_object (&names);
  fixture_close_store (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/review/species/list", test_species_list);
  g_test_add_func ("/review/species/thresholds", test_species_thresholds);
  g_test_add_func ("/review/species/kept-thresholds", test_species_kept_thresholds);
  g_test_add_func ("/review/species/judged", test_species_judged);
  g_test_add_func ("/review/species/agreement", test_species_agreement);

  return g_test_run ();
}
