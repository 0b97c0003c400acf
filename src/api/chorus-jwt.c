/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-jwt.h"

#include <string.h>

#include "chorus-json.h"

/* Longer than any token that fits in a header. */
#define CHORUS_JWT_MAX_LENGTH 65536

/* The end of the year 9999: what GDateTime can hold. */
#define CHORUS_JWT_MAX_TIME G_GINT64_CONSTANT (253402300799)

/* base64url without padding (RFC 7515 section 2) to bytes. */
static guint8 *
chorus_jwt_decode_part (const char *part,
                        gsize      *length)
{
  g_autoptr (GString) base64 = g_string_new (part);

  for (gsize i = 0; i < base64->len; i++)
    {
      if (base64->str[i] == '-')
        base64->str[i] = '+';
      else if (base64->str[i] == '_')
        base64->str[i] = '/';
    }
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');

  return g_base64_decode (base64->str, length);
}

gint64
chorus_jwt_get_expiry (const char *token)
{
  if (!token || strlen (token) > CHORUS_JWT_MAX_LENGTH)
    return 0;

  g_auto (GStrv) parts = g_strsplit (token, ".", 4);

  if (g_strv_length (parts) != 3)
    return 0;

  gsize length = 0;
  g_autofree guint8 *claims = chorus_jwt_decode_part (parts[1], &length);
  g_autoptr (JsonNode) root = chorus_json_parse ((const char *) claims, length, NULL);

  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;

  double expiry = chorus_json_get_number (json_node_get_object (root), "exp", NULL);

  return expiry > 0 && expiry <= (double) CHORUS_JWT_MAX_TIME ? (gint64) expiry : 0;
}
