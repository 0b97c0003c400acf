/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The broadcast extension chunk `bext`: EBU Tech 3285. */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <math.h>
#include <string.h>

#define CHORUS_BROADCAST_DATE 320
#define CHORUS_BROADCAST_TIME 330
#define CHORUS_BROADCAST_TIME_REFERENCE 338
#define CHORUS_BROADCAST_TIME_REFERENCE_END 346

#define CHORUS_BROADCAST_DAY 86400 /* seconds */

/* YYYY-MM-DD and hh:mm:ss; the standard leaves it to the writer what stands between the numbers. */
static gboolean
chorus_broadcast_chunk_find_time (const guint8      *data,
                                  gsize              size,
                                  ChorusWrittenTime *time)
{
  const char *date = NULL;
  const char *clock = NULL;

  if (size < CHORUS_BROADCAST_TIME_REFERENCE)
    return FALSE;

  date = (const char *) data + CHORUS_BROADCAST_DATE;
  clock = (const char *) data + CHORUS_BROADCAST_TIME;
  if (g_ascii_isdigit (date[4]) || g_ascii_isdigit (date[7]) || g_ascii_isdigit (clock[2])
      || g_ascii_isdigit (clock[5]))
    return FALSE;

  return chorus_written_time_set (time, chorus_written_time_parse_digits (date, 4),
                                  chorus_written_time_parse_digits (date + 5, 2),
                                  chorus_written_time_parse_digits (date + 8, 2),
                                  chorus_written_time_parse_digits (clock, 2),
                                  chorus_written_time_parse_digits (clock + 3, 2),
                                  chorus_written_time_parse_digits (clock + 6, 2));
}

void
chorus_broadcast_chunk_read (const guint8         *data,
                             gsize                 size,
                             ChorusRecorderFields *fields)
{
  ChorusWrittenTime time;

  if (chorus_broadcast_chunk_find_time (data, size, &time))
    chorus_recorder_fields_take_time (fields, &time, CHORUS_TIME_SOURCE_BEXT);
}

/* Puts the digits of a date and a time in place of those that are there, and leaves alone what stands between them. */
static void
chorus_broadcast_chunk_write_digits (guint8     *date_and_time,
                                     const char *digits)
{
  for (; *digits; date_and_time++)
    if (g_ascii_isdigit (*date_and_time))
      *date_and_time = (guint8) *digits++;
}

/* The first sample, counted from midnight; a part that begins after the next one is counted from there, as its date is. */
static guint64
chorus_broadcast_chunk_move_reference (guint64 reference,
                                       double  start,
                                       double  sample_rate)
{
  guint64 day = (guint64) llround (CHORUS_BROADCAST_DAY * sample_rate);
  guint64 moved = reference + (guint64) llround (start * sample_rate);

  return reference < day ? moved % day : moved;
}

GBytes *
chorus_broadcast_chunk_move_time (GBytes *contents,
                                  double  start,
                                  double  sample_rate)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  g_autofree guint8 *moved = NULL;
  ChorusWrittenTime time;
  guint64 reference = 0;
  gboolean has_time = FALSE;

  if (start <= 0 || size < CHORUS_BROADCAST_TIME_REFERENCE)
    return g_bytes_ref (contents);

  moved = g_memdup2 (data, size);
  has_time = chorus_broadcast_chunk_find_time (data, size, &time) && chorus_written_time_move (&time, start);
  if (has_time)
    {
      g_autofree char *text = NULL;

      chorus_written_time_round (&time, 0);
      text = chorus_written_time_format (&time, "%Y%m%d%H%M%S");
      chorus_broadcast_chunk_write_digits (moved + CHORUS_BROADCAST_DATE, text);
    }

  if (size >= CHORUS_BROADCAST_TIME_REFERENCE_END)
    {
      memcpy (&reference, data + CHORUS_BROADCAST_TIME_REFERENCE, sizeof reference);
      reference = GUINT64_FROM_LE (reference);

      /* Neither a date nor a count: nobody filled it in. */
      if ((has_time || reference > 0) && reference < G_MAXINT64)
        {
          reference = GUINT64_TO_LE (chorus_broadcast_chunk_move_reference (reference, start, sample_rate));
          memcpy (moved + CHORUS_BROADCAST_TIME_REFERENCE, &reference, sizeof reference);
        }
    }

  return g_bytes_new_take (g_steal_pointer (&moved), size);
}
