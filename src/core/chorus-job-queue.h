/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Customary priorities. As with GSource, a lower number runs first; values in between are allowed. */
#define CHORUS_JOB_PRIORITY_VISIBLE 0
#define CHORUS_JOB_PRIORITY_NEARBY 100
#define CHORUS_JOB_PRIORITY_PREFETCH 200

#define CHORUS_TYPE_JOB_QUEUE (chorus_job_queue_get_type ())

G_DECLARE_FINAL_TYPE (ChorusJobQueue, chorus_job_queue, CHORUS, JOB_QUEUE, GObject)

/**
 * ChorusJobFunc:
 * @data: the data given to [method@JobQueue.push]
 * @cancellable: (not nullable): cancelled when the job should stop early
 *
 * The work of a job. Called in a worker thread, at most once.
 */
typedef void (*ChorusJobFunc) (gpointer data, GCancellable *cancellable);

/**
 * ChorusJobDone:
 * @data: the data given to [method@JobQueue.push]
 *
 * Called in the main context of the thread that pushed the job, after the work has ended and only if the job has not
 * been cancelled by then.
 */
typedef void (*ChorusJobDone) (gpointer data);

/**
 * chorus_job_queue_new:
 * @n_threads: the greatest number of threads, or 0 for one for each processor
 *
 * Creates a pool of threads that works off jobs in the order of their priority. Threads start when they are needed and
 * end with the queue.
 *
 * Disposing of the queue drops the jobs that wait, cancels those that run, and does not wait for them; no
 * [callback@JobDone] is called afterwards.
 *
 * Returns: (transfer full): a new queue
 */
ChorusJobQueue *chorus_job_queue_new (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_job_queue_get_n_waiting:
 * @self: a job queue
 *
 * Returns: the number of jobs that have not started
 */
guint chorus_job_queue_get_n_waiting (ChorusJobQueue *self);

/**
 * chorus_job_queue_push:
 * @self: a job queue
 * @priority: lower runs first; jobs of equal priority run in the order in which they were pushed
 * @run: (scope async): the work, called in a worker thread
 * @done: (scope async) (nullable): called in the thread-default main context of the caller when the work has ended
 * @data: (nullable): handed to @run and then to @done, and used by nobody else until @destroy
 * @destroy: (nullable): called exactly once with @data, always in the thread-default main context of the caller, also
 *   for a job that was cancelled or dropped
 * @cancellable: (nullable): cancels the job
 *
 * Adds a job. May be called from any thread.
 *
 * Returns: a number that names the job in this queue, never 0
 */
guint64 chorus_job_queue_push (ChorusJobQueue *self,
                               int             priority,
                               ChorusJobFunc   run,
                               ChorusJobDone   done,
                               gpointer        data,
                               GDestroyNotify  destroy,
                               GCancellable   *cancellable);

/**
 * chorus_job_queue_set_priority:
 * @self: a job queue
 * @id: a job
 * @priority: its new priority
 *
 * Moves a waiting job forward or back, behind the jobs that already have @priority.
 *
 * Returns: whether the job was still waiting
 */
gboolean chorus_job_queue_set_priority (ChorusJobQueue *self,
                                        guint64         id,
                                        int             priority);

/**
 * chorus_job_queue_cancel:
 * @self: a job queue
 * @id: a job
 *
 * Drops a job that has not started, or cancels one that runs. When this is called from the thread that pushed the job,
 * its [callback@JobDone] is not called afterwards.
 *
 * Returns: whether the job was still known, that is, its end had not yet been reported
 */
gboolean chorus_job_queue_cancel (ChorusJobQueue *self,
                                  guint64         id);

/**
 * chorus_job_queue_cancel_all:
 * @self: a job queue
 *
 * Does what [method@JobQueue.cancel] does to every job of the queue.
 */
void chorus_job_queue_cancel_all (ChorusJobQueue *self);

G_END_DECLS
