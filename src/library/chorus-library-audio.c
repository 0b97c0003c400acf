/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding the audio of a recording: here, in the cache, or at the service. */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-library-private.h"
#include "chorus-recording-rows.h"

typedef struct
{
  ChorusRecording *recording;
  GFile *original; /* NULL when there is none on this computer */
  GFile *cached;   /* NULL when the service does not have it */
  gboolean here;   /* whether nothing is to be downloaded */
} ChorusAudioSearch;

static void
chorus_audio_search_free (ChorusAudioSearch *search)
{
  g_object_unref (search->recording);
  g_clear_object (&search->original);
  g_clear_object (&search->cached);
  g_free (search);
}

/* Where a downloaded copy is kept. What the service calls it is data and never becomes a path. */
static GFile *
chorus_library_get_cached_file (ChorusLibrary   *self,
                                ChorusRecording *recording)
{
  const char *file_id = chorus_recording_get_file_id (recording);
  g_autofree char *key = NULL;
  g_autofree char *name = NULL;

  if (!file_id)
    return NULL;
  key = g_strdup_printf ("%s\n%s", self->profile_id, file_id);
  name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_file_new_build_filename (self->cache_folder, name, NULL);
}

/* Whether an answer about a file says that it is a file of the size that the recording has, where that is known. */
static gboolean
chorus_library_is_same_size (GFileInfo *info,
                             gint64     size)
{
  return info && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
         && (size < 0 ? g_file_info_get_size (info) > 0 : g_file_info_get_size (info) == size);
}

static void
chorus_library_ask_for_size (GFile               *file,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

static void
chorus_library_no_audio (GTask *task)
{
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autofree char *path = search->original ? g_file_get_parse_name (search->original) : NULL;
  const char *name = chorus_recording_get_name (search->recording);

  if (chorus_recording_get_n_parts (search->recording) > 1)
    g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO,
                             _("The original of %s is not on this computer, and the service has it only in parts. "
                                "Choose the original file to listen to it here."),
                             name);
  else if (path)
    g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO,
                             _("The original of %s is no longer at %s, and the service cannot give it back. "
                                "Choose the file where it is now."),
                             name, path);
  else
    g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO,
                             _("The service keeps %s where only its own computers can read it. "
                                "Choose the original file to listen to it here."),
                             name);
}

static void
chorus_library_audio_fetched_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (chorus_client_fetch_audio_finish (CHORUS_CLIENT (source), result, &error))
    g_task_return_pointer (task, g_object_ref (search->cached), g_object_unref);
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNREACHABLE_URL)
           || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_INSECURE))
    chorus_library_no_audio (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_library_fetch_audio (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAudioSearch *search = g_task_get_task_data (task);
  const char *url = chorus_recording_get_url (search->recording);

  if (!search->cached || !url)
    chorus_library_no_audio (task);
  else if (chorus_library_check_client (self, task))
    chorus_client_fetch_audio_async (self->client, url, search->cached, NULL, NULL, NULL, g_task_get_cancellable (task),
                                     chorus_library_audio_fetched_cb, g_object_ref (task));
}

static void
chorus_library_make_cache_thread (GTask        *task,
                                  gpointer      source_object,
                                  gpointer      task_data,
                                  GCancellable *cancellable)
{
  /* A failure shows when the file is written. */
  g_mkdir_with_parents (task_data, 0700);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_library_cache_made_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  chorus_library_fetch_audio (task);
}

static void
chorus_library_cached_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr (GTask) folder = NULL;

  if (chorus_library_is_same_size (info, chorus_recording_get_size (search->recording)))
    {
      g_task_return_pointer (task, g_object_ref (search->cached), g_object_unref);
      return;
    }
  if (search->here)
    {
      g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO,
                               _("%s is not on this computer. Open it to have it downloaded."),
                               chorus_recording_get_name (search->recording));
      return;
    }

  folder = g_task_new (self, NULL, chorus_library_cache_made_cb, g_object_ref (task));
  g_task_set_source_tag (folder, chorus_library_cached_cb);
  g_task_set_task_data (folder, g_strdup (self->cache_folder), g_free);
  g_task_run_in_thread (folder, chorus_library_make_cache_thread);
}

static void
chorus_library_look_in_cache (GTask *task)
{
  ChorusAudioSearch *search = g_task_get_task_data (task);

  if (search->cached)
    chorus_library_ask_for_size (search->cached, g_task_get_cancellable (task), chorus_library_cached_cb,
                                 g_object_ref (task));
  else
    chorus_library_no_audio (task);
}

static void
chorus_library_original_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  if (chorus_library_is_same_size (info, chorus_recording_get_size (search->recording)))
    g_task_return_pointer (task, g_object_ref (search->original), g_object_unref);
  else
    chorus_library_look_in_cache (task);
}

/* Takes @task. */
static void
chorus_library_search_audio (ChorusLibrary   *self,
                             ChorusRecording *recording,
                             gboolean         here,
                             GTask           *task)
{
  const char *path = chorus_recording_get_local_path (recording);
  ChorusAudioSearch *search = g_new0 (ChorusAudioSearch, 1);

  search->recording = g_object_ref (recording);
  search->original = path ? g_file_new_for_path (path) : NULL;
  search->cached = chorus_library_get_cached_file (self, recording);
  search->here = here;
  g_task_set_task_data (task, search, (GDestroyNotify) chorus_audio_search_free);

  if (search->original)
    chorus_library_ask_for_size (search->original, g_task_get_cancellable (task), chorus_library_original_cb,
                                 g_object_ref (task));
  else
    chorus_library_look_in_cache (task);
  g_object_unref (task);
}

void
chorus_library_locate_audio_async (ChorusLibrary       *self,
                                   ChorusRecording     *recording,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_locate_audio_async);
  chorus_library_search_audio (self, recording, FALSE, task);
}

void
chorus_library_find_audio_async (ChorusLibrary       *self,
                                 ChorusRecording     *recording,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_find_audio_async);
  chorus_library_search_audio (self, recording, TRUE, task);
}

GFile *
chorus_library_locate_audio_finish (ChorusLibrary  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The original, where a person says it is */

static void
chorus_library_original_written_cb (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!output)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  chorus_library_take_recordings (self, search->recording, output->recordings);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_library_chosen_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAudioSearch *search = g_task_get_task_data (task);
  g_autofree char *path = g_file_get_path (search->original);
  g_autofree char *shown = g_file_get_parse_name (search->original);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  ChorusRecordingsInput *input = NULL;

  if (!path || !chorus_library_is_same_size (info, chorus_recording_get_size (search->recording)))
    {
      g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_DIFFERENT_FILE,
                               _("%s is not the original of %s: it cannot be read or has another size. "
                                  "Choose another file."),
                               shown, chorus_recording_get_name (search->recording));
      return;
    }

  input = chorus_recordings_input_new (self->profile_id, NULL);
  input->recording_id = chorus_recording_get_recording_id (search->recording);
  input->path = g_steal_pointer (&path);
  chorus_store_run_async (self->store, chorus_recording_rows_write_original, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          g_task_get_cancellable (task), chorus_library_original_written_cb, g_object_ref (task));
}

void
chorus_library_set_original_async (ChorusLibrary       *self,
                                   ChorusRecording     *recording,
                                   GFile               *file,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusAudioSearch *search = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_set_original_async);

  search = g_new0 (ChorusAudioSearch, 1);
  search->recording = g_object_ref (recording);
  search->original = g_object_ref (file);
  g_task_set_task_data (task, search, (GDestroyNotify) chorus_audio_search_free);
  chorus_library_ask_for_size (file, cancellable, chorus_library_chosen_cb, g_object_ref (task));
}

gboolean
chorus_library_set_original_finish (ChorusLibrary  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
