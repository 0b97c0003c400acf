/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-place.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLACE_ROW (chorus_place_row_get_type ())

/**
 * ChorusPlaceRow:
 *
 * A project, a site or a deployment in the sidebar.
 */
G_DECLARE_FINAL_TYPE (ChorusPlaceRow, chorus_place_row, CHORUS, PLACE_ROW, AdwBin)

/**
 * chorus_place_row_new:
 *
 * Returns: (transfer none): a new row
 */
GtkWidget *chorus_place_row_new (void);

/**
 * chorus_place_row_set_list_row:
 * @self: a row
 * @list_row: (nullable): the row of the tree, whose item is a #ChorusPlace
 *
 * Shows another place.
 */
void chorus_place_row_set_list_row (ChorusPlaceRow *self,
                                    GtkTreeListRow *list_row);

G_END_DECLS
