/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for analyses, and asking about those under way until they have ended. */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-library-private.h"
#include "chorus-recording-rows.h"
#include "chorus-run-rows.h"

/* Milliseconds between two rounds of questions: often at first, for a local station answers in a moment, then less and
 * less, for a service that takes minutes gains nothing from being asked. */
#define CHORUS_LIBRARY_POLL_FIRST 1000
#define CHORUS_LIBRARY_POLL_LAST 15000

/* Recordings asked about in one round. */
#define CHORUS_LIBRARY_POLL_AT_ONCE 8

/* Rounds in which the service may know of no run before the recording counts as not asked for. */
#define CHORUS_LIBRARY_POLL_PATIENCE 3

typedef struct
{
  ChorusRecording *recording;
  guint n_nothing; /* rounds in which the service knew of no run */
} ChorusPending;

static void
chorus_pending_free (ChorusPending *pending)
{
  g_object_unref (pending->recording);
  g_free (pending);
}

void
chorus_library_init_analysis (ChorusLibrary *self)
{
  self->pending = g_queue_new ();
  self->requested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->poll_interval = CHORUS_LIBRARY_POLL_FIRST;
}

void
chorus_library_stop_analysis (ChorusLibrary *self)
{
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_queue_clear_full (self->pending, (GDestroyNotify) chorus_pending_free);
}

void
chorus_library_free_analysis (ChorusLibrary *self)
{
  g_clear_pointer (&self->pending, g_queue_free);
  g_clear_pointer (&self->requested, g_hash_table_unref);
}

static gboolean
chorus_library_is_requested (ChorusLibrary   *self,
                             ChorusRecording *recording)
{
  gint64 recording_id = chorus_recording_get_recording_id (recording);

  return g_hash_table_contains (self->requested, &recording_id);
}

/* Sees to it that the service is asked about @recording until its analysis has ended. */
void
chorus_library_watch_analysis (ChorusLibrary   *self,
                               ChorusRecording *recording)
{
  ChorusPending *pending = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  for (GList *link = self->pending->head; link; link = link->next)
    {
      pending = link->data;
      if (chorus_recording_get_recording_id (pending->recording) == chorus_recording_get_recording_id (recording))
        return;
    }

  pending = g_new0 (ChorusPending, 1);
  pending->recording = g_object_ref (recording);
  g_queue_push_tail (self->pending, pending);
  self->poll_interval = CHORUS_LIBRARY_POLL_FIRST;
  chorus_library_schedule_poll (self);
}

/* Writing the state of analysis */

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
chorus_library_write_analysis_async (ChorusLibrary           *self,
                                     GPtrArray               *recordings,
                                     ChorusRecordingAnalysis  analysis,
                                     const char              *reason,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  ChorusRecordingsInput *input = chorus_recordings_input_new (self->profile_id, NULL);

  g_task_set_source_tag (task, chorus_library_write_analysis_async);
  if (recordings->len == 1)
    g_task_set_task_data (task, g_object_ref (g_ptr_array_index (recordings, 0)), g_object_unref);

  input->analysis = analysis;
  input->reason = g_strdup (reason);
  input->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < recordings->len; i++)
    {
      gint64 recording_id = chorus_recording_get_recording_id (g_ptr_array_index (recordings, i));

      g_array_append_val (input->ids, recording_id);
    }
  chorus_store_run_async (self->store, chorus_recording_rows_write_analysis, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          NULL, chorus_library_analysis_written_cb, g_object_ref (task));
}

static gboolean
chorus_library_write_analysis_finish (ChorusLibrary  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
chorus_library_write_runs (GTask           *task,
                           ChorusRecording *recording,
                           GPtrArray       *inferences)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusRecordingsInput *input = chorus_recordings_input_new (self->profile_id, NULL);

  input->recording_id = chorus_recording_get_recording_id (recording);
  input->inferences = g_ptr_array_ref (inferences);
  chorus_store_run_async (self->store, chorus_recording_rows_write_runs, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          NULL, chorus_library_analysis_written_cb, g_object_ref (task));
}

/* Asking about one recording */

static void
chorus_library_asked_about_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) inferences = chorus_client_get_file_inference_finish (CHORUS_CLIENT (source), result, &error);

  if (!inferences)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (inferences->len == 0)
    g_task_return_boolean (task, FALSE);
  else
    chorus_library_write_runs (task, g_task_get_task_data (task), inferences);
}

/* Brings the runs of a recording up to date; finishes with %FALSE and no error when the service knows of none. */
void
chorus_library_ask_about (ChorusLibrary       *self,
                          ChorusRecording     *recording,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chorus_library_ask_about);
  g_task_set_task_data (task, g_object_ref (recording), g_object_unref);
  if (chorus_library_check_client (self, task))
    chorus_client_get_file_inference_async (self->client, chorus_recording_get_file_id (recording), cancellable,
                                            chorus_library_asked_about_cb, g_object_ref (task));
}

gboolean
chorus_library_ask_about_finish (ChorusLibrary  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Rounds of questions. The library may be disposed of at any moment: a round holds it, and ends as soon as it notices. */

typedef struct
{
  ChorusLibrary *library;
  ChorusPending *pending;
  guint n_left;      /* questions of this round after this one */
  gboolean progress; /* something has ended in this round */
} ChorusPollRound;

static void chorus_library_poll_next (ChorusPollRound *round);

static void
chorus_poll_round_end (ChorusPollRound *round)
{
  g_autoptr (ChorusLibrary) self = round->library;

  self->polling = FALSE;
  self->poll_interval =
    round->progress ? CHORUS_LIBRARY_POLL_FIRST : MIN (self->poll_interval * 3 / 2, CHORUS_LIBRARY_POLL_LAST);
  chorus_library_schedule_poll (self);
  g_free (round);
}

/* Asks again later, as long as it is still under way. */
static void
chorus_poll_round_keep (ChorusPollRound *round)
{
  ChorusPending *pending = g_steal_pointer (&round->pending);

  if (chorus_recording_get_status (pending->recording) == CHORUS_RECORDING_ANALYZING
      && !g_cancellable_is_cancelled (round->library->cancellable))
    {
      g_queue_push_tail (round->library->pending, pending);
    }
  else
    {
      round->progress = TRUE;
      chorus_pending_free (pending);
    }
  chorus_library_poll_next (round);
}

static void
chorus_library_poll_settled_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_note_error (error);
  chorus_poll_round_keep (user_data);
}

static void
chorus_library_poll_refreshed_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!chorus_library_refresh_deployment_finish (CHORUS_LIBRARY (source), result, &error))
    g_debug ("Asking about analyses: %s", error->message);
  chorus_poll_round_keep (user_data);
}

static void
chorus_library_polled_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  ChorusLibrary *self = CHORUS_LIBRARY (source);
  ChorusPollRound *round = user_data;
  ChorusRecording *recording = round->pending->recording;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  const gboolean known = chorus_library_ask_about_finish (self, result, &error);

  g_ptr_array_add (recordings, recording);
  round->pending->n_nothing = known || error ? 0 : round->pending->n_nothing + 1;

  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_FOUND))
    chorus_library_write_analysis_async (self, recordings, CHORUS_ANALYSIS_FAILED, error->message,
                                         chorus_library_poll_settled_cb, round);
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    {
      /* The list of files tells it too, for all of them at once. */
      round->n_left = 0;
      chorus_library_refresh_deployment_async (self, chorus_recording_get_deployment_id (recording), self->cancellable,
                                               chorus_library_poll_refreshed_cb, round);
    }
  else if (round->pending->n_nothing >= CHORUS_LIBRARY_POLL_PATIENCE)
    chorus_library_write_analysis_async (self, recordings, CHORUS_ANALYSIS_NONE, NULL, chorus_library_poll_settled_cb,
                                         round);
  else
    chorus_poll_round_keep (round);
}

static void
chorus_library_poll_next (ChorusPollRound *round)
{
  ChorusLibrary *self = round->library;

  if (round->n_left == 0 || !self->client || g_queue_is_empty (self->pending))
    {
      chorus_poll_round_end (round);
      return;
    }

  round->n_left--;
  round->pending = g_queue_pop_head (self->pending);
  if (chorus_library_is_requested (self, round->pending->recording)
      || chorus_recording_get_status (round->pending->recording) != CHORUS_RECORDING_ANALYZING)
    {
      chorus_poll_round_keep (round);
      return;
    }
  chorus_library_ask_about (self, round->pending->recording, self->cancellable, chorus_library_polled_cb, round);
}

static gboolean
chorus_library_poll_cb (gpointer user_data)
{
  ChorusLibrary *self = user_data;
  ChorusPollRound *round = g_new0 (ChorusPollRound, 1);

  self->poll_id = 0;
  self->polling = TRUE;
  round->library = g_object_ref (self);
  round->n_left = MIN (g_queue_get_length (self->pending), CHORUS_LIBRARY_POLL_AT_ONCE);
  chorus_library_poll_next (round);

  return G_SOURCE_REMOVE;
}

/* Sees to it that another round follows, if there is anything to ask and anybody to ask. */
void
chorus_library_schedule_poll (ChorusLibrary *self)
{
  if (self->poll_id == 0 && !self->polling && self->client && !g_queue_is_empty (self->pending)
      && !g_cancellable_is_cancelled (self->cancellable))
    self->poll_id = g_timeout_add (self->poll_interval, chorus_library_poll_cb, self);
}

/* Asking for an analysis */

static void
chorus_library_analyze_failed_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GError *cause = g_object_steal_data (G_OBJECT (task), "cause");

  if (!chorus_library_write_analysis_finish (CHORUS_LIBRARY (source), result, &error))
    chorus_library_note_error (error);
  g_task_return_error (task, cause);
}

/* What was written as pending becomes what it was before, or failed with the sentence of the error. */
static void
chorus_library_analyze_fail (GTask  *task,
                             GError *error)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  const gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_ptr_array_add (recordings, g_task_get_task_data (task));
  g_object_set_data_full (G_OBJECT (task), "cause", error, (GDestroyNotify) g_error_free);
  chorus_library_write_analysis_async (self, recordings, cancelled ? CHORUS_ANALYSIS_NONE : CHORUS_ANALYSIS_FAILED,
                                       cancelled ? NULL : error->message, chorus_library_analyze_failed_cb,
                                       g_object_ref (task));
}

static void
chorus_library_inference_run_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusRecording *recording = g_task_get_task_data (task);
  gint64 recording_id = chorus_recording_get_recording_id (recording);
  g_autoptr (GPtrArray) inferences = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  ChorusInference *inference = chorus_client_run_inference_finish (CHORUS_CLIENT (source), result, &error);

  g_hash_table_remove (self->requested, &recording_id);

  if (inference)
    {
      g_ptr_array_add (inferences, inference);
      chorus_library_write_runs (task, recording, inferences);
    }
  else if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_TIMED_OUT)
           || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_CONFLICT))
    {
      /* It may well be under way: asking about it tells. */
      chorus_library_watch_analysis (self, recording);
      g_task_return_boolean (task, TRUE);
    }
  else
    chorus_library_analyze_fail (task, g_steal_pointer (&error));
}

static void
chorus_library_marked_pending_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = CHORUS_LIBRARY (source);
  ChorusRecording *recording = g_task_get_task_data (task);
  gint64 recording_id = chorus_recording_get_recording_id (recording);
  g_autoptr (GError) error = NULL;

  if (!chorus_library_write_analysis_finish (self, result, &error))
    {
      g_hash_table_remove (self->requested, &recording_id);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (!self->client)
    {
      g_hash_table_remove (self->requested, &recording_id);
      chorus_library_analyze_fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
    }
  else
    chorus_client_run_inference_async (self->client, chorus_recording_get_file_id (recording),
                                       g_task_get_cancellable (task), chorus_library_inference_run_cb,
                                       g_object_ref (task));
}

void
chorus_library_analyze_async (ChorusLibrary       *self,
                              ChorusRecording     *recording,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) recordings = g_ptr_array_new ();
  gint64 recording_id = 0;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_analyze_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (recording), g_object_unref);
  if (!chorus_library_check_client (self, task))
    return;

  if (!chorus_recording_get_file_id (recording))
    {
      g_task_return_new_error (task, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NOT_UPLOADED,
                               _("%s is not uploaded yet. Analyze it when it is."),
                               chorus_recording_get_name (recording));
      return;
    }
  if (chorus_library_is_requested (self, recording))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  recording_id = chorus_recording_get_recording_id (recording);
  g_hash_table_add (self->requested, g_memdup2 (&recording_id, sizeof recording_id));
  g_ptr_array_add (recordings, recording);
  chorus_library_write_analysis_async (self, recordings, CHORUS_ANALYSIS_PENDING, NULL,
                                       chorus_library_marked_pending_cb, g_object_ref (task));
}

gboolean
chorus_library_analyze_finish (ChorusLibrary  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
