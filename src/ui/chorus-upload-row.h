/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "upload/chorus-upload.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_ROW (chorus_upload_row_get_type ())

/**
 * ChorusUploadRow:
 *
 * One recording on its way: its name, where it stands or why it stopped, and the one button that helps.
 *
 * Its buttons activate the actions "uploads.…" of the page with the number of the recording.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadRow, chorus_upload_row, CHORUS, UPLOAD_ROW, AdwBin)

/**
 * chorus_upload_row_new:
 *
 * Returns: (transfer none): a new row
 */
GtkWidget *chorus_upload_row_new (void);

/**
 * chorus_upload_row_get_upload:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the upload that is shown
 */
ChorusUpload *chorus_upload_row_get_upload (ChorusUploadRow *self);

/**
 * chorus_upload_row_set_upload:
 * @self: a row
 * @upload: (nullable): the upload that is shown
 */
void chorus_upload_row_set_upload (ChorusUploadRow *self,
                                   ChorusUpload    *upload);

/**
 * chorus_upload_row_create_menu:
 * @upload: an upload
 *
 * Returns: (transfer full): everything that can be done with @upload, for a menu
 */
GMenuModel *chorus_upload_row_create_menu (ChorusUpload *upload) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
