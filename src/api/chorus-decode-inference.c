/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decode-private.h"

static const char *const chorus_decode_prediction_names[] = { "predictions", "detections", "results", NULL };

static gboolean
chorus_decode_word_is_one_of (const char        *word,
                              const char *const *words)
{
  for (gsize i = 0; words[i]; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;

  return FALSE;
}

/* Without a word that is known, a run that brings predictions is done, and one that does not is waited for. */
static ChorusInferenceStatus
chorus_decode_status (JsonObject *object,
                      gboolean    has_predictions)
{
  static const char *const completed[] = { "completed", "complete", "done", "finished", "success", "succeeded", NULL };
  static const char *const failed[] = { "failed", "failure", "error", "cancelled", "canceled", NULL };
  static const char *const pending[] = { "pending", "queued", "waiting", "scheduled", NULL };
  static const char *const running[] = { "running", "processing", "in_progress", "in-progress", "started", NULL };
  g_autofree char *word = chorus_json_get_text (object, "status", "state", NULL);

  if (word && chorus_decode_word_is_one_of (word, completed))
    return CHORUS_INFERENCE_STATUS_COMPLETED;
  if (word && chorus_decode_word_is_one_of (word, failed))
    return CHORUS_INFERENCE_STATUS_FAILED;
  if (word && chorus_decode_word_is_one_of (word, running))
    return CHORUS_INFERENCE_STATUS_RUNNING;
  if (word && chorus_decode_word_is_one_of (word, pending))
    return CHORUS_INFERENCE_STATUS_PENDING;

  return has_predictions ? CHORUS_INFERENCE_STATUS_COMPLETED : CHORUS_INFERENCE_STATUS_PENDING;
}

static JsonNode *
chorus_decode_find_predictions (JsonObject *object,
                                JsonNode   *data)
{
  if (data && JSON_NODE_HOLDS_ARRAY (data))
    return data;

  JsonNode *node = data && JSON_NODE_HOLDS_OBJECT (data)
                     ? chorus_json_find_any (json_node_get_object (data), chorus_decode_prediction_names)
                     : NULL;

  return node ? node : chorus_json_find_any (object, chorus_decode_prediction_names);
}

/* The model: {"name", "version"}, a bare name, or two members of the run or of its data. */
static void
chorus_decode_model (JsonObject  *object,
                     JsonObject  *data,
                     char       **name,
                     char       **version)
{
  JsonObject *places[] = { data, object };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JsonObject *model = places[i] ? chorus_json_get_object (places[i], "model") : NULL;

      if (!places[i])
        continue;
      if (!model)
        model = chorus_json_get_object (places[i], "model_metadata");
      if (!*name)
        *name = model ? chorus_json_get_text (model, "name", "model_name", NULL)
                      : chorus_json_get_text (places[i], "model_name", "model", NULL);
      if (!*version)
        *version = model ? chorus_json_get_text (model, "version", "model_version", NULL)
                         : chorus_json_get_text (places[i], "model_version", NULL);
    }
}

/* Why a run failed: a text, or the error envelope. */
static char *
chorus_decode_failure (JsonObject *object)
{
  JsonObject *envelope = chorus_json_get_object (object, "error");

  return envelope ? chorus_json_get_text (envelope, "message", "code", NULL)
                  : chorus_json_get_text (object, "error", "failure", "message", NULL);
}

static ChorusInference *
chorus_decode_inference_object (JsonObject *object,
                                const char *file_id)
{
  JsonNode *data = chorus_json_find (object, "data", NULL);
  JsonNode *node = chorus_decode_find_predictions (object, data);
  g_autofree char *id = chorus_json_get_text (object, "inference_id", "id", NULL);
  g_autofree char *own_file_id = chorus_json_get_text (object, "file_id", NULL);
  g_autofree char *created_at = chorus_json_get_text (object, "created_at", NULL);
  g_autofree char *model_name = NULL;
  g_autofree char *model_version = NULL;
  g_autofree char *unknown_json = NULL;
  guint n_unknown = 0;
  g_autoptr (GPtrArray) predictions = chorus_decode_predictions (node, &n_unknown, &unknown_json);
  ChorusInferenceStatus status = chorus_decode_status (object, node != NULL);
  g_autofree char *failure = status == CHORUS_INFERENCE_STATUS_FAILED ? chorus_decode_failure (object) : NULL;

  chorus_decode_model (object, data && JSON_NODE_HOLDS_OBJECT (data) ? json_node_get_object (data) : NULL, &model_name,
                       &model_version);

  return chorus_inference_new (&(ChorusInferenceInit){
    .id = id,
    .file_id = own_file_id ? own_file_id : file_id,
    .status = status,
    .created_at = created_at,
    .model_name = model_name,
    .model_version = model_version,
    .failure = failure,
    .predictions = predictions,
    .n_unknown = n_unknown,
    .unknown_json = unknown_json,
  });
}

ChorusInference *
chorus_decode_inference_node (JsonNode    *node,
                              const char  *where,
                              const char  *file_id,
                              GError     **error)
{
  g_autofree char *id = chorus_json_dup_text (node);

  /* A bare identifier: there is a run, and what it found has to be asked for. */
  if (id)
    return chorus_inference_new (&(ChorusInferenceInit){
      .id = id,
      .file_id = file_id,
      .status = CHORUS_INFERENCE_STATUS_PENDING,
    });
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return chorus_decode_fail (error, where, "is not an inference run");

  return chorus_decode_inference_object (json_node_get_object (node), file_id);
}

/* Whether an object is a run, rather than a wrapper around one or around a list. */
static gboolean
chorus_decode_is_run (JsonObject *object)
{
  JsonObject *data = chorus_json_get_object (object, "data");

  return json_object_has_member (object, "inference_id") || json_object_has_member (object, "predictions")
         || (json_object_has_member (object, "file_id") && !json_object_has_member (object, "inferences"))
         || (data && chorus_json_find_any (data, chorus_decode_prediction_names)
             && !json_object_has_member (data, "inference_id"));
}

ChorusInference *
chorus_decode_inference (JsonNode    *root,
                         const char  *context,
                         GError     **error)
{
  g_autoptr (GPtrArray) runs = chorus_decode_inferences (root, context, error);

  if (!runs)
    return NULL;
  if (runs->len == 0)
    return chorus_decode_fail (error, "", "has no inference run");

  return g_object_ref (g_ptr_array_index (runs, runs->len - 1));
}

static int
chorus_decode_compare_runs (gconstpointer a,
                            gconstpointer b)
{
  return g_strcmp0 (chorus_inference_get_created_at (*(ChorusInference **) a),
                    chorus_inference_get_created_at (*(ChorusInference **) b));
}

static JsonArray *
chorus_decode_find_runs (JsonObject *object)
{
  static const char *const names[] = { "inferences", "data", "items", "results", NULL };

  for (gsize i = 0; names[i]; i++)
    {
      JsonArray *array = chorus_json_get_array (object, names[i]);

      if (array)
        return array;
    }

  return NULL;
}

GPtrArray *
chorus_decode_inferences (JsonNode    *root,
                          const char  *context,
                          GError     **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = NULL;

  if (JSON_NODE_HOLDS_ARRAY (root))
    {
      array = json_node_get_array (root);
    }
  else if (JSON_NODE_HOLDS_OBJECT (root) && !chorus_decode_is_run (json_node_get_object (root)))
    {
      JsonObject *object = json_node_get_object (root);
      JsonNode *inner = chorus_json_find (object, "inference", "data", NULL);

      array = chorus_decode_find_runs (object);
      if (!array && inner && JSON_NODE_HOLDS_OBJECT (inner))
        return chorus_decode_inferences (inner, context, error);
    }

  if (!array)
    {
      ChorusInference *run = chorus_decode_inference_node (root, "", context, error);

      if (!run)
        return NULL;
      g_ptr_array_add (runs, run);
    }

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("[%u]", i);
      ChorusInference *run = chorus_decode_inference_node (json_array_get_element (array, i), where, context, error);

      if (!run)
        return NULL;
      g_ptr_array_add (runs, run);
    }
  g_ptr_array_sort (runs, chorus_decode_compare_runs);

  return g_steal_pointer (&runs);
}
