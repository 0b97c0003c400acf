/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-migrations.h"
#include "chorus-statement.h"
#include "chorus-transaction.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_STORE (chorus_store_get_type ())

/**
 * ChorusStore:
 *
 * A database with a worker thread of its own.
 *
 * Jobs run on that thread one at a time, in the order in which they were given, so that no caller waits and no two jobs
 * meet. What a job wrote is on disk when its callback runs.
 */
G_DECLARE_FINAL_TYPE (ChorusStore, chorus_store, CHORUS, STORE, GObject)

/**
 * ChorusStoreFunc:
 * @db: the connection, valid during the call
 * @data: what was given with the job
 * @error: return location for an error
 *
 * A job, run on the store's thread. It touches nothing but @db and @data. Where it writes more than one row it does so in
 * a #ChorusTransaction.
 *
 * Returns: (nullable): the result; when @error is set it is not used
 */
typedef gpointer (*ChorusStoreFunc) (ChorusDatabase *db, gpointer data, GError **error);

/**
 * chorus_store_open:
 * @path: (type filename) (nullable): the file, or %NULL for a store in memory
 * @migrations: (nullable): the schema to bring it to
 * @error: return location for a #ChorusStoreError
 *
 * Opens a store. This waits for the disk: a program with a window uses chorus_store_open_async().
 *
 * Returns: (transfer full) (nullable): the store
 */
ChorusStore *chorus_store_open (const char              *path,
                                const ChorusMigrations  *migrations,
                                GError                 **error);

/**
 * chorus_store_open_async:
 * @path: (type filename) (nullable): the file, or %NULL for a store in memory
 * @migrations: (nullable): the schema to bring it to, which stays valid
 *
 * Opens a store without waiting for the disk.
 */
void chorus_store_open_async (const char             *path,
                              const ChorusMigrations *migrations,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data);
ChorusStore *chorus_store_open_finish (GAsyncResult  *result,
                                       GError       **error);

/**
 * chorus_store_run_async:
 * @self: a store
 * @func: (scope async): the job
 * @data: (nullable): what the job gets
 * @data_destroy: (nullable): frees @data, on the store's thread, before @callback is called
 * @result_destroy: (nullable): frees a result that nobody asked for
 * @cancellable: (nullable): skips the job if it has not started; interrupts and so undoes the statement it is in otherwise
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Queues a job behind those queued before it.
 */
void chorus_store_run_async (ChorusStore         *self,
                             ChorusStoreFunc      func,
                             gpointer             data,
                             GDestroyNotify       data_destroy,
                             GDestroyNotify       result_destroy,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);

/**
 * chorus_store_run_finish:
 * @self: a store
 * @result: what the callback got
 * @error: return location for the error of the job, or %CHORUS_STORE_ERROR_CLOSED
 *
 * A job may well return %NULL: whether it failed is told by @error alone.
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer chorus_store_run_finish (ChorusStore   *self,
                                  GAsyncResult  *result,
                                  GError       **error);

/**
 * chorus_store_close:
 * @self: a store
 *
 * Runs every job queued so far, closes the file and ends the thread; jobs given later fail with
 * %CHORUS_STORE_ERROR_CLOSED. This waits, so it is for the end of the program. Disposing of the store does the same.
 */
void chorus_store_close (ChorusStore *self);

/**
 * chorus_store_get_path:
 * @self: a store
 *
 * Returns: (type filename) (nullable): the file, or %NULL for a store in memory
 */
const char *chorus_store_get_path (ChorusStore *self);

G_END_DECLS
