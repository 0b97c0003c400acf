/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-species-private.h"
#include "core/chorus-text.h"
#include "library/chorus-detection.h"

struct _ChorusSpecies
{
  GObject parent_instance;

  char *species;
  char *scientific_name;
  char *display_name;
  guint color;
  guint64 n_detections;
  guint64 n_confirmed;
  guint64 n_rejected;
  guint64 n_uncertain;
  guint64 n_renamed;
};

G_DEFINE_FINAL_TYPE (ChorusSpecies, chorus_species, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SPECIES,
  PROP_SCIENTIFIC_NAME,
  PROP_DISPLAY_NAME,
  PROP_COLOR,
  PROP_N_DETECTIONS,
  PROP_N_CONFIRMED,
  PROP_N_REJECTED,
  PROP_N_UNCERTAIN,
  PROP_N_RENAMED,
  PROP_N_LEFT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
chorus_species_finalize (GObject *object)
{
  ChorusSpecies *self = CHORUS_SPECIES (object);

  g_clear_pointer (&self->species, g_free);
  g_clear_pointer (&self->scientific_name, g_free);
  g_clear_pointer (&self->display_name, g_free);

  G_OBJECT_CLASS (chorus_species_parent_class)->finalize (object);
}

static void
chorus_species_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ChorusSpecies *self = CHORUS_SPECIES (object);

  switch (property_id)
    {
    case PROP_SPECIES:
      g_value_set_string (value, self->species);
      break;

    case PROP_SCIENTIFIC_NAME:
      g_value_set_string (value, self->scientific_name);
      break;

    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;

    case PROP_COLOR:
      g_value_set_uint (value, self->color);
      break;

    case PROP_N_DETECTIONS:
      g_value_set_uint64 (value, chorus_species_get_n_detections (self));
      break;

    case PROP_N_CONFIRMED:
      g_value_set_uint64 (value, chorus_species_get_n_confirmed (self));
      break;

    case PROP_N_REJECTED:
      g_value_set_uint64 (value, chorus_species_get_n_rejected (self));
      break;

    case PROP_N_UNCERTAIN:
      g_value_set_uint64 (value, chorus_species_get_n_uncertain (self));
      break;

    case PROP_N_RENAMED:
      g_value_set_uint64 (value, chorus_species_get_n_renamed (self));
      break;

    case PROP_N_LEFT:
      g_value_set_uint64 (value, chorus_species_get_n_left (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_species_class_init (ChorusSpeciesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chorus_species_finalize;
  object_class->get_property = chorus_species_get_property;

  properties[PROP_SPECIES] = g_param_spec_string ("species", NULL, NULL, NULL, flags);
  properties[PROP_SCIENTIFIC_NAME] = g_param_spec_string ("scientific-name", NULL, NULL, NULL, flags);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL, flags);
  properties[PROP_COLOR] = g_param_spec_uint ("color", NULL, NULL, 0, CHORUS_DETECTION_N_COLORS - 1, 0, flags);
  properties[PROP_N_DETECTIONS] = g_param_spec_uint64 ("n-detections", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_CONFIRMED] = g_param_spec_uint64 ("n-confirmed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_REJECTED] = g_param_spec_uint64 ("n-rejected", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_UNCERTAIN] = g_param_spec_uint64 ("n-uncertain", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_RENAMED] = g_param_spec_uint64 ("n-renamed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_LEFT] = g_param_spec_uint64 ("n-left", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_species_init (ChorusSpecies *self)
{
}

ChorusSpecies *
chorus_species_new (const ChorusTally *tally,
                    const char        *scientific_name,
                    const char        *common_name,
                    guint              color)
{
  ChorusSpecies *self = g_object_new (CHORUS_TYPE_SPECIES, NULL);
  const char *name = common_name && *common_name != '\0' ? common_name : scientific_name;

  self->species = g_strdup (tally->species);
  self->scientific_name = g_strdup (scientific_name);
  self->display_name = name && *name != '\0' ? chorus_text_from_name (name) : g_strdup (_("Unnamed sound"));
  self->color = color % CHORUS_DETECTION_N_COLORS;
  self->n_detections = tally->n;
  self->n_confirmed = tally->n_confirmed;
  self->n_rejected = tally->n_rejected;
  self->n_uncertain = tally->n_uncertain;
  self->n_renamed = tally->n_renamed;

  return self;
}

const char *
chorus_species_get_species (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), NULL);

  return self->species;
}

const char *
chorus_species_get_scientific_name (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), NULL);

  return self->scientific_name;
}

const char *
chorus_species_get_display_name (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), NULL);

  return self->display_name;
}

guint
chorus_species_get_color (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->color;
}

guint64
chorus_species_get_n_detections (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_detections;
}

guint64
chorus_species_get_n_confirmed (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_confirmed;
}

guint64
chorus_species_get_n_rejected (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_rejected;
}

guint64
chorus_species_get_n_uncertain (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_uncertain;
}

guint64
chorus_species_get_n_renamed (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_renamed;
}

guint64
chorus_species_get_n_left (ChorusSpecies *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), 0);

  return self->n_detections - self->n_confirmed - self->n_rejected - self->n_uncertain - self->n_renamed;
}

gboolean
chorus_species_get_precision (ChorusSpecies  *self,
                              ChorusInterval *precision)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES (self), FALSE);

  return chorus_statistics_get_precision ((guint) self->n_confirmed,
                                          (guint) (self->n_confirmed + self->n_rejected + self->n_renamed), precision);
}
