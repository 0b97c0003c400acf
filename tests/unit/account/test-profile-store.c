/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/chorus-profile-store.h"
#include "api/chorus-server.h"
#include "chorus-test.h"

typedef struct
{
  char *folder;
  char *path;
} TestStore;

static void
test_store_set_up (TestStore     *test,
                   gconstpointer  data)
{
  test->folder = g_dir_make_tmp ("chorus-profiles-XXXXXX", NULL);
  test->path = g_build_filename (test->folder, "made", "when-needed", "profiles.ini", NULL);
}

static void
test_store_tear_down (TestStore     *test,
                      gconstpointer  data)
{
  chorus_test_remove_folder (test->folder);
  g_free (test->folder);
  g_free (test->path);
}

static ChorusProfileStore *
test_store_open (TestStore *test)
{
  ChorusProfileStore *store = chorus_profile_store_new (test->path);
  g_autoptr (GError) error = NULL;

  chorus_profile_store_load (store, &error);
  g_assert_no_error (error);

  return store;
}

static void
test_store_write (TestStore  *test,
                  const char *content)
{
  g_autofree char *folder = g_path_get_dirname (test->path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (test->path, content, -1, NULL));
}

static void
test_profile_labels (void)
{
  static const struct
  {
    ChorusProfileInit init;
    const char *label;
  } cases[] = {
    { { .label = "Mine", .base_url = "https://a.example.org", .kind = CHORUS_PROFILE_KIND_SERVICE }, "Mine" },
    { { .email = "a@b.c", .base_url = "https://a.example.org", .kind = CHORUS_PROFILE_KIND_SERVICE }, "a@b.c" },
    { { .base_url = "https://a.example.org:8443/x", .kind = CHORUS_PROFILE_KIND_SERVICE }, "a.example.org" },
    { { .base_url = "not an address", .kind = CHORUS_PROFILE_KIND_SERVICE }, "not an address" },
    { { .kind = CHORUS_PROFILE_KIND_LOCAL }, "This Computer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusProfile) profile = chorus_profile_new (&cases[i].init);

      g_assert_cmpstr (chorus_profile_get_label (profile), ==, cases[i].label);
      g_assert_true (g_uuid_string_is_valid (chorus_profile_get_id (profile)));
    }
}

static void
test_store_round_trip (TestStore     *test,
                       gconstpointer  data)
{
  ChorusProfileStore *store = test_store_open (test);
  g_autoptr (GKeyFile) endpoints = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  struct stat status;

  g_key_file_set_string (endpoints, CHORUS_SERVER_ENDPOINTS_GROUP, "files", "/x/{deployment_id}");

  g_autoptr (ChorusProfile) service = chorus_profile_new (&(ChorusProfileInit){
    .label = "Line\nbreak [and] = brackets; ü",
    .kind = CHORUS_PROFILE_KIND_SERVICE,
    .base_url = "https://api.darukaa.com",
    .email = "user@example.com",
    .method = CHORUS_SIGN_IN_METHOD_API_KEY,
    .endpoints = endpoints,
  });
  g_autoptr (ChorusProfile) local = chorus_profile_new (&(ChorusProfileInit){ .kind = CHORUS_PROFILE_KIND_LOCAL });

  g_assert_null (chorus_profile_store_get_last_used (store));
  g_assert_true (chorus_profile_store_save (store, service, &error));
  g_assert_true (chorus_profile_store_save (store, local, &error));
  g_assert_true (chorus_profile_store_set_last_used (store, chorus_profile_get_id (local), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (test->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (store);

  store = test_store_open (test);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);

  ChorusProfile *read = chorus_profile_store_lookup (store, chorus_profile_get_id (service));

  g_assert_cmpstr (chorus_profile_get_label (read), ==, "Line\nbreak [and] = brackets; ü");
  g_assert_cmpstr (chorus_profile_get_base_url (read), ==, "https://api.darukaa.com");
  g_assert_cmpstr (chorus_profile_get_email (read), ==, "user@example.com");
  g_assert_cmpint (chorus_profile_get_kind (read), ==, CHORUS_PROFILE_KIND_SERVICE);
  g_assert_cmpint (chorus_profile_get_method (read), ==, CHORUS_SIGN_IN_METHOD_API_KEY);
  value = g_key_file_get_string (chorus_profile_get_endpoints (read), CHORUS_SERVER_ENDPOINTS_GROUP, "files", NULL);
  g_assert_cmpstr (value, ==, "/x/{deployment_id}");
  g_assert_cmpstr (chorus_profile_get_id (chorus_profile_store_get_last_used (store)), ==,
                   chorus_profile_get_id (local));
  g_assert_finalize_object (store);
}

static void
test_store_change (TestStore     *test,
                   gconstpointer  data)
{
  ChorusProfileStore *store = test_store_open (test);
  g_autoptr (ChorusProfile) first = chorus_profile_new (&(ChorusProfileInit){
    .id = "one",
    .kind = CHORUS_PROFILE_KIND_SERVICE,
    .base_url = "https://a.example.org",
    .email = "old@example.com",
  });
  g_autoptr (ChorusProfile) changed = chorus_profile_new (&(ChorusProfileInit){
    .id = "one",
    .kind = CHORUS_PROFILE_KIND_SERVICE,
    .base_url = "https://a.example.org",
  });

  g_assert_true (chorus_profile_store_save (store, first, NULL));
  g_assert_true (chorus_profile_store_save (store, changed, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_finalize_object (store);

  store = test_store_open (test);
  g_assert_null (chorus_profile_get_email (chorus_profile_store_lookup (store, "one")));
  g_assert_true (chorus_profile_store_remove (store, "one", NULL));
  g_assert_true (chorus_profile_store_remove (store, "never there", NULL));
  g_assert_finalize_object (store);

  store = test_store_open (test);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_finalize_object (store);
}

/* What this version does not understand is left out of the list and left in the file. */
static void
test_store_foreign (TestStore     *test,
                    gconstpointer  data)
{
  static const char content[] =
    "# A note of the owner\n"
    "[Profile future]\nKind=orbital\nMethod=password\n"
    "[Profile incomplete]\nKind=service\nMethod=password\n"
    "[Profile ]\nKind=local\nMethod=token\n"
    "[Something else]\nx=1\n"
    "[Profile good]\nKind=service\nMethod=token\nAddress=https://a.example.org\nExtra=kept\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  test_store_write (test, content);

  g_autoptr (ChorusProfileStore) store = test_store_open (test);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  g_assert_true (chorus_profile_store_save (store, chorus_profile_store_lookup (store, "good"), &error));
  g_assert_true (g_file_get_contents (test->path, &after, NULL, NULL));
  g_assert_nonnull (strstr (after, "# A note of the owner"));
  g_assert_nonnull (strstr (after, "Kind=orbital"));
  g_assert_nonnull (strstr (after, "[Something else]"));
  g_assert_nonnull (strstr (after, "Extra=kept"));
}

/* A damaged file is set aside, and the program goes on. */
static void
test_store_damaged (TestStore     *test,
                    gconstpointer  data)
{
  g_autoptr (ChorusProfileStore) store = chorus_profile_store_new (test->path);
  g_autoptr (ChorusProfile) profile = chorus_profile_new (&(ChorusProfileInit){ .kind = CHORUS_PROFILE_KIND_LOCAL });
  g_autofree char *aside = g_strconcat (test->path, ".damaged", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  test_store_write (test, "\x01\x02 this is no key file\n");
  g_assert_false (chorus_profile_store_load (store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "set aside"));
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "this is no key file"));
  g_assert_true (chorus_profile_store_save (store, profile, NULL));
}

/* A file that cannot be read is not written over. */
static void
test_store_unreadable (TestStore     *test,
                       gconstpointer  data)
{
  g_autoptr (ChorusProfileStore) store = chorus_profile_store_new (test->path);
  g_autoptr (ChorusProfile) profile = chorus_profile_new (&(ChorusProfileInit){ .kind = CHORUS_PROFILE_KIND_LOCAL });
  g_autoptr (GError) error = NULL;

  g_autofree char *folder = g_path_get_dirname (test->path);

  /* A link that points to itself: unreadable for root as well. */
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (test->path, test->path), ==, 0);
  g_assert_false (chorus_profile_store_load (store, &error));
  g_assert_nonnull (strstr (error->message, "cannot be read"));
  g_clear_error (&error);
  g_assert_false (chorus_profile_store_save (store, profile, &error));
  g_assert_nonnull (strstr (error->message, "could not be saved"));
  g_assert_true (g_file_test (test->path, G_FILE_TEST_IS_SYMLINK));
}

static void
test_store_changed_cb (GListModel *model,
                       guint       position,
                       guint       n_removed,
                       guint       n_added,
                       GString    *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, n_removed, n_added);
}

static void
test_store_model (TestStore     *test,
                  gconstpointer  data)
{
  g_autoptr (ChorusProfileStore) store = test_store_open (test);
  g_autoptr (GString) log = g_string_new (NULL);

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == CHORUS_TYPE_PROFILE);
  g_signal_connect (store, "items-changed", G_CALLBACK (test_store_changed_cb), log);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i % 2);
      g_autoptr (ChorusProfile) profile = chorus_profile_new (&(ChorusProfileInit){
        .id = id,
        .kind = CHORUS_PROFILE_KIND_LOCAL,
      });

      g_assert_true (chorus_profile_store_save (store, profile, NULL));
    }
  g_assert_true (chorus_profile_store_remove (store, "id-0", NULL));
  g_assert_cmpstr (log->str, ==, "0-0+1 1-0+1 0-1+1 0-1+0 ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                \
  g_test_add ("/account/profile-store/" name, TestStore, NULL, test_store_set_up, func, test_store_tear_down)

  g_test_add_func ("/account/profile/labels", test_profile_labels);
  ADD ("round-trip", test_store_round_trip);
  ADD ("change", test_store_change);
  ADD ("foreign", test_store_foreign);
  ADD ("damaged", test_store_damaged);
  ADD ("unreadable", test_store_unreadable);
  ADD ("model", test_store_model);

  return g_test_run ();
}
