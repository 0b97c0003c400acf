/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-time-correction.h"

#include <stdlib.h>
#include <string.h>

#define CHORUS_TIME_ZONE_LEAST (-12 * 3600)
#define CHORUS_TIME_ZONE_MOST (14 * 3600)

/* A hundred years of 365.25 days, in seconds */
#define CHORUS_TIME_SHIFT_MOST (G_GINT64_CONSTANT (36525) * 86400)

/* U+2212, which people copy from documents */
#define CHORUS_MINUS_SIGN "\342\210\222"

struct _ChorusTimeCorrection
{
  ChorusTimeCorrectionKind kind;
  gint64 seconds; /* of a zone or a shift */
  ChorusRecordingTime *time;
};

G_DEFINE_BOXED_TYPE (ChorusTimeCorrection,
                     chorus_time_correction,
                     chorus_time_correction_copy,
                     chorus_time_correction_free)

static ChorusTimeCorrection *
chorus_time_correction_new (ChorusTimeCorrectionKind   kind,
                            gint64                     seconds,
                            const ChorusRecordingTime *time)
{
  ChorusTimeCorrection *self = g_new0 (ChorusTimeCorrection, 1);

  self->kind = kind;
  self->seconds = seconds;
  if (time)
    self->time = chorus_recording_time_new (chorus_recording_time_get_time (time),
                                            chorus_recording_time_get_has_zone (time), CHORUS_TIME_SOURCE_PERSON);

  return self;
}

ChorusTimeCorrection *
chorus_time_correction_new_zone (int offset)
{
  g_return_val_if_fail (offset >= CHORUS_TIME_ZONE_LEAST && offset <= CHORUS_TIME_ZONE_MOST, NULL);

  return chorus_time_correction_new (CHORUS_TIME_CORRECTION_ZONE, offset, NULL);
}

ChorusTimeCorrection *
chorus_time_correction_new_shift (gint64 seconds)
{
  g_return_val_if_fail (seconds >= -CHORUS_TIME_SHIFT_MOST && seconds <= CHORUS_TIME_SHIFT_MOST, NULL);

  return chorus_time_correction_new (CHORUS_TIME_CORRECTION_SHIFT, seconds, NULL);
}

ChorusTimeCorrection *
chorus_time_correction_new_set (const ChorusRecordingTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  return chorus_time_correction_new (CHORUS_TIME_CORRECTION_SET, 0, time);
}

ChorusTimeCorrection *
chorus_time_correction_new_recorder (void)
{
  return chorus_time_correction_new (CHORUS_TIME_CORRECTION_RECORDER, 0, NULL);
}

ChorusTimeCorrection *
chorus_time_correction_copy (const ChorusTimeCorrection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return chorus_time_correction_new (self->kind, self->seconds, self->time);
}

void
chorus_time_correction_free (ChorusTimeCorrection *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->time, chorus_recording_time_free);
  g_free (self);
}

ChorusTimeCorrectionKind
chorus_time_correction_get_kind (const ChorusTimeCorrection *self)
{
  g_return_val_if_fail (self != NULL, CHORUS_TIME_CORRECTION_ZONE);

  return self->kind;
}

static GDateTime *
chorus_time_correction_set_zone (GDateTime *time,
                                 gint64     offset)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset ((gint32) offset);

  g_autoptr (GDateTime) moved = g_date_time_add (time, g_date_time_get_utc_offset (time) - offset * G_TIME_SPAN_SECOND);

  return moved ? g_date_time_to_timezone (moved, zone) : NULL;
}

/* GLib adds beyond the years that it can write. */
static GDateTime *
chorus_time_correction_shift (GDateTime *time,
                              gint64     seconds)
{
  const int year = g_date_time_get_year (time) + (int) (seconds / (365 * 86400));

  if (year < 2 || year > 9998)
    return NULL;

  return g_date_time_add (time, seconds * G_TIME_SPAN_SECOND);
}

static ChorusRecordingTime *
chorus_time_correction_make (const ChorusTimeCorrection *self,
                             const ChorusRecordingTime  *time,
                             const ChorusRecordingTime  *recorder)
{
  g_autoptr (GDateTime) corrected = NULL;
  gboolean has_zone = FALSE;

  switch (self->kind)
    {
    case CHORUS_TIME_CORRECTION_SET:
      return chorus_recording_time_copy (self->time);

    case CHORUS_TIME_CORRECTION_RECORDER:
      return recorder ? chorus_recording_time_copy (recorder) : NULL;

    case CHORUS_TIME_CORRECTION_ZONE:
      corrected = time ? chorus_time_correction_set_zone (chorus_recording_time_get_time (time), self->seconds) : NULL;
      has_zone = TRUE;
      break;

    case CHORUS_TIME_CORRECTION_SHIFT:
    default:
      corrected = time ? chorus_time_correction_shift (chorus_recording_time_get_time (time), self->seconds) : NULL;
      has_zone = time && chorus_recording_time_get_has_zone (time);
      break;
    }

  return corrected ? chorus_recording_time_new (corrected, has_zone, CHORUS_TIME_SOURCE_PERSON) : NULL;
}

/* Whether two times say the same, whoever says it. */
static gboolean
chorus_time_correction_is_same (const ChorusRecordingTime *a,
                                const ChorusRecordingTime *b)
{
  g_autofree char *first = a ? chorus_recording_time_to_iso (a) : NULL;
  g_autofree char *second = b ? chorus_recording_time_to_iso (b) : NULL;

  return g_strcmp0 (first, second) == 0;
}

gboolean
chorus_time_correction_apply (const ChorusTimeCorrection  *self,
                              const ChorusRecordingTime   *time,
                              const ChorusRecordingTime   *recorder,
                              ChorusRecordingTime        **corrected)
{
  g_autoptr (ChorusRecordingTime) made = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (corrected != NULL, FALSE);

  *corrected = NULL;
  made = chorus_time_correction_make (self, time, recorder);
  if (self->kind == CHORUS_TIME_CORRECTION_RECORDER)
    {
      const ChorusTimeSource source = time ? chorus_recording_time_get_source (time) : CHORUS_TIME_SOURCE_UNKNOWN;
      const ChorusTimeSource theirs = made ? chorus_recording_time_get_source (made) : CHORUS_TIME_SOURCE_UNKNOWN;

      if (chorus_time_correction_is_same (time, made) && source == theirs)
        return FALSE;
    }
  else if (!made || chorus_time_correction_is_same (time, made))
    return FALSE;
  *corrected = g_steal_pointer (&made);

  return TRUE;
}

/* What people type */

/* Reads one to @most digits. */
static gboolean
chorus_time_text_take_number (const char **text,
                              guint        most,
                              gint64      *number)
{
  guint n_digits = 0;

  *number = 0;
  while (n_digits < most && g_ascii_isdigit (**text))
    {
      *number = *number * 10 + (**text - '0');
      (*text)++;
      n_digits++;
    }

  return n_digits > 0 && !g_ascii_isdigit (**text);
}

/* Reads a sign if there is one: 1, -1, or 0 for none. */
static int
chorus_time_text_take_sign (const char **text)
{
  if (g_str_has_prefix (*text, CHORUS_MINUS_SIGN))
    {
      *text += strlen (CHORUS_MINUS_SIGN);
      return -1;
    }
  if (**text != '+' && **text != '-')
    return 0;

  return *(*text)++ == '+' ? 1 : -1;
}

static void
chorus_time_text_skip_space (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

gboolean
chorus_time_zone_parse (const char *text,
                        int        *offset)
{
  static const char *const names[] = { "UTC", "GMT", "Z" };
  gboolean named = FALSE;
  gint64 hours = 0;
  gint64 minutes = 0;
  const char *digits = NULL;
  int sign = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (offset != NULL, FALSE);

  chorus_time_text_skip_space (&text);
  for (guint i = 0; i < G_N_ELEMENTS (names) && !named; i++)
    {
      named = g_ascii_strncasecmp (text, names[i], strlen (names[i])) == 0;
      if (named)
        text += strlen (names[i]);
    }
  chorus_time_text_skip_space (&text);
  if (named && *text == '\0')
    {
      *offset = 0;
      return TRUE;
    }

  sign = chorus_time_text_take_sign (&text);
  digits = text;
  if (sign == 0 || !chorus_time_text_take_number (&text, 4, &hours))
    return FALSE;
  if (text - digits > 2)
    {
      /* Without a colon: 530 or 0530 */
      minutes = hours % 100;
      hours /= 100;
    }
  else if (*text == ':')
    {
      text++;
      digits = text;
      if (!chorus_time_text_take_number (&text, 2, &minutes) || text - digits != 2)
        return FALSE;
    }
  chorus_time_text_skip_space (&text);

  hours = sign * (hours * 3600 + minutes * 60);
  if (*text != '\0' || minutes > 59 || hours < CHORUS_TIME_ZONE_LEAST || hours > CHORUS_TIME_ZONE_MOST)
    return FALSE;
  *offset = (int) hours;

  return TRUE;
}

char *
chorus_time_zone_to_text (int offset)
{
  const int minutes = abs (offset) / 60;

  if (offset == 0)
    return g_strdup ("UTC");

  return g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* Reads what follows the sign. */
static gboolean
chorus_time_shift_take (const char **text,
                        gint64      *seconds)
{
  gint64 numbers[3] = { 0 };
  guint n_numbers = 0;
  gint64 days = 0;

  for (;;)
    {
      if (!chorus_time_text_take_number (text, 10, &numbers[n_numbers]))
        return FALSE;
      n_numbers++;
      if (**text == ':' && n_numbers < G_N_ELEMENTS (numbers))
        {
          (*text)++;
          continue;
        }
      chorus_time_text_skip_space (text);
      if (n_numbers > 1 || days > 0 || g_ascii_tolower (**text) != 'd')
        break;
      (*text)++;
      chorus_time_text_skip_space (text);
      days = numbers[0];
      n_numbers = 0;
      if (**text == '\0')
        {
          *seconds = days * 86400;
          return TRUE;
        }
    }

  if (n_numbers == 1)
    {
      /* One number alone may be meant as anything. */
      if (days > 0 || g_ascii_tolower (**text) != 's')
        return FALSE;
      (*text)++;
      *seconds = numbers[0];
      return TRUE;
    }

  *seconds = days * 86400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2];

  return numbers[1] < 60 && numbers[2] < 60;
}

gboolean
chorus_time_shift_parse (const char *text,
                         gint64     *seconds)
{
  gint64 shift = 0;
  int sign = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (seconds != NULL, FALSE);

  chorus_time_text_skip_space (&text);
  sign = chorus_time_text_take_sign (&text);
  chorus_time_text_skip_space (&text);
  if (!chorus_time_shift_take (&text, &shift))
    return FALSE;
  chorus_time_text_skip_space (&text);
  if (*text != '\0' || shift > CHORUS_TIME_SHIFT_MOST)
    return FALSE;
  *seconds = sign < 0 ? -shift : shift;

  return TRUE;
}

char *
chorus_time_shift_to_text (gint64 seconds)
{
  const guint64 size = (guint64) ABS (seconds);
  const char sign = seconds < 0 ? '-' : '+';
  const guint hours = (guint) (size / 3600 % 24);
  const guint minutes = (guint) (size / 60 % 60);

  if (size >= 86400)
    return g_strdup_printf ("%c%" G_GUINT64_FORMAT " d %u:%02u:%02u", sign, size / 86400, hours, minutes,
                            (guint) (size % 60));

  return g_strdup_printf ("%c%u:%02u:%02u", sign, hours, minutes, (guint) (size % 60));
}

ChorusRecordingTime *
chorus_entered_time_parse (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) time = NULL;
  gint64 fields[6] = { 0 };
  static const char after[] = "--T::";
  static const guint digits[] = { 4, 2, 2, 2, 2, 2 };
  int offset = 0;
  gboolean has_zone = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  chorus_time_text_skip_space (&text);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!chorus_time_text_take_number (&text, digits[i], &fields[i]))
        return NULL;
      if (i == 4 && *text != ':')
        break;
      if (i == 2 && *text == ' ')
        chorus_time_text_skip_space (&text);
      else if (i < 5 && g_ascii_toupper (*text) == after[i])
        text++;
      else if (i < 5)
        return NULL;
    }
  chorus_time_text_skip_space (&text);
  if (*text != '\0')
    {
      if (!chorus_time_zone_parse (text, &offset))
        return NULL;
      has_zone = TRUE;
    }

  /* Which clock shows the years 0 to 99 nobody can tell. */
  if (fields[0] < 1000)
    return NULL;
  zone = g_time_zone_new_offset (offset);
  time = g_date_time_new (zone, (int) fields[0], (int) fields[1], (int) fields[2], (int) fields[3], (int) fields[4],
                          (double) fields[5]);

  return time ? chorus_recording_time_new (time, has_zone, CHORUS_TIME_SOURCE_PERSON) : NULL;
}

char *
chorus_recorder_time_to_text (const ChorusRecordingTime *time)
{
  g_autofree char *iso = NULL;

  if (!time)
    return g_strdup (chorus_time_source_to_text (CHORUS_TIME_SOURCE_UNKNOWN));
  iso = chorus_recording_time_to_iso (time);

  return g_strjoin (" ", chorus_time_source_to_text (chorus_recording_time_get_source (time)), iso, NULL);
}

ChorusRecordingTime *
chorus_recorder_time_from_text (const char *text)
{
  const char *space = text ? strchr (text, ' ') : NULL;
  g_autofree char *source = NULL;

  if (!space)
    return NULL;
  source = g_strndup (text, (gsize) (space - text));

  return chorus_recording_time_new_from_iso (space + 1, chorus_time_source_from_text (source));
}
