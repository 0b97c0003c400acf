/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts what a queue is about, and what is left of it. */

#include "config.h"

#include <math.h>

#include "chorus-review-queue-rows.h"
#include "chorus-review-rows.h"
#include "chorus-tally.h"

/* The verdict of the reviewer ?2 on the detection d. */
#define CHORUS_QUEUE_OWN_VERDICT                                                                                       \
  "coalesce((SELECT v.verdict FROM standing_verdicts v WHERE v.reviewer = ?2 AND v.detection_id = d.detection_id"      \
  " ORDER BY v.verdict_id DESC LIMIT 1), 'none')"

/* One detection after the other: those of a sample are few. */
static gboolean
chorus_queue_rows_count_ids (ChorusDatabase               *db,
                             const ChorusReviewQueueSpec  *spec,
                             GArray                       *ids,
                             ChorusQueueCounts            *counts,
                             GError                      **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          spec->blind ? "SELECT " CHORUS_QUEUE_OWN_VERDICT " = 'none' FROM detections d"
                                        " WHERE d.detection_id = ?1 AND d.shown_in IS NOT NULL AND d.origin <> 'person'"
                                      : "SELECT d.verdict = 'none' FROM detections d"
                                        " WHERE d.detection_id = ?1 AND d.shown_in IS NOT NULL",
                          error);

  if (!select)
    return FALSE;
  if (spec->blind)
    chorus_statement_bind_text (select, 2, spec->reviewer);
  for (guint i = 0; i < ids->len; i++)
    {
      ChorusStep step = CHORUS_STEP_ERROR;

      chorus_statement_bind_int64 (select, 1, g_array_index (ids, gint64, i));
      step = chorus_statement_step (select, error);
      if (step == CHORUS_STEP_ERROR)
        return FALSE;
      if (step == CHORUS_STEP_ROW)
        {
          counts->n++;
          counts->n_left += chorus_statement_get_boolean (select, 0);
          chorus_statement_reset (select);
        }
    }

  return TRUE;
}

/* How many detections people added: those that a blind review leaves out. */
static gboolean
chorus_queue_rows_count_added (ChorusDatabase               *db,
                               const ChorusReviewQueueSpec  *spec,
                               GArray                       *places,
                               guint64                      *n,
                               GError                      **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT count(*) FROM detections d INDEXED BY detections_by_score"
    " WHERE d.shown_in = ?1 AND d.score < 0 AND d.origin = 'person' AND (?2 IS NULL OR d.species = ?2)",
    error);

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 2, spec->scope.species);
  for (guint i = 0; i < places->len; i++)
    {
      chorus_statement_bind_int64 (select, 1, g_array_index (places, ChorusReviewPlace, i).key);
      if (chorus_statement_step (select, error) != CHORUS_STEP_ROW)
        return FALSE;
      *n += (guint64) chorus_statement_get_int64 (select, 0);
      chorus_statement_reset (select);
    }

  return TRUE;
}

/* How many detections of a blind queue the reviewer has a verdict of. */
static gboolean
chorus_queue_rows_count_own (ChorusDatabase               *db,
                             const ChorusReviewQueueSpec  *spec,
                             GArray                       *places,
                             guint64                      *n,
                             GError                      **error)
{
  g_autoptr (ChorusThresholdRows) thresholds = chorus_threshold_rows_read (db, spec->scope.profile_id, error);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT d.shown_in, d.score, d.species FROM (SELECT DISTINCT detection_id FROM verdicts WHERE reviewer = ?2) own"
    " CROSS JOIN detections d USING (detection_id)"
    " WHERE d.shown_in IS NOT NULL AND d.origin <> 'person' AND (?3 IS NULL OR d.species = ?3)"
    "  AND " CHORUS_QUEUE_OWN_VERDICT " <> 'none'",
    error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!thresholds || !select)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    g_hash_table_add (keys, &g_array_index (places, ChorusReviewPlace, i).key);

  chorus_statement_bind_text (select, 2, spec->reviewer);
  chorus_statement_bind_text (select, 3, spec->scope.species);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      const gint64 key = chorus_statement_get_int64 (select, 0);
      const double score = chorus_statement_get_double (select, 1);
      const double threshold = isnan (spec->threshold)
                                 ? chorus_threshold_rows_get (thresholds, chorus_statement_get_text (select, 2))
                                 : spec->threshold;

      *n += g_hash_table_contains (keys, &key) && (score < 0 || score >= threshold);
    }

  return step == CHORUS_STEP_DONE;
}

static gboolean
chorus_queue_rows_count_all (ChorusDatabase               *db,
                             const ChorusReviewQueueSpec  *spec,
                             ChorusQueueCounts            *counts,
                             GError                      **error)
{
  g_autoptr (GPtrArray) tallies = chorus_tally_read (db, &spec->scope, spec->threshold, error);
  g_autoptr (GArray) places = NULL;
  guint64 n_added = 0;
  guint64 n_own = 0;

  if (!tallies)
    return FALSE;
  for (guint i = 0; i < tallies->len; i++)
    {
      const ChorusTally *tally = g_ptr_array_index (tallies, i);

      counts->n += tally->n;
      counts->n_left += tally->n - tally->n_confirmed - tally->n_rejected - tally->n_uncertain - tally->n_renamed;
    }
  if (!spec->blind)
    return TRUE;

  places = chorus_review_scope_read_places (&spec->scope, db, error);
  if (!places || !chorus_queue_rows_count_added (db, spec, places, &n_added, error)
      || !chorus_queue_rows_count_own (db, spec, places, &n_own, error))
    return FALSE;
  counts->n -= n_added;
  counts->n_left = counts->n - n_own;

  return TRUE;
}

gpointer
chorus_queue_rows_count (ChorusDatabase  *db,
                         gpointer         data,
                         GError         **error)
{
  const ChorusQueueQuestion *question = data;
  g_autofree ChorusQueueCounts *counts = g_new0 (ChorusQueueCounts, 1);

  if (!(question->ids ? chorus_queue_rows_count_ids (db, question->spec, question->ids, counts, error)
                      : chorus_queue_rows_count_all (db, question->spec, counts, error)))
    return NULL;

  return g_steal_pointer (&counts);
}
