/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review.h"

#include "library/chorus-part-rows.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

/* A verdict that was given, shared by the list of what can be undone and the jobs of the store. */
typedef struct
{
  ChorusRecording *recording;
  ChorusDetection *detection;

  /* Known to the store's thread alone, which runs jobs in order */
  gboolean written;
  ChorusVerdict previous; /* what was in force before */
} ChorusGivenVerdict;

struct _ChorusReview
{
  GObject parent_instance;

  ChorusStore *store;
  char *reviewer;
  GQueue *given; /* of ChorusGivenVerdict, the last one first */
};

G_DEFINE_FINAL_TYPE (ChorusReview, chorus_review, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_REVIEWER,
  PROP_CAN_UNDO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  ChorusGivenVerdict *given;
  gint64 detection_id;
  ChorusVerdict verdict; /* of a verdict that is given */
  gboolean undo;         /* gives the previous one instead */
  char *reviewer;
} ChorusVerdictJob;

typedef struct
{
  ChorusVerdict verdict; /* now in force */
  guint n_reviewed;      /* of the recording */
  gboolean changed;
} ChorusVerdictResult;

static void
chorus_given_verdict_clear (gpointer data)
{
  ChorusGivenVerdict *given = data;

  g_object_unref (given->recording);
  g_object_unref (given->detection);
}

static void
chorus_given_verdict_unref (ChorusGivenVerdict *given)
{
  g_atomic_rc_box_release_full (given, chorus_given_verdict_clear);
}

static void
chorus_verdict_job_free (ChorusVerdictJob *job)
{
  chorus_given_verdict_unref (job->given);
  g_free (job->reviewer);
  g_free (job);
}

static void
chorus_review_finalize (GObject *object)
{
  ChorusReview *self = CHORUS_REVIEW (object);

  g_queue_free_full (self->given, (GDestroyNotify) chorus_given_verdict_unref);
  g_clear_object (&self->store);
  g_clear_pointer (&self->reviewer, g_free);

  G_OBJECT_CLASS (chorus_review_parent_class)->finalize (object);
}

static void
chorus_review_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChorusReview *self = CHORUS_REVIEW (object);

  switch (property_id)
    {
    case PROP_REVIEWER:
      g_value_set_string (value, self->reviewer);
      break;

    case PROP_CAN_UNDO:
      g_value_set_boolean (value, chorus_review_get_can_undo (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_review_class_init (ChorusReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_review_finalize;
  object_class->get_property = chorus_review_get_property;

  properties[PROP_REVIEWER] = g_param_spec_string ("reviewer", NULL, NULL, NULL, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_review_init (ChorusReview *self)
{
  self->given = g_queue_new ();
}

ChorusReview *
chorus_review_new (ChorusStore *store,
                   const char  *reviewer)
{
  ChorusReview *self = NULL;

  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);

  self = g_object_new (CHORUS_TYPE_REVIEW, NULL);
  self->store = g_object_ref (store);

  /* "Unknown" is what GLib says for an account without a full name. */
  if (!reviewer || *reviewer == '\0')
    reviewer = g_get_real_name ();
  if (!reviewer || *reviewer == '\0' || g_str_equal (reviewer, "Unknown"))
    reviewer = g_get_user_name ();
  self->reviewer = g_strdup (reviewer);

  return self;
}

const char *
chorus_review_get_reviewer (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), NULL);

  return self->reviewer;
}

gboolean
chorus_review_get_can_undo (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), FALSE);

  return !g_queue_is_empty (self->given);
}

/* On the store's thread from here */

static gboolean
chorus_review_read_state (ChorusDatabase       *db,
                          gint64                detection_id,
                          ChorusVerdictResult  *state,
                          GError              **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT d.verdict, r.n_reviewed FROM detections d JOIN recordings r USING (recording_id)"
                          " WHERE d.detection_id = ?",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, detection_id);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ROW)
    {
      state->verdict = chorus_verdict_from_text (chorus_statement_get_text (select, 0));
      state->n_reviewed = (guint) chorus_statement_get_int64 (select, 1);
    }

  /* Without a row the insertion that follows breaks the reference and says so. */
  return step != CHORUS_STEP_ERROR;
}

static gboolean
chorus_review_add_verdict (ChorusDatabase          *db,
                           const ChorusVerdictJob  *job,
                           ChorusVerdict            verdict,
                           GError                 **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created_at = g_date_time_format_iso8601 (now);
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db, "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at) VALUES (?, ?, ?, ?)",
                          error);

  if (!insert)
    return FALSE;
  chorus_statement_bind_int64 (insert, 1, job->detection_id);
  chorus_statement_bind_text (insert, 2, chorus_verdict_to_text (verdict));
  chorus_statement_bind_text (insert, 3, job->reviewer);
  chorus_statement_bind_text (insert, 4, created_at);

  return chorus_statement_run (insert, error);
}

/* A detection that was found to continue another while somebody looked at it is one of its own again: it was judged. */
static gboolean
chorus_review_take_apart (ChorusDatabase  *db,
                          gint64           detection_id,
                          GError         **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT recording_id FROM detections WHERE detection_id = ? AND continues IS NOT NULL",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;
  gint64 recording_id = 0;

  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, detection_id);
  step = chorus_statement_step (select, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;
  recording_id = chorus_statement_get_int64 (select, 0);
  chorus_statement_reset (select);

  return chorus_part_rows_settle (db, recording_id, NULL, error);
}

static gpointer
chorus_review_write (ChorusDatabase  *db,
                     gpointer         data,
                     GError         **error)
{
  ChorusVerdictJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree ChorusVerdictResult *result = g_new0 (ChorusVerdictResult, 1);
  ChorusVerdict verdict = CHORUS_VERDICT_NONE;
  ChorusVerdict previous = CHORUS_VERDICT_NONE;

  if (!transaction || !chorus_review_read_state (db, job->detection_id, result, error))
    return NULL;

  /* Where giving it failed meanwhile there is nothing to take back. */
  previous = result->verdict;
  if (job->undo)
    verdict = job->given->written ? job->given->previous : previous;
  else
    verdict = job->verdict;
  result->changed = previous != verdict;
  if (result->changed
      && (!chorus_review_add_verdict (db, job, verdict, error)
          || !chorus_review_take_apart (db, job->detection_id, error)
          || !chorus_review_read_state (db, job->detection_id, result, error)
          || !chorus_transaction_commit (transaction, error)))
    return NULL;

  if (!job->undo)
    {
      job->given->written = TRUE;
      job->given->previous = previous;
    }

  return g_steal_pointer (&result);
}

/* On the main thread again */

static void
chorus_review_changed_undo (ChorusReview *self,
                            gboolean      could_undo)
{
  if (could_undo != chorus_review_get_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

static void
chorus_review_forget (ChorusReview       *self,
                      ChorusGivenVerdict *given)
{
  if (g_queue_remove (self->given, given))
    {
      chorus_review_changed_undo (self, TRUE);
      chorus_given_verdict_unref (given);
    }
}

static gboolean
chorus_review_is_undo (GTask *task)
{
  return g_task_get_source_tag (task) == chorus_review_undo_async;
}

static void
chorus_review_written_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusReview *self = g_task_get_source_object (task);
  ChorusGivenVerdict *given = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree ChorusVerdictResult *written = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  /* A verdict that was not given cannot be taken back; one that could not be taken back can still be. */
  if (chorus_review_is_undo (task) && !written)
    {
      const gboolean could_undo = chorus_review_get_can_undo (self);

      g_queue_push_head (self->given, g_atomic_rc_box_acquire (given));
      chorus_review_changed_undo (self, could_undo);
    }
  else if (!chorus_review_is_undo (task) && (!written || !written->changed))
    chorus_review_forget (self, given);

  if (!written)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_detection_set_verdict (given->detection, written->verdict);
  chorus_recording_set_n_reviewed (given->recording, written->n_reviewed);
  if (chorus_review_is_undo (task))
    g_task_return_pointer (task, g_object_ref (given->detection), g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static void
chorus_review_start (ChorusReview       *self,
                     ChorusGivenVerdict *given,
                     ChorusVerdict       verdict,
                     GTask              *task)
{
  ChorusVerdictJob *job = g_new0 (ChorusVerdictJob, 1);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (given), (GDestroyNotify) chorus_given_verdict_unref);
  /* What is written is written: the answer tells, whatever is cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  job->given = g_atomic_rc_box_acquire (given);
  job->detection_id = chorus_detection_get_detection_id (given->detection);
  job->verdict = verdict;
  job->undo = chorus_review_is_undo (task);
  job->reviewer = g_strdup (self->reviewer);
  chorus_store_run_async (self->store, chorus_review_write, job, (GDestroyNotify) chorus_verdict_job_free, g_free,
                          g_task_get_cancellable (task), chorus_review_written_cb, g_object_ref (task));
}

void
chorus_review_set_verdict_async (ChorusReview        *self,
                                 ChorusRecording     *recording,
                                 ChorusDetection     *detection,
                                 ChorusVerdict        verdict,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusGivenVerdict *given = NULL;
  gboolean could_undo = FALSE;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));
  g_return_if_fail (CHORUS_IS_DETECTION (detection));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_review_set_verdict_async);

  given = g_atomic_rc_box_new0 (ChorusGivenVerdict);
  given->recording = g_object_ref (recording);
  given->detection = g_object_ref (detection);

  /* At once, so that an undo that follows takes back this one although it is still being written. */
  could_undo = chorus_review_get_can_undo (self);
  g_queue_push_head (self->given, given);
  chorus_review_changed_undo (self, could_undo);
  chorus_review_start (self, given, verdict, task);
}

gboolean
chorus_review_set_verdict_finish (ChorusReview  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_review_undo_async (ChorusReview        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusGivenVerdict *given = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_review_undo_async);

  given = g_queue_pop_head (self->given);
  if (!given)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  chorus_review_changed_undo (self, TRUE);
  chorus_review_start (self, given, CHORUS_VERDICT_NONE, task);
  chorus_given_verdict_unref (given);
}

ChorusDetection *
chorus_review_undo_finish (ChorusReview  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
