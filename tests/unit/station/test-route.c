/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-station-route.h"

#include "station/chorus-station-error.h"

typedef struct
{
  const char *method;
  const char *path;
  const char *template;
  const char *id;
} TestRoute;

static const TestRoute test_routes[] = {
  { "POST", "/auth/login", "/auth/login", NULL },
  { "POST", "/auth/refresh", "/auth/refresh", NULL },
  { "GET", "/api/v1/auth/me", "/api/v1/auth/me", NULL },
  { "GET", "/api/v1/projects", "/api/v1/projects", NULL },
  { "HEAD", "/api/v1/projects", "/api/v1/projects", NULL },
  { "POST", "/api/v1/projects", "/api/v1/projects", NULL },
  { "GET", "/api/v1/projects/p-1/sites", "/api/v1/projects/{project_id}/sites", "p-1" },
  { "POST", "/api/v1/projects/p-1/sites", "/api/v1/projects/{project_id}/sites", "p-1" },
  { "GET", "/api/v1/projects/p-1/biodiversity/summary", "/api/v1/projects/{project_id}/biodiversity/summary", "p-1" },
  { "GET", "/api/v1/sites/s/deployments", "/api/v1/sites/{site_id}/deployments", "s" },
  { "POST", "/api/v1/sites/s/deployments", "/api/v1/sites/{site_id}/deployments", "s" },
  { "GET", "/api/v1/sites/s/biodiversity/audio-clips", "/api/v1/sites/{site_id}/biodiversity/audio-clips", "s" },
  { "POST", "/api/v1/deployments/d%2Fe%20f/audio/upload", "/api/v1/deployments/{deployment_id}/audio/upload", "d/e f" },
  { "GET", "/api/v1/admin/files/d", "/api/v1/admin/files/{deployment_id}", "d" },
  { "GET", "/api/v1/admin/files/d/inference", "/api/v1/admin/files/{deployment_id}/inference", "d" },
  { "POST", "/api/v1/admin/files/f/inference", "/api/v1/admin/files/{file_id}/inference", "f" },
  { "GET", "/api/v1/files/f/inference", "/api/v1/files/{file_id}/inference", "f" },
  { "GET", "/api/v1/files/f/audio", "/api/v1/files/{file_id}/audio", "f" },
};

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_routes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      g_autofree char *allowed = NULL;
      const ChorusStationRoute *route =
        chorus_station_route_find (test_routes[i].method, test_routes[i].path, &id, &allowed, &error);

      g_assert_no_error (error);
      g_assert_nonnull (route);
      g_assert_cmpstr (route->template, ==, test_routes[i].template);
      g_assert_cmpstr (id, ==, test_routes[i].id);
      g_assert_cmpint (chorus_station_route_is_open (route), ==, i < 2);
    }
}

static void
test_not_found (void)
{
  static const char *const paths[] = { "",
                                       "/",
                                       "*",
                                       "/api",
                                       "/api/v1/projects/",
                                       "/api/v1/projects//sites",
                                       "/api/v1/projects/p/q/sites",
                                       "/api/v1/files/f",
                                       "/api/v1/files/f/audio/",
                                       "/api/v1/files/%ff/audio",
                                       "/api/v1/files/a%00b/audio",
                                       "/API/v1/projects",
                                       "/api/v1/admin/files/" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      g_autofree char *allowed = NULL;

      g_assert_null (chorus_station_route_find ("GET", paths[i], &id, &allowed, &error));
      g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_NOT_FOUND);
      g_assert_null (id);
      g_assert_null (allowed);
    }
}

static void
test_method_not_allowed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *allowed = NULL;

  g_assert_null (chorus_station_route_find ("DELETE", "/api/v1/sites/s/deployments", &id, &allowed, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_METHOD_NOT_ALLOWED);
  g_assert_cmpstr (allowed, ==, "GET, HEAD, POST");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/route/found", test_found);
  g_test_add_func ("/station/route/not-found", test_not_found);
  g_test_add_func ("/station/route/method-not-allowed", test_method_not_allowed);

  return g_test_run ();
}
