/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the service what it knows of the analysis of one recording, and writing what it says. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-recording-rows.h"

/* Times that the service may know of no run of a part before the part counts as not asked for. */
#define CHORUS_LIBRARY_ASK_PATIENCE 3

/* Writing */

static void
chorus_library_analysis_written_cb (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!output)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_library_take_recordings (self, g_task_get_task_data (task), output->recordings);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_library_write_recording (ChorusLibrary         *self,
                                ChorusRecording       *recording,
                                ChorusStoreFunc        func,
                                ChorusRecordingsInput *input,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, chorus_library_write_recording);
  g_task_set_task_data (task, g_object_ref (recording), g_object_unref);
  input->recording_id = chorus_recording_get_recording_id (recording);
  chorus_store_run_async (self->store, func, input, (GDestroyNotify) chorus_recordings_input_free,
                          (GDestroyNotify) chorus_recordings_output_free, NULL, chorus_library_analysis_written_cb,
                          g_object_ref (task));
}

/* Writes where the analysis of a recording stands, or that of some of its parts. */
void
chorus_library_write_analysis_async (ChorusLibrary           *self,
                                     ChorusRecording         *recording,
                                     GArray                  *part_ids,
                                     ChorusRecordingAnalysis  analysis,
                                     const char              *reason,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data)
{
  ChorusRecordingsInput *input = chorus_recordings_input_new (self->profile_id, NULL);

  input->part_ids = part_ids ? g_array_ref (part_ids) : NULL;
  input->analysis = analysis;
  input->reason = g_strdup (reason);
  chorus_library_write_recording (self, recording, chorus_recording_rows_write_analysis, input, callback, user_data);
}

/* Writes the runs of a recording or, with a @part_id, of a part of it. */
void
chorus_library_write_runs_async (ChorusLibrary       *self,
                                 ChorusRecording     *recording,
                                 gint64               part_id,
                                 GPtrArray           *inferences,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ChorusRecordingsInput *input = chorus_recordings_input_new (self->profile_id, NULL);

  if (part_id != 0)
    {
      input->part_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (input->part_ids, part_id);
    }
  input->inferences = g_ptr_array_ref (inferences);
  chorus_library_write_recording (self, recording, chorus_recording_rows_write_runs, input, callback, user_data);
}

/* Ends either of the two above. */
gboolean
chorus_library_write_analysis_finish (ChorusLibrary  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The files that a recording is at the service */

static void
chorus_library_targets_read_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *targets = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (targets)
    g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Gets a GPtrArray of ChorusPartTarget: one without a part for a recording that is one file. */
void
chorus_library_read_targets_async (ChorusLibrary       *self,
                                   ChorusRecording     *recording,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 recording_id = chorus_recording_get_recording_id (recording);
  GPtrArray *targets = NULL;

  g_task_set_source_tag (task, chorus_library_read_targets_async);
  if (chorus_recording_get_n_parts (recording) > 1)
    {
      chorus_store_run_async (self->store, chorus_part_rows_read_targets,
                              g_memdup2 (&recording_id, sizeof recording_id), g_free,
                              (GDestroyNotify) g_ptr_array_unref, cancellable, chorus_library_targets_read_cb,
                              g_object_ref (task));
      return;
    }

  targets = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_part_target_free);
  g_ptr_array_add (targets, chorus_part_target_new (0, chorus_recording_get_file_id (recording)));
  g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
chorus_library_read_targets_finish (ChorusLibrary  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asking */

typedef struct
{
  ChorusRecording *recording;
  ChorusAskScope scope;
  GPtrArray *targets; /* of ChorusPartTarget, still to be asked about, the next one last */
  ChorusPartTarget *target;
  guint next;
  gboolean known; /* the service knew of a run, or of the recording's other parts */
} ChorusAsk;

static void chorus_library_ask_next (GTask *task);

static void
chorus_ask_free (ChorusAsk *ask)
{
  g_object_unref (ask->recording);
  g_clear_pointer (&ask->scope.except, g_hash_table_unref);
  g_clear_pointer (&ask->targets, g_ptr_array_unref);
  g_clear_pointer (&ask->target, chorus_part_target_free);
  g_free (ask);
}

static gboolean
chorus_part_target_is_under_way (const ChorusPartTarget *target)
{
  return target->analysis == CHORUS_ANALYSIS_PENDING || target->analysis == CHORUS_ANALYSIS_RUNNING;
}

static void
chorus_library_answer_written_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_ask_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A part under way that the service does not know (any more) is settled, so that nobody waits for it forever. */
static void
chorus_library_settle_part (GTask                   *task,
                            ChorusRecordingAnalysis  analysis,
                            const char              *reason)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAsk *ask = g_task_get_task_data (task);
  g_autoptr (GArray) part_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!chorus_part_target_is_under_way (ask->target))
    {
      chorus_library_ask_next (task);
      return;
    }

  g_array_append_val (part_ids, ask->target->part_id);
  chorus_library_write_analysis_async (self, ask->recording, part_ids, analysis, reason,
                                       chorus_library_answer_written_cb, g_object_ref (task));
}

/* Counts how often in a row the service knew of no run of a part. */
static guint
chorus_library_count_nothing (ChorusLibrary *self,
                              gint64         part_id)
{
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_nothing, &part_id)) + 1;

  g_hash_table_insert (self->n_nothing, g_memdup2 (&part_id, sizeof part_id), GUINT_TO_POINTER (n));

  return n;
}

static void
chorus_library_answered_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAsk *ask = g_task_get_task_data (task);
  const gint64 part_id = ask->target->part_id;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) inferences = chorus_client_get_file_inference_finish (CHORUS_CLIENT (source), result, &error);

  if (inferences && inferences->len > 0)
    {
      ask->known = TRUE;
      g_hash_table_remove (self->n_nothing, &part_id);
      chorus_library_write_runs_async (self, ask->recording, part_id, inferences, chorus_library_answer_written_cb,
                                       g_object_ref (task));
    }
  else if (inferences && part_id != 0 && chorus_part_target_is_under_way (ask->target)
           && chorus_library_count_nothing (self, part_id) >= CHORUS_LIBRARY_ASK_PATIENCE)
    {
      g_hash_table_remove (self->n_nothing, &part_id);
      chorus_library_settle_part (task, CHORUS_ANALYSIS_NONE, NULL);
    }
  else if (inferences)
    chorus_library_ask_next (task);
  else if (part_id != 0 && g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_FOUND))
    chorus_library_settle_part (task, CHORUS_ANALYSIS_FAILED, error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chorus_library_ask_next (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusAsk *ask = g_task_get_task_data (task);

  g_clear_pointer (&ask->target, chorus_part_target_free);
  if (ask->targets->len == 0)
    {
      g_task_return_boolean (task, ask->known);
      return;
    }

  ask->target = g_ptr_array_steal_index (ask->targets, ask->targets->len - 1);
  if (chorus_library_check_client (self, task))
    chorus_client_get_file_inference_async (self->client, ask->target->file_id, g_task_get_cancellable (task),
                                            chorus_library_answered_cb, g_object_ref (task));
}

static void
chorus_library_ask_targets_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusAsk *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) targets = chorus_library_read_targets_finish (CHORUS_LIBRARY (source), result, &error);

  if (!targets)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  ask->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_part_target_free);
  while (targets->len > 0 && ask->targets->len < ask->scope.most)
    {
      g_autoptr (ChorusPartTarget) target = g_ptr_array_steal_index (targets, 0);
      const gboolean wanted = target->part_id == 0 || chorus_part_target_is_under_way (target)
                              || (!ask->scope.only_under_way && target->analysis != CHORUS_ANALYSIS_COMPLETED);

      if (!wanted || target->ordinal < ask->scope.first
          || (ask->scope.except && g_hash_table_contains (ask->scope.except, target->file_id)))
        continue;
      ask->known |= target->part_id != 0;
      ask->next = target->ordinal + 1;
      g_ptr_array_insert (ask->targets, 0, g_steal_pointer (&target));
    }
  if (targets->len == 0)
    ask->next = 0;
  chorus_library_ask_next (task);
}

/* Brings the runs of a recording up to date, of several parts one after the other; finishes with %FALSE and no error when
 * the service knows of none. */
void
chorus_library_ask_about (ChorusLibrary        *self,
                          ChorusRecording      *recording,
                          const ChorusAskScope *scope,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ChorusAsk *ask = g_new0 (ChorusAsk, 1);

  ask->recording = g_object_ref (recording);
  ask->scope = *scope;
  if (scope->except)
    g_hash_table_ref (scope->except);
  g_task_set_source_tag (task, chorus_library_ask_about);
  g_task_set_task_data (task, ask, (GDestroyNotify) chorus_ask_free);
  if (chorus_library_check_client (self, task))
    chorus_library_read_targets_async (self, recording, cancellable, chorus_library_ask_targets_cb,
                                       g_object_ref (task));
}

/* @next, which may be %NULL, becomes the part that the next question should begin with. */
gboolean
chorus_library_ask_about_finish (ChorusLibrary  *self,
                                 GAsyncResult   *result,
                                 guint          *next,
                                 GError        **error)
{
  ChorusAsk *ask = g_task_get_task_data (G_TASK (result));

  if (next)
    *next = ask->next;

  return g_task_propagate_boolean (G_TASK (result), error);
}
