/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Projects, sites and deployments: a #ChorusStationAction each. */

#pragma once

#include "chorus-station-call.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

JsonNode *chorus_station_places_list_projects (ChorusDatabase     *db,
                                               ChorusStationCall  *call,
                                               GError            **error);
JsonNode *chorus_station_places_create_project (ChorusDatabase     *db,
                                                ChorusStationCall  *call,
                                                GError            **error);
JsonNode *chorus_station_places_list_sites (ChorusDatabase     *db,
                                            ChorusStationCall  *call,
                                            GError            **error);
JsonNode *chorus_station_places_create_site (ChorusDatabase     *db,
                                             ChorusStationCall  *call,
                                             GError            **error);
JsonNode *chorus_station_places_list_deployments (ChorusDatabase     *db,
                                                  ChorusStationCall  *call,
                                                  GError            **error);

/**
 * chorus_station_places_create_deployment:
 *
 * Makes a deployment. Beside `deployment_name` the body may give `location` ("latitude, longitude"), `location_name`,
 * `start_date`, `end_date`, and a `deployment_id` of the client's own choice, for scripts that expect a certain one.
 */
JsonNode *chorus_station_places_create_deployment (ChorusDatabase     *db,
                                                   ChorusStationCall  *call,
                                                   GError            **error);

/**
 * ChorusStationPlace:
 * @CHORUS_STATION_PLACE_PROJECT: a project
 * @CHORUS_STATION_PLACE_SITE: a site
 * @CHORUS_STATION_PLACE_DEPLOYMENT: a deployment
 * @CHORUS_STATION_PLACE_FILE: a file
 *
 * What the id in a path may name.
 */
typedef enum
{
  CHORUS_STATION_PLACE_PROJECT,
  CHORUS_STATION_PLACE_SITE,
  CHORUS_STATION_PLACE_DEPLOYMENT,
  CHORUS_STATION_PLACE_FILE,
} ChorusStationPlace;

/**
 * chorus_station_places_check:
 * @db: the store
 * @place: what @id should name
 * @id: an id from a client
 * @error: return location for the not-found error of @place, or a #ChorusStoreError
 *
 * Returns: whether there is such a place
 */
gboolean chorus_station_places_check (ChorusDatabase      *db,
                                      ChorusStationPlace   place,
                                      const char          *id,
                                      GError             **error);

/**
 * chorus_station_places_new_location:
 * @statement: a statement on a row
 * @column: the first of six columns: location_id, location_name, coordinates, created_at, updated_at, site_id
 *
 * Returns: (transfer full): the `location` of a file or a deployment
 */
JsonObject *chorus_station_places_new_location (ChorusStatement *statement,
                                                int              column);

G_END_DECLS
