/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-ledger.h"

#include "chorus-upload-error.h"
#include "chorus-upload-file.h"
#include "core/chorus-text.h"

#include <glib/gi18n.h>

struct _ChorusUploadLedger
{
  GObject parent_instance;

  ChorusStore *store;
  char *profile_id;
};

G_DEFINE_FINAL_TYPE (ChorusUploadLedger, chorus_upload_ledger, G_TYPE_OBJECT)

/* What one job needs; each uses its part. */
typedef struct
{
  char *profile_id;
  char *deployment_id;
  gint64 recording_id;

  GPtrArray *files;
  gboolean synthetic;

  const char *state;
  char *reason;

  char *sha256;
  char *recorded_at;
  gboolean has_zone;
  const char *time_source;
  goffset size;
  double duration;
  double sample_rate;
  guint channels;

  char *file_id;
  char *server_name;
  char *url;
} ChorusUploadLedgerJob;

static void
chorus_upload_ledger_job_free (gpointer data)
{
  ChorusUploadLedgerJob *job = data;

  g_free (job->profile_id);
  g_free (job->deployment_id);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_free (job->reason);
  g_free (job->sha256);
  g_free (job->recorded_at);
  g_free (job->file_id);
  g_free (job->server_name);
  g_free (job->url);
  g_free (job);
}

static void
chorus_upload_row_free (gpointer data)
{
  ChorusUploadRow *row = data;

  g_free (row->deployment_id);
  g_free (row->name);
  g_clear_object (&row->file);
  g_clear_pointer (&row->sent_since, g_date_time_unref);
  g_free (row);
}

static ChorusUploadLedgerJob *
chorus_upload_ledger_job_new (ChorusUploadLedger *self,
                              const char         *deployment_id,
                              gint64              recording_id)
{
  ChorusUploadLedgerJob *job = g_new0 (ChorusUploadLedgerJob, 1);

  job->profile_id = g_strdup (self->profile_id);
  job->deployment_id = g_strdup (deployment_id);
  job->recording_id = recording_id;

  return job;
}

/* A path as it is, where it is UTF-8, and else as a URI: the store holds nothing but UTF-8. */
static char *
chorus_upload_ledger_path_from_file (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path && g_utf8_validate (path, -1, NULL))
    return g_steal_pointer (&path);

  return g_file_get_uri (file);
}

static GFile *
chorus_upload_ledger_file_from_path (const char *path)
{
  if (!path || !*path)
    return NULL;

  return g_path_is_absolute (path) ? g_file_new_for_path (path) : g_file_new_for_uri (path);
}

static gpointer
chorus_upload_ledger_add (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created_at = g_date_time_format_iso8601 (now);
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) statement = NULL;

  if (!transaction)
    return NULL;

  statement = chorus_statement_new (db,
                                    "INSERT INTO recordings (profile_id, deployment_id, name, local_path, synthetic,"
                                    " upload_state, created_at) VALUES (?, ?, ?, ?, ?, 'waiting', ?)",
                                    error);
  if (!statement)
    return NULL;

  for (guint i = 0; i < job->files->len; i++)
    {
      g_autofree char *name = chorus_upload_file_dup_name (job->files->pdata[i]);
      g_autofree char *path = chorus_upload_ledger_path_from_file (job->files->pdata[i]);
      gint64 id = 0;

      chorus_statement_bind_text (statement, 1, job->profile_id);
      chorus_statement_bind_text (statement, 2, job->deployment_id);
      chorus_statement_bind_text (statement, 3, name);
      chorus_statement_bind_text (statement, 4, path);
      chorus_statement_bind_boolean (statement, 5, job->synthetic);
      chorus_statement_bind_text (statement, 6, created_at);
      if (!chorus_statement_run (statement, error))
        return NULL;
      id = chorus_database_get_last_row_id (db);
      g_array_append_val (ids, id);
    }

  if (!chorus_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&ids);
}

static gpointer
chorus_upload_ledger_save_state (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db, "UPDATE recordings SET upload_state = ?, upload_error = ? WHERE recording_id = ?", error);

  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, 1, job->state);
  chorus_statement_bind_text (statement, 2, job->reason);
  chorus_statement_bind_int64 (statement, 3, job->recording_id);
  chorus_statement_run (statement, error);

  return NULL;
}

/* Whether the deployment has the content, or another upload that came before this one brings it. */
static gboolean
chorus_upload_ledger_is_new (ChorusDatabase         *db,
                             ChorusUploadLedgerJob  *job,
                             GError                **error)
{
  g_autofree char *name = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT name, upload_state = 'sent' FROM recordings"
                          " WHERE profile_id = ? AND deployment_id = ? AND sha256 = ? AND recording_id != ?"
                          " AND upload_state IN ('sent', 'waiting', 'checking', 'sending')"
                          " ORDER BY upload_state = 'sent' DESC, recording_id LIMIT 1",
                          error);

  if (!statement)
    return FALSE;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, job->deployment_id);
  chorus_statement_bind_text (statement, 3, job->sha256);
  chorus_statement_bind_int64 (statement, 4, job->recording_id);
  step = chorus_statement_step (statement, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;

  name = chorus_text_from_name (chorus_statement_get_text (statement, 0));
  if (chorus_statement_get_boolean (statement, 1))
    /* Translators: “%s” is the name of a file. */
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_ALREADY_SENT,
                 _("Already sent to this deployment as “%s”: nothing to do."), name);
  else
    /* Translators: “%s” is the name of a file. */
    g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_ALREADY_SENT,
                 _("The same recording as “%s”, which is already in the list: nothing to do."), name);

  return FALSE;
}

static gpointer
chorus_upload_ledger_save_check (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) statement = NULL;

  if (!transaction || !chorus_upload_ledger_is_new (db, job, error))
    return NULL;

  statement = chorus_statement_new (db,
                                    "UPDATE recordings SET size = ?, sha256 = ?, duration = ?, sample_rate = ?,"
                                    " channels = ?, recorded_at = ?, recorded_has_zone = ?, time_source = ?"
                                    " WHERE recording_id = ?",
                                    error);
  if (!statement)
    return NULL;

  chorus_statement_bind_int64 (statement, 1, job->size);
  chorus_statement_bind_text (statement, 2, job->sha256);
  chorus_statement_bind_double (statement, 3, job->duration);
  chorus_statement_bind_double (statement, 4, job->sample_rate);
  chorus_statement_bind_int64 (statement, 5, job->channels);
  chorus_statement_bind_text (statement, 6, job->recorded_at);
  chorus_statement_bind_boolean (statement, 7, job->has_zone);
  chorus_statement_bind_text (statement, 8, job->time_source);
  chorus_statement_bind_int64 (statement, 9, job->recording_id);
  if (chorus_statement_run (statement, error))
    chorus_transaction_commit (transaction, error);

  return NULL;
}

static gboolean
chorus_upload_ledger_run (ChorusDatabase  *db,
                          const char      *sql,
                          gint64           ours,
                          gint64           theirs,
                          GError         **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return FALSE;

  chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, ":theirs"), theirs);
  if (chorus_statement_get_parameter (statement, ":ours") > 0)
    chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, ":ours"), ours);

  return chorus_statement_run (statement, error);
}

/* A list of the deployment may have brought the file in as a recording of its own before its upload was confirmed here.
 * What has gathered at that row moves over to ours. */
static gboolean
chorus_upload_ledger_adopt (ChorusDatabase         *db,
                            ChorusUploadLedgerJob  *job,
                            GError                **error)
{
  static const char *const statements[] = {
    "UPDATE runs SET recording_id = :ours WHERE recording_id = :theirs",
    "UPDATE detections SET recording_id = :ours WHERE recording_id = :theirs",
    "UPDATE recordings SET (run_id, n_detections, n_species, n_reviewed, analysis_state, analysis_error) ="
    " (SELECT run_id, n_detections, n_species, n_reviewed, analysis_state, analysis_error FROM recordings"
    " WHERE recording_id = :theirs) WHERE recording_id = :ours",
    "UPDATE recordings SET run_id = NULL WHERE recording_id = :theirs",
    "DELETE FROM recordings WHERE recording_id = :theirs",
  };
  gint64 theirs = 0;
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT recording_id FROM recordings WHERE profile_id = ? AND deployment_id = ?"
                          " AND file_id = ? AND recording_id != ? AND upload_state = 'remote'",
                          error);

  if (!statement)
    return FALSE;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, job->deployment_id);
  chorus_statement_bind_text (statement, 3, job->file_id);
  chorus_statement_bind_int64 (statement, 4, job->recording_id);
  step = chorus_statement_step (statement, error);
  if (step != CHORUS_STEP_ROW)
    return step == CHORUS_STEP_DONE;

  theirs = chorus_statement_get_int64 (statement, 0);
  chorus_statement_reset (statement);
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!chorus_upload_ledger_run (db, statements[i], job->recording_id, theirs, error))
      return FALSE;

  return TRUE;
}

static gpointer
chorus_upload_ledger_save_sent (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autoptr (ChorusStatement) statement = NULL;

  if (!transaction || (job->file_id && !chorus_upload_ledger_adopt (db, job, error)))
    return NULL;

  /* An id that another upload already has is a mistake of the service; the upload has arrived all the same. */
  statement = chorus_statement_new (db,
                                    "UPDATE recordings SET upload_state = 'sent', upload_error = NULL,"
                                    " file_id = iif (EXISTS (SELECT 1 FROM recordings AS other"
                                    "  WHERE other.profile_id = recordings.profile_id"
                                    "  AND other.deployment_id = recordings.deployment_id AND other.file_id = :file_id"
                                    "  AND other.recording_id != recordings.recording_id), NULL, :file_id),"
                                    " server_name = :server_name, url = :url WHERE recording_id = :recording_id",
                                    error);
  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, chorus_statement_get_parameter (statement, ":file_id"), job->file_id);
  chorus_statement_bind_text (statement, chorus_statement_get_parameter (statement, ":server_name"), job->server_name);
  chorus_statement_bind_text (statement, chorus_statement_get_parameter (statement, ":url"), job->url);
  chorus_statement_bind_int64 (statement, chorus_statement_get_parameter (statement, ":recording_id"),
                               job->recording_id);
  if (chorus_statement_run (statement, error))
    chorus_transaction_commit (transaction, error);

  return NULL;
}

static gpointer
chorus_upload_ledger_load (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (chorus_upload_row_free);
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT recording_id, deployment_id, name, local_path,"
                          " iif (upload_state = 'sending', created_at, NULL)"
                          " FROM recordings"
                          " WHERE profile_id = ? AND upload_state IN ('waiting', 'checking', 'sending')"
                          " ORDER BY recording_id",
                          error);

  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    {
      ChorusUploadRow *row = g_new0 (ChorusUploadRow, 1);

      row->recording_id = chorus_statement_get_int64 (statement, 0);
      row->deployment_id = chorus_statement_dup_text (statement, 1);
      row->name = chorus_text_from_name (chorus_statement_get_text (statement, 2));
      row->file = chorus_upload_ledger_file_from_path (chorus_statement_get_text (statement, 3));
      if (chorus_statement_get_text (statement, 4))
        row->sent_since = g_date_time_new_from_iso8601 (chorus_statement_get_text (statement, 4), NULL);
      g_ptr_array_add (rows, row);
    }

  return step == CHORUS_STEP_ERROR ? NULL : g_steal_pointer (&rows);
}

static gpointer
chorus_upload_ledger_list_ids (ChorusDatabase  *db,
                               gpointer         data,
                               GError         **error)
{
  ChorusUploadLedgerJob *job = data;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          "SELECT file_id FROM recordings WHERE profile_id = ? AND deployment_id = ?"
                          " AND file_id IS NOT NULL",
                          error);

  if (!statement)
    return NULL;

  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, job->deployment_id);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    g_hash_table_add (ids, chorus_statement_dup_text (statement, 0));

  return step == CHORUS_STEP_ERROR ? NULL : g_steal_pointer (&ids);
}

static void
chorus_upload_ledger_run_cb (GObject      *object,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer value = chorus_store_run_finish (CHORUS_STORE (object), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

/* The free function of the result travels as the data of the task. */
static void
chorus_upload_ledger_start (ChorusUploadLedger    *self,
                            gpointer               tag,
                            ChorusStoreFunc        func,
                            ChorusUploadLedgerJob *job,
                            GDestroyNotify         result_destroy,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, result_destroy, NULL);
  chorus_store_run_async (self->store, func, job, chorus_upload_ledger_job_free, result_destroy, cancellable,
                          chorus_upload_ledger_run_cb, task);
}

static void
chorus_upload_ledger_finalize (GObject *object)
{
  ChorusUploadLedger *self = CHORUS_UPLOAD_LEDGER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->profile_id, g_free);

  G_OBJECT_CLASS (chorus_upload_ledger_parent_class)->finalize (object);
}

static void
chorus_upload_ledger_class_init (ChorusUploadLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_upload_ledger_finalize;
}

static void
chorus_upload_ledger_init (ChorusUploadLedger *self)
{
}

ChorusUploadLedger *
chorus_upload_ledger_new (ChorusStore *store,
                          const char  *profile_id)
{
  ChorusUploadLedger *self = g_object_new (CHORUS_TYPE_UPLOAD_LEDGER, NULL);

  self->store = g_object_ref (store);
  self->profile_id = g_strdup (profile_id);

  return self;
}

void
chorus_upload_ledger_add_async (ChorusUploadLedger  *self,
                                const char          *deployment_id,
                                GPtrArray           *files,
                                gboolean             synthetic,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  ChorusUploadLedgerJob *job = chorus_upload_ledger_job_new (self, deployment_id, 0);

  job->files = g_ptr_array_ref (files);
  job->synthetic = synthetic;
  chorus_upload_ledger_start (self, chorus_upload_ledger_add_async, chorus_upload_ledger_add, job,
                              (GDestroyNotify) g_array_unref, NULL, callback, user_data);
}

GArray *
chorus_upload_ledger_add_finish (ChorusUploadLedger  *self,
                                 GAsyncResult        *result,
                                 GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_upload_ledger_save_state_async (ChorusUploadLedger  *self,
                                       gint64               recording_id,
                                       ChorusUploadState    state,
                                       const char          *reason,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  ChorusUploadLedgerJob *job = chorus_upload_ledger_job_new (self, NULL, recording_id);

  job->state = chorus_upload_state_to_text (state);
  job->reason = g_strdup (reason);
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_state_async, chorus_upload_ledger_save_state, job, NULL,
                              NULL, callback, user_data);
}

void
chorus_upload_ledger_save_check_async (ChorusUploadLedger      *self,
                                       gint64                   recording_id,
                                       const char              *deployment_id,
                                       const ChorusUploadCheck *check,
                                       GAsyncReadyCallback      callback,
                                       gpointer                 user_data)
{
  ChorusUploadLedgerJob *job = chorus_upload_ledger_job_new (self, deployment_id, recording_id);

  job->size = check->size;
  job->sha256 = g_strdup (check->sha256);
  job->duration = check->info->duration;
  job->sample_rate = check->info->sample_rate;
  job->channels = check->info->channels;
  if (check->recorded)
    {
      job->recorded_at = chorus_recording_time_to_iso (check->recorded);
      job->has_zone = chorus_recording_time_get_has_zone (check->recorded);
      job->time_source = chorus_time_source_to_text (chorus_recording_time_get_source (check->recorded));
    }
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_check_async, chorus_upload_ledger_save_check, job, NULL,
                              NULL, callback, user_data);
}

void
chorus_upload_ledger_save_sent_async (ChorusUploadLedger  *self,
                                      gint64               recording_id,
                                      const char          *deployment_id,
                                      const char          *file_id,
                                      const char          *server_name,
                                      const char          *url,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  ChorusUploadLedgerJob *job = chorus_upload_ledger_job_new (self, deployment_id, recording_id);

  job->file_id = g_strdup (file_id);
  job->server_name = g_strdup (server_name);
  job->url = g_strdup (url);
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_sent_async, chorus_upload_ledger_save_sent, job, NULL,
                              NULL, callback, user_data);
}

gboolean
chorus_upload_ledger_save_finish (ChorusUploadLedger  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (!local_error)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

void
chorus_upload_ledger_load_async (ChorusUploadLedger  *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  chorus_upload_ledger_start (self, chorus_upload_ledger_load_async, chorus_upload_ledger_load,
                              chorus_upload_ledger_job_new (self, NULL, 0), (GDestroyNotify) g_ptr_array_unref,
                              cancellable, callback, user_data);
}

GPtrArray *
chorus_upload_ledger_load_finish (ChorusUploadLedger  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_upload_ledger_list_ids_async (ChorusUploadLedger  *self,
                                     const char          *deployment_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  chorus_upload_ledger_start (self, chorus_upload_ledger_list_ids_async, chorus_upload_ledger_list_ids,
                              chorus_upload_ledger_job_new (self, deployment_id, 0),
                              (GDestroyNotify) g_hash_table_unref, cancellable, callback, user_data);
}

GHashTable *
chorus_upload_ledger_list_ids_finish (ChorusUploadLedger  *self,
                                      GAsyncResult        *result,
                                      GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
