/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_LOCAL_STATION (chorus_local_station_get_type ())

/**
 * ChorusLocalStation:
 *
 * The service on this computer, as a process of its own.
 *
 * The process is started with a pipe for its standard input, which ends it when this program ends in whatever way. When
 * it dies by itself it is started again, at once the first time and then after growing pauses; the address may be
 * another one afterwards, which notify::base-url tells. Its data stay in a folder from one start to the next.
 *
 * Disposing of a station that runs asks the process to end and does not wait for it.
 */
G_DECLARE_FINAL_TYPE (ChorusLocalStation, chorus_local_station, CHORUS, LOCAL_STATION, GObject)

/**
 * CHORUS_LOCAL_STATION_ERROR:
 *
 * Error domain of a local station. Each message is one sentence in the user's language, fit to be shown.
 */
#define CHORUS_LOCAL_STATION_ERROR (chorus_local_station_error_quark ())

/**
 * ChorusLocalStationError:
 * @CHORUS_LOCAL_STATION_ERROR_MISSING: the program is not there or cannot be started
 * @CHORUS_LOCAL_STATION_ERROR_IN_USE: another station works on the data folder
 * @CHORUS_LOCAL_STATION_ERROR_TIMED_OUT: it started but was not ready in time
 * @CHORUS_LOCAL_STATION_ERROR_STOPPED: it was stopped before it was ready
 * @CHORUS_LOCAL_STATION_ERROR_FAILED: it ended before it was ready, or its token could not be read
 *
 * Why a local station cannot be used.
 */
typedef enum
{
  CHORUS_LOCAL_STATION_ERROR_MISSING,
  CHORUS_LOCAL_STATION_ERROR_IN_USE,
  CHORUS_LOCAL_STATION_ERROR_TIMED_OUT,
  CHORUS_LOCAL_STATION_ERROR_STOPPED,
  CHORUS_LOCAL_STATION_ERROR_FAILED,
} ChorusLocalStationError;

GQuark chorus_local_station_error_quark (void);

/**
 * chorus_local_station_new:
 * @executable: (type filename): the program `chorus-station`
 * @data_folder: (type filename): where it keeps its data; made when it is not there
 *
 * Returns: (transfer full): a station that is not started
 */
ChorusLocalStation *chorus_local_station_new (const char *executable,
                                              const char *data_folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_local_station_dup_default_executable:
 *
 * Returns: (transfer full) (type filename): the program named by the environment variable `CHORUS_STATION`, or else the
 *   one that was installed with this program
 */
char *chorus_local_station_dup_default_executable (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_local_station_get_executable:
 * @self: a station
 *
 * Returns: (transfer none) (type filename): the program
 */
const char *chorus_local_station_get_executable (ChorusLocalStation *self);

/**
 * chorus_local_station_get_data_folder:
 * @self: a station
 *
 * Returns: (transfer none) (type filename): the data folder
 */
const char *chorus_local_station_get_data_folder (ChorusLocalStation *self);

/**
 * chorus_local_station_get_base_url:
 * @self: a station
 *
 * Returns: (transfer none) (nullable): where it listens, such as `http://127.0.0.1:8123/`, or %NULL while it does not
 */
const char *chorus_local_station_get_base_url (ChorusLocalStation *self);

/**
 * chorus_local_station_get_token:
 * @self: a station
 *
 * Returns: (transfer none) (nullable): the bearer token, or %NULL while the station is not ready. It belongs in no log.
 */
const char *chorus_local_station_get_token (ChorusLocalStation *self);

/**
 * chorus_local_station_start_async:
 * @self: a station
 * @cancellable: (nullable): stops waiting; the station is stopped unless somebody else waits for it
 * @callback: called when the station answers at its base URL
 * @user_data: for @callback
 *
 * Starts the station. When it is ready already this succeeds at once; when it is just starting this waits with the
 * earlier call.
 */
void chorus_local_station_start_async (ChorusLocalStation  *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

/**
 * chorus_local_station_start_finish:
 * @self: a station
 * @result: what the callback was given
 * @error: return location for a #ChorusLocalStationError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the base URL and the token are there
 */
gboolean chorus_local_station_start_finish (ChorusLocalStation  *self,
                                            GAsyncResult        *result,
                                            GError             **error);

/**
 * chorus_local_station_stop_async:
 * @self: a station
 * @cancellable: (nullable): stops waiting, not stopping
 * @callback: called when the process is gone
 * @user_data: for @callback
 *
 * Asks the process to end (SIGTERM), and after five seconds no longer asks (SIGKILL). It is not started again until
 * chorus_local_station_start_async().
 */
void chorus_local_station_stop_async (ChorusLocalStation  *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean chorus_local_station_stop_finish (ChorusLocalStation  *self,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
