/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every row of the endpoint table over real HTTP, paging, and patience with rate limits. */

#include <string.h>

#include "test-client.h"

#define START(name, ...)                                                                                               \
  static void test_start_##name (ChorusClient *client, GCancellable *cancellable, GAsyncReadyCallback callback,        \
                                 gpointer user_data)                                                                   \
  {                                                                                                                    \
    chorus_client_##name##_async (client, ##__VA_ARGS__, cancellable, callback, user_data);                            \
  }                                                                                                                    \
  static gpointer test_finish_##name (ChorusClient *client, GAsyncResult *result, GError **error)                      \
  {                                                                                                                    \
    return chorus_client_##name##_finish (client, result, error);                                                      \
  }

START (get_current_user)
START (list_projects)
START (create_project, "Western Ghats")
START (list_sites, "a/b")
START (create_site, "a/b", "Site \"A\"")
START (list_deployments, "a/b")
START (create_deployment, "a/b", "North")
START (list_files, "a/b")
START (list_files_needing_inference, "a/b")
START (run_inference, "a/b")
START (get_file_inference, "a/b")
START (list_high_value_clips, "a/b")
START (get_project_summary, "a/b")

typedef struct
{
  const char *name;
  void (*start) (ChorusClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gpointer (*finish) (ChorusClient *client, GAsyncResult *result, GError **error);
  gboolean is_array;
  gboolean may_lack; /* a 404 without an envelope means that there is no such function */
  const char *method;
  const char *path;
  const char *sent;
  const char *answer;
} TestRow;

#define ROW(name) #name, test_start_##name, test_finish_##name
#define PAGE "?skip=0&limit=100"

static const TestRow test_rows[] = {
  { ROW (get_current_user), FALSE, TRUE, "GET", "/api/v1/auth/me", "", "{\"email\":\"e\"}" },
  { ROW (list_projects), TRUE, FALSE, "GET", "/api/v1/projects" PAGE, "", "[{\"project_id\":\"p\"}]" },
  { ROW (create_project), FALSE, TRUE, "POST", "/api/v1/projects", "{\"project_name\":\"Western Ghats\"}",
    "{\"project_id\":\"p\"}" },
  { ROW (list_sites), TRUE, FALSE, "GET", "/api/v1/projects/a%2Fb/sites" PAGE, "", "[{\"site_id\":\"s\"}]" },
  { ROW (create_site), FALSE, TRUE, "POST", "/api/v1/projects/a%2Fb/sites", "{\"site_name\":\"Site \\\"A\\\"\"}",
    "{\"site_id\":\"s\"}" },
  { ROW (list_deployments), TRUE, TRUE, "GET", "/api/v1/sites/a%2Fb/deployments" PAGE, "",
    "[{\"deployment_id\":\"d\"}]" },
  { ROW (create_deployment), FALSE, TRUE, "POST", "/api/v1/sites/a%2Fb/deployments", "{\"deployment_name\":\"North\"}",
    "{\"deployment_id\":\"d\"}" },
  { ROW (list_files), TRUE, TRUE, "GET", "/api/v1/admin/files/a%2Fb" PAGE, "", "[{\"file_id\":\"f\"}]" },
  { ROW (list_files_needing_inference), TRUE, FALSE, "GET", "/api/v1/admin/files/a%2Fb/inference" PAGE, "",
    "[{\"file_id\":\"f\"}]" },
  { ROW (run_inference), FALSE, TRUE, "POST", "/api/v1/admin/files/a%2Fb/inference", "",
    "{\"file_id\":\"f\",\"data\":{\"predictions\":[]}}" },
  { ROW (get_file_inference), TRUE, TRUE, "GET", "/api/v1/files/a%2Fb/inference", "",
    "{\"file_id\":\"f\",\"data\":{\"predictions\":[]}}" },
  { ROW (list_high_value_clips), TRUE, FALSE, "GET", "/api/v1/sites/a%2Fb/biodiversity/audio-clips", "",
    "{\"A b\":[{\"url\":\"u\"}]}" },
  { ROW (get_project_summary), FALSE, FALSE, "GET", "/api/v1/projects/a%2Fb/biodiversity/summary", "", "{}" },
};

static gpointer
test_ask (TestClient     *test,
          const TestRow  *row,
          GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  row->start (test->client, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return row->finish (test->client, result, error);
}

static void
test_row (TestClient    *test,
          gconstpointer  data)
{
  const TestRow *row = data;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .method = row->method, .body = row->answer });

  gpointer made = test_ask (test, row, &error);
  const ChorusBadRequest *request = chorus_bad_server_get_request (test->server, NULL, 0);

  g_assert_no_error (error);
  if (row->is_array)
    {
      g_assert_cmpuint (((GPtrArray *) made)->len, ==, 1);
      g_ptr_array_unref (made);
    }
  else
    {
      g_object_unref (made);
    }

  g_autoptr (GString) sent = g_string_new (NULL);

  if (g_bytes_get_size (request->body) > 0)
    g_string_append_len (sent, g_bytes_get_data (request->body, NULL), (gssize) g_bytes_get_size (request->body));
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);
  g_assert_cmpstr (request->method, ==, row->method);
  g_assert_cmpstr (request->path, ==, row->path);
  g_assert_cmpstr (sent->str, ==, row->sent);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer " TEST_TOKEN);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "accept"), ==, "application/json");
}

/* A function that the server lacks is told from a thing that it lacks. */
static void
test_row_not_offered (TestClient    *test,
                      gconstpointer  data)
{
  static const guint statuses[] = { 404, 405, 501 };
  const TestRow *row = data;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server,
                             &(ChorusBadReply){ .status = statuses[i], .body = "{\"detail\":\"Not Found\"}" });
      g_assert_null (test_ask (test, row, &error));
      test_client_assert_sentence (error, row->may_lack || statuses[i] != 404 ? CHORUS_API_ERROR_NOT_OFFERED
                                                                              : CHORUS_API_ERROR_NOT_FOUND);
      g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);
    }

  g_autoptr (GError) error = NULL;

  chorus_bad_server_reset (test->server);
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .status = 404, .body = "{\"error\":{\"code\":\"FILE_NOT_FOUND\"}}" });
  g_assert_null (test_ask (test, row, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_NOT_FOUND);
}

static void
test_row_cancelled (TestClient    *test,
                    gconstpointer  data)
{
  const TestRow *row = data;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_session_set_timeout (test->session, 60);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .manner = CHORUS_BAD_MANNER_STALL });
  row->start (test->client, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (chorus_bad_server_count (test->server, NULL) == 1);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_null (row->finish (test->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_client_assert_still_works (test);
}

static char *
test_make_page (guint first,
                guint n)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"project_id\":\"p%u\"}", i > 0 ? "," : "", first + i);
  g_string_append (text, "]");

  return g_string_free (text, FALSE);
}

static void
test_paging (TestClient    *test,
             gconstpointer  data)
{
  /* The second page begins one item early, as when a project was made between the two requests. */
  g_autofree char *first = test_make_page (0, 100);
  g_autofree char *second = test_make_page (99, 100);
  g_autofree char *third = test_make_page (199, 7);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects?skip=0&", .body = first });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects?skip=100&", .body = second });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects?skip=200&", .body = third });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, ==, 206);
  g_assert_cmpstr (chorus_project_get_id (projects->pdata[205]), ==, "p205");
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 3);
}

/* A server that does not know skip and limit sends the same page for ever. */
static void
test_paging_repeated (TestClient    *test,
                      gconstpointer  data)
{
  g_autofree char *page = test_make_page (0, 150);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = page });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, ==, 150);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 2);
}

/* A list that breaks off in the middle is an error, not a shorter list. */
static void
test_paging_broken (TestClient    *test,
                    gconstpointer  data)
{
  g_autofree char *page = test_make_page (0, 100);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/api/v1/projects?skip=0&", .body = page });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 500 });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_SERVER);
  test_client_assert_still_works (test);
}

static void
test_short_wait (TestClient    *test,
                 gconstpointer  data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n");
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = "Retry-After: 0\r\n", .times = 1 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = date, .times = 1 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_PROJECTS });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 3);
}

static void
test_short_wait_in_vain (TestClient    *test,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = "Retry-After: 0\r\n" });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_RATE_LIMITED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 3);
  test_client_assert_still_works (test);
}

/* The wait for a retry ends when somebody cancels. */
static void
test_wait_cancelled (TestClient    *test,
                     gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = "Retry-After: 10\r\n" });
  chorus_client_list_projects_async (test->client, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (chorus_bad_server_count (test->server, NULL) == 1);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_null (chorus_client_list_projects_finish (test->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 9 * G_USEC_PER_SEC);
}

/* What is not for reading is never sent again by itself. */
static void
test_no_wait_for_post (TestClient    *test,
                       gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = "Retry-After: 0\r\n" });
  chorus_client_run_inference_async (test->client, "f", NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_client_run_inference_finish (test->client, result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_RATE_LIMITED);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);
}

static void
test_date (TestClient    *test,
           gconstpointer  data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 600);
  g_autofree char *date = g_date_time_format (later, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n");
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 429, .headers = date });
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_RATE_LIMITED);
  g_assert_nonnull (strstr (error->message, "10 minutes"));
  g_assert_cmpint (chorus_api_error_get_retry_after (error), >=, 595);
  g_assert_cmpint (chorus_api_error_get_retry_after (error), <=, 600);
}

/* The last request that the server takes is noted: the next is not even sent. */
static void
test_remaining (TestClient    *test,
                gconstpointer  data)
{
  g_autoptr (ChorusServer) again = chorus_server_new (chorus_bad_server_get_url (test->server), "Again", NULL, NULL);
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .headers = "X-RateLimit-Limit: 1000\r\n"
                                                                     "X-RateLimit-Remaining: 0\r\n"
                                                                     "X-RateLimit-Reset: 300\r\n",
                                                          .body = TEST_PROJECTS });

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  g_assert_no_error (error);
  g_assert_null (test_client_list_projects (test, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_RATE_LIMITED);
  g_assert_nonnull (strstr (error->message, "Darukaa asks to wait 5 minutes"));
  g_assert_cmpint (chorus_api_error_get_retry_after (error), >, 290);
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);

  /* Another server has another account of what it takes. */
  chorus_session_set_server (test->session, again);
  test_client_assert_still_works (test);
}

static void
test_add_rows (const char *group, void (*func) (TestClient *test, gconstpointer data))
{
  for (gsize i = 0; i < G_N_ELEMENTS (test_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/api/%s/%s", group, test_rows[i].name);

      g_test_add (path, TestClient, &test_rows[i], test_client_set_up, func, test_client_tear_down);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_add_rows ("row", test_row);
  test_add_rows ("not-offered", test_row_not_offered);
  test_add_rows ("cancelled", test_row_cancelled);

#define ADD(name, func)                                                                                                \
  g_test_add ("/service/api/requests/" name, TestClient, NULL, test_client_set_up, func, test_client_tear_down)

  ADD ("paging", test_paging);
  ADD ("paging-repeated", test_paging_repeated);
  ADD ("paging-broken", test_paging_broken);
  ADD ("short-wait", test_short_wait);
  ADD ("short-wait-in-vain", test_short_wait_in_vain);
  ADD ("wait-cancelled", test_wait_cancelled);
  ADD ("no-wait-for-post", test_no_wait_for_post);
  ADD ("date", test_date);
  ADD ("remaining", test_remaining);

  return g_test_run ();
}
