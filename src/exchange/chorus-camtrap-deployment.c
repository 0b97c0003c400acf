/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-camtrap-deployment.h"

#include <math.h>

#include "chorus-package-time.h"

/* In the order of deployments-table-schema-acoustic.json. */
enum
{
  DEPLOYMENT_ID,
  LOCATION_ID,
  LOCATION_NAME,
  LATITUDE,
  LONGITUDE,
  COORDINATE_UNCERTAINTY,
  ELEVATION,
  DEPLOYMENT_START,
  DEPLOYMENT_END,
  SETUP_BY,
  DEVICE_ID,
  DEVICE_MODEL,
  DEVICE_PLATFORM,
  DEVICE_DELAY,
  DEVICE_HEIGHT,
  DEVICE_DEPTH,
  DEVICE_TILT,
  DEVICE_HEADING,
  RECORDING_SCHEDULE,
  DETECTION_DISTANCE,
  BAIT_USE,
  LOCATION_TYPE,
  HABITAT,
  DEPLOYMENT_GROUPS,
  DEPLOYMENT_TAGS,
  DEPLOYMENT_COMMENTS,
  N_COLUMNS
};

static const char *const chorus_camtrap_deployment_columns[N_COLUMNS] = {
  [DEPLOYMENT_ID] = "deploymentID",
  [LOCATION_ID] = "locationID",
  [LOCATION_NAME] = "locationName",
  [LATITUDE] = "latitude",
  [LONGITUDE] = "longitude",
  [COORDINATE_UNCERTAINTY] = "coordinateUncertainty",
  [ELEVATION] = "elevation",
  [DEPLOYMENT_START] = "deploymentStart",
  [DEPLOYMENT_END] = "deploymentEnd",
  [SETUP_BY] = "setupBy",
  [DEVICE_ID] = "deviceID",
  [DEVICE_MODEL] = "deviceModel",
  [DEVICE_PLATFORM] = "devicePlatform",
  [DEVICE_DELAY] = "deviceDelay",
  [DEVICE_HEIGHT] = "deviceHeight",
  [DEVICE_DEPTH] = "deviceDepth",
  [DEVICE_TILT] = "deviceTilt",
  [DEVICE_HEADING] = "deviceHeading",
  [RECORDING_SCHEDULE] = "recordingSchedule",
  [DETECTION_DISTANCE] = "detectionDistance",
  [BAIT_USE] = "baitUse",
  [LOCATION_TYPE] = "locationType",
  [HABITAT] = "habitat",
  [DEPLOYMENT_GROUPS] = "deploymentGroups",
  [DEPLOYMENT_TAGS] = "deploymentTags",
  [DEPLOYMENT_COMMENTS] = "deploymentComments",
};

ChorusCamtrapDeployment *
chorus_camtrap_deployment_new (const ChorusResult *result)
{
  ChorusCamtrapDeployment *self = g_new0 (ChorusCamtrapDeployment, 1);

  self->id = g_strdup (result->deployment_id ? result->deployment_id : "");
  self->project = g_strdup (result->project);
  self->site = g_strdup (result->site);
  self->name = g_strdup (result->deployment);

  return self;
}

void
chorus_camtrap_deployment_free (ChorusCamtrapDeployment *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->project);
  g_free (self->site);
  g_free (self->name);
  g_clear_pointer (&self->start, g_date_time_unref);
  g_clear_pointer (&self->end, g_date_time_unref);
  g_free (self->remarks);
  g_free (self);
}

void
chorus_camtrap_deployment_add (ChorusCamtrapDeployment    *self,
                               const ChorusResult         *result,
                               const ChorusCamtrapOptions *options)
{
  g_autoptr (GDateTime) start = chorus_package_time_at (result->recorded, 0.0);
  g_autoptr (GDateTime) end =
    chorus_package_time_at (result->recorded, isfinite (result->duration) ? MAX (result->duration, 0.0) : 0.0);

  if (!self->has_place)
    {
      self->has_place = chorus_camtrap_options_find_place (options, result, &self->place);
      if (self->has_place)
        self->uncertainty =
          chorus_package_options_blur (options->package, &self->place.latitude, &self->place.longitude);
    }
  if (!self->remarks)
    self->remarks = chorus_package_time_describe (result->recorded, TRUE);
  if (!self->start || g_date_time_compare (start, self->start) < 0)
    {
      g_clear_pointer (&self->start, g_date_time_unref);
      self->start = g_date_time_ref (start);
    }
  if (!self->end || g_date_time_compare (end, self->end) > 0)
    {
      g_clear_pointer (&self->end, g_date_time_unref);
      self->end = g_date_time_ref (end);
    }
}

ChorusPackageTable *
chorus_camtrap_deployment_new_table (void)
{
  return chorus_package_table_new (chorus_camtrap_deployment_columns, N_COLUMNS, ',');
}

/* Lists of the standard are divided by bars, and their values named. */
static void
chorus_camtrap_deployment_append_group (GString    *groups,
                                        const char *key,
                                        const char *value)
{
  g_autofree char *safe = value ? g_strdelimit (g_strdup (value), "|", '/') : NULL;

  if (!safe || !*safe)
    return;
  g_string_append_printf (groups, "%s%s:%s", groups->len > 0 ? " | " : "", key, safe);
}

void
chorus_camtrap_deployment_append_row (const ChorusCamtrapDeployment *self,
                                      ChorusPackageTable            *table,
                                      GString                       *out)
{
  g_autofree char *start = chorus_package_time_to_second (self->start, FALSE);
  g_autofree char *end = chorus_package_time_to_second (self->end, TRUE);
  g_autoptr (GString) groups = g_string_new (NULL);

  chorus_camtrap_deployment_append_group (groups, "project", self->project);
  chorus_camtrap_deployment_append_group (groups, "site", self->site);
  chorus_package_table_set_text (table, DEPLOYMENT_ID, self->id);
  chorus_package_table_set_text (table, LOCATION_NAME, self->name ? self->name : self->site);
  chorus_package_table_set_number (table, LATITUDE, self->place.latitude, 7);
  chorus_package_table_set_number (table, LONGITUDE, self->place.longitude, 7);
  if (self->uncertainty > 0)
    chorus_package_table_set_number (table, COORDINATE_UNCERTAINTY, self->uncertainty, 0);
  chorus_package_table_set_text (table, DEPLOYMENT_START, start);
  chorus_package_table_set_text (table, DEPLOYMENT_END, end);
  chorus_package_table_set_text (table, DEPLOYMENT_GROUPS, groups->str);
  /* Plain Camtrap DP has a column for this, and the acoustic profile has not. */
  if (self->remarks)
    chorus_package_table_set_text (table, DEPLOYMENT_TAGS, "timestampIssues:true");
  chorus_package_table_set_text (table, DEPLOYMENT_COMMENTS, self->remarks);
  chorus_package_table_append_row (table, out);
}
