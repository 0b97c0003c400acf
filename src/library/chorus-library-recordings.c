/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open lists of recordings, and what becomes of what the store returns. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-recording-list-private.h"
#include "chorus-recording-rows.h"

/* How many recordings are read again in one go: each go must be short for those who wait for the store. */
#define CHORUS_LIBRARY_READ_AT_ONCE 500

ChorusRecordingList *
chorus_library_get_open_list (ChorusLibrary *self,
                              const char    *deployment_id)
{
  return g_hash_table_lookup (self->lists, deployment_id);
}

/* Takes over recordings that were just read, each into the list of its deployment if it is open. @recording, if given,
 * is held by somebody, perhaps outside of any list, and is brought up to date too. */
void
chorus_library_take_recordings (ChorusLibrary   *self,
                                ChorusRecording *recording,
                                GPtrArray       *fresh)
{
  g_autoptr (GHashTable) by_deployment =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter = { 0 };
  gpointer deployment_id = NULL;
  gpointer recordings = NULL;

  for (guint i = 0; i < fresh->len; i++)
    {
      ChorusRecording *one = g_ptr_array_index (fresh, i);
      const char *key = chorus_recording_get_deployment_id (one);
      ChorusRecordingList *list = chorus_library_get_open_list (self, key);
      const gboolean wanted =
        recording && chorus_recording_get_recording_id (recording) == chorus_recording_get_recording_id (one);

      if (wanted && (!list || chorus_recording_list_find (list, chorus_recording_get_recording_id (one)) != recording))
        {
          chorus_recording_update (recording, one);
          if (chorus_recording_get_status (recording) == CHORUS_RECORDING_ANALYZING)
            chorus_library_watch_analysis (self, recording);
        }
      if (!list)
        continue;

      recordings = g_hash_table_lookup (by_deployment, key);
      if (!recordings)
        {
          recordings = g_ptr_array_new ();
          g_hash_table_insert (by_deployment, (gpointer) key, recordings);
        }
      g_ptr_array_add (recordings, one);
    }

  g_hash_table_iter_init (&iter, by_deployment);
  while (g_hash_table_iter_next (&iter, &deployment_id, &recordings))
    {
      ChorusRecordingList *list = chorus_library_get_open_list (self, deployment_id);
      GPtrArray *members = recordings;

      chorus_recording_list_merge (list, members);
      for (guint i = 0; i < members->len; i++)
        {
          gint64 recording_id = chorus_recording_get_recording_id (g_ptr_array_index (members, i));
          ChorusRecording *member = chorus_recording_list_find (list, recording_id);

          if (chorus_recording_get_status (member) == CHORUS_RECORDING_ANALYZING)
            chorus_library_watch_analysis (self, member);
        }
    }
}

/* Takes recordings out of the lists that there are no longer. */
void
chorus_library_drop_recordings (ChorusLibrary *self,
                                GArray        *ids)
{
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  g_hash_table_iter_init (&iter, self->lists);
  while (ids->len > 0 && g_hash_table_iter_next (&iter, NULL, &list))
    {
      for (guint i = 0; i < ids->len; i++)
        chorus_recording_list_remove (list, g_array_index (ids, gint64, i));
    }
}

static void
chorus_library_list_gone_cb (gpointer  user_data,
                             GObject  *where_the_object_was)
{
  ChorusLibrary *self = user_data;
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    {
      if (list == (gpointer) where_the_object_was)
        g_hash_table_iter_remove (&iter);
    }
}

void
chorus_library_forget_lists (ChorusLibrary *self)
{
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    {
      g_object_weak_unref (list, chorus_library_list_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
}

typedef struct
{
  ChorusLibrary *library;
  ChorusRecordingList *list;
} ChorusListLoading;

static void
chorus_library_list_loaded_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autofree ChorusListLoading *loading = user_data;
  g_autoptr (ChorusLibrary) self = loading->library;
  g_autoptr (ChorusRecordingList) list = loading->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (output)
    {
      chorus_library_take_recordings (self, NULL, output->recordings);
      chorus_recording_list_set_synced_at (list, output->synced_at);
    }
  else
    chorus_library_note_error (error);
  chorus_recording_list_set_loaded (list);
}

ChorusRecordingList *
chorus_library_open_recordings (ChorusLibrary *self,
                                const char    *deployment_id)
{
  ChorusRecordingList *list = NULL;
  ChorusListLoading *loading = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (deployment_id != NULL, NULL);

  list = chorus_library_get_open_list (self, deployment_id);
  if (list)
    return g_object_ref (list);

  list = chorus_recording_list_new (deployment_id);
  g_hash_table_insert (self->lists, g_strdup (deployment_id), list);
  g_object_weak_ref (G_OBJECT (list), chorus_library_list_gone_cb, self);

  loading = g_new0 (ChorusListLoading, 1);
  loading->library = g_object_ref (self);
  loading->list = g_object_ref (list);
  chorus_store_run_async (self->store, chorus_recording_rows_read_deployment,
                          chorus_recordings_input_new (self->profile_id, deployment_id),
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          self->cancellable, chorus_library_list_loaded_cb, loading);

  return list;
}

static void chorus_library_read_stale (ChorusLibrary *self);

static void
chorus_library_stale_read_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusLibrary) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  self->reading = FALSE;
  if (!output)
    {
      chorus_library_note_error (error);
      return;
    }

  chorus_library_take_recordings (self, NULL, output->recordings);
  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    chorus_recording_list_remove_doubles (list, output->recordings);
  chorus_library_read_stale (self);
}

/* Reads again what has changed: one part after the other, because a memory card may bring tens of thousands at once. */
static void
chorus_library_read_stale (ChorusLibrary *self)
{
  ChorusRecordingsInput *input = NULL;
  GHashTableIter iter = { 0 };
  gpointer recording_id = NULL;

  if (self->reading || g_hash_table_size (self->stale) == 0 || g_cancellable_is_cancelled (self->cancellable))
    return;

  input = chorus_recordings_input_new (self->profile_id, NULL);
  input->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_iter_init (&iter, self->stale);
  while (input->ids->len < CHORUS_LIBRARY_READ_AT_ONCE && g_hash_table_iter_next (&iter, &recording_id, NULL))
    {
      g_array_append_vals (input->ids, recording_id, 1);
      g_hash_table_iter_remove (&iter);
    }

  self->reading = TRUE;
  chorus_store_run_async (self->store, chorus_recording_rows_read_several, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          self->cancellable, chorus_library_stale_read_cb, g_object_ref (self));
}

static ChorusRecording *
chorus_library_find_recording (ChorusLibrary        *self,
                               gint64                recording_id,
                               ChorusRecordingList **list)
{
  GHashTableIter iter = { 0 };
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ChorusRecording *recording = chorus_recording_list_find (value, recording_id);

      if (recording)
        {
          *list = value;
          return recording;
        }
    }

  return NULL;
}

void
chorus_library_update_upload (ChorusLibrary *self,
                              gint64         recording_id,
                              const char    *state,
                              double         progress,
                              const char    *reason)
{
  ChorusRecordingList *list = NULL;
  ChorusRecording *recording = NULL;
  ChorusRecordingUpload upload = CHORUS_UPLOAD_WAITING;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (chorus_recording_upload_from_text (state, &upload));

  recording = chorus_library_find_recording (self, recording_id, &list);
  if (recording)
    {
      const gboolean only_progress =
        upload == CHORUS_UPLOAD_SENDING && chorus_recording_get_status (recording) == CHORUS_RECORDING_UPLOADING;

      chorus_recording_set_upload (recording, upload, progress, reason);
      if (only_progress)
        return;
      chorus_recording_list_count (list);
    }

  /* With a new state come an id, a time, a length: what the queue wrote is read again. */
  chorus_library_reread_recording (self, recording_id);
}

void
chorus_library_reread_recording (ChorusLibrary *self,
                                 gint64         recording_id)
{
  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  g_hash_table_add (self->stale, g_memdup2 (&recording_id, sizeof recording_id));
  chorus_library_read_stale (self);
}

void
chorus_library_forget_recording (ChorusLibrary *self,
                                 gint64         recording_id)
{
  ChorusRecordingList *list = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  if (chorus_library_find_recording (self, recording_id, &list))
    chorus_recording_list_remove (list, recording_id);
}
