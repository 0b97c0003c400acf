/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-store.h"

#include <glib/gi18n.h>

#include "chorus-database-private.h"

typedef struct
{
  GTask *task; /* NULL asks the worker to end */
  ChorusStoreFunc func;
  gpointer data;
  GDestroyNotify data_destroy;
  GDestroyNotify result_destroy;
} ChorusStoreJob;

struct _ChorusStore
{
  GObject parent_instance;

  char *path;
  GThread *thread;   /* NULL once closed */
  GAsyncQueue *jobs; /* of ChorusStoreJob, shared with the thread */
};

G_DEFINE_FINAL_TYPE (ChorusStore, chorus_store, G_TYPE_OBJECT)

/* What the thread owns. It holds no reference to the store: the thread ends when the store does. */
typedef struct
{
  ChorusDatabase *db;
  GAsyncQueue *jobs;
} ChorusStoreWorker;

static void
chorus_store_job_clear_data (ChorusStoreJob *job)
{
  GDestroyNotify destroy = g_steal_pointer (&job->data_destroy);

  if (destroy)
    destroy (g_steal_pointer (&job->data));
}

static void
chorus_store_job_free (ChorusStoreJob *job)
{
  chorus_store_job_clear_data (job);
  g_clear_object (&job->task);
  g_free (job);
}

static void
chorus_store_worker_run_job (ChorusStoreWorker *worker,
                             ChorusStoreJob    *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      chorus_database_set_cancellable (worker->db, cancellable);
      result = job->func (worker->db, job->data, &error);
      chorus_database_set_cancellable (worker->db, NULL);

      /* Scopes free themselves; one that was forgotten would silently take every later job into it. */
      g_warn_if_fail (worker->db->transaction_depth == 0);
    }

  chorus_store_job_clear_data (job);
  if (error)
    {
      if (result && job->result_destroy)
        job->result_destroy (result);
      g_task_return_error (job->task, g_steal_pointer (&error));
    }
  else
    g_task_return_pointer (job->task, result, job->result_destroy);
}

static gpointer
chorus_store_worker_thread (gpointer user_data)
{
  ChorusStoreWorker *worker = user_data;
  gboolean ended = FALSE;

  while (!ended)
    {
      ChorusStoreJob *job = g_async_queue_pop (worker->jobs);

      ended = job->task == NULL;
      if (!ended)
        chorus_store_worker_run_job (worker, job);
      chorus_store_job_free (job);
    }

  chorus_database_free (worker->db);
  g_async_queue_unref (worker->jobs);
  g_free (worker);

  return NULL;
}

void
chorus_store_close (ChorusStore *self)
{
  GThread *thread = NULL;

  g_return_if_fail (CHORUS_IS_STORE (self));

  thread = g_steal_pointer (&self->thread);
  if (!thread)
    return;

  g_async_queue_push (self->jobs, g_new0 (ChorusStoreJob, 1));

  /* A task holds the store, and the thread may be the last to let go of a task: it cannot wait for itself, and then no
   * job is left to wait for either. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}

static void
chorus_store_finalize (GObject *object)
{
  ChorusStore *self = CHORUS_STORE (object);

  chorus_store_close (self);
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (chorus_store_parent_class)->finalize (object);
}

static void
chorus_store_class_init (ChorusStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chorus_store_finalize;
}

static void
chorus_store_init (ChorusStore *self)
{
  self->jobs = g_async_queue_new ();
}

ChorusStore *
chorus_store_open (const char              *path,
                   const ChorusMigrations  *migrations,
                   GError                 **error)
{
  g_autoptr (ChorusDatabase) db = NULL;
  ChorusStore *self = NULL;
  ChorusStoreWorker *worker = NULL;

  db = path ? chorus_database_open (path, error) : chorus_database_open_in_memory (error);
  if (!db || (migrations && !chorus_migrations_apply (migrations, db, error)))
    return NULL;

  self = g_object_new (CHORUS_TYPE_STORE, NULL);
  self->path = g_strdup (path);

  worker = g_new0 (ChorusStoreWorker, 1);
  worker->db = g_steal_pointer (&db);
  worker->jobs = g_async_queue_ref (self->jobs);
  self->thread = g_thread_new ("chorus-store", chorus_store_worker_thread, worker);

  return self;
}

typedef struct
{
  char *path;
  const ChorusMigrations *migrations;
} ChorusStoreOpening;

static void
chorus_store_opening_free (ChorusStoreOpening *opening)
{
  g_free (opening->path);
  g_free (opening);
}

static void
chorus_store_open_thread (GTask        *task,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable)
{
  ChorusStoreOpening *opening = task_data;
  GError *error = NULL;
  ChorusStore *store = chorus_store_open (opening->path, opening->migrations, &error);

  if (store)
    g_task_return_pointer (task, store, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
chorus_store_open_async (const char             *path,
                         const ChorusMigrations *migrations,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ChorusStoreOpening *opening = g_new0 (ChorusStoreOpening, 1);

  opening->path = g_strdup (path);
  opening->migrations = migrations;
  g_task_set_source_tag (task, chorus_store_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) chorus_store_opening_free);
  g_task_run_in_thread (task, chorus_store_open_thread);
}

ChorusStore *
chorus_store_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_store_run_async (ChorusStore         *self,
                        ChorusStoreFunc      func,
                        gpointer             data,
                        GDestroyNotify       data_destroy,
                        GDestroyNotify       result_destroy,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusStoreJob *job = NULL;

  g_return_if_fail (CHORUS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_store_run_async);
  /* A job that came to its end is reported as it ended: what it wrote stays written. */
  g_task_set_check_cancellable (task, FALSE);

  job = g_new0 (ChorusStoreJob, 1);
  job->task = g_object_ref (task);
  job->func = func;
  job->data = data;
  job->data_destroy = data_destroy;
  job->result_destroy = result_destroy;

  if (self->thread)
    {
      g_async_queue_push (self->jobs, job);
      return;
    }

  g_task_return_new_error (task, CHORUS_STORE_ERROR, CHORUS_STORE_ERROR_CLOSED,
                           _("The store is closed. Start Chorus again to go on."));
  chorus_store_job_free (job);
}

gpointer
chorus_store_run_finish (ChorusStore   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
chorus_store_get_path (ChorusStore *self)
{
  g_return_val_if_fail (CHORUS_IS_STORE (self), NULL);

  return self->path;
}
