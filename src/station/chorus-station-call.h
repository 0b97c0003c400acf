/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "chorus-station-folder.h"
#include "store/chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusStationCall:
 * @id: (nullable): what stands for `{…}` in the path
 * @user_id: (nullable): who asks
 * @origin: scheme, host and port that the client used, without a slash at the end
 * @body: (nullable): the body of the request
 * @skip: how many items of a list to pass over
 * @limit: how many items of a list to return at most
 * @folder: the data folder
 * @received: (nullable) (element-type ChorusReceivedFile): the files of an upload
 * @status: the HTTP status of success, which the action may change
 *
 * What an action needs to know of a request. It belongs to one thread at a time.
 */
typedef struct
{
  char *id;
  char *user_id;
  char *origin;
  JsonObject *body;
  gint64 skip;
  gint64 limit;
  ChorusStationFolder *folder;
  GPtrArray *received;
  guint status;
} ChorusStationCall;

/**
 * ChorusStationAction:
 * @db: the store, on its thread
 * @call: the request
 * @error: return location for a #ChorusStationError or a #ChorusStoreError
 *
 * Does what a request asks for.
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
typedef JsonNode *(*ChorusStationAction) (ChorusDatabase *db, ChorusStationCall *call, GError **error);

ChorusStationCall *chorus_station_call_new (void) G_GNUC_WARN_UNUSED_RESULT;
void chorus_station_call_free (ChorusStationCall *self);

/**
 * chorus_station_call_set_query:
 * @self: a request
 * @query: (nullable) (element-type utf8 utf8): the query of its URL
 * @error: return location for %CHORUS_STATION_ERROR_BAD_REQUEST
 *
 * Reads `skip` and `limit`; a limit over 1000 is refused rather than cut, since a short page means the end of a list.
 *
 * Returns: whether both are valid
 */
gboolean chorus_station_call_set_query (ChorusStationCall  *self,
                                        GHashTable         *query,
                                        GError            **error);

/**
 * chorus_station_call_get_name:
 * @self: a request with a body
 * @member: the name of a member that holds a name
 * @error: return location for %CHORUS_STATION_ERROR_BAD_REQUEST
 *
 * Returns: (transfer none) (nullable): the name, not blank and of at most 200 characters
 */
const char *chorus_station_call_get_name (ChorusStationCall  *self,
                                          const char         *member,
                                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStationCall, chorus_station_call_free)

G_END_DECLS
