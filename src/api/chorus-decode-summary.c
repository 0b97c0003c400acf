/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decode-private.h"

#include <math.h>

/* 0 to 1; up to 100 is a percentage; anything else is no score. */
static double
chorus_decode_score (JsonObject *object)
{
  double score = chorus_json_get_number (object, "confidence", "score", "probability", NULL);

  if (score > 1 && score <= 100)
    score /= 100;

  return score >= 0 && score <= 1 ? score : NAN;
}

static ChorusHighValueClip *
chorus_decode_clip (JsonObject *object,
                    const char *species)
{
  g_autofree char *common_name = chorus_json_get_text (object, "common_name", NULL);
  g_autofree char *scientific_name = chorus_json_get_text (object, "scientific_name", "species", NULL);
  g_autofree char *date = chorus_json_get_text (object, "date", NULL);
  g_autofree char *time = chorus_json_get_text (object, "time", NULL);
  g_autofree char *url = chorus_json_get_text (object, "url", NULL);

  return chorus_high_value_clip_new (&(ChorusHighValueClipInit){
    .species = species,
    .common_name = common_name,
    .scientific_name = scientific_name,
    .date = date,
    .time = time,
    .confidence = chorus_decode_score (object),
    .url = url,
  });
}

static gboolean
chorus_decode_clip_array (GPtrArray   *clips,
                          JsonArray   *array,
                          const char  *species,
                          GError     **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *where = g_strdup_printf ("%s[%u]", species ? species : "", i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          chorus_decode_fail (error, where, "is not an object");
          return FALSE;
        }
      g_ptr_array_add (clips, chorus_decode_clip (json_node_get_object (node), species));
    }

  return TRUE;
}

GPtrArray *
chorus_decode_clips (JsonNode    *root,
                     const char  *context,
                     GError     **error)
{
  g_autoptr (GPtrArray) clips = g_ptr_array_new_with_free_func (g_object_unref);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *inner = object && json_object_get_size (object) == 1 ? json_object_get_member (object, "data") : NULL;

  if (inner && !JSON_NODE_HOLDS_VALUE (inner))
    root = inner;
  if (JSON_NODE_HOLDS_ARRAY (root))
    return chorus_decode_clip_array (clips, json_node_get_array (root), NULL, error) ? g_steal_pointer (&clips) : NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return chorus_decode_fail (error, "", "is not a list of clips");

  JsonObjectIter iter;
  const char *species = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &species, &node))
    if (JSON_NODE_HOLDS_ARRAY (node) && !chorus_decode_clip_array (clips, json_node_get_array (node), species, error))
      return NULL;

  return g_steal_pointer (&clips);
}

static gint64
chorus_decode_count (JsonObject *object,
                     const char *name)
{
  double count = chorus_json_get_number (object, name, NULL);

  return count >= 0 && count < 9e15 ? (gint64) count : -1;
}

static ChorusSpeciesCategory *
chorus_decode_category (JsonObject *object,
                        const char *name)
{
  JsonArray *list = chorus_json_get_array (object, "species_list");
  g_autoptr (GPtrArray) species = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      char *text = chorus_json_dup_text (json_array_get_element (list, i));

      if (text)
        g_ptr_array_add (species, text);
    }

  return chorus_species_category_new (&(ChorusSpeciesCategoryInit){
    .name = name,
    .total = chorus_decode_count (object, "total"),
    .species = species,
  });
}

/* Each status is an array of one {total, species_list}, or that object itself. */
static GPtrArray *
chorus_decode_distribution (JsonObject *summary,
                            const char *name)
{
  JsonObject *object = chorus_json_get_object (summary, name);
  GPtrArray *categories = g_ptr_array_new_with_free_func (g_object_unref);
  JsonObjectIter iter;
  const char *status = NULL;
  JsonNode *node = NULL;

  if (!object)
    return categories;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &status, &node))
    {
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (array && json_array_get_length (array) > 0)
        node = json_array_get_element (array, 0);
      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (categories, chorus_decode_category (json_node_get_object (node), status));
    }

  return categories;
}

ChorusProjectSummary *
chorus_decode_summary (JsonNode    *root,
                       const char  *context,
                       GError     **error)
{
  JsonObject *object = chorus_decode_single (root, "summary", error);

  if (!object)
    return NULL;

  g_autoptr (GPtrArray) in_situ = chorus_decode_distribution (object, "insitu_species_distribution");
  g_autoptr (GPtrArray) ex_situ = chorus_decode_distribution (object, "exsitu_species_distribution");

  return chorus_project_summary_new (&(ChorusProjectSummaryInit){
    .n_audio_devices = chorus_decode_count (object, "audio_devices_installed"),
    .n_cameras = chorus_decode_count (object, "cameras_installed"),
    .n_audio_files = chorus_decode_count (object, "total_audiofiles"),
    .n_images_videos = chorus_decode_count (object, "total_images_videos"),
    .n_species = chorus_decode_count (object, "insitu_species_count"),
    .in_situ = in_situ,
    .ex_situ = ex_situ,
  });
}
