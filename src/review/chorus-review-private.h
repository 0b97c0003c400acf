/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusReview share. */

#pragma once

#include "chorus-review-rows.h"
#include "chorus-review.h"

G_BEGIN_DECLS

/* A step that was given, shared by the lists of what can be undone and redone and the jobs of the store. */
typedef struct
{
  ChorusRecording *recording; /* (nullable) */
  GPtrArray *detections;      /* of ChorusDetection, as in the change */
  ChorusReviewChange change;
} ChorusReviewStep;

void chorus_review_step_unref (ChorusReviewStep *self);

void chorus_review_give (ChorusReview        *self,
                         ChorusReviewStep    *step,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReviewStep, chorus_review_step_unref)

G_END_DECLS
