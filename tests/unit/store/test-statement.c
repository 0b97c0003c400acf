/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "chorus-test.h"
#include "store/chorus-statement.h"

static ChorusDatabase *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);
  g_assert_null (chorus_database_get_path (db));
  g_assert_true (chorus_database_execute (db, "CREATE TABLE things (a TEXT, b INTEGER, c REAL, d INTEGER)", &error));

  return db;
}

static ChorusStatement *
prepare (ChorusDatabase *db,
         const char     *sql)
{
  g_autoptr (GError) error = NULL;
  ChorusStatement *statement = chorus_statement_new (db, sql, &error);

  g_assert_no_error (error);

  return statement;
}

static void
test_statement_types (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) insert = prepare (db, "INSERT INTO things VALUES (:a, :b, :c, :d)");
  g_autoptr (ChorusStatement) select = prepare (db, "SELECT a, b, c, d FROM things ORDER BY rowid");
  g_autofree char *text = NULL;

  chorus_statement_bind_text (insert, chorus_statement_get_parameter (insert, ":a"), "<b>&../../x'; DROP TABLE things");
  chorus_statement_bind_int64 (insert, chorus_statement_get_parameter (insert, ":b"), G_MININT64);
  chorus_statement_bind_double (insert, chorus_statement_get_parameter (insert, ":c"), 0.1);
  chorus_statement_bind_boolean (insert, chorus_statement_get_parameter (insert, ":d"), 4711);
  g_assert_true (chorus_statement_run (insert, &error));

  chorus_statement_bind_text (insert, 1, NULL);
  chorus_statement_bind_null (insert, 2);
  chorus_statement_bind_double (insert, 3, (double) NAN);
  g_assert_true (chorus_statement_run (insert, &error));

  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  text = chorus_statement_dup_text (select, 0);
  g_assert_cmpstr (text, ==, "<b>&../../x'; DROP TABLE things");
  g_assert_cmpint (chorus_statement_get_int64 (select, 1), ==, G_MININT64);
  g_assert_cmpfloat (chorus_statement_get_double (select, 2), ==, 0.1);
  g_assert_cmpint (chorus_statement_get_int64 (select, 3), ==, 1);
  g_assert_true (chorus_statement_get_boolean (select, 3));

  /* Parameters stay bound: the fourth column of the second row is that of the first. */
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_null (chorus_statement_get_text (select, 0));
  g_assert_true (chorus_statement_is_null (select, 1));
  g_assert_cmpint (chorus_statement_get_int64 (select, 1), ==, 0);
  g_assert_true (isnan (chorus_statement_get_double (select, 2)));
  g_assert_true (chorus_statement_get_boolean (select, 3));

  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_DONE);
  g_assert_no_error (error);

  /* It is ready to run again, also from the middle. */
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  chorus_statement_reset (select);
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpint (chorus_statement_get_int64 (select, 1), ==, G_MININT64);
}

static void
test_statement_bytes (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) insert = prepare (db, "INSERT INTO things (a) VALUES (?)");
  g_autoptr (ChorusStatement) select = prepare (db, "SELECT a FROM things");

  /* The name of a file on Linux is bytes, not always UTF-8. */
  chorus_statement_bind_text (insert, 1, "/card/na\xefve.wav");
  g_assert_true (chorus_statement_run (insert, &error));
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);
  g_assert_cmpstr (chorus_statement_get_text (select, 0), ==, "/card/na\xefve.wav");
}

static void
test_statement_not_sql (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  g_assert_null (chorus_statement_new (db, "SELEKT 1", &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FAILED);
}

static void
test_statement_error_then_again (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) insert = NULL;

  g_assert_true (chorus_database_execute (db, "CREATE TABLE keys (k INTEGER PRIMARY KEY)", &error));
  insert = prepare (db, "INSERT INTO keys VALUES (?)");

  chorus_statement_bind_int64 (insert, 1, 1);
  g_assert_true (chorus_statement_run (insert, &error));
  g_assert_false (chorus_statement_run (insert, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);

  chorus_statement_bind_int64 (insert, 1, 2);
  g_assert_true (chorus_statement_run (insert, &error));
  g_assert_no_error (error);
}

static void
test_statement_no_such_parameter (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (ChorusStatement) insert = prepare (db, "INSERT INTO things (a) VALUES (:a)");
  g_autoptr (GError) error = NULL;

  g_test_expect_message ("Chorus", G_LOG_LEVEL_CRITICAL, "*no parameter :z*");
  g_assert_cmpint (chorus_statement_get_parameter (insert, ":z"), ==, 0);
  g_test_assert_expected_messages ();

  g_test_expect_message ("Chorus", G_LOG_LEVEL_CRITICAL, "*Parameter 2 cannot be bound*");
  chorus_statement_bind_int64 (insert, 2, 1);
  g_test_assert_expected_messages ();

  /* The statement does not run with a value missing, and says so once. */
  g_assert_false (chorus_statement_run (insert, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (chorus_statement_run (insert, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/statement/types", test_statement_types);
  g_test_add_func ("/store/statement/bytes", test_statement_bytes);
  g_test_add_func ("/store/statement/not-sql", test_statement_not_sql);
  g_test_add_func ("/store/statement/error-then-again", test_statement_error_then_again);
  g_test_add_func ("/store/statement/no-such-parameter", test_statement_no_such_parameter);

  return g_test_run ();
}
