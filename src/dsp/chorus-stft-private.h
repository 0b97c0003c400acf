/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-stft.h"

/*
 * chorus_stft_powers:
 * @stft: a transform
 * @samples: (array): window_length samples
 *
 * Transforms one frame.
 *
 * Returns: (array) (transfer none): n_bins powers, 1 for a full-scale sine, valid until the next frame
 */
const float *chorus_stft_powers (ChorusStft  *stft,
                                 const float *samples);

/*
 * chorus_stft_maximum_powers:
 * @stft: a transform
 * @samples: (array): (@n_frames - 1) * hop + window_length samples
 * @n_frames: how many frames to transform, at least 1
 *
 * Transforms frames and keeps the greatest power of each bin.
 *
 * Returns: (array) (transfer none): n_bins powers, valid until the next frame
 */
const float *chorus_stft_maximum_powers (ChorusStft  *stft,
                                         const float *samples,
                                         size_t       n_frames);
