/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-summaries.h"

#include "chorus-station-inferences.h"
#include "chorus-station-json.h"
#include "chorus-station-places.h"

#define CHORUS_STATION_MAX_CLIPS 10

/* An inference after which no other of the same file was completed. */
#define CHORUS_STATION_LATEST_INFERENCE                                                                                \
  "i.status = 'completed' AND NOT EXISTS (SELECT 1 FROM inferences AS later"                                           \
  " WHERE later.file_id = i.file_id AND later.status = 'completed' AND later.inference > i.inference)"

static JsonObject *
chorus_station_summaries_new_distribution (void)
{
  static const char *const categories[] = { "critically_endangered", "endangered",      "vulnerable",
                                            "near_threatened",       "least_concerned", "unknown" };
  JsonObject *distribution = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      JsonArray *list = json_array_new ();
      JsonObject *category = json_object_new ();

      json_object_set_int_member (category, "total", 0);
      json_object_set_array_member (category, "species_list", json_array_new ());
      json_array_add_object_element (list, category);
      json_object_set_array_member (distribution, categories[i], list);
    }

  return distribution;
}

JsonNode *
chorus_station_summaries_summarize_project (ChorusDatabase     *db,
                                            ChorusStationCall  *call,
                                            GError            **error)
{
  g_autoptr (ChorusStatement) statement = NULL;
  JsonObject *summary = NULL;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_PROJECT, call->id, error)
      || !(statement = chorus_statement_new (
             db,
             "WITH d AS (SELECT deployment_id FROM deployments JOIN sites USING (site_id) WHERE project_id = ?1),"
             " f AS (SELECT file_id FROM files WHERE deployment_id IN d)"
             " SELECT (SELECT count (*) FROM d), (SELECT count (*) FROM f),"
             " (SELECT count (*) FROM f WHERE file_id IN (SELECT file_id FROM inferences WHERE status = 'completed')),"
             " (SELECT count (*) FROM predictions JOIN inferences AS i USING (inference)"
             "  WHERE i.file_id IN f AND " CHORUS_STATION_LATEST_INFERENCE ")",
             error)))
    return NULL;
  chorus_statement_bind_text (statement, 1, call->id);
  if (chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return NULL;

  summary = json_object_new ();
  json_object_set_int_member (summary, "cameras_installed", 0);
  json_object_set_int_member (summary, "audio_devices_installed", chorus_statement_get_int64 (statement, 0));
  json_object_set_int_member (summary, "total_images_videos", 0);
  json_object_set_int_member (summary, "total_audiofiles", chorus_statement_get_int64 (statement, 1));
  json_object_set_int_member (summary, "analyzed_audiofiles", chorus_statement_get_int64 (statement, 2));
  json_object_set_int_member (summary, "unidentified_sounds", chorus_statement_get_int64 (statement, 3));
  json_object_set_int_member (summary, "insitu_species_count", 0);
  json_object_set_object_member (summary, "exsitu_species_distribution", chorus_station_summaries_new_distribution ());
  json_object_set_object_member (summary, "insitu_species_distribution", chorus_station_summaries_new_distribution ());

  return chorus_station_json_take_object (summary);
}

static JsonObject *
chorus_station_summaries_new_clip (ChorusStatement *statement,
                                   const char      *origin)
{
  JsonObject *clip = json_object_new ();
  g_autofree char *url = g_strdup_printf ("%s/api/v1/files/%s/audio", origin, chorus_statement_get_text (statement, 0));

  json_object_set_string_member (clip, "common_name", CHORUS_STATION_SOUND_NAME);
  json_object_set_null_member (clip, "scientific_name");
  json_object_set_null_member (clip, "date");
  json_object_set_null_member (clip, "time");
  chorus_station_json_set_double (clip, "confidence", chorus_statement_get_double (statement, 1));
  json_object_set_string_member (clip, "url", url);
  chorus_station_json_set_text (clip, "file_id", statement, 0);
  chorus_station_json_set_double (clip, "start_time", chorus_statement_get_double (statement, 2));
  chorus_station_json_set_double (clip, "end_time", chorus_statement_get_double (statement, 3));

  return clip;
}

JsonNode *
chorus_station_summaries_list_clips (ChorusDatabase     *db,
                                     ChorusStationCall  *call,
                                     GError            **error)
{
  g_autoptr (ChorusStatement) statement = NULL;
  g_autoptr (JsonArray) clips = json_array_new ();
  JsonObject *species = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!chorus_station_places_check (db, CHORUS_STATION_PLACE_SITE, call->id, error)
      || !(statement =
             chorus_statement_new (db,
                                   "SELECT i.file_id, p.confidence, p.start_time, p.end_time"
                                   " FROM deployments AS d JOIN files AS f USING (deployment_id)"
                                   " JOIN inferences AS i USING (file_id) JOIN predictions AS p USING (inference)"
                                   " WHERE d.site_id = ?1 AND " CHORUS_STATION_LATEST_INFERENCE
                                   " ORDER BY p.confidence DESC, i.inference, p.ordinal LIMIT ?2",
                                   error)))
    return NULL;
  chorus_statement_bind_text (statement, 1, call->id);
  chorus_statement_bind_int64 (statement, 2, CHORUS_STATION_MAX_CLIPS);
  while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
    json_array_add_object_element (clips, chorus_station_summaries_new_clip (statement, call->origin));
  if (step != CHORUS_STEP_DONE)
    return NULL;

  species = json_object_new ();
  if (json_array_get_length (clips) > 0)
    json_object_set_array_member (species, CHORUS_STATION_SOUND_NAME, g_steal_pointer (&clips));

  return chorus_station_json_take_object (species);
}
