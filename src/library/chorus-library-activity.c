/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activity of places. */

#include "config.h"

#include "chorus-activity-rows.h"
#include "chorus-library-private.h"

static void
chorus_library_activity_counted_cb (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusActivity) activity = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (activity)
    g_task_return_pointer (task, g_steal_pointer (&activity), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_library_load_activity_async (ChorusLibrary       *self,
                                    const ChorusScope   *scope,
                                    const char          *species,
                                    double               threshold,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusActivityQuestion *question = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (scope != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_load_activity_async);
  question = g_new0 (ChorusActivityQuestion, 1);
  question->profile_id = g_strdup (self->profile_id);
  question->scope = chorus_scope_copy (scope);
  question->species = g_strdup (species);
  question->threshold = threshold;
  chorus_store_run_async (self->store, chorus_activity_rows_count, question,
                          (GDestroyNotify) chorus_activity_question_free, g_object_unref, cancellable,
                          chorus_library_activity_counted_cb, g_object_ref (task));
}

ChorusActivity *
chorus_library_load_activity_finish (ChorusLibrary  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
