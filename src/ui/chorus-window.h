/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-workspace.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_WINDOW (chorus_window_get_type ())

/**
 * ChorusWindow:
 *
 * The window: the choice of the first start, or the sidebar, the recordings and the uploads.
 *
 * What changes the profile is asked of the application by the signals "connect-account" (ChorusAccount), "work-locally",
 * "sign-out", "try-again" and "start-over".
 */
G_DECLARE_FINAL_TYPE (ChorusWindow, chorus_window, CHORUS, WINDOW, AdwApplicationWindow)

/**
 * chorus_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a new window, which shows that the program is starting
 */
ChorusWindow *chorus_window_new (GtkApplication *application);

/**
 * chorus_window_show_starting:
 * @self: a window
 *
 * Shows that a profile is being opened.
 */
void chorus_window_show_starting (ChorusWindow *self);

/**
 * chorus_window_show_welcome:
 * @self: a window
 *
 * Shows the choice of the first start.
 */
void chorus_window_show_welcome (ChorusWindow *self);

/**
 * chorus_window_show_failed:
 * @self: a window
 * @title: what failed
 * @error: why
 * @can_start_over: whether there is another way to choose
 *
 * Shows why nothing can be shown.
 */
void chorus_window_show_failed (ChorusWindow *self,
                                const char   *title,
                                const GError *error,
                                gboolean      can_start_over);

/**
 * chorus_window_set_workspace:
 * @self: a window
 * @workspace: (nullable): an open workspace, or %NULL to let go of it
 *
 * Shows a workspace.
 */
void chorus_window_set_workspace (ChorusWindow    *self,
                                  ChorusWorkspace *workspace);

/**
 * chorus_window_add_files:
 * @self: a window
 * @files: (element-type Gio.File): files and folders
 *
 * Adds files to the selected deployment. Where none is selected they wait until one is.
 */
void chorus_window_add_files (ChorusWindow *self,
                              GListModel   *files);

G_END_DECLS
