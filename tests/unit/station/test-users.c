/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-station-users.h"

#include "station/chorus-station-error.h"
#include "station/chorus-station-json.h"
#include "station/chorus-station-schema.h"

#define TEST_LIFETIME 60

typedef struct
{
  ChorusDatabase *db;
  ChorusStationKeys *keys;
} TestFixture;

static void
test_set_up (TestFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->db = chorus_database_open_in_memory (&error);
  g_assert_no_error (error);
  chorus_migrations_apply (chorus_station_schema_get_migrations (), fixture->db, &error);
  g_assert_no_error (error);
  fixture->keys = chorus_station_keys_load (fixture->db, "owner-token", &error);
  g_assert_no_error (error);
}

static void
test_tear_down (TestFixture   *fixture,
                gconstpointer  data)
{
  chorus_station_keys_free (fixture->keys);
  chorus_database_free (fixture->db);
}

static const char *
test_get (JsonNode   *answer,
          const char *name)
{
  return chorus_station_json_get_string (json_node_get_object (answer), name);
}

static char *
test_admit (TestFixture  *fixture,
            const char   *token,
            GError      **error)
{
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);

  return chorus_station_users_admit (fixture->db, fixture->keys, header, NULL, error);
}

static void
test_keys_stay (TestFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationKeys) again = chorus_station_keys_load (fixture->db, "owner-token", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again->owner_id, ==, fixture->keys->owner_id);
  g_assert_cmpstr (again->signing_key, ==, fixture->keys->signing_key);
}

static void
test_admission (TestFixture   *fixture,
                gconstpointer  data)
{
  static const char *const wrong[] = { NULL,
                                       "",
                                       "owner-token",
                                       "Basic owner-token",
                                       "Bearer",
                                       "Bearer ",
                                       "Bearer owner-toke",
                                       "Bearer owner-token2",
                                       "Bearer  owner-token" };
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = test_admit (fixture, "owner-token", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (owner, ==, fixture->keys->owner_id);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (chorus_station_users_admit (fixture->db, fixture->keys, wrong[i], NULL, &error));
      g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED);
      g_clear_error (&error);
    }
}

static void
test_sign_in_and_refresh (TestFixture   *fixture,
                          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *admitted = NULL;
  g_autofree char *readmitted = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  g_assert_true (chorus_station_users_set (fixture->db, "Jo@example.org", "hash", &error));
  g_assert_no_error (error);
  g_assert_true (chorus_station_users_find_password (fixture->db, "jo@EXAMPLE.org", &user_id, &hash, &error));
  g_assert_cmpstr (hash, ==, "hash");

  first = chorus_station_users_sign_in (fixture->db, fixture->keys, user_id, TEST_LIFETIME, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get (first, "email"), ==, "Jo@example.org");
  admitted = test_admit (fixture, test_get (first, "access_token"), &error);
  g_assert_cmpstr (admitted, ==, user_id);
  g_assert_null (test_admit (fixture, test_get (first, "refresh_token"), NULL));

  second =
    chorus_station_users_refresh (fixture->db, fixture->keys, test_get (first, "refresh_token"), TEST_LIFETIME, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get (second, "refresh_token"), !=, test_get (first, "refresh_token"));
  readmitted = test_admit (fixture, test_get (second, "access_token"), &error);
  g_assert_cmpstr (readmitted, ==, user_id);
}

/* A refresh token that comes twice was stolen by one of the two: neither may go on. */
static void
test_refresh_twice (TestFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) first =
    chorus_station_users_sign_in (fixture->db, fixture->keys, fixture->keys->owner_id, TEST_LIFETIME, &error);
  g_autoptr (JsonNode) other =
    chorus_station_users_sign_in (fixture->db, fixture->keys, fixture->keys->owner_id, TEST_LIFETIME, &error);
  g_autoptr (JsonNode) second =
    chorus_station_users_refresh (fixture->db, fixture->keys, test_get (first, "refresh_token"), TEST_LIFETIME, &error);
  g_autoptr (JsonNode) other_second = NULL;

  g_assert_no_error (error);
  g_assert_null (chorus_station_users_refresh (fixture->db, fixture->keys, test_get (first, "refresh_token"),
                                               TEST_LIFETIME, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN);
  g_clear_error (&error);
  g_assert_null (chorus_station_users_refresh (fixture->db, fixture->keys, test_get (second, "refresh_token"),
                                               TEST_LIFETIME, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN);
  g_clear_error (&error);

  /* Another sign-in of the same user is not concerned. */
  other_second =
    chorus_station_users_refresh (fixture->db, fixture->keys, test_get (other, "refresh_token"), TEST_LIFETIME, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other_second);
}

static void
test_new_password_ends_sign_ins (TestFixture   *fixture,
                                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *same_id = NULL;
  g_autofree char *new_hash = NULL;
  g_autoptr (JsonNode) tokens = NULL;

  g_assert_true (chorus_station_users_set (fixture->db, "jo@example.org", "hash", &error));
  g_assert_true (chorus_station_users_find_password (fixture->db, "jo@example.org", &user_id, &hash, &error));
  tokens = chorus_station_users_sign_in (fixture->db, fixture->keys, user_id, TEST_LIFETIME, &error);
  g_assert_true (chorus_station_users_set (fixture->db, "jo@example.org", "new hash", &error));
  g_assert_true (chorus_station_users_find_password (fixture->db, "jo@example.org", &same_id, &new_hash, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (same_id, ==, user_id);
  g_assert_cmpstr (new_hash, ==, "new hash");
  g_assert_null (chorus_station_users_refresh (fixture->db, fixture->keys, test_get (tokens, "refresh_token"),
                                               TEST_LIFETIME, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_REFRESH_TOKEN);
}

/* The owner has no password, so nobody signs in as the owner with an empty one. */
static void
test_owner_has_no_password (TestFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *email = g_strconcat (g_get_user_name (), "@localhost", NULL);
  g_autofree char *user_id = NULL;
  g_autofree char *hash = NULL;

  g_assert_true (chorus_station_users_find_password (fixture->db, email, &user_id, &hash, &error));
  g_assert_no_error (error);
  g_assert_null (user_id);
  g_assert_null (hash);
}

static void
test_api_key (TestFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *hash = NULL;

  g_assert_null (chorus_station_users_add_key (fixture->db, "nobody@example.org", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_assert_true (chorus_station_users_set (fixture->db, "jo@example.org", "hash", &error));
  key = chorus_station_users_add_key (fixture->db, "jo@example.org", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (key, "drk_"));
  g_assert_true (chorus_station_users_find_password (fixture->db, "jo@example.org", &expected, &hash, &error));
  user_id = chorus_station_users_admit (fixture->db, fixture->keys, NULL, key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user_id, ==, expected);

  g_assert_null (chorus_station_users_admit (fixture->db, fixture->keys, NULL, "drk_station_x", &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST_ADD(name, func) g_test_add (name, TestFixture, NULL, test_set_up, func, test_tear_down)
  TEST_ADD ("/station/users/keys-stay", test_keys_stay);
  TEST_ADD ("/station/users/admission", test_admission);
  TEST_ADD ("/station/users/sign-in-and-refresh", test_sign_in_and_refresh);
  TEST_ADD ("/station/users/refresh-twice", test_refresh_twice);
  TEST_ADD ("/station/users/new-password-ends-sign-ins", test_new_password_ends_sign_ins);
  TEST_ADD ("/station/users/owner-has-no-password", test_owner_has_no_password);
  TEST_ADD ("/station/users/api-key", test_api_key);

  return g_test_run ();
}
