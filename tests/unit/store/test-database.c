/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <sys/stat.h>

#include "chorus-test.h"
#include "store/chorus-database.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("chorus-database-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gint64
read_int64 (ChorusDatabase *db,
            const char     *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) statement = chorus_statement_new (db, sql, &error);
  ChorusStep step = CHORUS_STEP_ERROR;

  g_assert_no_error (error);
  step = chorus_statement_step (statement, &error);
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, CHORUS_STEP_ROW);

  return chorus_statement_get_int64 (statement, 0);
}

static ChorusDatabase *
open_with_table (const char *path)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open (path, &error);

  g_assert_no_error (error);
  chorus_database_execute (db, "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE)", &error);
  g_assert_no_error (error);

  return db;
}

static void
assert_names_file (const GError *error,
                   const char   *path)
{
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strstr (error->message, "SQL"));
}

static void
test_database_settings (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = open_with_table (fixture->path);
  g_autoptr (ChorusStatement) journal = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info = { 0 };

  g_assert_cmpint (read_int64 (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (read_int64 (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (read_int64 (db, "PRAGMA busy_timeout"), >, 0);

  journal = chorus_statement_new (db, "PRAGMA journal_mode", &error);
  g_assert_no_error (error);
  g_assert_cmpint (chorus_statement_step (journal, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpstr (chorus_statement_get_text (journal, 0), ==, "wal");

  g_assert_cmpstr (chorus_database_get_path (db), ==, fixture->path);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_database_makes_folder (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a", "b", "store.db", NULL);
  g_autoptr (ChorusDatabase) db = open_with_table (path);

  g_assert_nonnull (db);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_database_cannot_open (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *below_a_file = g_build_filename (fixture->path, "store.db", NULL);

  /* The path is a folder. */
  g_assert_null (chorus_database_open (fixture->folder, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_OPEN);
  assert_names_file (error, fixture->folder);
  g_clear_error (&error);

  /* A part of the path is a file. */
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_null (chorus_database_open (below_a_file, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_OPEN);
}

static void
test_database_not_a_store (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (8192, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, 8192, NULL));
  g_assert_null (chorus_database_open (fixture->path, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CORRUPT);
  assert_names_file (error, fixture->path);

  /* What is not ours is left as it was. */
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_database_damaged (Fixture       *fixture,
                       gconstpointer  data)
{
  ChorusDatabase *db = open_with_table (fixture->path);
  g_autoptr (ChorusDatabase) damaged = NULL;
  g_autoptr (ChorusStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_database_execute (db,
                           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                           "INSERT INTO notes (text) SELECT 'note ' || i FROM n",
                           &error);
  g_assert_no_error (error);
  chorus_database_free (db);

  /* Everything behind the first two pages turns into noise, as after a bad card reader. */
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 16384);
  memset (contents + 8192, 0xa5, length - 8192);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));

  damaged = chorus_database_open (fixture->path, &error);
  g_assert_no_error (error);
  statement = chorus_statement_new (damaged, "SELECT text FROM notes ORDER BY id", &error);
  g_assert_no_error (error);
  while ((step = chorus_statement_step (statement, &error)) == CHORUS_STEP_ROW)
    ;
  g_assert_cmpint (step, ==, CHORUS_STEP_ERROR);
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CORRUPT);
  assert_names_file (error, fixture->path);
}

static void
test_database_constraint (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = open_with_table (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_database_execute (db, "INSERT INTO notes (id, text) VALUES (7, 'one')", &error));
  g_assert_cmpint (chorus_database_get_last_row_id (db), ==, 7);
  g_assert_cmpint (chorus_database_get_n_changes (db), ==, 1);

  g_assert_false (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('one')", &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
  assert_names_file (error, fixture->path);
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes"), ==, 1);
}

static void
test_database_read_only (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = open_with_table (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_database_execute (db, "PRAGMA query_only = ON", &error));
  g_assert_false (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('one')", &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_READ_ONLY);
  assert_names_file (error, fixture->path);
}

static void
test_database_no_permission (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = NULL;

  chorus_database_free (open_with_table (fixture->path));
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  if (g_access (fixture->path, W_OK) == 0)
    {
      g_test_skip ("This user may write every file");
      return;
    }

  db = chorus_database_open (fixture->path, &error);
  g_assert_null (db);
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_READ_ONLY);
}

static void
test_database_full (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = open_with_table (fixture->path);
  g_autoptr (GError) error = NULL;
  gint64 before = 0;

  g_assert_true (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('kept')", &error));
  g_assert_true (chorus_database_execute (db, "PRAGMA max_page_count = 8", &error));
  while (chorus_database_execute (db, "INSERT INTO notes (text) SELECT hex(randomblob(500))", &error))
    ;
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FULL);
  assert_names_file (error, fixture->path);
  g_clear_error (&error);

  /* Nothing is lost, and with room again it goes on. */
  before = read_int64 (db, "SELECT count(*) FROM notes");
  g_assert_cmpint (before, >, 1);
  g_assert_true (chorus_database_execute (db, "PRAGMA max_page_count = 1000", &error));
  g_assert_true (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('later')", &error));
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes"), ==, before + 1);
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes WHERE text = 'kept'"), ==, 1);
}

static void
test_database_locked (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (ChorusDatabase) first = open_with_table (fixture->path);
  g_autoptr (ChorusDatabase) second = open_with_table (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_database_execute (second, "PRAGMA busy_timeout = 0", &error));
  {
    g_autoptr (ChorusTransaction) writing = chorus_transaction_begin (first, &error);

    g_assert_no_error (error);
    g_assert_nonnull (writing);
    g_assert_false (chorus_database_execute (second, "INSERT INTO notes (text) VALUES ('two')", &error));
    g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_LOCKED);
    assert_names_file (error, fixture->path);
    g_clear_error (&error);
  }
  g_assert_true (chorus_database_execute (second, "INSERT INTO notes (text) VALUES ('two')", &error));
}

static void
test_database_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = open_with_table (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  chorus_database_set_cancellable (db, cancellable);
  g_assert_false (chorus_database_execute (db,
                                           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                           "INSERT INTO notes (text) SELECT 'note ' || i FROM n",
                                           &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  chorus_database_set_cancellable (db, NULL);
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes"), ==, 0);
}

static void
test_database_killed_child (void)
{
  g_autoptr (ChorusDatabase) db = open_with_table (g_getenv ("CHORUS_TEST_PATH"));
  g_autoptr (ChorusTransaction) transaction = NULL;

  g_assert_true (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('committed')", NULL));
  transaction = chorus_transaction_begin (db, NULL);
  g_assert_true (chorus_database_execute (db, "INSERT INTO notes (text) VALUES ('half done')", NULL));
  raise (SIGKILL);
}

static void
test_database_killed (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (ChorusDatabase) db = NULL;

  g_setenv ("CHORUS_TEST_PATH", fixture->path, TRUE);
  g_test_trap_subprocess ("/store/database/killed/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("CHORUS_TEST_PATH");
  g_assert_false (g_test_trap_has_passed ());

  db = open_with_table (fixture->path);
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes WHERE text = 'committed'"), ==, 1);
  g_assert_cmpint (read_int64 (db, "SELECT count(*) FROM notes"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/store/database/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("settings", test_database_settings);
  ADD ("makes-folder", test_database_makes_folder);
  ADD ("cannot-open", test_database_cannot_open);
  ADD ("not-a-store", test_database_not_a_store);
  ADD ("damaged", test_database_damaged);
  ADD ("constraint", test_database_constraint);
  ADD ("read-only", test_database_read_only);
  ADD ("no-permission", test_database_no_permission);
  ADD ("full", test_database_full);
  ADD ("locked", test_database_locked);
  ADD ("cancelled", test_database_cancelled);
  ADD ("killed", test_database_killed);
#undef ADD
  g_test_add_func ("/store/database/killed/subprocess", test_database_killed_child);

  return g_test_run ();
}
