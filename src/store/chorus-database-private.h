/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of this folder share; the rest of the program never sees SQLite. */

#pragma once

#include <sqlite3.h>

#include "chorus-database.h"

G_BEGIN_DECLS

struct _ChorusDatabase
{
  sqlite3 *handle;
  char *path; /* NULL in memory */
  GCancellable *cancellable;

  int transaction_depth; /* scopes open, see ChorusTransaction */
};

void chorus_database_set_error (ChorusDatabase  *self,
                                int              code,
                                GError         **error);
gboolean chorus_database_check_transaction (ChorusDatabase  *self,
                                            GError         **error);
char *chorus_database_dup_display_name (ChorusDatabase *self);

G_END_DECLS
