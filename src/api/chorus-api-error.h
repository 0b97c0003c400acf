/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CHORUS_API_ERROR (chorus_api_error_quark ())

/**
 * ChorusApiError:
 * @CHORUS_API_ERROR_UNAUTHENTICATED: nobody is signed in, or the sign-in has ended and could not be renewed
 * @CHORUS_API_ERROR_INVALID_CREDENTIALS: the e-mail address or the password is wrong
 * @CHORUS_API_ERROR_RENEWED: an upload was refused because the sign-in had ended; it has been renewed, and the same
 *   upload with a fresh stream may be sent at once. Nothing was taken.
 * @CHORUS_API_ERROR_FORBIDDEN: the account may not do this
 * @CHORUS_API_ERROR_NOT_FOUND: the service does not know the thing that was asked for
 * @CHORUS_API_ERROR_NOT_OFFERED: this server does not have the function at all; never worth trying again
 * @CHORUS_API_ERROR_BAD_REQUEST: the service refused what was sent
 * @CHORUS_API_ERROR_CONFLICT: it clashes with what the service already has
 * @CHORUS_API_ERROR_TOO_LARGE: more was sent than the service takes
 * @CHORUS_API_ERROR_RATE_LIMITED: too many requests; see chorus_api_error_get_retry_after()
 * @CHORUS_API_ERROR_SERVER: the service failed
 * @CHORUS_API_ERROR_PROTOCOL: the answer is not one that Chorus can read
 * @CHORUS_API_ERROR_OFFLINE: the service could not be reached, or the connection broke
 * @CHORUS_API_ERROR_TIMED_OUT: nothing arrived, or nothing more could be sent, for too long
 * @CHORUS_API_ERROR_INSECURE: going on would send credentials or recordings without protection
 * @CHORUS_API_ERROR_UNREACHABLE_URL: the address of a recording is not one that can be fetched, such as `gs://`
 * @CHORUS_API_ERROR_FAILED: anything else
 *
 * What went wrong between Chorus and the service, by what can be done about it.
 *
 * The message of the error is a translated sentence of Chorus. What the server said is kept beside it and read with the
 * functions below; it is data for a "Details" view, never a format string and never markup.
 */
typedef enum
{
  CHORUS_API_ERROR_UNAUTHENTICATED,
  CHORUS_API_ERROR_INVALID_CREDENTIALS,
  CHORUS_API_ERROR_RENEWED,
  CHORUS_API_ERROR_FORBIDDEN,
  CHORUS_API_ERROR_NOT_FOUND,
  CHORUS_API_ERROR_NOT_OFFERED,
  CHORUS_API_ERROR_BAD_REQUEST,
  CHORUS_API_ERROR_CONFLICT,
  CHORUS_API_ERROR_TOO_LARGE,
  CHORUS_API_ERROR_RATE_LIMITED,
  CHORUS_API_ERROR_SERVER,
  CHORUS_API_ERROR_PROTOCOL,
  CHORUS_API_ERROR_OFFLINE,
  CHORUS_API_ERROR_TIMED_OUT,
  CHORUS_API_ERROR_INSECURE,
  CHORUS_API_ERROR_UNREACHABLE_URL,
  CHORUS_API_ERROR_FAILED,
} ChorusApiError;

GQuark chorus_api_error_quark (void);

/**
 * chorus_api_error_get_status:
 * @error: any error
 *
 * Returns: the HTTP status, or 0 when no answer arrived or @error is of another domain
 */
guint chorus_api_error_get_status (const GError *error);

/**
 * chorus_api_error_get_code:
 * @error: any error
 *
 * Returns: (nullable): the server's own code, such as `DEPLOYMENT_NOT_FOUND`
 */
const char *chorus_api_error_get_code (const GError *error);

/**
 * chorus_api_error_get_server_message:
 * @error: any error
 *
 * Returns: (nullable): what the server said, as valid UTF-8 of at most 2,000 bytes
 */
const char *chorus_api_error_get_server_message (const GError *error);

/**
 * chorus_api_error_get_details:
 * @error: any error
 *
 * Returns: (nullable): what the server added: its details, the start of a body in another form, or the exact place in
 *   an answer that could not be read. Valid UTF-8 of at most 2,000 bytes.
 */
const char *chorus_api_error_get_details (const GError *error);

/**
 * chorus_api_error_get_request_id:
 * @error: any error
 *
 * Returns: (nullable): the identifier by which the people who run the service can find the request
 */
const char *chorus_api_error_get_request_id (const GError *error);

/**
 * chorus_api_error_get_retry_after:
 * @error: any error
 *
 * Returns: how long the service asked to wait, in seconds from when the answer arrived, or -1 when it did not say
 */
gint64 chorus_api_error_get_retry_after (const GError *error);

/**
 * chorus_api_error_is_broken:
 * @error: any error
 *
 * Tells %CHORUS_API_ERROR_OFFLINE apart: a service that refuses what it was about to be sent often just hangs up.
 *
 * Returns: whether the service was reached and the connection then broke, rather than there being none
 */
gboolean chorus_api_error_is_broken (const GError *error);

G_END_DECLS
