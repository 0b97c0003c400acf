/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-call.h"

#include <string.h>

#include "chorus-failure.h"

/* How often a request for reading waits and tries again. */
#define CHORUS_CALL_MAX_WAITS 2

typedef struct
{
  ChorusEndpoint endpoint;
  const char *method;
  GUri *uri;
  GBytes *body;
  gsize max_bytes;

  char *credential; /* what the last attempt was sent with */
  gboolean renewed;
  guint n_waits;
} ChorusCall;

static void
chorus_call_free (ChorusCall *call)
{
  g_clear_pointer (&call->uri, g_uri_unref);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->credential);
  g_free (call);
}

static void chorus_call_send (GTask *task);

static gboolean
chorus_call_waited_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    chorus_call_send (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

/* Takes the reference to @task. */
static void
chorus_call_wait (GTask  *task,
                  gint64  seconds)
{
  g_autoptr (GSource) source = g_timeout_source_new ((guint) seconds * 1000);
  GCancellable *cancellable = g_task_get_cancellable (task);
  ChorusCall *call = g_task_get_task_data (task);

  call->n_waits++;
  if (cancellable)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_task_attach_source (task, source, chorus_call_waited_cb);
  g_object_unref (task);
}

static gboolean
chorus_call_may_wait (ChorusCall *call,
                      gint64      seconds)
{
  return strcmp (call->method, "GET") == 0 && seconds >= 0 && seconds <= CHORUS_CALL_MAX_WAIT
         && call->n_waits < CHORUS_CALL_MAX_WAITS;
}

static void
chorus_call_renewed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!chorus_session_refresh_finish (CHORUS_SESSION (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    chorus_call_send (g_steal_pointer (&task));
}

/* Takes the reference to @task. */
static void
chorus_call_renew (GTask *task)
{
  ChorusSession *session = g_task_get_source_object (task);
  ChorusCall *call = g_task_get_task_data (task);

  call->renewed = TRUE;
  chorus_session_refresh_async (session, g_task_get_cancellable (task), chorus_call_renewed_cb, task);
}

/* Whether a refused request should be sent once more. */
static gboolean
chorus_call_should_renew (ChorusSession *session,
                          ChorusCall    *call,
                          ChorusReply   *reply)
{
  return reply->status == SOUP_STATUS_UNAUTHORIZED && !call->renewed
         && (chorus_session_can_refresh (session)
             || g_strcmp0 (call->credential, chorus_session_get_credential (session)) != 0);
}

static void
chorus_call_sent_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusSession *session = g_task_get_source_object (task);
  ChorusServer *server = chorus_session_get_server (session);
  ChorusCall *call = g_task_get_task_data (task);
  g_autoptr (ChorusReply) reply = chorus_transport_send_finish (CHORUS_TRANSPORT (source), result, &error);

  if (!reply)
    {
      g_task_return_error (task, chorus_failure_from_error (server, error));
      return;
    }

  chorus_session_note_limits (session, reply);
  if (chorus_reply_is_success (reply))
    {
      g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) chorus_reply_free);
      return;
    }

  if (chorus_call_should_renew (session, call, reply))
    {
      /* Another request may have renewed the sign-in while this one was on its way. */
      if (g_strcmp0 (call->credential, chorus_session_get_credential (session)) == 0)
        {
          chorus_call_renew (g_steal_pointer (&task));
          return;
        }
      call->renewed = TRUE;
      chorus_call_send (g_steal_pointer (&task));
      return;
    }

  error = chorus_failure_from_reply (server, call->endpoint, reply);
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_RATE_LIMITED)
      && chorus_call_may_wait (call, chorus_api_error_get_retry_after (error)))
    {
      chorus_call_wait (g_steal_pointer (&task), chorus_api_error_get_retry_after (error));
      return;
    }
  chorus_api_error_redact (error, call->credential);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes the reference to @task. */
static void
chorus_call_send (GTask *task)
{
  g_autoptr (GTask) owned_task = task;
  ChorusSession *session = g_task_get_source_object (task);
  ChorusServer *server = chorus_session_get_server (session);
  ChorusCall *call = g_task_get_task_data (task);
  gint64 hold = chorus_session_get_hold (session);
  g_autoptr (GError) error = NULL;

  if (!chorus_session_check (session, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (hold > 0 && !chorus_call_may_wait (call, hold))
    {
      g_task_return_error (task, chorus_failure_new_rate_limit (server, hold));
      return;
    }
  if (hold > 0)
    {
      chorus_call_wait (g_steal_pointer (&owned_task), hold);
      return;
    }

  g_autoptr (SoupMessage) message = chorus_transport_new_message (call->method, call->uri);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  if (call->body)
    soup_message_set_request_body_from_bytes (message, "application/json", call->body);
  chorus_session_authorize (session, message);
  g_free (call->credential);
  call->credential = g_strdup (chorus_session_get_credential (session));
  chorus_transport_send_async (chorus_session_get_transport (session), message, call->max_bytes,
                               g_task_get_cancellable (task), chorus_call_sent_cb, g_steal_pointer (&owned_task));
}

static GUri *
chorus_call_build_uri (ChorusServer    *server,
                       ChorusEndpoint   endpoint,
                       const char      *id,
                       const char      *query,
                       GError         **error)
{
  g_autofree char *url = chorus_server_dup_url (server, endpoint, id, error);

  if (!url)
    return NULL;

  /* A path of a server profile may bring a query of its own. */
  g_autofree char *whole = query ? g_strconcat (url, strchr (url, '?') ? "&" : "?", query, NULL) : g_strdup (url);

  return g_uri_parse (whole, SOUP_HTTP_URI_FLAGS, error);
}

void
chorus_call_async (ChorusSession       *session,
                   ChorusEndpoint       endpoint,
                   const char          *id,
                   const char          *query,
                   GBytes              *body,
                   gsize                max_bytes,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  ChorusServer *server = chorus_session_get_server (session);
  ChorusCall *call = g_new0 (ChorusCall, 1);

  g_task_set_source_tag (task, chorus_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify) chorus_call_free);
  call->endpoint = endpoint;
  call->method = g_intern_string (chorus_server_get_method (server, endpoint));
  call->uri = chorus_call_build_uri (server, endpoint, id, query, &error);
  call->body = body ? g_bytes_ref (body) : NULL;
  call->max_bytes = max_bytes;

  if (!call->uri)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (chorus_session_needs_refresh (session))
    chorus_call_renew (g_steal_pointer (&task));
  else
    chorus_call_send (g_steal_pointer (&task));
}

ChorusReply *
chorus_call_finish (ChorusSession  *session,
                    GAsyncResult   *result,
                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
