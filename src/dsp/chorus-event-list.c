/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-event-list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Some 13 events in each second of 300 s: more than anyone can review. */
#define CHORUS_EVENT_LIST_KEPT 4096u
#define CHORUS_EVENT_LIST_CAPACITY (2 * CHORUS_EVENT_LIST_KEPT)

struct _ChorusEventList
{
  size_t n_events;
  ChorusEvent events[CHORUS_EVENT_LIST_CAPACITY];
};

ChorusEventList *
chorus_event_list_new (void)
{
  return calloc (1, sizeof (ChorusEventList));
}

void
chorus_event_list_free (ChorusEventList *self)
{
  free (self);
}

static int
chorus_event_list_compare_numbers (double a,
                                   double b)
{
  return (a > b) - (a < b);
}

/* No two events are alike in start and band, so this is a total order and sorting cannot depend on the algorithm. */
static int
chorus_event_list_compare_start (const void *a,
                                 const void *b)
{
  const ChorusEvent *x = a;
  const ChorusEvent *y = b;
  int order = chorus_event_list_compare_numbers (x->start, y->start);

  if (order == 0)
    order = chorus_event_list_compare_numbers (x->low, y->low);
  if (order == 0)
    order = chorus_event_list_compare_numbers (x->high, y->high);

  return order != 0 ? order : chorus_event_list_compare_numbers (x->end, y->end);
}

static int
chorus_event_list_compare_confidence (const void *a,
                                      const void *b)
{
  const ChorusEvent *x = a;
  const ChorusEvent *y = b;
  int order = chorus_event_list_compare_numbers (y->confidence, x->confidence);

  return order != 0 ? order : chorus_event_list_compare_start (a, b);
}

static void
chorus_event_list_prune (ChorusEventList *self)
{
  qsort (self->events, self->n_events, sizeof *self->events, chorus_event_list_compare_confidence);
  if (self->n_events > CHORUS_EVENT_LIST_KEPT)
    self->n_events = CHORUS_EVENT_LIST_KEPT;
}

void
chorus_event_list_add (ChorusEventList   *self,
                       const ChorusEvent *event)
{
  if (self->n_events == CHORUS_EVENT_LIST_CAPACITY)
    chorus_event_list_prune (self);

  self->events[self->n_events++] = *event;
}

/* How close two events must begin, and end, to be parts of one sound, in seconds. */
#define CHORUS_EVENT_LIST_SYNCHRONY 0.05

/* Whether @later, which does not start before @earlier, goes on with it in the same band. */
static bool
chorus_event_list_continues (const ChorusEvent *earlier,
                             const ChorusEvent *later,
                             double             merge_gap)
{
  double overlap = fmin (earlier->high, later->high) - fmax (earlier->low, later->low);
  double wider = fmax (earlier->high - earlier->low, later->high - later->low);

  return later->start - earlier->end <= merge_gap && overlap >= 0.5 * wider;
}

/* Whether two events are, say, harmonics of one sound: together in time, and neighbors in frequency. */
static bool
chorus_event_list_accompanies (const ChorusEvent *a,
                               const ChorusEvent *b,
                               double             merge_band)
{
  return fabs (a->start - b->start) <= CHORUS_EVENT_LIST_SYNCHRONY
         && fabs (a->end - b->end) <= CHORUS_EVENT_LIST_SYNCHRONY
         && fmax (a->low, b->low) - fmin (a->high, b->high) <= merge_band;
}

static void
chorus_event_list_join (ChorusEvent       *event,
                        const ChorusEvent *other)
{
  /* The ratio of power to background, weighted by how long each part lasts. */
  double duration = event->end - event->start;
  double other_duration = other->end - other->start;
  double ratio = (pow (10.0, event->snr_db / 10.0) * duration + pow (10.0, other->snr_db / 10.0) * other_duration)
                 / (duration + other_duration);

  event->start = fmin (event->start, other->start);
  event->end = fmax (event->end, other->end);
  event->low = fmin (event->low, other->low);
  event->high = fmax (event->high, other->high);
  event->peak_level_db = fmax (event->peak_level_db, other->peak_level_db);
  event->snr_db = 10.0 * log10 (ratio);
  event->confidence = fmax (event->confidence, other->confidence);
}

/* One sweep in the order of starts, each event joining the latest one that it belongs to. */
static void
chorus_event_list_merge (ChorusEventList *self,
                         double           merge_gap,
                         double           merge_band)
{
  size_t n_merged = 0;

  for (size_t i = 0; i < self->n_events; i++)
    {
      ChorusEvent event = self->events[i];
      size_t j = n_merged;

      while (j > 0 && !chorus_event_list_accompanies (&self->events[j - 1], &event, merge_band)
             && !chorus_event_list_continues (&self->events[j - 1], &event, merge_gap))
        j--;
      if (j > 0)
        chorus_event_list_join (&self->events[j - 1], &event);
      else
        self->events[n_merged++] = event;
    }

  self->n_events = n_merged;
}

size_t
chorus_event_list_take (ChorusEventList  *self,
                        double            merge_gap,
                        double            merge_band,
                        ChorusEvent     **events)
{
  size_t n_events;

  *events = NULL;
  chorus_event_list_prune (self);
  qsort (self->events, self->n_events, sizeof *self->events, chorus_event_list_compare_start);
  chorus_event_list_merge (self, merge_gap, merge_band);

  n_events = self->n_events;
  self->n_events = 0;
  if (n_events > 0)
    *events = malloc (n_events * sizeof **events);
  if (!*events)
    return 0;

  memcpy (*events, self->events, n_events * sizeof **events);

  return n_events;
}
