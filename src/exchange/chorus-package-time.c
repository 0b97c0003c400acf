/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-time.h"

#include <math.h>

/* Longer than any recording, in seconds. */
#define CHORUS_PACKAGE_TIME_MAX 1e9

GDateTime *
chorus_package_time_at (const ChorusRecordingTime *recorded,
                        double                     seconds)
{
  gint64 microseconds = 0;

  if (!recorded || isnan (seconds))
    return NULL;

  seconds = CLAMP (seconds, -CHORUS_PACKAGE_TIME_MAX, CHORUS_PACKAGE_TIME_MAX);
  microseconds = g_date_time_get_microsecond (chorus_recording_time_get_time (recorded));
  /* What comes out is a whole number of milliseconds, whatever the fraction of the start was. */
  microseconds = 1000 * (gint64) llround ((double) microseconds / 1e3 + seconds * 1e3) - microseconds;

  return g_date_time_add (chorus_recording_time_get_time (recorded), microseconds);
}

/* By hand: there may be millions, and g_date_time_format() takes its time. */
static char *
chorus_package_time_format (GDateTime *time,
                            gboolean   has_fraction,
                            gboolean   has_zone)
{
  int offset = (int) (g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE);
  char fraction[8] = "";
  char zone[16] = "";
  int year = 0;
  int month = 0;
  int day = 0;

  g_date_time_get_ymd (time, &year, &month, &day);
  if (has_fraction)
    g_snprintf (fraction, sizeof fraction, ".%03d", g_date_time_get_microsecond (time) / 1000);
  if (has_zone)
    g_snprintf (zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 60, ABS (offset) % 60);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s%s", year, month, day, g_date_time_get_hour (time),
                          g_date_time_get_minute (time), g_date_time_get_second (time), fraction, zone);
}

char *
chorus_package_time_to_iso (GDateTime *time,
                            gboolean   has_zone)
{
  return chorus_package_time_format (time, g_date_time_get_microsecond (time) >= 1000, has_zone);
}

char *
chorus_package_time_to_precise (GDateTime *time)
{
  return chorus_package_time_format (time, TRUE, TRUE);
}

char *
chorus_package_time_to_second (GDateTime *time,
                               gboolean   up)
{
  g_autoptr (GDateTime) whole = NULL;

  if (up && g_date_time_get_microsecond (time) > 0)
    whole = g_date_time_add_seconds (time, 1);

  return chorus_package_time_format (whole ? whole : time, FALSE, TRUE);
}

char *
chorus_package_time_describe (const ChorusRecordingTime *recorded,
                              gboolean                   in_utc)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!recorded)
    return g_strdup ("It is not known when the recording began.");

  if (!chorus_recording_time_get_has_zone (recorded))
    g_string_append (text, in_utc ? "The time zone of the recorder is not known: its clock time is written as UTC."
                                  : "The time zone of the recorder is not known: times are those of its clock.");
  if (chorus_recording_time_is_guess (recorded))
    g_string_append_printf (text, "%sThe time is a guess: nobody wrote it down.", text->len > 0 ? " " : "");

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
