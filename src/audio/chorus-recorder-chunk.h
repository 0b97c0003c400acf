/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chunks in which recorders write down when and how they recorded. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_recorder_chunk_move_time:
 * @id: the four characters of a WAVE chunk
 * @contents: what the chunk holds
 * @start: where a part begins in its recording, in seconds of the file, 0 to 1e9; counted to the microsecond
 * @duration: the length of the part, in seconds of the file, 0 to 1e9
 * @sample_rate: the rate in the header of the file, in Hz, above 0
 *
 * Makes the metadata of a recording true for a part of it: the time at which it began, and its length where that is
 * written down. GUANO (`guan`: Timestamp, Length), bext (OriginationDate, OriginationTime and TimeReference), the comment
 * of an AudioMoth in `LIST`/`INFO` and WAMD (`wamd`: start). Everything else in the chunk, and every other chunk, stays as
 * it is, byte for byte; so does a chunk that cannot be read.
 *
 * The form of a time stays as well: what separates it, its zone, at least as many digits of a fraction. The contents may
 * become longer or shorter, and of odd size; those of `LIST` and `bext` never do, and their times are rounded to the
 * second. Where GUANO or WAMD say that the file is time-expanded, their own times move by the seconds that passed then.
 *
 * Returns: (transfer full): the contents for the part; the same ones where nothing changes
 */
GBytes *chorus_recorder_chunk_move_time (const char *id,
                                         GBytes     *contents,
                                         double      start,
                                         double      duration,
                                         double      sample_rate) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
