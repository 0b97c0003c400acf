/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "review-fixture.h"

typedef struct
{
  ChorusStore *store;
  ChorusReview *review;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->store = fixture_open_store (NULL);
  fixture_fill (fixture->store);
  fixture->review = chorus_review_new (fixture->store, "ada");
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->review);
  fixture_close_store (fixture->store);
}

/* What a queue of a spec holds. */
#define assert_queue(fixture, spec, expected)                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    ChorusReviewQueue *queue_ = fixture_open_queue ((fixture)->store, spec, (fixture)->review);                        \
    fixture_assert_ids (queue_, expected);                                                                             \
    g_object_unref (queue_);                                                                                           \
  }                                                                                                                    \
  G_STMT_END

static void
judge_position (Fixture           *fixture,
                ChorusReviewQueue *queue,
                guint              position,
                ChorusVerdict      verdict)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (one, g_list_model_get_item (G_LIST_MODEL (queue), position));
  chorus_review_judge_async (fixture->review, one, verdict, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_review_step_finish (fixture->review, result, NULL));
}

static void
test_queue_orders (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const one[] = { "d", NULL };
  g_autoptr (ChorusReviewQueueSpec) all = chorus_review_queue_spec_new ("p", NULL, NULL);
  g_autoptr (ChorusReviewQueueSpec) owls = chorus_review_queue_spec_new ("p", NULL, "Strix aluco");
  g_autoptr (ChorusReviewQueueSpec) here = chorus_review_queue_spec_new ("p", one, NULL);
  g_autoptr (ChorusReviewQueueSpec) none = chorus_review_queue_spec_new ("p", one, "Bubo bubo");

  assert_queue (fixture, all, "11 10 9 8 7 6 5 4 3 2 1 12");
  assert_queue (fixture, owls, "10 7 4 1");
  assert_queue (fixture, here, "8 7 6 5 4 3 2 1");
  assert_queue (fixture, none, "");
  all->order = CHORUS_REVIEW_CONFIDENCE_UP;
  owls->order = CHORUS_REVIEW_CONFIDENCE_UP;
  assert_queue (fixture, all, "12 1 2 3 4 5 6 7 8 9 10 11");
  assert_queue (fixture, owls, "1 4 7 10");

  /* Recording 2 began before 1, and when 3 began nobody knows. */
  all->order = CHORUS_REVIEW_DATE;
  owls->order = CHORUS_REVIEW_DATE;
  here->order = CHORUS_REVIEW_DATE;
  assert_queue (fixture, all, "5 6 7 8 1 2 3 4 9 10 11 12");
  assert_queue (fixture, owls, "7 1 4 10");
  assert_queue (fixture, here, "5 6 7 8 1 2 3 4");
}

/* A species that few recordings have is found another way. */
static void
test_queue_date_of_rare (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, "Strix aluco");

  fixture_execute (fixture->store,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
                   "INSERT INTO recordings (profile_id, deployment_id, name) SELECT 'p', 'd', 'empty' FROM n");
  spec->order = CHORUS_REVIEW_DATE;
  assert_queue (fixture, spec, "7 1 4 10");
}

static void
test_queue_filters (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);

  fixture_execute (
    fixture->store,
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (11, 'confirmed', 'bob', 't'),"
    "  (9, 'uncertain', 'ada', 't'), (7, 'rejected', 'ada', 't')");
  assert_queue (fixture, spec, "10 8 6 5 4 3 2 1 12");
  spec->only_unreviewed = FALSE;
  assert_queue (fixture, spec, "11 10 9 8 7 6 5 4 3 2 1 12");
  spec->threshold = 0.35;
  assert_queue (fixture, spec, "11 10 9 8 7 12");
  spec->order = CHORUS_REVIEW_DATE;
  assert_queue (fixture, spec, "7 8 9 10 11 12");
  spec->order = CHORUS_REVIEW_CONFIDENCE_UP;
  assert_queue (fixture, spec, "12 7 8 9 10 11");

  /* What the store remembers applies where nothing else is asked for: to all, and to a species. */
  fixture_execute (fixture->store, "INSERT INTO thresholds VALUES ('p', '', 0.3), ('p', 'Strix aluco', 0.2),"
                                   "  ('p', 'Turdus merula', 0.46), ('q', '', 1)");
  spec->threshold = (double) NAN;
  assert_queue (fixture, spec, "12 4 7 8 10 11");
  spec->order = CHORUS_REVIEW_CONFIDENCE_DOWN;
  assert_queue (fixture, spec, "11 10 8 7 4 12");
  spec->order = CHORUS_REVIEW_DATE;
  assert_queue (fixture, spec, "7 8 4 10 11 12");
  g_free (spec->scope.species);
  spec->scope.species = g_strdup ("Strix aluco");
  assert_queue (fixture, spec, "7 4 10");
  spec->threshold = 0;
  assert_queue (fixture, spec, "7 1 4 10");
}

static void
test_queue_counts (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);
  g_autoptr (ChorusReviewQueue) queue = NULL;
  g_autoptr (ChorusReviewQueue) other = NULL;

  spec->threshold = 0.26;
  fixture_execute (
    fixture->store,
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (11, 'confirmed', 'bob', 't')");
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  other = fixture_open_queue (fixture->store, spec, fixture->review);
  fixture_assert_ids (queue, "10 9 8 7 6 12");
  chorus_test_wait (chorus_review_queue_get_n_total (queue) == 7);
  g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, 6);
  g_assert_true (chorus_review_queue_get_at_end (queue));
  chorus_test_wait (chorus_review_queue_get_n_total (other) == 7);

  /* The other queue has objects of its own, and follows. */
  judge_position (fixture, queue, 1, CHORUS_VERDICT_REJECTED);
  g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, 5);
  g_assert_cmpuint (chorus_review_queue_get_n_left (other), ==, 5);
  judge_position (fixture, other, 1, CHORUS_VERDICT_UNCERTAIN);
  g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, 5);
  judge_position (fixture, other, 1, CHORUS_VERDICT_NONE);
  g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, 6);

  /* What was judged stays where it is. */
  fixture_assert_ids (queue, "10 9 8 7 6 12");
}

static void
test_queue_position (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);
  ChorusReviewQueue *queue = fixture_open_queue (fixture->store, spec, fixture->review);

  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 0);
  g_assert_true (chorus_review_queue_skip (queue));
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 1);
  judge_position (fixture, queue, 2, CHORUS_VERDICT_CONFIRMED);
  judge_position (fixture, queue, 3, CHORUS_VERDICT_CONFIRMED);
  g_assert_true (chorus_review_queue_skip (queue));
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 4);
  chorus_review_queue_set_position (queue, 5);
  chorus_review_queue_set_position (queue, 6);
  chorus_review_queue_set_position (queue, 4);
  fixture_assert (fixture->store, "SELECT 1", "1");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fixture_assert (fixture->store, "SELECT detection_id || reviewer FROM queue_positions", "7ada");
  g_object_unref (queue);

  /* Opened again it is where it was, what was skipped stands before it, and what was judged is gone. */
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  fixture_assert_ids (queue, "11 10 7 6 5 4 3 2 1 12");
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 2);
  judge_position (fixture, queue, 2, CHORUS_VERDICT_CONFIRMED);
  g_object_unref (queue);

  /* Where it was left is judged meanwhile: what comes after it. */
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  fixture_assert_ids (queue, "11 10 6 5 4 3 2 1 12");
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 2);
  chorus_review_queue_set_position (queue, 8);
  g_assert_false (chorus_review_queue_skip (queue));
  judge_position (fixture, queue, 8, CHORUS_VERDICT_CONFIRMED);
  g_object_unref (queue);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 7);
  g_object_unref (queue);

  /* Another queue has another place. */
  spec->order = CHORUS_REVIEW_DATE;
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  g_assert_cmpuint (chorus_review_queue_get_position (queue), ==, 0);
  g_object_unref (queue);
}

static void
add_many (Fixture *fixture,
          guint    n)
{
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, confidence, start_time,"
    "  end_time) SELECT 1000 + i, i %% 3 + 1, 1000 + i, i %% 3 + 1, 'Many', (i * 7919 %% 1000) / 1000.0, i, i + 1 FROM n",
    n - 1);

  fixture_execute (fixture->store, sql);
}

/* However it is paged, it is what sorting all would give. */
static void
test_queue_pages (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    ChorusReviewOrder order;
    const char *sql;
  } orders[] = {
    { CHORUS_REVIEW_CONFIDENCE_DOWN, "confidence DESC, detection_id DESC" },
    { CHORUS_REVIEW_CONFIDENCE_UP, "confidence, detection_id" },
    { CHORUS_REVIEW_DATE, "coalesce(recorded_at, '~'), recording_id, start_time, detection_id" },
  };
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, "Many");

  add_many (fixture, 1500);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *sql = g_strconcat ("SELECT detection_id FROM detections JOIN recordings USING (recording_id)"
                                          " WHERE scientific_name = 'Many' AND confidence >= 0.1 ORDER BY ",
                                          orders[i].sql, NULL);
      g_autofree char *expected = fixture_run (fixture->store, fixture_read_job, sql);
      g_autoptr (ChorusReviewQueue) queue = NULL;

      spec->order = orders[i].order;
      spec->threshold = 0.1;
      queue = fixture_open_queue (fixture->store, spec, fixture->review);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 200);

      /* It grows as its end is looked at. */
      while (!chorus_review_queue_get_at_end (queue))
        {
          const guint n = g_list_model_get_n_items (G_LIST_MODEL (queue));
          g_autoptr (ChorusDetection) last = g_list_model_get_item (G_LIST_MODEL (queue), n - 1);

          g_assert_nonnull (last);
          chorus_test_wait (!chorus_review_queue_get_loading (queue));
          g_assert_true (chorus_review_queue_get_at_end (queue)
                         || g_list_model_get_n_items (G_LIST_MODEL (queue)) == n + 200);
        }
      fixture_assert_ids (queue, expected);
    }
}

static guint
count_in_bin (GListModel *queue,
              double      low,
              double      high)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (queue, i);
      const double confidence = chorus_detection_get_confidence (detection);

      n += confidence >= low && confidence < high;
    }

  return n;
}

static void
test_queue_sample (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, "Many");
  g_autoptr (ChorusReviewQueue) queue = NULL;
  g_autoptr (ChorusReviewQueue) again = NULL;
  g_autoptr (ChorusReviewQueue) other = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *other_ids = NULL;

  add_many (fixture, 1500);
  spec->order = CHORUS_REVIEW_SAMPLE;
  spec->threshold = 0.5;
  spec->n_bins = 5;
  spec->n_per_bin = 12;
  spec->seed = 7;
  queue = fixture_open_queue (fixture->store, spec, fixture->review);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 60);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (count_in_bin (G_LIST_MODEL (queue), 0.5 + i * 0.1 - 1e-9, 0.6 + i * 0.1 - 1e-9), ==, 12);
  chorus_test_wait (chorus_review_queue_get_n_total (queue) == 60);
  ids = fixture_dup_ids (G_LIST_MODEL (queue));

  /* The same seed draws the same, whatever was reviewed meanwhile; another draws others. */
  judge_position (fixture, queue, 0, CHORUS_VERDICT_CONFIRMED);
  g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, 59);
  spec->only_unreviewed = FALSE;
  again = fixture_open_queue (fixture->store, spec, fixture->review);
  fixture_assert_ids (again, ids);
  spec->seed = 8;
  other = fixture_open_queue (fixture->store, spec, fixture->review);
  other_ids = fixture_dup_ids (G_LIST_MODEL (other));
  g_assert_cmpstr (ids, !=, other_ids);

  /* A bin that has too few gives what it has; those without a confidence are in none. */
  g_clear_object (&other);
  g_free (spec->scope.species);
  spec->scope.species = g_strdup ("Strix aluco");
  spec->threshold = 0;
  other = fixture_open_queue (fixture->store, spec, fixture->review);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 4);
}

/* Each of many has the same chance: over many seeds, each is drawn about as often. */
static void
test_queue_sample_fair (Fixture       *fixture,
                        gconstpointer  data)
{
  enum
  {
    N_SEEDS = 400,
    N = 30
  };
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, "Many");
  guint n_drawn[N] = { 0 };
  double chi_squared = 0;
  const double expected = N_SEEDS * 10.0 / N;

  add_many (fixture, N);
  spec->order = CHORUS_REVIEW_SAMPLE;
  spec->n_bins = 1;
  spec->n_per_bin = 10;
  for (spec->seed = 0; spec->seed < N_SEEDS; spec->seed++)
    {
      g_autoptr (ChorusReviewQueue) queue = fixture_open_queue (fixture->store, spec, fixture->review);

      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 10);
      for (guint i = 0; i < 10; i++)
        {
          g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (queue), i);

          n_drawn[chorus_detection_get_detection_id (detection) - 1000]++;
        }
    }
  /* Seeds and ids are fixed, so this comes out the same each time. Drawn without replacement, the sum has 29 degrees of
   * freedom after this correction; it is above 58 once in a thousand times. */
  for (guint i = 0; i < N; i++)
    chi_squared += (n_drawn[i] - expected) * (n_drawn[i] - expected) / expected;
  chi_squared *= (N - 1.0) / (N - 10.0);
  g_assert_cmpfloat (chi_squared, <, 58);
}

/* A blind second review shows nothing of the first, though it goes over the same detections. */
static void
test_queue_blind (Fixture       *fixture,
                  gconstpointer  data)
{
  static const ChorusReviewOrder orders[] = { CHORUS_REVIEW_CONFIDENCE_DOWN, CHORUS_REVIEW_DATE, CHORUS_REVIEW_SAMPLE };
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);

  fixture_execute (
    fixture->store,
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (11, 'confirmed', 'bob', 't'),"
    "  (10, 'rejected', 'bob', 't'), (10, 'confirmed', 'ada', 't'), (9, 'uncertain', 'ada', 't'), (9, 'none', 'ada', 't');"
    "INSERT INTO notes (detection_id, note, reviewer, created_at) VALUES (11, 'bob''s', 'bob', 't');"
    "INSERT INTO stars (detection_id, starred, reviewer, created_at) VALUES (11, 1, 'bob', 't');"
    "INSERT INTO runs (run_id, recording_id, inference_id, status, origin) VALUES (9, 1, 'person', 'completed', 'person');"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, common_name, start_time, end_time, origin)"
    "  VALUES (20, 9, 0, 1, 'Added', 1, 2, 'person');"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (20, 'confirmed', 'bob', 't')");
  spec->blind = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (ChorusReviewQueue) queue = NULL;

      spec->order = orders[i];
      queue = fixture_open_queue (fixture->store, spec, fixture->review);
      /* Without the one that was added, and without what has ada's verdict; without a confidence none is drawn. */
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==,
                        orders[i] == CHORUS_REVIEW_SAMPLE ? 10 : 11);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (queue)); j++)
        {
          g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (queue), j);

          g_assert_cmpint (chorus_detection_get_verdict (detection), ==, CHORUS_VERDICT_NONE);
          g_assert_null (chorus_detection_get_reviewer (detection));
          g_assert_null (chorus_detection_get_note (detection));
          g_assert_false (chorus_detection_get_starred (detection));
          g_assert_cmpint (chorus_detection_get_detection_id (detection), !=, 10);
        }
      chorus_test_wait (chorus_review_queue_get_n_total (queue) == (orders[i] == CHORUS_REVIEW_SAMPLE ? 11 : 12));
      g_assert_cmpuint (chorus_review_queue_get_n_left (queue), ==, orders[i] == CHORUS_REVIEW_SAMPLE ? 10 : 11);
    }

  /* Not blind, what the others said is seen. */
  spec->blind = FALSE;
  spec->order = CHORUS_REVIEW_CONFIDENCE_DOWN;
  assert_queue (fixture, spec, "9 8 7 6 5 4 3 2 1 12");
}

static void
test_queue_given (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);
  static const gint64 ids[] = { 5, 99, 2, 9, 5 };

  spec->order = CHORUS_REVIEW_GIVEN;
  spec->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (spec->ids, ids, G_N_ELEMENTS (ids));
  assert_queue (fixture, spec, "5 2 9");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/review/queue/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("orders", test_queue_orders);
  ADD ("date-of-rare", test_queue_date_of_rare);
  ADD ("filters", test_queue_filters);
  ADD ("counts", test_queue_counts);
  ADD ("position", test_queue_position);
  ADD ("pages", test_queue_pages);
  ADD ("sample", test_queue_sample);
  ADD ("sample-fair", test_queue_sample_fair);
  ADD ("blind", test_queue_blind);
  ADD ("given", test_queue_given);
#undef ADD

  return g_test_run ();
}
