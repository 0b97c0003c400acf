/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "core/chorus-frequency-band.h"

G_BEGIN_DECLS

/**
 * ChorusFirFilter:
 *
 * A band-pass of linear phase with an odd number of taps. Its delay is a whole number of samples, which both functions
 * below take away: what they write is aligned with what they read, to the sample. Immutable, and usable from any thread.
 */
typedef struct _ChorusFirFilter ChorusFirFilter;

/**
 * chorus_fir_filter_new:
 * @band: what passes, in Hz; an edge at or below 0, or at or above half of @sample_rate, is no edge
 * @transition: how wide an edge is, in Hz, above 0
 * @sample_rate: in Hz, above 0
 * @max_taps: how many taps there may be, at least 3; an edge gets wider where that is too few
 *
 * Designs by the window method: the ideal band-pass times a Kaiser window whose parameter gives 80 dB (J. F. Kaiser,
 * "Nonrecursive digital filter design using the I0-sinh window function", 1974; the formulas are those of Oppenheim
 * and Schafer, Discrete-Time Signal Processing, section 7.5.3). The edges of @band are where half of the amplitude
 * passes, -6 dB; the gain is 1 in the middle of the band, at 0 Hz where it has no lower edge, and at half of the sample
 * rate where it has no upper one.
 *
 * Returns: (transfer full): a filter
 */
ChorusFirFilter *chorus_fir_filter_new (ChorusFrequencyBand band,
                                        double              transition,
                                        double              sample_rate,
                                        gsize               max_taps);

/**
 * chorus_fir_filter_free:
 * @self: (transfer full) (nullable): a filter
 */
void chorus_fir_filter_free (ChorusFirFilter *self);

/**
 * chorus_fir_filter_get_half:
 * @self: a filter
 *
 * Returns: how many samples on either side of a sample take part in its result
 */
gsize chorus_fir_filter_get_half (const ChorusFirFilter *self);

/**
 * chorus_fir_filter_apply:
 * @self: a filter
 * @samples: float[@n_results + 2 half]; the sample at index half is the one that the first result belongs to
 * @results: (out caller-allocates): float[@n_results]
 * @n_results: how many results
 *
 * Filters. A result depends on its neighborhood alone and not on how a recording is divided into calls, to the bit.
 */
void chorus_fir_filter_apply (const ChorusFirFilter *self,
                              const float           *samples,
                              float                 *results,
                              gsize                  n_results);

/**
 * chorus_fir_filter_apply_strided:
 * @self: a filter
 * @samples: float[(@n_results - 1) * @stride + 1 + 2 half]
 * @stride: how many samples lie between a result and the next
 * @results: (out caller-allocates): float[@n_results]
 * @n_results: how many results
 *
 * Filters, and computes only every @stride-th result.
 */
void chorus_fir_filter_apply_strided (const ChorusFirFilter *self,
                                      const float           *samples,
                                      gsize                  stride,
                                      float                 *results,
                                      gsize                  n_results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusFirFilter, chorus_fir_filter_free)

G_END_DECLS
