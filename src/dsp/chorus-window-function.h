/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/**
 * ChorusWindowFunction:
 * @CHORUS_WINDOW_FUNCTION_RECTANGULAR: no taper: the narrowest line and the worst leakage
 * @CHORUS_WINDOW_FUNCTION_HANN: raised cosine; a good first choice
 * @CHORUS_WINDOW_FUNCTION_HAMMING: raised cosine on a pedestal, first side lobe -43 dB
 * @CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS: four cosine terms, side lobes under -92 dB
 * @CHORUS_WINDOW_FUNCTION_KAISER: near-optimal concentration, adjusted by its beta
 *
 * The taper laid over a stretch of samples before its Fourier transform.
 *
 * Definitions: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform",
 * Proceedings of the IEEE 66(1), 1978.
 */
typedef enum
{
  CHORUS_WINDOW_FUNCTION_RECTANGULAR,
  CHORUS_WINDOW_FUNCTION_HANN,
  CHORUS_WINDOW_FUNCTION_HAMMING,
  CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS,
  CHORUS_WINDOW_FUNCTION_KAISER,
} ChorusWindowFunction;

/**
 * chorus_window_function_fill:
 * @function: which window
 * @kaiser_beta: the shape of a Kaiser window, 0 (rectangular) to 30; other windows ignore it
 * @out: (array length=n): receives the weights, the largest of them 1 or close to it
 * @n: the length of the window, in samples
 *
 * Computes a window in its periodic ("DFT-even") form: the first @n weights of the symmetric window of length @n + 1,
 * the form that suits spectral analysis.
 */
void chorus_window_function_fill (ChorusWindowFunction  function,
                                  double                kaiser_beta,
                                  float                *out,
                                  size_t                n);
