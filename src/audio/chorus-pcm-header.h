/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"
#include "chorus-audio-info.h"
#include "chorus-pcm-encoding.h"

G_BEGIN_DECLS

/* More is no recording but a damaged header, and would make a frame of samples absurdly large. */
#define CHORUS_PCM_HEADER_MAX_CHANNELS 256

/**
 * ChorusPcmHeader:
 * @kind: the container
 * @encoding: how a sample is stored
 * @channels: number of channels, 1 to %CHORUS_PCM_HEADER_MAX_CHANNELS
 * @bits: meaningful bits of a sample
 * @sample_rate: sample frames per second, in Hz, above 0
 * @data_offset: where the first sample lies, in bytes
 * @n_frames: number of whole sample frames that the file holds, above 0
 * @truncated: the file promises more samples than it holds
 *
 * Where the samples of an uncompressed file are, and what they are.
 */
typedef struct
{
  ChorusAudioKind kind;
  ChorusPcmEncoding encoding;
  guint channels;
  guint bits;
  double sample_rate;
  goffset data_offset;
  guint64 n_frames;
  gboolean truncated;
} ChorusPcmHeader;

/**
 * chorus_pcm_header_read:
 * @header: (out caller-allocates): what is found
 * @file: a file
 * @kind: what the file's first bytes say it is: WAV, RF64, W64 or AIFF
 * @error: return location for an error
 *
 * Reads the header of an uncompressed file. Sources: Microsoft "Multiple Channel Audio Data and WAVE Files", EBU Tech
 * 3306 (RF64), ITU-R BS.2088 (BW64), Sony "Wave64", Apple "AIFF-C" draft of 1991.
 *
 * Errors are in %CHORUS_AUDIO_ERROR.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_pcm_header_read (ChorusPcmHeader        *header,
                                 const ChorusAudioFile  *file,
                                 ChorusAudioKind         kind,
                                 GError                **error);

G_END_DECLS
