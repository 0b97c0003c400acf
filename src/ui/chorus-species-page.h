/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chorus-workspace.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECIES_PAGE (chorus_species_page_get_type ())

/**
 * ChorusSpeciesPage:
 *
 * The species of a deployment, its site, its project or of everything, and the review of the detections of one of them
 * across recordings: as a grid of clips, or one clip at a time.
 *
 * Actions of the widget, all without parameter: "review.confirm", "review.reject", "review.uncertain", "review.skip",
 * "review.previous", "review.clear", "review.relabel", "review.note", "review.star", "review.add", "review.undo",
 * "review.redo", "review.play", "species.back", "species.show-reviewed"; and "review.favorite" with the number of one.
 */
G_DECLARE_FINAL_TYPE (ChorusSpeciesPage, chorus_species_page, CHORUS, SPECIES_PAGE, AdwBin)

/**
 * chorus_species_page_set_workspace:
 * @self: a page
 * @workspace: (nullable): the open workspace
 */
void chorus_species_page_set_workspace (ChorusSpeciesPage *self,
                                        ChorusWorkspace   *workspace);

/**
 * chorus_species_page_set_deployment:
 * @self: a page
 * @deployment: (nullable): the deployment that is selected; only with a workspace
 */
void chorus_species_page_set_deployment (ChorusSpeciesPage *self,
                                         ChorusPlace       *deployment);

/**
 * chorus_species_page_focus_search:
 * @self: a page
 *
 * Gives the keyboard to the search for a species.
 */
void chorus_species_page_focus_search (ChorusSpeciesPage *self);

/**
 * chorus_species_page_go_back:
 * @self: a page
 *
 * Returns from one clip to all of them.
 *
 * Returns: whether there was anything to go back from
 */
gboolean chorus_species_page_go_back (ChorusSpeciesPage *self);

G_END_DECLS
