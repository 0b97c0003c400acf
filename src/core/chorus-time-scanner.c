/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-time-scanner.h"

#include <string.h>

/* Dates outside of these years are numbers that only look like dates. */
#define CHORUS_FIRST_YEAR 1970
#define CHORUS_LAST_YEAR 2099

/* AudioMoth, which alone names files by the Unix time in hexadecimal digits, was first built in 2017. */
#define CHORUS_FIRST_UNIX_TIME 1420070400 /* 2015-01-01 */
#define CHORUS_LAST_UNIX_TIME 4102444800  /* 2100-01-01 */

typedef struct
{
  int year, month, day;
  int hour, minute;
  int second;
  double fraction;
  char zone[7]; /* empty where not known */
} ChorusClockTime;

static gsize
chorus_time_scanner_count_digits (const char *p)
{
  gsize n = 0;

  while (g_ascii_isdigit (p[n]))
    n++;

  return n;
}

/* Reads a run of exactly @n digits. */
static gboolean
chorus_time_scanner_take_number (const char **p,
                                 gsize        n,
                                 int         *value)
{
  int number = 0;

  if (chorus_time_scanner_count_digits (*p) != n)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    number = number * 10 + g_ascii_digit_value ((*p)[i]);
  *p += n;
  *value = number;

  return TRUE;
}

static gboolean
chorus_time_scanner_take_any (const char **p,
                              const char  *characters)
{
  if (**p == '\0' || !strchr (characters, **p))
    return FALSE;

  (*p)++;

  return TRUE;
}

/* 20250604 or 2025-06-04, followed by what stands between a date and a time; or the start of a run of 14 digits. */
static gboolean
chorus_time_scanner_take_date (const char      **p,
                               ChorusClockTime  *clock)
{
  gsize n_digits = chorus_time_scanner_count_digits (*p);
  int date = 0;

  if (n_digits == 14)
    {
      char digits[9] = { 0 };
      const char *start = digits;

      memcpy (digits, *p, 8);
      *p += 8;
      if (!chorus_time_scanner_take_number (&start, 8, &date))
        return FALSE;
    }
  else if (n_digits == 6 && (*p)[6] == ' ' && g_ascii_isdigit ((*p)[7]) && (*p)[8] == 'T')
    {
      /* Frontier Labs' firmware 3.08 writes a space for the zero of a day below 10. */
      if (!chorus_time_scanner_take_number (p, 6, &date))
        return FALSE;
      date = date * 100 + g_ascii_digit_value ((*p)[1]);
      *p += 3;
    }
  else if (n_digits == 8)
    {
      if (!chorus_time_scanner_take_number (p, 8, &date) || !chorus_time_scanner_take_any (p, "_T$- t"))
        return FALSE;
    }
  else
    {
      int year = 0, month = 0, day = 0;

      if (!chorus_time_scanner_take_number (p, 4, &year) || !chorus_time_scanner_take_any (p, "-_.")
          || !chorus_time_scanner_take_number (p, 2, &month) || !chorus_time_scanner_take_any (p, "-_.")
          || !chorus_time_scanner_take_number (p, 2, &day) || !chorus_time_scanner_take_any (p, "_T$- t"))
        return FALSE;
      date = year * 10000 + month * 100 + day;
    }

  clock->year = date / 10000;
  clock->month = date / 100 % 100;
  clock->day = date % 100;

  return clock->year >= CHORUS_FIRST_YEAR && clock->year <= CHORUS_LAST_YEAR
         && g_date_valid_dmy ((GDateDay) clock->day, (GDateMonth) clock->month, (GDateYear) clock->year);
}

/* 050000123 or 050000123456: a run of digits that goes on to the thousandth or millionth of a second. Only after a T, as
 * Frontier Labs has had it; elsewhere more digits than six are another number. */
static gboolean
chorus_time_scanner_take_long_time (const char      **p,
                                    ChorusClockTime  *clock,
                                    int              *time)
{
  gsize n_digits = chorus_time_scanner_count_digits (*p);
  int fraction = 0;

  if ((n_digits != 9 && n_digits != 12) || (*p)[-1] != 'T')
    return FALSE;

  for (gsize i = 0; i < 6; i++)
    *time = *time * 10 + g_ascii_digit_value (*(*p)++);
  if (!chorus_time_scanner_take_number (p, n_digits - 6, &fraction))
    return FALSE;
  clock->fraction = fraction / (n_digits == 9 ? 1e3 : 1e6);

  return TRUE;
}

/* 050000, 05:00:00 or 05-00-00. */
static gboolean
chorus_time_scanner_take_time (const char      **p,
                               ChorusClockTime  *clock)
{
  int time = 0;

  if (chorus_time_scanner_count_digits (*p) == 6)
    {
      if (!chorus_time_scanner_take_number (p, 6, &time))
        return FALSE;
    }
  else if (!chorus_time_scanner_take_long_time (p, clock, &time))
    {
      int hour = 0, minute = 0, second = 0;

      if (!chorus_time_scanner_take_number (p, 2, &hour) || !chorus_time_scanner_take_any (p, ":-._")
          || !chorus_time_scanner_take_number (p, 2, &minute) || !chorus_time_scanner_take_any (p, ":-._")
          || !chorus_time_scanner_take_number (p, 2, &second))
        return FALSE;
      time = hour * 10000 + minute * 100 + second;
    }

  clock->hour = time / 10000;
  clock->minute = time / 100 % 100;
  clock->second = time % 100;

  return clock->hour < 24 && clock->minute < 60 && clock->second < 60;
}

/* _mmm or _uuuuuu, also with a point or a comma. Three digits may as well be a count; that errs by less than a
 * second. */
static void
chorus_time_scanner_take_fraction (const char      **p,
                                   ChorusClockTime  *clock)
{
  const char *q = *p;
  int fraction = 0;

  if (!chorus_time_scanner_take_any (&q, "_.,"))
    return;

  if (chorus_time_scanner_take_number (&q, 3, &fraction))
    clock->fraction = fraction / 1e3;
  else if (chorus_time_scanner_take_number (&q, 6, &fraction))
    clock->fraction = fraction / 1e6;
  else
    return;

  *p = q;
}

/* Z, +1000, +10:00, -03:30 or +10, and nothing that only begins like one: the coordinates in "-27.38+152.87" do. */
static void
chorus_time_scanner_take_zone (const char      *p,
                               ChorusClockTime *clock)
{
  int hours = 0, minutes = 0;
  gboolean west = *p == '-';

  if (*p == 'Z' && !g_ascii_isalnum (p[1]))
    {
      g_strlcpy (clock->zone, "Z", sizeof clock->zone);
      return;
    }

  if (!chorus_time_scanner_take_any (&p, "+-"))
    return;

  if (chorus_time_scanner_take_number (&p, 4, &hours))
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (chorus_time_scanner_take_number (&p, 2, &hours))
    {
      /* A dash and two digits may just as well be a count. */
      if (*p == ':' ? !(p++, chorus_time_scanner_take_number (&p, 2, &minutes)) : west || *p == '.')
        return;
    }
  else
    return;

  if (hours > 14 || minutes % 15 != 0 || minutes > 45 || g_ascii_isalnum (*p))
    return;

  g_snprintf (clock->zone, sizeof clock->zone, "%c%02u:%02u", west ? '-' : '+', (guint) hours % 100,
              (guint) minutes % 100);
}

static GDateTime *
chorus_time_scanner_from_clock (const ChorusClockTime *clock)
{
  g_autoptr (GTimeZone) zone = clock->zone[0] ? g_time_zone_new_identifier (clock->zone) : g_time_zone_new_utc ();

  if (!zone)
    return NULL;

  return g_date_time_new (zone, clock->year, clock->month, clock->day, clock->hour, clock->minute,
                          clock->second + clock->fraction);
}

/* The whole stem is the Unix time in eight hexadecimal digits. */
static GDateTime *
chorus_time_scanner_from_hexadecimal (const char *name)
{
  gsize n = 0;
  gint64 seconds = 0;

  while (g_ascii_isxdigit (name[n]))
    n++;
  if (n != 8 || (name[n] != '.' && name[n] != '\0'))
    return NULL;

  seconds = g_ascii_strtoll (name, NULL, 16);
  if (seconds < CHORUS_FIRST_UNIX_TIME || seconds >= CHORUS_LAST_UNIX_TIME)
    return NULL;

  return g_date_time_new_from_unix_utc (seconds);
}

GDateTime *
chorus_time_scanner_find (const char *name,
                          gboolean   *has_zone)
{
  GDateTime *time = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (has_zone != NULL, NULL);

  *has_zone = FALSE;
  for (const char *start = name; *start; start++)
    {
      ChorusClockTime clock = { 0 };
      const char *p = start;

      /* A date starts where a run of digits starts. */
      if (!g_ascii_isdigit (*start) || (start > name && g_ascii_isdigit (start[-1])))
        continue;
      if (!chorus_time_scanner_take_date (&p, &clock) || !chorus_time_scanner_take_time (&p, &clock))
        continue;

      chorus_time_scanner_take_fraction (&p, &clock);
      chorus_time_scanner_take_zone (p, &clock);
      time = chorus_time_scanner_from_clock (&clock);
      if (!time)
        continue;
      *has_zone = clock.zone[0] != '\0';

      return time;
    }

  time = chorus_time_scanner_from_hexadecimal (name);
  *has_zone = time != NULL;

  return time;
}
