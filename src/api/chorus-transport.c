/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-transport.h"

#include "chorus-origin.h"

#define CHORUS_TRANSPORT_READ_SIZE (64 * 1024)

/* Of the body of an error only the start is read: enough for any envelope. */
#define CHORUS_TRANSPORT_MAX_ERROR_BODY (256 * 1024)

/* The default of libsoup, two, lets a slow list hold up everything else. */
#define CHORUS_TRANSPORT_CONNECTIONS 6

struct _ChorusTransport
{
  GObject parent_instance;

  SoupSession *soup;
};

G_DEFINE_FINAL_TYPE (ChorusTransport, chorus_transport, G_TYPE_OBJECT)

/* One message on its way. */
typedef struct
{
  SoupMessage *message;
  ChorusReply *reply;
  GInputStream *stream;
  GByteArray *body;
  gsize max_bytes;
  gsize n_bytes;

  GOutputStream *sink;      /* for the body of a success, or NULL */
  ChorusProgress *progress; /* of the caller, with a sink */
  GBytes *chunk;            /* what is being written to the sink */

  /* Of an upload. */
  guint timeout; /* in seconds */
  GError *error;

  /* Closing a body that was not read to its end makes libsoup read the rest of it; cancelling does not. So every message
   * has a cancellable that is ours to cancel, and the caller's is chained to it. */
  GCancellable *stop;
  GCancellable *cancellable;
  gulong cancelled_id;
} ChorusTransfer;

static void
chorus_transfer_free (ChorusTransfer *transfer)
{
  g_cancellable_disconnect (transfer->cancellable, transfer->cancelled_id);
  g_clear_object (&transfer->cancellable);
  g_clear_object (&transfer->stream);
  g_clear_object (&transfer->stop);
  g_clear_object (&transfer->message);
  g_clear_pointer (&transfer->reply, chorus_reply_free);
  g_clear_pointer (&transfer->body, g_byte_array_unref);
  g_clear_object (&transfer->sink);
  g_clear_pointer (&transfer->chunk, g_bytes_unref);
  g_clear_error (&transfer->error);
  g_free (transfer);
}

static void
chorus_transport_finalize (GObject *object)
{
  ChorusTransport *self = CHORUS_TRANSPORT (object);

  soup_session_abort (self->soup);
  g_clear_object (&self->soup);

  G_OBJECT_CLASS (chorus_transport_parent_class)->finalize (object);
}

static void
chorus_transport_class_init (ChorusTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_transport_finalize;
}

static SoupSession *
chorus_transport_new_soup (void)
{
  SoupSession *soup =
    soup_session_new_with_options ("user-agent", "Chorus/" PACKAGE_VERSION, "max-conns", CHORUS_TRANSPORT_CONNECTIONS,
                                   "max-conns-per-host", CHORUS_TRANSPORT_CONNECTIONS, NULL);

  soup_session_remove_feature_by_type (soup, SOUP_TYPE_AUTH_MANAGER);

  return soup;
}

static void
chorus_transport_init (ChorusTransport *self)
{
  self->soup = chorus_transport_new_soup ();
}

ChorusTransport *
chorus_transport_new (guint timeout)
{
  ChorusTransport *self = g_object_new (CHORUS_TYPE_TRANSPORT, NULL);

  soup_session_set_timeout (self->soup, timeout);

  return self;
}

void
chorus_transport_set_timeout (ChorusTransport *self,
                              guint            timeout)
{
  soup_session_set_timeout (self->soup, timeout);
}

SoupMessage *
chorus_transport_new_message (const char *method,
                              GUri       *uri)
{
  g_return_val_if_fail (chorus_origin_is_http (uri), NULL);

  SoupMessage *message = soup_message_new_from_uri (method, uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);

  return message;
}

static void
chorus_transport_cancelled_cb (GCancellable *cancellable,
                               GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

/* Lets go of what is left of the body and of its connection. */
static void
chorus_transport_drop (ChorusTransfer *transfer)
{
  g_cancellable_cancel (transfer->stop);
  g_input_stream_close_async (transfer->stream, G_PRIORITY_DEFAULT, transfer->stop, NULL, NULL);
}

/* Whether less arrived than was announced. libsoup 3.2 takes the end of the connection for the end of the body. With a
 * content encoding the length is that of the encoded body, and the decoder notices. */
static gboolean
chorus_transport_is_short (ChorusTransfer *transfer)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (transfer->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && !soup_message_headers_get_one (headers, "Content-Encoding")
         && transfer->n_bytes < (gsize) soup_message_headers_get_content_length (headers);
}

/* Gives the answer its body, of which all has been read. */
static gboolean
chorus_transport_seal (ChorusTransfer  *transfer,
                       GError         **error)
{
  if (!transfer->reply->truncated && chorus_transport_is_short (transfer))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                   "the connection ended after %" G_GSIZE_FORMAT " bytes of the answer", transfer->n_bytes);
      return FALSE;
    }

  g_bytes_unref (transfer->reply->body);
  transfer->reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&transfer->body));

  return TRUE;
}

static void
chorus_transport_complete (GTask *task)
{
  ChorusTransfer *transfer = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (chorus_transport_seal (transfer, &error))
    g_task_return_pointer (task, g_steal_pointer (&transfer->reply), (GDestroyNotify) chorus_reply_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Called with more than may be taken. Of an error the start is enough. */
static gboolean
chorus_transport_truncate (ChorusTransfer  *transfer,
                           GError         **error)
{
  if (chorus_reply_is_success (transfer->reply))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   "the answer is larger than %" G_GSIZE_FORMAT " bytes", transfer->max_bytes);
      return FALSE;
    }
  transfer->reply->truncated = TRUE;

  return TRUE;
}

static void chorus_transport_read (GTask *task);

static void
chorus_transport_written_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusTransfer *transfer = g_task_get_task_data (task);

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      chorus_transport_drop (transfer);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  chorus_progress_add (transfer->progress, (goffset) g_bytes_get_size (transfer->chunk));
  g_clear_pointer (&transfer->chunk, g_bytes_unref);
  chorus_transport_read (g_steal_pointer (&task));
}

/* Keeps what was read, and reads on. Takes the reference to @task. */
static void
chorus_transport_take (GTask  *task,
                       GBytes *bytes)
{
  ChorusTransfer *transfer = g_task_get_task_data (task);

  if (transfer->sink)
    {
      transfer->chunk = g_bytes_ref (bytes);
      g_output_stream_write_all_async (transfer->sink, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                       G_PRIORITY_DEFAULT, transfer->stop, chorus_transport_written_cb, task);
    }
  else
    {
      g_byte_array_append (transfer->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      chorus_transport_read (task);
    }
}

static void
chorus_transport_read_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  ChorusTransfer *transfer = g_task_get_task_data (task);

  if (!bytes)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  gsize size = g_bytes_get_size (bytes);

  if (size == 0)
    {
      chorus_transport_complete (task);
      return;
    }
  if (size > transfer->max_bytes - transfer->n_bytes)
    {
      chorus_transport_drop (transfer);
      if (chorus_transport_truncate (transfer, &error))
        chorus_transport_complete (task);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  transfer->n_bytes += size;
  chorus_transport_take (g_steal_pointer (&task), bytes);
}

/* Takes the reference to @task. */
static void
chorus_transport_read (GTask *task)
{
  ChorusTransfer *transfer = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (transfer->stream, CHORUS_TRANSPORT_READ_SIZE, g_task_get_priority (task),
                                   transfer->stop, chorus_transport_read_cb, task);
}

static void
chorus_transport_sent_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusTransfer *transfer = g_task_get_task_data (task);

  transfer->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (!transfer->stream)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  transfer->reply = chorus_reply_new (transfer->message);
  if (!chorus_reply_is_success (transfer->reply))
    {
      transfer->max_bytes = MIN (transfer->max_bytes, CHORUS_TRANSPORT_MAX_ERROR_BODY);
      g_clear_object (&transfer->sink);
    }
  else if (transfer->sink)
    {
      goffset length = soup_message_headers_get_content_length (soup_message_get_response_headers (transfer->message));

      transfer->progress->total = length > 0 ? length : -1;
    }
  chorus_transport_read (g_steal_pointer (&task));
}

static GTask *
chorus_transport_new_task (ChorusTransport     *self,
                           SoupMessage         *message,
                           gsize                max_bytes,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ChorusTransfer *transfer = g_new0 (ChorusTransfer, 1);

  g_task_set_source_tag (task, chorus_transport_new_task);
  g_task_set_task_data (task, transfer, (GDestroyNotify) chorus_transfer_free);
  transfer->message = g_object_ref (message);
  transfer->max_bytes = max_bytes;
  transfer->body = g_byte_array_new ();
  transfer->stop = g_cancellable_new ();
  if (cancellable)
    {
      transfer->cancellable = g_object_ref (cancellable);
      transfer->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (chorus_transport_cancelled_cb),
                                                      g_object_ref (transfer->stop), g_object_unref);
    }

  return task;
}

/* Takes the reference to @task. */
static void
chorus_transport_start (GTask *task)
{
  ChorusTransport *self = g_task_get_source_object (task);
  ChorusTransfer *transfer = g_task_get_task_data (task);

  soup_session_send_async (self->soup, transfer->message, G_PRIORITY_DEFAULT, transfer->stop, chorus_transport_sent_cb,
                           task);
}

void
chorus_transport_send_async (ChorusTransport     *self,
                             SoupMessage         *message,
                             gsize                max_bytes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_TRANSPORT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  chorus_transport_start (chorus_transport_new_task (self, message, max_bytes, cancellable, callback, user_data));
}

void
chorus_transport_fetch_async (ChorusTransport     *self,
                              SoupMessage         *message,
                              GOutputStream       *sink,
                              ChorusProgress      *progress,
                              gsize                max_bytes,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_TRANSPORT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (G_IS_OUTPUT_STREAM (sink));
  g_return_if_fail (progress != NULL);

  GTask *task = chorus_transport_new_task (self, message, max_bytes, cancellable, callback, user_data);
  ChorusTransfer *transfer = g_task_get_task_data (task);

  transfer->sink = g_object_ref (sink);
  transfer->progress = progress;
  chorus_transport_start (task);
}

static gboolean
chorus_transport_read_all (ChorusTransfer  *transfer,
                           GError         **error)
{
  gsize size = 0;

  do
    {
      g_autoptr (GBytes) bytes =
        g_input_stream_read_bytes (transfer->stream, CHORUS_TRANSPORT_READ_SIZE, transfer->stop, error);

      if (!bytes)
        return FALSE;
      size = g_bytes_get_size (bytes);
      if (size > transfer->max_bytes - transfer->n_bytes)
        {
          g_cancellable_cancel (transfer->stop);
          return chorus_transport_truncate (transfer, error);
        }
      transfer->n_bytes += size;
      g_byte_array_append (transfer->body, g_bytes_get_data (bytes, NULL), (guint) size);
    }
  while (size > 0);

  return TRUE;
}

static gboolean
chorus_transport_upload (SoupSession     *soup,
                         ChorusTransfer  *transfer,
                         GError         **error)
{
  gboolean read = FALSE;

  transfer->stream = soup_session_send (soup, transfer->message, transfer->stop, error);
  if (!transfer->stream)
    return FALSE;

  transfer->reply = chorus_reply_new (transfer->message);
  if (!chorus_reply_is_success (transfer->reply))
    transfer->max_bytes = MIN (transfer->max_bytes, CHORUS_TRANSPORT_MAX_ERROR_BODY);
  read = chorus_transport_read_all (transfer, error);
  g_input_stream_close (transfer->stream, transfer->stop, NULL);
  g_clear_object (&transfer->stream);

  return read && chorus_transport_seal (transfer, error);
}

static gboolean
chorus_transport_uploaded_cb (gpointer user_data)
{
  GTask *task = user_data;
  ChorusTransfer *transfer = g_task_get_task_data (task);

  if (transfer->error)
    g_task_return_error (task, g_steal_pointer (&transfer->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&transfer->reply), (GDestroyNotify) chorus_reply_free);

  return G_SOURCE_REMOVE;
}

/* The threads that are sending. A process that ends under one of them may crash in the libraries that it is in. */
static GMutex chorus_transport_mutex;
static GCond chorus_transport_cond;
static guint chorus_transport_n_threads;

static void
chorus_transport_count_thread (int change)
{
  g_mutex_lock (&chorus_transport_mutex);
  chorus_transport_n_threads += (guint) change;
  g_cond_broadcast (&chorus_transport_cond);
  g_mutex_unlock (&chorus_transport_mutex);
}

gboolean
chorus_transport_wait_for_uploads (gint64 timeout)
{
  gint64 end = g_get_monotonic_time () + timeout;
  gboolean ended = TRUE;

  g_mutex_lock (&chorus_transport_mutex);
  while (ended && chorus_transport_n_threads > 0)
    ended = g_cond_wait_until (&chorus_transport_cond, &chorus_transport_mutex, end);
  g_mutex_unlock (&chorus_transport_mutex);

  return ended;
}

/* The session is this thread's own: no connection is lost by that, as libsoup makes a new one for every POST. The last
 * reference to the task goes back to where it came from, so that nothing of the caller's ends its life here. */
static gpointer
chorus_transport_upload_thread (gpointer data)
{
  GTask *task = data;
  ChorusTransfer *transfer = g_task_get_task_data (task);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = g_idle_source_new ();
  SoupSession *soup = NULL;

  g_main_context_push_thread_default (context);
  soup = chorus_transport_new_soup ();
  soup_session_set_timeout (soup, transfer->timeout);
  chorus_transport_upload (soup, transfer, &transfer->error);
  soup_session_abort (soup);
  g_object_unref (soup);
  g_main_context_pop_thread_default (context);

  g_source_set_static_name (source, "[chorus] uploaded");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, chorus_transport_uploaded_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  chorus_transport_count_thread (-1);

  return NULL;
}

void
chorus_transport_upload_async (ChorusTransport     *self,
                               SoupMessage         *message,
                               gsize                max_bytes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_TRANSPORT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  GTask *task = chorus_transport_new_task (self, message, max_bytes, cancellable, callback, user_data);
  ChorusTransfer *transfer = g_task_get_task_data (task);

  transfer->timeout = soup_session_get_timeout (self->soup);
  chorus_transport_count_thread (1);
  g_thread_unref (g_thread_new ("chorus-send", chorus_transport_upload_thread, task));
}

ChorusReply *
chorus_transport_send_finish (ChorusTransport  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
