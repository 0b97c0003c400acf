/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of a deployment: a #ChorusStationAction each, and what the station itself needs to know of them. */

#pragma once

#include "chorus-station-call.h"

G_BEGIN_DECLS

JsonNode *chorus_station_files_list (ChorusDatabase     *db,
                                     ChorusStationCall  *call,
                                     GError            **error);
JsonNode *chorus_station_files_list_to_infer (ChorusDatabase     *db,
                                              ChorusStationCall  *call,
                                              GError            **error);

/**
 * chorus_station_files_add:
 *
 * The action that ends an upload: moves the received files to their places and adds them to the store, all or none.
 */
JsonNode *chorus_station_files_add (ChorusDatabase     *db,
                                    ChorusStationCall  *call,
                                    GError            **error);

/**
 * chorus_station_files_find:
 *
 * The action before audio is sent. Returns `{"kind","size"}` of the file.
 */
JsonNode *chorus_station_files_find (ChorusDatabase     *db,
                                     ChorusStationCall  *call,
                                     GError            **error);

/**
 * chorus_station_files_load_ids:
 * @db: the store
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the set of the ids of all files
 */
GHashTable *chorus_station_files_load_ids (ChorusDatabase  *db,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
