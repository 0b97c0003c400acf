/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-json.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* What may stand outside strings. json-glib takes more, such as comments, in which brackets and quotes mean nothing: they
 * would put the count of the nesting off. */
static gboolean
chorus_json_is_plain (char c)
{
  return g_ascii_isalnum (c) || strchr (" \t\r\n+-.:", c);
}

static gboolean
chorus_json_fail (GError     **error,
                  gsize        position,
                  const char  *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s at byte %" G_GSIZE_FORMAT, what, position);

  return FALSE;
}

/* Returns where the string that begins at @data[@at] ends (its closing quote), or @length. */
static gsize
chorus_json_skip_string (const char *data,
                         gsize       length,
                         gsize       at)
{
  for (at++; at < length && data[at] != '"'; at++)
    if (data[at] == '\\')
      at++;

  return MIN (at, length);
}

static gboolean
chorus_json_check (const char  *data,
                   gsize        length,
                   GError     **error)
{
  gsize depth = 0;
  gsize n_values = 0;

  for (gsize i = 0; i < length; i++)
    {
      switch (data[i])
        {
        case '"':
          i = chorus_json_skip_string (data, length, i);
          if (i == length)
            return chorus_json_fail (error, length, "a string without an end");
          break;

        case '[':
        case '{':
          n_values++;
          if (++depth > CHORUS_JSON_MAX_DEPTH)
            return chorus_json_fail (error, i, "nesting too deep");
          break;

        case ']':
        case '}':
          if (depth-- == 0)
            return chorus_json_fail (error, i, "a bracket that was never opened");
          break;

        case ',':
          n_values++;
          break;

        default:
          if (data[i] == '\0' || !chorus_json_is_plain (data[i]))
            return chorus_json_fail (error, i, "a character that does not belong");
          break;
        }

      if (n_values > CHORUS_JSON_MAX_VALUES)
        return chorus_json_fail (error, i, "too many values");
    }

  return depth == 0 ? TRUE : chorus_json_fail (error, length, "the text ends too early");
}

JsonNode *
chorus_json_parse (const char  *data,
                   gsize        length,
                   GError     **error)
{
  const char *invalid = NULL;

  /* Some servers of the Windows world begin with a byte order mark. */
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (length == 0)
    {
      chorus_json_fail (error, 0, "an empty text");
      return NULL;
    }
  if (!g_utf8_validate_len (data, length, &invalid))
    {
      chorus_json_fail (error, (gsize) (invalid - data), "not UTF-8");
      return NULL;
    }
  if (!chorus_json_check (data, length, error))
    return NULL;

  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_data (parser, data, (gssize) length, error))
    return NULL;

  JsonNode *root = json_parser_steal_root (parser);

  if (!root)
    chorus_json_fail (error, 0, "an empty text");

  return root;
}

static JsonNode *
chorus_json_get_member (JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

JsonNode *
chorus_json_find_any (JsonObject        *object,
                      const char *const *names)
{
  JsonNode *node = NULL;

  for (gsize i = 0; names[i] && !node; i++)
    node = chorus_json_get_member (object, names[i]);

  return node;
}

JsonNode *
chorus_json_find (JsonObject *object, const char *name, ...)
{
  JsonNode *node = NULL;
  va_list names;

  va_start (names, name);
  for (; name && !node; name = va_arg (names, const char *))
    node = chorus_json_get_member (object, name);
  va_end (names);

  return node;
}

char *
chorus_json_dup_text (JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      {
        const char *text = json_node_get_string (node);

        return text && *text ? g_strdup (text) : NULL;
      }

    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

    case G_TYPE_DOUBLE:
      {
        char buffer[G_ASCII_DTOSTR_BUF_SIZE];

        return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
      }

    default:
      return NULL;
    }
}

char *
chorus_json_get_text (JsonObject *object, const char *name, ...)
{
  char *text = NULL;
  va_list names;

  va_start (names, name);
  for (; name && !text; name = va_arg (names, const char *))
    text = chorus_json_dup_text (json_object_get_member (object, name));
  va_end (names);

  return text;
}

double
chorus_json_to_number (JsonNode *node)
{
  double number = NAN;

  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      number = (double) json_node_get_int (node);
      break;

    case G_TYPE_DOUBLE:
      number = json_node_get_double (node);
      break;

    case G_TYPE_STRING:
      {
        const char *text = json_node_get_string (node);
        char *end = NULL;

        number = g_ascii_strtod (text, &end);
        if (end == text || *end != '\0')
          number = NAN;
      }
      break;

    default:
      break;
    }

  return isfinite (number) ? number : NAN;
}

double
chorus_json_get_number (JsonObject *object, const char *name, ...)
{
  double number = NAN;
  va_list names;

  va_start (names, name);
  for (; name && isnan (number); name = va_arg (names, const char *))
    number = chorus_json_to_number (json_object_get_member (object, name));
  va_end (names);

  return number;
}

JsonObject *
chorus_json_get_object (JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
chorus_json_get_array (JsonObject *object,
                       const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

GBytes *
chorus_json_build (const char *name, ...)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();
  va_list names;

  va_start (names, name);
  for (; name; name = va_arg (names, const char *))
    json_object_set_string_member (object, name, va_arg (names, const char *));
  va_end (names);
  json_node_init_object (root, object);

  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
