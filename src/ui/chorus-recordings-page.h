/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-workspace.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RECORDINGS_PAGE (chorus_recordings_page_get_type ())

/**
 * ChorusRecordingsPage:
 *
 * The recordings of a deployment, a site or a project, and below them the opened one.
 *
 * Properties: "search-enabled" (boolean), "can-analyze" (boolean, read-only).
 *
 * Actions of the widget: "recordings.analyze", "recordings.retry", "recordings.correct-time",
 * "recordings.show-in-files", "recordings.show-all", "recordings.whole-page", "recordings.close"; and "columns.NAME", see
 * chorus_recording_columns_install().
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingsPage, chorus_recordings_page, CHORUS, RECORDINGS_PAGE, AdwBin)

/**
 * chorus_recordings_page_set_workspace:
 * @self: a page
 * @workspace: (nullable): an open workspace
 */
void chorus_recordings_page_set_workspace (ChorusRecordingsPage *self,
                                           ChorusWorkspace      *workspace);

/**
 * chorus_recordings_page_set_scope:
 * @self: a page
 * @scope: (nullable): whose recordings are listed
 *
 * Lists the recordings of another place and asks the service for news of them.
 */
void chorus_recordings_page_set_scope (ChorusRecordingsPage *self,
                                       const ChorusScope    *scope);

/**
 * chorus_recordings_page_get_search_enabled:
 * @self: a page
 *
 * Returns: whether the search bar is shown
 */
gboolean chorus_recordings_page_get_search_enabled (ChorusRecordingsPage *self);

/**
 * chorus_recordings_page_set_search_enabled:
 * @self: a page
 * @search_enabled: whether the search bar is shown; it takes the keyboard
 */
void chorus_recordings_page_set_search_enabled (ChorusRecordingsPage *self,
                                                gboolean              search_enabled);

/**
 * chorus_recordings_page_get_can_analyze:
 * @self: a page
 *
 * Returns: whether there is a recording that can be analyzed
 */
gboolean chorus_recordings_page_get_can_analyze (ChorusRecordingsPage *self);

/**
 * chorus_recordings_page_analyze_all:
 * @self: a page
 *
 * Asks for the analysis of every recording that is ready. What fails says so in its row.
 */
void chorus_recordings_page_analyze_all (ChorusRecordingsPage *self);

/**
 * chorus_recordings_page_refresh:
 * @self: a page
 *
 * Asks the service for news of the deployments that are shown.
 */
void chorus_recordings_page_refresh (ChorusRecordingsPage *self);

/**
 * chorus_recordings_page_go_back:
 * @self: a page
 *
 * Returns from the whole page to the list, from the opened recording to the list alone, or ends the search.
 *
 * Returns: whether there was anything to return from
 */
gboolean chorus_recordings_page_go_back (ChorusRecordingsPage *self);

G_END_DECLS
