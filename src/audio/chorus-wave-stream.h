/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-wave-layout.h"

G_BEGIN_DECLS

/**
 * ChorusWaveStream:
 *
 * The samples of any recording as a WAV file holds them, in order. Those of WAV, RF64 and W64 are copied, those of AIFF
 * put into the order of bytes of WAV, and everything else is decoded: to 24-bit integers where it is lossless and has
 * more than 16 bits, and to 16-bit integers otherwise. Memory use does not grow with the length. To be used in one
 * thread at a time.
 */
typedef struct _ChorusWaveStream ChorusWaveStream;

/**
 * chorus_wave_stream_open:
 * @file: an open file; must outlive the stream
 * @cancellable: (nullable): to give up
 * @error: return location for an error of `CHORUS_AUDIO_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Recognizes @file and goes to its first sample. Blocks.
 *
 * Returns: (transfer full): the stream, or %NULL with @error set
 */
ChorusWaveStream *chorus_wave_stream_open (const ChorusAudioFile  *file,
                                           GCancellable           *cancellable,
                                           GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void chorus_wave_stream_free (ChorusWaveStream *self);

/**
 * chorus_wave_stream_get_layout:
 * @self: a stream
 *
 * Returns: (transfer none): what a WAV file holds around its samples; the number of frames in it is 0 where only
 *   [method@WaveStream.count] can tell it
 */
const ChorusWaveLayout *chorus_wave_stream_get_layout (const ChorusWaveStream *self);

/**
 * chorus_wave_stream_is_decoded:
 * @self: a stream
 *
 * Returns: whether the samples pass through a decoder
 */
gboolean chorus_wave_stream_is_decoded (const ChorusWaveStream *self);

/**
 * chorus_wave_stream_count:
 * @self: a stream
 * @n_frames: (out): the length, in sample frames
 * @cancellable: (nullable): to give up
 * @error: return location for an error as of [ctor@WaveStream.open]
 *
 * Finds out how long the recording is. What is decoded is decoded to its end.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_wave_stream_count (ChorusWaveStream  *self,
                                   guint64           *n_frames,
                                   GCancellable      *cancellable,
                                   GError           **error);

/**
 * chorus_wave_stream_go_to:
 * @self: a stream
 * @frame: a sample frame
 * @cancellable: (nullable): to give up
 * @error: return location for an error as of [ctor@WaveStream.open]
 *
 * Goes to a frame. What is decoded goes on from where it is when @frame lies ahead, and begins anew when it lies
 * behind: seeking in compressed files is not exact.
 *
 * Returns: %TRUE, also beyond the end; %FALSE with @error set
 */
gboolean chorus_wave_stream_go_to (ChorusWaveStream  *self,
                                   guint64            frame,
                                   GCancellable      *cancellable,
                                   GError           **error);

/**
 * chorus_wave_stream_read:
 * @self: a stream
 * @buffer: (out caller-allocates): guint8[@count]
 * @count: how many bytes; they need not be whole frames
 * @n_read: (out): how many there were; fewer than @count only at the end
 * @cancellable: (nullable): to give up
 * @error: return location for an error as of [ctor@WaveStream.open]
 *
 * Reads the bytes of the next samples.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_wave_stream_read (ChorusWaveStream  *self,
                                  guint8            *buffer,
                                  gsize              count,
                                  gsize             *n_read,
                                  GCancellable      *cancellable,
                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusWaveStream, chorus_wave_stream_free)

G_END_DECLS
