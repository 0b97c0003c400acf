/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-player.h"

#include <math.h>

#include "chorus-playback.h"

#define CHORUS_PLAYER_MAX_VOLUME 10.0

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
  double volume;
};

G_DEFINE_FINAL_TYPE (ChorusPlayer, chorus_player, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_POSITION,
  PROP_PLAYING,
  PROP_VOLUME,
  N_PROPS
};

enum
{
  FINISHED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
chorus_player_set_state (ChorusPlayer      *self,
                         ChorusPlayerState  state)
{
  gboolean was_playing = chorus_player_get_playing (self);

  self->state = state;
  if (was_playing != chorus_player_get_playing (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
chorus_player_set_position (ChorusPlayer *self,
                            double        position)
{
  if (self->position == position)
    return;

  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static double
chorus_player_get_time (ChorusPlayer *self,
                        double        frame)
{
  return frame / chorus_sample_source_get_sample_rate (self->source);
}

/* The frame nearest to a time, within the source. */
static guint64
chorus_player_get_frame (ChorusPlayer *self,
                         double        time)
{
  double n_frames = (double) chorus_sample_source_get_n_frames (self->source);
  double frame = round (time * chorus_sample_source_get_sample_rate (self->source));

  /* Written so that what is not a number becomes 0. */
  return frame > 0 ? (guint64) MIN (frame, n_frames) : 0;
}

static void
chorus_player_playback_cb (ChorusPlaybackEvent  event,
                           guint                serial,
                           double               frame,
                           const char          *sentence,
                           gpointer             user_data)
{
  g_autoptr (ChorusPlayer) self = g_object_ref (CHORUS_PLAYER (user_data));

  /* A report of a span that was abandoned meanwhile. */
  if (serial != self->serial || self->state == CHORUS_PLAYER_STOPPED)
    return;

  switch (event)
    {
    case CHORUS_PLAYBACK_EVENT_POSITION:
      chorus_player_set_position (self, chorus_player_get_time (self, frame));
      break;

    case CHORUS_PLAYBACK_EVENT_FINISHED:
      chorus_player_set_state (self, CHORUS_PLAYER_STOPPED);
      chorus_player_set_position (self, chorus_player_get_time (self, (double) self->end_frame));
      g_signal_emit (self, signals[FINISHED], 0);
      break;

    case CHORUS_PLAYBACK_EVENT_FAILED:
      chorus_player_set_state (self, CHORUS_PLAYER_STOPPED);
      g_signal_emit (self, signals[FAILED], 0, sentence);
      break;

    default:
      g_return_if_reached ();
    }
}

static void
chorus_player_stop (ChorusPlayer *self)
{
  if (self->state != CHORUS_PLAYER_STOPPED)
    chorus_playback_stop (self->playback);
  chorus_player_set_state (self, CHORUS_PLAYER_STOPPED);
}

/* Plays from @frame to the end of the span, in place of what was played before. */
static void
chorus_player_start (ChorusPlayer *self,
                     guint64       frame)
{
  if (frame >= self->end_frame)
    {
      chorus_player_stop (self);
      return;
    }

  /* The thread is made with the first sound: many players never play. */
  if (self->playback == NULL)
    {
      self->playback = chorus_playback_new (chorus_player_playback_cb, self);
      chorus_playback_set_volume (self->playback, self->volume);
    }

  self->serial++;
  chorus_playback_play (self->playback, self->source, frame, self->end_frame, self->serial);
  chorus_player_set_state (self, CHORUS_PLAYER_PLAYING);
}

static void
chorus_player_dispose (GObject *object)
{
  ChorusPlayer *self = CHORUS_PLAYER (object);

  self->state = CHORUS_PLAYER_STOPPED;
  g_clear_pointer (&self->playback, chorus_playback_close);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (chorus_player_parent_class)->dispose (object);
}

static void
chorus_player_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChorusPlayer *self = CHORUS_PLAYER (object);

  switch (prop_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;

    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;

    case PROP_PLAYING:
      g_value_set_boolean (value, chorus_player_get_playing (self));
      break;

    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_player_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ChorusPlayer *self = CHORUS_PLAYER (object);

  switch (prop_id)
    {
    case PROP_SOURCE:
      chorus_player_set_source (self, g_value_get_object (value));
      break;

    case PROP_VOLUME:
      chorus_player_set_volume (self, g_value_get_double (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_player_class_init (ChorusPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags settable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chorus_player_dispose;
  object_class->get_property = chorus_player_get_property;
  object_class->set_property = chorus_player_set_property;

  properties[PROP_SOURCE] = g_param_spec_object ("source", NULL, NULL, CHORUS_TYPE_SAMPLE_SOURCE, settable);
  properties[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, CHORUS_PLAYER_MAX_VOLUME, 1, settable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FINISHED] =
    g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chorus_player_init (ChorusPlayer *self)
{
  self->volume = 1;
}

ChorusPlayer *
chorus_player_new (void)
{
  return g_object_new (CHORUS_TYPE_PLAYER, NULL);
}

ChorusSampleSource *
chorus_player_get_source (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), NULL);

  return self->source;
}

void
chorus_player_set_source (ChorusPlayer       *self,
                          ChorusSampleSource *source)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));
  g_return_if_fail (source == NULL || CHORUS_IS_SAMPLE_SOURCE (source));

  if (self->source == source)
    return;

  /* Whoever hears of the new source finds the position that belongs to it. */
  g_object_freeze_notify (G_OBJECT (self));
  chorus_player_stop (self);
  g_set_object (&self->source, source);
  self->first_frame = 0;
  self->end_frame = source ? chorus_sample_source_get_n_frames (source) : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  chorus_player_set_position (self, 0);
  g_object_thaw_notify (G_OBJECT (self));
}

double
chorus_player_get_position (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 0);

  return self->position;
}

gboolean
chorus_player_get_playing (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), FALSE);

  return self->state == CHORUS_PLAYER_PLAYING;
}

double
chorus_player_get_volume (ChorusPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_PLAYER (self), 1);

  return self->volume;
}

void
chorus_player_set_volume (ChorusPlayer *self,
                          double        volume)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));
  g_return_if_fail (volume >= 0 && volume <= CHORUS_PLAYER_MAX_VOLUME);

  if (self->volume == volume)
    return;

  self->volume = volume;
  if (self->playback)
    chorus_playback_set_volume (self->playback, volume);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

void
chorus_player_play_span (ChorusPlayer *self,
                         double        start,
                         double        end)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  if (self->source == NULL)
    return;

  self->first_frame = chorus_player_get_frame (self, start);
  self->end_frame = end < 0 ? chorus_sample_source_get_n_frames (self->source) : chorus_player_get_frame (self, end);
  chorus_player_set_position (self, chorus_player_get_time (self, (double) self->first_frame));
  chorus_player_start (self, self->first_frame);
}

void
chorus_player_pause (ChorusPlayer *self)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  if (self->state != CHORUS_PLAYER_PLAYING)
    return;

  chorus_playback_pause (self->playback);
  chorus_player_set_state (self, CHORUS_PLAYER_HELD);
}

void
chorus_player_resume (ChorusPlayer *self)
{
  guint64 frame;

  g_return_if_fail (CHORUS_IS_PLAYER (self));

  if (self->source == NULL || self->state == CHORUS_PLAYER_PLAYING)
    return;

  if (self->state == CHORUS_PLAYER_HELD)
    {
      chorus_playback_resume (self->playback);
      chorus_player_set_state (self, CHORUS_PLAYER_PLAYING);
      return;
    }

  frame = chorus_player_get_frame (self, self->position);
  if (frame >= chorus_sample_source_get_n_frames (self->source))
    chorus_player_play_span (self, 0, -1);
  else if (frame >= self->end_frame)
    chorus_player_play_span (self, self->position, -1);
  else
    chorus_player_start (self, frame);
}

void
chorus_player_toggle (ChorusPlayer *self)
{
  g_return_if_fail (CHORUS_IS_PLAYER (self));

  if (chorus_player_get_playing (self))
    chorus_player_pause (self);
  else
    chorus_player_resume (self);
}

void
chorus_player_seek (ChorusPlayer *self,
                    double        position)
{
  gboolean was_playing;
  guint64 frame;

  g_return_if_fail (CHORUS_IS_PLAYER (self));

  if (self->source == NULL)
    return;

  was_playing = chorus_player_get_playing (self);
  frame = chorus_player_get_frame (self, position);
  if (frame < self->first_frame || frame >= self->end_frame)
    {
      self->first_frame = frame;
      self->end_frame = chorus_sample_source_get_n_frames (self->source);
    }

  if (was_playing)
    chorus_player_start (self, frame);
  else
    chorus_player_stop (self);

  chorus_player_set_position (self, chorus_player_get_time (self, (double) frame));
}
