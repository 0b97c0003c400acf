/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, renewing, and where the credential goes and does not go. */

#include <string.h>

#include "test-client.h"

#define TEST_UNAUTHORIZED                                                                                              \
  "{\"error\":{\"code\":\"UNAUTHORIZED\",\"message\":\"Invalid or missing access token\",\"request_id\":\"req_1\"}}"

/* The documented answer to signing in. */
#define TEST_SIGNED_IN                                                                                                 \
  "{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\",\"email\":\"user@example.com\","                     \
  "\"first_name\":\"John\",\"last_name\":\"D\",\"status\":\"active\",\"is_email_verified\":true}"

static void
test_count_cb (guint *count)
{
  (*count)++;
}

static const char *
test_get_header (TestClient *test,
                 const char *path,
                 guint       n,
                 const char *name)
{
  const ChorusBadRequest *request = chorus_bad_server_get_request (test->server, path, n);

  g_assert_nonnull (request);

  return g_hash_table_lookup (request->headers, name);
}

static char *
test_dup_body (TestClient *test,
               const char *path,
               guint       n)
{
  const ChorusBadRequest *request = chorus_bad_server_get_request (test->server, path, n);

  g_assert_nonnull (request);

  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}

static ChorusUser *
test_sign_in (TestClient  *test,
              const char  *password,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_session_sign_in_async (test->session, " user@example.com ", password, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_session_sign_in_finish (test->session, result, error);
}

static gboolean
test_refresh (TestClient  *test,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_session_refresh_async (test->session, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_session_refresh_finish (test->session, result, error);
}

static void
test_sign_in_works (TestClient    *test,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .method = "POST", .path = "/auth/login", .body = TEST_SIGNED_IN });
  g_signal_connect_swapped (test->session, "credential-changed", G_CALLBACK (test_count_cb), &n_changed);

  g_autoptr (ChorusUser) user = test_sign_in (test, "pass\"word ü", &error);
  g_autofree char *body = test_dup_body (test, "/auth/login", 0);

  g_assert_no_error (error);
  g_assert_cmpstr (chorus_user_get_email (user), ==, "user@example.com");
  g_assert_cmpstr (chorus_session_get_access_token (test->session), ==, "access-1");
  g_assert_cmpstr (chorus_session_get_refresh_token (test->session), ==, "refresh-1");
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (body, ==, "{\"email\":\"user@example.com\",\"password\":\"pass\\\"word ü\"}");
  g_assert_null (test_get_header (test, "/auth/login", 0, "authorization"));
  g_assert_cmpstr (test_get_header (test, "/auth/login", 0, "content-type"), ==, "application/json");
  g_signal_handlers_disconnect_by_data (test->session, &n_changed);

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects", .body = TEST_PROJECTS });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_header (test, "/api/v1/projects", 0, "authorization"), ==, "Bearer access-1");
  test_client_assert_still_works (test);
}

static void
test_wrong_password (TestClient    *test,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/login",
                                            .status = 401,
                                            .body = "{\"error\":{\"code\":\"INVALID_CREDENTIALS\",\"message\":"
                                                    "\"Wrong password hunter22\",\"request_id\":\"req_9\"}}" });
  g_assert_null (test_sign_in (test, "hunter22", &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_INVALID_CREDENTIALS);
  g_assert_nonnull (strstr (error->message, "password is wrong"));
  g_assert_cmpstr (chorus_api_error_get_code (error), ==, "INVALID_CREDENTIALS");
  g_assert_cmpstr (chorus_api_error_get_server_message (error), ==, "Wrong password …");
  g_assert_cmpstr (chorus_api_error_get_request_id (error), ==, "req_9");
  g_assert_cmpuint (chorus_api_error_get_status (error), ==, 401);

  /* Who was signed in before still is. */
  g_assert_cmpstr (chorus_session_get_access_token (test->session), ==, TEST_TOKEN);
  test_client_assert_still_works (test);
}

static void
test_sign_in_nonsense (TestClient    *test,
                       gconstpointer  data)
{
  static const char *const bodies[] = { "{}", "[]", "{\"access_token\":[]}", "<html></html>", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = bodies[i] });
      g_assert_null (test_sign_in (test, "x", &error));
      test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
    }
  test_client_assert_still_works (test);
}

/* Many requests meet a 401 together: one renewal, and each is sent once more with the new token. */
static void
test_concurrent_refresh (TestClient    *test,
                         gconstpointer  data)
{
  enum
  {
    N_REQUESTS = 5
  };
  GAsyncResult *results[N_REQUESTS] = { NULL };
  guint n_changed = 0;

  chorus_session_set_tokens (test->session, "old", "refresh-old");
  chorus_session_set_timeout (test->session, 30);
  g_signal_connect_swapped (test->session, "credential-changed", G_CALLBACK (test_count_cb), &n_changed);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects",
                                                          .status = 401,
                                                          .times = N_REQUESTS,
                                                          .body = TEST_UNAUTHORIZED,
                                                          .after_requests = N_REQUESTS });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh",
                                            .body = "{\"access_token\":\"new\",\"refresh_token\":\"r2\"}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects", .body = TEST_PROJECTS });

  for (guint i = 0; i < N_REQUESTS; i++)
    chorus_client_list_projects_async (test->client, NULL, chorus_test_result_cb, &results[i]);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_test_wait (results[i]);

      g_autoptr (GPtrArray) projects = chorus_client_list_projects_finish (test->client, results[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (projects->len, ==, 1);
      g_clear_object (&results[i]);
    }

  g_autofree char *body = test_dup_body (test, "/auth/refresh", 0);

  g_assert_cmpuint (chorus_bad_server_count (test->server, "/auth/refresh"), ==, 1);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/api/v1/projects"), ==, 2 * N_REQUESTS);
  g_assert_cmpstr (body, ==, "{\"refresh_token\":\"refresh-old\"}");
  g_assert_null (test_get_header (test, "/auth/refresh", 0, "authorization"));
  for (guint i = 0; i < 2 * N_REQUESTS; i++)
    g_assert_cmpstr (test_get_header (test, "/api/v1/projects", i, "authorization"), ==,
                     i < N_REQUESTS ? "Bearer old" : "Bearer new");
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (chorus_session_get_access_token (test->session), ==, "new");
  g_assert_cmpstr (chorus_session_get_refresh_token (test->session), ==, "r2");
  g_signal_handlers_disconnect_by_data (test->session, &n_changed);
}

/* The rotated token is what the next renewal sends; where none comes, the old one stays in force. */
static void
test_rotation (TestClient    *test,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "a", "r1");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .times = 1,
                                                          .body = "{\"access_token\":\"b\","
                                                                  "\"refresh_token\":\"r2\"}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "{\"access_token\":\"c\"}" });
  g_assert_true (test_refresh (test, &error));
  g_assert_true (test_refresh (test, &error));
  g_assert_true (test_refresh (test, &error));

  g_autofree char *second = test_dup_body (test, "/auth/refresh", 1);
  g_autofree char *third = test_dup_body (test, "/auth/refresh", 2);

  g_assert_cmpstr (second, ==, "{\"refresh_token\":\"r2\"}");
  g_assert_cmpstr (third, ==, "{\"refresh_token\":\"r2\"}");
  g_assert_cmpstr (chorus_session_get_access_token (test->session), ==, "c");
}

/* A token that is about to end is renewed before the server has to refuse it. */
static void
test_early_refresh (TestClient    *test,
                    gconstpointer  data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *ended = test_client_make_jwt (now - 10);
  g_autofree char *fresh = test_client_make_jwt (now + 3600);
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"%s\"}", fresh);
  g_autofree char *expected = g_strconcat ("Bearer ", fresh, NULL);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/auth/refresh", .body = body });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects", .body = TEST_PROJECTS });
  chorus_session_set_tokens (test->session, ended, "r");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

      g_assert_nonnull (projects);
      g_assert_no_error (error);
    }
  g_assert_cmpint (chorus_session_get_expiry (test->session), ==, now + 3600);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/auth/refresh"), ==, 1);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/api/v1/projects"), ==, 2);
  g_assert_cmpstr (test_get_header (test, "/api/v1/projects", 0, "authorization"), ==, expected);
}

/* A renewal that is refused signs out; one that could not be looked at does not. */
static void
test_refresh_refused (TestClient    *test,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint n_signed_out = 0;

  g_signal_connect_swapped (test->session, "signed-out", G_CALLBACK (test_count_cb), &n_signed_out);
  chorus_session_set_tokens (test->session, "a", "r1-secret");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/auth/refresh", .status = 503, .times = 1 });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh", .status = 403, .body = "<html>", .times = 1 });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh",
                                            .status = 401,
                                            .body = "{\"error\":{\"code\":\"INVALID_REFRESH_TOKEN\",\"message\":"
                                                    "\"r1-secret is no good\",\"request_id\":\"req_2\"}}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401, .body = TEST_UNAUTHORIZED });

  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_SERVER);
  g_assert_true (chorus_session_get_signed_in (test->session));

  g_clear_error (&error);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_FORBIDDEN);
  g_assert_true (chorus_session_get_signed_in (test->session));
  g_assert_cmpuint (n_signed_out, ==, 0);

  g_clear_error (&error);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpstr (chorus_api_error_get_code (error), ==, "INVALID_REFRESH_TOKEN");
  g_assert_cmpstr (chorus_api_error_get_server_message (error), ==, "… is no good");
  g_assert_cmpstr (chorus_api_error_get_request_id (error), ==, "req_2");
  g_assert_false (chorus_session_get_signed_in (test->session));
  g_assert_cmpuint (n_signed_out, ==, 1);

  /* Nobody is signed in: nothing is sent. */
  guint n_before = chorus_bad_server_count (test->server, NULL);

  g_clear_error (&error);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, n_before);

  chorus_session_set_tokens (test->session, TEST_TOKEN, NULL);
  test_client_assert_still_works (test);
  g_signal_handlers_disconnect_by_data (test->session, &n_signed_out);
}

/* A server that refuses the new token too is not asked a third time. */
static void
test_refresh_in_vain (TestClient    *test,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "a", "r");
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh", .body = "{\"access_token\":\"b\"}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401, .body = TEST_UNAUTHORIZED });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/auth/refresh"), ==, 1);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/api/v1/projects"), ==, 2);
}

/* One who waits for a renewal may go; the others still get it. */
static void
test_refresh_cancelled (TestClient    *test,
                        gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) gone = NULL;
  g_autoptr (GAsyncResult) stayed = NULL;
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "a", "r");
  chorus_session_set_timeout (test->session, 30);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/auth/refresh",
                                                          .body = "{\"access_token\":\"b\"}",
                                                          .after_requests = 2 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects", .body = TEST_PROJECTS });
  chorus_session_refresh_async (test->session, cancellable, chorus_test_result_cb, &gone);
  chorus_session_refresh_async (test->session, NULL, chorus_test_result_cb, &stayed);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (gone);
  g_assert_false (chorus_session_refresh_finish (test->session, gone, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (stayed);

  /* The second request lets the server answer the first. */
  g_clear_error (&error);
  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  chorus_test_wait (stayed);
  g_assert_true (chorus_session_refresh_finish (test->session, stayed, &error));
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/auth/refresh"), ==, 1);
}

/* Signing out while a renewal is under way: its tokens do not bring the session back to life. */
static void
test_refresh_signed_out (TestClient    *test,
                         gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "a", "r");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "{\"access_token\":\"b\"}" });
  chorus_session_refresh_async (test->session, NULL, chorus_test_result_cb, &result);
  chorus_session_clear (test->session);
  chorus_test_wait (result);
  g_assert_false (chorus_session_refresh_finish (test->session, result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_false (chorus_session_get_signed_in (test->session));
}

static void
test_api_key (TestClient    *test,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_session_set_api_key (test->session, "  drk_prod_abc\r\n def ");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .times = 1, .body = TEST_PROJECTS });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 401, .body = TEST_UNAUTHORIZED });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_header (test, "/api/v1/projects", 0, "x-api-key"), ==, "drk_prod_abcdef");
  g_assert_null (test_get_header (test, "/api/v1/projects", 0, "authorization"));
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/auth/refresh"), ==, 0);
}

/* Pasted text cannot smuggle anything into the headers. */
static void
test_pasted_token (TestClient    *test,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "\n Bearer abc\r\nX-Evil: 1\xc3\xbc\t", NULL);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_PROJECTS });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_header (test, "/api/v1/projects", 0, "authorization"), ==, "Bearer abcX-Evil:1");
  g_assert_null (test_get_header (test, "/api/v1/projects", 0, "x-evil"));
}

/* A redirect of the API is not followed: neither the credential nor the password goes to another origin. */
static void
test_redirect (TestClient    *test,
               gconstpointer  data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (ChorusBadServer) other = chorus_bad_server_new ();
  g_autofree char *location = g_strdup_printf ("Location: %s/elsewhere\r\n", chorus_bad_server_get_url (other));

  chorus_bad_server_add (other, &(ChorusBadReply){ .body = TEST_SIGNED_IN });
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = statuses[i], .headers = location });
      g_assert_null (test_client_list_projects (test, &error));
      test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
      g_clear_error (&error);
      g_assert_null (test_sign_in (test, "x", &error));
      test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
    }
  g_assert_cmpuint (chorus_bad_server_count (other, NULL), ==, 0);
  test_client_assert_still_works (test);
}

/* A challenge of the server does not make libsoup send anything by itself. */
static void
test_challenge (TestClient    *test,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .status = 401, .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n" });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                \
  g_test_add ("/service/api/sign-in/" name, TestClient, NULL, test_client_set_up, func, test_client_tear_down)

  ADD ("works", test_sign_in_works);
  ADD ("wrong-password", test_wrong_password);
  ADD ("nonsense", test_sign_in_nonsense);
  ADD ("concurrent-refresh", test_concurrent_refresh);
  ADD ("rotation", test_rotation);
  ADD ("early-refresh", test_early_refresh);
  ADD ("refresh-refused", test_refresh_refused);
  ADD ("refresh-in-vain", test_refresh_in_vain);
  ADD ("refresh-cancelled", test_refresh_cancelled);
  ADD ("refresh-signed-out", test_refresh_signed_out);
  ADD ("api-key", test_api_key);
  ADD ("pasted-token", test_pasted_token);
  ADD ("redirect", test_redirect);
  ADD ("challenge", test_challenge);

  return g_test_run ();
}
