/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-table-number.h"

#include <math.h>
#include <string.h>

/* Longer than any number that a program writes. */
#define CHORUS_TABLE_NUMBER_MAX_LENGTH 400

gboolean
chorus_table_number_read (const char *text,
                          double     *number)
{
  char digits[CHORUS_TABLE_NUMBER_MAX_LENGTH + 1];
  gsize length = 0;
  char *comma = NULL;
  char *end = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (number != NULL, FALSE);

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  /* Neither hexadecimal digits nor words such as "inf". */
  if (length == 0 || length > CHORUS_TABLE_NUMBER_MAX_LENGTH || strspn (text, "0123456789.,+-eE") < length)
    return FALSE;

  memcpy (digits, text, length);
  digits[length] = '\0';
  comma = strchr (digits, ',');
  if (comma)
    *comma = '.';
  *number = g_ascii_strtod (digits, &end);

  return end != digits && *end == '\0' && isfinite (*number);
}
