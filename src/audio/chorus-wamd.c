/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wildlife Acoustics metadata, the chunk `wamd`: "WAMD subchunk", a row of records of a 16-bit number that says what it
 * is, a 32-bit length and the value, all little-endian. */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <string.h>

#define CHORUS_WAMD_HEADER_SIZE 6

#define CHORUS_WAMD_MODEL 0x01
#define CHORUS_WAMD_SERIAL 0x02
#define CHORUS_WAMD_START 0x05
#define CHORUS_WAMD_FIRST_POSITION 0x06
#define CHORUS_WAMD_TIME_EXPANSION 0x0f

/* Longer than any position that is one. */
#define CHORUS_WAMD_MAX_POSITION 128

/* A record, within the chunk. */
typedef struct
{
  guint16 id;
  const guint8 *value;
  gsize length;
} ChorusWamdRecord;

/* Goes to the next record. One that claims to be longer than the rest of the chunk ends the row. */
static gboolean
chorus_wamd_next (const guint8     *data,
                  gsize             size,
                  gsize            *offset,
                  ChorusWamdRecord *record)
{
  guint16 id = 0;
  guint32 length = 0;

  if (*offset > size || size - *offset < CHORUS_WAMD_HEADER_SIZE)
    return FALSE;

  memcpy (&id, data + *offset, sizeof id);
  memcpy (&length, data + *offset + sizeof id, sizeof length);
  record->id = GUINT16_FROM_LE (id);
  record->length = GUINT32_FROM_LE (length);
  record->value = data + *offset + CHORUS_WAMD_HEADER_SIZE;
  if (record->length > size - *offset - CHORUS_WAMD_HEADER_SIZE)
    return FALSE;
  *offset += CHORUS_WAMD_HEADER_SIZE + record->length;

  return TRUE;
}

/* "WGS84,42.43000,N,71.47000,W", perhaps with the height after it. */
static void
chorus_wamd_read_position (const ChorusWamdRecord *record,
                           ChorusRecorderFields   *fields)
{
  g_autofree char *text = g_strndup ((const char *) record->value, MIN (record->length, CHORUS_WAMD_MAX_POSITION));
  g_auto (GStrv) parts = g_strsplit (text, ",", 6);
  double latitude = 0;
  double longitude = 0;

  if (g_strv_length (parts) < 5)
    return;
  for (guint i = 0; i < 5; i++)
    g_strstrip (parts[i]);

  if (!g_str_equal (parts[0], "WGS84") || strlen (parts[2]) != 1 || strlen (parts[4]) != 1
      || !strchr ("NS", parts[2][0]) || !strchr ("EW", parts[4][0])
      || !chorus_recorder_fields_parse_number (parts[1], strlen (parts[1]), &latitude)
      || !chorus_recorder_fields_parse_number (parts[3], strlen (parts[3]), &longitude))
    return;

  chorus_recorder_fields_take_position (fields, parts[2][0] == 'S' ? -latitude : latitude,
                                        parts[4][0] == 'W' ? -longitude : longitude);
}

void
chorus_wamd_read (const guint8         *data,
                  gsize                 size,
                  ChorusRecorderFields *fields)
{
  ChorusWamdRecord record;
  ChorusWrittenTime time;
  gsize offset = 0;

  while (chorus_wamd_next (data, size, &offset, &record))
    {
      const char *text = (const char *) record.value;

      if (record.id == CHORUS_WAMD_MODEL)
        chorus_recorder_fields_take_text (&fields->model, text, (gssize) record.length);
      else if (record.id == CHORUS_WAMD_SERIAL)
        chorus_recorder_fields_take_text (&fields->serial, text, (gssize) record.length);
      else if (record.id == CHORUS_WAMD_START && chorus_written_time_parse (&time, text, record.length))
        chorus_recorder_fields_take_time (fields, &time, CHORUS_TIME_SOURCE_WAMD);
      else if (record.id == CHORUS_WAMD_FIRST_POSITION)
        chorus_wamd_read_position (&record, fields);
      else if (record.id == CHORUS_WAMD_TIME_EXPANSION && record.length == 2)
        chorus_recorder_fields_take_time_expansion (fields, record.value[0] | record.value[1] << 8);
    }

  if (fields->model)
    chorus_recorder_fields_take_text (&fields->make, "Wildlife Acoustics", -1);
}

GBytes *
chorus_wamd_move_time (GBytes *contents,
                       double  start)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  g_auto (ChorusRecorderFields) fields = { 0 };
  ChorusWamdRecord record;
  ChorusWrittenTime time;
  double moved_by = 0;
  gsize offset = 0;

  chorus_wamd_read (data, size, &fields);
  moved_by = start / MAX (1, fields.time_expansion);
  while (moved_by > 0 && chorus_wamd_next (data, size, &offset, &record))
    {
      g_autoptr (GByteArray) moved = NULL;
      g_autofree char *text = NULL;
      guint32 length = 0;

      if (record.id != CHORUS_WAMD_START
          || !chorus_written_time_parse (&time, (const char *) record.value, record.length)
          || !chorus_written_time_move (&time, moved_by))
        continue;

      text = chorus_written_time_to_text (&time);
      length = GUINT32_TO_LE ((guint32) (record.length - time.length + strlen (text)));

      moved = g_byte_array_new ();
      g_byte_array_append (moved, data, (guint) (record.value - data - sizeof length));
      g_byte_array_append (moved, (const guint8 *) &length, sizeof length);
      g_byte_array_append (moved, (const guint8 *) text, (guint) strlen (text));
      g_byte_array_append (moved, record.value + time.length, (guint) (data + size - record.value - time.length));

      return g_byte_array_free_to_bytes (g_steal_pointer (&moved));
    }

  return g_bytes_ref (contents);
}
