/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_ACTIVITY_DIALOG (chorus_activity_dialog_get_type ())

/**
 * ChorusActivityDialog:
 *
 * When it was recorded, or when a species was heard, by day and hour.
 *
 * Signal: "chosen" (int day, int hour) when an hour was chosen; the dialog closes then.
 */
G_DECLARE_FINAL_TYPE (ChorusActivityDialog, chorus_activity_dialog, CHORUS, ACTIVITY_DIALOG, AdwWindow)

/**
 * chorus_activity_dialog_new:
 * @library: where the recordings are
 * @scope: which of them
 *
 * Returns: (transfer none): a new dialog
 */
ChorusActivityDialog *chorus_activity_dialog_new (ChorusLibrary     *library,
                                                  const ChorusScope *scope);

G_END_DECLS
