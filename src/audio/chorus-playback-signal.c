/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-signal.h"

#include <math.h>
#include <string.h>

#include "chorus-fir-filter.h"

#define CHORUS_PLAYBACK_SIGNAL_MAX_CHANNELS 2

/* An edge of the band-pass, as a part of the band, and the least there is for it. */
#define CHORUS_PLAYBACK_SIGNAL_EDGE 0.1
#define CHORUS_PLAYBACK_SIGNAL_MIN_EDGE 10.0

/* What the band-pass may take: this many multiplications a second. Edges get wider for it where a recording of a very
 * high rate is heard at its own speed. */
#define CHORUS_PLAYBACK_SIGNAL_BUDGET 1e9
#define CHORUS_PLAYBACK_SIGNAL_MIN_TAPS 255.0
#define CHORUS_PLAYBACK_SIGNAL_MAX_TAPS 16383.0

/* Hz that pass the heterodyne, and how far it is from there to what does not. */
#define CHORUS_PLAYBACK_SIGNAL_AUDIBLE 10000.0
#define CHORUS_PLAYBACK_SIGNAL_AUDIBLE_EDGE 4000.0

struct _ChorusPlaybackSignal
{
  guint64 n_frames;
  guint n_source_channels;
  guint n_channels;
  int channel; /* -1 for all */
  gboolean mixed;
  ChorusFirFilter *band;
  ChorusFirFilter *audible;
  double heterodyne; /* cycles in a frame */

  float *planes[2][CHORUS_PLAYBACK_SIGNAL_MAX_CHANNELS]; /* before and after the band-pass */
  gsize n_allocated;
};

static ChorusFirFilter *
chorus_playback_signal_create_band (const ChorusPlaybackTreatment *treatment,
                                    guint                          n_channels,
                                    double                         rate)
{
  ChorusFrequencyBand band = treatment->band;
  double frames_per_second = rate * treatment->speed / treatment->time_expansion;
  double max_taps = CHORUS_PLAYBACK_SIGNAL_BUDGET / (frames_per_second * n_channels);
  double edge;

  if (!(band.high > band.low) || (band.low <= 0 && band.high >= rate / 2))
    return NULL;

  edge = (MIN (band.high, rate / 2) - MAX (band.low, 0)) * CHORUS_PLAYBACK_SIGNAL_EDGE;
  if (band.low > 0)
    edge = MIN (edge, 2 * band.low);
  edge = MAX (edge, CHORUS_PLAYBACK_SIGNAL_MIN_EDGE);

  return chorus_fir_filter_new (band, edge, rate,
                                (gsize) CLAMP (max_taps, CHORUS_PLAYBACK_SIGNAL_MIN_TAPS,
                                               CHORUS_PLAYBACK_SIGNAL_MAX_TAPS));
}

ChorusPlaybackSignal *
chorus_playback_signal_new (ChorusSampleSource            *source,
                            const ChorusPlaybackTreatment *treatment)
{
  ChorusPlaybackSignal *self = g_new0 (ChorusPlaybackSignal, 1);
  double rate = chorus_sample_source_get_sample_rate (source);

  self->n_frames = chorus_sample_source_get_n_frames (source);
  self->n_source_channels = chorus_sample_source_get_channels (source);
  self->n_channels = chorus_playback_signal_get_source_channels (source);
  self->channel = treatment->channel;
  self->mixed = treatment->channel == CHORUS_PLAYBACK_MIXED_CHANNELS;
  if (self->channel < 0 || (guint) self->channel >= self->n_source_channels)
    self->channel = CHORUS_PLAYBACK_ALL_CHANNELS;

  self->band = chorus_playback_signal_create_band (treatment, self->n_channels, rate);
  if (treatment->heterodyne_frequency > 0)
    {
      ChorusFrequencyBand audible = { 0, MIN (CHORUS_PLAYBACK_SIGNAL_AUDIBLE, rate / 4) };

      self->heterodyne = treatment->heterodyne_frequency / rate;
      self->audible = chorus_fir_filter_new (audible, MIN (CHORUS_PLAYBACK_SIGNAL_AUDIBLE_EDGE, rate / 10), rate,
                                             (gsize) CHORUS_PLAYBACK_SIGNAL_MAX_TAPS);
    }

  return self;
}

void
chorus_playback_signal_free (ChorusPlaybackSignal *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (self->planes); i++)
    for (gsize channel = 0; channel < CHORUS_PLAYBACK_SIGNAL_MAX_CHANNELS; channel++)
      g_free (self->planes[i][channel]);
  chorus_fir_filter_free (self->band);
  chorus_fir_filter_free (self->audible);
  g_free (self);
}

guint
chorus_playback_signal_get_source_channels (ChorusSampleSource *source)
{
  return chorus_sample_source_get_channels (source) == 2 ? 2 : 1;
}

static gsize
chorus_playback_signal_get_half (const ChorusFirFilter *filter)
{
  return filter ? chorus_fir_filter_get_half (filter) : 0;
}

double
chorus_playback_signal_get_cost (const ChorusPlaybackSignal *self,
                                 gsize                       step)
{
  double per_frame = self->n_source_channels + 2.0 * (double) chorus_playback_signal_get_half (self->band);
  double per_result = 2.0 * (double) chorus_playback_signal_get_half (self->audible);

  return (per_frame * (double) step + per_result) * self->n_channels;
}

static void
chorus_playback_signal_allocate (ChorusPlaybackSignal *self,
                                 gsize                 n_frames)
{
  if (self->n_allocated >= n_frames)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (self->planes); i++)
    for (gsize channel = 0; channel < self->n_channels; channel++)
      {
        g_free (self->planes[i][channel]);
        self->planes[i][channel] = g_new (float, n_frames);
      }
  self->n_allocated = n_frames;
}

static float
chorus_playback_signal_mix (ChorusPlaybackSignal *self,
                            const float          *frame)
{
  double sum = 0;

  for (guint channel = 0; channel < self->n_source_channels; channel++)
    sum += (double) frame[channel];

  return (float) (sum / self->n_source_channels);
}

/* Takes the channels apart and chooses from them. */
static void
chorus_playback_signal_choose (ChorusPlaybackSignal *self,
                               const float          *frames,
                               gsize                 n_frames,
                               gsize                 at)
{
  gboolean mixed = self->mixed || (self->channel < 0 && self->n_source_channels > self->n_channels);

  for (guint plane = 0; plane < self->n_channels; plane++)
    {
      float *samples = self->planes[0][plane] + at;
      const float *channel = frames + (self->channel < 0 ? plane : (guint) self->channel);

      for (gsize i = 0; i < n_frames; i++)
        samples[i] = mixed ? chorus_playback_signal_mix (self, frames + i * self->n_source_channels)
                           : channel[i * self->n_source_channels];
    }
}

/* Fills the first planes with @n_frames frames from @first on; what lies outside the recording is silence. */
static gboolean
chorus_playback_signal_load (ChorusPlaybackSignal  *self,
                             ChorusSampleCache     *cache,
                             gint64                 first,
                             gsize                  n_frames,
                             GError               **error)
{
  gsize at = 0;

  while (at < n_frames)
    {
      gint64 frame = first + (gint64) at;
      gsize n = n_frames - at;

      if (frame >= 0 && (guint64) frame < self->n_frames)
        {
          gsize n_cached = 0;
          const float *frames = chorus_sample_cache_peek (cache, (guint64) frame, &n_cached, error);

          if (frames == NULL)
            return FALSE;
          n = MIN (n, n_cached);
          chorus_playback_signal_choose (self, frames, n, at);
        }
      else
        {
          if (frame < 0)
            n = MIN (n, (gsize) -frame);
          for (guint plane = 0; plane < self->n_channels; plane++)
            memset (self->planes[0][plane] + at, 0, n * sizeof (float));
        }
      at += n;
    }

  return TRUE;
}

/* The phase comes from the number of the frame, so that no rounding adds up along the way. */
static void
chorus_playback_signal_multiply (ChorusPlaybackSignal  *self,
                                 float                **planes,
                                 gint64                 first,
                                 gsize                  n_frames)
{
  double phase = fmod ((double) first * self->heterodyne, 1);

  for (gsize i = 0; i < n_frames; i++)
    {
      float factor = (float) (2 * cos (2 * G_PI * (phase + (double) i * self->heterodyne)));

      for (guint plane = 0; plane < self->n_channels; plane++)
        planes[plane][i] *= factor;
    }
}

gboolean
chorus_playback_signal_read (ChorusPlaybackSignal  *self,
                             ChorusSampleCache     *cache,
                             guint64                first,
                             gsize                  step,
                             gsize                  n_results,
                             float                 *results,
                             GError               **error)
{
  gsize half_audible = chorus_playback_signal_get_half (self->audible);
  gsize half_band = chorus_playback_signal_get_half (self->band);
  gsize n_mixed = (n_results - 1) * step + 1 + 2 * half_audible;
  gsize n_raw = n_mixed + 2 * half_band;
  float **planes = self->planes[0];
  float **others = self->planes[1];
  gint64 first_mixed = (gint64) first - (gint64) half_audible;

  g_return_val_if_fail (n_results > 0, FALSE);

  chorus_playback_signal_allocate (self, n_raw);
  if (!chorus_playback_signal_load (self, cache, first_mixed - (gint64) half_band, n_raw, error))
    return FALSE;

  if (self->band)
    {
      for (guint plane = 0; plane < self->n_channels; plane++)
        chorus_fir_filter_apply (self->band, planes[plane], others[plane], n_mixed);
      planes = self->planes[1];
      others = self->planes[0];
    }

  if (self->audible)
    {
      chorus_playback_signal_multiply (self, planes, first_mixed, n_mixed);
      for (guint plane = 0; plane < self->n_channels; plane++)
        chorus_fir_filter_apply_strided (self->audible, planes[plane], step, others[plane], n_results);
      planes = others;
    }

  for (guint plane = 0; plane < self->n_channels; plane++)
    for (gsize i = 0; i < n_results; i++)
      results[i * self->n_channels + plane] = planes[plane][i];

  return TRUE;
}
