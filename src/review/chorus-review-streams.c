/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-streams.h"

#include <math.h>

/* A species that is in fewer than one of so many recordings is looked up and sorted; another is met often enough. */
#define CHORUS_REVIEW_RARE 4

typedef struct
{
  ChorusStatement *select;
  ChorusQueueKey key;
  gboolean live; /* key is to be given out */
} ChorusReviewStream;

struct _ChorusReviewStreams
{
  ChorusDatabase *db; /* borrowed */
  const ChorusReviewQueueSpec *spec;
  ChorusThresholdRows *thresholds;
  const ChorusQueueKey *after;
  GPtrArray *streams; /* of ChorusReviewStream */
};

static void
chorus_review_stream_free (ChorusReviewStream *self)
{
  g_clear_pointer (&self->select, chorus_statement_free);
  chorus_queue_key_clear (&self->key);
  g_free (self);
}

void
chorus_review_streams_free (ChorusReviewStreams *self)
{
  g_ptr_array_unref (self->streams);
  g_clear_pointer (&self->thresholds, chorus_threshold_rows_free);
  g_free (self);
}

static int
chorus_queue_compare_numbers (double a,
                              double b)
{
  return (a > b) - (a < b);
}

int
chorus_queue_key_compare (const ChorusQueueKey *a,
                          const ChorusQueueKey *b,
                          ChorusReviewOrder     order)
{
  int result = 0;

  if (order == CHORUS_REVIEW_DATE)
    {
      result = g_strcmp0 (a->moment, b->moment);
      if (result == 0)
        result = (a->recording_id > b->recording_id) - (a->recording_id < b->recording_id);
      if (result == 0)
        result = chorus_queue_compare_numbers (a->start, b->start);
    }
  else
    result = chorus_queue_compare_numbers (a->score, b->score);
  if (result == 0)
    result = (a->detection_id > b->detection_id) - (a->detection_id < b->detection_id);

  return order == CHORUS_REVIEW_CONFIDENCE_DOWN ? -result : result;
}

/* The text of a statement is put together from constants alone. */
static void
chorus_review_streams_add_filters (ChorusReviewStreams *self,
                                   GString             *sql)
{
  const ChorusReviewQueueSpec *spec = self->spec;

  if (spec->scope.species)
    g_string_append (sql, " AND d.species = :species");
  else if (isnan (spec->threshold) && g_hash_table_size (self->thresholds->species) > 0)
    g_string_append (sql, " AND (d.score < 0 OR d.score >= coalesce((SELECT t.threshold FROM thresholds t"
                          "   WHERE t.profile_id = :profile AND t.species = d.species), :all))");
  if (spec->blind)
    g_string_append (sql, " AND (d.score >= 0 OR d.origin <> 'person')");
  if (spec->only_unreviewed && spec->blind)
    g_string_append (sql,
                     " AND coalesce((SELECT v.verdict FROM standing_verdicts v WHERE v.reviewer = :reviewer"
                     "   AND v.detection_id = d.detection_id ORDER BY v.verdict_id DESC LIMIT 1), 'none') = 'none'");
  else if (spec->only_unreviewed)
    g_string_append (sql, " AND d.outcome = 'none'");
}

static void
chorus_review_streams_bind_text (ChorusStatement *statement,
                                 const char      *sql,
                                 const char      *name,
                                 const char      *value)
{
  if (strstr (sql, name))
    chorus_statement_bind_text (statement, chorus_statement_get_parameter (statement, name), value);
}

static void
chorus_review_streams_bind_double (ChorusStatement *statement,
                                   const char      *sql,
                                   const char      *name,
                                   double           value)
{
  if (strstr (sql, name))
    chorus_statement_bind_double (statement, chorus_statement_get_parameter (statement, name), value);
}

static void
chorus_review_streams_bind_int64 (ChorusStatement *statement,
                                  const char      *sql,
                                  const char      *name,
                                  gint64           value)
{
  if (strstr (sql, name))
    chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, name), value);
}

static ChorusStatement *
chorus_review_streams_prepare (ChorusReviewStreams      *self,
                               const char               *sql,
                               const ChorusReviewPlace  *place,
                               double                    low,
                               double                    high,
                               GError                  **error)
{
  const ChorusReviewQueueSpec *spec = self->spec;
  const gboolean down = spec->order == CHORUS_REVIEW_CONFIDENCE_DOWN;
  const ChorusQueueKey *after = self->after;
  ChorusStatement *statement = chorus_statement_new (self->db, sql, error);

  if (!statement)
    return NULL;

  chorus_review_streams_bind_int64 (statement, sql, ":key", place->key);
  chorus_review_streams_bind_text (statement, sql, ":deployment", place->deployment_id);
  chorus_review_streams_bind_text (statement, sql, ":profile", spec->scope.profile_id);
  chorus_review_streams_bind_text (statement, sql, ":species", spec->scope.species);
  chorus_review_streams_bind_text (statement, sql, ":reviewer", spec->reviewer);
  chorus_review_streams_bind_double (statement, sql, ":all", self->thresholds->all);
  chorus_review_streams_bind_double (statement, sql, ":low", low);
  chorus_review_streams_bind_double (statement, sql, ":high", high);
  /* Without a place to go on from: one before all there is. */
  chorus_review_streams_bind_double (statement, sql, ":score",
                                     after  ? after->score
                                     : down ? G_MAXDOUBLE
                                            : -G_MAXDOUBLE);
  chorus_review_streams_bind_text (statement, sql, ":moment", after ? after->moment : "");
  chorus_review_streams_bind_int64 (statement, sql, ":recording", after ? after->recording_id : 0);
  chorus_review_streams_bind_double (statement, sql, ":start", after ? after->start : -G_MAXDOUBLE);
  chorus_review_streams_bind_int64 (statement, sql, ":detection",
                                    after  ? after->detection_id
                                    : down ? G_MAXINT64
                                           : G_MININT64);

  return statement;
}

static gboolean
chorus_review_streams_advance (ChorusReviewStreams  *self,
                               ChorusReviewStream   *stream,
                               GError              **error)
{
  const ChorusStep step = chorus_statement_step (stream->select, error);

  stream->live = step == CHORUS_STEP_ROW;
  if (!stream->live)
    {
      /* A statement that is at its end would begin again. */
      if (step == CHORUS_STEP_DONE)
        g_clear_pointer (&stream->select, chorus_statement_free);
      return step == CHORUS_STEP_DONE;
    }

  chorus_queue_key_clear (&stream->key);
  stream->key.score = chorus_statement_get_double (stream->select, 0);
  stream->key.detection_id = chorus_statement_get_int64 (stream->select, 1);
  if (self->spec->order == CHORUS_REVIEW_DATE)
    {
      stream->key.moment = chorus_statement_dup_text (stream->select, 2);
      stream->key.recording_id = chorus_statement_get_int64 (stream->select, 3);
      stream->key.start = chorus_statement_get_double (stream->select, 4);
    }

  return TRUE;
}

static gboolean
chorus_review_streams_add (ChorusReviewStreams      *self,
                           const char               *sql,
                           const ChorusReviewPlace  *place,
                           double                    low,
                           double                    high,
                           GError                  **error)
{
  ChorusReviewStream *stream = g_new0 (ChorusReviewStream, 1);

  g_ptr_array_add (self->streams, stream);
  stream->select = chorus_review_streams_prepare (self, sql, place, low, high, error);

  return stream->select && chorus_review_streams_advance (self, stream, error);
}

static gboolean
chorus_review_streams_add_by_confidence (ChorusReviewStreams      *self,
                                         const ChorusReviewPlace  *place,
                                         double                    threshold,
                                         GError                  **error)
{
  const gboolean down = self->spec->order == CHORUS_REVIEW_CONFIDENCE_DOWN;
  g_autoptr (GString) sql = g_string_new ("SELECT d.score, d.detection_id FROM detections d INDEXED BY ");

  g_string_append (sql, self->spec->scope.species ? "detections_to_review" : "detections_by_score");
  g_string_append (sql, " WHERE d.shown_in = :key AND d.score BETWEEN :low AND :high");
  g_string_append (sql, down ? " AND (d.score, d.detection_id) < (:score, :detection)"
                             : " AND (d.score, d.detection_id) > (:score, :detection)");
  chorus_review_streams_add_filters (self, sql);
  g_string_append (sql, down ? " ORDER BY d.score DESC, d.detection_id DESC" : " ORDER BY d.score, d.detection_id");

  /* Those without a confidence stand below 0; between them and the threshold there is nothing to walk through. */
  if (threshold <= 0)
    return chorus_review_streams_add (self, sql->str, place, -1, G_MAXDOUBLE, error);

  return chorus_review_streams_add (self, sql->str, place, threshold, G_MAXDOUBLE, error)
         && chorus_review_streams_add (self, sql->str, place, -1, -1, error);
}

static gboolean
chorus_review_streams_is_rare (ChorusReviewStreams      *self,
                               const ChorusReviewPlace  *place,
                               gboolean                 *rare,
                               GError                  **error)
{
  g_autoptr (ChorusStatement) select = NULL;

  *rare = FALSE;
  if (!self->spec->scope.species)
    return TRUE;

  select = chorus_statement_new (self->db,
                                 "WITH t (n) AS MATERIALIZED (SELECT cast (total(n) AS INTEGER) * ?5 FROM tallies"
                                 "  WHERE deployment_key = ?1 AND species = ?2)"
                                 " SELECT t.n < (SELECT count(*) FROM (SELECT 1 FROM recordings"
                                 "   WHERE profile_id = ?3 AND deployment_id = ?4 LIMIT (SELECT n + 1 FROM t))) FROM t",
                                 error);
  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, place->key);
  chorus_statement_bind_text (select, 2, self->spec->scope.species);
  chorus_statement_bind_text (select, 3, self->spec->scope.profile_id);
  chorus_statement_bind_text (select, 4, place->deployment_id);
  chorus_statement_bind_int64 (select, 5, CHORUS_REVIEW_RARE);
  if (chorus_statement_step (select, error) != CHORUS_STEP_ROW)
    return FALSE;
  *rare = chorus_statement_get_boolean (select, 0);

  return TRUE;
}

#define CHORUS_REVIEW_MOMENT "coalesce(r.recorded_at, '~')"

static gboolean
chorus_review_streams_add_by_date (ChorusReviewStreams      *self,
                                   const ChorusReviewPlace  *place,
                                   double                    threshold,
                                   GError                  **error)
{
  static const char columns[] =
    "SELECT d.score, d.detection_id, " CHORUS_REVIEW_MOMENT ", r.recording_id, coalesce(d.start_time, 0) FROM ";
  g_autoptr (GString) sql = g_string_new (columns);
  gboolean rare = FALSE;

  if (!chorus_review_streams_is_rare (self, place, &rare, error))
    return FALSE;
  if (rare)
    g_string_append (sql, "detections d INDEXED BY detections_to_review CROSS JOIN recordings r"
                          " WHERE d.shown_in = :key AND r.recording_id = d.recording_id");
  else
    g_string_append (sql, "recordings r INDEXED BY recordings_by_date CROSS JOIN detections d"
                          " WHERE r.profile_id = :profile AND r.deployment_id = :deployment"
                          " AND " CHORUS_REVIEW_MOMENT " >= :moment"
                          " AND d.recording_id = r.recording_id AND +d.shown_in = :key");
  g_string_append (sql, " AND (d.score >= :low OR d.score < 0) AND (" CHORUS_REVIEW_MOMENT
                        ", r.recording_id, coalesce(d.start_time, 0), d.detection_id)"
                        " > (:moment, :recording, :start, :detection)");
  chorus_review_streams_add_filters (self, sql);
  g_string_append (sql,
                   " ORDER BY " CHORUS_REVIEW_MOMENT ", r.recording_id, coalesce(d.start_time, 0), d.detection_id");

  return chorus_review_streams_add (self, sql->str, place, threshold, 1, error);
}

ChorusReviewStreams *
chorus_review_streams_new (ChorusDatabase               *db,
                           const ChorusReviewQueueSpec  *spec,
                           const ChorusQueueKey         *after,
                           GError                      **error)
{
  g_autoptr (ChorusReviewStreams) self = g_new0 (ChorusReviewStreams, 1);
  g_autoptr (GArray) places = NULL;
  double threshold = spec->threshold;

  self->db = db;
  self->spec = spec;
  self->after = after;
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_review_stream_free);
  self->thresholds = chorus_threshold_rows_read (db, spec->scope.profile_id, error);
  if (!self->thresholds)
    return NULL;
  if (isnan (threshold))
    threshold = spec->scope.species ? chorus_threshold_rows_get (self->thresholds, spec->scope.species)
                                    : self->thresholds->lowest;

  places = chorus_review_scope_read_places (&spec->scope, db, error);
  if (!places)
    return NULL;
  for (guint i = 0; i < places->len; i++)
    {
      const ChorusReviewPlace *place = &g_array_index (places, ChorusReviewPlace, i);

      if (!(spec->order == CHORUS_REVIEW_DATE
              ? chorus_review_streams_add_by_date (self, place, threshold, error)
              : chorus_review_streams_add_by_confidence (self, place, threshold, error)))
        return NULL;
    }
  self->after = NULL;

  return g_steal_pointer (&self);
}

ChorusStep
chorus_review_streams_next (ChorusReviewStreams  *self,
                            ChorusQueueKey       *key,
                            GError              **error)
{
  ChorusReviewStream *first = NULL;

  for (guint i = 0; i < self->streams->len; i++)
    {
      ChorusReviewStream *stream = g_ptr_array_index (self->streams, i);

      if (stream->live && (!first || chorus_queue_key_compare (&stream->key, &first->key, self->spec->order) < 0))
        first = stream;
    }
  if (!first)
    return CHORUS_STEP_DONE;

  chorus_queue_key_clear (key);
  *key = first->key;
  first->key = (ChorusQueueKey){ 0 };

  return chorus_review_streams_advance (self, first, error) ? CHORUS_STEP_ROW : CHORUS_STEP_ERROR;
}
