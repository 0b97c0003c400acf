/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-viewport.h"

#include <math.h>

/* The shortest span is so many samples, and never below a millisecond's worth of ticks. */
#define LEAST_SAMPLES 64.0
#define LEAST_SECONDS 0.005
/* The narrowest band, as a part of the height of all frequencies on the scale. */
#define LEAST_BAND_FRACTION (1.0 / 128.0)
/* Air beside a span that is brought into view, as a part of what is visible. */
#define REVEAL_MARGIN 0.1
#define REVEAL_ZOOM 1.5
/* Where on the new page the position stands. */
#define PAGE_MARGIN 0.05

void
chorus_viewport_init (ChorusViewport *self,
                      double          duration,
                      double          sample_rate)
{
  self->duration = isfinite (duration) ? MAX (duration, 0.0) : 0.0;
  self->nyquist = isfinite (sample_rate) ? MAX (sample_rate / 2.0, 0.0) : 0.0;
  self->least_length = sample_rate > 0 ? MAX (LEAST_SAMPLES / sample_rate, LEAST_SECONDS) : LEAST_SECONDS;
  self->least_length = MIN (self->least_length, self->duration);
  self->start = 0.0;
  self->length = self->duration;
  self->low = 0.0;
  self->high = self->nyquist;
  self->scale = CHORUS_FREQUENCY_SCALE_LINEAR;
}

void
chorus_viewport_set_span (ChorusViewport *self,
                          double          start,
                          double          length)
{
  if (!isfinite (start) || !isfinite (length))
    return;
  self->length = CLAMP (length, self->least_length, self->duration);
  self->start = CLAMP (start, 0.0, self->duration - self->length);
}

/* A band in units that are even on the scale. */
typedef struct
{
  double low;
  double high;
  /* All there is */
  double least;
  double most;
} ChorusScaledBand;

static ChorusScaledBand
chorus_viewport_get_scaled (const ChorusViewport *self)
{
  ChorusFrequencyBand band = chorus_viewport_get_band (self);
  double floor_hertz = chorus_frequency_scale_get_floor (self->scale, self->nyquist);

  return (ChorusScaledBand){
    .low = chorus_frequency_scale_forward (self->scale, band.low),
    .high = chorus_frequency_scale_forward (self->scale, band.high),
    .least = chorus_frequency_scale_forward (self->scale, floor_hertz),
    .most = chorus_frequency_scale_forward (self->scale, self->nyquist),
  };
}

/* Shows what begins at @low and is @width high on the scale, as far as it exists. */
static void
chorus_viewport_set_scaled (ChorusViewport         *self,
                            const ChorusScaledBand *all,
                            double                  low,
                            double                  width)
{
  double range = all->most - all->least;

  width = CLAMP (width, range * LEAST_BAND_FRACTION, range);
  low = CLAMP (low, all->least, all->most - width);
  /* What reaches an end has it exactly, however the sum is rounded. */
  self->low = low <= all->least ? 0.0 : chorus_frequency_scale_backward (self->scale, low);
  self->high = low + width >= all->most ? self->nyquist : chorus_frequency_scale_backward (self->scale, low + width);
}

ChorusFrequencyBand
chorus_viewport_get_band (const ChorusViewport *self)
{
  return (ChorusFrequencyBand){
    .low = MAX (self->low, chorus_frequency_scale_get_floor (self->scale, self->nyquist)),
    .high = self->high,
  };
}

void
chorus_viewport_set_band (ChorusViewport *self,
                          double          low,
                          double          high)
{
  ChorusScaledBand all = chorus_viewport_get_scaled (self);
  double scaled_low = 0.0;
  double scaled_high = 0.0;

  if (!isfinite (low) || !isfinite (high) || !(self->nyquist > 0.0))
    return;
  scaled_low = chorus_frequency_scale_forward (self->scale, low);
  scaled_high = chorus_frequency_scale_forward (self->scale, high);
  if (low <= chorus_frequency_scale_get_floor (self->scale, self->nyquist) && low >= 0.0)
    scaled_low = all.least;
  if (low >= 0.0 && high <= self->nyquist && scaled_high - scaled_low >= (all.most - all.least) * LEAST_BAND_FRACTION)
    {
      /* As it was said, without the rounding of a scale and back. */
      self->low = scaled_low <= all.least ? 0.0 : low;
      self->high = high;
      return;
    }
  chorus_viewport_set_scaled (self, &all, scaled_low, scaled_high - scaled_low);
}

void
chorus_viewport_set_scale (ChorusViewport       *self,
                           ChorusFrequencyScale  scale)
{
  self->scale = scale;
  chorus_viewport_set_band (self, self->low, self->high);
}

void
chorus_viewport_shift_band (ChorusViewport *self,
                            double          part)
{
  ChorusScaledBand band = chorus_viewport_get_scaled (self);

  if (!isfinite (part) || !(band.high > band.low))
    return;
  chorus_viewport_set_scaled (self, &band, band.low + part * (band.high - band.low), band.high - band.low);
}

void
chorus_viewport_zoom (ChorusViewport *self,
                      double          factor,
                      double          time)
{
  double length = 0.0;
  double fraction = 0.0;

  if (!(factor > 0.0) || !isfinite (factor) || !isfinite (time) || !(self->length > 0.0))
    return;
  length = CLAMP (self->length / factor, self->least_length, self->duration);
  fraction = CLAMP ((time - self->start) / self->length, 0.0, 1.0);
  chorus_viewport_set_span (self, self->start + fraction * (self->length - length), length);
}

void
chorus_viewport_zoom_band (ChorusViewport *self,
                           double          factor,
                           double          frequency)
{
  ChorusScaledBand band = chorus_viewport_get_scaled (self);
  double width = band.high - band.low;
  double range = band.most - band.least;
  double new_width = 0.0;
  double fraction = 0.0;

  if (!(factor > 0.0) || !isfinite (factor) || !isfinite (frequency) || !(width > 0.0))
    return;
  new_width = CLAMP (width / factor, range * LEAST_BAND_FRACTION, range);
  fraction = CLAMP ((chorus_frequency_scale_forward (self->scale, frequency) - band.low) / width, 0.0, 1.0);
  chorus_viewport_set_scaled (self, &band, band.low + fraction * (width - new_width), new_width);
}

void
chorus_viewport_reveal (ChorusViewport       *self,
                        const ChorusTimeSpan *span)
{
  double wanted = span->end - span->start;
  double margin = 0.0;

  if (!isfinite (span->start) || !isfinite (span->end) || wanted < 0.0)
    return;
  if (wanted > self->length)
    {
      chorus_viewport_set_span (self, span->start - wanted * (REVEAL_ZOOM - 1.0) / 2.0, wanted * REVEAL_ZOOM);
      return;
    }
  margin = MIN (self->length * REVEAL_MARGIN, (self->length - wanted) / 2.0);
  if (span->start - margin < self->start)
    chorus_viewport_set_span (self, span->start - margin, self->length);
  else if (span->end + margin > self->start + self->length)
    chorus_viewport_set_span (self, span->end + margin - self->length, self->length);
}

void
chorus_viewport_follow (ChorusViewport *self,
                        double          position)
{
  if (position >= self->start && position <= self->start + self->length)
    return;
  chorus_viewport_set_span (self, position - self->length * PAGE_MARGIN, self->length);
}

gboolean
chorus_viewport_equal (const ChorusViewport *self,
                       const ChorusViewport *other)
{
  return self->start == other->start && self->length == other->length && self->low == other->low
         && self->high == other->high;
}
