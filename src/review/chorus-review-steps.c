/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps that a reviewer can take. */

#include "config.h"

#include "chorus-review-private.h"

static ChorusReviewStep *
chorus_review_step_new (ChorusReviewKind kind)
{
  ChorusReviewStep *self = g_atomic_rc_box_new0 (ChorusReviewStep);

  self->detections = g_ptr_array_new_with_free_func (g_object_unref);
  chorus_review_change_init (&self->change, kind);

  return self;
}

static void
chorus_review_step_clear (gpointer data)
{
  ChorusReviewStep *self = data;

  g_clear_object (&self->recording);
  g_ptr_array_unref (self->detections);
  chorus_review_change_clear (&self->change);
}

void
chorus_review_step_unref (ChorusReviewStep *self)
{
  g_atomic_rc_box_release_full (self, chorus_review_step_clear);
}

static void
chorus_review_step_add (ChorusReviewStep *self,
                        ChorusDetection  *detection)
{
  g_ptr_array_add (self->detections, g_object_ref (detection));
  chorus_review_change_add (&self->change, chorus_detection_get_detection_id (detection));
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
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));
  g_return_if_fail (CHORUS_IS_DETECTION (detection));

  step = chorus_review_step_new (CHORUS_REVIEW_VERDICT);
  step->recording = g_object_ref (recording);
  step->change.verdict = verdict;
  chorus_review_step_add (step, detection);
  chorus_review_give (self, step, cancellable, callback, user_data);
}

gboolean
chorus_review_set_verdict_finish (ChorusReview  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return chorus_review_step_finish (self, result, error);
}

static ChorusReviewStep *
chorus_review_step_new_for_many (ChorusReviewKind  kind,
                                 GPtrArray        *detections)
{
  ChorusReviewStep *self = chorus_review_step_new (kind);

  for (guint i = 0; i < detections->len; i++)
    chorus_review_step_add (self, g_ptr_array_index (detections, i));

  return self;
}

void
chorus_review_judge_async (ChorusReview        *self,
                           GPtrArray           *detections,
                           ChorusVerdict        verdict,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (detections != NULL);

  step = chorus_review_step_new_for_many (CHORUS_REVIEW_VERDICT, detections);
  step->change.verdict = verdict;
  chorus_review_give (self, step, cancellable, callback, user_data);
}

void
chorus_review_rename_async (ChorusReview        *self,
                            GPtrArray           *detections,
                            const char          *scientific_name,
                            const char          *common_name,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (detections != NULL);
  g_return_if_fail ((scientific_name && *scientific_name != '\0') || (common_name && *common_name != '\0'));

  step = chorus_review_step_new_for_many (CHORUS_REVIEW_VERDICT, detections);
  step->change.verdict = CHORUS_VERDICT_CONFIRMED;
  step->change.scientific_name = scientific_name && *scientific_name != '\0' ? g_strdup (scientific_name) : NULL;
  step->change.common_name = common_name && *common_name != '\0' ? g_strdup (common_name) : NULL;
  chorus_review_give (self, step, cancellable, callback, user_data);
}

void
chorus_review_set_note_async (ChorusReview        *self,
                              GPtrArray           *detections,
                              const char          *note,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (detections != NULL);

  step = chorus_review_step_new_for_many (CHORUS_REVIEW_NOTE, detections);
  step->change.note = note && *note != '\0' ? g_strdup (note) : NULL;
  chorus_review_give (self, step, cancellable, callback, user_data);
}

void
chorus_review_set_starred_async (ChorusReview        *self,
                                 GPtrArray           *detections,
                                 gboolean             starred,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (detections != NULL);

  step = chorus_review_step_new_for_many (CHORUS_REVIEW_STAR, detections);
  step->change.starred = !!starred;
  chorus_review_give (self, step, cancellable, callback, user_data);
}

void
chorus_review_add_async (ChorusReview                *self,
                         gint64                       recording_id,
                         const ChorusResultDetection *what,
                         GCancellable                *cancellable,
                         GAsyncReadyCallback          callback,
                         gpointer                     user_data)
{
  g_autoptr (ChorusReviewStep) step = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW (self));
  g_return_if_fail (what != NULL);

  step = chorus_review_step_new (CHORUS_REVIEW_ADD);
  step->change.verdict = CHORUS_VERDICT_CONFIRMED;
  step->change.recording_id = recording_id;
  step->change.added = chorus_result_detection_new ();
  step->change.added->scientific_name = g_strdup (what->scientific_name);
  step->change.added->common_name = g_strdup (what->common_name);
  step->change.added->start = what->start;
  step->change.added->end = what->end;
  step->change.added->low = what->low;
  step->change.added->high = what->high;
  chorus_review_give (self, step, cancellable, callback, user_data);
}
