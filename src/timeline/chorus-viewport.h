/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown of a recording, and how it may change. Plain values; the limits are kept by every function. */

#pragma once

#include "core/chorus-frequency-band.h"
#include "core/chorus-time-span.h"

#include "chorus-frequency-scale.h"

G_BEGIN_DECLS

/**
 * ChorusViewport:
 * @duration: length of the recording, in seconds
 * @nyquist: highest frequency, in Hz
 * @least_length: the shortest span that can be shown, in seconds
 * @start: first visible instant, in seconds
 * @length: length of the visible span, in seconds
 * @low: lowest visible frequency, in Hz; 0 where a logarithmic scale is shown from its floor
 * @high: highest visible frequency, in Hz
 * @scale: what is even from @low to @high
 *
 * The visible part of a recording. The span is kept by its length, so that panning leaves that the same to the last bit
 * and what was drawn for it can be drawn again.
 */
typedef struct
{
  double duration;
  double nyquist;
  double least_length;
  double start;
  double length;
  double low;
  double high;
  ChorusFrequencyScale scale;
} ChorusViewport;

/**
 * chorus_viewport_init:
 * @self: (out caller-allocates): a viewport
 * @duration: length of the recording, in seconds
 * @sample_rate: sample frames per second, in Hz
 *
 * Shows everything.
 */
void chorus_viewport_init (ChorusViewport *self,
                           double          duration,
                           double          sample_rate);

/**
 * chorus_viewport_set_span:
 * @self: a viewport
 * @start: seconds
 * @length: seconds
 *
 * Shows this, as far as it exists.
 */
void chorus_viewport_set_span (ChorusViewport *self,
                               double          start,
                               double          length);

/**
 * chorus_viewport_set_band:
 * @self: a viewport
 * @low: Hz
 * @high: Hz
 *
 * Shows this, as far as it exists.
 */
void chorus_viewport_set_band (ChorusViewport *self,
                               double          low,
                               double          high);

/**
 * chorus_viewport_set_scale:
 * @self: a viewport
 * @scale: what is even from the lowest to the highest frequency
 *
 * Shows the same band on another scale.
 */
void chorus_viewport_set_scale (ChorusViewport       *self,
                                ChorusFrequencyScale  scale);

/**
 * chorus_viewport_get_band:
 * @self: a viewport
 *
 * Returns: what is shown, in Hz, from the floor of a logarithmic scale at least
 */
ChorusFrequencyBand chorus_viewport_get_band (const ChorusViewport *self);

/**
 * chorus_viewport_shift_band:
 * @self: a viewport
 * @part: how far, as a part of the visible height; positive shows higher sound
 *
 * Moves the band as a hand would move the picture: its height on the scale stays the same.
 */
void chorus_viewport_shift_band (ChorusViewport *self,
                                 double          part);

/**
 * chorus_viewport_zoom:
 * @self: a viewport
 * @factor: above 1 to see less and larger
 * @time: the instant that stays where it is, in seconds
 */
void chorus_viewport_zoom (ChorusViewport *self,
                           double          factor,
                           double          time);

/**
 * chorus_viewport_zoom_band:
 * @self: a viewport
 * @factor: above 1 to see less and larger
 * @frequency: the frequency that stays where it is, in Hz
 */
void chorus_viewport_zoom_band (ChorusViewport *self,
                                double          factor,
                                double          frequency);

/**
 * chorus_viewport_reveal:
 * @self: a viewport
 * @span: seconds
 *
 * Moves as little as needed to show @span with some air around it, and shows more only where it would not fit.
 */
void chorus_viewport_reveal (ChorusViewport       *self,
                             const ChorusTimeSpan *span);

/**
 * chorus_viewport_follow:
 * @self: a viewport
 * @position: seconds
 *
 * Turns the page when @position is not visible.
 */
void chorus_viewport_follow (ChorusViewport *self,
                             double          position);

/**
 * chorus_viewport_equal:
 * @self: a viewport
 * @other: another
 *
 * Returns: whether both show the same
 */
gboolean chorus_viewport_equal (const ChorusViewport *self,
                                const ChorusViewport *other);

G_END_DECLS
