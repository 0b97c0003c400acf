/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-rate-limit.h"

#include <math.h>

#include <glib/gi18n.h>
#include <libsoup/soup.h>

/* A number from here on is a moment (9 September 2001), not a length of time; and from there on one in milliseconds. */
#define CHORUS_RATE_LIMIT_EPOCH_SECONDS 1e9
#define CHORUS_RATE_LIMIT_EPOCH_MILLISECONDS 1e12

gint64
chorus_rate_limit_parse_delay (const char *value,
                               gint64      now)
{
  g_autofree char *text = value ? g_strstrip (g_strdup (value)) : NULL;
  char *end = NULL;

  if (!text || !*text)
    return -1;

  if (g_ascii_isdigit (*text))
    {
      double number = g_ascii_strtod (text, &end);

      if (*end != '\0' || !isfinite (number) || number > 1e15)
        return -1;
      if (number >= CHORUS_RATE_LIMIT_EPOCH_MILLISECONDS)
        number /= 1000;
      if (number >= CHORUS_RATE_LIMIT_EPOCH_SECONDS)
        number = MAX (0, number - (double) now);

      return (gint64) ceil (number);
    }

  g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (text);

  return date ? MAX (0, g_date_time_to_unix (date) - now) : -1;
}

char *
chorus_rate_limit_describe_delay (gint64 seconds)
{
  gint64 rounded = MAX (seconds, 1);

  if (rounded < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second", "%d seconds", (gulong) rounded), (int) rounded);

  /* Beyond a month the exact figure is of no use to anybody, and the sum below could overflow. */
  rounded = (MIN (rounded, 30 * 86400) + 59) / 60;
  if (rounded < 120)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes", (gulong) rounded), (int) rounded);

  rounded = (rounded + 59) / 60;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours", (gulong) rounded), (int) rounded);
}
