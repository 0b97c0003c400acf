/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "audio-fixture.h"

#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

static ChorusSampleSource *
open_source (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  ChorusSampleSource *source = chorus_sample_source_open (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (source);

  return source;
}

static void
assert_samples_equal (const char  *name,
                      const float *actual,
                      const float *expected,
                      gsize        n)
{
  for (gsize i = 0; i < n; i++)
    if (memcmp (&actual[i], &expected[i], sizeof (float)) != 0 && !(actual[i] == 0 && expected[i] == 0))
      g_error ("%s: sample %" G_GSIZE_FORMAT " is %.9g and not %.9g", name, i, (double) actual[i],
               (double) expected[i]);
}

static void
assert_info (const char  *path,
             char       **fields)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = chorus_audio_probe (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_audio_kind_get_short_name (info->kind), ==, fields[1]);
  g_assert_cmpfloat (info->sample_rate, ==, g_ascii_strtod (fields[2], NULL));
  g_assert_cmpuint (info->channels, ==, (guint) atoi (fields[3]));
  g_assert_cmpuint (info->bits, ==, (guint) atoi (fields[4]));
  g_assert_cmpuint (info->n_frames, ==, (guint64) atoi (fields[5]));
  g_assert_cmpfloat_with_epsilon (info->duration, atoi (fields[5]) / info->sample_rate, 1e-12);
  g_assert_false (info->truncated);
}

/* Whole, in pieces of a length that divides nothing, and mixed to one channel. */
static void
assert_reads (const char *name,
              const char *path)
{
  g_autoptr (ChorusSampleSource) source = open_source (path);
  gsize channels = chorus_sample_source_get_channels (source);
  gsize n_frames = (gsize) chorus_sample_source_get_n_frames (source);
  g_autofree float *samples = g_new (float, n_frames *channels);
  g_autofree float *mono = g_new (float, n_frames);
  g_autofree char *oracle_path = g_strconcat (path, ".f32", NULL);
  g_autofree char *oracle = NULL;
  g_autoptr (GError) error = NULL;
  const float *expected;
  gsize oracle_size = 0;

  g_file_get_contents (oracle_path, &oracle, &oracle_size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (oracle_size, ==, n_frames * channels * sizeof (float));
  expected = (const float *) (gpointer) oracle;

  chorus_sample_source_read (source, 0, n_frames, samples, NULL, &error);
  g_assert_no_error (error);
  assert_samples_equal (name, samples, expected, n_frames * channels);

  for (gsize first = 0; first < n_frames; first += 611)
    {
      gsize n = MIN (611, n_frames - first);

      memset (samples, 0xff, n * channels * sizeof (float));
      chorus_sample_source_read (source, first, n, samples, NULL, &error);
      g_assert_no_error (error);
      assert_samples_equal (name, samples, expected + first * channels, n * channels);
    }

  chorus_sample_source_read_mono (source, 0, n_frames, mono, NULL, &error);
  g_assert_no_error (error);
  for (gsize frame = 0; frame < n_frames; frame++)
    {
      double mean = 0;

      for (gsize channel = 0; channel < channels; channel++)
        mean += (double) expected[frame * channels + channel] / (double) channels;
      g_assert_cmpfloat_with_epsilon ((double) mono[frame], mean, 1e-7);
    }
  for (gsize channel = 0; channel < channels; channel++)
    {
      chorus_sample_source_read_channel (source, (int) channel, 0, n_frames, mono, NULL, &error);
      g_assert_no_error (error);
      for (gsize frame = 0; frame < n_frames; frame++)
        g_assert_cmpfloat (mono[frame], ==, expected[frame * channels + channel]);
    }
}

static void
test_pcm_source_encodings (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "audio", "write-fixtures.py", NULL);
  const char *can_import[] = { PYTHON, "-c", "import numpy, soundfile", NULL };
  const char *argv[] = { PYTHON, script, fixture->folder, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;

  if (!fixture_run (can_import, NULL))
    {
      g_test_skip ("python3-soundfile is not installed");
      return;
    }

  g_assert_true (fixture_run (argv, &output));
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 27);

  for (gsize i = 0; lines[i]; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = fixture_path (fixture, fields[0]);

      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (fields), ==, 6);
      assert_info (path, fields);
      assert_reads (fields[0], path);
    }
}

static ChorusSampleSource *
open_counting (Fixture *fixture,
               guint    channels,
               guint    n_samples)
{
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autofree char *path = fixture_path (fixture, "counting.wav");
  g_autoptr (GFile) file = NULL;

  bytes_add_format (bytes, 1, channels, 8000, 2 * channels, 16);
  bytes_add_data (bytes, 2 * n_samples, n_samples);
  file = fixture_write (fixture, "counting.wav", bytes->data, bytes->len);

  return open_source (path);
}

static void
test_pcm_source_beyond_end (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) source = open_counting (fixture, 2, 20);
  g_autoptr (GError) error = NULL;
  float samples[16];

  memset (samples, 0xff, sizeof samples);
  g_assert_true (chorus_sample_source_read (source, 8, 8, samples, NULL, &error));
  g_assert_cmpfloat ((double) samples[3], ==, 20 / 32768.0);
  for (guint i = 4; i < 16; i++)
    g_assert_cmpfloat ((double) samples[i], ==, 0);

  memset (samples, 0xff, sizeof samples);
  g_assert_true (chorus_sample_source_read_mono (source, 9, 4, samples, NULL, &error));
  g_assert_cmpfloat ((double) samples[0], ==, 19.5 / 32768.0);
  g_assert_cmpfloat ((double) samples[1], ==, 0);

  memset (samples, 0xff, sizeof samples);
  g_assert_true (chorus_sample_source_read (source, G_MAXUINT64, 8, samples, NULL, &error));
  g_assert_true (chorus_sample_source_read_mono (source, G_MAXUINT64 - 1, 16, samples, NULL, &error));
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat ((double) samples[i], ==, 0);
}

/* Several channels at once, in any order, mixed and beyond the end, are what they are one by one. */
static void
test_pcm_source_channels (Fixture       *fixture,
                          gconstpointer  data)
{
  static const int channels[] = { 2, CHORUS_CHANNEL_MIX, 0 };
  g_autoptr (ChorusSampleSource) source = open_counting (fixture, 3, 90000);
  g_autoptr (GError) error = NULL;
  g_autofree float *buffer = g_new (float, 3 * 30010);
  float *const samples[] = { buffer, buffer + 30010, buffer + 2 * 30010 };

  memset (buffer, 0xff, 3 * 30010 * sizeof (float));
  g_assert_true (chorus_sample_source_read_channels (source, channels, 3, 5, 30010, samples, NULL, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < 30010; i++)
    {
      /* Samples count up from 1 over frames of three, in 16 bits. */
      double first = (double) (gint16) (guint16) ((i + 5) * 3 + 1) / 32768.0;
      double second = (double) (gint16) (guint16) ((i + 5) * 3 + 2) / 32768.0;
      double third = (double) (gint16) (guint16) ((i + 5) * 3 + 3) / 32768.0;
      gboolean inside = i + 5 < 30000;

      g_assert_cmpfloat ((double) samples[0][i], ==, inside ? third : 0.0);
      g_assert_cmpfloat_with_epsilon ((double) samples[1][i], inside ? (first + second + third) / 3.0 : 0.0, 1e-7);
      g_assert_cmpfloat ((double) samples[2][i], ==, inside ? first : 0.0);
    }
}

static void
test_pcm_source_not_finite (Fixture       *fixture,
                            gconstpointer  data)
{
  static const float values[] = { 0.5f, NAN, INFINITY, -INFINITY, 3.0f, -0.25f };
  static const float expected[] = { 0.5f, 0, 0, 0, 3.0f, -0.25f };
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RIFF");
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  float samples[G_N_ELEMENTS (values)];

  bytes_add_format (bytes, 3, 1, 8000, 4, 32);
  bytes_add_text (bytes, "data");
  bytes_add_32 (bytes, sizeof values);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bytes_add_32 (bytes, bits);
    }
  file = fixture_write (fixture, "float.wav", bytes->data, bytes->len);

  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (chorus_sample_source_read (source, 0, G_N_ELEMENTS (values), samples, NULL, &error));
  assert_samples_equal ("float.wav", samples, expected, G_N_ELEMENTS (values));
}

static void
test_pcm_source_shrinks (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) source = open_counting (fixture, 1, 1000);
  g_autofree char *path = fixture_path (fixture, "counting.wav");
  g_autoptr (GError) error = NULL;
  float samples[1000];

  g_assert_cmpint (truncate (path, 500), ==, 0);
  g_assert_false (chorus_sample_source_read (source, 0, 1000, samples, NULL, &error));
  g_assert_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "“counting.wav”"));
}

static void
test_pcm_source_cancelled (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) source = open_counting (fixture, 1, 10);
  g_autofree char *path = fixture_path (fixture, "counting.wav");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  float samples[10];

  g_cancellable_cancel (cancellable);
  g_assert_false (chorus_sample_source_read_mono (source, 0, 10, samples, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_null (chorus_sample_source_open (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_pcm_source_async (Fixture       *fixture,
                       gconstpointer  data)
{
  ChorusSampleSource *source = open_counting (fixture, 1, 10);
  g_autofree char *path = fixture_path (fixture, "counting.wav");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (source);

  chorus_sample_source_open_async (file, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result != NULL);
  source = chorus_sample_source_open_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_sample_source_get_n_frames (source), ==, 10);
  g_assert_cmpfloat (chorus_sample_source_get_duration (source), ==, 10 / 8000.0);

  g_clear_object (&result);
  g_assert_finalize_object (source);
}

#define N_THREADS 4

typedef struct
{
  ChorusSampleSource *source;
  guint32 seed;
} Reader;

static gpointer
read_at_random (gpointer user_data)
{
  Reader *reader = user_data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (reader->seed);
  float samples[64];

  for (guint i = 0; i < 2000; i++)
    {
      guint first = (guint) g_rand_int_range (rand, 0, 30000 - 64);

      if (!chorus_sample_source_read (reader->source, first, 64, samples, NULL, NULL))
        return GINT_TO_POINTER (FALSE);
      for (guint k = 0; k < 64; k++)
        if (samples[k] != (float) (first + k + 1) / 32768.0f)
          return GINT_TO_POINTER (FALSE);
    }

  return GINT_TO_POINTER (TRUE);
}

static void
test_pcm_source_threads (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (ChorusSampleSource) source = open_counting (fixture, 1, 30000);
  Reader readers[N_THREADS];
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      readers[i] = (Reader){ source, i };
      threads[i] = g_thread_new ("reader", read_at_random, &readers[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
}

/* Bytes that this process has read so far, from wherever; -1 where that cannot be known. */
static gint64
get_bytes_read (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/io", &text, NULL, NULL))
    return -1;
  line = strstr (text, "rchar: ");

  return line ? g_ascii_strtoll (line + strlen ("rchar: "), NULL, 10) : -1;
}

/* A recorder that never stopped: 8.3 GB, nearly all of it a hole. Opening it reads next to nothing, and a sample is found
 * wherever it is. */
static void
test_pcm_source_day (Fixture       *fixture,
                     gconstpointer  data)
{
  const guint64 n_frames = G_GUINT64_CONSTANT (24) * 3600 * 48000;
  const guint64 places[] = { 0, n_frames / 7, n_frames / 4 + 1, n_frames / 2 + 3, n_frames - 1 };
  g_autofree char *path = fixture_path (fixture, "day.rf64");
  g_autoptr (GByteArray) bytes = bytes_new_riff ("RF64");
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;
  goffset first;
  int fd;

  bytes_add_text (bytes, "ds64");
  bytes_add_32 (bytes, 28);
  bytes_add_32 (bytes, 0);
  bytes_add_32 (bytes, 0);
  bytes_add_32 (bytes, (guint32) (2 * n_frames));
  bytes_add_32 (bytes, (guint32) (2 * n_frames >> 32));
  for (guint i = 0; i < 3; i++)
    bytes_add_32 (bytes, 0);
  bytes_add_format (bytes, 1, 1, 48000, 2, 16);
  bytes_add_data (bytes, 0xffffffff, 0);
  first = bytes->len;
  file = fixture_write (fixture, "day.rf64", bytes->data, bytes->len);

  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  if (ftruncate (fd, first + (goffset) (2 * n_frames)) != 0)
    {
      close (fd);
      g_test_skip ("no file of 8.3 GB can be made here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpint (pwrite (fd, &(guint8[]){ (guint8) (i + 1), 0x40 }, 2, first + (goffset) (2 * places[i])), ==, 2);
  close (fd);

  before = get_bytes_read ();
  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_sample_source_get_n_frames (source), ==, n_frames);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      float samples[2] = { -1, -1 };

      g_assert_true (chorus_sample_source_read (source, places[i], 2, samples, NULL, &error));
      g_assert_cmpfloat ((double) samples[0], ==, (double) (0x4001 + i) / 32768);
      g_assert_cmpfloat ((double) samples[1], ==, 0);
    }
  if (before >= 0)
    g_assert_cmpint (get_bytes_read () - before, <, 65536);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/pcm-source/encodings", test_pcm_source_encodings);
  fixture_add ("/audio/pcm-source/beyond-end", test_pcm_source_beyond_end);
  fixture_add ("/audio/pcm-source/channels", test_pcm_source_channels);
  fixture_add ("/audio/pcm-source/not-finite", test_pcm_source_not_finite);
  fixture_add ("/audio/pcm-source/shrinks", test_pcm_source_shrinks);
  fixture_add ("/audio/pcm-source/cancelled", test_pcm_source_cancelled);
  fixture_add ("/audio/pcm-source/async", test_pcm_source_async);
  fixture_add ("/audio/pcm-source/threads", test_pcm_source_threads);
  fixture_add ("/audio/pcm-source/day", test_pcm_source_day);

  return g_test_run ();
}
