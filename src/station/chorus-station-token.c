/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-token.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "chorus-station-error.h"
#include "chorus-station-json.h"

#define CHORUS_STATION_TOKEN_BYTES 32
#define CHORUS_STATION_TOKEN_HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

static char *
chorus_station_token_to_base64url (const guint8 *bytes,
                                   gsize         n_bytes)
{
  char *text = g_base64_encode (bytes, n_bytes);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static guint8 *
chorus_station_token_from_base64url (const char *text,
                                     gsize      *n_bytes)
{
  g_autoptr (GString) padded = g_string_new (text);

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  return g_base64_decode (padded->str, n_bytes);
}

char *
chorus_station_token_new_random (GError **error)
{
  guint8 bytes[CHORUS_STATION_TOKEN_BYTES];

  /* Up to 256 bytes come whole or not at all. */
  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t) sizeof bytes)
    {
      int saved_errno = errno;

      g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INTERNAL, "The system gave no random numbers: %s.",
                   g_strerror (saved_errno));
      return NULL;
    }

  return chorus_station_token_to_base64url (bytes, sizeof bytes);
}

char *
chorus_station_token_hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

gboolean
chorus_station_token_equal (const char *expected,
                            const char *given)
{
  gsize n_expected = strlen (expected);
  gsize n_given = strlen (given);
  volatile guint8 difference = n_expected == n_given ? 0 : 1;

  /* Beyond the end of what was given its terminator is compared again. */
  for (gsize i = 0; i < n_expected; i++)
    difference |= (guint8) (expected[i] ^ given[MIN (i, n_given)]);

  return difference == 0;
}

static char *
chorus_station_token_compute_signature (const char *key,
                                        const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guint8 *) key, strlen (key));
  guint8 digest[32];
  gsize n_digest = sizeof digest;

  g_hmac_update (hmac, (const guint8 *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &n_digest);

  return chorus_station_token_to_base64url (digest, n_digest);
}

char *
chorus_station_token_sign (const char *key,
                           const char *user_id,
                           gint64      now,
                           gint64      lifetime)
{
  g_autoptr (JsonNode) node = chorus_station_json_take_object (json_object_new ());
  JsonObject *claims = json_node_get_object (node);
  g_autofree char *token_id = g_uuid_string_random ();
  g_autofree char *header = chorus_station_token_to_base64url ((const guint8 *) CHORUS_STATION_TOKEN_HEADER,
                                                               strlen (CHORUS_STATION_TOKEN_HEADER));
  g_autofree char *json = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  json_object_set_string_member (claims, "sub", user_id);
  json_object_set_string_member (claims, "jti", token_id);
  json_object_set_int_member (claims, "iat", now);
  json_object_set_int_member (claims, "exp", now + lifetime);
  json = json_to_string (node, FALSE);
  payload = chorus_station_token_to_base64url ((const guint8 *) json, strlen (json));
  text = g_strconcat (header, ".", payload, NULL);
  signature = chorus_station_token_compute_signature (key, text);

  return g_strconcat (text, ".", signature, NULL);
}

static char *
chorus_station_token_read_payload (const char *payload,
                                   gint64     *expires)
{
  gsize n_bytes = 0;
  g_autofree guint8 *bytes = chorus_station_token_from_base64url (payload, &n_bytes);
  g_autoptr (GBytes) json = g_bytes_new (bytes, n_bytes);
  g_autoptr (JsonObject) claims = chorus_station_json_parse_object (json, NULL);
  const char *user_id = claims ? chorus_station_json_get_string (claims, "sub") : NULL;

  if (!user_id)
    return NULL;
  *expires = json_object_get_int_member_with_default (claims, "exp", 0);

  return g_strdup (user_id);
}

char *
chorus_station_token_verify (const char  *key,
                             const char  *token,
                             gint64       now,
                             GError     **error)
{
  const char *dot = strrchr (token, '.');
  g_autofree char *text = dot ? g_strndup (token, (gsize) (dot - token)) : NULL;
  g_autofree char *signature = text ? chorus_station_token_compute_signature (key, text) : NULL;
  g_autofree char *user_id = NULL;
  const char *payload = NULL;
  gint64 expires = 0;

  /* The signature is checked before anything the token says of itself is read. */
  if (signature && chorus_station_token_equal (signature, dot + 1) && (payload = strchr (text, '.')))
    user_id = chorus_station_token_read_payload (payload + 1, &expires);
  if (!user_id)
    {
      g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED,
                           "The access token is not valid.");
      return NULL;
    }
  if (now >= expires)
    {
      g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED,
                           "The access token has expired.");
      return NULL;
    }

  return g_steal_pointer (&user_id);
}
