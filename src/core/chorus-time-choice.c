/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-time-choice.h"

#include <math.h>

/* Recorders name a file a moment before or after they write its header. In seconds. */
#define CHORUS_TIME_CHOICE_TOLERANCE 2.0

/* Zones are whole half hours apart, but for a few; further than this is not a matter of zones. In seconds. */
#define CHORUS_TIME_CHOICE_ZONE_STEP 1800.0
#define CHORUS_TIME_CHOICE_MAX_SLIP (14 * 3600.0)

/* In order of trust. */
static const ChorusTimeSource chorus_time_choice_order[] = {
  CHORUS_TIME_SOURCE_PERSON,   CHORUS_TIME_SOURCE_GUANO,    CHORUS_TIME_SOURCE_WAMD,    CHORUS_TIME_SOURCE_AUDIOMOTH,
  CHORUS_TIME_SOURCE_BEXT,     CHORUS_TIME_SOURCE_METADATA, CHORUS_TIME_SOURCE_SERVICE, CHORUS_TIME_SOURCE_FILE_NAME,
  CHORUS_TIME_SOURCE_MODIFIED, CHORUS_TIME_SOURCE_UNKNOWN,
};

void
chorus_time_choice_free (ChorusTimeChoice *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->time, chorus_recording_time_free);
  g_clear_pointer (&self->passed_over, chorus_recording_time_free);
  g_free (self);
}

/* The candidates in order of trust; the elements are not owned. */
static GPtrArray *
chorus_time_choice_sort (const ChorusRecordingTime *const *candidates,
                         gsize                             n_candidates)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (chorus_time_choice_order); i++)
    for (gsize j = 0; j < n_candidates; j++)
      if (candidates[j] && chorus_recording_time_get_source (candidates[j]) == chorus_time_choice_order[i])
        g_ptr_array_add (sorted, (gpointer) candidates[j]);

  return sorted;
}

/* How much later the instant of @b is than that of @a, a clock without a zone being one in UTC. */
static double
chorus_time_choice_compare_instants (const ChorusRecordingTime *a,
                                     const ChorusRecordingTime *b)
{
  return (double) g_date_time_difference (chorus_recording_time_get_time (b), chorus_recording_time_get_time (a))
         / G_USEC_PER_SEC;
}

/* How much later the clock of @b is than that of @a, whatever their zones. */
static double
chorus_time_choice_compare_clocks (const ChorusRecordingTime *a,
                                   const ChorusRecordingTime *b)
{
  GTimeSpan offsets = g_date_time_get_utc_offset (chorus_recording_time_get_time (b))
                      - g_date_time_get_utc_offset (chorus_recording_time_get_time (a));

  return chorus_time_choice_compare_instants (a, b) + (double) offsets / G_USEC_PER_SEC;
}

static ChorusTimeConflict
chorus_time_choice_judge (double difference)
{
  double seconds = fabs (difference);
  double steps = round (seconds / CHORUS_TIME_CHOICE_ZONE_STEP);

  if (seconds <= CHORUS_TIME_CHOICE_TOLERANCE)
    return CHORUS_TIME_CONFLICT_NONE;

  if (seconds <= CHORUS_TIME_CHOICE_MAX_SLIP + CHORUS_TIME_CHOICE_TOLERANCE
      && fabs (seconds - steps * CHORUS_TIME_CHOICE_ZONE_STEP) <= CHORUS_TIME_CHOICE_TOLERANCE)
    return CHORUS_TIME_CONFLICT_ZONE_SLIP;

  return CHORUS_TIME_CONFLICT_DIFFERS;
}

static int
chorus_time_choice_get_weight (ChorusTimeConflict conflict)
{
  switch (conflict)
    {
    case CHORUS_TIME_CONFLICT_NONE:
      return 0;
    case CHORUS_TIME_CONFLICT_ZONE_SLIP:
      return 1;
    case CHORUS_TIME_CONFLICT_DIFFERS:
    default:
      return 2;
    }
}

/* Where one zone is not known there are two ways to read the difference, and the more innocent one holds. */
static ChorusTimeConflict
chorus_time_choice_compare (const ChorusRecordingTime *a,
                            const ChorusRecordingTime *b,
                            double                    *difference)
{
  double instants = chorus_time_choice_compare_instants (a, b);
  double clocks = chorus_time_choice_compare_clocks (a, b);
  ChorusTimeConflict conflict = chorus_time_choice_judge (instants);
  ChorusTimeConflict of_clocks = chorus_time_choice_judge (clocks);
  gboolean both_known = chorus_recording_time_get_has_zone (a) && chorus_recording_time_get_has_zone (b);
  int weight = chorus_time_choice_get_weight (of_clocks) - chorus_time_choice_get_weight (conflict);

  *difference = instants;
  if (!both_known && (weight < 0 || (weight == 0 && fabs (clocks) < fabs (instants))))
    {
      *difference = clocks;
      conflict = of_clocks;
    }

  return conflict;
}

static gboolean
chorus_time_choice_was_written_down (const ChorusRecordingTime *time)
{
  return !chorus_recording_time_is_guess (time);
}

/* The chosen time in the zone that another source tells. */
static ChorusRecordingTime *
chorus_time_choice_find_zone (const ChorusRecordingTime *time,
                              const GPtrArray           *sorted)
{
  for (guint i = 0;
       i < sorted->len && !chorus_recording_time_get_has_zone (time) && chorus_time_choice_was_written_down (time); i++)
    {
      const ChorusRecordingTime *other = g_ptr_array_index (sorted, i);
      GDateTime *other_time = chorus_recording_time_get_time (other);
      g_autoptr (GTimeZone) zone = NULL;
      g_autoptr (GDateTime) instant = NULL;
      g_autoptr (GDateTime) zoned = NULL;
      GTimeSpan offset = g_date_time_get_utc_offset (other_time);

      if (!chorus_recording_time_get_has_zone (other) || !chorus_time_choice_was_written_down (other))
        continue;

      if (fabs (chorus_time_choice_compare_clocks (time, other)) <= CHORUS_TIME_CHOICE_TOLERANCE)
        instant = g_date_time_add (chorus_recording_time_get_time (time), -offset);
      else if (fabs (chorus_time_choice_compare_instants (time, other)) <= CHORUS_TIME_CHOICE_TOLERANCE)
        instant = g_date_time_ref (chorus_recording_time_get_time (time));
      else
        continue;

      zone = g_time_zone_new_offset ((gint32) (offset / G_USEC_PER_SEC));
      zoned = instant ? g_date_time_to_timezone (instant, zone) : NULL;
      if (zoned)
        return chorus_recording_time_new (zoned, TRUE, chorus_recording_time_get_source (time));
    }

  return chorus_recording_time_copy (time);
}

static void
chorus_time_choice_find_conflict (ChorusTimeChoice          *self,
                                  const ChorusRecordingTime *chosen,
                                  const GPtrArray           *sorted)
{
  for (guint i = 0; i < sorted->len && self->conflict == CHORUS_TIME_CONFLICT_NONE
                    && chorus_time_choice_was_written_down (self->time);
       i++)
    {
      const ChorusRecordingTime *other = g_ptr_array_index (sorted, i);
      double difference = 0;

      if (other == chosen || !chorus_time_choice_was_written_down (other))
        continue;

      self->conflict = chorus_time_choice_compare (self->time, other, &difference);
      if (self->conflict != CHORUS_TIME_CONFLICT_NONE)
        {
          self->other = chorus_recording_time_get_source (other);
          self->difference = difference;
        }
    }
}

ChorusTimeChoice *
chorus_time_choice_new (const ChorusRecordingTime *const *candidates,
                        gsize                             n_candidates,
                        GDateTime                        *now)
{
  g_autoptr (GPtrArray) sorted = NULL;
  const ChorusRecordingTime *chosen = NULL;
  ChorusTimeChoice *self = NULL;

  g_return_val_if_fail (candidates != NULL || n_candidates == 0, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  self = g_new0 (ChorusTimeChoice, 1);
  sorted = chorus_time_choice_sort (candidates, n_candidates);
  if (sorted->len == 0)
    return self;

  for (guint i = 0; i < sorted->len && !self->plausible; i++)
    {
      const ChorusRecordingTime *candidate = g_ptr_array_index (sorted, i);

      self->plausible = chorus_recording_time_is_plausible (candidate, now);
      if (self->plausible)
        chosen = candidate;
    }
  if (!chosen)
    chosen = g_ptr_array_index (sorted, 0);
  else if (chosen != g_ptr_array_index (sorted, 0))
    self->passed_over = chorus_recording_time_copy (g_ptr_array_index (sorted, 0));

  /* With its zone a time may turn out to lie ahead after all. */
  self->time = chorus_time_choice_find_zone (chosen, sorted);
  self->plausible = chorus_recording_time_is_plausible (self->time, now);
  chorus_time_choice_find_conflict (self, chosen, sorted);

  return self;
}
