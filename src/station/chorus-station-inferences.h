/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inferences in the store: a #ChorusStationAction each for the client, and the steps of a job for the runner. */

#pragma once

#include "chorus-station-call.h"
#include "dsp/chorus-event-detector.h"

G_BEGIN_DECLS

JsonNode *chorus_station_inferences_list (ChorusDatabase     *db,
                                          ChorusStationCall  *call,
                                          GError            **error);

/**
 * chorus_station_inferences_create:
 *
 * The action that asks for an inference: 201 and a pending one, or 200 and the one that is under way already.
 */
JsonNode *chorus_station_inferences_create (ChorusDatabase     *db,
                                            ChorusStationCall  *call,
                                            GError            **error);

/**
 * chorus_station_inferences_load:
 * @db: the store
 * @file_id: a file
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the inferences of the file, oldest first
 */
JsonArray *chorus_station_inferences_load (ChorusDatabase  *db,
                                           const char      *file_id,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ChorusStationJob:
 * @inference: its row
 * @path: (type filename): the audio
 * @events: (array length=n_events) (nullable): what was found
 * @n_events: how much was found
 * @error: (nullable): why it failed, a sentence
 * @folder: the data folder
 *
 * An inference that is being worked on.
 */
typedef struct
{
  gint64 inference;
  char *path;
  ChorusEvent *events;
  gsize n_events;
  char *error;
  ChorusStationFolder *folder;
} ChorusStationJob;

void chorus_station_job_free (ChorusStationJob *self);

/**
 * chorus_station_inferences_recover:
 * @db: the store
 * @error: return location for a #ChorusStoreError
 *
 * Makes what was running when the station ended pending again.
 *
 * Returns: whether that was done
 */
gboolean chorus_station_inferences_recover (ChorusDatabase  *db,
                                            GError         **error);

/**
 * chorus_station_inferences_claim:
 * @db: the store
 * @data: (type ChorusStationFolder): the data folder
 * @error: return location for a #ChorusStoreError
 *
 * A ChorusStoreFunc: takes the oldest pending inference and marks it as running.
 *
 * Returns: (transfer full) (nullable) (type ChorusStationJob): the job, or %NULL when there is none
 */
gpointer chorus_station_inferences_claim (ChorusDatabase  *db,
                                          gpointer         data,
                                          GError         **error);

/**
 * chorus_station_inferences_complete:
 * @db: the store
 * @data: (type ChorusStationJob): a job that was worked off
 * @error: return location for a #ChorusStoreError
 *
 * A ChorusStoreFunc: writes what a job found, and that it is completed or failed, in one transaction.
 *
 * Returns: %NULL
 */
gpointer chorus_station_inferences_complete (ChorusDatabase  *db,
                                             gpointer         data,
                                             GError         **error);

/**
 * CHORUS_STATION_SOUND_NAME:
 *
 * What every prediction is called: the detector hears that there is a sound, and no more.
 */
#define CHORUS_STATION_SOUND_NAME "Unidentified sound"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStationJob, chorus_station_job_free)

G_END_DECLS
