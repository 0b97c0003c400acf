/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_PROJECT (chorus_project_get_type ())

/**
 * ChorusProject:
 *
 * A project. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusProject, chorus_project, CHORUS, PROJECT, GObject)

/**
 * ChorusProjectInit:
 * @id: the identifier, opaque
 * @name: the name; the identifier when the service gave none
 * @country: (nullable): the country
 * @status: (nullable): the status, such as `Active`
 * @has_biodiversity: whether the project takes part in biodiversity work; %TRUE when the service does not say
 *
 * What a #ChorusProject is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *country;
  const char *status;
  gboolean has_biodiversity;
} ChorusProjectInit;

/**
 * chorus_project_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusProject *chorus_project_new (const ChorusProjectInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_project_get_id:
 * @self: a #ChorusProject
 *
 * Returns: the identifier, opaque
 */
const char *chorus_project_get_id (ChorusProject *self);

/**
 * chorus_project_get_name:
 * @self: a #ChorusProject
 *
 * Returns: the name; the identifier when the service gave none
 */
const char *chorus_project_get_name (ChorusProject *self);

/**
 * chorus_project_get_country:
 * @self: a #ChorusProject
 *
 * Returns: (nullable): the country
 */
const char *chorus_project_get_country (ChorusProject *self);

/**
 * chorus_project_get_status:
 * @self: a #ChorusProject
 *
 * Returns: (nullable): the status, such as `Active`
 */
const char *chorus_project_get_status (ChorusProject *self);

/**
 * chorus_project_get_has_biodiversity:
 * @self: a #ChorusProject
 *
 * Returns: whether the project takes part in biodiversity work; %TRUE when the service does not say
 */
gboolean chorus_project_get_has_biodiversity (ChorusProject *self);

G_END_DECLS
