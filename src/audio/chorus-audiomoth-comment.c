/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences that an AudioMoth writes into the comment (`ICMT`) of a chunk `LIST` of the type `INFO`, such as
 * "Recorded at 19:17:30 04/12/2019 (UTC+5:30) by AudioMoth 24F319055FDF2205 at medium gain while battery was 4.0V.";
 * the wording after the first clause differs between versions of its firmware. Sources: AudioMoth-Firmware-Basic,
 * AudioMoth-Live. */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <string.h>

#define CHORUS_AUDIOMOTH_OPENING "Recorded at "
#define CHORUS_AUDIOMOTH_CLOCK_LENGTH 8    /* HH:MM:SS */
#define CHORUS_AUDIOMOTH_DATE_LENGTH 10    /* DD/MM/YYYY */
#define CHORUS_AUDIOMOTH_FRACTION_LENGTH 4 /* .mmm */
#define CHORUS_AUDIOMOTH_SERIAL_LENGTH 16

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

/* The clause that begins the comment, as far as it could be read. */
typedef struct
{
  ChorusWrittenTime time;
  gsize clock;      /* where HH:MM:SS is */
  guint n_digits;   /* of the fraction after it, with which AudioMoth Live counts milliseconds */
  gsize date;       /* where DD/MM/YYYY is */
  const char *rest; /* what comes after the date, not terminated */
  gsize rest_length;
} ChorusAudiomothClause;

static gboolean
chorus_audiomoth_comment_parse_clock (ChorusAudiomothClause *clause,
                                      const char            *clock,
                                      const char            *date,
                                      guint                  n_digits)
{
  if (clock[2] != ':' || clock[5] != ':' || date[2] != '/' || date[5] != '/'
      || !chorus_written_time_set (&clause->time, chorus_written_time_parse_digits (date + 6, 4),
                                   chorus_written_time_parse_digits (date + 3, 2),
                                   chorus_written_time_parse_digits (date, 2),
                                   chorus_written_time_parse_digits (clock, 2),
                                   chorus_written_time_parse_digits (clock + 3, 2),
                                   chorus_written_time_parse_digits (clock + 6, 2)))
    return FALSE;

  if (n_digits > 0)
    clause->time.nanoseconds =
      chorus_written_time_parse_digits (clock + CHORUS_AUDIOMOTH_CLOCK_LENGTH + 1, n_digits) * 1000000;

  return clause->time.nanoseconds >= 0;
}

/* "Recorded at HH:MM:SS DD/MM/YYYY", or with ".mmm" after the clock. */
static gboolean
chorus_audiomoth_comment_find_clause (const guint8          *data,
                                      gsize                  size,
                                      ChorusAudiomothClause *clause)
{
  const gsize opening = strlen (CHORUS_AUDIOMOTH_OPENING);
  const gsize whole = opening + CHORUS_AUDIOMOTH_CLOCK_LENGTH + 1 + CHORUS_AUDIOMOTH_DATE_LENGTH;
  const char *text = NULL;
  gsize comment = 0;
  gsize length = 0;
  gsize fraction = 0;

  memset (clause, 0, sizeof *clause);
  if (!chorus_audiomoth_comment_find_chunk (data, size, "ICMT", &comment, &length))
    return FALSE;

  text = (const char *) data + comment;
  if (length < whole || memcmp (text, CHORUS_AUDIOMOTH_OPENING, opening) != 0)
    return FALSE;

  fraction = text[opening + CHORUS_AUDIOMOTH_CLOCK_LENGTH] == '.' ? CHORUS_AUDIOMOTH_FRACTION_LENGTH : 0;
  if (length < whole + fraction || text[opening + CHORUS_AUDIOMOTH_CLOCK_LENGTH + fraction] != ' ')
    return FALSE;

  clause->clock = comment + opening;
  clause->n_digits = fraction > 0 ? CHORUS_AUDIOMOTH_FRACTION_LENGTH - 1 : 0;
  clause->date = clause->clock + CHORUS_AUDIOMOTH_CLOCK_LENGTH + fraction + 1;
  clause->rest = text + whole + fraction;
  clause->rest_length = length - whole - fraction;

  return chorus_audiomoth_comment_parse_clock (clause, (const char *) data + clause->clock,
                                               (const char *) data + clause->date, clause->n_digits);
}

/* " (UTC)", " (UTC-3)" or " (UTC+5:30)". The first firmware wrote none of it; and 1.2.2 wrote "(UTC:30)" for half an hour
 * to the east as for half an hour to the west. */
static void
chorus_audiomoth_comment_read_zone (ChorusAudiomothClause *clause)
{
  const gsize opening = strlen (" (UTC");
  gsize used = 0;
  gint offset = 0;

  if (clause->rest_length <= opening || memcmp (clause->rest, " (UTC", opening) != 0)
    return;

  used = chorus_written_time_parse_offset (clause->rest + opening, clause->rest_length - opening, &offset);
  if (opening + used < clause->rest_length && clause->rest[opening + used] == ')')
    {
      clause->time.has_zone = TRUE;
      clause->time.offset = offset;
    }
}

/* "AudioMoth 24F319055FDF2205" */
static void
chorus_audiomoth_comment_read_serial (const char           *text,
                                      gsize                 length,
                                      ChorusRecorderFields *fields)
{
  const gsize name = strlen ("AudioMoth ");

  if (length < name + CHORUS_AUDIOMOTH_SERIAL_LENGTH || memcmp (text, "AudioMoth ", name) != 0)
    return;

  for (gsize i = 0; i < CHORUS_AUDIOMOTH_SERIAL_LENGTH; i++)
    if (!g_ascii_isxdigit (text[name + i]))
      return;

  chorus_recorder_fields_take_text (&fields->make, "Open Acoustic Devices", -1);
  chorus_recorder_fields_take_text (&fields->model, "AudioMoth", -1);
  chorus_recorder_fields_take_text (&fields->serial, text + name, CHORUS_AUDIOMOTH_SERIAL_LENGTH);
}

void
chorus_audiomoth_comment_read (const guint8         *data,
                               gsize                 size,
                               ChorusRecorderFields *fields)
{
  ChorusAudiomothClause clause;
  gsize offset = 0;
  gsize length = 0;

  if (chorus_audiomoth_comment_find_clause (data, size, &clause))
    {
      const char *by = g_strstr_len (clause.rest, (gssize) clause.rest_length, " by AudioMoth ");

      chorus_audiomoth_comment_read_zone (&clause);
      chorus_recorder_fields_take_time (fields, &clause.time, CHORUS_TIME_SOURCE_AUDIOMOTH);
      if (by)
        chorus_audiomoth_comment_read_serial (by + strlen (" by "),
                                              clause.rest_length - (gsize) (by + strlen (" by ") - clause.rest),
                                              fields);
    }

  if (chorus_audiomoth_comment_find_chunk (data, size, "IART", &offset, &length))
    chorus_audiomoth_comment_read_serial ((const char *) data + offset, length, fields);
}

GBytes *
chorus_audiomoth_comment_move_time (GBytes *contents,
                                    double  start)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  ChorusAudiomothClause clause;
  g_autofree char *clock = NULL;
  g_autofree char *date = NULL;
  g_autofree guint8 *moved = NULL;

  if (start <= 0 || !chorus_audiomoth_comment_find_clause (data, size, &clause)
      || !chorus_written_time_move (&clause.time, start))
    return g_bytes_ref (contents);

  chorus_written_time_round (&clause.time, clause.n_digits);
  clock = chorus_written_time_format (&clause.time, "%H:%M:%S");
  date = chorus_written_time_format (&clause.time, "%d/%m/%Y");

  moved = g_memdup2 (data, size);
  memcpy (moved + clause.clock, clock, CHORUS_AUDIOMOTH_CLOCK_LENGTH);
  memcpy (moved + clause.date, date, CHORUS_AUDIOMOTH_DATE_LENGTH);
  if (clause.n_digits > 0)
    {
      g_autofree char *fraction = g_strdup_printf (".%03d", clause.time.nanoseconds / 1000000);

      memcpy (moved + clause.clock + CHORUS_AUDIOMOTH_CLOCK_LENGTH, fraction, CHORUS_AUDIOMOTH_FRACTION_LENGTH);
    }

  return g_bytes_new_take (g_steal_pointer (&moved), size);
}
