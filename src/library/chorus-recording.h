/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingStatus:
 * @CHORUS_RECORDING_WAITING: on this computer, to be uploaded
 * @CHORUS_RECORDING_CHECKING: being looked at before it is uploaded
 * @CHORUS_RECORDING_UPLOADING: on its way; see [property@Recording:progress]
 * @CHORUS_RECORDING_UPLOADED: sent, and the service has not said yet under which id it has it
 * @CHORUS_RECORDING_TO_ANALYZE: at the service, not analyzed
 * @CHORUS_RECORDING_ANALYZING: being analyzed
 * @CHORUS_RECORDING_DETECTIONS: analyzed, with detections
 * @CHORUS_RECORDING_NO_DETECTIONS: analyzed, without detections
 * @CHORUS_RECORDING_FAILED: uploading or analyzing it failed; see [property@Recording:reason]
 * @CHORUS_RECORDING_REFUSED: not sent because the service would not take it; see [property@Recording:reason]
 *
 * How far a recording has come.
 */
typedef enum
{
  CHORUS_RECORDING_WAITING,
  CHORUS_RECORDING_CHECKING,
  CHORUS_RECORDING_UPLOADING,
  CHORUS_RECORDING_UPLOADED,
  CHORUS_RECORDING_TO_ANALYZE,
  CHORUS_RECORDING_ANALYZING,
  CHORUS_RECORDING_DETECTIONS,
  CHORUS_RECORDING_NO_DETECTIONS,
  CHORUS_RECORDING_FAILED,
  CHORUS_RECORDING_REFUSED,
} ChorusRecordingStatus;

#define CHORUS_TYPE_RECORDING_STATUS (chorus_recording_status_get_type ())

GType chorus_recording_status_get_type (void);

#define CHORUS_TYPE_RECORDING (chorus_recording_get_type ())

/**
 * ChorusRecording:
 *
 * One recording of a deployment, as the store knows it.
 *
 * The library keeps it up to date; nobody else changes it. Every getter is also a property, which notifies.
 */
G_DECLARE_FINAL_TYPE (ChorusRecording, chorus_recording, CHORUS, RECORDING, GObject)

/**
 * chorus_recording_get_recording_id:
 * @self: a recording
 *
 * Returns: its id in the store
 */
gint64 chorus_recording_get_recording_id (ChorusRecording *self);

/**
 * chorus_recording_get_deployment_id:
 * @self: a recording
 *
 * Returns: the deployment it belongs to
 */
const char *chorus_recording_get_deployment_id (ChorusRecording *self);

/**
 * chorus_recording_get_file_id:
 * @self: a recording
 *
 * Returns: (nullable): the id of the file at the service, once it is there; always %NULL for a recording that was sent in
 *   several parts, each a file of its own: see [method@Recording.get_at_service]
 */
const char *chorus_recording_get_file_id (ChorusRecording *self);

/**
 * chorus_recording_get_n_parts:
 * @self: a recording
 *
 * Returns: how many parts it was cut into to be sent, each a file at the service; 1 for what is sent whole
 */
guint chorus_recording_get_n_parts (ChorusRecording *self);

/**
 * chorus_recording_get_at_service:
 * @self: a recording
 *
 * Returns: whether the service has all of it and said under which ids, so that it can be analyzed
 */
gboolean chorus_recording_get_at_service (ChorusRecording *self);

/**
 * chorus_recording_get_name:
 * @self: a recording
 *
 * Returns: its name, on one line and safe to show: of the file on this computer if it was uploaded from here, else as
 *   the service names it
 */
const char *chorus_recording_get_name (ChorusRecording *self);

/**
 * chorus_recording_get_recorded:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): when it begins, and who says so
 */
ChorusRecordingTime *chorus_recording_get_recorded (ChorusRecording *self);

/**
 * chorus_recording_get_recorded_text:
 * @self: a recording
 *
 * Returns: when it begins, such as "4 Jun 2025 05:00 +05:30"; empty when nobody knows
 */
const char *chorus_recording_get_recorded_text (ChorusRecording *self);

/**
 * chorus_recording_get_corrected:
 * @self: a recording
 *
 * Returns: whether a person has corrected when it begins, see [method@Library.correct_times_async]
 */
gboolean chorus_recording_get_corrected (ChorusRecording *self);

/**
 * chorus_recording_dup_recorder_time:
 * @self: a recording
 *
 * Gets when it begins as it was known before any person corrected it. A property named "recorder-time".
 *
 * Returns: (transfer full) (nullable): the time; %NULL when there was none
 */
ChorusRecordingTime *chorus_recording_dup_recorder_time (ChorusRecording *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_get_duration:
 * @self: a recording
 *
 * Returns: its length in seconds, or NaN when it is not known
 */
double chorus_recording_get_duration (ChorusRecording *self);

/**
 * chorus_recording_get_size:
 * @self: a recording
 *
 * Returns: its size in bytes, or -1 when it is not known
 */
gint64 chorus_recording_get_size (ChorusRecording *self);

/**
 * chorus_recording_get_status:
 * @self: a recording
 *
 * Returns: how far it has come
 */
ChorusRecordingStatus chorus_recording_get_status (ChorusRecording *self);

/**
 * chorus_recording_get_status_text:
 * @self: a recording
 *
 * Returns: the status in words, such as "Uploading 43 %" or "14 detections"
 */
const char *chorus_recording_get_status_text (ChorusRecording *self);

/**
 * chorus_recording_get_progress:
 * @self: a recording
 *
 * Returns: how much of it is uploaded, 0 to 1
 */
double chorus_recording_get_progress (ChorusRecording *self);

/**
 * chorus_recording_get_reason:
 * @self: a recording
 *
 * Returns: (nullable): a sentence that says what went wrong and what to do
 */
const char *chorus_recording_get_reason (ChorusRecording *self);

/**
 * chorus_recording_get_run_id:
 * @self: a recording
 *
 * Returns: the inference run whose detections are shown, or 0; for a recording in several parts a number that stands for
 *   the runs of all of them. When it changes, load the detections again.
 */
gint64 chorus_recording_get_run_id (ChorusRecording *self);

/**
 * chorus_recording_get_n_detections:
 * @self: a recording
 *
 * Returns: how many detections the run that is shown has
 */
guint chorus_recording_get_n_detections (ChorusRecording *self);

/**
 * chorus_recording_get_n_species:
 * @self: a recording
 *
 * Returns: how many different species they are of
 */
guint chorus_recording_get_n_species (ChorusRecording *self);

/**
 * chorus_recording_get_n_reviewed:
 * @self: a recording
 *
 * Returns: how many of them have a verdict
 */
guint chorus_recording_get_n_reviewed (ChorusRecording *self);

/**
 * chorus_recording_get_n_unknown:
 * @self: a recording
 *
 * Returns: how many predictions of the run came in a form that is not understood; they are kept with the run
 */
guint chorus_recording_get_n_unknown (ChorusRecording *self);

/**
 * chorus_recording_get_local_path:
 * @self: a recording
 *
 * Returns: (type filename) (nullable): the file on this computer that it was uploaded from
 */
const char *chorus_recording_get_local_path (ChorusRecording *self);

/**
 * chorus_recording_get_url:
 * @self: a recording
 *
 * Returns: (nullable): where the service says its audio is: data, perhaps nothing that can be fetched
 */
const char *chorus_recording_get_url (ChorusRecording *self);

/**
 * chorus_recording_get_synthetic:
 * @self: a recording
 *
 * Returns: whether a generator made it, so that it must be labeled
 */
gboolean chorus_recording_get_synthetic (ChorusRecording *self);

/**
 * chorus_recording_set_counts:
 * @self: a recording
 * @n_detections: the number of detections that the store holds now
 * @n_species: of species
 * @n_reviewed: of detections with a verdict
 *
 * Shows numbers that were written. To give verdicts, see [class@Review].
 */
void chorus_recording_set_counts (ChorusRecording *self,
                                  guint            n_detections,
                                  guint            n_species,
                                  guint            n_reviewed);

G_END_DECLS
