/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-review-scope.h"

G_BEGIN_DECLS

/**
 * ChorusReviewOrder:
 * @CHORUS_REVIEW_CONFIDENCE_DOWN: the most certain first, those without a confidence last
 * @CHORUS_REVIEW_CONFIDENCE_UP: the least certain first, those without a confidence before them
 * @CHORUS_REVIEW_DATE: by when the recording began, as its clock had it, then by where they start in it
 * @CHORUS_REVIEW_SAMPLE: a stratified random sample
 * @CHORUS_REVIEW_GIVEN: those that were given, in that order
 *
 * In which order detections are reviewed, and which.
 *
 * The sample takes the same number of detections from each of several bins of confidence, equally wide between the
 * threshold and 1, the last closed at 1; a bin that has fewer gives all it has. Within a bin each detection has the same
 * chance: it gets a number that looks random, made from the seed and its id (the finalizer of SplitMix64 by Steele, Lea and
 * Flood, 2014), and the smallest numbers are drawn. So one seed gives one sample in one store, whatever has been reviewed
 * meanwhile; and when detections come, the sample changes only by those of them that are drawn. Sampling with permanent
 * random numbers is described by Ohlsson (1995), "Coordination of samples using permanent random numbers". The order of the
 * sample is that of the numbers, which tells nothing about the confidence.
 */
typedef enum
{
  CHORUS_REVIEW_CONFIDENCE_DOWN,
  CHORUS_REVIEW_CONFIDENCE_UP,
  CHORUS_REVIEW_DATE,
  CHORUS_REVIEW_SAMPLE,
  CHORUS_REVIEW_GIVEN,
} ChorusReviewOrder;

/**
 * ChorusReviewQueueSpec:
 * @scope: where to look, and for which species
 * @order: in which order, and which
 * @threshold: from which confidence on, or NaN for what the store remembers for each species, see [class@Thresholds]
 * @only_unreviewed: whether to leave out what has a verdict
 * @reviewer: who reviews
 * @blind: whether to show nothing of what others say: what has a verdict then means one of @reviewer, and what people have
 *   added is left out; the session that is used with it is to be blind too, see chorus_review_set_blind()
 * @n_bins: of a sample: how many bins
 * @n_per_bin: of a sample: how many from each
 * @seed: of a sample: the seed
 * @ids: (element-type gint64) (nullable): of given ones: which
 *
 * What a queue holds.
 */
typedef struct
{
  ChorusReviewScope scope;
  ChorusReviewOrder order;
  double threshold;
  gboolean only_unreviewed;
  char *reviewer;
  gboolean blind;
  guint n_bins;
  guint n_per_bin;
  guint64 seed;
  GArray *ids;
} ChorusReviewQueueSpec;

/**
 * chorus_review_queue_spec_new:
 * @profile_id: the profile
 * @deployment_ids: (array zero-terminated=1) (nullable): deployments, or %NULL for all of the profile
 * @species: (nullable): a species as it was found, or %NULL for all
 *
 * Returns: (transfer full): what is not reviewed, the most certain first, by the thresholds of the store; for a sample 10 from
 *   each of 10 bins. Set the other fields as wanted; @reviewer is to be a copy.
 */
ChorusReviewQueueSpec *chorus_review_queue_spec_new (const char        *profile_id,
                                                     const char *const *deployment_ids,
                                                     const char        *species) G_GNUC_WARN_UNUSED_RESULT;
ChorusReviewQueueSpec *chorus_review_queue_spec_copy (const ChorusReviewQueueSpec *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_review_queue_spec_free (ChorusReviewQueueSpec *self);

/**
 * chorus_review_queue_spec_dup_name:
 * @self: what a queue holds
 *
 * Returns: (transfer full): a text that is the same for the same queue, whoever reviews: under which its position is kept
 */
char *chorus_review_queue_spec_dup_name (const ChorusReviewQueueSpec *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReviewQueueSpec, chorus_review_queue_spec_free)

G_END_DECLS
