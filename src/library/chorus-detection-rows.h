/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Detections in the store. For the store's thread. */

#pragma once

#include "chorus-detection.h"
#include "store/chorus-statement.h"

G_BEGIN_DECLS

/* The columns that chorus_detection_new_from_row() reads, in this order, of CHORUS_DETECTION_TABLES. */
#define CHORUS_DETECTION_COLUMNS                                                                                       \
  "d.detection_id, d.recording_id, d.scientific_name, d.common_name, d.confidence, d.start_time, d.end_time, "         \
  "d.low_freq, d.high_freq, coalesce(s.color, 0), d.origin, r.duration, " CHORUS_DETECTION_STATE_COLUMNS

/* Those that chorus_detection_state_from_row() reads, of detections d. */
#define CHORUS_DETECTION_STATE_COLUMNS                                                                                 \
  "d.verdict, d.verdict_scientific_name, d.verdict_common_name, d.reviewer, d.reviewed_at, d.note, d.starred"

#define CHORUS_DETECTION_TABLES                                                                                        \
  "detections d CROSS JOIN recordings r USING (recording_id) LEFT JOIN species s ON s.name = d.species"

ChorusDetection *chorus_detection_new_from_row (ChorusStatement *row) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_detection_state_from_row:
 * @row: a row
 * @column: the first of its columns of CHORUS_DETECTION_STATE_COLUMNS
 * @state: (out caller-allocates): what they say; to be cleared
 *
 * Reads what people have said about a detection.
 */
void chorus_detection_state_from_row (ChorusStatement      *row,
                                      int                   column,
                                      ChorusDetectionState *state);

/* A ChorusStoreFunc from the id of a recording (gint64 *) to a GPtrArray of ChorusDetection: all that are shown of it, in
 * the order of their start. */
gpointer chorus_detection_rows_read (ChorusDatabase  *db,
                                     gpointer         data,
                                     GError         **error);

/**
 * chorus_detection_rows_count:
 * @db: a connection with a transaction
 * @recording_id: a recording
 * @error: return location for a #ChorusStoreError
 *
 * Counts anew what is shown of a recording: detections, species and how many were reviewed. What the station's detector
 * finds has no name and is no species.
 *
 * Returns: whether it was written
 */
gboolean chorus_detection_rows_count (ChorusDatabase  *db,
                                      gint64           recording_id,
                                      GError         **error);

/**
 * chorus_detection_rows_add_species:
 * @db: a connection with a transaction
 * @scientific_name: (nullable): a name
 * @common_name: (nullable): a name
 * @error: return location for a #ChorusStoreError
 *
 * Gives a species a color if it has none.
 *
 * Returns: whether it was written
 */
gboolean chorus_detection_rows_add_species (ChorusDatabase  *db,
                                            const char      *scientific_name,
                                            const char      *common_name,
                                            GError         **error);

G_END_DECLS
