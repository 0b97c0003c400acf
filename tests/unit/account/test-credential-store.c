/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One body of tests for both stores: the one in memory, and the real libsecret with its encrypted file, which needs no
 * D-Bus. What a keyring that cannot be reached does is tested in a process of its own, since libsecret decides once. */

#include <string.h>

#include "account/chorus-memory-credential-store.h"
#include "account/chorus-secret-credential-store.h"
#include "chorus-test.h"

#define TEST_SERVER "https://api.darukaa.com"

typedef ChorusCredentialStore *(*TestNewStore) (void);

static ChorusCredentialResult
test_look_up (ChorusCredentialStore  *store,
              const char             *server,
              const char             *account,
              char                  **secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reason = NULL;

  chorus_credential_store_lookup_async (store, server, account, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  ChorusCredentialResult answer = chorus_credential_store_lookup_finish (store, result, secret, &reason);

  g_assert_cmpint (reason != NULL, ==, answer == CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_cmpint (*secret != NULL, ==, answer == CHORUS_CREDENTIAL_RESULT_FOUND);

  return answer;
}

static void
test_assert_secret (ChorusCredentialStore *store,
                    const char            *server,
                    const char            *account,
                    const char            *expected)
{
  g_autofree char *secret = NULL;
  ChorusCredentialResult answer = test_look_up (store, server, account, &secret);

  g_assert_cmpint (answer, ==, expected ? CHORUS_CREDENTIAL_RESULT_FOUND : CHORUS_CREDENTIAL_RESULT_NOT_FOUND);
  g_assert_cmpstr (secret, ==, expected);
}

static ChorusCredentialResult
test_keep (ChorusCredentialStore *store,
           const char            *server,
           const char            *account,
           const char            *secret)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_credential_store_store_async (store, server, account, "Chorus: a test", secret, NULL, chorus_test_result_cb,
                                       &result);
  g_assert_null (result);
  chorus_test_wait (result);

  return chorus_credential_store_store_finish (store, result, NULL);
}

static ChorusCredentialResult
test_clear (ChorusCredentialStore *store,
            const char            *server,
            const char            *account)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_credential_store_clear_async (store, server, account, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_credential_store_clear_finish (store, result, NULL);
}

static void
test_store (gconstpointer data)
{
  TestNewStore new_store = data;
  ChorusCredentialStore *store = new_store ();

  test_assert_secret (store, TEST_SERVER, "a", NULL);
  g_assert_cmpint (test_clear (store, TEST_SERVER, "a"), ==, CHORUS_CREDENTIAL_RESULT_NOT_FOUND);

  g_assert_cmpint (test_keep (store, TEST_SERVER, "a", "first"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);
  g_assert_cmpint (test_keep (store, TEST_SERVER, "b", "other account"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);
  g_assert_cmpint (test_keep (store, "https://example.org", "a", "other server"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);
  g_assert_cmpint (test_keep (store, TEST_SERVER, "a", "[second]\nwith=lines\nü"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);

  test_assert_secret (store, TEST_SERVER, "a", "[second]\nwith=lines\nü");
  test_assert_secret (store, TEST_SERVER, "b", "other account");
  test_assert_secret (store, "https://example.org", "a", "other server");

  g_assert_cmpint (test_clear (store, TEST_SERVER, "a"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);
  test_assert_secret (store, TEST_SERVER, "a", NULL);
  test_assert_secret (store, TEST_SERVER, "b", "other account");
  g_assert_finalize_object (store);
}

static void
test_cancelled (gconstpointer data)
{
  TestNewStore new_store = data;
  g_autoptr (ChorusCredentialStore) store = new_store ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *secret = NULL;

  g_cancellable_cancel (cancellable);
  chorus_credential_store_lookup_async (store, TEST_SERVER, "a", cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_cmpint (chorus_credential_store_lookup_finish (store, result, &secret, NULL), ==,
                   CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_null (secret);
}

static void
test_memory_unavailable (void)
{
  g_autoptr (ChorusCredentialStore) store = chorus_memory_credential_store_new ();
  g_autofree char *secret = NULL;

  g_assert_cmpint (test_keep (store, TEST_SERVER, "a", "kept"), ==, CHORUS_CREDENTIAL_RESULT_FOUND);
  chorus_memory_credential_store_set_available (CHORUS_MEMORY_CREDENTIAL_STORE (store), FALSE);
  g_assert_cmpint (test_look_up (store, TEST_SERVER, "a", &secret), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_cmpint (test_keep (store, TEST_SERVER, "a", "lost"), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_cmpint (test_clear (store, TEST_SERVER, "a"), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  chorus_memory_credential_store_set_available (CHORUS_MEMORY_CREDENTIAL_STORE (store), TRUE);
  test_assert_secret (store, TEST_SERVER, "a", "kept");
}

/* The secret and its attributes are not in the file in the open. */
static void
test_secret_file (void)
{
  g_autoptr (ChorusCredentialStore) store = chorus_secret_credential_store_new ();
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_cmpint (test_keep (store, TEST_SERVER, "in-the-open", "s3cret-in-the-open"), ==,
                   CHORUS_CREDENTIAL_RESULT_FOUND);
  g_assert_true (g_file_get_contents (g_getenv ("SECRET_FILE_TEST_PATH"), &content, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_null (g_strstr_len (content, (gssize) length, "in-the-open"));
}

/* No bus and no file: an answer, not an error and not a crash. */
static void
test_secret_unavailable (void)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent-bus-of-the-test", TRUE);

  g_autoptr (ChorusCredentialStore) store = chorus_secret_credential_store_new ();
  g_autofree char *secret = NULL;

  g_assert_cmpint (test_look_up (store, TEST_SERVER, "a", &secret), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_cmpint (test_keep (store, TEST_SERVER, "a", "s"), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
  g_assert_cmpint (test_clear (store, TEST_SERVER, "a"), ==, CHORUS_CREDENTIAL_RESULT_UNAVAILABLE);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("chorus-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "test.keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "the password of the test", TRUE);

  g_test_init (&argc, &argv, NULL);
  /* In a sandbox libsecret looks for its portal first, and warns where there is no bus, as while a Flatpak is built. */
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_add_data_func ("/account/credential-store/memory", chorus_memory_credential_store_new, test_store);
  g_test_add_data_func ("/account/credential-store/memory-cancelled", chorus_memory_credential_store_new,
                        test_cancelled);
  g_test_add_func ("/account/credential-store/memory-unavailable", test_memory_unavailable);
  g_test_add_data_func ("/account/credential-store/secret", chorus_secret_credential_store_new, test_store);
  g_test_add_data_func ("/account/credential-store/secret-cancelled", chorus_secret_credential_store_new,
                        test_cancelled);
  g_test_add_func ("/account/credential-store/secret-file", test_secret_file);
  g_test_add_func ("/account/credential-store/secret-unavailable", test_secret_unavailable);

  int status = g_test_run ();

  chorus_test_remove_folder (folder);

  return status;
}
