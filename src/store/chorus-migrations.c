/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-migrations.h"

#include <glib/gi18n.h>

#include "chorus-database-private.h"
#include "chorus-statement.h"
#include "chorus-transaction.h"

gboolean
chorus_migrations_get_version (ChorusDatabase  *db,
                               gint64          *version,
                               GError         **error)
{
  g_autoptr (ChorusStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  statement = chorus_statement_new (db, "PRAGMA user_version", error);
  if (!statement || chorus_statement_step (statement, error) != CHORUS_STEP_ROW)
    return FALSE;
  *version = chorus_statement_get_int64 (statement, 0);

  return TRUE;
}

/* Applies the step that follows the version found; @done tells that there was none. The version is read again inside the
 * transaction: another process may have applied the step while this one waited. */
static gboolean
chorus_migrations_apply_next (const ChorusMigrations  *self,
                              ChorusDatabase          *db,
                              gboolean                *done,
                              GError                 **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);
  g_autofree char *set_version = NULL;
  gint64 version = 0;

  if (!transaction || !chorus_migrations_get_version (db, &version, error))
    return FALSE;

  *done = version >= self->n_steps;
  if (*done)
    return TRUE;

  /* A pragma takes no parameters. */
  set_version = g_strdup_printf ("PRAGMA user_version = %d", (int) version + 1);

  return chorus_database_execute (db, self->steps[version], error) && chorus_database_execute (db, set_version, error)
         && chorus_transaction_commit (transaction, error);
}

gboolean
chorus_migrations_apply (const ChorusMigrations  *self,
                         ChorusDatabase          *db,
                         GError                 **error)
{
  gint64 version = 0;
  gboolean done = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (db != NULL, FALSE);

  if (!chorus_migrations_get_version (db, &version, error))
    return FALSE;

  if (version > self->n_steps)
    {
      g_autofree char *name = chorus_database_dup_display_name (db);

      g_set_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_NEWER_VERSION,
                   _("%s was written by a newer version of Chorus. Update Chorus to open it."), name);
      return FALSE;
    }
  if (version < 0)
    {
      chorus_database_set_error (db, SQLITE_CORRUPT, error);
      return FALSE;
    }

  done = version == self->n_steps;
  while (!done)
    {
      if (!chorus_migrations_apply_next (self, db, &done, error))
        return FALSE;
    }

  return TRUE;
}
