/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Wildlife Acoustics metadata, the chunk `wamd`: "WAMD subchunk", a row of records of a 16-bit number that says what it
 * is, a 32-bit length and the value, all little-endian. */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <string.h>

#define CHORUS_WAMD_HEADER_SIZE 6

#define CHORUS_WAMD_START 0x05
#define CHORUS_WAMD_TIME_EXPANSION 0x0f

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

static guint
chorus_wamd_get_time_expansion (const guint8 *data,
                                gsize         size)
{
  ChorusWamdRecord record;
  gsize offset = 0;

  while (chorus_wamd_next (data, size, &offset, &record))
    if (record.id == CHORUS_WAMD_TIME_EXPANSION && record.length == 2)
      {
        guint expansion = record.value[0] | (guint) record.value[1] << 8;

        return MAX (1, expansion);
      }

  return 1;
}

GBytes *
chorus_wamd_move_time (GBytes *contents,
                       double  start)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (contents, &size);
  double moved_by = start / chorus_wamd_get_time_expansion (data, size);
  ChorusWamdRecord record;
  ChorusWrittenTime time;
  gsize offset = 0;

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
