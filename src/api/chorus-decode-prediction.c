/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decode-private.h"

#include <math.h>
#include <string.h>

/* What is read of one prediction before it is judged. */
typedef struct
{
  char *scientific_name;
  char *common_name;
  double score; /* as written, NAN when there is none */
  double start;
  double end;
  double low;
  double high;
  gboolean is_known;
  JsonNode *node; /* as it came */
} ChorusDraft;

static void
chorus_draft_clear (ChorusDraft *draft)
{
  g_free (draft->scientific_name);
  g_free (draft->common_name);
  g_clear_pointer (&draft->node, json_node_unref);
}

/* "Turdus merula": a capital, small letters, and one or two more words of small letters. */
static gboolean
chorus_decode_is_binomial (const char *text)
{
  static GRegex *regex = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[A-Z][a-z]+(-[a-z]+)?( [a-z][a-z-]+){1,2}$", G_REGEX_DEFAULT,
                                            G_REGEX_MATCH_DEFAULT, NULL));

  return g_regex_match (regex, text, 0, NULL);
}

/* A label is a common name, or what a model happens to call it ("Noise"), or "Genus species_Common Name". */
static void
chorus_decode_take_label (ChorusDraft *draft,
                          const char  *label,
                          gboolean     may_be_scientific)
{
  const char *underscore = strchr (label, '_');
  g_autofree char *before = underscore ? g_strndup (label, (gsize) (underscore - label)) : NULL;

  if (before && underscore[1] && chorus_decode_is_binomial (before))
    {
      draft->scientific_name = g_steal_pointer (&before);
      draft->common_name = g_strdup (underscore + 1);
    }
  else if (may_be_scientific && chorus_decode_is_binomial (label))
    {
      draft->scientific_name = g_strdup (label);
    }
  else
    {
      draft->common_name = g_strdup (label);
    }
}

static void
chorus_decode_names (ChorusDraft *draft,
                     JsonObject  *object)
{
  g_autofree char *scientific = chorus_json_get_text (object, "scientific_name", "scientificName", NULL);
  g_autofree char *common = chorus_json_get_text (object, "common_name", "commonName", NULL);
  g_autofree char *species = chorus_json_get_text (object, "species", "species_name", NULL);
  g_autofree char *label = chorus_json_get_text (object, "label", "class", "class_name", "name", NULL);

  if (scientific && !common)
    {
      chorus_decode_take_label (draft, scientific, TRUE);
      /* It was declared to be the scientific name, whatever it looks like. */
      if (!draft->scientific_name)
        draft->scientific_name = g_steal_pointer (&draft->common_name);
    }
  else if (scientific || common)
    {
      draft->scientific_name = g_steal_pointer (&scientific);
      draft->common_name = g_steal_pointer (&common);
    }
  else if (species || label)
    {
      chorus_decode_take_label (draft, species ? species : label, species != NULL);
    }
}

/* Reads the first of @names that is there, as it stands or in milliseconds. FALSE when it is there and no number. */
static gboolean
chorus_decode_quantity (JsonObject        *object,
                        const char *const *names,
                        double            *value)
{
  *value = NAN;
  for (gsize i = 0; names[i]; i++)
    {
      g_autofree char *in_ms = g_strconcat (names[i], "_ms", NULL);
      JsonNode *plain = chorus_json_find (object, names[i], NULL);
      JsonNode *node = plain ? plain : chorus_json_find (object, in_ms, NULL);

      if (node)
        {
          *value = chorus_json_to_number (node) / (plain ? 1.0 : 1000.0);

          return !isnan (*value);
        }
    }

  return TRUE;
}

static gboolean
chorus_decode_draft_object (ChorusDraft *draft,
                            JsonObject  *object)
{
  static const char *const scores[] = { "confidence", "score", "probability", "prob", NULL };
  static const char *const starts[] = { "start_time", "start",  "start_s", "start_sec", "begin_time",
                                        "begin",      "offset", "onset",   NULL };
  static const char *const ends[] = { "end_time", "end", "end_s", "end_sec", "stop", NULL };
  static const char *const lows[] = { "low_freq", "freq_low", "min_freq", "freq_min", "low_frequency", NULL };
  static const char *const highs[] = { "high_freq", "freq_high", "max_freq", "freq_max", "high_frequency", NULL };
  static const char *const durations[] = { "duration", "duration_s", NULL };
  double duration = NAN;
  gboolean all_numbers =
    chorus_decode_quantity (object, scores, &draft->score) && chorus_decode_quantity (object, starts, &draft->start)
    && chorus_decode_quantity (object, ends, &draft->end) && chorus_decode_quantity (object, lows, &draft->low)
    && chorus_decode_quantity (object, highs, &draft->high) && chorus_decode_quantity (object, durations, &duration);

  if (isnan (draft->end))
    draft->end = draft->start + duration;
  chorus_decode_names (draft, object);

  return all_numbers;
}

static gboolean
chorus_decode_draft_pair (ChorusDraft *draft,
                          JsonArray   *pair)
{
  if (json_array_get_length (pair) != 2)
    return FALSE;

  JsonNode *label = json_array_get_element (pair, 0);
  JsonNode *score = json_array_get_element (pair, 1);

  if (!JSON_NODE_HOLDS_VALUE (label) || json_node_get_value_type (label) != G_TYPE_STRING)
    return FALSE;

  g_autofree char *text = chorus_json_dup_text (label);

  if (text)
    chorus_decode_take_label (draft, text, FALSE);
  draft->score = chorus_json_to_number (score);

  return !isnan (draft->score);
}

/* A span or a band has to run forwards and begin at zero or later; one without both ends is fine. */
static gboolean
chorus_decode_is_range (double first,
                        double last)
{
  return !(first < 0) && !(last < 0) && !(first > last);
}

static void
chorus_decode_judge (ChorusDraft *draft,
                     gboolean     was_read)
{
  draft->is_known = was_read && (draft->scientific_name || draft->common_name)
                    && (isnan (draft->score) || (draft->score >= 0 && draft->score <= 100))
                    && chorus_decode_is_range (draft->start, draft->end)
                    && chorus_decode_is_range (draft->low, draft->high);
}

static void
chorus_decode_draft (GArray   *drafts,
                     JsonNode *node)
{
  ChorusDraft draft = { .score = NAN, .start = NAN, .end = NAN, .low = NAN, .high = NAN };
  gboolean was_read = FALSE;

  draft.node = json_node_ref (node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    was_read = chorus_decode_draft_object (&draft, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    was_read = chorus_decode_draft_pair (&draft, json_node_get_array (node));
  chorus_decode_judge (&draft, was_read);
  g_array_append_val (drafts, draft);
}

/* One entry of a map, as an object of its own. */
static JsonNode *
chorus_decode_wrap_score (const char *label,
                          JsonNode   *score)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_alloc ();

  json_object_set_member (object, label, json_node_copy (score));
  json_node_init_object (node, object);
  json_object_unref (object);

  return node;
}

/* {"Turdus merula_Eurasian Blackbird": 0.93, …} */
static gboolean
chorus_decode_draft_map (GArray     *drafts,
                         JsonObject *map)
{
  JsonObjectIter iter;
  const char *label = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &label, &node))
    if (isnan (chorus_json_to_number (node)))
      return FALSE;

  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &label, &node))
    {
      ChorusDraft draft = { .score = chorus_json_to_number (node), .start = NAN, .end = NAN, .low = NAN, .high = NAN };

      if (*label)
        chorus_decode_take_label (&draft, label, FALSE);
      chorus_decode_judge (&draft, TRUE);
      draft.node = chorus_decode_wrap_score (label, node);
      g_array_append_val (drafts, draft);
    }

  return TRUE;
}

static void
chorus_decode_drafts (GArray   *drafts,
                      JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        chorus_decode_draft (drafts, json_array_get_element (array, i));
    }
  else if (!JSON_NODE_HOLDS_OBJECT (node) || !chorus_decode_draft_map (drafts, json_node_get_object (node)))
    {
      chorus_decode_draft (drafts, node);
    }
}

static char *
chorus_decode_keep_unknown (GArray *drafts,
                            guint  *n_unknown)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();

  for (guint i = 0; i < drafts->len; i++)
    {
      ChorusDraft *draft = &g_array_index (drafts, ChorusDraft, i);

      if (!draft->is_known)
        json_array_add_element (array, json_node_copy (draft->node));
    }

  *n_unknown = json_array_get_length (array);
  json_node_init_array (root, array);

  return *n_unknown > 0 ? json_to_string (root, FALSE) : NULL;
}

GPtrArray *
chorus_decode_predictions (JsonNode  *node,
                           guint     *n_unknown,
                           char     **unknown_json)
{
  GPtrArray *predictions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (ChorusDraft));
  double scale = 1;

  g_array_set_clear_func (drafts, (GDestroyNotify) chorus_draft_clear);
  if (node)
    chorus_decode_drafts (drafts, node);

  /* One score over 1 makes all of the run percentages: 0.8 beside 95 is less than one percent, not 80. */
  for (guint i = 0; i < drafts->len; i++)
    {
      ChorusDraft *draft = &g_array_index (drafts, ChorusDraft, i);

      if (draft->is_known && draft->score > 1)
        scale = 100;
    }

  for (guint i = 0; i < drafts->len; i++)
    {
      ChorusDraft *draft = &g_array_index (drafts, ChorusDraft, i);

      if (draft->is_known)
        g_ptr_array_add (predictions, chorus_prediction_new (&(ChorusPredictionInit){
                                        .scientific_name = draft->scientific_name,
                                        .common_name = draft->common_name,
                                        .confidence = draft->score / scale,
                                        .start_time = draft->start,
                                        .end_time = draft->end,
                                        .low_freq = draft->low,
                                        .high_freq = draft->high,
                                      }));
    }
  *unknown_json = chorus_decode_keep_unknown (drafts, n_unknown);

  return predictions;
}
