/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-time-stretch.h"

#include <math.h>

/* The first look at where a piece fits best is taken with about this many samples and places a second. */
#define CHORUS_TIME_STRETCH_COARSE_RATE 24000

struct _ChorusTimeStretch
{
  guint n_channels;
  gsize piece;
  gsize stride; /* of the first look */
  ChorusTimeStretchFunc func;
  gpointer user_data;

  gboolean begun;
  double place;
  gint64 next;

  float *going;  /* what goes on from the piece before */
  float *coming; /* where the piece may come from: a piece before its place to two pieces after */
  float *going_sum;
  float *coming_sum; /* the same with the channels added up */
};

ChorusTimeStretch *
chorus_time_stretch_new (double                sample_rate,
                         guint                 n_channels,
                         gsize                 piece,
                         gint64                first,
                         ChorusTimeStretchFunc func,
                         gpointer              user_data)
{
  ChorusTimeStretch *self = g_new0 (ChorusTimeStretch, 1);

  self->n_channels = n_channels;
  self->piece = piece;
  self->stride = (gsize) CLAMP (sample_rate / CHORUS_TIME_STRETCH_COARSE_RATE, 1.0, (double) piece);
  self->func = func;
  self->user_data = user_data;
  self->place = (double) first;
  self->next = first;
  self->going = g_new (float, piece *n_channels);
  self->coming = g_new (float, 3 * piece * n_channels);
  self->going_sum = g_new (float, piece);
  self->coming_sum = g_new (float, 3 * piece);

  return self;
}

void
chorus_time_stretch_free (ChorusTimeStretch *self)
{
  if (self == NULL)
    return;

  g_free (self->going);
  g_free (self->coming);
  g_free (self->going_sum);
  g_free (self->coming_sum);
  g_free (self);
}

double
chorus_time_stretch_get_place (const ChorusTimeStretch *self)
{
  return self->place;
}

gint64
chorus_time_stretch_get_next (const ChorusTimeStretch *self)
{
  return self->next;
}

static void
chorus_time_stretch_sum (ChorusTimeStretch *self,
                         const float       *frames,
                         gsize              n_frames,
                         float             *sums)
{
  for (gsize frame = 0; frame < n_frames; frame++)
    {
      float sum = 0;

      for (guint channel = 0; channel < self->n_channels; channel++)
        sum += frames[frame * self->n_channels + channel];
      sums[frame] = sum;
    }
}

/* How alike the sound at @offset is to what would go on: the correlation, by the level of the sound. */
static double
chorus_time_stretch_compare (ChorusTimeStretch *self,
                             gsize              offset,
                             gsize              stride)
{
  const float *coming = self->coming_sum + offset;
  float product = 0;
  float energy = 0;

  for (gsize i = 0; i < self->piece; i += stride)
    {
      product += self->going_sum[i] * coming[i];
      energy += coming[i] * coming[i];
    }

  return energy > 0 ? (double) product / sqrt ((double) energy) : 0;
}

/* Of @first, @first + @stride, ... up to @last the offset that fits best; @best where none fits better than it. */
static gsize
chorus_time_stretch_search (ChorusTimeStretch *self,
                            gsize              first,
                            gsize              last,
                            gsize              step,
                            gsize              stride,
                            gsize              best)
{
  double greatest = chorus_time_stretch_compare (self, best, stride);

  for (gsize offset = first; offset <= last; offset += step)
    {
      double likeness = chorus_time_stretch_compare (self, offset, stride);

      if (likeness > greatest)
        {
          greatest = likeness;
          best = offset;
        }
    }

  return best;
}

static gsize
chorus_time_stretch_find (ChorusTimeStretch *self)
{
  gsize stride = self->stride;
  gsize best = chorus_time_stretch_search (self, 0, 2 * self->piece, stride, stride, self->piece);
  gsize first = best > stride ? best - stride : 0;
  gsize last = MIN (best + stride, 2 * self->piece);

  return stride > 1 ? chorus_time_stretch_search (self, first, last, 1, 1, best) : best;
}

gboolean
chorus_time_stretch_pull (ChorusTimeStretch *self,
                          double             ratio,
                          float             *frames)
{
  gsize piece = self->piece;
  gint64 first = (gint64) floor (self->place) - (gint64) piece;
  gsize offset;

  if (!self->begun)
    {
      self->begun = TRUE;
      if (!self->func (self->next, piece, frames, self->user_data))
        return FALSE;
      self->next += (gint64) piece;
      self->place += ratio * (double) piece;
      return TRUE;
    }

  if (!self->func (self->next, piece, self->going, self->user_data)
      || !self->func (first, 3 * piece, self->coming, self->user_data))
    return FALSE;

  chorus_time_stretch_sum (self, self->going, piece, self->going_sum);
  chorus_time_stretch_sum (self, self->coming, 3 * piece, self->coming_sum);
  offset = chorus_time_stretch_find (self);

  for (gsize frame = 0; frame < piece; frame++)
    {
      /* Half a Hann window down and half a one up, which add up to 1. */
      float weight = (float) (0.5 - 0.5 * cos (G_PI * ((double) frame + 0.5) / (double) piece));

      for (guint channel = 0; channel < self->n_channels; channel++)
        {
          gsize i = frame * self->n_channels + channel;

          frames[i] = self->going[i] + weight * (self->coming[offset * self->n_channels + i] - self->going[i]);
        }
    }

  self->next = first + (gint64) (offset + piece);
  self->place += ratio * (double) piece;

  return TRUE;
}
