/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-endpoint.h"

G_BEGIN_DECLS

/* Where the service lives. */
#define CHORUS_SERVER_DARUKAA_URL "https://api.darukaa.com"

/* The group of a server profile that overrides rows of the endpoint table. */
#define CHORUS_SERVER_ENDPOINTS_GROUP "Endpoints"

#define CHORUS_TYPE_SERVER (chorus_server_get_type ())

/**
 * ChorusServer:
 *
 * A server that speaks the API: its address, and where it keeps each endpoint. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusServer, chorus_server, CHORUS, SERVER, GObject)

/**
 * chorus_server_new:
 * @base_url: the address, such as `https://api.darukaa.com`; a path in front of every endpoint is allowed
 * @name: (nullable): what to call it in sentences; the host when %NULL
 * @overrides: (nullable): a key file whose group `Endpoints` maps names of endpoints to a path, or to a method and a path
 *   ("POST /api/v1/inference/{file_id}")
 * @error: return location for a #GError
 *
 * Fails with %CHORUS_API_ERROR_INSECURE when the address is plain http and not of this computer, and with
 * %CHORUS_API_ERROR_FAILED when it is not an address, or an override is not a path or has the wrong placeholder.
 *
 * Returns: (transfer full): a server
 */
ChorusServer *chorus_server_new (const char  *base_url,
                                 const char  *name,
                                 GKeyFile    *overrides,
                                 GError     **error)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_server_get_base_url:
 * @self: a server
 *
 * Returns: the address without a trailing slash, with the host in lower case
 */
const char *chorus_server_get_base_url (ChorusServer *self);

/**
 * chorus_server_get_name:
 * @self: a server
 *
 * Returns: what to call it in sentences
 */
const char *chorus_server_get_name (ChorusServer *self);

/**
 * chorus_server_get_method:
 * @self: a server
 * @endpoint: an endpoint
 *
 * Returns: the HTTP method, after overrides
 */
const char *chorus_server_get_method (ChorusServer   *self,
                                      ChorusEndpoint  endpoint);

/**
 * chorus_server_get_path:
 * @self: a server
 * @endpoint: an endpoint
 *
 * Returns: the path template, after overrides
 */
const char *chorus_server_get_path (ChorusServer   *self,
                                    ChorusEndpoint  endpoint);

/**
 * chorus_server_dup_url:
 * @self: a server
 * @endpoint: an endpoint
 * @id: (nullable): what to put in place of the placeholder, any text; %NULL when the path has none
 * @error: return location for a #GError
 *
 * Fills in the path. Every character of @id that means something in an address is percent-encoded. An identifier that
 * would still climb out of its place (empty, `.` or `..`) is a %CHORUS_API_ERROR_BAD_REQUEST.
 *
 * Returns: (transfer full): an absolute address
 */
char *chorus_server_dup_url (ChorusServer    *self,
                             ChorusEndpoint   endpoint,
                             const char      *id,
                             GError         **error)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_server_is_local:
 * @self: a server
 *
 * Returns: whether the server runs on this computer (its address is a loopback address)
 */
gboolean chorus_server_is_local (ChorusServer *self);

/**
 * chorus_server_owns_uri:
 * @self: a server
 * @uri: an absolute address
 *
 * Returns: whether @uri has the same scheme, host and port as the server, and so may be given its credentials
 */
gboolean chorus_server_owns_uri (ChorusServer *self,
                                 GUri         *uri);

G_END_DECLS
