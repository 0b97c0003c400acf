/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_STATION_FOLDER (chorus_station_folder_get_type ())

/**
 * ChorusStationFolder:
 *
 * The data folder of a station, locked as long as this object lives. Its paths may be asked for from any thread.
 *
 * It holds `station.db` (the store), `files/` (one file for each recording, named by its id), `incoming/` (what is on
 * its way), `token` (the bearer token of this computer), `station.json` (where the station listens) and `lock`.
 */
G_DECLARE_FINAL_TYPE (ChorusStationFolder, chorus_station_folder, CHORUS, STATION_FOLDER, GObject)

/**
 * chorus_station_folder_open:
 * @path: (type filename): the folder; made, for its owner alone, when it is not there
 * @error: return location for a #GFileError; %G_FILE_ERROR_AGAIN when another station has the folder
 *
 * Opens and locks a data folder. The lock ends with the process, however it ends.
 *
 * Returns: (transfer full) (nullable): the folder
 */
ChorusStationFolder *chorus_station_folder_open (const char  *path,
                                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_folder_get_store_path:
 * @self: a folder
 *
 * Returns: (type filename): the path of the store
 */
const char *chorus_station_folder_get_store_path (ChorusStationFolder *self);

/**
 * chorus_station_folder_build_store_path:
 * @path: (type filename): a data folder
 *
 * Returns: (transfer full) (type filename): the path of the store in it
 */
char *chorus_station_folder_build_store_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_folder_build_file_path:
 * @self: a folder
 * @file_id: the id of a file, as the station made it
 * @kind: the short name of its kind, such as "wav"
 *
 * Returns: (transfer full) (type filename): where the file is kept
 */
char *chorus_station_folder_build_file_path (ChorusStationFolder *self,
                                             const char          *file_id,
                                             const char          *kind) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_folder_build_incoming_path:
 * @self: a folder
 *
 * Returns: (transfer full) (type filename): a path for a temporary file that nobody else uses
 */
char *chorus_station_folder_build_incoming_path (ChorusStationFolder *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_folder_sync_files:
 * @self: a folder
 * @error: return location for a #GFileError
 *
 * Makes the names in `files/` durable (fsync of the folder).
 *
 * Returns: whether the disk has them
 */
gboolean chorus_station_folder_sync_files (ChorusStationFolder  *self,
                                           GError              **error);

/**
 * chorus_station_folder_clean:
 * @self: a folder
 * @known: (element-type utf8 utf8): the ids of the files in the store
 *
 * Removes what an interrupted upload left: everything in `incoming/`, and files that the store does not know.
 */
void chorus_station_folder_clean (ChorusStationFolder *self,
                                  GHashTable          *known);

/**
 * chorus_station_folder_dup_token:
 * @self: a folder
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the bearer token in the file `token`, made by the first start and readable by the
 *   owner alone
 */
char *chorus_station_folder_dup_token (ChorusStationFolder  *self,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_folder_write_address:
 * @self: a folder
 * @url: where the station listens
 * @port: its port
 * @error: return location for a #GFileError
 *
 * Writes `station.json`.
 *
 * Returns: whether it was written
 */
gboolean chorus_station_folder_write_address (ChorusStationFolder  *self,
                                              const char           *url,
                                              guint                 port,
                                              GError              **error);

/**
 * chorus_station_folder_get_last_port:
 * @self: a folder
 *
 * Returns: the port of the last start, or 0
 */
guint chorus_station_folder_get_last_port (ChorusStationFolder *self);

G_END_DECLS
