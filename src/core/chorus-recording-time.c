/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-time.h"

#include "chorus-time-scanner.h"

#include <glib/gi18n.h>

#define CHORUS_FIRST_PLAUSIBLE_YEAR 2000

/* How far ahead of this computer a recorder may be. */
#define CHORUS_CLOCK_SLACK (5 * G_TIME_SPAN_MINUTE)

struct _ChorusRecordingTime
{
  GDateTime *time;
  gboolean has_zone;
  ChorusTimeSource source;
};

G_DEFINE_BOXED_TYPE (ChorusRecordingTime, chorus_recording_time, chorus_recording_time_copy, chorus_recording_time_free)

G_DEFINE_ENUM_TYPE (ChorusTimeSource,
                    chorus_time_source,
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_METADATA, "metadata"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_GUANO, "guano"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_WAMD, "wamd"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_AUDIOMOTH, "audiomoth"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_BEXT, "bext"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_FILE_NAME, "file-name"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_MODIFIED, "modified"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_SERVICE, "service"),
                    G_DEFINE_ENUM_VALUE (CHORUS_TIME_SOURCE_PERSON, "person"))

const char *
chorus_time_source_to_text (ChorusTimeSource source)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHORUS_TYPE_TIME_SOURCE);
  const GEnumValue *value = g_enum_get_value (klass, (int) source);

  g_return_val_if_fail (value != NULL, "unknown");

  return value->value_nick;
}

ChorusTimeSource
chorus_time_source_from_text (const char *text)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHORUS_TYPE_TIME_SOURCE);
  const GEnumValue *value = text ? g_enum_get_value_by_nick (klass, text) : NULL;

  return value ? (ChorusTimeSource) value->value : CHORUS_TIME_SOURCE_UNKNOWN;
}

const char *
chorus_time_source_to_display (ChorusTimeSource source)
{
  switch (source)
    {
    case CHORUS_TIME_SOURCE_METADATA:
      /* Translators: these say where the time of a recording comes from. They stand alone, or in a sentence such as
       * “GUANO metadata and the file name differ by 1 hour.” */
      return _("the metadata in the file");
    case CHORUS_TIME_SOURCE_GUANO:
      return _("GUANO metadata");
    case CHORUS_TIME_SOURCE_WAMD:
      return _("Wildlife Acoustics metadata");
    case CHORUS_TIME_SOURCE_AUDIOMOTH:
      return _("the AudioMoth comment");
    case CHORUS_TIME_SOURCE_BEXT:
      return _("broadcast metadata (bext)");
    case CHORUS_TIME_SOURCE_FILE_NAME:
      return _("the file name");
    case CHORUS_TIME_SOURCE_MODIFIED:
      return _("a guess: when the file was last written");
    case CHORUS_TIME_SOURCE_SERVICE:
      return _("the service");
    case CHORUS_TIME_SOURCE_PERSON:
      return _("entered by hand");
    case CHORUS_TIME_SOURCE_UNKNOWN:
    default:
      return _("not known");
    }
}

ChorusRecordingTime *
chorus_recording_time_new (GDateTime        *time,
                           gboolean          has_zone,
                           ChorusTimeSource  source)
{
  ChorusRecordingTime *self = NULL;

  g_return_val_if_fail (time != NULL, NULL);

  self = g_new0 (ChorusRecordingTime, 1);
  self->time = g_date_time_ref (time);
  self->has_zone = has_zone;
  self->source = source;

  return self;
}

ChorusRecordingTime *
chorus_recording_time_new_from_file_name (const char *name)
{
  g_autoptr (GDateTime) time = NULL;
  gboolean has_zone = FALSE;

  g_return_val_if_fail (name != NULL, NULL);

  time = chorus_time_scanner_find (name, &has_zone);
  if (!time)
    return NULL;

  return chorus_recording_time_new (time, has_zone, CHORUS_TIME_SOURCE_FILE_NAME);
}

ChorusRecordingTime *
chorus_recording_time_new_from_modified (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  if (!time)
    return NULL;

  return chorus_recording_time_new (time, TRUE, CHORUS_TIME_SOURCE_MODIFIED);
}

ChorusRecordingTime *
chorus_recording_time_new_from_iso (const char       *text,
                                    ChorusTimeSource  source)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) zoned = NULL;

  if (!text)
    return NULL;

  /* Without a zone of its own the text takes the one given here. */
  time = g_date_time_new_from_iso8601 (text, utc);
  if (!time)
    return NULL;
  zoned = g_date_time_new_from_iso8601 (text, NULL);

  return chorus_recording_time_new (time, zoned != NULL, source);
}

ChorusRecordingTime *
chorus_recording_time_copy (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return chorus_recording_time_new (self->time, self->has_zone, self->source);
}

void
chorus_recording_time_free (ChorusRecordingTime *self)
{
  if (!self)
    return;

  g_date_time_unref (self->time);
  g_free (self);
}

GDateTime *
chorus_recording_time_get_time (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->time;
}

gboolean
chorus_recording_time_get_has_zone (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_zone;
}

ChorusTimeSource
chorus_recording_time_get_source (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, CHORUS_TIME_SOURCE_UNKNOWN);

  return self->source;
}

gboolean
chorus_recording_time_is_guess (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->source == CHORUS_TIME_SOURCE_MODIFIED || self->source == CHORUS_TIME_SOURCE_UNKNOWN;
}

gboolean
chorus_recording_time_is_plausible (const ChorusRecordingTime *self,
                                    GDateTime                 *now)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (now != NULL, FALSE);

  return g_date_time_get_year (self->time) >= CHORUS_FIRST_PLAUSIBLE_YEAR
         && g_date_time_difference (self->time, now) <= (self->has_zone ? CHORUS_CLOCK_SLACK : G_TIME_SPAN_DAY);
}

char *
chorus_recording_time_to_iso (const ChorusRecordingTime *self)
{
  g_autofree char *iso = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  iso = g_date_time_get_microsecond (self->time) != 0 ? g_date_time_format (self->time, "%FT%T.%f")
                                                      : g_date_time_format (self->time, "%FT%T");
  if (self->has_zone)
    {
      g_autofree char *offset = g_date_time_format (self->time, "%:z");

      return g_strconcat (iso, offset, NULL);
    }

  return g_steal_pointer (&iso);
}

char *
chorus_recording_time_to_display (const ChorusRecordingTime *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: the start of a recording, such as “4 Jun 2025 05:00 +05:30”, and the same without the offset from
   * UTC where it is not known. See the reference of g_date_time_format() for the codes. */
  return g_date_time_format (self->time, self->has_zone ? _("%-d %b %Y %H:%M %:z") : _("%-d %b %Y %H:%M"));
}
