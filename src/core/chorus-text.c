/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHORUS_TEXT_REPLACEMENT 0xfffd

/* Characters that cannot be seen but change how the rest is read. The joiners U+200C and U+200D stay: many scripts
 * need them. */
static gboolean
chorus_text_is_unsafe (gunichar c)
{
  switch (c)
    {
    case 0x061c: /* Arabic letter mark */
    case 0x200b: /* zero width space */
    case 0x200e: /* left-to-right mark */
    case 0x200f: /* right-to-left mark */
    case 0x2028: /* line separator */
    case 0x2029: /* paragraph separator */
    case 0x2060: /* word joiner */
    case 0xfeff: /* byte order mark */
      return TRUE;

    default:
      return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) /* embeddings and overrides */
             || (c >= 0x2066 && c <= 0x2069);                      /* isolates */
    }
}

char *
chorus_text_from_name (const char *name)
{
  g_autofree char *valid = NULL;
  GString *text = NULL;

  if (!name)
    return g_strdup ("");

  valid = g_utf8_make_valid (name, -1);
  text = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (text, chorus_text_is_unsafe (c) ? CHORUS_TEXT_REPLACEMENT : c);
    }

  return g_string_free (text, FALSE);
}

char *
chorus_text_from_duration (double seconds)
{
  guint64 whole = 0;

  /* Also catches what is not a number; the upper bound keeps the conversion defined. */
  if (!(seconds >= 0 && seconds < 1e15))
    return g_strdup ("–");

  whole = (guint64) round (seconds);
  if (whole >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600, (guint) (whole / 60 % 60),
                            (guint) (whole % 60));

  return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
}

char *
chorus_text_from_size (guint64 bytes)
{
  static const char *const units[] = { N_("kB"), N_("MB"), N_("GB"), N_("TB"), N_("PB"), N_("EB") };
  double value = (double) bytes / 1000;
  guint unit = 0;

  if (bytes < 1000)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u" CHORUS_NARROW_SPACE "byte",
                                         "%u" CHORUS_NARROW_SPACE "bytes", (gulong) bytes),
                            (guint) bytes);

  /* What would be rounded up to 1000.0 belongs to the next unit. */
  while (value >= 999.95 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000;
      unit++;
    }

  return g_strdup_printf ("%.1f" CHORUS_NARROW_SPACE "%s", value, _(units[unit]));
}
