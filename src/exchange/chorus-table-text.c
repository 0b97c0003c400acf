/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-table-text.h"

#include <math.h>
#include <string.h>

/* Enough for every finite number with the decimals below. */
#define CHORUS_TABLE_NUMBER_SIZE 400
#define CHORUS_TABLE_MAX_DECIMALS 15

static gboolean
chorus_table_text_is_trigger (gunichar c)
{
  switch (c)
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case '"':
    case 0xff1d: /* the same, as wide as an ideograph */
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
chorus_table_text_is_dangerous (const char *text)
{
  while (*text == '\'')
    text++;

  return chorus_table_text_is_trigger (g_utf8_get_char (text));
}

/* What has no quotes has one line and no tabs. */
static void
chorus_table_text_flatten (char *text)
{
  for (char *p = text; *p; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (c == '\t' || (c >= '\n' && c <= '\r'))
        *p = ' ';
      else if (c == 0x85)
        memcpy (p, "  ", 2);
      else if (c == 0x2028 || c == 0x2029)
        memcpy (p, "   ", 3);
    }
}

void
chorus_table_text_append (GString    *row,
                          const char *text,
                          char        separator)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (row != NULL);

  if (!text || *text == '\0')
    return;

  valid = g_utf8_make_valid (text, -1);
  if (separator == CHORUS_TABLE_TSV)
    {
      chorus_table_text_flatten (valid);
      if (chorus_table_text_is_dangerous (valid))
        g_string_append_c (row, '\'');
      g_string_append (row, valid);
      return;
    }

  if (!strpbrk (valid, ",;\"\r\n\t"))
    {
      if (chorus_table_text_is_dangerous (valid))
        g_string_append_c (row, '\'');
      g_string_append (row, valid);
      return;
    }

  g_string_append_c (row, '"');
  if (chorus_table_text_is_dangerous (valid))
    g_string_append_c (row, '\'');
  for (const char *p = valid; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *p);
    }
  g_string_append_c (row, '"');
}

char *
chorus_table_text_restore (const char *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_strdup (*field == '\'' && chorus_table_text_is_dangerous (field) ? field + 1 : field);
}

void
chorus_table_text_append_number (GString *row,
                                 double   number,
                                 guint    decimals)
{
  char format[] = "%.00f";
  char text[CHORUS_TABLE_NUMBER_SIZE];

  g_return_if_fail (row != NULL);

  if (!isfinite (number))
    return;

  decimals = MIN (decimals, CHORUS_TABLE_MAX_DECIMALS);
  format[2] = (char) ('0' + decimals / 10);
  format[3] = (char) ('0' + decimals % 10);
  g_ascii_formatd (text, sizeof text, format, number);
  /* What rounds to nothing has no sign. */
  g_string_append (row, text[0] == '-' && strspn (text + 1, "0.") == strlen (text + 1) ? text + 1 : text);
}
