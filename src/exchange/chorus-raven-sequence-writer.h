/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RAVEN_SEQUENCE_WRITER (chorus_raven_sequence_writer_get_type ())

/**
 * ChorusRavenSequenceWriter:
 *
 * Writes one Raven selection table for a sequence of recordings that opens correctly both ways. As a selection table, beside
 * the same files opened as one sequence in the same order, the times decide: they are counted from the beginning of the
 * first recording, each recording following the one before without a gap. As a sound selection table, `Begin Path` and
 * `File Offset (s)` decide: where the file is and the time within it. The columns are those of %CHORUS_RAVEN_HEADER and then
 * `Begin Path`.
 *
 * The sequence has every recording that is given, with detections or without, for each of them moves those that follow.
 * Raven cannot go on after a row whose file is missing: a recording whose file is not on this computer, whose path the table
 * cannot hold, or whose length is not known is no part of it, is counted, and leaves no gap in the numbers.
 */
G_DECLARE_FINAL_TYPE (ChorusRavenSequenceWriter,
                      chorus_raven_sequence_writer,
                      CHORUS,
                      RAVEN_SEQUENCE_WRITER,
                      ChorusExportWriter)

/**
 * chorus_raven_sequence_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_raven_sequence_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
