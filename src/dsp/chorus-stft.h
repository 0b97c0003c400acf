/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-window-function.h"

#include <stddef.h>

#define CHORUS_STFT_MIN_WINDOW_LENGTH 128u
#define CHORUS_STFT_MAX_WINDOW_LENGTH 16384u

/**
 * CHORUS_STFT_FLOOR_DB:
 *
 * The level of digital silence, in dBFS. No level is lower.
 */
#define CHORUS_STFT_FLOOR_DB (-200.0)

/**
 * CHORUS_STFT_SAMPLE_LIMIT:
 *
 * A sample of a greater magnitude (120 dB above full scale), like one that is not a number, is damage in the file and
 * not sound: it is taken as 0, so that it cannot spread over the spectrum.
 */
#define CHORUS_STFT_SAMPLE_LIMIT 1e6f

/**
 * ChorusStftParams:
 * @window_length: samples in a frame: a power of two, 128 to 16384
 * @hop: samples from the start of a frame to the start of the next, at least 1
 * @function: the window laid over each frame
 * @kaiser_beta: the shape of a Kaiser window; other windows ignore it
 *
 * What a short-time Fourier transform is made of.
 */
typedef struct
{
  unsigned window_length;
  unsigned hop;
  ChorusWindowFunction function;
  double kaiser_beta;
} ChorusStftParams;

/**
 * ChorusStft:
 *
 * A short-time Fourier transform to levels in dBFS.
 *
 * The convention: a sine of amplitude 1 at the frequency of a bin has the level 0 dBFS in that bin, whatever the window
 * and its length. A bin is scaled by 2 over the sum of the window's weights; the first and the last bin, which have no
 * mirror image, by 1 over that sum, so that a constant of 1 is 0 dBFS as well.
 *
 * An object owns its buffers: use it from one thread at a time. Making and freeing objects is safe from any thread.
 */
typedef struct _ChorusStft ChorusStft;

/**
 * chorus_stft_new:
 * @params: the window and the hop
 *
 * Plans a transform. The plan depends on @params alone, never on timing, so that results can be reproduced.
 *
 * Returns: (transfer full) (nullable): a transform, or %NULL if @params is out of range or memory is short
 */
ChorusStft *chorus_stft_new (const ChorusStftParams *params);

/**
 * chorus_stft_free:
 * @stft: (transfer full) (nullable): a transform
 *
 * Frees a transform.
 */
void chorus_stft_free (ChorusStft *stft);

/**
 * chorus_stft_get_window_length:
 * @stft: a transform
 *
 * Returns: the length of a frame, in samples
 */
unsigned chorus_stft_get_window_length (const ChorusStft *stft);

/**
 * chorus_stft_get_hop:
 * @stft: a transform
 *
 * Returns: the distance of one frame from the next, in samples
 */
unsigned chorus_stft_get_hop (const ChorusStft *stft);

/**
 * chorus_stft_n_bins:
 * @stft: a transform
 *
 * Bin b lies at b / window_length of the sampling rate.
 *
 * Returns: the number of frequency bins of a frame: window_length / 2 + 1
 */
unsigned chorus_stft_n_bins (const ChorusStft *stft);

/**
 * chorus_stft_levels:
 * @stft: a transform
 * @samples: (array): (@n_frames - 1) * hop + window_length samples, full scale 1; frame f starts at sample f * hop
 * @n_frames: how many frames to transform
 * @levels_db: (out caller-allocates) (array): receives @n_frames * n_bins levels in dBFS, the level of a bin of a
 *   frame at [frame * n_bins + bin], all of them finite and at least %CHORUS_STFT_FLOOR_DB
 *
 * Computes levels. They are within 0.001 dB of what single precision Fourier transforms allow.
 */
void chorus_stft_levels (ChorusStft  *stft,
                         const float *samples,
                         size_t       n_frames,
                         float       *levels_db);
