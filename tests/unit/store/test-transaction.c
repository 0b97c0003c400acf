/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

static ChorusDatabase *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  ChorusDatabase *db = chorus_database_open_in_memory (&error);

  g_assert_no_error (error);
  g_assert_true (chorus_database_execute (db, "CREATE TABLE notes (text TEXT UNIQUE)", &error));

  return db;
}

static void
write_note (ChorusDatabase *db,
            const char     *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) insert = chorus_statement_new (db, "INSERT INTO notes VALUES (?)", &error);

  g_assert_no_error (error);
  chorus_statement_bind_text (insert, 1, text);
  g_assert_true (chorus_statement_run (insert, &error));
}

static char *
read_notes (ChorusDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT coalesce(group_concat(text, ' '), '') FROM (SELECT text FROM notes ORDER BY text)",
                          &error);

  g_assert_no_error (error);
  g_assert_cmpint (chorus_statement_step (select, &error), ==, CHORUS_STEP_ROW);

  return chorus_statement_dup_text (select, 0);
}

#define assert_notes(db, expected)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *notes_ = read_notes (db);                                                                         \
    g_assert_cmpstr (notes_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static ChorusTransaction *
begin (ChorusDatabase *db)
{
  g_autoptr (GError) error = NULL;
  ChorusTransaction *transaction = chorus_transaction_begin (db, &error);

  g_assert_no_error (error);

  return transaction;
}

static void
test_transaction_commit (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (ChorusTransaction) transaction = begin (db);

    write_note (db, "a");
    write_note (db, "b");
    g_assert_true (chorus_transaction_commit (transaction, &error));
  }
  assert_notes (db, "a b");
}

static void
test_transaction_leaving_undoes (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();

  {
    g_autoptr (ChorusTransaction) transaction = begin (db);

    g_assert_nonnull (transaction);
    write_note (db, "a");
    assert_notes (db, "a");
  }
  assert_notes (db, "");
  write_note (db, "b");
  assert_notes (db, "b");
}

static void
test_transaction_inner_undone_alone (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (ChorusTransaction) outer = begin (db);

    write_note (db, "a");
    {
      g_autoptr (ChorusTransaction) middle = begin (db);

      write_note (db, "b");
      {
        g_autoptr (ChorusTransaction) inner = begin (db);

        g_assert_nonnull (inner);
        write_note (db, "c");
      }
      assert_notes (db, "a b");
      g_assert_true (chorus_transaction_commit (middle, &error));
    }
    {
      g_autoptr (ChorusTransaction) middle = begin (db);

      g_assert_nonnull (middle);
      write_note (db, "d");
    }
    assert_notes (db, "a b");
    g_assert_true (chorus_transaction_commit (outer, &error));
  }
  assert_notes (db, "a b");
}

static void
test_transaction_outer_undoes_inner (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (ChorusTransaction) outer = begin (db);

    g_assert_nonnull (outer);
    {
      g_autoptr (ChorusTransaction) inner = begin (db);

      write_note (db, "a");
      g_assert_true (chorus_transaction_commit (inner, &error));
    }
  }
  assert_notes (db, "");
}

static void
test_transaction_undone_by_sqlite (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  write_note (db, "before");
  {
    g_autoptr (ChorusTransaction) outer = begin (db);
    g_autoptr (ChorusTransaction) inner = begin (db);
    g_autoptr (ChorusStatement) read = NULL;

    write_note (db, "a");

    /* OR ROLLBACK does what a full disk does: the transaction ends without the program having asked for it. */
    g_assert_false (chorus_database_execute (db, "INSERT OR ROLLBACK INTO notes VALUES ('a')", &error));
    g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);
    g_clear_error (&error);

    /* Nothing may be written outside of the lost transaction, and its scopes cannot be kept. */
    g_assert_false (chorus_database_execute (db, "INSERT INTO notes VALUES ('b')", &error));
    g_clear_error (&error);
    g_assert_null (chorus_transaction_begin (db, &error));
    g_clear_error (&error);
    read = chorus_statement_new (db, "SELECT 1", &error);
    g_assert_no_error (error);
    g_assert_cmpint (chorus_statement_step (read, &error), ==, CHORUS_STEP_ERROR);
    g_clear_error (&error);
    g_assert_false (chorus_transaction_commit (inner, &error));
    g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FAILED);
    g_clear_error (&error);
    g_assert_false (chorus_transaction_commit (outer, &error));
    g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FAILED);
    g_clear_error (&error);
  }
  assert_notes (db, "before");

  write_note (db, "later");
  assert_notes (db, "before later");
}

static void
test_transaction_full (void)
{
  g_autoptr (ChorusDatabase) db = open_database ();
  g_autoptr (GError) error = NULL;

  write_note (db, "before");
  g_assert_true (chorus_database_execute (db, "PRAGMA max_page_count = 10", &error));
  {
    g_autoptr (ChorusTransaction) transaction = begin (db);

    g_assert_nonnull (transaction);
    while (chorus_database_execute (db, "INSERT INTO notes SELECT hex(randomblob(500))", &error))
      ;
    g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_FULL);
    g_clear_error (&error);
  }
  assert_notes (db, "before");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/transaction/commit", test_transaction_commit);
  g_test_add_func ("/store/transaction/leaving-undoes", test_transaction_leaving_undoes);
  g_test_add_func ("/store/transaction/inner-undone-alone", test_transaction_inner_undone_alone);
  g_test_add_func ("/store/transaction/outer-undoes-inner", test_transaction_outer_undoes_inner);
  g_test_add_func ("/store/transaction/undone-by-sqlite", test_transaction_undone_by_sqlite);
  g_test_add_func ("/store/transaction/full", test_transaction_full);

  return g_test_run ();
}
