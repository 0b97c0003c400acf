/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-recording.h"
#include "chorus-scope.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RECORDING_LIST (chorus_recording_list_get_type ())

/**
 * ChorusRecordingList:
 *
 * The recordings of a deployment, a site, a project or all of them: a live #GListModel of #ChorusRecording, in the order of
 * their time.
 *
 * The objects are made when they are asked for, and a recording is the same object as long as somebody holds it. To go
 * through a hundred thousand of them, use a #ChorusRecordingListing, which filters and sorts without making any.
 *
 * Get one with [method@Library.open_recordings]. Every getter is also a property; the counts follow the recordings
 * shortly after they change.
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingList, chorus_recording_list, CHORUS, RECORDING_LIST, GObject)

/**
 * chorus_recording_list_get_deployment_id:
 * @self: a list
 *
 * Returns: (nullable): the deployment whose recordings it holds, if they are of one only
 */
const char *chorus_recording_list_get_deployment_id (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_scope:
 * @self: a list
 *
 * Returns: (transfer none): whose recordings it holds; not a property
 */
const ChorusScope *chorus_recording_list_get_scope (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_loading:
 * @self: a list
 *
 * Returns: whether the store is still being read for the first time
 */
gboolean chorus_recording_list_get_loading (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_synced_at:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): when the service was last heard about this deployment, in UTC
 */
GDateTime *chorus_recording_list_get_synced_at (ChorusRecordingList *self);

/**
 * chorus_recording_list_find:
 * @self: a list
 * @recording_id: the id of a recording in the store
 *
 * Returns: (transfer none) (nullable): the recording, if it is in the list; hold it to keep it beyond the moment
 */
ChorusRecording *chorus_recording_list_find (ChorusRecordingList *self,
                                             gint64               recording_id);

/**
 * chorus_recording_list_get_n_recordings:
 * @self: a list
 *
 * Returns: how many recordings there are
 */
guint chorus_recording_list_get_n_recordings (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_uploading:
 * @self: a list
 *
 * Returns: how many wait for their upload, are checked or are on their way
 */
guint chorus_recording_list_get_n_uploading (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_to_analyze:
 * @self: a list
 *
 * Returns: how many are at the service and not analyzed
 */
guint chorus_recording_list_get_n_to_analyze (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_analyzing:
 * @self: a list
 *
 * Returns: how many are being analyzed
 */
guint chorus_recording_list_get_n_analyzing (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_with_detections:
 * @self: a list
 *
 * Returns: how many were analyzed and have detections
 */
guint chorus_recording_list_get_n_with_detections (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_without_detections:
 * @self: a list
 *
 * Returns: how many were analyzed and have none
 */
guint chorus_recording_list_get_n_without_detections (ChorusRecordingList *self);

/**
 * chorus_recording_list_get_n_failed:
 * @self: a list
 *
 * Returns: how many failed or were refused
 */
guint chorus_recording_list_get_n_failed (ChorusRecordingList *self);

G_END_DECLS
