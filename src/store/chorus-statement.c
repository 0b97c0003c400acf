/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-statement.h"

#include <math.h>

#include "chorus-database-private.h"

struct _ChorusStatement
{
  ChorusDatabase *db; /* borrowed */
  sqlite3_stmt *handle;

  int bind_code; /* the first value that could not be bound, reported by the next step */
};

ChorusStatement *
chorus_statement_new (ChorusDatabase  *db,
                      const char      *sql,
                      GError         **error)
{
  g_autoptr (ChorusStatement) self = NULL;
  int code = SQLITE_OK;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  self = g_new0 (ChorusStatement, 1);
  self->db = db;
  code = sqlite3_prepare_v2 (db->handle, sql, -1, &self->handle, NULL);
  if (code != SQLITE_OK)
    {
      chorus_database_set_error (db, code, error);
      return NULL;
    }
  g_return_val_if_fail (self->handle != NULL, NULL);

  return g_steal_pointer (&self);
}

void
chorus_statement_free (ChorusStatement *self)
{
  /* The result repeats the error of the last step, which was reported then. */
  sqlite3_finalize (self->handle);
  g_free (self);
}

int
chorus_statement_get_parameter (ChorusStatement *self,
                                const char      *name)
{
  int parameter = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);

  parameter = sqlite3_bind_parameter_index (self->handle, name);
  if (parameter == 0)
    g_critical ("The statement has no parameter %s: %s", name, sqlite3_sql (self->handle));

  return parameter;
}

static void
chorus_statement_note_bind (ChorusStatement *self,
                            int              parameter,
                            int              code)
{
  if (code == SQLITE_OK)
    return;

  if (code == SQLITE_RANGE || code == SQLITE_MISUSE)
    g_critical ("Parameter %d cannot be bound now: %s", parameter, sqlite3_sql (self->handle));
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

void
chorus_statement_bind_text (ChorusStatement *self,
                            int              parameter,
                            const char      *value)
{
  g_return_if_fail (self != NULL);

  chorus_statement_note_bind (self, parameter,
                              sqlite3_bind_text (self->handle, parameter, value, -1, SQLITE_TRANSIENT));
}

void
chorus_statement_bind_int64 (ChorusStatement *self,
                             int              parameter,
                             gint64           value)
{
  g_return_if_fail (self != NULL);

  chorus_statement_note_bind (self, parameter, sqlite3_bind_int64 (self->handle, parameter, value));
}

void
chorus_statement_bind_boolean (ChorusStatement *self,
                               int              parameter,
                               gboolean         value)
{
  chorus_statement_bind_int64 (self, parameter, value ? 1 : 0);
}

void
chorus_statement_bind_double (ChorusStatement *self,
                              int              parameter,
                              double           value)
{
  g_return_if_fail (self != NULL);

  chorus_statement_note_bind (self, parameter,
                              isnan (value) ? sqlite3_bind_null (self->handle, parameter)
                                            : sqlite3_bind_double (self->handle, parameter, value));
}

void
chorus_statement_bind_null (ChorusStatement *self,
                            int              parameter)
{
  g_return_if_fail (self != NULL);

  chorus_statement_note_bind (self, parameter, sqlite3_bind_null (self->handle, parameter));
}

ChorusStep
chorus_statement_step (ChorusStatement  *self,
                       GError          **error)
{
  int code = SQLITE_OK;

  g_return_val_if_fail (self != NULL, CHORUS_STEP_ERROR);

  if (!chorus_database_check_transaction (self->db, error))
    {
      sqlite3_reset (self->handle);
      return CHORUS_STEP_ERROR;
    }

  code = self->bind_code == SQLITE_OK ? sqlite3_step (self->handle) : self->bind_code;
  if (code == SQLITE_ROW)
    return CHORUS_STEP_ROW;

  if (code != SQLITE_DONE)
    chorus_database_set_error (self->db, code, error);
  self->bind_code = SQLITE_OK;
  sqlite3_reset (self->handle);

  return code == SQLITE_DONE ? CHORUS_STEP_DONE : CHORUS_STEP_ERROR;
}

gboolean
chorus_statement_run (ChorusStatement  *self,
                      GError          **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;

  g_return_val_if_fail (self != NULL, FALSE);

  do
    step = chorus_statement_step (self, error);
  while (step == CHORUS_STEP_ROW);

  return step == CHORUS_STEP_DONE;
}

void
chorus_statement_reset (ChorusStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->handle);
}

gboolean
chorus_statement_is_null (ChorusStatement *self,
                          int              column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
chorus_statement_get_text (ChorusStatement *self,
                           int              column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
chorus_statement_dup_text (ChorusStatement *self,
                           int              column)
{
  return g_strdup (chorus_statement_get_text (self, column));
}

gint64
chorus_statement_get_int64 (ChorusStatement *self,
                            int              column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->handle, column);
}

gboolean
chorus_statement_get_boolean (ChorusStatement *self,
                              int              column)
{
  return chorus_statement_get_int64 (self, column) != 0;
}

double
chorus_statement_get_double (ChorusStatement *self,
                             int              column)
{
  g_return_val_if_fail (self != NULL, (double) NAN);

  return chorus_statement_is_null (self, column) ? (double) NAN : sqlite3_column_double (self->handle, column);
}
