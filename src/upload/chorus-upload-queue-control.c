/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does with uploads, and what an earlier run of the application left. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include <glib/gi18n.h>

static GHashTable *
chorus_upload_queue_list_recordings (ChorusUploadQueue *self)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      g_hash_table_add (ids, g_memdup2 (&upload->recording_id, sizeof upload->recording_id));
    }

  return ids;
}

static void
chorus_upload_queue_loaded_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (ChorusUploadLedgerState) state =
    chorus_upload_ledger_load_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) present = NULL;

  if (!state)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!self->uploads)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the queue is gone");
      return;
    }

  /* Files may have been added before the rows were read. */
  present = chorus_upload_queue_list_recordings (self);
  for (guint i = 0; i < state->uploads->len; i++)
    {
      ChorusUpload *upload = state->uploads->pdata[i];

      if (!g_hash_table_contains (present, &upload->recording_id))
        g_ptr_array_add (uploads, g_object_ref (upload));
    }
  if (state->budget > 0)
    self->budget = state->budget;
  chorus_upload_queue_append (self, uploads);
  g_task_return_boolean (task, TRUE);
}

void
chorus_upload_queue_load_async (ChorusUploadQueue   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_upload_queue_load_async);
  chorus_upload_ledger_load_async (self->ledger, cancellable, chorus_upload_queue_loaded_cb, task);
}

gboolean
chorus_upload_queue_load_finish (ChorusUploadQueue  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether a part of it is in the request that is under way. */
static gboolean
chorus_upload_queue_is_under_way (ChorusUploadQueue *self,
                                  ChorusUpload      *upload)
{
  for (guint i = 0; self->cargo && i < self->cargo->len; i++)
    if (((ChorusUploadCargo *) self->cargo->pdata[i])->upload == upload)
      return TRUE;

  return FALSE;
}

static void
chorus_upload_queue_hold_upload (ChorusUploadQueue *self,
                                 ChorusUpload      *upload,
                                 ChorusUploadEvent  event,
                                 const char        *reason)
{
  gboolean under_way = chorus_upload_queue_is_under_way (self, upload);

  chorus_upload_queue_happen (self, upload, event, reason);
  if (under_way)
    chorus_upload_queue_stop_attempt (self);
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_pause (ChorusUploadQueue *self,
                           ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  chorus_upload_queue_hold_upload (self, upload, CHORUS_UPLOAD_EVENT_PAUSE, NULL);
}

void
chorus_upload_queue_resume (ChorusUploadQueue *self,
                            ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_RESUME, NULL);
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_cancel (ChorusUploadQueue *self,
                            ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  chorus_upload_queue_hold_upload (self, upload, CHORUS_UPLOAD_EVENT_CANCEL, NULL);
}

void
chorus_upload_queue_retry (ChorusUploadQueue *self,
                           ChorusUpload      *upload)
{
  ChorusUploadState next = CHORUS_UPLOAD_STATE_WAITING;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  if (!chorus_upload_state_next (upload->state, CHORUS_UPLOAD_EVENT_RETRY, &next))
    return;

  for (guint i = 0; i < upload->entries->len; i++)
    {
      ChorusUploadEntry *entry = chorus_upload_get_entry (upload, i);

      entry->n_failures = 0;
      entry->n_looks = 0;
      entry->max_files = 0;
      if (entry->state == CHORUS_UPLOAD_STATE_FAILED || entry->state == CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED)
        entry->state = CHORUS_UPLOAD_STATE_READY;
    }
  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_RETRY, NULL);
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_retry_failed (ChorusUploadQueue *self)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->state == CHORUS_UPLOAD_STATE_FAILED || upload->state == CHORUS_UPLOAD_STATE_NEEDS_FILE)
        chorus_upload_queue_retry (self, upload);
    }
}

void
chorus_upload_queue_send_anyway (ChorusUploadQueue *self,
                                 ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  if (!chorus_upload_can_send_anyway (upload))
    return;

  upload->override = TRUE;
  chorus_upload_queue_retry (self, upload);
}

void
chorus_upload_queue_accept_arrived (ChorusUploadQueue *self,
                                    ChorusUpload      *upload)
{
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  if (upload->state != CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED)
    return;

  for (guint i = 0; i < upload->entries->len; i++)
    if (chorus_upload_get_entry (upload, i)->state == CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED)
      chorus_upload_queue_apply_part (self, upload, i, CHORUS_UPLOAD_EVENT_CONFIRM, NULL);
  g_ptr_array_add (uploads, g_object_ref (upload));
  chorus_upload_queue_save (self, uploads);
}

/* Puts what is left of the list in the place of the list, all at once. */
static void
chorus_upload_queue_keep_only (ChorusUploadQueue *self,
                               GPtrArray         *kept)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->uploads));

  if (kept->len < n_items)
    g_list_store_splice (self->uploads, 0, n_items, kept->pdata, kept->len);
}

void
chorus_upload_queue_remove_finished (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);
      gboolean finished = upload->state == CHORUS_UPLOAD_STATE_SENT || upload->state == CHORUS_UPLOAD_STATE_REFUSED
                          || upload->state == CHORUS_UPLOAD_STATE_CANCELED;

      if (finished && upload->approved)
        {
          upload->listed = FALSE;
          chorus_upload_queue_recount (self, upload);
        }
      g_ptr_array_add (upload->listed ? kept : removed, g_object_ref (upload));
    }
  chorus_upload_queue_save (self, removed);
  chorus_upload_queue_keep_only (self, kept);
}

void
chorus_upload_queue_approve (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) approved = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  self->totals.n_unapproved = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->approved)
        continue;

      chorus_upload_set_approved (upload, TRUE);
      chorus_upload_queue_recount (self, upload);
      if (upload->state == CHORUS_UPLOAD_STATE_READY)
        chorus_upload_queue_line_up (self, upload);
      g_ptr_array_add (approved, g_steal_pointer (&upload));
    }
  chorus_upload_queue_save (self, approved);
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_forgotten_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusUploadQueue) self = chorus_upload_queue_release (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = chorus_upload_ledger_forget_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);

  if (!ids)
    g_warning ("Discarded files could not be taken out of the store: %s", error->message);
  for (guint i = 0; self && ids && i < ids->len; i++)
    chorus_upload_queue_tell_forgotten (self, g_array_index (ids, gint64, i));
}

void
chorus_upload_queue_discard (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  self->totals.n_unapproved = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->approved)
        {
          g_ptr_array_add (kept, g_steal_pointer (&upload));
          continue;
        }

      /* A check that is under way finds it canceled and leaves it alone. */
      chorus_upload_queue_apply (self, upload, CHORUS_UPLOAD_EVENT_CANCEL, NULL);
      upload->listed = FALSE;
      g_array_append_val (ids, upload->recording_id);
    }
  chorus_upload_ledger_forget_async (self->ledger, ids, chorus_upload_queue_forgotten_cb,
                                     chorus_upload_queue_hold (self));
  chorus_upload_queue_keep_only (self, kept);
}
