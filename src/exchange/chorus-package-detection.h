/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What packages of data say of a detection. */

#pragma once

#include "library/chorus-result.h"

G_BEGIN_DECLS

/**
 * chorus_package_detection_dup_model:
 * @detection: a detection
 *
 * Returns: (transfer full) (nullable): what found it with its version, such as "BirdNET 2.4", or %NULL where that is not
 *   known
 */
char *chorus_package_detection_dup_model (const ChorusResultDetection *detection) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_package_detection_is_by_machine:
 * @detection: a detection
 *
 * Returns: whether a model found it, rather than a person who added what the model had missed
 */
gboolean chorus_package_detection_is_by_machine (const ChorusResultDetection *detection);

/**
 * chorus_package_detection_get_rank:
 * @scientific_name: (nullable): a scientific name
 *
 * Returns: (nullable): "species" for a name that is made as those of species are, "subspecies" for one with a third word,
 *   or %NULL for any other, of which the rank cannot be told
 */
const char *chorus_package_detection_get_rank (const char *scientific_name);

G_END_DECLS
