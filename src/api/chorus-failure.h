/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what went wrong to a sentence, with everything the server said kept beside it. */

#pragma once

#include "chorus-reply.h"
#include "chorus-server.h"

G_BEGIN_DECLS

/* In place of an endpoint: the audio of a recording, wherever it is kept. */
#define CHORUS_FAILURE_MEDIA ((ChorusEndpoint) CHORUS_N_ENDPOINTS)

/**
 * chorus_failure_from_reply:
 * @server: (nullable): who answered; %NULL for a host that only keeps recordings
 * @endpoint: what was asked, or %CHORUS_FAILURE_MEDIA
 * @reply: an answer that is not a success
 *
 * Reads the error envelope of the service, the `detail` of FastAPI, or any other body.
 *
 * Returns: (transfer full): an error of the domain %CHORUS_API_ERROR
 */
GError *chorus_failure_from_reply (ChorusServer   *server,
                                   ChorusEndpoint  endpoint,
                                   ChorusReply    *reply) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_failure_from_error:
 * @server: (nullable): who was spoken to; %NULL for a host that only keeps recordings
 * @error: what GIO or libsoup said
 *
 * Returns: (transfer full): an error of the domain %CHORUS_API_ERROR; or a copy of @error when somebody cancelled, or
 *   when it is of a domain that already has sentences for people
 */
GError *chorus_failure_from_error (ChorusServer *server,
                                   const GError *error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_failure_new_protocol:
 * @server: who answered
 * @reply: (nullable): the answer
 * @details: what is wrong with it, and where
 *
 * Returns: (transfer full): a %CHORUS_API_ERROR_PROTOCOL
 */
GError *chorus_failure_new_protocol (ChorusServer *server,
                                     ChorusReply  *reply,
                                     const char   *details) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_failure_new_rate_limit:
 * @server: who asks to wait
 * @seconds: how long, in seconds, or -1 when not known
 *
 * Returns: (transfer full): a %CHORUS_API_ERROR_RATE_LIMITED for a request that was not sent
 */
GError *chorus_failure_new_rate_limit (ChorusServer *server,
                                       gint64        seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
