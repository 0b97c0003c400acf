/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-time-choice.h"

#define MAX_CANDIDATES 6

/* The present, in these tests. */
#define NOW "2025-06-10T12:00:00Z"

typedef struct
{
  const char *candidates[MAX_CANDIDATES]; /* source and time */
  const char *expected;                   /* source, time, "!" where implausible, conflict */
} Case;

static ChorusRecordingTime *
parse (const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (!text)
    return NULL;

  parts = g_strsplit (text, " ", 2);

  return chorus_recording_time_new_from_iso (parts[1], chorus_time_source_from_text (parts[0]));
}

static char *
describe (const ChorusTimeChoice *choice)
{
  GString *text = g_string_new (NULL);
  g_autofree char *iso = choice->time ? chorus_recording_time_to_iso (choice->time) : NULL;

  if (!choice->time)
    g_string_append (text, "nothing");
  else
    g_string_append_printf (text, "%s %s", chorus_time_source_to_text (chorus_recording_time_get_source (choice->time)),
                            iso);
  if (!choice->plausible)
    g_string_append (text, "!");
  if (choice->conflict == CHORUS_TIME_CONFLICT_DIFFERS)
    g_string_append_printf (text, ", %s differs by %.12g s", chorus_time_source_to_text (choice->other),
                            choice->difference);
  else if (choice->conflict == CHORUS_TIME_CONFLICT_ZONE_SLIP)
    g_string_append_printf (text, ", %s slips by %.12g s", chorus_time_source_to_text (choice->other),
                            choice->difference);
  else
    g_assert_cmpint (choice->other, ==, CHORUS_TIME_SOURCE_UNKNOWN);
  if (choice->passed_over)
    g_string_append_printf (text, ", not %s",
                            chorus_time_source_to_text (chorus_recording_time_get_source (choice->passed_over)));

  return g_string_free (text, FALSE);
}

/* The same, whatever the order of the candidates. */
static void
assert_case (const Case *c)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (NOW, NULL);

  for (guint rotation = 0; rotation < MAX_CANDIDATES; rotation++)
    {
      ChorusRecordingTime *candidates[MAX_CANDIDATES] = { NULL };
      g_autoptr (ChorusTimeChoice) choice = NULL;
      g_autofree char *text = NULL;

      for (guint i = 0; i < MAX_CANDIDATES; i++)
        candidates[(i + rotation) % MAX_CANDIDATES] = parse (c->candidates[i]);
      choice = chorus_time_choice_new ((const ChorusRecordingTime *const *) candidates, MAX_CANDIDATES, now);
      text = describe (choice);
      g_assert_cmpstr (text, ==, c->expected);
      for (guint i = 0; i < MAX_CANDIDATES; i++)
        chorus_recording_time_free (candidates[i]);
    }
}

static void
assert_cases (const Case *cases,
              gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_test_message ("%s", cases[i].expected);
      assert_case (&cases[i]);
    }
}

static void
test_order (void)
{
  static const Case cases[] = {
    { { "guano 2025-06-04T05:00:00+05:30", "wamd 2025-06-04T05:00:00", "audiomoth 2025-06-04T05:00:00",
        "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:00:00", "modified 2025-06-04T05:05:00Z" },
      "guano 2025-06-04T05:00:00+05:30" },
    { { "wamd 2025-06-04T05:00:00", "audiomoth 2025-06-04T05:00:00", "bext 2025-06-04T05:00:00" },
      "wamd 2025-06-04T05:00:00" },
    { { "audiomoth 2025-06-04T05:00:00", "bext 2025-06-04T05:00:00" }, "audiomoth 2025-06-04T05:00:00" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:00:00" }, "bext 2025-06-04T05:00:00" },
    { { "file-name 2025-06-04T05:00:00", "modified 2025-06-04T05:10:00Z" }, "file-name 2025-06-04T05:00:00" },
    { { "modified 2025-06-04T05:10:00+02:00" }, "modified 2025-06-04T05:10:00+02:00" },
    { { "person 2025-06-04T05:00:00Z", "guano 2025-06-04T05:00:00Z" }, "person 2025-06-04T05:00:00+00:00" },
    { { NULL }, "nothing!" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_plausible (void)
{
  static const Case cases[] = {
    /* The clock of the recorder was never set; the name is of a person's making, or the file's date is. */
    { { "guano 1970-01-01T00:00:10Z", "file-name 2025-06-04T05:00:00" },
      "file-name 2025-06-04T05:00:00, guano differs by -1749013190 s, not guano" },
    { { "file-name 1999-12-31T23:59:59", "modified 2025-06-04T05:10:00Z" },
      "modified 2025-06-04T05:10:00+00:00, not file-name" },
    { { "guano 2000-01-01T00:00:00", "modified 2025-06-04T05:10:00Z" }, "guano 2000-01-01T00:00:00" },
    { { "guano 2026-06-04T05:00:00Z", "audiomoth 1980-01-01T00:00:00", "modified 2031-01-01T00:00:00Z" },
      "guano 2026-06-04T05:00:00+00:00!, audiomoth differs by -1465016400 s" },
    { { "modified 1980-01-01T00:00:00Z" }, "modified 1980-01-01T00:00:00+00:00!" },
    /* Five in the afternoon may have been, further east; with its zone it has not been yet. */
    { { "file-name 2025-06-10T17:00:00" }, "file-name 2025-06-10T17:00:00" },
    { { "guano 2025-06-10T17:00:00", "file-name 2025-06-10T17:00:00+02:00" }, "guano 2025-06-10T17:00:00+02:00!" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_conflicts (void)
{
  static const Case cases[] = {
    { { "guano 2025-06-04T05:00:00Z", "file-name 2025-06-04T05:00:02" }, "guano 2025-06-04T05:00:00+00:00" },
    { { "guano 2025-06-04T05:00:00Z", "file-name 2025-06-04T05:00:03" },
      "guano 2025-06-04T05:00:00+00:00, file-name differs by 3 s" },
    { { "guano 2025-06-04T05:00:00Z", "file-name 2025-06-04T04:59:57.500" },
      "guano 2025-06-04T05:00:00+00:00, file-name differs by -2.5 s" },
    /* The most trusted one that differs is the one that is told. */
    { { "guano 2025-06-04T05:00:00Z", "wamd 2025-06-04T05:00:01Z", "bext 2025-06-04T05:07:00",
        "file-name 2025-06-04T09:00:00" },
      "guano 2025-06-04T05:00:00+00:00, bext differs by 420 s" },
    /* A copy gives a file a new date. That is no contradiction. */
    { { "guano 2025-06-04T05:00:00Z", "modified 2025-06-09T05:00:00Z" }, "guano 2025-06-04T05:00:00+00:00" },
    /* The firmware 1.2.2 of the AudioMoth is wrong by an hour in zones with half hours; the name is right. */
    { { "audiomoth 2019-12-04T19:17:30+05:30", "file-name 2019-12-04T18:17:30" },
      "audiomoth 2019-12-04T19:17:30+05:30, file-name slips by -3600 s" },
    { { "audiomoth 2025-06-04T05:00:00Z", "file-name 2025-06-04T10:30:01" },
      "audiomoth 2025-06-04T05:00:00+00:00, file-name slips by 19801 s" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:30:00" },
      "bext 2025-06-04T05:00:00, file-name slips by 1800 s" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:30:03" },
      "bext 2025-06-04T05:00:00, file-name differs by 1803 s" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:15:00" },
      "bext 2025-06-04T05:00:00, file-name differs by 900 s" },
    /* Fourteen hours are still a zone, half a day more is not. */
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T19:00:00" },
      "bext 2025-06-04T05:00:00, file-name slips by 50400 s" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-04T19:30:00" },
      "bext 2025-06-04T05:00:00, file-name differs by 52200 s" },
    { { "bext 2025-06-04T05:00:00", "file-name 2025-06-05T05:00:00" },
      "bext 2025-06-04T05:00:00, file-name differs by 86400 s" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_zones (void)
{
  static const Case cases[] = {
    /* The same clock, and the same instant, with one zone or two */
    { { "guano 2025-06-04T05:00:00+10:00", "file-name 2025-06-04T05:00:00" }, "guano 2025-06-04T05:00:00+10:00" },
    { { "guano 2025-06-04T05:00:00+10:00", "file-name 2025-06-03T19:00:00" }, "guano 2025-06-04T05:00:00+10:00" },
    { { "guano 2025-06-04T05:00:00+10:00", "file-name 2025-06-03T19:00:00Z" }, "guano 2025-06-04T05:00:00+10:00" },
    { { "guano 2025-06-04T05:00:00+10:00", "file-name 2025-06-04T05:00:00Z" },
      "guano 2025-06-04T05:00:00+10:00, file-name slips by 36000 s" },
    /* Neither: the smaller of the two differences, and a slip of zones before anything else */
    { { "guano 2025-06-04T05:00:00+10:00", "file-name 2025-06-04T06:00:00" },
      "guano 2025-06-04T05:00:00+10:00, file-name slips by 3600 s" },
    { { "guano 2025-06-04T05:00:00+05:45", "file-name 2025-06-04T00:15:00" },
      "guano 2025-06-04T05:00:00+05:45, file-name slips by 3600 s" },
    /* A zone from below, by the clock or by the instant; not from the date of the file, and not from another clock */
    { { "wamd 2025-06-04T05:00:00.500", "bext 2025-06-04T05:00:00", "file-name 2025-06-04T05:00:01-03:30" },
      "wamd 2025-06-04T05:00:00.500000-03:30" },
    { { "wamd 2025-06-03T19:00:00", "file-name 2025-06-04T05:00:01+10:00" }, "wamd 2025-06-04T05:00:00+10:00" },
    { { "wamd 2025-06-04T05:00:00", "modified 2025-06-04T05:00:00+02:00" }, "wamd 2025-06-04T05:00:00" },
    { { "wamd 2025-06-04T05:00:00", "file-name 2025-06-04T05:10:00+02:00" },
      "wamd 2025-06-04T05:00:00, file-name differs by 600 s" },
    /* The first zone holds, the second one is then in its way. */
    { { "wamd 2025-06-04T05:00:00", "audiomoth 2025-06-04T05:00:00+02:00", "file-name 2025-06-04T05:00:00+01:00" },
      "wamd 2025-06-04T05:00:00+02:00, file-name slips by 3600 s" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/time-choice/order", test_order);
  g_test_add_func ("/core/time-choice/plausible", test_plausible);
  g_test_add_func ("/core/time-choice/conflicts", test_conflicts);
  g_test_add_func ("/core/time-choice/zones", test_zones);

  return g_test_run ();
}
