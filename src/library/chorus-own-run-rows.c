/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-own-run-rows.h"

#include "chorus-detection-rows.h"

static char *
chorus_own_run_dup_id (const ChorusOwnRun *run)
{
  if (run->origin == CHORUS_DETECTION_PERSON)
    return g_strdup ("person");

  return g_strdup_printf ("import %s%s%s%s%s", run->source ? run->source : "", run->model_name ? "\n" : "",
                          run->model_name ? run->model_name : "", run->model_version ? "\n" : "",
                          run->model_version ? run->model_version : "");
}

static const char *
chorus_own_run_get_origin (const ChorusOwnRun *run)
{
  return run->origin == CHORUS_DETECTION_PERSON ? "person" : "import";
}

static gboolean
chorus_own_run_rows_insert (ChorusDatabase      *db,
                            const ChorusOwnRun  *run,
                            const char          *inference_id,
                            gint64              *run_id,
                            GError             **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created_at = g_date_time_format_iso8601 (now);
  g_autoptr (ChorusStatement) insert =
    chorus_statement_new (db,
                          "INSERT INTO runs (recording_id, inference_id, status, origin, model_name, model_version,"
                          "  created_at) VALUES (?, ?, 'completed', ?, ?, ?, ?)",
                          error);

  if (!insert)
    return FALSE;
  chorus_statement_bind_int64 (insert, 1, run->recording_id);
  chorus_statement_bind_text (insert, 2, inference_id);
  chorus_statement_bind_text (insert, 3, chorus_own_run_get_origin (run));
  chorus_statement_bind_text (insert, 4, run->model_name);
  chorus_statement_bind_text (insert, 5, run->model_version);
  chorus_statement_bind_text (insert, 6, created_at);
  if (!chorus_statement_run (insert, error))
    return FALSE;
  *run_id = chorus_database_get_last_row_id (db);

  return TRUE;
}

gboolean
chorus_own_run_rows_take (ChorusDatabase      *db,
                          const ChorusOwnRun  *run,
                          gint64              *run_id,
                          GError             **error)
{
  g_autofree char *inference_id = chorus_own_run_dup_id (run);
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT run_id FROM runs WHERE recording_id = ? AND inference_id = ? AND origin = ?",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, run->recording_id);
  chorus_statement_bind_text (select, 2, inference_id);
  chorus_statement_bind_text (select, 3, chorus_own_run_get_origin (run));
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ERROR)
    return FALSE;
  if (step == CHORUS_STEP_ROW)
    {
      *run_id = chorus_statement_get_int64 (select, 0);
      return TRUE;
    }

  return chorus_own_run_rows_insert (db, run, inference_id, run_id, error);
}

gboolean
chorus_own_run_rows_add (ChorusDatabase               *db,
                         const ChorusOwnRun           *run,
                         gint64                        run_id,
                         const ChorusResultDetection  *detection,
                         gint64                       *detection_id,
                         GError                      **error)
{
  g_autoptr (ChorusStatement) insert = chorus_statement_new (
    db,
    "INSERT INTO detections (run_id, ordinal, recording_id, origin, scientific_name, common_name, confidence,"
    "  start_time, end_time, low_freq, high_freq)"
    " VALUES (?1, (SELECT coalesce(max(ordinal) + 1, 0) FROM detections WHERE run_id = ?1),"
    "  ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    error);

  if (!insert)
    return FALSE;
  chorus_statement_bind_int64 (insert, 1, run_id);
  chorus_statement_bind_int64 (insert, 2, run->recording_id);
  chorus_statement_bind_text (insert, 3, chorus_own_run_get_origin (run));
  chorus_statement_bind_text (insert, 4, detection->scientific_name);
  chorus_statement_bind_text (insert, 5, detection->common_name);
  chorus_statement_bind_double (insert, 6, detection->confidence);
  chorus_statement_bind_double (insert, 7, detection->start);
  chorus_statement_bind_double (insert, 8, detection->end);
  chorus_statement_bind_double (insert, 9, detection->low);
  chorus_statement_bind_double (insert, 10, detection->high);
  if (!chorus_statement_run (insert, error))
    return FALSE;
  *detection_id = chorus_database_get_last_row_id (db);

  return chorus_detection_rows_add_species (db, detection->scientific_name, detection->common_name, error);
}
