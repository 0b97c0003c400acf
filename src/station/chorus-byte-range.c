/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-byte-range.h"

/* A number that may be missing; one too large for 64 bits lies beyond any file and becomes the largest. */
static gboolean
chorus_byte_range_take_number (const char **text,
                               guint64     *number)
{
  gboolean present = g_ascii_isdigit (**text);
  guint64 value = 0;

  for (; g_ascii_isdigit (**text); (*text)++)
    {
      guint digit = (guint) (**text - '0');

      value = value > (G_MAXUINT64 - digit) / 10 ? G_MAXUINT64 : value * 10 + digit;
    }
  *number = value;

  return present;
}

ChorusByteRangeKind
chorus_byte_range_parse (const char *header,
                         guint64     size,
                         guint64    *first,
                         guint64    *length)
{
  gboolean has_start = FALSE;
  gboolean has_end = FALSE;
  guint64 start = 0;
  guint64 end = 0;

  *first = 0;
  *length = size;

  if (!header || g_ascii_strncasecmp (header, "bytes=", 6) != 0)
    return CHORUS_BYTE_RANGE_WHOLE;
  header += 6;
  while (*header == ' ')
    header++;
  has_start = chorus_byte_range_take_number (&header, &start);
  if (*header++ != '-')
    return CHORUS_BYTE_RANGE_WHOLE;
  has_end = chorus_byte_range_take_number (&header, &end);
  while (*header == ' ')
    header++;
  if (*header != '\0' || (!has_start && !has_end) || (has_start && has_end && end < start))
    return CHORUS_BYTE_RANGE_WHOLE;

  if (has_start ? start >= size : end == 0 || size == 0)
    return CHORUS_BYTE_RANGE_NOT_SATISFIABLE;
  if (has_start)
    {
      *first = start;
      *length = (has_end && end < size - 1 ? end + 1 : size) - start;
    }
  else
    {
      *length = MIN (end, size);
      *first = size - *length;
    }

  return CHORUS_BYTE_RANGE_PART;
}
