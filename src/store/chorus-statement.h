/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusStatement:
 *
 * A prepared statement.
 *
 * The text is a constant of the program; data enters only through the bind functions. Binding does not fail by itself: a
 * value that cannot be bound is reported by the next chorus_statement_step() or chorus_statement_run(). A position that
 * the statement does not have is a mistake of the caller, reported with g_critical().
 */
typedef struct _ChorusStatement ChorusStatement;

/**
 * ChorusStep:
 * @CHORUS_STEP_ERROR: the error is set
 * @CHORUS_STEP_DONE: there is no further row
 * @CHORUS_STEP_ROW: a row can be read
 *
 * What one step of a statement came to.
 */
typedef enum
{
  CHORUS_STEP_ERROR = -1,
  CHORUS_STEP_DONE = 0,
  CHORUS_STEP_ROW = 1,
} ChorusStep;

/**
 * chorus_statement_new:
 * @db: a connection that outlives the statement
 * @sql: one statement, a constant of the program
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): the prepared statement
 */
ChorusStatement *chorus_statement_new (ChorusDatabase  *db,
                                       const char      *sql,
                                       GError         **error);

void chorus_statement_free (ChorusStatement *self);

/**
 * chorus_statement_get_parameter:
 * @self: a statement
 * @name: the name of a parameter with its prefix, such as `:file_id`
 *
 * Returns: the position of the parameter, for the bind functions
 */
int chorus_statement_get_parameter (ChorusStatement *self,
                                    const char      *name);

/**
 * chorus_statement_bind_text:
 * @self: a statement
 * @parameter: the position of a parameter, from 1
 * @value: (nullable): UTF-8, copied; %NULL binds SQL's NULL
 *
 * Sets a parameter. Like all parameters it keeps its value over chorus_statement_reset().
 */
void chorus_statement_bind_text (ChorusStatement *self,
                                 int              parameter,
                                 const char      *value);
void chorus_statement_bind_int64 (ChorusStatement *self,
                                  int              parameter,
                                  gint64           value);
void chorus_statement_bind_boolean (ChorusStatement *self,
                                    int              parameter,
                                    gboolean         value);

/**
 * chorus_statement_bind_double:
 * @self: a statement
 * @parameter: the position of a parameter, from 1
 * @value: a number; NaN, which SQL does not know, binds NULL
 *
 * Sets a parameter.
 */
void chorus_statement_bind_double (ChorusStatement *self,
                                   int              parameter,
                                   double           value);
void chorus_statement_bind_null (ChorusStatement *self,
                                 int              parameter);

/**
 * chorus_statement_step:
 * @self: a statement
 * @error: return location for a #ChorusStoreError
 *
 * Goes to the first or the next row. After the last one, and after an error, the statement is reset and may run again.
 *
 * |[<!-- language="C" -->
 * while ((step = chorus_statement_step (statement, error)) == CHORUS_STEP_ROW)
 *   read_row (statement);
 * if (step == CHORUS_STEP_ERROR)
 *   return FALSE;
 * ]|
 *
 * Returns: whether there is a row
 */
ChorusStep chorus_statement_step (ChorusStatement  *self,
                                  GError          **error);

/**
 * chorus_statement_run:
 * @self: a statement
 * @error: return location for a #ChorusStoreError
 *
 * Runs the statement to its end, ignores its rows, and leaves it ready to be bound and run again.
 *
 * Returns: whether it ran
 */
gboolean chorus_statement_run (ChorusStatement  *self,
                               GError          **error);

/**
 * chorus_statement_reset:
 * @self: a statement
 *
 * Goes back before the first row. Needed only where rows are left unread.
 */
void chorus_statement_reset (ChorusStatement *self);

/**
 * chorus_statement_is_null:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: whether the column holds SQL's NULL
 */
gboolean chorus_statement_is_null (ChorusStatement *self,
                                   int              column);

/**
 * chorus_statement_get_text:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: (transfer none) (nullable): the text until the next step, or %NULL for SQL's NULL
 */
const char *chorus_statement_get_text (ChorusStatement *self,
                                       int              column);

/**
 * chorus_statement_dup_text:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: (transfer full) (nullable): the text, or %NULL for SQL's NULL
 */
char *chorus_statement_dup_text (ChorusStatement *self,
                                 int              column);

/**
 * chorus_statement_get_int64:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: the number, or 0 for SQL's NULL
 */
gint64 chorus_statement_get_int64 (ChorusStatement *self,
                                   int              column);

/**
 * chorus_statement_get_boolean:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: whether the number is not 0
 */
gboolean chorus_statement_get_boolean (ChorusStatement *self,
                                       int              column);

/**
 * chorus_statement_get_double:
 * @self: a statement on a row
 * @column: the position of a column, from 0
 *
 * Returns: the number, or NaN for SQL's NULL
 */
double chorus_statement_get_double (ChorusStatement *self,
                                    int              column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStatement, chorus_statement_free)

G_END_DECLS
