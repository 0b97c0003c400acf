/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The detections of several deployments, merged into one order while they are read. For the store's thread. */

#pragma once

#include "chorus-review-queue-rows.h"
#include "chorus-thresholds.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

/**
 * ChorusReviewStreams:
 *
 * One statement for each deployment, each of which an index answers in order, and a merge of what they say: as much is read
 * as is asked for, however many detections there are.
 */
typedef struct _ChorusReviewStreams ChorusReviewStreams;

/**
 * chorus_review_streams_new:
 * @db: a connection that outlives it
 * @spec: what to read, in the order of confidence or date
 * @after: (nullable): where to go on, or %NULL for the beginning
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): what is read from
 */
ChorusReviewStreams *chorus_review_streams_new (ChorusDatabase               *db,
                                                const ChorusReviewQueueSpec  *spec,
                                                const ChorusQueueKey         *after,
                                                GError                      **error) G_GNUC_WARN_UNUSED_RESULT;
void chorus_review_streams_free (ChorusReviewStreams *self);

/**
 * chorus_review_streams_next:
 * @self: what is read from
 * @key: (inout): cleared, and set to the next
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether there is one
 */
ChorusStep chorus_review_streams_next (ChorusReviewStreams  *self,
                                       ChorusQueueKey       *key,
                                       GError              **error);

/* Which comes first in the order of a queue: below 0 for @a. */
int chorus_queue_key_compare (const ChorusQueueKey *a,
                              const ChorusQueueKey *b,
                              ChorusReviewOrder     order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusReviewStreams, chorus_review_streams_free)

G_END_DECLS
