/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for the analysis of one recording. */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-library-private.h"

typedef struct
{
  ChorusRecording *recording;
  GPtrArray *targets; /* of ChorusPartTarget */
  guint next;         /* the target that is being asked for, or is next */
  GError *error;      /* the first one, of a part */
} ChorusAnalyze;

static void chorus_library_analyze_next (GTask *task);

static void
chorus_analyze_free (ChorusAnalyze *analyze)
{
  g_object_unref (analyze->recording);
  g_clear_pointer (&analyze->targets, g_ptr_array_unref);
  g_clear_error (&analyze->error);
  g_free (analyze);
}

/* The parts among the targets from @first on, @n of them; %NULL for a recording that is one file. */
static GArray *
chorus_analyze_get_parts (ChorusAnalyze *analyze,
                          guint          first,
                          guint          n)
{
  GArray *part_ids = NULL;

  if (chorus_recording_get_n_parts (analyze->recording) <= 1)
    return NULL;

  part_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = first; i < analyze->targets->len && i - first < n; i++)
    g_array_append_val (part_ids, ((ChorusPartTarget *) g_ptr_array_index (analyze->targets, i))->part_id);

  return part_ids;
}

/* An error that the next recording, or part, would meet as well. */
gboolean
chorus_library_is_lasting_error (const GError *error)
{
  return error->domain != CHORUS_API_ERROR || error->code == CHORUS_API_ERROR_UNAUTHENTICATED
         || error->code == CHORUS_API_ERROR_NOT_OFFERED || error->code == CHORUS_API_ERROR_RATE_LIMITED
         || error->code == CHORUS_API_ERROR_OFFLINE || error->code == CHORUS_API_ERROR_INSECURE;
}

static void
chorus_library_analyze_end (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  gint64 recording_id = chorus_recording_get_recording_id (analyze->recording);

  g_hash_table_remove (self->requested, &recording_id);
  if (chorus_recording_get_status (analyze->recording) == CHORUS_RECORDING_ANALYZING)
    chorus_library_watch_analysis (self, analyze->recording);

  if (analyze->error)
    g_task_return_error (task, g_steal_pointer (&analyze->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* What could not be written of a failure the store has said; the failure is what counts. */
static void
chorus_library_rest_written_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_note_error (error);
  chorus_library_analyze_end (task);
}

static void
chorus_library_failure_written_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = CHORUS_LIBRARY (source);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  g_autoptr (GArray) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (self, result, &error))
    chorus_library_note_error (error);

  if (analyze->next + 1 >= analyze->targets->len)
    chorus_library_analyze_end (task);
  else if (!chorus_library_is_lasting_error (analyze->error))
    {
      analyze->next++;
      chorus_library_analyze_next (task);
    }
  else
    {
      /* The sentence stays with the recording, though the other parts were never asked for. */
      rest = chorus_analyze_get_parts (analyze, analyze->next + 1, G_MAXUINT);
      chorus_library_write_analysis_async (self, analyze->recording, rest, CHORUS_ANALYSIS_NONE,
                                           g_error_matches (analyze->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                             ? NULL
                                             : analyze->error->message,
                                           chorus_library_rest_written_cb, g_object_ref (task));
    }
}

/* What was written as pending becomes what it was before, or failed with the sentence of the error. */
static void
chorus_library_analyze_fail (GTask  *task,
                             GError *error)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  const gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (GArray) part_ids = chorus_analyze_get_parts (analyze, analyze->next, 1);

  chorus_library_write_analysis_async (self, analyze->recording, part_ids,
                                       cancelled ? CHORUS_ANALYSIS_NONE : CHORUS_ANALYSIS_FAILED,
                                       cancelled ? NULL : error->message, chorus_library_failure_written_cb,
                                       g_object_ref (task));

  /* What makes it pointless to go on is what the caller must know. */
  if (analyze->error && chorus_library_is_lasting_error (error))
    g_clear_error (&analyze->error);
  if (analyze->error)
    g_error_free (error);
  else
    analyze->error = error;
}

static void
chorus_library_runs_written_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error) && !analyze->error)
    analyze->error = g_steal_pointer (&error);
  analyze->next++;
  chorus_library_analyze_next (task);
}

static void
chorus_library_inference_run_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  ChorusPartTarget *target = g_ptr_array_index (analyze->targets, analyze->next);
  g_autoptr (GPtrArray) inferences = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  ChorusInference *inference = chorus_client_run_inference_finish (CHORUS_CLIENT (source), result, &error);

  if (inference)
    {
      g_ptr_array_add (inferences, inference);
      chorus_library_write_runs_async (self, analyze->recording, target->part_id, inferences,
                                       chorus_library_runs_written_cb, g_object_ref (task));
    }
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_TIMED_OUT)
           || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_CONFLICT))
    {
      /* It may well be under way: asking about it tells. */
      analyze->next++;
      chorus_library_analyze_next (task);
    }
  else
    chorus_library_analyze_fail (task, g_steal_pointer (&error));
}

static void
chorus_library_analyze_next (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  ChorusPartTarget *target = NULL;

  if (analyze->next >= analyze->targets->len)
    {
      chorus_library_analyze_end (task);
      return;
    }
  if (!self->client)
    {
      chorus_library_analyze_fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
      return;
    }

  target = g_ptr_array_index (analyze->targets, analyze->next);
  chorus_client_run_inference_async (self->client, target->file_id, g_task_get_cancellable (task),
                                     chorus_library_inference_run_cb, g_object_ref (task));
}

static void
chorus_library_marked_pending_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAnalyze *analyze = g_task_get_task_data (task);

  if (chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &analyze->error))
    chorus_library_analyze_next (task);
  else
    chorus_library_analyze_end (task);
}

/* Parts that have been analyzed are asked for again only together with all others. */
static void
chorus_analyze_leave_out_completed (ChorusAnalyze *analyze)
{
  guint n_left = 0;

  for (guint i = 0; i < analyze->targets->len; i++)
    n_left += ((ChorusPartTarget *) g_ptr_array_index (analyze->targets, i))->analysis != CHORUS_ANALYSIS_COMPLETED;
  for (guint i = analyze->targets->len; n_left > 0 && i > 0; i--)
    {
      if (((ChorusPartTarget *) g_ptr_array_index (analyze->targets, i - 1))->analysis == CHORUS_ANALYSIS_COMPLETED)
        g_ptr_array_remove_index (analyze->targets, i - 1);
    }
}

static void
chorus_library_analyze_targets_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = CHORUS_LIBRARY (source);
  ChorusAnalyze *analyze = g_task_get_task_data (task);
  g_autoptr (GArray) part_ids = NULL;

  analyze->targets = chorus_library_read_targets_finish (self, result, &analyze->error);
  if (!analyze->targets)
    {
      chorus_library_analyze_end (task);
      return;
    }

  chorus_analyze_leave_out_completed (analyze);
  part_ids = chorus_analyze_get_parts (analyze, 0, G_MAXUINT);
  chorus_library_write_analysis_async (self, analyze->recording, part_ids, CHORUS_ANALYSIS_PENDING, NULL,
                                       chorus_library_marked_pending_cb, g_object_ref (task));
}

void
chorus_library_analyze_async (ChorusLibrary       *self,
                              ChorusRecording     *recording,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusAnalyze *analyze = NULL;
  gint64 recording_id = 0;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_analyze_async);
  g_task_set_check_cancellable (task, FALSE);
  analyze = g_new0 (ChorusAnalyze, 1);
  analyze->recording = g_object_ref (recording);
  g_task_set_task_data (task, analyze, (GDestroyNotify) chorus_analyze_free);
  if (!chorus_library_check_client (self, task))
    return;

  if (!chorus_recording_get_at_service (recording))
    {
      g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NOT_UPLOADED,
                               _("%s is not uploaded yet. Analyze it when it is."),
                               chorus_recording_get_name (recording));
      return;
    }
  recording_id = chorus_recording_get_recording_id (recording);
  if (g_hash_table_contains (self->requested, &recording_id))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_hash_table_add (self->requested, g_memdup2 (&recording_id, sizeof recording_id));
  chorus_library_read_targets_async (self, recording, NULL, chorus_library_analyze_targets_cb, g_object_ref (task));
}

gboolean
chorus_library_analyze_finish (ChorusLibrary  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
