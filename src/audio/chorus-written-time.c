/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-written-time.h"

#include <math.h>
#include <string.h>

#define CHORUS_WRITTEN_TIME_MAX_DIGITS 9
#define CHORUS_WRITTEN_TIME_SECOND 1000000000 /* nanoseconds */
#define CHORUS_WRITTEN_TIME_MAX_OFFSET (14 * 3600)

/* 9999-12-31 23:59:58, so that rounding stays within what a GDateTime can hold. */
#define CHORUS_WRITTEN_TIME_LAST G_GINT64_CONSTANT (253402300798)

int
chorus_written_time_parse_digits (const char *text,
                                  gsize       n)
{
  int number = 0;

  g_return_val_if_fail (n <= 9, -1);

  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + g_ascii_digit_value (text[i]);
    }

  return number;
}

static gsize
chorus_written_time_count_digits (const char *text,
                                  gsize       length)
{
  gsize n = 0;

  while (n < length && g_ascii_isdigit (text[n]))
    n++;

  return n;
}

gboolean
chorus_written_time_set (ChorusWrittenTime *self,
                         int                year,
                         int                month,
                         int                day,
                         int                hour,
                         int                minute,
                         int                second)
{
  g_autoptr (GDateTime) time = NULL;

  memset (self, 0, sizeof *self);
  /* A year below 1000 could not be written back with four digits, and is none in which anything was recorded. */
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23
      || minute < 0 || minute > 59 || second < 0 || second > 59)
    return FALSE;

  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (!time)
    return FALSE;
  self->seconds = g_date_time_to_unix (time);

  return self->seconds <= CHORUS_WRITTEN_TIME_LAST;
}

gsize
chorus_written_time_parse_offset (const char *text,
                                  gsize       length,
                                  gint       *offset)
{
  gsize n_digits = 0;
  gsize used = 0;
  int hours = 0;
  int minutes = 0;

  if (length < 2 || (text[0] != '+' && text[0] != '-'))
    return 0;

  n_digits = chorus_written_time_count_digits (text + 1, length - 1);
  used = 1 + n_digits;
  if (n_digits == 4)
    {
      hours = chorus_written_time_parse_digits (text + 1, 2);
      minutes = chorus_written_time_parse_digits (text + 3, 2);
    }
  else if (n_digits == 1 || n_digits == 2)
    {
      hours = chorus_written_time_parse_digits (text + 1, n_digits);
      if (used < length && text[used] == ':')
        {
          if (chorus_written_time_count_digits (text + used + 1, length - used - 1) != 2)
            return 0;
          minutes = chorus_written_time_parse_digits (text + used + 1, 2);
          used += 3;
        }
    }
  else
    return 0;

  if (minutes > 59 || hours * 3600 + minutes * 60 > CHORUS_WRITTEN_TIME_MAX_OFFSET)
    return 0;
  *offset = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);

  return used;
}

/* What may follow: white space, a zone, white space. */
static gboolean
chorus_written_time_parse_rest (ChorusWrittenTime *self,
                                const char        *text,
                                gsize              length)
{
  gsize used = 0;

  while (length > 0 && (g_ascii_isspace (text[length - 1]) || text[length - 1] == '\0'))
    length--;
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  if (length == 0)
    return TRUE;

  if (length == 1 && (*text == 'Z' || *text == 'z'))
    used = 1;
  else if (length == 3 && (memcmp (text, "UTC", 3) == 0 || memcmp (text, "GMT", 3) == 0))
    used = 3;
  else
    used = chorus_written_time_parse_offset (text, length, &self->offset);
  self->has_zone = used > 0;

  return used == length;
}

static gboolean
chorus_written_time_parse_fraction (ChorusWrittenTime *self,
                                    const char        *text,
                                    gsize              length)
{
  gsize n_digits = 0;
  int fraction = 0;

  if (length == 0 || (*text != '.' && *text != ','))
    return TRUE;

  n_digits = chorus_written_time_count_digits (text + 1, length - 1);
  if (n_digits == 0 || n_digits > CHORUS_WRITTEN_TIME_MAX_DIGITS)
    return FALSE;

  fraction = chorus_written_time_parse_digits (text + 1, n_digits);
  for (gsize i = n_digits; i < CHORUS_WRITTEN_TIME_MAX_DIGITS; i++)
    fraction *= 10;
  self->nanoseconds = fraction;
  self->n_digits = (guint) n_digits;
  self->length += 1 + n_digits;

  return TRUE;
}

gboolean
chorus_written_time_parse (ChorusWrittenTime *self,
                           const char        *text,
                           gsize              length)
{
  const gsize clock = strlen ("YYYY-MM-DDThh:mm:ss");

  if (length < clock || text[4] != '-' || text[7] != '-' || !strchr ("Tt ", text[10]) || text[13] != ':'
      || text[16] != ':')
    return FALSE;

  if (!chorus_written_time_set (self, chorus_written_time_parse_digits (text, 4),
                                chorus_written_time_parse_digits (text + 5, 2),
                                chorus_written_time_parse_digits (text + 8, 2),
                                chorus_written_time_parse_digits (text + 11, 2),
                                chorus_written_time_parse_digits (text + 14, 2),
                                chorus_written_time_parse_digits (text + 17, 2)))
    return FALSE;

  self->separator = text[10];
  self->length = clock;

  return self->separator != '\0' && chorus_written_time_parse_fraction (self, text + clock, length - clock)
         && chorus_written_time_parse_rest (self, text + self->length, length - self->length);
}

gboolean
chorus_written_time_move (ChorusWrittenTime *self,
                          double             seconds)
{
  gint64 whole = 0;
  gint64 nanoseconds = 0;

  if (!isfinite (seconds) || seconds < 0 || seconds > (double) CHORUS_WRITTEN_TIME_LAST)
    return FALSE;

  whole = (gint64) floor (seconds);
  nanoseconds = self->nanoseconds + llround ((seconds - floor (seconds)) * 1e6) * 1000;
  whole += nanoseconds / CHORUS_WRITTEN_TIME_SECOND;
  if (self->seconds + whole > CHORUS_WRITTEN_TIME_LAST)
    return FALSE;

  self->seconds += whole;
  self->nanoseconds = (gint) (nanoseconds % CHORUS_WRITTEN_TIME_SECOND);

  return TRUE;
}

void
chorus_written_time_round (ChorusWrittenTime *self,
                           guint              n_digits)
{
  gint unit = CHORUS_WRITTEN_TIME_SECOND;

  for (guint i = 0; i < n_digits && unit > 1; i++)
    unit /= 10;

  self->nanoseconds = (self->nanoseconds + unit / 2) / unit * unit;
  self->seconds += self->nanoseconds / CHORUS_WRITTEN_TIME_SECOND;
  self->nanoseconds %= CHORUS_WRITTEN_TIME_SECOND;
}

char *
chorus_written_time_format (const ChorusWrittenTime *self,
                            const char              *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (self->seconds);

  return g_date_time_format (time, format);
}

char *
chorus_written_time_to_text (const ChorusWrittenTime *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (self->seconds);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%d");
  g_autofree char *clock = g_date_time_format (time, "%H:%M:%S");
  g_autofree char *fraction = g_strdup_printf (".%09d", self->nanoseconds);
  gsize n_digits = CHORUS_WRITTEN_TIME_MAX_DIGITS;

  while (n_digits > self->n_digits && fraction[n_digits] == '0')
    n_digits--;
  fraction[n_digits == 0 ? 0 : n_digits + 1] = '\0';

  return g_strdup_printf ("%s%c%s%s", date, self->separator, clock, fraction);
}

ChorusRecordingTime *
chorus_written_time_to_recording_time (const ChorusWrittenTime *self,
                                       ChorusTimeSource         source)
{
  g_autoptr (GDateTime) whole = g_date_time_new_from_unix_utc (self->seconds - (self->has_zone ? self->offset : 0));
  g_autoptr (GDateTime) time = whole ? g_date_time_add (whole, self->nanoseconds / 1000) : NULL;

  if (time && self->has_zone)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_offset (self->offset);
      g_autoptr (GDateTime) zoned = g_date_time_to_timezone (time, zone);

      return zoned ? chorus_recording_time_new (zoned, TRUE, source) : NULL;
    }

  return time ? chorus_recording_time_new (time, FALSE, source) : NULL;
}
