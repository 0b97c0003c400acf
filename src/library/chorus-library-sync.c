/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refreshing a deployment from the service. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-recording-list-private.h"
#include "chorus-recording-rows.h"

/* Files written in one go: what else waits for the store is let in between. */
#define CHORUS_LIBRARY_FILES_AT_ONCE 500

typedef struct
{
  char *deployment_id;
  ChorusRecordingList *list; /* kept open meanwhile; NULL if it was not */
  GDateTime *synced_at;
  GPtrArray *files; /* of ChorusFile */
  guint n_written;
  gboolean complete;     /* files are all there are, with their runs */
  GPtrArray *unfinished; /* of ChorusRecording, to ask about one by one */
  GHashTable *needing;   /* ids of files that need inference, which have no run to ask about */
} ChorusDeploymentSync;

static void chorus_library_write_files (GTask *task);
static void chorus_library_ask_unfinished (GTask *task);

static void
chorus_deployment_sync_free (ChorusDeploymentSync *sync)
{
  g_free (sync->deployment_id);
  g_clear_object (&sync->list);
  g_clear_pointer (&sync->synced_at, g_date_time_unref);
  g_clear_pointer (&sync->files, g_ptr_array_unref);
  g_clear_pointer (&sync->unfinished, g_ptr_array_unref);
  g_clear_pointer (&sync->needing, g_hash_table_unref);
  g_free (sync);
}

static void
chorus_library_unfinished_asked_cb (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* One that the service has lost does not keep the others from being asked about. */
  if (chorus_library_ask_about_finish (CHORUS_LIBRARY (source), result, NULL, &error)
      || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_FOUND))
    chorus_library_ask_unfinished (task);
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_library_ask_unfinished (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusDeploymentSync *sync = g_task_get_task_data (task);
  const ChorusAskScope scope = { .most = G_MAXUINT, .except = sync->needing };
  g_autoptr (ChorusRecording) recording = NULL;

  if (sync->unfinished->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  recording = g_ptr_array_steal_index (sync->unfinished, sync->unfinished->len - 1);
  chorus_library_ask_about (self, recording, &scope, g_task_get_cancellable (task), chorus_library_unfinished_asked_cb,
                            g_object_ref (task));
}

static void
chorus_library_unfinished_read_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusDeploymentSync *sync = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!output)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Of several parts each is looked for when it is its turn. */
  sync->needing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < sync->files->len; i++)
    g_hash_table_add (sync->needing, g_strdup (chorus_file_get_id (g_ptr_array_index (sync->files, i))));

  sync->unfinished = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < output->recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (output->recordings, i);

      const char *file_id = chorus_recording_get_file_id (recording);

      if (!file_id || !g_hash_table_contains (sync->needing, file_id))
        g_ptr_array_add (sync->unfinished, g_object_ref (recording));
    }
  chorus_library_ask_unfinished (task);
}

static void
chorus_library_files_written_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusDeploymentSync *sync = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!output)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_library_drop_recordings (self, output->gone);
  chorus_library_take_recordings (self, NULL, output->recordings);
  if (sync->list)
    chorus_recording_list_set_synced_at (sync->list, output->synced_at);

  if (sync->n_written < sync->files->len)
    chorus_library_write_files (task);
  else if (sync->complete)
    g_task_return_boolean (task, TRUE);
  else
    chorus_store_run_async (self->store, chorus_recording_rows_read_unfinished,
                            chorus_recordings_input_new (self->profile_id, sync->deployment_id),
                            (GDestroyNotify) chorus_recordings_input_free,
                            (GDestroyNotify) chorus_recordings_output_free, g_task_get_cancellable (task),
                            chorus_library_unfinished_read_cb, g_object_ref (task));
}

static void
chorus_library_write_files (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusDeploymentSync *sync = g_task_get_task_data (task);
  ChorusRecordingsInput *input = chorus_recordings_input_new (self->profile_id, sync->deployment_id);
  const guint end = MIN (sync->n_written + CHORUS_LIBRARY_FILES_AT_ONCE, sync->files->len);

  input->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = sync->n_written; i < end; i++)
    g_ptr_array_add (input->files, g_object_ref (g_ptr_array_index (sync->files, i)));
  sync->n_written = end;
  if (end == sync->files->len)
    input->synced_at = g_date_time_ref (sync->synced_at);

  chorus_store_run_async (self->store, chorus_recording_rows_write_files, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          g_task_get_cancellable (task), chorus_library_files_written_cb, g_object_ref (task));
}

static void
chorus_library_take_files (GTask     *task,
                           GPtrArray *files,
                           gboolean   complete)
{
  ChorusDeploymentSync *sync = g_task_get_task_data (task);

  sync->files = files;
  sync->complete = complete;
  sync->synced_at = g_date_time_new_now_utc ();
  chorus_library_write_files (task);
}

static void
chorus_library_needing_listed_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *files = chorus_client_list_files_needing_inference_finish (CHORUS_CLIENT (source), result, &error);

  if (files)
    chorus_library_take_files (task, files, FALSE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_library_files_listed_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusDeploymentSync *sync = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *files = chorus_client_list_files_finish (CHORUS_CLIENT (source), result, &error);

  if (files)
    chorus_library_take_files (task, files, TRUE);
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    chorus_client_list_files_needing_inference_async (CHORUS_CLIENT (source), sync->deployment_id,
                                                      g_task_get_cancellable (task), chorus_library_needing_listed_cb,
                                                      g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_library_refresh_deployment_async (ChorusLibrary       *self,
                                         const char          *deployment_id,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusDeploymentSync *sync = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (deployment_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_refresh_deployment_async);
  if (!chorus_library_check_client (self, task))
    return;

  sync = g_new0 (ChorusDeploymentSync, 1);
  sync->deployment_id = g_strdup (deployment_id);
  g_set_object (&sync->list, chorus_library_get_open_list (self, deployment_id));
  g_task_set_task_data (task, sync, (GDestroyNotify) chorus_deployment_sync_free);
  chorus_client_list_files_async (self->client, deployment_id, cancellable, chorus_library_files_listed_cb,
                                  g_object_ref (task));
}

gboolean
chorus_library_refresh_deployment_finish (ChorusLibrary  *self,
                                          GAsyncResult   *result,
                                          GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
