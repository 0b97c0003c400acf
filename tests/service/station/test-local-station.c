/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that is started is named by the first argument. */

#include "account/chorus-local-station.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "chorus-test.h"

static const char *test_executable;

typedef struct
{
  char *path;
  ChorusLocalStation *station;
} TestFixture;

static void
test_set_up (TestFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("chorus-local-station-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->station = chorus_local_station_new (test_executable, fixture->path);
}

static gboolean
test_stop (ChorusLocalStation  *station,
           GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_local_station_stop_async (station, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);

  return chorus_local_station_stop_finish (station, result, error);
}

static void
test_tear_down (TestFixture   *fixture,
                gconstpointer  data)
{
  if (fixture->station)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (test_stop (fixture->station, &error));
      g_assert_no_error (error);
      g_assert_finalize_object (fixture->station);
    }
  chorus_test_remove_folder (fixture->path);
  g_free (fixture->path);
}

static gboolean
test_start (ChorusLocalStation  *station,
            GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_local_station_start_async (station, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);

  return chorus_local_station_start_finish (station, result, error);
}

/* The process, as the station itself wrote it down. */
static pid_t
test_get_pid (TestFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->path, "station.json", NULL);
  g_autofree char *text = NULL;
  const char *member = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  member = strstr (text, "\"pid\" : ");
  g_assert_nonnull (member);

  return (pid_t) g_ascii_strtoll (member + strlen ("\"pid\" : "), NULL, 10);
}

static gboolean
test_is_alive (pid_t pid)
{
  return kill (pid, 0) == 0 || errno != ESRCH;
}

/* One request by hand: this program may not link a client. Returns the status line. */
static char *
test_request (ChorusLocalStation *station,
              const char         *token)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_uri (client, chorus_local_station_get_base_url (station), 80, NULL, &error);
  g_autoptr (GDataInputStream) input = NULL;
  g_autofree char *request =
    g_strdup_printf ("GET /api/v1/projects HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", token);

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  return g_data_input_stream_read_line (input, NULL, NULL, NULL);
}

static void
test_answers (TestFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *welcome = NULL;
  g_autofree char *refused = NULL;

  g_assert_null (chorus_local_station_get_base_url (fixture->station));
  g_assert_null (chorus_local_station_get_token (fixture->station));
  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (chorus_local_station_get_base_url (fixture->station), "http://127.0.0.1:"));

  welcome = test_request (fixture->station, chorus_local_station_get_token (fixture->station));
  g_assert_nonnull (strstr (welcome, " 200 "));
  refused = test_request (fixture->station, "x");
  g_assert_nonnull (strstr (refused, " 401 "));

  /* Starting what runs is no work. */
  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
}

static void
test_stop_and_start (TestFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  pid_t pid = 0;

  g_assert_true (test_stop (fixture->station, &error));
  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  token = g_strdup (chorus_local_station_get_token (fixture->station));
  pid = test_get_pid (fixture);
  g_assert_true (test_is_alive (pid));

  g_assert_true (test_stop (fixture->station, &error));
  g_assert_no_error (error);
  g_assert_false (test_is_alive (pid));
  g_assert_null (chorus_local_station_get_base_url (fixture->station));
  g_assert_null (chorus_local_station_get_token (fixture->station));

  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_local_station_get_token (fixture->station), ==, token);
  g_assert_cmpint (test_get_pid (fixture), !=, pid);
}

static void
test_count_cb (GObject    *object,
               GParamSpec *pspec,
               gpointer    user_data)
{
  (*(guint *) user_data)++;
}

/* Killed three times: it is back each time, the third after a pause. */
static void
test_restarts (TestFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint n_notified = 0;

  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  g_signal_connect (fixture->station, "notify::base-url", G_CALLBACK (test_count_cb), &n_notified);
  for (guint i = 1; i <= 3; i++)
    {
      pid_t pid = test_get_pid (fixture);
      g_autofree char *welcome = NULL;

      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      chorus_test_wait (chorus_local_station_get_base_url (fixture->station) == NULL);
      chorus_test_wait (chorus_local_station_get_base_url (fixture->station) != NULL);
      g_assert_cmpuint (n_notified, ==, 2 * i);
      g_assert_cmpint (test_get_pid (fixture), !=, pid);
      welcome = test_request (fixture->station, chorus_local_station_get_token (fixture->station));
      g_assert_nonnull (strstr (welcome, " 200 "));
    }
  g_signal_handlers_disconnect_by_func (fixture->station, test_count_cb, &n_notified);
}

/* Somebody who starts it while it is being brought back waits for that. */
static void
test_start_while_restarting (TestFixture   *fixture,
                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_start (fixture->station, &error));
  g_assert_cmpint (kill (test_get_pid (fixture), SIGKILL), ==, 0);
  chorus_test_wait (chorus_local_station_get_base_url (fixture->station) == NULL);
  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  g_assert_nonnull (chorus_local_station_get_base_url (fixture->station));
}

static void
test_several_starts (TestFixture   *fixture,
                     gconstpointer  data)
{
  GAsyncResult *results[3] = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  chorus_local_station_start_async (fixture->station, NULL, chorus_test_result_cb, &results[0]);
  chorus_local_station_start_async (fixture->station, cancellable, chorus_test_result_cb, &results[1]);
  chorus_local_station_start_async (fixture->station, NULL, chorus_test_result_cb, &results[2]);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (results[0] && results[1] && results[2]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (chorus_local_station_start_finish (fixture->station, results[i], &error), ==, i != 1);
      if (i == 1)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
      g_object_unref (results[i]);
    }
  g_assert_nonnull (chorus_local_station_get_base_url (fixture->station));
}

static void
test_cancelled_start (TestFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_local_station_start_async (fixture->station, cancellable, chorus_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  chorus_test_wait (result != NULL);
  g_assert_false (chorus_local_station_start_finish (fixture->station, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
}

static void
test_stopped_while_starting (TestFixture   *fixture,
                             gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  chorus_local_station_start_async (fixture->station, NULL, chorus_test_result_cb, &result);
  g_assert_true (test_stop (fixture->station, &error));
  chorus_test_wait (result != NULL);
  g_assert_false (chorus_local_station_start_finish (fixture->station, result, &error));
  g_assert_error (error, CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_STOPPED);
}

static void
test_in_use (TestFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (ChorusLocalStation) other = chorus_local_station_new (test_executable, fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  g_assert_false (test_start (other, &error));
  g_assert_error (error, CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_IN_USE);
  g_clear_error (&error);

  /* When the first is gone the second may have the folder. */
  g_assert_true (test_stop (fixture->station, &error));
  g_assert_true (test_start (other, &error));
  g_assert_no_error (error);
  g_assert_true (test_stop (other, &error));
}

static void
test_missing (TestFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->path, "nothing-here", NULL);
  g_autoptr (ChorusLocalStation) station = chorus_local_station_new (path, fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (test_start (station, &error));
  g_assert_error (error, CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "nothing-here"));
}

static void
test_not_a_station (TestFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusLocalStation) station = chorus_local_station_new ("/bin/false", fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (test_start (station, &error));
  g_assert_error (error, CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_FAILED);
  g_assert_null (chorus_local_station_get_base_url (station));
}

static gboolean
test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Dropping the object ends the process. */
static void
test_dropped (TestFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint tick_id = g_timeout_add (10, test_tick_cb, NULL);
  pid_t pid = 0;

  g_assert_true (test_start (fixture->station, &error));
  g_assert_no_error (error);
  pid = test_get_pid (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->station));
  chorus_test_wait (!test_is_alive (pid));
  g_source_remove (tick_id);
}

/* One that does not listen to SIGTERM and to its closed input is killed. */
static void
test_stubborn (TestFixture   *fixture,
               gconstpointer  data)
{
  static const char script[] =
    "#!/bin/sh\ntrap '' TERM\necho x > \"$3/token\"\necho Listening on http://127.0.0.1:1/\nexec sleep 600\n";
  g_autofree char *path = g_build_filename (fixture->path, "stubborn", NULL);
  g_autoptr (ChorusLocalStation) station = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error));
  station = chorus_local_station_new (path, fixture->path);
  g_assert_true (test_start (station, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_local_station_get_token (station), ==, "x");
  g_assert_true (test_stop (station, &error));
  g_assert_no_error (error);
}

static void
test_default_executable (void)
{
  g_autofree char *installed = NULL;
  g_autofree char *chosen = NULL;

  g_unsetenv ("CHORUS_STATION");
  installed = chorus_local_station_dup_default_executable ();
  g_assert_true (g_str_has_suffix (installed, "/chorus-station"));
  g_setenv ("CHORUS_STATION", "/somewhere/else", TRUE);
  chosen = chorus_local_station_dup_default_executable ();
  g_assert_cmpstr (chosen, ==, "/somewhere/else");
  g_unsetenv ("CHORUS_STATION");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    g_error ("usage: %s CHORUS-STATION", argv[0]);
  test_executable = argv[1];

#define TEST_ADD(name, func) g_test_add (name, TestFixture, NULL, test_set_up, func, test_tear_down)
  TEST_ADD ("/local-station/answers", test_answers);
  TEST_ADD ("/local-station/stop-and-start", test_stop_and_start);
  TEST_ADD ("/local-station/restarts", test_restarts);
  TEST_ADD ("/local-station/start-while-restarting", test_start_while_restarting);
  TEST_ADD ("/local-station/several-starts", test_several_starts);
  TEST_ADD ("/local-station/cancelled-start", test_cancelled_start);
  TEST_ADD ("/local-station/stopped-while-starting", test_stopped_while_starting);
  TEST_ADD ("/local-station/in-use", test_in_use);
  TEST_ADD ("/local-station/missing", test_missing);
  TEST_ADD ("/local-station/not-a-station", test_not_a_station);
  TEST_ADD ("/local-station/dropped", test_dropped);
  TEST_ADD ("/local-station/stubborn", test_stubborn);
  g_test_add_func ("/local-station/default-executable", test_default_executable);

  return g_test_run ();
}
