/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-error.h"

#include <errno.h>

#include "chorus-station-json.h"
#include "store/chorus-store-error.h"

G_DEFINE_QUARK (chorus-station-error-quark, chorus_station_error)

typedef struct
{
  guint status;
  const char *code;
  const char *message;
} ChorusStationFault;

/* The codes and messages that the API documents, and others in their manner where it is silent. */
static const ChorusStationFault chorus_station_faults[] = {
  [CHORUS_STATION_ERROR_BAD_REQUEST] = { 400, "BAD_REQUEST", "The request is not valid" },
  [CHORUS_STATION_ERROR_INVALID_FILE] = { 400, "INVALID_FILE", "A file cannot be accepted" },
  [CHORUS_STATION_ERROR_TOO_MANY_FILES] = { 400, "TOO_MANY_FILES", "Too many files in one request" },
  [CHORUS_STATION_ERROR_UNAUTHORIZED] = { 401, "UNAUTHORIZED", "Invalid or missing access token" },
  [CHORUS_STATION_ERROR_INVALID_CREDENTIALS] = { 401, "INVALID_CREDENTIALS", "Invalid e-mail address or password" },
  [CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN] = { 401, "INVALID_REFRESH_TOKEN", "Invalid refresh token" },
  [CHORUS_STATION_ERROR_NOT_FOUND] = { 404, "NOT_FOUND", "Not found" },
  [CHORUS_STATION_ERROR_PROJECT_NOT_FOUND] = { 404, "PROJECT_NOT_FOUND", "Project not found" },
  [CHORUS_STATION_ERROR_SITE_NOT_FOUND] = { 404, "SITE_NOT_FOUND", "Site not found" },
  [CHORUS_STATION_ERROR_DEPLOYMENT_NOT_FOUND] = { 404, "DEPLOYMENT_NOT_FOUND", "Deployment not found" },
  [CHORUS_STATION_ERROR_FILE_NOT_FOUND] = { 404, "FILE_NOT_FOUND", "File not found" },
  [CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED] = { 405, "METHOD_NOT_ALLOWED", "Method not allowed" },
  [CHORUS_STATION_ERROR_CONFLICT] = { 409, "CONFLICT", "It exists already" },
  [CHORUS_STATION_ERROR_FILE_TOO_LARGE] = { 413, "FILE_TOO_LARGE", "A file is too large" },
  [CHORUS_STATION_ERROR_BODY_TOO_LARGE] = { 413, "BODY_TOO_LARGE", "The request body is too large" },
  [CHORUS_STATION_ERROR_RANGE_NOT_SATISFIABLE] = { 416, "RANGE_NOT_SATISFIABLE",
                                                   "The range lies beyond the end of the file" },
  [CHORUS_STATION_ERROR_STORAGE_FULL] = { 500, "STORAGE_FULL", "The station has no room left" },
  [CHORUS_STATION_ERROR_INTERNAL] = { 500, "INTERNAL_ERROR", "The station met an internal error" },
};

static ChorusStationError
chorus_station_error_classify (const GError *error)
{
  if (error->domain == CHORUS_STATION_ERROR && error->code >= 0
      && error->code < (int) G_N_ELEMENTS (chorus_station_faults))
    return error->code;
  if (g_error_matches (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FULL))
    return CHORUS_STATION_ERROR_STORAGE_FULL;

  return CHORUS_STATION_ERROR_INTERNAL;
}

ChorusStationError
chorus_station_error_from_errno (int saved_errno)
{
  return saved_errno == ENOSPC || saved_errno == EDQUOT ? CHORUS_STATION_ERROR_STORAGE_FULL
                                                        : CHORUS_STATION_ERROR_INTERNAL;
}

guint
chorus_station_error_get_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 500);

  return chorus_station_faults[chorus_station_error_classify (error)].status;
}

JsonNode *
chorus_station_error_to_envelope (const GError *error,
                                  const char   *request_id)
{
  const ChorusStationFault *fault = NULL;
  JsonObject *envelope = json_object_new ();
  JsonObject *member = json_object_new ();
  g_autofree char *timestamp = chorus_station_json_dup_now ();

  g_return_val_if_fail (error != NULL, NULL);

  fault = &chorus_station_faults[chorus_station_error_classify (error)];
  json_object_set_string_member (member, "code", fault->code);
  json_object_set_string_member (member, "message", fault->message);
  json_object_set_string_member (member, "details",
                                 error->domain == CHORUS_STATION_ERROR ? error->message
                                                                       : "The log of the station says more.");
  json_object_set_string_member (member, "request_id", request_id);
  json_object_set_string_member (member, "timestamp", timestamp);
  json_object_set_object_member (envelope, "error", member);

  return chorus_station_json_take_object (envelope);
}
