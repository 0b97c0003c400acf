/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_KALEIDOSCOPE_WRITER (chorus_kaleidoscope_writer_get_type ())

/**
 * ChorusKaleidoscopeWriter:
 *
 * Writes one table that Kaleidoscope opens as the result of its own cluster analysis. It hides tables with columns that it
 * does not know, so that these are all:
 *
 * - `INDIR`, `FOLDER`, `IN FILE`: where the file is: its folder, nothing, and its name
 * - `CHANNEL`: 0, the left one
 * - `OFFSET`, `DURATION`: when the detection begins in the file and how long it is, in seconds
 * - `Fmin`, `Fmax`: its band, in kHz
 * - `DATE`, `TIME`, `HOUR`: when the recording began, by the clock of the recorder
 * - `TOP1MATCH`: the species that the model named, by its scientific name or, where it has none, its common name
 * - `TOP1DIST`: 1 less its confidence, for Kaleidoscope means a distance, and less is better
 * - `MANUAL ID`: the species that holds, where a person has confirmed it
 *
 * What was rejected is left out and counted: Kaleidoscope has no word for it. What somebody was uncertain about is there as
 * if nobody had looked.
 */
G_DECLARE_FINAL_TYPE (ChorusKaleidoscopeWriter,
                      chorus_kaleidoscope_writer,
                      CHORUS,
                      KALEIDOSCOPE_WRITER,
                      ChorusExportWriter)

/**
 * chorus_kaleidoscope_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_kaleidoscope_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
