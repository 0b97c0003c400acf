/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As OWASP's password storage cheat sheet (2023) asks for with PBKDF2-HMAC-SHA256. */
#define CHORUS_STATION_PASSWORD_ITERATIONS 600000

/**
 * chorus_station_password_derive:
 * @password: a password
 * @salt: (array length=n_salt): its salt
 * @n_salt: the size of the salt
 * @iterations: how often the function is applied, at least once
 * @key: (out caller-allocates) (array fixed-size=32): the derived key
 *
 * PBKDF2 (RFC 8018, section 5.2) with HMAC-SHA256 and a key of one block. Slow on purpose: call it on a worker.
 */
void chorus_station_password_derive (const char   *password,
                                     const guint8 *salt,
                                     gsize         n_salt,
                                     guint         iterations,
                                     guint8        key[32]);

/**
 * chorus_station_password_hash:
 * @password: a password
 * @iterations: usually %CHORUS_STATION_PASSWORD_ITERATIONS
 * @error: return location for %CHORUS_STATION_ERROR_INTERNAL
 *
 * Returns: (transfer full) (nullable): what is stored, such as `pbkdf2-sha256$600000$SALT$KEY`
 */
char *chorus_station_password_hash (const char  *password,
                                    guint        iterations,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_password_verify:
 * @stored: (nullable): what chorus_station_password_hash() returned, or %NULL where there is no such user
 * @password: what a client sent
 *
 * Takes as long without a user as with one, so that nobody learns who has an account.
 *
 * Returns: whether the password is right
 */
gboolean chorus_station_password_verify (const char *stored,
                                         const char *password);

G_END_DECLS
