/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recorder-chunk.h"

#include "chorus-recorder-formats.h"

/* Longer than any recording, short enough that no sum overflows. In seconds, and in Hz. */
#define CHORUS_RECORDER_CHUNK_MAX_SECONDS 1e9
#define CHORUS_RECORDER_CHUNK_MAX_RATE 1e9

/* What a chunk of metadata may be: larger ones stay as they are. */
#define CHORUS_RECORDER_CHUNK_MAX_SIZE (16 * 1024 * 1024)

GBytes *
chorus_recorder_chunk_move_time (const char *id,
                                 GBytes     *contents,
                                 double      start,
                                 double      duration,
                                 double      sample_rate)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (contents != NULL, NULL);
  g_return_val_if_fail (start >= 0 && start <= CHORUS_RECORDER_CHUNK_MAX_SECONDS, g_bytes_ref (contents));
  g_return_val_if_fail (duration >= 0 && duration <= CHORUS_RECORDER_CHUNK_MAX_SECONDS, g_bytes_ref (contents));
  g_return_val_if_fail (sample_rate > 0 && sample_rate <= CHORUS_RECORDER_CHUNK_MAX_RATE, g_bytes_ref (contents));

  if (g_bytes_get_size (contents) == 0 || g_bytes_get_size (contents) > CHORUS_RECORDER_CHUNK_MAX_SIZE)
    return g_bytes_ref (contents);

  if (g_str_equal (id, "guan"))
    return chorus_guano_move_time (contents, start, duration);
  if (g_str_equal (id, "wamd"))
    return chorus_wamd_move_time (contents, start);
  if (g_str_equal (id, "LIST"))
    return chorus_audiomoth_comment_move_time (contents, start);
  if (g_str_equal (id, "bext"))
    return chorus_broadcast_chunk_move_time (contents, start, sample_rate);

  return g_bytes_ref (contents);
}
