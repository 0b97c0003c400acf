/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-session-private.h"

#include <glib/gi18n.h>

#include "chorus-credential.h"
#include "chorus-decode.h"
#include "chorus-failure.h"
#include "chorus-origin.h"

#define CHORUS_SESSION_TIMEOUT 30

/* Nobody is kept out for longer on the word of one header. */
#define CHORUS_SESSION_MAX_HOLD 3600

#define CHORUS_SESSION_MAX_BODY (1024 * 1024)

struct _ChorusSession
{
  GObject parent_instance;

  ChorusServer *server;
  ChorusTransport *transport;
  guint timeout;

  ChorusCredential credential;

  gint64 hold_until; /* of the monotonic clock */
  gint64 clock;      /* what the clock of the server shows less what the monotonic clock does, in microseconds */
  gboolean has_clock;

  /* Everybody who waits for the one renewal that is under way, and what ends it. */
  GPtrArray *waiting;
  GCancellable *refreshing;
  char *refreshing_token;
};

enum
{
  SIGNAL_CREDENTIAL_CHANGED,
  SIGNAL_SIGNED_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusSession, chorus_session, G_TYPE_OBJECT)

static void
chorus_session_finalize (GObject *object)
{
  ChorusSession *self = CHORUS_SESSION (object);

  chorus_credential_clear (&self->credential);
  chorus_credential_wipe (&self->refreshing_token);
  g_clear_object (&self->server);
  g_clear_object (&self->transport);
  g_clear_object (&self->refreshing);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_session_parent_class)->finalize (object);
}

static void
chorus_session_class_init (ChorusSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_session_finalize;

  signals[SIGNAL_CREDENTIAL_CHANGED] = g_signal_new ("credential-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SIGNED_OUT] =
    g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_session_init (ChorusSession *self)
{
  self->timeout = CHORUS_SESSION_TIMEOUT;
  self->transport = chorus_transport_new (self->timeout);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

ChorusSession *
chorus_session_new (ChorusServer *server)
{
  g_return_val_if_fail (CHORUS_IS_SERVER (server), NULL);

  ChorusSession *self = g_object_new (CHORUS_TYPE_SESSION, NULL);

  self->server = g_object_ref (server);

  return self;
}

ChorusServer *
chorus_session_get_server (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), NULL);

  return self->server;
}

void
chorus_session_set_server (ChorusSession *self,
                           ChorusServer  *server)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));
  g_return_if_fail (CHORUS_IS_SERVER (server));

  if (g_set_object (&self->server, server))
    {
      self->hold_until = 0;
      self->has_clock = FALSE;
    }
}

gboolean
chorus_session_get_signed_in (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), FALSE);

  return chorus_session_get_credential (self) != NULL;
}

const char *
chorus_session_get_access_token (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), NULL);

  return self->credential.access_token;
}

const char *
chorus_session_get_refresh_token (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), NULL);

  return self->credential.refresh_token;
}

const char *
chorus_session_get_api_key (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), NULL);

  return self->credential.api_key;
}

gint64
chorus_session_get_expiry (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), 0);

  return self->credential.expiry;
}

guint
chorus_session_get_timeout (ChorusSession *self)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (self), 0);

  return self->timeout;
}

void
chorus_session_set_timeout (ChorusSession *self,
                            guint          seconds)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));

  self->timeout = seconds;
  chorus_transport_set_timeout (self->transport, seconds);
}

ChorusTransport *
chorus_session_get_transport (ChorusSession *self)
{
  return self->transport;
}

const char *
chorus_session_get_credential (ChorusSession *self)
{
  return chorus_credential_get_secret (&self->credential);
}

void
chorus_session_set_tokens (ChorusSession *self,
                           const char    *access_token,
                           const char    *refresh_token)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));
  g_return_if_fail (access_token != NULL);

  chorus_credential_set_tokens (&self->credential, access_token, refresh_token);
  g_signal_emit (self, signals[SIGNAL_CREDENTIAL_CHANGED], 0);
}

void
chorus_session_set_api_key (ChorusSession *self,
                            const char    *api_key)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));
  g_return_if_fail (api_key != NULL);

  chorus_credential_set_api_key (&self->credential, api_key);
  g_signal_emit (self, signals[SIGNAL_CREDENTIAL_CHANGED], 0);
}

void
chorus_session_clear (ChorusSession *self)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));

  chorus_credential_clear (&self->credential);
  if (self->refreshing)
    g_cancellable_cancel (self->refreshing);
}

void
chorus_session_authorize (ChorusSession *self,
                          SoupMessage   *message)
{
  if (chorus_server_owns_uri (self->server, soup_message_get_uri (message)))
    chorus_credential_apply (&self->credential, soup_message_get_request_headers (message));
}

gboolean
chorus_session_can_refresh (ChorusSession *self)
{
  return self->credential.refresh_token != NULL;
}

gboolean
chorus_session_needs_refresh (ChorusSession *self)
{
  return chorus_credential_needs_refresh (&self->credential);
}

void
chorus_session_note_limits (ChorusSession *self,
                            ChorusReply   *reply)
{
  if (reply->date >= 0)
    {
      self->clock = reply->date * G_USEC_PER_SEC - g_get_monotonic_time ();
      self->has_clock = TRUE;
    }

  if (reply->remaining == 0 && reply->reset > 0)
    self->hold_until = g_get_monotonic_time () + MIN (reply->reset, CHORUS_SESSION_MAX_HOLD) * G_USEC_PER_SEC;
  else if (reply->remaining > 0)
    self->hold_until = 0;
}

GDateTime *
chorus_session_dup_service_time (ChorusSession *self)
{
  gint64 now = g_get_real_time ();
  g_autoptr (GDateTime) seconds = NULL;

  g_return_val_if_fail (CHORUS_IS_SESSION (self), NULL);

  if (self->has_clock)
    now = self->clock + g_get_monotonic_time ();
  seconds = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);

  return seconds ? g_steal_pointer (&seconds) : g_date_time_new_now_utc ();
}

gint64
chorus_session_get_hold (ChorusSession *self)
{
  gint64 left = self->hold_until - g_get_monotonic_time ();

  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

gboolean
chorus_session_check (ChorusSession  *self,
                      GError        **error)
{
  if (chorus_session_get_credential (self))
    return TRUE;

  g_autofree char *sentence =
    g_strdup_printf (_("You are not signed in at %s. Sign in first."), chorus_server_get_name (self->server));

  g_propagate_error (error, chorus_api_error_new (CHORUS_API_ERROR_UNAUTHENTICATED, sentence, NULL));

  return FALSE;
}

/* A message to one of the two endpoints that give out tokens. It carries no credential but its body. */
static SoupMessage *
chorus_session_new_message (ChorusSession   *self,
                            ChorusEndpoint   endpoint,
                            GBytes          *body,
                            GError         **error)
{
  g_autofree char *url = chorus_server_dup_url (self->server, endpoint, NULL, error);
  g_autoptr (GUri) uri = url ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, error) : NULL;

  if (!uri)
    return NULL;

  SoupMessage *message = chorus_transport_new_message (chorus_server_get_method (self->server, endpoint), uri);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  soup_message_set_request_body_from_bytes (message, "application/json", body);

  return message;
}

/* Reads an answer that should bring tokens, and keeps them. */
static JsonNode *
chorus_session_take_reply (ChorusSession   *self,
                           ChorusEndpoint   endpoint,
                           ChorusReply     *reply,
                           GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *access_token = NULL;
  g_autofree char *refresh_token = NULL;

  if (!chorus_reply_is_success (reply))
    {
      g_propagate_error (error, chorus_failure_from_reply (self->server, endpoint, reply));
      return NULL;
    }

  g_autoptr (JsonNode) root =
    chorus_json_parse (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), &local_error);

  if (!root || !chorus_decode_tokens (root, &access_token, &refresh_token, &local_error))
    {
      g_propagate_error (error, chorus_failure_new_protocol (self->server, reply, local_error->message));
      return NULL;
    }

  /* A renewal that brings no new refresh token leaves the old one in force. */
  if (!refresh_token && endpoint == CHORUS_ENDPOINT_REFRESH)
    refresh_token = g_strdup (self->credential.refresh_token);
  chorus_session_set_tokens (self, access_token, refresh_token);
  chorus_credential_wipe (&access_token);
  chorus_credential_wipe (&refresh_token);

  return g_steal_pointer (&root);
}

static void
chorus_session_signed_in_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusSession *self = g_task_get_source_object (task);
  const char *password = g_task_get_task_data (task);
  g_autoptr (ChorusReply) reply = chorus_transport_send_finish (CHORUS_TRANSPORT (source), result, &error);

  if (!reply)
    {
      g_task_return_error (task, chorus_failure_from_error (self->server, error));
      return;
    }

  g_autoptr (JsonNode) root = chorus_session_take_reply (self, CHORUS_ENDPOINT_SIGN_IN, reply, &error);

  if (!root)
    {
      chorus_api_error_redact (error, password);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, chorus_decode_user (root, NULL, NULL), g_object_unref);
}

static void
chorus_session_free_secret (gpointer data)
{
  char *secret = data;

  chorus_credential_wipe (&secret);
}

void
chorus_session_sign_in_async (ChorusSession       *self,
                              const char          *email,
                              const char          *password,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));
  g_return_if_fail (email != NULL && password != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_strstrip (g_utf8_make_valid (email, -1));
  g_autofree char *secret = g_utf8_make_valid (password, -1);
  g_autoptr (GBytes) body = chorus_json_build ("email", address, "password", secret, NULL);

  chorus_credential_wipe (&secret);
  g_task_set_source_tag (task, chorus_session_sign_in_async);
  g_task_set_task_data (task, g_strdup (password), chorus_session_free_secret);

  g_autoptr (SoupMessage) message = chorus_session_new_message (self, CHORUS_ENDPOINT_SIGN_IN, body, &error);

  if (!message)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  chorus_transport_send_async (self->transport, message, CHORUS_SESSION_MAX_BODY, cancellable,
                               chorus_session_signed_in_cb, g_steal_pointer (&task));
}

ChorusUser *
chorus_session_sign_in_finish (ChorusSession  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Ends the waiting of everybody: with success when @error is %NULL. */
static void
chorus_session_answer_waiting (ChorusSession *self,
                               const GError  *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);
      GSource *cancelled = g_task_get_task_data (task);

      if (cancelled)
        g_source_destroy (cancelled);
      if (error)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static GError *
chorus_session_new_ended (ChorusSession *self,
                          const GError  *reason)
{
  g_autofree char *sentence =
    g_strdup_printf (_("Your sign-in at %s has ended. Sign in again."), chorus_server_get_name (self->server));
  ChorusApiErrorFacts facts = {
    .status = chorus_api_error_get_status (reason),
    .code = chorus_api_error_get_code (reason),
    .server_message = chorus_api_error_get_server_message (reason),
    .details = chorus_api_error_get_details (reason),
    .request_id = chorus_api_error_get_request_id (reason),
    .retry_after = -1,
  };

  return chorus_api_error_new (CHORUS_API_ERROR_UNAUTHENTICATED, sentence, &facts);
}

/* Whether the service refused the refresh token itself. A 403 with a page of HTML is the network of a hotel, which must
 * not cost anybody their sign-in. */
static gboolean
chorus_session_is_refusal (const GError *error)
{
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_UNAUTHENTICATED))
    return TRUE;

  return chorus_api_error_get_server_message (error)
         && (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_FORBIDDEN)
             || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_BAD_REQUEST));
}

static void
chorus_session_refreshed_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (ChorusSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) transport_error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (ChorusReply) reply = chorus_transport_send_finish (CHORUS_TRANSPORT (source), result, &transport_error);

  /* Somebody signed in or out meanwhile: this answer is about a credential that is no longer ours. */
  gboolean is_stale = g_strcmp0 (self->credential.refresh_token, self->refreshing_token) != 0;

  g_clear_object (&self->refreshing);
  chorus_credential_wipe (&self->refreshing_token);
  if (is_stale)
    error = chorus_session_get_signed_in (self) ? NULL : chorus_session_new_ended (self, NULL);
  else if (reply)
    root = chorus_session_take_reply (self, CHORUS_ENDPOINT_REFRESH, reply, &error);
  else
    error = chorus_failure_from_error (self->server, transport_error);

  chorus_api_error_redact (error, self->credential.refresh_token);
  if (chorus_session_is_refusal (error) && !is_stale)
    {
      g_autoptr (GError) refusal = g_steal_pointer (&error);

      error = chorus_session_new_ended (self, refusal);
      chorus_credential_clear (&self->credential);
      g_signal_emit (self, signals[SIGNAL_SIGNED_OUT], 0);
    }
  chorus_session_answer_waiting (self, error);
}

static void
chorus_session_start_refresh (ChorusSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = chorus_json_build ("refresh_token", self->credential.refresh_token, NULL);
  g_autoptr (SoupMessage) message = chorus_session_new_message (self, CHORUS_ENDPOINT_REFRESH, body, &error);

  if (!message)
    {
      chorus_session_answer_waiting (self, error);
      return;
    }
  self->refreshing = g_cancellable_new ();
  self->refreshing_token = g_strdup (self->credential.refresh_token);
  chorus_transport_send_async (self->transport, message, CHORUS_SESSION_MAX_BODY, self->refreshing,
                               chorus_session_refreshed_cb, g_object_ref (self));
}

static gboolean
chorus_session_waiter_cancelled_cb (GCancellable *cancellable,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  ChorusSession *self = g_task_get_source_object (task);

  if (g_ptr_array_remove (self->waiting, task))
    g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

void
chorus_session_refresh_async (ChorusSession       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_SESSION (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_session_refresh_async);
  if (!self->credential.refresh_token)
    {
      g_task_return_error (task, chorus_session_new_ended (self, NULL));
      return;
    }

  if (cancellable)
    {
      GSource *cancelled = g_cancellable_source_new (cancellable);

      g_task_set_task_data (task, cancelled, (GDestroyNotify) g_source_unref);
      g_task_attach_source (task, cancelled, G_SOURCE_FUNC (chorus_session_waiter_cancelled_cb));
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (!self->refreshing)
    chorus_session_start_refresh (self);
}

gboolean
chorus_session_refresh_finish (ChorusSession  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
