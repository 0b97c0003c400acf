/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-store-error.h"

G_BEGIN_DECLS

/**
 * ChorusDatabase:
 *
 * One connection to an SQLite file.
 *
 * A connection belongs to one thread at a time. It waits up to ten seconds for another program that is writing, enforces
 * foreign keys, and on disk uses a write-ahead log with `synchronous=FULL`: what was committed survives a power cut.
 */
typedef struct _ChorusDatabase ChorusDatabase;

/**
 * chorus_database_open:
 * @path: (type filename): the file; made, together with its folder, when it is not there
 * @error: return location for a #ChorusStoreError
 *
 * Opens a connection to a file. Only the owner may read a file made here.
 *
 * Returns: (transfer full) (nullable): the connection
 */
ChorusDatabase *chorus_database_open (const char  *path,
                                      GError     **error);

/**
 * chorus_database_open_in_memory:
 * @error: return location for a #ChorusStoreError
 *
 * Opens an empty database that lives as long as the connection.
 *
 * Returns: (transfer full) (nullable): the connection
 */
ChorusDatabase *chorus_database_open_in_memory (GError **error);

/**
 * chorus_database_free:
 * @self: a connection none of whose statements exist any more
 *
 * Closes the connection. A transaction still open is rolled back.
 */
void chorus_database_free (ChorusDatabase *self);

/**
 * chorus_database_get_path:
 * @self: a connection
 *
 * Returns: (type filename) (nullable): the file, or %NULL for a database in memory
 */
const char *chorus_database_get_path (ChorusDatabase *self);

/**
 * chorus_database_execute:
 * @self: a connection
 * @sql: one or more statements, a constant of the program: never made from data
 * @error: return location for a #ChorusStoreError
 *
 * Runs statements that take no parameters and whose rows, if any, are not wanted.
 *
 * Returns: whether all of them ran
 */
gboolean chorus_database_execute (ChorusDatabase  *self,
                                  const char      *sql,
                                  GError         **error);

/**
 * chorus_database_get_last_row_id:
 * @self: a connection
 *
 * Returns: the row id of the last row inserted
 */
gint64 chorus_database_get_last_row_id (ChorusDatabase *self);

/**
 * chorus_database_get_n_changes:
 * @self: a connection
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
gint64 chorus_database_get_n_changes (ChorusDatabase *self);

/**
 * chorus_database_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): what interrupts the statements run from now on
 *
 * Makes long statements end with %G_IO_ERROR_CANCELLED once @cancellable is cancelled. An interrupted write is undone.
 */
void chorus_database_set_cancellable (ChorusDatabase *self,
                                      GCancellable   *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusDatabase, chorus_database_free)

G_END_DECLS
