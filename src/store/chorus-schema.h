/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-migrations.h"

G_BEGIN_DECLS

/**
 * chorus_schema_get_migrations:
 *
 * The schema of the application's own store: places, recordings, runs, detections, verdicts and species.
 *
 * Returns: (transfer none): its history
 */
const ChorusMigrations *chorus_schema_get_migrations (void);

G_END_DECLS
