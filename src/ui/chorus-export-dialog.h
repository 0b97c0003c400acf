/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_EXPORT_DIALOG (chorus_export_dialog_get_type ())

/**
 * ChorusExportDialog:
 *
 * Hands detections on: of which recordings, in which format, to which file or folder. The first lines of what would be
 * written are shown while one chooses.
 */
G_DECLARE_FINAL_TYPE (ChorusExportDialog, chorus_export_dialog, CHORUS, EXPORT_DIALOG, AdwWindow)

/**
 * chorus_export_dialog_new:
 * @library: where the recordings are
 * @place: (nullable): the project, site or deployment that is shown
 * @recordings: (element-type ChorusRecording): those that are selected, perhaps none
 *
 * Returns: (transfer none): a new dialog
 */
ChorusExportDialog *chorus_export_dialog_new (ChorusLibrary *library,
                                              ChorusPlace   *place,
                                              GPtrArray     *recordings);

G_END_DECLS
