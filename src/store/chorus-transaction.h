/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusTransaction:
 *
 * A scope in which either everything or nothing is written.
 *
 * Leaving the scope without chorus_transaction_commit() undoes it:
 *
 * |[<!-- language="C" -->
 * g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
 *
 * if (!transaction || !write_this (db, error) || !write_that (db, error))
 *   return FALSE;
 *
 * return chorus_transaction_commit (transaction, error);
 * ]|
 *
 * Scopes nest: the outermost takes the write lock at once (BEGIN IMMEDIATE), an inner one is a savepoint, so that an inner
 * failure can be undone alone. They end in the reverse order of their beginning. Where SQLite itself undoes the whole
 * transaction (a full disk), committing any of its scopes fails.
 */
typedef struct _ChorusTransaction ChorusTransaction;

/**
 * chorus_transaction_begin:
 * @db: a connection that outlives the transaction
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the open scope
 */
ChorusTransaction *chorus_transaction_begin (ChorusDatabase  *db,
                                             GError         **error);

/**
 * chorus_transaction_commit:
 * @self: an open scope
 * @error: return location for a #ChorusStoreError
 *
 * Ends the scope and keeps what was written in it; when the outermost ends, it is on disk. When this fails the scope is
 * undone.
 *
 * Returns: whether it was kept
 */
gboolean chorus_transaction_commit (ChorusTransaction  *self,
                                    GError            **error);

/**
 * chorus_transaction_free:
 * @self: a scope
 *
 * Undoes the scope unless it was committed, and frees it.
 */
void chorus_transaction_free (ChorusTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTransaction, chorus_transaction_free)

G_END_DECLS
