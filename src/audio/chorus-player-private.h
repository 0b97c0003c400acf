/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusPlayer share: -treatment.c has what is done to samples. */

#pragma once

#include "chorus-player.h"

#include "chorus-playback.h"

G_BEGIN_DECLS

/* What the playback is doing with the span. */
typedef enum
{
  CHORUS_PLAYER_STOPPED,
  CHORUS_PLAYER_HELD, /* the playback waits within the span and can go on from the very sample */
  CHORUS_PLAYER_PLAYING,
} ChorusPlayerState;

struct _ChorusPlayer
{
  GObject parent_instance;

  ChorusSampleSource *source;
  ChorusPlayback *playback;
  ChorusPlayerState state;
  guint serial;
  guint64 first_frame; /* of the span */
  guint64 end_frame;
  double position;
  ChorusPlaybackTreatment treatment;
};

/* Passes the treatment on, and notifies of @property, which was changed in it. */
void chorus_player_change_treatment (ChorusPlayer *self,
                                     const char   *property);

G_END_DECLS
