/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Correcting when recordings began. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-recording-rows.h"
#include "chorus-time-rows.h"

/* Recordings shown anew in one go: the window is drawn in between. */
#define CHORUS_LIBRARY_TIMES_AT_ONCE 500

typedef struct
{
  GPtrArray *recordings; /* of ChorusRecording, as they were given */
  GHashTable *by_id;     /* recording id (gint64 *) to one of them */
  GArray *changed;       /* of gint64 */
  guint n_shown;
} ChorusTimesJob;

static void chorus_library_show_times (GTask *task);

static void
chorus_times_job_free (ChorusTimesJob *job)
{
  g_hash_table_unref (job->by_id);
  g_ptr_array_unref (job->recordings);
  g_clear_pointer (&job->changed, g_array_unref);
  g_free (job);
}

static void
chorus_library_times_read_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusTimesJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecordingsOutput) output = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!output)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  chorus_library_take_recordings (self, NULL, output->recordings);

  /* What somebody holds outside of any list is brought up to date too. */
  for (guint i = 0; i < output->recordings->len; i++)
    {
      ChorusRecording *fresh = g_ptr_array_index (output->recordings, i);
      gint64 recording_id = chorus_recording_get_recording_id (fresh);

      chorus_recording_update (g_hash_table_lookup (job->by_id, &recording_id), fresh);
    }
  chorus_library_show_times (task);
}

static void
chorus_library_show_times (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusTimesJob *job = g_task_get_task_data (task);
  const guint n = MIN (job->changed->len - job->n_shown, CHORUS_LIBRARY_TIMES_AT_ONCE);
  ChorusRecordingsInput *input = NULL;

  if (n == 0)
    {
      g_task_return_int (task, (gssize) job->changed->len);
      return;
    }

  input = chorus_recordings_input_new (self->profile_id, NULL);
  input->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_array_append_vals (input->ids, &g_array_index (job->changed, gint64, job->n_shown), n);
  job->n_shown += n;
  chorus_store_run_async (self->store, chorus_recording_rows_read_several, input,
                          (GDestroyNotify) chorus_recordings_input_free, (GDestroyNotify) chorus_recordings_output_free,
                          NULL, chorus_library_times_read_cb, g_object_ref (task));
}

static void
chorus_library_times_corrected_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusTimesJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->changed = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (job->changed)
    chorus_library_show_times (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_library_correct_times_async (ChorusLibrary              *self,
                                    GPtrArray                  *recordings,
                                    const ChorusTimeCorrection *correction,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusTimesJob *job = NULL;
  ChorusTimesInput *input = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (recordings != NULL);
  g_return_if_fail (correction != NULL);
  g_return_if_fail (recordings->len <= 1 || chorus_time_correction_get_kind (correction) != CHORUS_TIME_CORRECTION_SET);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_correct_times_async);
  /* What is written is written: the answer tells, whatever is cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  job = g_new0 (ChorusTimesJob, 1);
  job->recordings = g_ptr_array_copy (recordings, (GCopyFunc) (void *) g_object_ref, NULL);
  g_ptr_array_set_free_func (job->recordings, g_object_unref);
  job->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) chorus_times_job_free);

  input = g_new0 (ChorusTimesInput, 1);
  input->correction = chorus_time_correction_copy (correction);
  input->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), recordings->len);
  for (guint i = 0; i < recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i);
      gint64 recording_id = chorus_recording_get_recording_id (recording);

      /* One that is given twice is corrected once. */
      if (g_hash_table_insert (job->by_id, g_memdup2 (&recording_id, sizeof recording_id), recording))
        g_array_append_val (input->ids, recording_id);
    }
  chorus_store_run_async (self->store, chorus_time_rows_correct, input, (GDestroyNotify) chorus_times_input_free,
                          (GDestroyNotify) g_array_unref, cancellable, chorus_library_times_corrected_cb,
                          g_object_ref (task));
}

gboolean
chorus_library_correct_times_finish (ChorusLibrary  *self,
                                     GAsyncResult   *result,
                                     guint          *n_corrected,
                                     GError        **error)
{
  gssize n = 0;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_corrected)
    *n_corrected = (guint) MAX (n, 0);

  return n >= 0;
}
