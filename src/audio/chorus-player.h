/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/chorus-frequency-band.h"

#include "chorus-playback-treatment.h"
#include "chorus-sample-source.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLAYER (chorus_player_get_type ())

/**
 * ChorusPlayer:
 *
 * Plays the samples of a [class@SampleSource]: what is heard is what is shown, to the sample, in whatever way it is
 * treated on the way. Where nothing is to be done to samples they are played as they are; nothing is ever played beyond
 * full scale, but goes through a limiter (see `ChorusLimiter`).
 *
 * What is done to samples can be changed while they play. The change is heard when what the audio device holds was
 * heard, about 60 ms later, and is faded in over 10 ms. A change of the rate at which samples are heard (speed without
 * its pitch kept, time expansion, switching the heterodyne on or off) opens the device anew, with a moment of silence
 * between a fade-out and a fade-in. The position is kept in any case.
 *
 * To be used from the thread it was made on, whose main context also carries its notifications and signals. Nothing
 * here waits: the audio device is opened, filled and closed on a thread of the player's own.
 *
 * The environment variable `CHORUS_AUDIO_SINK` names the audio sink in the notation of gst-launch; without it the
 * desktop's default is used.
 *
 * Properties: "source" (ChorusSampleSource), "position" (double, seconds, read-only), "playing" (boolean, read-only),
 * "volume" (double, linear gain from 0 to 10), "speed" (double, from 0.1 to 4), "keep-pitch" (boolean), "time-expansion"
 * (uint, from 1 to 20), "heterodyne-frequency" (double, Hz, 0 for none), "band-low" and "band-high" (double, Hz,
 * read-only), "gain-db" (double, from -40 to 40), "normalize" (boolean), "looping" (boolean), "channel" (int).
 *
 * Signals: "finished" when the end of the span was heard; "failed" (const char *sentence) when it cannot be heard,
 * such as for want of an audio device.
 */
G_DECLARE_FINAL_TYPE (ChorusPlayer, chorus_player, CHORUS, PLAYER, GObject)

/**
 * chorus_player_new:
 *
 * Returns: (transfer full): a player without a source
 */
ChorusPlayer *chorus_player_new (void);

/**
 * chorus_player_get_source:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): what is played
 */
ChorusSampleSource *chorus_player_get_source (ChorusPlayer *self);

/**
 * chorus_player_set_source:
 * @self: a player
 * @source: (nullable): what is to be played
 *
 * Stops, and makes the whole of @source the span to play, from position 0.
 */
void chorus_player_set_source (ChorusPlayer       *self,
                               ChorusSampleSource *source);

/**
 * chorus_player_get_position:
 * @self: a player
 *
 * The instant that is being heard. It is notified about 60 times a second while playing.
 *
 * Returns: the position in seconds from the start of the source
 */
double chorus_player_get_position (ChorusPlayer *self);

/**
 * chorus_player_get_playing:
 * @self: a player
 *
 * Returns: whether the player plays, or is about to
 */
gboolean chorus_player_get_playing (ChorusPlayer *self);

/**
 * chorus_player_get_volume:
 * @self: a player
 *
 * Returns: the linear gain, where 1 leaves the samples as they are
 */
double chorus_player_get_volume (ChorusPlayer *self);

/**
 * chorus_player_set_volume:
 * @self: a player
 * @volume: linear gain from 0 to 10, where 1 leaves the samples as they are
 *
 * Sets how loud it is.
 */
void chorus_player_set_volume (ChorusPlayer *self,
                               double        volume);

/**
 * chorus_player_get_speed:
 * @self: a player
 *
 * Returns: how many seconds of the source pass in a second, not counting the time expansion
 */
double chorus_player_get_speed (ChorusPlayer *self);

/**
 * chorus_player_set_speed:
 * @self: a player
 * @speed: seconds of the source in a second that is heard, from 0.1 to 4
 *
 * Sets how fast it plays. Unless the pitch is kept the very samples are played at @speed times their rate.
 */
void chorus_player_set_speed (ChorusPlayer *self,
                              double        speed);

/**
 * chorus_player_get_keep_pitch:
 * @self: a player
 *
 * Returns: whether the speed leaves the pitch
 */
gboolean chorus_player_get_keep_pitch (ChorusPlayer *self);

/**
 * chorus_player_set_keep_pitch:
 * @self: a player
 * @keep_pitch: whether the speed is to leave the pitch
 *
 * Chooses between the two ways of playing faster or slower. The pitch is kept by overlapping pieces of 10 ms (see
 * `ChorusTimeStretch`, which is our own: GStreamer's scaletempo cannot change its rate on the way). Below half the
 * speed pieces are heard more than twice, which gives noise a flutter; for looking into a sound, rather let its pitch
 * fall.
 */
void chorus_player_set_keep_pitch (ChorusPlayer *self,
                                   gboolean      keep_pitch);

/**
 * chorus_player_get_time_expansion:
 * @self: a player
 *
 * Returns: how many times slower and lower it plays; 1 for not
 */
guint chorus_player_get_time_expansion (ChorusPlayer *self);

/**
 * chorus_player_set_time_expansion:
 * @self: a player
 * @time_expansion: how many times slower and lower to play, from 1 for not to 20
 *
 * Makes ultrasound audible: the very samples are played at a rate that many times lower, rounded to a whole number of
 * Hz. It comes on top of the speed.
 */
void chorus_player_set_time_expansion (ChorusPlayer *self,
                                       guint         time_expansion);

/**
 * chorus_player_get_heterodyne_frequency:
 * @self: a player
 *
 * Returns: the frequency that is heard as 0 Hz, in Hz; 0 for no heterodyne
 */
double chorus_player_get_heterodyne_frequency (ChorusPlayer *self);

/**
 * chorus_player_set_heterodyne_frequency:
 * @self: a player
 * @heterodyne_frequency: the frequency to be heard as 0 Hz, in Hz; 0 for no heterodyne
 *
 * Makes ultrasound audible as a bat detector does: what is up to 8 kHz above or below that frequency is heard at its
 * distance from it, at its own level, and nothing else. Changing one frequency for another is heard without a gap.
 */
void chorus_player_set_heterodyne_frequency (ChorusPlayer *self,
                                             double        heterodyne_frequency);

/**
 * chorus_player_get_band:
 * @self: a player
 *
 * Returns: what is heard, in Hz; both edges are 0 when everything is
 */
ChorusFrequencyBand chorus_player_get_band (ChorusPlayer *self);

/**
 * chorus_player_set_band:
 * @self: a player
 * @band: what is to be heard, in Hz; everything if its high edge is not above its low one
 *
 * Plays a band of frequencies only, by a filter of linear phase whose delay is taken away: what is heard is where it is
 * shown. Its edges, where half of the amplitude passes, are a tenth of the band wide, or twice the low edge where that
 * is less; beyond, 80 dB are gone. Of a recording of a very high rate at its own speed a narrow band gets wider edges,
 * so that filtering leaves time for everything else: at 384 kHz, 750 Hz or more.
 */
void chorus_player_set_band (ChorusPlayer        *self,
                             ChorusFrequencyBand  band);

/**
 * chorus_player_get_gain_db:
 * @self: a player
 *
 * Returns: the gain in dB, on top of the volume
 */
double chorus_player_get_gain_db (ChorusPlayer *self);

/**
 * chorus_player_set_gain_db:
 * @self: a player
 * @gain_db: gain in dB, from -40 to 40, on top of the volume
 *
 * Sets how much louder than recorded it plays.
 */
void chorus_player_set_gain_db (ChorusPlayer *self,
                                double        gain_db);

/**
 * chorus_player_get_normalize:
 * @self: a player
 *
 * Returns: whether the peak of the span is brought to -1 dBFS
 */
gboolean chorus_player_get_normalize (ChorusPlayer *self);

/**
 * chorus_player_set_normalize:
 * @self: a player
 * @normalize: whether to bring the peak of the span to -1 dBFS
 *
 * Makes what is loudest in the span, after the band-pass and the heterodyne, peak at -1 dBFS, before volume and gain;
 * by no more than 60 dB. The peak of a short span is found before it plays, that of a longer one while it plays, within
 * seconds at any length.
 */
void chorus_player_set_normalize (ChorusPlayer *self,
                                  gboolean      normalize);

/**
 * chorus_player_get_looping:
 * @self: a player
 *
 * Returns: whether the span is played over and over
 */
gboolean chorus_player_get_looping (ChorusPlayer *self);

/**
 * chorus_player_set_looping:
 * @self: a player
 * @looping: whether to play the span over and over
 *
 * Makes the span a loop, or lets the round that is heard be the last one. A loop has no "finished".
 */
void chorus_player_set_looping (ChorusPlayer *self,
                                gboolean      looping);

/**
 * chorus_player_get_channel:
 * @self: a player
 *
 * Returns: the index of the channel that is heard, or one of the constants
 */
int chorus_player_get_channel (ChorusPlayer *self);

/**
 * chorus_player_set_channel:
 * @self: a player
 * @channel: index of a channel from 0 on, %CHORUS_PLAYBACK_ALL_CHANNELS, or %CHORUS_PLAYBACK_MIXED_CHANNELS
 *
 * Chooses what is heard of a source of several channels: one channel, on both sides; both of two, or the mean of more;
 * or the mean of two, on both sides. All channels are heard where the source does not have @channel.
 */
void chorus_player_set_channel (ChorusPlayer *self,
                                int           channel);

/**
 * chorus_player_play_span:
 * @self: a player
 * @start: first instant, in seconds
 * @end: last instant, in seconds; below 0 for the end of the source
 *
 * Plays exactly the samples from the frame nearest to @start up to the one before the frame nearest to @end; over and
 * over, without a sample more or less between two rounds, when [method@Player.set_looping] asks for it. A span
 * that is played already is abandoned without its "finished". An empty span only moves the position.
 */
void chorus_player_play_span (ChorusPlayer *self,
                              double        start,
                              double        end);

/**
 * chorus_player_pause:
 * @self: a player
 *
 * Stops where it is. Does nothing when nothing plays.
 */
void chorus_player_pause (ChorusPlayer *self);

/**
 * chorus_player_resume:
 * @self: a player
 *
 * Plays on from the position to the end of the span; where that is reached already, to the end of the source, which
 * becomes the span; and where that is reached, the source from its beginning.
 */
void chorus_player_resume (ChorusPlayer *self);

/**
 * chorus_player_toggle:
 * @self: a player
 *
 * Pauses when it plays, and resumes when it does not.
 */
void chorus_player_toggle (ChorusPlayer *self);

/**
 * chorus_player_seek:
 * @self: a player
 * @position: where to go, in seconds; brought into the source
 *
 * Moves to @position, and plays on from there if it plays. A position outside the span makes the whole source the span.
 */
void chorus_player_seek (ChorusPlayer *self,
                         double        position);

G_END_DECLS
