/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Samples as WAV files hold them: little-endian, and unsigned where they have eight bits. */

#pragma once

#include "chorus-pcm-encoding.h"

G_BEGIN_DECLS

/**
 * chorus_pcm_convert_to_wave:
 * @encoding: how the samples are stored
 * @bytes: (inout): guint8[@n_samples * size of @encoding], at any alignment
 * @n_samples: how many samples
 *
 * Puts the bytes of samples into the order of WAV, in place. Not a bit is lost.
 */
void chorus_pcm_convert_to_wave (ChorusPcmEncoding  encoding,
                                 guint8            *bytes,
                                 gsize              n_samples);

/**
 * chorus_pcm_convert_is_wave:
 * @encoding: how samples are stored
 *
 * Returns: whether [func@pcm_convert_to_wave] has nothing to do for them
 */
gboolean chorus_pcm_convert_is_wave (ChorusPcmEncoding encoding);

/**
 * chorus_pcm_convert_from_float:
 * @bits: 16 or 24
 * @samples: float[@n_samples] with full scale from -1 to 1
 * @n_samples: how many samples
 * @bytes: (out caller-allocates): guint8[@n_samples * @bits / 8]
 *
 * Makes little-endian integers: times 2^(bits-1), to the nearest, clipped; without dither, so that what was an integer
 * of no more bits before it was a float is that integer again. What is not a number becomes 0.
 */
void chorus_pcm_convert_from_float (guint        bits,
                                    const float *samples,
                                    gsize        n_samples,
                                    guint8      *bytes);

G_END_DECLS
