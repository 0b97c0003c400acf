/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turning names, sizes and lengths into text for people. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Between a number and its unit: never broken, and narrower than a space. */
#define CHORUS_NARROW_SPACE "\u202f"

/**
 * chorus_text_from_name:
 * @name: (nullable): the name of a file or a text from elsewhere; any bytes
 *
 * Makes a name safe to show on one line. Bytes that are not UTF-8, control characters, line breaks, and the invisible
 * characters that reverse the reading direction, and so can make a name look like another, each become U+FFFD.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *chorus_text_from_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_text_from_duration:
 * @seconds: a length of time, in seconds
 *
 * Returns: (transfer full): minutes and seconds such as "5:00", with hours from one hour on such as "1:05:00", rounded
 *   to the nearest second; a dash when @seconds is negative or not a number
 */
char *chorus_text_from_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_text_from_size:
 * @bytes: a size, in bytes
 *
 * Returns: (transfer full): the size in decimal units, such as "28.8 MB", with a narrow no-break space
 */
char *chorus_text_from_size (guint64 bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
