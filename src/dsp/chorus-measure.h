/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/**
 * CHORUS_MEASURE_FLOOR_DB:
 *
 * The level of digital silence, in dBFS. No measured level is lower.
 */
#define CHORUS_MEASURE_FLOOR_DB (-200.0)

/**
 * chorus_measure_rms_db:
 * @samples: (array length=n): samples, full scale 1; damage counts as 0 (see %CHORUS_STFT_SAMPLE_LIMIT)
 * @n: how many; none is silence
 *
 * Measures the root mean square level against that of a full-scale sine: such a sine is at 0 dBFS, as in the
 * spectrogram and in AES17, not at -3.01.
 *
 * Returns: the level, in dBFS
 */
double chorus_measure_rms_db (const float *samples,
                              size_t       n);

/**
 * chorus_measure_peak_db:
 * @samples: (array length=n): samples, full scale 1; damage counts as 0 (see %CHORUS_STFT_SAMPLE_LIMIT)
 * @n: how many; none is silence
 *
 * Measures the largest magnitude of a sample against full scale.
 *
 * Returns: the level, in dBFS
 */
double chorus_measure_peak_db (const float *samples,
                               size_t       n);
