/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding the time that a recorder wrote into the name of a file. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_time_scanner_find:
 * @name: the name of a file; any bytes
 * @has_zone: (out): whether @name also tells the offset from UTC
 *
 * Finds the first date with a time of day in @name. See [ctor@RecordingTime.new_from_file_name] for the forms.
 *
 * Returns: (transfer full) (nullable): the time, in UTC where the offset is not known, or %NULL
 */
GDateTime *chorus_time_scanner_find (const char *name,
                                     gboolean   *has_zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
