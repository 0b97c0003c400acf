/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-ledger.h"

#include "chorus-upload-finding.h"
#include "chorus-upload-rows.h"

#include <math.h>

struct _ChorusUploadLedger
{
  GObject parent_instance;

  ChorusStore *store;
  char *profile_id;
};

G_DEFINE_FINAL_TYPE (ChorusUploadLedger, chorus_upload_ledger, G_TYPE_OBJECT)

void
chorus_upload_ledger_state_free (ChorusUploadLedgerState *self)
{
  g_clear_pointer (&self->uploads, g_ptr_array_unref);
  g_free (self);
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
chorus_upload_ledger_start (ChorusUploadLedger  *self,
                            gpointer             tag,
                            ChorusStoreFunc      func,
                            ChorusUploadJob     *job,
                            GDestroyNotify       result_destroy,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, result_destroy, NULL);
  chorus_store_run_async (self->store, func, job, chorus_upload_job_free, result_destroy, cancellable,
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
                                gboolean             approved,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  ChorusUploadJob *job = chorus_upload_job_new (self->profile_id, deployment_id);

  job->files = g_ptr_array_ref (files);
  job->synthetic = synthetic;
  job->approved = approved;
  chorus_upload_ledger_start (self, chorus_upload_ledger_add_async, chorus_upload_rows_add, job,
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
chorus_upload_ledger_save_async (ChorusUploadLedger  *self,
                                 GPtrArray           *uploads,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ChorusUploadJob *job = chorus_upload_job_new (self->profile_id, NULL);

  job->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_snapshot_free);
  for (guint i = 0; i < uploads->len; i++)
    g_ptr_array_add (job->snapshots, chorus_upload_snapshot_new (uploads->pdata[i]));
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_async, chorus_upload_rows_save, job, NULL, NULL, callback,
                              user_data);
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
chorus_upload_ledger_save_check_async (ChorusUploadLedger      *self,
                                       ChorusUpload            *upload,
                                       const ChorusUploadCheck *check,
                                       GAsyncReadyCallback      callback,
                                       gpointer                 user_data)
{
  ChorusUploadJob *job = chorus_upload_job_new (self->profile_id, upload->deployment_id);

  job->upload = chorus_upload_snapshot_new (upload);
  job->keeps_parts = chorus_upload_keeps_parts (upload, check);
  job->findings = chorus_upload_findings_to_bits (check->findings);
  job->refusal = g_strdup (chorus_upload_findings_get_refusal (check->findings));
  job->notes = chorus_upload_findings_to_text (check->findings);
  job->size = check->size;
  job->modified = check->modified;
  job->sha256 = g_strdup (check->sha256);
  job->duration = check->info->duration;
  job->sample_rate = check->info->sample_rate;
  job->channels = check->info->channels;
  job->start_time = NAN;
  if (check->recorded)
    {
      job->recorded_at = chorus_recording_time_to_iso (check->recorded);
      job->has_zone = chorus_recording_time_get_has_zone (check->recorded);
      job->time_source = chorus_time_source_to_text (chorus_recording_time_get_source (check->recorded));
      job->start_time = (double) g_date_time_to_unix (chorus_recording_time_get_time (check->recorded));
    }
  job->method = chorus_upload_method_to_text (check->cut->method);
  job->format = g_strdup (check->cut->format);
  if (!job->keeps_parts)
    {
      g_array_set_size (job->upload->entries, 0);
      chorus_upload_fill_entries (job->upload->entries, check->cut);
    }
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_check_async, chorus_upload_rows_save_check, job,
                              (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

GPtrArray *
chorus_upload_ledger_save_check_finish (ChorusUploadLedger  *self,
                                        GAsyncResult        *result,
                                        GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_upload_ledger_forget_async (ChorusUploadLedger  *self,
                                   GArray              *recording_ids,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  ChorusUploadJob *job = chorus_upload_job_new (self->profile_id, NULL);

  job->ids = g_array_copy (recording_ids);
  chorus_upload_ledger_start (self, chorus_upload_ledger_forget_async, chorus_upload_rows_forget, job,
                              (GDestroyNotify) g_array_unref, NULL, callback, user_data);
}

GArray *
chorus_upload_ledger_forget_finish (ChorusUploadLedger  *self,
                                    GAsyncResult        *result,
                                    GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_upload_ledger_save_budget (ChorusUploadLedger *self,
                                  goffset             budget)
{
  ChorusUploadJob *job = chorus_upload_job_new (self->profile_id, NULL);

  job->budget = budget;
  chorus_upload_ledger_start (self, chorus_upload_ledger_save_budget, chorus_upload_rows_save_budget, job, NULL, NULL,
                              NULL, NULL);
}

void
chorus_upload_ledger_load_async (ChorusUploadLedger  *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  chorus_upload_ledger_start (self, chorus_upload_ledger_load_async, chorus_upload_rows_load,
                              chorus_upload_job_new (self->profile_id, NULL),
                              (GDestroyNotify) chorus_upload_ledger_state_free, cancellable, callback, user_data);
}

ChorusUploadLedgerState *
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
  chorus_upload_ledger_start (self, chorus_upload_ledger_list_ids_async, chorus_upload_rows_list_ids,
                              chorus_upload_job_new (self->profile_id, deployment_id),
                              (GDestroyNotify) g_hash_table_unref, cancellable, callback, user_data);
}

GHashTable *
chorus_upload_ledger_list_ids_finish (ChorusUploadLedger  *self,
                                      GAsyncResult        *result,
                                      GError             **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
