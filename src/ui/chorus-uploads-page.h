/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-workspace.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOADS_PAGE (chorus_uploads_page_get_type ())

/**
 * ChorusUploadsPage:
 *
 * The recordings on their way: what waits for a go-ahead, how far everything is, and a row for each: first those that
 * need attention with the reason, then those being sent, those that wait, and, folded, those that were sent.
 *
 * Properties: "n-open" (uint, read-only), "n-problems" (uint, read-only).
 *
 * Actions of the widget: "uploads.approve", "uploads.discard", "uploads.pause-all", "uploads.retry-failed",
 * "uploads.clear-finished", "uploads.choose-folder" and "uploads.close-notice"; with the number of a recording
 * "uploads.retry", "uploads.send-anyway", "uploads.accept-arrived", "uploads.pause", "uploads.resume", "uploads.cancel",
 * and "uploads.show-in-files".
 */
G_DECLARE_FINAL_TYPE (ChorusUploadsPage, chorus_uploads_page, CHORUS, UPLOADS_PAGE, AdwBin)

/**
 * chorus_uploads_page_set_workspace:
 * @self: a page
 * @workspace: (nullable): an open workspace, whose queue is shown
 */
void chorus_uploads_page_set_workspace (ChorusUploadsPage *self,
                                        ChorusWorkspace   *workspace);

/**
 * chorus_uploads_page_add_files:
 * @self: a page with a workspace
 * @files: (element-type Gio.File): files and folders, as dropped or chosen
 * @deployment_id: the deployment that receives the recordings
 *
 * Adds files to the queue and shows how far the search for recordings is. Nothing is sent before a person has seen what
 * was found, unless the settings say otherwise.
 */
void chorus_uploads_page_add_files (ChorusUploadsPage *self,
                                    GListModel        *files,
                                    const char        *deployment_id);

/**
 * chorus_uploads_page_get_n_open:
 * @self: a page
 *
 * Returns: the number of uploads that go on by themselves or wait for a go-ahead
 */
guint chorus_uploads_page_get_n_open (ChorusUploadsPage *self);

/**
 * chorus_uploads_page_get_n_problems:
 * @self: a page
 *
 * Returns: the number of uploads that a person has to look at
 */
guint chorus_uploads_page_get_n_problems (ChorusUploadsPage *self);

G_END_DECLS
