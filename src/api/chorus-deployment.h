/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_DEPLOYMENT (chorus_deployment_get_type ())

/**
 * ChorusDeployment:
 *
 * A recorder at a place for a time. Immutable.
 */
G_DECLARE_FINAL_TYPE (ChorusDeployment, chorus_deployment, CHORUS, DEPLOYMENT, GObject)

/**
 * ChorusDeploymentInit:
 * @id: the identifier, opaque
 * @name: the name; the identifier when the service gave none
 * @site_id: (nullable): the site it stands in
 * @start_date: (nullable): when it began, as the service wrote it (ISO 8601)
 * @end_date: (nullable): when it ended, as the service wrote it (ISO 8601)
 * @location_name: (nullable): the name of the place
 * @latitude: degrees north (WGS 84), or NAN
 * @longitude: degrees east (WGS 84), or NAN
 *
 * What a #ChorusDeployment is made of. Texts are copied, arrays referenced.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *site_id;
  const char *start_date;
  const char *end_date;
  const char *location_name;
  double latitude;
  double longitude;
} ChorusDeploymentInit;

/**
 * chorus_deployment_new:
 * @init: its parts
 *
 * Returns: (transfer full): an immutable object
 */
ChorusDeployment *chorus_deployment_new (const ChorusDeploymentInit *init) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_deployment_get_id:
 * @self: a #ChorusDeployment
 *
 * Returns: the identifier, opaque
 */
const char *chorus_deployment_get_id (ChorusDeployment *self);

/**
 * chorus_deployment_get_name:
 * @self: a #ChorusDeployment
 *
 * Returns: the name; the identifier when the service gave none
 */
const char *chorus_deployment_get_name (ChorusDeployment *self);

/**
 * chorus_deployment_get_site_id:
 * @self: a #ChorusDeployment
 *
 * Returns: (nullable): the site it stands in
 */
const char *chorus_deployment_get_site_id (ChorusDeployment *self);

/**
 * chorus_deployment_get_start_date:
 * @self: a #ChorusDeployment
 *
 * Returns: (nullable): when it began, as the service wrote it (ISO 8601)
 */
const char *chorus_deployment_get_start_date (ChorusDeployment *self);

/**
 * chorus_deployment_get_end_date:
 * @self: a #ChorusDeployment
 *
 * Returns: (nullable): when it ended, as the service wrote it (ISO 8601)
 */
const char *chorus_deployment_get_end_date (ChorusDeployment *self);

/**
 * chorus_deployment_get_location_name:
 * @self: a #ChorusDeployment
 *
 * Returns: (nullable): the name of the place
 */
const char *chorus_deployment_get_location_name (ChorusDeployment *self);

/**
 * chorus_deployment_get_latitude:
 * @self: a #ChorusDeployment
 *
 * Returns: degrees north (WGS 84), or NAN
 */
double chorus_deployment_get_latitude (ChorusDeployment *self);

/**
 * chorus_deployment_get_longitude:
 * @self: a #ChorusDeployment
 *
 * Returns: degrees east (WGS 84), or NAN
 */
double chorus_deployment_get_longitude (ChorusDeployment *self);

G_END_DECLS
