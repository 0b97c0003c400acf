/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the library share: a store, rows in it, and what the service might answer. */

#pragma once

#include <math.h>

#include "chorus-test.h"
#include "library/chorus-library.h"
#include "library/chorus-recording-rows.h"
#include "store/chorus-schema.h"

G_BEGIN_DECLS

static inline ChorusStore *
fixture_open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  ChorusStore *store = chorus_store_open (path, chorus_schema_get_migrations (), &error);

  g_assert_no_error (error);

  return store;
}

/* Joins the thread of the store first: it may be about to let go of the last task. */
static inline void
fixture_close (ChorusStore   *store,
               ChorusLibrary *library)
{
  chorus_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (library)
    g_assert_finalize_object (library);
  g_assert_finalize_object (store);
}

static inline gpointer
fixture_run (ChorusStore     *store,
             ChorusStoreFunc  func,
             gpointer         data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  chorus_store_run_async (store, func, data, NULL, NULL, NULL, chorus_test_result_cb, &result);
  chorus_test_wait (result);
  value = chorus_store_run_finish (store, result, &error);
  g_assert_no_error (error);

  return value;
}

static inline gpointer
fixture_execute_job (ChorusDatabase  *db,
                     gpointer         data,
                     GError         **error)
{
  return GINT_TO_POINTER (chorus_database_execute (db, data, error));
}

static inline void
fixture_execute (ChorusStore *store,
                 const char  *sql)
{
  fixture_run (store, fixture_execute_job, (gpointer) sql);
}

static inline gpointer
fixture_read_job (ChorusDatabase  *db,
                  gpointer         data,
                  GError         **error)
{
  g_autoptr (ChorusStatement) select = chorus_statement_new (db, data, error);
  GString *text = g_string_new (NULL);

  if (!select)
    return g_string_free (text, FALSE);
  while (chorus_statement_step (select, error) == CHORUS_STEP_ROW)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            chorus_statement_is_null (select, 0) ? "-" : chorus_statement_get_text (select, 0));

  return g_string_free (text, FALSE);
}

/* The first column of all rows, with spaces between. */
#define fixture_assert(store, sql, expected)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = fixture_run (store, fixture_read_job, (gpointer) (sql));                                  \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static inline ChorusPrediction *
fixture_prediction (const char *scientific_name,
                    const char *common_name,
                    double      start,
                    double      end)
{
  ChorusPredictionInit init = {
    .scientific_name = scientific_name,
    .common_name = common_name,
    .confidence = 0.5,
    .start_time = start,
    .end_time = end,
    .low_freq = 1000,
    .high_freq = 2000,
  };

  return chorus_prediction_new (&init);
}

/* A run that found each of @names in turn, one second after the other. */
static inline ChorusInference *
fixture_inference (const char                   *id,
                   ChorusInferenceStatus         status,
                   const char            *const *names)
{
  g_autoptr (GPtrArray) predictions = g_ptr_array_new_with_free_func (g_object_unref);
  ChorusInferenceInit init = { .id = id, .status = status, .model_name = "model", .model_version = "1" };

  for (guint i = 0; names && names[i]; i++)
    g_ptr_array_add (predictions, fixture_prediction (names[i], NULL, i, i + 1));
  init.predictions = predictions;

  return chorus_inference_new (&init);
}

/* Takes the references of the inferences that follow @name, up to NULL. */
static inline ChorusFile *
fixture_file (const char *id, const char *name, ...)
{
  g_autoptr (GPtrArray) inferences = g_ptr_array_new_with_free_func (g_object_unref);
  ChorusFileInit init = { .id = id, .name = name, .url = "gs://bucket/x.wav", .duration = 60, .size = 4000 };
  ChorusInference *inference = NULL;
  va_list arguments;

  va_start (arguments, name);
  while ((inference = va_arg (arguments, ChorusInference *)))
    g_ptr_array_add (inferences, inference);
  va_end (arguments);
  init.inferences = inferences;

  return chorus_file_new (&init);
}

/* Brings the store into line with @file alone, as a refresh does; returns how many recordings changed. */
static inline guint
fixture_sync (ChorusStore *store,
              ChorusFile  *file)
{
  g_autoptr (ChorusRecordingsInput) input = chorus_recordings_input_new ("p", "d");
  g_autoptr (ChorusRecordingsOutput) output = NULL;

  input->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (input->files, file);
  output = fixture_run (store, chorus_recording_rows_write_files, input);

  return output->recordings->len;
}

G_END_DECLS
