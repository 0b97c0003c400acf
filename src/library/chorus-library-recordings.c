/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open lists of recordings, and what becomes of what the store returns. */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-library-private.h"
#include "chorus-recording-list-private.h"
#include "chorus-recording-reader.h"
#include "chorus-recording-rows.h"

/* How many recordings are read again in one go: each go must be short for those who wait for the store. */
#define CHORUS_LIBRARY_READ_AT_ONCE 500

static char *
chorus_library_make_list_key (const ChorusScope *scope)
{
  return g_strdup_printf ("%s %s", chorus_scope_get_word (scope), scope->id ? scope->id : "");
}

ChorusRecordingList *
chorus_library_get_open_list (ChorusLibrary *self,
                              const char    *deployment_id)
{
  const ChorusScope scope = { CHORUS_SCOPE_DEPLOYMENT, (char *) deployment_id };
  g_autofree char *key = chorus_library_make_list_key (&scope);

  return g_hash_table_lookup (self->lists, key);
}

gboolean
chorus_library_scope_has (ChorusLibrary     *self,
                          const ChorusScope *scope,
                          const char        *deployment_id)
{
  ChorusPlace *place = NULL;
  const char *parent_id = NULL;

  if (scope->kind == CHORUS_SCOPE_ALL)
    return TRUE;
  if (scope->kind == CHORUS_SCOPE_DEPLOYMENT)
    return g_str_equal (scope->id, deployment_id);

  place = chorus_library_find_place (self, CHORUS_PLACE_DEPLOYMENT, deployment_id);
  parent_id = place ? chorus_place_get_parent_id (place) : NULL;
  if (parent_id && scope->kind == CHORUS_SCOPE_PROJECT)
    {
      place = chorus_library_find_place (self, CHORUS_PLACE_SITE, parent_id);
      parent_id = place ? chorus_place_get_parent_id (place) : NULL;
    }

  return g_strcmp0 (parent_id, scope->id) == 0;
}

static void
chorus_library_watch_analysis_cb (gpointer recording,
                                  gpointer user_data)
{
  chorus_library_watch_analysis (user_data, recording);
}

static void
chorus_library_take_into (ChorusLibrary       *self,
                          ChorusRecordingList *list,
                          GPtrArray           *fresh)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  for (guint i = 0; i < fresh->len; i++)
    {
      ChorusRecording *one = g_ptr_array_index (fresh, i);

      if (chorus_library_scope_has (self, chorus_recording_list_get_scope (list),
                                    chorus_recording_get_deployment_id (one)))
        {
          g_ptr_array_add (members, one);
          g_ptr_array_add (records, one->record);
        }
    }
  chorus_recording_list_merge (list, members);
  chorus_recording_list_foreach_analyzing (list, records, chorus_library_watch_analysis_cb, self);
}

/* Takes over recordings that were just read, each into the open lists that it belongs to. @recording, if given, is held by
 * somebody, perhaps outside of any list, and is brought up to date too. */
void
chorus_library_take_recordings (ChorusLibrary   *self,
                                ChorusRecording *recording,
                                GPtrArray       *fresh)
{
  g_autoptr (GList) lists = g_hash_table_get_values (self->lists);

  for (GList *link = lists; link; link = link->next)
    g_object_ref (link->data);
  for (GList *link = lists; link; link = link->next)
    {
      chorus_library_take_into (self, link->data, fresh);
      g_object_unref (link->data);
    }

  for (guint i = 0; recording && i < fresh->len; i++)
    {
      ChorusRecording *one = g_ptr_array_index (fresh, i);

      if (chorus_recording_get_recording_id (recording) != chorus_recording_get_recording_id (one))
        continue;

      chorus_recording_update (recording, one);
      if (chorus_recording_get_status (recording) == CHORUS_RECORDING_ANALYZING)
        chorus_library_watch_analysis (self, recording);
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
chorus_list_loading_free (gpointer data)
{
  ChorusListLoading *loading = data;

  g_object_unref (loading->list);
  g_object_unref (loading->library);
  g_free (loading);
}

static void
chorus_library_list_batch_cb (GPtrArray *records,
                              gpointer   user_data)
{
  ChorusListLoading *loading = user_data;

  chorus_recording_list_take (loading->list, records);
  chorus_recording_list_foreach_analyzing (loading->list, records, chorus_library_watch_analysis_cb, loading->library);
}

static void
chorus_library_list_loaded_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusRecordingList) list = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) synced_at = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (error)
    chorus_library_note_error (error);
  else
    chorus_recording_list_set_synced_at (list, synced_at);
  chorus_recording_list_set_loaded (list);
}

ChorusRecordingList *
chorus_library_open_scope (ChorusLibrary     *self,
                           const ChorusScope *scope)
{
  g_autofree char *key = NULL;
  ChorusRecordingList *list = NULL;
  ChorusListLoading *loading = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  key = chorus_library_make_list_key (scope);
  list = g_hash_table_lookup (self->lists, key);
  if (list)
    return g_object_ref (list);

  list = chorus_recording_list_new_of (scope);
  g_hash_table_insert (self->lists, g_steal_pointer (&key), list);
  g_object_weak_ref (G_OBJECT (list), chorus_library_list_gone_cb, self);

  loading = g_new0 (ChorusListLoading, 1);
  loading->library = g_object_ref (self);
  loading->list = g_object_ref (list);
  chorus_store_run_async (self->store, chorus_recording_reader_run,
                          chorus_recording_reader_new (self->profile_id, scope, chorus_library_list_batch_cb, loading,
                                                       chorus_list_loading_free),
                          (GDestroyNotify) chorus_recording_reader_unref, (GDestroyNotify) g_date_time_unref,
                          self->cancellable, chorus_library_list_loaded_cb, g_object_ref (list));

  return list;
}

ChorusRecordingList *
chorus_library_open_recordings (ChorusLibrary *self,
                                const char    *deployment_id)
{
  const ChorusScope scope = { CHORUS_SCOPE_DEPLOYMENT, (char *) deployment_id };

  g_return_val_if_fail (CHORUS_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (deployment_id != NULL, NULL);

  return chorus_library_open_scope (self, &scope);
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

void
chorus_library_update_upload (ChorusLibrary *self,
                              gint64         recording_id,
                              const char    *state,
                              double         progress,
                              const char    *reason)
{
  ChorusRecordingUpload upload = CHORUS_UPLOAD_WAITING;
  gboolean only_progress = FALSE;
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (chorus_recording_upload_from_text (state, &upload));

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    chorus_recording_list_set_upload (list, recording_id, upload, progress, reason, &only_progress);
  if (only_progress)
    return;

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
  GHashTableIter iter = { 0 };
  gpointer list = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    chorus_recording_list_remove (list, recording_id);
}

/* The object of an open list. */
static ChorusRecording *
chorus_library_find_recording (ChorusLibrary *self,
                               gint64         recording_id)
{
  GHashTableIter iter = { 0 };
  gpointer list = NULL;
  ChorusRecording *recording = NULL;

  g_hash_table_iter_init (&iter, self->lists);
  while (!recording && g_hash_table_iter_next (&iter, NULL, &list))
    recording = chorus_recording_list_find (list, recording_id);

  return recording;
}

static void
chorus_library_recording_read_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (output && output->recordings->len > 0)
    g_task_return_pointer (task, g_object_ref (g_ptr_array_index (output->recordings, 0)), g_object_unref);
  else if (output)
    g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NOT_FOUND,
                             _("This recording is no longer in the library."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_library_load_recording_async (ChorusLibrary       *self,
                                     gint64               recording_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusRecording *recording = NULL;
  ChorusRecordingsInput *input = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_load_recording_async);

  recording = chorus_library_find_recording (self, recording_id);
  if (recording)
    {
      g_task_return_pointer (task, g_object_ref (recording), g_object_unref);
      return;
    }

  input = chorus_recordings_input_new (self->profile_id, NULL);
  input->recording_id = recording_id;
  chorus_store_run_async (self->store, chorus_recording_rows_read_one, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          cancellable, chorus_library_recording_read_cb, g_object_ref (task));
}

ChorusRecording *
chorus_library_load_recording_finish (ChorusLibrary  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
