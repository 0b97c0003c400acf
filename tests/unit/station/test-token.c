/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-station-token.h"

#include <string.h>

#include "station/chorus-station-error.h"

static void
test_random (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GError) error = NULL;
      char *token = chorus_station_token_new_random (&error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
      g_assert_true (g_hash_table_add (seen, token));
    }
}

static void
test_equal (void)
{
  g_assert_true (chorus_station_token_equal ("abc", "abc"));
  g_assert_true (chorus_station_token_equal ("", ""));
  g_assert_false (chorus_station_token_equal ("abc", "abd"));
  g_assert_false (chorus_station_token_equal ("abc", "ab"));
  g_assert_false (chorus_station_token_equal ("abc", "abcd"));
  g_assert_false (chorus_station_token_equal ("abc", ""));
  g_assert_false (chorus_station_token_equal ("", "abc"));
}

static void
test_sign_and_verify (void)
{
  g_autofree char *token = chorus_station_token_sign ("key", "user", 1000, 60);
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = chorus_station_token_verify ("key", token, 1059, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (user_id, ==, "user");

  g_assert_null (chorus_station_token_verify ("key", token, 1060, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_null (chorus_station_token_verify ("another key", token, 1000, &error));
  g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_UNAUTHORIZED);
}

/* Every other character anywhere in a token makes it another one. The last of each part may carry unused bits. */
static void
test_damage (void)
{
  g_autofree char *token = chorus_station_token_sign ("key", "user", 1000, 60);

  for (gsize i = 0; i < strlen (token); i++)
    {
      g_autofree char *damaged = g_strdup (token);
      g_autofree char *user_id = NULL;

      damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
      user_id = chorus_station_token_verify ("key", damaged, 1000, NULL);
      g_assert_null (user_id);
    }
}

static void
test_not_a_token (void)
{
  /* The last two: an unsigned token, and one whose signature is left out. */
  static const char *const wrong[] = {
    "",
    ".",
    "..",
    "...",
    "a.b",
    "a.b.c",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyIiwiZXhwIjo5OTk5OTk5OTk5fQ.",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyIiwiZXhwIjo5OTk5OTk5OTk5fQ"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *user_id = chorus_station_token_verify ("key", wrong[i], 1000, NULL);

      g_assert_null (user_id);
    }
}

/* A token as another implementation of RFC 7515 signs it, computed with Python's hmac module. */
static void
test_foreign_signature (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = chorus_station_token_verify (
    "key",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiAidXNlciIsICJleHAiOiAyMDAwfQ.35u1eXZcAYaKtLt6XNQ0L1x5pUpyLU-A_1Bt991G5rA",
    1000, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (user_id, ==, "user");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/token/random", test_random);
  g_test_add_func ("/station/token/equal", test_equal);
  g_test_add_func ("/station/token/sign-and-verify", test_sign_and_verify);
  g_test_add_func ("/station/token/damage", test_damage);
  g_test_add_func ("/station/token/not-a-token", test_not_a_token);
  g_test_add_func ("/station/token/foreign-signature", test_foreign_signature);

  return g_test_run ();
}
