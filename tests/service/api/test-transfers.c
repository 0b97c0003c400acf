/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending and fetching audio. */

#include <string.h>

#include "test-client.h"

#define TEST_UPLOAD_PATH "/api/v1/deployments/d%2F1/audio/upload"
#define TEST_FILES "{\"files\":[{\"file_id\":\"f1\"},{\"file_id\":\"f2\"}]}"

typedef struct
{
  guint n_calls;
  goffset last;
  goffset total;
} TestProgress;

static void
test_progress_cb (goffset  n_bytes,
                  goffset  total,
                  gpointer user_data)
{
  TestProgress *progress = user_data;

  g_assert_cmpint (n_bytes, >=, progress->last);
  progress->n_calls++;
  progress->last = n_bytes;
  progress->total = total;
}

/* A body of @length bytes, which is the same at every call. */
static GInputStream *
test_new_body (gsize length)
{
  char *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (char) ('a' + i % 23);

  return g_memory_input_stream_new_from_data (data, (gssize) length, g_free);
}

static GPtrArray *
test_upload (TestClient    *test,
             gsize          length,
             TestProgress  *progress,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GInputStream) body = test_new_body (length);
  g_autoptr (GAsyncResult) result = NULL;

  chorus_client_upload_async (test->client, "d/1", body, (goffset) length, progress ? test_progress_cb : NULL, progress,
                              NULL, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_client_upload_finish (test->client, result, error);
}

static void
test_upload_works (TestClient    *test,
                   gconstpointer  data)
{
  const gsize length = 5 * 1000 * 1000 + 1;
  TestProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .method = "POST",
                                                          .path = TEST_UPLOAD_PATH,
                                                          .status = 201,
                                                          .body = TEST_FILES });

  g_autoptr (GPtrArray) files = test_upload (test, length, &progress, NULL, &error);
  const ChorusBadRequest *request = chorus_bad_server_get_request (test->server, NULL, 0);
  g_autofree char *expected_length = g_strdup_printf ("%" G_GSIZE_FORMAT, length);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (chorus_file_get_id (files->pdata[1]), ==, "f2");
  g_assert_cmpstr (chorus_file_get_deployment_id (files->pdata[1]), ==, "d/1");
  g_assert_cmpuint (request->n_body, ==, length);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "content-length"), ==, expected_length);
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "content-type"), ==, "application/json");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer " TEST_TOKEN);
  g_assert_null (g_hash_table_lookup (request->headers, "transfer-encoding"));
  g_assert_cmpint (memcmp (g_bytes_get_data (request->body, NULL), "abcdefghijklmnopqrstuvwabc", 26), ==, 0);
  g_assert_cmpint (progress.last, ==, length);
  g_assert_cmpint (progress.total, ==, length);

  /* Far fewer calls than blocks of 8 KiB. */
  g_assert_cmpuint (progress.n_calls, <, length / 8192 / 2);
  test_client_assert_still_works (test);
}

/* Accepted without a usable word about what was made of it: no error, and nothing to rely on. */
static void
test_upload_wordless (TestClient    *test,
                      gconstpointer  data)
{
  static const char *const bodies[] = { "", "null", "\"Uploaded\"", "<html>", "[", "{\"message\":\"ok\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 201, .body = bodies[i] });

      g_autoptr (GPtrArray) files = test_upload (test, 100, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (files->len, ==, 0);
    }
}

static void
test_upload_refused (TestClient    *test,
                     gconstpointer  data)
{
  static const struct
  {
    ChorusBadReply reply;
    ChorusApiError code;
  } cases[] = {
    { { .status = 400, .body = "{\"error\":{\"code\":\"BAD_FORMAT\"}}" }, CHORUS_API_ERROR_BAD_REQUEST },
    { { .status = 401 }, CHORUS_API_ERROR_UNAUTHENTICATED },
    { { .status = 404, .body = "{\"error\":{\"code\":\"DEPLOYMENT_NOT_FOUND\"}}" }, CHORUS_API_ERROR_NOT_FOUND },
    { { .status = 413 }, CHORUS_API_ERROR_TOO_LARGE },
    { { .status = 413, .manner = CHORUS_BAD_MANNER_REPLY_EARLY }, CHORUS_API_ERROR_TOO_LARGE },
    { { .status = 429, .headers = "Retry-After: 1\r\n" }, CHORUS_API_ERROR_RATE_LIMITED },
    { { .status = 500 }, CHORUS_API_ERROR_SERVER },
    { { .status = 307, .headers = "Location: /elsewhere\r\n" }, CHORUS_API_ERROR_PROTOCOL },
    { { .manner = CHORUS_BAD_MANNER_RESET }, CHORUS_API_ERROR_OFFLINE },
    { { .manner = CHORUS_BAD_MANNER_RESET_READING, .n_bytes = 100000 }, CHORUS_API_ERROR_OFFLINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server, &cases[i].reply);
      g_assert_null (test_upload (test, 3 * 1000 * 1000, NULL, NULL, &error));
      test_client_assert_sentence (error, cases[i].code);

      /* Never sent twice: only the caller knows how to make the body again. */
      g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 1);
    }
  test_client_assert_still_works (test);
}

static void
test_upload_stalled (TestClient    *test,
                     gconstpointer  data)
{
  TestProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  chorus_client_set_stall_timeout (test->client, 1);
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .manner = CHORUS_BAD_MANNER_STALL_READING, .n_bytes = 100000 });
  g_assert_null (test_upload (test, 64 * 1000 * 1000, &progress, NULL, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_TIMED_OUT);
  g_assert_cmpint (progress.last, <, 64 * 1000 * 1000);
  test_client_assert_still_works (test);
}

/* Once everything is sent, a server may think for longer than the stall timeout, and than that of ordinary requests. */
static void
test_upload_patient (TestClient    *test,
                     gconstpointer  data)
{
  g_autoptr (GInputStream) body = test_new_body (1000);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_client_set_stall_timeout (test->client, 1);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = TEST_UPLOAD_PATH,
                                                          .status = 201,
                                                          .body = TEST_FILES,
                                                          .after_requests = 4 });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .times = 2, .manner = CHORUS_BAD_MANNER_STALL });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .body = TEST_PROJECTS });
  chorus_client_upload_async (test->client, "d/1", body, 1000, NULL, NULL, NULL, NULL, chorus_test_result_cb, &result);

  /* Two ordinary requests, one after the other, each wait their second out. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) none = test_client_list_projects (test, &error);

      g_assert_null (none);
      test_client_assert_sentence (error, CHORUS_API_ERROR_TIMED_OUT);
      g_clear_error (&error);
    }
  g_assert_null (result);

  g_autoptr (GPtrArray) projects = test_client_list_projects (test, &error);

  g_assert_nonnull (projects);
  chorus_test_wait (result);

  g_autoptr (GPtrArray) files = chorus_client_upload_finish (test->client, result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
}

static void
test_upload_cancelled (TestClient    *test,
                       gconstpointer  data)
{
  g_autoptr (GInputStream) body = test_new_body (64 * 1000 * 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .manner = CHORUS_BAD_MANNER_STALL_READING, .n_bytes = 100000 });
  chorus_client_upload_async (test->client, "d/1", body, 64 * 1000 * 1000, NULL, NULL, NULL, cancellable,
                              chorus_test_result_cb, &result);
  chorus_test_wait (chorus_bad_server_count (test->server, NULL) == 1);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_null (chorus_client_upload_finish (test->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_client_assert_still_works (test);
}

/* The sign-in ends while an upload is on its way: it is renewed, and the caller is told to send a fresh stream. */
static void
test_upload_renewed (TestClient    *test,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, "old", "r");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = TEST_UPLOAD_PATH, .status = 401, .times = 1 });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh", .body = "{\"access_token\":\"new\"}" });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = TEST_UPLOAD_PATH, .status = 201, .body = TEST_FILES });
  g_assert_null (test_upload (test, 1000, NULL, NULL, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_RENEWED);
  g_clear_error (&error);

  g_autoptr (GPtrArray) files = test_upload (test, 1000, NULL, NULL, &error);
  const ChorusBadRequest *second = chorus_bad_server_get_request (test->server, TEST_UPLOAD_PATH, 1);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (second->headers, "authorization"), ==, "Bearer new");
  g_assert_cmpuint (second->n_body, ==, 1000);
}

/* A token that has ended is renewed before a byte of an upload is sent. */
static void
test_upload_early_refresh (TestClient    *test,
                           gconstpointer  data)
{
  g_autofree char *ended = test_client_make_jwt (g_get_real_time () / G_USEC_PER_SEC - 10);
  g_autoptr (GError) error = NULL;

  chorus_session_set_tokens (test->session, ended, "r");
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh", .body = "{\"access_token\":\"new\"}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 201, .body = TEST_FILES });

  g_autoptr (GPtrArray) files = test_upload (test, 1000, NULL, NULL, &error);

  g_assert_nonnull (files);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_bad_server_count (test->server, TEST_UPLOAD_PATH), ==, 1);
}

/* A stream that is shorter than it said: the upload is given up at once, and the server never sees it whole. */
static void
test_upload_short (TestClient    *test,
                   gconstpointer  data)
{
  g_autoptr (GInputStream) body = test_new_body (1000);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 201, .body = TEST_FILES });
  chorus_client_upload_async (test->client, "d/1", body, 2000, NULL, NULL, NULL, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_null (chorus_client_upload_finish (test->client, result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_FAILED);
  test_client_assert_still_works (test);
}

/* A folder to fetch into. */
typedef struct
{
  char *folder;
  GFile *file;
  GFile *part;
} TestPlace;

static void
test_place_init (TestPlace *place)
{
  g_autoptr (GFile) parent = NULL;

  place->folder = g_dir_make_tmp ("chorus-fetch-XXXXXX", NULL);
  parent = g_file_new_for_path (place->folder);
  place->file = g_file_get_child (parent, "audio.wav");
  place->part = g_file_get_child (parent, "audio.wav.part");
}

static void
test_place_clear (TestPlace *place)
{
  chorus_test_remove_folder (place->folder);
  g_clear_object (&place->file);
  g_clear_object (&place->part);
  g_clear_pointer (&place->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestPlace, test_place_clear)

static gboolean
test_fetch (TestClient    *test,
            const char    *url,
            TestPlace     *place,
            TestProgress  *progress,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_client_fetch_audio_async (test->client, url, place->file, progress ? test_progress_cb : NULL, progress, NULL,
                                   NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_client_fetch_audio_finish (test->client, result, error);
}

static void
test_assert_content (TestPlace  *place,
                     const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_false (g_file_query_exists (place->part, NULL));
  if (expected)
    {
      g_assert_true (g_file_load_contents (place->file, NULL, &content, NULL, NULL, NULL));
      g_assert_cmpstr (content, ==, expected);
    }
  else
    {
      g_assert_false (g_file_query_exists (place->file, NULL));
    }
}

static void
test_fetch_works (TestClient    *test,
                  gconstpointer  data)
{
  g_auto (TestPlace) place = { 0 };
  TestProgress progress = { 0 };
  g_autofree char *audio = g_strnfill (1000 * 1000, 'w');
  g_autofree char *url = g_strconcat (chorus_bad_server_get_url (test->server), "/files/f?x=%2F", NULL);
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/files/f",
                                                          .headers = "Content-Type: audio/wav\r\n",
                                                          .body = audio });
  g_assert_true (test_fetch (test, url, &place, &progress, &error));
  g_assert_no_error (error);
  test_assert_content (&place, audio);
  g_assert_cmpint (progress.last, ==, 1000 * 1000);
  g_assert_cmpint (progress.total, ==, 1000 * 1000);

  const ChorusBadRequest *request = chorus_bad_server_get_request (test->server, NULL, 0);

  g_assert_cmpstr (request->path, ==, "/files/f?x=%2F");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==, "Bearer " TEST_TOKEN);

  /* A path of the server itself, which replaces what is there. */
  chorus_bad_server_reset (test->server);
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/short", .body = "short" });
  g_assert_true (test_fetch (test, "/short", &place, NULL, &error));
  test_assert_content (&place, "short");
  test_client_assert_still_works (test);
}

/* The credential does not go to another origin, neither at once nor by a redirect. */
static void
test_fetch_elsewhere (TestClient    *test,
                      gconstpointer  data)
{
  g_auto (TestPlace) place = { 0 };
  g_autoptr (ChorusBadServer) storage = chorus_bad_server_new ();
  g_autofree char *url = g_strconcat (chorus_bad_server_get_url (storage), "/bucket/f.wav?signature=abc", NULL);
  g_autofree char *own = g_strconcat (chorus_bad_server_get_url (test->server), "/files/f", NULL);
  g_autofree char *location = g_strdup_printf ("Location: %s\r\n", url);
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  chorus_bad_server_add (storage, &(ChorusBadReply){ .path = "/bucket/f.wav?signature=abc", .body = "audio" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .status = 302, .headers = location, .body = "not this" });
  g_assert_true (test_fetch (test, url, &place, NULL, &error));
  g_assert_true (test_fetch (test, own, &place, NULL, &error));
  test_assert_content (&place, "audio");

  g_assert_cmpuint (chorus_bad_server_count (storage, NULL), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const ChorusBadRequest *request = chorus_bad_server_get_request (storage, NULL, i);
      GHashTableIter iter;
      gpointer value = NULL;

      g_hash_table_iter_init (&iter, request->headers);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        g_assert_null (strstr (value, TEST_TOKEN));
      g_assert_null (g_hash_table_lookup (request->headers, "authorization"));
    }
  g_assert_cmpstr (g_hash_table_lookup (chorus_bad_server_get_request (test->server, NULL, 0)->headers,
                                        "authorization"),
                   ==, "Bearer " TEST_TOKEN);

  /* The same with an API key. */
  chorus_session_set_api_key (test->session, "drk_prod_x");
  g_assert_true (test_fetch (test, own, &place, NULL, &error));
  g_assert_null (g_hash_table_lookup (chorus_bad_server_get_request (storage, NULL, 2)->headers, "x-api-key"));
}

static void
test_fetch_refused (TestClient    *test,
                    gconstpointer  data)
{
  static const struct
  {
    ChorusBadReply reply;
    ChorusApiError code;
  } cases[] = {
    { { .status = 404, .body = "gone" }, CHORUS_API_ERROR_NOT_FOUND },
    { { .status = 403 }, CHORUS_API_ERROR_FORBIDDEN },
    { { .status = 500, .body = "<html>" }, CHORUS_API_ERROR_SERVER },
    { { .status = 302, .headers = "Location: http://example.org/x\r\n" }, CHORUS_API_ERROR_INSECURE },
    { { .status = 302, .headers = "Location: gs://bucket/x\r\n" }, CHORUS_API_ERROR_UNREACHABLE_URL },
    { { .status = 302, .headers = "Location: /again\r\n" }, CHORUS_API_ERROR_PROTOCOL },
    { { .status = 302, .headers = "Location: http://[\r\n" }, CHORUS_API_ERROR_PROTOCOL },
    { { .manner = CHORUS_BAD_MANNER_RESET }, CHORUS_API_ERROR_OFFLINE },
    { { .body = "half of this", .manner = CHORUS_BAD_MANNER_CLOSE_IN_BODY }, CHORUS_API_ERROR_OFFLINE },
    { { .body = "half of this", .manner = CHORUS_BAD_MANNER_RESET_IN_BODY }, CHORUS_API_ERROR_OFFLINE },
    { { .headers = "Transfer-Encoding: chunked\r\n", .body = "5\r\nau" }, CHORUS_API_ERROR_OFFLINE },
  };
  g_auto (TestPlace) place = { 0 };

  test_place_init (&place);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      chorus_bad_server_reset (test->server);
      chorus_bad_server_add (test->server, &cases[i].reply);
      g_assert_false (test_fetch (test, "/f", &place, NULL, &error));
      test_client_assert_sentence (error, cases[i].code);
      test_assert_content (&place, NULL);
      g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), <=, 6);
    }

  /* What was fetched before survives a failure. */
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_replace_contents (place.file, "old", 3, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  g_assert_false (test_fetch (test, "/f", &place, NULL, &error));
  test_assert_content (&place, "old");
  test_client_assert_still_works (test);
}

/* A link of another host that has run out says so, rather than blaming the account. */
static void
test_fetch_stale_link (TestClient    *test,
                       gconstpointer  data)
{
  g_auto (TestPlace) place = { 0 };
  g_autoptr (ChorusBadServer) storage = chorus_bad_server_new ();
  g_autofree char *url = g_strconcat (chorus_bad_server_get_url (storage), "/f.wav?signature=abc", NULL);
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  chorus_bad_server_add (storage, &(ChorusBadReply){ .status = 403, .body = "<Error>AccessDenied</Error>" });
  g_assert_false (test_fetch (test, url, &place, NULL, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "no longer works"));
  g_assert_nonnull (strstr (chorus_api_error_get_details (error), "AccessDenied"));
}

static void
test_fetch_renewed (TestClient    *test,
                    gconstpointer  data)
{
  g_auto (TestPlace) place = { 0 };
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  chorus_session_set_tokens (test->session, "old", "r");
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/f", .status = 401, .times = 1, .body = "refused" });
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .path = "/auth/refresh", .body = "{\"access_token\":\"new\"}" });
  chorus_bad_server_add (test->server, &(ChorusBadReply){ .path = "/f", .body = "audio" });
  g_assert_true (test_fetch (test, "/f", &place, NULL, &error));
  g_assert_no_error (error);
  test_assert_content (&place, "audio");
}

static void
test_fetch_cancelled (TestClient    *test,
                      gconstpointer  data)
{
  g_auto (TestPlace) place = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  chorus_bad_server_add (test->server,
                         &(ChorusBadReply){ .body = "half of this", .manner = CHORUS_BAD_MANNER_STALL_IN_BODY });
  chorus_client_fetch_audio_async (test->client, "/f", place.file, NULL, NULL, NULL, cancellable, chorus_test_result_cb,
                                   &result);
  chorus_test_wait (chorus_bad_server_get_n_sent (test->server) > 0);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_false (chorus_client_fetch_audio_finish (test->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_assert_content (&place, NULL);
  test_client_assert_still_works (test);
}

static void
test_fetch_unwritable (TestClient    *test,
                       gconstpointer  data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent-folder-of-the-test/audio.wav");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_client_fetch_audio_async (test->client, "/f", file, NULL, NULL, NULL, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  g_assert_false (chorus_client_fetch_audio_finish (test->client, result, &error));
  test_client_assert_sentence (error, CHORUS_API_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "could not be saved"));
  g_assert_cmpuint (chorus_bad_server_count (test->server, NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                                                \
  g_test_add ("/service/api/" name, TestClient, NULL, test_client_set_up, func, test_client_tear_down)

  ADD ("upload/works", test_upload_works);
  ADD ("upload/wordless", test_upload_wordless);
  ADD ("upload/refused", test_upload_refused);
  ADD ("upload/stalled", test_upload_stalled);
  ADD ("upload/patient", test_upload_patient);
  ADD ("upload/cancelled", test_upload_cancelled);
  ADD ("upload/renewed", test_upload_renewed);
  ADD ("upload/early-refresh", test_upload_early_refresh);
  ADD ("upload/short", test_upload_short);
  ADD ("fetch/works", test_fetch_works);
  ADD ("fetch/elsewhere", test_fetch_elsewhere);
  ADD ("fetch/refused", test_fetch_refused);
  ADD ("fetch/stale-link", test_fetch_stale_link);
  ADD ("fetch/renewed", test_fetch_renewed);
  ADD ("fetch/cancelled", test_fetch_cancelled);
  ADD ("fetch/unwritable", test_fetch_unwritable);

  return g_test_run ();
}
