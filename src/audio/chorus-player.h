/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-sample-source.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLAYER (chorus_player_get_type ())

/**
 * ChorusPlayer:
 *
 * Plays the samples of a [class@SampleSource]: what is heard is what is shown, to the sample. Recordings of more than
 * two channels are heard as the mean of their channels.
 *
 * To be used from the thread it was made on, whose main context also carries its notifications and signals. Nothing
 * here waits: the audio device is opened, filled and closed on a thread of the player's own.
 *
 * The environment variable `CHORUS_AUDIO_SINK` names the audio sink in the notation of gst-launch; without it the
 * desktop's default is used.
 *
 * Properties: "source" (ChorusSampleSource), "position" (double, seconds, read-only), "playing" (boolean, read-only),
 * "volume" (double, linear gain from 0 to 10).
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
 * Sets how loud it is, at once.
 */
void chorus_player_set_volume (ChorusPlayer *self,
                               double        volume);

/**
 * chorus_player_play_span:
 * @self: a player
 * @start: first instant, in seconds
 * @end: last instant, in seconds; below 0 for the end of the source
 *
 * Plays exactly the samples from the frame nearest to @start up to the one before the frame nearest to @end. A span
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
 * Plays on from the position to the end of the span; where that is reached already, to the end of the source; and
 * where that is reached, the source from its beginning.
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
 * Moves to @position, and plays on from there if it plays. A position outside the span makes the rest of the source
 * the span.
 */
void chorus_player_seek (ChorusPlayer *self,
                         double        position);

G_END_DECLS
