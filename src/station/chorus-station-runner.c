/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-runner.h"

#include "audio/chorus-sample-source.h"
#include "chorus-station-inferences.h"

/* Frames read at a time: 1.4 s at 48 kHz, so that stopping takes no longer. */
#define CHORUS_STATION_RUNNER_FRAMES 65536
#define CHORUS_STATION_RUNNER_RETRY_SECONDS 5
#define CHORUS_STATION_RUNNER_MAX_THREADS 4

struct _ChorusStationRunner
{
  GObject parent_instance;

  ChorusStore *store;
  ChorusStationFolder *folder;
  GCancellable *cancellable;
  guint n_threads;
  guint n_active;
  gboolean woken;
};

G_DEFINE_FINAL_TYPE (ChorusStationRunner, chorus_station_runner, G_TYPE_OBJECT)

static void
chorus_station_runner_finalize (GObject *object)
{
  ChorusStationRunner *self = CHORUS_STATION_RUNNER (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->folder);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (chorus_station_runner_parent_class)->finalize (object);
}

static void
chorus_station_runner_class_init (ChorusStationRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_station_runner_finalize;
}

static void
chorus_station_runner_init (ChorusStationRunner *self)
{
  self->cancellable = g_cancellable_new ();
  /* Half of the computer, for the person at it has other things to do; and a part of GLib's ten threads for tasks, for
   * the others receive and send files. */
  self->n_threads = CLAMP (g_get_num_processors () / 2, 1, CHORUS_STATION_RUNNER_MAX_THREADS);
}

ChorusStationRunner *
chorus_station_runner_new (ChorusStore         *store,
                           ChorusStationFolder *folder)
{
  ChorusStationRunner *self = g_object_new (CHORUS_TYPE_STATION_RUNNER, NULL);

  self->store = g_object_ref (store);
  self->folder = g_object_ref (folder);

  return self;
}

static gboolean
chorus_station_runner_listen (ChorusEventDetector  *detector,
                              ChorusSampleSource   *source,
                              GCancellable         *cancellable,
                              GError              **error)
{
  guint64 n_frames = chorus_sample_source_get_n_frames (source);
  g_autofree float *samples = g_new (float, CHORUS_STATION_RUNNER_FRAMES);

  for (guint64 first = 0; first < n_frames; first += CHORUS_STATION_RUNNER_FRAMES)
    {
      gsize n = (gsize) MIN (n_frames - first, CHORUS_STATION_RUNNER_FRAMES);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_sample_source_read_mono (source, first, n, samples, cancellable, error))
        return FALSE;
      chorus_event_detector_push (detector, samples, n);
    }

  return TRUE;
}

static void
chorus_station_runner_detect (GTask        *task,
                              gpointer      source_object,
                              gpointer      task_data,
                              GCancellable *cancellable)
{
  ChorusStationJob *job = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_sample_source_open (file, cancellable, &error);
  ChorusEventDetector *detector =
    source ? chorus_event_detector_new (chorus_sample_source_get_sample_rate (source), NULL) : NULL;

  if (detector && chorus_station_runner_listen (detector, source, cancellable, &error))
    job->n_events = chorus_event_detector_finish (detector, &job->events);
  else if (source && !detector)
    job->error = g_strdup ("The detector does not work at the sample rate of this file.");
  chorus_event_detector_free (detector);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The sentence of the reader names a file that the client does not know. */
  if (error)
    {
      g_printerr ("%s\n", error->message);
      job->error = g_strdup ("The audio of this file cannot be decoded.");
    }
  g_task_return_boolean (task, TRUE);
}

static void chorus_station_runner_complete (ChorusStationRunner *self,
                                            GTask               *task);

static gboolean
chorus_station_runner_retry_cb (gpointer user_data)
{
  GTask *task = user_data;

  chorus_station_runner_complete (g_task_get_source_object (task), task);

  return G_SOURCE_REMOVE;
}

static void
chorus_station_runner_completed_cb (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusStationRunner *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  self->n_active--;
  if (!error)
    {
      chorus_station_runner_wake (self);
      return;
    }

  /* A full disk, most likely: what was found is kept until there is room. */
  g_printerr ("%s\n", error->message);
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, CHORUS_STATION_RUNNER_RETRY_SECONDS, chorus_station_runner_retry_cb,
                                g_object_ref (task), g_object_unref);
}

static void
chorus_station_runner_complete (ChorusStationRunner *self,
                                GTask               *task)
{
  self->n_active++;
  chorus_store_run_async (self->store, chorus_station_inferences_complete, g_task_get_task_data (task), NULL, NULL,
                          NULL, chorus_station_runner_completed_cb, g_object_ref (task));
}

static void
chorus_station_runner_detected_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  ChorusStationRunner *self = CHORUS_STATION_RUNNER (source);

  self->n_active--;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    chorus_station_runner_complete (self, G_TASK (result));
}

static void
chorus_station_runner_claimed_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusStationRunner) self = CHORUS_STATION_RUNNER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationJob) job = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;

  self->n_active--;
  if (error)
    g_printerr ("%s\n", error->message);
  if (error || !job || g_cancellable_is_cancelled (self->cancellable))
    {
      if (self->woken)
        chorus_station_runner_wake (self);
      return;
    }

  task = g_task_new (self, self->cancellable, chorus_station_runner_detected_cb, NULL);
  g_task_set_source_tag (task, chorus_station_runner_claimed_cb);
  g_task_set_task_data (task, g_steal_pointer (&job), (GDestroyNotify) chorus_station_job_free);
  self->n_active++;
  g_task_run_in_thread (task, chorus_station_runner_detect);
  /* Where there was one job there may be another. */
  chorus_station_runner_wake (self);
}

void
chorus_station_runner_wake (ChorusStationRunner *self)
{
  g_return_if_fail (CHORUS_IS_STATION_RUNNER (self));

  /* What is looking for work just now may have looked before there was any. */
  self->woken = self->n_active >= self->n_threads;
  if (self->woken || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->n_active++;
  chorus_store_run_async (self->store, chorus_station_inferences_claim, g_object_ref (self->folder), g_object_unref,
                          (GDestroyNotify) chorus_station_job_free, NULL, chorus_station_runner_claimed_cb,
                          g_object_ref (self));
}

void
chorus_station_runner_stop (ChorusStationRunner *self)
{
  g_return_if_fail (CHORUS_IS_STATION_RUNNER (self));

  g_cancellable_cancel (self->cancellable);
  while (self->n_active > 0)
    g_main_context_iteration (NULL, TRUE);
}
