/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a queue to review, a summary of species and a verdict cost in a store of 100 deployments with 100,000 recordings and
 * 5 million detections of about 200 species, some of them very frequent and most rare.
 *
 * bench-review FOLDER [RECORDINGS]: the store is made in FOLDER if it is not there. */

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "review/chorus-review-queue.h"
#include "review/chorus-species-list.h"
#include "store/chorus-schema.h"

#define BENCH_N_ROUNDS 5

static double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

static void
bench_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
bench_wait (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
bench_execute_job (ChorusDatabase  *db,
                   gpointer         data,
                   GError         **error)
{
  chorus_database_execute (db, data, error);

  return NULL;
}

static void
bench_execute (ChorusStore *store,
               const char  *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (store, bench_execute_job, (gpointer) sql, NULL, NULL, NULL, bench_result_cb, &result);
  bench_wait (&result);
  chorus_store_run_finish (store, result, &error);
  if (error)
    g_error ("%s\n%s", error->message, sql);
}

/* Numbers that look random and are the same each time. */
#define HASH "((i * 2654435761 + 104729) %% 4294967296 / 4294967296.0)"
#define SPECIES "cast (200 * " HASH " * " HASH " * " HASH " * " HASH " AS INTEGER)"

static void
bench_fill (ChorusStore *store,
            guint        n_recordings)
{
  g_autofree char *recordings = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state, analysis_state,"
    "  duration, recorded_at) SELECT i, 'p', 'd' || (i %% 100), 'f' || i, 'rec' || i || '.wav', 'remote', 'completed', 300,"
    "  strftime ('%%Y-%%m-%%dT%%H:%%M:%%S', 1735689600 + i * 7919 %% 100000 * 60, 'unixepoch') FROM n;"
    "INSERT INTO runs (run_id, recording_id, inference_id, status, model_name, model_version)"
    "  SELECT recording_id, recording_id, 'i', 'completed', 'BirdNET', '2.4' FROM recordings;",
    n_recordings);
  g_autofree char *detections = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, common_name, confidence, start_time, end_time)"
    "  SELECT i / 50 + 1, i %% 50, i / 50 + 1, 'Genus species' || " SPECIES ", 'Common name ' || " SPECIES ","
    "    round (0.1 + 0.9 * ((i * 40503 + 77) %% 65536) / 65536.0, 4), i %% 50 * 6, i %% 50 * 6 + 3 FROM n;",
    n_recordings * 50 - 1);
  double begin = bench_now ();

  bench_execute (store, recordings);
  bench_execute (store, detections);
  g_print ("written in %.1f s\n", (bench_now () - begin) / 1e3);
  begin = bench_now ();
  bench_execute (store, "UPDATE recordings SET run_id = recording_id");
  g_print ("shown, with indexes and tallies, in %.1f s\n", (bench_now () - begin) / 1e3);
  bench_execute (store, "INSERT INTO species (name, color) SELECT DISTINCT species, 0 FROM tallies;"
                        "PRAGMA wal_checkpoint (TRUNCATE)");
}

static void
bench_queue (ChorusStore       *store,
             const char        *what,
             const char        *species,
             ChorusReviewOrder  order,
             double             threshold)
{
  double best = G_MAXDOUBLE;
  double worst = 0;
  double best_count = G_MAXDOUBLE;
  guint64 n_total = 0;

  for (guint round = 0; round < BENCH_N_ROUNDS; round++)
    {
      g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, species);
      g_autoptr (ChorusReviewQueue) queue = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      double begin = bench_now ();
      double took = 0;

      spec->order = order;
      spec->threshold = threshold;
      spec->seed = round;
      queue = chorus_review_queue_new (store, spec, NULL);
      chorus_review_queue_open_async (queue, NULL, bench_result_cb, &result);
      bench_wait (&result);
      if (!chorus_review_queue_open_finish (queue, result, &error))
        g_error ("%s", error->message);
      took = bench_now () - begin;
      best = MIN (best, took);
      worst = MAX (worst, took);
      while (chorus_review_queue_get_n_total (queue) == 0 && g_list_model_get_n_items (G_LIST_MODEL (queue)) > 0)
        g_main_context_iteration (NULL, TRUE);
      best_count = MIN (best_count, bench_now () - begin - took);
      n_total = chorus_review_queue_get_n_total (queue);
    }
  g_print ("%-44s first page %7.1f ms (first time %7.1f), counts %7.1f ms, %" G_GUINT64_FORMAT " detections\n", what,
           best, worst, best_count, n_total);
}

static void
bench_species (ChorusStore *store,
               const char  *what,
               double       threshold)
{
  double best = G_MAXDOUBLE;
  guint n = 0;

  for (guint round = 0; round < BENCH_N_ROUNDS; round++)
    {
      g_auto (ChorusReviewScope) scope = { 0 };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GListModel) list = NULL;
      const double begin = bench_now ();

      chorus_review_scope_init (&scope, "p", NULL, NULL);
      chorus_species_list_load_async (store, &scope, threshold, NULL, bench_result_cb, &result);
      bench_wait (&result);
      list = chorus_species_list_load_finish (store, result, NULL);
      best = MIN (best, bench_now () - begin);
      n = g_list_model_get_n_items (list);
    }
  g_print ("%-44s %7.1f ms, %u species\n", what, best, n);
}

static void
bench_verdicts (ChorusStore *store,
                guint        n_at_once,
                guint        n_steps)
{
  g_autoptr (ChorusReview) review = chorus_review_new (store, "bench");
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, "Genus species0");
  g_autoptr (ChorusReviewQueue) queue = chorus_review_queue_new (store, spec, review);
  g_autoptr (GAsyncResult) opened = NULL;
  double worst = 0;
  double sum = 0;

  chorus_review_queue_open_async (queue, NULL, bench_result_cb, &opened);
  bench_wait (&opened);
  for (guint step = 0; step < n_steps; step++)
    {
      g_autoptr (GPtrArray) detections = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GAsyncResult) result = NULL;
      const double begin = bench_now ();
      double took = 0;

      for (guint i = 0; i < n_at_once; i++)
        g_ptr_array_add (detections, g_list_model_get_item (G_LIST_MODEL (queue), (step + i) % 200));
      chorus_review_judge_async (review, detections, 1 + step % 3, NULL, bench_result_cb, &result);
      bench_wait (&result);
      if (!chorus_review_step_finish (review, result, NULL))
        g_error ("A verdict was not written");
      took = bench_now () - begin;
      sum += took;
      worst = MAX (worst, took);
    }
  g_print ("a verdict on %-3u detections, on disk            %7.2f ms (worst %.2f)\n", n_at_once, sum / n_steps, worst);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStore) store = NULL;
  gboolean there = FALSE;

  setlocale (LC_ALL, "");
  if (argc < 2)
    {
      g_printerr ("Usage: bench-review FOLDER [RECORDINGS]\n");
      return EXIT_FAILURE;
    }
  path = g_build_filename (argv[1], "review.db", NULL);
  there = g_file_test (path, G_FILE_TEST_EXISTS);
  store = chorus_store_open (path, chorus_schema_get_migrations (), &error);
  if (!store)
    g_error ("%s", error->message);
  if (!there)
    bench_fill (store, argc > 2 ? (guint) atoi (argv[2]) : 100000);

  bench_queue (store, "frequent species, most certain", "Genus species0", CHORUS_REVIEW_CONFIDENCE_DOWN, 0);
  bench_queue (store, "frequent species, least certain from 0.5", "Genus species0", CHORUS_REVIEW_CONFIDENCE_UP, 0.5);
  bench_queue (store, "rare species, most certain", "Genus species150", CHORUS_REVIEW_CONFIDENCE_DOWN, 0);
  bench_queue (store, "all species, most certain", NULL, CHORUS_REVIEW_CONFIDENCE_DOWN, 0);
  bench_queue (store, "all species, from 0.63", NULL, CHORUS_REVIEW_CONFIDENCE_DOWN, 0.63);
  bench_queue (store, "frequent species, by date", "Genus species0", CHORUS_REVIEW_DATE, 0);
  bench_queue (store, "rare species, by date", "Genus species150", CHORUS_REVIEW_DATE, 0);
  bench_queue (store, "all species, by date", NULL, CHORUS_REVIEW_DATE, 0);
  bench_queue (store, "rare species, sample", "Genus species150", CHORUS_REVIEW_SAMPLE, 0);
  bench_queue (store, "frequent species, sample", "Genus species0", CHORUS_REVIEW_SAMPLE, 0);
  bench_species (store, "species, all", 0);
  bench_species (store, "species, from 0.5", 0.5);
  bench_species (store, "species, from 0.63", 0.63);
  bench_verdicts (store, 1, 100);
  bench_verdicts (store, 100, 20);

  return EXIT_SUCCESS;
}
