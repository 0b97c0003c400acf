/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-credential-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_MEMORY_CREDENTIAL_STORE (chorus_memory_credential_store_get_type ())

/**
 * ChorusMemoryCredentialStore:
 *
 * Secrets for as long as the program runs.
 */
G_DECLARE_FINAL_TYPE (ChorusMemoryCredentialStore,
                      chorus_memory_credential_store,
                      CHORUS,
                      MEMORY_CREDENTIAL_STORE,
                      GObject)

/**
 * chorus_memory_credential_store_new:
 *
 * Returns: (transfer full): an empty store
 */
ChorusCredentialStore *chorus_memory_credential_store_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_memory_credential_store_set_available:
 * @self: a store
 * @available: whether the store answers; when not, it behaves like a keyring that cannot be reached
 */
void chorus_memory_credential_store_set_available (ChorusMemoryCredentialStore *self,
                                                   gboolean                     available);

G_END_DECLS
