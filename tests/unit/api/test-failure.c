/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "api/chorus-api-error-private.h"
#include "api/chorus-failure.h"

#define TEST_ENVELOPE                                                                                                  \
  "{\"error\":{\"code\":\"DEPLOYMENT_NOT_FOUND\",\"message\":\"Deployment not found\",\"details\":\"No deployment "    \
  "exists\",\"request_id\":\"req_abc123\",\"timestamp\":\"2025-12-04T13:30:00Z\"}}"

static GError *
test_fail (guint           status,
           ChorusEndpoint  endpoint,
           const char     *body,
           gint64          retry_after)
{
  g_autoptr (ChorusServer) server = chorus_server_new (CHORUS_SERVER_DARUKAA_URL, NULL, NULL, NULL);
  ChorusReply reply = { .status = status, .retry_after = retry_after, .remaining = -1, .reset = -1 };
  GError *error = NULL;

  reply.body = g_bytes_new (body, strlen (body));
  error = chorus_failure_from_reply (server, endpoint, &reply);
  g_bytes_unref (reply.body);
  g_assert_cmpuint (chorus_api_error_get_status (error), ==, status);
  g_assert_cmpint (chorus_api_error_get_retry_after (error), ==, retry_after);
  g_assert_null (strpbrk (error->message, "{}<>[]"));

  return error;
}

static void
test_failure_status (void)
{
  static const struct
  {
    guint status;
    ChorusEndpoint endpoint;
    const char *body;
    int code;
  } cases[] = {
    { 400, CHORUS_ENDPOINT_UPLOAD, TEST_ENVELOPE, CHORUS_API_ERROR_BAD_REQUEST },
    { 422, CHORUS_ENDPOINT_PROJECTS, "{\"detail\":[]}", CHORUS_API_ERROR_BAD_REQUEST },
    { 401, CHORUS_ENDPOINT_SIGN_IN, "", CHORUS_API_ERROR_INVALID_CREDENTIALS },
    { 401, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_UNAUTHENTICATED },
    { 403, CHORUS_ENDPOINT_FILES, "", CHORUS_API_ERROR_FORBIDDEN },
    { 404, CHORUS_ENDPOINT_FILES, TEST_ENVELOPE, CHORUS_API_ERROR_NOT_FOUND },
    { 404, CHORUS_ENDPOINT_FILES, "{\"detail\":\"Not Found\"}", CHORUS_API_ERROR_NOT_OFFERED },
    { 404, CHORUS_ENDPOINT_FILES, "<html></html>", CHORUS_API_ERROR_NOT_OFFERED },
    { 404, CHORUS_ENDPOINT_CREATE_SITE, "", CHORUS_API_ERROR_NOT_OFFERED },
    { 404, CHORUS_ENDPOINT_UPLOAD, "{\"detail\":\"Not Found\"}", CHORUS_API_ERROR_NOT_FOUND },
    { 404, CHORUS_ENDPOINT_SITES, "", CHORUS_API_ERROR_NOT_FOUND },
    { 404, CHORUS_FAILURE_MEDIA, "", CHORUS_API_ERROR_NOT_FOUND },
    { 405, CHORUS_ENDPOINT_DEPLOYMENTS, "{\"detail\":\"Method Not Allowed\"}", CHORUS_API_ERROR_NOT_OFFERED },
    { 501, CHORUS_ENDPOINT_DEPLOYMENTS, "", CHORUS_API_ERROR_NOT_OFFERED },
    { 409, CHORUS_ENDPOINT_CREATE_PROJECT, "", CHORUS_API_ERROR_CONFLICT },
    { 413, CHORUS_ENDPOINT_UPLOAD, "", CHORUS_API_ERROR_TOO_LARGE },
    { 429, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_RATE_LIMITED },
    { 500, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_SERVER },
    { 502, CHORUS_ENDPOINT_PROJECTS, "<html><body>Bad Gateway</body></html>", CHORUS_API_ERROR_SERVER },
    { 504, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_TIMED_OUT },
    { 302, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_PROTOCOL },
    { 418, CHORUS_ENDPOINT_PROJECTS, "", CHORUS_API_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = test_fail (cases[i].status, cases[i].endpoint, cases[i].body, -1);

      g_test_message ("%u: %s", cases[i].status, error->message);
      g_assert_error (error, CHORUS_API_ERROR, cases[i].code);
    }
}

static void
test_failure_bodies (void)
{
  g_autoptr (GError) envelope = test_fail (404, CHORUS_ENDPOINT_FILES, TEST_ENVELOPE, -1);
  g_autoptr (GError) plain = test_fail (400, CHORUS_ENDPOINT_FILES, "{\"detail\":\"Nope\"}", -1);
  g_autoptr (GError) list = test_fail (422, CHORUS_ENDPOINT_FILES,
                                       "{\"detail\":[{\"loc\":[\"body\",\"files\",0],\"msg\":\"field required\"},"
                                       "{\"msg\":\"too long\"},7]}",
                                       -1);
  g_autoptr (GError) html = test_fail (502, CHORUS_ENDPOINT_FILES, "<html>\xff Bad Gateway</html>", -1);
  g_autoptr (GError) bare = test_fail (400, CHORUS_ENDPOINT_FILES, "{\"error\":\"invalid_request\"}", -1);

  g_assert_cmpstr (chorus_api_error_get_code (envelope), ==, "DEPLOYMENT_NOT_FOUND");
  g_assert_cmpstr (chorus_api_error_get_server_message (envelope), ==, "Deployment not found");
  g_assert_cmpstr (chorus_api_error_get_details (envelope), ==, "No deployment exists");
  g_assert_cmpstr (chorus_api_error_get_request_id (envelope), ==, "req_abc123");
  g_assert_cmpstr (chorus_api_error_get_server_message (plain), ==, "Nope");
  g_assert_cmpstr (chorus_api_error_get_server_message (list), ==, "body.files.0: field required\ntoo long\n7");
  g_assert_null (chorus_api_error_get_server_message (html));
  g_assert_nonnull (strstr (chorus_api_error_get_details (html), "Bad Gateway"));
  g_assert_true (g_utf8_validate (chorus_api_error_get_details (html), -1, NULL));
  g_assert_cmpstr (chorus_api_error_get_server_message (bare), ==, "invalid_request");
}

static void
test_failure_wait (void)
{
  g_autoptr (GError) minutes = test_fail (429, CHORUS_ENDPOINT_FILES, "", 120);
  g_autoptr (GError) unknown = test_fail (429, CHORUS_ENDPOINT_FILES, "", -1);

  g_assert_cmpstr (minutes->message, ==, "Darukaa asks to wait 2 minutes before the next request.");
  g_assert_nonnull (strstr (unknown->message, "asks to wait"));
}

/* The facts survive copying and a prefix, as they have to on their way through the program. */
static void
test_failure_copy (void)
{
  g_autoptr (GError) error = test_fail (404, CHORUS_ENDPOINT_FILES, TEST_ENVELOPE, 7);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "other");

  g_clear_error (&error);
  g_assert_cmpstr (chorus_api_error_get_request_id (copy), ==, "req_abc123");
  g_assert_cmpint (chorus_api_error_get_retry_after (copy), ==, 7);
  g_assert_cmpuint (chorus_api_error_get_status (other), ==, 0);
  g_assert_null (chorus_api_error_get_code (other));
  g_assert_null (chorus_api_error_get_details (NULL));
  g_assert_cmpint (chorus_api_error_get_retry_after (other), ==, -1);
}

static void
test_failure_long (void)
{
  g_autofree char *filler = g_strnfill (1999, 'a');
  g_autofree char *body = g_strconcat (filler, "üüüü", filler, NULL);
  g_autoptr (GError) error = test_fail (500, CHORUS_ENDPOINT_FILES, body, -1);

  g_assert_cmpstr (chorus_api_error_get_details (error), ==, filler);
}

static void
test_failure_redact (void)
{
  g_autoptr (GError) error = test_fail (401, CHORUS_ENDPOINT_FILES,
                                        "{\"error\":{\"code\":\"c-s3cret\",\"message\":\"bad s3cret and s3cret\","
                                        "\"details\":\"s3cret\"}}",
                                        -1);

  chorus_api_error_redact (error, "s3cret");
  g_assert_cmpstr (chorus_api_error_get_code (error), ==, "c-…");
  g_assert_cmpstr (chorus_api_error_get_server_message (error), ==, "bad … and …");
  g_assert_cmpstr (chorus_api_error_get_details (error), ==, "…");
  chorus_api_error_redact (error, NULL);
  chorus_api_error_redact (error, "");
  chorus_api_error_redact (NULL, "s3cret");
}

static void
test_failure_transport (void)
{
  struct
  {
    GQuark domain;
    int code;
    int expected;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, CHORUS_API_ERROR_TIMED_OUT },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, CHORUS_API_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, CHORUS_API_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, CHORUS_API_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, CHORUS_API_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, CHORUS_API_ERROR_PROTOCOL },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, CHORUS_API_ERROR_OFFLINE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, CHORUS_API_ERROR_INSECURE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, CHORUS_API_ERROR_OFFLINE },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, CHORUS_API_ERROR_PROTOCOL },
    { G_IO_ERROR, G_IO_ERROR_FAILED, CHORUS_API_ERROR_FAILED },
  };
  g_autoptr (ChorusServer) server = chorus_server_new (CHORUS_SERVER_DARUKAA_URL, NULL, NULL, NULL);
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) kept = chorus_failure_from_error (server, cancelled);

  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) raw = g_error_new_literal (cases[i].domain, cases[i].code, "raw errno text");
      g_autoptr (GError) error = chorus_failure_from_error (server, raw);

      g_test_message ("%s", error->message);
      g_assert_error (error, CHORUS_API_ERROR, cases[i].expected);
      g_assert_null (strstr (error->message, "raw"));
      g_assert_cmpstr (chorus_api_error_get_details (error), ==, "raw errno text");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/failure/status", test_failure_status);
  g_test_add_func ("/api/failure/bodies", test_failure_bodies);
  g_test_add_func ("/api/failure/wait", test_failure_wait);
  g_test_add_func ("/api/failure/copy", test_failure_copy);
  g_test_add_func ("/api/failure/long", test_failure_long);
  g_test_add_func ("/api/failure/redact", test_failure_redact);
  g_test_add_func ("/api/failure/transport", test_failure_transport);

  return g_test_run ();
}
