/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_station_token_new_random:
 * @error: return location for %CHORUS_STATION_ERROR_INTERNAL
 *
 * Returns: (transfer full) (nullable): 256 random bits from the system, as 43 characters of base64url
 */
char *chorus_station_token_new_random (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_token_hash:
 * @token: a random token
 *
 * The form in which a token is stored. A token of 256 random bits needs neither salt nor a slow function.
 *
 * Returns: (transfer full): SHA-256 in hexadecimal digits
 */
char *chorus_station_token_hash (const char *token) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_token_equal:
 * @expected: a secret
 * @given: what a client sent
 *
 * Returns: whether both are the same; the time this takes says nothing about @expected but its length
 */
gboolean chorus_station_token_equal (const char *expected,
                                     const char *given);

/**
 * chorus_station_token_sign:
 * @key: a secret
 * @user_id: whom the token is for
 * @now: the present time, in seconds since 1970
 * @lifetime: how long it is valid, in seconds
 *
 * Makes an access token: a JWT (RFC 7519) signed with HMAC-SHA256, whose `exp` lets a client refresh in time.
 *
 * Returns: (transfer full): the token
 */
char *chorus_station_token_sign (const char *key,
                                 const char *user_id,
                                 gint64      now,
                                 gint64      lifetime)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_token_verify:
 * @key: the secret with which tokens are signed
 * @token: what a client sent
 * @now: the present time, in seconds since 1970
 * @error: return location for %CHORUS_STATION_ERROR_UNAUTHORIZED
 *
 * Accepts what chorus_station_token_sign() made and nothing else; no other algorithm is looked at.
 *
 * Returns: (transfer full) (nullable): whom the token is for
 */
char *chorus_station_token_verify (const char  *key,
                                   const char  *token,
                                   gint64       now,
                                   GError     **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
