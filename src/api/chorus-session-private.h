/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What requests need of a session. */

#pragma once

#include "chorus-api-error-private.h"
#include "chorus-session.h"
#include "chorus-transport.h"

G_BEGIN_DECLS

/**
 * chorus_session_get_transport:
 * @self: a session
 *
 * Returns: (transfer none): the transport for ordinary requests
 */
ChorusTransport *chorus_session_get_transport (ChorusSession *self);

/**
 * chorus_session_authorize:
 * @self: a session
 * @message: a message
 *
 * Puts the credential on a message, if it goes to the server itself and nowhere else.
 */
void chorus_session_authorize (ChorusSession *self,
                               SoupMessage   *message);

/**
 * chorus_session_get_credential:
 * @self: a session
 *
 * Returns: (nullable): the access token or the API key, a secret
 */
const char *chorus_session_get_credential (ChorusSession *self);

/**
 * chorus_session_can_refresh:
 * @self: a session
 *
 * Returns: whether there is a token to renew with
 */
gboolean chorus_session_can_refresh (ChorusSession *self);

/**
 * chorus_session_needs_refresh:
 * @self: a session
 *
 * Returns: whether the access token is about to end, or has ended, and can be renewed
 */
gboolean chorus_session_needs_refresh (ChorusSession *self);

/**
 * chorus_session_note_limits:
 * @self: a session
 * @reply: any answer of the server
 *
 * Remembers how many requests the server still takes, and what its clock shows.
 */
void chorus_session_note_limits (ChorusSession *self,
                                 ChorusReply   *reply);

/**
 * chorus_session_get_hold:
 * @self: a session
 *
 * Returns: how long the server takes no more requests, as far as it said, in seconds; 0 when it does
 */
gint64 chorus_session_get_hold (ChorusSession *self);

/**
 * chorus_session_check:
 * @self: a session
 * @error: return location for a #GError
 *
 * Returns: whether there is a credential to send
 */
gboolean chorus_session_check (ChorusSession  *self,
                               GError        **error);

G_END_DECLS
