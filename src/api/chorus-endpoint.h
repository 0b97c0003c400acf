/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of what the service can be asked, with how sure we are of each row. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusEndpoint:
 *
 * A row of the table of endpoints.
 */
typedef enum
{
  CHORUS_ENDPOINT_SIGN_IN,
  CHORUS_ENDPOINT_REFRESH,
  CHORUS_ENDPOINT_CURRENT_USER,
  CHORUS_ENDPOINT_PROJECTS,
  CHORUS_ENDPOINT_CREATE_PROJECT,
  CHORUS_ENDPOINT_SITES,
  CHORUS_ENDPOINT_CREATE_SITE,
  CHORUS_ENDPOINT_DEPLOYMENTS,
  CHORUS_ENDPOINT_CREATE_DEPLOYMENT,
  CHORUS_ENDPOINT_UPLOAD,
  CHORUS_ENDPOINT_FILES,
  CHORUS_ENDPOINT_FILES_NEEDING_INFERENCE,
  CHORUS_ENDPOINT_RUN_INFERENCE,
  CHORUS_ENDPOINT_FILE_INFERENCE,
  CHORUS_ENDPOINT_HIGH_VALUE_CLIPS,
  CHORUS_ENDPOINT_PROJECT_SUMMARY,
} ChorusEndpoint;

#define CHORUS_N_ENDPOINTS (CHORUS_ENDPOINT_PROJECT_SUMMARY + 1)

/**
 * ChorusStanding:
 * @CHORUS_STANDING_DOCUMENTED: in the published documentation
 * @CHORUS_STANDING_CLIENT: used by a public client that works
 * @CHORUS_STANDING_GUESSED: nowhere seen; a server may well not have it
 * @CHORUS_STANDING_STATION: an extension of the local station; other servers are not expected to have it
 *
 * How sure it is that a server has an endpoint at the path of the table.
 */
typedef enum
{
  CHORUS_STANDING_DOCUMENTED,
  CHORUS_STANDING_CLIENT,
  CHORUS_STANDING_GUESSED,
  CHORUS_STANDING_STATION,
} ChorusStanding;

/**
 * chorus_endpoint_get_name:
 * @endpoint: an endpoint
 *
 * Returns: the name by which a server profile overrides the row, such as `files-needing-inference`
 */
const char *chorus_endpoint_get_name (ChorusEndpoint endpoint);

/**
 * chorus_endpoint_get_method:
 * @endpoint: an endpoint
 *
 * Returns: the HTTP method
 */
const char *chorus_endpoint_get_method (ChorusEndpoint endpoint);

/**
 * chorus_endpoint_get_path:
 * @endpoint: an endpoint
 *
 * Returns: the path, with a slash in front and at most one placeholder, such as `{project_id}`
 */
const char *chorus_endpoint_get_path (ChorusEndpoint endpoint);

/**
 * chorus_endpoint_get_standing:
 * @endpoint: an endpoint
 *
 * Returns: how sure the row is
 */
ChorusStanding chorus_endpoint_get_standing (ChorusEndpoint endpoint);

G_END_DECLS
