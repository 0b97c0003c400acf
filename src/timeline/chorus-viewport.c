/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-viewport.h"

#include <math.h>

/* The shortest span is so many samples, and never below a millisecond's worth of ticks. */
#define LEAST_SAMPLES 64.0
#define LEAST_SECONDS 0.005
/* The narrowest band, as a part of all frequencies. */
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

void
chorus_viewport_set_band (ChorusViewport *self,
                          double          low,
                          double          high)
{
  double least = self->nyquist * LEAST_BAND_FRACTION;
  double width = 0.0;

  if (!isfinite (low) || !isfinite (high))
    return;
  width = CLAMP (high - low, least, self->nyquist);
  self->low = CLAMP (low, 0.0, self->nyquist - width);
  /* What reaches the top has it exactly, however the sum is rounded. */
  self->high = MIN (self->low + width, self->nyquist);
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
  double width = self->high - self->low;
  double new_width = 0.0;
  double fraction = 0.0;

  if (!(factor > 0.0) || !isfinite (factor) || !isfinite (frequency) || !(width > 0.0))
    return;
  new_width = CLAMP (width / factor, self->nyquist * LEAST_BAND_FRACTION, self->nyquist);
  fraction = CLAMP ((frequency - self->low) / width, 0.0, 1.0);
  chorus_viewport_set_band (self, self->low + fraction * (width - new_width),
                            self->low + fraction * (width - new_width) + new_width);
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
