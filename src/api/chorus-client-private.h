/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the client share. */

#pragma once

#include "chorus-client.h"
#include "chorus-json.h"
#include "chorus-session-private.h"

G_BEGIN_DECLS

/* How much of an answer is taken, in bytes: of a list, and of anything else. */
#define CHORUS_CLIENT_MAX_LIST (64 * 1024 * 1024)
#define CHORUS_CLIENT_MAX_BODY (8 * 1024 * 1024)

/**
 * ChorusDecodeFunc:
 * @root: an answer
 * @context: (nullable): what was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full): typed objects
 */
typedef gpointer (*ChorusDecodeFunc) (JsonNode *root, const char *context, GError **error);

/**
 * chorus_client_get_upload_transport:
 * @self: a client
 *
 * Returns: (transfer none): the transport for uploads, with waits of its own
 */
ChorusTransport *chorus_client_get_upload_transport (ChorusClient *self);

/**
 * chorus_client_get_media_transport:
 * @self: a client
 *
 * Returns: (transfer none): the transport for audio
 */
ChorusTransport *chorus_client_get_media_transport (ChorusClient *self);

/**
 * chorus_client_decode_async:
 * @body: a JSON text
 * @decode: what makes objects of it; called in a thread
 * @destroy: frees what @decode returns
 * @context: (nullable): passed to @decode
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done, without a source: a client must not end its life in a thread
 * @user_data: data for @callback
 *
 * Parses and decodes an answer away from the main thread, where 64 MiB of JSON would be felt.
 */
void chorus_client_decode_async (GBytes              *body,
                                 ChorusDecodeFunc     decode,
                                 GDestroyNotify       destroy,
                                 const char          *context,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);

/**
 * chorus_client_decode_finish:
 * @result: a #GAsyncResult
 * @error: return location for a #GError, with a message for the details of an error
 *
 * Returns: (transfer full): what the decoder made
 */
gpointer chorus_client_decode_finish (GAsyncResult  *result,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ChorusGetId:
 * @object: an object of a list
 *
 * Returns: its identifier
 */
typedef const char *(*ChorusGetId) (gpointer object);

/**
 * chorus_client_list_async:
 * @self: a client
 * @endpoint: what to list
 * @id: (nullable): for the placeholder in the path
 * @decode: what makes an array of one page
 * @get_id: the identifier of what @decode makes
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Fetches a list page by page, until fewer arrive than were asked for or a page brings nothing new. What is listed
 * twice, because the list moved between two pages, is kept once.
 */
void chorus_client_list_async (ChorusClient        *self,
                               ChorusEndpoint       endpoint,
                               const char          *id,
                               ChorusDecodeFunc     decode,
                               ChorusGetId          get_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/**
 * chorus_client_list_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was listed
 */
GPtrArray *chorus_client_list_finish (ChorusClient  *self,
                                      GAsyncResult  *result,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
