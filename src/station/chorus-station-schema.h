/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/chorus-migrations.h"

G_BEGIN_DECLS

/**
 * chorus_station_schema_get_migrations:
 *
 * The schema of the station's store: users and their tokens, places, files, inferences and predictions.
 *
 * Returns: (transfer none): its history
 */
const ChorusMigrations *chorus_station_schema_get_migrations (void);

G_END_DECLS
