/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "station/chorus-station-password.h"

/* Few, for what is tested here is not the time it takes. */
#define TEST_ITERATIONS 100

typedef struct
{
  const char *password;
  const char *salt;
  guint iterations;
  const char *key;
} TestVector;

/* The first: RFC 7914, section 11, its first 32 bytes. The others: OpenSSL through Python's hashlib.pbkdf2_hmac(). */
static const TestVector test_vectors[] = {
  { "passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc" },
  { "password", "salt", 4096, "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a" },
  { "", "", 2, "97398411d6aea43a77acef92226ab8278d4db0668bd1d7a76a725f7680ac45c5" },
};

static char *
test_derive (const TestVector *vector)
{
  guint8 key[32];
  GString *text = g_string_new (NULL);

  chorus_station_password_derive (vector->password, (const guint8 *) vector->salt, strlen (vector->salt),
                                  vector->iterations, key);
  for (guint i = 0; i < sizeof key; i++)
    g_string_append_printf (text, "%02x", key[i]);

  return g_string_free (text, FALSE);
}

static void
test_vectors_agree (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_vectors); i++)
    {
      g_autofree char *key = test_derive (&test_vectors[i]);

      g_assert_cmpstr (key, ==, test_vectors[i].key);
    }
}

static void
test_verify (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = chorus_station_password_hash ("correct horse", TEST_ITERATIONS, &error);
  g_autofree char *again = chorus_station_password_hash ("correct horse", TEST_ITERATIONS, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (stored, "pbkdf2-sha256$100$"));
  g_assert_null (strstr (stored, "horse"));
  g_assert_cmpstr (stored, !=, again);
  g_assert_true (chorus_station_password_verify (stored, "correct horse"));
  g_assert_true (chorus_station_password_verify (again, "correct horse"));
  g_assert_false (chorus_station_password_verify (stored, "correct horsf"));
  g_assert_false (chorus_station_password_verify (stored, "correct hors"));
  g_assert_false (chorus_station_password_verify (stored, ""));
}

static void
test_not_a_hash (void)
{
  /* Whatever is wrong with it, the time is that of a right one; once is enough for a test. */
  g_assert_false (chorus_station_password_verify ("pbkdf2-sha256$0$salt$key", "x"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/password/vectors", test_vectors_agree);
  g_test_add_func ("/station/password/verify", test_verify);
  g_test_add_func ("/station/password/not-a-hash", test_not_a_hash);

  return g_test_run ();
}
