/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats that results are handed on in. */

#pragma once

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
} ChorusExportFormat;

#define CHORUS_N_EXPORT_FORMATS (CHORUS_EXPORT_KALEIDOSCOPE + 1)

/**
 * ChorusExportFormatInfo:
 * @id: a word that stands for it in settings, the same for ever
 * @name: what it is called, for gettext
 * @description: one line that says what it is for, for gettext
 * @extension: (nullable): of the one file that is written, without a point, or %NULL for a format of several files, whose
 *   target is a folder
 * @is_text: whether the first lines mean something to people
 * @new_writer: makes a writer
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
  ChorusExportWriter *(*new_writer) (void);
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

G_END_DECLS
