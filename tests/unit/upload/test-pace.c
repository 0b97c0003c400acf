/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A body that may be read only so fast. */

#include "upload/chorus-upload-body.h"

#include "chorus-test.h"

#include <string.h>
#include <sys/stat.h>

#define KIB 1024

/* Of the file; its encoding is longer. */
#define SIZE (200 * KIB)

typedef struct
{
  char *folder;
  ChorusUploadBody *body;
  ChorusThrottle *throttle;
  GMutex mutex;
  gint64 now;      /* of the clock of the throttle, in microseconds */
  guint n_looks;   /* at the clock */
  gssize n;        /* read by the thread */
  gboolean joined; /* whether the thread has done its reading */
  GError *error;
  GCancellable *cancellable;
} Fixture;

static gint64
fixture_clock (gpointer user_data)
{
  Fixture *fixture = user_data;
  gint64 now = 0;

  g_mutex_lock (&fixture->mutex);
  now = fixture->now;
  fixture->n_looks++;
  g_mutex_unlock (&fixture->mutex);

  return now;
}

static void
fixture_advance (Fixture *fixture,
                 gint64   microseconds)
{
  g_mutex_lock (&fixture->mutex);
  fixture->now += microseconds;
  g_mutex_unlock (&fixture->mutex);
}

static guint
fixture_get_looks (Fixture *fixture)
{
  guint n = 0;

  g_mutex_lock (&fixture->mutex);
  n = fixture->n_looks;
  g_mutex_unlock (&fixture->mutex);

  return n;
}

static ChorusUploadBody *
fixture_new_body (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ChorusUploadBody *body = chorus_upload_body_new ();
  ChorusUploadPart part = { 0 };
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  part.size = status.st_size;
  chorus_upload_body_add_part (body, file, "wav", CHORUS_UPLOAD_METHOD_WHOLE, status.st_size,
                               (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000, &part);

  return body;
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *contents = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    contents[i] = (char) g_test_rand_int_range (0, 256);
  fixture->folder = g_dir_make_tmp ("chorus-pace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  path = g_build_filename (fixture->folder, "a.wav", NULL);
  g_assert_true (g_file_set_contents (path, contents, SIZE, NULL));

  g_mutex_init (&fixture->mutex);
  fixture->now = G_USEC_PER_SEC;
  fixture->cancellable = g_cancellable_new ();
  fixture->throttle = chorus_throttle_new_with_clock (fixture_clock, fixture);
  fixture->body = fixture_new_body (fixture);
  chorus_upload_body_set_throttle (fixture->body, fixture->throttle);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->body);
  /* The thread that reads the file may hold it for a moment longer. */
  g_object_unref (fixture->throttle);
  g_object_unref (fixture->cancellable);
  g_clear_error (&fixture->error);
  g_mutex_clear (&fixture->mutex);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Waits until the file is encoded, and then sets a limit under which nothing may be read yet. */
static void
fixture_hold (Fixture *fixture,
              guint64  rate)
{
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (fixture->body);
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (stream, NULL);

  g_source_set_dummy_callback (source);
  g_source_attach (source, NULL);
  chorus_test_wait (g_pollable_input_stream_is_readable (stream));
  g_source_destroy (source);
  chorus_throttle_set_rate (fixture->throttle, rate);
  g_assert_false (g_pollable_input_stream_is_readable (stream));
}

static gboolean
count_cb (GObject  *stream,
          gpointer  user_data)
{
  guint *n_calls = user_data;

  (*n_calls)++;

  return G_SOURCE_CONTINUE;
}

static void
test_poll (Fixture       *fixture,
           gconstpointer  data)
{
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (fixture->body);
  g_autoptr (GSource) source = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[8192];
  guint n_calls = 0;
  guint quiet = 0;

  fixture_hold (fixture, 10 * KIB);
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (stream, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  /* While the clock stands the source stays quiet, though the file's bytes are there. */
  source = g_pollable_input_stream_create_source (stream, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (count_cb), &n_calls, NULL);
  g_source_attach (source, NULL);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  quiet = n_calls;
  g_assert_cmpuint (quiet, <, 10);

  fixture_advance (fixture, 100 * 1000);
  chorus_test_wait (n_calls > quiet);
  g_source_destroy (source);
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (stream, buffer, sizeof buffer, NULL, NULL), ==, KIB);
  g_assert_false (g_pollable_input_stream_is_readable (stream));
}

/* Lifts the limit at the last moment before the main loop would sleep, when no source is asked any more. */
static ChorusThrottle *lift = NULL;

static int
lift_poll (GPollFD *fds,
           guint    n_fds,
           int      timeout)
{
  if (timeout != 0 && lift)
    chorus_throttle_set_rate (g_steal_pointer (&lift), 0);

  return g_poll (fds, n_fds, timeout);
}

/* At one byte a second the first step takes a quarter of an hour: only the change can end the wait in time. */
static void
test_poll_change (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[8192];

  fixture_hold (fixture, 1);
  g_input_stream_read_async (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL,
                             chorus_test_result_cb, &result);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);

  lift = fixture->throttle;
  g_main_context_set_poll_func (NULL, lift_poll);
  chorus_test_wait (result);
  g_main_context_set_poll_func (NULL, NULL);
  g_assert_null (lift);
  g_assert_cmpint (g_input_stream_read_finish (G_INPUT_STREAM (fixture->body), result, &error), ==, sizeof buffer);
  g_assert_no_error (error);
}

static void
test_poll_cancel (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[8192];

  fixture_hold (fixture, 1);
  g_input_stream_read_async (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, G_PRIORITY_DEFAULT,
                             fixture->cancellable, chorus_test_result_cb, &result);
  g_cancellable_cancel (fixture->cancellable);
  chorus_test_wait (result);
  g_assert_cmpint (g_input_stream_read_finish (G_INPUT_STREAM (fixture->body), result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
joined_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->joined = TRUE;

  return G_SOURCE_REMOVE;
}

static gpointer
read_thread (gpointer data)
{
  Fixture *fixture = data;
  char buffer[8192];

  fixture->n =
    g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, fixture->cancellable, &fixture->error);
  g_idle_add (joined_cb, fixture);

  return NULL;
}

/* Starts a thread that reads, and comes back once it has looked at the limit and found that it must wait. */
static GThread *
fixture_start_reader (Fixture *fixture)
{
  guint n_looks = 0;
  GThread *thread = NULL;

  fixture_hold (fixture, 1);
  n_looks = fixture_get_looks (fixture);
  thread = g_thread_new ("reader", read_thread, fixture);
  while (fixture_get_looks (fixture) < n_looks + 2)
    g_thread_yield ();
  g_assert_false (fixture->joined);

  return thread;
}

static void
test_wait_change (Fixture       *fixture,
                  gconstpointer  data)
{
  GThread *thread = fixture_start_reader (fixture);

  chorus_throttle_set_rate (fixture->throttle, 0);
  chorus_test_wait (fixture->joined);
  g_thread_join (thread);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (fixture->n, ==, 8192);
}

static void
test_wait_cancel (Fixture       *fixture,
                  gconstpointer  data)
{
  GThread *thread = fixture_start_reader (fixture);

  g_cancellable_cancel (fixture->cancellable);
  chorus_test_wait (fixture->joined);
  g_thread_join (thread);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fixture->n, ==, -1);
}

static GBytes *
read_all (ChorusUploadBody *body)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (output, G_INPUT_STREAM (body), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

/* Two bodies with one limit, by the real clock: the same bytes, and together no sooner than allowed. */
static void
test_real_clock (Fixture       *fixture,
                 gconstpointer  data)
{
  const guint64 rate = 2000 * KIB;
  g_autoptr (ChorusThrottle) throttle = chorus_throttle_new ();
  g_autoptr (ChorusUploadBody) free_body = fixture_new_body (fixture);
  g_autoptr (GBytes) expected = read_all (free_body);
  guint64 least = (2 * g_bytes_get_size (expected) - rate / 20) * G_USEC_PER_SEC / rate;
  gint64 start = 0;

  chorus_throttle_set_rate (throttle, rate);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusUploadBody) body = fixture_new_body (fixture);
      g_autoptr (GBytes) bytes = NULL;

      chorus_upload_body_set_throttle (body, throttle);
      bytes = read_all (body);
      g_assert_cmpint ((gint64) g_bytes_get_size (bytes), ==, chorus_upload_body_get_length (body));
      g_assert_true (g_bytes_equal (bytes, expected));
    }
  g_assert_cmpint (g_get_monotonic_time () - start, >=, (gint64) least);
}

/* The limit may change in one thread while another lets go of the body. */
static gpointer
change_thread (gpointer data)
{
  for (guint64 i = 0; i < 2000; i++)
    chorus_throttle_set_rate (data, 1000000 + i);

  return NULL;
}

static void
test_close_while_changing (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (ChorusThrottle) throttle = chorus_throttle_new ();
  GThread *thread = g_thread_new ("changer", change_thread, throttle);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (ChorusUploadBody) body = fixture_new_body (fixture);
      g_autoptr (GSource) source = NULL;

      chorus_upload_body_set_throttle (body, throttle);
      g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (body));
      source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (body), NULL);
      g_source_attach (source, NULL);
      g_source_destroy (source);
    }
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  TEST ("/upload/pace/poll", test_poll);
  TEST ("/upload/pace/poll-change", test_poll_change);
  TEST ("/upload/pace/poll-cancel", test_poll_cancel);
  TEST ("/upload/pace/wait-change", test_wait_change);
  TEST ("/upload/pace/wait-cancel", test_wait_cancel);
  TEST ("/upload/pace/real-clock", test_real_clock);
  TEST ("/upload/pace/close-while-changing", test_close_while_changing);
#undef TEST

  return g_test_run ();
}
