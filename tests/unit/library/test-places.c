/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-fixture.h"

static void
load_places (ChorusLibrary *library)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_load_places_async (library, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_true (chorus_library_load_places_finish (library, result, &error));
  g_assert_no_error (error);
}

static ChorusPlace *
add_typed (ChorusLibrary  *library,
           const char     *id,
           const char     *label,
           GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_library_add_typed_deployment_async (library, id, label, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_library_create_place_finish (library, result, error);
}

static char *
describe (GListModel *places)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; places && i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (ChorusPlace) place = g_list_model_get_item (places, i);
      g_autofree char *children = describe (chorus_place_get_children (place));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", chorus_place_get_name (place));
      if (*children)
        g_string_append_printf (text, "(%s)", children);
    }

  return g_string_free (text, FALSE);
}

#define assert_places(library, expected)                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = describe (chorus_library_get_places (library));                                           \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
fill (ChorusStore *store)
{
  fixture_execute (
    store, "INSERT INTO projects VALUES ('p', '1', 'West'), ('p', '2', 'East'), ('other', '3', 'Hidden');"
           "INSERT INTO sites VALUES ('p', '1', '1', 'Hill'), ('p', '2', '1', 'Bog'), ('p', '9', 'gone', 'Lost');"
           "INSERT INTO deployments (profile_id, deployment_id, site_id, name, typed) VALUES"
           " ('p', '1', '2', 'North', 0), ('p', '2', NULL, 'Typed', 1);"
           "INSERT INTO syncs VALUES ('p', '', '2026-01-02T03:04:05Z')");
}

static void
test_places_from_store (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  ChorusPlace *place = NULL;

  fill (store);
  assert_places (library, "");
  load_places (library);

  /* Sorted, one profile only, and nothing out of reach: what has lost its parent is at the top. */
  assert_places (library, "East West(Bog(North) Hill) Lost Typed");
  place = chorus_library_find_place (library, CHORUS_PLACE_DEPLOYMENT, "2");
  g_assert_true (chorus_place_get_typed (place));
  g_assert_null (chorus_place_get_children (place));
  g_assert_null (chorus_place_get_parent_id (place));
  g_assert_cmpint (g_date_time_to_unix (chorus_library_get_synced_at (library)), ==, 1767323045);
  g_assert_null (chorus_library_find_place (library, CHORUS_PLACE_PROJECT, "3"));

  fixture_close (store, library);
}

static void
count_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  *(guint *) user_data += removed + added;
}

static void
test_places_keep_objects (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  ChorusPlace *west = NULL;
  guint n_changes = 0;

  fill (store);
  load_places (library);
  west = chorus_library_find_place (library, CHORUS_PLACE_PROJECT, "1");
  g_signal_connect (chorus_library_get_places (library), "items-changed", G_CALLBACK (count_cb), &n_changes);

  /* Nothing new: nothing moves. */
  load_places (library);
  g_assert_cmpuint (n_changes, ==, 0);

  fixture_execute (store, "UPDATE sites SET name = 'Moor' WHERE site_id = '1'");
  load_places (library);
  g_assert_cmpuint (n_changes, ==, 0);
  assert_places (library, "East West(Bog(North) Moor) Lost Typed");
  g_assert_true (west == chorus_library_find_place (library, CHORUS_PLACE_PROJECT, "1"));

  /* A new name finds its place in the order; the object stays. */
  fixture_execute (store, "UPDATE projects SET name = 'Aest' WHERE project_id = '1'");
  load_places (library);
  assert_places (library, "Aest(Bog(North) Moor) East Lost Typed");
  g_assert_true (west == chorus_library_find_place (library, CHORUS_PLACE_PROJECT, "1"));

  fixture_execute (store, "DELETE FROM projects");
  load_places (library);
  assert_places (library, "Bog(North) Lost Moor Typed");

  fixture_close (store, library);
}

static void
test_places_typed (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusPlace) labeled = NULL;
  g_autoptr (ChorusPlace) plain = NULL;
  g_autoptr (ChorusPlace) again = NULL;
  g_autoptr (GError) error = NULL;

  labeled = add_typed (library, "  aac71ba6  ", " River ", &error);
  g_assert_no_error (error);
  plain = add_typed (library, "<b>&../../x\n", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_place_get_id (labeled), ==, "aac71ba6");
  g_assert_cmpstr (chorus_place_get_name (plain), ==, "<b>&../../x");
  assert_places (library, "<b>&../../x River");

  /* The same id again gives it a new label. */
  again = add_typed (library, "aac71ba6", "Lake", &error);
  g_assert_true (again == labeled);
  assert_places (library, "<b>&../../x Lake");

  g_assert_null (add_typed (library, "   ", "Nothing", &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_INVALID);

  g_clear_object (&labeled);
  g_clear_object (&plain);
  g_clear_object (&again);
  fixture_close (store, library);
}

static void
test_places_typed_is_listed (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (ChorusPlace) place = NULL;
  g_autoptr (GError) error = NULL;

  fill (store);
  load_places (library);
  place = add_typed (library, "1", "Mine", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_place_get_name (place), ==, "North");
  assert_places (library, "East West(Bog(North) Hill) Lost Typed");

  g_clear_object (&place);
  fixture_close (store, library);
}

static void
test_places_without_client (void)
{
  ChorusStore *store = fixture_open_store (NULL);
  ChorusLibrary *library = chorus_library_new (store, NULL, "p");
  g_autoptr (GAsyncResult) refreshed = NULL;
  g_autoptr (GAsyncResult) created = NULL;
  g_autoptr (GError) error = NULL;

  chorus_library_refresh_places_async (library, NULL, chorus_test_result_cb, &refreshed);
  chorus_library_create_place_async (library, CHORUS_PLACE_PROJECT, NULL, "New", NULL, chorus_test_result_cb, &created);
  chorus_test_wait (refreshed && created);
  g_assert_false (chorus_library_refresh_places_finish (library, refreshed, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);
  g_clear_error (&error);
  g_assert_null (chorus_library_create_place_finish (library, created, &error));
  g_assert_error (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_CLIENT);

  g_clear_object (&refreshed);
  g_clear_object (&created);
  fixture_close (store, library);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library/places/from-store", test_places_from_store);
  g_test_add_func ("/library/places/keep-objects", test_places_keep_objects);
  g_test_add_func ("/library/places/typed", test_places_typed);
  g_test_add_func ("/library/places/typed-is-listed", test_places_typed_is_listed);
  g_test_add_func ("/library/places/without-client", test_places_without_client);

  return g_test_run ();
}
