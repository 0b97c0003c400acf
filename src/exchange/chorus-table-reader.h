/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusTableReader:
 *
 * Reads a table row by row, whatever its size, and keeps no more of it than a row. To be used in one thread at a time;
 * reading blocks for as long as the disk does.
 *
 * The text is UTF-8, with a byte order mark or without; bytes that are not become U+FFFD. Rows end with a line feed, a
 * carriage return or both. Fields are separated by what the first row has: tabs, or else whichever of semicolons and commas
 * there are more of. A field that begins with a quotation mark is quoted as RFC 4180 has it; between tabs it ends on its
 * line, and where there is no second mark to end it, it is not quoted at all.
 */
typedef struct _ChorusTableReader ChorusTableReader;

/**
 * CHORUS_TABLE_MAX_ROW:
 *
 * The longest row that is read, in bytes.
 */
#define CHORUS_TABLE_MAX_ROW (64 * 1024)

/**
 * ChorusTableStep:
 * @CHORUS_TABLE_STEP_ROW: there is a row, which has at least one field that is not empty
 * @CHORUS_TABLE_STEP_BAD_ROW: there is a row that cannot be understood, see [method@TableReader.get_problem]
 * @CHORUS_TABLE_STEP_END: there is no row any more
 * @CHORUS_TABLE_STEP_ERROR: the file cannot be read, or it was cancelled
 *
 * What came of going on to the next row.
 */
typedef enum
{
  CHORUS_TABLE_STEP_ROW,
  CHORUS_TABLE_STEP_BAD_ROW,
  CHORUS_TABLE_STEP_END,
  CHORUS_TABLE_STEP_ERROR,
} ChorusTableStep;

/**
 * chorus_table_reader_new:
 * @stream: where the table is
 * @name: what the table is called, for errors; any bytes
 *
 * Returns: (transfer full): a reader before the first row
 */
ChorusTableReader *chorus_table_reader_new (GInputStream *stream,
                                            const char   *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_table_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void chorus_table_reader_free (ChorusTableReader *self);

/**
 * chorus_table_reader_next:
 * @self: a reader
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error in %G_IO_ERROR, a sentence that names the file
 *
 * Goes on to the next row. Rows without any text are passed over.
 *
 * Returns: what came of it
 */
ChorusTableStep chorus_table_reader_next (ChorusTableReader  *self,
                                          GCancellable       *cancellable,
                                          GError            **error);

/**
 * chorus_table_reader_get_fields:
 * @self: a reader at a row
 * @n_fields: (out): how many fields there are
 *
 * Returns: (array length=n_fields) (transfer none): the fields without their quotes, valid UTF-8, until the next step
 */
const char *const *chorus_table_reader_get_fields (ChorusTableReader *self, guint *n_fields);

/**
 * chorus_table_reader_get_line:
 * @self: a reader at a row
 *
 * Returns: the line that the row begins on, from 1
 */
guint64 chorus_table_reader_get_line (ChorusTableReader *self);

/**
 * chorus_table_reader_get_problem:
 * @self: a reader at a row that cannot be understood
 *
 * Returns: (transfer none): why, as a sentence for people
 */
const char *chorus_table_reader_get_problem (ChorusTableReader *self);

/**
 * chorus_table_reader_get_separator:
 * @self: a reader that has gone on to the first row
 *
 * Returns: what separates the fields
 */
char chorus_table_reader_get_separator (ChorusTableReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTableReader, chorus_table_reader_free)

G_END_DECLS
