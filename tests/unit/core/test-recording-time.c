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
    { "SM3__1__20250604$050000.wav", "2025-06-04T05:00:00" },
    { "SM3_-0+0_20250604_050000.wav", "2025-06-04T05:00:00" },
    { "SM3_0+1_20250604$050000_125.w4v", "2025-06-04T05:00:00.125000" },
    { "SM4_20250604$050000.zc", "2025-06-04T05:00:00" },
    { "FNQ-RBS_20190102_044802_010.wav", "2019-01-02T04:48:02.010000" },
    { "NW6-0009582_20131224_130100.wav", "2013-12-24T13:01:00" },
    { "0000514b-9329-404c-bdb3-a50827457b15_20100503-080000Z.mp3", "2010-05-03T08:00:00+00:00" },
    { "86f5923d-ef1d-4159-b120-a8dec3f6334e.wav", NULL },
    /* Frontier Labs */
    { "20191125T000000+1000_REC_-27.38+152.87.flac", "2019-11-25T00:00:00+10:00" },
    { "20191125T000000+1000_REC [-27.3866 152.8761].flac", "2019-11-25T00:00:00+10:00" },
    { "20191125T000000-27.38+152.87.flac", "2019-11-25T00:00:00" },
    { "20191125T000000+27.38+152.87.flac", "2019-11-25T00:00:00" },
    { "20191125T000000Z.flac", "2019-11-25T00:00:00+00:00" },
    { "20191125T000000ZEBRA.flac", "2019-11-25T00:00:00" },
    { "20190401T000000+1000_REC [19.21440152.8811].flac", "2019-04-01T00:00:00+10:00" },
    { "20210617T080000+0000_Rec2_-18.2656+144.5564.flac", "2021-06-17T08:00:00+00:00" },
    { "20161108T075126.123456-0430_SunriseToSunset [-39.5336 -131.2711].wav", "2016-11-08T07:51:26.123456-04:30" },
    { "20180226_040000_Bar29 _27.2819 90.1361_.wav", "2018-02-26T04:00:00" },
    { "20180226_040000Z_+40.1213-075.0015+2.79CRSWGS_84.flac", "2018-02-26T04:00:00+00:00" },
    { "PILLIGA_20121204_234600_+13-090.wav", "2012-12-04T23:46:00" },
    { "20150703_050000_[-27.38 152.87].wav", "2015-07-03T05:00:00" },
    /* When it began and when it ended; an experimental firmware left out the point */
    { "S20240815T091156.982648+1000_E20240815T091251.967555+1000_-12.34567+78.98102.wav",
      "2024-08-15T09:11:56.982648+10:00" },
    { "S20210205T035946676+1000_E20210205T040446501+1000_-08.0000+000.0000.wav", "2021-02-05T03:59:46.676000+10:00" },
    { "20210205T035946000250Z.wav", "2021-02-05T03:59:46.000250+00:00" },
    { "20210205T0359466.wav", NULL },
    { "20210205_035946676.wav", NULL },
    /* Firmware 3.08 leaves out the zero of a day below 10 */
    { "201905 8T020000+1000_REC.flac", "2019-05-08T02:00:00+10:00" },
    { "201905 0T020000+1000_REC.flac", NULL },
    { "201913 8T020000+1000_REC.flac", NULL },
    { "201905 8_020000.wav", NULL },
    { "201905 18T020000.wav", NULL },
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
    { "1970-01-01T00:00:00", FALSE },
    { "1999-12-31T23:59:59", FALSE },
    { "2000-01-01T00:00:00", TRUE },
    { "2025-06-04T05:00:00", TRUE },
    { "2025-06-05T04:59:59", TRUE },
    { "2025-06-05T05:00:01", FALSE },
    { "2098-01-01T00:00:00", FALSE },
    /* With a zone there is no doubt but that of the clocks. */
    { "2025-06-04T19:04:59+14:00", TRUE },
    { "2025-06-04T19:05:01+14:00", FALSE },
    { "2025-06-04T00:04:59-05:00", TRUE },
    { "2025-06-04T00:05:01-05:00", FALSE },
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
    {
      g_assert_cmpint (chorus_time_source_from_text (chorus_time_source_to_text ((ChorusTimeSource) source)), ==,
                       source);
      for (int other = source + 1; other <= CHORUS_TIME_SOURCE_PERSON; other++)
        g_assert_cmpstr (chorus_time_source_to_display ((ChorusTimeSource) source), !=,
                         chorus_time_source_to_display ((ChorusTimeSource) other));
    }

  g_assert_cmpstr (chorus_time_source_to_text (CHORUS_TIME_SOURCE_FILE_NAME), ==, "file-name");
  g_assert_cmpint (chorus_time_source_from_text ("metadata"), ==, CHORUS_TIME_SOURCE_METADATA);
  g_assert_cmpstr (chorus_time_source_to_display (CHORUS_TIME_SOURCE_GUANO), ==, "GUANO metadata");
  g_assert_cmpstr (chorus_time_source_to_display (CHORUS_TIME_SOURCE_FILE_NAME), ==, "the file name");
  g_assert_cmpstr (chorus_time_source_to_display (CHORUS_TIME_SOURCE_MODIFIED), ==,
                   "a guess: when the file was last written");
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
