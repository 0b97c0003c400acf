/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for the analysis of a whole list. */

#include "config.h"

#include "chorus-library-private.h"

/* Requests to analyze at the same time. */
#define CHORUS_LIBRARY_ANALYZE_AT_ONCE 3

typedef struct
{
  GPtrArray *recordings; /* not asked for yet, the next one last */
  guint n_asked;         /* asked for and not answered */
  guint n_failed;
  GError *error; /* what makes it pointless to go on */
} ChorusAnalyzeAll;

static void chorus_library_analyze_more (GTask *task);

static void
chorus_analyze_all_free (ChorusAnalyzeAll *all)
{
  g_ptr_array_unref (all->recordings);
  g_clear_error (&all->error);
  g_free (all);
}

static void
chorus_library_analyzed_one_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAnalyzeAll *all = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  all->n_asked--;
  if (!chorus_library_analyze_finish (CHORUS_LIBRARY (source), result, &error))
    {
      all->n_failed++;
      if (!all->error && chorus_library_is_lasting_error (error))
        all->error = g_steal_pointer (&error);
    }
  chorus_library_analyze_more (task);
}

static void
chorus_library_analyze_more (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAnalyzeAll *all = g_task_get_task_data (task);

  while (!all->error && all->n_asked < CHORUS_LIBRARY_ANALYZE_AT_ONCE && all->recordings->len > 0)
    {
      g_autoptr (ChorusRecording) recording = g_ptr_array_steal_index (all->recordings, all->recordings->len - 1);

      if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &all->error))
        break;
      all->n_asked++;
      chorus_library_analyze_async (self, recording, g_task_get_cancellable (task), chorus_library_analyzed_one_cb,
                                    g_object_ref (task));
    }

  if (all->n_asked > 0)
    return;

  if (all->error)
    g_task_return_error (task, g_steal_pointer (&all->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* What there is a reason to ask for: it was not analyzed, or that failed. */
static gboolean
chorus_library_wants_analysis (ChorusRecording *recording)
{
  const ChorusRecordingStatus status = chorus_recording_get_status (recording);

  return status == CHORUS_RECORDING_TO_ANALYZE
         || (status == CHORUS_RECORDING_FAILED && chorus_recording_get_at_service (recording));
}

/* Takes @recordings, the next one last. */
static void
chorus_library_analyze_these (ChorusLibrary       *self,
                              GPtrArray           *recordings,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ChorusAnalyzeAll *all = g_new0 (ChorusAnalyzeAll, 1);

  g_task_set_source_tag (task, chorus_library_analyze_these);
  all->recordings = recordings;
  g_task_set_task_data (task, all, (GDestroyNotify) chorus_analyze_all_free);
  if (chorus_library_check_client (self, task))
    chorus_library_analyze_more (task);
}

void
chorus_library_analyze_all_async (ChorusLibrary       *self,
                                  ChorusRecordingList *list,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GPtrArray *recordings = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING_LIST (list));

  recordings = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (list)); i > 0; i--)
    {
      g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (list), i - 1);

      if (chorus_library_wants_analysis (recording))
        g_ptr_array_add (recordings, g_steal_pointer (&recording));
    }
  chorus_library_analyze_these (self, recordings, cancellable, callback, user_data);
}

void
chorus_library_analyze_several_async (ChorusLibrary       *self,
                                      GPtrArray           *recordings,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GPtrArray *left = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (recordings != NULL);

  left = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = recordings->len; i > 0; i--)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i - 1);

      if (chorus_recording_get_at_service (recording)
          && chorus_recording_get_status (recording) != CHORUS_RECORDING_ANALYZING)
        g_ptr_array_add (left, g_object_ref (recording));
    }
  chorus_library_analyze_these (self, left, cancellable, callback, user_data);
}

gboolean
chorus_library_analyze_all_finish (ChorusLibrary  *self,
                                   GAsyncResult   *result,
                                   guint          *n_failed,
                                   GError        **error)
{
  ChorusAnalyzeAll *all = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  all = g_task_get_task_data (G_TASK (result));
  if (n_failed)
    *n_failed = all ? all->n_failed : 0;

  return g_task_propagate_boolean (G_TASK (result), error);
}
