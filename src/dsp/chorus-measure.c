/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-measure.h"

#include "chorus-peaks.h"

#include <math.h>

static double
chorus_measure_db (double amplitude)
{
  return amplitude > 0.0 ? fmax (20.0 * log10 (amplitude), CHORUS_MEASURE_FLOOR_DB) : CHORUS_MEASURE_FLOOR_DB;
}

double
chorus_measure_rms_db (const float *samples,
                       size_t       n)
{
  ChorusPeak peak = { 0 };

  if (n > 0)
    chorus_peaks_compute (samples, n, n, &peak);

  return chorus_measure_db ((double) peak.rms * M_SQRT2);
}

double
chorus_measure_peak_db (const float *samples,
                        size_t       n)
{
  ChorusPeak peak = { 0 };

  if (n > 0)
    chorus_peaks_compute (samples, n, n, &peak);

  return chorus_measure_db (fmax ((double) peak.max, -(double) peak.min));
}
