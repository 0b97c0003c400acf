/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the review share: a store with detections in it. */

#pragma once

#include <math.h>

#include "chorus-test.h"
#include "review/chorus-review-queue.h"
#include "review/chorus-review.h"
#include "store/chorus-schema.h"

G_BEGIN_DECLS

static inline ChorusStore *
fixture_open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  ChorusStore *store = chorus_store_open (path, chorus_schema_get_migrations (), &error);

  g_assert_no_error (error);

  return store;
}

static inline gpointer
fixture_execute_job (ChorusDatabase  *db,
                     gpointer         data,
                     GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static inline gpointer
fixture_read_job (ChorusDatabase  *db,
                  gpointer         data,
                  GError         **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, data, error);
  GString *text = g_string_new (NULL);

  while (select && chorus_statement_step (select, error) == CHORUS_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            chorus_statement_is_null (select, 0) ? "-" : chorus_statement_get_text (select, 0));

  return g_string_free (text, FALSE);
}

static inline gpointer
fixture_run (ChorusStore     *store,
             ChorusStoreFunc  func,
             const char      *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  chorus_store_run_async (store, func, (gpointer) sql, NULL, NULL, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  value = chorus_store_run_finish (store, result, &error);
  g_assert_no_error (error);

  return value;
}

static inline void
fixture_execute (ChorusStore *store,
                 const char  *sql)
{
  fixture_run (store, fixture_execute_job, sql);
}

/* The first column of all rows, with spaces between. */
#define fixture_assert(store, sql, expected)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = fixture_run (store, fixture_read_job, sql);                                               \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static inline void
fixture_close_store (ChorusStore *store)
{
  chorus_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (store);
}

/* Two deployments of the profile p with three recordings, and one of another profile. Detection i of 1 to 12 is of species
 * i modulo 3: Turdus merula, Strix aluco, and one without a scientific name; it has a confidence of i / 20, but 12 none. */
static inline void
fixture_fill (ChorusStore *store)
{
  fixture_execute (
    store,
    "INSERT INTO recordings (recording_id, profile_id, deployment_id, file_id, name, upload_state, analysis_state,"
    "  recorded_at, duration) VALUES (1, 'p', 'd', 'f1', 'a.wav', 'remote', 'completed', '2025-06-04T05:00:00Z', 60),"
    "  (2, 'p', 'd', 'f2', 'b.wav', 'remote', 'completed', '2025-06-03T05:00:00Z', 60),"
    "  (3, 'p', 'e', 'f3', 'c.wav', 'remote', 'completed', NULL, 60),"
    "  (4, 'q', 'd', 'f4', 'd.wav', 'remote', 'completed', '2025-06-01T05:00:00Z', 60);"
    "INSERT INTO runs (run_id, recording_id, inference_id, status, model_name, model_version)"
    "  SELECT recording_id, recording_id, 'i', 'completed', 'BirdNET', '2.4' FROM recordings;"
    "UPDATE recordings SET run_id = recording_id;"
    "INSERT INTO species (name, color) VALUES ('Turdus merula', 0), ('Strix aluco', 1), ('Rain', 2);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, common_name, confidence,"
    "  start_time, end_time) SELECT i, (i - 1) / 4 + 1, i, (i - 1) / 4 + 1,"
    "  CASE i % 3 WHEN 0 THEN 'Turdus merula' WHEN 1 THEN 'Strix aluco' END,"
    "  CASE i % 3 WHEN 0 THEN 'Blackbird' WHEN 1 THEN 'Tawny Owl' ELSE 'Rain' END,"
    "  CASE WHEN i < 12 THEN i / 20.0 END, i, i + 1 FROM n;"
    "INSERT INTO detections (detection_id, run_id, ordinal, recording_id, scientific_name, confidence, start_time, end_time)"
    "  VALUES (13, 4, 0, 4, 'Turdus merula', 0.99, 1, 2);"
    "UPDATE recordings SET (n_detections, n_species) = (SELECT count(*), count(DISTINCT species) FROM detections d"
    "  WHERE d.recording_id = recordings.recording_id)");
}

static inline ChorusReviewQueue *
fixture_open_queue (ChorusStore           *store,
                    ChorusReviewQueueSpec *spec,
                    ChorusReview          *review)
{
  ChorusReviewQueue *queue = chorus_review_queue_new (store, spec, review);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_review_queue_open_async (queue, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_review_queue_open_finish (queue, result, &error));
  g_assert_no_error (error);

  return queue;
}

/* The ids of the items of a queue, with spaces between. */
static inline char *
fixture_dup_ids (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (model, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                              chorus_detection_get_detection_id (detection));
    }

  return g_string_free (text, FALSE);
}

#define fixture_assert_ids(model, expected)                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *ids_ = fixture_dup_ids (G_LIST_MODEL (model));                                                    \
    g_assert_cmpstr (ids_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

/* All detections of the profile, the earliest id first. */
static inline GPtrArray *
fixture_read_detections (ChorusStore *store)
{
  g_autoptr (ChorusReviewQueueSpec) spec = chorus_review_queue_spec_new ("p", NULL, NULL);
  g_autoptr (ChorusReviewQueue) queue = NULL;
  GPtrArray *detections = g_ptr_array_new_with_free_func (g_object_unref);

  spec->order = CHORUS_REVIEW_GIVEN;
  spec->only_unreviewed = FALSE;
  spec->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gint64 id = 1; id <= 12; id++)
    g_array_append_val (spec->ids, id);
  queue = fixture_open_queue (store, spec, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    g_ptr_array_add (detections, g_list_model_get_item (G_LIST_MODEL (queue), i));

  return detections;
}

/* Some of @detections, by their positions; ends with -1. */
static inline GPtrArray *
fixture_pick (GPtrArray *detections, ...)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func (g_object_unref);
  va_list positions;
  int position = 0;

  va_start (positions, detections);
  while ((position = va_arg (positions, int)) >= 0)
    g_ptr_array_add (picked, g_object_ref (g_ptr_array_index (detections, position)));
  va_end (positions);

  return picked;
}

G_END_DECLS
