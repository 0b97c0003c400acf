/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-credential-store.h"

G_DEFINE_INTERFACE (ChorusCredentialStore, chorus_credential_store, G_TYPE_OBJECT)

static void
chorus_credential_store_default_init (ChorusCredentialStoreInterface *iface)
{
}

void
chorus_credential_store_lookup_async (ChorusCredentialStore *self,
                                      const char            *server,
                                      const char            *account,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data)
{
  g_return_if_fail (CHORUS_IS_CREDENTIAL_STORE (self));
  g_return_if_fail (server != NULL && account != NULL);

  CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->lookup_async (self, server, account, cancellable, callback, user_data);
}

ChorusCredentialResult
chorus_credential_store_lookup_finish (ChorusCredentialStore  *self,
                                       GAsyncResult           *result,
                                       char                  **secret,
                                       char                  **reason)
{
  g_return_val_if_fail (CHORUS_IS_CREDENTIAL_STORE (self), CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_return_val_if_fail (secret != NULL, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);

  return CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->finish (self, result, secret, reason);
}

void
chorus_credential_store_store_async (ChorusCredentialStore *self,
                                     const char            *server,
                                     const char            *account,
                                     const char            *label,
                                     const char            *secret,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data)
{
  g_return_if_fail (CHORUS_IS_CREDENTIAL_STORE (self));
  g_return_if_fail (server != NULL && account != NULL && label != NULL && secret != NULL);

  CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->store_async (self, server, account, label, secret, cancellable, callback,
                                                         user_data);
}

ChorusCredentialResult
chorus_credential_store_store_finish (ChorusCredentialStore  *self,
                                      GAsyncResult           *result,
                                      char                  **reason)
{
  g_return_val_if_fail (CHORUS_IS_CREDENTIAL_STORE (self), CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);

  return CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->finish (self, result, NULL, reason);
}

void
chorus_credential_store_clear_async (ChorusCredentialStore *self,
                                     const char            *server,
                                     const char            *account,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data)
{
  g_return_if_fail (CHORUS_IS_CREDENTIAL_STORE (self));
  g_return_if_fail (server != NULL && account != NULL);

  CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->clear_async (self, server, account, cancellable, callback, user_data);
}

ChorusCredentialResult
chorus_credential_store_clear_finish (ChorusCredentialStore  *self,
                                      GAsyncResult           *result,
                                      char                  **reason)
{
  g_return_val_if_fail (CHORUS_IS_CREDENTIAL_STORE (self), CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);

  return CHORUS_CREDENTIAL_STORE_GET_IFACE (self)->finish (self, result, NULL, reason);
}
