/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_AUDACITY_WRITER (chorus_audacity_writer_get_type ())

/**
 * ChorusAudacityWriter:
 *
 * Writes Audacity labels for each recording that has detections, "X.Chorus.labels.txt" for "X.wav", into a folder. Open the
 * recording in Audacity, then File > Import > Labels.
 *
 * A label is a line of start, end and text, and a second line of a backslash, low and high where either is known, with -1
 * for the one that is not. Seconds have six decimals. The text is what Audacity can hold:
 *
 * - the species: "Scientific_Common", as BirdNET-Analyzer writes it, or the one name that is known; with an underscore
 *   behind a scientific name, or in front of a common name, that would be taken for the other, see [func@species_label_read]
 * - the confidence: " 0.8765", where there is one
 * - the verdict: " [confirmed]", " [rejected]" or " [uncertain]", where there is one
 */
G_DECLARE_FINAL_TYPE (ChorusAudacityWriter, chorus_audacity_writer, CHORUS, AUDACITY_WRITER, ChorusExportWriter)

/**
 * chorus_audacity_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_audacity_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
