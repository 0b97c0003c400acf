/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An export from the store to the disk. */

#include <signal.h>
#include <sys/resource.h>

#include "exchange/chorus-export.h"

#include "chorus-exchange-store-fixture.h"

/* Recordings in the store, and with how many detections each of the first of them. */
#define N_RECORDINGS 500
#define N_WITH_DETECTIONS 120
#define N_DETECTIONS 10

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture_open (fixture);
  fixture_execute (
    fixture,
    "INSERT INTO deployments (profile_id, deployment_id, name) VALUES ('p', 'd', '=North');"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
    " INSERT INTO recordings (recording_id, profile_id, deployment_id, name, duration)"
    "  SELECT i, 'p', 'd', printf ('%04d.wav', i), 60 FROM n;"
    "INSERT INTO runs (run_id, recording_id, inference_id, status, model_name, model_version)"
    "  SELECT recording_id, recording_id, 'i', 'completed', 'model', '1' FROM recordings WHERE recording_id <= 120;"
    "UPDATE recordings SET run_id = recording_id WHERE recording_id <= 120;"
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
    " INSERT INTO detections (run_id, ordinal, recording_id, scientific_name, confidence, start_time, end_time)"
    "  SELECT run_id, i, run_id, 'Turdus merula', i / 10.0, i, i + 1 FROM runs JOIN n;"
    "INSERT INTO verdicts (detection_id, verdict, reviewer, created_at)"
    "  SELECT detection_id, 'rejected', 'Asha', '2025-07-01T10:00:00Z' FROM detections"
    "  WHERE recording_id <= 100 AND ordinal = 9;");
}

static ChorusExport *
new_export (Fixture            *fixture,
            ChorusExportFormat  format,
            double              least_confidence)
{
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL);

  query->least_confidence = least_confidence;

  return chorus_export_new (fixture->library, query, format);
}

/* Runs an export to @name in the folder of the fixture. */
static gboolean
run (Fixture       *fixture,
     ChorusExport  *export,
     const char    *name,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (GFile) target = g_file_new_build_filename (fixture->folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  chorus_export_run_async (export, target, cancellable, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_export_run_finish (export, result, error);
}

typedef struct
{
  guint n_notes;
  guint last;
  guint cancel_at; /* 0: never */
  GCancellable *cancellable;
} Progress;

static void
progress_cb (ChorusExport *export,
             GParamSpec   *pspec,
             Progress     *progress)
{
  g_assert_cmpuint (chorus_export_get_n_recordings (export), ==, N_RECORDINGS);
  g_assert_cmpuint (chorus_export_get_n_done (export), >, progress->last);
  g_assert_cmpuint (chorus_export_get_n_done (export), <=, N_RECORDINGS);
  progress->last = chorus_export_get_n_done (export);
  progress->n_notes++;
  if (progress->cancel_at > 0 && progress->last >= progress->cancel_at)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_export_file (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChorusExport) export = new_export (fixture, CHORUS_EXPORT_CSV, 0.75);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (ChorusImport) import = NULL;
  Progress progress = { 0 };

  g_signal_connect (export, "notify::n-done", G_CALLBACK (progress_cb), &progress);
  g_assert_true (run (fixture, export, "a.csv", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (progress.last, ==, N_RECORDINGS);
  g_assert_cmpuint (progress.n_notes, >=, 3);
  /* Those of 0.8 and 0.9 */
  g_assert_cmpuint (chorus_export_get_n_detections (export), ==, 2 * N_WITH_DETECTIONS);
  g_assert_null (chorus_export_get_left_out (export)[0]);

  text = fixture_read (fixture->folder, "a.csv");
  g_assert_nonnull (strstr (text, "\n,,'=North,d,"));
  import = fixture_import (text, "a.csv");
  g_assert_cmpuint (chorus_import_get_n_rows (import), ==, 2 * N_WITH_DETECTIONS);
  g_assert_cmpstr (chorus_import_get_row (import, 0)->file, ==, "0001.wav");
  g_assert_cmpstr (chorus_import_get_row (import, 2 * N_WITH_DETECTIONS - 1)->file, ==, "0120.wav");
  g_assert_cmpint (chorus_import_get_row (import, 1)->verdict, ==, CHORUS_VERDICT_REJECTED);
}

static void
test_export_folder (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusExport) export = new_export (fixture, CHORUS_EXPORT_AUDACITY, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  g_auto (GStrv) list = NULL;

  g_assert_true (run (fixture, export, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (chorus_export_get_n_detections (export), ==, N_DETECTIONS * N_WITH_DETECTIONS);
  g_assert_cmpstr (chorus_export_get_left_out (export)[0], ==,
                   "380 recordings have no detection to write, and no files were made for them.");
  g_assert_null (chorus_export_get_left_out (export)[1]);

  names = fixture_list (fixture->folder);
  list = g_strsplit (names, "|", -1);
  g_assert_cmpuint (g_strv_length (list), ==, N_WITH_DETECTIONS);
  g_assert_cmpstr (list[0], ==, "0001.Chorus.labels.txt");
}

static void
test_export_left_out (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (ChorusExport) birdnet = new_export (fixture, CHORUS_EXPORT_BIRDNET, 0);
  g_autoptr (ChorusExport) raven = new_export (fixture, CHORUS_EXPORT_RAVEN_SEQUENCE, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (run (fixture, birdnet, "a.csv", NULL, &error));
  g_assert_cmpuint (chorus_export_get_n_detections (birdnet), ==, N_DETECTIONS * N_WITH_DETECTIONS - 100);
  g_assert_cmpstr (chorus_export_get_left_out (birdnet)[0], ==,
                   "100 rejected detections were left out, because this format cannot say that they are wrong.");

  g_assert_true (run (fixture, raven, "a.txt", NULL, &error));
  g_assert_cmpuint (chorus_export_get_n_detections (raven), ==, 0);
  g_assert_cmpstr (chorus_export_get_left_out (raven)[0], ==,
                   "500 recordings were left out, because their files are not where this computer knows them: find the "
                   "originals and export again.");
  text = fixture_read (fixture->folder, "a.txt");
  g_assert_true (g_str_has_suffix (text, "\tBegin Path\n"));
}

/* Canceled before it begins, and in the middle, to a file and to a folder. */
static void
test_export_canceled (Fixture       *fixture,
                      gconstpointer  data)
{
  static const ChorusExportFormat formats[] = { CHORUS_EXPORT_CSV, CHORUS_EXPORT_RAVEN };
  g_autofree char *before = g_build_filename (fixture->folder, "a", NULL);

  g_assert_true (g_file_set_contents (before, "before", -1, NULL));
  for (guint i = 0; i < 2 * G_N_ELEMENTS (formats); i++)
    {
      const ChorusExportFormat format = formats[i / 2];
      g_autoptr (ChorusExport) export = new_export (fixture, format, 0);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *names = NULL;
      g_autofree char *text = NULL;
      Progress progress = { .cancel_at = 150, .cancellable = cancellable };

      if (i % 2 == 0)
        g_cancellable_cancel (cancellable);
      g_signal_connect (export, "notify::n-done", G_CALLBACK (progress_cb), &progress);
      g_assert_false (run (fixture, export, format == CHORUS_EXPORT_CSV ? "a" : NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (i % 2 == 0 ? progress.last == 0 : progress.last >= 150 && progress.last < N_RECORDINGS);
      names = fixture_list (fixture->folder);
      g_assert_cmpstr (names, ==, "a");
      text = fixture_read (fixture->folder, "a");
      g_assert_cmpstr (text, ==, "before");
    }
}

/* A disk that takes no more, and a folder that is not there. */
static void
test_export_failed (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (ChorusExport) full = new_export (fixture, CHORUS_EXPORT_CSV, 0);
  g_autoptr (ChorusExport) nowhere = new_export (fixture, CHORUS_EXPORT_CSV, 0);
  g_autoptr (ChorusExport) broken = new_export (fixture, CHORUS_EXPORT_CSV, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  struct rlimit limit = { 0 };
  struct rlimit small = { 0 };

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 70000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (run (fixture, full, "a%s.csv", NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==,
                   "“a%s.csv” could not be saved, because this disk takes no file of its size: save less or choose "
                   "another disk.");
  g_clear_error (&error);

  g_assert_false (run (fixture, nowhere, "nowhere/a.csv", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* What the store says is told, and the file that was begun is removed. */
  fixture_execute (fixture, "ALTER TABLE runs RENAME TO hidden");
  g_assert_false (run (fixture, broken, "a.csv", NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == CHORUS_STORE_ERROR);

  names = fixture_list (fixture->folder);
  g_assert_cmpstr (names, ==, "");
}

static char *
preview (ChorusExport  *export,
         GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  chorus_export_preview_async (export, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);

  return chorus_export_preview_finish (export, result, error);
}

/* The first twenty lines are those that are written. */
static void
test_export_preview (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint format = 0; format <= CHORUS_EXPORT_KALEIDOSCOPE; format++)
    {
      const ChorusExportFormatInfo *info = chorus_export_format_get_info ((ChorusExportFormat) format);
      g_autoptr (ChorusExport) export = new_export (fixture, (ChorusExportFormat) format, 0);
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = preview (export, &error);
      g_autofree char *first = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) names = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_no_error (error);
      g_assert_true (run (fixture, export, info->extension ? "a" : NULL, NULL, &error));
      first = fixture_list (fixture->folder);
      names = g_strsplit (first, "|", -1);
      text = fixture_read (fixture->folder, names[0]);
      g_assert_true (g_str_has_prefix (text, shown));
      lines = g_strsplit (shown, "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), <=, 21);
      g_assert_true (g_strv_length (lines) == 21 || g_str_equal (shown, text));
      for (guint i = 0; names[i]; i++)
        {
          g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

          g_assert_cmpint (g_unlink (path), ==, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/exchange/export/" name, Fixture, NULL, set_up, function, fixture_tear_down)
  ADD ("file", test_export_file);
  ADD ("folder", test_export_folder);
  ADD ("left-out", test_export_left_out);
  ADD ("canceled", test_export_canceled);
  ADD ("failed", test_export_failed);
  ADD ("preview", test_export_preview);

  return g_test_run ();
}
