/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-station-users.h"
#include "core/chorus-job-queue.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

/**
 * chorus_station_sign_in_async:
 * @store: the store
 * @hashing: where passwords are checked, one at a time
 * @keys: the keys, which outlive the call
 * @body: the body of the request
 * @lifetime: how long the access token is valid, in seconds
 * @callback: called with @store as its source
 * @user_data: for @callback
 *
 * Checks an e-mail address and a password. Somebody unknown takes as long as a wrong password.
 */
void chorus_station_sign_in_async (ChorusStore             *store,
                                   ChorusJobQueue          *hashing,
                                   const ChorusStationKeys *keys,
                                   JsonObject              *body,
                                   gint64                   lifetime,
                                   GAsyncReadyCallback      callback,
                                   gpointer                 user_data);

/**
 * chorus_station_sign_in_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: return location for a #ChorusStationError
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
GBytes *chorus_station_sign_in_finish (ChorusStore   *store,
                                       GAsyncResult  *result,
                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
