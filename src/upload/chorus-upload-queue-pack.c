/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes into the next request, and a last look at it. */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-body.h"
#include "chorus-upload-file.h"
#include "chorus-upload-pack.h"

#include <glib/gi18n.h>

/* A last look at the files, on a worker thread: a card may have been pulled, a file been written to. */

typedef struct
{
  GFile *file;
  goffset size;
  gint64 modified;
  gboolean changed;
  GError *error;
} ChorusUploadGlance;

static void
chorus_upload_glance_free (gpointer data)
{
  ChorusUploadGlance *glance = data;

  g_object_unref (glance->file);
  g_clear_error (&glance->error);
  g_free (glance);
}

static void
chorus_upload_queue_glance_thread (GTask        *task,
                                   gpointer      source_object,
                                   gpointer      task_data,
                                   GCancellable *cancellable)
{
  GPtrArray *glances = task_data;

  for (guint i = 0; i < glances->len; i++)
    {
      ChorusUploadGlance *glance = glances->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GFileInfo) info =
        g_file_query_info (glance->file, CHORUS_UPLOAD_FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &error);

      if (!info)
        chorus_upload_file_set_unreadable (&glance->error, glance->file, error);
      else
        glance->changed =
          g_file_info_get_size (info) != glance->size || chorus_upload_file_get_modified (info) != glance->modified;
    }
  g_task_return_boolean (task, TRUE);
}

/* Whether it can be sent as it was checked; where not, what follows is begun. */
static gboolean
chorus_upload_queue_is_good (ChorusUploadQueue  *self,
                             ChorusUpload       *upload,
                             ChorusUploadGlance *glance)
{
  if (glance->error)
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_MISS, glance->error->message);
  else if (glance->changed && chorus_upload_get_n_parts_sent (upload) == 0)
    chorus_upload_queue_check (self, upload);
  else if (glance->changed)
    /* What the service has is of another content than what would follow. */
    chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL,
                                _("The file has changed after a part of it was sent: retry to send all of it as it is "
                                   "now."));

  return !glance->error && !glance->changed;
}

static void
chorus_upload_queue_glanced_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusUploadQueue) self = chorus_upload_queue_release (user_data);
  GPtrArray *glances = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) uploads = NULL;

  if (!self)
    return;

  uploads = chorus_upload_queue_list_uploads (self->cargo);
  for (guint i = uploads->len; i > 0; i--)
    {
      ChorusUpload *upload = uploads->pdata[i - 1];
      ChorusUploadGlance *glance = glances->pdata[i - 1];

      if (upload->state == CHORUS_UPLOAD_STATE_READY && chorus_upload_queue_is_good (self, upload, glance))
        continue;
      for (guint c = self->cargo->len; c > 0; c--)
        if (((ChorusUploadCargo *) self->cargo->pdata[c - 1])->upload == upload)
          g_ptr_array_remove_index (self->cargo, c - 1);
    }

  if (self->cargo->len > 0 && self->client && !self->paused && !g_cancellable_is_cancelled (self->attempt))
    {
      chorus_upload_queue_begin (self);
      return;
    }
  g_ptr_array_set_size (uploads, 0);
  chorus_upload_queue_end_request (self, uploads);
}

static void
chorus_upload_queue_glance (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) uploads = chorus_upload_queue_list_uploads (self->cargo);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, chorus_upload_queue_glanced_cb, chorus_upload_queue_hold (self));
  GPtrArray *glances = g_ptr_array_new_with_free_func (chorus_upload_glance_free);

  for (guint i = 0; i < uploads->len; i++)
    {
      ChorusUpload *upload = uploads->pdata[i];
      ChorusUploadGlance *glance = g_new0 (ChorusUploadGlance, 1);

      glance->file = g_object_ref (upload->file);
      glance->size = (goffset) upload->bytes;
      glance->modified = upload->modified;
      g_ptr_array_add (glances, glance);
    }
  g_task_set_source_tag (task, chorus_upload_queue_glance);
  g_task_set_task_data (task, glances, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, chorus_upload_queue_glance_thread);
}

/* Packing. */

static void
chorus_upload_queue_gather_parts (ChorusUpload *upload,
                                  GPtrArray    *cargo,
                                  guint        *max_files)
{
  for (guint i = 0; i < upload->entries->len && cargo->len < CHORUS_UPLOAD_BODY_MAX_FILES; i++)
    {
      const ChorusUploadEntry *entry = chorus_upload_get_entry (upload, i);

      if (entry->state != CHORUS_UPLOAD_STATE_READY)
        continue;
      /* Parts that go alone or with few others do not pull in the rest. */
      if (entry->max_files > 0 && cargo->len >= entry->max_files)
        return;
      if (entry->max_files > 0)
        *max_files = MIN (*max_files, entry->max_files);
      g_ptr_array_add (cargo, chorus_upload_cargo_new (upload, i));
    }
}

static GPtrArray *
chorus_upload_queue_pack (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) cargo = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_upload_cargo_free);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (goffset));
  guint max_files = CHORUS_UPLOAD_BODY_MAX_FILES;
  const char *deployment_id = NULL;
  guint n = 0;

  for (GList *link = self->to_send.head, *next = NULL; link && cargo->len < CHORUS_UPLOAD_BODY_MAX_FILES; link = next)
    {
      ChorusUpload *upload = link->data;

      next = link->next;
      if (upload->state != CHORUS_UPLOAD_STATE_READY || !upload->approved)
        {
          /* It comes back into the line when it is ready and may be sent. */
          upload->lined_up = FALSE;
          g_queue_delete_link (&self->to_send, link);
          g_object_unref (upload);
          continue;
        }
      if (!deployment_id)
        deployment_id = upload->deployment_id;
      else if (!g_str_equal (upload->deployment_id, deployment_id))
        break;
      chorus_upload_queue_gather_parts (upload, cargo, &max_files);
    }

  for (guint i = 0; i < cargo->len; i++)
    g_array_append_val (sizes, ((ChorusUploadCargo *) cargo->pdata[i])->trait.size);
  n = chorus_upload_pack_count ((goffset *) (gpointer) sizes->data, sizes->len, max_files, self->budget);
  g_ptr_array_set_size (cargo, (int) n);
  chorus_upload_cargo_sort (cargo);

  return g_steal_pointer (&cargo);
}

gboolean
chorus_upload_queue_send (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) cargo = chorus_upload_queue_pack (self);

  if (cargo->len == 0)
    return FALSE;

  self->cargo = g_steal_pointer (&cargo);
  self->attempt = g_cancellable_new ();
  chorus_upload_queue_set_busy (self, TRUE);
  chorus_upload_queue_glance (self);

  return TRUE;
}
