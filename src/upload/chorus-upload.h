/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-upload-finding.h"
#include "chorus-upload-state.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD (chorus_upload_get_type ())

/**
 * ChorusUpload:
 *
 * One recording on its way to a deployment. Properties: file, name, deployment-id, recording-id, state, progress, bytes,
 * reason, notes, approved.
 */
G_DECLARE_FINAL_TYPE (ChorusUpload, chorus_upload, CHORUS, UPLOAD, GObject)

/**
 * chorus_upload_get_file:
 * @self: an upload
 *
 * Returns: (transfer none) (nullable): the file
 */
GFile *chorus_upload_get_file (ChorusUpload *self);

/**
 * chorus_upload_get_name:
 * @self: an upload
 *
 * Returns: the name of the file, safe to show
 */
const char *chorus_upload_get_name (ChorusUpload *self);

/**
 * chorus_upload_get_deployment_id:
 * @self: an upload
 *
 * Returns: the deployment that receives the file
 */
const char *chorus_upload_get_deployment_id (ChorusUpload *self);

/**
 * chorus_upload_get_recording_id:
 * @self: an upload
 *
 * Returns: the number of the row in the `recordings` table
 */
gint64 chorus_upload_get_recording_id (ChorusUpload *self);

/**
 * chorus_upload_get_state:
 * @self: an upload
 *
 * Returns: where the upload stands
 */
ChorusUploadState chorus_upload_get_state (ChorusUpload *self);

/**
 * chorus_upload_get_progress:
 * @self: an upload
 *
 * Returns: the part that has been sent, from 0 to 1
 */
double chorus_upload_get_progress (ChorusUpload *self);

/**
 * chorus_upload_get_bytes:
 * @self: an upload
 *
 * Returns: the size of the file, in bytes; 0 until it is known
 */
guint64 chorus_upload_get_bytes (ChorusUpload *self);

/**
 * chorus_upload_get_reason:
 * @self: an upload
 *
 * Returns: (nullable): a sentence that says why the upload was refused, has failed or is delayed
 */
const char *chorus_upload_get_reason (ChorusUpload *self);

/**
 * chorus_upload_get_notes:
 * @self: an upload
 *
 * Returns: (nullable): what the check found that a person may want to know, one sentence a line
 */
const char *chorus_upload_get_notes (ChorusUpload *self);

/**
 * chorus_upload_has_finding:
 * @self: an upload
 * @kind: what a check can find
 *
 * Returns: whether the last check found it
 */
gboolean chorus_upload_has_finding (ChorusUpload            *self,
                                    ChorusUploadFindingKind  kind);

/**
 * chorus_upload_get_approved:
 * @self: an upload
 *
 * Returns: whether it may be sent; %FALSE while the summary that asks for it has not been answered
 */
gboolean chorus_upload_get_approved (ChorusUpload *self);

/**
 * chorus_upload_get_n_parts:
 * @self: an upload
 *
 * Returns: in how many parts it is sent; 0 until it was checked
 */
guint chorus_upload_get_n_parts (ChorusUpload *self);

/**
 * chorus_upload_get_n_parts_sent:
 * @self: an upload
 *
 * Returns: how many of its parts the service has
 */
guint chorus_upload_get_n_parts_sent (ChorusUpload *self);

/**
 * chorus_upload_get_duration:
 * @self: an upload
 *
 * Returns: the length of the recording, in seconds; 0 until it was checked
 */
double chorus_upload_get_duration (ChorusUpload *self);

/**
 * chorus_upload_get_recorded:
 * @self: an upload
 *
 * Returns: when the recording began, in seconds since 1970 by its own clock where the zone is not known; %G_MININT64
 *   where it is not known at all
 */
gint64 chorus_upload_get_recorded (ChorusUpload *self);

/**
 * chorus_upload_can_send_anyway:
 * @self: an upload
 *
 * Returns: whether it was refused for a reason that a person may set aside, such as having been sent before
 */
gboolean chorus_upload_can_send_anyway (ChorusUpload *self);

G_END_DECLS
