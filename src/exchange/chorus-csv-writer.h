/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CSV_WRITER (chorus_csv_writer_get_type ())

/**
 * ChorusCsvWriter:
 *
 * Writes one table of comma separated values with a row for each detection and everything that is known about it. UTF-8
 * without a byte order mark, a line feed after each row, quotes as RFC 4180 has them; numbers with a point. A field is empty
 * where nothing is known. See [func@table_text_append] for what is done to texts that a spreadsheet would compute.
 *
 * The columns, which keep their names and their order; new ones are added at the end:
 *
 * - `project`, `site`, `deployment`: the names of the place
 * - `deployment_id`: the id of the deployment at the service
 * - `latitude`, `longitude`: of the deployment, in degrees
 * - `recording`: the name of the file, without folders
 * - `file_id`: its id at the service, where it was sent as one file
 * - `sha256`: the digest of the file
 * - `recorded`: when the recording began: ISO 8601, with an offset from UTC where it is known; without, it is what the clock
 *   of the recorder showed
 * - `recorded_source`: where this time comes from, such as `file-name` or `modified`, which is a guess
 * - `duration`: of the recording, in seconds
 * - `time`: when the detection begins, as `recorded`, to the millisecond
 * - `start`, `end`: of the detection, in seconds from the start of the recording
 * - `low`, `high`: its band, in Hz
 * - `scientific_name`, `common_name`: the species that the model named
 * - `confidence`: of the model, 0 to 1
 * - `verdict`: the verdict in force: `confirmed`, `rejected` or `uncertain`
 * - `verdict_scientific_name`, `verdict_common_name`: the species that a person named instead
 * - `reviewer`, `reviewed_at`: who gave the verdict, and when, in ISO 8601
 * - `model`, `model_version`: what found it
 * - `note`: what a person wrote about it
 * - `starred`: 1 where a person marked it, else 0
 */
G_DECLARE_FINAL_TYPE (ChorusCsvWriter, chorus_csv_writer, CHORUS, CSV_WRITER, ChorusExportWriter)

/**
 * chorus_csv_writer_new:
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_csv_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
