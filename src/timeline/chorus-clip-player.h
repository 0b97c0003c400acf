/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "audio/chorus-player.h"

#include "chorus-clip-loader.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIP_PLAYER (chorus_clip_player_get_type ())

/**
 * ChorusClipPlayer:
 *
 * Plays one detection after another, whatever recordings they are in. The latest that was asked for is played; one that is
 * asked for meanwhile takes its place. For the main thread.
 *
 * Properties: "detection" (ChorusDetection, read-only): what is played, or about to be, or %NULL; "position" (double,
 * read-only): what is heard, in seconds from the start of the recording, or NaN while nothing is.
 */
G_DECLARE_FINAL_TYPE (ChorusClipPlayer, chorus_clip_player, CHORUS, CLIP_PLAYER, GObject)

/**
 * ChorusClipPlayer::failed:
 * @self: a player
 * @sentence: what cannot be played, and why
 */

/**
 * chorus_clip_player_new:
 * @loader: (nullable): opens recordings
 *
 * Returns: (transfer full): a player
 */
ChorusClipPlayer *chorus_clip_player_new (ChorusClipLoader *loader) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_clip_player_set_loader:
 * @self: a player
 * @loader: (nullable): opens recordings
 *
 * Stops, and opens recordings through another loader from now on.
 */
void chorus_clip_player_set_loader (ChorusClipPlayer *self,
                                    ChorusClipLoader *loader);

/**
 * chorus_clip_player_play:
 * @self: a player
 * @detection: what to play
 *
 * Plays exactly the samples of a detection, from its beginning.
 */
void chorus_clip_player_play (ChorusClipPlayer *self,
                              ChorusDetection  *detection);
void chorus_clip_player_stop (ChorusClipPlayer *self);

ChorusDetection *chorus_clip_player_get_detection (ChorusClipPlayer *self);
double chorus_clip_player_get_position (ChorusClipPlayer *self);

G_END_DECLS
