/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SEGMENTS_WRITER (chorus_segments_writer_get_type ())

/**
 * ChorusSegmentsWriter:
 *
 * Writes segments as BirdNET-Analyzer does (birdnet_analyzer/segments/utils.py), and as its review (gui/review.py) leaves
 * them: a folder for each species with a clip of each detection, and in it "Positive" with those that were confirmed and
 * "Negative" with those that were rejected. The target is the folder for all that.
 *
 * A clip is called after its score, its place among the detections of its recording, the recording, and the seconds of
 * the detection, such as "0.931_1_20250604_050000_12.00s_15.00s.wav". What has no score is "none", which that program
 * leaves out of its statistics. A detection that a person gave another name is a positive of that species, without a score,
 * and a negative of the one that the model had named.
 *
 * Recordings that are not on this computer, or cannot be read, are left out. Implements [iface@ExportRemarks].
 */
G_DECLARE_FINAL_TYPE (ChorusSegmentsWriter, chorus_segments_writer, CHORUS, SEGMENTS_WRITER, ChorusExportWriter)

/**
 * ChorusSegmentsOptions:
 * @padding: how much is kept on either side of a detection, in seconds
 * @scientific: whether folders are called by scientific names, rather than the common names that BirdNET-Analyzer uses
 */
typedef struct
{
  double padding;
  gboolean scientific;
} ChorusSegmentsOptions;

/**
 * chorus_segments_writer_new:
 * @options: (nullable): how to write; %NULL for no padding and common names
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_segments_writer_new (const ChorusSegmentsOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
