/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-places.h"

#include <math.h>
#include <string.h>

#include "chorus-station-error.h"
#include "chorus-station-json.h"

#define CHORUS_STATION_MAX_ID 64

typedef JsonObject *(*ChorusStationRow) (ChorusStatement *statement);

typedef struct
{
  const char *sql;
  ChorusStationError error;
  const char *noun;
} ChorusStationPlaceCheck;

static const ChorusStationPlaceCheck chorus_station_place_checks[] = {
  [CHORUS_STATION_PLACE_PROJECT] = { "SELECT 1 FROM projects WHERE project_id = ?",
                                     CHORUS_STATION_ERROR_PROJECT_NOT_FOUND, "project" },
  [CHORUS_STATION_PLACE_SITE] = { "SELECT 1 FROM sites WHERE site_id = ?", CHORUS_STATION_ERROR_SITE_NOT_FOUND,
                                  "site" },
  [CHORUS_STATION_PLACE_DEPLOYMENT] = { "SELECT 1 FROM deployments WHERE deployment_id = ?",
                                        CHORUS_STATION_ERROR_DEPLOYMENT_NOT_FOUND, "deployment" },
  [CHORUS_STATION_PLACE_FILE] = { "SELECT 1 FROM files WHERE file_id = ?", CHORUS_STATION_ERROR_FILE_NOT_FOUND,
                                  "file" },
};

gboolean
chorus_station_places_check (ChorusDatabase      *db,
                             ChorusStationPlace   place,
                             const char          *id,
                             GError             **error)
{
  const ChorusStationPlaceCheck *check = &chorus_station_place_checks[place];
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, check->sql, error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!statement)
    return FALSE;
  chorus_statement_bind_text (statement, 1, id);
  step = chorus_statement_step (statement, error);
  if (step == CHORUS_STEP_DONE)
    g_set_error (error, CHORUS_STATION_ERROR, (gint) check->error, "No %s exists with the ID: %s", check->noun, id);

  return step == CHORUS_STEP_ROW;
}

static void
chorus_station_places_set_nulls (JsonObject        *object,
                                 const char *const *names)
{
  for (guint i = 0; names[i]; i++)
    json_object_set_null_member (object, names[i]);
}

static JsonObject *
chorus_station_places_new_project (ChorusStatement *statement)
{
  static const char *const unknown[] = { "project_start_date", "project_end_date", "country",   "project_description",
                                         "project_type",       "total_area",       "area_unit", NULL };
  JsonObject *project = json_object_new ();

  chorus_station_json_set_text (project, "project_id", statement, 0);
  chorus_station_json_set_text (project, "project_name", statement, 1);
  chorus_station_places_set_nulls (project, unknown);
  json_object_set_string_member (project, "project_status", "Active");
  json_object_set_boolean_member (project, "has_carbon_module", FALSE);
  json_object_set_boolean_member (project, "has_biodiversity_module", TRUE);
  json_object_set_boolean_member (project, "has_climate_module", FALSE);
  chorus_station_json_set_text (project, "created_at", statement, 2);
  chorus_station_json_set_text (project, "updated_at", statement, 3);
  json_object_set_array_member (project, "sites", json_array_new ());

  return project;
}

static JsonObject *
chorus_station_places_new_site (ChorusStatement *statement)
{
  static const char *const unknown[] = { "area", "centroid_wkt", "boundary", NULL };
  JsonObject *site = json_object_new ();

  chorus_station_json_set_text (site, "site_id", statement, 0);
  chorus_station_json_set_text (site, "site_name", statement, 1);
  chorus_station_json_set_text (site, "project_id", statement, 2);
  chorus_station_places_set_nulls (site, unknown);
  json_object_set_boolean_member (site, "bio_analysis_enabled", TRUE);
  chorus_station_json_set_text (site, "created_at", statement, 3);
  chorus_station_json_set_text (site, "updated_at", statement, 4);

  return site;
}

JsonObject *
chorus_station_places_new_location (ChorusStatement *statement,
                                    int              column)
{
  JsonObject *location = json_object_new ();

  chorus_station_json_set_text (location, "location_id", statement, column);
  chorus_station_json_set_text (location, "location_name", statement, column + 1);
  chorus_station_json_set_text (location, "location", statement, column + 2);
  chorus_station_json_set_text (location, "created_at", statement, column + 3);
  chorus_station_json_set_text (location, "updated_at", statement, column + 4);
  chorus_station_json_set_text (location, "site_id", statement, column + 5);

  return location;
}

static JsonObject *
chorus_station_places_new_deployment (ChorusStatement *statement)
{
  JsonObject *deployment = json_object_new ();

  chorus_station_json_set_text (deployment, "deployment_id", statement, 0);
  chorus_station_json_set_text (deployment, "deployment_name", statement, 1);
  chorus_station_json_set_text (deployment, "site_id", statement, 9);
  json_object_set_object_member (deployment, "location", chorus_station_places_new_location (statement, 4));
  chorus_station_json_set_text (deployment, "start_date", statement, 2);
  chorus_station_json_set_text (deployment, "end_date", statement, 3);
  chorus_station_json_set_text (deployment, "created_at", statement, 7);
  chorus_station_json_set_text (deployment, "updated_at", statement, 8);

  return deployment;
}

#define CHORUS_STATION_PROJECT_COLUMNS "project_id, project_name, created_at, updated_at"
#define CHORUS_STATION_SITE_COLUMNS "site_id, site_name, project_id, created_at, updated_at"
#define CHORUS_STATION_DEPLOYMENT_COLUMNS                                                                              \
  "deployment_id, deployment_name, start_date, end_date, location_id, location_name, coordinates,"                     \
  " created_at, updated_at, site_id"

/* A page of a list, as a bare array. */
static JsonNode *
chorus_station_places_list (ChorusDatabase     *db,
                            ChorusStationCall  *call,
                            const char         *sql,
                            ChorusStationRow    new_row,
                            GError            **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);
  g_autoptr (JsonArray) list = json_array_new ();
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!statement)
    return NULL;
  chorus_statement_bind_int64 (statement, 1, call->limit);
  chorus_statement_bind_int64 (statement, 2, call->skip);
  if (call->id)
    chorus_statement_bind_text (statement, 3, call->id);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    json_array_add_object_element (list, new_row (statement));

  return step == CHORUS_STEP_DONE ? chorus_station_json_take_array (g_steal_pointer (&list)) : NULL;
}

/* The row that was just made, as the client will see it in the list. */
static JsonNode *
chorus_station_places_show (ChorusDatabase     *db,
                            ChorusStationCall  *call,
                            const char         *sql,
                            const char         *id,
                            ChorusStationRow    new_row,
                            GError            **error)
{
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, error);

  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, id);
  if (chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;
  call->status = 201;

  return chorus_station_json_take_object (new_row (statement));
}

JsonNode *
chorus_station_places_list_projects (ChorusDatabase     *db,
                                     ChorusStationCall  *call,
                                     GError            **error)
{
  return chorus_station_places_list (db, call,
                                     "SELECT " CHORUS_STATION_PROJECT_COLUMNS
                                     " FROM projects ORDER BY project LIMIT ?1 OFFSET ?2",
                                     chorus_station_places_new_project, error);
}

JsonNode *
chorus_station_places_list_sites (ChorusDatabase     *db,
                                  ChorusStationCall  *call,
                                  GError            **error)
{
  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_PROJECT, call->id, error))
    return NULL;

  return chorus_station_places_list (db, call,
                                     "SELECT " CHORUS_STATION_SITE_COLUMNS " FROM sites WHERE project_id = ?3"
                                     " ORDER BY site LIMIT ?1 OFFSET ?2",
                                     chorus_station_places_new_site, error);
}

JsonNode *
chorus_station_places_list_deployments (ChorusDatabase     *db,
                                        ChorusStationCall  *call,
                                        GError            **error)
{
  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_SITE, call->id, error))
    return NULL;

  return chorus_station_places_list (db, call,
                                     "SELECT " CHORUS_STATION_DEPLOYMENT_COLUMNS " FROM deployments WHERE site_id = ?3"
                                     " ORDER BY deployment LIMIT ?1 OFFSET ?2",
                                     chorus_station_places_new_deployment, error);
}

JsonNode *
chorus_station_places_create_project (ChorusDatabase     *db,
                                      ChorusStationCall  *call,
                                      GError            **error)
{
  const char *name = chorus_station_call_get_name (call, "project_name", error);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = chorus_station_json_dup_now ();
  g_autoptr (ChorusStatement) statement = NULL;

  if (!name)
    return NULL;
  statement = chorus_statement_new (
    db, "INSERT INTO projects (project_id, project_name, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)", error);
  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, id);
  chorus_statement_bind_text (statement, 2, name);
  chorus_statement_bind_text (statement, 3, now);
  if (!chorus_statement_run (statement, error))
    return NULL;

  return chorus_station_places_show (db, call,
                                     "SELECT " CHORUS_STATION_PROJECT_COLUMNS " FROM projects WHERE project_id = ?1",
                                     id, chorus_station_places_new_project, error);
}

JsonNode *
chorus_station_places_create_site (ChorusDatabase     *db,
                                   ChorusStationCall  *call,
                                   GError            **error)
{
  const char *name = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = chorus_station_json_dup_now ();
  g_autoptr (ChorusStatement) statement = NULL;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_PROJECT, call->id, error)
      || !(name = chorus_station_call_get_name (call, "site_name", error)))
    return NULL;
  statement = chorus_statement_new (db,
                                    "INSERT INTO sites (site_id, project_id, site_name, created_at, updated_at)"
                                    " VALUES (?1, ?2, ?3, ?4, ?4)",
                                    error);
  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, id);
  chorus_statement_bind_text (statement, 2, call->id);
  chorus_statement_bind_text (statement, 3, name);
  chorus_statement_bind_text (statement, 4, now);
  if (!chorus_statement_run (statement, error))
    return NULL;

  return chorus_station_places_show (db, call, "SELECT " CHORUS_STATION_SITE_COLUMNS " FROM sites WHERE site_id = ?1",
                                     id, chorus_station_places_new_site, error);
}

static gboolean
chorus_station_places_is_coordinates (const char *text)
{
  char *end = NULL;
  double latitude = g_ascii_strtod (text, &end);
  double longitude = NAN;
  const char *second = *end == ',' ? end + 1 : NULL;

  if (!second || end == text)
    return FALSE;
  longitude = g_ascii_strtod (second, &end);
  while (*end == ' ')
    end++;

  return end != second && *end == '\0' && fabs (latitude) <= 90 && fabs (longitude) <= 180;
}

static gboolean
chorus_station_places_is_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, utc);
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (text, utc);

  return day || instant;
}

/* What may be said of a new deployment beside its name: each a string, or missing, or null. */
static gboolean
chorus_station_places_check_deployment (JsonObject  *body,
                                        GError     **error)
{
  static const char *const names[] = { "location", "location_name", "start_date", "end_date" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = chorus_station_json_get_string (body, names[i]);
      gboolean missing = !json_object_has_member (body, names[i]) || json_object_get_null_member (body, names[i]);
      gboolean valid =
        missing
        || (text
            && (i == 0 ? chorus_station_places_is_coordinates (text) : i == 1 || chorus_station_places_is_date (text)));

      if (!valid)
        {
          g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST, "%s must be %s.", names[i],
                       i == 0   ? "a string such as \"12.3456, 78.9012\""
                       : i == 1 ? "a string"
                                : "a date such as 2025-06-04");
          return FALSE;
        }
    }

  return TRUE;
}

/* The id of a new deployment: the client's if it gave one, and a random one otherwise. */
static char *
chorus_station_places_choose_id (ChorusDatabase  *db,
                                 JsonObject      *body,
                                 GError         **error)
{
  const char *id = chorus_station_json_get_string (body, "deployment_id");
  g_autoptr (GError) check_error = NULL;

  if (!json_object_has_member (body, "deployment_id"))
    return g_uuid_string_random ();
  if (!id || *id == '\0' || strlen (id) > CHORUS_STATION_MAX_ID
      || strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != strlen (id))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                 "deployment_id must be a string of at most %d letters, digits, hyphens and underscores.",
                 CHORUS_STATION_MAX_ID);
  else if (chorus_station_places_check (db, CHORUS_STATION_PLACE_DEPLOYMENT, id, &check_error))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_CONFLICT, "A deployment exists with the ID: %s", id);
  else if (g_error_matches (check_error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_DEPLOYMENT_NOT_FOUND))
    return g_strdup (id);
  else
    g_propagate_error (error, g_steal_pointer (&check_error));

  return NULL;
}

JsonNode *
chorus_station_places_create_deployment (ChorusDatabase     *db,
                                         ChorusStationCall  *call,
                                         GError            **error)
{
  const char *name = NULL;
  const char *location_name = chorus_station_json_get_string (call->body, "location_name");
  g_autofree char *id = NULL;
  g_autofree char *location_id = g_uuid_string_random ();
  g_autofree char *now = chorus_station_json_dup_now ();
  g_autoptr (ChorusStatement) statement = NULL;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_SITE, call->id, error)
      || !(name = chorus_station_call_get_name (call, "deployment_name", error))
      || !chorus_station_places_check_deployment (call->body, error)
      || !(id = chorus_station_places_choose_id (db, call->body, error)))
    return NULL;
  statement = chorus_statement_new (
    db,
    "INSERT INTO deployments (deployment_id, site_id, deployment_name, location_id, location_name,"
    " coordinates, start_date, end_date, created_at, updated_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
    error);
  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, id);
  chorus_statement_bind_text (statement, 2, call->id);
  chorus_statement_bind_text (statement, 3, name);
  chorus_statement_bind_text (statement, 4, location_id);
  chorus_statement_bind_text (statement, 5, location_name ? location_name : name);
  chorus_statement_bind_text (statement, 6, chorus_station_json_get_string (call->body, "location"));
  chorus_statement_bind_text (statement, 7, chorus_station_json_get_string (call->body, "start_date"));
  chorus_statement_bind_text (statement, 8, chorus_station_json_get_string (call->body, "end_date"));
  chorus_statement_bind_text (statement, 9, now);
  if (!chorus_statement_run (statement, error))
    return NULL;

  return chorus_station_places_show (db, call,
                                     "SELECT " CHORUS_STATION_DEPLOYMENT_COLUMNS
                                     " FROM deployments WHERE deployment_id = ?1",
                                     id, chorus_station_places_new_deployment, error);
}
