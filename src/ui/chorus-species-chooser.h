/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "review/chorus-species-names.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECIES_CHOOSER (chorus_species_chooser_get_type ())

/**
 * ChorusSpeciesChooser:
 *
 * A popover to choose a species by typing some of its names. What was chosen last comes first; favorites are taken with the
 * keys 1 to 9; and what no list has can be written out.
 */
G_DECLARE_FINAL_TYPE (ChorusSpeciesChooser, chorus_species_chooser, CHORUS, SPECIES_CHOOSER, GtkPopover)

/**
 * ChorusSpeciesChooser::chosen:
 * @self: a chooser
 * @scientific_name: (nullable): the scientific name
 * @common_name: (nullable): the common name
 */

GtkWidget *chorus_species_chooser_new (void);

/**
 * chorus_species_chooser_open:
 * @self: a chooser, which has a parent
 * @store: the store of the application
 * @profile_id: the profile whose species there are to choose from
 * @reviewer: who chooses
 * @title: what the species is chosen for
 *
 * Asks for a species.
 */
void chorus_species_chooser_open (ChorusSpeciesChooser *self,
                                  ChorusStore          *store,
                                  const char           *profile_id,
                                  const char           *reviewer,
                                  const char           *title);

/**
 * chorus_species_chooser_dup_favorite:
 * @settings: the settings of the program
 * @number: from 1 to 9
 *
 * Returns: (transfer full) (nullable): the favorite of that number
 */
ChorusSpeciesName *chorus_species_chooser_dup_favorite (GSettings *settings,
                                                        guint      number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
