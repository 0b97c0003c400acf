/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CHORUS_STATION_ERROR:
 *
 * Error domain of what the station answers. The message of an error is the `details` of the envelope: a sentence in
 * English about this request, without secrets. Status, code and the general message follow from the code.
 */
#define CHORUS_STATION_ERROR (chorus_station_error_quark ())

/**
 * ChorusStationError:
 * @CHORUS_STATION_ERROR_BAD_REQUEST: the request cannot be understood
 * @CHORUS_STATION_ERROR_INVALID_FILE: a file is not audio of an accepted kind, or too long
 * @CHORUS_STATION_ERROR_TOO_MANY_FILES: more files than one request may carry
 * @CHORUS_STATION_ERROR_UNAUTHORIZED: no valid token or key
 * @CHORUS_STATION_ERROR_INVALID_CREDENTIALS: unknown e-mail address or wrong password
 * @CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN: unknown, used or expired refresh token
 * @CHORUS_STATION_ERROR_NOT_FOUND: nothing is served at this path
 * @CHORUS_STATION_ERROR_PROJECT_NOT_FOUND: no such project
 * @CHORUS_STATION_ERROR_SITE_NOT_FOUND: no such site
 * @CHORUS_STATION_ERROR_DEPLOYMENT_NOT_FOUND: no such deployment
 * @CHORUS_STATION_ERROR_FILE_NOT_FOUND: no such file
 * @CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED: the path is served, but not with this method
 * @CHORUS_STATION_ERROR_CONFLICT: what should be made is there already
 * @CHORUS_STATION_ERROR_FILE_TOO_LARGE: a file has more bytes than accepted
 * @CHORUS_STATION_ERROR_BODY_TOO_LARGE: a body that should be short is long
 * @CHORUS_STATION_ERROR_RANGE_NOT_SATISFIABLE: the range lies beyond the end of the file
 * @CHORUS_STATION_ERROR_STORAGE_FULL: the disk is full
 * @CHORUS_STATION_ERROR_INTERNAL: a fault of the station
 *
 * What a request can come to other than success.
 */
typedef enum
{
  CHORUS_STATION_ERROR_BAD_REQUEST,
  CHORUS_STATION_ERROR_INVALID_FILE,
  CHORUS_STATION_ERROR_TOO_MANY_FILES,
  CHORUS_STATION_ERROR_UNAUTHORIZED,
  CHORUS_STATION_ERROR_INVALID_CREDENTIALS,
  CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN,
  CHORUS_STATION_ERROR_NOT_FOUND,
  CHORUS_STATION_ERROR_PROJECT_NOT_FOUND,
  CHORUS_STATION_ERROR_SITE_NOT_FOUND,
  CHORUS_STATION_ERROR_DEPLOYMENT_NOT_FOUND,
  CHORUS_STATION_ERROR_FILE_NOT_FOUND,
  CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED,
  CHORUS_STATION_ERROR_CONFLICT,
  CHORUS_STATION_ERROR_FILE_TOO_LARGE,
  CHORUS_STATION_ERROR_BODY_TOO_LARGE,
  CHORUS_STATION_ERROR_RANGE_NOT_SATISFIABLE,
  CHORUS_STATION_ERROR_STORAGE_FULL,
  CHORUS_STATION_ERROR_INTERNAL,
} ChorusStationError;

GQuark chorus_station_error_quark (void);

/**
 * chorus_station_error_from_errno:
 * @saved_errno: what a system call on the data folder reported
 *
 * Returns: %CHORUS_STATION_ERROR_STORAGE_FULL where there is no room, %CHORUS_STATION_ERROR_INTERNAL otherwise
 */
ChorusStationError chorus_station_error_from_errno (int saved_errno);

/**
 * chorus_station_error_get_status:
 * @error: any error; one of another domain is a fault of the station
 *
 * Returns: the HTTP status to answer with
 */
guint chorus_station_error_get_status (const GError *error);

/**
 * chorus_station_error_to_envelope:
 * @error: any error; the message of another domain is not repeated to the client
 * @request_id: what names the request
 *
 * Builds `{"error":{code,message,details,request_id,timestamp}}`.
 *
 * Returns: (transfer full): the envelope
 */
JsonNode *chorus_station_error_to_envelope (const GError *error,
                                            const char   *request_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
