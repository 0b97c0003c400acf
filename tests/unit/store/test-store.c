/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-test.h"
#include "store/chorus-store.h"

static const char *const steps[] = {
  "CREATE TABLE numbers (i INTEGER PRIMARY KEY, at INTEGER)",
};

static const ChorusMigrations migrations = { steps, G_N_ELEMENTS (steps) };

static ChorusStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  ChorusStore *store = chorus_store_open (path, &migrations, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (chorus_store_get_path (store), ==, path);

  return store;
}

static gpointer
insert_number (ChorusDatabase  *db,
               gpointer         data,
               GError         **error)
{
  g_autoptr (ChorusStatement) insert = chorus_statement_new (db, "INSERT INTO numbers (at) VALUES (?)", error);

  if (!insert)
    return NULL;
  chorus_statement_bind_int64 (insert, 1, GPOINTER_TO_INT (data));

  return GINT_TO_POINTER (chorus_statement_run (insert, error));
}

static gpointer
read_numbers (ChorusDatabase  *db,
              gpointer         data,
              GError         **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, "SELECT at FROM numbers ORDER BY i", error);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      gint64 number = chorus_statement_get_int64 (select, 0);

      g_array_append_val (numbers, number);
    }

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

/* Joining the thread first: it may be about to let go of the last task, and with it of the store. */
static void
close_and_finalize (ChorusStore *store)
{
  chorus_store_close (store);
  g_assert_finalize_object (store);
}

static GArray *
read_numbers_now (ChorusStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *numbers = NULL;

  chorus_store_run_async (store, read_numbers, NULL, NULL, (GDestroyNotify) g_array_unref, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  numbers = chorus_store_run_finish (store, result, &error);
  g_assert_no_error (error);

  return numbers;
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  g_assert_no_error (error);
  ++*(int *) user_data;
}

static void
test_store_order (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GArray) numbers = NULL;
  int n_done = 0;

  for (int i = 0; i < 500; i++)
    chorus_store_run_async (store, insert_number, GINT_TO_POINTER (i), NULL, NULL, NULL, count_cb, &n_done);
  chorus_test_wait (n_done == 500);

  numbers = read_numbers_now (store);
  g_assert_cmpuint (numbers->len, ==, 500);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpint (g_array_index (numbers, gint64, i), ==, i);

  close_and_finalize (g_steal_pointer (&store));
}

static gpointer
note_thread (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return g_thread_self ();
}

static void
test_store_thread (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  gpointer thread = NULL;

  chorus_store_run_async (store, note_thread, NULL, NULL, NULL, NULL, chorus_test_result_cb, &first);
  chorus_store_run_async (store, note_thread, NULL, NULL, NULL, NULL, chorus_test_result_cb, &second);
  chorus_test_wait (first && second);
  thread = chorus_store_run_finish (store, first, NULL);
  g_assert_true (thread != g_thread_self ());
  g_assert_true (thread == chorus_store_run_finish (store, second, NULL));
}

static gpointer
fail_half_way (ChorusDatabase  *db,
               gpointer         data,
               GError         **error)
{
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);

  if (!transaction || !insert_number (db, GINT_TO_POINTER (1), error))
    return NULL;
  if (!chorus_database_execute (db, "INSERT INTO numbers (i) VALUES (1)", error))
    return NULL;

  return GINT_TO_POINTER (chorus_transaction_commit (transaction, error));
}

static void
test_store_error (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (store, fail_half_way, NULL, NULL, NULL, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_store_run_finish (store, result, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CONSTRAINT);

  numbers = read_numbers_now (store);
  g_assert_cmpuint (numbers->len, ==, 0);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean open;
} Gate;

static gpointer
wait_at_gate (ChorusDatabase  *db,
              gpointer         data,
              GError         **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);

  return NULL;
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
test_store_cancelled_before_start (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) waited = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GError) error = NULL;
  Gate gate = { 0 };

  chorus_store_run_async (store, wait_at_gate, &gate, NULL, NULL, NULL, chorus_test_result_cb, &waited);
  chorus_store_run_async (store, insert_number, GINT_TO_POINTER (1), NULL, NULL, cancellable, chorus_test_result_cb,
                          &cancelled);
  g_cancellable_cancel (cancellable);
  open_gate (&gate);
  chorus_test_wait (waited && cancelled);
  g_assert_null (chorus_store_run_finish (store, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  numbers = read_numbers_now (store);
  g_assert_cmpuint (numbers->len, ==, 0);
}

static gpointer
insert_without_end (ChorusDatabase  *db,
                    gpointer         data,
                    GError         **error)
{
  open_gate (data);
  chorus_database_execute (db,
                           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000)"
                           "INSERT INTO numbers (at) SELECT i FROM n",
                           error);

  return NULL;
}

static void
test_store_cancelled_while_running (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GError) error = NULL;
  Gate gate = { 0 };

  chorus_store_run_async (store, insert_without_end, &gate, NULL, NULL, cancellable, chorus_test_result_cb, &result);
  wait_at_gate (NULL, &gate, NULL);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  chorus_store_run_finish (store, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  numbers = read_numbers_now (store);
  g_assert_cmpuint (numbers->len, ==, 0);
}

static void
set_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static gpointer
return_data (ChorusDatabase *db, gpointer data, GError **error)
{
  return g_strdup ("result");
}

static void
test_store_frees (void)
{
  g_autoptr (ChorusStore) store = open_store (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gboolean freed = FALSE;

  chorus_store_run_async (store, return_data, &freed, set_flag, g_free, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (freed);

  /* The result was never asked for: the leak checker sees whether it is freed. */
  g_clear_object (&result);
  close_and_finalize (g_steal_pointer (&store));
}

static void
test_store_close_flushes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (ChorusStore) store = open_store (path);
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GError) error = NULL;
  gboolean freed = FALSE;
  int n_done = 0;

  for (int i = 0; i < 20; i++)
    chorus_store_run_async (store, insert_number, GINT_TO_POINTER (i), NULL, NULL, NULL, count_cb, &n_done);
  chorus_store_close (store);
  chorus_store_close (store);

  chorus_store_run_async (store, return_data, &freed, set_flag, g_free, NULL, chorus_test_result_cb, &late);
  chorus_test_wait (late && n_done == 20);
  g_assert_null (chorus_store_run_finish (store, late, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CLOSED);
  g_assert_true (freed);
  g_clear_object (&late);
  close_and_finalize (g_steal_pointer (&store));

  store = open_store (path);
  numbers = read_numbers_now (store);
  g_assert_cmpuint (numbers->len, ==, 20);
  close_and_finalize (g_steal_pointer (&store));
  chorus_test_remove_folder (folder);
}

static void
test_store_dropped_while_busy (void)
{
  /* Whoever lets go last, the callback or the worker, the store ends without waiting for itself. */
  for (int i = 0; i < 200; i++)
    {
      ChorusStore *store = open_store (NULL);
      gpointer weak = store;
      int n_done = 0;

      g_object_add_weak_pointer (G_OBJECT (store), &weak);
      chorus_store_run_async (store, insert_number, GINT_TO_POINTER (i), NULL, NULL, NULL, count_cb, &n_done);
      g_object_unref (store);
      chorus_test_wait (n_done == 1);
      while (g_atomic_pointer_get (&weak))
        g_thread_yield ();
    }
}

static void
test_store_open_async (void)
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChorusStore) store = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_open_async (path, &migrations, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  store = chorus_store_open_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_store_get_path (store), ==, path);
  g_clear_object (&store);

  g_clear_object (&result);
  chorus_store_open_async (folder, &migrations, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_store_open_finish (result, &error));
  g_assert_error (error, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_OPEN);
  chorus_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/store/order", test_store_order);
  g_test_add_func ("/store/store/thread", test_store_thread);
  g_test_add_func ("/store/store/error", test_store_error);
  g_test_add_func ("/store/store/cancelled-before-start", test_store_cancelled_before_start);
  g_test_add_func ("/store/store/cancelled-while-running", test_store_cancelled_while_running);
  g_test_add_func ("/store/store/frees", test_store_frees);
  g_test_add_func ("/store/store/close-flushes", test_store_close_flushes);
  g_test_add_func ("/store/store/dropped-while-busy", test_store_dropped_while_busy);
  g_test_add_func ("/store/store/open-async", test_store_open_async);

  return g_test_run ();
}
