/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A limit of speed, from the file to the server. */

#include "api/chorus-client.h"
#include "upload/chorus-upload-body.h"

#include "chorus-bad-server.h"
#include "chorus-test.h"

#include <sys/stat.h>

/* Of the file, in bytes: two seconds and a half at the limit, once it is encoded. */
#define SIZE (20 * 1000)
#define RATE (10 * 1024)

typedef struct
{
  char *folder;
  char *path;
  ChorusBadServer *server;
  ChorusSession *session;
  ChorusClient *client;
  ChorusThrottle *throttle;
  ChorusUploadBody *body;
  guint n_told;
  goffset told;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (ChorusServer) server = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = g_malloc0 (SIZE);
  const ChorusUploadPart part = { .size = SIZE };
  struct stat status;

  fixture->folder = g_dir_make_tmp ("chorus-pace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_assert_true (g_file_set_contents (fixture->path, contents, SIZE, NULL));
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);

  fixture->throttle = chorus_throttle_new ();
  fixture->body = chorus_upload_body_new ();
  file = g_file_new_for_path (fixture->path);
  chorus_upload_body_add_part (fixture->body, file, "wav", CHORUS_UPLOAD_METHOD_WHOLE, SIZE,
                               (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000, &part);
  chorus_upload_body_set_throttle (fixture->body, fixture->throttle);

  fixture->server = chorus_bad_server_new ();
  chorus_bad_server_add (fixture->server, &(ChorusBadReply){ .status = 201, .body = "{\"files\":[]}" });
  server = chorus_server_new (chorus_bad_server_get_url (fixture->server), "Darukaa", NULL, &error);
  g_assert_no_error (error);
  fixture->session = chorus_session_new (server);
  chorus_session_set_tokens (fixture->session, "token", NULL);
  fixture->client = chorus_client_new (fixture->session);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->session);
  g_clear_object (&fixture->body);
  g_clear_object (&fixture->throttle);
  chorus_bad_server_free (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
progress_cb (goffset  n_bytes,
             goffset  total,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (n_bytes, >, fixture->told);
  g_assert_cmpint (n_bytes, <=, total);
  fixture->n_told++;
  fixture->told = n_bytes;
}

static void
fixture_start (Fixture       *fixture,
               GCancellable  *cancellable,
               GAsyncResult **result)
{
  chorus_client_upload_async (fixture->client, "d", G_INPUT_STREAM (fixture->body),
                              chorus_upload_body_get_length (fixture->body), progress_cb, fixture, NULL, cancellable,
                              chorus_test_result_cb, result);
}

/* A slow upload is no stalled one, though every second somebody looks for a byte. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  goffset length = chorus_upload_body_get_length (fixture->body);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;
  gint64 start = g_get_monotonic_time ();

  chorus_client_set_stall_timeout (fixture->client, 1);
  chorus_throttle_set_rate (fixture->throttle, RATE);
  fixture_start (fixture, NULL, &result);
  chorus_test_wait (result);
  files = chorus_client_upload_finish (fixture->client, result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, (length - 2048) * G_USEC_PER_SEC / RATE);
  g_assert_cmpint (fixture->told, ==, length);
  g_assert_cmpuint (fixture->n_told, >, 1);
  g_assert_cmpuint (chorus_bad_server_get_request (fixture->server, NULL, 0)->n_body, ==, (guint64) length);
}

/* At a byte a second this would take seven hours. */
static void
test_change (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  chorus_throttle_set_rate (fixture->throttle, RATE);
  fixture_start (fixture, NULL, &result);
  chorus_test_wait (fixture->told > 0);
  chorus_throttle_set_rate (fixture->throttle, 1);
  g_assert_null (result);
  chorus_throttle_set_rate (fixture->throttle, 0);
  chorus_test_wait (result);
  files = chorus_client_upload_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (files);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_throttle_set_rate (fixture->throttle, RATE);
  fixture_start (fixture, cancellable, &result);
  chorus_test_wait (fixture->told > 0);
  chorus_throttle_set_rate (fixture->throttle, 1);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result);
  g_assert_null (chorus_client_upload_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  TEST ("/service/upload/pace/slow", test_slow);
  TEST ("/service/upload/pace/change", test_change);
  TEST ("/service/upload/pace/cancel", test_cancel);
#undef TEST

  return g_test_run ();
}
