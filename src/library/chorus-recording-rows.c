/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-rows.h"

#include "chorus-run-rows.h"

ChorusRecordingsInput *
chorus_recordings_input_new (const char *profile_id,
                             const char *deployment_id)
{
  ChorusRecordingsInput *self = g_new0 (ChorusRecordingsInput, 1);

  self->profile_id = g_strdup (profile_id);
  self->deployment_id = g_strdup (deployment_id);

  return self;
}

void
chorus_recordings_input_free (ChorusRecordingsInput *self)
{
  g_free (self->profile_id);
  g_free (self->deployment_id);
  g_free (self->reason);
  g_free (self->path);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->inferences, g_ptr_array_unref);
  g_clear_pointer (&self->part_ids, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

ChorusRecordingsOutput *
chorus_recordings_output_new (void)
{
  ChorusRecordingsOutput *self = g_new0 (ChorusRecordingsOutput, 1);

  self->recordings = g_ptr_array_new_with_free_func (g_object_unref);
  self->gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

void
chorus_recordings_output_free (ChorusRecordingsOutput *self)
{
  g_ptr_array_unref (self->recordings);
  g_array_unref (self->gone);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_free (self);
}

static gboolean
chorus_recording_rows_read (ChorusStatement         *select,
                            ChorusRecordingsOutput  *output,
                            GError                 **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    g_ptr_array_add (output->recordings, chorus_recording_new_from_row (select));

  return step == CHORUS_STEP_DONE;
}

gboolean
chorus_recording_rows_add_to_output (ChorusDatabase          *db,
                                     ChorusRecordingsOutput  *output,
                                     gint64                   recording_id,
                                     GError                 **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT " CHORUS_RECORDING_COLUMNS " FROM " CHORUS_RECORDING_TABLES
                          " WHERE r.recording_id = ?",
                          error);

  if (!select)
    return FALSE;
  chorus_statement_bind_int64 (select, 1, recording_id);

  return chorus_recording_rows_read (select, output, error);
}

gpointer
chorus_recording_rows_read_one (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();

  if (!chorus_recording_rows_add_to_output (db, output, input->recording_id, error))
    return NULL;

  return g_steal_pointer (&output);
}

gpointer
chorus_recording_rows_read_several (ChorusDatabase  *db,
                                    gpointer         data,
                                    GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT " CHORUS_RECORDING_COLUMNS " FROM " CHORUS_RECORDING_TABLES
                          " WHERE r.recording_id = ?",
                          error);

  if (!select)
    return NULL;
  for (guint i = 0; i < input->ids->len; i++)
    {
      chorus_statement_bind_int64 (select, 1, g_array_index (input->ids, gint64, i));
      if (!chorus_recording_rows_read (select, output, error))
        return NULL;
    }

  return g_steal_pointer (&output);
}

gpointer
chorus_recording_rows_read_unfinished (ChorusDatabase  *db,
                                       gpointer         data,
                                       GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT " CHORUS_RECORDING_COLUMNS " FROM " CHORUS_RECORDING_TABLES
                          " WHERE r.profile_id = ? AND r.deployment_id = ? AND r.analysis_state <> 'completed'"
                          "  AND (r.file_id IS NOT NULL OR EXISTS (SELECT 1 FROM parts p"
                          "    WHERE p.recording_id = r.recording_id AND p.file_id IS NOT NULL))",
                          error);

  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, input->profile_id);
  chorus_statement_bind_text (select, 2, input->deployment_id);
  if (!chorus_recording_rows_read (select, output, error))
    return NULL;

  return g_steal_pointer (&output);
}

gpointer
chorus_recording_rows_write_runs (ChorusDatabase  *db,
                                  gpointer         data,
                                  GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusRunWriter) writer = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();
  ChorusRunPlace place = { 0 };
  const gint64 part_id = input->part_ids ? g_array_index (input->part_ids, gint64, 0) : 0;
  gboolean changed = FALSE;

  if (!transaction)
    return NULL;
  writer = chorus_run_writer_new (db, error);
  if (!writer || !chorus_part_rows_read_place (db, input->recording_id, part_id, &place, error)
      || !chorus_run_writer_add (writer, &place, input->inferences, TRUE, &changed, error)
      || !chorus_run_writer_finish (writer, error)
      || !chorus_recording_rows_add_to_output (db, output, input->recording_id, error)
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&output);
}

/* Where a run is shown already it goes on being shown: what failed, or was not asked for after all, was another one. */
static gboolean
chorus_recording_rows_update_analysis (ChorusDatabase               *db,
                                       const ChorusRecordingsInput  *input,
                                       GError                      **error)
{
  g_autoptr (ChorusStatement) update =
    chorus_statement_new (db,
                          "UPDATE recordings SET analysis_error = ?2, analysis_state ="
                          " CASE WHEN ?1 IN ('none', 'failed') AND run_id IS NOT NULL THEN 'completed' ELSE ?1 END"
                          " WHERE recording_id = ?3",
                          error);

  if (!update)
    return FALSE;
  chorus_statement_bind_text (update, 1, chorus_recording_analysis_to_text (input->analysis));
  chorus_statement_bind_text (update, 2, input->reason);
  chorus_statement_bind_int64 (update, 3, input->recording_id);

  return chorus_statement_run (update, error);
}

gpointer
chorus_recording_rows_write_analysis (ChorusDatabase  *db,
                                      gpointer         data,
                                      GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();
  gboolean written = FALSE;

  if (!transaction)
    return NULL;
  if (input->part_ids)
    written =
      chorus_part_rows_write_analysis (db, input->recording_id, input->part_ids, input->analysis, input->reason, error);
  else
    written = chorus_recording_rows_update_analysis (db, input, error);
  if (!written || !chorus_recording_rows_add_to_output (db, output, input->recording_id, error)
      || !chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&output);
}

gpointer
chorus_recording_rows_write_original (ChorusDatabase  *db,
                                      gpointer         data,
                                      GError         **error)
{
  const ChorusRecordingsInput *input = data;
  g_autoptr (ChorusRecordingsOutput) output = chorus_recordings_output_new ();
  g_autoptr (ChorusStatement) update =
    chorus_statement_new (db, "UPDATE recordings SET local_path = ? WHERE recording_id = ?", error);

  if (!update)
    return NULL;
  chorus_statement_bind_text (update, 1, input->path);
  chorus_statement_bind_int64 (update, 2, input->recording_id);
  if (!chorus_statement_run (update, error)
      || !chorus_recording_rows_add_to_output (db, output, input->recording_id, error))
    return NULL;

  return g_steal_pointer (&output);
}
