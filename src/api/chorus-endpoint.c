/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-endpoint.h"

typedef struct
{
  const char *name;
  const char *method;
  const char *path;
  ChorusStanding standing;
} ChorusEndpointRow;

#define DOCUMENTED CHORUS_STANDING_DOCUMENTED
#define CLIENT CHORUS_STANDING_CLIENT
#define GUESSED CHORUS_STANDING_GUESSED
#define STATION CHORUS_STANDING_STATION

static const ChorusEndpointRow chorus_endpoint_rows[CHORUS_N_ENDPOINTS] = {
  /* clang-format off */
  [CHORUS_ENDPOINT_SIGN_IN]                 = { "sign-in",                 "POST", "/auth/login", DOCUMENTED },
  [CHORUS_ENDPOINT_REFRESH]                 = { "refresh",                 "POST", "/auth/refresh", DOCUMENTED },
  [CHORUS_ENDPOINT_CURRENT_USER]            = { "current-user",            "GET",  "/api/v1/auth/me", GUESSED },
  [CHORUS_ENDPOINT_PROJECTS]                = { "projects",                "GET",  "/api/v1/projects", DOCUMENTED },
  [CHORUS_ENDPOINT_CREATE_PROJECT]          = { "create-project",          "POST", "/api/v1/projects", STATION },
  [CHORUS_ENDPOINT_SITES]                   = { "sites",                   "GET",  "/api/v1/projects/{project_id}/sites", CLIENT },
  [CHORUS_ENDPOINT_CREATE_SITE]             = { "create-site",             "POST", "/api/v1/projects/{project_id}/sites", STATION },
  [CHORUS_ENDPOINT_DEPLOYMENTS]             = { "deployments",             "GET",  "/api/v1/sites/{site_id}/deployments", GUESSED },
  [CHORUS_ENDPOINT_CREATE_DEPLOYMENT]       = { "create-deployment",       "POST", "/api/v1/sites/{site_id}/deployments", GUESSED },
  [CHORUS_ENDPOINT_UPLOAD]                  = { "upload",                  "POST", "/api/v1/deployments/{deployment_id}/audio/upload", DOCUMENTED },
  [CHORUS_ENDPOINT_FILES]                   = { "files",                   "GET",  "/api/v1/admin/files/{deployment_id}", GUESSED },
  [CHORUS_ENDPOINT_FILES_NEEDING_INFERENCE] = { "files-needing-inference", "GET",  "/api/v1/admin/files/{deployment_id}/inference", DOCUMENTED },
  [CHORUS_ENDPOINT_RUN_INFERENCE]           = { "run-inference",           "POST", "/api/v1/admin/files/{file_id}/inference", GUESSED },
  [CHORUS_ENDPOINT_FILE_INFERENCE]          = { "file-inference",          "GET",  "/api/v1/files/{file_id}/inference", GUESSED },
  [CHORUS_ENDPOINT_HIGH_VALUE_CLIPS]        = { "high-value-clips",        "GET",  "/api/v1/sites/{site_id}/biodiversity/audio-clips", CLIENT },
  [CHORUS_ENDPOINT_PROJECT_SUMMARY]         = { "project-summary",         "GET",  "/api/v1/projects/{project_id}/biodiversity/summary", DOCUMENTED },
  /* clang-format on */
};

#undef DOCUMENTED
#undef CLIENT
#undef GUESSED
#undef STATION

static const ChorusEndpointRow *
chorus_endpoint_get_row (ChorusEndpoint endpoint)
{
  g_assert ((guint) endpoint < CHORUS_N_ENDPOINTS);

  return &chorus_endpoint_rows[endpoint];
}

const char *
chorus_endpoint_get_name (ChorusEndpoint endpoint)
{
  return chorus_endpoint_get_row (endpoint)->name;
}

const char *
chorus_endpoint_get_method (ChorusEndpoint endpoint)
{
  return chorus_endpoint_get_row (endpoint)->method;
}

const char *
chorus_endpoint_get_path (ChorusEndpoint endpoint)
{
  return chorus_endpoint_get_row (endpoint)->path;
}

ChorusStanding
chorus_endpoint_get_standing (ChorusEndpoint endpoint)
{
  return chorus_endpoint_get_row (endpoint)->standing;
}
