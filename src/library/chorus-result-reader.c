/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-result-reader.h"

#include "chorus-result-rows.h"

struct _ChorusResultReader
{
  GObject parent_instance;

  ChorusLibrary *library;
  ChorusResultQuery *query;
  GArray *ids; /* of gint64; NULL before they were found */
  guint n_read;
};

G_DEFINE_FINAL_TYPE (ChorusResultReader, chorus_result_reader, G_TYPE_OBJECT)

static void
chorus_result_reader_finalize (GObject *object)
{
  ChorusResultReader *self = CHORUS_RESULT_READER (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->query, chorus_result_query_free);
  g_clear_pointer (&self->ids, g_array_unref);

  G_OBJECT_CLASS (chorus_result_reader_parent_class)->finalize (object);
}

static void
chorus_result_reader_class_init (ChorusResultReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chorus_result_reader_finalize;
}

static void
chorus_result_reader_init (ChorusResultReader *self)
{
}

ChorusResultReader *
chorus_result_reader_new (ChorusLibrary           *library,
                          const ChorusResultQuery *query)
{
  ChorusResultReader *self = NULL;

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_RESULT_READER, NULL);
  self->library = g_object_ref (library);
  self->query = chorus_result_query_copy (query);

  return self;
}

static ChorusResultQuestion *
chorus_result_reader_ask (ChorusResultReader *self)
{
  ChorusResultQuestion *question =
    chorus_result_question_new (chorus_library_get_profile_id (self->library), self->query);

  /* Nobody changes them once they are found. */
  question->ids = self->ids ? g_array_ref (self->ids) : NULL;
  question->first = self->n_read;

  return question;
}

static void
chorus_result_reader_read_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusResultReader *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusResultBatch) batch = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!batch)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->n_read = batch->next;
  g_task_return_pointer (task, g_ptr_array_ref (batch->results), (GDestroyNotify) g_ptr_array_unref);
}

static void
chorus_result_reader_read (ChorusResultReader *self,
                           GTask              *task)
{
  chorus_store_run_async (chorus_library_get_store (self->library), chorus_result_rows_read,
                          chorus_result_reader_ask (self), (GDestroyNotify) chorus_result_question_free,
                          (GDestroyNotify) chorus_result_batch_free, g_task_get_cancellable (task),
                          chorus_result_reader_read_cb, g_object_ref (task));
}

static void
chorus_result_reader_found_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusResultReader *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->ids = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (self->ids)
    chorus_result_reader_read (self, task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_result_reader_next_async (ChorusResultReader  *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_RESULT_READER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_result_reader_next_async);
  if (self->ids)
    chorus_result_reader_read (self, task);
  else
    chorus_store_run_async (chorus_library_get_store (self->library), chorus_result_rows_find,
                            chorus_result_reader_ask (self), (GDestroyNotify) chorus_result_question_free,
                            (GDestroyNotify) g_array_unref, cancellable, chorus_result_reader_found_cb,
                            g_object_ref (task));
}

GPtrArray *
chorus_result_reader_next_finish (ChorusResultReader  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
chorus_result_reader_get_n_recordings (ChorusResultReader *self)
{
  g_return_val_if_fail (CHORUS_IS_RESULT_READER (self), 0);

  return self->ids ? self->ids->len : 0;
}

guint
chorus_result_reader_get_n_read (ChorusResultReader *self)
{
  g_return_val_if_fail (CHORUS_IS_RESULT_READER (self), 0);

  return self->n_read;
}
