/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-station-folder.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATION (chorus_station_get_type ())

/**
 * ChorusStation:
 *
 * The service: HTTP in front of a data folder. It speaks the API that the Darukaa service documents, with two requests
 * more, which make projects and sites.
 */
G_DECLARE_FINAL_TYPE (ChorusStation, chorus_station, CHORUS, STATION, GObject)

/* How long an access token from a sign-in is valid, in seconds. */
#define CHORUS_STATION_TOKEN_LIFETIME (15 * 60)

/**
 * chorus_station_new:
 * @folder: a data folder
 * @token_lifetime: how long an access token from a sign-in is valid, in seconds
 * @error: return location for an error
 *
 * Opens the store, tidies up what an earlier station left behind when it was killed, and takes up its work. This waits
 * for the disk.
 *
 * Returns: (transfer full) (nullable): a station that does not listen yet
 */
ChorusStation *chorus_station_new (ChorusStationFolder  *folder,
                                   gint64                token_lifetime,
                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_listen:
 * @self: a station
 * @address: a numeric address, such as `127.0.0.1`
 * @port: a port, or 0 for the port of the last start if it is free and any free one otherwise
 * @error: return location for a #GIOErrorEnum
 *
 * Begins to answer, and writes the address into the data folder.
 *
 * Returns: (transfer full) (nullable): the base URL
 */
char *chorus_station_listen (ChorusStation  *self,
                             const char     *address,
                             guint           port,
                             GError        **error)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_stop:
 * @self: a station
 *
 * Closes all connections, gives up inferences until the next start, and closes the store. Iterates the main context.
 */
void chorus_station_stop (ChorusStation *self);

G_END_DECLS
