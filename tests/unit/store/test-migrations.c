/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "store/chorus-migrations.h"
#include "store/chorus-statement.h"

static const char *const steps[] = {
  "CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('wren');",
  "ALTER TABLE birds ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; UPDATE birds SET seen = 3;",
};

static const char *const broken_steps[] = {
  "CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('wren');",
  "UPDATE birds SET name = 'robin'; CREATE TABLE birds (name TEXT);",
};

static const ChorusMigrations first_version = { steps, 1 };
static const ChorusMigrations second_version = { steps, 2 };
static const ChorusMigrations broken_version = { broken_steps, 2 };

static ChorusDatabase *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);

  return db;
}

static void
assert_version (ChorusDatabase *db,
                gint64          expected)
{
  g_autoptr (GError) error = NULL;
  gint64 version = -1;

  g_assert_true (chorus_migrations_get_version (db, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpint (version, ==, expected);
}

static void
test_migrations_fresh (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  assert_version (db, 0);
  g_assert_true (chorus_migrations_apply (&second_version, db, &error));
  assert_version (db, 2);

  /* A second time there is nothing to do. */
  g_assert_true (chorus_migrations_apply (&second_version, db, &error));
  assert_version (db, 2);
}

static void
test_migrations_keeps_rows (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (ChorusStatement) select = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_migrations_apply (&first_version, db, &error));
  assert_version (db, 1);
  g_assert_true (chorus_database_execute (db, "INSERT INTO birds VALUES ('robin')", &error));
  g_assert_true (chorus_migrations_apply (&second_version, db, &error));
  assert_version (db, 2);

  select = chorus_statement_new (db, "SELECT name, seen FROM birds ORDER BY name", &error);
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpstr (chorus_statement_get_text (select, 0), ==, "robin");
  g_assert_cmpint (chorus_statement_get_int64 (select, 1), ==, 3);
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpstr (chorus_statement_get_text (select, 0), ==, "wren");
}

static void
test_migrations_broken_step (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (ChorusStatement) select = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (chorus_migrations_apply (&broken_version, db, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FAILED);
  g_clear_error (&error);

  /* The step that failed left no trace; the one before it holds. */
  assert_version (db, 1);
  select = chorus_statement_new (db, "SELECT name FROM birds", &error);
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpstr (chorus_statement_get_text (select, 0), ==, "wren");
}

static void
test_migrations_newer (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_migrations_apply (&second_version, db, &error));
  g_assert_false (chorus_migrations_apply (&first_version, db, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_NEWER_VERSION);
  g_assert_nonnull (strstr (error->message, "newer version"));
  assert_version (db, 2);
}

static void
test_migrations_negative (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  g_assert_true (chorus_database_execute (db, "PRAGMA user_version = -4", &error));
  g_assert_false (chorus_migrations_apply (&second_version, db, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CORRUPT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/migrations/fresh", test_migrations_fresh);
  g_test_add_func ("/store/migrations/keeps-rows", test_migrations_keeps_rows);
  g_test_add_func ("/store/migrations/broken-step", test_migrations_broken_step);
  g_test_add_func ("/store/migrations/newer", test_migrations_newer);
  g_test_add_func ("/store/migrations/negative", test_migrations_negative);

  return g_test_run ();
}
