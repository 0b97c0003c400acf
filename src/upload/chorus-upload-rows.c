/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-rows.h"

#include "chorus-upload-file.h"

#include <string.h>

ChorusUploadSnapshot *
chorus_upload_snapshot_new (ChorusUpload *upload)
{
  ChorusUploadSnapshot *self = g_new0 (ChorusUploadSnapshot, 1);

  self->recording_id = upload->recording_id;
  self->deployment_id = g_strdup (upload->deployment_id);
  self->path = upload->file ? chorus_upload_rows_path_from_file (upload->file) : NULL;
  self->state = upload->arrived ? CHORUS_UPLOAD_STATE_SENT : upload->state;
  self->reason = upload->arrived ? NULL : g_strdup (upload->reason);
  self->findings = upload->findings;
  self->approved = upload->approved;
  self->override = upload->override;
  self->listed = upload->listed;
  self->entries = g_array_new (FALSE, TRUE, sizeof (ChorusUploadEntry));
  g_array_set_clear_func (self->entries, chorus_upload_entry_clear);
  for (guint i = 0; i < upload->entries->len; i++)
    {
      ChorusUploadEntry entry = g_array_index (upload->entries, ChorusUploadEntry, i);

      entry.attempted_at = g_strdup (entry.attempted_at);
      entry.file_id = g_strdup (entry.file_id);
      entry.server_name = g_strdup (entry.server_name);
      entry.url = g_strdup (entry.url);
      g_array_append_val (self->entries, entry);
    }

  return self;
}

void
chorus_upload_snapshot_free (ChorusUploadSnapshot *self)
{
  g_free (self->deployment_id);
  g_free (self->path);
  g_free (self->reason);
  g_array_unref (self->entries);
  g_free (self);
}

ChorusUploadJob *
chorus_upload_job_new (const char *profile_id,
                       const char *deployment_id)
{
  ChorusUploadJob *job = g_new0 (ChorusUploadJob, 1);

  job->profile_id = g_strdup (profile_id);
  job->deployment_id = g_strdup (deployment_id);

  return job;
}

void
chorus_upload_job_free (gpointer data)
{
  ChorusUploadJob *job = data;

  g_free (job->profile_id);
  g_free (job->deployment_id);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_clear_pointer (&job->snapshots, g_ptr_array_unref);
  g_clear_pointer (&job->upload, chorus_upload_snapshot_free);
  g_clear_pointer (&job->ids, g_array_unref);
  g_free (job->refusal);
  g_free (job->notes);
  g_free (job->sha256);
  g_free (job->recorded_at);
  g_free (job->format);
  g_free (job);
}

char *
chorus_upload_rows_path_from_file (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path && g_utf8_validate (path, -1, NULL))
    return g_steal_pointer (&path);

  return g_file_get_uri (file);
}

GFile *
chorus_upload_rows_file_from_path (const char *path)
{
  if (!path || !*path)
    return NULL;

  return g_path_is_absolute (path) ? g_file_new_for_path (path) : g_file_new_for_uri (path);
}

gpointer
chorus_upload_rows_add (ChorusDatabase  *db,
                        gpointer         data,
                        GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created_at = g_date_time_format_iso8601 (now);
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) recording = NULL;
  g_autoptr (ChorusStatement) upload = NULL;

  if (!transaction)
    return NULL;

  recording = chorus_statement_new (db,
                                    "INSERT INTO recordings (profile_id, deployment_id, name, local_path, synthetic,"
                                    " created_at) VALUES (?, ?, ?, ?, ?, ?)",
                                    error);
  if (!recording)
    return NULL;
  upload =
    chorus_statement_new (db, "INSERT INTO uploads (recording_id, state, approved) VALUES (?, 'waiting', ?)", error);
  if (!upload)
    return NULL;

  for (guint i = 0; i < job->files->len; i++)
    {
      g_autofree char *name = chorus_upload_file_dup_name (job->files->pdata[i]);
      g_autofree char *path = chorus_upload_rows_path_from_file (job->files->pdata[i]);
      gint64 id = 0;

      chorus_statement_bind_text (recording, 1, job->profile_id);
      chorus_statement_bind_text (recording, 2, job->deployment_id);
      chorus_statement_bind_text (recording, 3, name);
      chorus_statement_bind_text (recording, 4, path);
      chorus_statement_bind_boolean (recording, 5, job->synthetic);
      chorus_statement_bind_text (recording, 6, created_at);
      if (!chorus_statement_run (recording, error))
        return NULL;
      id = chorus_database_get_last_row_id (db);
      g_array_append_val (ids, id);

      chorus_statement_bind_int64 (upload, 1, id);
      chorus_statement_bind_boolean (upload, 2, job->approved);
      if (!chorus_statement_run (upload, error))
        return NULL;
    }

  return chorus_transaction_commit (transaction, error) ? g_steal_pointer (&ids) : NULL;
}

/* Runs statements that all take the same few numbers and texts. */
static gboolean
chorus_upload_rows_run (ChorusDatabase  *db,
                        const char      *sql,
                        gint64           ours,
                        gint64           theirs,
                        GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return FALSE;

  chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, ":theirs"), theirs);
  if (strstr (sql, ":ours"))
    chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, ":ours"), ours);

  return chorus_statement_run (statement, error);
}

/* A list of the deployment may have brought the file in as a recording of its own before its upload was confirmed here.
 * What has gathered at that row moves over to ours; to a recording in parts it comes again with the next list. */
static gboolean
chorus_upload_rows_adopt (ChorusDatabase        *db,
                          ChorusUploadJob       *job,
                          ChorusUploadSnapshot  *upload,
                          const char            *file_id,
                          GError               **error)
{
  static const char *const move[] = {
    "UPDATE runs SET inference_id = inference_id || ' ' || run_id WHERE recording_id = :theirs AND origin <> 'service'"
    " AND EXISTS (SELECT 1 FROM runs o WHERE o.recording_id = :ours AND o.inference_id = runs.inference_id)",
    "UPDATE runs SET recording_id = :ours WHERE recording_id = :theirs",
    "UPDATE detections SET recording_id = :ours WHERE recording_id = :theirs",
    "UPDATE recordings SET (run_id, analysis_state, analysis_error) ="
    " (SELECT run_id, analysis_state, analysis_error FROM recordings"
    " WHERE recording_id = :theirs) WHERE recording_id = :ours",
    /* With what a person may have added to ours. */
    "UPDATE recordings SET (n_detections, n_species, n_reviewed) ="
    " (SELECT count(*), count(DISTINCT CASE WHEN held_species <> 'Unidentified sound' THEN held_species END),"
    "  coalesce(sum(verdict <> 'none'), 0)"
    "  FROM detections d WHERE d.recording_id = :ours AND d.shown_in IS NOT NULL)"
    " WHERE recording_id = :ours AND :theirs IS NOT NULL",
    "UPDATE recordings SET run_id = NULL WHERE recording_id = :theirs",
    "DELETE FROM recordings WHERE recording_id = :theirs",
    NULL,
  };
  static const char *const forget[] = {
    "UPDATE recordings SET run_id = NULL WHERE recording_id = :theirs",
    "DELETE FROM detections WHERE recording_id = :theirs",
    "DELETE FROM runs WHERE recording_id = :theirs",
    "DELETE FROM recordings WHERE recording_id = :theirs",
    NULL,
  };
  const char *const *statements = upload->entries->len == 1 ? move : forget;
  gint64 theirs = 0;
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT recording_id FROM recordings r WHERE profile_id = ? AND deployment_id = ?"
                          " AND file_id = ? AND recording_id != ? AND upload_state = 'remote'"
                          " AND (? OR NOT EXISTS (SELECT 1 FROM detections d WHERE d.recording_id = r.recording_id"
                          "  AND (d.origin <> 'service'"
                          "   OR EXISTS (SELECT 1 FROM verdicts v WHERE v.detection_id = d.detection_id)"
                          "   OR EXISTS (SELECT 1 FROM notes n WHERE n.detection_id = d.detection_id)"
                          "   OR EXISTS (SELECT 1 FROM stars s WHERE s.detection_id = d.detection_id))))",
                          error);

  if (!statement)
    return FALSE;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, upload->deployment_id);
  chorus_statement_bind_text (statement, 3, file_id);
  chorus_statement_bind_int64 (statement, 4, upload->recording_id);
  chorus_statement_bind_boolean (statement, 5, statements == move);
  step = chorus_statement_step (statement, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;

  theirs = chorus_statement_get_int64 (statement, 0);
  chorus_statement_reset (statement);
  for (guint i = 0; statements[i]; i++)
    if (!chorus_upload_rows_run (db, statements[i], upload->recording_id, theirs, error))
      return FALSE;

  return TRUE;
}

typedef struct
{
  ChorusStatement *upload;
  ChorusStatement *part;
  ChorusStatement *file;
} ChorusUploadWriter;

static void
chorus_upload_writer_clear (ChorusUploadWriter *self)
{
  g_clear_pointer (&self->upload, chorus_statement_free);
  g_clear_pointer (&self->part, chorus_statement_free);
  g_clear_pointer (&self->file, chorus_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusUploadWriter, chorus_upload_writer_clear)

static gboolean
chorus_upload_writer_prepare (ChorusUploadWriter  *self,
                              ChorusDatabase      *db,
                              GError             **error)
{
  self->upload = chorus_statement_new (db,
                                       "UPDATE uploads SET state = ?2, reason = ?3, approved = ?4, override = ?5,"
                                       " listed = ?6, findings = ?7 WHERE recording_id = ?1",
                                       error);
  if (!self->upload)
    return FALSE;

  self->part = chorus_statement_new (db,
                                     "UPDATE parts SET state = ?3, attempted_at = ?4, file_id = ?5, server_name = ?6,"
                                     " url = ?7 WHERE recording_id = ?1 AND ordinal = ?2",
                                     error);
  if (!self->part)
    return FALSE;

  /* Only what was sent whole has one file. An id that another recording already has is a mistake of the service; the
   * upload has arrived all the same. */
  self->file = chorus_statement_new (db,
                                     "UPDATE recordings SET local_path = coalesce(?2, local_path),"
                                     " server_name = ?4, url = ?5,"
                                     " file_id = iif (EXISTS (SELECT 1 FROM recordings AS other"
                                     "  WHERE other.profile_id = recordings.profile_id"
                                     "  AND other.deployment_id = recordings.deployment_id AND other.file_id = ?3"
                                     "  AND other.recording_id != recordings.recording_id), NULL, ?3)"
                                     " WHERE recording_id = ?1",
                                     error);

  return self->file != NULL;
}

static gboolean
chorus_upload_writer_write_part (ChorusUploadWriter    *self,
                                 ChorusUploadSnapshot  *upload,
                                 guint                  ordinal,
                                 GError               **error)
{
  const ChorusUploadEntry *entry = &g_array_index (upload->entries, ChorusUploadEntry, ordinal);

  chorus_statement_bind_int64 (self->part, 1, upload->recording_id);
  chorus_statement_bind_int64 (self->part, 2, ordinal);
  chorus_statement_bind_text (self->part, 3, chorus_upload_state_to_text (entry->state));
  chorus_statement_bind_text (self->part, 4, entry->attempted_at);
  chorus_statement_bind_text (self->part, 5, entry->file_id);
  chorus_statement_bind_text (self->part, 6, entry->server_name);
  chorus_statement_bind_text (self->part, 7, entry->url);

  return chorus_statement_run (self->part, error);
}

static gboolean
chorus_upload_writer_write (ChorusUploadWriter    *self,
                            ChorusDatabase        *db,
                            ChorusUploadJob       *job,
                            ChorusUploadSnapshot  *upload,
                            GError               **error)
{
  const ChorusUploadEntry *whole =
    upload->entries->len == 1 ? &g_array_index (upload->entries, ChorusUploadEntry, 0) : NULL;

  chorus_statement_bind_int64 (self->upload, 1, upload->recording_id);
  chorus_statement_bind_text (self->upload, 2, chorus_upload_state_to_text (upload->state));
  chorus_statement_bind_text (self->upload, 3, upload->reason);
  chorus_statement_bind_boolean (self->upload, 4, upload->approved);
  chorus_statement_bind_boolean (self->upload, 5, upload->override);
  chorus_statement_bind_boolean (self->upload, 6, upload->listed);
  chorus_statement_bind_int64 (self->upload, 7, upload->findings);
  if (!chorus_statement_run (self->upload, error))
    return FALSE;

  for (guint i = 0; i < upload->entries->len; i++)
    {
      const char *file_id = g_array_index (upload->entries, ChorusUploadEntry, i).file_id;

      if ((file_id && !chorus_upload_rows_adopt (db, job, upload, file_id, error))
          || !chorus_upload_writer_write_part (self, upload, i, error))
        return FALSE;
    }

  chorus_statement_bind_int64 (self->file, 1, upload->recording_id);
  chorus_statement_bind_text (self->file, 2, upload->path);
  chorus_statement_bind_text (self->file, 3, whole ? whole->file_id : NULL);
  chorus_statement_bind_text (self->file, 4, whole ? whole->server_name : NULL);
  chorus_statement_bind_text (self->file, 5, whole ? whole->url : NULL);

  return chorus_statement_run (self->file, error);
}

gpointer
chorus_upload_rows_save (ChorusDatabase  *db,
                         gpointer         data,
                         GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_auto (ChorusUploadWriter) writer = { 0 };

  if (!transaction || !chorus_upload_writer_prepare (&writer, db, error))
    return NULL;

  for (guint i = 0; i < job->snapshots->len; i++)
    if (!chorus_upload_writer_write (&writer, db, job, job->snapshots->pdata[i], error))
      return NULL;

  chorus_transaction_commit (transaction, error);

  return NULL;
}

gpointer
chorus_upload_rows_forget (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  static const char *const statements[] = {
    "DELETE FROM parts WHERE recording_id = :theirs",
    "DELETE FROM uploads WHERE recording_id = :theirs",
    "DELETE FROM recordings WHERE recording_id = :theirs",
  };
  ChorusUploadJob *job = data;
  g_autoptr (GArray) forgotten = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) select = NULL;

  if (!transaction)
    return NULL;

  select = chorus_statement_new (db,
                                 "SELECT 1 FROM uploads u WHERE u.recording_id = ? AND NOT u.approved"
                                 " AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.recording_id = u.recording_id)"
                                 " AND NOT EXISTS"
                                 " (SELECT 1 FROM parts p WHERE p.recording_id = u.recording_id"
                                 "  AND (p.attempted_at IS NOT NULL OR p.file_id IS NOT NULL))",
                                 error);
  if (!select)
    return NULL;

  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);
      ChorusStep step = CHORUS_STEP_ERROR;

      chorus_statement_bind_int64 (select, 1, id);
      step = chorus_statement_step (select, error);
      if (step == CHORUS_STEP_ERROR)
        return NULL;
      if (step == CHORUS_STEP_DONE)
        continue;

      chorus_statement_reset (select);
      for (gsize s = 0; s < G_N_ELEMENTS (statements); s++)
        if (!chorus_upload_rows_run (db, statements[s], 0, id, error))
          return NULL;
      g_array_append_val (forgotten, id);
    }

  return chorus_transaction_commit (transaction, error) ? g_steal_pointer (&forgotten) : NULL;
}

gpointer
chorus_upload_rows_save_budget (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "INSERT OR REPLACE INTO upload_budgets (profile_id, bytes) VALUES (?, ?)", error);

  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_int64 (statement, 2, job->budget);
  chorus_statement_run (statement, error);

  return NULL;
}

gpointer
chorus_upload_rows_list_ids (ChorusDatabase  *db,
                             gpointer         data,
                             GError         **error)
{
  ChorusUploadJob *job = data;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT file_id, 0 FROM recordings WHERE profile_id = ?1 AND deployment_id = ?2"
                          "  AND file_id IS NOT NULL"
                          " UNION ALL SELECT p.file_id, 1 FROM parts p JOIN recordings r USING (recording_id)"
                          "  WHERE r.profile_id = ?1 AND r.deployment_id = ?2 AND p.file_id IS NOT NULL",
                          error);

  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, job->deployment_id);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    {
      const char *id = chorus_statement_get_text (statement, 0);
      int ours = chorus_statement_get_int64 (statement, 1) != 0;

      if (ours || !g_hash_table_contains (ids, id))
        g_hash_table_insert (ids, g_strdup (id), GINT_TO_POINTER (ours));
    }

  return step == CHORUS_STEP_ERROR ? NULL : g_steal_pointer (&ids);
}
