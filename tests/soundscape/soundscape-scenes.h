/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "soundscape-synth.h"

#include <stddef.h>

#define CHORUS_SOUNDSCAPE_N_SCENES 3u
#define CHORUS_SOUNDSCAPE_MAX_CALLS 4096u

/* The calls of a scene by their start: the truth about it. */
typedef struct
{
  size_t n_calls;
  ChorusSynthCall calls[CHORUS_SOUNDSCAPE_MAX_CALLS];
} ChorusSoundscapeCalls;

/* The file name of a scene, without its suffix: the time it pretends to be recorded at. */
const char *chorus_soundscape_scene_get_name (unsigned scene);

/* Decides what calls when, over @seconds, leaving out what a recording at @rate samples in a second cannot hold. */
void chorus_soundscape_scene_plan (unsigned               scene,
                                   uint64_t               seed,
                                   double                 seconds,
                                   double                 rate,
                                   ChorusSoundscapeCalls *calls);

/* Adds the calls and the background of a scene to a channel of silence. */
void chorus_soundscape_scene_render (unsigned                     scene,
                                     uint64_t                     seed,
                                     const ChorusSoundscapeCalls *calls,
                                     double                       rate,
                                     float                       *samples,
                                     size_t                       n);
