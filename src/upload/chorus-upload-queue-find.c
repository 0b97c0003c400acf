/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding files again that cannot be read any more: one folder for all of them. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-file.h"
#include "chorus-upload-scan.h"

/* A file with the name of one that is missing. */
typedef struct
{
  ChorusUpload *upload;
  GFile *file;
  goffset size; /* -1 where it cannot be read */
} ChorusUploadCandidate;

typedef struct
{
  ChorusUploadScan *scan;
  GHashTable *missing;   /* name to GPtrArray of ChorusUpload */
  GPtrArray *candidates; /* of ChorusUploadCandidate */
} ChorusUploadSearch;

static void
chorus_upload_candidate_free (gpointer data)
{
  ChorusUploadCandidate *candidate = data;

  g_object_unref (candidate->upload);
  g_object_unref (candidate->file);
  g_free (candidate);
}

static void
chorus_upload_search_free (gpointer data)
{
  ChorusUploadSearch *search = data;

  g_object_unref (search->scan);
  g_hash_table_unref (search->missing);
  g_ptr_array_unref (search->candidates);
  g_free (search);
}

static void
chorus_upload_queue_search_found_cb (ChorusUploadScan *scan,
                                     GPtrArray        *files,
                                     GTask            *task)
{
  ChorusUploadSearch *search = g_task_get_task_data (task);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = chorus_upload_file_dup_name (files->pdata[i]);
      GPtrArray *uploads = g_hash_table_lookup (search->missing, name);

      for (guint u = 0; uploads && u < uploads->len; u++)
        {
          ChorusUploadCandidate *candidate = g_new0 (ChorusUploadCandidate, 1);

          candidate->upload = g_object_ref (uploads->pdata[u]);
          candidate->file = g_object_ref (files->pdata[i]);
          g_ptr_array_add (search->candidates, candidate);
        }
    }
}

static void
chorus_upload_queue_measure_thread (GTask        *task,
                                    gpointer      source_object,
                                    gpointer      task_data,
                                    GCancellable *cancellable)
{
  GPtrArray *candidates = task_data;

  for (guint i = 0; i < candidates->len; i++)
    {
      ChorusUploadCandidate *candidate = candidates->pdata[i];
      g_autoptr (GFileInfo) info =
        g_file_query_info (candidate->file, CHORUS_UPLOAD_FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);

      candidate->size = info ? g_file_info_get_size (info) : -1;
    }
  g_task_return_boolean (task, TRUE);
}

/* The name and the size recognize a file; the check that follows compares its content. */
static void
chorus_upload_queue_measured_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadQueue *self = g_task_get_source_object (task);
  ChorusUploadSearch *search = g_task_get_task_data (task);
  guint n_found = 0;

  for (guint i = 0; i < search->candidates->len; i++)
    {
      ChorusUploadCandidate *candidate = search->candidates->pdata[i];
      ChorusUpload *upload = candidate->upload;

      if (upload->state != CHORUS_UPLOAD_STATE_NEEDS_FILE || candidate->size < 0
          || (upload->bytes > 0 && candidate->size != (goffset) upload->bytes))
        continue;

      chorus_upload_set_file (upload, candidate->file);
      chorus_upload_queue_retry (self, upload);
      n_found++;
    }
  g_task_return_int (task, n_found);
}

static void
chorus_upload_queue_searched_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) measuring = NULL;
  ChorusUploadSearch *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (!chorus_upload_scan_run_finish (CHORUS_UPLOAD_SCAN (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  measuring = g_task_new (NULL, g_task_get_cancellable (task), chorus_upload_queue_measured_cb, g_object_ref (task));
  g_task_set_source_tag (measuring, chorus_upload_queue_searched_cb);
  g_task_set_task_data (measuring, g_ptr_array_ref (search->candidates), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (measuring, chorus_upload_queue_measure_thread);
}

void
chorus_upload_queue_find_files_async (ChorusUploadQueue   *self,
                                      GFile               *folder,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GListStore) roots = g_list_store_new (G_TYPE_FILE);
  ChorusUploadSearch *search = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (G_IS_FILE (folder));

  g_list_store_append (roots, folder);
  search = g_new0 (ChorusUploadSearch, 1);
  search->scan = chorus_upload_scan_new (G_LIST_MODEL (roots));
  search->candidates = g_ptr_array_new_with_free_func (chorus_upload_candidate_free);
  search->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);
      GPtrArray *same = g_hash_table_lookup (search->missing, upload->name);

      if (upload->state != CHORUS_UPLOAD_STATE_NEEDS_FILE)
        continue;
      if (!same)
        {
          same = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (search->missing, g_strdup (upload->name), same);
        }
      g_ptr_array_add (same, g_steal_pointer (&upload));
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_upload_queue_find_files_async);
  g_task_set_task_data (task, search, chorus_upload_search_free);
  g_signal_connect_object (search->scan, "found", G_CALLBACK (chorus_upload_queue_search_found_cb), task, 0);
  chorus_upload_scan_run_async (search->scan, cancellable, chorus_upload_queue_searched_cb, g_object_ref (task));
}

gssize
chorus_upload_queue_find_files_finish (ChorusUploadQueue  *self,
                                       GAsyncResult       *result,
                                       GError            **error)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), -1);
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
