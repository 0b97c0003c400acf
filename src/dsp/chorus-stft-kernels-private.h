/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

/*
 * ChorusStftKernels:
 * @apply_window: multiplies @n samples by a window; damaged samples count as 0
 * @raise_powers: takes the discrete Fourier transform of @half complex numbers, whose real and imaginary parts are the
 *   even and odd samples of a frame, to the powers of the frame, and keeps the greater of each and what is in @powers.
 *   @spectrum has @half + 1 complex numbers, the last the same as the first; @cosines and @sines have @half / 2 of
 *   exp (-i pi k / @half); @powers has @half + 1. @half is a multiple of 16. The powers are 4 times the squared
 *   magnitudes of the frame's spectrum.
 * @decibels: takes powers to levels in dBFS, within 0.0001 dB and the rounding of the result
 * @quantize: takes powers to 8-bit levels as chorus_level_from_db() does, within 0.0004 dB of where one becomes the next
 *
 * The inner loops of the transform. Each has one version in plain C and may have another for the processor at hand; all
 * versions compute the same to the last bit, so that a result does not depend on the machine.
 *
 * A frame of real samples is transformed as half as many complex numbers (H. V. Sorensen et al., "Real-valued fast
 * Fourier transform algorithms", IEEE Transactions on Acoustics, Speech and Signal Processing 35(6), 1987), because
 * FFTW is more than twice as fast there than at real input, which it does not vectorize all the way.
 */
typedef struct
{
  void (*apply_window) (const float *samples, const float *window, float *out, unsigned n);
  void (*raise_powers) (const float *spectrum, const float *cosines, const float *sines, float *powers, unsigned half);
  void (*decibels) (const float *powers, float *levels_db, unsigned n);
  void (*quantize) (const float *powers, uint8_t *levels, unsigned n);
} ChorusStftKernels;

/* The plain version, which any other is held to. */
const ChorusStftKernels *chorus_stft_kernels_get_plain (void);

/* The fastest version that this processor can run. */
const ChorusStftKernels *chorus_stft_kernels_get (void);
