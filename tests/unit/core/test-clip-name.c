/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "chorus-test.h"
#include "core/chorus-clip-name.h"

static void
test_clip_name_new (void)
{
  static const struct
  {
    const char *recorded;
    const char *recording;
    double start;
    const char *species;
    double confidence;
    const char *expected;
  } cases[] = {
    { "2025-06-04T05:00:00+05:30", "x.wav", 72.9, "Malabar whistling thrush", 0.93,
      "20250604_050112 Malabar whistling thrush 0.93.wav" },
    { "2025-12-31T23:59:59", NULL, 1.0, NULL, NAN, "20260101_000000.wav" },
    { "2025-06-04T05:00:00.900000Z", NULL, 0.2, NULL, NAN, "20250604_050001.wav" },
    { NULL, "REC0001.WAV", 3672.0, "", NAN, "REC0001 1h01m12s.wav" },
    { NULL, "/home/a/b.flac", 0.0, NULL, 1.0, "b 0h00m00s 1.00.wav" },
    { NULL, NULL, -4.0, NULL, NAN, "0h00m00s.wav" },
    { NULL, "a", NAN, "../../etc/passwd", 2.0, "a 0h00m00s ..-..-etc-passwd 1.00.wav" },
    { NULL, "..", 1e300, "a\\b:c*d?e\"f<g>h|i\nj\tk", NAN, "277777h46m40s a-b-c-d-e-f-g-h-i-j-k.wav" },
    { "2025-06-04T05:00:00", NULL, 0.0, "% dots and spaces. . ", NAN, "20250604_050000 % dots and spaces.wav" },
    { "2025-06-04T05:00:00", NULL, 0.0, "\xff\xe2\x80\xaegnp", NAN, "20250604_050000 --gnp.wav" },
    { "2025-06-04T05:00:00", NULL, 0.0, "Rougequeue à front blanc 红尾鸲", 0.5,
      "20250604_050000 Rougequeue à front blanc 红尾鸲 0.50.wav" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) recorded =
        chorus_recording_time_new_from_iso (cases[i].recorded, CHORUS_TIME_SOURCE_PERSON);
      g_autofree char *name = chorus_clip_name_new (recorded, cases[i].recording, cases[i].start, cases[i].species,
                                                    cases[i].confidence, "wav");

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
}

static void
test_clip_name_safe (void)
{
  static const char *const cases[][2] = {
    { "Malabar whistling thrush", "Malabar whistling thrush" },
    { "../../etc", "-..-etc" },
    { "..", "_" },
    { NULL, "_" },
    { "con.a", "_con.a" },
    { "COM1", "_COM1" },
    { "a/b\\c:d. ", "a-b-c-d" },
    { "\xff", "-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = chorus_clip_name_make_safe (cases[i][0]);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

/* Never longer than a file system takes, and never in the middle of a character. */
static void
test_clip_name_length (void)
{
  for (guint shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) species = g_string_new (NULL);
      g_autofree char *name = NULL;

      for (guint i = 0; i < shift; i++)
        g_string_append_c (species, 'x');
      for (guint i = 0; i < 1000; i++)
        g_string_append (species, "鸲");
      name = chorus_clip_name_new (NULL, NULL, 0.0, species->str, NAN, "../../../../../../../wav");
      g_assert_cmpuint (strlen (name), <=, 200);
      g_assert_cmpuint (strlen (name), >, 170);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_null (strchr (name, '/'));
    }
}

static void
test_clip_name_unique (void)
{
  g_autofree char *path = g_dir_make_tmp ("chorus-clip-name-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  static const char *const expected[] = { "a 0.93.wav", "a 0.93 (2).wav", "a 0.93 (3).wav" };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GFile) file = chorus_clip_name_make_unique (folder, "a 0.93.wav");
      g_autofree char *name = g_file_get_basename (file);

      g_assert_cmpstr (name, ==, expected[i]);
      g_assert_true (g_file_set_contents (g_file_peek_path (file), "", 0, NULL));
    }
  chorus_test_remove_folder (path);
}

static void
test_clip_name_stem (void)
{
  static const struct
  {
    const char *recording;
    const char *stem;
  } cases[] = {
    { "20250604_050000.WAV", "20250604_050000" },
    { "a.b.flac", "a.b" },
    { "../x.wav", "x" },
    { "..", "_" },
    { ".wav", "wav" },
    { "", "_" },
    { NULL, "_" },
    { "con.wav", "_con" },
    { "a\n<i>.wav", "a--i-" },
    { "a\xff.wav", "a-" },
    { "-rf.wav", "-rf" },
  };
  g_autofree char *filler = g_strnfill (300, 'x');
  g_autofree char *stem = chorus_clip_name_new_stem (filler);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = chorus_clip_name_new_stem (cases[i].recording);

      g_assert_cmpstr (name, ==, cases[i].stem);
    }
  g_assert_cmpuint (strlen (stem), ==, 180);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/clip-name/stem", test_clip_name_stem);
  g_test_add_func ("/core/clip-name/new", test_clip_name_new);
  g_test_add_func ("/core/clip-name/safe", test_clip_name_safe);
  g_test_add_func ("/core/clip-name/length", test_clip_name_length);
  g_test_add_func ("/core/clip-name/unique", test_clip_name_unique);

  return g_test_run ();
}
