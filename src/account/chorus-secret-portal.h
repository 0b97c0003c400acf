/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * chorus_secret_portal_unlock:
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Asks the Secret portal of the desktop, if this program is in a sandbox, for the key to its secrets, and waits until a
 * person has unlocked the keyring, where that is needed. The key itself is not looked at: libsecret asks for it again, and
 * then gets it at once. Outside of a sandbox there is nothing to do. Blocks: call it on a worker.
 *
 * Errors are those of D-Bus, %G_IO_ERROR_FAILED when the portal has no key, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE, or %FALSE with @error set when secrets cannot be kept
 */
gboolean chorus_secret_portal_unlock (GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
