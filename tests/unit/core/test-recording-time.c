/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-recording-time.h"

static void
test_file_names (void)
{
  static const struct
  {
    const char *name;
    const char *iso; /* NULL where the name holds no time */
  } cases[] = {
    /* AudioMoth */
    { "20250604_050000.WAV", "2025-06-04T05:00:00" },
    { "20250604_050000T.WAV", "2025-06-04T05:00:00" },
    { "20250604_050000_SYNC.WAV", "2025-06-04T05:00:00" },
    { "20250604_050000_125.WAV", "2025-06-04T05:00:00.125000" },
    { "24F3190361CBEE8A_20250604_050000.WAV", "2025-06-04T05:00:00" },
    { "2431901361201190_20250604_050000.WAV", "2025-06-04T05:00:00" },
    { "5AFCD4F4.WAV", "2018-05-17T01:03:48+00:00" },
    { "5afcd4f4", "2018-05-17T01:03:48+00:00" },
    { "5AFCD4F4A.WAV", NULL },
    { "5AFCD4F.WAV", NULL },
    { "00000000.WAV", NULL },
    { "FFFFFFFF.WAV", NULL },
    { "20250604.WAV", NULL },
    /* Wildlife Acoustics */
    { "SITE-A_20250604_050000.wav", "2025-06-04T05:00:00" },
    { "SM3_0+1_20250604$050000.wav", "2025-06-04T05:00:00" },
    { "SM3__0__20250604_050000.wav", "2025-06-04T05:00:00" },
    { "BAT_20250604_233059_007.wav", "2025-06-04T23:30:59.007000" },
    { "BAT_20250604_233059_000250.wav", "2025-06-04T23:30:59.000250" },
    { "S4A00001_20250604_050000.wav", "2025-06-04T05:00:00" },
    /* Frontier Labs */
    { "20191125T000000+1000_REC_-27.38+152.87.flac", "2019-11-25T00:00:00+10:00" },
    { "20191125T000000+1000_REC [-27.3866 152.8761].flac", "2019-11-25T00:00:00+10:00" },
    { "20191125T000000-27.38+152.87.flac", "2019-11-25T00:00:00" },
    { "20191125T000000+27.38+152.87.flac", "2019-11-25T00:00:00" },
    { "20191125T000000Z.flac", "2019-11-25T00:00:00+00:00" },
    { "20191125T000000ZEBRA.flac", "2019-11-25T00:00:00" },
    /* Close to ISO 8601 */
    { "2025-06-04T05-00-00Z.wav", "2025-06-04T05:00:00+00:00" },
    { "2025-06-04T05:00:00.250+05:30.wav", "2025-06-04T05:00:00.250000+05:30" },
    { "2025-06-04 05.00.00.wav", "2025-06-04T05:00:00" },
    { "dawn 2025-06-04_05-00-00 b.mp3", "2025-06-04T05:00:00" },
    { "20250604T050000-0330.wav", "2025-06-04T05:00:00-03:30" },
    { "20250604T050000+05.wav", "2025-06-04T05:00:00" },
    { "20250604T050000+05_x.wav", "2025-06-04T05:00:00+05:00" },
    { "20250604_050000-0042.wav", "2025-06-04T05:00:00" },
    { "20250604_050000+1500.wav", "2025-06-04T05:00:00" },
    { "R20250604050000.wav", "2025-06-04T05:00:00" },
    { "20250604_050000_20250604_060000.wav", "2025-06-04T05:00:00" },
    { "20240229_000000.wav", "2024-02-29T00:00:00" },
    /* Not a time */
    { "", NULL },
    { "recording.wav", NULL },
    { "20230229_000000.wav", NULL },
    { "20251304_050000.wav", NULL },
    { "20250604_240000.wav", NULL },
    { "20250604_056000.wav", NULL },
    { "20250604_05000.wav", NULL },
    { "20250604_0500001.wav", NULL },
    { "120250604_050000.wav", NULL },
    { "18990101_000000.wav", NULL },
    { "2025-06-04.wav", NULL },
    { "2025-06-04T05.wav", NULL },
    { "\xff\xfe.wav", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) time = chorus_recording_time_new_from_file_name (cases[i].name);
      g_autofree char *iso = time ? chorus_recording_time_to_iso (time) : NULL;
      g_autofree char *shown = g_strescape (cases[i].name, NULL);

      g_test_message ("%s", shown);
      g_assert_cmpstr (iso, ==, cases[i].iso);
      if (time)
        {
          g_assert_cmpint (chorus_recording_time_get_source (time), ==, CHORUS_TIME_SOURCE_FILE_NAME);
          g_assert_false (chorus_recording_time_is_guess (time));
        }
    }
}

static void
test_any_name (void)
{
  static const char alphabet[] = "0123456789012345678920250604_050000-:+.TZ$ aF\xc3";

  for (guint round = 0; round < 20000; round++)
    {
      char name[32] = { 0 };
      g_autoptr (ChorusRecordingTime) time = NULL;

      for (gsize i = 0; i < sizeof name - 1; i++)
        name[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      time = chorus_recording_time_new_from_file_name (name);
      if (time)
        {
          g_autofree char *iso = chorus_recording_time_to_iso (time);

          g_assert_nonnull (iso);
        }
    }
}

static void
test_display (void)
{
  static const struct
  {
    const char *iso;
    const char *display;
  } cases[] = {
    { "2025-06-04T05:00:00+05:30", "4 Jun 2025 05:00 +05:30" },
    { "2025-06-04T05:00:00", "4 Jun 2025 05:00" },
    { "2025-12-24T23:59:59Z", "24 Dec 2025 23:59 +00:00" },
    { "2025-06-04T05:00:00.500-03:00", "4 Jun 2025 05:00 -03:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) time =
        chorus_recording_time_new_from_iso (cases[i].iso, CHORUS_TIME_SOURCE_METADATA);
      g_autofree char *display = chorus_recording_time_to_display (time);

      g_assert_cmpstr (display, ==, cases[i].display);
    }
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "2025-06-04T05:00:00",        "2025-06-04T05:00:00+05:30",
    "2025-06-04T05:00:00.007000", "2025-06-04T05:00:00.000250-11:00",
    "1970-01-01T00:00:00+00:00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ChorusRecordingTime) time = chorus_recording_time_new_from_iso (texts[i], CHORUS_TIME_SOURCE_SERVICE);
      g_autoptr (ChorusRecordingTime) copy = chorus_recording_time_copy (time);
      g_autofree char *iso = chorus_recording_time_to_iso (copy);

      g_assert_cmpstr (iso, ==, texts[i]);
      g_assert_cmpint (chorus_recording_time_get_source (copy), ==, CHORUS_TIME_SOURCE_SERVICE);
    }

  g_assert_null (chorus_recording_time_new_from_iso (NULL, CHORUS_TIME_SOURCE_SERVICE));
  g_assert_null (chorus_recording_time_new_from_iso ("", CHORUS_TIME_SOURCE_SERVICE));
  g_assert_null (chorus_recording_time_new_from_iso ("yesterday", CHORUS_TIME_SOURCE_SERVICE));
  g_assert_null (chorus_recording_time_new_from_iso ("2025-13-04T05:00:00", CHORUS_TIME_SOURCE_SERVICE));
}

static void
test_modified (void)
{
  g_autoptr (ChorusRecordingTime) time = chorus_recording_time_new_from_modified (1749013200);
  g_autofree char *iso = chorus_recording_time_to_iso (time);

  g_assert_cmpstr (iso, ==, "2025-06-04T05:00:00+00:00");
  g_assert_true (chorus_recording_time_is_guess (time));
  g_assert_true (chorus_recording_time_get_has_zone (time));
  g_assert_null (chorus_recording_time_new_from_modified (G_MAXINT64));
}

static void
test_plausible (void)
{
  static const struct
  {
    const char *iso;
    gboolean plausible;
  } cases[] = {
    { "1970-01-01T00:00:00", FALSE }, { "1989-12-31T23:59:59", FALSE }, { "1990-01-01T00:00:00", TRUE },
    { "2025-06-04T05:00:00", TRUE },  { "2025-06-05T04:59:59", TRUE },  { "2025-06-05T05:00:01", FALSE },
    { "2098-01-01T00:00:00", FALSE },
  };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2025, 6, 4, 5, 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) time =
        chorus_recording_time_new_from_iso (cases[i].iso, CHORUS_TIME_SOURCE_FILE_NAME);

      g_assert_cmpint (chorus_recording_time_is_plausible (time, now), ==, cases[i].plausible);
    }
}

static void
test_sources (void)
{
  for (int source = CHORUS_TIME_SOURCE_UNKNOWN; source <= CHORUS_TIME_SOURCE_PERSON; source++)
    g_assert_cmpint (chorus_time_source_from_text (chorus_time_source_to_text ((ChorusTimeSource) source)), ==, source);

  g_assert_cmpstr (chorus_time_source_to_text (CHORUS_TIME_SOURCE_FILE_NAME), ==, "file-name");
  g_assert_cmpint (chorus_time_source_from_text (NULL), ==, CHORUS_TIME_SOURCE_UNKNOWN);
  g_assert_cmpint (chorus_time_source_from_text ("hearsay"), ==, CHORUS_TIME_SOURCE_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/recording-time/file-names", test_file_names);
  g_test_add_func ("/core/recording-time/any-name", test_any_name);
  g_test_add_func ("/core/recording-time/display", test_display);
  g_test_add_func ("/core/recording-time/round-trip", test_round_trip);
  g_test_add_func ("/core/recording-time/modified", test_modified);
  g_test_add_func ("/core/recording-time/plausible", test_plausible);
  g_test_add_func ("/core/recording-time/sources", test_sources);

  return g_test_run ();
}
