/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Detections across recordings in the order in which they are to be reviewed. For the store's thread. */

#pragma once

#include "chorus-review-queue-spec.h"
#include "library/chorus-detection.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

/**
 * ChorusQueueKey:
 * @score: the confidence, below 0 for none
 * @moment: (nullable): when its recording began, as the store has it
 * @recording_id: its recording
 * @start: where it starts, in seconds
 * @detection_id: the detection
 *
 * Where a detection stands in an order.
 */
typedef struct
{
  double score;
  char *moment;
  gint64 recording_id;
  double start;
  gint64 detection_id;
} ChorusQueueKey;

void chorus_queue_key_clear (ChorusQueueKey *self);

/**
 * ChorusQueueQuestion:
 * @spec: what the queue holds
 * @ids: (element-type gint64) (nullable): its detections, where these are given or were drawn
 * @first: the first of @ids to read
 * @resumes: whether to go on after @after
 * @after: where to go on
 * @n: how many to read at least
 * @to_position: whether to read up to where the queue was left
 *
 * What to read of a queue.
 */
typedef struct
{
  ChorusReviewQueueSpec *spec;
  GArray *ids;
  guint first;
  gboolean resumes;
  ChorusQueueKey after;
  guint n;
  gboolean to_position;
} ChorusQueueQuestion;

/**
 * ChorusQueuePage:
 * @detections: (element-type ChorusDetection): what was read
 * @last: where to go on
 * @next: the first of the ids that was not read
 * @at_end: whether there is nothing after it
 * @position: which of @detections the queue was left at, or the first
 * @ids: (element-type gint64) (nullable): the detections of a sample, when it was drawn just now
 */
typedef struct
{
  GPtrArray *detections;
  ChorusQueueKey last;
  guint next;
  gboolean at_end;
  guint position;
  GArray *ids;
} ChorusQueuePage;

/**
 * ChorusQueueCounts:
 * @n: how many detections the queue is about
 * @n_left: how many of them have no verdict
 */
typedef struct
{
  guint64 n;
  guint64 n_left;
} ChorusQueueCounts;

/**
 * ChorusQueuePosition:
 * @spec: what the queue holds
 * @detection_id: where it is left
 */
typedef struct
{
  ChorusReviewQueueSpec *spec;
  gint64 detection_id;
} ChorusQueuePosition;

ChorusQueueQuestion *chorus_queue_question_new (const ChorusReviewQueueSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
void chorus_queue_question_free (ChorusQueueQuestion *self);
void chorus_queue_page_free (ChorusQueuePage *self);
void chorus_queue_position_free (ChorusQueuePosition *self);

/* ChorusStoreFuncs. The first is from a ChorusQueueQuestion to a ChorusQueuePage: with to_position it reads on until where the
 * queue was left, if that is not far; if it is, it reads from there on. The second is from a ChorusQueueQuestion to a
 * ChorusQueueCounts. The third writes a ChorusQueuePosition. */
gpointer chorus_queue_rows_read (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error);
gpointer chorus_queue_rows_count (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error);
gpointer chorus_queue_rows_write_position (ChorusDatabase  *db,
                                           gpointer         data,
                                           GError         **error);

/* Draws the sample of a queue, see #ChorusReviewOrder: a GArray of gint64 in the order of the draw. */
GArray *chorus_queue_rows_draw (ChorusDatabase               *db,
                                const ChorusReviewQueueSpec  *spec,
                                GError                      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusQueuePage, chorus_queue_page_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusQueueKey, chorus_queue_key_clear)

G_END_DECLS
