/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any file opens with the right samples, or the error says why not. write-any-files.py holds the table. */

#include "config.h"

#include "audio-fixture.h"

#include "audio/chorus-audio-probe.h"
#include "audio/chorus-sample-source.h"

static ChorusSampleSource *
assert_opens (Fixture                *fixture,
              const char      *const *fields,
              ChorusAudioInfo       **info)
{
  g_autofree char *path = fixture_path (fixture, fields[1]);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  ChorusSampleSource *source = NULL;

  *info = chorus_audio_probe (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chorus_audio_kind_get_short_name ((*info)->kind), ==, fields[2]);
  g_assert_cmpfloat ((*info)->sample_rate, ==, g_ascii_strtod (fields[3], NULL));
  g_assert_cmpuint ((*info)->channels, ==, g_ascii_strtoull (fields[4], NULL, 10));

  source = chorus_sample_source_open (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (chorus_sample_source_get_sample_rate (source), ==, (*info)->sample_rate);
  g_assert_cmpuint (chorus_sample_source_get_channels (source), ==, (*info)->channels);

  return source;
}

static void
assert_exact (Fixture           *fixture,
              const char *const *fields)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = assert_opens (fixture, fields, &info);
  g_autofree char *oracle_name = g_strconcat (fields[1], ".f32", NULL);
  g_autofree char *oracle_path = fixture_path (fixture, oracle_name);
  g_autofree char *oracle = NULL;
  g_autofree float *samples = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_frames = g_ascii_strtoull (fields[5], NULL, 10);
  gsize size = 0;

  g_assert_cmpuint (info->n_frames, ==, n_frames);
  g_assert_cmpint (info->truncated, ==, fields[6][0] == '1');
  g_assert_cmpuint (chorus_sample_source_get_n_frames (source), ==, n_frames);

  g_assert_true (g_file_get_contents (oracle_path, &oracle, &size, NULL));
  g_assert_cmpuint (size, ==, n_frames * info->channels * sizeof (float));
  samples = g_malloc (size);
  g_assert_true (chorus_sample_source_read (source, 0, (gsize) n_frames, samples, NULL, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < size / sizeof (float); i++)
    g_assert_cmpfloat ((double) samples[i], ==, (double) ((const float *) (gconstpointer) oracle)[i]);
}

static void
assert_about (Fixture           *fixture,
              const char *const *fields)
{
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = assert_opens (fixture, fields, &info);
  g_autofree float *samples = g_new (float, 1000 * info->channels);
  g_autoptr (GError) error = NULL;
  gint64 n_frames = (gint64) chorus_sample_source_get_n_frames (source);
  gint64 expected = g_ascii_strtoll (fields[5], NULL, 10);
  double largest = 0;

  g_assert_cmpint (ABS (n_frames - expected), <=, g_ascii_strtoll (fields[6], NULL, 10));
  g_assert_true (chorus_sample_source_read (source, 36000, 1000, samples, NULL, &error));
  for (gsize i = 0; i < 1000 * info->channels; i++)
    largest = MAX (largest, (double) ABS (samples[i]));
  g_assert_cmpfloat (largest, >, 0.05);
}

static void
assert_refused (Fixture           *fixture,
                const char *const *fields)
{
  g_autofree char *path = fixture_path (fixture, fields[1]);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ChorusAudioInfo) info = NULL;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open_error = NULL;

  info = chorus_audio_probe (file, NULL, &error);
  g_assert_null (info);
  g_assert_cmpuint (error->domain, ==, CHORUS_AUDIO_ERROR);
  g_assert_cmpstr (error->message, ==, fields[3]);
  g_assert_cmpint (error->code, ==, (gint) g_ascii_strtoll (fields[2], NULL, 10));

  source = chorus_sample_source_open (file, NULL, &open_error);
  g_assert_null (source);
  g_assert_cmpstr (open_error->message, ==, fields[3]);
}

static void
test_any_file_table (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "audio", "write-any-files.py", NULL);
  const char *argv[] = { PYTHON, script, fixture->folder, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_done = 0;

  g_assert_true (fixture_run (argv, &output));
  lines = g_strsplit (output, "\n", -1);
  for (gsize i = 0; lines[i] && lines[i][0]; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      const char *const *row = (const char *const *) fields;

      g_test_message ("%s %s", fields[0], fields[1]);
      if (g_str_equal (fields[0], "exact"))
        assert_exact (fixture, row);
      else if (g_str_equal (fields[0], "about"))
        assert_about (fixture, row);
      else
        assert_refused (fixture, row);
      n_done++;
    }

  g_assert_cmpuint (n_done, >=, 30);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/audio/any-file/table", test_any_file_table);

  return g_test_run ();
}
