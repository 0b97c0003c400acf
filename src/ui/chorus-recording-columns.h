/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "library/chorus-recording-order.h"

#include "chorus-workspace.h"

G_BEGIN_DECLS

/**
 * chorus_recording_columns_install:
 * @view: a column view without columns, whose items will be #ChorusRecording
 * @settings: where the choice of columns, their places and the order are remembered
 * @page: the widget that @view is in
 *
 * Adds the columns, as they were chosen. Their cells follow the recordings. Which columns are shown is chosen by the actions
 * "columns.NAME" of @page, which a menu over the headers offers too.
 */
void chorus_recording_columns_install (GtkColumnView *view,
                                       GSettings     *settings,
                                       GtkWidget     *page);

/**
 * chorus_recording_columns_set_workspace:
 * @view: a column view with columns
 * @workspace: (nullable): where the names of deployments are known
 * @several: whether each row says its deployment
 */
void chorus_recording_columns_set_workspace (GtkColumnView   *view,
                                             ChorusWorkspace *workspace,
                                             gboolean         several);

/**
 * chorus_recording_columns_get_order:
 * @view: a column view with columns
 * @order: (out): what a person sorts by
 * @descending: (out): whether the greatest comes first
 *
 * The rows are not sorted by the view, but by the model: see [method@RecordingListing.set_order]. This tells how, whenever the
 * sorter of @view changes.
 */
void chorus_recording_columns_get_order (GtkColumnView        *view,
                                         ChorusRecordingOrder *order,
                                         gboolean             *descending);

/**
 * chorus_recording_columns_create_menu:
 *
 * Returns: (transfer full): a menu that chooses the columns, for a button
 */
GMenuModel *chorus_recording_columns_create_menu (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
