/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-inferences.h"

#include <stdlib.h>

#include "chorus-station-error.h"
#include "chorus-station-json.h"
#include "chorus-station-places.h"
#include "store/chorus-transaction.h"

#define CHORUS_STATION_MODEL_NAME "Chorus acoustic event detector"
#define CHORUS_STATION_MODEL_VERSION "1"
#define CHORUS_STATION_MODEL_DESCRIPTION                                                                                  \
  "Finds regions of the spectrogram that rise above the background, which is estimated for each frequency and removed. "  \
  "The confidence is a logistic function of the mean rise of a region in decibels, one half at 9 dB, and lower for very " \
  "small regions. It says how surely there is a sound, not which: no species is named."

#define CHORUS_STATION_INFERENCE_COLUMNS                                                                               \
  "inference, inference_id, file_id, created_at, updated_at, status, error, model_name, model_version"

void
chorus_station_job_free (ChorusStationJob *self)
{
  if (!self)
    return;

  g_free (self->path);
  free (self->events);
  g_free (self->error);
  g_clear_object (&self->folder);
  g_free (self);
}

static JsonArray *
chorus_station_inferences_load_predictions (ChorusDatabase  *db,
                                            gint64           inference,
                                            GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT confidence, start_time, end_time, low_freq, high_freq FROM predictions"
                          " WHERE inference = ? ORDER BY ordinal",
                          error);
  g_autoptr (JsonArray) predictions = json_array_new ();
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!statement)
    return NULL;
  chorus_statement_bind_int64 (statement, 1, inference);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    {
      static const char *const names[] = { "confidence", "start_time", "end_time", "low_freq", "high_freq" };
      JsonObject *prediction = json_object_new ();

      json_object_set_null_member (prediction, "scientific_name");
      json_object_set_string_member (prediction, "common_name", CHORUS_STATION_SOUND_NAME);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        chorus_station_json_set_double (prediction, names[i], chorus_statement_get_double (statement, (int) i));
      json_array_add_object_element (predictions, prediction);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&predictions) : NULL;
}

static JsonObject *
chorus_station_inferences_new_inference (ChorusDatabase   *db,
                                         ChorusStatement  *statement,
                                         GError          **error)
{
  JsonArray *predictions =
    chorus_station_inferences_load_predictions (db, chorus_statement_get_int64 (statement, 0), error);
  JsonObject *inference = NULL;
  JsonObject *data = NULL;
  JsonObject *model = NULL;

  if (!predictions)
    return NULL;

  model = json_object_new ();
  chorus_station_json_set_text (model, "name", statement, 7);
  chorus_station_json_set_text (model, "version", statement, 8);
  json_object_set_string_member (model, "description", CHORUS_STATION_MODEL_DESCRIPTION);
  data = json_object_new ();
  json_object_set_array_member (data, "predictions", predictions);
  json_object_set_object_member (data, "model", model);

  inference = json_object_new ();
  chorus_station_json_set_text (inference, "inference_id", statement, 1);
  chorus_station_json_set_text (inference, "file_id", statement, 2);
  chorus_station_json_set_text (inference, "created_at", statement, 3);
  chorus_station_json_set_text (inference, "updated_at", statement, 4);
  chorus_station_json_set_text (inference, "status", statement, 5);
  chorus_station_json_set_text (inference, "error", statement, 6);
  json_object_set_object_member (inference, "data", data);

  return inference;
}

static JsonArray *
chorus_station_inferences_load_by (ChorusDatabase  *db,
                                   const char      *sql,
                                   const char      *id,
                                   GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);
  g_autoptr (JsonArray) list = json_array_new ();
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, id);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    {
      JsonObject *inference = chorus_station_inferences_new_inference (db, statement, error);

      if (!inference)
        return NULL;
      json_array_add_object_element (list, inference);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

JsonArray *
chorus_station_inferences_load (ChorusDatabase  *db,
                                const char      *file_id,
                                GError         **error)
{
  return chorus_station_inferences_load_by (db,
                                            "SELECT " CHORUS_STATION_INFERENCE_COLUMNS
                                            " FROM inferences WHERE file_id = ?1 ORDER BY inference",
                                            file_id, error);
}

JsonNode *
chorus_station_inferences_list (ChorusDatabase     *db,
                                ChorusStationCall  *call,
                                GError            **error)
{
  JsonArray *list = NULL;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_FILE, call->id, error))
    return NULL;
  list = chorus_station_inferences_load (db, call->id, error);

  return list ? chorus_station_json_take_array (list) : NULL;
}

JsonNode *
chorus_station_inferences_create (ChorusDatabase     *db,
                                  ChorusStationCall  *call,
                                  GError            **error)
{
  g_autoptr (ChorusTransaction) transaction = NULL;
  g_autoptr (ChorusStatement) insert = NULL;
  g_autoptr (JsonArray) under_way = NULL;
  g_autofree char *inference_id = g_uuid_string_random ();
  g_autofree char *now = chorus_station_json_dup_now ();

  if (!(transaction = chorus_transaction_begin (db, error))
      || !chorus_station_places_check (db, CHORUS_STATION_PLACE_FILE, call->id, error)
      || !(insert = chorus_statement_new (
             db,
             "INSERT INTO inferences (inference_id, file_id, status, model_name, model_version, created_at, updated_at)"
             " SELECT ?1, ?2, 'pending', ?3, ?4, ?5, ?5 WHERE NOT EXISTS"
             " (SELECT 1 FROM inferences WHERE file_id = ?2 AND status IN ('pending', 'running'))",
             error)))
    return NULL;
  chorus_statement_bind_text (insert, 1, inference_id);
  chorus_statement_bind_text (insert, 2, call->id);
  chorus_statement_bind_text (insert, 3, CHORUS_STATION_MODEL_NAME);
  chorus_statement_bind_text (insert, 4, CHORUS_STATION_MODEL_VERSION);
  chorus_statement_bind_text (insert, 5, now);
  if (!chorus_statement_run (insert, error))
    return NULL;
  call->status = chorus_database_get_n_changes (db) > 0 ? 201 : 200;

  under_way = chorus_station_inferences_load_by (db,
                                                 "SELECT " CHORUS_STATION_INFERENCE_COLUMNS " FROM inferences"
                                                 " WHERE file_id = ?1 AND status IN ('pending', 'running')",
                                                 call->id, error);
  if (!under_way || !chorus_transaction_commit (transaction, error))
    return NULL;

  return json_array_dup_element (under_way, 0);
}

gboolean
chorus_station_inferences_recover (ChorusDatabase  *db,
                                   GError         **error)
{
  return chorus_database_execute (db, "UPDATE inferences SET status = 'pending' WHERE status = 'running'", error);
}

static gboolean
chorus_station_inferences_set_status (ChorusDatabase  *db,
                                      gint64           inference,
                                      const char      *status,
                                      const char      *failure,
                                      GError         **error)
{
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "UPDATE inferences SET status = ?2, error = ?3, updated_at = ?4 WHERE inference = ?1",
                          error);
  g_autofree char *now = chorus_station_json_dup_now ();

  if (!statement)
    return FALSE;
  chorus_statement_bind_int64 (statement, 1, inference);
  chorus_statement_bind_text (statement, 2, status);
  chorus_statement_bind_text (statement, 3, failure);
  chorus_statement_bind_text (statement, 4, now);

  return chorus_statement_run (statement, error);
}

gpointer
chorus_station_inferences_claim (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error)
{
  ChorusStationFolder *folder = CHORUS_STATION_FOLDER (data);
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) statement = NULL;
  g_autoptr (ChorusStationJob) job = NULL;

  if (!transaction
      || !(statement = chorus_statement_new (
             db,
             "SELECT i.inference, f.file_id, f.kind FROM inferences AS i JOIN files AS f USING (file_id)"
             " WHERE i.status = 'pending' ORDER BY i.inference LIMIT 1",
             error))
      || chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;

  job = g_new0 (ChorusStationJob, 1);
  job->folder = g_object_ref (folder);
  job->inference = chorus_statement_get_int64 (statement, 0);
  job->path = chorus_station_folder_build_file_path (folder, chorus_statement_get_text (statement, 1),
                                                     chorus_statement_get_text (statement, 2));
  chorus_statement_reset (statement);
  if (!chorus_station_inferences_set_status (db, job->inference, "running", NULL, error)
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&job);
}

static gboolean
chorus_station_inferences_insert_events (ChorusDatabase          *db,
                                         const ChorusStationJob  *job,
                                         GError                 **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (
    db,
    "INSERT INTO predictions (inference, ordinal, confidence, start_time, end_time, low_freq, high_freq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    error);

  if (!statement)
    return FALSE;
  for (gsize i = 0; i < job->n_events; i++)
    {
      const ChorusEvent *event = &job->events[i];

      chorus_statement_bind_int64 (statement, 1, job->inference);
      chorus_statement_bind_int64 (statement, 2, (gint64) i);
      chorus_statement_bind_double (statement, 3, event->confidence);
      chorus_statement_bind_double (statement, 4, event->start);
      chorus_statement_bind_double (statement, 5, event->end);
      chorus_statement_bind_double (statement, 6, event->low);
      chorus_statement_bind_double (statement, 7, event->high);
      if (!chorus_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

gpointer
chorus_station_inferences_complete (ChorusDatabase  *db,
                                    gpointer         data,
                                    GError         **error)
{
  const ChorusStationJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);

  if (transaction && (job->error || chorus_station_inferences_insert_events (db, job, error))
      && chorus_station_inferences_set_status (db, job->inference, job->error ? "failed" : "completed", job->error,
                                               error))
    chorus_transaction_commit (transaction, error);

  return NULL;
}
