/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chunks in which recorders write down when and how they recorded. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_recorder_chunk_move_time:
 * @id: the four characters of a WAVE chunk
 * @contents: what the chunk holds
 * @start: where a part begins in its recording, in seconds
 * @duration: the length of the part, in seconds
 *
 * Makes the metadata of a recording true for a part of it: the time at which it began, and its length where that is
 * written down. GUANO (`guan`: Timestamp, Length), bext (OriginationDate, OriginationTime and TimeReference), the comment
 * of an AudioMoth in `LIST`/`INFO` and WAMD (`wamd`: start). Everything else in the chunk, and every other chunk, stays as
 * it is, byte for byte; so does a chunk that cannot be read.
 *
 * Returns: (transfer full): the contents for the part
 */
GBytes *chorus_recorder_chunk_move_time (const char *id,
                                         GBytes     *contents,
                                         double      start,
                                         double      duration)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
