/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-table-text.h"

G_BEGIN_DECLS

/**
 * ChorusTableFile:
 *
 * A table that is being written, field by field and row by row, beside the place where it will be; see #ChorusNewFile, whose
 * errors it reports. UTF-8 without a byte order mark, and a line feed after each row. To be used in one thread at a time.
 */
typedef struct _ChorusTableFile ChorusTableFile;

/**
 * chorus_table_file_create:
 * @target: where the table will be
 * @separator: %CHORUS_TABLE_CSV or %CHORUS_TABLE_TSV
 * @header: (nullable): the row of names with its separators, without a line feed, or %NULL for a table without names
 * @error: return location for an error
 *
 * Returns: (transfer full): the table, or %NULL with @error set
 */
ChorusTableFile *chorus_table_file_create (GFile       *target,
                                           char         separator,
                                           const char  *header,
                                           GError     **error)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_table_file_create_in_folder:
 * @target: where the table will be, among files that get to their places together: see [method@ExportFolder.new_file]
 * @separator: %CHORUS_TABLE_CSV or %CHORUS_TABLE_TSV
 * @header: (nullable): the row of names, or %NULL for a table without names
 * @error: return location for an error
 *
 * The same, but nobody waits for the disk for this table alone.
 *
 * Returns: (transfer full): the table, or %NULL with @error set
 */
ChorusTableFile *chorus_table_file_create_in_folder (GFile       *target,
                                                     char         separator,
                                                     const char  *header,
                                                     GError     **error)
  G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_table_file_free:
 * @self: (transfer full) (nullable): a table
 *
 * Removes what was written unless [method@TableFile.finish] has been called.
 */
void chorus_table_file_free (ChorusTableFile *self);

/**
 * chorus_table_file_add_text:
 * @self: a table
 * @text: (nullable): the next field of the row: any bytes, see [func@table_text_append]
 */
void chorus_table_file_add_text (ChorusTableFile *self,
                                 const char      *text);

/**
 * chorus_table_file_add_number:
 * @self: a table
 * @number: the next field of the row, which is empty where it is not finite
 * @decimals: how many digits after the point
 */
void chorus_table_file_add_number (ChorusTableFile *self,
                                   double           number,
                                   guint            decimals);

/**
 * chorus_table_file_end_row:
 * @self: a table
 * @error: return location for an error
 *
 * Ends the row. Its fields may be on the disk afterwards, or later.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_table_file_end_row (ChorusTableFile  *self,
                                    GError          **error);

/**
 * chorus_table_file_finish:
 * @self: a table
 * @error: return location for an error
 *
 * Puts the table to its place.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_table_file_finish (ChorusTableFile  *self,
                                   GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTableFile, chorus_table_file_free)

G_END_DECLS
