/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-credential-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SECRET_CREDENTIAL_STORE (chorus_secret_credential_store_get_type ())

/**
 * ChorusSecretCredentialStore:
 *
 * Secrets in the user's keyring, through libsecret: the Secret Service, or in a sandbox an encrypted file of the
 * application whose key the Secret portal keeps.
 */
G_DECLARE_FINAL_TYPE (ChorusSecretCredentialStore,
                      chorus_secret_credential_store,
                      CHORUS,
                      SECRET_CREDENTIAL_STORE,
                      GObject)

/**
 * chorus_secret_credential_store_new:
 *
 * Returns: (transfer full): a store
 */
ChorusCredentialStore *chorus_secret_credential_store_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
