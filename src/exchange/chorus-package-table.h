/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusPackageTable:
 *
 * Makes the rows of a table of a package, in UTF-8 with a line feed after each. Cells are set in any order and are empty
 * unless they are set; a column is known by its place.
 */
typedef struct _ChorusPackageTable ChorusPackageTable;

/**
 * chorus_package_table_new:
 * @columns: (array length=n_columns): the names of the columns, which the table keeps no copy of
 * @n_columns: how many
 * @separator: what stands between cells: a comma, or a tab
 *
 * Returns: (transfer full): a table
 */
ChorusPackageTable *chorus_package_table_new (const char *const *columns,
                                              guint              n_columns,
                                              char               separator) G_GNUC_WARN_UNUSED_RESULT;

void chorus_package_table_free (ChorusPackageTable *self);

/**
 * chorus_package_table_set_text:
 * @self: a table
 * @column: the place of a column, from 0
 * @text: (nullable): any bytes
 *
 * Sets a cell to a text from elsewhere, as [func@package_text_append_cell] has it.
 */
void chorus_package_table_set_text (ChorusPackageTable *self,
                                    guint               column,
                                    const char         *text);

/**
 * chorus_package_table_set_number:
 * @self: a table
 * @column: the place of a column, from 0
 * @value: a number; the cell stays empty where it is not finite
 * @decimals: how many digits there may be after the point
 */
void chorus_package_table_set_number (ChorusPackageTable *self,
                                      guint               column,
                                      double              value,
                                      int                 decimals);

/**
 * chorus_package_table_append_header:
 * @self: a table
 * @out: where to
 *
 * Appends the names of the columns.
 */
void chorus_package_table_append_header (ChorusPackageTable *self,
                                         GString            *out);

/**
 * chorus_package_table_append_row:
 * @self: a table
 * @out: where to
 *
 * Appends the cells that were set as a row, and empties them.
 */
void chorus_package_table_append_row (ChorusPackageTable *self,
                                      GString            *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPackageTable, chorus_package_table_free)

G_END_DECLS
