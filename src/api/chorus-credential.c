/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-credential.h"

#include <string.h>

#include "chorus-jwt.h"

/* Tokens are renewed this long before they end, or in the second half of a life that is shorter than twice this. */
#define CHORUS_CREDENTIAL_MARGIN 60

void
chorus_credential_wipe (char **secret)
{
  /* Unlike memset(), this is not left out as a write that nobody reads. */
  if (*secret)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

/* What can stand in a header: pasted text comes with line breaks, spaces, and sometimes the name of the scheme. */
static char *
chorus_credential_clean (const char *secret)
{
  GString *clean = g_string_new (NULL);

  while (g_ascii_isspace (*secret))
    secret++;
  if (g_ascii_strncasecmp (secret, "Bearer ", 7) == 0)
    secret += 7;
  for (; *secret; secret++)
    if (g_ascii_isgraph (*secret))
      g_string_append_c (clean, *secret);

  return g_string_free (clean, clean->len == 0);
}

void
chorus_credential_set_tokens (ChorusCredential *self,
                              const char       *access_token,
                              const char       *refresh_token)
{
  /* Made first: the new ones may be the old ones. */
  char *access = chorus_credential_clean (access_token);
  char *refresh = refresh_token ? chorus_credential_clean (refresh_token) : NULL;

  chorus_credential_clear (self);
  self->access_token = access;
  self->refresh_token = refresh;
  self->expiry = chorus_jwt_get_expiry (access);
  self->obtained = g_get_real_time () / G_USEC_PER_SEC;
}

void
chorus_credential_set_api_key (ChorusCredential *self,
                               const char       *api_key)
{
  char *key = chorus_credential_clean (api_key);

  chorus_credential_clear (self);
  self->api_key = key;
}

void
chorus_credential_clear (ChorusCredential *self)
{
  chorus_credential_wipe (&self->access_token);
  chorus_credential_wipe (&self->refresh_token);
  chorus_credential_wipe (&self->api_key);
  self->expiry = 0;
  self->obtained = 0;
}

const char *
chorus_credential_get_secret (const ChorusCredential *self)
{
  return self->api_key ? self->api_key : self->access_token;
}

gboolean
chorus_credential_needs_refresh (const ChorusCredential *self)
{
  gint64 margin = CLAMP ((self->expiry - self->obtained) / 2, 0, CHORUS_CREDENTIAL_MARGIN);

  return self->expiry > 0 && self->refresh_token && g_get_real_time () / G_USEC_PER_SEC >= self->expiry - margin;
}

void
chorus_credential_apply (const ChorusCredential *self,
                         SoupMessageHeaders     *headers)
{
  if (self->api_key)
    {
      soup_message_headers_replace (headers, "X-API-Key", self->api_key);
    }
  else if (self->access_token)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->access_token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
}
