/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "api/chorus-client.h"
#include "chorus-credential-store.h"
#include "chorus-profile.h"

G_BEGIN_DECLS

/**
 * ChorusAccountState:
 * @CHORUS_ACCOUNT_STATE_SIGNED_OUT: somebody has to sign in
 * @CHORUS_ACCOUNT_STATE_RESTORING: the keyring is being asked
 * @CHORUS_ACCOUNT_STATE_SIGNING_IN: the server is being asked
 * @CHORUS_ACCOUNT_STATE_SIGNED_IN: there is a credential
 *
 * How far an account is.
 */
typedef enum
{
  CHORUS_ACCOUNT_STATE_SIGNED_OUT,
  CHORUS_ACCOUNT_STATE_RESTORING,
  CHORUS_ACCOUNT_STATE_SIGNING_IN,
  CHORUS_ACCOUNT_STATE_SIGNED_IN,
} ChorusAccountState;

#define CHORUS_TYPE_ACCOUNT_STATE (chorus_account_state_get_type ())
GType chorus_account_state_get_type (void);

#define CHORUS_TYPE_ACCOUNT (chorus_account_get_type ())

/**
 * ChorusAccount:
 *
 * A profile at work: its server, session and client, and its credential in the keyring.
 *
 * Properties: `state` (#ChorusAccountState) and `note` (a sentence to show near the account, or %NULL), both read-only
 * and notified. Tokens that the server rotates are stored again by themselves. When the keyring cannot be used, the
 * credential stays in memory and the note says so; it is never written anywhere else.
 */
G_DECLARE_FINAL_TYPE (ChorusAccount, chorus_account, CHORUS, ACCOUNT, GObject)

/**
 * chorus_account_new:
 * @profile: a profile with an address
 * @store: where credentials are kept
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * Fails when the address of the profile is not one Chorus talks to, see chorus_server_new().
 *
 * Returns: (transfer full): an account that is signed out
 */
ChorusAccount *chorus_account_new (ChorusProfile          *profile,
                                   ChorusCredentialStore  *store,
                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_account_new_local:
 * @profile: a profile of the local station
 * @base_url: the address of the station
 * @token: its token
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * The account of the local station: signed in at once, and never in the keyring, since the station keeps its token
 * in a file of its own.
 *
 * Returns: (transfer full): an account that is signed in
 */
ChorusAccount *chorus_account_new_local (ChorusProfile  *profile,
                                         const char     *base_url,
                                         const char     *token,
                                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_account_set_local_station:
 * @self: an account of chorus_account_new_local()
 * @base_url: the address of the station
 * @token: its token
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * Follows the station to another address after it was started again. Session and client stay the same objects.
 *
 * Returns: whether the address is usable
 */
gboolean chorus_account_set_local_station (ChorusAccount  *self,
                                           const char     *base_url,
                                           const char     *token,
                                           GError        **error);

/**
 * chorus_account_get_profile:
 * @self: an account
 *
 * Returns: (transfer none): the profile
 */
ChorusProfile *chorus_account_get_profile (ChorusAccount *self);

/**
 * chorus_account_get_session:
 * @self: an account
 *
 * Returns: (transfer none): the session
 */
ChorusSession *chorus_account_get_session (ChorusAccount *self);

/**
 * chorus_account_get_client:
 * @self: an account
 *
 * Returns: (transfer none): the client
 */
ChorusClient *chorus_account_get_client (ChorusAccount *self);

/**
 * chorus_account_get_state:
 * @self: an account
 *
 * Returns: how far the account is
 */
ChorusAccountState chorus_account_get_state (ChorusAccount *self);

/**
 * chorus_account_get_note:
 * @self: an account
 *
 * Returns: (nullable): a translated sentence to show near the account
 */
const char *chorus_account_get_note (ChorusAccount *self);

/**
 * chorus_account_restore_async:
 * @self: an account
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Takes the credential from the keyring. The server is not asked: this works without a network.
 */
void chorus_account_restore_async (ChorusAccount       *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_account_restore_finish:
 * @self: an account
 * @result: a #GAsyncResult
 * @error: return location for a #GError; only %G_IO_ERROR_CANCELLED
 *
 * Returns: whether there is a credential; %FALSE without an error means that somebody has to sign in
 */
gboolean chorus_account_restore_finish (ChorusAccount  *self,
                                        GAsyncResult   *result,
                                        GError        **error);

/**
 * chorus_account_sign_in_password_async:
 * @self: an account
 * @email: an e-mail address
 * @password: a password; sent once and kept nowhere
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Signs in with an e-mail address and a password.
 */
void chorus_account_sign_in_password_async (ChorusAccount       *self,
                                            const char          *email,
                                            const char          *password,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

/**
 * chorus_account_sign_in_token_async:
 * @self: an account
 * @access_token: a pasted access token
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Signs in with a token, which is tried by listing the projects.
 */
void chorus_account_sign_in_token_async (ChorusAccount       *self,
                                         const char          *access_token,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);

/**
 * chorus_account_sign_in_api_key_async:
 * @self: an account
 * @api_key: an API key
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Signs in with an API key, which is tried by listing the projects.
 */
void chorus_account_sign_in_api_key_async (ChorusAccount       *self,
                                           const char          *api_key,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_account_sign_in_finish:
 * @self: an account
 * @result: a #GAsyncResult of any of the three
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * Returns: whether the server accepted the credential; it is in the keyring then, unless the note says otherwise
 */
gboolean chorus_account_sign_in_finish (ChorusAccount  *self,
                                        GAsyncResult   *result,
                                        GError        **error);

/**
 * chorus_account_sign_out_async:
 * @self: an account
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Drops the credential from memory at once and from the keyring.
 */
void chorus_account_sign_out_async (ChorusAccount       *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/**
 * chorus_account_sign_out_finish:
 * @self: an account
 * @result: a #GAsyncResult
 * @error: return location for a #GError; only %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it ran to its end
 */
gboolean chorus_account_sign_out_finish (ChorusAccount  *self,
                                         GAsyncResult   *result,
                                         GError        **error);

G_END_DECLS
