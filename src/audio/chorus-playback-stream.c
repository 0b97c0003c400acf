/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three counts of frames: those of the recording; places, which are frames of the recording from the start of the span
 * on, through every round of a loop; and points, which are what the signal has one result for. Point 0 is where the
 * stream began, and @step places lie between a point and the next. */

#include "config.h"

#include "chorus-playback-stream.h"

#include <math.h>
#include <string.h>

#include "chorus-limiter.h"
#include "chorus-playback-signal.h"
#include "chorus-sample-cache.h"
#include "chorus-time-stretch.h"

#define CHORUS_PLAYBACK_STREAM_BLOCKS_PER_SECOND 100
#define CHORUS_PLAYBACK_STREAM_MIN_BLOCK 16

struct _ChorusPlaybackStream
{
  ChorusSampleSource *source;
  ChorusSampleCache *cache;
  guint64 first_frame;
  guint64 n_frames; /* of the span */
  guint64 origin;   /* the place of point 0 */

  ChorusPlaybackTreatment treatment;
  guint rate;
  guint step;
  guint n_channels;
  gsize block; /* frames */

  ChorusPlaybackSignal *signal;
  ChorusPlaybackSignal *old_signal; /* while it fades out */
  gint64 fade_first;                /* point */
  double fade_length;               /* points */

  gint64 point;               /* the next one, without a stretch */
  gint64 end_point;           /* G_MAXINT64 for a loop */
  guint64 end_place;          /* unless it is a loop */
  ChorusTimeStretch *stretch; /* (nullable) */
  ChorusLimiter *limiter;
  double normal_gain;
  double gain; /* that the last frame had */

  float *frames;
  float *faded;
  float *round; /* a whole round of a loop that is shorter than a block */
  gsize round_allocated;
  GError *error; /* of a read within a stretch */

  gboolean fade_in;
  gboolean leaving;
  gboolean left;
  gboolean drained;
  guint64 left_place;
};

static double
chorus_playback_stream_get_gain (ChorusPlaybackStream *self)
{
  double gain = chorus_playback_treatment_get_gain (&self->treatment);

  return self->treatment.normalize ? gain * self->normal_gain : gain;
}

/* Places */

static void
chorus_playback_stream_update_end (ChorusPlaybackStream *self)
{
  guint64 place;

  if (self->treatment.looping)
    {
      self->end_point = G_MAXINT64;
      return;
    }

  /* The round that it is in becomes the last one. */
  place = self->origin + (guint64) self->point * self->step;
  if (self->end_point == G_MAXINT64)
    {
      self->end_place = (place / self->n_frames + 1) * self->n_frames;
      self->end_point = (gint64) ((self->end_place - self->origin + self->step - 1) / self->step);
    }
}

/* Signal */

/* A loop that is shorter than what is wanted at once: computed once, and picked from. */
static gboolean
chorus_playback_stream_read_round (ChorusPlaybackStream  *self,
                                   ChorusPlaybackSignal  *signal,
                                   guint64                place,
                                   gsize                  n_points,
                                   float                 *frames,
                                   GError               **error)
{
  gsize n_samples = (gsize) self->n_frames * self->n_channels;

  if (self->round_allocated < n_samples)
    {
      g_free (self->round);
      self->round = g_new (float, n_samples);
      self->round_allocated = n_samples;
    }
  if (!chorus_playback_signal_read (signal, self->cache, self->first_frame, 1, (gsize) self->n_frames, self->round,
                                    error))
    return FALSE;

  for (gsize i = 0; i < n_points; i++)
    memcpy (frames + i * self->n_channels,
            self->round + (gsize) ((place + i * self->step) % self->n_frames) * self->n_channels,
            self->n_channels * sizeof (float));

  return TRUE;
}

/* Reads points that all lie within what is played. */
static gboolean
chorus_playback_stream_read_inside (ChorusPlaybackStream  *self,
                                    ChorusPlaybackSignal  *signal,
                                    gint64                 point,
                                    gsize                  n_points,
                                    float                 *frames,
                                    GError               **error)
{
  guint64 place = self->origin + (guint64) point * self->step;

  if (self->n_frames <= (guint64) n_points * self->step
      && place % self->n_frames + (n_points - 1) * self->step >= self->n_frames)
    return chorus_playback_stream_read_round (self, signal, place, n_points, frames, error);

  while (n_points > 0)
    {
      guint64 offset = place % self->n_frames;
      gsize n = (gsize) MIN ((guint64) n_points, (self->n_frames - offset + self->step - 1) / self->step);

      if (!chorus_playback_signal_read (signal, self->cache, self->first_frame + offset, self->step, n, frames, error))
        return FALSE;
      frames += n * self->n_channels;
      place += (guint64) n * self->step;
      n_points -= n;
    }

  return TRUE;
}

/* Reads points of one signal, with silence before the first and after the last. */
static gboolean
chorus_playback_stream_read_signal (ChorusPlaybackStream  *self,
                                    ChorusPlaybackSignal  *signal,
                                    gint64                 point,
                                    gsize                  n_points,
                                    float                 *frames,
                                    GError               **error)
{
  gint64 first = CLAMP (point, 0, self->end_point);
  gint64 end = CLAMP (point + (gint64) n_points, first, self->end_point);

  memset (frames, 0, n_points * self->n_channels * sizeof (float));
  if (first >= end)
    return TRUE;

  return chorus_playback_stream_read_inside (self, signal, first, (gsize) (end - first),
                                             frames + (gsize) (first - point) * self->n_channels, error);
}

static gboolean
chorus_playback_stream_read (ChorusPlaybackStream  *self,
                             gint64                 point,
                             gsize                  n_points,
                             float                 *frames,
                             GError               **error)
{
  if (!chorus_playback_stream_read_signal (self, self->signal, point, n_points, frames, error))
    return FALSE;
  if (self->old_signal == NULL || (double) (point - self->fade_first) >= self->fade_length)
    return TRUE;

  if (!chorus_playback_stream_read_signal (self, self->old_signal, point, n_points, self->faded, error))
    return FALSE;
  for (gsize i = 0; i < n_points; i++)
    {
      double weight = ((double) (point + (gint64) i - self->fade_first) + 0.5) / self->fade_length;

      weight = CLAMP (weight, 0, 1);
      for (guint channel = 0; channel < self->n_channels; channel++)
        {
          float *frame = frames + i * self->n_channels;
          const float *old = self->faded + i * self->n_channels;

          frame[channel] = (float) (weight * (double) frame[channel] + (1 - weight) * (double) old[channel]);
        }
    }

  return TRUE;
}

static gboolean
chorus_playback_stream_read_cb (gint64    first,
                                gsize     n_frames,
                                float    *frames,
                                gpointer  user_data)
{
  ChorusPlaybackStream *self = user_data;

  return chorus_playback_stream_read (self, first, n_frames, frames, &self->error);
}

/* Making one, and changing it */

static void
chorus_playback_stream_update_stretch (ChorusPlaybackStream *self)
{
  gboolean wanted = chorus_playback_treatment_get_stretch (&self->treatment) != 1;

  if (wanted && self->stretch == NULL)
    self->stretch = chorus_time_stretch_new (self->rate, self->n_channels, self->block, self->point,
                                             chorus_playback_stream_read_cb, self);

  if (!wanted && self->stretch)
    {
      self->point = MIN (chorus_time_stretch_get_next (self->stretch), self->end_point);
      g_clear_pointer (&self->stretch, chorus_time_stretch_free);
    }
}

ChorusPlaybackStream *
chorus_playback_stream_new (ChorusSampleSource            *source,
                            const ChorusPlaybackSpan      *span,
                            const ChorusPlaybackTreatment *treatment,
                            double                         normal_gain,
                            gboolean                       fade_in)
{
  ChorusPlaybackStream *self = NULL;
  double sample_rate = chorus_sample_source_get_sample_rate (source);
  gsize n_samples;

  g_return_val_if_fail (span->first_frame <= span->start_frame, NULL);
  g_return_val_if_fail (span->start_frame < span->end_frame, NULL);

  self = g_new0 (ChorusPlaybackStream, 1);
  self->source = g_object_ref (source);
  self->cache = chorus_sample_cache_new (source);
  self->first_frame = span->first_frame;
  self->n_frames = span->end_frame - span->first_frame;
  self->origin = span->start_frame - span->first_frame;
  self->treatment = *treatment;
  self->rate = chorus_playback_treatment_get_rate (treatment, sample_rate);
  self->step = chorus_playback_treatment_get_step (treatment, sample_rate);
  self->n_channels = chorus_playback_signal_get_source_channels (source);
  self->block = MAX (self->rate / CHORUS_PLAYBACK_STREAM_BLOCKS_PER_SECOND, CHORUS_PLAYBACK_STREAM_MIN_BLOCK);
  self->signal = chorus_playback_signal_new (source, treatment);
  self->limiter = chorus_limiter_new (self->rate, self->n_channels);
  self->normal_gain = normal_gain;
  self->gain = chorus_playback_stream_get_gain (self);
  self->fade_in = fade_in;

  /* A stretch looks at three pieces at once. */
  n_samples = 3 * self->block * self->n_channels;
  self->frames = g_new (float, n_samples);
  self->faded = g_new (float, n_samples);

  self->end_point = G_MAXINT64;
  chorus_playback_stream_update_end (self);
  chorus_playback_stream_update_stretch (self);

  return self;
}

void
chorus_playback_stream_free (ChorusPlaybackStream *self)
{
  if (self == NULL)
    return;

  chorus_time_stretch_free (self->stretch);
  chorus_limiter_free (self->limiter);
  chorus_playback_signal_free (self->old_signal);
  chorus_playback_signal_free (self->signal);
  chorus_sample_cache_free (self->cache);
  g_clear_error (&self->error);
  g_clear_object (&self->source);
  g_free (self->frames);
  g_free (self->faded);
  g_free (self->round);
  g_free (self);
}

guint
chorus_playback_stream_get_rate (const ChorusPlaybackStream *self)
{
  return self->rate;
}

guint
chorus_playback_stream_get_channels (const ChorusPlaybackStream *self)
{
  return self->n_channels;
}

gsize
chorus_playback_stream_get_max_frames (const ChorusPlaybackStream *self)
{
  return MAX (self->block, chorus_limiter_get_look_ahead (self->limiter));
}

static double
chorus_playback_stream_get_point (ChorusPlaybackStream *self)
{
  return self->stretch ? chorus_time_stretch_get_place (self->stretch) : (double) self->point;
}

gboolean
chorus_playback_stream_adopt (ChorusPlaybackStream          *self,
                              const ChorusPlaybackTreatment *treatment)
{
  double sample_rate = chorus_sample_source_get_sample_rate (self->source);
  gboolean same_signal = chorus_playback_treatment_is_signal_equal (&self->treatment, treatment);

  if (chorus_playback_treatment_get_rate (treatment, sample_rate) != self->rate
      || chorus_playback_treatment_get_step (treatment, sample_rate) != self->step)
    return FALSE;

  self->treatment = *treatment;
  if (!same_signal)
    {
      chorus_playback_signal_free (self->old_signal);
      self->old_signal = self->signal;
      self->signal = chorus_playback_signal_new (self->source, treatment);
      self->fade_first = (gint64) chorus_playback_stream_get_point (self);
      self->fade_length = (double) self->block * chorus_playback_treatment_get_stretch (treatment);
    }

  if (self->stretch)
    self->point = CLAMP ((gint64) chorus_playback_stream_get_point (self), 0, self->end_point);
  chorus_playback_stream_update_end (self);
  chorus_playback_stream_update_stretch (self);

  return TRUE;
}

void
chorus_playback_stream_set_normal_gain (ChorusPlaybackStream *self,
                                        double                gain)
{
  self->normal_gain = gain;
}

void
chorus_playback_stream_leave (ChorusPlaybackStream *self)
{
  self->leaving = TRUE;
}

gboolean
chorus_playback_stream_get_left (const ChorusPlaybackStream *self,
                                 guint64                    *frame)
{
  if (!self->left)
    return FALSE;

  *frame = self->first_frame + self->left_place % self->n_frames;

  return TRUE;
}

double
chorus_playback_stream_get_end (const ChorusPlaybackStream *self)
{
  return self->end_point == G_MAXINT64 ? INFINITY : (double) self->end_place;
}

/* Blocks */

/* Scales frames by a gain that goes from @from to @to along them. */
static void
chorus_playback_stream_scale (ChorusPlaybackStream *self,
                              gsize                 n_frames,
                              double                from,
                              double                to)
{
  if (from == 1 && to == 1)
    return;

  for (gsize i = 0; i < n_frames; i++)
    {
      double gain = from + (to - from) * ((double) i + 1) / (double) n_frames;

      for (guint channel = 0; channel < self->n_channels; channel++)
        {
          float *sample = self->frames + i * self->n_channels + channel;

          *sample = (float) ((double) *sample * gain);
        }
    }
}

static gboolean
chorus_playback_stream_fill_stretched (ChorusPlaybackStream  *self,
                                       ChorusPlaybackBlock   *block,
                                       GError               **error)
{
  double ratio = chorus_playback_treatment_get_stretch (&self->treatment);
  double point = chorus_time_stretch_get_place (self->stretch);
  double left = self->end_point == G_MAXINT64 ? INFINITY : ceil (((double) self->end_point - point) / ratio);

  block->place = (double) self->origin + point * self->step;
  block->step = self->step * ratio;
  block->n_added = (gsize) CLAMP (left, 0, (double) self->block);
  if (block->n_added == 0)
    return TRUE;

  if (!chorus_time_stretch_pull (self->stretch, ratio, self->frames))
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_playback_stream_fill (ChorusPlaybackStream  *self,
                             ChorusPlaybackBlock   *block,
                             GError               **error)
{
  if (self->old_signal && chorus_playback_stream_get_point (self) - (double) self->fade_first >= self->fade_length)
    g_clear_pointer (&self->old_signal, chorus_playback_signal_free);

  if (self->stretch)
    return chorus_playback_stream_fill_stretched (self, block, error);

  block->place = (double) self->origin + (double) self->point * self->step;
  block->step = self->step;
  block->n_added = (gsize) MIN ((gint64) self->block, self->end_point - self->point);
  if (!chorus_playback_stream_read (self, self->point, block->n_added, self->frames, error))
    return FALSE;
  self->point += (gint64) block->n_added;

  return TRUE;
}

gboolean
chorus_playback_stream_pull (ChorusPlaybackStream  *self,
                             float                 *frames,
                             ChorusPlaybackBlock   *block,
                             GError               **error)
{
  double gain = chorus_playback_stream_get_gain (self);

  *block = (ChorusPlaybackBlock){ 0 };
  if (!self->left && !chorus_playback_stream_fill (self, block, error))
    return FALSE;

  if (block->n_added == 0)
    {
      block->n_frames = self->drained ? 0 : chorus_limiter_drain (self->limiter, frames);
      block->ended = TRUE;
      self->drained = TRUE;
      return TRUE;
    }

  chorus_playback_stream_scale (self, block->n_added, self->gain, gain);
  self->gain = gain;
  if (self->fade_in)
    chorus_playback_stream_scale (self, block->n_added, 0, 1);
  self->fade_in = FALSE;
  if (self->leaving)
    {
      chorus_playback_stream_scale (self, block->n_added, 1, 0);
      self->left_place = (guint64) block->place;
      self->left = TRUE;
    }
  block->n_frames = chorus_limiter_push (self->limiter, self->frames, block->n_added, frames);

  return TRUE;
}
