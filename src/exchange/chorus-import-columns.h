/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables with a row of names: which format it is, and what its rows say. */

#pragma once

#include "chorus-import-private.h"

G_BEGIN_DECLS

typedef struct _ChorusImportColumns ChorusImportColumns;

/**
 * chorus_import_columns_new:
 * @names: (array length=n_names): the fields of the first row
 * @n_names: how many there are
 *
 * Recognizes a table by the names of its columns. Case, punctuation and the asterisks of Kaleidoscope make no difference.
 *
 * Returns: (transfer full): where everything is, or %NULL for a table of another kind
 */
ChorusImportColumns *chorus_import_columns_new (const char *const *names,
                                                guint              n_names) G_GNUC_WARN_UNUSED_RESULT;
void chorus_import_columns_free (ChorusImportColumns *self);
ChorusImportFormat chorus_import_columns_get_format (ChorusImportColumns *self);

/* Adds what a row says to @import: a detection, a problem, or nothing. */
void chorus_import_columns_read (ChorusImportColumns        *self,
                                 ChorusImport               *import,
                                 guint64                     line,
                                 const char          *const *fields,
                                 guint                       n_fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusImportColumns, chorus_import_columns_free)

G_END_DECLS
