/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences that an AudioMoth writes into the comment (`ICMT`) of a chunk `LIST` of the type `INFO`, such as
 * "Recorded at 19:17:30 04/12/2019 (UTC+5:30) by AudioMoth 24F319055FDF2205 at medium gain while battery was 4.0V.";
 * the wording after the first clause differs between versions of its firmware. Source: AudioMoth-Firmware-Basic. */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <string.h>

#define CHORUS_AUDIOMOTH_OPENING "Recorded at "
#define CHORUS_AUDIOMOTH_CLOCK_LENGTH 19 /* HH:MM:SS DD/MM/YYYY */

/* Where a chunk within the list begins and how long it is; %FALSE when it is not there. */
static gboolean
chorus_audiomoth_comment_find_chunk (const guint8 *data,
                                     gsize         size,
                                     const char   *id,
                                     gsize        *offset,
                                     gsize        *length)
{
  gsize at = 4;

  if (size < 4 || memcmp (data, "INFO", 4) != 0)
    return FALSE;

  while (size >= 8 && at <= size - 8)
    {
      guint32 stated = 0;

      memcpy (&stated, data + at + 4, sizeof stated);
      *offset = at + 8;
      *length = MIN ((gsize) GUINT32_FROM_LE (stated), size - *offset);
      if (memcmp (data + at, id, 4) == 0)
        return TRUE;
      at = *offset + *length + *length % 2;
    }

  return FALSE;
}

/* Finds the time in the comment and where it is written. */
static gboolean
chorus_audiomoth_comment_find_time (const guint8      *data,
                                    gsize              size,
                                    ChorusWrittenTime *time,
                                    gsize             *offset)
{
  gsize opening = strlen (CHORUS_AUDIOMOTH_OPENING);
  gsize length = 0;
  const char *text = NULL;
  gsize comment = 0;

  if (!chorus_audiomoth_comment_find_chunk (data, size, "ICMT", &comment, &length))
    return FALSE;

  text = (const char *) data + comment;
  if (length < opening + CHORUS_AUDIOMOTH_CLOCK_LENGTH || memcmp (text, CHORUS_AUDIOMOTH_OPENING, opening) != 0)
    return FALSE;

  *offset = comment + opening;
  text += opening;
  if (text[2] != ':' || text[5] != ':' || text[8] != ' ' || text[11] != '/' || text[14] != '/')
    return FALSE;

  return chorus_written_time_set (time, chorus_written_time_parse_digits (text + 15, 4),
                                  chorus_written_time_parse_digits (text + 12, 2),
                                  chorus_written_time_parse_digits (text + 9, 2),
                                  chorus_written_time_parse_digits (text, 2),
                                  chorus_written_time_parse_digits (text + 3, 2),
                                  chorus_written_time_parse_digits (text + 6, 2));
}

GBytes *
chorus_audiomoth_comment_move_time (GBytes *contents,
                                    double  start)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  ChorusWrittenTime time;
  gsize offset = 0;
  g_autofree char *text = NULL;
  g_autofree guint8 *moved = NULL;

  if (start <= 0 || !chorus_audiomoth_comment_find_time (data, size, &time, &offset)
      || !chorus_written_time_move (&time, start))
    return g_bytes_ref (contents);

  text = chorus_written_time_format (&time, "%H:%M:%S %d/%m/%Y");
  moved = g_memdup2 (data, size);
  memcpy (moved + offset, text, CHORUS_AUDIOMOTH_CLOCK_LENGTH);

  return g_bytes_new_take (g_steal_pointer (&moved), size);
}
