/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-view-steps.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define BENCH_SLOW 16.0
#define BENCH_TOO_SLOW 50.0

typedef enum
{
  BENCH_PHASE_UPDATE,
  BENCH_PHASE_LAYOUT,
  BENCH_PHASE_PAINT,
  BENCH_N_PHASES,
} BenchPhase;

/* In milliseconds; the phases are those of its frame. */
typedef struct
{
  double wall;
  double processor;
  double phases[BENCH_N_PHASES];
} BenchStep;

struct _BenchViewSteps
{
  GPollFunc poll;
  /* BenchStep */
  GArray *frames;
  GArray *others;
  BenchStep step;
  gint64 start;
  double processor_start;
  gint64 phase_start;
  gboolean has_frame;
};

/* A poll function has no data. */
static BenchViewSteps *bench_view_steps;

/* What this thread had of the processors, in milliseconds. */
static double
bench_view_steps_get_processor (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec * 1e-6;
}

static int
bench_view_steps_poll (GPollFD *fds,
                       guint    n_fds,
                       int      timeout)
{
  BenchViewSteps *self = bench_view_steps;
  int result = 0;

  if (self->start)
    {
      self->step.wall = (double) (g_get_monotonic_time () - self->start) / 1e3;
      self->step.processor = bench_view_steps_get_processor () - self->processor_start;
      g_array_append_val (self->has_frame ? self->frames : self->others, self->step);
    }
  result = self->poll (fds, n_fds, timeout);
  self->step = (BenchStep){ 0 };
  self->has_frame = FALSE;
  self->start = g_get_monotonic_time ();
  self->processor_start = bench_view_steps_get_processor ();

  return result;
}

static void
bench_view_steps_end_phase (BenchViewSteps *self,
                            BenchPhase      phase)
{
  gint64 now = g_get_monotonic_time ();

  self->step.phases[phase] += (double) (now - self->phase_start) / 1e3;
  self->phase_start = now;
}

static void
bench_view_steps_before_paint_cb (BenchViewSteps *self)
{
  self->has_frame = TRUE;
  self->phase_start = g_get_monotonic_time ();
}

static void
bench_view_steps_updated_cb (BenchViewSteps *self)
{
  bench_view_steps_end_phase (self, BENCH_PHASE_UPDATE);
}

static void
bench_view_steps_laid_out_cb (BenchViewSteps *self)
{
  bench_view_steps_end_phase (self, BENCH_PHASE_LAYOUT);
}

static void
bench_view_steps_after_paint_cb (BenchViewSteps *self)
{
  bench_view_steps_end_phase (self, BENCH_PHASE_PAINT);
}

void
bench_view_steps_watch_clock (BenchViewSteps *self,
                              GdkFrameClock  *clock)
{
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (bench_view_steps_before_paint_cb), self);
  g_signal_connect_data (clock, "update", G_CALLBACK (bench_view_steps_updated_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_data (clock, "layout", G_CALLBACK (bench_view_steps_laid_out_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (bench_view_steps_after_paint_cb), self);
}

static int
bench_view_steps_compare_wall (gconstpointer a,
                               gconstpointer b)
{
  double difference = ((const BenchStep *) a)->wall - ((const BenchStep *) b)->wall;

  return difference < 0 ? -1 : difference > 0;
}

static int
bench_view_steps_compare_processor (gconstpointer a,
                                    gconstpointer b)
{
  double difference = ((const BenchStep *) a)->processor - ((const BenchStep *) b)->processor;

  return difference < 0 ? -1 : difference > 0;
}

/* The smallest step that @fraction of all do not exceed. */
static const BenchStep *
bench_view_steps_quantile (GArray *steps,
                           double  fraction)
{
  guint rank = (guint) MAX (ceil (fraction * steps->len), 1.0);

  return &g_array_index (steps, BenchStep, rank - 1);
}

static void
bench_view_steps_report_some (GArray     *steps,
                              const char *name)
{
  guint n_slow = 0;
  guint n_too_slow = 0;
  double phases[BENCH_N_PHASES] = { 0 };
  double processor = 0.0;

  if (steps->len == 0)
    {
      printf ("%s 0 0 0 0 0 0 0 0 0 0\n", name);
      return;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      const BenchStep *step = &g_array_index (steps, BenchStep, i);

      n_slow += step->wall > BENCH_SLOW;
      n_too_slow += step->wall > BENCH_TOO_SLOW;
      for (int phase = 0; phase < BENCH_N_PHASES; phase++)
        phases[phase] += step->phases[phase] / steps->len;
    }
  g_array_sort (steps, bench_view_steps_compare_processor);
  processor = bench_view_steps_quantile (steps, 0.99)->processor;
  g_array_sort (steps, bench_view_steps_compare_wall);
  printf ("%s %u %.2f %.2f %.2f %u %u %.2f %.2f %.2f %.2f\n", name, steps->len,
          bench_view_steps_quantile (steps, 0.5)->wall, bench_view_steps_quantile (steps, 0.99)->wall,
          bench_view_steps_quantile (steps, 1.0)->wall, n_slow, n_too_slow, processor, phases[BENCH_PHASE_UPDATE],
          phases[BENCH_PHASE_LAYOUT], phases[BENCH_PHASE_PAINT]);
}

void
bench_view_steps_report (BenchViewSteps *self)
{
  bench_view_steps_report_some (self->frames, "frames");
  bench_view_steps_report_some (self->others, "others");
  fflush (stdout);
  g_array_set_size (self->frames, 0);
  g_array_set_size (self->others, 0);
  /* Nor is this step one of them. */
  self->start = 0;
}

BenchViewSteps *
bench_view_steps_new (void)
{
  BenchViewSteps *self = g_new0 (BenchViewSteps, 1);

  self->frames = g_array_new (FALSE, FALSE, sizeof (BenchStep));
  self->others = g_array_new (FALSE, FALSE, sizeof (BenchStep));
  self->poll = g_main_context_get_poll_func (NULL);
  bench_view_steps = self;
  g_main_context_set_poll_func (NULL, bench_view_steps_poll);

  return self;
}

void
bench_view_steps_free (BenchViewSteps *self)
{
  g_main_context_set_poll_func (NULL, self->poll);
  bench_view_steps = NULL;
  g_array_unref (self->frames);
  g_array_unref (self->others);
  g_free (self);
}
