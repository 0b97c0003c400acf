/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to samples before they are heard. */

#include "config.h"

#include "chorus-player-private.h"

/* Sets a number of the treatment. What is not a number is as little allowed as what is out of range. */
static void
chorus_player_set_number (ChorusPlayer *self,
                          const char   *property,
                          double       *number,
                          double        value,
                          double        least,
                          double        greatest)
{
  g_return_if_fail (value >= least && value <= greatest);

  if (*number == value)
    return;

  *number = value;
  chorus_player_change_treatment (self, property);
}

static void
chorus_player_set_flag (ChorusPlayer *self,
                        const char   *property,
                        gboolean     *flag,
                        gboolean      value)
{
  value = !!value;
  if (*flag == value)
    return;

  *flag = value;
  chorus_player_change_treatment (self, property);
}

double
chorus_player_get_volume (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 0);

  return self->treatment.volume;
}

void
chorus_player_set_volume (ChorusPlayer *self,
                          double        volume)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_number (self, "volume", &self->treatment.volume, volume, 0, CHORUS_PLAYBACK_MAX_VOLUME);
}

double
chorus_player_get_speed (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 0);

  return self->treatment.speed;
}

void
chorus_player_set_speed (ChorusPlayer *self,
                         double        speed)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_number (self, "speed", &self->treatment.speed, speed, CHORUS_PLAYBACK_MIN_SPEED,
                            CHORUS_PLAYBACK_MAX_SPEED);
}

gboolean
chorus_player_get_keep_pitch (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), FALSE);

  return self->treatment.keep_pitch;
}

void
chorus_player_set_keep_pitch (ChorusPlayer *self,
                              gboolean      keep_pitch)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_flag (self, "keep-pitch", &self->treatment.keep_pitch, keep_pitch);
}

guint
chorus_player_get_time_expansion (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 1);

  return self->treatment.time_expansion;
}

void
chorus_player_set_time_expansion (ChorusPlayer *self,
                                  guint         time_expansion)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));
  g_return_if_fail (time_expansion >= 1 && time_expansion <= CHORUS_PLAYBACK_MAX_TIME_EXPANSION);

  if (self->treatment.time_expansion == time_expansion)
    return;

  self->treatment.time_expansion = time_expansion;
  chorus_player_change_treatment (self, "time-expansion");
}

double
chorus_player_get_heterodyne_frequency (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 0);

  return self->treatment.heterodyne_frequency;
}

void
chorus_player_set_heterodyne_frequency (ChorusPlayer *self,
                                        double        heterodyne_frequency)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_number (self, "heterodyne-frequency", &self->treatment.heterodyne_frequency, heterodyne_frequency,
                            0, G_MAXDOUBLE);
}

ChorusFrequencyBand
chorus_player_get_band (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), ((ChorusFrequencyBand){ 0, 0 }));

  return self->treatment.band;
}

void
chorus_player_set_band (ChorusPlayer        *self,
                        ChorusFrequencyBand  band)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  /* Written so that what is not a number is no band either. */
  band.low = MAX (band.low, 0);
  if (!(band.high > band.low))
    band = (ChorusFrequencyBand){ 0, 0 };
  if (self->treatment.band.low == band.low && self->treatment.band.high == band.high)
    return;

  self->treatment.band = band;
  g_object_freeze_notify (G_OBJECT (self));
  chorus_player_change_treatment (self, "band-low");
  g_object_notify (G_OBJECT (self), "band-high");
  g_object_thaw_notify (G_OBJECT (self));
}

double
chorus_player_get_gain_db (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 0);

  return self->treatment.gain_db;
}

void
chorus_player_set_gain_db (ChorusPlayer *self,
                           double        gain_db)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_number (self, "gain-db", &self->treatment.gain_db, gain_db, CHORUS_PLAYBACK_MIN_GAIN_DB,
                            CHORUS_PLAYBACK_MAX_GAIN_DB);
}

gboolean
chorus_player_get_normalize (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), FALSE);

  return self->treatment.normalize;
}

void
chorus_player_set_normalize (ChorusPlayer *self,
                             gboolean      normalize)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_flag (self, "normalize", &self->treatment.normalize, normalize);
}

gboolean
chorus_player_get_looping (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), FALSE);

  return self->treatment.looping;
}

void
chorus_player_set_looping (ChorusPlayer *self,
                           gboolean      looping)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  chorus_player_set_flag (self, "looping", &self->treatment.looping, looping);
}

int
chorus_player_get_channel (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), CHORUS_PLAYBACK_ALL_CHANNELS);

  return self->treatment.channel;
}

void
chorus_player_set_channel (ChorusPlayer *self,
                           int           channel)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));
  g_return_if_fail (channel >= CHORUS_PLAYBACK_MIXED_CHANNELS);

  if (self->treatment.channel == channel)
    return;

  self->treatment.channel = channel;
  chorus_player_change_treatment (self, "channel");
}
