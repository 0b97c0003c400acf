/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "audio/chorus-player.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLAYBACK_SETTINGS (chorus_playback_settings_get_type ())

/**
 * ChorusPlaybackSettings:
 *
 * How a recording is heard: its speed, how ultrasound is made audible, and how loud it is. Every change is heard at once.
 *
 * Properties: "summary" (string, read-only): what differs from the recording as it is, in a word or two.
 */
G_DECLARE_FINAL_TYPE (ChorusPlaybackSettings, chorus_playback_settings, CHORUS, PLAYBACK_SETTINGS, GtkPopover)

/**
 * chorus_playback_settings_set_player:
 * @self: playback settings
 * @player: what plays; once only
 */
void chorus_playback_settings_set_player (ChorusPlaybackSettings *self,
                                          ChorusPlayer           *player);

/**
 * chorus_playback_settings_get_summary:
 * @self: playback settings
 *
 * Returns: (transfer none): such as "1×", "1/10" or "45.0 kHz"
 */
const char *chorus_playback_settings_get_summary (ChorusPlaybackSettings *self);

G_END_DECLS
