/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No first or last day. */
#define CHORUS_FILTER_ANY_DAY G_MININT

/**
 * ChorusRecordingFilter:
 * @text: what was typed: each of its words must be in the name of a recording or, with two letters or more, in the
 *   scientific or common name of a species that was detected in it; case and accents do not count
 * @statuses: a set of `1u << ChorusRecordingStatus`; 0 for all of them
 * @first_day: the first day, in days since 1 January 1970 by the clock of the recorder, or %CHORUS_FILTER_ANY_DAY
 * @last_day: the last day, likewise
 * @first_hour: the first hour of the day by the clock of the recorder, 0 to 23, or -1 for all day
 * @last_hour: the hour that is the last one, 0 to 23: from 22 to 3 are six hours of a night
 * @night: whether the sun must be below the horizon when the recording begins; where its place or its time zone is not
 *   known, from 18:00 to 6:00
 * @threshold: the least confidence, above 0 to 1, that a detection of the recording (of the species typed, if it is one)
 *   has; 0 for any recording
 *
 * Which recordings are shown.
 */
typedef struct
{
  char *text;
  guint statuses;
  int first_day;
  int last_day;
  int first_hour;
  int last_hour;
  gboolean night;
  double threshold;
} ChorusRecordingFilter;

/**
 * chorus_recording_filter_new:
 *
 * Returns: (transfer full): a filter that lets everything through
 */
ChorusRecordingFilter *chorus_recording_filter_new (void) G_GNUC_WARN_UNUSED_RESULT;
ChorusRecordingFilter *chorus_recording_filter_copy (const ChorusRecordingFilter *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_recording_filter_free (ChorusRecordingFilter *self);

gboolean chorus_recording_filter_equal (const ChorusRecordingFilter *self,
                                        const ChorusRecordingFilter *other);

/**
 * chorus_recording_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it lets everything through
 */
gboolean chorus_recording_filter_is_empty (const ChorusRecordingFilter *self);

/**
 * chorus_recording_filter_to_variant:
 * @self: a filter
 *
 * Returns: (transfer floating): an `a{sv}` for settings; without what the filter does not ask for
 */
GVariant *chorus_recording_filter_to_variant (const ChorusRecordingFilter *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_filter_new_from_variant:
 * @variant: an `a{sv}`, such as one of [method@RecordingFilter.to_variant]; what is not understood in it is left out
 *
 * Returns: (transfer full): a filter
 */
ChorusRecordingFilter *chorus_recording_filter_new_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusRecordingFilter, chorus_recording_filter_free)

G_END_DECLS
