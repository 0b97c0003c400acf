/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings the recordings of a deployment into line with the files that the service listed. */

#include "config.h"

#include <math.h>

#include "api/chorus-file.h"
#include "chorus-recording-rows.h"
#include "chorus-run-rows.h"
#include "chorus-sync-times.h"

/* Two services may round a length differently. */
#define CHORUS_FILE_SAME_DURATION "0.02"

/* Seconds that the time in the name of a file may be off from when a part begins: names have no fractions. */
#define CHORUS_FILE_SAME_TIME "1.5"

/* An upload whose end is not known yet: the service may have it under an id that is not known here. */
#define CHORUS_FILE_UNCLEAR "'sending', 'confirming', 'may-have-arrived'"

typedef struct
{
  const ChorusRecordingsInput *input;
  ChorusDatabase *db;
  ChorusStatement *find_part;
  ChorusStatement *find;
  ChorusStatement *claim;
  ChorusStatement *insert;
  ChorusStatement *update;
  ChorusStatement *update_part;
  ChorusRunWriter *runs;
  ChorusRecordingsOutput *output;
  GArray *changed;     /* of gint64: recordings to return */
  GHashTable *changes; /* the same, as a set */
  gboolean sending;    /* an upload is under way, see chorus_file_writer_find() */
} ChorusFileWriter;

static void
chorus_file_writer_clear (ChorusFileWriter *self)
{
  g_clear_pointer (&self->find_part, chorus_statement_free);
  g_clear_pointer (&self->find, chorus_statement_free);
  g_clear_pointer (&self->claim, chorus_statement_free);
  g_clear_pointer (&self->insert, chorus_statement_free);
  g_clear_pointer (&self->update, chorus_statement_free);
  g_clear_pointer (&self->update_part, chorus_statement_free);
  g_clear_pointer (&self->runs, chorus_run_writer_free);
  g_clear_pointer (&self->output, chorus_recordings_output_free);
  g_clear_pointer (&self->changed, g_array_unref);
  g_clear_pointer (&self->changes, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusFileWriter, chorus_file_writer_clear)

static gboolean
chorus_file_writer_look_for_uploads (ChorusFileWriter  *self,
                                     GError           **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    self->db,
    "SELECT 1 FROM recordings WHERE profile_id = ?1 AND deployment_id = ?2 AND upload_state = 'sending'"
    " UNION ALL SELECT 1 FROM uploads u CROSS JOIN recordings r USING (recording_id)"
    "  WHERE u.state IN (" CHORUS_FILE_UNCLEAR ") AND r.profile_id = ?1 AND r.deployment_id = ?2"
    " UNION ALL SELECT 1 FROM parts p CROSS JOIN recordings r USING (recording_id)"
    "  WHERE p.state IN (" CHORUS_FILE_UNCLEAR ") AND r.profile_id = ?1 AND r.deployment_id = ?2"
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
chorus_file_writer_prepare_search (ChorusFileWriter  *self,
                                   GError           **error)
{
  self->find_part = chorus_statement_new (self->db,
                                          "SELECT " CHORUS_RUN_PLACE_COLUMNS " FROM parts p CROSS JOIN recordings r"
                                          " WHERE p.file_id = ?3 AND r.recording_id = p.recording_id"
                                          "  AND r.profile_id = ?1 AND r.deployment_id = ?2 LIMIT 1",
                                          error);
  if (!self->find_part)
    return FALSE;

  self->find = chorus_statement_new (self->db,
                                     "SELECT recording_id, upload_state = 'remote' FROM recordings"
                                     " WHERE profile_id = ? AND deployment_id = ? AND file_id = ?",
                                     error);
  if (!self->find)
    return FALSE;

  /* An upload whose answer named no id is recognized by its size or its length and, among several, by the time in its
   * name, where only one can be meant. What was sent as one and has no part came from an earlier version. */
  self->claim = chorus_statement_new (
    self->db,
    "SELECT min(recording_id), coalesce(min(part_id), 0), count(*) FROM ("
    " SELECT r.recording_id, p.part_id, r.recorded_at, p.start_time, p.size, p.duration"
    "  FROM parts p CROSS JOIN recordings r USING (recording_id)"
    "  WHERE p.file_id IS NULL AND p.state = 'sent' AND r.file_id IS NULL AND r.profile_id = ?1 AND r.deployment_id = ?2"
    " UNION ALL SELECT recording_id, NULL, recorded_at, 0, size, duration FROM recordings r"
    "  WHERE profile_id = ?1 AND deployment_id = ?2 AND file_id IS NULL AND upload_state = 'sent'"
    "   AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.recording_id = r.recording_id))"
    " WHERE CASE WHEN ?3 IS NOT NULL AND size IS NOT NULL THEN size = ?3"
    "   ELSE abs(duration - ?4) < " CHORUS_FILE_SAME_DURATION " END"
    "  AND (?5 IS NULL OR abs(strftime('%s', substr(recorded_at, 1, 19)) + start_time - ?5) < " CHORUS_FILE_SAME_TIME
    ")",
    error);

  return self->claim != NULL;
}

static gboolean
chorus_file_writer_prepare (ChorusFileWriter  *self,
                            GError           **error)
{
  self->changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!chorus_file_writer_prepare_search (self, error))
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

  self->update_part = chorus_statement_new (self->db,
                                            "UPDATE parts SET file_id = ?2, server_name = ?3, url = ?4"
                                            " WHERE part_id = ?1 AND (file_id IS NOT ?2 OR server_name IS NOT ?3"
                                            "  OR url IS NOT ?4)",
                                            error);
  if (!self->update_part)
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

/* The clock that the name of a file tells, in seconds since 1970 as if it were UTC, or NaN. */
static double
chorus_file_writer_read_clock (ChorusFile *file)
{
  g_autoptr (ChorusRecordingTime) recorded =
    chorus_file_get_name (file) ? chorus_recording_time_new_from_file_name (chorus_file_get_name (file)) : NULL;
  GDateTime *time = recorded ? chorus_recording_time_get_time (recorded) : NULL;

  if (!time)
    return (double) NAN;

  return (double) g_date_time_to_unix (time) + (double) g_date_time_get_utc_offset (time) / (double) G_TIME_SPAN_SECOND;
}

static gboolean
chorus_file_writer_try_claim (ChorusFileWriter  *self,
                              ChorusFile        *file,
                              double             clock,
                              gint64            *recording_id,
                              gint64            *part_id,
                              guint             *n_found,
                              GError           **error)
{
  chorus_statement_bind_text (self->claim, 1, self->input->profile_id);
  chorus_statement_bind_text (self->claim, 2, self->input->deployment_id);
  chorus_file_writer_bind_size (self->claim, 3, file);
  chorus_statement_bind_double (self->claim, 4, chorus_file_get_duration (file));
  chorus_statement_bind_double (self->claim, 5, clock);
  if (chorus_statement_step (self->claim, error) != CHORUS_STEP_ROW)
    return FALSE;
  *recording_id = chorus_statement_get_int64 (self->claim, 0);
  *part_id = chorus_statement_get_int64 (self->claim, 1);
  *n_found = (guint) chorus_statement_get_int64 (self->claim, 2);
  chorus_statement_reset (self->claim);

  return TRUE;
}

static gboolean
chorus_file_writer_claim (ChorusFileWriter  *self,
                          ChorusFile        *file,
                          ChorusRunPlace    *place,
                          GError           **error)
{
  gint64 recording_id = 0;
  gint64 part_id = 0;
  guint n_found = 0;
  double clock = (double) NAN;

  if (!chorus_file_writer_try_claim (self, file, clock, &recording_id, &part_id, &n_found, error))
    return FALSE;
  if (n_found > 1)
    {
      clock = chorus_file_writer_read_clock (file);
      if (isnan (clock))
        return TRUE;
      if (!chorus_file_writer_try_claim (self, file, clock, &recording_id, &part_id, &n_found, error))
        return FALSE;
    }

  return n_found != 1 || chorus_part_rows_read_place (self->db, recording_id, part_id, place, error);
}

/* The recording that has the id of a file, 0 when there is none, and whether it is known from the service alone. */
static gboolean
chorus_file_writer_find_recording (ChorusFileWriter  *self,
                                   ChorusFile        *file,
                                   gint64            *recording_id,
                                   gboolean          *remote,
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
      *remote = chorus_statement_get_boolean (self->find, 1);
      chorus_statement_reset (self->find);
    }

  return step != CHORUS_STEP_ERROR;
}

/* Finds what a file is; the recording of @place becomes 0 when that is nothing known. */
static gboolean
chorus_file_writer_find (ChorusFileWriter  *self,
                         ChorusFile        *file,
                         ChorusRunPlace    *place,
                         GError           **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;
  gint64 recording_id = 0;
  gboolean remote = FALSE;

  *place = (ChorusRunPlace){ 0 };
  chorus_statement_bind_text (self->find_part, 1, self->input->profile_id);
  chorus_statement_bind_text (self->find_part, 2, self->input->deployment_id);
  chorus_statement_bind_text (self->find_part, 3, chorus_file_get_id (file));
  step = chorus_statement_step (self->find_part, error);
  if (step == CHORUS_STEP_ROW)
    {
      chorus_part_rows_get_place (self->find_part, place);
      chorus_statement_reset (self->find_part);
    }
  if (step == CHORUS_STEP_ERROR || !chorus_file_writer_find_recording (self, file, &recording_id, &remote, error))
    return FALSE;

  /* That two uploads got the same id is a mistake of the service: the file is that of the first. */
  if (recording_id != 0 && (place->recording_id == 0 || (recording_id != place->recording_id && !remote)))
    return chorus_part_rows_read_place (self->db, recording_id, 0, place, error);
  if (place->recording_id == 0)
    return chorus_file_writer_claim (self, file, place, error);
  if (recording_id == 0 || recording_id == place->recording_id)
    return TRUE;

  /* It was listed before the upload learned its id, and taken for a recording of its own. */
  chorus_run_writer_note_moved (self->runs, place);
  g_array_append_val (self->output->gone, recording_id);

  return chorus_part_rows_adopt (self->db, recording_id, place, error);
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
chorus_file_writer_update_recording (ChorusFileWriter  *self,
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
chorus_file_writer_update (ChorusFileWriter      *self,
                           ChorusFile            *file,
                           const char            *name,
                           const ChorusRunPlace  *place,
                           gboolean              *changed,
                           GError               **error)
{
  gboolean part_changed = FALSE;

  *changed = FALSE;
  if (place->part_id != 0)
    {
      chorus_statement_bind_int64 (self->update_part, 1, place->part_id);
      chorus_statement_bind_text (self->update_part, 2, chorus_file_get_id (file));
      chorus_statement_bind_text (self->update_part, 3, name);
      chorus_statement_bind_text (self->update_part, 4, chorus_file_get_url (file));
      if (!chorus_statement_run (self->update_part, error))
        return FALSE;
      part_changed = chorus_database_get_n_changes (self->db) > 0;
    }
  if (!place->several && !chorus_file_writer_update_recording (self, file, name, place->recording_id, changed, error))
    return FALSE;
  *changed |= part_changed;

  return TRUE;
}

static void
chorus_file_writer_note_change (ChorusFileWriter *self,
                                gint64            recording_id)
{
  if (g_hash_table_add (self->changes, g_memdup2 (&recording_id, sizeof recording_id)))
    g_array_append_val (self->changed, recording_id);
}

static gboolean
chorus_file_writer_write (ChorusFileWriter  *self,
                          ChorusFile        *file,
                          GError           **error)
{
  const char *name = chorus_file_get_name (file) ? chorus_file_get_name (file) : chorus_file_get_id (file);
  GPtrArray *inferences = chorus_file_get_inferences (file);
  ChorusRunPlace place = { 0 };
  gboolean changed = TRUE;
  gboolean new_runs = FALSE;
  const guint n_gone = self->output->gone->len;

  if (!chorus_file_writer_find (self, file, &place, error))
    return FALSE;

  if (place.recording_id == 0)
    {
      /* It may be what is just being sent, whose id the queue is about to learn. The next refresh will tell. */
      if (self->sending)
        return TRUE;
      if (!chorus_file_writer_insert (self, file, name, &place.recording_id, error))
        return FALSE;
    }
  else if (!chorus_file_writer_update (self, file, name, &place, &changed, error))
    return FALSE;

  if (inferences && !chorus_run_writer_add (self->runs, &place, inferences, FALSE, &new_runs, error))
    return FALSE;
  if (changed || new_runs || self->output->gone->len > n_gone)
    chorus_file_writer_note_change (self, place.recording_id);

  return TRUE;
}

/* Returns what changed, each once, as it is when all is written. */
static gboolean
chorus_file_writer_finish (ChorusFileWriter  *self,
                           GError           **error)
{
  if (!chorus_run_writer_finish (self->runs, error))
    return FALSE;

  for (guint i = 0; i < self->changed->len; i++)
    {
      if (!chorus_recording_rows_add_to_output (self->db, self->output, g_array_index (self->changed, gint64, i),
                                                error))
        return FALSE;
    }

  return TRUE;
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
  if (!chorus_file_writer_finish (&self, error))
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
