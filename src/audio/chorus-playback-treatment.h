/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "core/chorus-frequency-band.h"

G_BEGIN_DECLS

#define CHORUS_PLAYBACK_MIN_SPEED 0.1
#define CHORUS_PLAYBACK_MAX_SPEED 4.0
#define CHORUS_PLAYBACK_MAX_TIME_EXPANSION 20
#define CHORUS_PLAYBACK_MAX_VOLUME 10.0
#define CHORUS_PLAYBACK_MIN_GAIN_DB -40.0
#define CHORUS_PLAYBACK_MAX_GAIN_DB 40.0

/* In place of the index of a channel: as many as the recording has up to two, and the mean of more; or the mean. */
#define CHORUS_PLAYBACK_ALL_CHANNELS (-1)
#define CHORUS_PLAYBACK_MIXED_CHANNELS (-2)

/**
 * ChorusPlaybackTreatment:
 * @speed: seconds of the recording in a second that is heard, before @time_expansion
 * @keep_pitch: whether @speed leaves the pitch; otherwise it moves the pitch with it
 * @time_expansion: how many times slower and lower everything is heard; 1 for not
 * @heterodyne_frequency: the frequency that is heard as 0 Hz, in Hz; 0 for none
 * @band: what is heard, in Hz; everything if its high edge is not above its low one
 * @volume: linear gain
 * @gain_db: gain in dB, on top of @volume
 * @normalize: whether the peak of the span is brought to -1 dBFS before @volume and @gain_db
 * @looping: whether the span is played over and over
 * @channel: index of the channel that is heard, or one of the constants above. An index that the recording does not
 *   have is all channels.
 *
 * What is done to samples before they are heard, in this order: @channel, @band, @heterodyne_frequency, @speed with
 * its pitch kept, gains, limiter; @time_expansion and @speed without the pitch kept are the rate at which they come.
 */
typedef struct
{
  double speed;
  gboolean keep_pitch;
  guint time_expansion;
  double heterodyne_frequency;
  ChorusFrequencyBand band;
  double volume;
  double gain_db;
  gboolean normalize;
  gboolean looping;
  int channel;
} ChorusPlaybackTreatment;

/**
 * chorus_playback_treatment_init:
 * @self: (out caller-allocates): a treatment
 *
 * Sets @self to leave samples as they are.
 */
void chorus_playback_treatment_init (ChorusPlaybackTreatment *self);

/**
 * chorus_playback_treatment_get_step:
 * @self: a treatment
 * @sample_rate: of the recording, in Hz
 *
 * Returns: how many frames of the recording become one; 1 except with a heterodyne, whose result needs no more than
 *   32 kHz
 */
guint chorus_playback_treatment_get_step (const ChorusPlaybackTreatment *self,
                                          double                         sample_rate);

/**
 * chorus_playback_treatment_get_rate:
 * @self: a treatment
 * @sample_rate: of the recording, in Hz
 *
 * Returns: the rate at which the samples are to be heard, in Hz, rounded to a whole number
 */
guint chorus_playback_treatment_get_rate (const ChorusPlaybackTreatment *self,
                                          double                         sample_rate);

/**
 * chorus_playback_treatment_get_stretch:
 * @self: a treatment
 *
 * Returns: the speed that has to be reached without the rate; 1 unless the pitch is kept
 */
double chorus_playback_treatment_get_stretch (const ChorusPlaybackTreatment *self);

/**
 * chorus_playback_treatment_get_gain:
 * @self: a treatment
 *
 * Returns: volume and gain as one linear gain, without what normalizing adds
 */
double chorus_playback_treatment_get_gain (const ChorusPlaybackTreatment *self);

/**
 * chorus_playback_treatment_is_signal_equal:
 * @self: a treatment
 * @other: another one
 *
 * Returns: whether @self and @other make the same of a recording before time is stretched and gain applied
 */
gboolean chorus_playback_treatment_is_signal_equal (const ChorusPlaybackTreatment *self,
                                                    const ChorusPlaybackTreatment *other);

G_END_DECLS
