/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusLimiter:
 *
 * Keeps samples within full scale, from -1 to 1, without distorting them: where a sample would go beyond, the gain of
 * all channels goes down along a ramp that begins 5 ms earlier, and comes back within a few tenths of a second. Where
 * nothing goes beyond, samples pass unchanged, to the bit.
 *
 * The gain at a sample is the mean, over the look-ahead before it, of the least gain that any sample of the look-ahead
 * after each of those asks for; every value that goes into that mean is therefore low enough for the sample.
 */
typedef struct _ChorusLimiter ChorusLimiter;

/**
 * chorus_limiter_new:
 * @sample_rate: in Hz, above 0
 * @n_channels: samples in a frame
 *
 * Returns: (transfer full): a limiter before its first sample
 */
ChorusLimiter *chorus_limiter_new (double sample_rate,
                                   guint  n_channels);

/**
 * chorus_limiter_free:
 * @self: (transfer full) (nullable): a limiter
 */
void chorus_limiter_free (ChorusLimiter *self);

/**
 * chorus_limiter_get_look_ahead:
 * @self: a limiter
 *
 * Returns: how many frames it holds back
 */
gsize chorus_limiter_get_look_ahead (const ChorusLimiter *self);

/**
 * chorus_limiter_push:
 * @self: a limiter
 * @frames: float[@n_frames * channels]
 * @n_frames: how many frames
 * @results: (out caller-allocates): float[@n_frames * channels]; may be @frames
 *
 * Takes frames. The frames that come back follow each other without a gap from the very first that was taken; the last
 * ones that were taken are held back until more come, or until [method@Limiter.drain].
 *
 * Returns: how many frames came back, at most @n_frames
 */
gsize chorus_limiter_push (ChorusLimiter *self,
                           const float   *frames,
                           gsize          n_frames,
                           float         *results);

/**
 * chorus_limiter_drain:
 * @self: a limiter
 * @results: (out caller-allocates): float[look-ahead * channels]
 *
 * Gives back what is held back. Nothing can be taken afterwards.
 *
 * Returns: how many frames came back
 */
gsize chorus_limiter_drain (ChorusLimiter *self,
                            float         *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusLimiter, chorus_limiter_free)

G_END_DECLS
