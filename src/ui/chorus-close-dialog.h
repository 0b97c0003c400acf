/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_CLOSE_DIALOG (chorus_close_dialog_get_type ())

/**
 * ChorusCloseDialog:
 *
 * Asks what becomes of unfinished uploads when the window is closed. Its responses are "keep", "quit" and "cancel".
 */
G_DECLARE_FINAL_TYPE (ChorusCloseDialog, chorus_close_dialog, CHORUS, CLOSE_DIALOG, AdwMessageDialog)

/**
 * chorus_close_dialog_new:
 * @parent: the window that is being closed
 *
 * Returns: (transfer none): a new dialog
 */
ChorusCloseDialog *chorus_close_dialog_new (GtkWindow *parent);

/**
 * chorus_close_dialog_set_n_unfinished:
 * @self: a dialog
 * @n_unfinished: how many recordings have not been sent; it may change while the dialog is open
 */
void chorus_close_dialog_set_n_unfinished (ChorusCloseDialog *self,
                                           guint              n_unfinished);

/**
 * chorus_close_dialog_get_remember:
 * @self: a dialog
 *
 * Returns: whether the answer is meant for the next times as well
 */
gboolean chorus_close_dialog_get_remember (ChorusCloseDialog *self);

G_END_DECLS
