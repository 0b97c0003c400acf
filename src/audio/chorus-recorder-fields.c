/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "core/chorus-text.h"

#include <math.h>
#include <string.h>

/* Longer is no name of a recorder, and no number. */
#define CHORUS_RECORDER_FIELDS_MAX_TEXT 128
#define CHORUS_RECORDER_FIELDS_MAX_NUMBER 64

void
chorus_recorder_fields_clear (ChorusRecorderFields *self)
{
  g_clear_pointer (&self->time, chorus_recording_time_free);
  g_clear_pointer (&self->make, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->serial, g_free);
}

void
chorus_recorder_fields_take_time (ChorusRecorderFields    *self,
                                  const ChorusWrittenTime *time,
                                  ChorusTimeSource         source)
{
  if (!self->time)
    self->time = chorus_written_time_to_recording_time (time, source);
}

/* @length may be -1 when @text is terminated; otherwise a NUL ends it as well. */
void
chorus_recorder_fields_take_text (char       **field,
                                  const char  *text,
                                  gssize       length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *stripped = NULL;

  if (*field)
    return;

  stripped = g_strstrip (g_strndup (text, MIN (n, CHORUS_RECORDER_FIELDS_MAX_TEXT)));
  if (*stripped != '\0')
    *field = chorus_text_from_name (stripped);
}

void
chorus_recorder_fields_take_time_expansion (ChorusRecorderFields *self,
                                            double                expansion)
{
  if (self->time_expansion <= 0 && expansion >= 1)
    self->time_expansion = expansion;
}

/* A recorder without a fix writes 0, 0, where nobody records. */
void
chorus_recorder_fields_take_position (ChorusRecorderFields *self,
                                      double                latitude,
                                      double                longitude)
{
  if (self->has_position || fabs (latitude) > 90 || fabs (longitude) > 180
      || (fabs (latitude) <= 0 && fabs (longitude) <= 0))
    return;

  self->has_position = TRUE;
  self->latitude = latitude;
  self->longitude = longitude;
}

gboolean
chorus_recorder_fields_parse_number (const char *text,
                                     gsize       length,
                                     double     *number)
{
  char copy[CHORUS_RECORDER_FIELDS_MAX_NUMBER + 1];
  char *end = NULL;

  if (length == 0 || length > CHORUS_RECORDER_FIELDS_MAX_NUMBER || memchr (text, '\0', length))
    return FALSE;

  memcpy (copy, text, length);
  copy[length] = '\0';
  *number = g_ascii_strtod (copy, &end);

  return *end == '\0' && isfinite (*number);
}
