/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counting by day and hour in the store. For the store's thread. */

#pragma once

#include "chorus-activity.h"
#include "chorus-scope.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

/**
 * ChorusActivityQuestion:
 * @profile_id: the profile
 * @scope: whose recordings
 * @species: (nullable): the species whose detections are counted, or %NULL to count recordings
 * @threshold: the least confidence of a detection that counts, or 0
 *
 * What is counted.
 */
typedef struct
{
  char *profile_id;
  ChorusScope *scope;
  char *species;
  double threshold;
} ChorusActivityQuestion;

void chorus_activity_question_free (ChorusActivityQuestion *self);

/* A ChorusStoreFunc from a ChorusActivityQuestion to a ChorusActivity. */
gpointer chorus_activity_rows_count (ChorusDatabase  *db,
                                     gpointer         data,
                                     GError         **error);

/* @cells is a GArray of ChorusActivityCell, sorted by day and hour, whose counts are above 0. */
ChorusActivity *chorus_activity_new (GArray  *cells,
                                     guint64  n_untimed,
                                     guint64  n_without_zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
