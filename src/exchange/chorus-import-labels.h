/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Audacity labels: tables without names. */

#pragma once

#include "chorus-import-private.h"

G_BEGIN_DECLS

/**
 * chorus_import_labels_recognize:
 * @separator: what separates the fields
 * @fields: (array length=n_fields): the fields of the first row
 * @n_fields: how many there are
 *
 * Returns: whether these are labels: two times with a tab between
 */
gboolean chorus_import_labels_recognize (char               separator,
                                         const char *const *fields,
                                         guint              n_fields);

/**
 * chorus_import_labels_read:
 * @import: what the row is added to
 * @line: its line
 * @fields: (array length=n_fields): its fields
 * @n_fields: how many there are
 * @has_label: (inout): whether there is a label whose band may follow
 *
 * Adds what a row says: a label, the band of the one before, or a problem.
 */
void chorus_import_labels_read (ChorusImport        *import,
                                guint64              line,
                                const char   *const *fields,
                                guint                n_fields,
                                gboolean            *has_label);

G_END_DECLS
