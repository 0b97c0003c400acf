/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-detection-rows.h"

#include <math.h>

/* As the properties of a detection take it: below zero for what is not known. JSON can write numbers that overflow. */
static double
chorus_detection_rows_get_known (ChorusStatement *row,
                                 int              column)
{
  double number = chorus_statement_get_double (row, column);

  return isfinite (number) ? number : -1;
}

void
chorus_detection_state_from_row (ChorusStatement      *row,
                                 int                   column,
                                 ChorusDetectionState *state)
{
  *state = (ChorusDetectionState){
    .verdict = chorus_verdict_from_text (chorus_statement_get_text (row, column)),
    .scientific_name = chorus_statement_dup_text (row, column + 1),
    .common_name = chorus_statement_dup_text (row, column + 2),
    .reviewer = chorus_statement_dup_text (row, column + 3),
    .reviewed_at = chorus_statement_dup_text (row, column + 4),
    .note = chorus_statement_dup_text (row, column + 5),
    .starred = chorus_statement_get_boolean (row, column + 6),
  };
}

/* A prediction without a time speaks of the whole recording. */
ChorusDetection *
chorus_detection_new_from_row (ChorusStatement *row)
{
  const double duration = chorus_statement_get_double (row, 11);
  double start = chorus_statement_get_double (row, 5);
  double end = chorus_statement_get_double (row, 6);
  g_auto (ChorusDetectionState) state = { 0 };
  ChorusDetection *self = NULL;

  if (!isfinite (start))
    start = 0;
  if (!isfinite (end))
    end = isnan (duration) ? start : MAX (duration, start);

  self = g_object_new (CHORUS_TYPE_DETECTION, "detection-id", chorus_statement_get_int64 (row, 0), "recording-id",
                       chorus_statement_get_int64 (row, 1), "scientific-name", chorus_statement_get_text (row, 2),
                       "common-name", chorus_statement_get_text (row, 3), "confidence",
                       chorus_detection_rows_get_known (row, 4), "start", start, "end", end, "low",
                       chorus_detection_rows_get_known (row, 7), "high", chorus_detection_rows_get_known (row, 8),
                       "color", (guint) chorus_statement_get_int64 (row, 9) % CHORUS_DETECTION_N_COLORS, "origin",
                       chorus_detection_origin_from_text (chorus_statement_get_text (row, 10)), NULL);
  chorus_detection_state_from_row (row, 12, &state);
  chorus_detection_set_state (self, &state);

  return self;
}

gpointer
chorus_detection_rows_read (ChorusDatabase  *db,
                            gpointer         data,
                            GError         **error)
{
  g_autoptr (GPtrArray) detections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT " CHORUS_DETECTION_COLUMNS " FROM " CHORUS_DETECTION_TABLES
                          " WHERE d.recording_id = ? AND d.shown_in IS NOT NULL"
                          " ORDER BY coalesce(d.start_time, 0), d.run_id, d.ordinal",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_int64 (select, 1, *(const gint64 *) data);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    g_ptr_array_add (detections, chorus_detection_new_from_row (select));

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&detections) : NULL;
}

gboolean
chorus_detection_rows_count (ChorusDatabase  *db,
                             gint64           recording_id,
                             GError         **error)
{
  g_autoptr (ChorusStatement) update = chorus_statement_new (
    db,
    "UPDATE recordings SET (n_detections, n_species, n_reviewed) ="
    " (SELECT count(*), count(DISTINCT CASE WHEN held_species <> 'Unidentified sound' THEN held_species END),"
    "    coalesce(sum(verdict <> 'none'), 0)"
    "  FROM detections d WHERE d.recording_id = ?1 AND d.shown_in IS NOT NULL)"
    " WHERE recording_id = ?1",
    error);

  if (!update)
    return FALSE;
  chorus_statement_bind_int64 (update, 1, recording_id);

  return chorus_statement_run (update, error);
}

gboolean
chorus_detection_rows_add_species (ChorusDatabase  *db,
                                   const char      *scientific_name,
                                   const char      *common_name,
                                   GError         **error)
{
  const char *name = scientific_name && *scientific_name != '\0' ? scientific_name : common_name;
  g_autoptr (ChorusStatement) insert = NULL;

  if (!name || *name == '\0')
    return TRUE;

  insert = chorus_statement_new (db,
                                 "INSERT INTO species (name, color) SELECT ?1, (SELECT count(*) FROM species)"
                                 " WHERE NOT EXISTS (SELECT 1 FROM species WHERE name = ?1)",
                                 error);
  if (!insert)
    return FALSE;
  chorus_statement_bind_text (insert, 1, name);

  return chorus_statement_run (insert, error);
}
