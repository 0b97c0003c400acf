/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-player-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (ChorusPlayer, chorus_player, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_POSITION,
  PROP_PLAYING,
  PROP_VOLUME,
  PROP_SPEED,
  PROP_KEEP_PITCH,
  PROP_TIME_EXPANSION,
  PROP_HETERODYNE_FREQUENCY,
  PROP_BAND_LOW,
  PROP_BAND_HIGH,
  PROP_GAIN_DB,
  PROP_NORMALIZE,
  PROP_LOOPING,
  PROP_CHANNEL,
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

static void chorus_player_playback_cb (ChorusPlaybackEvent  event,
                                       guint                serial,
                                       double               frame,
                                       const char          *sentence,
                                       gpointer             user_data);

static void
chorus_player_stop (ChorusPlayer *self)
{
  if (self->state != CHORUS_PLAYER_STOPPED)
    chorus_playback_stop (self->playback);
  chorus_player_set_state (self, CHORUS_PLAYER_STOPPED);
}

static void
chorus_player_set_whole_span (ChorusPlayer *self)
{
  self->first_frame = 0;
  self->end_frame = self->source ? chorus_sample_source_get_n_frames (self->source) : 0;
}

/* Plays from @frame to the end of the span, in place of what was played before; over and over where that is wanted. */
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
      chorus_playback_set_treatment (self->playback, &self->treatment);
    }

  self->serial++;
  chorus_playback_play (self->playback, self->source,
                        &(ChorusPlaybackSpan){ self->first_frame, self->end_frame, frame }, self->serial);
  chorus_player_set_state (self, CHORUS_PLAYER_PLAYING);
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
      /* Made a loop when the last samples were on their way already. */
      if (self->treatment.looping)
        {
          chorus_player_start (self, self->first_frame);
          break;
        }
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

void
chorus_player_change_treatment (ChorusPlayer *self,
                                const char   *property)
{
  if (self->playback)
    chorus_playback_set_treatment (self->playback, &self->treatment);
  g_object_notify (G_OBJECT (self), property);
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
      g_value_set_double (value, self->treatment.volume);
      break;

    case PROP_SPEED:
      g_value_set_double (value, self->treatment.speed);
      break;

    case PROP_KEEP_PITCH:
      g_value_set_boolean (value, self->treatment.keep_pitch);
      break;

    case PROP_TIME_EXPANSION:
      g_value_set_uint (value, self->treatment.time_expansion);
      break;

    case PROP_HETERODYNE_FREQUENCY:
      g_value_set_double (value, self->treatment.heterodyne_frequency);
      break;

    case PROP_BAND_LOW:
      g_value_set_double (value, self->treatment.band.low);
      break;

    case PROP_BAND_HIGH:
      g_value_set_double (value, self->treatment.band.high);
      break;

    case PROP_GAIN_DB:
      g_value_set_double (value, self->treatment.gain_db);
      break;

    case PROP_NORMALIZE:
      g_value_set_boolean (value, self->treatment.normalize);
      break;

    case PROP_LOOPING:
      g_value_set_boolean (value, self->treatment.looping);
      break;

    case PROP_CHANNEL:
      g_value_set_int (value, self->treatment.channel);
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

    case PROP_SPEED:
      chorus_player_set_speed (self, g_value_get_double (value));
      break;

    case PROP_KEEP_PITCH:
      chorus_player_set_keep_pitch (self, g_value_get_boolean (value));
      break;

    case PROP_TIME_EXPANSION:
      chorus_player_set_time_expansion (self, g_value_get_uint (value));
      break;

    case PROP_HETERODYNE_FREQUENCY:
      chorus_player_set_heterodyne_frequency (self, g_value_get_double (value));
      break;

    case PROP_GAIN_DB:
      chorus_player_set_gain_db (self, g_value_get_double (value));
      break;

    case PROP_NORMALIZE:
      chorus_player_set_normalize (self, g_value_get_boolean (value));
      break;

    case PROP_LOOPING:
      chorus_player_set_looping (self, g_value_get_boolean (value));
      break;

    case PROP_CHANNEL:
      chorus_player_set_channel (self, g_value_get_int (value));
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
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, CHORUS_PLAYBACK_MAX_VOLUME, 1, settable);
  properties[PROP_SPEED] =
    g_param_spec_double ("speed", NULL, NULL, CHORUS_PLAYBACK_MIN_SPEED, CHORUS_PLAYBACK_MAX_SPEED, 1, settable);
  properties[PROP_KEEP_PITCH] = g_param_spec_boolean ("keep-pitch", NULL, NULL, FALSE, settable);
  properties[PROP_TIME_EXPANSION] =
    g_param_spec_uint ("time-expansion", NULL, NULL, 1, CHORUS_PLAYBACK_MAX_TIME_EXPANSION, 1, settable);
  properties[PROP_HETERODYNE_FREQUENCY] =
    g_param_spec_double ("heterodyne-frequency", NULL, NULL, 0, G_MAXDOUBLE, 0, settable);
  properties[PROP_BAND_LOW] = g_param_spec_double ("band-low", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_BAND_HIGH] = g_param_spec_double ("band-high", NULL, NULL, 0, G_MAXDOUBLE, 0, readable);
  properties[PROP_GAIN_DB] =
    g_param_spec_double ("gain-db", NULL, NULL, CHORUS_PLAYBACK_MIN_GAIN_DB, CHORUS_PLAYBACK_MAX_GAIN_DB, 0, settable);
  properties[PROP_NORMALIZE] = g_param_spec_boolean ("normalize", NULL, NULL, FALSE, settable);
  properties[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, settable);
  properties[PROP_CHANNEL] = g_param_spec_int ("channel", NULL, NULL, CHORUS_PLAYBACK_MIXED_CHANNELS, G_MAXINT,
                                               CHORUS_PLAYBACK_ALL_CHANNELS, settable);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FINISHED] =
    g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chorus_player_init (ChorusPlayer *self)
{
  chorus_playback_treatment_init (&self->treatment);
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
  chorus_player_set_whole_span (self);
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
    {
      chorus_player_play_span (self, 0, -1);
      return;
    }

  if (frame >= self->end_frame)
    chorus_player_set_whole_span (self);
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
    chorus_player_set_whole_span (self);

  if (was_playing)
    chorus_player_start (self, frame);
  else
    chorus_player_stop (self);

  chorus_player_set_position (self, chorus_player_get_time (self, (double) frame));
}
