/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-plan.h"

#include <glib/gi18n.h>

#include "chorus-import-match.h"
#include "library/chorus-result-query.h"
#include "library/chorus-result-reader.h"

struct _ChorusImportPlan
{
  GObject parent_instance;

  ChorusLibrary *library;
  GFile *file;

  ChorusImport *import;     /* what the table says */
  GPtrArray *recordings;    /* of ChorusResult, those there are */
  ChorusImportMatch *match; /* of both; read by workers once it is there */
  ChorusResultReader *reader;
  guint n_recordings;
};

G_DEFINE_FINAL_TYPE (ChorusImportPlan, chorus_import_plan, G_TYPE_OBJECT)

static void
chorus_import_plan_finalize (GObject *object)
{
  ChorusImportPlan *self = CHORUS_IMPORT_PLAN (object);

  g_clear_pointer (&self->match, chorus_import_match_free);
  g_clear_pointer (&self->import, chorus_import_free);
  g_clear_pointer (&self->recordings, g_ptr_array_unref);
  g_clear_object (&self->reader);
  g_clear_object (&self->file);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (chorus_import_plan_parent_class)->finalize (object);
}

static void
chorus_import_plan_class_init (ChorusImportPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_import_plan_finalize;
}

static void
chorus_import_plan_init (ChorusImportPlan *self)
{
  self->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);
}

ChorusImportPlan *
chorus_import_plan_new (ChorusLibrary *library,
                        GFile         *file)
{
  ChorusImportPlan *self = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (CHORUS_TYPE_IMPORT_PLAN, NULL);
  self->library = g_object_ref (library);
  self->file = g_object_ref (file);

  return self;
}

/* On a worker thread */
static void
chorus_import_plan_match_thread (GTask        *task,
                                 gpointer      source_object,
                                 gpointer      task_data,
                                 GCancellable *cancellable)
{
  ChorusImportPlan *self = source_object;
  g_autoptr (GHashTable) recordings = g_hash_table_new (NULL, NULL);

  self->match = chorus_import_match_new (self->import, self->recordings);
  for (guint i = 0; i < chorus_import_get_n_rows (self->import); i++)
    {
      const ChorusResult *recording = chorus_import_match_get_recording (self->match, i);

      if (recording)
        g_hash_table_add (recordings, (gpointer) recording);
    }
  self->n_recordings = g_hash_table_size (recordings);
  g_task_return_boolean (task, TRUE);
}

/* On the main thread again */

static void chorus_import_plan_read_recordings (ChorusImportPlan *self,
                                                GTask            *task);

static void
chorus_import_plan_recordings_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusImportPlan *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = chorus_result_reader_next_finish (CHORUS_RESULT_READER (source), result, &error);

  if (!results)
    {
      g_task_return_error (task, error);
      return;
    }
  if (results->len == 0)
    {
      g_task_run_in_thread (task, chorus_import_plan_match_thread);
      return;
    }

  g_ptr_array_extend_and_steal (self->recordings, g_steal_pointer (&results));
  chorus_import_plan_read_recordings (self, task);
}

static void
chorus_import_plan_read_recordings (ChorusImportPlan *self,
                                    GTask            *task)
{
  chorus_result_reader_next_async (self->reader, g_task_get_cancellable (task), chorus_import_plan_recordings_cb,
                                   g_object_ref (task));
}

static void
chorus_import_plan_read_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusImportPlan *self = g_task_get_source_object (task);
  g_autoptr (ChorusResultQuery) query = chorus_result_query_new (CHORUS_RESULT_SCOPE_ALL, NULL);
  GError *error = NULL;

  self->import = chorus_import_read_finish (result, &error);
  if (!self->import)
    {
      g_task_return_error (task, error);
      return;
    }

  query->without_detections = TRUE;
  self->reader = chorus_result_reader_new (self->library, query);
  chorus_import_plan_read_recordings (self, task);
}

void
chorus_import_plan_prepare_async (ChorusImportPlan    *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_IMPORT_PLAN (self));
  g_return_if_fail (!self->import);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_import_plan_prepare_async);
  chorus_import_read_async (self->file, cancellable, chorus_import_plan_read_cb, g_object_ref (task));
}

gboolean
chorus_import_plan_prepare_finish (ChorusImportPlan  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

ChorusImportFormat
chorus_import_plan_get_format (ChorusImportPlan *self)
{
  g_return_val_if_fail (CHORUS_IS_IMPORT_PLAN (self), CHORUS_IMPORT_CHORUS);
  g_return_val_if_fail (self->import, CHORUS_IMPORT_CHORUS);

  return chorus_import_get_format (self->import);
}

guint
chorus_import_plan_get_n_detections (ChorusImportPlan *self)
{
  g_return_val_if_fail (CHORUS_IS_IMPORT_PLAN (self), 0);

  return self->import ? chorus_import_get_n_rows (self->import) : 0;
}

guint
chorus_import_plan_get_n_matched (ChorusImportPlan *self)
{
  g_return_val_if_fail (CHORUS_IS_IMPORT_PLAN (self), 0);

  return self->match ? chorus_import_match_get_n_matched (self->match) : 0;
}

guint
chorus_import_plan_get_n_recordings (ChorusImportPlan *self)
{
  g_return_val_if_fail (CHORUS_IS_IMPORT_PLAN (self), 0);

  return self->n_recordings;
}

static char *
chorus_import_plan_dup_sentence (guint64     line,
                                 const char *reason)
{
  /* Translators: what is wrong with a line of a table: its number, and a sentence */
  return g_strdup_printf (_("Line %u: %s"), (guint) MIN (line, G_MAXUINT), reason);
}

char **
chorus_import_plan_list_problems (ChorusImportPlan *self,
                                  guint             n_most)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();
  GPtrArray *problems = NULL;
  guint next = 0;

  g_return_val_if_fail (CHORUS_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (self->match, NULL);

  /* Both are in the order of the table. */
  problems = chorus_import_get_problems (self->import);
  for (guint i = 0; i <= chorus_import_get_n_rows (self->import) && sentences->len < n_most; i++)
    {
      const ChorusImportRow *row =
        i < chorus_import_get_n_rows (self->import) ? chorus_import_get_row (self->import, i) : NULL;
      const char *reason = row ? chorus_import_match_get_reason (self->match, i) : NULL;

      for (; next < problems->len && sentences->len < n_most; next++)
        {
          const ChorusImportProblem *problem = g_ptr_array_index (problems, next);

          if (row && problem->line > row->line)
            break;
          g_ptr_array_add (sentences, chorus_import_plan_dup_sentence (problem->line, problem->reason));
        }
      if (reason && sentences->len < n_most)
        g_ptr_array_add (sentences, chorus_import_plan_dup_sentence (row->line, reason));
    }
  g_ptr_array_add (sentences, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
}

static ChorusResultDetection *
chorus_import_plan_make_detection (const ChorusImportRow *row)
{
  ChorusResultDetection *detection = chorus_result_detection_new ();

  detection->scientific_name = g_strdup (row->scientific_name);
  detection->common_name = g_strdup (row->common_name);
  detection->confidence = row->confidence;
  detection->start = row->start;
  detection->end = row->end;
  detection->low = row->low;
  detection->high = row->high;
  detection->verdict = row->verdict;
  detection->verdict_scientific_name = g_strdup (row->verdict_scientific_name);
  detection->verdict_common_name = g_strdup (row->verdict_common_name);
  detection->reviewer = g_strdup (row->reviewer);
  detection->reviewed_at = g_strdup (row->reviewed_at);
  detection->model_name = g_strdup (row->model_name);
  detection->model_version = g_strdup (row->model_version);
  detection->note = g_strdup (row->note);
  detection->starred = row->starred;

  return detection;
}

/* On a worker thread: the recordings that something belongs to, with what does. */
static void
chorus_import_plan_collect_thread (GTask        *task,
                                   gpointer      source_object,
                                   gpointer      task_data,
                                   GCancellable *cancellable)
{
  ChorusImportPlan *self = source_object;
  g_autoptr (GHashTable) by_recording = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_result_free);

  for (guint i = 0; i < chorus_import_get_n_rows (self->import); i++)
    {
      const ChorusResult *recording = chorus_import_match_get_recording (self->match, i);
      ChorusResult *result = recording ? g_hash_table_lookup (by_recording, recording) : NULL;

      if (!recording)
        continue;
      if (!result)
        {
          result = chorus_result_new ();
          result->recording_id = recording->recording_id;
          g_hash_table_insert (by_recording, (gpointer) recording, result);
          g_ptr_array_add (results, result);
        }
      g_ptr_array_add (result->detections, chorus_import_plan_make_detection (chorus_import_get_row (self->import, i)));
    }

  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_ptr_array_unref);
}

typedef struct
{
  guint n_added;
  guint n_known;
} ChorusImportCounts;

static void
chorus_import_plan_taken_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusImportCounts *counts = g_task_get_task_data (task);
  GError *error = NULL;

  if (chorus_library_import_finish (CHORUS_LIBRARY (source), result, &counts->n_added, &counts->n_known, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
chorus_import_plan_collected_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  ChorusImportPlan *self = CHORUS_IMPORT_PLAN (source);
  g_autoptr (GTask) task = user_data;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *shown = g_filename_display_name (name);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = g_task_propagate_pointer (G_TASK (result), &error);

  if (!results)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_library_import_async (self->library, shown, results, g_task_get_cancellable (task),
                               chorus_import_plan_taken_cb, g_object_ref (task));
}

void
chorus_import_plan_take_async (ChorusImportPlan    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) collect = NULL;

  g_return_if_fail (CHORUS_IS_IMPORT_PLAN (self));
  g_return_if_fail (self->match);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_import_plan_take_async);
  g_task_set_task_data (task, g_new0 (ChorusImportCounts, 1), g_free);
  collect = g_task_new (self, cancellable, chorus_import_plan_collected_cb, g_object_ref (task));
  g_task_set_source_tag (collect, chorus_import_plan_collect_thread);
  g_task_run_in_thread (collect, chorus_import_plan_collect_thread);
}

gboolean
chorus_import_plan_take_finish (ChorusImportPlan  *self,
                                GAsyncResult      *result,
                                guint             *n_added,
                                guint             *n_known,
                                GError           **error)
{
  const ChorusImportCounts *counts = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  counts = g_task_get_task_data (G_TASK (result));
  if (n_added)
    *n_added = counts->n_added;
  if (n_known)
    *n_known = counts->n_known;

  return g_task_propagate_boolean (G_TASK (result), error);
}
