/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-rows.h"

#include "library/chorus-detection-rows.h"
#include "library/chorus-own-run-rows.h"
#include "library/chorus-part-rows.h"

typedef struct
{
  ChorusDatabase *db;
  const ChorusReviewJob *job;
  ChorusStatement *read;     /* the state in force */
  ChorusStatement *read_own; /* the state that the reviewer left */
  ChorusStatement *insert;
  ChorusStatement *in_force_without; /* the verdict in force if one were undone */
  char *created_at;
  GHashTable *recordings; /* ids (gint64 *) to whether to count the recording anew */
} ChorusReviewWriter;

static void
chorus_review_writer_clear (ChorusReviewWriter *self)
{
  g_clear_pointer (&self->read, chorus_statement_free);
  g_clear_pointer (&self->read_own, chorus_statement_free);
  g_clear_pointer (&self->insert, chorus_statement_free);
  g_clear_pointer (&self->in_force_without, chorus_statement_free);
  g_clear_pointer (&self->created_at, g_free);
  g_clear_pointer (&self->recordings, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusReviewWriter, chorus_review_writer_clear)

static void
chorus_review_said_clear (gpointer data)
{
  g_free (((ChorusReviewSaid *) data)->note);
}

void
chorus_review_change_init (ChorusReviewChange *self,
                           ChorusReviewKind    kind)
{
  *self = (ChorusReviewChange){ .kind = kind, .said = g_array_new (FALSE, TRUE, sizeof (ChorusReviewSaid)) };
  g_array_set_clear_func (self->said, chorus_review_said_clear);
}

void
chorus_review_change_add (ChorusReviewChange *self,
                          gint64              detection_id)
{
  const ChorusReviewSaid said = { .detection_id = detection_id };

  g_array_append_val (self->said, said);
}

void
chorus_review_change_clear (ChorusReviewChange *self)
{
  g_free (self->scientific_name);
  g_free (self->common_name);
  g_free (self->note);
  g_clear_pointer (&self->added, chorus_result_detection_free);
  g_clear_pointer (&self->said, g_array_unref);
}

static void
chorus_review_clear_state (gpointer data)
{
  chorus_detection_state_clear (data);
}

static ChorusReviewOutcome *
chorus_review_outcome_new (void)
{
  ChorusReviewOutcome *self = g_new0 (ChorusReviewOutcome, 1);

  self->states = g_array_new (FALSE, TRUE, sizeof (ChorusDetectionState));
  g_array_set_clear_func (self->states, chorus_review_clear_state);
  self->counts = g_array_new (FALSE, TRUE, sizeof (ChorusReviewCounts));

  return self;
}

void
chorus_review_outcome_free (ChorusReviewOutcome *self)
{
  g_array_unref (self->states);
  g_array_unref (self->counts);
  g_clear_object (&self->added);
  g_free (self);
}

static const char *
chorus_review_get_insert (ChorusReviewKind kind)
{
  switch (kind)
    {
    case CHORUS_REVIEW_NOTE:
      return "INSERT INTO notes (detection_id, reviewer, created_at, note) VALUES (?1, ?2, ?3, ?4)";

    case CHORUS_REVIEW_STAR:
      return "INSERT INTO stars (detection_id, reviewer, created_at, starred) VALUES (?1, ?2, ?3, ?4)";

    case CHORUS_REVIEW_VERDICT:
    case CHORUS_REVIEW_ADD:
    default:
      /* A detection that is not there breaks the reference. */
      return "INSERT INTO verdicts (detection_id, reviewer, created_at, verdict, scientific_name, common_name, undoes,"
             "  model_name, model_version, threshold, note)"
             " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, u.model_name, u.model_version,"
             "  coalesce(?8, (SELECT t.threshold FROM thresholds t WHERE t.profile_id = r.profile_id"
             "    AND t.species IN (d.species, '') ORDER BY t.species DESC LIMIT 1)), d.note"
             " FROM (SELECT 1) LEFT JOIN detections d ON d.detection_id = ?1"
             "  LEFT JOIN recordings r ON r.recording_id = d.recording_id LEFT JOIN runs u ON u.run_id = d.run_id";
    }
}

static gboolean
chorus_review_writer_prepare (ChorusReviewWriter  *self,
                              GError             **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->created_at = g_date_time_format_iso8601 (now);
  self->recordings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  self->read = chorus_statement_new (self->db,
                                     "SELECT " CHORUS_DETECTION_STATE_COLUMNS
                                     ", d.recording_id, d.origin = 'person', d.continues IS NOT NULL"
                                     " FROM detections d WHERE d.detection_id = ?1",
                                     error);
  if (!self->read)
    return FALSE;
  self->read_own = chorus_statement_new (self->db, CHORUS_REVIEW_SELECT_OWN_STATE, error);
  if (!self->read_own)
    return FALSE;
  self->insert = chorus_statement_new (self->db, chorus_review_get_insert (self->job->change->kind), error);
  if (!self->insert)
    return FALSE;
  self->in_force_without =
    chorus_statement_new (self->db,
                          "SELECT verdict, scientific_name, common_name FROM standing_verdicts"
                          " WHERE detection_id = ?1 AND verdict_id <> ?2 ORDER BY verdict_id DESC LIMIT 1",
                          error);

  return self->in_force_without != NULL;
}

/* As the reviewer sees a detection: what is in force, or in a blind review what they said themselves. */
static gboolean
chorus_review_writer_read_seen (ChorusReviewWriter    *self,
                                gint64                 detection_id,
                                ChorusDetectionState  *state,
                                GError               **error)
{
  ChorusStatement *select = self->job->blind ? self->read_own : self->read;
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (select, 1, detection_id);
  if (self->job->blind)
    chorus_statement_bind_text (select, 2, self->job->reviewer);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ROW)
    {
      chorus_detection_state_from_row (select, 0, state);
      chorus_statement_reset (select);
    }

  return step != CHORUS_STEP_ERROR;
}

static void
chorus_review_writer_note_recording (ChorusReviewWriter *self,
                                     gint64              recording_id,
                                     gboolean            count)
{
  count |= g_hash_table_lookup (self->recordings, &recording_id) != NULL;
  g_hash_table_insert (self->recordings, g_memdup2 (&recording_id, sizeof recording_id), GINT_TO_POINTER (count));
}

static gboolean
chorus_review_writer_insert_verdict (ChorusReviewWriter  *self,
                                     gint64               detection_id,
                                     ChorusVerdict        verdict,
                                     const char          *scientific_name,
                                     const char          *common_name,
                                     gint64               undoes,
                                     GError             **error)
{
  ChorusStatement *insert = self->insert;

  chorus_statement_bind_int64 (insert, 1, detection_id);
  chorus_statement_bind_text (insert, 2, self->job->reviewer);
  chorus_statement_bind_text (insert, 3, self->created_at);
  chorus_statement_bind_text (insert, 4, chorus_verdict_to_text (verdict));
  chorus_statement_bind_text (insert, 5, scientific_name);
  chorus_statement_bind_text (insert, 6, common_name);
  if (undoes != 0)
    chorus_statement_bind_int64 (insert, 7, undoes);
  else
    chorus_statement_bind_null (insert, 7);
  chorus_statement_bind_double (insert, 8, self->job->threshold);

  return chorus_statement_run (insert, error);
}

static gboolean
chorus_review_writer_insert_mark (ChorusReviewWriter  *self,
                                  gint64               detection_id,
                                  const char          *note,
                                  gboolean             starred,
                                  GError             **error)
{
  ChorusStatement *insert = self->insert;

  chorus_statement_bind_int64 (insert, 1, detection_id);
  chorus_statement_bind_text (insert, 2, self->job->reviewer);
  chorus_statement_bind_text (insert, 3, self->created_at);
  if (self->job->change->kind == CHORUS_REVIEW_NOTE)
    chorus_statement_bind_text (insert, 4, note);
  else
    chorus_statement_bind_boolean (insert, 4, starred);

  return chorus_statement_run (insert, error);
}

/* Where somebody else has said the same it is said again: two who agree are worth more than one. */
static gboolean
chorus_review_writer_is_said (ChorusReviewWriter         *self,
                              const ChorusDetectionState *seen)
{
  const ChorusReviewChange *change = self->job->change;

  if (change->kind == CHORUS_REVIEW_NOTE)
    return g_strcmp0 (seen->note, change->note) == 0;
  if (change->kind == CHORUS_REVIEW_STAR)
    return seen->starred == change->starred;

  return seen->verdict == change->verdict && g_strcmp0 (seen->scientific_name, change->scientific_name) == 0
         && g_strcmp0 (seen->common_name, change->common_name) == 0
         && (seen->verdict == CHORUS_VERDICT_NONE || g_strcmp0 (seen->reviewer, self->job->reviewer) == 0);
}

static gboolean
chorus_review_writer_say (ChorusReviewWriter          *self,
                          ChorusReviewSaid            *said,
                          const ChorusDetectionState  *seen,
                          GError                     **error)
{
  const ChorusReviewChange *change = self->job->change;

  said->changed = !chorus_review_writer_is_said (self, seen);
  if (!said->changed)
    return TRUE;

  if (change->kind == CHORUS_REVIEW_NOTE || change->kind == CHORUS_REVIEW_STAR)
    {
      g_free (said->note);
      said->note = g_strdup (seen->note);
      said->starred = seen->starred;
      return chorus_review_writer_insert_mark (self, said->detection_id, change->note, change->starred, error);
    }

  if (!chorus_review_writer_insert_verdict (self, said->detection_id, change->verdict, change->scientific_name,
                                            change->common_name, 0, error))
    return FALSE;
  said->row = chorus_database_get_last_row_id (self->db);

  return TRUE;
}

/* What is in force then is what was so before, or what somebody else has said meanwhile. */
static gboolean
chorus_review_writer_undo_verdict (ChorusReviewWriter      *self,
                                   const ChorusReviewSaid  *said,
                                   GError                 **error)
{
  ChorusStatement *select = self->in_force_without;
  ChorusVerdict verdict = CHORUS_VERDICT_NONE;
  g_autofree char *scientific_name = NULL;
  g_autofree char *common_name = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (select, 1, said->detection_id);
  chorus_statement_bind_int64 (select, 2, said->row);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ERROR)
    return FALSE;
  if (step == CHORUS_STEP_ROW)
    {
      verdict = chorus_verdict_from_text (chorus_statement_get_text (select, 0));
      scientific_name = chorus_statement_dup_text (select, 1);
      common_name = chorus_statement_dup_text (select, 2);
      chorus_statement_reset (select);
    }

  return chorus_review_writer_insert_verdict (self, said->detection_id, verdict, scientific_name, common_name,
                                              said->row, error);
}

static gboolean
chorus_review_writer_unsay (ChorusReviewWriter          *self,
                            const ChorusReviewSaid      *said,
                            const ChorusDetectionState  *seen,
                            GError                     **error)
{
  const ChorusReviewChange *change = self->job->change;

  switch (change->kind)
    {
    case CHORUS_REVIEW_NOTE:
      /* What was written meanwhile stays. */
      return g_strcmp0 (seen->note, change->note) != 0
             || chorus_review_writer_insert_mark (self, said->detection_id, said->note, FALSE, error);

    case CHORUS_REVIEW_STAR:
      return seen->starred != change->starred
             || chorus_review_writer_insert_mark (self, said->detection_id, NULL, said->starred, error);

    case CHORUS_REVIEW_VERDICT:
    case CHORUS_REVIEW_ADD:
    default:
      return chorus_review_writer_undo_verdict (self, said, error);
    }
}

static gboolean
chorus_review_writer_write_one (ChorusReviewWriter   *self,
                                ChorusReviewSaid     *said,
                                ChorusReviewOutcome  *outcome,
                                GError              **error)
{
  g_auto (ChorusDetectionState) seen = { 0 };
  const gboolean renames = self->job->change->scientific_name || self->job->change->common_name;
  gint64 recording_id = 0;
  gboolean count = FALSE;
  gboolean is_part = FALSE;

  chorus_statement_bind_int64 (self->read, 1, said->detection_id);
  if (chorus_statement_step (self->read, error) == CHORUS_STEP_ROW)
    {
      count = chorus_statement_get_boolean (self->read, 8) || renames || !chorus_statement_is_null (self->read, 1)
              || !chorus_statement_is_null (self->read, 2);
      recording_id = chorus_statement_get_int64 (self->read, 7);
      is_part = chorus_statement_get_boolean (self->read, 9);
      chorus_statement_reset (self->read);
    }
  if (!chorus_review_writer_read_seen (self, said->detection_id, &seen, error))
    return FALSE;
  if (self->job->undo ? said->changed && !chorus_review_writer_unsay (self, said, &seen, error)
                      : !chorus_review_writer_say (self, said, &seen, error))
    return FALSE;
  outcome->changed |= said->changed;
  if (recording_id != 0)
    chorus_review_writer_note_recording (self, recording_id, (count || self->job->undo) && said->changed);

  /* A detection that was found to continue another while somebody looked at it is one of its own again: it was judged. */
  return !is_part || !said->changed || self->job->change->kind != CHORUS_REVIEW_VERDICT
         || chorus_part_rows_settle (self->db, recording_id, NULL, error);
}

static gboolean
chorus_review_writer_add (ChorusReviewWriter  *self,
                          GError             **error)
{
  const ChorusReviewChange *change = self->job->change;
  const ChorusOwnRun run = { .recording_id = change->recording_id, .origin = CHORUS_DETECTION_PERSON };
  gint64 run_id = 0;
  gint64 detection_id = 0;

  if (change->stored)
    return TRUE;
  if (!chorus_own_run_rows_take (self->db, &run, &run_id, error)
      || !chorus_own_run_rows_add (self->db, &run, run_id, change->added, &detection_id, error))
    return FALSE;
  chorus_review_change_add (self->job->change, detection_id);

  return TRUE;
}

static gboolean
chorus_review_writer_read_counts (ChorusReviewWriter   *self,
                                  ChorusReviewOutcome  *outcome,
                                  GError              **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (self->db, "SELECT n_detections, n_species, n_reviewed FROM recordings WHERE recording_id = ?",
                          error);
  GHashTableIter iter = { 0 };
  gpointer recording_id = NULL;
  gpointer count = NULL;

  if (!select)
    return FALSE;
  g_hash_table_iter_init (&iter, self->recordings);
  while (g_hash_table_iter_next (&iter, &recording_id, &count))
    {
      ChorusReviewCounts counts = { .recording_id = *(gint64 *) recording_id };

      if (count && !chorus_detection_rows_count (self->db, counts.recording_id, error))
        return FALSE;
      chorus_statement_bind_int64 (select, 1, counts.recording_id);
      if (chorus_statement_step (select, error) != CHORUS_STEP_ROW)
        return FALSE;
      counts.n_detections = (guint) chorus_statement_get_int64 (select, 0);
      counts.n_species = (guint) chorus_statement_get_int64 (select, 1);
      counts.n_reviewed = (guint) chorus_statement_get_int64 (select, 2);
      chorus_statement_reset (select);
      g_array_append_val (outcome->counts, counts);
    }

  return TRUE;
}

static gboolean
chorus_review_writer_read_states (ChorusReviewWriter   *self,
                                  ChorusReviewOutcome  *outcome,
                                  GError              **error)
{
  const ChorusReviewChange *change = self->job->change;

  for (guint i = 0; i < change->said->len; i++)
    {
      ChorusDetectionState state = { 0 };

      if (!chorus_review_writer_read_seen (self, g_array_index (change->said, ChorusReviewSaid, i).detection_id, &state,
                                           error))
        return FALSE;
      g_array_append_val (outcome->states, state);
    }

  return TRUE;
}

static gboolean
chorus_review_writer_read_added (ChorusReviewWriter   *self,
                                 ChorusReviewOutcome  *outcome,
                                 GError              **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (self->db,
                          "SELECT " CHORUS_DETECTION_COLUMNS " FROM " CHORUS_DETECTION_TABLES
                          " WHERE d.detection_id = ?",
                          error);

  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, g_array_index (self->job->change->said, ChorusReviewSaid, 0).detection_id);
  if (chorus_statement_step (select, error) != CHORUS_STEP_ROW)
    return FALSE;
  outcome->added = chorus_detection_new_from_row (select);

  return TRUE;
}

static gboolean
chorus_review_writer_write (ChorusReviewWriter   *self,
                            ChorusReviewOutcome  *outcome,
                            GError              **error)
{
  ChorusReviewChange *change = self->job->change;

  if (change->kind == CHORUS_REVIEW_ADD && !self->job->undo && !chorus_review_writer_add (self, error))
    return FALSE;
  for (guint i = 0; i < change->said->len; i++)
    {
      if (!chorus_review_writer_write_one (self, &g_array_index (change->said, ChorusReviewSaid, i), outcome, error))
        return FALSE;
    }

  return chorus_review_writer_read_counts (self, outcome, error)
         && chorus_review_writer_read_states (self, outcome, error)
         && (change->kind != CHORUS_REVIEW_ADD || self->job->undo
             || chorus_review_writer_read_added (self, outcome, error));
}

/* What a step that was not written has said is nothing. */
static void
chorus_review_rows_forget (const ChorusReviewJob *job)
{
  ChorusReviewChange *change = job->change;

  if (job->undo)
    return;
  if (change->kind == CHORUS_REVIEW_ADD && !change->stored)
    {
      g_array_set_size (change->said, 0);
      return;
    }
  for (guint i = 0; i < change->said->len; i++)
    g_array_index (change->said, ChorusReviewSaid, i).changed = FALSE;
}

gpointer
chorus_review_rows_write (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  g_auto (ChorusReviewWriter) self = { .db = db, .job = data };
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusReviewOutcome) outcome = chorus_review_outcome_new ();

  if (!transaction || !chorus_review_writer_prepare (&self, error)
      || !chorus_review_writer_write (&self, outcome, error) || !chorus_transaction_commit (transaction, error))
    {
      chorus_review_rows_forget (data);
      return NULL;
    }
  self.job->change->stored = TRUE;

  return g_steal_pointer (&outcome);
}
