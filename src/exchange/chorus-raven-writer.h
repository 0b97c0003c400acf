/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RAVEN_WRITER (chorus_raven_writer_get_type ())

/**
 * ChorusRavenWriter:
 *
 * Writes a Raven selection table for each recording that has detections, "X.Chorus.selections.txt" for "X.wav", into a
 * folder. Open the recording in Raven, then its table. See %CHORUS_RAVEN_HEADER for the columns. Times are counted from the
 * beginning of the recording.
 *
 * Low and high, times to the microsecond, the names that hold, the confidence and the verdict come back when
 * [func@import_read] reads the table; of the model, only what it found.
 */
G_DECLARE_FINAL_TYPE (ChorusRavenWriter, chorus_raven_writer, CHORUS, RAVEN_WRITER, ChorusExportWriter)

/**
 * chorus_raven_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_raven_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
