/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-review-queue-spec.h"
#include "chorus-review.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_REVIEW_QUEUE (chorus_review_queue_get_type ())

/**
 * ChorusReviewQueue:
 *
 * Detections of many recordings, in the order in which they are to be reviewed: a #GListModel of #ChorusDetection.
 *
 * It is read in pages, and grows at its end as it is looked at, so that a queue of millions opens as fast as one of ten.
 * What gets a verdict stays where it is and is left out the next time that the queue is opened. Where a reviewer leaves a
 * queue it is opened again.
 *
 * Every getter is also a property: loading, at-end, n-total, n-left, position.
 */
G_DECLARE_FINAL_TYPE (ChorusReviewQueue, chorus_review_queue, CHORUS, REVIEW_QUEUE, GObject)

/**
 * chorus_review_queue_new:
 * @store: the store of the application
 * @spec: what it holds; copied
 * @review: (nullable): a session; what is said in it about these detections through other objects, and what is added by it,
 *   is followed
 *
 * Returns: (transfer full): an empty queue, to be opened
 */
ChorusReviewQueue *chorus_review_queue_new (ChorusStore                 *store,
                                            const ChorusReviewQueueSpec *spec,
                                            ChorusReview                *review) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_review_queue_get_spec:
 * @self: a queue
 *
 * Returns: (transfer none): what it holds; of a sample the seed is there to be shown
 */
const ChorusReviewQueueSpec *chorus_review_queue_get_spec (ChorusReviewQueue *self);

/**
 * chorus_review_queue_open_async:
 * @self: a queue
 *
 * Reads the first page, up to where this reviewer left the queue before and beyond. The counts follow by themselves.
 */
void chorus_review_queue_open_async (ChorusReviewQueue   *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean chorus_review_queue_open_finish (ChorusReviewQueue  *self,
                                          GAsyncResult       *result,
                                          GError            **error);

/**
 * chorus_review_queue_load_more_async:
 * @self: a queue
 *
 * Reads the next page. It is done by itself when an item near the end is asked for; there it fails in silence and is tried
 * again with the next item.
 */
void chorus_review_queue_load_more_async (ChorusReviewQueue   *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean chorus_review_queue_load_more_finish (ChorusReviewQueue  *self,
                                               GAsyncResult       *result,
                                               GError            **error);

/**
 * chorus_review_queue_get_loading:
 * @self: a queue
 *
 * Returns: whether a page is being read
 */
gboolean chorus_review_queue_get_loading (ChorusReviewQueue *self);

/**
 * chorus_review_queue_get_at_end:
 * @self: a queue
 *
 * Returns: whether all there is has been read
 */
gboolean chorus_review_queue_get_at_end (ChorusReviewQueue *self);

/**
 * chorus_review_queue_get_n_total:
 * @self: a queue
 *
 * Returns: how many detections it is about, with a verdict or without
 */
guint64 chorus_review_queue_get_n_total (ChorusReviewQueue *self);

/**
 * chorus_review_queue_get_n_left:
 * @self: a queue
 *
 * Returns: how many of them have no verdict yet; it follows what is said
 */
guint64 chorus_review_queue_get_n_left (ChorusReviewQueue *self);

/**
 * chorus_review_queue_get_position:
 * @self: a queue
 *
 * Returns: which item is being looked at; when the queue has been opened, where it was left
 */
guint chorus_review_queue_get_position (ChorusReviewQueue *self);

/**
 * chorus_review_queue_set_position:
 * @self: a queue
 * @position: an item
 *
 * Goes to an item, and remembers it in the store.
 */
void chorus_review_queue_set_position (ChorusReviewQueue *self,
                                       guint              position);

/**
 * chorus_review_queue_find_next:
 * @self: a queue
 * @from: where to begin to look
 *
 * Returns: the first item from there on that has no verdict and was not withdrawn, or %G_MAXUINT if there is none among
 *   those that were read
 */
guint chorus_review_queue_find_next (ChorusReviewQueue *self,
                                     guint              from);

/**
 * chorus_review_queue_skip:
 * @self: a queue
 *
 * Goes on to the next item that has no verdict, without deciding on this one. It stays in the queue.
 *
 * Returns: whether there is one
 */
gboolean chorus_review_queue_skip (ChorusReviewQueue *self);

G_END_DECLS
