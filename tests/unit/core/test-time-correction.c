/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-time-correction.h"

#define NEVER G_MININT64

static void
test_zones (void)
{
  static const struct
  {
    const char *text;
    int minutes; /* -1: not a zone */
  } cases[] = {
    { "+05:30", 330 },
    { "+5:30", 330 },
    { "+0530", 330 },
    { "+530", 330 },
    { "-3", -180 },
    { "\342\210\2223", -180 },
    { "-03:30", -210 },
    { "+14", 840 },
    { "+14:00", 840 },
    { "-12:00", -720 },
    { "UTC", 0 },
    { "utc", 0 },
    { "gmt", 0 },
    { "Z", 0 },
    { "+00:00", 0 },
    { "UTC+1", 60 },
    { "UTC -9:30", -570 },
    { "  +05:45 ", 345 },
    { "", -1 },
    { "5:30", -1 },
    { "+", -1 },
    { "+5:3", -1 },
    { "+5:60", -1 },
    { "+14:01", -1 },
    { "-12:15", -1 },
    { "+15", -1 },
    { "+05:30x", -1 },
    { "+05:30:00", -1 },
    { "+053000", -1 },
    { "IST", -1 },
    { "UTCx", -1 },
    { "+99999999999999999999", -1 },
    { "\377\376", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int offset = -60;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (chorus_time_zone_parse (cases[i].text, &offset), ==, cases[i].minutes != -1);
      g_assert_cmpint (offset, ==, cases[i].minutes * 60);
    }
}

static void
test_zones_written (void)
{
  static const struct
  {
    int offset;
    const char *text;
  } cases[] = {
    { 19800, "+05:30" }, { -10800, "-03:00" }, { 0, "UTC" }, { -1800, "-00:30" }, { 50400, "+14:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = chorus_time_zone_to_text (cases[i].offset);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_shifts (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds; /* NEVER: not a shift */
  } cases[] = {
    { "+1:00", 3600 },
    { "1:00", 3600 },
    { "-0:00:37", -37 },
    { "\342\210\2220:00:37", -37 },
    { "+90 s", 90 },
    { "-3600s", -3600 },
    { "+2 d 3:00", 183600 },
    { "+1d", 86400 },
    { "- 365 d 0:00:01", -31536001 },
    { "100:00", 360000 },
    { "0:00", 0 },
    { "+36525 d", 3155760000 },
    { "+36525 d 0:00:01", NEVER },
    { "", NEVER },
    { "-", NEVER },
    { "90", NEVER },
    { "+1:60", NEVER },
    { "+1:00:60", NEVER },
    { "+1:00:00:00", NEVER },
    { "+1 d 5", NEVER },
    { "+1 d 5 s", NEVER },
    { "+1 d 1 d", NEVER },
    { "one hour", NEVER },
    { "+1:00 h", NEVER },
    { "+99999999999999999999 s", NEVER },
    { "+9999999999 d 9999999999:59", NEVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 seconds = NEVER;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (chorus_time_shift_parse (cases[i].text, &seconds), ==, cases[i].seconds != NEVER);
      g_assert_cmpint (seconds, ==, cases[i].seconds);
    }
}

static void
test_shifts_written (void)
{
  static const gint64 shifts[] = { 0, 1, -37, 3600, -3661, 86399, 86400, -90061, 3155760000, -3155760000 };
  static const char *const texts[] = { "+0:00:00",         "+0:00:01",        "-0:00:37",     "+1:00:00",
                                       "-1:01:01",         "+23:59:59",       "+1 d 0:00:00", "-1 d 1:01:01",
                                       "+36525 d 0:00:00", "-36525 d 0:00:00" };

  for (gsize i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      g_autofree char *text = chorus_time_shift_to_text (shifts[i]);
      gint64 back = NEVER;

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_true (chorus_time_shift_parse (text, &back));
      g_assert_cmpint (back, ==, shifts[i]);
    }
}

static void
test_entered (void)
{
  static const struct
  {
    const char *text;
    const char *iso; /* NULL: not a time */
  } cases[] = {
    { "2025-06-04 05:00", "2025-06-04T05:00:00" },
    { "2025-06-04 05:00:30", "2025-06-04T05:00:30" },
    { " 2025-6-4  5:00 ", "2025-06-04T05:00:00" },
    { "2025-06-04T05:00", "2025-06-04T05:00:00" },
    { "2025-06-04 05:00:30 +05:30", "2025-06-04T05:00:30+05:30" },
    { "2025-06-04 05:00+5:30", "2025-06-04T05:00:00+05:30" },
    { "2025-06-04T05:00:00Z", "2025-06-04T05:00:00+00:00" },
    { "2024-02-29 23:59:59 -3", "2024-02-29T23:59:59-03:00" },
    { "2025-02-29 00:00", NULL },
    { "2025-13-01 00:00", NULL },
    { "2025-06-04 24:00", NULL },
    { "2025-06-04 05:60", NULL },
    { "2025-06-04", NULL },
    { "2025-06-04 05", NULL },
    { "2025-06-04 05:00:", NULL },
    { "2025-06-04 05:00 IST", NULL },
    { "25-06-04 05:00", NULL },
    { "04/06/2025 05:00", NULL },
    { "", NULL },
    { "99999-01-01 00:00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusRecordingTime) time = chorus_entered_time_parse (cases[i].text);
      g_autofree char *iso = time ? chorus_recording_time_to_iso (time) : NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (iso, ==, cases[i].iso);
      if (time)
        g_assert_cmpint (chorus_recording_time_get_source (time), ==, CHORUS_TIME_SOURCE_PERSON);
    }
}

static ChorusTimeCorrection *
correction_of (ChorusTimeCorrectionKind kind,
               gint64                   seconds)
{
  g_autoptr (ChorusRecordingTime) time = NULL;

  switch (kind)
    {
    case CHORUS_TIME_CORRECTION_ZONE:
      return chorus_time_correction_new_zone ((int) seconds);

    case CHORUS_TIME_CORRECTION_SHIFT:
      return chorus_time_correction_new_shift (seconds);

    case CHORUS_TIME_CORRECTION_SET:
      time = chorus_recording_time_new_from_iso ("2020-01-02T03:04:05+01:00", CHORUS_TIME_SOURCE_SERVICE);
      return chorus_time_correction_new_set (time);

    case CHORUS_TIME_CORRECTION_RECORDER:
    default:
      return chorus_time_correction_new_recorder ();
    }
}

static void
test_apply (void)
{
  static const struct
  {
    ChorusTimeCorrectionKind kind;
    gint64 seconds;
    const char *time;
    const char *corrected; /* NULL: nothing to correct */
  } cases[] = {
    /* The clock stays, whether a zone was known or not. */
    { CHORUS_TIME_CORRECTION_ZONE, 19800, "2025-06-04T05:00:00", "2025-06-04T05:00:00+05:30" },
    { CHORUS_TIME_CORRECTION_ZONE, 19800, "2025-06-04T05:00:00+02:00", "2025-06-04T05:00:00+05:30" },
    { CHORUS_TIME_CORRECTION_ZONE, 0, "2025-06-04T23:30:00.007000", "2025-06-04T23:30:00.007000+00:00" },
    { CHORUS_TIME_CORRECTION_ZONE, 19800, "2025-06-04T05:00:00+05:30", NULL },
    { CHORUS_TIME_CORRECTION_ZONE, 19800, NULL, NULL },
    /* The zone stays. */
    { CHORUS_TIME_CORRECTION_SHIFT, 3600, "2025-06-04T23:30:00", "2025-06-05T00:30:00" },
    { CHORUS_TIME_CORRECTION_SHIFT, -1, "2025-01-01T00:00:00+05:30", "2024-12-31T23:59:59+05:30" },
    { CHORUS_TIME_CORRECTION_SHIFT, 86400, "2024-02-28T12:00:00.250000", "2024-02-29T12:00:00.250000" },
    { CHORUS_TIME_CORRECTION_SHIFT, 0, "2025-06-04T05:00:00", NULL },
    { CHORUS_TIME_CORRECTION_SHIFT, 60, NULL, NULL },
    { CHORUS_TIME_CORRECTION_SHIFT, 3155760000, "9990-01-01T00:00:00", NULL },
    { CHORUS_TIME_CORRECTION_SHIFT, -3155760000, "0050-01-01T00:00:00", NULL },
    { CHORUS_TIME_CORRECTION_SET, 0, "2025-06-04T05:00:00", "2020-01-02T03:04:05+01:00" },
    { CHORUS_TIME_CORRECTION_SET, 0, NULL, "2020-01-02T03:04:05+01:00" },
    { CHORUS_TIME_CORRECTION_SET, 0, "2020-01-02T03:04:05+01:00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChorusTimeCorrection) made = correction_of (cases[i].kind, cases[i].seconds);
      g_autoptr (ChorusTimeCorrection) correction = chorus_time_correction_copy (made);
      g_autoptr (ChorusRecordingTime) time =
        chorus_recording_time_new_from_iso (cases[i].time, CHORUS_TIME_SOURCE_FILE_NAME);
      g_autoptr (ChorusRecordingTime) corrected = NULL;
      g_autofree char *iso = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (chorus_time_correction_get_kind (correction), ==, cases[i].kind);
      g_assert_cmpint (chorus_time_correction_apply (correction, time, time, &corrected), ==,
                       cases[i].corrected != NULL);
      iso = corrected ? chorus_recording_time_to_iso (corrected) : NULL;
      g_assert_cmpstr (iso, ==, cases[i].corrected);
      if (corrected)
        g_assert_cmpint (chorus_recording_time_get_source (corrected), ==, CHORUS_TIME_SOURCE_PERSON);
    }
}

static void
test_apply_recorder (void)
{
  g_autoptr (ChorusTimeCorrection) correction = chorus_time_correction_new_recorder ();
  g_autoptr (ChorusRecordingTime) recorder =
    chorus_recording_time_new_from_iso ("2025-06-04T05:00:00", CHORUS_TIME_SOURCE_FILE_NAME);
  g_autoptr (ChorusRecordingTime) person =
    chorus_recording_time_new_from_iso ("2025-06-04T05:00:00+05:30", CHORUS_TIME_SOURCE_PERSON);
  ChorusRecordingTime *corrected = NULL;

  g_assert_true (chorus_time_correction_apply (correction, person, recorder, &corrected));
  g_assert_cmpint (chorus_recording_time_get_source (corrected), ==, CHORUS_TIME_SOURCE_FILE_NAME);
  g_assert_false (chorus_recording_time_get_has_zone (corrected));
  g_clear_pointer (&corrected, chorus_recording_time_free);

  /* Where the recorder said nothing, nobody knows again. */
  g_assert_true (chorus_time_correction_apply (correction, person, NULL, &corrected));
  g_assert_null (corrected);

  g_assert_false (chorus_time_correction_apply (correction, recorder, recorder, &corrected));
  g_assert_false (chorus_time_correction_apply (correction, NULL, NULL, &corrected));
}

static void
test_recorder_text (void)
{
  g_autoptr (ChorusRecordingTime) time =
    chorus_recording_time_new_from_iso ("2025-06-04T05:00:00.250+05:30", CHORUS_TIME_SOURCE_METADATA);
  g_autofree char *text = chorus_recorder_time_to_text (time);
  g_autofree char *none = chorus_recorder_time_to_text (NULL);
  g_autoptr (ChorusRecordingTime) back = chorus_recorder_time_from_text (text);
  g_autofree char *iso = chorus_recording_time_to_iso (back);

  g_assert_cmpstr (text, ==, "metadata 2025-06-04T05:00:00.250000+05:30");
  g_assert_cmpstr (iso, ==, "2025-06-04T05:00:00.250000+05:30");
  g_assert_cmpint (chorus_recording_time_get_source (back), ==, CHORUS_TIME_SOURCE_METADATA);
  g_assert_cmpstr (none, ==, "unknown");
  g_assert_null (chorus_recorder_time_from_text (none));
  g_assert_null (chorus_recorder_time_from_text (NULL));
  g_assert_null (chorus_recorder_time_from_text ("file-name yesterday"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/time-correction/zones", test_zones);
  g_test_add_func ("/core/time-correction/zones-written", test_zones_written);
  g_test_add_func ("/core/time-correction/shifts", test_shifts);
  g_test_add_func ("/core/time-correction/shifts-written", test_shifts_written);
  g_test_add_func ("/core/time-correction/entered", test_entered);
  g_test_add_func ("/core/time-correction/apply", test_apply);
  g_test_add_func ("/core/time-correction/apply-recorder", test_apply_recorder);
  g_test_add_func ("/core/time-correction/recorder-text", test_recorder_text);

  return g_test_run ();
}
