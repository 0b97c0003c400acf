/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_FILE_WINDOW (chorus_file_window_get_type ())

/**
 * ChorusFileWindow:
 *
 * Recordings that are only looked at and heard, one at a time: nothing is uploaded, and nothing is kept of them.
 *
 * The signal "add-files" (GListModel of Gio.File) says that a person wants to have the shown one among the recordings.
 *
 * Actions of the widget: "file.previous", "file.next", "file.open-again", "file.add".
 */
G_DECLARE_FINAL_TYPE (ChorusFileWindow, chorus_file_window, CHORUS, FILE_WINDOW, AdwApplicationWindow)

/**
 * chorus_file_window_new:
 * @application: the application
 * @files: (element-type Gio.File): at least one file
 *
 * Returns: (transfer none): a new window, which opens the first of @files
 */
ChorusFileWindow *chorus_file_window_new (GtkApplication *application,
                                          GListModel     *files);

G_END_DECLS
