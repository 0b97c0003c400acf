/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account from the first sign-in to signing out, with a keyring that works and one that does not. */

#include <string.h>

#include "account/chorus-account.h"
#include "account/chorus-memory-credential-store.h"
#include "test-client.h"

#define TEST_SIGNED_IN "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"email\":\"user@example.com\"}"

typedef struct
{
  ChorusBadServer *server;
  char *url;
  ChorusCredentialStore *store;
  ChorusProfile *profile;
  ChorusAccount *account;
} TestAccount;

static void
test_account_set_up (TestAccount   *test,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  test->server = chorus_bad_server_new ();
  test->url = g_strdup_printf ("http://localhost%s", strrchr (chorus_bad_server_get_url (test->server), ':'));
  test->store = chorus_memory_credential_store_new ();
  test->profile = chorus_profile_new (&(ChorusProfileInit){
    .kind = CHORUS_PROFILE_KIND_SERVICE,
    .base_url = test->url,
    .email = "user@example.com",
    .method = CHORUS_SIGN_IN_METHOD_PASSWORD,
  });
  test->account = chorus_account_new (test->profile, test->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_OUT);
}

static void
test_account_tear_down (TestAccount   *test,
                        gconstpointer  data)
{
  g_assert_finalize_object (test->account);
  g_assert_finalize_object (test->profile);
  g_assert_finalize_object (test->store);
  chorus_bad_server_free (test->server);
  g_free (test->url);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* What the keyring holds, or NULL. */
static char *
test_account_look_up (TestAccount *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *secret = NULL;

  chorus_credential_store_lookup_async (test->store, test->url, chorus_profile_get_id (test->profile), NULL,
                                        chorus_test_result_cb, &result);
  chorus_test_wait (result);
  chorus_credential_store_lookup_finish (test->store, result, &secret, NULL);

  return secret;
}

static gboolean
test_account_sign_in (TestAccount  *test,
                      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_account_sign_in_password_async (test->account, "user@example.com", "password", NULL, chorus_test_result_cb,
                                         &result);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNING_IN);
  chorus_test_wait (result);

  return chorus_account_sign_in_finish (test->account, result, error);
}

static gboolean
test_account_restore (ChorusAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_account_restore_async (account, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  gboolean restored = chorus_account_restore_finish (account, result, &error);

  g_assert_no_error (error);

  return restored;
}

static void
test_account_password (TestAccount   *test,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) out = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/auth/login", .body = TEST_SIGNED_IN });
  g_assert_false (test_account_restore (test->account));
  g_assert_true (test_account_sign_in (test, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_IN);
  g_assert_null (chorus_account_get_note (test->account));

  g_autofree char *secret = test_account_look_up (test);

  g_assert_nonnull (strstr (secret, "access-1"));
  g_assert_nonnull (strstr (secret, "refresh-1"));
  g_assert_null (strstr (secret, "password"));

  /* The next run finds it, without a word to the server. */
  g_autoptr (ChorusAccount) next = chorus_account_new (test->profile, test->store, &error);

  g_assert_true (test_account_restore (next));
  g_assert_cmpint (chorus_account_get_state (next), ==, CHORUS_ACCOUNT_STATE_SIGNED_IN);
  g_assert_cmpstr (chorus_session_get_access_token (chorus_account_get_session (next)), ==, "access-1");
  g_assert_cmpstr (chorus_session_get_refresh_token (chorus_account_get_session (next)), ==, "refresh-1");
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);

  chorus_account_sign_out_async (next, NULL, chorus_test_result_cb, &out);
  g_assert_false (chorus_session_get_signed_in (chorus_account_get_session (next)));
  chorus_test_wait (out);
  g_assert_true (chorus_account_sign_out_finish (next, out, &error));
  g_assert_null (test_account_look_up (test));
}

static void
test_account_wrong_password (TestAccount   *test,
                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401 });
  g_assert_false (test_account_sign_in (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_INVALID_CREDENTIALS);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_OUT);
  g_assert_null (test_account_look_up (test));
}

static void
test_account_pasted (TestAccount   *test,
                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) bad = NULL;
  g_autoptr (GAsyncResult) good = NULL;
  g_autoptr (GAsyncResult) key = NULL;
  g_autoptr (GAsyncResult) bad_key = NULL;
  g_autoptr (GError) error = NULL;
  ChorusSession *session = chorus_account_get_session (test->account);

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .status = 401, .times = 1, .body = "{\"error\":{\"code\":\"X\"}}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_PROJECTS, .times = 2 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401 });

  chorus_account_sign_in_token_async (test->account, "bad-token", NULL, chorus_test_result_cb, &bad);
  chorus_test_wait (bad);
  g_assert_false (chorus_account_sign_in_finish (test->account, bad, &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_INVALID_CREDENTIALS);
  g_assert_nonnull (strstr (error->message, "access token"));
  g_assert_cmpstr (chorus_api_error_get_code (error), ==, "X");
  g_assert_false (chorus_session_get_signed_in (session));
  g_clear_error (&error);

  chorus_account_sign_in_token_async (test->account, "good-token", NULL, chorus_test_result_cb, &good);
  chorus_test_wait (good);
  g_assert_true (chorus_account_sign_in_finish (test->account, good, &error));
  g_assert_cmpstr (chorus_session_get_access_token (session), ==, "good-token");

  chorus_account_sign_in_api_key_async (test->account, "drk_prod_1", NULL, chorus_test_result_cb, &key);
  chorus_test_wait (key);
  g_assert_true (chorus_account_sign_in_finish (test->account, key, &error));
  g_assert_cmpstr (chorus_session_get_api_key (session), ==, "drk_prod_1");
  g_assert_null (chorus_session_get_access_token (session));

  g_autofree char *secret = test_account_look_up (test);

  g_assert_nonnull (strstr (secret, "drk_prod_1"));
  g_assert_null (strstr (secret, "good-token"));

  /* A key that is refused leaves the one that works. */
  chorus_account_sign_in_api_key_async (test->account, "drk_prod_2", NULL, chorus_test_result_cb, &bad_key);
  chorus_test_wait (bad_key);
  g_assert_false (chorus_account_sign_in_finish (test->account, bad_key, &error));
  g_assert_nonnull (strstr (error->message, "API key"));
  g_assert_cmpstr (chorus_session_get_api_key (session), ==, "drk_prod_1");
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_IN);
}

/* Rotated tokens reach the keyring by themselves, and the last one wins. */
static void
test_account_rotation (TestAccount   *test,
                       gconstpointer  data)
{
  ChorusSession *session = chorus_account_get_session (test->account);
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_SIGNED_IN });
  g_assert_true (test_account_sign_in (test, &error));
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *token = g_strdup_printf ("rotated-%u-", i);

      chorus_session_set_tokens (session, token, "r");
    }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  secret = test_account_look_up (test);
  g_assert_nonnull (strstr (secret, "rotated-19-"));
}

/* A renewal that is refused empties the keyring and says so. */
static void
test_account_ended (TestAccount   *test,
                    gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/auth/login", .body = TEST_SIGNED_IN });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401 });
  g_assert_true (test_account_sign_in (test, &error));
  chorus_client_list_projects_async (chorus_account_get_client (test->account), NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_client_list_projects_finish (chorus_account_get_client (test->account), result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_OUT);
  g_assert_nonnull (strstr (chorus_account_get_note (test->account), "Sign in again"));
  g_assert_null (test_account_look_up (test));
}

/* Without a keyring everything works for as long as the program runs, and a note says what that means. */
static void
test_account_no_keyring (TestAccount   *test,
                         gconstpointer  data)
{
  ChorusMemoryCredentialStore *store = CHORUS_MEMORY_CREDENTIAL_STORE (test->store);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_SIGNED_IN });
  chorus_memory_credential_store_set_available (store, FALSE);
  g_assert_false (test_account_restore (test->account));
  g_assert_nonnull (strstr (chorus_account_get_note (test->account), "keyring is not available"));
  g_assert_true (test_account_sign_in (test, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chorus_account_get_state (test->account), ==, CHORUS_ACCOUNT_STATE_SIGNED_IN);
  g_assert_nonnull (strstr (chorus_account_get_note (test->account), "asked to sign in again next time"));

  /* The keyring comes back, and with the next token the note goes. */
  chorus_memory_credential_store_set_available (store, TRUE);
  chorus_session_set_tokens (chorus_account_get_session (test->account), "later", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (chorus_account_get_note (test->account));
}

/* The local station needs no keyring, and may come back at another address. */
static void
test_account_local (TestAccount   *test,
                    gconstpointer  data)
{
  g_autoptr (ChorusProfile) profile = chorus_profile_new (&(ChorusProfileInit){ .kind = CHORUS_PROFILE_KIND_LOCAL });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusAccount) account = chorus_account_new_local (profile, "http://127.0.0.1:1", "t1", &error);

  g_assert_no_error (error);
  g_assert_cmpint (chorus_account_get_state (account), ==, CHORUS_ACCOUNT_STATE_SIGNED_IN);
  g_assert_true (test_account_restore (account));

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_PROJECTS });
  g_assert_false (chorus_account_set_local_station (account, "http://example.org", "t2", &error));
  g_assert_error (error, CHORUS_API_ERROR, CHORUS_API_ERROR_INSECURE);
  g_clear_error (&error);
  g_assert_true (chorus_account_set_local_station (account, chorus_bad_server_get_url (test->server), "t2", &error));
  chorus_client_list_projects_async (chorus_account_get_client (account), NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  g_autoptr (GPtrArray) projects =
    chorus_client_list_projects_finish (chorus_account_get_client (account), result, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (chorus_bad_server_get_request (test->server, NULL, 0)->headers,
                                        "authorization"),
                   ==, "Bearer t2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                \
  g_test_add ("/service/account/" name, TestAccount, NULL, test_account_set_up, func, test_account_tear_down)

  ADD ("password", test_account_password);
  ADD ("wrong-password", test_account_wrong_password);
  ADD ("pasted", test_account_pasted);
  ADD ("rotation", test_account_rotation);
  ADD ("ended", test_account_ended);
  ADD ("no-keyring", test_account_no_keyring);
  ADD ("local", test_account_local);

  return g_test_run ();
}
