/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/**
 * ChorusPeak:
 * @min: the lowest sample
 * @max: the highest sample
 * @rms: the root mean square of the samples
 *
 * What a waveform shows of a run of samples. Never an average: the extremes are samples of the recording.
 */
typedef struct
{
  float min;
  float max;
  float rms;
} ChorusPeak;

/**
 * chorus_peaks_count:
 * @n_samples: a number of samples
 * @samples_per_peak: how many samples share a peak, at least 1
 *
 * Returns: how many peaks cover the samples, the last of them perhaps in part
 */
size_t chorus_peaks_count (size_t n_samples,
                           size_t samples_per_peak);

/**
 * chorus_peaks_compute:
 * @samples: (array length=n_samples): samples; damage counts as 0 (see %CHORUS_STFT_SAMPLE_LIMIT)
 * @n_samples: how many
 * @samples_per_peak: how many samples share a peak, at least 1
 * @out: (out caller-allocates) (array): receives chorus_peaks_count() peaks
 *
 * Computes a level of the peak pyramid from samples. The last peak may cover fewer samples.
 */
void chorus_peaks_compute (const float *samples,
                           size_t       n_samples,
                           size_t       samples_per_peak,
                           ChorusPeak  *out);

/**
 * chorus_peaks_merge:
 * @fine: (array): the peaks of @n_samples samples, @samples_per_peak each
 * @n_samples: how many samples @fine covers
 * @samples_per_peak: how many samples share a peak of @fine, at least 1
 * @coarse: (out caller-allocates) (array): receives chorus_peaks_count (@n_samples, 2 * @samples_per_peak) peaks; may
 *   be
 *   @fine itself
 *
 * Goes one level up the pyramid by merging peaks in pairs. The extremes are the same as if they had been computed from
 * the samples; the root mean square is the same but for rounding, also where the last peak covers fewer samples.
 */
void chorus_peaks_merge (const ChorusPeak *fine,
                         size_t            n_samples,
                         size_t            samples_per_peak,
                         ChorusPeak       *coarse);
