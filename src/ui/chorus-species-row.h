/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "review/chorus-species-list.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECIES_ROW (chorus_species_row_get_type ())

/**
 * ChorusSpeciesRow:
 *
 * One species in a list: its color and name, how many detections it has, what came of them, and the precision of the model
 * where enough was judged to say something of it.
 */
G_DECLARE_FINAL_TYPE (ChorusSpeciesRow, chorus_species_row, CHORUS, SPECIES_ROW, AdwBin)

GtkWidget *chorus_species_row_new (void);

/**
 * chorus_species_row_set_species:
 * @self: a row
 * @species: (nullable): the species that is shown
 */
void chorus_species_row_set_species (ChorusSpeciesRow *self,
                                     ChorusSpecies    *species);

G_END_DECLS
