/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_IMPORT_DIALOG (chorus_import_dialog_get_type ())

/**
 * ChorusImportDialog:
 *
 * Takes over detections that were made elsewhere: says what a table holds, which of it belongs to recordings that are here,
 * and what does not and why, before anything is taken over.
 */
G_DECLARE_FINAL_TYPE (ChorusImportDialog, chorus_import_dialog, CHORUS, IMPORT_DIALOG, AdwWindow)

/**
 * chorus_import_dialog_new:
 * @library: where the recordings are
 * @file: the table
 *
 * Returns: (transfer none): a new dialog, which begins to read
 */
ChorusImportDialog *chorus_import_dialog_new (ChorusLibrary *library,
                                              GFile         *file);

G_END_DECLS
