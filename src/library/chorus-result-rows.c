/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-result-rows.h"

#include <math.h>

#include "chorus-recording-private.h"

/* How much is read in one go: each go must be short for those who wait for the store. */
#define CHORUS_RESULT_MAX_RECORDINGS 200
#define CHORUS_RESULT_MAX_DETECTIONS 2000

ChorusResultQuestion *
chorus_result_question_new (const char              *profile_id,
                            const ChorusResultQuery *query)
{
  ChorusResultQuestion *self = g_new0 (ChorusResultQuestion, 1);

  self->profile_id = g_strdup (profile_id);
  self->query = chorus_result_query_copy (query);

  return self;
}

void
chorus_result_question_free (ChorusResultQuestion *self)
{
  if (self == NULL)
    return;

  g_free (self->profile_id);
  chorus_result_query_free (self->query);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

void
chorus_result_batch_free (ChorusResultBatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->results);
  g_free (self);
}

#define CHORUS_RESULT_TABLES                                                                                           \
  "recordings r"                                                                                                       \
  " LEFT JOIN deployments e ON e.profile_id = r.profile_id AND e.deployment_id = r.deployment_id"                      \
  " LEFT JOIN sites s ON s.profile_id = r.profile_id AND s.site_id = e.site_id"                                        \
  " LEFT JOIN projects p ON p.profile_id = r.profile_id AND p.project_id = s.project_id"

/* julianday() understands the offsets that times are stored with, so that they are ordered as instants. What was refused is
 * no recording: a text file on the card, a copy of another. */
#define CHORUS_RESULT_FIND(condition)                                                                                  \
  "SELECT r.recording_id FROM " CHORUS_RESULT_TABLES " WHERE r.profile_id = ?1 AND " condition                         \
  " AND r.upload_state <> 'refused'"                                                                                   \
  " ORDER BY p.name, s.name, e.name, r.deployment_id, r.recorded_at IS NULL, julianday(r.recorded_at), r.name,"        \
  "  r.recording_id"

static const char *
chorus_result_rows_get_find (ChorusResultScope scope)
{
  switch (scope)
    {
    case CHORUS_RESULT_SCOPE_ALL:
      return CHORUS_RESULT_FIND ("?2 IS NULL");

    case CHORUS_RESULT_SCOPE_PROJECT:
      return CHORUS_RESULT_FIND ("s.project_id = ?2");

    case CHORUS_RESULT_SCOPE_SITE:
      return CHORUS_RESULT_FIND ("e.site_id = ?2");

    case CHORUS_RESULT_SCOPE_DEPLOYMENT:
      return CHORUS_RESULT_FIND ("r.deployment_id = ?2");

    case CHORUS_RESULT_SCOPE_RECORDINGS:
      return CHORUS_RESULT_FIND ("r.recording_id IN (SELECT value FROM json_each(?2))");

    default:
      g_return_val_if_reached (NULL);
    }
}

/* Ids as SQLite takes a list of them: in JSON. */
static char *
chorus_result_rows_dup_list (GArray *ids)
{
  GString *list = g_string_new ("[");

  for (guint i = 0; ids && i < ids->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (list, ']');

  return g_string_free (list, FALSE);
}

gpointer
chorus_result_rows_find (ChorusDatabase  *db,
                         gpointer         data,
                         GError         **error)
{
  const ChorusResultQuestion *question = data;
  const ChorusResultQuery *query = question->query;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, chorus_result_rows_get_find (query->scope), error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, question->profile_id);
  if (query->scope == CHORUS_RESULT_SCOPE_RECORDINGS)
    {
      g_autofree char *list = chorus_result_rows_dup_list (query->recording_ids);

      chorus_statement_bind_text (select, 2, list);
    }
  else if (query->scope != CHORUS_RESULT_SCOPE_ALL)
    chorus_statement_bind_text (select, 2, query->place_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      const gint64 id = chorus_statement_get_int64 (select, 0);

      g_array_append_val (ids, id);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* A recording was looked at once each of its parts was. */
#define CHORUS_RESULT_RECORDING                                                                                        \
  "SELECT r.recording_id, r.name, r.local_path, r.file_id, r.sha256, r.deployment_id, p.name, s.name, e.name,"         \
  "  e.latitude, e.longitude, r.duration, r.sample_rate, r.channels, r.size,"                                          \
  "  CASE WHEN EXISTS (SELECT 1 FROM parts WHERE recording_id = r.recording_id AND ordinal = 1)"                       \
  "    THEN NOT EXISTS (SELECT 1 FROM parts WHERE recording_id = r.recording_id AND run_id IS NULL)"                   \
  "    ELSE r.run_id IS NOT NULL END,"                                                                                 \
  "  r.recorded_at, r.recorded_has_zone, r.time_source"                                                                \
  " FROM " CHORUS_RESULT_TABLES " WHERE r.profile_id = ?1 AND r.recording_id = ?2"

/* What is shown of a recording, in the order in which it is shown. */
#define CHORUS_RESULT_DETECTIONS                                                                                       \
  "SELECT d.detection_id, d.scientific_name, d.common_name, d.confidence, d.start_time, d.end_time, d.low_freq,"       \
  "  d.high_freq, d.verdict, d.verdict_scientific_name, d.verdict_common_name, d.reviewer, d.reviewed_at,"             \
  "  u.model_name, u.model_version, d.note, d.starred"                                                                 \
  " FROM detections d JOIN runs u ON u.run_id = d.run_id"                                                              \
  " WHERE d.recording_id = ?1 AND d.shown_in IS NOT NULL"                                                              \
  " ORDER BY coalesce(d.start_time, 0), d.run_id, d.ordinal"

/* Names of files may be any bytes. */
static char *
chorus_result_rows_dup_text (ChorusStatement *row,
                             int              column)
{
  const char *text = chorus_statement_get_text (row, column);

  return text ? g_utf8_make_valid (text, -1) : NULL;
}

/* JSON can write numbers that overflow. */
static double
chorus_result_rows_get_known (ChorusStatement *row,
                              int              column)
{
  const double number = chorus_statement_get_double (row, column);

  return isfinite (number) && number >= 0 ? number : (double) NAN;
}

static ChorusResult *
chorus_result_rows_read_recording (ChorusStatement *row)
{
  ChorusResult *result = chorus_result_new ();
  int column = 0;

  result->recording_id = chorus_statement_get_int64 (row, column++);
  result->name = chorus_result_rows_dup_text (row, column++);
  result->path = chorus_statement_dup_text (row, column++);
  result->file_id = chorus_result_rows_dup_text (row, column++);
  result->sha256 = chorus_result_rows_dup_text (row, column++);
  result->deployment_id = chorus_result_rows_dup_text (row, column++);
  result->project = chorus_result_rows_dup_text (row, column++);
  result->site = chorus_result_rows_dup_text (row, column++);
  result->deployment = chorus_result_rows_dup_text (row, column++);
  result->latitude = chorus_statement_get_double (row, column++);
  result->longitude = chorus_statement_get_double (row, column++);
  result->duration = chorus_result_rows_get_known (row, column++);
  result->sample_rate = chorus_result_rows_get_known (row, column++);
  result->n_channels = (guint) MAX (chorus_statement_get_int64 (row, column), 0);
  column++;
  result->size = chorus_statement_is_null (row, column) ? -1 : MAX (chorus_statement_get_int64 (row, column), -1);
  column++;
  result->analyzed = chorus_statement_get_boolean (row, column++);
  result->recorded = chorus_recording_time_from_row (row, column);

  return result;
}

/* A prediction without a time speaks of the whole recording. */
static void
chorus_result_rows_read_span (ChorusStatement       *row,
                              int                    column,
                              double                 duration,
                              ChorusResultDetection *detection)
{
  const double start = chorus_statement_get_double (row, column);
  const double end = chorus_statement_get_double (row, column + 1);

  detection->start = isfinite (start) ? start : 0;
  if (isfinite (end))
    detection->end = end;
  else
    detection->end = isnan (duration) ? detection->start : MAX (duration, detection->start);
}

static ChorusResultDetection *
chorus_result_rows_read_detection (ChorusStatement *row,
                                   double           duration)
{
  ChorusResultDetection *detection = chorus_result_detection_new ();
  int column = 0;

  detection->detection_id = chorus_statement_get_int64 (row, column++);
  detection->scientific_name = chorus_result_rows_dup_text (row, column++);
  detection->common_name = chorus_result_rows_dup_text (row, column++);
  detection->confidence = chorus_result_rows_get_known (row, column++);
  chorus_result_rows_read_span (row, column, duration, detection);
  column += 2;
  detection->low = chorus_result_rows_get_known (row, column++);
  detection->high = chorus_result_rows_get_known (row, column++);
  detection->verdict = chorus_verdict_from_text (chorus_statement_get_text (row, column++));
  detection->verdict_scientific_name = chorus_result_rows_dup_text (row, column++);
  detection->verdict_common_name = chorus_result_rows_dup_text (row, column++);
  detection->reviewer = chorus_result_rows_dup_text (row, column++);
  detection->reviewed_at = chorus_result_rows_dup_text (row, column++);
  detection->model_name = chorus_result_rows_dup_text (row, column++);
  detection->model_version = chorus_result_rows_dup_text (row, column++);
  detection->note = chorus_result_rows_dup_text (row, column++);
  detection->starred = chorus_statement_get_boolean (row, column++);

  return detection;
}

static gboolean
chorus_result_rows_read_detections (ChorusStatement          *select,
                                    const ChorusResultQuery  *query,
                                    ChorusResult             *result,
                                    guint                    *n_read,
                                    GError                  **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (select, 1, result->recording_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusResultDetection *detection = chorus_result_rows_read_detection (select, result->duration);

      ++*n_read;
      if (chorus_result_query_wants (query, detection->confidence, detection->verdict))
        g_ptr_array_add (result->detections, detection);
      else
        chorus_result_detection_free (detection);
    }

  return step == CHORUS_STEP_DONE;
}

gpointer
chorus_result_rows_read (ChorusDatabase  *db,
                         gpointer         data,
                         GError         **error)
{
  const ChorusResultQuestion *question = data;
  g_autoptr (ChorusResultBatch) batch = g_new0 (ChorusResultBatch, 1);
  g_autoptr (ChorusStatement) recordings = NULL;
  g_autoptr (ChorusStatement) detections = NULL;
  guint n_detections = 0;

  batch->results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
  recordings = chorus_statement_new (db, CHORUS_RESULT_RECORDING, error);
  if (!recordings)
    return NULL;
  detections = chorus_statement_new (db, CHORUS_RESULT_DETECTIONS, error);
  if (!detections)
    return NULL;

  chorus_statement_bind_text (recordings, 1, question->profile_id);
  for (batch->next = question->first; batch->next < question->ids->len; batch->next++)
    {
      ChorusResult *result = NULL;
      ChorusStep step = CHORUS_STEP_ERROR;

      if (batch->results->len >= CHORUS_RESULT_MAX_RECORDINGS || n_detections >= CHORUS_RESULT_MAX_DETECTIONS)
        break;
      chorus_statement_bind_int64 (recordings, 2, g_array_index (question->ids, gint64, batch->next));
      step = chorus_statement_step (recordings, error);
      if (step == CHORUS_STEP_ERROR)
        return NULL;
      if (step == CHORUS_STEP_DONE)
        continue;

      result = chorus_result_rows_read_recording (recordings);
      chorus_statement_reset (recordings);
      g_ptr_array_add (batch->results, result);
      if (!question->query->without_detections
          && !chorus_result_rows_read_detections (detections, question->query, result, &n_detections, error))
        return NULL;
    }

  return g_steal_pointer (&batch);
}
