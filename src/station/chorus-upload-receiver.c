/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-receiver.h"

#include "chorus-received-file.h"
#include "chorus-upload-parser.h"

/* Enough that receiving and writing do not wait for each other; the memory of an upload is about twice this. */
#define CHORUS_UPLOAD_RECEIVER_BACKLOG (2 * 1024 * 1024)

struct _ChorusUploadReceiver
{
  GObject parent_instance;

  /* Main thread. */
  GByteArray *backlog;
  gboolean busy;
  GTask *finishing;

  /* The worker while busy, else the main thread. */
  ChorusStationFolder *folder;
  ChorusUploadParser *parser;
  GPtrArray *files;
  GError *error;
};

G_DEFINE_FINAL_TYPE (ChorusUploadReceiver, chorus_upload_receiver, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
chorus_upload_receiver_finalize (GObject *object)
{
  ChorusUploadReceiver *self = CHORUS_UPLOAD_RECEIVER (object);

  g_clear_pointer (&self->backlog, g_byte_array_unref);
  g_clear_pointer (&self->parser, chorus_upload_parser_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->folder);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (chorus_upload_receiver_parent_class)->finalize (object);
}

static void
chorus_upload_receiver_class_init (ChorusUploadReceiverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_upload_receiver_finalize;

  /**
   * ChorusUploadReceiver::ready:
   * @self: a receiver
   *
   * What waited was taken; the caller may read on.
   */
  signals[READY] =
    g_signal_new ("ready", CHORUS_TYPE_UPLOAD_RECEIVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
chorus_upload_receiver_begin_file (gpointer   user_data,
                                   GError   **error)
{
  ChorusUploadReceiver *self = user_data;
  ChorusReceivedFile *file = chorus_received_file_new (chorus_station_folder_build_incoming_path (self->folder), error);

  if (!file)
    return FALSE;
  g_ptr_array_add (self->files, file);

  return TRUE;
}

static gboolean
chorus_upload_receiver_file_data (gpointer       user_data,
                                  const guint8  *bytes,
                                  gsize          n_bytes,
                                  GError       **error)
{
  ChorusUploadReceiver *self = user_data;

  return chorus_received_file_write (g_ptr_array_index (self->files, self->files->len - 1), bytes, n_bytes, error);
}

static gboolean
chorus_upload_receiver_end_file (gpointer   user_data,
                                 GError   **error)
{
  ChorusUploadReceiver *self = user_data;

  return chorus_received_file_close (g_ptr_array_index (self->files, self->files->len - 1), error);
}

static const ChorusUploadSink chorus_upload_receiver_sink = {
  .begin_file = chorus_upload_receiver_begin_file,
  .file_data = chorus_upload_receiver_file_data,
  .end_file = chorus_upload_receiver_end_file,
};

static void
chorus_upload_receiver_init (ChorusUploadReceiver *self)
{
  self->backlog = g_byte_array_new ();
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_received_file_free);
  self->parser =
    chorus_upload_parser_new (&chorus_upload_receiver_sink, self, CHORUS_UPLOAD_MAX_FILES, CHORUS_UPLOAD_MAX_FILE_SIZE);
}

ChorusUploadReceiver *
chorus_upload_receiver_new (ChorusStationFolder *folder)
{
  ChorusUploadReceiver *self = g_object_new (CHORUS_TYPE_UPLOAD_RECEIVER, NULL);

  self->folder = g_object_ref (folder);

  return self;
}

static void
chorus_upload_receiver_parse (GTask        *task,
                              gpointer      source_object,
                              gpointer      task_data,
                              GCancellable *cancellable)
{
  ChorusUploadReceiver *self = CHORUS_UPLOAD_RECEIVER (source_object);
  GByteArray *batch = task_data;

  /* What is wrong with the body makes the files that came before it useless: their room is given back at once. */
  if (!chorus_upload_parser_push (self->parser, batch->data, batch->len, &self->error))
    g_ptr_array_set_size (self->files, 0);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_upload_receiver_check (GTask        *task,
                              gpointer      source_object,
                              gpointer      task_data,
                              GCancellable *cancellable)
{
  ChorusUploadReceiver *self = CHORUS_UPLOAD_RECEIVER (source_object);
  GError *error = NULL;

  gboolean acceptable = chorus_upload_parser_finish (self->parser, &error);

  for (guint i = 0; acceptable && i < self->files->len; i++)
    acceptable = chorus_received_file_probe (g_ptr_array_index (self->files, i), i + 1, CHORUS_UPLOAD_MAX_DURATION,
                                             cancellable, &error);
  if (!acceptable)
    {
      g_ptr_array_set_size (self->files, 0);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&self->files), (GDestroyNotify) g_ptr_array_unref);
}

static void
chorus_upload_receiver_conclude (ChorusUploadReceiver *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->finishing);

  if (self->error)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_run_in_thread (task, chorus_upload_receiver_check);
}

static void chorus_upload_receiver_start_batch (ChorusUploadReceiver *self);

static void
chorus_upload_receiver_batch_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  ChorusUploadReceiver *self = CHORUS_UPLOAD_RECEIVER (source);
  gboolean whole = self->finishing != NULL;

  self->busy = FALSE;
  if (self->error)
    g_byte_array_set_size (self->backlog, 0);
  if (self->backlog->len > 0)
    chorus_upload_receiver_start_batch (self);
  else if (whole)
    chorus_upload_receiver_conclude (self);
  if (!whole)
    g_signal_emit (self, signals[READY], 0);
}

static void
chorus_upload_receiver_start_batch (ChorusUploadReceiver *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, chorus_upload_receiver_batch_cb, NULL);

  g_task_set_source_tag (task, chorus_upload_receiver_start_batch);
  g_task_set_task_data (task, g_steal_pointer (&self->backlog), (GDestroyNotify) g_byte_array_unref);
  self->backlog = g_byte_array_new ();
  self->busy = TRUE;
  g_task_run_in_thread (task, chorus_upload_receiver_parse);
}

gboolean
chorus_upload_receiver_push (ChorusUploadReceiver *self,
                             GBytes               *chunk)
{
  gsize n_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (chunk, &n_bytes);

  g_return_val_if_fail (CHORUS_IS_UPLOAD_RECEIVER (self), FALSE);

  if (!self->busy && self->error)
    return FALSE;
  g_byte_array_append (self->backlog, bytes, (guint) n_bytes);
  if (!self->busy)
    chorus_upload_receiver_start_batch (self);

  return self->backlog->len >= CHORUS_UPLOAD_RECEIVER_BACKLOG;
}

void
chorus_upload_receiver_finish_async (ChorusUploadReceiver *self,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_RECEIVER (self));
  g_return_if_fail (self->finishing == NULL);

  self->finishing = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->finishing, chorus_upload_receiver_finish_async);
  if (!self->busy)
    chorus_upload_receiver_conclude (self);
}

GPtrArray *
chorus_upload_receiver_finish_finish (ChorusUploadReceiver  *self,
                                      GAsyncResult          *result,
                                      GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
