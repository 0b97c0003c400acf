/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts that recordings were sent in, in the store. For the store's thread. */

#pragma once

#include <gio/gio.h>

#include "chorus-recording-private.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

/**
 * ChorusRunPlace:
 * @recording_id: the recording, or 0 for none
 * @part_id: the part of it that is the file, or 0 where no part is known
 * @several: whether the recording has other parts
 * @ordinal: which part it is, from 0
 * @start: where the part begins in the recording, in seconds
 * @duration: how long the part is, in seconds
 *
 * What of a recording a file of the service is.
 */
typedef struct
{
  gint64 recording_id;
  gint64 part_id;
  gboolean several;
  guint ordinal;
  double start;
  double duration;
} ChorusRunPlace;

/* The columns that chorus_part_rows_get_place() reads, of parts p. */
#define CHORUS_RUN_PLACE_COLUMNS                                                                                       \
  "p.recording_id, p.part_id, p.ordinal, p.start_time, p.duration, "                                                   \
  "EXISTS (SELECT 1 FROM parts q WHERE q.recording_id = p.recording_id AND q.part_id <> p.part_id)"

void chorus_part_rows_get_place (ChorusStatement *row,
                                 ChorusRunPlace  *place);

/**
 * chorus_part_rows_read_place:
 * @db: a connection
 * @recording_id: a recording
 * @part_id: one of its parts, or 0 for a recording that is one file
 * @place: (out): the place
 * @error: return location for a #ChorusStoreError
 *
 * Returns: whether it could be read; a recording without parts is no error
 */
gboolean chorus_part_rows_read_place (ChorusDatabase  *db,
                                      gint64           recording_id,
                                      gint64           part_id,
                                      ChorusRunPlace  *place,
                                      GError         **error);

/**
 * chorus_part_rows_settle:
 * @db: a connection with a transaction
 * @recording_id: a recording that was sent in several parts
 * @reason: (nullable): why analyzing a part of it failed just now
 * @error: return location for a #ChorusStoreError
 *
 * Shows of each part the latest run that is complete, joins what was found at the seams (see chorus_seams_join()), and
 * makes the counts and the state of the recording those of its parts together: under way while any part is, failed if a
 * part failed, not analyzed if a part was not asked for, and otherwise completed.
 */
gboolean chorus_part_rows_settle (ChorusDatabase  *db,
                                  gint64           recording_id,
                                  const char      *reason,
                                  GError         **error);

/**
 * chorus_part_rows_follow_runs:
 * @db: a connection with a transaction
 * @part_id: a part of a recording that was sent in several
 * @error: return location for a #ChorusStoreError
 *
 * Makes the state of a part that of its latest run, or completed if that failed and there is an earlier one to show.
 */
gboolean chorus_part_rows_follow_runs (ChorusDatabase  *db,
                                       gint64           part_id,
                                       GError         **error);

/**
 * chorus_part_rows_adopt:
 * @db: a connection with a transaction
 * @other_id: the recording that was listed as new although it is the file at @place
 * @place: what the file is
 * @error: return location for a #ChorusStoreError
 *
 * Moves the runs of a recording, with their detections and verdicts, to the part that it really is, and deletes it.
 * Settle the recording afterwards.
 */
gboolean chorus_part_rows_adopt (ChorusDatabase        *db,
                                 gint64                 other_id,
                                 const ChorusRunPlace  *place,
                                 GError               **error);

/**
 * chorus_part_rows_dup_run_id:
 * @place: what the file of the run is
 * @inference_id: the id of the run at the service
 *
 * Returns: (transfer full): the id that the run has among those of the recording: a service may number the runs of each
 *   file from the start
 */
char *chorus_part_rows_dup_run_id (const ChorusRunPlace *place,
                                   const char           *inference_id);

/**
 * chorus_part_rows_write_analysis:
 * @db: a connection with a transaction
 * @recording_id: a recording that was sent in several parts
 * @part_ids: (element-type gint64): parts of it
 * @analysis: their state
 * @reason: (nullable): why it failed
 * @error: return location for a #ChorusStoreError
 *
 * A part of which a run is shown is neither failed nor not analyzed: another run is what failed.
 */
gboolean chorus_part_rows_write_analysis (ChorusDatabase           *db,
                                          gint64                    recording_id,
                                          GArray                   *part_ids,
                                          ChorusRecordingAnalysis   analysis,
                                          const char               *reason,
                                          GError                  **error);

/**
 * ChorusPartTarget:
 * @part_id: a part, or 0 for a recording that is one file
 * @ordinal: which part it is
 * @file_id: its file at the service
 * @analysis: where its analysis stands
 *
 * A file to ask the service about.
 */
typedef struct
{
  gint64 part_id;
  guint ordinal;
  char *file_id;
  ChorusRecordingAnalysis analysis;
} ChorusPartTarget;

ChorusPartTarget *chorus_part_target_new (gint64      part_id,
                                          const char *file_id) G_GNUC_WARN_UNUSED_RESULT;
void chorus_part_target_free (ChorusPartTarget *self);

/* A ChorusStoreFunc from the id of a recording (gint64 *) to a GPtrArray of ChorusPartTarget: its parts, as far as the
 * service has them, in order. */
gpointer chorus_part_rows_read_targets (ChorusDatabase  *db,
                                        gpointer         data,
                                        GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPartTarget, chorus_part_target_free)

G_END_DECLS
