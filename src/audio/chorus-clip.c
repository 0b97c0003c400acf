/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip.h"

#include <math.h>

ChorusClip *
chorus_clip_new (ChorusSampleSource *source,
                 guint64             first_frame,
                 guint64             end_frame)
{
  ChorusClip *self;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);

  self = g_new0 (ChorusClip, 1);
  self->source = g_object_ref (source);
  self->first_frame = first_frame;
  self->end_frame = end_frame;

  return self;
}

/* Seconds as frames, within the recording. */
static guint64
chorus_clip_to_frame (ChorusSampleSource *source,
                      double              seconds)
{
  double n_frames = (double) chorus_sample_source_get_n_frames (source);
  double frame = isnan (seconds) ? 0.0 : round (seconds * chorus_sample_source_get_sample_rate (source));

  return (guint64) CLAMP (frame, 0.0, n_frames);
}

ChorusClip *
chorus_clip_new_for_span (ChorusSampleSource *source,
                          double              start,
                          double              end)
{
  guint64 first = 0;
  guint64 last = 0;

  g_return_val_if_fail (CHORUS_IS_SAMPLE_SOURCE (source), NULL);

  last = MAX (chorus_clip_to_frame (source, end), 1);
  first = MIN (chorus_clip_to_frame (source, start), last - 1);

  return chorus_clip_new (source, first, last);
}

void
chorus_clip_free (ChorusClip *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->source);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_free (self->original_name);
  g_free (self->species_auto_id);
  g_free (self->species_manual_id);
  g_free (self->note);
  g_free (self);
}

void
chorus_clip_get_extent (const ChorusClip *self,
                        guint64          *first_frame,
                        guint64          *n_frames)
{
  guint64 total = chorus_sample_source_get_n_frames (self->source);
  guint64 end = MIN (self->end_frame, total);
  guint64 first = MIN (self->first_frame, end);
  double padding = self->padding > 0 ? round (self->padding * chorus_sample_source_get_sample_rate (self->source)) : 0;
  guint64 n_padding = (guint64) MIN (padding, (double) total);

  *first_frame = first - MIN (first, n_padding);
  *n_frames = end + MIN (total - end, n_padding) - *first_frame;
}
