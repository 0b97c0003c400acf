/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export.h"

#include "chorus-export-preview.h"
#include "library/chorus-result-reader.h"

/* How many recordings are read for a preview, at most: not all of a silent place. */
#define CHORUS_EXPORT_PREVIEW_RECORDINGS 1000

struct _ChorusExport
{
  GObject parent_instance;

  ChorusLibrary *library;
  ChorusResultQuery *query;
  const ChorusExportFormatInfo *info;
  gboolean begun;

  ChorusResultReader *reader;
  ChorusExportWriter *writer; /* NULL while a worker has it */

  guint n_done;
  guint n_recordings;
  guint64 n_detections;
  char **left_out;
  ChorusExportOptions *options; /* or NULL */
};

G_DEFINE_FINAL_TYPE (ChorusExport, chorus_export, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_DONE,
  PROP_N_RECORDINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What a worker does next, with what it needs. It owns the writer, so that where something goes wrong the files are removed
 * on its thread. */
typedef struct
{
  ChorusExportWriter *writer;
  GFile *target;      /* (nullable): to begin with */
  GPtrArray *results; /* (nullable): to add; none ends it */
  gboolean discard;
} ChorusExportWork;

static void
chorus_export_work_free (gpointer data)
{
  ChorusExportWork *work = data;

  g_clear_object (&work->writer);
  g_clear_object (&work->target);
  g_clear_pointer (&work->results, g_ptr_array_unref);
  g_free (work);
}

static void
chorus_export_finalize (GObject *object)
{
  ChorusExport *self = CHORUS_EXPORT (object);

  g_clear_object (&self->library);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->query, chorus_result_query_free);
  g_clear_pointer (&self->left_out, g_strfreev);
  g_clear_pointer (&self->options, chorus_export_options_free);

  G_OBJECT_CLASS (chorus_export_parent_class)->finalize (object);
}

static void
chorus_export_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChorusExport *self = CHORUS_EXPORT (object);

  switch (property_id)
    {
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;

    case PROP_N_RECORDINGS:
      g_value_set_uint (value, self->n_recordings);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_export_class_init (ChorusExportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_export_finalize;
  object_class->get_property = chorus_export_get_property;

  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_RECORDINGS] = g_param_spec_uint ("n-recordings", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_export_init (ChorusExport *self)
{
}

ChorusExport *
chorus_export_new (ChorusLibrary           *library,
                   const ChorusResultQuery *query,
                   ChorusExportFormat       format)
{
  ChorusExport *self = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail ((guint) format < CHORUS_N_EXPORT_FORMATS, NULL);

  self = g_object_new (CHORUS_TYPE_EXPORT, NULL);
  self->library = g_object_ref (library);
  self->query = chorus_result_query_copy (query);
  self->info = chorus_export_format_get_info (format);

  return self;
}

/* On a worker thread */

static gboolean
chorus_export_work_run (ChorusExportWork  *work,
                        GCancellable      *cancellable,
                        GError           **error)
{
  if (work->target && !chorus_export_writer_begin (work->writer, work->target, error))
    return FALSE;
  for (guint i = 0; work->results && i < work->results->len; i++)
    {
      if (!chorus_export_writer_add (work->writer, g_ptr_array_index (work->results, i), cancellable, error))
        return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return !work->results || work->results->len > 0 || chorus_export_writer_finish (work->writer, error);
}

static void
chorus_export_worker (GTask        *task,
                      gpointer      source_object,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  ChorusExportWork *work = task_data;
  g_autoptr (GError) error = NULL;

  if (!work->discard && chorus_export_work_run (work, cancellable, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&work->writer), g_object_unref);
      return;
    }

  g_clear_object (&work->writer);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* On the main thread again. What a worker holds may go on its thread, so that it holds neither the export nor its task. */

static void
chorus_export_start_work (ChorusExport        *self,
                          GTask               *task,
                          GFile               *target,
                          GPtrArray           *results,
                          gboolean             discard,
                          GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) subtask = g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));
  ChorusExportWork *work = g_new0 (ChorusExportWork, 1);

  work->writer = g_steal_pointer (&self->writer);
  work->target = target ? g_object_ref (target) : NULL;
  work->results = results ? g_ptr_array_ref (results) : NULL;
  work->discard = discard;
  g_task_set_source_tag (subtask, chorus_export_start_work);
  g_task_set_check_cancellable (subtask, FALSE);
  g_task_set_task_data (subtask, work, chorus_export_work_free);
  g_task_run_in_thread (subtask, chorus_export_worker);
}

static void
chorus_export_discarded_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, g_error_copy (g_task_get_task_data (task)));
}

static void
chorus_export_fail (ChorusExport *self,
                    GTask        *task,
                    GError       *error)
{
  if (!self->writer)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, error, (GDestroyNotify) g_error_free);
  chorus_export_start_work (self, task, NULL, NULL, TRUE, chorus_export_discarded_cb);
}

static void
chorus_export_set_n_done (ChorusExport *self,
                          guint         n_done)
{
  const guint n_recordings = chorus_result_reader_get_n_recordings (self->reader);

  if (self->n_recordings != n_recordings)
    {
      self->n_recordings = n_recordings;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RECORDINGS]);
    }
  if (self->n_done != n_done)
    {
      self->n_done = n_done;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
    }
}

static void
chorus_export_finished_cb (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusExport *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (ChorusExportWriter) writer = g_task_propagate_pointer (G_TASK (result), &error);

  if (!writer)
    {
      chorus_export_fail (self, task, error);
      return;
    }

  for (guint i = 0; i < CHORUS_N_LEFT_OUT; i++)
    {
      guint n_left_out = 0;

      chorus_export_writer_get_left_out (writer, (ChorusLeftOut) i, NULL, &n_left_out);
      self->n_detections -= MIN (self->n_detections, n_left_out);
    }
  self->left_out = chorus_export_writer_list_left_out (writer);
  g_task_return_boolean (task, TRUE);
}

static void chorus_export_read (ChorusExport *self,
                                GTask        *task);

static void
chorus_export_added_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusExport *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->writer = g_task_propagate_pointer (G_TASK (result), &error);
  if (!self->writer)
    {
      chorus_export_fail (self, task, error);
      return;
    }

  chorus_export_set_n_done (self, chorus_result_reader_get_n_read (self->reader));
  chorus_export_read (self, task);
}

static void
chorus_export_read_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusExport *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = chorus_result_reader_next_finish (CHORUS_RESULT_READER (source), result, &error);

  if (!results)
    {
      chorus_export_fail (self, task, error);
      return;
    }

  for (guint i = 0; i < results->len; i++)
    self->n_detections += ((const ChorusResult *) g_ptr_array_index (results, i))->detections->len;
  chorus_export_set_n_done (self, self->n_done);
  chorus_export_start_work (self, task, NULL, results, FALSE,
                            results->len > 0 ? chorus_export_added_cb : chorus_export_finished_cb);
}

static void
chorus_export_read (ChorusExport *self,
                    GTask        *task)
{
  chorus_result_reader_next_async (self->reader, g_task_get_cancellable (task), chorus_export_read_cb,
                                   g_object_ref (task));
}

void
chorus_export_run_async (ChorusExport        *self,
                         GFile               *target,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_EXPORT (self));
  g_return_if_fail (G_IS_FILE (target));
  g_return_if_fail (!self->begun);

  self->begun = TRUE;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_export_run_async);
  /* Who cancels too late has the file, and is told so. */
  g_task_set_check_cancellable (task, FALSE);
  self->reader = chorus_result_reader_new (self->library, self->query);
  self->writer = chorus_export_format_info_new_writer (self->info, self->options);
  chorus_export_start_work (self, task, target, NULL, FALSE, chorus_export_added_cb);
}

void
chorus_export_set_options (ChorusExport              *self,
                           const ChorusExportOptions *options)
{
  g_return_if_fail (CHORUS_IS_EXPORT (self));
  g_return_if_fail (options != NULL);

  g_clear_pointer (&self->options, chorus_export_options_free);
  self->options = chorus_export_options_copy (options);
}

gboolean
chorus_export_run_finish (ChorusExport  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
chorus_export_get_n_done (ChorusExport *self)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT (self), 0);

  return self->n_done;
}

guint
chorus_export_get_n_recordings (ChorusExport *self)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT (self), 0);

  return self->n_recordings;
}

guint64
chorus_export_get_n_detections (ChorusExport *self)
{
  g_return_val_if_fail (CHORUS_IS_EXPORT (self), 0);

  return self->n_detections;
}

const char *const *
chorus_export_get_left_out (ChorusExport *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (CHORUS_IS_EXPORT (self), none);

  return self->left_out ? (const char *const *) self->left_out : none;
}

/* Results that are read for a preview. */
typedef struct
{
  ChorusResultReader *reader; /* NULL where a worker has it */
  const ChorusExportFormatInfo *info;
  GPtrArray *results; /* of ChorusResult, which the batches own */
  GPtrArray *batches; /* of GPtrArray */
  guint n_detections;
} ChorusExportSample;

static void
chorus_export_sample_free (gpointer data)
{
  ChorusExportSample *sample = data;

  g_clear_object (&sample->reader);
  g_clear_pointer (&sample->results, g_ptr_array_unref);
  g_clear_pointer (&sample->batches, g_ptr_array_unref);
  g_free (sample);
}

static void
chorus_export_preview_worker (GTask        *task,
                              gpointer      source_object,
                              gpointer      task_data,
                              GCancellable *cancellable)
{
  ChorusExportSample *sample = task_data;
  g_autoptr (GError) error = NULL;
  char *text = chorus_export_preview_make (sample->info, sample->results, cancellable, &error);

  if (text)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_export_preview_made_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (text)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

/* Hands what was read to a worker. */
static void
chorus_export_preview_start_work (GTask              *task,
                                  ChorusExportSample *sample)
{
  g_autoptr (GTask) subtask =
    g_task_new (NULL, g_task_get_cancellable (task), chorus_export_preview_made_cb, g_object_ref (task));

  g_task_set_source_tag (subtask, chorus_export_preview_start_work);
  g_task_set_task_data (subtask, sample, chorus_export_sample_free);
  g_task_run_in_thread (subtask, chorus_export_preview_worker);
}

static void
chorus_export_preview_read_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusExport *self = g_task_get_source_object (task);
  ChorusExportSample *sample = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *batch = chorus_result_reader_next_finish (CHORUS_RESULT_READER (source), result, &error);

  if (!batch)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_add (sample->batches, batch);
  g_ptr_array_extend (sample->results, batch, NULL, NULL);
  for (guint i = 0; i < batch->len; i++)
    sample->n_detections += ((const ChorusResult *) g_ptr_array_index (batch, i))->detections->len;
  if (batch->len > 0 && sample->n_detections < CHORUS_EXPORT_PREVIEW_LINES
      && sample->results->len < CHORUS_EXPORT_PREVIEW_RECORDINGS)
    chorus_result_reader_next_async (sample->reader, g_task_get_cancellable (task), chorus_export_preview_read_cb,
                                     g_object_ref (task));
  else
    {
      ChorusExportSample *rest = g_new0 (ChorusExportSample, 1);

      rest->info = self->info;
      rest->results = g_steal_pointer (&sample->results);
      rest->batches = g_steal_pointer (&sample->batches);
      chorus_export_preview_start_work (task, rest);
    }
}

void
chorus_export_preview_async (ChorusExport        *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusExportSample *sample = NULL;

  g_return_if_fail (CHORUS_IS_EXPORT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_export_preview_async);
  if (!self->info->is_text)
    {
      g_task_return_pointer (task, g_strdup (""), g_free);
      return;
    }

  sample = g_new0 (ChorusExportSample, 1);
  sample->reader = chorus_result_reader_new (self->library, self->query);
  sample->results = g_ptr_array_new ();
  sample->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_task_set_task_data (task, sample, chorus_export_sample_free);
  chorus_result_reader_next_async (sample->reader, cancellable, chorus_export_preview_read_cb, g_object_ref (task));
}

char *
chorus_export_preview_finish (ChorusExport  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
