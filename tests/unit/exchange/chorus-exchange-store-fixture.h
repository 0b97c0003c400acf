/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests share that go from the store to the disk and back. */

#pragma once

#include "library/chorus-library.h"
#include "store/chorus-schema.h"

#include "chorus-exchange-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  ChorusStore *store;
  ChorusLibrary *library;
  char *folder;
} Fixture;

static inline gpointer
execute_job (ChorusDatabase  *db,
             gpointer         data,
             GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static inline void
fixture_execute (Fixture    *fixture,
                 const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_store_run_async (fixture->store, execute_job, (gpointer) sql, NULL, NULL, NULL, chorus_test_result_cb,
                          &result);
  chorus_test_wait (result);
  chorus_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

/* Opens an empty store, a library of profile "p", and a folder. */
static inline void
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = chorus_store_open (NULL, chorus_schema_get_migrations (), &error);
  g_assert_no_error (error);
  fixture->library = chorus_library_new (fixture->store, NULL, "p");
  fixture->folder = fixture_folder ();
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->store);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

G_END_DECLS
