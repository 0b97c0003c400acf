/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/chorus-recording-time.h"
#include "library/chorus-verdict.h"

G_BEGIN_DECLS

/**
 * ChorusImportFormat:
 * @CHORUS_IMPORT_CHORUS: what [class@CsvWriter] writes
 * @CHORUS_IMPORT_RAVEN: a Raven selection table, of Raven, BirdNET-Analyzer and others
 * @CHORUS_IMPORT_AUDACITY: Audacity labels, of Audacity, BirdNET-Analyzer and others
 * @CHORUS_IMPORT_BIRDNET: the CSV and R formats of BirdNET-Analyzer
 * @CHORUS_IMPORT_KALEIDOSCOPE: the id.csv and cluster.csv of Kaleidoscope, and what BirdNET-Analyzer writes for it
 *
 * The formats that detections are taken from.
 */
typedef enum
{
  CHORUS_IMPORT_CHORUS,
  CHORUS_IMPORT_RAVEN,
  CHORUS_IMPORT_AUDACITY,
  CHORUS_IMPORT_BIRDNET,
  CHORUS_IMPORT_KALEIDOSCOPE,
} ChorusImportFormat;

/**
 * chorus_import_format_get_name:
 * @format: a format
 *
 * Returns: (transfer none): what it is called, for people
 */
const char *chorus_import_format_get_name (ChorusImportFormat format);

/**
 * ChorusImportRow:
 * @line: the line of the table that it was read from, from 1
 * @file: (nullable): the file of the recording as it was written: a path, of this or another computer, or a name
 * @file_id: (nullable): the id of the file at the service
 * @deployment_id: (nullable): the id of the deployment at the service
 * @recorded: (nullable): when the recording began, in ISO 8601 with an offset from UTC where it is known
 * @start: in seconds from the start of the recording
 * @end: in seconds from the start of the recording, not before @start
 * @low: in Hz, or NaN
 * @high: in Hz, or NaN
 * @scientific_name: (nullable): the scientific name
 * @common_name: (nullable): the common name
 * @confidence: 0 to 1, or NaN where there is none, or what there is means something else
 * @verdict: what a person said; none where the format has no verdicts
 * @verdict_scientific_name: (nullable): the species that a person named instead
 * @verdict_common_name: (nullable): its common name
 * @reviewer: (nullable): who gave the verdict
 * @reviewed_at: (nullable): when, as it was written
 * @model_name: (nullable): what found it
 * @model_version: (nullable): which version of it
 * @note: (nullable): what a person wrote about it
 * @starred: whether a person marked it
 *
 * A detection as it was read. The texts are data, valid UTF-8, and belong to the #ChorusImport.
 */
typedef struct
{
  guint64 line;
  const char *file;
  const char *file_id;
  const char *deployment_id;
  const char *recorded;
  double start;
  double end;
  double low;
  double high;
  const char *scientific_name;
  const char *common_name;
  double confidence;
  ChorusVerdict verdict;
  const char *verdict_scientific_name;
  const char *verdict_common_name;
  const char *reviewer;
  const char *reviewed_at;
  const char *model_name;
  const char *model_version;
  const char *note;
  gboolean starred;
} ChorusImportRow;

/**
 * ChorusImportProblem:
 * @line: a line of the table, from 1
 * @reason: why it could not be understood, a sentence
 */
typedef struct
{
  guint64 line;
  char *reason;
} ChorusImportProblem;

/**
 * ChorusImport:
 *
 * The detections of a table that was read. Immutable.
 */
typedef struct _ChorusImport ChorusImport;

/**
 * chorus_import_read:
 * @file: a table
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error in %G_IO_ERROR, a sentence that names the file
 *
 * Reads detections from a table of any of the formats, recognized by what is in it and not by its name. Columns are found by
 * their names, in whatever order they are and whatever else there is:
 *
 * - Raven: `Begin Time (s)` and `End Time (s)` or `Delta Time (s)`. Where there is a `File Offset (s)`, the time in the
 *   recording is that, for the times are then counted over a sequence, and not by everyone rightly: BirdNET-Analyzer 3.0
 *   leaves out the recordings in which it found nothing. `Freq` and `Frequency` are the same. A `Waveform` row and the
 *   `Spectrogram` row of the same selection are one, and a waveform alone has no band.
 * - Audacity: lines of start, end and text, and lines of a backslash, low and high; see [func@species_label_read] for the
 *   text. BirdNET-Analyzer has the confidence in a fourth field.
 * - BirdNET-Analyzer: `Start (s)`, `End (s)` and names, or `filepath`, `start`, `end` and names.
 * - Kaleidoscope: `IN FILE`, `OFFSET` and `DURATION`, with `INDIR` and `FOLDER`; the species from `TOP1MATCH`, `AUTO ID` or
 *   names. A `MANUAL ID` is a verdict: it confirms the species, or names another, or rejects it where it is "Noise". A
 *   `TOP1DIST` is a confidence where BirdNET-Analyzer or Chorus wrote it, and a distance that says nothing alone where
 *   Kaleidoscope did, which also writes an `OUTDIR`. Frequencies are in kHz; one that would be over 500 kHz is in Hz.
 *
 * Rows that say that there is nothing, "nocall" and "Noise", are passed over. Blocks for as long as the disk does.
 *
 * Returns: (transfer full): the detections, or %NULL with @error set
 */
ChorusImport *chorus_import_read (GFile         *file,
                                  GCancellable  *cancellable,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_read_stream:
 * @stream: where the table is
 * @name: the name of its file, without folders; any bytes
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error in %G_IO_ERROR, a sentence that names the file
 *
 * Does what [func@import_read] does.
 *
 * Returns: (transfer full): the detections, or %NULL with @error set
 */
ChorusImport *chorus_import_read_stream (GInputStream  *stream,
                                         const char    *name,
                                         GCancellable  *cancellable,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_read_async:
 * @file: a table
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it was read
 * @user_data: passed to @callback
 *
 * Does what [func@import_read] does on a worker thread. The source object of the result is @file.
 */
void chorus_import_read_async (GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
ChorusImport *chorus_import_read_finish (GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_free:
 * @self: (transfer full) (nullable): detections
 */
void chorus_import_free (ChorusImport *self);

/**
 * chorus_import_get_format:
 * @self: detections
 *
 * Returns: what their table was recognized as
 */
ChorusImportFormat chorus_import_get_format (const ChorusImport *self);

/**
 * chorus_import_get_stem:
 * @self: detections
 *
 * Returns: (transfer none): what the name of the table says that its recording is called, without an extension, such as
 *   "20250604_050000" for "20250604_050000.Table.1.selections.txt"
 */
const char *chorus_import_get_stem (const ChorusImport *self);

/**
 * chorus_import_get_n_rows:
 * @self: detections
 *
 * Returns: how many there are
 */
guint chorus_import_get_n_rows (const ChorusImport *self);

/**
 * chorus_import_get_row:
 * @self: detections
 * @index: which, from 0, in the order of the table
 *
 * Returns: (transfer none): one of them
 */
const ChorusImportRow *chorus_import_get_row (const ChorusImport *self,
                                              guint               index);

/**
 * chorus_import_get_n_nothing:
 * @self: detections
 *
 * Returns: how many rows were passed over because they say that there is nothing
 */
guint chorus_import_get_n_nothing (const ChorusImport *self);

/**
 * chorus_import_get_n_problems:
 * @self: detections
 *
 * Returns: how many lines could not be understood
 */
guint chorus_import_get_n_problems (const ChorusImport *self);

/**
 * chorus_import_get_problems:
 * @self: detections
 *
 * Returns: (transfer none) (element-type ChorusImportProblem): the lines that could not be understood: the first thousand
 */
GPtrArray *chorus_import_get_problems (const ChorusImport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusImport, chorus_import_free)

G_END_DECLS
