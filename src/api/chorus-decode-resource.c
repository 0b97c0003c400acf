/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decode-private.h"

#include <math.h>

static const char *const chorus_decode_project_ids[] = { "project_id", "id", NULL };
static const char *const chorus_decode_site_ids[] = { "site_id", "id", NULL };
static const char *const chorus_decode_deployment_ids[] = { "deployment_id", "id", NULL };
static const char *const chorus_decode_file_ids[] = { "file_id", "id", NULL };

ChorusUser *
chorus_decode_user (JsonNode    *root,
                    const char  *context,
                    GError     **error)
{
  JsonObject *object = chorus_decode_single (root, "user", error);

  if (!object)
    return NULL;

  g_autofree char *id = chorus_json_get_text (object, "user_id", "id", NULL);
  g_autofree char *email = chorus_json_get_text (object, "email", NULL);
  g_autofree char *first_name = chorus_json_get_text (object, "first_name", NULL);
  g_autofree char *last_name = chorus_json_get_text (object, "last_name", NULL);

  return chorus_user_new (&(ChorusUserInit){
    .id = id,
    .email = email,
    .first_name = first_name,
    .last_name = last_name,
  });
}

static gpointer
chorus_decode_project_item (JsonObject  *object,
                            const char  *where,
                            const char  *context,
                            GError     **error)
{
  g_autofree char *id = chorus_decode_required (object, chorus_decode_project_ids, where, error);

  if (!id)
    return NULL;

  g_autofree char *name = chorus_json_get_text (object, "project_name", "name", NULL);
  g_autofree char *country = chorus_json_get_text (object, "country", NULL);
  g_autofree char *status = chorus_json_get_text (object, "project_status", "status", NULL);
  JsonNode *biodiversity = chorus_json_find (object, "has_biodiversity_module", NULL);
  gboolean says_no = biodiversity && JSON_NODE_HOLDS_VALUE (biodiversity)
                     && json_node_get_value_type (biodiversity) == G_TYPE_BOOLEAN
                     && !json_node_get_boolean (biodiversity);

  return chorus_project_new (&(ChorusProjectInit){
    .id = id,
    .name = name,
    .country = country,
    .status = status,
    .has_biodiversity = !says_no,
  });
}

GPtrArray *
chorus_decode_projects (JsonNode    *root,
                        const char  *context,
                        GError     **error)
{
  return chorus_decode_list (root, "projects", chorus_decode_project_ids, chorus_decode_project_item, context, error);
}

ChorusProject *
chorus_decode_project (JsonNode    *root,
                       const char  *context,
                       GError     **error)
{
  JsonObject *object = chorus_decode_single (root, "project", error);

  return object ? chorus_decode_project_item (object, "", context, error) : NULL;
}

static gpointer
chorus_decode_site_item (JsonObject  *object,
                         const char  *where,
                         const char  *context,
                         GError     **error)
{
  g_autofree char *id = chorus_decode_required (object, chorus_decode_site_ids, where, error);

  if (!id)
    return NULL;

  g_autofree char *name = chorus_json_get_text (object, "site_name", "name", NULL);
  g_autofree char *project_id = chorus_json_get_text (object, "project_id", NULL);

  return chorus_site_new (&(ChorusSiteInit){
    .id = id,
    .name = name,
    .project_id = project_id ? project_id : context,
  });
}

GPtrArray *
chorus_decode_sites (JsonNode    *root,
                     const char  *context,
                     GError     **error)
{
  return chorus_decode_list (root, "sites", chorus_decode_site_ids, chorus_decode_site_item, context, error);
}

ChorusSite *
chorus_decode_site (JsonNode    *root,
                    const char  *context,
                    GError     **error)
{
  JsonObject *object = chorus_decode_single (root, "site", error);

  return object ? chorus_decode_site_item (object, "", context, error) : NULL;
}

/* "12.3456, 78.9012": latitude first, as the sample of the documentation only makes sense so. */
static gboolean
chorus_decode_coordinates (const char *text,
                           double     *latitude,
                           double     *longitude)
{
  char *end = NULL;
  double first = g_ascii_strtod (text, &end);

  if (end == text)
    return FALSE;
  while (g_ascii_isspace (*end) || *end == ',')
    end++;

  const char *rest = end;
  double second = g_ascii_strtod (rest, &end);

  if (end == rest)
    return FALSE;
  *latitude = first;
  *longitude = second;

  return TRUE;
}

static void
chorus_decode_position (JsonObject *location,
                        double     *latitude,
                        double     *longitude)
{
  g_autofree char *text = chorus_json_get_text (location, "location", "coordinates", NULL);

  *latitude = chorus_json_get_number (location, "latitude", "lat", NULL);
  *longitude = chorus_json_get_number (location, "longitude", "lng", "lon", NULL);
  if (text && (isnan (*latitude) || isnan (*longitude)) && !chorus_decode_coordinates (text, latitude, longitude))
    *latitude = *longitude = NAN;

  /* Written so that a NAN fails it too. */
  if (!(fabs (*latitude) <= 90 && fabs (*longitude) <= 180))
    *latitude = *longitude = NAN;
}

static gpointer
chorus_decode_deployment_item (JsonObject  *object,
                               const char  *where,
                               const char  *context,
                               GError     **error)
{
  g_autofree char *id = chorus_decode_required (object, chorus_decode_deployment_ids, where, error);

  if (!id)
    return NULL;

  JsonObject *location = chorus_json_get_object (object, "location");
  g_autofree char *name = chorus_json_get_text (object, "deployment_name", "name", NULL);
  g_autofree char *site_id = chorus_json_get_text (object, "site_id", NULL);
  g_autofree char *start_date = chorus_json_get_text (object, "start_date", "deployment_start_date", NULL);
  g_autofree char *end_date = chorus_json_get_text (object, "end_date", "deployment_end_date", NULL);
  g_autofree char *place = location ? chorus_json_get_text (location, "location_name", "name", NULL)
                                    : chorus_json_get_text (object, "location_name", NULL);
  double latitude = NAN;
  double longitude = NAN;

  chorus_decode_position (location ? location : object, &latitude, &longitude);

  return chorus_deployment_new (&(ChorusDeploymentInit){
    .id = id,
    .name = name,
    .site_id = site_id ? site_id : context,
    .start_date = start_date,
    .end_date = end_date,
    .location_name = place,
    .latitude = latitude,
    .longitude = longitude,
  });
}

GPtrArray *
chorus_decode_deployments (JsonNode    *root,
                           const char  *context,
                           GError     **error)
{
  return chorus_decode_list (root, "deployments", chorus_decode_deployment_ids, chorus_decode_deployment_item, context,
                             error);
}

ChorusDeployment *
chorus_decode_deployment (JsonNode    *root,
                          const char  *context,
                          GError     **error)
{
  JsonObject *object = chorus_decode_single (root, "deployment", error);

  return object ? chorus_decode_deployment_item (object, "", context, error) : NULL;
}

/* Runs of a file; NULL without an error when the file does not speak of runs. */
static GPtrArray *
chorus_decode_file_inferences (JsonObject  *object,
                               const char  *where,
                               const char  *file_id,
                               GError     **error)
{
  JsonNode *node = chorus_json_find (object, "inferences", NULL);
  g_autoptr (GPtrArray) inferences = NULL;

  if (!node)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *place = g_strdup_printf ("%s.inferences", where);

      return chorus_decode_fail (error, place, "is not a list");
    }

  JsonArray *array = json_node_get_array (node);

  inferences = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s.inferences[%u]", where, i);
      ChorusInference *inference =
        chorus_decode_inference_node (json_array_get_element (array, i), place, file_id, error);

      if (!inference)
        return NULL;
      g_ptr_array_add (inferences, inference);
    }

  return g_steal_pointer (&inferences);
}

/* A length in seconds; one that cannot be true is as good as none. */
static double
chorus_decode_duration (JsonObject *object)
{
  double duration = chorus_json_get_number (object, "duration", "duration_s", "duration_seconds", NULL);

  if (isnan (duration))
    duration = chorus_json_get_number (object, "duration_ms", NULL) / 1000;

  return duration >= 0 ? duration : NAN;
}

static gint64
chorus_decode_size (JsonObject *object)
{
  double size = chorus_json_get_number (object, "size", "size_bytes", "file_size", NULL);

  return size >= 0 && size < 9e15 ? (gint64) size : -1;
}

static gpointer
chorus_decode_file_item (JsonObject  *object,
                         const char  *where,
                         const char  *context,
                         GError     **error)
{
  g_autofree char *id = chorus_decode_required (object, chorus_decode_file_ids, where, error);
  g_autoptr (GPtrArray) inferences = NULL;
  g_autoptr (GError) inference_error = NULL;

  if (!id)
    return NULL;

  inferences = chorus_decode_file_inferences (object, where, id, &inference_error);
  if (inference_error)
    {
      g_propagate_error (error, g_steal_pointer (&inference_error));
      return NULL;
    }

  JsonObject *uploader = chorus_json_get_object (object, "uploaded_by_user");
  JsonObject *location = chorus_json_get_object (object, "location");
  g_autofree char *name = chorus_json_get_text (object, "name", "file_name", "filename", NULL);
  g_autofree char *url = chorus_json_get_text (object, "url", NULL);
  g_autofree char *created_at = chorus_json_get_text (object, "created_at", NULL);
  g_autofree char *deployment_id = chorus_json_get_text (object, "deployment_id", NULL);
  g_autofree char *who = uploader ? chorus_json_get_text (uploader, "email", "first_name", NULL) : NULL;
  g_autofree char *place = location ? chorus_json_get_text (location, "location_name", NULL) : NULL;

  return chorus_file_new (&(ChorusFileInit){
    .id = id,
    .name = name,
    .url = url,
    .created_at = created_at,
    .deployment_id = deployment_id ? deployment_id : context,
    .duration = chorus_decode_duration (object),
    .size = chorus_decode_size (object),
    .uploader = who,
    .location_name = place,
    .inferences = inferences,
  });
}

GPtrArray *
chorus_decode_files (JsonNode    *root,
                     const char  *context,
                     GError     **error)
{
  return chorus_decode_list (root, "files", chorus_decode_file_ids, chorus_decode_file_item, context, error);
}

GPtrArray *
chorus_decode_uploaded (JsonNode    *root,
                        const char  *context,
                        GError     **error)
{
  static const char *const no_ids[] = { NULL };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = chorus_decode_find_items (root, "file_ids", no_ids);

  if (!items)
    items = chorus_decode_find_items (root, "ids", chorus_decode_file_ids);

  for (guint i = 0; items && i < items->len; i++)
    {
      JsonNode *node = g_ptr_array_index (items, i);
      g_autofree char *id = chorus_json_dup_text (node);
      ChorusFile *file = NULL;

      if (id)
        file = chorus_file_new (&(ChorusFileInit){ .id = id, .deployment_id = context, .duration = NAN, .size = -1 });
      else if (JSON_NODE_HOLDS_OBJECT (node))
        file = chorus_decode_file_item (json_node_get_object (node), "", context, NULL);

      if (!file)
        {
          g_ptr_array_set_size (files, 0);
          break;
        }
      g_ptr_array_add (files, file);
    }

  return g_steal_pointer (&files);
}
