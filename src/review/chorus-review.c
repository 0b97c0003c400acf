/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review.h"

#include <math.h>

#include "chorus-review-private.h"

typedef enum
{
  CHORUS_REVIEW_DO,
  CHORUS_REVIEW_UNDO,
  CHORUS_REVIEW_REDO,
} ChorusReviewAction;

struct _ChorusReview
{
  GObject parent_instance;

  ChorusStore *store;
  ChorusLibrary *library;
  char *reviewer;
  gboolean blind;
  double threshold;

  /* Of ChorusReviewStep, the last one first */
  GQueue *given;
  GQueue *taken_back;
  gboolean can_undo;
  gboolean can_redo;
};

G_DEFINE_FINAL_TYPE (ChorusReview, chorus_review, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_REVIEWER,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_BLIND,
  PROP_THRESHOLD,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct
{
  ChorusReviewStep *step;
  ChorusReviewJob job;
} ChorusReviewStepJob;

static void
chorus_review_step_job_free (ChorusReviewStepJob *self)
{
  chorus_review_step_unref (self->step);
  g_free (self->job.reviewer);
  g_free (self);
}

static void
chorus_review_finalize (GObject *object)
{
  ChorusReview *self = CHORUS_REVIEW (object);

  g_queue_free_full (self->given, (GDestroyNotify) chorus_review_step_unref);
  g_queue_free_full (self->taken_back, (GDestroyNotify) chorus_review_step_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->library);
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

    case PROP_CAN_REDO:
      g_value_set_boolean (value, chorus_review_get_can_redo (self));
      break;

    case PROP_BLIND:
      g_value_set_boolean (value, self->blind);
      break;

    case PROP_THRESHOLD:
      g_value_set_double (value, self->threshold);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_review_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ChorusReview *self = CHORUS_REVIEW (object);

  switch (property_id)
    {
    case PROP_BLIND:
      chorus_review_set_blind (self, g_value_get_boolean (value));
      break;

    case PROP_THRESHOLD:
      chorus_review_set_threshold (self, g_value_get_double (value));
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
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_review_finalize;
  object_class->get_property = chorus_review_get_property;
  object_class->set_property = chorus_review_set_property;

  properties[PROP_REVIEWER] = g_param_spec_string ("reviewer", NULL, NULL, NULL, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_BLIND] = g_param_spec_boolean ("blind", NULL, NULL, FALSE, writable);
  properties[PROP_THRESHOLD] = g_param_spec_double ("threshold", NULL, NULL, 0, 1, 0, writable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CHORUS_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);
}

static void
chorus_review_init (ChorusReview *self)
{
  self->given = g_queue_new ();
  self->taken_back = g_queue_new ();
  self->threshold = (double) NAN;
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

void
chorus_review_set_library (ChorusReview  *self,
                           ChorusLibrary *library)
{
  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (library == NULL || CHORUS_IS_LIBRARY (library));

  g_set_object (&self->library, library);
}

const char *
chorus_review_get_reviewer (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), NULL);

  return self->reviewer;
}

gboolean
chorus_review_get_blind (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), FALSE);

  return self->blind;
}

void
chorus_review_set_blind (ChorusReview *self,
                         gboolean      blind)
{
  g_return_if_fail (CHORUS_IS_REVIEW (self));

  blind = !!blind;
  if (self->blind == blind)
    return;

  self->blind = blind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLIND]);
}

double
chorus_review_get_threshold (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), (double) NAN);

  return self->threshold;
}

void
chorus_review_set_threshold (ChorusReview *self,
                             double        threshold)
{
  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (isnan (threshold) || (threshold >= 0 && threshold <= 1));

  if (self->threshold == threshold || (isnan (self->threshold) && isnan (threshold)))
    return;

  self->threshold = threshold;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}

gboolean
chorus_review_get_can_undo (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), FALSE);

  return !g_queue_is_empty (self->given);
}

gboolean
chorus_review_get_can_redo (ChorusReview *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW (self), FALSE);

  return !g_queue_is_empty (self->taken_back);
}

static void
chorus_review_queues_changed (ChorusReview *self)
{
  const gboolean can_undo = chorus_review_get_can_undo (self);
  const gboolean can_redo = chorus_review_get_can_redo (self);

  if (self->can_undo != can_undo)
    {
      self->can_undo = can_undo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
    }
  if (self->can_redo != can_redo)
    {
      self->can_redo = can_redo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
    }
}

/* Puts a step on top of one list, and takes it out of the other. */
static void
chorus_review_move (ChorusReview     *self,
                    ChorusReviewStep *step,
                    GQueue           *from,
                    GQueue           *to)
{
  if (g_queue_remove (from, step))
    g_queue_push_head (to, step);
  chorus_review_queues_changed (self);
}

static void
chorus_review_forget (ChorusReview     *self,
                      ChorusReviewStep *step)
{
  if (g_queue_remove (self->given, step) || g_queue_remove (self->taken_back, step))
    chorus_review_step_unref (step);
  chorus_review_queues_changed (self);
}

static ChorusReviewAction
chorus_review_get_action (GTask *task)
{
  return GPOINTER_TO_UINT (g_task_get_source_tag (task));
}

/* A step that was not done cannot be taken back; one that could not be taken back, or done again, can still be. */
static void
chorus_review_settle (ChorusReview              *self,
                      ChorusReviewStep          *step,
                      ChorusReviewAction         action,
                      const ChorusReviewOutcome *outcome)
{
  switch (action)
    {
    case CHORUS_REVIEW_UNDO:
      if (!outcome)
        chorus_review_move (self, step, self->taken_back, self->given);
      break;

    case CHORUS_REVIEW_REDO:
      if (!outcome)
        chorus_review_move (self, step, self->given, self->taken_back);
      break;

    case CHORUS_REVIEW_DO:
    default:
      if (!outcome || !outcome->changed)
        chorus_review_forget (self, step);
    }
}

static void
chorus_review_show (ChorusReview              *self,
                    ChorusReviewStep          *step,
                    const ChorusReviewOutcome *outcome)
{
  if (outcome->added && step->detections->len == 0)
    g_ptr_array_add (step->detections, g_object_ref (outcome->added));

  for (guint i = 0; i < outcome->counts->len; i++)
    {
      const ChorusReviewCounts *counts = &g_array_index (outcome->counts, ChorusReviewCounts, i);

      if (step->recording && chorus_recording_get_recording_id (step->recording) == counts->recording_id)
        chorus_recording_set_counts (step->recording, counts->n_detections, counts->n_species, counts->n_reviewed);
      if (self->library && outcome->changed)
        chorus_library_reread_recording (self->library, counts->recording_id);
    }
  for (guint i = 0; i < step->detections->len && i < outcome->states->len; i++)
    {
      ChorusDetection *detection = g_ptr_array_index (step->detections, i);

      chorus_detection_set_state (detection, &g_array_index (outcome->states, ChorusDetectionState, i));
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, detection);
    }
}

static void
chorus_review_written_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusReview *self = g_task_get_source_object (task);
  ChorusReviewStep *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusReviewOutcome) outcome = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  chorus_review_settle (self, step, chorus_review_get_action (task), outcome);
  if (!outcome)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_review_show (self, step, outcome);
  g_task_return_boolean (task, TRUE);
}

/* On the store's thread */
static gpointer
chorus_review_write (ChorusDatabase  *db,
                     gpointer         data,
                     GError         **error)
{
  return chorus_review_rows_write (db, &((ChorusReviewStepJob *) data)->job, error);
}

static void
chorus_review_start (ChorusReview        *self,
                     ChorusReviewStep    *step,
                     ChorusReviewAction   action,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ChorusReviewStepJob *job = g_new0 (ChorusReviewStepJob, 1);

  g_task_set_source_tag (task, GUINT_TO_POINTER (action));
  g_task_set_task_data (task, g_atomic_rc_box_acquire (step), (GDestroyNotify) chorus_review_step_unref);
  /* What is written is written: the answer tells, whatever is cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  job->step = g_atomic_rc_box_acquire (step);
  job->job = (ChorusReviewJob){
    .change = &step->change,
    .undo = action == CHORUS_REVIEW_UNDO,
    .blind = self->blind,
    .reviewer = g_strdup (self->reviewer),
    .threshold = self->threshold,
  };
  chorus_store_run_async (self->store, chorus_review_write, job, (GDestroyNotify) chorus_review_step_job_free,
                          (GDestroyNotify) chorus_review_outcome_free, cancellable, chorus_review_written_cb,
                          g_object_ref (task));
}

/* At once, so that an undo that follows takes back this one although it is still being written. */
void
chorus_review_give (ChorusReview        *self,
                    ChorusReviewStep    *step,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_queue_push_head (self->given, g_atomic_rc_box_acquire (step));
  g_queue_clear_full (self->taken_back, (GDestroyNotify) chorus_review_step_unref);
  chorus_review_queues_changed (self);
  chorus_review_start (self, step, CHORUS_REVIEW_DO, cancellable, callback, user_data);
}

gboolean
chorus_review_step_finish (ChorusReview  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The first detection of a step; none where there was no step. */
static ChorusDetection *
chorus_review_finish_with_first (ChorusReview  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  ChorusReviewStep *step = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  step = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error) || step->detections->len == 0)
    return NULL;

  return g_object_ref (g_ptr_array_index (step->detections, 0));
}

ChorusDetection *
chorus_review_add_finish (ChorusReview  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return chorus_review_finish_with_first (self, result, error);
}

static void
chorus_review_go (ChorusReview        *self,
                  ChorusReviewAction   action,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GQueue *from = action == CHORUS_REVIEW_UNDO ? self->given : self->taken_back;
  ChorusReviewStep *step = g_queue_peek_head (from);

  if (!step)
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, GUINT_TO_POINTER (action));
      g_task_return_boolean (task, FALSE);
      return;
    }

  chorus_review_move (self, step, from, action == CHORUS_REVIEW_UNDO ? self->taken_back : self->given);
  chorus_review_start (self, step, action, cancellable, callback, user_data);
}

void
chorus_review_undo_async (ChorusReview        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_REVIEW (self));

  chorus_review_go (self, CHORUS_REVIEW_UNDO, cancellable, callback, user_data);
}

ChorusDetection *
chorus_review_undo_finish (ChorusReview  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return chorus_review_finish_with_first (self, result, error);
}

void
chorus_review_redo_async (ChorusReview        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_REVIEW (self));

  chorus_review_go (self, CHORUS_REVIEW_REDO, cancellable, callback, user_data);
}

ChorusDetection *
chorus_review_redo_finish (ChorusReview  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return chorus_review_finish_with_first (self, result, error);
}

GPtrArray *
chorus_review_dup_detections (ChorusReview *self,
                              GAsyncResult *result)
{
  ChorusReviewStep *step = NULL;
  GPtrArray *detections = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  detections = g_ptr_array_new_with_free_func (g_object_unref);
  step = g_task_get_task_data (G_TASK (result));
  for (guint i = 0; step && i < step->detections->len; i++)
    g_ptr_array_add (detections, g_object_ref (g_ptr_array_index (step->detections, i)));

  return detections;
}
