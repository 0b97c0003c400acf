/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-format.h"

G_BEGIN_DECLS

/* How many lines a preview has. */
#define CHORUS_EXPORT_PREVIEW_LINES 20

/**
 * chorus_export_preview_make:
 * @info: a format
 * @results: (element-type ChorusResult): the first of what would be written
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error in %G_IO_ERROR, a sentence
 *
 * Writes results into a folder of its own for temporary files and reads the first lines of the first file. Blocks for as
 * long as the disk does.
 *
 * Returns: (transfer full): the lines, valid UTF-8, or %NULL with @error set
 */
char *chorus_export_preview_make (const ChorusExportFormatInfo  *info,
                                  GPtrArray                     *results,
                                  GCancellable                  *cancellable,
                                  GError                       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
