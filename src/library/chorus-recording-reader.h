/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading all recordings of a scope, the first screen first. */

#pragma once

#include "chorus-recording-record.h"
#include "chorus-scope.h"
#include "store/chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingReader:
 *
 * A job that reads the recordings of a scope in the order of lists, and hands them over a batch at a time while it goes on:
 * the first one is as long as a screen.
 */
typedef struct _ChorusRecordingReader ChorusRecordingReader;

/**
 * ChorusRecordingBatchFunc:
 * @records: (element-type ChorusRecordingRecord): recordings, sorted, behind those of the batch before as a rule
 * @user_data: what was given with the function
 *
 * Called in the main context that the reader was made in.
 */
typedef void (*ChorusRecordingBatchFunc) (GPtrArray *records, gpointer user_data);

/**
 * chorus_recording_reader_new:
 * @profile_id: the profile
 * @scope: whose recordings
 * @func: gets the recordings
 * @user_data: (transfer full): for @func; let go of in the main context when all is handed over
 * @destroy: how to let go of it
 *
 * Returns: (transfer full): a reader for one run of chorus_recording_reader_run()
 */
ChorusRecordingReader *chorus_recording_reader_new (const char               *profile_id,
                                                    const ChorusScope        *scope,
                                                    ChorusRecordingBatchFunc  func,
                                                    gpointer                  user_data,
                                                    GDestroyNotify            destroy) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_reader_unref (ChorusRecordingReader *self);

/* A ChorusStoreFunc with a ChorusRecordingReader. Every batch has been handed over when its callback is called. It returns
 * a GDateTime: when the service was last heard about the deployment of the scope that it was heard about the longest ago;
 * NULL if about one it was never heard. */
gpointer chorus_recording_reader_run (ChorusDatabase  *db,
                                      gpointer         data,
                                      GError         **error);

G_END_DECLS
