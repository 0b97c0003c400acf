/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "exchange/chorus-import-match.h"

#include "chorus-exchange-fixture.h"

/* A recording, told by its name, that is at @path and began at @recorded; five minutes long. */
static ChorusResult *
add_recording (GPtrArray  *recordings,
               const char *name,
               const char *deployment_id,
               const char *path,
               const char *recorded)
{
  ChorusResult *recording = fixture_result (name, deployment_id, 300);

  recording->path = g_strdup (path);
  recording->file_id = g_strconcat ("id of ", name, " in ", deployment_id, NULL);
  recording->recorded = chorus_recording_time_new_from_iso (recorded, CHORUS_TIME_SOURCE_FILE_NAME);
  g_ptr_array_add (recordings, recording);

  return recording;
}

/* The recording of the only row of a table with one file. */
static const ChorusResult *
match_file (const char  *file,
            GPtrArray   *recordings,
            char       **reason)
{
  g_autofree char *table = g_strdup_printf ("Begin Time (s)\tEnd Time (s)\tBegin File\n1\t2\t%s\n", file);
  g_autoptr (ChorusImport) import = fixture_import (table, "x.txt");
  g_autoptr (ChorusImportMatch) match = chorus_import_match_new (import, recordings);
  const ChorusResult *recording = NULL;

  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, 1);
  recording = chorus_import_match_get_recording (match, 0);
  g_assert_true ((recording != NULL) == (chorus_import_match_get_reason (match, 0) == NULL));
  g_assert_cmpuint (chorus_import_match_get_n_matched (match), ==, recording ? 1 : 0);
  if (reason)
    *reason = g_strdup (chorus_import_match_get_reason (match, 0));

  return recording;
}

static void
test_match_files (void)
{
  g_autoptr (GPtrArray) recordings = fixture_results ();
  ChorusResult *a = add_recording (recordings, "a.wav", "d1", "/card/one/a.wav", NULL);
  ChorusResult *b1 = add_recording (recordings, "b.wav", "d1", "/card/one/b.wav", NULL);
  ChorusResult *b2 = add_recording (recordings, "b.wav", "d2", "/card/two/b.wav", NULL);
  ChorusResult *upper = add_recording (recordings, "C.WAV", "d1", NULL, NULL);
  ChorusResult *timed = add_recording (recordings, "20250604_050000.WAV", "d1", NULL, "2025-06-04T05:00:00");
  ChorusResult *moved = add_recording (recordings, "old.wav", "d1", "/card/new name.wav", NULL);
  const struct
  {
    const char *file;
    const ChorusResult *recording;
  } cases[] = {
    /* By path, of this system and others */
    { "/card/one/b.wav", b1 },
    { "/card/new name.wav", moved },
    { "two/b.wav", b2 },
    { "./two/b.wav", b2 },
    { "two\\b.wav", b2 },
    { "wo/b.wav", NULL },
    { "three/b.wav", NULL },
    { "/elsewhere/one/b.wav", NULL },
    /* By name */
    { "a.wav", a },
    { "/elsewhere/a.wav", a },
    { "D:\\elsewhere\\a.wav", a },
    { "A.wav", a },
    { "c.wav", upper },
    { "b.wav", NULL },
    { "new name.wav", NULL },
    /* By name without extension */
    { "a.flac", a },
    { "a", a },
    { "c.mp3", upper },
    { "b.flac", NULL },
    /* By clock */
    { "SITE_20250604_050000.wav", timed },
    { "20250604T050000Z.wav", timed },
    { "SITE_20250604_050001.wav", NULL },
    { "none.wav", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].file);
      g_assert_true (match_file (cases[i].file, recordings, NULL) == cases[i].recording);
    }
}

static void
test_match_reasons (void)
{
  g_autoptr (GPtrArray) recordings = fixture_results ();
  g_autoptr (ChorusImport) late =
    fixture_import ("Begin Time (s)\tEnd Time (s)\tBegin File\n300.04\t301\ta.wav\n370\t371\ta.wav\n", "x.txt");
  g_autoptr (ChorusImport) unnamed = fixture_import ("1\t2\tx\n", "elsewhere.txt");
  g_autoptr (ChorusImport) named = fixture_import ("1\t2\tx\n", "a.Chorus.labels.txt");
  g_autoptr (ChorusImportMatch) match = NULL;
  g_autofree char *ambiguous = NULL;
  g_autofree char *unknown = NULL;

  add_recording (recordings, "a.wav", "d1", NULL, NULL);
  add_recording (recordings, "b.wav", "d1", NULL, NULL);
  add_recording (recordings, "b.wav", "d2", NULL, NULL);

  g_assert_null (match_file ("/x/b.wav", recordings, &ambiguous));
  g_assert_cmpstr (ambiguous, ==,
                   "“b.wav” may be any of 2 recordings, and nothing says which: choose the deployment that it belongs "
                   "to.");
  g_assert_null (match_file ("/x/%s<b>.wav", recordings, &unknown));
  g_assert_cmpstr (unknown, ==, "“%s<b>.wav” is none of these recordings.");

  match = chorus_import_match_new (late, recordings);
  g_assert_nonnull (chorus_import_match_get_recording (match, 0));
  g_assert_null (chorus_import_match_get_recording (match, 1));
  g_assert_cmpstr (chorus_import_match_get_reason (match, 1), ==, "It begins at 6:10, and “a.wav” is only 5:00 long.");
  g_clear_pointer (&match, chorus_import_match_free);

  match = chorus_import_match_new (unnamed, recordings);
  g_assert_cmpstr (chorus_import_match_get_reason (match, 0), ==,
                   "Its recording is not named, and none of these recordings is called “elsewhere” as its table is: "
                   "rename the table after its recording.");
  g_clear_pointer (&match, chorus_import_match_free);

  match = chorus_import_match_new (named, recordings);
  g_assert_true (chorus_import_match_get_recording (match, 0) == g_ptr_array_index (recordings, 0));
}

/* Our own tables say which deployment, and which file at the service. */
static void
test_match_own (void)
{
  static const char table[] = "recording,start,end,verdict_scientific_name,deployment_id,file_id,recorded\n"
                              "b.wav,1,2,,d2,,\n"
                              "b.wav,1,2,,d3,,\n"
                              "renamed.wav,1,2,,,id of b.wav in d1,\n"
                              "b.wav,1,2,,,id of nothing,\n"
                              "renamed.wav,1,2,,,,2025-06-04T05:00:00+05:30\n"
                              "renamed.wav,1,2,,,,2025-06-03T23:30:00Z\n"
                              "renamed.wav,1,2,,,,2025-06-04T06:00:00+02:00\n"
                              "renamed.wav,1,2,,,,2025-06-04T05:00:00\n"
                              "renamed.wav,1,2,,d2,,2025-06-04T05:00:00\n"
                              "renamed.wav,1,2,,,,yesterday\n";
  g_autoptr (GPtrArray) recordings = fixture_results ();
  ChorusResult *b1 = add_recording (recordings, "b.wav", "d1", NULL, NULL);
  ChorusResult *b2 = add_recording (recordings, "b.wav", "d2", NULL, NULL);
  ChorusResult *zoned = add_recording (recordings, "z.wav", "d1", NULL, "2025-06-04T05:00:00+05:30");
  ChorusResult *clocked = add_recording (recordings, "c.wav", "d2", NULL, "2025-06-04T06:00:00");
  ChorusResult *same = add_recording (recordings, "s.wav", "d2", NULL, "2025-06-04T05:00:00.500+02:00");
  const ChorusResult *const expected[] = { b2, NULL, b1, NULL, zoned, zoned, clocked, NULL, same, NULL };
  g_autoptr (ChorusImport) import = fixture_import (table, "x.csv");
  g_autoptr (ChorusImportMatch) match = chorus_import_match_new (import, recordings);

  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("%u", i);
      g_assert_true (chorus_import_match_get_recording (match, i) == expected[i]);
    }
  g_assert_cmpuint (chorus_import_match_get_n_matched (match), ==, 6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/match/files", test_match_files);
  g_test_add_func ("/exchange/match/reasons", test_match_reasons);
  g_test_add_func ("/exchange/match/own", test_match_own);

  return g_test_run ();
}
