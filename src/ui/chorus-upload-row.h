/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "upload/chorus-upload.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_ROW (chorus_upload_row_get_type ())

/**
 * ChorusUploadRow:
 *
 * One file on its way: its name, where it stands or why it stopped, and the one button that helps.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadRow, chorus_upload_row, CHORUS, UPLOAD_ROW, AdwBin)

/**
 * ChorusUploadRow::retry:
 * @self: the row
 *
 * Emitted when the upload should be tried again.
 */

/**
 * ChorusUploadRow::cancel:
 * @self: the row
 *
 * Emitted when the upload should be given up.
 */

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

G_END_DECLS
