/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-station-folder.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STATION_RUNNER (chorus_station_runner_get_type ())

/**
 * ChorusStationRunner:
 *
 * Works off the inferences that are pending in the store, in the order in which they were asked for, on threads of its
 * own. Every change of state is in the store before it is acted upon, so that a crash loses nothing but work.
 */
G_DECLARE_FINAL_TYPE (ChorusStationRunner, chorus_station_runner, CHORUS, STATION_RUNNER, GObject)

/**
 * chorus_station_runner_new:
 * @store: the store
 * @folder: the data folder
 *
 * Returns: (transfer full): a runner that waits
 */
ChorusStationRunner *chorus_station_runner_new (ChorusStore         *store,
                                                ChorusStationFolder *folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_runner_wake:
 * @self: a runner
 *
 * Looks for work.
 */
void chorus_station_runner_wake (ChorusStationRunner *self);

/**
 * chorus_station_runner_stop:
 * @self: a runner
 *
 * Gives up what is under way; it stays running in the store and is pending at the next start. Iterates the main context
 * until the threads have noticed.
 */
void chorus_station_runner_stop (ChorusStationRunner *self);

G_END_DECLS
