/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusCredentialResult:
 * @CHORUS_CREDENTIAL_RESULT_FOUND: the store works; for a lookup, and there is a secret
 * @CHORUS_CREDENTIAL_RESULT_NOT_FOUND: the store works and has no such secret
 * @CHORUS_CREDENTIAL_RESULT_UNAVAILABLE: the store cannot be used now (no keyring, locked, refused)
 *
 * What a credential store answered. A store that cannot be used is an answer, not an error: the program goes on with the
 * credential in memory.
 */
typedef enum
{
  CHORUS_CREDENTIAL_RESULT_FOUND,
  CHORUS_CREDENTIAL_RESULT_NOT_FOUND,
  CHORUS_CREDENTIAL_RESULT_UNAVAILABLE,
} ChorusCredentialResult;

#define CHORUS_TYPE_CREDENTIAL_STORE (chorus_credential_store_get_type ())

/**
 * ChorusCredentialStore:
 *
 * Where secrets are kept between two runs, by server and account.
 */
G_DECLARE_INTERFACE (ChorusCredentialStore, chorus_credential_store, CHORUS, CREDENTIAL_STORE, GObject)

struct _ChorusCredentialStoreInterface
{
  GTypeInterface parent_iface;

  void (*lookup_async) (ChorusCredentialStore *self,
                        const char *server,
                        const char *account,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  void (*store_async) (ChorusCredentialStore *self,
                       const char *server,
                       const char *account,
                       const char *label,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  void (*clear_async) (ChorusCredentialStore *self,
                       const char *server,
                       const char *account,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  ChorusCredentialResult (*finish) (ChorusCredentialStore *self, GAsyncResult *result, char **secret, char **reason);
};

/**
 * chorus_credential_store_lookup_async:
 * @self: a store
 * @server: the address of a server
 * @account: the account at the server
 * @cancellable: (nullable): a #GCancellable; a cancelled call ends as %CHORUS_CREDENTIAL_RESULT_UNAVAILABLE
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Looks for a secret.
 */
void chorus_credential_store_lookup_async (ChorusCredentialStore *self,
                                           const char            *server,
                                           const char            *account,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);

/**
 * chorus_credential_store_lookup_finish:
 * @self: a store
 * @result: a #GAsyncResult
 * @secret: (out) (transfer full) (nullable): the secret, when found
 * @reason: (out) (optional) (transfer full) (nullable): why the store cannot be used, for the log
 *
 * Returns: what the store answered
 */
ChorusCredentialResult chorus_credential_store_lookup_finish (ChorusCredentialStore  *self,
                                                              GAsyncResult           *result,
                                                              char                  **secret,
                                                              char                  **reason);

/**
 * chorus_credential_store_store_async:
 * @self: a store
 * @server: the address of a server
 * @account: the account at the server
 * @label: what a keyring shows to its owner; no secret
 * @secret: the secret
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Keeps a secret, replacing an older one.
 */
void chorus_credential_store_store_async (ChorusCredentialStore *self,
                                          const char            *server,
                                          const char            *account,
                                          const char            *label,
                                          const char            *secret,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);

/**
 * chorus_credential_store_store_finish:
 * @self: a store
 * @result: a #GAsyncResult
 * @reason: (out) (optional) (transfer full) (nullable): why the store cannot be used, for the log
 *
 * Returns: %CHORUS_CREDENTIAL_RESULT_FOUND when the secret is kept, else %CHORUS_CREDENTIAL_RESULT_UNAVAILABLE
 */
ChorusCredentialResult chorus_credential_store_store_finish (ChorusCredentialStore  *self,
                                                             GAsyncResult           *result,
                                                             char                  **reason);

/**
 * chorus_credential_store_clear_async:
 * @self: a store
 * @server: the address of a server
 * @account: the account at the server
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Forgets a secret.
 */
void chorus_credential_store_clear_async (ChorusCredentialStore *self,
                                          const char            *server,
                                          const char            *account,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);

/**
 * chorus_credential_store_clear_finish:
 * @self: a store
 * @result: a #GAsyncResult
 * @reason: (out) (optional) (transfer full) (nullable): why the store cannot be used, for the log
 *
 * Returns: %CHORUS_CREDENTIAL_RESULT_FOUND when a secret was forgotten
 */
ChorusCredentialResult chorus_credential_store_clear_finish (ChorusCredentialStore  *self,
                                                             GAsyncResult           *result,
                                                             char                  **reason);

G_END_DECLS
