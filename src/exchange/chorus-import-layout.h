/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names that columns have in each format, and what a table is recognized by. */

#pragma once

#include "chorus-import.h"

G_BEGIN_DECLS

/* What a column holds. */
typedef enum
{
  CHORUS_COLUMN_BEGIN,
  CHORUS_COLUMN_END,
  CHORUS_COLUMN_LENGTH,
  CHORUS_COLUMN_OFFSET,
  CHORUS_COLUMN_LOW,
  CHORUS_COLUMN_HIGH,
  CHORUS_COLUMN_PATH,
  CHORUS_COLUMN_FILE,
  CHORUS_COLUMN_ROOT,
  CHORUS_COLUMN_FOLDER,
  CHORUS_COLUMN_FILE_ID,
  CHORUS_COLUMN_DEPLOYMENT_ID,
  CHORUS_COLUMN_RECORDED,
  CHORUS_COLUMN_DATE,
  CHORUS_COLUMN_TIME,
  CHORUS_COLUMN_SCIENTIFIC,
  CHORUS_COLUMN_COMMON,
  CHORUS_COLUMN_SPECIES, /* either of the two */
  CHORUS_COLUMN_CONFIDENCE,
  CHORUS_COLUMN_DISTANCE,
  CHORUS_COLUMN_OUTPUT, /* only Kaleidoscope itself has it */
  CHORUS_COLUMN_VERDICT,
  CHORUS_COLUMN_MANUAL, /* a species and a verdict in one */
  CHORUS_COLUMN_VERDICT_SCIENTIFIC,
  CHORUS_COLUMN_VERDICT_COMMON,
  CHORUS_COLUMN_REVIEWER,
  CHORUS_COLUMN_REVIEWED_AT,
  CHORUS_COLUMN_MODEL,
  CHORUS_COLUMN_MODEL_VERSION,
  CHORUS_COLUMN_NOTE,
  CHORUS_COLUMN_STARRED,
  CHORUS_COLUMN_VIEW,
  CHORUS_COLUMN_SELECTION,
  CHORUS_COLUMN_BAND,
  CHORUS_N_COLUMNS
} ChorusColumn;

/**
 * chorus_import_layout_find:
 * @names: (array length=n_names): the fields of the first row of a table
 * @n_names: how many there are
 * @format: (out): what the table is
 * @columns: (out): where each column is, from 0, or -1 where there is none
 *
 * Returns: whether these are the names of a table that is known
 */
gboolean chorus_import_layout_find (const char         *const *names,
                                    guint                      n_names,
                                    ChorusImportFormat        *format,
                                    int                        columns[CHORUS_N_COLUMNS]);

G_END_DECLS
