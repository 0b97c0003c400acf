/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-writer.h"
#include "chorus-package-options.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_DARWIN_CORE_WRITER (chorus_darwin_core_writer_get_type ())

/**
 * ChorusDarwinCoreWriter:
 *
 * Writes a Darwin Core archive, which is how occurrences are published through GBIF and OBIS: a ZIP archive of
 * occurrence.txt, meta.xml and eml.xml (https://dwc.tdwg.org/text/). The target is the archive.
 *
 * An occurrence is a detection that was not rejected, under the name that a person gave it where one did. It is
 * ValidatedByHuman where it was confirmed and PredictedByMachine where it was not, as OBIS has it
 * (https://manual.obis.org/other_data_types.html). What is no animal is left out, people above all.
 *
 * occurrenceID is made of ids that never change, so that the same detection exported again is the same occurrence. eventDate
 * has an offset only where the zone is known; eventRemarks says where it is not, or where the time is a guess. The score of
 * the model is in identificationRemarks, as there is no term for it; times and frequencies within the recording are in terms
 * of Audiovisual Core.
 *
 * Implements [iface@ExportRemarks].
 */
G_DECLARE_FINAL_TYPE (ChorusDarwinCoreWriter, chorus_darwin_core_writer, CHORUS, DARWIN_CORE_WRITER, ChorusExportWriter)

/**
 * ChorusDarwinCoreOptions:
 * @package: (nullable): what is said of the whole; %NULL for [ctor@PackageOptions.new]
 * @occurrence_status: (nullable): the word for what is there; %NULL for "present", which GBIF takes, where the vocabulary
 *   of TDWG has "detected"
 * @without_machine: whether what nobody confirmed is left out
 */
typedef struct
{
  const ChorusPackageOptions *package;
  const char *occurrence_status;
  gboolean without_machine;
} ChorusDarwinCoreOptions;

/**
 * chorus_darwin_core_writer_new:
 * @options: (nullable): how to write; copied
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_darwin_core_writer_new (const ChorusDarwinCoreOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
