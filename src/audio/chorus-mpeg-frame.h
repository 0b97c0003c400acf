/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"

G_BEGIN_DECLS

/* How far to look for the first frame, in bytes; encoders and broken downloads put padding before it. */
#define CHORUS_MPEG_FRAME_SEARCH 65536

/**
 * ChorusMpegFrame:
 * @offset: where the frame begins, in bytes
 * @length: its length, in bytes, with its header of four
 * @layer: 1, 2 or 3
 * @n_samples: how many samples of each channel it holds
 * @low: whether it is MPEG-2 or 2.5, with half the sample rates of MPEG-1 or less
 * @mono: whether it has a single channel
 *
 * A frame of MPEG audio (ISO/IEC 11172-3 and 13818-3).
 */
typedef struct
{
  goffset offset;
  gsize length;
  guint layer;
  guint n_samples;
  gboolean low;
  gboolean mono;
} ChorusMpegFrame;

/**
 * chorus_mpeg_frame_skip_tags:
 * @file: a file
 * @offset: (inout): where tags may begin, and where they end, in bytes
 * @error: return location for an error
 *
 * Steps over ID3v2 tags (id3.org, "ID3v2.4.0 - Main Structure").
 *
 * Returns: %TRUE, or %FALSE with %CHORUS_AUDIO_ERROR_UNREADABLE
 */
gboolean chorus_mpeg_frame_skip_tags (const ChorusAudioFile  *file,
                                      goffset                *offset,
                                      GError                **error);

/**
 * chorus_mpeg_frame_find:
 * @self: (out caller-allocates): the frame; its length is 0 where there is none
 * @file: a file
 * @offset: where to begin, in bytes
 * @error: return location for an error
 *
 * Looks for the first frame within the next 64 KiB. Three frames in a row, each where the one before it ends, are no
 * coincidence; nor are as many as there are up to the end of the file.
 *
 * Returns: %TRUE, or %FALSE with %CHORUS_AUDIO_ERROR_UNREADABLE
 */
gboolean chorus_mpeg_frame_find (ChorusMpegFrame        *self,
                                 const ChorusAudioFile  *file,
                                 goffset                 offset,
                                 GError                **error);

G_END_DECLS
