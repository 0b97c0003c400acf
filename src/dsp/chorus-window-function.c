/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-window-function.h"

#include <math.h>

#define CHORUS_WINDOW_FUNCTION_MAX_BETA 30.0

/* The modified Bessel function of the first kind and order 0, by its power series. All terms are positive, so nothing
 * cancels, and for arguments up to 30 it has converged long before the last one. */
static double
chorus_window_function_bessel_i0 (double x)
{
  double quarter = x * x / 4.0;
  double term = 1.0;
  double sum = 1.0;

  for (int k = 1; k <= 200 && term > sum * 1e-17; k++)
    {
      term *= quarter / ((double) k * k);
      sum += term;
    }

  return sum;
}

static void
chorus_window_function_fill_cosines (const double *coefficients,
                                     size_t        n_coefficients,
                                     float        *out,
                                     size_t        n)
{
  for (size_t i = 0; i < n; i++)
    {
      double phase = 2.0 * M_PI * (double) i / (double) n;
      double weight = 0.0;

      for (size_t k = 0; k < n_coefficients; k++)
        weight += coefficients[k] * cos ((double) k * phase);
      out[i] = (float) weight;
    }
}

static void
chorus_window_function_fill_kaiser (double  beta,
                                    float  *out,
                                    size_t  n)
{
  double bounded = beta >= 0.0 ? fmin (beta, CHORUS_WINDOW_FUNCTION_MAX_BETA) : 0.0;
  double peak = chorus_window_function_bessel_i0 (bounded);

  for (size_t i = 0; i < n; i++)
    {
      double x = 2.0 * (double) i / (double) n - 1.0;

      out[i] = (float) (chorus_window_function_bessel_i0 (bounded * sqrt (1.0 - x * x)) / peak);
    }
}

void
chorus_window_function_fill (ChorusWindowFunction  function,
                             double                kaiser_beta,
                             float                *out,
                             size_t                n)
{
  static const double rectangular[] = { 1.0 };
  static const double hann[] = { 0.5, -0.5 };
  static const double hamming[] = { 0.54, -0.46 };
  static const double blackman_harris[] = { 0.35875, -0.48829, 0.14128, -0.01168 };

  switch (function)
    {
    case CHORUS_WINDOW_FUNCTION_HANN:
      chorus_window_function_fill_cosines (hann, 2, out, n);
      break;

    case CHORUS_WINDOW_FUNCTION_HAMMING:
      chorus_window_function_fill_cosines (hamming, 2, out, n);
      break;

    case CHORUS_WINDOW_FUNCTION_BLACKMAN_HARRIS:
      chorus_window_function_fill_cosines (blackman_harris, 4, out, n);
      break;

    case CHORUS_WINDOW_FUNCTION_KAISER:
      chorus_window_function_fill_kaiser (kaiser_beta, out, n);
      break;

    case CHORUS_WINDOW_FUNCTION_RECTANGULAR:
    default:
      chorus_window_function_fill_cosines (rectangular, 1, out, n);
      break;
    }
}
