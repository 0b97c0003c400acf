/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-text.h"

#include <math.h>
#include <string.h>

#define CHORUS_PACKAGE_TEXT_REPLACEMENT 0xfffd

/* What XML 1.0 can hold (section 2.2), without what its section advises against: controls and noncharacters. */
static gboolean
chorus_package_text_is_plain (gunichar c)
{
  return c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7f)
         || (c >= 0xa0 && (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef));
}

/* Valid UTF-8 that any of the formats can hold. */
static char *
chorus_package_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* However lines are ended, as one thing. */
      if (c == '\r')
        c = p[1] == '\n' ? 0 : '\n';
      else if (!chorus_package_text_is_plain (c))
        c = CHORUS_PACKAGE_TEXT_REPLACEMENT;
      if (c != 0)
        g_string_append_unichar (clean, c);
    }

  return g_string_free (clean, FALSE);
}

void
chorus_package_text_append_xml (GString    *out,
                                const char *text)
{
  g_autofree char *clean = chorus_package_text_clean (text);
  g_autofree char *escaped = g_markup_escape_text (clean, -1);

  g_string_append (out, escaped);
}

/* Most cells, of which there may be many millions: nothing in them has a meaning anywhere. */
static gboolean
chorus_package_text_is_trivial (const char *text)
{
  if (*text != '\0' && strchr ("=+-@", *text))
    return FALSE;
  for (const char *p = text; *p; p++)
    if (*p < 0x20 || *p > 0x7e || *p == ',' || *p == '"')
      return FALSE;

  return TRUE;
}

void
chorus_package_text_append_cell (GString    *out,
                                 const char *text,
                                 char        separator)
{
  g_autofree char *clean = NULL;
  gboolean computed = FALSE;
  gboolean quoted = FALSE;

  if (!text)
    return;
  if (chorus_package_text_is_trivial (text))
    {
      g_string_append (out, text);
      return;
    }

  clean = chorus_package_text_clean (text);
  computed = clean[0] != '\0' && strchr ("=+-@", clean[0]) != NULL;
  g_strdelimit (clean, "\t\n", ' ');
  quoted = separator == ',' && strpbrk (clean, ",\"") != NULL;

  if (quoted)
    g_string_append_c (out, '"');
  if (computed)
    g_string_append_c (out, '\'');
  for (const char *p = clean; *p; p++)
    {
      if (quoted && *p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  if (quoted)
    g_string_append_c (out, '"');
}

void
chorus_package_text_append_number (GString *out,
                                   double   value,
                                   int      decimals)
{
  char number[64];
  char format[8];
  gsize length = 0;

  if (!isfinite (value) || fabs (value) > 1e18)
    return;

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 9));
  g_ascii_formatd (number, sizeof number, format, value);
  length = strlen (number);
  if (strchr (number, '.'))
    {
      while (number[length - 1] == '0')
        length--;
      if (number[length - 1] == '.')
        length--;
    }
  /* No zero with a sign. */
  if (length == 2 && number[0] == '-' && number[1] == '0')
    g_string_append_c (out, '0');
  else
    g_string_append_len (out, number, (gssize) length);
}

void
chorus_package_text_append_json (GString    *out,
                                 const char *text)
{
  g_autofree char *clean = chorus_package_text_clean (text);

  g_string_append_c (out, '"');
  for (const char *p = clean; *p; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if (*p == '\t')
        g_string_append (out, "\\t");
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
