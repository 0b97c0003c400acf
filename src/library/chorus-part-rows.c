/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-part-rows.h"

#include <glib/gi18n.h>

#include "chorus-detection-rows.h"
#include "chorus-seams.h"

void
chorus_part_rows_get_place (ChorusStatement *row,
                            ChorusRunPlace  *place)
{
  place->recording_id = chorus_statement_get_int64 (row, 0);
  place->part_id = chorus_statement_get_int64 (row, 1);
  place->ordinal = (guint) chorus_statement_get_int64 (row, 2);
  place->start = chorus_statement_get_double (row, 3);
  place->duration = chorus_statement_get_double (row, 4);
  place->several = chorus_statement_get_boolean (row, 5);
}

gboolean
chorus_part_rows_read_place (ChorusDatabase  *db,
                             gint64           recording_id,
                             gint64           part_id,
                             ChorusRunPlace  *place,
                             GError         **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT " CHORUS_RUN_PLACE_COLUMNS " FROM parts p"
                          " WHERE p.recording_id = ?1 AND (?2 = 0 OR p.part_id = ?2) LIMIT 1",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  *place = (ChorusRunPlace){ .recording_id = recording_id };
  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, recording_id);
  chorus_statement_bind_int64 (select, 2, part_id);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ROW)
    chorus_part_rows_get_place (select, place);

  return step != CHORUS_STEP_ERROR;
}

static gboolean
chorus_part_rows_run (ChorusDatabase  *db,
                      const char      *sql,
                      gint64           id,
                      const char      *text,
                      GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return FALSE;
  chorus_statement_bind_int64 (statement, 1, id);
  if (text)
    chorus_statement_bind_text (statement, 2, text);

  return chorus_statement_run (statement, error);
}

gboolean
chorus_part_rows_settle (ChorusDatabase  *db,
                         gint64           recording_id,
                         const char      *reason,
                         GError         **error)
{
  static const char show[] = "UPDATE parts SET run_id = (SELECT max(u.run_id) FROM runs u"
                             "  WHERE u.recording_id = ?1 AND u.part_id = parts.part_id AND u.status = 'completed')"
                             " WHERE recording_id = ?1";
  static const char combine[] =
    "UPDATE recordings SET"
    "  analysis_state = CASE WHEN n.under_way > 0"
    "      THEN CASE n.pending WHEN n.parts THEN 'pending' ELSE 'running' END"
    "    WHEN n.failed > 0 THEN 'failed' WHEN n.unasked > 0 THEN 'none' ELSE 'completed' END,"
    "  analysis_error = CASE WHEN ?3 IS NOT NULL THEN ?3 WHEN n.failed = 0 AND n.failed_last = 0 THEN NULL"
    "    WHEN n.failed_last > 0 THEN ?2 ELSE analysis_error END"
    " FROM (SELECT count(*) AS parts, total(p.analysis_state IN ('pending', 'running')) AS under_way,"
    "    total(p.analysis_state = 'pending') AS pending, total(p.analysis_state = 'failed') AS failed,"
    "    total(p.analysis_state = 'none') AS unasked,"
    "    total('failed' = (SELECT u.status FROM runs u WHERE u.recording_id = ?1 AND u.part_id = p.part_id"
    "      ORDER BY u.run_id DESC LIMIT 1)) AS failed_last"
    "  FROM parts p WHERE p.recording_id = ?1) AS n"
    " WHERE recording_id = ?1";
  g_autoptr (ChorusStatement) statement = NULL;

  if (!chorus_part_rows_run (db, show, recording_id, NULL, error) || !chorus_seams_join (db, recording_id, error)
      || !chorus_detection_rows_count (db, recording_id, error))
    return FALSE;

  statement = chorus_statement_new (db, combine, error);
  if (!statement)
    return FALSE;
  chorus_statement_bind_int64 (statement, 1, recording_id);
  chorus_statement_bind_text (statement, 2,
                              _("The service could not analyze a part of this recording. Analyze it again; if that "
                                 "fails too, the people who run the service can help."));
  chorus_statement_bind_text (statement, 3, reason);

  return chorus_statement_run (statement, error);
}

char *
chorus_part_rows_dup_run_id (const ChorusRunPlace *place,
                             const char           *inference_id)
{
  return place->several ? g_strdup_printf ("%u/%s", place->ordinal, inference_id) : g_strdup (inference_id);
}

gboolean
chorus_part_rows_follow_runs (ChorusDatabase  *db,
                              gint64           part_id,
                              GError         **error)
{
  return chorus_part_rows_run (db,
                               "UPDATE parts SET analysis_state = CASE WHEN latest.status = 'failed'"
                               "    AND EXISTS (SELECT 1 FROM runs u WHERE u.recording_id = parts.recording_id"
                               "      AND u.part_id = ?1 AND u.status = 'completed')"
                               "    THEN 'completed' ELSE latest.status END"
                               " FROM (SELECT u.status FROM runs u JOIN parts p USING (recording_id, part_id)"
                               "   WHERE p.part_id = ?1 ORDER BY u.run_id DESC LIMIT 1) AS latest"
                               " WHERE part_id = ?1",
                               part_id, NULL, error);
}

static gboolean
chorus_part_rows_move_runs (ChorusDatabase        *db,
                            gint64                 other_id,
                            const ChorusRunPlace  *place,
                            GError               **error)
{
  g_autofree char *prefix = chorus_part_rows_dup_run_id (place, "");
  g_autoptr (ChorusStatement) update = chorus_statement_new (
    db,
    /* A run that is known here already keeps its place; the other is kept beside it. What people
                           * added and imported is of the recording and not of a part. */
    "UPDATE runs SET recording_id = ?2,"
    "  part_id = CASE origin WHEN 'service' THEN ?3 END,"
    "  inference_id = own.prefix || inference_id ||"
    "  CASE WHEN EXISTS (SELECT 1 FROM runs x WHERE x.recording_id = ?2"
    "    AND x.inference_id = own.prefix || runs.inference_id) THEN ' ' || runs.run_id ELSE '' END"
    " FROM (SELECT run_id, CASE origin WHEN 'service' THEN ?4 ELSE '' END AS prefix FROM runs"
    "   WHERE recording_id = ?1) AS own"
    " WHERE runs.run_id = own.run_id",
    error);

  if (!update)
    return FALSE;
  chorus_statement_bind_int64 (update, 1, other_id);
  chorus_statement_bind_int64 (update, 2, place->recording_id);
  chorus_statement_bind_int64 (update, 3, place->part_id);
  chorus_statement_bind_text (update, 4, prefix);

  return chorus_statement_run (update, error);
}

static gboolean
chorus_part_rows_move_detections (ChorusDatabase        *db,
                                  gint64                 other_id,
                                  const ChorusRunPlace  *place,
                                  GError               **error)
{
  g_autoptr (ChorusStatement) update =
    chorus_statement_new (db,
                          "UPDATE detections SET recording_id = ?2,"
                          "  start_time = CASE WHEN ?3 THEN ?4 + min(max(coalesce(start_time, 0), 0), ?5)"
                          "    ELSE start_time END,"
                          "  end_time = CASE WHEN ?3"
                          "    THEN ?4 + min(max(coalesce(end_time, ?5), coalesce(start_time, 0), 0), ?5)"
                          "    ELSE end_time END"
                          " WHERE recording_id = ?1",
                          error);

  if (!update)
    return FALSE;
  chorus_statement_bind_int64 (update, 1, other_id);
  chorus_statement_bind_int64 (update, 2, place->recording_id);
  chorus_statement_bind_boolean (update, 3, place->several);
  chorus_statement_bind_double (update, 4, place->start);
  chorus_statement_bind_double (update, 5, place->duration);

  return chorus_statement_run (update, error);
}

gboolean
chorus_part_rows_adopt (ChorusDatabase        *db,
                        gint64                 other_id,
                        const ChorusRunPlace  *place,
                        GError               **error)
{
  /* The rows refer to each other while they move. */
  return chorus_part_rows_run (db, "UPDATE recordings SET run_id = NULL WHERE recording_id = ?1", other_id, NULL, error)
         && chorus_part_rows_move_runs (db, other_id, place, error)
         && chorus_part_rows_move_detections (db, other_id, place, error)
         && chorus_part_rows_run (db, "DELETE FROM recordings WHERE recording_id = ?1", other_id, NULL, error)
         && (!place->several || chorus_part_rows_follow_runs (db, place->part_id, error));
}

gboolean
chorus_part_rows_write_analysis (ChorusDatabase           *db,
                                 gint64                    recording_id,
                                 GArray                   *part_ids,
                                 ChorusRecordingAnalysis   analysis,
                                 const char               *reason,
                                 GError                  **error)
{
  for (guint i = 0; i < part_ids->len; i++)
    {
      if (!chorus_part_rows_run (
            db,
            "UPDATE parts SET analysis_state ="
            " CASE WHEN ?2 IN ('none', 'failed') AND run_id IS NOT NULL THEN 'completed' ELSE ?2 END"
            " WHERE part_id = ?1",
            g_array_index (part_ids, gint64, i), chorus_recording_analysis_to_text (analysis), error))
        return FALSE;
    }

  return chorus_part_rows_settle (db, recording_id, reason, error);
}

ChorusPartTarget *
chorus_part_target_new (gint64      part_id,
                        const char *file_id)
{
  ChorusPartTarget *self = g_new0 (ChorusPartTarget, 1);

  self->part_id = part_id;
  self->file_id = g_strdup (file_id);

  return self;
}

void
chorus_part_target_free (ChorusPartTarget *self)
{
  g_free (self->file_id);
  g_free (self);
}

gpointer
chorus_part_rows_read_targets (ChorusDatabase  *db,
                               gpointer         data,
                               GError         **error)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_part_target_free);
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT part_id, file_id, ordinal, analysis_state FROM parts"
                          " WHERE recording_id = ? AND file_id IS NOT NULL ORDER BY ordinal",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_int64 (select, 1, *(const gint64 *) data);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusPartTarget *target =
        chorus_part_target_new (chorus_statement_get_int64 (select, 0), chorus_statement_get_text (select, 1));

      target->ordinal = (guint) chorus_statement_get_int64 (select, 2);
      target->analysis = chorus_recording_analysis_from_text (chorus_statement_get_text (select, 3));
      g_ptr_array_add (targets, target);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&targets) : NULL;
}
