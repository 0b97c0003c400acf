/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-filter.h"

#include <math.h>

ChorusRecordingFilter *
chorus_recording_filter_new (void)
{
  ChorusRecordingFilter *self = g_new0 (ChorusRecordingFilter, 1);

  self->text = g_strdup ("");
  self->first_day = CHORUS_FILTER_ANY_DAY;
  self->last_day = CHORUS_FILTER_ANY_DAY;
  self->first_hour = -1;
  self->last_hour = -1;

  return self;
}

ChorusRecordingFilter *
chorus_recording_filter_copy (const ChorusRecordingFilter *self)
{
  ChorusRecordingFilter *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);

  return copy;
}

void
chorus_recording_filter_free (ChorusRecordingFilter *self)
{
  g_free (self->text);
  g_free (self);
}

gboolean
chorus_recording_filter_equal (const ChorusRecordingFilter *self,
                               const ChorusRecordingFilter *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_strcmp0 (self->text, other->text) == 0 && self->statuses == other->statuses
         && self->first_day == other->first_day && self->last_day == other->last_day
         && self->first_hour == other->first_hour && self->last_hour == other->last_hour && self->night == other->night
         && fabs (self->threshold - other->threshold) <= 0;
}

gboolean
chorus_recording_filter_is_empty (const ChorusRecordingFilter *self)
{
  g_autoptr (ChorusRecordingFilter) all = chorus_recording_filter_new ();

  return chorus_recording_filter_equal (self, all);
}

GVariant *
chorus_recording_filter_to_variant (const ChorusRecordingFilter *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (*self->text != '\0')
    g_variant_dict_insert (&dict, "text", "s", self->text);
  if (self->statuses != 0)
    g_variant_dict_insert (&dict, "statuses", "u", self->statuses);
  if (self->first_day != CHORUS_FILTER_ANY_DAY)
    g_variant_dict_insert (&dict, "first-day", "i", self->first_day);
  if (self->last_day != CHORUS_FILTER_ANY_DAY)
    g_variant_dict_insert (&dict, "last-day", "i", self->last_day);
  if (self->first_hour >= 0)
    {
      g_variant_dict_insert (&dict, "first-hour", "i", self->first_hour);
      g_variant_dict_insert (&dict, "last-hour", "i", self->last_hour);
    }
  if (self->night)
    g_variant_dict_insert (&dict, "night", "b", TRUE);
  if (self->threshold > 0)
    g_variant_dict_insert (&dict, "threshold", "d", self->threshold);

  return g_variant_dict_end (&dict);
}

ChorusRecordingFilter *
chorus_recording_filter_new_from_variant (GVariant *variant)
{
  ChorusRecordingFilter *self = chorus_recording_filter_new ();
  g_auto (GVariantDict) dict = { 0 };
  const char *text = NULL;

  g_return_val_if_fail (variant != NULL && g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT), self);

  g_variant_dict_init (&dict, variant);
  if (g_variant_dict_lookup (&dict, "text", "&s", &text))
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
  g_variant_dict_lookup (&dict, "statuses", "u", &self->statuses);
  g_variant_dict_lookup (&dict, "first-day", "i", &self->first_day);
  g_variant_dict_lookup (&dict, "last-day", "i", &self->last_day);
  g_variant_dict_lookup (&dict, "first-hour", "i", &self->first_hour);
  g_variant_dict_lookup (&dict, "last-hour", "i", &self->last_hour);
  g_variant_dict_lookup (&dict, "night", "b", &self->night);
  g_variant_dict_lookup (&dict, "threshold", "d", &self->threshold);

  /* Settings can be edited by hand. */
  if (self->first_hour < 0 || self->first_hour > 23 || self->last_hour < 0 || self->last_hour > 23)
    self->first_hour = self->last_hour = -1;
  if (!(self->threshold > 0 && self->threshold <= 1))
    self->threshold = 0;

  return self;
}
