/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-queue-rows.h"

#include <math.h>

#include "chorus-review-rows.h"
#include "chorus-review-streams.h"
#include "library/chorus-detection-rows.h"
#include "store/chorus-transaction.h"

/* How far a queue is read up to where it was left. */
#define CHORUS_QUEUE_FAR 5000

void
chorus_queue_key_clear (ChorusQueueKey *self)
{
  g_clear_pointer (&self->moment, g_free);
}

ChorusQueueQuestion *
chorus_queue_question_new (const ChorusReviewQueueSpec *spec)
{
  ChorusQueueQuestion *self = g_new0 (ChorusQueueQuestion, 1);

  self->spec = chorus_review_queue_spec_copy (spec);

  return self;
}

void
chorus_queue_question_free (ChorusQueueQuestion *self)
{
  chorus_review_queue_spec_free (self->spec);
  g_clear_pointer (&self->ids, g_array_unref);
  chorus_queue_key_clear (&self->after);
  g_free (self);
}

static ChorusQueuePage *
chorus_queue_page_new (void)
{
  ChorusQueuePage *self = g_new0 (ChorusQueuePage, 1);

  self->detections = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
chorus_queue_page_free (ChorusQueuePage *self)
{
  g_ptr_array_unref (self->detections);
  chorus_queue_key_clear (&self->last);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

void
chorus_queue_position_free (ChorusQueuePosition *self)
{
  chorus_review_queue_spec_free (self->spec);
  g_free (self);
}

/* Reads detections one by one by their ids. */
typedef struct
{
  const ChorusReviewQueueSpec *spec;
  ChorusStatement *select;
  ChorusStatement *own; /* NULL unless blind */
} ChorusQueueReader;

static void
chorus_queue_reader_clear (ChorusQueueReader *self)
{
  g_clear_pointer (&self->select, chorus_statement_free);
  g_clear_pointer (&self->own, chorus_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusQueueReader, chorus_queue_reader_clear)

static gboolean
chorus_queue_reader_prepare (ChorusQueueReader            *self,
                             ChorusDatabase               *db,
                             const ChorusReviewQueueSpec  *spec,
                             GError                      **error)
{
  self->spec = spec;
  self->select = chorus_statement_new (db,
                                       "SELECT " CHORUS_DETECTION_COLUMNS " FROM " CHORUS_DETECTION_TABLES
                                       " WHERE d.detection_id = ? AND d.shown_in IS NOT NULL",
                                       error);
  if (!self->select)
    return FALSE;
  if (spec->blind)
    self->own = chorus_statement_new (db, CHORUS_REVIEW_SELECT_OWN_STATE, error);

  return !spec->blind || self->own != NULL;
}

/* @detection becomes NULL where there is none that is shown. */
static gboolean
chorus_queue_reader_read (ChorusQueueReader  *self,
                          gint64              detection_id,
                          ChorusDetection   **detection,
                          GError            **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  *detection = NULL;
  chorus_statement_bind_int64 (self->select, 1, detection_id);
  step = chorus_statement_step (self->select, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;
  *detection = chorus_detection_new_from_row (self->select);
  chorus_statement_reset (self->select);

  if (self->own)
    {
      g_auto (ChorusDetectionState) state = { 0 };

      chorus_statement_bind_int64 (self->own, 1, detection_id);
      chorus_statement_bind_text (self->own, 2, self->spec->reviewer);
      if (chorus_statement_step (self->own, error) != CHORUS_STEP_ROW)
        {
          g_clear_object (detection);
          return FALSE;
        }
      chorus_detection_state_from_row (self->own, 0, &state);
      chorus_statement_reset (self->own);
      chorus_detection_set_state (*detection, &state);
    }

  return TRUE;
}

/* Where the queue was left: @key has the detection 0 where it was not, or where that is gone. */
static gboolean
chorus_queue_rows_read_position (ChorusDatabase               *db,
                                 const ChorusReviewQueueSpec  *spec,
                                 ChorusQueueKey               *key,
                                 GError                      **error)
{
  g_autofree char *name = chorus_review_queue_spec_dup_name (spec);
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT d.score, coalesce(r.recorded_at, '~'), r.recording_id, coalesce(d.start_time, 0),"
                          "  d.detection_id FROM queue_positions q JOIN detections d USING (detection_id)"
                          "  JOIN recordings r USING (recording_id)"
                          " WHERE q.profile_id = ? AND q.queue = ? AND q.reviewer = ?",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, spec->scope.profile_id);
  chorus_statement_bind_text (select, 2, name);
  chorus_statement_bind_text (select, 3, spec->reviewer ? spec->reviewer : "");
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ROW)
    *key = (ChorusQueueKey){
      .score = chorus_statement_get_double (select, 0),
      .moment = chorus_statement_dup_text (select, 1),
      .recording_id = chorus_statement_get_int64 (select, 2),
      .start = chorus_statement_get_double (select, 3),
      .detection_id = chorus_statement_get_int64 (select, 4),
    };

  return step != CHORUS_STEP_ERROR;
}

/* Makes "after" a key mean "from" it. */
static void
chorus_queue_key_step_back (ChorusQueueKey    *self,
                            ChorusReviewOrder  order)
{
  self->detection_id += order == CHORUS_REVIEW_CONFIDENCE_DOWN ? 1 : -1;
}

static gboolean
chorus_queue_rows_read_on (ChorusQueueReader     *reader,
                           ChorusReviewStreams   *streams,
                           const ChorusQueueKey  *position,
                           guint                  n,
                           ChorusQueuePage       *page,
                           GError               **error)
{
  const ChorusReviewOrder order = reader->spec->order;
  gboolean seeks = position->detection_id != 0;
  guint n_wanted = n;

  while (page->detections->len < n_wanted || (seeks && page->detections->len < CHORUS_QUEUE_FAR))
    {
      ChorusDetection *detection = NULL;
      const ChorusStep step = chorus_review_streams_next (streams, &page->last, error);

      if (step == CHORUS_STEP_ERROR)
        return FALSE;
      page->at_end = step == CHORUS_STEP_DONE;
      if (page->at_end)
        break;
      if (seeks && chorus_queue_key_compare (&page->last, position, order) >= 0)
        {
          seeks = FALSE;
          page->position = page->detections->len;
          n_wanted = page->position + n;
        }
      if (!chorus_queue_reader_read (reader, page->last.detection_id, &detection, error))
        return FALSE;
      if (detection)
        g_ptr_array_add (page->detections, detection);
    }
  /* All that is left stands before where it was left. */
  if (seeks && page->at_end && page->detections->len > 0)
    page->position = page->detections->len - 1;
  else if (seeks)
    page->position = G_MAXUINT;

  return TRUE;
}

static gboolean
chorus_queue_rows_read_in_order (ChorusDatabase             *db,
                                 const ChorusQueueQuestion  *question,
                                 ChorusQueueReader          *reader,
                                 ChorusQueuePage            *page,
                                 GError                    **error)
{
  g_autoptr (ChorusReviewStreams) streams = NULL;
  g_auto (ChorusQueueKey) position = { 0 };
  const ChorusQueueKey nowhere = { 0 };

  if (question->to_position && !chorus_queue_rows_read_position (db, question->spec, &position, error))
    return FALSE;
  streams = chorus_review_streams_new (db, question->spec, question->resumes ? &question->after : NULL, error);
  if (!streams || !chorus_queue_rows_read_on (reader, streams, &position, question->n, page, error))
    return FALSE;
  if (page->position != G_MAXUINT)
    return TRUE;

  /* It is too far to read all before it. */
  g_clear_pointer (&streams, chorus_review_streams_free);
  g_ptr_array_set_size (page->detections, 0);
  page->position = 0;
  chorus_queue_key_step_back (&position, question->spec->order);
  streams = chorus_review_streams_new (db, question->spec, &position, error);

  return streams && chorus_queue_rows_read_on (reader, streams, &nowhere, question->n, page, error);
}

/* Of detections that are known by their ids the filters are asked one by one. */
static gboolean
chorus_queue_rows_read_ids (ChorusDatabase             *db,
                            const ChorusQueueQuestion  *question,
                            ChorusQueueReader          *reader,
                            ChorusQueuePage            *page,
                            GError                    **error)
{
  GArray *ids = page->ids ? page->ids : question->ids;
  g_auto (ChorusQueueKey) position = { 0 };
  gboolean seeks = FALSE;
  guint n_wanted = question->n;

  if (question->to_position && !chorus_queue_rows_read_position (db, question->spec, &position, error))
    return FALSE;
  for (guint i = question->first; position.detection_id != 0 && i < ids->len; i++)
    seeks |= g_array_index (ids, gint64, i) == position.detection_id;

  for (page->next = question->first; page->next < ids->len && (seeks || page->detections->len < n_wanted); page->next++)
    {
      const gint64 id = g_array_index (ids, gint64, page->next);
      g_autoptr (ChorusDetection) detection = NULL;

      if (seeks && id == position.detection_id)
        {
          seeks = FALSE;
          page->position = page->detections->len;
          n_wanted = page->position + question->n;
        }
      if (!chorus_queue_reader_read (reader, id, &detection, error))
        return FALSE;
      if (detection
          && !(question->spec->only_unreviewed && chorus_detection_get_verdict (detection) != CHORUS_VERDICT_NONE)
          && !(question->spec->blind && chorus_detection_get_origin (detection) == CHORUS_DETECTION_PERSON))
        g_ptr_array_add (page->detections, g_steal_pointer (&detection));
    }
  page->at_end = page->next >= ids->len;
  if (page->position >= page->detections->len)
    page->position = page->detections->len > 0 ? page->detections->len - 1 : 0;

  return TRUE;
}

gpointer
chorus_queue_rows_read (ChorusDatabase  *db,
                        gpointer         data,
                        GError         **error)
{
  const ChorusQueueQuestion *question = data;
  const ChorusReviewQueueSpec *spec = question->spec;
  g_autoptr (ChorusQueuePage) page = chorus_queue_page_new ();
  g_auto (ChorusQueueReader) reader = { 0 };
  gboolean read = FALSE;

  if (!chorus_queue_reader_prepare (&reader, db, spec, error))
    return NULL;

  if (spec->order == CHORUS_REVIEW_SAMPLE && !question->ids)
    {
      page->ids = chorus_queue_rows_draw (db, spec, error);
      if (!page->ids)
        return NULL;
    }
  if (question->ids || page->ids)
    read = chorus_queue_rows_read_ids (db, question, &reader, page, error);
  else
    read = chorus_queue_rows_read_in_order (db, question, &reader, page, error);

  return read ? g_steal_pointer (&page) : NULL;
}

gpointer
chorus_queue_rows_write_position (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error)
{
  const ChorusQueuePosition *position = data;
  g_autofree char *name = chorus_review_queue_spec_dup_name (position->spec);
  g_autoptr (ChorusStatement) insert = chorus_statement_new (
    db,
    "INSERT INTO queue_positions (profile_id, queue, reviewer, detection_id) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (profile_id, queue, reviewer) DO UPDATE SET detection_id = excluded.detection_id",
    error);

  if (!insert)
    return NULL;
  chorus_statement_bind_text (insert, 1, position->spec->scope.profile_id);
  chorus_statement_bind_text (insert, 2, name);
  chorus_statement_bind_text (insert, 3, position->spec->reviewer ? position->spec->reviewer : "");
  chorus_statement_bind_int64 (insert, 4, position->detection_id);
  chorus_statement_run (insert, error);

  return NULL;
}
