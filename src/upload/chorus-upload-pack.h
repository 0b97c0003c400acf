/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much goes into one request. Pure functions. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of JSON of the first request to a service that nothing is known of, and what the number stays between. The
 * upper end is twenty files of 25 MB in base64. */
#define CHORUS_UPLOAD_PACK_START G_GINT64_CONSTANT (32000000)
#define CHORUS_UPLOAD_PACK_LEAST G_GINT64_CONSTANT (10000)
#define CHORUS_UPLOAD_PACK_MOST G_GINT64_CONSTANT (670000000)

/**
 * chorus_upload_pack_get_length:
 * @size: the size of a file, in bytes
 *
 * Returns: about how many bytes of JSON it becomes
 */
goffset chorus_upload_pack_get_length (goffset size);

/**
 * chorus_upload_pack_count:
 * @sizes: (array length=n_sizes): the sizes of the files that wait, in bytes, in the order of their turn
 * @n_sizes: how many there are
 * @max_files: the most files of one request
 * @budget: the most bytes of JSON of one request
 *
 * Decides how many of the files that wait go into the next request. The first one always does: a file cannot be sent in
 * less than one request.
 *
 * Returns: how many, at least 1 unless @n_sizes is 0
 */
guint chorus_upload_pack_count (const goffset *sizes,
                                guint          n_sizes,
                                guint          max_files,
                                goffset        budget);

/**
 * chorus_upload_pack_grow:
 * @budget: the most bytes of JSON of one request
 * @length: the bytes of a request that was accepted
 *
 * A request that came near the budget shows that the service takes as much; one that did not shows nothing.
 *
 * Returns: the budget from now on
 */
goffset chorus_upload_pack_grow (goffset budget,
                                 goffset length);

/**
 * chorus_upload_pack_shrink:
 * @budget: the most bytes of JSON of one request
 * @length: the bytes of a request that was too large, or broken off
 *
 * Returns: the budget from now on: half of what was too much
 */
goffset chorus_upload_pack_shrink (goffset budget,
                                   goffset length);

G_END_DECLS
