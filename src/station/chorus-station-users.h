/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may use the station: users, API keys and refresh tokens in the store. */

#pragma once

#include "chorus-station-call.h"

G_BEGIN_DECLS

JsonNode *chorus_station_users_show (ChorusDatabase     *db,
                                     ChorusStationCall  *call,
                                     GError            **error);

/**
 * ChorusStationKeys:
 * @owner_id: the user for whom the token of this computer stands
 * @token: the token of this computer
 * @signing_key: the secret with which access tokens are signed
 *
 * What requests are checked against. Immutable once loaded.
 */
typedef struct
{
  char *owner_id;
  char *token;
  char *signing_key;
} ChorusStationKeys;

/**
 * chorus_station_keys_load:
 * @db: the store
 * @token: the token of this computer
 * @error: return location for an error
 *
 * Reads the keys, and makes the owner and the signing key when they are not there.
 *
 * Returns: (transfer full) (nullable): the keys
 */
ChorusStationKeys *chorus_station_keys_load (ChorusDatabase  *db,
                                             const char      *token,
                                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void chorus_station_keys_free (ChorusStationKeys *self);

/**
 * chorus_station_users_admit:
 * @db: the store
 * @keys: what requests are checked against
 * @authorization: (nullable): the Authorization header
 * @api_key: (nullable): the X-API-Key header
 * @error: return location for %CHORUS_STATION_ERROR_UNAUTHORIZED
 *
 * Returns: (transfer full) (nullable): who asks
 */
char *chorus_station_users_admit (ChorusDatabase           *db,
                                  const ChorusStationKeys  *keys,
                                  const char               *authorization,
                                  const char               *api_key,
                                  GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_users_set:
 * @db: the store
 * @email: an e-mail address
 * @password_hash: what chorus_station_password_hash() returned
 * @error: return location for an error
 *
 * Adds a user, or gives one a new password, which ends all sign-ins of theirs.
 *
 * Returns: whether that was done
 */
gboolean chorus_station_users_set (ChorusDatabase  *db,
                                   const char      *email,
                                   const char      *password_hash,
                                   GError         **error);

/**
 * chorus_station_users_add_key:
 * @db: the store
 * @email: a user
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a new API key of the user, which is not stored in this form
 */
char *chorus_station_users_add_key (ChorusDatabase  *db,
                                    const char      *email,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_users_find_password:
 * @db: the store
 * @email: an e-mail address
 * @user_id: (out) (transfer full) (nullable): the user
 * @password_hash: (out) (transfer full) (nullable): the stored form of the password
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether the store could be read; both are %NULL where there is no such user
 */
gboolean chorus_station_users_find_password (ChorusDatabase  *db,
                                             const char      *email,
                                             char           **user_id,
                                             char           **password_hash,
                                             GError         **error);

/**
 * chorus_station_users_sign_in:
 * @db: the store
 * @keys: the keys
 * @user_id: a user who gave the right password
 * @lifetime: how long the access token is valid, in seconds
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): access token, refresh token and user, the answer to a sign-in
 */
JsonNode *chorus_station_users_sign_in (ChorusDatabase           *db,
                                        const ChorusStationKeys  *keys,
                                        const char               *user_id,
                                        gint64                    lifetime,
                                        GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_users_refresh:
 * @db: the store
 * @keys: the keys
 * @refresh_token: what the client sent
 * @lifetime: how long the access token is valid, in seconds
 * @error: return location for %CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN
 *
 * Exchanges a refresh token for new tokens. It counts once: using it again ends the sign-in that it came from.
 *
 * Returns: (transfer full) (nullable): access token, refresh token and user
 */
JsonNode *chorus_station_users_refresh (ChorusDatabase           *db,
                                        const ChorusStationKeys  *keys,
                                        const char               *refresh_token,
                                        gint64                    lifetime,
                                        GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStationKeys, chorus_station_keys_free)

G_END_DECLS
