/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the exchange share: results, what a writer makes of them, and what a table says. */

#pragma once

#include <math.h>

#include "chorus-test.h"
#include "exchange/chorus-export-writer.h"
#include "exchange/chorus-import.h"

G_BEGIN_DECLS

static inline ChorusResult *
fixture_result (const char *name,
                const char *deployment_id,
                double      duration)
{
  ChorusResult *result = chorus_result_new ();

  result->name = g_strdup (name);
  result->deployment_id = g_strdup (deployment_id);
  result->duration = duration;
  result->analyzed = TRUE;

  return result;
}

/* Adds a detection that nobody has judged, with a confidence of 0.5. */
static inline ChorusResultDetection *
fixture_detect (ChorusResult *result,
                const char   *scientific_name,
                const char   *common_name,
                double        start,
                double        end,
                double        low,
                double        high)
{
  ChorusResultDetection *detection = chorus_result_detection_new ();

  detection->scientific_name = g_strdup (scientific_name);
  detection->common_name = g_strdup (common_name);
  detection->confidence = 0.5;
  detection->start = start;
  detection->end = end;
  detection->low = low;
  detection->high = high;
  g_ptr_array_add (result->detections, detection);

  return detection;
}

static inline GPtrArray *
fixture_results (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
}

static inline char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("chorus-exchange-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

/* Writes all of @results to @name in @folder or, where that is NULL, into the folder. */
static inline void
fixture_write (ChorusExportWriter *writer,
               GPtrArray          *results,
               const char         *folder,
               const char         *name)
{
  g_autoptr (GFile) target = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  chorus_export_writer_begin (writer, target, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      chorus_export_writer_add (writer, g_ptr_array_index (results, i), NULL, &error);
      g_assert_no_error (error);
    }
  chorus_export_writer_finish (writer, &error);
  g_assert_no_error (error);
}

static inline char *
fixture_read (const char *folder,
              const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static inline int
fixture_compare_names (gconstpointer a,
                       gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a folder, in order. */
static inline char *
fixture_list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, fixture_compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv ("|", (char **) names->pdata);
}

static inline ChorusImport *
fixture_import_bytes (const char *bytes,
                      gsize       length,
                      const char *name)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  g_autoptr (GError) error = NULL;
  ChorusImport *import = chorus_import_read_stream (stream, name, NULL, &error);

  g_assert_no_error (error);

  return import;
}

static inline ChorusImport *
fixture_import (const char *text,
                const char *name)
{
  return fixture_import_bytes (text, strlen (text), name);
}

#define fixture_assert_near(a, b, tolerance)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const double a_ = (a);                                                                                             \
    const double b_ = (b);                                                                                             \
    if (isnan (b_))                                                                                                    \
      g_assert_true (isnan (a_));                                                                                      \
    else                                                                                                               \
      g_assert_cmpfloat_with_epsilon (a_, b_, tolerance);                                                              \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
