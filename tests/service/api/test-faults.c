/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each fault ends in a clear sentence, with what the server said kept beside it, and a client that goes on working. */

#include <string.h>

#include "test-client.h"

#define TEST_HTML "Content-Type: text/html\r\n"

#define ENVELOPE(code, message)                                                                                        \
  "{\"error\":{\"code\":\"" code "\",\"message\":\"" message "\",\"details\":\"why\",\"request_id\":\"req_abc123\","   \
  "\"timestamp\":\"2025-12-04T13:30:00Z\"}}"

typedef struct
{
  const char *name;
  ChorusBadReply reply;
  ChorusApiError code;
  const char *sentence; /* part of it */
  const char *server_code;
  gint64 retry_after;
} TestFault;

static const TestFault test_faults[] = {
  { "expired-token",
    { .status = 401, .body = ENVELOPE ("UNAUTHORIZED", "Invalid or missing access token " TEST_TOKEN) },
    CHORUS_API_ERROR_UNAUTHENTICATED,
    "Sign in again",
    "UNAUTHORIZED",
    -1 },
  { "forbidden",
    { .status = 403, .body = ENVELOPE ("FORBIDDEN", "No") },
    CHORUS_API_ERROR_FORBIDDEN,
    "does not allow your account",
    "FORBIDDEN",
    -1 },
  { "not-found",
    { .status = 404, .body = ENVELOPE ("PROJECT_NOT_FOUND", "No such project") },
    CHORUS_API_ERROR_NOT_FOUND,
    "does not have this project",
    "PROJECT_NOT_FOUND",
    -1 },
  { "too-large",
    { .status = 413, .body = ENVELOPE ("TOO_LARGE", "Too large") },
    CHORUS_API_ERROR_TOO_LARGE,
    "Send fewer or smaller recordings",
    "TOO_LARGE",
    -1 },
  { "rate-limited",
    { .status = 429, .headers = "Retry-After: 120\r\n", .body = ENVELOPE ("RATE_LIMITED", "Slow down") },
    CHORUS_API_ERROR_RATE_LIMITED,
    "Darukaa asks to wait 2 minutes",
    "RATE_LIMITED",
    120 },
  { "rate-limited-without-time",
    { .status = 429, .body = "" },
    CHORUS_API_ERROR_RATE_LIMITED,
    "asks to wait",
    NULL,
    -1 },
  { "server-error",
    { .status = 500, .body = ENVELOPE ("INTERNAL", "Traceback {\\\"x\\\": 1}") },
    CHORUS_API_ERROR_SERVER,
    "Try again later",
    "INTERNAL",
    -1 },
  { "bad-gateway",
    { .status = 502,
      .headers = TEST_HTML,
      .body = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>" },
    CHORUS_API_ERROR_SERVER,
    "is not available at the moment",
    NULL,
    -1 },
  { "unavailable",
    { .status = 503, .headers = "Retry-After: 30\r\n", .body = "" },
    CHORUS_API_ERROR_SERVER,
    "is not available at the moment",
    NULL,
    30 },
  { "redirect",
    { .status = 302, .headers = "Location: https://example.org/\r\n" },
    CHORUS_API_ERROR_PROTOCOL,
    "pointed to another address",
    NULL,
    -1 },
  { "reset", { .manner = CHORUS_BAD_MANNER_RESET }, CHORUS_API_ERROR_OFFLINE, "broke the connection off", NULL, -1 },
  { "reset-in-body",
    { .body = TEST_PROJECTS, .manner = CHORUS_BAD_MANNER_RESET_IN_BODY },
    CHORUS_API_ERROR_OFFLINE,
    "broke the connection off",
    NULL,
    -1 },
  { "closed-in-body",
    { .body = TEST_PROJECTS, .manner = CHORUS_BAD_MANNER_CLOSE_IN_BODY },
    CHORUS_API_ERROR_OFFLINE,
    "broke the connection off",
    NULL,
    -1 },
  { "stalled", { .manner = CHORUS_BAD_MANNER_STALL }, CHORUS_API_ERROR_TIMED_OUT, "did not answer in time", NULL, -1 },
  { "stalled-in-body",
    { .body = TEST_PROJECTS, .manner = CHORUS_BAD_MANNER_STALL_IN_BODY },
    CHORUS_API_ERROR_TIMED_OUT,
    "did not answer in time",
    NULL,
    -1 },
  { "truncated-json", { .body = "[{\"project_id\":\"p\",\"proj" }, CHORUS_API_ERROR_PROTOCOL, "cannot read", NULL, -1 },
  { "wrong-types",
    { .body = "[{\"project_id\":{\"a\":[]},\"project_name\":5}]" },
    CHORUS_API_ERROR_PROTOCOL,
    "cannot read",
    NULL,
    -1 },
  { "not-json",
    { .headers = TEST_HTML, .body = "<html>Welcome to the hotel network</html>" },
    CHORUS_API_ERROR_PROTOCOL,
    "cannot read",
    NULL,
    -1 },
  { "empty", { .body = "" }, CHORUS_API_ERROR_PROTOCOL, "cannot read", NULL, -1 },
};

static void
test_fault (TestClient    *test,
            gconstpointer  data)
{
  const TestFault *fault = data;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &fault->reply);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, fault->code);
  g_assert_nonnull (strstr (error->message, fault->sentence));
  g_assert_nonnull (strstr (error->message, "Darukaa"));
  g_assert_cmpuint (chorus_api_error_get_status (error), ==, fault->reply.status);
  g_assert_cmpstr (chorus_api_error_get_code (error), ==, fault->server_code);
  g_assert_cmpint (chorus_api_error_get_retry_after (error), ==, fault->retry_after);
  if (fault->server_code)
    {
      g_assert_cmpstr (chorus_api_error_get_details (error), ==, "why");
      g_assert_cmpstr (chorus_api_error_get_request_id (error), ==, "req_abc123");
      g_assert_nonnull (chorus_api_error_get_server_message (error));
    }
  test_client_assert_still_works (test);
}

/* The details of what cannot be read name the place. */
static void
test_fault_place (TestClient    *test,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "[{\"project_id\":\"p\"},{\"name\":\"q\"}]" });
  g_assert_null (test_client_list_projects (test, &error));
  g_assert_cmpstr (chorus_api_error_get_details (error), ==, "[1].project_id is missing");
}

static void
test_fault_refused (TestClient    *test,
                    gconstpointer  data)
{
  g_autoptr (ChorusServer) nowhere = NULL;
  g_autoptr (ChorusServer) server = g_object_ref (chorus_session_get_server (test->session));
  g_autoptr (ChorusBadServer) closed = chorus_bad_server_new ();
  g_autofree char *url = g_strdup (chorus_bad_server_get_url (closed));
  g_autoptr (GError) error = NULL;

  /* A port that was free a moment ago, and that nobody listens to now. */
  g_clear_pointer (&closed, chorus_bad_server_free);
  nowhere = chorus_server_new (url, "Darukaa", NULL, NULL);
  chorus_session_set_server (test->session, nowhere);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "refused the connection"));
  g_assert_nonnull (chorus_api_error_get_details (error));

  chorus_session_set_server (test->session, server);
  test_client_assert_still_works (test);
}

/* 200 MB of JSON, of which the client takes no more than it has to. */
static void
test_fault_huge (TestClient    *test,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "[",
                                                          .manner = CHORUS_BAD_MANNER_ENDLESS,
                                                          .n_bytes = 200 * 1000 * 1000 });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "stopped reading"));
  g_assert_cmpuint (chorus_bad_server_get_n_sent (test->server), <, 100 * 1000 * 1000);
  test_client_assert_still_works (test);
}

/* What is not a list has a smaller bound, and an error page has none that matters. */
static void
test_fault_huge_single (TestClient    *test,
                        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) error_result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "[",
                                                          .times = 1,
                                                          .manner = CHORUS_BAD_MANNER_ENDLESS,
                                                          .n_bytes = 200 * 1000 * 1000 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 500,
                                                          .body = "[",
                                                          .manner = CHORUS_BAD_MANNER_ENDLESS,
                                                          .n_bytes = 200 * 1000 * 1000 });
  chorus_client_get_current_user_async (test->client, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_client_get_current_user_finish (test->client, result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
  g_assert_cmpuint (chorus_bad_server_get_n_sent (test->server), <, 40 * 1000 * 1000);

  g_clear_error (&error);
  chorus_client_get_current_user_async (test->client, NULL, chorus_test_result_cb, &error_result);
  chorus_test_wait (error_result);
  g_assert_null (chorus_client_get_current_user_finish (test->client, error_result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_SERVER);
  g_assert_cmpuint (chorus_bad_server_get_n_sent (test->server), <, 80 * 1000 * 1000);
  test_client_assert_still_works (test);
}

static void
test_fault_deep (TestClient    *test,
                 gconstpointer  data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (body, "{\"data\":[");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = body->str });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (chorus_api_error_get_details (error), "nesting too deep"));
  test_client_assert_still_works (test);
}

/* The same in the body of an error. */
static void
test_fault_deep_error (TestClient    *test,
                       gconstpointer  data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (body, "{\"error\":");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 500, .body = body->str });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_SERVER);
  test_client_assert_still_works (test);
}

/* A name is data: it arrives as it was sent, and an identifier never leaves its place in a path. */
static void
test_fault_name (TestClient    *test,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/api/v1/projects?",
                                            .body = "[{\"project_id\":\"<b>&../../x\",\"name\":\"<b>&../../x\"}]" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = "[]" });
  projects = test_client_list_projects (test, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_project_get_name (projects->pdata[0]), ==, "<b>&../../x");

  chorus_client_list_sites_async (test->client, chorus_project_get_id (projects->pdata[0]), NULL, chorus_test_result_cb,
                                  &result);
  chorus_test_wait (result);

  g_autoptr (GPtrArray) sites = chorus_client_list_sites_finish (test->client, result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sites->len, ==, 0);
  g_assert_cmpuint (chorus_bad_server_count (test->server, "/api/v1/projects/%3Cb%3E%26..%2F..%2Fx/sites?"), ==, 1);
  test_client_assert_still_works (test);
}

static void
test_fault_url (TestClient    *test,
                gconstpointer  data)
{
  static const struct
  {
    const char *url;
    ChorusApiError code;
  } cases[] = {
    { "gs://bucket/path/to/file.wav", CHORUS_API_ERROR_UNREACHABLE_URL },
    { "file:///etc/passwd", CHORUS_API_ERROR_UNREACHABLE_URL },
    { "path/to/file.wav", CHORUS_API_ERROR_UNREACHABLE_URL },
    { "//example.org/file.wav", CHORUS_API_ERROR_UNREACHABLE_URL },
    { "", CHORUS_API_ERROR_UNREACHABLE_URL },
    { "http://example.org/file.wav", CHORUS_API_ERROR_INSECURE },
    { "http://192.168.0.1/file.wav", CHORUS_API_ERROR_INSECURE },
  };
  g_autofree char *folder = g_dir_make_tmp ("chorus-fetch-XXXXXX", NULL);
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (GFile) destination = g_file_get_child (parent, "audio.wav");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      chorus_client_fetch_audio_async (test->client, cases[i].url, destination, NULL, NULL, NULL, NULL,
                                       chorus_test_result_cb, &result);
      chorus_test_wait (result);
      g_assert_false (chorus_client_fetch_audio_finish (test->client, result, &error));
      test_client_assert_sentence (error, cases[i].code);
      g_assert_false (g_file_query_exists (destination, NULL));
    }
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 0);
  chorus_test_remove_folder (folder);
  test_client_assert_still_works (test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (test_faults); i++)
    {
      g_autofree char *path = g_strconcat ("/service/api/fault/", test_faults[i].name, NULL);

      g_test_add (path, TestClient, &test_faults[i], test_client_set_up, test_fault, test_client_tear_down);
    }

#define ADD(name, func)                                                                                                \
  g_test_add ("/service/api/fault/" name, TestClient, NULL, test_client_set_up, func, test_client_tear_down)

  ADD ("place", test_fault_place);
  ADD ("refused", test_fault_refused);
  ADD ("huge", test_fault_huge);
  ADD ("huge-single", test_fault_huge_single);
  ADD ("deep", test_fault_deep);
  ADD ("deep-error", test_fault_deep_error);
  ADD ("name", test_fault_name);
  ADD ("url", test_fault_url);

  return g_test_run ();
}
