/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SELECTION_INFO (chorus_selection_info_get_type ())

/**
 * ChorusSelectionInfo:
 *
 * What can be measured of the selection, off the main thread and anew with each selection, and a button that copies it
 * as a table for Raven.
 *
 * Properties: "summary" (string, read-only): the selection in a few words, or %NULL where nothing is selected; "spoken"
 * (string, read-only): what was measured, or %NULL as long as it was not.
 */
G_DECLARE_FINAL_TYPE (ChorusSelectionInfo, chorus_selection_info, CHORUS, SELECTION_INFO, GtkPopover)

/**
 * chorus_selection_info_set_session:
 * @self: the measurements
 * @session: the view session; once only
 */
void chorus_selection_info_set_session (ChorusSelectionInfo *self,
                                        ChorusViewSession   *session);

/**
 * chorus_selection_info_set_path:
 * @self: the measurements
 * @path: (nullable) (type filename): where the recording is, for tables
 */
void chorus_selection_info_set_path (ChorusSelectionInfo *self,
                                     const char          *path);

/**
 * chorus_selection_info_get_summary:
 * @self: the measurements
 *
 * Returns: (transfer none) (nullable): such as "1.234 s, 2.10–5.40 kHz"
 */
const char *chorus_selection_info_get_summary (ChorusSelectionInfo *self);

/**
 * chorus_selection_info_get_spoken:
 * @self: the measurements
 *
 * A selection of more than a minute is measured once the list has been opened.
 *
 * Returns: (transfer none) (nullable): all that was measured of the selection, with names and units, one thing on a line
 */
const char *chorus_selection_info_get_spoken (ChorusSelectionInfo *self);

G_END_DECLS
