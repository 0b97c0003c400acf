/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-transaction.h"

#include "chorus-database-private.h"

struct _ChorusTransaction
{
  ChorusDatabase *db; /* borrowed */
  int depth;          /* 1 for the outermost scope */
  gboolean ended;
};

ChorusTransaction *
chorus_transaction_begin (ChorusDatabase  *db,
                          GError         **error)
{
  g_autoptr (ChorusTransaction) self = NULL;
  gboolean outermost = FALSE;

  g_return_val_if_fail (db != NULL, NULL);

  /* Savepoints of one name nest: RELEASE and ROLLBACK TO mean the latest. IMMEDIATE, because a transaction that reads
   * first and then wants to write fails at once, without waiting, when another program wrote in between. */
  outermost = db->transaction_depth == 0;
  if (!chorus_database_execute (db, outermost ? "BEGIN IMMEDIATE" : "SAVEPOINT chorus", error))
    return NULL;

  self = g_new0 (ChorusTransaction, 1);
  self->db = db;
  self->depth = ++db->transaction_depth;

  return g_steal_pointer (&self);
}

static void
chorus_transaction_undo (ChorusTransaction *self)
{
  g_return_if_fail (self->depth == self->db->transaction_depth);

  self->ended = TRUE;
  self->db->transaction_depth--;

  /* Nothing is left to undo where SQLite already did it. */
  if (!sqlite3_get_autocommit (self->db->handle))
    sqlite3_exec (self->db->handle, self->depth == 1 ? "ROLLBACK" : "ROLLBACK TO chorus; RELEASE chorus", NULL, NULL,
                  NULL);
}

gboolean
chorus_transaction_commit (ChorusTransaction  *self,
                           GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->ended, FALSE);
  g_return_val_if_fail (self->depth == self->db->transaction_depth, FALSE);

  if (!chorus_database_execute (self->db, self->depth == 1 ? "COMMIT" : "RELEASE chorus", error))
    {
      chorus_transaction_undo (self);
      return FALSE;
    }

  self->ended = TRUE;
  self->db->transaction_depth--;

  return TRUE;
}

void
chorus_transaction_free (ChorusTransaction *self)
{
  if (!self->ended)
    chorus_transaction_undo (self);
  g_free (self);
}
