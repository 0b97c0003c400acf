/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CHORUS_PLAYBACK_MAP_LENGTH 64

/* From the @heard-th frame that is heard on, each frame is @step frames of the recording after the one before. */
typedef struct
{
  guint64 heard;
  double place;
  double step;
} ChorusPlaybackMapLine;

/**
 * ChorusPlaybackMap:
 *
 * Says which frame of a recording is heard at which frame of what is heard. Places are in frames from the start of the
 * span, counted on through every round of a loop. It keeps the last lines only; what is heard is never far behind what
 * was added. All zero is a map without a line.
 */
typedef struct
{
  ChorusPlaybackMapLine lines[CHORUS_PLAYBACK_MAP_LENGTH];
  guint n_added;
} ChorusPlaybackMap;

/**
 * chorus_playback_map_add:
 * @self: a map
 * @heard: a frame that is heard, above those added before
 * @place: the place that is heard there
 * @step: how far the place moves with each frame that is heard
 *
 * Says how it goes on from @heard.
 */
void chorus_playback_map_add (ChorusPlaybackMap *self,
                              guint64            heard,
                              double             place,
                              double             step);

/**
 * chorus_playback_map_get_place:
 * @self: a map
 * @heard: a frame that is heard, with its fraction
 *
 * Returns: the place that is heard there; 0 for a map without a line
 */
double chorus_playback_map_get_place (const ChorusPlaybackMap *self,
                                      double                   heard);

G_END_DECLS
