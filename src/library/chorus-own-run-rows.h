/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person added and what was imported, in the store. For the store's thread. */

#pragma once

#include "chorus-detection.h"
#include "chorus-result.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

/**
 * ChorusOwnRun:
 * @recording_id: a recording
 * @origin: %CHORUS_DETECTION_PERSON or %CHORUS_DETECTION_IMPORT
 * @source: (nullable): what it was imported from, such as the name of a file
 * @model_name: (nullable): what found them there
 * @model_version: (nullable): which version of it
 *
 * A run of a recording that is not the service's.
 */
typedef struct
{
  gint64 recording_id;
  ChorusDetectionOrigin origin;
  const char *source;
  const char *model_name;
  const char *model_version;
} ChorusOwnRun;

/**
 * chorus_own_run_rows_take:
 * @db: a connection with a transaction
 * @run: which run
 * @run_id: (out): its id
 * @error: return location for a #ChorusStoreError
 *
 * Finds a run, or makes it. There is one for all that people add to a recording, and one for each source of imports.
 *
 * Returns: whether there is one
 */
gboolean chorus_own_run_rows_take (ChorusDatabase      *db,
                                   const ChorusOwnRun  *run,
                                   gint64              *run_id,
                                   GError             **error);

/**
 * chorus_own_run_rows_add:
 * @db: a connection with a transaction
 * @run: which run
 * @run_id: its id
 * @detection: species, span, band and confidence; the rest is not looked at
 * @detection_id: (out): the id of the new detection
 * @error: return location for a #ChorusStoreError
 *
 * Adds a detection to a run. Its recording is to be counted afterwards.
 *
 * Returns: whether it was written
 */
gboolean chorus_own_run_rows_add (ChorusDatabase               *db,
                                  const ChorusOwnRun           *run,
                                  gint64                        run_id,
                                  const ChorusResultDetection  *detection,
                                  gint64                       *detection_id,
                                  GError                      **error);

G_END_DECLS
