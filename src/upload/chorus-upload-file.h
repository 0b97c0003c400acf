/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tells whether a file is still the one that was checked. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The attributes to query for the functions below. */
#define CHORUS_UPLOAD_FILE_ATTRIBUTES                                                                                  \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED                 \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/**
 * chorus_upload_file_get_modified:
 * @info: what was found out about a file
 *
 * Returns: when it was last written, in microseconds since 1970, or 0 where that is not known
 */
gint64 chorus_upload_file_get_modified (GFileInfo *info);

/**
 * chorus_upload_file_dup_name:
 * @file: a file
 *
 * Returns: (transfer full): its name without folders, safe to show
 */
char *chorus_upload_file_dup_name (GFile *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_file_set_unreadable:
 * @error: (out) (optional): return location for a %CHORUS_UPLOAD_ERROR_UNREADABLE
 * @file: a file
 * @cause: why it cannot be read, a #GIOErrorEnum or anything else
 *
 * Says in a sentence why a file cannot be read and what to do. Being cancelled is handed on as it is.
 */
void chorus_upload_file_set_unreadable (GError       **error,
                                        GFile         *file,
                                        const GError  *cause);

G_END_DECLS
