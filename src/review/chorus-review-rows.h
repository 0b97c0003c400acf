/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What reviewers say, in the store. For the store's thread. */

#pragma once

#include "library/chorus-detection.h"
#include "library/chorus-result.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

/* The columns of CHORUS_DETECTION_STATE_COLUMNS as one reviewer alone has left them: of the detection ?1 and the reviewer
 * ?2. */
#define CHORUS_REVIEW_SELECT_OWN_STATE                                                                                 \
  "SELECT coalesce(v.verdict, 'none'), v.scientific_name, v.common_name,"                                              \
  " CASE WHEN v.verdict <> 'none' THEN v.reviewer END, CASE WHEN v.verdict <> 'none' THEN v.created_at END,"           \
  " (SELECT note FROM notes WHERE detection_id = ?1 AND reviewer = ?2 ORDER BY note_id DESC LIMIT 1),"                 \
  " coalesce((SELECT starred FROM stars WHERE detection_id = ?1 AND reviewer = ?2 ORDER BY star_id DESC LIMIT 1), 0)"  \
  " FROM (SELECT max(verdict_id) AS last FROM standing_verdicts WHERE detection_id = ?1 AND reviewer = ?2)"            \
  " LEFT JOIN verdicts v ON v.verdict_id = last"

/**
 * ChorusReviewKind:
 * @CHORUS_REVIEW_VERDICT: a verdict, perhaps with another species
 * @CHORUS_REVIEW_NOTE: a note
 * @CHORUS_REVIEW_STAR: a mark as a good example
 * @CHORUS_REVIEW_ADD: a detection that the model missed
 *
 * What a step of a review does.
 */
typedef enum
{
  CHORUS_REVIEW_VERDICT,
  CHORUS_REVIEW_NOTE,
  CHORUS_REVIEW_STAR,
  CHORUS_REVIEW_ADD,
} ChorusReviewKind;

/**
 * ChorusReviewSaid:
 * @detection_id: a detection
 * @row: the verdict that was added for it, or 0 when nothing was
 * @note: (nullable): the note that was in force before
 * @starred: whether it was marked before
 * @changed: whether anything was added
 *
 * What a step did to one detection, which is what an undo needs to know.
 */
typedef struct
{
  gint64 detection_id;
  gint64 row;
  char *note;
  gboolean starred;
  gboolean changed;
} ChorusReviewSaid;

/**
 * ChorusReviewChange:
 * @kind: what it does
 * @verdict: the verdict to give
 * @scientific_name: (nullable): the species to name instead
 * @common_name: (nullable): its common name
 * @note: (nullable): the note to write
 * @starred: whether to mark
 * @recording_id: the recording to add a detection to
 * @added: (nullable): the detection to add
 * @stored: whether it is in the store already; known to the store's thread alone
 * @said: (element-type ChorusReviewSaid): the detections; known to the store's thread alone once the change is given
 *
 * A step of a review: the same for one or many detections.
 */
typedef struct
{
  ChorusReviewKind kind;
  ChorusVerdict verdict;
  char *scientific_name;
  char *common_name;
  char *note;
  gboolean starred;
  gint64 recording_id;
  ChorusResultDetection *added;
  gboolean stored;
  GArray *said;
} ChorusReviewChange;

void chorus_review_change_init (ChorusReviewChange *self,
                                ChorusReviewKind    kind);
void chorus_review_change_add (ChorusReviewChange *self,
                               gint64              detection_id);
void chorus_review_change_clear (ChorusReviewChange *self);

/**
 * ChorusReviewJob:
 * @change: the step, which outlives the job
 * @undo: whether to take it back
 * @blind: whether the reviewer sees nothing of what others say
 * @reviewer: who does it
 * @threshold: the confidence above which they see detections, or NaN for the one that the store remembers
 *
 * What chorus_review_rows_write() takes.
 */
typedef struct
{
  ChorusReviewChange *change;
  gboolean undo;
  gboolean blind;
  char *reviewer;
  double threshold;
} ChorusReviewJob;

/**
 * ChorusReviewCounts:
 * @recording_id: a recording
 * @n_detections: how many detections are shown of it
 * @n_species: of how many species
 * @n_reviewed: how many have a verdict
 *
 * The counts of a recording as they are now.
 */
typedef struct
{
  gint64 recording_id;
  guint n_detections;
  guint n_species;
  guint n_reviewed;
} ChorusReviewCounts;

/**
 * ChorusReviewOutcome:
 * @changed: whether anything was written
 * @states: (element-type ChorusDetectionState): how each detection of the step stands now
 * @counts: (element-type ChorusReviewCounts): of each recording that they are in
 * @added: (nullable): the detection that was added
 *
 * What chorus_review_rows_write() returns.
 */
typedef struct
{
  gboolean changed;
  GArray *states;
  GArray *counts;
  ChorusDetection *added;
} ChorusReviewOutcome;

void chorus_review_outcome_free (ChorusReviewOutcome *self);

/* A ChorusStoreFunc from a ChorusReviewJob to a ChorusReviewOutcome: writes all of a step or nothing of it. */
gpointer chorus_review_rows_write (ChorusDatabase  *db,
                                   gpointer         data,
                                   GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReviewOutcome, chorus_review_outcome_free)

G_END_DECLS
