/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-playback-treatment.h"

#include <math.h>

#define CHORUS_PLAYBACK_TREATMENT_HETERODYNE_RATE 32000.0

void
chorus_playback_treatment_init (ChorusPlaybackTreatment *self)
{
  *self = (ChorusPlaybackTreatment){
    .speed = 1,
    .time_expansion = 1,
    .volume = 1,
    .channel = CHORUS_PLAYBACK_ALL_CHANNELS,
  };
}

guint
chorus_playback_treatment_get_step (const ChorusPlaybackTreatment *self,
                                    double                         sample_rate)
{
  if (self->heterodyne_frequency <= 0)
    return 1;

  return (guint) CLAMP (sample_rate / CHORUS_PLAYBACK_TREATMENT_HETERODYNE_RATE, 1.0, G_MAXINT16);
}

guint
chorus_playback_treatment_get_rate (const ChorusPlaybackTreatment *self,
                                    double                         sample_rate)
{
  double rate = sample_rate / chorus_playback_treatment_get_step (self, sample_rate) / self->time_expansion;

  if (!self->keep_pitch)
    rate *= self->speed;

  return (guint) CLAMP (round (rate), 1.0, G_MAXINT);
}

double
chorus_playback_treatment_get_stretch (const ChorusPlaybackTreatment *self)
{
  return self->keep_pitch ? self->speed : 1;
}

double
chorus_playback_treatment_get_gain (const ChorusPlaybackTreatment *self)
{
  return self->volume * pow (10, self->gain_db / 20);
}

gboolean
chorus_playback_treatment_is_signal_equal (const ChorusPlaybackTreatment *self,
                                           const ChorusPlaybackTreatment *other)
{
  return self->channel == other->channel && self->heterodyne_frequency == other->heterodyne_frequency
         && self->band.low == other->band.low && self->band.high == other->band.high;
}
