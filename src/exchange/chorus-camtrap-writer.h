/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-camtrap-options.h"
#include "chorus-export-writer.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CAMTRAP_WRITER (chorus_camtrap_writer_get_type ())

/**
 * ChorusCamtrapWriter:
 *
 * Writes a data package in the acoustic profile of Camtrap DP 1.0.2
 * (https://github.com/camera-traps/bioacoustics, camtrap-dp/1.0.2, at commit e4b4722): a ZIP archive of datapackage.json,
 * deployments.csv, media.csv and observations.csv. The target is the archive. Sound is not part of it: the paths in media
 * are where it would be, so that files laid there complete the package.
 *
 * An observation is a detection that was not rejected, as the interval of its file, under the name that a person gave it
 * where one did. It was classified by a person where one confirmed it, and else by the model. The model's score is no
 * probability unless the options say so, and stands among the tags. People and engines are observations without a species
 * of animal.
 *
 * The standard wants the place of every deployment: [method@CamtrapOptions.find_unplaced] says which are missing, and
 * [method@ExportWriter.finish] fails with %G_IO_ERROR_INVALID_DATA where one still is. It wants the time of every recording
 * as well: one without is left out, and a time without a zone is written as UTC with a remark and the tag
 * "timestampIssues:true" on its deployment.
 *
 * Implements [iface@ExportRemarks].
 */
G_DECLARE_FINAL_TYPE (ChorusCamtrapWriter, chorus_camtrap_writer, CHORUS, CAMTRAP_WRITER, ChorusExportWriter)

/**
 * chorus_camtrap_writer_new:
 * @options: (nullable): how to write; copied
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_camtrap_writer_new (const ChorusCamtrapOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
