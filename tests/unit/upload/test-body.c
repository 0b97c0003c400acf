/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "body-fixture.h"

/* What the stream reads from a file at once: sizes around it meet every seam. */
#define READ (3 * 254 * 1024)

static void
append_expected (GString    *expected,
                 const char *path,
                 const char *format)
{
  g_autofree char *contents = NULL;
  g_autofree char *checksum = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, size);
  g_string_append_printf (expected, "%s %" G_GSIZE_FORMAT " %s\n", format, size, checksum);
}

static void
test_contents (Fixture       *fixture,
               gconstpointer  data)
{
  static const gsize sizes[] = { 0,        1,        2,        3,           4,        5,        6,        1000,
                                 READ - 3, READ - 2, READ - 1, READ,        READ + 1, READ + 2, READ + 3, 2 * READ - 1,
                                 2 * READ, 12345,    54321,    4 * READ + 7 };
  static const char *const formats[] = { "wav", "mp3", "m4a", "webm" };
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *decoded = NULL;

  G_STATIC_ASSERT (G_N_ELEMENTS (sizes) == CHORUS_UPLOAD_BODY_MAX_FILES);

  if (skip_without_python ())
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u", (guint) i);
      g_autofree char *path = fixture_write (fixture, name, sizes[i]);

      fixture_add (fixture, path, formats[i % 4]);
      append_expected (expected, path, formats[i % 4]);
    }

  bytes = fixture_read_all (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) g_bytes_get_size (bytes), ==, chorus_upload_body_get_length (fixture->body));
  decoded = decode_with_python (fixture, bytes);
  g_assert_cmpstr (decoded, ==, expected->str);
}

static void
test_one_file (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a", NULL);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (g_file_set_contents (path, "Ma", 2, NULL));
  fixture_add (fixture, path, "wav");
  bytes = fixture_read_all (fixture, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "{\"files\":[\"data:audio/wav;base64,TWE=\"]}",
                   strlen ("{\"files\":[\"data:audio/wav;base64,TWE=\"]}"));
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GBytes) bytes = fixture_read_all (fixture, NULL);

  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "{\"files\":[]}", 12);
  g_assert_cmpint (chorus_upload_body_get_length (fixture->body), ==, 12);
}

typedef struct
{
  ChorusUploadBody *body;
  GChecksum *checksum;
  goffset n;
  gboolean ended;
} Poll;

static gboolean
readable_cb (GObject  *stream,
             gpointer  user_data)
{
  Poll *poll = user_data;
  g_autoptr (GError) error = NULL;
  char buffer[8192];
  gssize n =
    g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, sizeof buffer, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;

  g_assert_no_error (error);
  if (n == 0)
    {
      poll->ended = TRUE;
      return G_SOURCE_REMOVE;
    }
  g_checksum_update (poll->checksum, (guchar *) buffer, n);
  poll->n += n;

  return G_SOURCE_CONTINUE;
}

/* Polling gives the same bytes as waiting. */
static void
test_poll (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "a", 5 * READ + 1);
  g_autoptr (ChorusUploadBody) polled = fixture->body;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *expected = NULL;
  Poll poll = { polled, checksum };

  fixture_add (fixture, path, "wav");
  fixture->body = chorus_upload_body_new ();
  fixture_add (fixture, path, "wav");
  bytes = fixture_read_all (fixture, NULL);
  expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_assert_true (g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (polled)));
  while (!poll.ended)
    {
      /* A new source for every piece, as GIO does. */
      g_autoptr (GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (polled), NULL);
      goffset before = poll.n;

      g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), &poll, NULL);
      g_source_attach (source, NULL);
      chorus_test_wait (poll.n > before || poll.ended);
      g_source_destroy (source);
    }

  g_assert_cmpint (poll.n, ==, chorus_upload_body_get_length (polled));
  g_assert_cmpstr (g_checksum_get_string (checksum), ==, expected);
}

/* Opening a pipe waits for somebody who writes to it, as a disk that spins up makes one wait. */
static char *
fixture_make_pipe (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pipe", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ChorusUploadPart whole = { .size = 100 };

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  chorus_upload_body_add_part (fixture->body, file, "wav", CHORUS_UPLOAD_METHOD_WHOLE, 100, 1, &whole);

  return g_steal_pointer (&path);
}

/* A writer comes and stays. Open for both, as that does not wait in turn. */
static void
fixture_release_pipe (Fixture    *fixture,
                      const char *path)
{
  fixture->pipe = g_open (path, O_RDWR, 0);
  g_assert_cmpint (fixture->pipe, >=, 0);
}

static void
test_poll_never_waits (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = fixture_make_pipe (fixture);
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (fixture->body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late_error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  char buffer[16];

  g_assert_false (g_pollable_input_stream_is_readable (stream));
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (stream, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  g_input_stream_read_async (G_INPUT_STREAM (stream), buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL,
                             chorus_test_result_cb, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);

  /* The pipe is not the file that was promised; hearing so is what wakes the reader. */
  fixture_release_pipe (fixture, path);
  chorus_test_wait (result);
  g_assert_cmpint (g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &late_error), ==, -1);
  g_assert_error (late_error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED);
  g_assert_true (g_pollable_input_stream_is_readable (stream));
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel_waiting_read (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = fixture_make_pipe (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GThread) thread = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[16];

  g_assert_false (g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (fixture->body)));
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, cancellable, &error), ==,
                   -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, -1);
  g_thread_join (g_steal_pointer (&thread));

  /* Closing does not wait for the disk either. */
  g_assert_true (g_input_stream_close (G_INPUT_STREAM (fixture->body), NULL, NULL));
  fixture_release_pipe (fixture, path);
}

static void
test_grown (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "grown.wav", 1000);

  fixture_add (fixture, path, "wav");
  append_byte (path);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“grown.wav”");
}

static void
test_shrunk (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "shrunk.wav", 1000);

  fixture_add (fixture, path, "wav");
  g_assert_cmpint (truncate (path, 999), ==, 0);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“shrunk.wav”");
}

static void
test_touched (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "touched.wav", 1000);
  struct timespec times[2] = { { 1000000000, 0 }, { 1000000000, 1000 } };

  fixture_add (fixture, path, "wav");
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“touched.wav”");
}

static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "removed.wav", 1000);

  fixture_add (fixture, path, "wav");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_UNREADABLE, "“removed.wav”");
}

/* Changed behind the reader, too late for the check at the start. */
static void
test_changed_while_read (Fixture       *fixture,
                         gconstpointer  data)
{
  gboolean shrink = GPOINTER_TO_INT (data);
  g_autofree char *path = fixture_write (fixture, "a.wav", 12 * READ);
  char buffer[16];

  fixture_add (fixture, path, "wav");
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, NULL, NULL), ==, 16);
  if (shrink)
    g_assert_cmpint (truncate (path, 11 * READ), ==, 0);
  else
    append_byte (path);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“a.wav”");
}

static void
test_second_file_changed (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *first = fixture_write (fixture, "first.wav", 1000);
  g_autofree char *second = fixture_write (fixture, "second.wav", 1000);

  fixture_add (fixture, first, "wav");
  fixture_add (fixture, second, "wav");
  append_byte (second);
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, -1);
  assert_fails (fixture, CHORUS_UPLOAD_ERROR_FILE_CHANGED, "“second.wav”");
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, 1);

  /* Closing does not forget it. */
  g_assert_true (g_input_stream_close (G_INPUT_STREAM (fixture->body), NULL, NULL));
  g_assert_cmpint (chorus_upload_body_get_failed (fixture->body), ==, 1);
}

static void
test_close_early (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "a", 6 * READ);
  g_autoptr (GError) error = NULL;
  char buffer[100];

  fixture_add (fixture, path, "wav");
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, NULL, NULL), ==, 100);
  g_assert_true (g_input_stream_close (G_INPUT_STREAM (fixture->body), NULL, NULL));
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* 20 times the same sparse file makes the largest request there can be. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, 25000000), ==, 0);
  for (guint i = 0; i < CHORUS_UPLOAD_BODY_MAX_FILES; i++)
    fixture_add (fixture, path, "wav");
  fixture_measure (fixture);
}

#define ADD(name, data, func) g_test_add ("/upload/body/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("contents", NULL, test_contents);
  ADD ("one-file", NULL, test_one_file);
  ADD ("no-file", NULL, test_no_file);
  ADD ("poll", NULL, test_poll);
  ADD ("poll-never-waits", NULL, test_poll_never_waits);
  ADD ("cancel-waiting-read", NULL, test_cancel_waiting_read);
  ADD ("grown", NULL, test_grown);
  ADD ("shrunk", NULL, test_shrunk);
  ADD ("touched", NULL, test_touched);
  ADD ("removed", NULL, test_removed);
  ADD ("grown-while-read", GINT_TO_POINTER (FALSE), test_changed_while_read);
  ADD ("shrunk-while-read", GINT_TO_POINTER (TRUE), test_changed_while_read);
  ADD ("second-file-changed", NULL, test_second_file_changed);
  ADD ("close-early", NULL, test_close_early);
  ADD ("large", NULL, test_large);

  return g_test_run ();
}
