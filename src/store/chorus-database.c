/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "chorus-database-private.h"

/* Milliseconds to wait while another program writes. */
#define CHORUS_DATABASE_BUSY_TIMEOUT 10000

/* Steps of SQLite's virtual machine between two looks at the cancellable: well under a millisecond. */
#define CHORUS_DATABASE_PROGRESS_STEPS 4000

char *
chorus_database_dup_display_name (ChorusDatabase *self)
{
  if (!self->path)
    return g_strdup (_("the store in memory"));

  return g_filename_display_name (self->path);
}

static ChorusStoreError
chorus_database_error_from_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return CHORUS_STORE_ERROR_FULL;

    case SQLITE_READONLY:
    case SQLITE_PERM:
      return CHORUS_STORE_ERROR_READ_ONLY;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return CHORUS_STORE_ERROR_CORRUPT;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CHORUS_STORE_ERROR_LOCKED;

    case SQLITE_CONSTRAINT:
      return CHORUS_STORE_ERROR_CONSTRAINT;

    case SQLITE_CANTOPEN:
      return CHORUS_STORE_ERROR_OPEN;

    default:
      return CHORUS_STORE_ERROR_FAILED;
    }
}

static char *
chorus_database_dup_sentence (ChorusStoreError  code,
                              const char       *name)
{
  switch (code)
    {
    case CHORUS_STORE_ERROR_OPEN:
      return g_strdup_printf (_("%s cannot be opened. Check that its folder exists and that you may write there."),
                              name);

    case CHORUS_STORE_ERROR_CORRUPT:
      return g_strdup_printf (
        _(
          "%s is damaged or was not made by Chorus. Restore it from a backup, or move it away to start with an empty one."),
        name);

    case CHORUS_STORE_ERROR_FULL:
      return g_strdup_printf (
        _("There is no room left on the disk for %s. Free some space and try again; what was saved before is safe."),
        name);

    case CHORUS_STORE_ERROR_READ_ONLY:
      return g_strdup_printf (_("%s cannot be written. Check the permissions of the file and of its folder."), name);

    case CHORUS_STORE_ERROR_CONSTRAINT:
      return g_strdup_printf (_("The change was not saved because it contradicts what %s already holds."), name);

    case CHORUS_STORE_ERROR_LOCKED:
      return g_strdup_printf (_("Another program is using %s. Close it and try again."), name);

    case CHORUS_STORE_ERROR_NEWER_VERSION:
    case CHORUS_STORE_ERROR_CLOSED:
    case CHORUS_STORE_ERROR_FAILED:
    default:
      return g_strdup_printf (_("%s could not be read or written. Check the disk it is on and try again."), name);
    }
}

/* Turns a result code of SQLite into our error. SQLite's own words are for the log: they name tables, not remedies. */
void
chorus_database_set_error (ChorusDatabase  *self,
                           int              code,
                           GError         **error)
{
  ChorusStoreError store_error = chorus_database_error_from_code (code);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was canceled."));
      return;
    }

  name = chorus_database_dup_display_name (self);
  g_debug ("SQLite, %s: %s (%d)", name, self->handle ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code), code);

  sentence = chorus_database_dup_sentence (store_error, name);
  g_set_error_literal (error, CHORUS_STORE_ERROR, store_error, sentence);
}

/* SQLite undoes a whole transaction by itself when, for example, the disk is full. What comes next in the same scope
 * would then be committed alone, so it is refused. */
gboolean
chorus_database_check_transaction (ChorusDatabase  *self,
                                   GError         **error)
{
  if (self->transaction_depth == 0 || !sqlite3_get_autocommit (self->handle))
    return TRUE;

  g_debug ("The transaction was undone by an earlier error");
  chorus_database_set_error (self, SQLITE_ABORT, error);

  return FALSE;
}

static int
chorus_database_progress_cb (void *user_data)
{
  ChorusDatabase *self = user_data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* SQLite would make the file readable by everyone. O_EXCL, because closing a descriptor of a file that this process
 * already has open would drop the locks of the other connection. */
static gboolean
chorus_database_create_file (ChorusDatabase  *self,
                             GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int code = SQLITE_CANTOPEN;
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      if (fd >= 0)
        return g_close (fd, error);
      if (errno == EEXIST)
        return TRUE;
    }

  if (errno == ENOSPC || errno == EDQUOT)
    code = SQLITE_FULL;
  else if (errno == EACCES || errno == EROFS || errno == EPERM)
    code = SQLITE_READONLY;
  chorus_database_set_error (self, code, error);

  return FALSE;
}

static gboolean
chorus_database_set_up (ChorusDatabase  *self,
                        GError         **error)
{
  int code = SQLITE_OK;

  code = sqlite3_open_v2 (self->path ? self->path : ":memory:", &self->handle,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      chorus_database_set_error (self, code, error);
      return FALSE;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, CHORUS_DATABASE_BUSY_TIMEOUT);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_progress_handler (self->handle, CHORUS_DATABASE_PROGRESS_STEPS, chorus_database_progress_cb, self);

  /* Where the file system cannot share memory (some network folders) SQLite stays with its rollback journal, which is
   * slower and no less safe. */
  if (!chorus_database_execute (self,
                                "PRAGMA journal_mode = WAL;"
                                "PRAGMA synchronous = FULL;"
                                "PRAGMA foreign_keys = ON;"
                                "PRAGMA temp_store = MEMORY;"
                                "PRAGMA cache_size = -16384;"
                                "PRAGMA journal_size_limit = 67108864;",
                                error))
    return FALSE;

  /* A file without write permission opens all the same and would fail only at the first change. */
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      chorus_database_set_error (self, SQLITE_READONLY, error);
      return FALSE;
    }

  return TRUE;
}

ChorusDatabase *
chorus_database_open (const char  *path,
                      GError     **error)
{
  g_autoptr (ChorusDatabase) self = g_new0 (ChorusDatabase, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (!chorus_database_create_file (self, error) || !chorus_database_set_up (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

ChorusDatabase *
chorus_database_open_in_memory (GError **error)
{
  g_autoptr (ChorusDatabase) self = g_new0 (ChorusDatabase, 1);

  if (!chorus_database_set_up (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
chorus_database_free (ChorusDatabase *self)
{
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A connection was closed while statements of it were in use");
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

const char *
chorus_database_get_path (ChorusDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

gboolean
chorus_database_execute (ChorusDatabase  *self,
                         const char      *sql,
                         GError         **error)
{
  int code = SQLITE_OK;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  if (!chorus_database_check_transaction (self, error))
    return FALSE;

  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    chorus_database_set_error (self, code, error);

  return code == SQLITE_OK;
}

gint64
chorus_database_get_last_row_id (ChorusDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

gint64
chorus_database_get_n_changes (ChorusDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

void
chorus_database_set_cancellable (ChorusDatabase *self,
                                 GCancellable   *cancellable)
{
  g_return_if_fail (self != NULL);

  g_set_object (&self->cancellable, cancellable);
}
