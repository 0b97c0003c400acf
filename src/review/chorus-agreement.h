/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-review-scope.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

/**
 * ChorusDifference:
 * @detection_id: a detection
 * @first: what the first reviewer said: which of the labels
 * @second: what the second said
 *
 * A detection on which two reviewers differ.
 */
typedef struct
{
  gint64 detection_id;
  guint first;
  guint second;
} ChorusDifference;

/**
 * ChorusAgreement:
 * @n: how many detections both have judged
 * @labels: (element-type utf8): what was said: confirmed, rejected and uncertain, and then a text for each species that a
 *   detection was renamed to, which is "= " and its name
 * @table: (element-type guint): how often the first said the row and the second the column, row by row, for
 *   chorus_statistics_get_kappa()
 * @differences: (element-type ChorusDifference): where they differ
 *
 * How two reviewers agree.
 */
typedef struct
{
  guint n;
  GPtrArray *labels;
  GArray *table;
  GArray *differences;
} ChorusAgreement;

void chorus_agreement_free (ChorusAgreement *self);

/**
 * chorus_agreement_load_async:
 * @store: the store of the application
 * @scope: where to look, and for which species
 * @first: a reviewer
 * @second: another
 *
 * Compares what two reviewers have said last of each detection of which both have a verdict. To judge independently, one of
 * them reviews blind.
 */
void chorus_agreement_load_async (ChorusStore             *store,
                                  const ChorusReviewScope *scope,
                                  const char              *first,
                                  const char              *second,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);
ChorusAgreement *chorus_agreement_load_finish (ChorusStore   *store,
                                               GAsyncResult  *result,
                                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_reviewers_load_async:
 * @store: the store of the application
 *
 * Lists who has ever given a verdict.
 */
void chorus_reviewers_load_async (ChorusStore         *store,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/**
 * chorus_reviewers_load_finish:
 * @store: the store
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): their names, sorted
 */
char **chorus_reviewers_load_finish (ChorusStore   *store,
                                     GAsyncResult  *result,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusAgreement, chorus_agreement_free)

G_END_DECLS
