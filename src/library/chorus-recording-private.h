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
  CHORUS_RECORDING_PROP_NAME,
  CHORUS_RECORDING_PROP_RECORDED,
  CHORUS_RECORDING_PROP_RECORDED_TEXT,
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
  char *name;
  char *url;
  char *local_path;
  gint64 size;     /* bytes, -1 unknown */
  double duration; /* seconds, NaN unknown */
  ChorusRecordingTime *recorded;
  char *recorded_text; /* made when it is asked for */
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

/* The columns that chorus_recording_new_from_row() reads, in this order, of recordings r and, by r.run_id, runs u. */
#define CHORUS_RECORDING_COLUMNS                                                                                       \
  "r.recording_id, r.deployment_id, r.file_id, r.name, r.url, r.local_path, r.size, r.duration, "                      \
  "r.recorded_at, r.recorded_has_zone, r.time_source, r.synthetic, r.upload_state, r.upload_error, "                   \
  "r.analysis_state, r.analysis_error, r.run_id, r.n_detections, r.n_species, r.n_reviewed, u.n_unknown"

#define CHORUS_RECORDING_TABLES "recordings r LEFT JOIN runs u ON u.run_id = r.run_id"

void chorus_recording_notify (ChorusRecording         *self,
                              ChorusRecordingProperty  property);
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

G_END_DECLS
