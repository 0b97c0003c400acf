/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-json.h"

#include <math.h>
#include <string.h>

#include "chorus-station-error.h"

#define CHORUS_STATION_JSON_MAX_NESTING 32

char *
chorus_station_json_dup_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

JsonNode *
chorus_station_json_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

JsonNode *
chorus_station_json_take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);

  return node;
}

GBytes *
chorus_station_json_to_bytes (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

void
chorus_station_json_set_text (JsonObject      *object,
                              const char      *name,
                              ChorusStatement *statement,
                              int              column)
{
  const char *text = chorus_statement_get_text (statement, column);

  if (text)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

void
chorus_station_json_set_double (JsonObject *object,
                                const char *name,
                                double      value)
{
  if (isfinite (value))
    json_object_set_double_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

const char *
chorus_station_json_get_string (JsonObject *object,
                                const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* Counts brackets outside of strings; what is wrong in any other way is left to the parser. */
static gboolean
chorus_station_json_is_shallow (const char *text,
                                gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_string && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
      if (depth > CHORUS_STATION_JSON_MAX_NESTING)
        return FALSE;
    }

  return TRUE;
}

JsonObject *
chorus_station_json_parse_object (GBytes  *body,
                                  GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  if (length == 0 || !g_utf8_validate_len (text, length, NULL) || !chorus_station_json_is_shallow (text, length)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL) || !json_parser_get_root (parser)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                           "The body of the request must be a JSON object.");
      return NULL;
    }

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}
