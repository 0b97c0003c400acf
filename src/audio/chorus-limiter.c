/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-limiter.h"

#include <math.h>
#include <string.h>

#define CHORUS_LIMITER_LOOK_AHEAD 0.005 /* seconds */
#define CHORUS_LIMITER_RELEASE 0.1      /* seconds in which the cut falls to 1/e */
#define CHORUS_LIMITER_MAX_WINDOW 65536

/* A cut of less than a ten-thousandth of a decibel is over. */
#define CHORUS_LIMITER_LEAST_CUT 1e-5

/* How much of the amplitude a frame asks to be taken away, from 0 to 1. */
typedef struct
{
  guint64 frame;
  double cut;
} ChorusLimiterDemand;

struct _ChorusLimiter
{
  guint n_channels;
  gsize window;  /* frames over which the gain is found and smoothed */
  guint64 taken; /* frames */
  double keep;   /* what is left of the cut one frame later */

  float *frames;                /* ring of the last @window frames */
  ChorusLimiterDemand *demands; /* ring of those that no later one exceeds, falling */
  gsize first_demand;
  gsize n_demands;

  double cut;
  double *cuts; /* ring of the last @window cuts */
  double sum;
  gsize n_cuts; /* that are not 0 */
};

ChorusLimiter *
chorus_limiter_new (double sample_rate,
                    guint  n_channels)
{
  ChorusLimiter *self = g_new0 (ChorusLimiter, 1);

  self->n_channels = n_channels;
  self->window = (gsize) CLAMP (sample_rate * CHORUS_LIMITER_LOOK_AHEAD, 1.0, CHORUS_LIMITER_MAX_WINDOW);
  self->keep = exp (-1 / (CHORUS_LIMITER_RELEASE * sample_rate));
  self->frames = g_new0 (float, self->window *n_channels);
  self->demands = g_new0 (ChorusLimiterDemand, self->window);
  self->cuts = g_new0 (double, self->window);

  return self;
}

void
chorus_limiter_free (ChorusLimiter *self)
{
  if (self == NULL)
    return;

  g_free (self->frames);
  g_free (self->demands);
  g_free (self->cuts);
  g_free (self);
}

gsize
chorus_limiter_get_look_ahead (const ChorusLimiter *self)
{
  return self->window - 1;
}

static double
chorus_limiter_get_demand (ChorusLimiter *self,
                           const float   *frame)
{
  double peak = 0;

  for (guint channel = 0; channel < self->n_channels; channel++)
    peak = MAX (peak, fabs ((double) frame[channel]));

  return peak > 1 ? 1 - 1 / peak : 0;
}

/* The greatest demand of the window that ends with the frame that is taken now. */
static double
chorus_limiter_find_greatest (ChorusLimiter *self,
                              double         demand)
{
  gsize window = self->window;

  if (self->n_demands > 0 && self->demands[self->first_demand].frame + window <= self->taken)
    {
      self->first_demand = (self->first_demand + 1) % window;
      self->n_demands--;
    }
  while (self->n_demands > 0 && self->demands[(self->first_demand + self->n_demands - 1) % window].cut <= demand)
    self->n_demands--;

  self->demands[(self->first_demand + self->n_demands) % window] = (ChorusLimiterDemand){ self->taken, demand };
  self->n_demands++;

  return self->demands[self->first_demand].cut;
}

/* Takes one frame into the cut's history and returns the cut for the frame that is due. */
static double
chorus_limiter_step (ChorusLimiter *self,
                     double         demand)
{
  double greatest = chorus_limiter_find_greatest (self, demand);
  double *oldest = self->cuts + self->taken % self->window;

  self->cut *= self->keep;
  if (self->cut < CHORUS_LIMITER_LEAST_CUT)
    self->cut = 0;
  self->cut = MAX (self->cut, greatest);

  self->n_cuts -= *oldest > 0;
  self->n_cuts += self->cut > 0;
  self->sum += self->cut - *oldest;
  *oldest = self->cut;

  /* Rounding must not outlive the cut. */
  if (self->n_cuts == 0)
    self->sum = 0;

  return self->sum / (double) self->window;
}

static void
chorus_limiter_write (ChorusLimiter *self,
                      const float   *frame,
                      double         cut,
                      float         *result)
{
  for (guint channel = 0; channel < self->n_channels; channel++)
    result[channel] = cut > 0 ? (float) CLAMP ((double) frame[channel] * (1 - cut), -1, 1) : frame[channel];
}

/* Takes @frame, or silence, and gives back the frame that came a window before, where there is one. */
static gboolean
chorus_limiter_exchange (ChorusLimiter *self,
                         const float   *frame,
                         float         *result)
{
  gsize newest = self->taken % self->window;
  gsize due = (self->taken + 1) % self->window;
  double cut = chorus_limiter_step (self, frame ? chorus_limiter_get_demand (self, frame) : 0);

  if (frame)
    memcpy (self->frames + newest * self->n_channels, frame, self->n_channels * sizeof (float));
  self->taken++;
  if (self->taken < self->window)
    return FALSE;

  chorus_limiter_write (self, self->frames + due * self->n_channels, cut, result);

  return TRUE;
}

gsize
chorus_limiter_push (ChorusLimiter *self,
                     const float   *frames,
                     gsize          n_frames,
                     float         *results)
{
  gsize n_results = 0;

  for (gsize i = 0; i < n_frames; i++)
    n_results += chorus_limiter_exchange (self, frames + i * self->n_channels, results + n_results * self->n_channels);

  return n_results;
}

gsize
chorus_limiter_drain (ChorusLimiter *self,
                      float         *results)
{
  gsize n_held = (gsize) MIN (self->taken, (guint64) (self->window - 1));
  gsize n_results = 0;

  for (gsize i = 0; n_results < n_held; i++)
    n_results += chorus_limiter_exchange (self, NULL, results + n_results * self->n_channels);

  return n_results;
}
