/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the library fills and updates a ChorusRecordingList. */

#pragma once

#include "chorus-recording-list.h"

G_BEGIN_DECLS

ChorusRecordingList *chorus_recording_list_new (const char *deployment_id) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_list_set_loaded (ChorusRecordingList *self);
void chorus_recording_list_set_synced_at (ChorusRecordingList *self,
                                          GDateTime           *synced_at);
void chorus_recording_list_merge (ChorusRecordingList *self,
                                  GPtrArray           *fresh);
void chorus_recording_list_remove (ChorusRecordingList *self,
                                   gint64               recording_id);
void chorus_recording_list_remove_doubles (ChorusRecordingList *self,
                                           GPtrArray           *recordings);
void chorus_recording_list_count (ChorusRecordingList *self);

G_END_DECLS
