/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-audio-file.h"

G_BEGIN_DECLS

/**
 * ChorusDecoder:
 *
 * Decodes a compressed file with GStreamer from beginning to end, as floats at the file's own rate and channels. What the
 * encoder added at either end is left out where the file says what that is; where damage makes the decoder leave out
 * something in the middle and the file has times, silence takes its place, so that what follows stays in time. To be used
 * on one worker thread.
 */
typedef struct _ChorusDecoder ChorusDecoder;

/**
 * chorus_decoder_open:
 * @file: a file that was recognized as audio
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Opens @file and decodes as far as the first samples. Blocks.
 *
 * Errors are in %CHORUS_AUDIO_ERROR, or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the decoder, or %NULL with @error set
 */
ChorusDecoder *chorus_decoder_open (const ChorusAudioFile  *file,
                                    GCancellable           *cancellable,
                                    GError                **error);

/**
 * chorus_decoder_free:
 * @self: (transfer full) (nullable): a decoder
 *
 * Stops decoding.
 */
void chorus_decoder_free (ChorusDecoder *self);

/**
 * chorus_decoder_get_sample_rate:
 * @self: a decoder
 *
 * Returns: sample frames per second, in Hz
 */
guint chorus_decoder_get_sample_rate (const ChorusDecoder *self);

/**
 * chorus_decoder_get_channels:
 * @self: a decoder
 *
 * Returns: number of channels
 */
guint chorus_decoder_get_channels (const ChorusDecoder *self);

/**
 * chorus_decoder_get_duration:
 * @self: a decoder
 *
 * Returns: length in seconds as the container states it, 0 when it does not
 */
double chorus_decoder_get_duration (const ChorusDecoder *self);

/**
 * chorus_decoder_has_video:
 * @self: a decoder
 *
 * Returns: whether moving pictures lie beside the sound
 */
gboolean chorus_decoder_has_video (ChorusDecoder *self);

/**
 * chorus_decoder_get_bits:
 * @self: a decoder
 *
 * The width of the integers that hold what is decoded without loss, as far as floats do: 24 for lossless codecs with more
 * than 16 bits, 16 for the others and for every lossy codec, which has no such number.
 *
 * Returns: 16 or 24
 */
guint chorus_decoder_get_bits (ChorusDecoder *self);

/**
 * chorus_decoder_has_lost_file:
 * @self: a decoder
 *
 * Returns: whether decoding ended because the file could not be read any further, and not at its end or at damage in it
 */
gboolean chorus_decoder_has_lost_file (const ChorusDecoder *self);

/**
 * chorus_decoder_read:
 * @self: a decoder
 * @samples: (out) (transfer none): float[@n_frames * channels], valid until the next call
 * @n_frames: (out): number of frames, 0 at the end
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Goes on decoding. Damage that the decoder cannot get over ends the sound there, as the end of the file does: what came
 * before it is good.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_decoder_read (ChorusDecoder  *self,
                              const float   **samples,
                              gsize          *n_frames,
                              GCancellable   *cancellable,
                              GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusDecoder, chorus_decoder_free)

G_END_DECLS
