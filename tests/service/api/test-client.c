/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-client.h"

#include <string.h>

void
test_client_set_up (TestClient    *test,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusServer) server = NULL;

  test->server = chorus_bad_server_new ();
  server = chorus_server_new (chorus_bad_server_get_url (test->server), "Darukaa", NULL, &error);
  g_assert_no_error (error);
  test->session = chorus_session_new (server);
  chorus_session_set_tokens (test->session, TEST_TOKEN, NULL);
  chorus_session_set_timeout (test->session, 1);
  test->client = chorus_client_new (test->session);
}

void
test_client_tear_down (TestClient    *test,
                       gconstpointer  data)
{
  g_assert_finalize_object (test->client);
  g_assert_finalize_object (test->session);
  chorus_bad_server_free (test->server);

  /* libsoup and the keyring finish their own clean-up in the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

GPtrArray *
test_client_list_projects (TestClient  *test,
                           GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_client_list_projects_async (test->client, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_client_list_projects_finish (test->client, result, error);
}

void
test_client_assert_still_works (TestClient *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = NULL;

  chorus_bad_server_reset (test->server);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects", .body = TEST_PROJECTS });
  projects = test_client_list_projects (test, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, ==, 1);
  g_assert_cmpstr (chorus_project_get_name (projects->pdata[0]), ==, "Western Ghats");
}

void
test_client_assert_sentence (const GError   *error,
                             ChorusApiError  code)
{
  static const char *const machine[] = { "{",      "}",      "<",    "[",    "errno", "g-io",      "soup",
                                         "Error ", "error:", "HTTP", "json", "JSON",  "127.0.0.1", TEST_TOKEN };

  g_test_message ("%s", error->message);
  g_assert_error (error, CHORUS_API_ERROR, (int) code);
  g_assert_true (g_ascii_isupper (error->message[0]));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (machine); i++)
    g_assert_null (strstr (error->message, machine[i]));
  if (chorus_api_error_get_details (error))
    g_assert_null (strstr (chorus_api_error_get_details (error), TEST_TOKEN));
  if (chorus_api_error_get_server_message (error))
    g_assert_null (strstr (chorus_api_error_get_server_message (error), TEST_TOKEN));
}

char *
test_client_make_jwt (gint64 expiry)
{
  g_autofree char *claims = g_strdup_printf ("{\"exp\":%" G_GINT64_FORMAT "}", expiry);
  g_autofree char *base64 = g_base64_encode ((const guchar *) claims, strlen (claims));
  char *padding = strchr (base64, '=');

  if (padding)
    *padding = '\0';
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');

  return g_strdup_printf ("e30.%s.c2ln", base64);
}
