/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-password.h"

#include <string.h>

#include "chorus-station-token.h"

#define CHORUS_STATION_PASSWORD_SCHEME "pbkdf2-sha256"
#define CHORUS_STATION_PASSWORD_BLOCK 32

void
chorus_station_password_derive (const char   *password,
                                const guint8 *salt,
                                gsize         n_salt,
                                guint         iterations,
                                guint8        key[CHORUS_STATION_PASSWORD_BLOCK])
{
  static const guint8 first_block[] = { 0, 0, 0, 1 };
  g_autoptr (GHmac) keyed = g_hmac_new (G_CHECKSUM_SHA256, (const guint8 *) password, strlen (password));
  guint8 block[CHORUS_STATION_PASSWORD_BLOCK];

  for (guint i = 0; i < iterations; i++)
    {
      g_autoptr (GHmac) hmac = g_hmac_copy (keyed);
      gsize n_block = sizeof block;

      if (i == 0)
        {
          g_hmac_update (hmac, salt, (gssize) n_salt);
          g_hmac_update (hmac, first_block, sizeof first_block);
        }
      else
        {
          g_hmac_update (hmac, block, sizeof block);
        }
      g_hmac_get_digest (hmac, block, &n_block);

      for (guint j = 0; j < sizeof block; j++)
        key[j] = i == 0 ? block[j] : key[j] ^ block[j];
    }
}

static char *
chorus_station_password_format (const char *password,
                                const char *salt,
                                guint       iterations)
{
  guint8 key[CHORUS_STATION_PASSWORD_BLOCK];
  g_autofree char *text = NULL;

  chorus_station_password_derive (password, (const guint8 *) salt, strlen (salt), iterations, key);
  text = g_base64_encode (key, sizeof key);

  return g_strdup_printf (CHORUS_STATION_PASSWORD_SCHEME "$%u$%s$%s", iterations, salt, text);
}

char *
chorus_station_password_hash (const char  *password,
                              guint        iterations,
                              GError     **error)
{
  g_autofree char *salt = chorus_station_token_new_random (error);

  return salt ? chorus_station_password_format (password, salt, iterations) : NULL;
}

gboolean
chorus_station_password_verify (const char *stored,
                                const char *password)
{
  g_auto (GStrv) parts = g_strsplit (stored ? stored : "", "$", -1);
  g_autofree char *computed = NULL;
  guint64 iterations = 0;

  if (g_strv_length (parts) != 4 || strcmp (parts[0], CHORUS_STATION_PASSWORD_SCHEME) != 0
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT, &iterations, NULL))
    {
      computed = chorus_station_password_format (password, "nobody", CHORUS_STATION_PASSWORD_ITERATIONS);
      return FALSE;
    }
  computed = chorus_station_password_format (password, parts[2], (guint) iterations);

  return chorus_station_token_equal (stored, computed);
}
