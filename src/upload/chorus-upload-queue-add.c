/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adding files to the queue: the scan and the writing of its batches run side by side, and the task ends with the last
 * of them. */

#include "chorus-upload-queue-private.h"

#include "chorus-upload-file.h"
#include "chorus-upload-scan.h"

typedef struct
{
  ChorusUploadScan *scan;
  char *deployment_id;
  ChorusUploadAddFlags flags;
  guint n_pending;
  guint n_added;
  GError *error; /* the first */
} ChorusUploadAddition;

typedef struct
{
  GTask *task;
  GPtrArray *files;
} ChorusUploadAdditionBatch;

static void
chorus_upload_addition_free (gpointer data)
{
  ChorusUploadAddition *addition = data;

  g_object_unref (addition->scan);
  g_free (addition->deployment_id);
  g_clear_error (&addition->error);
  g_free (addition);
}

static void
chorus_upload_addition_step (GTask  *task,
                             GError *error)
{
  ChorusUploadAddition *addition = g_task_get_task_data (task);

  if (error && !addition->error)
    addition->error = error;
  else
    g_clear_error (&error);

  if (--addition->n_pending > 0)
    return;

  if (addition->error)
    g_task_return_error (task, g_steal_pointer (&addition->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
chorus_upload_queue_added_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  ChorusUploadAdditionBatch *batch = user_data;
  ChorusUploadAddition *addition = g_task_get_task_data (batch->task);
  GError *error = NULL;
  g_autoptr (GArray) ids = chorus_upload_ledger_add_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);

  if (ids && CHORUS_UPLOAD_QUEUE (g_task_get_source_object (batch->task))->uploads)
    {
      g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < ids->len; i++)
        {
          g_autofree char *name = chorus_upload_file_dup_name (batch->files->pdata[i]);

          ChorusUpload *upload =
            chorus_upload_new (batch->files->pdata[i], name, addition->deployment_id, g_array_index (ids, gint64, i));

          upload->approved = (addition->flags & CHORUS_UPLOAD_ADD_REVIEW) == 0;
          g_ptr_array_add (uploads, upload);
        }
      addition->n_added += ids->len;
      chorus_upload_queue_append (g_task_get_source_object (batch->task), uploads);
    }
  chorus_upload_addition_step (batch->task, error);

  g_object_unref (batch->task);
  g_ptr_array_unref (batch->files);
  g_free (batch);
}

static void
chorus_upload_queue_found_cb (ChorusUploadScan *scan,
                              GPtrArray        *files,
                              GTask            *task)
{
  ChorusUploadQueue *self = g_task_get_source_object (task);
  ChorusUploadAddition *addition = g_task_get_task_data (task);
  ChorusUploadAdditionBatch *batch = g_new0 (ChorusUploadAdditionBatch, 1);

  batch->task = g_object_ref (task);
  batch->files = g_ptr_array_ref (files);
  addition->n_pending++;
  chorus_upload_ledger_add_async (self->ledger, addition->deployment_id, files,
                                  (addition->flags & CHORUS_UPLOAD_ADD_SYNTHETIC) != 0,
                                  (addition->flags & CHORUS_UPLOAD_ADD_REVIEW) == 0, chorus_upload_queue_added_cb,
                                  batch);
}

static void
chorus_upload_queue_scanned_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  chorus_upload_scan_run_finish (CHORUS_UPLOAD_SCAN (object), result, &error);
  chorus_upload_addition_step (task, error);
}

void
chorus_upload_queue_add_async (ChorusUploadQueue    *self,
                               GListModel           *files,
                               const char           *deployment_id,
                               ChorusUploadAddFlags  flags,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusUploadAddition *addition = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));
  g_return_if_fail (deployment_id != NULL);

  addition = g_new0 (ChorusUploadAddition, 1);
  addition->scan = chorus_upload_scan_new (files);
  addition->deployment_id = g_strdup (deployment_id);
  addition->flags = flags;
  addition->n_pending = 1;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_upload_queue_add_async);
  g_task_set_task_data (task, addition, chorus_upload_addition_free);
  /* Whatever was found has been added, also when the rest was not looked for any more. */
  g_task_set_check_cancellable (task, FALSE);
  g_signal_connect_object (addition->scan, "found", G_CALLBACK (chorus_upload_queue_found_cb), task, 0);
  chorus_upload_scan_run_async (addition->scan, cancellable, chorus_upload_queue_scanned_cb, g_object_ref (task));
}

gboolean
chorus_upload_queue_add_finish (ChorusUploadQueue  *self,
                                GAsyncResult       *result,
                                guint              *n_added,
                                guint              *n_ignored,
                                guint              *n_unreadable,
                                GError            **error)
{
  ChorusUploadAddition *addition = NULL;

  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  addition = g_task_get_task_data (G_TASK (result));
  if (n_added)
    *n_added = addition->n_added;
  if (n_ignored)
    *n_ignored = chorus_upload_scan_get_n_ignored (addition->scan);
  if (n_unreadable)
    *n_unreadable = chorus_upload_scan_get_n_unreadable (addition->scan);

  return g_task_propagate_boolean (G_TASK (result), error);
}
