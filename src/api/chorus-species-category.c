/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-species-category.h"

struct _ChorusSpeciesCategory
{
  GObject parent_instance;

  char *name;
  gint64 total;
  GPtrArray *species;
};

G_DEFINE_FINAL_TYPE (ChorusSpeciesCategory, chorus_species_category, G_TYPE_OBJECT)

static void
chorus_species_category_finalize (GObject *object)
{
  ChorusSpeciesCategory *self = CHORUS_SPECIES_CATEGORY (object);

  g_free (self->name);
  g_clear_pointer (&self->species, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_species_category_parent_class)->finalize (object);
}

static void
chorus_species_category_class_init (ChorusSpeciesCategoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_species_category_finalize;
}

static void
chorus_species_category_init (ChorusSpeciesCategory *self)
{
}

ChorusSpeciesCategory *
chorus_species_category_new (const ChorusSpeciesCategoryInit *init)
{
  g_return_val_if_fail (init != NULL, NULL);

  ChorusSpeciesCategory *self = g_object_new (CHORUS_TYPE_SPECIES_CATEGORY, NULL);

  self->name = g_strdup (init->name);
  self->total = init->total;
  self->species = init->species ? g_ptr_array_ref (init->species) : g_ptr_array_new ();

  return self;
}

const char *
chorus_species_category_get_name (ChorusSpeciesCategory *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES_CATEGORY (self), NULL);

  return self->name;
}

gint64
chorus_species_category_get_total (ChorusSpeciesCategory *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES_CATEGORY (self), -1);

  return self->total;
}

GPtrArray *
chorus_species_category_get_species (ChorusSpeciesCategory *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES_CATEGORY (self), NULL);

  return self->species;
}
