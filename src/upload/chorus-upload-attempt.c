/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-attempt.h"

#include "chorus-upload-body.h"
#include "chorus-upload-retry.h"

#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *cargo; /* of ChorusUploadCargo */
  ChorusUploadBody *body;
  ChorusTransferProgress progress;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
  ChorusUploadAttemptEnd end;
} ChorusUploadAttempt;

ChorusUploadCargo *
chorus_upload_cargo_new (ChorusUpload *upload,
                         guint         position)
{
  ChorusUploadCargo *self = g_new0 (ChorusUploadCargo, 1);
  const ChorusUploadEntry *entry = chorus_upload_get_entry (upload, position);

  self->upload = g_object_ref (upload);
  self->position = position;
  self->trait.size = entry->part.size;
  self->trait.duration = entry->part.duration;

  return self;
}

void
chorus_upload_cargo_free (ChorusUploadCargo *self)
{
  g_object_unref (self->upload);
  g_clear_object (&self->file);
  g_free (self);
}

void
chorus_upload_entry_take_file (ChorusUploadEntry *self,
                               ChorusFile        *file)
{
  g_free (self->file_id);
  self->file_id = g_strdup (chorus_file_get_id (file));
  g_free (self->server_name);
  self->server_name = g_strdup (chorus_file_get_name (file));
  g_free (self->url);
  self->url = g_strdup (chorus_file_get_url (file));
}

static int
chorus_upload_cargo_compare (gconstpointer a,
                             gconstpointer b)
{
  const ChorusUploadCargo *first = *(ChorusUploadCargo *const *) a;
  const ChorusUploadCargo *second = *(ChorusUploadCargo *const *) b;

  if (first->upload != second->upload)
    return first->upload->recording_id < second->upload->recording_id ? -1 : 1;

  return (first->position > second->position) - (first->position < second->position);
}

void
chorus_upload_cargo_sort (GPtrArray *cargo)
{
  g_ptr_array_sort (cargo, chorus_upload_cargo_compare);
}

static void
chorus_upload_attempt_free (gpointer data)
{
  ChorusUploadAttempt *self = data;

  if (self->progress_destroy)
    self->progress_destroy (self->progress_data);
  g_ptr_array_unref (self->cargo);
  g_object_unref (self->body);
  g_free (self);
}

static void
chorus_upload_attempt_progress_cb (goffset  n_bytes,
                                   goffset  total,
                                   gpointer user_data)
{
  ChorusUploadAttempt *self = g_task_get_task_data (user_data);

  self->end.n_sent = MAX (self->end.n_sent, n_bytes);
  if (self->progress)
    self->progress (n_bytes, self->end.length, self->progress_data);
}

static ChorusUploadTrait
chorus_upload_trait_from_file (ChorusFile *file)
{
  return (ChorusUploadTrait){ chorus_file_get_size (file), chorus_file_get_duration (file), TRUE };
}

/* As many files as were sent: each is a part. Where the service tells sizes they are believed more than the order, which
 * it may have changed. */
static gboolean
chorus_upload_attempt_take_files (ChorusUploadAttempt *self,
                                  GPtrArray           *files)
{
  const guint n = self->cargo->len;
  g_autofree ChorusUploadTrait *parts = g_new0 (ChorusUploadTrait, n);
  g_autofree ChorusUploadTrait *traits = g_new0 (ChorusUploadTrait, n);
  g_autofree ChorusUploadMatched *matched = g_new0 (ChorusUploadMatched, n);
  gboolean by_size = TRUE;

  if (!files || files->len != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      parts[i] = ((ChorusUploadCargo *) self->cargo->pdata[i])->trait;
      traits[i] = chorus_upload_trait_from_file (files->pdata[i]);
    }
  chorus_upload_match (parts, n, traits, n, TRUE, matched);
  for (guint i = 0; i < n; i++)
    by_size = by_size && matched[i].file != CHORUS_UPLOAD_MATCH_NO_FILE;
  for (guint i = 0; i < n; i++)
    {
      ChorusUploadCargo *cargo = self->cargo->pdata[i];

      cargo->match = CHORUS_UPLOAD_MATCH_FOUND;
      g_set_object (&cargo->file, CHORUS_FILE (files->pdata[by_size ? matched[i].file : i]));
    }

  return TRUE;
}

static void
chorus_upload_attempt_sent_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadAttempt *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = chorus_client_upload_finish (CHORUS_CLIENT (object), result, &error);
  guint status = chorus_api_error_get_status (error);

  self->end.failed = chorus_upload_body_get_failed (self->body);
  /* An answer that names some of the files but not all may mean that not all were taken. */
  if (files && files->len > 0 && files->len != self->cargo->len)
    {
      self->end.outcome = CHORUS_UPLOAD_OUTCOME_UNCERTAIN;
      g_task_return_new_error (task, CHORUS_API_ERROR, CHORUS_API_ERROR_PROTOCOL,
                               _("The service named %u of %u recordings: looking for the others."), files->len,
                               self->cargo->len);
      return;
    }

  /* An answer that cannot be read is still one that says yes. */
  if (!error || (status >= 200 && status <= 299))
    {
      self->end.outcome = chorus_upload_attempt_take_files (self, files) ? CHORUS_UPLOAD_OUTCOME_ANSWERED
                                                                         : CHORUS_UPLOAD_OUTCOME_ACCEPTED;
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->end.outcome = chorus_upload_retry_may_have_arrived (error, self->end.n_sent >= self->end.length)
                        ? CHORUS_UPLOAD_OUTCOME_UNCERTAIN
                        : CHORUS_UPLOAD_OUTCOME_NOT_SENT;
  g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_upload_attempt_async (ChorusClient           *client,
                             const char             *deployment_id,
                             GPtrArray              *cargo,
                             ChorusThrottle         *throttle,
                             ChorusUploadSpare      *spare,
                             ChorusTransferProgress  progress,
                             gpointer                progress_data,
                             GDestroyNotify          progress_destroy,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ChorusUploadAttempt *self = g_new0 (ChorusUploadAttempt, 1);

  g_task_set_source_tag (task, chorus_upload_attempt_async);
  g_task_set_task_data (task, self, chorus_upload_attempt_free);
  /* What the service answered counts, even when the answer came together with a cancellation. */
  g_task_set_check_cancellable (task, FALSE);

  self->cargo = g_ptr_array_ref (cargo);
  self->body = chorus_upload_body_new ();
  self->progress = progress;
  self->progress_data = progress_data;
  self->progress_destroy = progress_destroy;
  for (guint i = 0; i < cargo->len; i++)
    {
      const ChorusUploadCargo *item = cargo->pdata[i];
      ChorusUpload *upload = item->upload;

      chorus_upload_body_add_part (self->body, upload->file, upload->format, upload->method, (goffset) upload->bytes,
                                   upload->modified, &chorus_upload_get_entry (upload, item->position)->part);
    }
  if (throttle)
    chorus_upload_body_set_throttle (self->body, throttle);
  chorus_upload_body_set_spare (self->body, spare);
  self->end.length = chorus_upload_body_get_length (self->body);
  self->end.failed = -1;
  chorus_client_upload_async (client, deployment_id, G_INPUT_STREAM (self->body), self->end.length,
                              chorus_upload_attempt_progress_cb, g_object_ref (task), g_object_unref, cancellable,
                              chorus_upload_attempt_sent_cb, g_object_ref (task));
}

gboolean
chorus_upload_attempt_finish (GAsyncResult            *result,
                              ChorusUploadAttemptEnd  *end,
                              GError                 **error)
{
  ChorusUploadAttempt *self = g_task_get_task_data (G_TASK (result));

  *end = self->end;

  return g_task_propagate_boolean (G_TASK (result), error);
}
