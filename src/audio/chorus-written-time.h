/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A date with a time of day as a recorder writes it into a chunk. */

#pragma once

#include "core/chorus-recording-time.h"

G_BEGIN_DECLS

/**
 * ChorusWrittenTime:
 * @seconds: what the clock of the recorder showed, in seconds since 1970 as if it were UTC
 * @nanoseconds: the rest, 0 to 999999999
 * @n_digits: how many digits of a fraction are written, 0 to 9
 * @separator: what stands between date and time
 * @length: how long date and time are as they are written, without the zone, in bytes
 * @has_zone: whether the zone is written as well
 * @offset: how far the zone is east of UTC, in seconds
 *
 * To be kept on the stack.
 */
typedef struct
{
  gint64 seconds;
  gint nanoseconds;
  guint n_digits;
  char separator;
  gsize length;
  gboolean has_zone;
  gint offset;
} ChorusWrittenTime;

/**
 * chorus_written_time_parse:
 * @self: (out caller-allocates): the time
 * @text: (array length=length): text, not necessarily terminated
 * @length: how long @text is, in bytes
 *
 * Reads `YYYY-MM-DDThh:mm:ss`, with a space for the `T`, a fraction of up to nine digits and a zone (`Z`, `UTC`,
 * `+hh:mm`, `+hhmm`, `+hh`) where they are there. Nothing but white space and NUL may follow.
 *
 * Returns: whether @text is such a time
 */
gboolean chorus_written_time_parse (ChorusWrittenTime *self,
                                    const char        *text,
                                    gsize              length);

/**
 * chorus_written_time_parse_offset:
 * @text: (array length=length): text, not necessarily terminated
 * @length: how long @text is, in bytes
 * @offset: (out): seconds east of UTC
 *
 * Reads `+h`, `+hh`, `+hhmm`, `+h:mm` or `+hh:mm`, also with a minus, to at most 14 hours.
 *
 * Returns: how many bytes of @text that takes; 0 when it is not an offset
 */
gsize chorus_written_time_parse_offset (const char *text,
                                        gsize       length,
                                        gint       *offset);

/**
 * chorus_written_time_parse_digits:
 * @text: (array length=n): at least @n bytes
 * @n: how many digits, at most 9
 *
 * Returns: the number, or -1 when one of the bytes is not a digit
 */
int chorus_written_time_parse_digits (const char *text,
                                      gsize       n);

/**
 * chorus_written_time_set:
 * @self: (out caller-allocates): the time
 * @year: the year
 * @month: the month
 * @day: the day
 * @hour: the hour
 * @minute: the minute
 * @second: the second
 *
 * Sets a time of whole seconds, without a zone.
 *
 * Returns: whether there is such a time; the numbers may be anything
 */
gboolean chorus_written_time_set (ChorusWrittenTime *self,
                                  int                year,
                                  int                month,
                                  int                day,
                                  int                hour,
                                  int                minute,
                                  int                second);

/**
 * chorus_written_time_move:
 * @self: a time
 * @seconds: how far, in seconds; counted to the microsecond
 *
 * Makes @self later by @seconds.
 *
 * Returns: %FALSE, and @self as it was, when that is after the year 9999
 */
gboolean chorus_written_time_move (ChorusWrittenTime *self,
                                   double             seconds);

/**
 * chorus_written_time_round:
 * @self: a time
 * @n_digits: how many digits of a fraction to keep, 0 to 9
 *
 * Rounds @self to the nearest time that can be written so.
 */
void chorus_written_time_round (ChorusWrittenTime *self,
                                guint              n_digits);

/**
 * chorus_written_time_format:
 * @self: a time
 * @format: a format for g_date_time_format()
 *
 * Returns: (transfer full): the clock of @self, without the fraction
 */
char *chorus_written_time_format (const ChorusWrittenTime *self,
                                  const char              *format) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_written_time_to_text:
 * @self: a time
 *
 * Returns: (transfer full): date and time in the form they were read in, without the zone; with more digits where the
 *   time cannot be said with as many as there were
 */
char *chorus_written_time_to_text (const ChorusWrittenTime *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_written_time_to_recording_time:
 * @self: a time
 * @source: where it was read
 *
 * Returns: (transfer full) (nullable): the time, to the microsecond
 */
ChorusRecordingTime *chorus_written_time_to_recording_time (const ChorusWrittenTime *self,
                                                            ChorusTimeSource         source) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
