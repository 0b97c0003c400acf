/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps how recordings are drawn from one recording, and one start of the program, to the next. */

#pragma once

#include <gio/gio.h>

#include "timeline/chorus-clip-painter.h"
#include "timeline/chorus-view-session.h"

G_BEGIN_DECLS

/**
 * chorus_view_memory_bind:
 * @settings: the settings of the program
 * @session: a view session
 *
 * Draws @session as @settings say, now and whenever they change, and has @settings follow what is changed in @session.
 * A range that was found by itself is not kept: it is that of one recording.
 */
void chorus_view_memory_bind (GSettings         *settings,
                              ChorusViewSession *session);

/**
 * chorus_view_memory_get_clip_style:
 * @settings: the settings of the program
 * @style: (out caller-allocates): how pictures of clips are drawn as @settings say
 */
void chorus_view_memory_get_clip_style (GSettings       *settings,
                                        ChorusClipStyle *style);

/**
 * chorus_view_memory_is_clip_key:
 * @key: the name of a setting
 *
 * Returns: whether it changes how pictures of clips are drawn
 */
gboolean chorus_view_memory_is_clip_key (const char *key);

G_END_DECLS
