/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of upload bodies share: a folder and a body, reading it to its end, and a decoder that is not ours. */

#pragma once

#include "upload/chorus-upload-body.h"
#include "upload/chorus-upload-error.h"

#include "chorus-test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3"

typedef struct
{
  char *folder;
  ChorusUploadBody *body;
  int pipe;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("chorus-body-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->body = chorus_upload_body_new ();
  fixture->pipe = -1;
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_finalize_object (fixture->body);
  if (fixture->pipe >= 0)
    close (fixture->pipe);
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static inline char *
fixture_write (Fixture    *fixture,
               const char *name,
               gsize       size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree guint8 *contents = g_malloc (size + 4);

  for (gsize i = 0; i < size; i += 4)
    {
      guint32 random = (guint32) g_test_rand_int ();

      memcpy (contents + i, &random, sizeof random);
    }
  g_assert_true (g_file_set_contents (path, (char *) contents, (gssize) size, NULL));

  return g_steal_pointer (&path);
}

static inline void
fixture_add (Fixture    *fixture,
             const char *path,
             const char *format)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ChorusUploadPart whole = { 0 };
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  whole.size = status.st_size;
  chorus_upload_body_add_part (fixture->body, file, format, CHORUS_UPLOAD_METHOD_WHOLE, status.st_size,
                               (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000, &whole);
}

static inline GBytes *
fixture_read_all (Fixture  *fixture,
                  GError  **error)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (output, G_INPUT_STREAM (fixture->body), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error)
      < 0)
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

/* A decoder that is not ours says what is in the body: one line of format, length and SHA-256 for each file. */
static inline char *
decode_with_python (Fixture *fixture,
                    GBytes  *bytes)
{
  static const char script[] = "import base64, hashlib, json, re, sys\n"
                               "body = json.load(open(sys.argv[1], 'rb'))\n"
                               "assert list(body) == ['files']\n"
                               "for uri in body['files']:\n"
                               "    head, data = uri.split(',', 1)\n"
                               "    kind = re.fullmatch(r'data:audio/(\\w+);base64', head).group(1)\n"
                               "    raw = base64.b64decode(data, validate=True)\n"
                               "    print(kind, len(raw), hashlib.sha256(raw).hexdigest())\n";
  g_autofree char *path = g_build_filename (fixture->folder, "body.json", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, PYTHON, "-c", script, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

static inline gboolean
skip_without_python (void)
{
  if (g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    return FALSE;

  g_test_skip ("python3 is not installed");

  return TRUE;
}

static inline void
assert_fails (Fixture    *fixture,
              int         code,
              const char *name)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  char buffer[16];

  g_assert_cmpint (g_output_stream_splice (output, G_INPUT_STREAM (fixture->body), G_OUTPUT_STREAM_SPLICE_NONE, NULL,
                                           &error),
                   ==, -1);
  g_assert_error (error, CHORUS_UPLOAD_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_str_has_suffix (error->message, "."));

  /* The server never sees as many bytes as it was promised, and the error stays. */
  g_assert_cmpint ((gint64) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)), <,
                   chorus_upload_body_get_length (fixture->body));
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, sizeof buffer, NULL, &again), ==, -1);
  g_assert_error (again, CHORUS_UPLOAD_ERROR, code);
}

static inline void
append_byte (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_APPEND, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  close (fd);
}

/* Lets the peak begin anew: what earlier tests needed is not counted. */
static inline void
reset_peak_memory (void)
{
  int fd = g_open ("/proc/self/clear_refs", O_WRONLY, 0);

  if (fd < 0)
    return;
  if (write (fd, "5", 1) != 1)
    g_test_message ("the peak of the memory cannot be reset");
  close (fd);
}

/* Peak resident memory, in kB. */
static inline gint64
get_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");

  return line ? g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* Reads the body to its end, says how fast it was, and sees to it that memory stays flat. */
static inline void
fixture_measure (Fixture *fixture)
{
  g_autofree char *buffer = g_malloc (65536);
  gint64 memory_before = 0;
  gint64 memory = 0;
  gint64 start = 0;
  double seconds = 0;
  goffset total = 0;
  gssize n = 0;

  reset_peak_memory ();
  memory_before = get_peak_memory ();
  start = g_get_monotonic_time ();
  while ((n = g_input_stream_read (G_INPUT_STREAM (fixture->body), buffer, 65536, NULL, NULL)) > 0)
    total += n;
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  memory = get_peak_memory ();

  g_assert_cmpint (n, ==, 0);
  g_assert_cmpint (total, ==, chorus_upload_body_get_length (fixture->body));
  g_test_message ("500 MB of audio: %.0f MB/s of body; peak memory %" G_GINT64_FORMAT " kB, %" G_GINT64_FORMAT
                  " kB more than before",
                  (double) total / 1e6 / seconds, memory, memory - memory_before);
  if (memory > 0)
    g_assert_cmpint (memory - memory_before, <, 32 * 1024);
}
