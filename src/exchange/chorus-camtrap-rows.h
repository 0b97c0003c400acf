/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of media.csv and observations.csv, in the acoustic profile of Camtrap DP. */

#pragma once

#include "chorus-camtrap-options.h"
#include "chorus-package-table.h"

G_BEGIN_DECLS

/**
 * chorus_camtrap_rows_new_media:
 *
 * Returns: (transfer full): media.csv, without rows
 */
ChorusPackageTable *chorus_camtrap_rows_new_media (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_camtrap_rows_new_observations:
 *
 * Returns: (transfer full): observations.csv, without rows
 */
ChorusPackageTable *chorus_camtrap_rows_new_observations (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_camtrap_rows_append_media:
 * @table: the table of media
 * @out: where to
 * @result: a recording of which it is known when it began
 * @options: how to write
 *
 * Appends a recording.
 */
void chorus_camtrap_rows_append_media (ChorusPackageTable         *table,
                                       GString                    *out,
                                       const ChorusResult         *result,
                                       const ChorusCamtrapOptions *options);

/**
 * chorus_camtrap_rows_append_observation:
 * @table: the table of observations
 * @out: where to
 * @result: a recording of which it is known when it began
 * @detection: a detection in it that was not rejected
 * @options: how to write
 *
 * Appends a detection.
 *
 * Returns: whether it is one of an animal
 */
gboolean chorus_camtrap_rows_append_observation (ChorusPackageTable          *table,
                                                 GString                     *out,
                                                 const ChorusResult          *result,
                                                 const ChorusResultDetection *detection,
                                                 const ChorusCamtrapOptions  *options);

G_END_DECLS
