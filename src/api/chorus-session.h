/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-server.h"
#include "chorus-user.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SESSION (chorus_session_get_type ())

/**
 * ChorusSession:
 *
 * Who is talking to a server: the credential, in memory only, and its renewal.
 *
 * A credential is a pair of tokens from signing in, a pasted access token, or an API key. Tokens whose end is known (the
 * `exp` of a JSON Web Token, RFC 7519 section 4.1.4) are renewed a minute early by the client; others when a request is
 * refused. However many requests wait for a renewal, one is sent.
 *
 * Signals:
 * - `credential-changed` (no parameters): the tokens were rotated or replaced and should be stored again.
 * - `signed-out` (no parameters): the server refused to renew; the credential has been dropped.
 */
G_DECLARE_FINAL_TYPE (ChorusSession, chorus_session, CHORUS, SESSION, GObject)

/**
 * chorus_session_new:
 * @server: the server to talk to
 *
 * Returns: (transfer full): a session without a credential
 */
ChorusSession *chorus_session_new (ChorusServer *server) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_session_get_server:
 * @self: a session
 *
 * Returns: (transfer none): the server
 */
ChorusServer *chorus_session_get_server (ChorusSession *self);

/**
 * chorus_session_set_server:
 * @self: a session
 * @server: a server
 *
 * Moves the session: for a server that is the same one at another address, as a local station that was started again.
 * The credential stays.
 */
void chorus_session_set_server (ChorusSession *self,
                                ChorusServer  *server);

/**
 * chorus_session_get_signed_in:
 * @self: a session
 *
 * Returns: whether there is a credential; it may still turn out to be refused
 */
gboolean chorus_session_get_signed_in (ChorusSession *self);

/**
 * chorus_session_get_access_token:
 * @self: a session
 *
 * Returns: (nullable): the access token, a secret
 */
const char *chorus_session_get_access_token (ChorusSession *self);

/**
 * chorus_session_get_refresh_token:
 * @self: a session
 *
 * Returns: (nullable): the refresh token, a secret
 */
const char *chorus_session_get_refresh_token (ChorusSession *self);

/**
 * chorus_session_get_api_key:
 * @self: a session
 *
 * Returns: (nullable): the API key, a secret
 */
const char *chorus_session_get_api_key (ChorusSession *self);

/**
 * chorus_session_get_expiry:
 * @self: a session
 *
 * Returns: when the access token ends, in seconds since 1970 (UTC), or 0 when it does not say
 */
gint64 chorus_session_get_expiry (ChorusSession *self);

/**
 * chorus_session_get_timeout:
 * @self: a session
 *
 * Returns: see chorus_session_set_timeout()
 */
guint chorus_session_get_timeout (ChorusSession *self);

/**
 * chorus_session_set_timeout:
 * @self: a session
 * @seconds: how long an ordinary request may go without any sign of the server, in seconds; 30 to begin with
 *
 * Uploads have limits of their own, see chorus_client_set_stall_timeout().
 */
void chorus_session_set_timeout (ChorusSession *self,
                                 guint          seconds);

/**
 * chorus_session_set_tokens:
 * @self: a session
 * @access_token: an access token
 * @refresh_token: (nullable): the token that renews it
 *
 * Replaces the credential. White space around a pasted token is dropped. Emits `credential-changed`.
 */
void chorus_session_set_tokens (ChorusSession *self,
                                const char    *access_token,
                                const char    *refresh_token);

/**
 * chorus_session_set_api_key:
 * @self: a session
 * @api_key: an API key, sent as `X-API-Key`
 *
 * Replaces the credential. White space around a pasted key is dropped. Emits `credential-changed`.
 */
void chorus_session_set_api_key (ChorusSession *self,
                                 const char    *api_key);

/**
 * chorus_session_clear:
 * @self: a session
 *
 * Forgets the credential. Requests under way keep the one they were sent with.
 */
void chorus_session_clear (ChorusSession *self);

/**
 * chorus_session_sign_in_async:
 * @self: a session
 * @email: an e-mail address
 * @password: a password; used for this one request and kept nowhere
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Signs in and keeps the tokens.
 */
void chorus_session_sign_in_async (ChorusSession       *self,
                                   const char          *email,
                                   const char          *password,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_session_sign_in_finish:
 * @self: a session
 * @result: a #GAsyncResult
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * Returns: (transfer full): who signed in, as far as the server said
 */
ChorusUser *chorus_session_sign_in_finish (ChorusSession  *self,
                                           GAsyncResult   *result,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_session_refresh_async:
 * @self: a session
 * @cancellable: (nullable): a #GCancellable; it ends the waiting of this caller, not the renewal, which others may share
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Renews the access token, joining a renewal that is under way.
 */
void chorus_session_refresh_async (ChorusSession       *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_session_refresh_finish:
 * @self: a session
 * @result: a #GAsyncResult
 * @error: return location for a #GError; %CHORUS_API_ERROR_UNAUTHENTICATED when the person has to sign in again
 *
 * Returns: whether there is a new access token
 */
gboolean chorus_session_refresh_finish (ChorusSession  *self,
                                        GAsyncResult   *result,
                                        GError        **error);

/**
 * chorus_session_dup_service_time:
 * @self: a session
 *
 * The clock of this computer may be wrong, or be set while the program runs; the times that the service gives its files
 * are compared with the time of its own answers.
 *
 * Returns: (transfer full): the present time by the clock of the service, where an answer of it has told, and else by that
 *   of this computer
 */
GDateTime *chorus_session_dup_service_time (ChorusSession *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
