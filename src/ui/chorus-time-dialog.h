/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_TIME_DIALOG (chorus_time_dialog_get_type ())

/**
 * ChorusTimeDialog:
 *
 * Corrects when recordings began: one, several, those of a folder, or all of a deployment. A line shows what becomes of an example
 * while it is typed.
 */
G_DECLARE_FINAL_TYPE (ChorusTimeDialog, chorus_time_dialog, CHORUS, TIME_DIALOG, AdwWindow)

/**
 * chorus_time_dialog_new:
 * @library: where the recordings are
 * @recordings: those that are listed
 * @selected: (element-type ChorusRecording): those of them that are selected; it is not changed any more
 *
 * Returns: (transfer none): a new dialog
 */
ChorusTimeDialog *chorus_time_dialog_new (ChorusLibrary       *library,
                                          ChorusRecordingList *recordings,
                                          GPtrArray           *selected);

G_END_DECLS
