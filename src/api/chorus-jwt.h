/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_jwt_get_expiry:
 * @token: (nullable): any text
 *
 * Reads the `exp` claim of a JSON Web Token (RFC 7519 section 4.1.4). The signature is the server's business: the claim
 * only decides when to renew.
 *
 * Returns: when the token ends, in seconds since 1970 (UTC), or 0 when @token is of another kind or does not say
 */
gint64 chorus_jwt_get_expiry (const char *token);

G_END_DECLS
