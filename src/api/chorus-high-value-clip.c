/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-high-value-clip.h"

struct _ChorusHighValueClip
{
  GObject parent_instance;

  char *species;
  char *common_name;
  char *scientific_name;
  char *date;
  char *time;
  double confidence;
  char *url;
};

G_DEFINE_FINAL_TYPE (ChorusHighValueClip, chorus_high_value_clip, G_TYPE_OBJECT)

static void
chorus_high_value_clip_finalize (GObject *object)
{
  ChorusHighValueClip *self = CHORUS_HIGH_VALUE_CLIP (object);

  g_free (self->species);
  g_free (self->common_name);
  g_free (self->scientific_name);
  g_free (self->date);
  g_free (self->time);
  g_free (self->url);

  G_OBJECT_CLASS (chorus_high_value_clip_parent_class)->finalize (object);
}

static void
chorus_high_value_clip_class_init (ChorusHighValueClipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_high_value_clip_finalize;
}

static void
chorus_high_value_clip_init (ChorusHighValueClip *self)
{
}

ChorusHighValueClip *
chorus_high_value_clip_new (const ChorusHighValueClipInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusHighValueClip *self = g_object_new (CHORUS_TYPE_HIGH_VALUE_CLIP, NULL);

  self->species = g_strdup (init->species);
  self->common_name = g_strdup (init->common_name);
  self->scientific_name = g_strdup (init->scientific_name);
  self->date = g_strdup (init->date);
  self->time = g_strdup (init->time);
  self->confidence = init->confidence;
  self->url = g_strdup (init->url);

  return self;
}

const char *
chorus_high_value_clip_get_species (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->species;
}

const char *
chorus_high_value_clip_get_common_name (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->common_name;
}

const char *
chorus_high_value_clip_get_scientific_name (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->scientific_name;
}

const char *
chorus_high_value_clip_get_date (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->date;
}

const char *
chorus_high_value_clip_get_time (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->time;
}

double
chorus_high_value_clip_get_confidence (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), 0.0);

  return self->confidence;
}

const char *
chorus_high_value_clip_get_url (ChorusHighValueClip *self)
{
  g_return_val_if_fail (CHORUS_IS_HIGH_VALUE_CLIP (self), NULL);

  return self->url;
}
