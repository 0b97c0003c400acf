/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-run-rows.h"

#include <glib/gi18n.h>
#include <math.h>

#include "api/chorus-inference.h"
#include "chorus-detection-rows.h"

struct _ChorusRunWriter
{
  ChorusDatabase *db; /* borrowed */
  ChorusStatement *find;
  ChorusStatement *insert_run;
  ChorusStatement *update_run;
  ChorusStatement *insert_detection;
  ChorusStatement *show;
  GHashTable *species;  /* name to how often it was found just now */
  GHashTable *whole;    /* ids (gint64 *) of recordings of one file to show anew */
  GHashTable *of_parts; /* ids (gint64 *) of recordings of several parts to settle */
};

static const char *
chorus_run_status_to_text (ChorusInferenceStatus status)
{
  switch (status)
    {
    case CHORUS_INFERENCE_STATUS_PENDING:
      return "pending";

    case CHORUS_INFERENCE_STATUS_RUNNING:
      return "running";

    case CHORUS_INFERENCE_STATUS_COMPLETED:
      return "completed";

    case CHORUS_INFERENCE_STATUS_FAILED:
    default:
      return "failed";
    }
}

/* A run without an id is known by its content, so that it is the same run each time it is listed. */
static char *
chorus_run_dup_id (ChorusInference *inference)
{
  g_autoptr (GChecksum) checksum = NULL;
  GPtrArray *predictions = chorus_inference_get_predictions (inference);
  const char *id = chorus_inference_get_id (inference);

  if (id)
    return g_strdup (id);
  if (chorus_inference_get_status (inference) != CHORUS_INFERENCE_STATUS_COMPLETED)
    return g_strdup ("unfinished");

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < predictions->len; i++)
    {
      ChorusPrediction *prediction = g_ptr_array_index (predictions, i);
      const char *scientific_name = chorus_prediction_get_scientific_name (prediction);
      const char *common_name = chorus_prediction_get_common_name (prediction);
      g_autofree char *line = NULL;

      line =
        g_strdup_printf ("%s\n%s\n%.17g %.17g %.17g\n", scientific_name ? scientific_name : "",
                         common_name ? common_name : "", chorus_prediction_get_confidence (prediction),
                         chorus_prediction_get_start_time (prediction), chorus_prediction_get_end_time (prediction));
      g_checksum_update (checksum, (const guchar *) line, -1);
    }
  if (chorus_inference_get_unknown_json (inference))
    g_checksum_update (checksum, (const guchar *) chorus_inference_get_unknown_json (inference), -1);

  return g_strconcat ("content ", g_checksum_get_string (checksum), NULL);
}

ChorusRunWriter *
chorus_run_writer_new (ChorusDatabase  *db,
                       GError         **error)
{
  g_autoptr (ChorusRunWriter) self = g_new0 (ChorusRunWriter, 1);

  self->db = db;
  self->species = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->whole = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->of_parts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  self->find =
    chorus_statement_new (db, "SELECT run_id, status FROM runs WHERE recording_id = ? AND inference_id = ?", error);
  if (!self->find)
    return NULL;
  self->insert_run =
    chorus_statement_new (db,
                          "INSERT INTO runs (status, model_name, model_version, created_at, n_unknown, unknown_json,"
                          "  recording_id, inference_id, part_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);
  if (!self->insert_run)
    return NULL;
  self->update_run =
    chorus_statement_new (db,
                          "UPDATE runs SET status = ?, model_name = ?, model_version = ?, created_at = ?,"
                          "  n_unknown = ?, unknown_json = ? WHERE run_id = ?",
                          error);
  if (!self->update_run)
    return NULL;
  self->insert_detection = chorus_statement_new (
    db,
    "INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, common_name,"
    "  confidence, start_time, end_time, low_freq, high_freq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (!self->insert_detection)
    return NULL;

  /* Runs are written oldest first, so that a greater id is a later run. A recording whose latest run is not complete
   * shows the one before it; it has failed only if there is none. */
  self->show = chorus_statement_new (
    db,
    "UPDATE recordings SET"
    "  run_id = shown.run_id,"
    "  analysis_state = CASE WHEN latest.status = 'failed' AND shown.run_id IS NOT NULL"
    "    THEN 'completed' ELSE latest.status END,"
    "  analysis_error = CASE WHEN latest.status = 'failed' THEN ?2 END"
    " FROM (SELECT max(run_id) AS run_id FROM runs WHERE recording_id = ?1"
    "    AND status = 'completed' AND origin = 'service') AS shown,"
    "  (SELECT status FROM runs WHERE recording_id = ?1 AND origin = 'service' ORDER BY run_id DESC LIMIT 1) AS latest"
    " WHERE recording_id = ?1",
    error);
  if (!self->show)
    return NULL;

  return g_steal_pointer (&self);
}

void
chorus_run_writer_free (ChorusRunWriter *self)
{
  g_clear_pointer (&self->find, chorus_statement_free);
  g_clear_pointer (&self->insert_run, chorus_statement_free);
  g_clear_pointer (&self->update_run, chorus_statement_free);
  g_clear_pointer (&self->insert_detection, chorus_statement_free);
  g_clear_pointer (&self->show, chorus_statement_free);
  g_clear_pointer (&self->species, g_hash_table_unref);
  g_clear_pointer (&self->whole, g_hash_table_unref);
  g_clear_pointer (&self->of_parts, g_hash_table_unref);
  g_free (self);
}

static void
chorus_run_writer_note_species (ChorusRunWriter  *self,
                                ChorusPrediction *prediction)
{
  const char *name = chorus_prediction_get_scientific_name (prediction);
  guint n = 0;

  if (!name || *name == '\0')
    name = chorus_prediction_get_common_name (prediction);
  if (!name)
    return;

  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->species, name));
  g_hash_table_insert (self->species, g_strdup (name), GUINT_TO_POINTER (n + 1));
}

/* Moves a time in a part to where it is in the recording. What a prediction does not tell is the edge of the part. */
static double
chorus_run_place_move (const ChorusRunPlace *place,
                       double                time,
                       double                edge,
                       double                least)
{
  if (!place->several)
    return time;

  return place->start + CLAMP (isfinite (time) ? time : edge, least, MAX (place->duration, least));
}

static gboolean
chorus_run_writer_add_detections (ChorusRunWriter       *self,
                                  const ChorusRunPlace  *place,
                                  gint64                 run_id,
                                  ChorusInference       *inference,
                                  GError               **error)
{
  GPtrArray *predictions = chorus_inference_get_predictions (inference);
  ChorusStatement *insert = self->insert_detection;

  for (guint i = 0; i < predictions->len; i++)
    {
      ChorusPrediction *prediction = g_ptr_array_index (predictions, i);
      const double start = chorus_run_place_move (place, chorus_prediction_get_start_time (prediction), 0, 0);
      const double end = chorus_run_place_move (place, chorus_prediction_get_end_time (prediction), place->duration,
                                                place->several ? start - place->start : 0);

      chorus_statement_bind_int64 (insert, 1, run_id);
      chorus_statement_bind_int64 (insert, 2, i);
      chorus_statement_bind_int64 (insert, 3, place->recording_id);
      chorus_statement_bind_text (insert, 4, chorus_prediction_get_scientific_name (prediction));
      chorus_statement_bind_text (insert, 5, chorus_prediction_get_common_name (prediction));
      chorus_statement_bind_double (insert, 6, chorus_prediction_get_confidence (prediction));
      chorus_statement_bind_double (insert, 7, start);
      chorus_statement_bind_double (insert, 8, end);
      chorus_statement_bind_double (insert, 9, chorus_prediction_get_low_freq (prediction));
      chorus_statement_bind_double (insert, 10, chorus_prediction_get_high_freq (prediction));
      if (!chorus_statement_run (insert, error))
        return FALSE;
      chorus_run_writer_note_species (self, prediction);
    }

  return TRUE;
}

static void
chorus_run_writer_bind (ChorusStatement *statement,
                        ChorusInference *inference)
{
  chorus_statement_bind_text (statement, 1, chorus_run_status_to_text (chorus_inference_get_status (inference)));
  chorus_statement_bind_text (statement, 2, chorus_inference_get_model_name (inference));
  chorus_statement_bind_text (statement, 3, chorus_inference_get_model_version (inference));
  chorus_statement_bind_text (statement, 4, chorus_inference_get_created_at (inference));
  chorus_statement_bind_int64 (statement, 5, chorus_inference_get_n_unknown (inference));
  chorus_statement_bind_text (statement, 6, chorus_inference_get_unknown_json (inference));
}

static gboolean
chorus_run_writer_add_run (ChorusRunWriter       *self,
                           const ChorusRunPlace  *place,
                           ChorusInference       *inference,
                           gboolean              *changed,
                           GError               **error)
{
  g_autofree char *own_id = chorus_run_dup_id (inference);
  g_autofree char *inference_id = chorus_part_rows_dup_run_id (place, own_id);
  const char *status = chorus_run_status_to_text (chorus_inference_get_status (inference));
  ChorusStep step = CHORUS_STEP_ERROR;
  gint64 run_id = 0;

  chorus_statement_bind_int64 (self->find, 1, place->recording_id);
  chorus_statement_bind_text (self->find, 2, inference_id);
  step = chorus_statement_step (self->find, error);
  if (step == CHORUS_STEP_ERROR)
    return FALSE;

  if (step == CHORUS_STEP_ROW)
    {
      const char *known = chorus_statement_get_text (self->find, 1);
      gboolean settled = g_str_equal (known, "completed") || g_str_equal (known, status);

      run_id = chorus_statement_get_int64 (self->find, 0);
      chorus_statement_reset (self->find);
      if (settled)
        return TRUE;

      chorus_run_writer_bind (self->update_run, inference);
      chorus_statement_bind_int64 (self->update_run, 7, run_id);
      if (!chorus_statement_run (self->update_run, error))
        return FALSE;
    }
  else
    {
      chorus_run_writer_bind (self->insert_run, inference);
      chorus_statement_bind_int64 (self->insert_run, 7, place->recording_id);
      chorus_statement_bind_text (self->insert_run, 8, inference_id);
      if (place->part_id != 0)
        chorus_statement_bind_int64 (self->insert_run, 9, place->part_id);
      else
        chorus_statement_bind_null (self->insert_run, 9);
      if (!chorus_statement_run (self->insert_run, error))
        return FALSE;
      run_id = chorus_database_get_last_row_id (self->db);
    }

  *changed = TRUE;

  return chorus_inference_get_status (inference) != CHORUS_INFERENCE_STATUS_COMPLETED
         || chorus_run_writer_add_detections (self, place, run_id, inference, error);
}

void
chorus_run_writer_note_moved (ChorusRunWriter      *self,
                              const ChorusRunPlace *place)
{
  g_hash_table_add (place->several ? self->of_parts : self->whole,
                    g_memdup2 (&place->recording_id, sizeof place->recording_id));
}

gboolean
chorus_run_writer_add (ChorusRunWriter       *self,
                       const ChorusRunPlace  *place,
                       GPtrArray             *inferences,
                       gboolean               show,
                       gboolean              *changed,
                       GError               **error)
{
  *changed = FALSE;
  for (guint i = 0; i < inferences->len; i++)
    {
      if (!chorus_run_writer_add_run (self, place, g_ptr_array_index (inferences, i), changed, error))
        return FALSE;
    }
  if (!*changed && (!show || inferences->len == 0))
    return TRUE;

  chorus_run_writer_note_moved (self, place);

  return !place->several || chorus_part_rows_follow_runs (self->db, place->part_id, error);
}

/* Recordings of several parts once for all their parts, since each looks at all that was found in them. */
static gboolean
chorus_run_writer_show (ChorusRunWriter  *self,
                        GError          **error)
{
  GHashTableIter iter = { 0 };
  gpointer recording_id = NULL;

  g_hash_table_iter_init (&iter, self->whole);
  while (g_hash_table_iter_next (&iter, &recording_id, NULL))
    {
      chorus_statement_bind_int64 (self->show, 1, *(gint64 *) recording_id);
      chorus_statement_bind_text (
        self->show, 2,
        _("The service could not analyze this recording. Analyze it again; if that fails too, "
           "the people who run the service can help."));
      if (!chorus_statement_run (self->show, error)
          || !chorus_detection_rows_count (self->db, *(gint64 *) recording_id, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, self->of_parts);
  while (g_hash_table_iter_next (&iter, &recording_id, NULL))
    {
      if (!chorus_part_rows_settle (self->db, *(gint64 *) recording_id, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static int
chorus_run_writer_compare_species (gconstpointer a,
                                   gconstpointer b,
                                   gpointer      user_data)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  guint n_first = GPOINTER_TO_UINT (g_hash_table_lookup (user_data, first));
  guint n_second = GPOINTER_TO_UINT (g_hash_table_lookup (user_data, second));

  if (n_first != n_second)
    return n_first > n_second ? -1 : 1;

  return g_strcmp0 (first, second);
}

/* The species found most often gets the first color that is left. One that has a color keeps it. */
gboolean
chorus_run_writer_finish (ChorusRunWriter  *self,
                          GError          **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (self->db, "INSERT OR IGNORE INTO species (name, color) SELECT ?, count(*) FROM species",
                          error);
  GHashTableIter iter = { 0 };
  gpointer name = NULL;

  if (!insert || !chorus_run_writer_show (self, error))
    return FALSE;

  g_hash_table_iter_init (&iter, self->species);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);

  g_ptr_array_sort_with_data (names, chorus_run_writer_compare_species, self->species);
  for (guint i = 0; i < names->len; i++)
    {
      chorus_statement_bind_text (insert, 1, g_ptr_array_index (names, i));
      if (!chorus_statement_run (insert, error))
        return FALSE;
    }

  return TRUE;
}
