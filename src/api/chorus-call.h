/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request with all the patience it deserves: signed, renewed, and held back when the server asks for it. */

#pragma once

#include "chorus-session-private.h"

G_BEGIN_DECLS

/* The longest Retry-After that is waited for without telling anybody, in seconds. */
#define CHORUS_CALL_MAX_WAIT 10

/**
 * chorus_call_async:
 * @session: who is talking
 * @endpoint: what to ask
 * @id: (nullable): for the placeholder in the path
 * @query: (nullable): what to put behind the path, without a question mark
 * @body: (nullable): a JSON text
 * @max_bytes: how much of an answer to take, in bytes
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done, with @session as the source
 * @user_data: data for @callback
 *
 * Asks the server. Renews the sign-in before the request when it is about to end, and once when the server refuses it.
 * A request for reading is sent again, at most twice, after a short Retry-After.
 */
void chorus_call_async (ChorusSession       *session,
                        ChorusEndpoint       endpoint,
                        const char          *id,
                        const char          *query,
                        GBytes              *body,
                        gsize                max_bytes,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data);

/**
 * chorus_call_finish:
 * @session: who is talking
 * @result: a #GAsyncResult
 * @error: return location for a #GError, of the domain %CHORUS_API_ERROR
 *
 * Returns: (transfer full): an answer that is a success
 */
ChorusReply *chorus_call_finish (ChorusSession  *session,
                                 GAsyncResult   *result,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
