/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two files of a Darwin Core archive that describe the third. */

#pragma once

#include "chorus-package-coverage.h"
#include "chorus-package-options.h"

G_BEGIN_DECLS

/**
 * ChorusDarwinCoreDataset:
 * @options: what was said of it
 * @coverage: where, when and of what it is
 * @project: (nullable): the name of the project
 * @models: (array zero-terminated=1): what found the detections
 * @created: when it is made
 * @n_occurrences: how many rows it has
 * @n_recordings: of how many recordings
 */
typedef struct
{
  const ChorusPackageOptions *options;
  const ChorusPackageCoverage *coverage;
  const char *project;
  const char *const *models;
  GDateTime *created;
  guint64 n_occurrences;
  guint64 n_recordings;
} ChorusDarwinCoreDataset;

/**
 * chorus_darwin_core_metadata_write_archive:
 * @file_name: the name of the table of occurrences in the archive
 * @terms: (array length=n_terms): the addresses of the terms of its columns, of which the first identifies a row
 * @n_terms: how many
 *
 * Makes meta.xml as the Darwin Core Text Guide has it (https://dwc.tdwg.org/text/), for a table with tabs, a header and
 * no quotes.
 *
 * Returns: (transfer full): XML
 */
char *chorus_darwin_core_metadata_write_archive (const char        *file_name,
                                                 const char *const *terms,
                                                 guint              n_terms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_darwin_core_metadata_write_dataset:
 * @dataset: what there is to say
 *
 * Makes eml.xml in the Ecological Metadata Language 2.1.1 and GBIF's profile of it, 1.1
 * (https://rs.gbif.org/schema/eml-gbif-profile/1.1/).
 *
 * Returns: (transfer full): XML
 */
char *chorus_darwin_core_metadata_write_dataset (const ChorusDarwinCoreDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
