/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-place.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SIDEBAR (chorus_sidebar_get_type ())

/**
 * ChorusSidebar:
 *
 * Projects, sites and deployments as a tree, and the account at the foot.
 *
 * Property: "place" (ChorusPlace), the selected project, site or deployment.
 */
G_DECLARE_FINAL_TYPE (ChorusSidebar, chorus_sidebar, CHORUS, SIDEBAR, AdwBin)

/**
 * chorus_sidebar_set_places:
 * @self: a sidebar
 * @places: (nullable): a live list of the top #ChorusPlace
 */
void chorus_sidebar_set_places (ChorusSidebar *self,
                                GListModel    *places);

/**
 * chorus_sidebar_set_account:
 * @self: a sidebar
 * @name: who is working, such as "This Computer"
 * @note: one quiet line about it
 * @icon_name: an icon
 */
void chorus_sidebar_set_account (ChorusSidebar *self,
                                 const char    *name,
                                 const char    *note,
                                 const char    *icon_name);

/**
 * chorus_sidebar_get_place:
 * @self: a sidebar
 *
 * Returns: (transfer none) (nullable): what is selected
 */
ChorusPlace *chorus_sidebar_get_place (ChorusSidebar *self);

/**
 * chorus_sidebar_get_deployment:
 * @self: a sidebar
 *
 * Returns: (transfer none) (nullable): the selected deployment; %NULL where a site or a project is selected
 */
ChorusPlace *chorus_sidebar_get_deployment (ChorusSidebar *self);

/**
 * chorus_sidebar_select_deployment:
 * @self: a sidebar
 * @deployment_id: (nullable): a deployment
 *
 * Selects a deployment and unfolds what it is in; one that is not in the list yet is selected when it appears.
 */
void chorus_sidebar_select_deployment (ChorusSidebar *self,
                                       const char    *deployment_id);

G_END_DECLS
