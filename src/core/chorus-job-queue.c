/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-job-queue.h"

#include <sys/resource.h>

/* How much the threads give way to the one that draws, as in nice(1). */
#define CHORUS_JOB_NICENESS 5

/* What the worker threads share with the queue. It outlives the queue object for as long as a job runs, so that
 * disposing of the queue never has to wait for one. */
typedef struct
{
  GMutex mutex;
  GCond wake;

  GSequence *waiting; /* of ChorusJob, owned, in the order in which they run */
  GHashTable *jobs;   /* id -> ChorusJob, owned: all whose end has not been reported */
  guint64 last_id;
  guint64 last_turn;
  guint max_threads;
  guint n_threads;
  guint n_idle;
  gboolean closed;
} ChorusJobPool;

typedef struct
{
  ChorusJobPool *pool;
  GMainContext *context;
  GCancellable *cancellable;       /* handed to run */
  GCancellable *outer_cancellable; /* of the caller, nullable */

  ChorusJobFunc run;
  ChorusJobDone done;
  gpointer data;
  GDestroyNotify destroy;

  /* Under the mutex of the pool. */
  guint64 id;
  int priority;
  guint64 turn;        /* among jobs of the same priority */
  GSequenceIter *iter; /* NULL once it has been taken off the waiting list */
  gboolean dropped;
} ChorusJob;

struct _ChorusJobQueue
{
  GObject parent_instance;

  ChorusJobPool *pool;
};

G_DEFINE_FINAL_TYPE (ChorusJobQueue, chorus_job_queue, G_TYPE_OBJECT)

static void
chorus_job_pool_clear (gpointer data)
{
  ChorusJobPool *pool = data;

  g_assert (g_sequence_is_empty (pool->waiting));

  g_sequence_free (pool->waiting);
  g_hash_table_unref (pool->jobs);
  g_cond_clear (&pool->wake);
  g_mutex_clear (&pool->mutex);
}

static void
chorus_job_pool_unref (ChorusJobPool *pool)
{
  g_atomic_rc_box_release_full (pool, chorus_job_pool_clear);
}

static void
chorus_job_clear (gpointer data)
{
  ChorusJob *job = data;

  g_clear_object (&job->outer_cancellable);
  g_object_unref (job->cancellable);
  g_main_context_unref (job->context);
  chorus_job_pool_unref (job->pool);
}

static void
chorus_job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, chorus_job_clear);
}

static int
chorus_job_compare (gconstpointer a,
                    gconstpointer b,
                    gpointer      user_data)
{
  const ChorusJob *job_a = a;
  const ChorusJob *job_b = b;

  if (job_a->priority != job_b->priority)
    return job_a->priority < job_b->priority ? -1 : 1;

  return job_a->turn < job_b->turn ? -1 : job_a->turn > job_b->turn;
}

/* The end of a job as its pusher sees it. */
static gboolean
chorus_job_report_cb (gpointer user_data)
{
  ChorusJob *job = user_data;
  gboolean dropped = FALSE;

  g_mutex_lock (&job->pool->mutex);
  dropped = job->dropped;
  g_hash_table_remove (job->pool->jobs, &job->id);
  g_mutex_unlock (&job->pool->mutex);

  if (job->done && !dropped && !g_cancellable_is_cancelled (job->cancellable)
      && !g_cancellable_is_cancelled (job->outer_cancellable))
    job->done (job->data);

  return G_SOURCE_REMOVE;
}

/* Also runs when the main context goes away without having reported: the data is released in any case. */
static void
chorus_job_reported_cb (gpointer user_data)
{
  ChorusJob *job = user_data;

  g_mutex_lock (&job->pool->mutex);
  g_hash_table_remove (job->pool->jobs, &job->id);
  g_mutex_unlock (&job->pool->mutex);

  if (job->destroy)
    g_steal_pointer (&job->destroy) (g_steal_pointer (&job->data));
  chorus_job_unref (job);
}

static void
chorus_job_report (ChorusJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[chorus] job done");
  g_source_set_callback (source, chorus_job_report_cb, g_atomic_rc_box_acquire (job), chorus_job_reported_cb);
  g_source_attach (source, job->context);
}

static void
chorus_job_outer_cancelled_cb (GCancellable *outer,
                               GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static void
chorus_job_run (ChorusJob *job)
{
  gulong handler = 0;

  if (job->outer_cancellable)
    handler = g_cancellable_connect (job->outer_cancellable, G_CALLBACK (chorus_job_outer_cancelled_cb),
                                     g_object_ref (job->cancellable), g_object_unref);
  if (!g_cancellable_is_cancelled (job->cancellable))
    job->run (job->data, job->cancellable);
  g_cancellable_disconnect (job->outer_cancellable, handler);

  chorus_job_report (job);
}

static gpointer
chorus_job_pool_thread (gpointer data)
{
  ChorusJobPool *pool = data;

  /* On Linux this is of the calling thread alone. Where it is refused, the work goes on as before. */
  setpriority (PRIO_PROCESS, 0, CHORUS_JOB_NICENESS);

  g_mutex_lock (&pool->mutex);
  while (!pool->closed)
    {
      ChorusJob *job = NULL;

      if (g_sequence_is_empty (pool->waiting))
        {
          pool->n_idle++;
          g_cond_wait (&pool->wake, &pool->mutex);
          pool->n_idle--;
          continue;
        }

      job = g_atomic_rc_box_acquire (g_sequence_get (g_sequence_get_begin_iter (pool->waiting)));
      g_sequence_remove (g_steal_pointer (&job->iter));

      g_mutex_unlock (&pool->mutex);
      chorus_job_run (job);
      chorus_job_unref (job);
      g_mutex_lock (&pool->mutex);
    }
  g_mutex_unlock (&pool->mutex);

  chorus_job_pool_unref (pool);

  return NULL;
}

/* Handlers of a cancellable run at once, in the thread that cancels, and may well call into the queue: never with the
 * mutex held. */
static void
chorus_job_drop (ChorusJob *job)
{
  gboolean was_waiting = FALSE;

  g_mutex_lock (&job->pool->mutex);
  job->dropped = TRUE;
  was_waiting = job->iter != NULL;
  if (was_waiting)
    g_sequence_remove (g_steal_pointer (&job->iter));
  g_mutex_unlock (&job->pool->mutex);

  g_cancellable_cancel (job->cancellable);
  if (was_waiting)
    chorus_job_report (job);
}

static void
chorus_job_pool_drop_all (ChorusJobPool *pool)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (chorus_job_unref);
  GHashTableIter iter;
  gpointer job = NULL;

  g_mutex_lock (&pool->mutex);
  g_hash_table_iter_init (&iter, pool->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_ptr_array_add (jobs, g_atomic_rc_box_acquire (job));
  g_mutex_unlock (&pool->mutex);

  for (guint i = 0; i < jobs->len; i++)
    chorus_job_drop (jobs->pdata[i]);
}

static void
chorus_job_queue_finalize (GObject *object)
{
  ChorusJobQueue *self = CHORUS_JOB_QUEUE (object);

  chorus_job_pool_unref (self->pool);

  G_OBJECT_CLASS (chorus_job_queue_parent_class)->finalize (object);
}

static void
chorus_job_queue_dispose (GObject *object)
{
  ChorusJobQueue *self = CHORUS_JOB_QUEUE (object);

  g_mutex_lock (&self->pool->mutex);
  self->pool->closed = TRUE;
  g_cond_broadcast (&self->pool->wake);
  g_mutex_unlock (&self->pool->mutex);
  chorus_job_pool_drop_all (self->pool);

  G_OBJECT_CLASS (chorus_job_queue_parent_class)->dispose (object);
}

static void
chorus_job_queue_class_init (ChorusJobQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_job_queue_dispose;
  object_class->finalize = chorus_job_queue_finalize;
}

static void
chorus_job_queue_init (ChorusJobQueue *self)
{
  self->pool = g_atomic_rc_box_new0 (ChorusJobPool);
  g_mutex_init (&self->pool->mutex);
  g_cond_init (&self->pool->wake);
  self->pool->waiting = g_sequence_new (chorus_job_unref);
  self->pool->jobs = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, chorus_job_unref);
}

ChorusJobQueue *
chorus_job_queue_new (guint n_threads)
{
  ChorusJobQueue *self = g_object_new (CHORUS_TYPE_JOB_QUEUE, NULL);

  self->pool->max_threads = n_threads > 0 ? n_threads : g_get_num_processors ();

  return self;
}

guint
chorus_job_queue_get_n_waiting (ChorusJobQueue *self)
{
  guint n_waiting = 0;

  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (self), 0);

  g_mutex_lock (&self->pool->mutex);
  n_waiting = (guint) g_sequence_get_length (self->pool->waiting);
  g_mutex_unlock (&self->pool->mutex);

  return n_waiting;
}

guint64
chorus_job_queue_push (ChorusJobQueue *self,
                       int             priority,
                       ChorusJobFunc   run,
                       ChorusJobDone   done,
                       gpointer        data,
                       GDestroyNotify  destroy,
                       GCancellable   *cancellable)
{
  ChorusJobPool *pool = NULL;
  ChorusJob *job = NULL;
  guint64 id = 0;

  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (self), 0);
  g_return_val_if_fail (run != NULL, 0);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), 0);

  pool = self->pool;
  job = g_atomic_rc_box_new0 (ChorusJob);
  job->pool = g_atomic_rc_box_acquire (pool);
  job->context = g_main_context_ref_thread_default ();
  job->cancellable = g_cancellable_new ();
  g_set_object (&job->outer_cancellable, cancellable);
  job->run = run;
  job->done = done;
  job->data = data;
  job->destroy = destroy;
  job->priority = priority;

  g_mutex_lock (&pool->mutex);
  id = job->id = ++pool->last_id;
  job->turn = ++pool->last_turn;
  job->iter = g_sequence_insert_sorted (pool->waiting, job, chorus_job_compare, NULL);
  g_hash_table_insert (pool->jobs, &job->id, g_atomic_rc_box_acquire (job));

  if ((guint) g_sequence_get_length (pool->waiting) > pool->n_idle && pool->n_threads < pool->max_threads)
    {
      pool->n_threads++;
      g_thread_unref (g_thread_new ("chorus-job", chorus_job_pool_thread, g_atomic_rc_box_acquire (pool)));
    }
  g_cond_signal (&pool->wake);
  g_mutex_unlock (&pool->mutex);

  return id;
}

gboolean
chorus_job_queue_set_priority (ChorusJobQueue *self,
                               guint64         id,
                               int             priority)
{
  ChorusJobPool *pool = NULL;
  ChorusJob *job = NULL;
  gboolean waiting = FALSE;

  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (self), FALSE);

  pool = self->pool;
  g_mutex_lock (&pool->mutex);
  job = g_hash_table_lookup (pool->jobs, &id);
  waiting = job && job->iter;
  if (waiting && job->priority != priority)
    {
      job->priority = priority;
      job->turn = ++pool->last_turn;
      g_sequence_sort_changed (job->iter, chorus_job_compare, NULL);
    }
  g_mutex_unlock (&pool->mutex);

  return waiting;
}

gboolean
chorus_job_queue_cancel (ChorusJobQueue *self,
                         guint64         id)
{
  ChorusJob *job = NULL;

  g_return_val_if_fail (CHORUS_IS_JOB_QUEUE (self), FALSE);

  g_mutex_lock (&self->pool->mutex);
  job = g_hash_table_lookup (self->pool->jobs, &id);
  if (job)
    g_atomic_rc_box_acquire (job);
  g_mutex_unlock (&self->pool->mutex);

  if (!job)
    return FALSE;

  chorus_job_drop (job);
  chorus_job_unref (job);

  return TRUE;
}

void
chorus_job_queue_cancel_all (ChorusJobQueue *self)
{
  g_return_if_fail (CHORUS_IS_JOB_QUEUE (self));

  chorus_job_pool_drop_all (self->pool);
}
