/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats that results are handed on in. */

#pragma once

#include "chorus-export-options.h"
#include "chorus-export-writer.h"

G_BEGIN_DECLS

/**
 * ChorusExportFormat:
 * @CHORUS_EXPORT_CSV: [class@CsvWriter]
 * @CHORUS_EXPORT_RAVEN: [class@RavenWriter]
 * @CHORUS_EXPORT_RAVEN_SEQUENCE: [class@RavenSequenceWriter]
 * @CHORUS_EXPORT_AUDACITY: [class@AudacityWriter]
 * @CHORUS_EXPORT_BIRDNET: [class@BirdnetWriter]
 * @CHORUS_EXPORT_KALEIDOSCOPE: [class@KaleidoscopeWriter]
 * @CHORUS_EXPORT_SEGMENTS: [class@SegmentsWriter]
 * @CHORUS_EXPORT_CLIPS: [class@ClipsWriter]
 * @CHORUS_EXPORT_DARWIN_CORE: [class@DarwinCoreWriter]
 * @CHORUS_EXPORT_CAMTRAP: [class@CamtrapWriter]
 * @CHORUS_EXPORT_SUMMARY: [class@SummaryWriter]
 *
 * The formats, in the order in which they are offered.
 */
typedef enum
{
  CHORUS_EXPORT_CSV,
  CHORUS_EXPORT_RAVEN,
  CHORUS_EXPORT_RAVEN_SEQUENCE,
  CHORUS_EXPORT_AUDACITY,
  CHORUS_EXPORT_BIRDNET,
  CHORUS_EXPORT_KALEIDOSCOPE,
  CHORUS_EXPORT_SEGMENTS,
  CHORUS_EXPORT_CLIPS,
  CHORUS_EXPORT_DARWIN_CORE,
  CHORUS_EXPORT_CAMTRAP,
  CHORUS_EXPORT_SUMMARY,
} ChorusExportFormat;

#define CHORUS_N_EXPORT_FORMATS (CHORUS_EXPORT_SUMMARY + 1)

/**
 * ChorusExportFormatInfo:
 * @id: a word that stands for it in settings, the same for ever
 * @name: what it is called, for gettext
 * @description: one line that says what it is for, for gettext
 * @extension: (nullable): of the one file that is written, without a point, or %NULL for a format of several files, whose
 *   target is a folder
 * @is_text: whether the first lines mean something to people
 * @has_clips: whether it holds sound, for which there is a padding
 * @is_package: whether it says whose data they are
 * @new_table: (nullable): makes a writer that has no options
 * @new_writer: (nullable): makes a writer otherwise
 *
 * What there is to know about a format. To add one, add a value of #ChorusExportFormat and a row to the table in
 * chorus-export-format.c.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *description;
  const char *extension;
  gboolean is_text;
  gboolean has_clips;
  gboolean is_package;
  ChorusExportWriter *(*new_table) (void);
  ChorusExportWriter *(*new_writer) (const ChorusExportOptions *options);
} ChorusExportFormatInfo;

/**
 * chorus_export_format_get_info:
 * @format: a format
 *
 * Returns: (transfer none): what there is to know about it
 */
const ChorusExportFormatInfo *chorus_export_format_get_info (ChorusExportFormat format);

/**
 * chorus_export_format_from_id:
 * @id: (nullable): the word of a format
 *
 * Returns: the format, or %CHORUS_EXPORT_CSV for any other text
 */
ChorusExportFormat chorus_export_format_from_id (const char *id);

/**
 * chorus_export_format_info_new_writer:
 * @info: a format
 * @options: (nullable): what a person says; copied
 *
 * Returns: (transfer full): a writer that has not begun
 */
ChorusExportWriter *chorus_export_format_info_new_writer (const ChorusExportFormatInfo *info,
                                                          const ChorusExportOptions    *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
