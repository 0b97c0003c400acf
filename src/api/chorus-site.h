/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_SITE (chorus_site_get_type ())

/**
 * ChorusSite:
 *
 * A site of a project. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusSite, chorus_site, CHORUS, SITE, GObject)

/**
 * ChorusSiteInit:
 * @id: the identifier, opaque
 * @name: the name; the identifier when the service gave none
 * @project_id: (nullable): the project it belongs to
 *
 * What a #ChorusSite is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *project_id;
} ChorusSiteInit;

/**
 * chorus_site_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusSite *chorus_site_new (const ChorusSiteInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_site_get_id:
 * @self: a #ChorusSite
 *
 * Returns: the identifier, opaque
 */
const char *chorus_site_get_id (ChorusSite *self);

/**
 * chorus_site_get_name:
 * @self: a #ChorusSite
 *
 * Returns: the name; the identifier when the service gave none
 */
const char *chorus_site_get_name (ChorusSite *self);

/**
 * chorus_site_get_project_id:
 * @self: a #ChorusSite
 *
 * Returns: (nullable): the project it belongs to
 */
const char *chorus_site_get_project_id (ChorusSite *self);

G_END_DECLS
