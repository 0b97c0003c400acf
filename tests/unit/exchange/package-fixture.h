/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of packages share: a scratch folder, outside tools, and results made by hand. */

#pragma once

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "chorus-test.h"
#include "exchange/chorus-export-writer.h"

#define PYTHON "/usr/bin/python3"

typedef struct
{
  char *folder;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-exchange-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

#define fixture_add(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

static inline char *
fixture_path (Fixture    *fixture,
              const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* Runs a tool to its end and returns whether it succeeded, with all that it said. */
static inline gboolean
fixture_run (const char *const *argv,
             char             **output)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) said = NULL;
  g_autofree char *text = NULL;
  gboolean success = FALSE;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  success = process && g_subprocess_communicate (process, NULL, NULL, &said, NULL, &error)
            && g_subprocess_get_successful (process);
  if (said && g_bytes_get_size (said) > 0)
    text = g_utf8_make_valid (g_bytes_get_data (said, NULL), (gssize) g_bytes_get_size (said));
  if (!success)
    g_test_message ("%s failed: %s\n%s", argv[0], error ? error->message : "its exit status is not 0",
                    text ? text : "");
  if (output)
    *output = text ? g_steal_pointer (&text) : g_strdup ("");

  return success;
}

/* Whether a module of Python is there; the test is skipped where it is not. */
static inline gboolean
fixture_can_import (const char *module)
{
  g_autofree char *script = g_strdup_printf ("import %s", module);
  const char *argv[] = { PYTHON, "-c", script, NULL };

  if (fixture_run (argv, NULL))
    return TRUE;
  g_test_skip_printf ("Python has no %s here", module);

  return FALSE;
}

/* Runs a script of this folder on @first and @second, and wants it to succeed. */
static inline char *
fixture_check (const char *script,
               const char *first,
               const char *second)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "unit", "exchange", script, NULL);
  const char *argv[] = { PYTHON, "-B", path, first, second, NULL };
  char *output = NULL;

  g_assert_true (fixture_run (argv, &output));

  return output;
}

static inline guint
fixture_count (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}

/* From here on no file may be larger than @size, as on a disk that is full. */
static inline void
fixture_limit_size (rlim_t size)
{
  struct rlimit limit = { 0 };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size == 0 ? limit.rlim_max : size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static inline ChorusResult *
result_new (gint64      id,
            const char *name,
            const char *recorded)
{
  ChorusResult *result = chorus_result_new ();

  result->recording_id = id;
  result->name = g_strdup (name);
  result->deployment_id = g_strdup ("dep-1");
  result->project = g_strdup ("Western Ghats");
  result->site = g_strdup ("Site A");
  result->deployment = g_strdup ("North");
  result->recorded = chorus_recording_time_new_from_iso (recorded, CHORUS_TIME_SOURCE_FILE_NAME);
  result->duration = 300.0;
  result->sample_rate = 48000.0;
  result->n_channels = 1;
  result->size = 28800044;
  result->analyzed = TRUE;

  return result;
}

static inline ChorusResultDetection *
result_add (ChorusResult  *result,
            gint64         id,
            const char    *scientific,
            const char    *common,
            double         start,
            double         end,
            double         confidence,
            ChorusVerdict  verdict)
{
  ChorusResultDetection *detection = chorus_result_detection_new ();

  detection->detection_id = id;
  detection->scientific_name = g_strdup (scientific);
  detection->common_name = g_strdup (common);
  detection->start = start;
  detection->end = end;
  detection->confidence = confidence;
  detection->verdict = verdict;
  detection->model_name = g_strdup ("BirdNET");
  detection->model_version = g_strdup ("2.4");
  if (verdict != CHORUS_VERDICT_NONE)
    {
      detection->reviewer = g_strdup ("Asha Rao");
      detection->reviewed_at = g_strdup ("2026-05-03T10:00:00.5+05:30");
    }
  g_ptr_array_add (result->detections, detection);

  return detection;
}

static inline void
writer_add (ChorusExportWriter *writer,
            const ChorusResult *result)
{
  g_autoptr (GError) error = NULL;

  chorus_export_writer_add (writer, result, NULL, &error);
  g_assert_no_error (error);
}

static inline void
writer_begin (ChorusExportWriter *writer,
              const char         *path)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  chorus_export_writer_begin (writer, target, &error);
  g_assert_no_error (error);
}

static inline void
writer_finish (ChorusExportWriter *writer)
{
  g_autoptr (GError) error = NULL;

  chorus_export_writer_finish (writer, &error);
  g_assert_no_error (error);
}
