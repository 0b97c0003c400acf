/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-camtrap-options.h"
#include "chorus-package-table.h"

G_BEGIN_DECLS

/**
 * ChorusCamtrapDeployment:
 * @id: its id at the service
 * @project: (nullable): the name of the project
 * @site: (nullable): the name of the site
 * @name: (nullable): its own name
 * @has_place: whether the next is known
 * @place: where it is, as exactly as it is known
 * @uncertainty: how far from there it may be once the place was rounded, in meters, or 0
 * @start: when its first recording began
 * @end: when its last recording ended
 * @remarks: (nullable): what is wrong with its times
 *
 * A deployment as its recordings tell it, one after another.
 */
typedef struct
{
  char *id;
  char *project;
  char *site;
  char *name;
  gboolean has_place;
  ChorusCamtrapPlace place;
  guint uncertainty;
  GDateTime *start;
  GDateTime *end;
  char *remarks;
} ChorusCamtrapDeployment;

/**
 * chorus_camtrap_deployment_new:
 * @result: its first recording
 *
 * Returns: (transfer full): a deployment of which nothing but its names is known
 */
ChorusCamtrapDeployment *chorus_camtrap_deployment_new (const ChorusResult *result) G_GNUC_WARN_UNUSED_RESULT;

void chorus_camtrap_deployment_free (ChorusCamtrapDeployment *self);

/**
 * chorus_camtrap_deployment_add:
 * @self: a deployment
 * @result: a recording of it, of which it is known when it began
 * @options: how to write
 *
 * Takes what a recording tells.
 */
void chorus_camtrap_deployment_add (ChorusCamtrapDeployment    *self,
                                    const ChorusResult         *result,
                                    const ChorusCamtrapOptions *options);

/**
 * chorus_camtrap_deployment_new_table:
 *
 * Returns: (transfer full): deployments.csv, without rows
 */
ChorusPackageTable *chorus_camtrap_deployment_new_table (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_camtrap_deployment_append_row:
 * @self: a deployment
 * @table: the table of deployments
 * @out: where to
 */
void chorus_camtrap_deployment_append_row (const ChorusCamtrapDeployment *self,
                                           ChorusPackageTable            *table,
                                           GString                       *out);

G_END_DECLS
