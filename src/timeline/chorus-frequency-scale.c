/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-frequency-scale.h"

#include <math.h>

/* Ten octaves. */
#define LOGARITHMIC_SPAN 1024.0
#define LEAST_HERTZ 1e-3

#define MEL_FACTOR 2595.0
#define MEL_CORNER 700.0

double
chorus_frequency_scale_get_floor (ChorusFrequencyScale scale,
                                  double               nyquist)
{
  return scale == CHORUS_FREQUENCY_SCALE_LOGARITHMIC ? nyquist / LOGARITHMIC_SPAN : 0.0;
}

double
chorus_frequency_scale_forward (ChorusFrequencyScale scale,
                                double               hertz)
{
  switch (scale)
    {
    case CHORUS_FREQUENCY_SCALE_LOGARITHMIC:
      return log2 (MAX (hertz, LEAST_HERTZ));
    case CHORUS_FREQUENCY_SCALE_MEL:
      return hertz < 0.0 ? -MEL_FACTOR * log10 (1.0 - hertz / MEL_CORNER)
                         : MEL_FACTOR * log10 (1.0 + hertz / MEL_CORNER);
    case CHORUS_FREQUENCY_SCALE_LINEAR:
    default:
      return hertz;
    }
}

double
chorus_frequency_scale_backward (ChorusFrequencyScale scale,
                                 double               value)
{
  switch (scale)
    {
    case CHORUS_FREQUENCY_SCALE_LOGARITHMIC:
      return exp2 (value);
    case CHORUS_FREQUENCY_SCALE_MEL:
      return value < 0.0 ? -MEL_CORNER * (pow (10.0, -value / MEL_FACTOR) - 1.0)
                         : MEL_CORNER * (pow (10.0, value / MEL_FACTOR) - 1.0);
    case CHORUS_FREQUENCY_SCALE_LINEAR:
    default:
      return value;
    }
}
