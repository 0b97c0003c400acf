/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills and updates a ChorusRecording. */

#pragma once

#include "chorus-recording-record.h"
#include "chorus-recording.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

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

  ChorusRecordingRecord *record; /* shared with the lists that the recording is in */

  /* Made when they are asked for */
  ChorusRecordingTime *recorded;
  char *recorded_text;
  char *status_text;
};

void chorus_recording_notify (ChorusRecording         *self,
                              ChorusRecordingProperty  property);
ChorusRecordingTime *chorus_recording_time_from_row (ChorusStatement *row,
                                                     int              column) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecording *chorus_recording_new_of (ChorusRecordingRecord *record) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecording *chorus_recording_new_from_row (ChorusStatement *row) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_update (ChorusRecording *self,
                              ChorusRecording *fresh);
void chorus_recording_update_from (ChorusRecording             *self,
                                   const ChorusRecordingRecord *fresh);
void chorus_recording_set_upload (ChorusRecording       *self,
                                  ChorusRecordingUpload  upload,
                                  double                 progress,
                                  const char            *reason);
void chorus_recording_set_analysis (ChorusRecording         *self,
                                    ChorusRecordingAnalysis  analysis,
                                    const char              *reason);

G_END_DECLS
