/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills and updates a ChorusRecording. */

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

typedef enum
{
  CHORUS_RECORDING_PROP_0,
  CHORUS_RECORDING_PROP_RECORDING_ID,
  CHORUS_RECORDING_PROP_DEPLOYMENT_ID,
  CHORUS_RECORDING_PROP_FILE_ID,
  CHORUS_RECORDING_PROP_N_PARTS,
  CHORUS_RECORDING_PROP_AT_SERVICE,
  CHORUS_RECORDING_PROP_NAME,
  CHORUS_RECORDING_PROP_RECORDED,
  CHORUS_RECORDING_PROP_RECORDED_TEXT,
  CHORUS_RECORDING_PROP_RECORDER_TIME,
  CHORUS_RECORDING_PROP_CORRECTED,
  CHORUS_RECORDING_PROP_DURATION,
  CHORUS_RECORDING_PROP_SIZE,
  CHORUS_RECORDING_PROP_STATUS,
  CHORUS_RECORDING_PROP_STATUS_TEXT,
  CHORUS_RECORDING_PROP_PROGRESS,
  CHORUS_RECORDING_PROP_REASON,
  CHORUS_RECORDING_PROP_RUN_ID,
  CHORUS_RECORDING_PROP_N_DETECTIONS,
  CHORUS_RECORDING_PROP_N_SPECIES,
  CHORUS_RECORDING_PROP_N_REVIEWED,
  CHORUS_RECORDING_PROP_N_UNKNOWN,
  CHORUS_RECORDING_PROP_LOCAL_PATH,
  CHORUS_RECORDING_PROP_URL,
  CHORUS_RECORDING_PROP_SYNTHETIC,
  CHORUS_RECORDING_N_PROPS
} ChorusRecordingProperty;

struct _ChorusRecording
{
  GObject parent_instance;

  gint64 recording_id;
  char *deployment_id;
  char *file_id;
  guint n_parts;
  guint n_parts_at_service; /* 0 where it is one file */
  char *name;
  char *url;
  char *local_path;
  gint64 size;     /* bytes, -1 unknown */
  double duration; /* seconds, NaN unknown */
  ChorusRecordingTime *recorded;
  char *recorded_text; /* made when it is asked for */
  char *recorder_time; /* what the recorder said, as the store holds it; NULL if nobody corrected it */
  gboolean synthetic;

  ChorusRecordingUpload upload;
  double progress;
  char *upload_reason;
  ChorusRecordingAnalysis analysis;
  char *analysis_reason;

  gint64 run_id;
  guint n_detections;
  guint n_species;
  guint n_reviewed;
  guint n_unknown;

  char *status_text; /* made when it is asked for */
};

/* Where a recording was sent as one file, `several` has no row and nothing is looked for. */
#define CHORUS_RECORDING_OF_PARTS(expression, one)                                                                     \
  "CASE WHEN several.part_id IS NULL THEN " one " ELSE (SELECT " expression                                            \
  " FROM parts LEFT JOIN runs USING (run_id)"                                                                          \
  " WHERE parts.recording_id = r.recording_id) END"

/* The columns that chorus_recording_new_from_row() reads, in this order, of CHORUS_RECORDING_TABLES. The runs that are
 * shown of several parts are told apart by the sum of their ids: a later run of a part has a greater id. */
#define CHORUS_RECORDING_COLUMNS                                                                                                                            \
  "r.recording_id, r.deployment_id, r.file_id, r.name, r.url, r.local_path, r.size, r.duration, "                                                           \
  "r.recorded_at, r.recorded_has_zone, r.time_source, r.recorder_time, r.synthetic, r.upload_state, r.upload_error, "                                       \
  "r.analysis_state, r.analysis_error, r.n_detections, r.n_species, r.n_reviewed, " CHORUS_RECORDING_OF_PARTS (                                             \
    "total(parts.run_id)",                                                                                                                                  \
    "r.run_id") ", " CHORUS_RECORDING_OF_PARTS ("total(runs.n_unknown)",                                                                                    \
                                                "u.n_unknown") ", " CHORUS_RECORDING_OF_PARTS ("count(*)",                                                  \
                                                                                               "1") ", " CHORUS_RECORDING_OF_PARTS ("count(parts.file_id)", \
                                                                                                                                    "0")

#define CHORUS_RECORDING_TABLES                                                                                        \
  "recordings r LEFT JOIN runs u ON u.run_id = r.run_id"                                                               \
  " LEFT JOIN parts several ON several.recording_id = r.recording_id AND several.ordinal = 1"

void chorus_recording_notify (ChorusRecording         *self,
                              ChorusRecordingProperty  property);
ChorusRecordingTime *chorus_recording_time_from_row (ChorusStatement *row,
                                                     int              column) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecording *chorus_recording_new_from_row (ChorusStatement *row) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_update (ChorusRecording *self,
                              ChorusRecording *fresh);
void chorus_recording_set_upload (ChorusRecording       *self,
                                  ChorusRecordingUpload  upload,
                                  double                 progress,
                                  const char            *reason);
void chorus_recording_set_analysis (ChorusRecording         *self,
                                    ChorusRecordingAnalysis  analysis,
                                    const char              *reason);
int chorus_recording_compare (gconstpointer a,
                              gconstpointer b,
                              gpointer      user_data);

gboolean chorus_recording_upload_from_text (const char            *text,
                                            ChorusRecordingUpload *upload);
const char *chorus_recording_analysis_to_text (ChorusRecordingAnalysis analysis);
ChorusRecordingAnalysis chorus_recording_analysis_from_text (const char *text);

G_END_DECLS
