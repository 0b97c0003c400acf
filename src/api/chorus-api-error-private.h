/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-api-error.h"

G_BEGIN_DECLS

/**
 * ChorusApiErrorFacts:
 * @status: the HTTP status, or 0
 * @code: (nullable): the server's own code
 * @server_message: (nullable): what the server said
 * @details: (nullable): what it added
 * @request_id: (nullable): the identifier of the request at the server
 * @retry_after: how long to wait, in seconds, or -1
 * @broken: whether the server was reached and the connection then broke
 *
 * What is kept beside the sentence of an error. The texts come from outside and may be any bytes.
 */
typedef struct
{
  guint status;
  const char *code;
  const char *server_message;
  const char *details;
  const char *request_id;
  gint64 retry_after;
  gboolean broken;
} ChorusApiErrorFacts;

/**
 * chorus_api_error_new:
 * @code: a #ChorusApiError
 * @sentence: a translated sentence, without any text of the server
 * @facts: (nullable): what is kept beside it
 *
 * Returns: (transfer full): an error
 */
GError *chorus_api_error_new (ChorusApiError             code,
                              const char                *sentence,
                              const ChorusApiErrorFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_api_error_redact:
 * @error: an error of any domain
 * @secret: (nullable): a credential
 *
 * Blots @secret out of what the server said: some servers echo what they refuse.
 */
void chorus_api_error_redact (GError     *error,
                              const char *secret);

G_END_DECLS
