/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ChorusAudioKind:
 * @CHORUS_AUDIO_KIND_WAV: RIFF/WAVE
 * @CHORUS_AUDIO_KIND_RF64: WAVE with 64-bit sizes, RF64 or BW64 (EBU Tech 3306, ITU-R BS.2088)
 * @CHORUS_AUDIO_KIND_W64: Sony Wave64
 * @CHORUS_AUDIO_KIND_AIFF: AIFF or AIFF-C
 * @CHORUS_AUDIO_KIND_MP3: MPEG audio layer III
 * @CHORUS_AUDIO_KIND_M4A: audio in an MPEG-4 container
 * @CHORUS_AUDIO_KIND_WEBM: audio in WebM
 * @CHORUS_AUDIO_KIND_FLAC: native FLAC
 * @CHORUS_AUDIO_KIND_OGG: audio in Ogg
 * @CHORUS_AUDIO_KIND_OTHER: any other audio that can be decoded
 *
 * The kind of an audio file, told by its contents and never by its name.
 */
typedef enum
{
  CHORUS_AUDIO_KIND_WAV,
  CHORUS_AUDIO_KIND_RF64,
  CHORUS_AUDIO_KIND_W64,
  CHORUS_AUDIO_KIND_AIFF,
  CHORUS_AUDIO_KIND_MP3,
  CHORUS_AUDIO_KIND_M4A,
  CHORUS_AUDIO_KIND_WEBM,
  CHORUS_AUDIO_KIND_FLAC,
  CHORUS_AUDIO_KIND_OGG,
  CHORUS_AUDIO_KIND_OTHER,
} ChorusAudioKind;

/**
 * chorus_audio_kind_get_short_name:
 * @kind: a kind
 *
 * The word for @kind in lower case, as in a file suffix: "wav", "mp3", "m4a", "webm", "flac"...
 *
 * Returns: (transfer none): the name
 */
const char *chorus_audio_kind_get_short_name (ChorusAudioKind kind);

/**
 * chorus_audio_kind_get_mime:
 * @kind: a kind
 *
 * The media type of @kind as the service writes it, which is "audio/" and the short name: "audio/mp3", not the
 * registered "audio/mpeg".
 *
 * Returns: (transfer none): the media type
 */
const char *chorus_audio_kind_get_mime (ChorusAudioKind kind);

/**
 * chorus_audio_kind_is_accepted:
 * @kind: a kind
 *
 * Whether the service takes files of @kind: WAV, MP3, M4A and WebM.
 *
 * Returns: %TRUE when it does
 */
gboolean chorus_audio_kind_is_accepted (ChorusAudioKind kind);

/**
 * ChorusAudioInfo:
 * @kind: what the file is
 * @n_frames: length in sample frames. Exact for WAV, RF64, W64 and AIFF; from the container's duration for the others
 * @sample_rate: sample frames per second, in Hz
 * @channels: number of channels, at least 1
 * @bits: meaningful bits of one sample, 0 where the encoding has no such number
 * @duration: length in seconds
 * @size: size of the file in bytes
 * @truncated: the header promises more samples than the file holds, as after a power cut; the other members
 *   describe what is there
 *
 * What is known about an audio file without decoding it.
 */
typedef struct
{
  ChorusAudioKind kind;
  guint64 n_frames;
  double sample_rate;
  guint channels;
  guint bits;
  double duration;
  goffset size;
  gboolean truncated;
} ChorusAudioInfo;

#define CHORUS_TYPE_AUDIO_INFO (chorus_audio_info_get_type ())

GType chorus_audio_info_get_type (void);

/**
 * chorus_audio_info_copy:
 * @info: what is to be copied
 *
 * Returns: (transfer full): a copy of @info
 */
ChorusAudioInfo *chorus_audio_info_copy (const ChorusAudioInfo *info);

/**
 * chorus_audio_info_free:
 * @info: (transfer full) (nullable): what is no longer needed
 */
void chorus_audio_info_free (ChorusAudioInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusAudioInfo, chorus_audio_info_free)

G_END_DECLS
