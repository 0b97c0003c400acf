/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-station-call.h"
#include "chorus-station-places.h"

G_BEGIN_DECLS

/**
 * ChorusStationService:
 * @CHORUS_STATION_SERVICE_ACTION: a job in the store, and nothing else
 * @CHORUS_STATION_SERVICE_SIGN_IN: a password is checked; open to everybody
 * @CHORUS_STATION_SERVICE_REFRESH: tokens are exchanged; open to everybody
 * @CHORUS_STATION_SERVICE_UPLOAD: the body is a stream of files
 * @CHORUS_STATION_SERVICE_AUDIO: the answer is a file
 * @CHORUS_STATION_SERVICE_INFERENCE: an action after which the runner looks for work
 *
 * How a route is served.
 */
typedef enum
{
  CHORUS_STATION_SERVICE_ACTION,
  CHORUS_STATION_SERVICE_SIGN_IN,
  CHORUS_STATION_SERVICE_REFRESH,
  CHORUS_STATION_SERVICE_UPLOAD,
  CHORUS_STATION_SERVICE_AUDIO,
  CHORUS_STATION_SERVICE_INFERENCE,
} ChorusStationService;

/**
 * ChorusStationRoute:
 * @method: the HTTP method; GET stands for HEAD too
 * @template: the path, with at most one `{…}`
 * @service: how it is served
 * @has_body: whether the request carries a JSON object
 * @action: (nullable): what is done in the store
 *
 * A row of the table of what the station serves.
 */
typedef struct
{
  const char *method;
  const char *template;
  ChorusStationService service;
  gboolean has_body;
  ChorusStationAction action;
} ChorusStationRoute;

/**
 * chorus_station_route_find:
 * @method: the method of a request
 * @path: the path of a request, still percent-encoded
 * @id: (out) (transfer full) (nullable): what stands for `{…}`, decoded
 * @allowed: (out) (transfer full) (nullable): with %CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED, what the path is served with
 * @error: return location for %CHORUS_STATION_ERROR_NOT_FOUND or %CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED
 *
 * Returns: (transfer none) (nullable): the route of a request
 */
const ChorusStationRoute *chorus_station_route_find (const char  *method,
                                                     const char  *path,
                                                     char       **id,
                                                     char       **allowed,
                                                     GError     **error);

/**
 * chorus_station_route_is_open:
 * @self: a route
 *
 * Returns: whether it is served without a token
 */
gboolean chorus_station_route_is_open (const ChorusStationRoute *self);

G_END_DECLS
