/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "station/chorus-upload-receiver.h"

#include <string.h>

#include "chorus-test.h"
#include "station/chorus-received-file.h"
#include "station/chorus-station-error.h"

typedef struct
{
  char *path;
  ChorusStationFolder *folder;
} TestFixture;

static void
test_set_up (TestFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("chorus-receiver-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = chorus_station_folder_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
test_tear_down (TestFixture   *fixture,
                gconstpointer  data)
{
  g_clear_object (&fixture->folder);
  chorus_test_remove_folder (fixture->path);
  g_free (fixture->path);
}

static guint
test_count_incoming (TestFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->path, "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}

static void
test_put (guint8  *bytes,
          guint32  value,
          guint    n)
{
  for (guint i = 0; i < n; i++)
    bytes[i] = (guint8) (value >> (8 * i));
}

/* A WAV file with one channel of silence, 16 bits, at 8 kHz. */
static GBytes *
test_new_wav (double seconds)
{
  guint32 n_data = (guint32) (seconds * 8000) * 2;
  guint8 *bytes = g_malloc0 (44 + n_data);

  memcpy (bytes, "RIFF", 4);
  test_put (bytes + 4, 36 + n_data, 4);
  memcpy (bytes + 8, "WAVEfmt ", 8);
  test_put (bytes + 16, 16, 4);
  test_put (bytes + 20, 1, 2);
  test_put (bytes + 22, 1, 2);
  test_put (bytes + 24, 8000, 4);
  test_put (bytes + 28, 16000, 4);
  test_put (bytes + 32, 2, 2);
  test_put (bytes + 34, 16, 2);
  memcpy (bytes + 36, "data", 4);
  test_put (bytes + 40, n_data, 4);

  return g_bytes_new_take (bytes, 44 + n_data);
}

static void
test_append_file (GString *body,
                  GBytes  *file)
{
  g_autofree char *text = g_base64_encode (g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  g_string_append_printf (body, "%s\"data:audio/wav;base64,%s\"", body->len == 0 ? "{\"files\":[" : ",", text);
}

static GPtrArray *
test_receive (TestFixture  *fixture,
              const char   *body,
              gsize         n_chunk,
              GError      **error)
{
  g_autoptr (ChorusUploadReceiver) receiver = chorus_upload_receiver_new (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  gsize length = strlen (body);

  for (gsize i = 0; i < length; i += n_chunk)
    {
      g_autoptr (GBytes) chunk = g_bytes_new (body + i, MIN (n_chunk, length - i));

      chorus_upload_receiver_push (receiver, chunk);
    }
  chorus_upload_receiver_finish_async (receiver, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);

  return chorus_upload_receiver_finish_finish (receiver, result, error);
}

static void
test_two_files (TestFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) first = test_new_wav (1.5);
  g_autoptr (GBytes) second = test_new_wav (0.25);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, first);
  const ChorusReceivedFile *file = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  test_append_file (body, first);
  test_append_file (body, second);
  g_string_append (body, "]}");
  files = test_receive (fixture, body->str, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);

  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->kind, ==, "wav");
  g_assert_cmpuint (file->size, ==, g_bytes_get_size (first));
  g_assert_cmpstr (file->sha256, ==, checksum);
  g_assert_cmpfloat (file->duration, ==, 1.5);
  g_assert_cmpfloat (file->sample_rate, ==, 8000);
  g_assert_cmpuint (file->channels, ==, 1);
  g_assert_true (g_file_get_contents (file->path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (first, NULL), g_bytes_get_size (first));

  /* Nobody took them. */
  g_assert_cmpuint (test_count_incoming (fixture), ==, 2);
  g_clear_pointer (&files, g_ptr_array_unref);
  g_assert_cmpuint (test_count_incoming (fixture), ==, 0);
}

static void
test_moved (TestFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) wav = test_new_wav (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *path = chorus_station_folder_build_file_path (fixture->folder, "x", "wav");

  test_append_file (body, wav);
  g_string_append (body, "]}");
  files = test_receive (fixture, body->str, 8192, &error);
  g_assert_no_error (error);
  g_assert_true (chorus_received_file_move (g_ptr_array_index (files, 0), path, &error));
  g_clear_pointer (&files, g_ptr_array_unref);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_duration (TestFixture   *fixture,
               gconstpointer  data)
{
  for (guint too_long = 0; too_long < 2; too_long++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GBytes) wav = test_new_wav (300 + 0.001 * too_long);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files = NULL;

      test_append_file (body, wav);
      g_string_append (body, "]}");
      files = test_receive (fixture, body->str, 65536, &error);
      g_assert_cmpint (files == NULL, ==, too_long);
      if (too_long)
        g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE);
    }
}

/* One bad file among good ones: an error that says which, and nothing left on the disk. */
static void
test_refused (TestFixture   *fixture,
              gconstpointer  data)
{
  static const char *const bad[] = { "", "This is a text file and not audio at all, whatever somebody called it.",
                                     "RIFF", "fLaC" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GBytes) wav = test_new_wav (1);
      g_autoptr (GBytes) file = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files = NULL;

      test_append_file (body, wav);
      test_append_file (body, file);
      g_string_append (body, "]}");
      files = test_receive (fixture, body->str, 777, &error);
      g_assert_null (files);
      g_assert_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE);
      g_assert_nonnull (strstr (error->message, "File 2"));
      g_assert_cmpuint (test_count_incoming (fixture), ==, 0);
    }
}

static gboolean
test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A client that goes away in the middle leaves nothing. */
static void
test_abandoned (TestFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (ChorusUploadReceiver) receiver = chorus_upload_receiver_new (fixture->folder);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) wav = test_new_wav (10);
  g_autoptr (GBytes) chunk = NULL;
  gpointer weak = receiver;
  /* The last reference is dropped by a thread that wakes nobody. */
  guint tick_id = g_timeout_add (5, test_tick_cb, NULL);

  test_append_file (body, wav);
  chunk = g_bytes_new (body->str, body->len / 2);
  chorus_upload_receiver_push (receiver, chunk);
  chorus_test_wait (test_count_incoming (fixture) == 1);
  g_object_add_weak_pointer (G_OBJECT (receiver), &weak);
  g_clear_object (&receiver);
  chorus_test_wait (weak == NULL);
  g_source_remove (tick_id);
  g_assert_cmpuint (test_count_incoming (fixture), ==, 0);
}

/* The caller is told to wait while more than the limit waits, and to go on afterwards. */
static void
test_backlog (TestFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (ChorusUploadReceiver) receiver = chorus_upload_receiver_new (fixture->folder);
  g_autofree guint8 *spaces = g_malloc (1024 * 1024);
  g_autoptr (GBytes) chunk = NULL;
  guint n_ready = 0;
  guint n_pushed = 0;

  memset (spaces, ' ', 1024 * 1024);
  chunk = g_bytes_new (spaces, 1024 * 1024);
  g_signal_connect_swapped (receiver, "ready", G_CALLBACK (g_atomic_int_inc), &n_ready);
  while (!chorus_upload_receiver_push (receiver, chunk))
    g_assert_cmpuint (++n_pushed, <, 10);
  chorus_test_wait (n_ready > 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST_ADD(name, func) g_test_add (name, TestFixture, NULL, test_set_up, func, test_tear_down)
  TEST_ADD ("/station/upload-receiver/two-files", test_two_files);
  TEST_ADD ("/station/upload-receiver/moved", test_moved);
  TEST_ADD ("/station/upload-receiver/duration", test_duration);
  TEST_ADD ("/station/upload-receiver/refused", test_refused);
  TEST_ADD ("/station/upload-receiver/abandoned", test_abandoned);
  TEST_ADD ("/station/upload-receiver/backlog", test_backlog);

  return g_test_run ();
}
