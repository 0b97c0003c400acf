/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of Raven selection tables, as both of their writers make them. */

#pragma once

#include "chorus-table-file.h"
#include "library/chorus-result.h"

G_BEGIN_DECLS

/**
 * CHORUS_RAVEN_HEADER:
 *
 * The columns, all of which Raven finds by name. The first seven are those that it cannot do without. It shows the rest as
 * they are:
 *
 * - `Annotation`: the species by its common name or, where it has none, its scientific name, in the one column that Raven
 *   Lite shows
 * - `Scientific Name`, `Common Name`: the names that hold: those that a person gave, or else those of the model
 * - `Confidence`: 0 to 1
 * - `Verdict`: confirmed, rejected or uncertain, and empty where nobody has looked
 * - `Reviewer`, `Notes`: who gave the verdict, and what was written about it
 * - `Band`: "not known" where low and high are only there because Raven needs them: nothing and half the sample rate, or
 *   15000 Hz where that is not known either
 */
#define CHORUS_RAVEN_HEADER                                                                                            \
  "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin File\t"                \
  "File Offset (s)\tAnnotation\tScientific Name\tCommon Name\tConfidence\tVerdict\tReviewer\tNotes\tBand"

/* What stands in the column `Band`, and in no other case. */
#define CHORUS_RAVEN_NO_BAND "not known"

/**
 * chorus_raven_table_add:
 * @table: a table with the columns of %CHORUS_RAVEN_HEADER
 * @selection: the number of the row, from 1
 * @offset: where the recording begins on the time axis of the table, in seconds
 * @result: the recording
 * @detection: one of its detections
 *
 * Adds the fields of a row and leaves the row open.
 */
void chorus_raven_table_add (ChorusTableFile             *table,
                             guint                        selection,
                             double                       offset,
                             const ChorusResult          *result,
                             const ChorusResultDetection *detection);

G_END_DECLS
