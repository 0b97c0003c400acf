/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-camtrap-options.h"
#include "chorus-package-coverage.h"

G_BEGIN_DECLS

#define CHORUS_CAMTRAP_DEPLOYMENTS "deployments.csv"
#define CHORUS_CAMTRAP_MEDIA "media.csv"
#define CHORUS_CAMTRAP_OBSERVATIONS "observations.csv"

/**
 * chorus_camtrap_descriptor_write:
 * @options: how to write
 * @coverage: where, when and of what the package is; with a place and a time
 * @project: (nullable): the name of the project
 * @deployments: (element-type ChorusCamtrapDeployment): the deployments
 * @created: when it is made
 *
 * Makes datapackage.json as the acoustic profile of Camtrap DP has it
 * (https://github.com/camera-traps/bioacoustics, camtrap-dp/1.0.2).
 *
 * Returns: (transfer full): JSON
 */
char *chorus_camtrap_descriptor_write (const ChorusCamtrapOptions  *options,
                                       const ChorusPackageCoverage *coverage,
                                       const char                  *project,
                                       GPtrArray                   *deployments,
                                       GDateTime                   *created) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
