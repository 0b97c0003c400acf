/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-match.h"

#include <string.h>

#include "core/chorus-folding.h"
#include "core/chorus-sun.h"

/* Night where nothing else is known of it, in hours of the day. */
#define CHORUS_NIGHT_FROM 18
#define CHORUS_NIGHT_TO 6

gboolean
chorus_recording_match_needs_store (const ChorusRecordingFilter *filter)
{
  return filter->night || strspn (filter->text, " ") != strlen (filter->text);
}

static gboolean
chorus_recording_match_text (const ChorusRecordingMatch  *self,
                             const ChorusRecordingRecord *record)
{
  for (guint i = 0; i < self->n_words; i++)
    {
      const gboolean named = record->folded ? strstr (record->folded, self->words[i]) != NULL
                                            : chorus_folding_contains_ascii (record->name, self->words[i]);

      if (!named && !chorus_filter_answer_has (self->answer, i, record->recording_id))
        return FALSE;
    }

  return TRUE;
}

/* Divides rounding down, also below zero. */
static gint64
chorus_recording_match_divide (gint64 number,
                               gint64 by)
{
  return number / by - (number % by < 0);
}

static gboolean
chorus_recording_match_night (ChorusRecordingMatch        *self,
                              const ChorusRecordingRecord *record,
                              int                          hour)
{
  /* Recordings of a deployment stand together. */
  if (self->deployment_id != record->deployment_id)
    {
      self->deployment_id = record->deployment_id;
      self->place = self->answer ? g_hash_table_lookup (self->answer->places, record->deployment_id) : NULL;
    }

  if (record->has_zone && self->place)
    return chorus_sun_is_night ((double) record->instant / G_USEC_PER_SEC, self->place->latitude,
                                self->place->longitude);

  self->night_by_clock = TRUE;

  return hour >= CHORUS_NIGHT_FROM || hour < CHORUS_NIGHT_TO;
}

static gboolean
chorus_recording_match_time (ChorusRecordingMatch        *self,
                             const ChorusRecordingRecord *record)
{
  const ChorusRecordingFilter *filter = self->filter;
  gint64 clock = 0;
  gint64 day = 0;
  int hour = 0;

  if (filter->first_day == CHORUS_FILTER_ANY_DAY && filter->last_day == CHORUS_FILTER_ANY_DAY && filter->first_hour < 0
      && !filter->night)
    return TRUE;
  if (record->instant == CHORUS_RECORDING_NO_TIME)
    return FALSE;

  clock = record->instant + record->offset * G_TIME_SPAN_SECOND;
  day = chorus_recording_match_divide (clock, G_TIME_SPAN_DAY);
  hour = (int) ((clock - day * G_TIME_SPAN_DAY) / G_TIME_SPAN_HOUR);

  if ((filter->first_day != CHORUS_FILTER_ANY_DAY && day < filter->first_day)
      || (filter->last_day != CHORUS_FILTER_ANY_DAY && day > filter->last_day))
    return FALSE;
  if (filter->first_hour >= 0 && filter->first_hour <= filter->last_hour
      && (hour < filter->first_hour || hour > filter->last_hour))
    return FALSE;
  if (filter->first_hour > filter->last_hour && hour < filter->first_hour && hour > filter->last_hour)
    return FALSE;

  return !filter->night || chorus_recording_match_night (self, record, hour);
}

gboolean
chorus_recording_match (ChorusRecordingMatch        *self,
                        const ChorusRecordingRecord *record)
{
  const ChorusRecordingFilter *filter = self->filter;

  if (filter->statuses != 0 && (filter->statuses & (1u << chorus_recording_record_get_status (record))) == 0)
    return FALSE;
  if (filter->threshold > 0 && !(record->best_confidence >= filter->threshold))
    return FALSE;

  return chorus_recording_match_time (self, record) && chorus_recording_match_text (self, record);
}
