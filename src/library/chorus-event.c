/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-event.h"

#include <math.h>

/* Times come from sums of window lengths, which are not exact. */
#define CHORUS_EVENT_ROUNDING 1e-6

void
chorus_event_free (ChorusEvent *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

void
chorus_event_part_init (ChorusEventPart *self,
                        ChorusDetection *detection)
{
  *self = (ChorusEventPart){
    .species = chorus_detection_get_held_name (detection),
    .start = chorus_detection_get_start (detection),
    .end = chorus_detection_get_end (detection),
    .low = chorus_detection_get_low (detection),
    .high = chorus_detection_get_high (detection),
    .confidence = chorus_detection_get_confidence (detection),
  };
}

static int
chorus_event_compare_numbers (double a,
                              double b)
{
  return (a > b) - (a < b);
}

static int
chorus_event_compare_parts (gconstpointer a,
                            gconstpointer b,
                            gpointer      user_data)
{
  const ChorusEventPart *parts = user_data;
  const guint i = *(const guint *) a;
  const guint j = *(const guint *) b;
  int order = g_strcmp0 (parts[i].species, parts[j].species);

  if (order == 0)
    order = chorus_event_compare_numbers (parts[i].start, parts[j].start);
  if (order == 0)
    order = chorus_event_compare_numbers (parts[i].end, parts[j].end);

  return order != 0 ? order : (i > j) - (i < j);
}

static int
chorus_event_compare (gconstpointer a,
                      gconstpointer b)
{
  const ChorusEvent *first = *(ChorusEvent *const *) a;
  const ChorusEvent *second = *(ChorusEvent *const *) b;
  int order = chorus_event_compare_numbers (first->start, second->start);

  return order != 0 ? order : g_strcmp0 (first->species, second->species);
}

static ChorusEvent *
chorus_event_new (const ChorusEventPart *part)
{
  ChorusEvent *self = g_new0 (ChorusEvent, 1);

  self->species = part->species;
  self->start = part->start;
  self->end = part->end;
  self->low = part->low;
  self->high = part->high;
  self->confidence = part->confidence;
  self->parts = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

static void
chorus_event_add (ChorusEvent           *self,
                  const ChorusEventPart *part)
{
  self->end = MAX (self->end, part->end);
  /* fmax() and fmin() would leave out what is not known. */
  self->low = isnan (self->low) || isnan (part->low) ? (double) NAN : MIN (self->low, part->low);
  self->high = isnan (self->high) || isnan (part->high) ? (double) NAN : MAX (self->high, part->high);
  self->confidence = fmax (self->confidence, part->confidence);
}

GPtrArray *
chorus_events_merge (const ChorusEventPart *parts,
                     guint                  n_parts,
                     double                 gap)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_event_free);
  g_autofree guint *order = g_new (guint, n_parts + 1);
  ChorusEvent *event = NULL;

  g_return_val_if_fail (gap >= 0, events);

  for (guint i = 0; i < n_parts; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n_parts, sizeof *order, chorus_event_compare_parts, (gpointer) parts);

  for (guint i = 0; i < n_parts; i++)
    {
      const ChorusEventPart *part = &parts[order[i]];

      if (!event || g_strcmp0 (event->species, part->species) != 0
          || part->start > event->end + gap + CHORUS_EVENT_ROUNDING)
        {
          event = chorus_event_new (part);
          g_ptr_array_add (events, event);
        }
      else
        chorus_event_add (event, part);
      g_array_append_val (event->parts, order[i]);
    }
  g_ptr_array_sort (events, chorus_event_compare);

  return events;
}
