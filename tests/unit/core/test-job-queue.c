/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/chorus-job-queue.h"

#include "chorus-test.h"

/* Holds a worker thread until it is opened. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean entered;
  gboolean open;
  gboolean released; /* in the main thread alone */
} Gate;

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_wait_entered (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_run (gpointer      data,
          GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_released (gpointer data)
{
  Gate *gate = data;

  gate->released = TRUE;
}

/* A job that writes down when it ran and in which threads its ends arrived. */
typedef struct
{
  GMutex *mutex;
  GArray *order;
  GThread *thread;
  int number;
  gboolean ran;
  gboolean saw_cancelled;
  int n_done;
  int n_destroyed;
} Note;

static void
note_run (gpointer      data,
          GCancellable *cancellable)
{
  Note *note = data;

  g_assert_true (g_thread_self () != note->thread);
  g_mutex_lock (note->mutex);
  note->ran = TRUE;
  note->saw_cancelled = g_cancellable_is_cancelled (cancellable);
  g_array_append_val (note->order, note->number);
  g_mutex_unlock (note->mutex);
}

static void
note_done (gpointer data)
{
  Note *note = data;

  g_assert_true (g_thread_self () == note->thread);
  g_assert_cmpint (note->n_destroyed, ==, 0);
  note->n_done++;
}

static void
note_destroy (gpointer data)
{
  Note *note = data;

  g_assert_true (g_thread_self () == note->thread);
  note->n_destroyed++;
}

typedef struct
{
  ChorusJobQueue *queue;
  Gate gate;
  GMutex mutex;
  GArray *order;
  Note notes[8];
  guint64 ids[8];
  guint64 gate_id;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_mutex_init (&fixture->mutex);
  g_mutex_init (&fixture->gate.mutex);
  g_cond_init (&fixture->gate.cond);
  fixture->order = g_array_new (FALSE, FALSE, sizeof (int));
  fixture->queue = chorus_job_queue_new (1);
  for (int i = 0; i < (int) G_N_ELEMENTS (fixture->notes); i++)
    fixture->notes[i] = (Note){ &fixture->mutex, fixture->order, g_thread_self (), i };

  /* The only thread is held, so that what follows waits. */
  fixture->gate_id = chorus_job_queue_push (fixture->queue, 0, gate_run, NULL, &fixture->gate, gate_released, NULL);
  gate_wait_entered (&fixture->gate);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  if (fixture->queue)
    g_assert_finalize_object (fixture->queue);
  chorus_test_wait (fixture->gate.released);
  g_array_unref (fixture->order);
  g_cond_clear (&fixture->gate.cond);
  g_mutex_clear (&fixture->gate.mutex);
  g_mutex_clear (&fixture->mutex);
}

static void
fixture_push (Fixture      *fixture,
              int           number,
              int           priority,
              GCancellable *cancellable)
{
  fixture->ids[number] = chorus_job_queue_push (fixture->queue, priority, note_run, note_done, &fixture->notes[number],
                                                note_destroy, cancellable);
  g_assert_cmpuint (fixture->ids[number], !=, 0);
}

static void
fixture_assert_order (Fixture    *fixture,
                      const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);

  g_mutex_lock (&fixture->mutex);
  for (guint i = 0; i < fixture->order->len; i++)
    g_string_append_printf (order, "%d", g_array_index (fixture->order, int, i));
  g_mutex_unlock (&fixture->mutex);
  g_assert_cmpstr (order->str, ==, expected);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  fixture_push (fixture, 0, CHORUS_JOB_PRIORITY_PREFETCH, NULL);
  fixture_push (fixture, 1, CHORUS_JOB_PRIORITY_VISIBLE, NULL);
  fixture_push (fixture, 2, CHORUS_JOB_PRIORITY_NEARBY, NULL);
  fixture_push (fixture, 3, CHORUS_JOB_PRIORITY_VISIBLE, NULL);
  fixture_push (fixture, 4, G_MININT, NULL);
  fixture_push (fixture, 5, G_MAXINT, NULL);
  g_assert_cmpuint (chorus_job_queue_get_n_waiting (fixture->queue), ==, 6);

  gate_open (&fixture->gate);
  chorus_test_wait (fixture->notes[5].n_destroyed == 1);

  fixture_assert_order (fixture, "413205");
  for (int i = 0; i < 6; i++)
    {
      g_assert_cmpint (fixture->notes[i].n_done, ==, 1);
      g_assert_cmpint (fixture->notes[i].n_destroyed, ==, 1);
      g_assert_false (chorus_job_queue_cancel (fixture->queue, fixture->ids[i]));
    }
}

static void
test_set_priority (Fixture       *fixture,
                   gconstpointer  data)
{
  for (int i = 0; i < 4; i++)
    fixture_push (fixture, i, 10, NULL);

  g_assert_true (chorus_job_queue_set_priority (fixture->queue, fixture->ids[2], 0));
  g_assert_true (chorus_job_queue_set_priority (fixture->queue, fixture->ids[0], 20));
  g_assert_true (chorus_job_queue_set_priority (fixture->queue, fixture->ids[1], 10));
  g_assert_false (chorus_job_queue_set_priority (fixture->queue, fixture->gate_id, 5));
  g_assert_false (chorus_job_queue_set_priority (fixture->queue, 12345, 5));

  gate_open (&fixture->gate);
  chorus_test_wait (fixture->notes[0].n_destroyed == 1);
  fixture_assert_order (fixture, "2130");
}

static void
test_cancel_waiting (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture_push (fixture, 0, 0, NULL);
  fixture_push (fixture, 1, 0, NULL);

  g_assert_true (chorus_job_queue_cancel (fixture->queue, fixture->ids[0]));
  g_assert_cmpuint (chorus_job_queue_get_n_waiting (fixture->queue), ==, 1);
  g_assert_cmpint (fixture->notes[0].n_destroyed, ==, 0); /* never from inside of cancel() */

  gate_open (&fixture->gate);
  chorus_test_wait (fixture->notes[0].n_destroyed == 1 && fixture->notes[1].n_destroyed == 1);
  g_assert_false (fixture->notes[0].ran);
  g_assert_cmpint (fixture->notes[0].n_done, ==, 0);
  g_assert_cmpint (fixture->notes[1].n_done, ==, 1);
}

static void
test_cancel_by_cancellable (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  fixture_push (fixture, 0, 0, cancellable);
  fixture_push (fixture, 1, 0, cancelled);
  fixture_push (fixture, 2, 0, cancellable);
  g_cancellable_cancel (cancellable);

  gate_open (&fixture->gate);
  chorus_test_wait (fixture->notes[2].n_destroyed == 1);
  for (int i = 0; i < 3; i++)
    {
      g_assert_false (fixture->notes[i].ran);
      g_assert_cmpint (fixture->notes[i].n_done, ==, 0);
      g_assert_cmpint (fixture->notes[i].n_destroyed, ==, 1);
    }
}

/* The end has come, but its report has not been delivered: cancelling still keeps it away. */
static void
test_cancel_before_report (Fixture       *fixture,
                           gconstpointer  data)
{
  gboolean ran = FALSE;

  fixture_push (fixture, 0, 0, NULL);
  gate_open (&fixture->gate);
  while (!ran)
    {
      g_thread_yield ();
      g_mutex_lock (&fixture->mutex);
      ran = fixture->notes[0].ran;
      g_mutex_unlock (&fixture->mutex);
    }

  g_assert_true (chorus_job_queue_cancel (fixture->queue, fixture->ids[0]));
  chorus_test_wait (fixture->notes[0].n_destroyed == 1);
  g_assert_cmpint (fixture->notes[0].n_done, ==, 0);
}

static void
wait_for_cancel_run (gpointer      data,
                     GCancellable *cancellable)
{
  Gate *gate = data;
  GPollFD fd = { 0 };

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_assert_cmpint (g_poll (&fd, 1, CHORUS_TEST_BOUND_SECONDS * 1000), ==, 1);
  g_cancellable_release_fd (cancellable);
}

static void
never_done (gpointer data)
{
  g_assert_not_reached ();
}

static void
test_cancel_running (gconstpointer data)
{
  gboolean by_cancellable = GPOINTER_TO_INT (data);
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Gate gate = { 0 };
  guint64 id = 0;

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  id = chorus_job_queue_push (queue, 0, wait_for_cancel_run, never_done, &gate, gate_released, cancellable);
  gate_wait_entered (&gate);

  if (by_cancellable)
    g_cancellable_cancel (cancellable);
  else
    g_assert_true (chorus_job_queue_cancel (queue, id));
  chorus_test_wait (gate.released);

  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

static void
test_dispose (Fixture       *fixture,
              gconstpointer  data)
{
  fixture_push (fixture, 0, 0, NULL);
  fixture_push (fixture, 1, 0, NULL);

  /* One job runs and cannot be stopped: disposing does not wait for it. */
  g_assert_finalize_object (g_steal_pointer (&fixture->queue));
  chorus_test_wait (fixture->notes[0].n_destroyed == 1 && fixture->notes[1].n_destroyed == 1);
  g_assert_false (fixture->notes[0].ran);
  g_assert_cmpint (fixture->notes[0].n_done, ==, 0);

  gate_open (&fixture->gate);
}

/* A job that is running when its queue goes away still releases its data, in the right place, and is not reported. */
static void
test_dispose_running (void)
{
  ChorusJobQueue *queue = chorus_job_queue_new (1);
  Gate gate = { 0 };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  chorus_job_queue_push (queue, 0, gate_run, never_done, &gate, gate_released, NULL);
  gate_wait_entered (&gate);

  g_assert_finalize_object (queue);
  gate_open (&gate);
  chorus_test_wait (gate.released);

  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

typedef struct
{
  ChorusJobQueue *queue;
  GMutex mutex;
  guint64 n_run;
  guint n_done;
  guint n_destroyed;
} Count;

static void
count_run (gpointer      data,
           GCancellable *cancellable)
{
  Count *count = data;

  g_mutex_lock (&count->mutex);
  count->n_run++;
  g_mutex_unlock (&count->mutex);
}

static void
count_done (gpointer data)
{
  ((Count *) data)->n_done++;
}

static void
count_destroyed (gpointer data)
{
  ((Count *) data)->n_destroyed++;
}

/* Pushing, moving and cancelling at random while four threads work: every job ends exactly once. */
static void
test_storm (void)
{
  const guint n_jobs = 4000;
  Count count = { 0 };

  g_mutex_init (&count.mutex);
  count.queue = chorus_job_queue_new (4);
  for (guint i = 0; i < n_jobs; i++)
    {
      guint64 id = chorus_job_queue_push (count.queue, g_test_rand_int_range (0, 5), count_run, count_done, &count,
                                          count_destroyed, NULL);
      guint64 other = (guint64) g_test_rand_int_range (1, (int) id + 1);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          chorus_job_queue_cancel (count.queue, other);
          break;
        case 1:
          chorus_job_queue_set_priority (count.queue, other, g_test_rand_int_range (0, 5));
          break;
        case 2:
          g_main_context_iteration (NULL, FALSE);
          break;
        default:
          break;
        }
    }
  chorus_test_wait (count.n_destroyed == n_jobs);
  g_assert_cmpuint (count.n_done, <=, count.n_run);
  g_assert_cmpuint (count.n_done, >, 0);
  g_assert_cmpuint (chorus_job_queue_get_n_waiting (count.queue), ==, 0);

  g_assert_finalize_object (count.queue);
  g_mutex_clear (&count.mutex);
}

static gpointer
push_from_thread (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  ChorusJobQueue *queue = data;
  Count count = { 0 };

  g_mutex_init (&count.mutex);
  g_main_context_push_thread_default (context);
  for (int i = 0; i < 100; i++)
    chorus_job_queue_push (queue, i, count_run, count_done, &count, count_destroyed, NULL);
  while (count.n_destroyed < 100)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  g_mutex_clear (&count.mutex);

  return GUINT_TO_POINTER (count.n_done);
}

static void
test_several_pushers (void)
{
  g_autoptr (ChorusJobQueue) queue = chorus_job_queue_new (0);
  GThread *threads[4] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("pusher", push_from_thread, queue);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/core/job-queue/order", Fixture, NULL, fixture_set_up, test_order, fixture_tear_down);
  g_test_add ("/core/job-queue/set-priority", Fixture, NULL, fixture_set_up, test_set_priority, fixture_tear_down);
  g_test_add ("/core/job-queue/cancel-waiting", Fixture, NULL, fixture_set_up, test_cancel_waiting, fixture_tear_down);
  g_test_add ("/core/job-queue/cancel-by-cancellable", Fixture, NULL, fixture_set_up, test_cancel_by_cancellable,
              fixture_tear_down);
  g_test_add ("/core/job-queue/cancel-before-report", Fixture, NULL, fixture_set_up, test_cancel_before_report,
              fixture_tear_down);
  g_test_add_data_func ("/core/job-queue/cancel-running", GINT_TO_POINTER (FALSE), test_cancel_running);
  g_test_add_data_func ("/core/job-queue/cancel-running-by-cancellable", GINT_TO_POINTER (TRUE), test_cancel_running);
  g_test_add ("/core/job-queue/dispose", Fixture, NULL, fixture_set_up, test_dispose, fixture_tear_down);
  g_test_add_func ("/core/job-queue/dispose-running", test_dispose_running);
  g_test_add_func ("/core/job-queue/storm", test_storm);
  g_test_add_func ("/core/job-queue/several-pushers", test_several_pushers);

  return g_test_run ();
}
