/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECIES_CATEGORY (chorus_species_category_get_type ())

/**
 * ChorusSpeciesCategory:
 *
 * How many species of a conservation status there are, and which. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusSpeciesCategory, chorus_species_category, CHORUS, SPECIES_CATEGORY, GObject)

/**
 * ChorusSpeciesCategoryInit:
 * @name: the status, as the service names it, such as `critically_endangered`
 * @total: how many species; may be more than are listed
 * @species: (element-type utf8): the species that are listed
 *
 * What a #ChorusSpeciesCategory is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *name;
  gint64 total;
  GPtrArray *species;
} ChorusSpeciesCategoryInit;

/**
 * chorus_species_category_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusSpeciesCategory *chorus_species_category_new (const ChorusSpeciesCategoryInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_species_category_get_name:
 * @self: a #ChorusSpeciesCategory
 *
 * Returns: the status, as the service names it, such as `critically_endangered`
 */
const char *chorus_species_category_get_name (ChorusSpeciesCategory *self);

/**
 * chorus_species_category_get_total:
 * @self: a #ChorusSpeciesCategory
 *
 * Returns: how many species; may be more than are listed
 */
gint64 chorus_species_category_get_total (ChorusSpeciesCategory *self);

/**
 * chorus_species_category_get_species:
 * @self: a #ChorusSpeciesCategory
 *
 * Returns: (transfer none) (element-type utf8): the species that are listed
 */
GPtrArray *chorus_species_category_get_species (ChorusSpeciesCategory *self);

G_END_DECLS
