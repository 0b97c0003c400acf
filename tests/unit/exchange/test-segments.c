/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of clips, with libsndfile as the truth for what is in them. */

#include "package-fixture.h"

#include "exchange/chorus-clips-writer.h"
#include "exchange/chorus-export-remarks.h"
#include "exchange/chorus-segments-writer.h"

static char *
run_check (const char *first,
           const char *second,
           const char *third)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "exchange", "check-segments.py", NULL);
  const char *argv[] = { PYTHON, "-B", script, first, second, third, NULL };
  char *output = NULL;

  g_assert_true (fixture_run (argv, &output));

  return output;
}

/* Twenty seconds of noise, as "rec.wav" in the folder of the test; what is exported goes to "out" beside it. */
static ChorusResult *
make_recording (Fixture *fixture)
{
  ChorusResult *result = result_new (1, "rec.v1.wav", "2026-05-01T05:10:00+02:00");
  g_autofree char *out = fixture_path (fixture, "out");
  g_autofree char *output = NULL;

  result->path = fixture_path (fixture, "rec.wav");
  output = run_check ("make", result->path, NULL);
  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);

  return result;
}

static void export(Fixture *fixture, ChorusExportWriter *writer, const ChorusResult *result)
{
  g_autofree char *out = fixture_path (fixture, "out");

  writer_begin (writer, out);
  writer_add (writer, result);
  writer_finish (writer);
}

/* The names in @folder without those that are hidden. */
static guint
count_visible (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n = 0;

  while ((name = g_dir_read_name (dir)))
    n += name[0] != '.';

  return n;
}

static void
test_segments_as_birdnet (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChorusResult) result = NULL;
  g_autoptr (ChorusExportWriter) writer = chorus_segments_writer_new (NULL);
  g_autofree char *out = fixture_path (fixture, "out");
  g_autofree char *listed = NULL;
  g_auto (GStrv) remarks = NULL;
  ChorusResultDetection *detection = NULL;

  if (!fixture_can_import ("soundfile"))
    return;

  result = make_recording (fixture);
  result_add (result, 1, "Pavo cristatus", "Indian Peafowl", 0.0, 3.0, 0.9314, CHORUS_VERDICT_CONFIRMED);
  result_add (result, 2, "Pavo cristatus", "Indian Peafowl", 1.25, 4.5, 0.25, CHORUS_VERDICT_REJECTED);
  result_add (result, 3, "Pavo cristatus", "Indian Peafowl", 3.0, 6.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (result, 4, "Pavo cristatus", "Indian Peafowl", 17.0, 20.0, 0.75, CHORUS_VERDICT_UNCERTAIN);
  detection =
    result_add (result, 5, "Corvus macrorhynchos", "Large-billed Crow", 6.0, 9.0, 0.7, CHORUS_VERDICT_CONFIRMED);
  detection->verdict_scientific_name = g_strdup ("Corvus splendens");
  detection->verdict_common_name = g_strdup ("House Crow");
  result_add (result, 6, "Corvus splendens", NULL, 9.0, 12.0, NAN, CHORUS_VERDICT_CONFIRMED);
  export(fixture, writer, result);

  listed = run_check (out, result->path, NULL);
  g_assert_cmpstr (listed, ==,
                   "Corvus splendens/Positive/none_6_rec.v1_9.00s_12.00s.wav\n"
                   "House Crow/Positive/none_5_rec.v1_6.00s_9.00s.wav\n"
                   "Indian Peafowl/0.500_3_rec.v1_3.00s_6.00s.wav\n"
                   "Indian Peafowl/0.750_4_rec.v1_17.00s_20.00s.wav\n"
                   "Indian Peafowl/Negative/0.250_2_rec.v1_1.25s_4.50s.wav\n"
                   "Indian Peafowl/Positive/0.931_1_rec.v1_0.00s_3.00s.wav\n"
                   "Large-billed Crow/Negative/0.700_5_rec.v1_6.00s_9.00s.wav\n");
  remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (writer));
  g_assert_cmpuint (g_strv_length (remarks), ==, 0);
}

/* Species are data: none leads out of the folder, hides, or takes the place of another. */
static void
test_segments_names (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const species[] = {
    "../../evil", "/etc/passwd", "..",       ".hidden",  "CON", "a/b",       "a\\b",     "a:b*?\"<>|", "pavo",
    "Pavo",       "PAVO",        "Positive", "negative", "x. ", "line\nend", "\xff\xfe", "鸲 à ñ",     "",
  };
  ChorusSegmentsOptions options = { 0.5, TRUE };
  g_autoptr (ChorusResult) result = NULL;
  g_autoptr (ChorusExportWriter) writer = chorus_segments_writer_new (&options);
  g_autofree char *out = fixture_path (fixture, "out");
  g_autofree char *listed = NULL;
  g_auto (GStrv) lines = NULL;

  if (!fixture_can_import ("soundfile"))
    return;

  result = make_recording (fixture);
  g_free (result->name);
  result->name = g_strdup ("../..\\x:y.tar.wav");
  for (guint i = 0; i < G_N_ELEMENTS (species); i++)
    result_add (result, i, species[i], NULL, 0.25 * i, 0.25 * i + 3.0, 0.5, CHORUS_VERDICT_NONE);
  /* Two that would be called the same. */
  result_add (result, 100, "pavo", NULL, 2.0, 5.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (result, 101, "pavo", NULL, 2.0, 5.0, 0.5, CHORUS_VERDICT_NONE);
  export(fixture, writer, result);

  listed = run_check (out, result->path, "0.5");
  lines = g_strsplit (g_strchomp (listed), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (species) + 2);
  g_assert_true (g_str_has_prefix (lines[0], "-"));
  g_assert_cmpuint (fixture_count (fixture), ==, 2);
}

/* What the user has stays, and what cannot be cut is said. */
static void
test_segments_what_is_there (Fixture       *fixture,
                             gconstpointer  data)
{
  static const char expected[] = "Indian Peafowl/0.500_1_rec.v1_3.00s_6.00s (2).wav\n"
                                 "Indian Peafowl/0.500_1_rec.v1_3.00s_6.00s.wav\n";
  g_autoptr (ChorusResult) result = NULL;
  g_autoptr (ChorusResult) absent = result_new (2, "gone.wav", NULL);
  g_autoptr (ChorusResult) nowhere = result_new (3, "service.wav", NULL);
  g_autoptr (ChorusResult) quiet = result_new (4, "quiet.wav", NULL);
  g_autoptr (ChorusResult) broken = result_new (5, "broken.wav", NULL);
  g_autofree char *out = fixture_path (fixture, "out");
  g_autofree char *listed = NULL;
  g_auto (GStrv) remarks = NULL;

  if (!fixture_can_import ("soundfile"))
    return;

  result = make_recording (fixture);
  result_add (result, 1, "Pavo cristatus", "Indian Peafowl", 3.0, 6.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (result, 6, "Pavo cristatus", "Indian Peafowl", 20.0, 23.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (result, 7, "Pavo cristatus", "Indian Peafowl", 200.0, 203.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (absent, 2, "Pavo cristatus", "Indian Peafowl", 3.0, 6.0, 0.5, CHORUS_VERDICT_NONE);
  absent->path = fixture_path (fixture, "gone.wav");
  result_add (nowhere, 3, "Pavo cristatus", "Indian Peafowl", 3.0, 6.0, 0.5, CHORUS_VERDICT_NONE);
  result_add (broken, 4, "Pavo cristatus", "Indian Peafowl", 3.0, 6.0, 0.5, CHORUS_VERDICT_NONE);
  broken->path = fixture_path (fixture, "broken.wav");
  g_assert_true (g_file_set_contents (broken->path, "RIFF----WAVE", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusExportWriter) writer = chorus_segments_writer_new (NULL);

      writer_begin (writer, out);
      writer_add (writer, absent);
      writer_add (writer, result);
      writer_add (writer, nowhere);
      writer_add (writer, quiet);
      writer_add (writer, broken);
      writer_finish (writer);
      g_clear_pointer (&remarks, g_strfreev);
      remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (writer));
    }
  listed = run_check (out, result->path, NULL);
  g_assert_cmpstr (listed, ==, expected);
  g_assert_cmpuint (g_strv_length (remarks), ==, 3);
  g_assert_cmpstr (remarks[0], ==,
                   "2 recordings with detections are not on this computer, so that there are no clips of them: find "
                   "their files and export again.");
  g_assert_cmpstr (remarks[1], ==,
                   "“rec.v1.wav” ends before a detection in it begins: find the file that was analyzed.");
  g_assert_nonnull (strstr (remarks[2], "“broken.wav”"));
}

static void
test_segments_leave_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChorusResult) result = NULL;
  g_autofree char *out = fixture_path (fixture, "out");

  if (!fixture_can_import ("soundfile"))
    return;

  result = make_recording (fixture);
  result_add (result, 1, "Pavo cristatus", "Indian Peafowl", 3.0, 4.0, 0.5, CHORUS_VERDICT_CONFIRMED);
  result_add (result, 2, "Pavo cristatus", "Indian Peafowl", 5.0, 15.0, 0.5, CHORUS_VERDICT_NONE);
  /* Nothing is there before the end; then it is given up, cancelled, and met by a full disk. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ChorusExportWriter) writer = chorus_segments_writer_new (NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gboolean success = FALSE;

      writer_begin (writer, out);
      writer_add (writer, result);
      g_assert_cmpuint (count_visible (out), ==, 0);
      if (i == 1)
        g_cancellable_cancel (cancellable);
      if (i == 2)
        fixture_limit_size (100000);
      success = i == 0 || chorus_export_writer_add (writer, result, cancellable, &error);
      fixture_limit_size (0);
      g_assert_true (success == (i == 0));
      if (i == 1)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (i == 2)
        g_assert_nonnull (strstr (error->message, "could not be saved, because this disk takes no file of its size"));
    }
  g_assert_cmpint (g_rmdir (out), ==, 0);
}

/* One after another into one folder, called by their times. */
static void
test_clips (Fixture       *fixture,
            gconstpointer  data)
{
  static const char look[] =
    "import numpy, os, soundfile, sys\n"
    "noise, rate = soundfile.read(sys.argv[2], dtype='int32')\n"
    "spans = [(0, 4.5), (0, 4.5), (16.0, 20.0)]\n"
    "for name, (start, end) in zip(sorted(os.listdir(sys.argv[1])), spans):\n"
    "    clip, _ = soundfile.read(os.path.join(sys.argv[1], name), dtype='int32')\n"
    "    assert numpy.array_equal(clip, noise[int(start * rate):int(end * rate)]), name\n"
    "    data = open(os.path.join(sys.argv[1], name), 'rb').read()\n"
    "    guano = data[data.index(b'guan') + 8:].decode().splitlines()\n"
    "    print(name, '|', [line for line in guano if line.startswith(('Timestamp', 'Species'))])\n";
  g_autoptr (ChorusResult) result = NULL;
  g_autoptr (ChorusExportWriter) writer = chorus_clips_writer_new (NULL);
  g_autofree char *out = fixture_path (fixture, "out");
  g_autofree char *output = NULL;
  g_auto (GStrv) remarks = NULL;
  ChorusResultDetection *detection = NULL;

  if (!fixture_can_import ("soundfile"))
    return;

  result = make_recording (fixture);
  result_add (result, 1, "Pavo cristatus", NULL, 0.5, 3.5, 0.5, CHORUS_VERDICT_CONFIRMED);
  result_add (result, 2, "Pavo cristatus", NULL, 0.5, 3.5, 0.5, CHORUS_VERDICT_NONE);
  result_add (result, 3, "Pavo cristatus", NULL, 5.0, 6.0, 0.5, CHORUS_VERDICT_REJECTED);
  detection = result_add (result, 4, "Corvus macrorhynchos", NULL, 17.0, 19.5, 0.7, CHORUS_VERDICT_CONFIRMED);
  detection->verdict_scientific_name = g_strdup ("Corvus splendens");
  export(fixture, writer, result);
  {
    const char *argv[] = { PYTHON, "-c", look, out, result->path, NULL };

    g_assert_true (fixture_run (argv, &output));
  }
  g_assert_cmpstr (output, ==,
                   "20260501_051000 Pavo cristatus 0.50 (2).wav | ['Timestamp: 2026-05-01T05:10:00+02:00', "
                   "'Species Auto ID: Pavo cristatus']\n"
                   "20260501_051000 Pavo cristatus 0.50.wav | ['Timestamp: 2026-05-01T05:10:00+02:00', "
                   "'Species Auto ID: Pavo cristatus', 'Species Manual ID: Pavo cristatus']\n"
                   "20260501_051016 Corvus splendens 0.70.wav | ['Timestamp: 2026-05-01T05:10:16+02:00', "
                   "'Species Auto ID: Corvus macrorhynchos', 'Species Manual ID: Corvus splendens']\n");
  remarks = chorus_export_remarks_dup (CHORUS_EXPORT_REMARKS (writer));
  g_assert_cmpuint (g_strv_length (remarks), ==, 1);
  g_assert_cmpstr (remarks[0], ==,
                   "1 rejected detection was left out, because this format cannot say that it is wrong.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/segments/as-birdnet", test_segments_as_birdnet);
  fixture_add ("/exchange/segments/names", test_segments_names);
  fixture_add ("/exchange/segments/what-is-there", test_segments_what_is_there);
  fixture_add ("/exchange/segments/leave-nothing", test_segments_leave_nothing);
  fixture_add ("/exchange/segments/clips", test_clips);

  return g_test_run ();
}
