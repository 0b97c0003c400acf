/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-credential-text.h"

#include <string.h>

#define CHORUS_CREDENTIAL_TEXT_GROUP "Credential"

char *
chorus_credential_text_from_session (ChorusSession *session)
{
  g_return_val_if_fail (CHORUS_IS_SESSION (session), NULL);

  const char *access_token = chorus_session_get_access_token (session);
  const char *refresh_token = chorus_session_get_refresh_token (session);
  const char *api_key = chorus_session_get_api_key (session);
  g_autoptr (GKeyFile) key_file = g_key_file_new ();

  if (!chorus_session_get_signed_in (session))
    return NULL;

  if (api_key)
    g_key_file_set_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "ApiKey", api_key);
  if (access_token)
    g_key_file_set_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "AccessToken", access_token);
  if (refresh_token)
    g_key_file_set_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "RefreshToken", refresh_token);

  return g_key_file_to_data (key_file, NULL, NULL);
}

void
chorus_credential_text_to_session (const char    *text,
                                   ChorusSession *session)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (CHORUS_IS_SESSION (session));

  g_autoptr (GKeyFile) key_file = g_key_file_new ();

  if (!g_key_file_load_from_data (key_file, text, strlen (text), G_KEY_FILE_NONE, NULL))
    return;

  g_autofree char *api_key = g_key_file_get_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "ApiKey", NULL);
  g_autofree char *access_token = g_key_file_get_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "AccessToken", NULL);
  g_autofree char *refresh_token = g_key_file_get_string (key_file, CHORUS_CREDENTIAL_TEXT_GROUP, "RefreshToken", NULL);

  if (api_key)
    chorus_session_set_api_key (session, api_key);
  else if (access_token)
    chorus_session_set_tokens (session, access_token, refresh_token);

  chorus_credential_text_wipe (api_key);
  chorus_credential_text_wipe (access_token);
  chorus_credential_text_wipe (refresh_token);
}

void
chorus_credential_text_wipe (char *text)
{
  if (text)
    explicit_bzero (text, strlen (text));
}
