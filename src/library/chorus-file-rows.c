/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings the recordings of a deployment into line with the files that the service listed. */

#include "config.h"

#include "api/chorus-file.h"
#include "chorus-recording-rows.h"
#include "chorus-run-rows.h"
#include "chorus-sync-times.h"

/* Two services may round a length differently. */
#define CHORUS_FILE_SAME_DURATION "0.02"

typedef struct
{
  const ChorusRecordingsInput *input;
  ChorusDatabase *db;
  ChorusStatement *find;
  ChorusStatement *claim;
  ChorusStatement *insert;
  ChorusStatement *update;
  ChorusRunWriter *runs;
  ChorusRecordingsOutput *output;
  gboolean sending; /* an upload is under way, see chorus_file_writer_find() */
} ChorusFileWriter;

static void
chorus_file_writer_clear (ChorusFileWriter *self)
{
  g_clear_pointer (&self->find, chorus_statement_free);
  g_clear_pointer (&self->claim, chorus_statement_free);
  g_clear_pointer (&self->insert, chorus_statement_free);
  g_clear_pointer (&self->update, chorus_statement_free);
  g_clear_pointer (&self->runs, chorus_run_writer_free);
  g_clear_pointer (&self->output, chorus_recordings_output_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusFileWriter, chorus_file_writer_clear)

static gboolean
chorus_file_writer_look_for_uploads (ChorusFileWriter  *self,
                                     GError           **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    self->db,
    "SELECT 1 FROM recordings WHERE profile_id = ? AND deployment_id = ? AND upload_state = 'sending'"
    " LIMIT 1",
    error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, self->input->profile_id);
  chorus_statement_bind_text (select, 2, self->input->deployment_id);
  step = chorus_statement_step (select, error);
  self->sending = step == CHORUS_STEP_ROW;

  return step != CHORUS_STEP_ERROR;
}

static gboolean
chorus_file_writer_prepare (ChorusFileWriter  *self,
                            GError           **error)
{
  self->find = chorus_statement_new (self->db,
                                     "SELECT recording_id FROM recordings"
                                     " WHERE profile_id = ? AND deployment_id = ? AND file_id = ?",
                                     error);
  if (!self->find)
    return FALSE;

  /* An upload whose answer named no id is recognized by its size or its length, where only one can be meant. */
  self->claim = chorus_statement_new (self->db,
                                      "SELECT min(recording_id), count(*) FROM recordings"
                                      " WHERE profile_id = ?1 AND deployment_id = ?2 AND file_id IS NULL"
                                      "  AND upload_state = 'sent'"
                                      "  AND CASE WHEN ?3 IS NOT NULL AND size IS NOT NULL THEN size = ?3"
                                      "       ELSE abs(duration - ?4) < " CHORUS_FILE_SAME_DURATION " END",
                                      error);
  if (!self->claim)
    return FALSE;

  self->insert =
    chorus_statement_new (self->db,
                          "INSERT INTO recordings (profile_id, deployment_id, file_id, name, server_name,"
                          "  url, size, duration, created_at, recorded_at, recorded_has_zone, time_source,"
                          "  upload_state) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'remote')",
                          error);
  if (!self->insert)
    return FALSE;

  /* What was uploaded from here keeps the name it has here. */
  self->update = chorus_statement_new (self->db,
                                       "UPDATE recordings SET file_id = ?2, server_name = ?3, url = ?4,"
                                       "  name = CASE upload_state WHEN 'remote' THEN ?3 ELSE name END,"
                                       "  size = coalesce(size, ?5), duration = coalesce(duration, ?6)"
                                       " WHERE recording_id = ?1 AND (file_id IS NOT ?2 OR server_name IS NOT ?3"
                                       "  OR url IS NOT ?4 OR (size IS NULL AND ?5 IS NOT NULL)"
                                       "  OR (duration IS NULL AND ?6 IS NOT NULL))",
                                       error);
  if (!self->update)
    return FALSE;

  self->runs = chorus_run_writer_new (self->db, error);

  return self->runs && chorus_file_writer_look_for_uploads (self, error);
}

static void
chorus_file_writer_bind_size (ChorusStatement *statement,
                              int              parameter,
                              ChorusFile      *file)
{
  if (chorus_file_get_size (file) >= 0)
    chorus_statement_bind_int64 (statement, parameter, chorus_file_get_size (file));
  else
    chorus_statement_bind_null (statement, parameter);
}

/* Finds the recording of a file; @recording_id becomes 0 when there is none. */
static gboolean
chorus_file_writer_find (ChorusFileWriter  *self,
                         ChorusFile        *file,
                         gint64            *recording_id,
                         GError           **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  *recording_id = 0;

  chorus_statement_bind_text (self->find, 1, self->input->profile_id);
  chorus_statement_bind_text (self->find, 2, self->input->deployment_id);
  chorus_statement_bind_text (self->find, 3, chorus_file_get_id (file));
  step = chorus_statement_step (self->find, error);
  if (step == CHORUS_STEP_ROW)
    {
      *recording_id = chorus_statement_get_int64 (self->find, 0);
      chorus_statement_reset (self->find);
    }
  if (step != CHORUS_STEP_DONE)
    return step == CHORUS_STEP_ROW;

  chorus_statement_bind_text (self->claim, 1, self->input->profile_id);
  chorus_statement_bind_text (self->claim, 2, self->input->deployment_id);
  chorus_file_writer_bind_size (self->claim, 3, file);
  chorus_statement_bind_double (self->claim, 4, chorus_file_get_duration (file));
  step = chorus_statement_step (self->claim, error);
  if (step != CHORUS_STEP_ROW)
    return FALSE;
  if (chorus_statement_get_int64 (self->claim, 1) == 1)
    *recording_id = chorus_statement_get_int64 (self->claim, 0);
  chorus_statement_reset (self->claim);

  return TRUE;
}

static gboolean
chorus_file_writer_insert (ChorusFileWriter  *self,
                           ChorusFile        *file,
                           const char        *name,
                           gint64            *recording_id,
                           GError           **error)
{
  g_autoptr (ChorusRecordingTime) recorded = chorus_recording_time_new_from_file_name (name);
  g_autofree char *recorded_at = recorded ? chorus_recording_time_to_iso (recorded) : NULL;
  ChorusStatement *insert = self->insert;

  chorus_statement_bind_text (insert, 1, self->input->profile_id);
  chorus_statement_bind_text (insert, 2, self->input->deployment_id);
  chorus_statement_bind_text (insert, 3, chorus_file_get_id (file));
  chorus_statement_bind_text (insert, 4, name);
  chorus_statement_bind_text (insert, 5, chorus_file_get_url (file));
  chorus_file_writer_bind_size (insert, 6, file);
  chorus_statement_bind_double (insert, 7, chorus_file_get_duration (file));
  chorus_statement_bind_text (insert, 8, chorus_file_get_created_at (file));
  chorus_statement_bind_text (insert, 9, recorded_at);
  chorus_statement_bind_boolean (insert, 10, recorded && chorus_recording_time_get_has_zone (recorded));
  chorus_statement_bind_text (insert, 11,
                              recorded ? chorus_time_source_to_text (chorus_recording_time_get_source (recorded))
                                       : NULL);
  if (!chorus_statement_run (insert, error))
    return FALSE;
  *recording_id = chorus_database_get_last_row_id (self->db);

  return TRUE;
}

static gboolean
chorus_file_writer_update (ChorusFileWriter  *self,
                           ChorusFile        *file,
                           const char        *name,
                           gint64             recording_id,
                           gboolean          *changed,
                           GError           **error)
{
  chorus_statement_bind_int64 (self->update, 1, recording_id);
  chorus_statement_bind_text (self->update, 2, chorus_file_get_id (file));
  chorus_statement_bind_text (self->update, 3, name);
  chorus_statement_bind_text (self->update, 4, chorus_file_get_url (file));
  chorus_file_writer_bind_size (self->update, 5, file);
  chorus_statement_bind_double (self->update, 6, chorus_file_get_duration (file));
  if (!chorus_statement_run (self->update, error))
    return FALSE;
  *changed = chorus_database_get_n_changes (self->db) > 0;

  return TRUE;
}

static gboolean
chorus_file_writer_write (ChorusFileWriter  *self,
                          ChorusFile        *file,
                          GError           **error)
{
  const char *name = chorus_file_get_name (file) ? chorus_file_get_name (file) : chorus_file_get_id (file);
  GPtrArray *inferences = chorus_file_get_inferences (file);
  gint64 recording_id = 0;
  gboolean changed = TRUE;
  gboolean new_runs = FALSE;

  if (!chorus_file_writer_find (self, file, &recording_id, error))
    return FALSE;

  if (recording_id == 0)
    {
      /* It may be what is just being sent, whose id the queue is about to learn. The next refresh will tell. */
      if (self->sending)
        return TRUE;
      if (!chorus_file_writer_insert (self, file, name, &recording_id, error))
        return FALSE;
    }
  else if (!chorus_file_writer_update (self, file, name, recording_id, &changed, error))
    return FALSE;

  if (inferences && !chorus_run_writer_add (self->runs, recording_id, inferences, FALSE, &new_runs, error))
    return FALSE;

  return (!changed && !new_runs) || chorus_recording_rows_add_to_output (self->db, self->output, recording_id, error);
}

gpointer
chorus_recording_rows_write_files (ChorusDatabase  *db,
                                   gpointer         data,
                                   GError         **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_auto (ChorusFileWriter) self = { .input = data, .db = db, .output = chorus_recordings_output_new () };

  if (!transaction || !chorus_file_writer_prepare (&self, error))
    return NULL;

  for (guint i = 0; i < self.input->files->len; i++)
    {
      if (!chorus_file_writer_write (&self, g_ptr_array_index (self.input->files, i), error))
        return NULL;
    }
  if (!chorus_run_writer_finish (self.runs, error))
    return NULL;
  if (self.input->synced_at)
    {
      self.output->synced_at = g_date_time_ref (self.input->synced_at);
      if (!chorus_sync_times_write (db, self.input->profile_id, self.input->deployment_id, self.input->synced_at,
                                    error))
        return NULL;
    }
  if (!chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&self.output);
}
