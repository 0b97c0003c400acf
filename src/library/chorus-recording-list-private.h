/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills and updates a ChorusRecordingList. */

#pragma once

#include "chorus-recording-list.h"
#include "chorus-recording-record.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_recordings;
  guint n_uploading;
  guint n_to_analyze;
  guint n_analyzing;
  guint n_with_detections;
  guint n_without_detections;
  guint n_failed;
} ChorusRecordingCounts;

struct _ChorusRecordingList
{
  GObject parent_instance;

  ChorusScope *scope;
  GPtrArray *records; /* of ChorusRecordingRecord, sorted */
  GHashTable *by_id;  /* recording id (gint64 *, in the record) to ChorusRecordingRecord, which is not owned */
  GPtrArray *kept;    /* of ChorusRecording: those that were asked for last, a ring */
  guint next_kept;

  gboolean loading;
  GDateTime *synced_at;
  ChorusRecordingCounts counts;
  guint count_id; /* an idle source while the counts are out of date */
};

ChorusRecordingList *chorus_recording_list_new (const char *deployment_id) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecordingList *chorus_recording_list_new_of (const ChorusScope *scope) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_list_set_loaded (ChorusRecordingList *self);
void chorus_recording_list_set_synced_at (ChorusRecordingList *self,
                                          GDateTime           *synced_at);
void chorus_recording_list_merge (ChorusRecordingList *self,
                                  GPtrArray           *fresh);
void chorus_recording_list_take (ChorusRecordingList *self,
                                 GPtrArray           *records);
gboolean chorus_recording_list_set_upload (ChorusRecordingList   *self,
                                           gint64                 recording_id,
                                           ChorusRecordingUpload  upload,
                                           double                 progress,
                                           const char            *reason,
                                           gboolean              *only_progress);
void chorus_recording_list_foreach_analyzing (ChorusRecordingList *self,
                                              GPtrArray           *records,
                                              GFunc                func,
                                              gpointer             user_data);
void chorus_recording_list_remove (ChorusRecordingList *self,
                                   gint64               recording_id);
void chorus_recording_list_remove_doubles (ChorusRecordingList *self,
                                           GPtrArray           *recordings);
void chorus_recording_list_count (ChorusRecordingList *self);

/* For views of the list. */
GPtrArray *chorus_recording_list_get_records (ChorusRecordingList *self);
ChorusRecording *chorus_recording_list_get_object (ChorusRecordingList   *self,
                                                   ChorusRecordingRecord *record);

G_END_DECLS
