/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store has of one recording, as light as it can be: a list holds a hundred thousand of these. */

#pragma once

#include "chorus-recording.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

typedef enum
{
  CHORUS_UPLOAD_WAITING,
  CHORUS_UPLOAD_CHECKING,
  CHORUS_UPLOAD_SENDING,
  CHORUS_UPLOAD_SENT,
  CHORUS_UPLOAD_FAILED,
  CHORUS_UPLOAD_REFUSED,
  CHORUS_UPLOAD_REMOTE, /* it was at the service already */
} ChorusRecordingUpload;

typedef enum
{
  CHORUS_ANALYSIS_NONE,
  CHORUS_ANALYSIS_PENDING,
  CHORUS_ANALYSIS_RUNNING,
  CHORUS_ANALYSIS_COMPLETED,
  CHORUS_ANALYSIS_FAILED,
} ChorusRecordingAnalysis;

/* The instant of a recording without a time: after all others. */
#define CHORUS_RECORDING_NO_TIME G_MAXINT64

/**
 * ChorusRecordingRecord:
 * @recording_id: the id in the store
 * @object: (nullable): the object that was made of it, as long as somebody holds it; not owned
 * @deployment_id: the deployment; shared by the records of one reading
 * @file_id: (nullable): see [method@Recording.get_file_id]
 * @name: safe to show
 * @folded: (nullable): the name as it is searched, or %NULL where it is ASCII and can be folded as one goes
 * @url: (nullable): see [method@Recording.get_url]
 * @local_path: (nullable): see [method@Recording.get_local_path]
 * @recorder_time: (nullable): what the recorder said, as the store holds it; %NULL if nobody corrected it
 * @upload_reason: (nullable): why uploading it failed
 * @analysis_reason: (nullable): why analyzing it failed
 * @size: in bytes, -1 unknown
 * @duration: in seconds, NaN unknown
 * @instant: when it begins, in microseconds since 1970, on the clock of the recorder where the zone is not known;
 *   %CHORUS_RECORDING_NO_TIME where there is no time
 * @offset: how far the clock of the recorder is ahead of UTC, in seconds
 * @has_zone: whether @offset is known
 * @source: where the time comes from
 * @synthetic: whether a generator made it
 * @upload: how far the upload is
 * @analysis: how far the analysis is
 * @progress: how much of it is uploaded, 0 to 1; the store does not know this
 * @best_confidence: of the surest detection that is shown, or NaN
 * @run_id: see [method@Recording.get_run_id]
 * @n_detections: detections that are shown
 * @n_species: different species of them
 * @n_reviewed: those with a verdict
 * @n_unknown: predictions that were not understood
 * @n_parts: parts it was cut into, 1 for what is sent whole
 * @n_parts_at_service: those of them that have an id; of no meaning where there is one part
 * @mark: for whoever compares two lists, and only while it does so
 *
 * Belongs to one thread at a time: the store's thread makes it, the main thread changes it.
 */
typedef struct
{
  gint64 recording_id;
  ChorusRecording *object;

  GRefString *deployment_id;
  char *file_id;
  char *name;
  char *folded;
  char *url;
  char *local_path;
  char *recorder_time;
  char *upload_reason;
  char *analysis_reason;

  gint64 size;
  double duration;
  gint64 instant;
  gint32 offset;
  guint has_zone : 1;
  guint synthetic : 1;
  guint8 source;
  guint8 upload;
  guint8 analysis;

  double progress;

  double best_confidence;
  gint64 run_id;
  guint n_detections;
  guint n_species;
  guint n_reviewed;
  guint n_unknown;
  guint n_parts;
  guint n_parts_at_service;

  guint mark;
} ChorusRecordingRecord;

/* The columns that chorus_recording_record_new_from_row() reads, in this order, of CHORUS_RECORDING_TABLES. */
#define CHORUS_RECORDING_COLUMNS                                                                                       \
  "r.recording_id, r.deployment_id, r.file_id, r.name, r.url, r.local_path, r.size, r.duration, "                      \
  "r.recorded_at, r.recorded_has_zone, r.time_source, r.recorder_time, r.synthetic, r.upload_state, r.upload_error, "  \
  "r.analysis_state, r.analysis_error, r.n_detections, r.n_species, r.n_reviewed, "                                    \
  "CASE WHEN r.n_parts > 1 THEN r.shown_runs ELSE r.run_id END, r.n_unknown, r.n_parts, r.n_parts_at_service, "        \
  "r.best_confidence"

#define CHORUS_RECORDING_TABLES "recordings r"

/**
 * chorus_recording_record_new_from_row:
 * @row: a statement on a row of CHORUS_RECORDING_COLUMNS
 * @before: (nullable): a record of the same reading, whose texts are shared where they are the same
 *
 * Returns: (transfer full): a record
 */
ChorusRecordingRecord *chorus_recording_record_new_from_row (ChorusStatement             *row,
                                                             const ChorusRecordingRecord *before)
  G_GNUC_WARN_UNUSED_RESULT;

ChorusRecordingRecord *chorus_recording_record_copy (const ChorusRecordingRecord *self) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecordingRecord *chorus_recording_record_ref (ChorusRecordingRecord *self);
void chorus_recording_record_unref (ChorusRecordingRecord *self);

/**
 * chorus_recording_record_assign:
 * @self: a record
 * @fresh: what the store has now of the same recording
 *
 * Takes over everything that comes from the store. The progress of an upload stays.
 */
void chorus_recording_record_assign (ChorusRecordingRecord       *self,
                                     const ChorusRecordingRecord *fresh);

/**
 * chorus_recording_record_get_status:
 * @self: a record
 *
 * Returns: how far it has come, out of what @self says of upload and analysis
 */
ChorusRecordingStatus chorus_recording_record_get_status (const ChorusRecordingRecord *self);

gboolean chorus_recording_record_get_at_service (const ChorusRecordingRecord *self);

/**
 * chorus_recording_record_dup_time:
 * @self: a record
 *
 * Returns: (transfer full) (nullable): when it begins
 */
ChorusRecordingTime *chorus_recording_record_dup_time (const ChorusRecordingRecord *self) G_GNUC_WARN_UNUSED_RESULT;

/* The order of lists: by time, those without a time last, then by name, then by id. Never 0 for two recordings. */
int chorus_recording_record_compare (const ChorusRecordingRecord *first,
                                     const ChorusRecordingRecord *second);

gboolean chorus_recording_upload_from_text (const char            *text,
                                            ChorusRecordingUpload *upload);
const char *chorus_recording_analysis_to_text (ChorusRecordingAnalysis analysis);
ChorusRecordingAnalysis chorus_recording_analysis_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecordingRecord, chorus_recording_record_unref)

G_END_DECLS
