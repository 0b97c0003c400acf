/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusPlaceKind:
 * @CHORUS_PLACE_PROJECT: a project, which holds sites
 * @CHORUS_PLACE_SITE: a site, which holds deployments
 * @CHORUS_PLACE_DEPLOYMENT: a recorder at a place for a time, which holds recordings
 *
 * The three levels of places.
 */
typedef enum
{
  CHORUS_PLACE_PROJECT,
  CHORUS_PLACE_SITE,
  CHORUS_PLACE_DEPLOYMENT,
} ChorusPlaceKind;

#define CHORUS_TYPE_PLACE_KIND (chorus_place_kind_get_type ())

GType chorus_place_kind_get_type (void);

#define CHORUS_TYPE_PLACE (chorus_place_get_type ())

/**
 * ChorusPlace:
 *
 * A project, a site or a deployment. Every getter is also a property.
 */
G_DECLARE_FINAL_TYPE (ChorusPlace, chorus_place, CHORUS, PLACE, GObject)

/**
 * chorus_place_get_kind:
 * @self: a place
 *
 * Returns: what it is
 */
ChorusPlaceKind chorus_place_get_kind (ChorusPlace *self);

/**
 * chorus_place_get_id:
 * @self: a place
 *
 * Returns: its id at the service, unique among places of its kind
 */
const char *chorus_place_get_id (ChorusPlace *self);

/**
 * chorus_place_get_name:
 * @self: a place
 *
 * Returns: its name, on one line and safe to show
 */
const char *chorus_place_get_name (ChorusPlace *self);

/**
 * chorus_place_get_parent_id:
 * @self: a place
 *
 * Returns: (nullable): the project of a site or the site of a deployment; %NULL for a project and for a deployment
 *   that was typed
 */
const char *chorus_place_get_parent_id (ChorusPlace *self);

/**
 * chorus_place_get_children:
 * @self: a place
 *
 * Returns: (transfer none) (nullable): a live list of #ChorusPlace sorted by name; %NULL for a deployment
 */
GListModel *chorus_place_get_children (ChorusPlace *self);

/**
 * chorus_place_get_typed:
 * @self: a place
 *
 * Returns: whether its id was entered by a person because the service cannot list deployments
 */
gboolean chorus_place_get_typed (ChorusPlace *self);

G_END_DECLS
