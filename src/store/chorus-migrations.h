/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusMigrations:
 * @steps: (array length=n_steps): SQL of each step; step i leads from version i to version i + 1
 * @n_steps: the number of steps, which is the version this program writes
 *
 * The history of a schema. A step that was released is never edited: a change is a further step.
 */
typedef struct
{
  const char *const *steps;
  int n_steps;
} ChorusMigrations;

/**
 * chorus_migrations_apply:
 * @self: the history of a schema
 * @db: a connection
 * @error: return location for a #ChorusStoreError
 *
 * Brings a database to the newest version, each step in a transaction of its own together with SQLite's `user_version`.
 * A database of a newer version is left alone and refused with %CHORUS_STORE_ERROR_NEWER_VERSION.
 *
 * Returns: whether the database is of the newest version now
 */
gboolean chorus_migrations_apply (const ChorusMigrations  *self,
                                  ChorusDatabase          *db,
                                  GError                 **error);

/**
 * chorus_migrations_get_version:
 * @db: a connection
 * @version: (out): the version of the database, 0 for an empty one
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether the version could be read
 */
gboolean chorus_migrations_get_version (ChorusDatabase  *db,
                                        gint64          *version,
                                        GError         **error);

G_END_DECLS
