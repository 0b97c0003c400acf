/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "chorus-audio-info.h"

G_BEGIN_DECLS

/* For @end and @resume of ChorusDecoderTrim. */
#define CHORUS_DECODER_TRIM_NEVER G_MAXUINT64

/**
 * ChorusDecoderTrim:
 * @is_locked: whether the sound is encrypted
 * @is_known: whether the file says what was added; %FALSE leaves everything to the decoder
 * @timescale: ticks a second in which the others count, 0 for sample frames
 * @start: what comes before this was added
 * @end: and what comes from here on, %CHORUS_DECODER_TRIM_NEVER for nothing
 * @resume: up to here; %CHORUS_DECODER_TRIM_NEVER for all the rest
 * @edits: where the file holds the list of edits that the above was read from, its number of entries first, in bytes; -1
 *   without one
 * @edits_size: the length of that number and of one entry, in bytes
 *
 * Which of the samples of a compressed file its encoder added. Transform codecs need a run-up before the first sample
 * and a full last block; a decoder that plays both shows everything too late.
 */
typedef struct
{
  gboolean is_locked;
  gboolean is_known;
  guint32 timescale;
  guint64 start;
  guint64 end;
  guint64 resume;
  goffset edits;
  gsize edits_size;
} ChorusDecoderTrim;

/**
 * chorus_decoder_trim_read:
 * @trim: (out caller-allocates): what the file says
 * @file: a compressed file
 * @kind: what it is
 * @error: return location for an error
 *
 * Reads what an MP3 or M4A file says about its beginning and end. Sources: the header of Xing and its extension by LAME
 * (gabriel.mp3-tech.org, "Mp3 Info Tag rev 1"), the one of Fraunhofer (VBRI); edit lists (ISO/IEC 14496-12, 8.6.6) and,
 * where there are none, the tag iTunSMPB. Opus and Vorbis files say it in a way that GStreamer heeds.
 *
 * Returns: %TRUE, or %FALSE with %CHORUS_AUDIO_ERROR_UNREADABLE
 */
gboolean chorus_decoder_trim_read (ChorusDecoderTrim      *trim,
                                   const ChorusAudioFile  *file,
                                   ChorusAudioKind         kind,
                                   GError                **error);

G_END_DECLS
