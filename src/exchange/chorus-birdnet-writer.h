/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_BIRDNET_WRITER (chorus_birdnet_writer_get_type ())

/**
 * ChorusBirdnetWriter:
 *
 * Writes one table as BirdNET-Analyzer does in its CSV format, for the scripts that read these:
 * `Start (s),End (s),Scientific name,Common name,Confidence,File`. Times are counted from the beginning of the recording.
 * `File` is where the file is on this computer or, where that is not known, its name.
 *
 * The names are those that hold. The format has no verdicts: what was rejected is left out and counted, for there it would
 * be a detection like the others.
 */
G_DECLARE_FINAL_TYPE (ChorusBirdnetWriter, chorus_birdnet_writer, CHORUS, BIRDNET_WRITER, ChorusExportWriter)

/**
 * chorus_birdnet_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_birdnet_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
