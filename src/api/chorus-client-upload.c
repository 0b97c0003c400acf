/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-client-private.h"
#include "chorus-decode.h"
#include "chorus-failure.h"

/* How often the interface hears how far it is, in milliseconds. */
#define CHORUS_CLIENT_UPLOAD_TELL_INTERVAL 100

/* Why an upload was stopped from inside. */
typedef enum
{
  CHORUS_UPLOAD_STOP_NONE,
  CHORUS_UPLOAD_STOP_STALLED,
  CHORUS_UPLOAD_STOP_RESTARTED,
  CHORUS_UPLOAD_STOP_SHORT,
} ChorusUploadStop;

typedef struct
{
  char *deployment_id;
  SoupMessage *message;
  GInputStream *body;
  goffset length;
  ChorusProgress progress;

  GSource *teller;
  GSource *watchdog;
  gsize watched; /* bytes sent when the watchdog last looked */

  /* Atomic: the message emits its signals in the thread that sends it. */
  gsize n_sent;
  gint written;
  gint why; /* a ChorusUploadStop */

  GCancellable *stop; /* ours, with the caller's chained to it */
  GCancellable *cancellable;
  gulong cancelled_id;
  char *credential;
} ChorusUploadCall;

static void
chorus_client_upload_unwatch (ChorusUploadCall *call)
{
  if (call->watchdog)
    g_source_destroy (call->watchdog);
  if (call->teller)
    g_source_destroy (call->teller);
  g_clear_pointer (&call->watchdog, g_source_unref);
  g_clear_pointer (&call->teller, g_source_unref);
}

static void
chorus_upload_call_free (ChorusUploadCall *call)
{
  chorus_client_upload_unwatch (call);
  g_cancellable_disconnect (call->cancellable, call->cancelled_id);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->stop);
  g_clear_object (&call->message);
  g_clear_object (&call->body);
  chorus_progress_clear (&call->progress);
  g_free (call->deployment_id);
  g_free (call->credential);
  g_free (call);
}

static void
chorus_client_upload_cancelled_cb (GCancellable *cancellable,
                                   GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

/* In any thread. The first reason counts. */
static void
chorus_client_upload_stop (ChorusUploadCall *call,
                           ChorusUploadStop  why)
{
  g_atomic_int_compare_and_exchange (&call->why, CHORUS_UPLOAD_STOP_NONE, why);
  g_cancellable_cancel (call->stop);
}

static gsize
chorus_client_upload_get_sent (ChorusUploadCall *call)
{
  return (gsize) g_atomic_pointer_get (&call->n_sent);
}

static gboolean
chorus_client_upload_tell_cb (gpointer user_data)
{
  ChorusUploadCall *call = g_task_get_task_data (user_data);

  call->progress.n_bytes = (goffset) chorus_client_upload_get_sent (call);
  chorus_progress_end (&call->progress);

  return G_SOURCE_CONTINUE;
}

static gboolean
chorus_client_upload_watch_cb (gpointer user_data)
{
  ChorusUploadCall *call = g_task_get_task_data (user_data);
  gsize n_sent = chorus_client_upload_get_sent (call);

  if (g_atomic_int_get (&call->written))
    return G_SOURCE_REMOVE;
  if (n_sent != call->watched)
    {
      call->watched = n_sent;
      return G_SOURCE_CONTINUE;
    }
  chorus_client_upload_stop (call, CHORUS_UPLOAD_STOP_STALLED);

  return G_SOURCE_REMOVE;
}

/* For every 8 KiB. */
static void
chorus_client_upload_wrote_data_cb (SoupMessage *message,
                                    guint        n_bytes,
                                    GTask       *task)
{
  ChorusUploadCall *call = g_task_get_task_data (task);

  g_atomic_pointer_add (&call->n_sent, n_bytes);
}

static void
chorus_client_upload_wrote_body_cb (SoupMessage *message,
                                    GTask       *task)
{
  ChorusUploadCall *call = g_task_get_task_data (task);

  g_atomic_int_set (&call->written, TRUE);

  /* The server now waits for the rest of what was announced, which will never come. */
  if ((goffset) chorus_client_upload_get_sent (call) < call->length)
    chorus_client_upload_stop (call, CHORUS_UPLOAD_STOP_SHORT);
}

/* The stream has been read: were libsoup to start again, it would send an empty body, which a server may well accept. */
static void
chorus_client_upload_restarted_cb (SoupMessage *message,
                                   GTask       *task)
{
  chorus_client_upload_stop (g_task_get_task_data (task), CHORUS_UPLOAD_STOP_RESTARTED);
}

static void
chorus_client_upload_decoded_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) files = chorus_client_decode_finish (result, NULL);

  /* The server has taken the files: an answer that cannot be read, or a late cancelling, does not change that. */
  if (!files)
    files = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_return_pointer (task, g_steal_pointer (&files), (GDestroyNotify) g_ptr_array_unref);
}

static void
chorus_client_upload_renewed_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (chorus_session_refresh_finish (CHORUS_SESSION (source), result, &error))
    error = chorus_api_error_new (CHORUS_API_ERROR_RENEWED,
                                  _("Your sign-in had ended and has been renewed. Send the recordings again."), NULL);
  g_task_return_error (task, g_steal_pointer (&error));
}

static GError *
chorus_client_upload_explain (ChorusServer     *server,
                              ChorusUploadCall *call,
                              const GError     *error)
{
  g_autoptr (GError) reason = NULL;
  gint why = g_atomic_int_get (&call->why);

  if (why == CHORUS_UPLOAD_STOP_SHORT)
    return chorus_api_error_new (
      CHORUS_API_ERROR_FAILED,
      _("A recording became shorter while it was being sent, so the upload was given up. Check "
         "the recordings and try again."),
      NULL);
  if (why == CHORUS_UPLOAD_STOP_STALLED)
    reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no byte could be sent for too long");
  else if (why == CHORUS_UPLOAD_STOP_RESTARTED)
    reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the connection had to be made again");

  return chorus_failure_from_error (server, reason ? reason : error);
}

static void
chorus_client_upload_sent_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusSession *session = chorus_client_get_session (self);
  ChorusUploadCall *call = g_task_get_task_data (task);
  g_autoptr (ChorusReply) reply = chorus_transport_send_finish (CHORUS_TRANSPORT (source), result, &error);

  chorus_client_upload_tell_cb (task);
  chorus_client_upload_unwatch (call);
  g_signal_handlers_disconnect_by_data (call->message, task);
  if (!reply)
    {
      g_task_return_error (task, chorus_client_upload_explain (chorus_session_get_server (session), call, error));
      return;
    }

  chorus_session_note_limits (session, reply);
  if (chorus_reply_is_success (reply))
    {
      chorus_client_decode_async (reply->body, (ChorusDecodeFunc) chorus_decode_uploaded,
                                  (GDestroyNotify) g_ptr_array_unref, call->deployment_id, NULL,
                                  chorus_client_upload_decoded_cb, g_steal_pointer (&task));
      return;
    }
  if (reply->status == SOUP_STATUS_UNAUTHORIZED && chorus_session_can_refresh (session))
    {
      chorus_session_refresh_async (session, call->stop, chorus_client_upload_renewed_cb, g_steal_pointer (&task));
      return;
    }

  error = chorus_failure_from_reply (chorus_session_get_server (session), CHORUS_ENDPOINT_UPLOAD, reply);
  chorus_api_error_redact (error, call->credential);
  g_task_return_error (task, g_steal_pointer (&error));
}

static SoupMessage *
chorus_client_upload_new_message (ChorusSession     *session,
                                  ChorusUploadCall  *call,
                                  GError           **error)
{
  ChorusServer *server = chorus_session_get_server (session);
  g_autofree char *url = chorus_server_dup_url (server, CHORUS_ENDPOINT_UPLOAD, call->deployment_id, error);
  g_autoptr (GUri) uri = url ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, error) : NULL;

  if (!uri)
    return NULL;

  SoupMessage *message = chorus_transport_new_message (chorus_server_get_method (server, CHORUS_ENDPOINT_UPLOAD), uri);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  soup_message_set_request_body (message, "application/json", call->body, (gssize) call->length);
  chorus_session_authorize (session, message);

  return message;
}

/* Takes the reference to @task. */
static void
chorus_client_upload_send (GTask *task)
{
  g_autoptr (GTask) owned_task = task;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusSession *session = chorus_client_get_session (self);
  ChorusUploadCall *call = g_task_get_task_data (task);
  gint64 hold = chorus_session_get_hold (session);

  if (hold > 0)
    error = chorus_failure_new_rate_limit (chorus_session_get_server (session), hold);
  else if (chorus_session_check (session, &error))
    call->message = chorus_client_upload_new_message (session, call, &error);

  if (!call->message)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call->credential = g_strdup (chorus_session_get_credential (session));
  call->watchdog = g_timeout_source_new_seconds (chorus_client_get_stall_timeout (self));
  g_task_attach_source (task, call->watchdog, chorus_client_upload_watch_cb);
  call->teller = g_timeout_source_new (CHORUS_CLIENT_UPLOAD_TELL_INTERVAL);
  g_task_attach_source (task, call->teller, chorus_client_upload_tell_cb);
  g_signal_connect_object (call->message, "wrote-body-data", G_CALLBACK (chorus_client_upload_wrote_data_cb), task, 0);
  g_signal_connect_object (call->message, "wrote-body", G_CALLBACK (chorus_client_upload_wrote_body_cb), task, 0);
  g_signal_connect_object (call->message, "restarted", G_CALLBACK (chorus_client_upload_restarted_cb), task, 0);
  chorus_transport_upload_async (chorus_client_get_upload_transport (self), call->message, CHORUS_CLIENT_MAX_BODY,
                                 call->stop, chorus_client_upload_sent_cb, g_steal_pointer (&owned_task));
}

/* What was renewed before the upload began: it may begin now. */
static void
chorus_client_upload_fresh_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!chorus_session_refresh_finish (CHORUS_SESSION (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    chorus_client_upload_send (g_steal_pointer (&task));
}

void
chorus_client_upload_async (ChorusClient           *self,
                            const char             *deployment_id,
                            GInputStream           *body,
                            goffset                 length,
                            ChorusTransferProgress  progress,
                            gpointer                progress_data,
                            GDestroyNotify          progress_destroy,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  g_return_if_fail (CHORUS_IS_CLIENT (self));
  g_return_if_fail (deployment_id != NULL);
  g_return_if_fail (G_IS_INPUT_STREAM (body));
  g_return_if_fail (length >= 0);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ChorusUploadCall *call = g_new0 (ChorusUploadCall, 1);

  g_task_set_source_tag (task, chorus_client_upload_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) chorus_upload_call_free);
  call->deployment_id = g_strdup (deployment_id);
  call->body = g_object_ref (body);
  call->length = length;
  call->progress = (ChorusProgress){
    .func = progress,
    .data = progress_data,
    .destroy = progress_destroy,
    .total = length,
  };
  call->stop = g_cancellable_new ();
  if (cancellable)
    {
      call->cancellable = g_object_ref (cancellable);
      call->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (chorus_client_upload_cancelled_cb),
                                                  g_object_ref (call->stop), g_object_unref);
    }

  if (chorus_session_needs_refresh (chorus_client_get_session (self)))
    chorus_session_refresh_async (chorus_client_get_session (self), call->stop, chorus_client_upload_fresh_cb, task);
  else
    chorus_client_upload_send (task);
}

GPtrArray *
chorus_client_upload_finish (ChorusClient  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_client_upload_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
chorus_client_wait_for_uploads (gint64 timeout)
{
  return chorus_transport_wait_for_uploads (timeout);
}
