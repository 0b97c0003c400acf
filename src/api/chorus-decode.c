/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decode-private.h"

gpointer
chorus_decode_fail (GError     **error,
                    const char  *where,
                    const char  *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s %s", *where ? where : "the answer", what);

  return NULL;
}

char *
chorus_decode_required (JsonObject        *object,
                        const char *const *names,
                        const char        *where,
                        GError           **error)
{
  char *text = NULL;

  for (gsize i = 0; names[i] && !text; i++)
    text = chorus_json_dup_text (json_object_get_member (object, names[i]));

  if (!text)
    {
      g_autofree char *place = g_strdup_printf ("%s%s%s", where, *where ? "." : "", names[0]);

      chorus_decode_fail (error, place,
                          json_object_has_member (object, names[0]) ? "is not a text or is empty" : "is missing");
    }

  return text;
}

static GPtrArray *
chorus_decode_copy_array (JsonArray *array)
{
  guint n = json_array_get_length (array);
  GPtrArray *items = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, json_array_get_element (array, i));

  return items;
}

GPtrArray *
chorus_decode_find_items (JsonNode          *root,
                          const char        *plural,
                          const char *const *id_names)
{
  const char *wrappers[] = { plural, "data", "items", "results", "files", NULL };

  if (JSON_NODE_HOLDS_ARRAY (root))
    return chorus_decode_copy_array (json_node_get_array (root));
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  JsonObject *object = json_node_get_object (root);

  if (chorus_json_find_any (object, id_names))
    {
      GPtrArray *items = g_ptr_array_new ();

      g_ptr_array_add (items, root);
      return items;
    }

  /* The nesting of an answer is bounded, so this recursion is too. */
  for (gsize i = 0; wrappers[i]; i++)
    {
      JsonNode *inner = json_object_get_member (object, wrappers[i]);
      GPtrArray *items = inner ? chorus_decode_find_items (inner, plural, id_names) : NULL;

      if (items)
        return items;
    }

  return NULL;
}

GPtrArray *
chorus_decode_items (GPtrArray         *items,
                     const char        *prefix,
                     ChorusDecodeItem   decode,
                     const char        *context,
                     GError           **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_full (items->len, g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      JsonNode *node = g_ptr_array_index (items, i);
      g_autofree char *where = g_strdup_printf ("%s[%u]", prefix, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return chorus_decode_fail (error, where, "is not an object");

      gpointer object = decode (json_node_get_object (node), where, context, error);

      if (!object)
        return NULL;
      g_ptr_array_add (objects, object);
    }

  return g_steal_pointer (&objects);
}

GPtrArray *
chorus_decode_list (JsonNode                *root,
                    const char              *plural,
                    const char       *const *id_names,
                    ChorusDecodeItem         decode,
                    const char              *context,
                    GError                 **error)
{
  g_autoptr (GPtrArray) items = chorus_decode_find_items (root, plural, id_names);

  if (!items)
    return chorus_decode_fail (error, "", "is not a list");

  return chorus_decode_items (items, "", decode, context, error);
}

JsonObject *
chorus_decode_single (JsonNode    *root,
                      const char  *singular,
                      GError     **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return chorus_decode_fail (error, "", "is not an object");

  JsonObject *object = json_node_get_object (root);
  JsonObject *inner = chorus_json_get_object (object, singular);

  if (!inner)
    inner = chorus_json_get_object (object, "data");

  return inner ? inner : object;
}

gboolean
chorus_decode_tokens (JsonNode  *root,
                      char     **access_token,
                      char     **refresh_token,
                      GError   **error)
{
  static const char *const access_names[] = { "access_token", "token", NULL };
  JsonObject *object = chorus_decode_single (root, "tokens", error);

  if (!object)
    return FALSE;

  *access_token = chorus_decode_required (object, access_names, "", error);
  if (!*access_token)
    return FALSE;
  *refresh_token = chorus_json_get_text (object, "refresh_token", NULL);

  return TRUE;
}
