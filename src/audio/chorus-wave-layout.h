/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a WAV file made of a recording, or of a part of it, holds beside the samples. */

#pragma once

#include "chorus-pcm-header.h"

G_BEGIN_DECLS

/**
 * ChorusWaveLayout:
 *
 * The chunks of a recording, as they go into WAV files made from it. Sources of the format: Microsoft and IBM
 * "Multimedia Programming Interface and Data Specifications 1.0", and those of [struct@PcmHeader].
 */
typedef struct _ChorusWaveLayout ChorusWaveLayout;

/**
 * chorus_wave_layout_read:
 * @file: a file
 * @kind: what the file's first bytes say it is: WAV, RF64, W64 or AIFF
 * @error: return location for an error
 *
 * Reads the chunks of an uncompressed file. The format chunk is kept byte for byte, and so is what is known about the
 * recording, up to a mebibyte; chunks that name places in it, such as cues, are left out, since they would lie about a
 * part. From AIFF only the format is taken.
 *
 * Errors are in %CHORUS_AUDIO_ERROR.
 *
 * Returns: (transfer full): the layout, or %NULL with @error set
 */
ChorusWaveLayout *chorus_wave_layout_read (const ChorusAudioFile  *file,
                                           ChorusAudioKind         kind,
                                           GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_wave_layout_new_for_integers:
 * @sample_rate: sample frames per second, in Hz
 * @channels: number of channels, 1 to %CHORUS_PCM_HEADER_MAX_CHANNELS
 * @bits: bits of a sample, 16 or 24
 *
 * Returns: (transfer full): the layout of samples that come from elsewhere; its number of frames is 0
 */
ChorusWaveLayout *chorus_wave_layout_new_for_integers (guint sample_rate,
                                                       guint channels,
                                                       guint bits) G_GNUC_WARN_UNUSED_RESULT;

void chorus_wave_layout_free (ChorusWaveLayout *self);

/**
 * chorus_wave_layout_get_header:
 * @self: a layout
 *
 * Returns: (transfer none): where the samples are in the file that was read, and what they are there
 */
const ChorusPcmHeader *chorus_wave_layout_get_header (const ChorusWaveLayout *self);

/**
 * chorus_wave_layout_get_frame_size:
 * @self: a layout
 *
 * Returns: bytes of one sample frame, in the file as in a part
 */
gsize chorus_wave_layout_get_frame_size (const ChorusWaveLayout *self);

/**
 * chorus_wave_layout_is_regular:
 * @self: a layout
 *
 * Whether the file that was read is plain WAV as every reader expects it: the sizes in it are those that there are, the
 * format comes before the samples, and no pad byte is missing between them.
 *
 * Returns: %TRUE when it is
 */
gboolean chorus_wave_layout_is_regular (const ChorusWaveLayout *self);

/**
 * chorus_wave_layout_get_chunk:
 * @self: a layout
 * @id: the four characters of a chunk that is kept
 *
 * Returns: (transfer none) (nullable): what the first such chunk of the file that was read holds
 */
GBytes *chorus_wave_layout_get_chunk (const ChorusWaveLayout *self,
                                      const char             *id);

/**
 * chorus_wave_layout_set_chunk:
 * @self: a layout
 * @id: the four characters of a chunk
 * @contents: what it holds, already true of the part that will be made
 *
 * Puts a chunk behind the samples, in the place of all of its name.
 */
void chorus_wave_layout_set_chunk (ChorusWaveLayout *self,
                                   const char       *id,
                                   GBytes           *contents);

/**
 * chorus_wave_layout_build:
 * @self: a layout
 * @first_frame: where a part begins, in sample frames
 * @n_frames: its length, in sample frames; where WAV cannot count its bytes, the part becomes RF64
 * @head: (out) (transfer full): what comes before its samples
 * @tail: (out) (transfer full): what comes after them, a pad byte first where it is needed
 *
 * Makes the bytes around the samples of a part. The times in the metadata are those of the part; where the part is the
 * whole recording, they stay as they are.
 */
void chorus_wave_layout_build (const ChorusWaveLayout  *self,
                               guint64                  first_frame,
                               guint64                  n_frames,
                               GBytes                 **head,
                               GBytes                 **tail);

/**
 * chorus_wave_layout_measure:
 * @self: a layout
 * @first_frame: where a part begins, in sample frames
 * @n_frames: its length, in sample frames
 *
 * Returns: the size of the WAV file of the part, in bytes
 */
guint64 chorus_wave_layout_measure (const ChorusWaveLayout *self,
                                    guint64                 first_frame,
                                    guint64                 n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusWaveLayout, chorus_wave_layout_free)

G_END_DECLS
