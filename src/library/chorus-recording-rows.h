/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recordings in the store. For the store's thread: what these functions return nobody else knows yet. */

#pragma once

#include <gio/gio.h>

#include "chorus-recording-private.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingsInput:
 * @profile_id: the profile
 * @deployment_id: (nullable): the deployment
 * @recording_id: one recording, or 0
 * @part_ids: (element-type gint64) (nullable): parts of it, or %NULL for a recording that is one file
 * @analysis: the state to write
 * @reason: (nullable): why it failed
 * @path: (type filename) (nullable): where the original is
 * @synced_at: (nullable): when the service was asked
 * @files: (element-type ChorusFile) (nullable): what the service listed
 * @inferences: (element-type ChorusInference) (nullable): what the service knows of one recording
 * @ids: (element-type gint64) (nullable): several recordings
 *
 * What the functions below take; each uses what it needs.
 */
typedef struct
{
  char *profile_id;
  char *deployment_id;
  gint64 recording_id;
  GArray *part_ids;
  ChorusRecordingAnalysis analysis;
  char *reason;
  char *path;
  GDateTime *synced_at;
  GPtrArray *files;
  GPtrArray *inferences;
  GArray *ids;
} ChorusRecordingsInput;

/**
 * ChorusRecordingsOutput:
 * @recordings: (element-type ChorusRecording): recordings as the store has them now: all that were asked for, or those
 *   that changed
 * @gone: (element-type gint64): recordings that there are no longer
 * @synced_at: (nullable): when the service was last heard about the deployment
 *
 * What the functions below return.
 */
typedef struct
{
  GPtrArray *recordings;
  GArray *gone;
  GDateTime *synced_at;
} ChorusRecordingsOutput;

ChorusRecordingsInput *chorus_recordings_input_new (const char *profile_id,
                                                    const char *deployment_id) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recordings_input_free (ChorusRecordingsInput *self);
void chorus_recordings_output_free (ChorusRecordingsOutput *self);

/* Each of the type ChorusStoreFunc, from a ChorusRecordingsInput to a ChorusRecordingsOutput. */
gpointer chorus_recording_rows_read_one (ChorusDatabase  *db,
                                         gpointer         data,
                                         GError         **error);
gpointer chorus_recording_rows_read_several (ChorusDatabase  *db,
                                             gpointer         data,
                                             GError         **error);
gpointer chorus_recording_rows_read_unfinished (ChorusDatabase  *db,
                                                gpointer         data,
                                                GError         **error);
gpointer chorus_recording_rows_write_files (ChorusDatabase  *db,
                                            gpointer         data,
                                            GError         **error);
gpointer chorus_recording_rows_write_runs (ChorusDatabase  *db,
                                           gpointer         data,
                                           GError         **error);
gpointer chorus_recording_rows_write_analysis (ChorusDatabase  *db,
                                               gpointer         data,
                                               GError         **error);
gpointer chorus_recording_rows_write_original (ChorusDatabase  *db,
                                               gpointer         data,
                                               GError         **error);

gboolean chorus_recording_rows_add_to_output (ChorusDatabase          *db,
                                              ChorusRecordingsOutput  *output,
                                              gint64                   recording_id,
                                              GError                 **error);
ChorusRecordingsOutput *chorus_recordings_output_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecordingsInput, chorus_recordings_input_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecordingsOutput, chorus_recordings_output_free)

G_END_DECLS
