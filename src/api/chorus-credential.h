/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ChorusCredential:
 * @access_token: (nullable): an access token
 * @refresh_token: (nullable): the token that renews it
 * @api_key: (nullable): an API key, in place of both
 * @expiry: when the access token ends, in seconds since 1970 (UTC), or 0 when it does not say
 * @obtained: when the access token came, likewise
 *
 * What proves to a server who is talking. Held in memory only, and overwritten before it is freed.
 */
typedef struct
{
  char *access_token;
  char *refresh_token;
  char *api_key;
  gint64 expiry;
  gint64 obtained;
} ChorusCredential;

/**
 * chorus_credential_set_tokens:
 * @self: a credential
 * @access_token: an access token, perhaps pasted
 * @refresh_token: (nullable): the token that renews it
 *
 * Replaces the credential.
 */
void chorus_credential_set_tokens (ChorusCredential *self,
                                   const char       *access_token,
                                   const char       *refresh_token);

/**
 * chorus_credential_set_api_key:
 * @self: a credential
 * @api_key: an API key, perhaps pasted
 *
 * Replaces the credential.
 */
void chorus_credential_set_api_key (ChorusCredential *self,
                                    const char       *api_key);

/**
 * chorus_credential_clear:
 * @self: a credential
 *
 * Overwrites and frees everything.
 */
void chorus_credential_clear (ChorusCredential *self);

/**
 * chorus_credential_get_secret:
 * @self: a credential
 *
 * Returns: (nullable): what goes with requests: the API key or the access token
 */
const char *chorus_credential_get_secret (const ChorusCredential *self);

/**
 * chorus_credential_needs_refresh:
 * @self: a credential
 *
 * Returns: whether the access token is about to end, or has ended, and can be renewed
 */
gboolean chorus_credential_needs_refresh (const ChorusCredential *self);

/**
 * chorus_credential_apply:
 * @self: a credential
 * @headers: the headers of a request to the server it belongs to
 */
void chorus_credential_apply (const ChorusCredential *self,
                              SoupMessageHeaders     *headers);

/**
 * chorus_credential_wipe:
 * @secret: (inout) (nullable): a text
 *
 * Overwrites and frees one secret.
 */
void chorus_credential_wipe (char **secret);

G_END_DECLS
