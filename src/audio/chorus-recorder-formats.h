/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formats of recorder metadata, one file each: what chorus-recorder-metadata.c and chorus-recorder-chunk.c are made
 * of. All of these are pure functions over the contents of one chunk, and take any bytes. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each makes the contents true for a part that begins @start seconds into the recording and is @duration seconds long,
 * and returns a reference to the same contents where there is nothing to change. */
GBytes *chorus_guano_move_time (GBytes *contents,
                                double  start,
                                double  duration);
GBytes *chorus_wamd_move_time (GBytes *contents,
                               double  start);
GBytes *chorus_audiomoth_comment_move_time (GBytes *contents,
                                            double  start);
GBytes *chorus_broadcast_chunk_move_time (GBytes *contents,
                                          double  start,
                                          double  sample_rate);

G_END_DECLS
