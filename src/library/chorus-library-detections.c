/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The detections of a recording. */

#include "config.h"

#include "chorus-detection-rows.h"
#include "chorus-library-private.h"

static void
chorus_library_detections_read_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) detections = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  GListStore *list = NULL;

  if (!detections)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  list = g_list_store_new (CHORUS_TYPE_DETECTION);
  g_list_store_splice (list, 0, 0, detections->pdata, detections->len);
  g_task_return_pointer (task, list, g_object_unref);
}

void
chorus_library_load_detections_async (ChorusLibrary       *self,
                                      ChorusRecording     *recording,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  gint64 recording_id = 0;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (CHORUS_IS_RECORDING (recording));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_load_detections_async);

  recording_id = chorus_recording_get_recording_id (recording);
  chorus_store_run_async (self->store, chorus_detection_rows_read, g_memdup2 (&recording_id, sizeof recording_id),
                          g_free, (GDestroyNotify) g_ptr_array_unref, cancellable, chorus_library_detections_read_cb,
                          g_object_ref (task));
}

GListModel *
chorus_library_load_detections_finish (ChorusLibrary  *self,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
