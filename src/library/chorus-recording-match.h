/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a recording passes a filter. */

#pragma once

#include "chorus-filter-rows.h"
#include "chorus-recording-filter.h"
#include "chorus-recording-record.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingMatch:
 * @filter: the filter
 * @words: the words of its text, folded
 * @n_words: how many
 * @answer: (nullable): what the store says about them
 * @night_by_clock: set when a recording was judged by the clock although the filter asks for night
 *
 * A filter with all that it takes to apply it to many recordings.
 */
typedef struct
{
  const ChorusRecordingFilter *filter;
  char **words;
  guint n_words;
  const ChorusFilterAnswer *answer;
  gboolean night_by_clock;

  /* Of the recording before */
  const char *deployment_id;
  const ChorusFilterPlace *place;
} ChorusRecordingMatch;

/* Whether a filter cannot be applied without asking the store. */
gboolean chorus_recording_match_needs_store (const ChorusRecordingFilter *filter);

gboolean chorus_recording_match (ChorusRecordingMatch        *self,
                                 const ChorusRecordingRecord *record);

G_END_DECLS
