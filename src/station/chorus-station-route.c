/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-route.h"

#include <string.h>

#include "chorus-station-error.h"
#include "chorus-station-files.h"
#include "chorus-station-inferences.h"
#include "chorus-station-summaries.h"
#include "chorus-station-users.h"

#define CHORUS_STATION_ACTION(method, template, action)                                                                \
  {                                                                                                                    \
    method, template, CHORUS_STATION_SERVICE_ACTION, FALSE, action                                                     \
  }
#define CHORUS_STATION_BODY_ACTION(method, template, action)                                                           \
  {                                                                                                                    \
    method, template, CHORUS_STATION_SERVICE_ACTION, TRUE, action                                                      \
  }

static const ChorusStationRoute chorus_station_routes[] = {
  { "POST", "/auth/login", CHORUS_STATION_SERVICE_SIGN_IN, TRUE, NULL },
  { "POST", "/auth/refresh", CHORUS_STATION_SERVICE_REFRESH, TRUE, NULL },
  CHORUS_STATION_ACTION ("GET", "/api/v1/auth/me", chorus_station_users_show),
  CHORUS_STATION_ACTION ("GET", "/api/v1/projects", chorus_station_places_list_projects),
  CHORUS_STATION_BODY_ACTION ("POST", "/api/v1/projects", chorus_station_places_create_project),
  CHORUS_STATION_ACTION ("GET", "/api/v1/projects/{project_id}/sites", chorus_station_places_list_sites),
  CHORUS_STATION_BODY_ACTION ("POST", "/api/v1/projects/{project_id}/sites", chorus_station_places_create_site),
  CHORUS_STATION_ACTION ("GET",
                         "/api/v1/projects/{project_id}/biodiversity/summary",
                         chorus_station_summaries_summarize_project),
  CHORUS_STATION_ACTION ("GET", "/api/v1/sites/{site_id}/deployments", chorus_station_places_list_deployments),
  CHORUS_STATION_BODY_ACTION ("POST", "/api/v1/sites/{site_id}/deployments", chorus_station_places_create_deployment),
  CHORUS_STATION_ACTION ("GET",
                         "/api/v1/sites/{site_id}/biodiversity/audio-clips",
                         chorus_station_summaries_list_clips),
  { "POST", "/api/v1/deployments/{deployment_id}/audio/upload", CHORUS_STATION_SERVICE_UPLOAD, FALSE,
    chorus_station_files_add },
  CHORUS_STATION_ACTION ("GET", "/api/v1/admin/files/{deployment_id}", chorus_station_files_list),
  CHORUS_STATION_ACTION ("GET", "/api/v1/admin/files/{deployment_id}/inference", chorus_station_files_list_to_infer),
  { "POST", "/api/v1/admin/files/{file_id}/inference", CHORUS_STATION_SERVICE_INFERENCE, FALSE,
    chorus_station_inferences_create },
  CHORUS_STATION_ACTION ("GET", "/api/v1/files/{file_id}/inference", chorus_station_inferences_list),
  { "GET", "/api/v1/files/{file_id}/audio", CHORUS_STATION_SERVICE_AUDIO, FALSE, chorus_station_files_find },
};

/* The part of a path that stands for {…} is one segment and not empty. */
static gboolean
chorus_station_route_matches (const ChorusStationRoute  *self,
                              const char                *path,
                              char                     **id)
{
  const char *opening = strchr (self->template, '{');
  const char *rest = opening ? strchr (opening, '}') + 1 : NULL;
  gsize n_head = opening ? (gsize) (opening - self->template) : 0;
  gsize n_id = 0;

  if (!opening)
    return strcmp (self->template, path) == 0;
  if (strncmp (self->template, path, n_head) != 0)
    return FALSE;
  n_id = strcspn (path + n_head, "/");
  if (n_id == 0 || strcmp (path + n_head + n_id, rest) != 0)
    return FALSE;
  *id = g_uri_unescape_segment (path + n_head, path + n_head + n_id, NULL);

  return *id != NULL && g_utf8_validate (*id, -1, NULL);
}

const ChorusStationRoute *
chorus_station_route_find (const char  *method,
                           const char  *path,
                           char       **id,
                           char       **allowed,
                           GError     **error)
{
  g_autoptr (GString) methods = g_string_new (NULL);

  *id = NULL;
  *allowed = NULL;
  if (strcmp (method, "HEAD") == 0)
    method = "GET";
  for (guint i = 0; i < G_N_ELEMENTS (chorus_station_routes); i++)
    {
      const ChorusStationRoute *route = &chorus_station_routes[i];
      g_autofree char *found_id = NULL;

      if (!chorus_station_route_matches (route, path, &found_id))
        continue;
      if (strcmp (route->method, method) == 0)
        {
          *id = g_steal_pointer (&found_id);
          return route;
        }
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "",
                              strcmp (route->method, "GET") == 0 ? "GET, HEAD" : route->method);
    }

  if (methods->len == 0)
    {
      g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_NOT_FOUND,
                           "The station serves nothing at this path.");
      return NULL;
    }
  g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED, "This path takes %s.",
               methods->str);
  *allowed = g_string_free (g_steal_pointer (&methods), FALSE);

  return NULL;
}

gboolean
chorus_station_route_is_open (const ChorusStationRoute *self)
{
  return self->service == CHORUS_STATION_SERVICE_SIGN_IN || self->service == CHORUS_STATION_SERVICE_REFRESH;
}
