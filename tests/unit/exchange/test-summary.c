/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page about all, with Python's parser, xmllint and scipy as the truth. */

#include "package-fixture.h"

#include "exchange/chorus-summary-writer.h"
#include "exchange/chorus-summary.h"

#define NARROW "\u202f"

static ChorusExportWriter *
make_writer (const char *title)
{
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 6, 1, 8, 0, 0.0);
  ChorusSummaryOptions options = { title, created };

  return chorus_summary_writer_new (&options);
}

static char *
read_page (const char *path)
{
  const char *lint[] = { "xmllint", "--html", "--noout", "--nonet", path, NULL };
  g_autofree char *said = NULL;

  g_assert_true (fixture_run (lint, &said));
  /* libxml2 knows the HTML of before sections and drawings, and nothing else may be wrong. */
  {
    g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

    for (guint i = 0; lines[i]; i++)
      if (strstr (lines[i], "error") && !strstr (lines[i], "Tag "))
        g_error ("%s", lines[i]);
  }

  return fixture_check ("check-summary.py", path, NULL);
}

static void
test_summary_page (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChorusExportWriter) writer = make_writer (NULL);
  g_autoptr (ChorusResult) first = result_new (1, "a.wav", "2026-05-01T05:50:00+02:00");
  g_autoptr (ChorusResult) second = result_new (2, "b.wav", "2026-05-03T23:00:00");
  g_autoptr (ChorusResult) third = result_new (3, "c.wav", NULL);
  g_autofree char *path = fixture_path (fixture, "a.html");
  g_autofree char *rows = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GString) hours = g_string_new (NULL);
  ChorusResultDetection *detection = NULL;
  char *after = NULL;

  first->duration = 1800.0;
  for (guint i = 0; i < 8; i++)
    result_add (first, i, "Pavo cristatus", "Indian Peafowl", 10.0 * i, 10.0 * i + 3.0, 0.9,
                i < 6 ? CHORUS_VERDICT_CONFIRMED : CHORUS_VERDICT_REJECTED);
  result_add (first, 10, "Pavo cristatus", "Indian Peafowl", 700.0, 703.0, 0.4, CHORUS_VERDICT_UNCERTAIN);
  detection = result_add (first, 11, "Pavo cristatus", "Indian Peafowl", 700.0, 703.0, 0.4, CHORUS_VERDICT_CONFIRMED);
  detection->verdict_scientific_name = g_strdup ("Corvus splendens");
  result_add (second, 12, "Engine", "Engine", 10.0, 13.0, 0.4, CHORUS_VERDICT_NONE);
  g_free (third->deployment_id);
  g_free (third->deployment);
  third->deployment_id = g_strdup ("dep-2");
  third->deployment = g_strdup ("River");
  third->analyzed = FALSE;
  writer_begin (writer, path);
  writer_add (writer, first);
  writer_add (writer, second);
  writer_add (writer, third);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  writer_finish (writer);

  rows = read_page (path);
  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    g_string_append_printf (hours, "%02u:00 | %d | %d | %s" NARROW "h\n", i,
                            i == 5   ? 6
                            : i == 6 ? 2
                                     : i == 23,
                            i == 5 ? 6 : i == 6,
                            i == 5    ? "0.2"
                            : i == 6  ? "0.3"
                            : i == 23 ? "0.1"
                                      : "0.0");
  after = strstr (rows, "Name |");
  g_assert_nonnull (after);
  before = g_strndup (rows, (gsize) (after - rows));
  g_assert_true (g_str_has_suffix (before, hours->str));
  before[strlen (before) - hours->len] = '\0';
  g_assert_cmpstr (before, ==,
                   "Confirmed: 7 (64" NARROW "%)\n"
                   "Uncertain: 1 (9" NARROW "%)\n"
                   "Rejected: 2 (18" NARROW "%)\n"
                   "Not reviewed: 1 (9" NARROW "%)\n"
                   "Confirmed detections\n"
                   "Other detections that were not rejected\n"
                   "Recorded time\n"
                   "Hour | Not rejected | Confirmed | Recorded\n");
  /* 6 of 9: 0.354200 to 0.879417, by scipy 1.10.1, binomtest (6, 9).proportion_ci (method="wilson"). */
  g_assert_cmpstr (after, ==,
                   "Name | Hours | Detections | Confirmed | Uncertain | Rejected | Precision | From 0 to 100" NARROW
                   "%\n"
                   "Indian Peafowl/Pavo cristatus |  | 10 | 6 | 1 | 3 | 67" NARROW "% (35 to 88) | \n"
                   "Corvus splendens |  | 1 | 1 | 0 | 0 | – | \n"
                   "Name | Hours | Detections | Confirmed | Uncertain | Rejected | Precision | From 0 to 100" NARROW
                   "%\n"
                   "Engine |  | 1 | 0 | 0 | 0 | – | \n"
                   "Deployment | Site | From | Recordings | Recorded | Detections\n"
                   "North | Site A | 1 May 2026 – 3 May 2026 | 2 | 0.6" NARROW "h | 9\n"
                   "River | Site A | – | 1 | 0.1" NARROW "h | 0\n"
                   "Model | Detections\n"
                   "BirdNET 2.4 | 11\n");
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
}

/* Names are data. */
static void
test_summary_injection (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char evil[] = "</td></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\x01";
  g_autoptr (ChorusExportWriter) writer = make_writer (evil);
  g_autoptr (ChorusResult) result = result_new (1, evil, "2026-05-01T05:50:00+02:00");
  ChorusResultDetection *detection = NULL;
  g_autofree char *path = fixture_path (fixture, "a.html");
  g_autofree char *page = NULL;
  g_autofree char *rows = NULL;
  const char *lint[] = { "xmllint", "--html", "--noout", "--nonet", path, NULL };

  g_free (result->deployment);
  g_free (result->site);
  g_free (result->project);
  result->deployment = g_strdup (evil);
  result->site = g_strdup (evil);
  result->project = g_strdup (evil);
  detection = result_add (result, 1, evil, evil, 0.0, 3.0, 0.9, CHORUS_VERDICT_CONFIRMED);
  g_free (detection->model_name);
  detection->model_name = g_strdup (evil);
  result_add (result, 2, "%s%n%d", NULL, 0.0, 3.0, 0.9, CHORUS_VERDICT_CONFIRMED);
  writer_begin (writer, path);
  writer_add (writer, result);
  writer_finish (writer);

  g_assert_true (fixture_run (lint, NULL));
  rows = fixture_check ("check-summary.py", path, "evil");
  g_assert_nonnull (strstr (rows, "</td></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\ufffd"));
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "<img"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  g_assert_nonnull (strstr (page, "%s%n%d"));
}

/* A page about nothing is a page. */
static void
test_summary_empty (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusExportWriter) writer = make_writer (NULL);
  g_autofree char *path = fixture_path (fixture, "a.html");
  g_autofree char *rows = NULL;

  writer_begin (writer, path);
  writer_finish (writer);
  rows = read_page (path);
  g_assert_true (g_str_has_prefix (rows, "Confirmed: 0 (–)\n"));
}

/* Hours of the day, over midnight and over days. */
static void
test_summary_hours (void)
{
  g_autoptr (ChorusSummary) summary = chorus_summary_new ();
  g_autoptr (ChorusResult) night = result_new (1, "a.wav", "2026-05-01T22:30:00+05:30");
  g_autoptr (ChorusResult) days = result_new (2, "b.wav", "2026-05-02T06:00:00+05:30");
  double total = 0.0;

  night->duration = 3.0 * 3600.0;
  result_add (night, 1, "Otus bakkamoena", NULL, 1800.0, 1803.0, 0.9, CHORUS_VERDICT_NONE);
  result_add (night, 2, "Otus bakkamoena", NULL, 5400.0, 5403.0, 0.9, CHORUS_VERDICT_CONFIRMED);
  result_add (night, 3, "Otus bakkamoena", NULL, 9000.0, 9003.0, 0.9, CHORUS_VERDICT_REJECTED);
  days->duration = 50.0 * 3600.0;
  result_add (days, 4, "Otus bakkamoena", NULL, 49.5 * 3600.0, 49.5 * 3600.0 + 3.0, 0.9, CHORUS_VERDICT_NONE);
  chorus_summary_add (summary, night);
  g_assert_cmpfloat (summary->recorded_hours[22], ==, 1800.0);
  g_assert_cmpfloat (summary->recorded_hours[23], ==, 3600.0);
  g_assert_cmpfloat (summary->recorded_hours[0], ==, 3600.0);
  g_assert_cmpfloat (summary->recorded_hours[1], ==, 1800.0);
  chorus_summary_add (summary, days);
  for (guint i = 0; i < CHORUS_SUMMARY_HOURS; i++)
    {
      g_assert_cmpuint (summary->hours[i], ==, i == 23 || i == 0 || i == 7);
      g_assert_cmpuint (summary->confirmed_hours[i], ==, i == 0);
      total += summary->recorded_hours[i];
    }
  g_assert_cmpfloat (total, ==, 53.0 * 3600.0);
  g_assert_cmpfloat (summary->recorded_hours[6], ==, 3.0 * 3600.0);
  g_assert_cmpfloat (summary->recorded_hours[8], ==, 2.0 * 3600.0);
}

static void
test_summary_precision (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char compute[] = "import scipy.stats\n"
                                "for n in range(1, 41):\n"
                                "    for k in range(n + 1):\n"
                                "        ci = scipy.stats.binomtest(k, n).proportion_ci(method='wilson')\n"
                                "        print('%d %d %.15g %.15g' % (k, n, ci.low, ci.high))\n";
  const char *argv[] = { PYTHON, "-c", compute, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  ChorusSummarySpecies nothing = { 0 };
  double low = 0.0;
  double high = 0.0;

  g_assert_true (isnan (chorus_summary_species_get_precision (&nothing, &low, &high)));
  g_assert_true (isnan (low) && isnan (high));
  if (!fixture_can_import ("scipy.stats"))
    return;

  g_assert_true (fixture_run (argv, &output));
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 860);
  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", -1);
      guint k = (guint) g_ascii_strtoull (fields[0], NULL, 10);
      guint n = (guint) g_ascii_strtoull (fields[1], NULL, 10);
      ChorusSummarySpecies species = { 0 };

      /* What a person named is no merit of the model. */
      species.n_named = i % 3;
      species.counts.by_verdict[CHORUS_VERDICT_CONFIRMED] = k + species.n_named;
      species.counts.by_verdict[CHORUS_VERDICT_REJECTED] = n - k;
      species.counts.by_verdict[CHORUS_VERDICT_UNCERTAIN] = 5;
      g_assert_cmpfloat (chorus_summary_species_get_precision (&species, &low, &high), ==, (double) k / n);
      g_assert_cmpfloat_with_epsilon (low, g_ascii_strtod (fields[2], NULL), 1e-12);
      g_assert_cmpfloat_with_epsilon (high, g_ascii_strtod (fields[3], NULL), 1e-12);
    }
}

static void
test_summary_leaves_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChorusResult) result = result_new (1, "a.wav", "2026-05-01T05:50:00+02:00");
  g_autofree char *path = fixture_path (fixture, "a.html");
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ChorusExportWriter) writer = make_writer (NULL);
      g_autoptr (GError) error = NULL;

      writer_begin (writer, path);
      writer_add (writer, result);
      if (i == 0)
        continue;
      fixture_limit_size (1000);
      g_assert_false (chorus_export_writer_finish (writer, &error));
      fixture_limit_size (0);
      g_assert_nonnull (strstr (error->message, "“a.html” could not be saved"));
    }
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  g_assert_cmpuint (fixture_count (fixture), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/summary/page", test_summary_page);
  fixture_add ("/exchange/summary/injection", test_summary_injection);
  fixture_add ("/exchange/summary/empty", test_summary_empty);
  g_test_add_func ("/exchange/summary/hours", test_summary_hours);
  fixture_add ("/exchange/summary/precision", test_summary_precision);
  fixture_add ("/exchange/summary/leaves-nothing", test_summary_leaves_nothing);

  return g_test_run ();
}
