/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-upload-state.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD (chorus_upload_get_type ())

/**
 * ChorusUpload:
 *
 * One file on its way to a deployment. Properties: file, name, deployment-id, recording-id, state, progress, bytes,
 * reason.
 */
G_DECLARE_FINAL_TYPE (ChorusUpload, chorus_upload, CHORUS, UPLOAD, GObject)

/**
 * chorus_upload_get_file:
 * @self: an upload
 *
 * Returns: (transfer none): the file
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

G_END_DECLS
