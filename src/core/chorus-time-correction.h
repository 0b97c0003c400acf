/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusTimeCorrectionKind:
 * @CHORUS_TIME_CORRECTION_ZONE: the clock was right, and it showed the time of a zone
 * @CHORUS_TIME_CORRECTION_SHIFT: the clock was fast or slow
 * @CHORUS_TIME_CORRECTION_SET: the recording began at a time that is known otherwise
 * @CHORUS_TIME_CORRECTION_RECORDER: the recorder was right after all: takes back every other correction
 *
 * What is wrong with the times of recordings.
 */
typedef enum
{
  CHORUS_TIME_CORRECTION_ZONE,
  CHORUS_TIME_CORRECTION_SHIFT,
  CHORUS_TIME_CORRECTION_SET,
  CHORUS_TIME_CORRECTION_RECORDER,
} ChorusTimeCorrectionKind;

#define CHORUS_TYPE_TIME_CORRECTION (chorus_time_correction_get_type ())

/**
 * ChorusTimeCorrection:
 *
 * A correction that a person makes to when recordings began. Immutable.
 *
 * Every correction but the last kind leaves a time of %CHORUS_TIME_SOURCE_PERSON.
 */
typedef struct _ChorusTimeCorrection ChorusTimeCorrection;

GType chorus_time_correction_get_type (void);

/**
 * chorus_time_correction_new_zone:
 * @offset: seconds east of UTC, from -12 to +14 hours
 *
 * Keeps what the clock showed and says which zone it showed. Where a zone was known already, the new one takes its place.
 *
 * Returns: (transfer full): a correction
 */
ChorusTimeCorrection *chorus_time_correction_new_zone (int offset) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_time_correction_new_shift:
 * @seconds: what to add, in seconds; no more than a hundred years either way
 *
 * Moves the clock. Whether the zone is known stays as it is.
 *
 * Returns: (transfer full): a correction
 */
ChorusTimeCorrection *chorus_time_correction_new_shift (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_time_correction_new_set:
 * @time: when the recording began
 *
 * For one recording; the source of @time does not matter.
 *
 * Returns: (transfer full): a correction
 */
ChorusTimeCorrection *chorus_time_correction_new_set (const ChorusRecordingTime *time) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_time_correction_new_recorder:
 *
 * Returns: (transfer full): the correction that takes back all others
 */
ChorusTimeCorrection *chorus_time_correction_new_recorder (void) G_GNUC_WARN_UNUSED_RESULT;

ChorusTimeCorrection *chorus_time_correction_copy (const ChorusTimeCorrection *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_time_correction_free (ChorusTimeCorrection *self);

/**
 * chorus_time_correction_get_kind:
 * @self: a correction
 *
 * Returns: its kind
 */
ChorusTimeCorrectionKind chorus_time_correction_get_kind (const ChorusTimeCorrection *self);

/**
 * chorus_time_correction_apply:
 * @self: a correction
 * @time: (nullable): when a recording begins as far as is known
 * @recorder: (nullable): what the recorder said, before any correction
 * @corrected: (out) (transfer full) (nullable): when it begins then; %NULL where nobody knows
 *
 * Returns: whether there is anything to correct: %FALSE where there is no time to correct, where it would leave the
 *   calendar, and where it stays the same
 */
gboolean chorus_time_correction_apply (const ChorusTimeCorrection  *self,
                                       const ChorusRecordingTime   *time,
                                       const ChorusRecordingTime   *recorder,
                                       ChorusRecordingTime        **corrected);

/**
 * chorus_time_zone_parse:
 * @text: what a person typed, such as "+05:30", "-3", "+0530", "UTC", "Z" or "UTC+1"
 * @offset: (out): seconds east of UTC
 *
 * Reads an offset from UTC: hours, or hours and minutes, with a sign, from -12:00 to +14:00. "UTC", "GMT" or "Z" may stand
 * before it or alone. Both the hyphen and the minus sign of typography are understood.
 *
 * Returns: whether @text is one
 */
gboolean chorus_time_zone_parse (const char *text,
                                 int        *offset);

/**
 * chorus_time_zone_to_text:
 * @offset: seconds east of UTC
 *
 * Returns: (transfer full): the offset such as "+05:30" or "-03:00", and "UTC" for none
 */
char *chorus_time_zone_to_text (int offset) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_time_shift_parse:
 * @text: what a person typed, such as "+1:00", "-0:00:37", "90 s" or "+2 d 3:00"
 * @seconds: (out): the shift in seconds
 *
 * Reads hours and minutes, or hours, minutes and seconds, with colons between and perhaps days before them ("2 d"), or a
 * number of seconds ("90 s"). Without a sign it is ahead.
 *
 * Returns: whether @text is one, and of less than a hundred years
 */
gboolean chorus_time_shift_parse (const char *text,
                                  gint64     *seconds);

/**
 * chorus_time_shift_to_text:
 * @seconds: a shift in seconds
 *
 * Returns: (transfer full): the shift as it is read, such as "+1:00:00" or "-2 d 0:00:37"
 */
char *chorus_time_shift_to_text (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_entered_time_parse:
 * @text: what a person typed, such as "2025-06-04 05:00", "2025-06-04 05:00:30 +05:30" or "2025-06-04T05:00Z"
 *
 * Returns: (transfer full) (nullable): the time, set by a person, or %NULL when @text is none
 */
ChorusRecordingTime *chorus_entered_time_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recorder_time_to_text:
 * @time: (nullable): what the recorder said
 *
 * Returns: (transfer full): text for the store: the word for the source and, where there is a time, a space and the time
 *   in ISO 8601
 */
char *chorus_recorder_time_to_text (const ChorusRecordingTime *time) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recorder_time_from_text:
 * @text: (nullable): what [func@recorder_time_to_text] wrote
 *
 * Returns: (transfer full) (nullable): the time, or %NULL when there was none
 */
ChorusRecordingTime *chorus_recorder_time_from_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusTimeCorrection, chorus_time_correction_free)

G_END_DECLS
