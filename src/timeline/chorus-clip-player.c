/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-player.h"

#include <math.h>

struct _ChorusClipPlayer
{
  GObject parent_instance;

  ChorusClipLoader *loader;
  ChorusPlayer *player;
  ChorusDetection *detection;
  GCancellable *cancellable; /* of what is about to be played */
  double position;
};

enum
{
  PROP_0,
  PROP_DETECTION,
  PROP_POSITION,
  N_PROPS
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusClipPlayer, chorus_clip_player, G_TYPE_OBJECT)

static void
chorus_clip_player_set_position (ChorusClipPlayer *self,
                                 double            position)
{
  if (self->position == position || (isnan (self->position) && isnan (position)))
    return;

  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static void
chorus_clip_player_set_detection (ChorusClipPlayer *self,
                                  ChorusDetection  *detection)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  chorus_clip_player_set_position (self, NAN);

  if (g_set_object (&self->detection, detection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETECTION]);
}

static void
chorus_clip_player_moved_cb (ChorusClipPlayer *self)
{
  if (self->detection != NULL && self->cancellable == NULL && chorus_player_get_playing (self->player))
    chorus_clip_player_set_position (self, chorus_player_get_position (self->player));
}

static void
chorus_clip_player_finished_cb (ChorusClipPlayer *self)
{
  /* What is being opened has not begun. */
  if (self->cancellable == NULL)
    chorus_clip_player_set_detection (self, NULL);
}

static void
chorus_clip_player_failed_cb (ChorusClipPlayer *self,
                              const char       *sentence)
{
  chorus_clip_player_set_detection (self, NULL);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, sentence);
}

static void
chorus_clip_player_opened_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusClipPlayer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_clip_loader_open_finish (CHORUS_CLIP_LOADER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source == NULL)
    {
      chorus_clip_player_failed_cb (self, error->message);
      return;
    }

  g_clear_object (&self->cancellable);
  if (chorus_player_get_source (self->player) != source)
    chorus_player_set_source (self->player, source);
  chorus_player_play_span (self->player, chorus_detection_get_start (self->detection),
                           chorus_detection_get_end (self->detection));
}

static void
chorus_clip_player_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  ChorusClipPlayer *self = CHORUS_CLIP_PLAYER (object);

  switch (prop_id)
    {
    case PROP_DETECTION:
      g_value_set_object (value, self->detection);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_clip_player_dispose (GObject *object)
{
  ChorusClipPlayer *self = CHORUS_CLIP_PLAYER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->player != NULL)
    chorus_player_set_source (self->player, NULL);
  g_clear_object (&self->player);
  g_clear_object (&self->detection);
  g_clear_object (&self->loader);

  G_OBJECT_CLASS (chorus_clip_player_parent_class)->dispose (object);
}

static void
chorus_clip_player_class_init (ChorusClipPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_clip_player_dispose;
  object_class->get_property = chorus_clip_player_get_property;

  properties[PROP_DETECTION] =
    g_param_spec_object ("detection", NULL, NULL, CHORUS_TYPE_DETECTION,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FAILED] = g_signal_new ("failed", CHORUS_TYPE_CLIP_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chorus_clip_player_init (ChorusClipPlayer *self)
{
  self->position = NAN;
  self->player = chorus_player_new ();
  g_signal_connect_object (self->player, "notify::position", G_CALLBACK (chorus_clip_player_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "finished", G_CALLBACK (chorus_clip_player_finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (chorus_clip_player_failed_cb), self, G_CONNECT_SWAPPED);
}

ChorusClipPlayer *
chorus_clip_player_new (ChorusClipLoader *loader)
{
  ChorusClipPlayer *self = g_object_new (CHORUS_TYPE_CLIP_PLAYER, NULL);

  g_set_object (&self->loader, loader);

  return self;
}

void
chorus_clip_player_set_loader (ChorusClipPlayer *self,
                               ChorusClipLoader *loader)
{
  g_return_if_fail (CHORUS_IS_CLIP_PLAYER (self));

  chorus_clip_player_stop (self);
  chorus_player_set_source (self->player, NULL);
  g_set_object (&self->loader, loader);
}

void
chorus_clip_player_play (ChorusClipPlayer *self,
                         ChorusDetection  *detection)
{
  g_return_if_fail (CHORUS_IS_CLIP_PLAYER (self));
  g_return_if_fail (CHORUS_IS_DETECTION (detection));

  if (self->loader == NULL)
    return;

  chorus_player_pause (self->player);
  chorus_clip_player_set_detection (self, detection);
  self->cancellable = g_cancellable_new ();
  chorus_clip_loader_open_async (self->loader, chorus_detection_get_recording_id (detection), self->cancellable,
                                 chorus_clip_player_opened_cb, g_object_ref (self));
}

void
chorus_clip_player_stop (ChorusClipPlayer *self)
{
  g_return_if_fail (CHORUS_IS_CLIP_PLAYER (self));

  chorus_player_pause (self->player);
  chorus_clip_player_set_detection (self, NULL);
}

ChorusDetection *
chorus_clip_player_get_detection (ChorusClipPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_CLIP_PLAYER (self), NULL);

  return self->detection;
}

double
chorus_clip_player_get_position (ChorusClipPlayer *self)
{
  g_return_val_if_fail (CHORUS_IS_CLIP_PLAYER (self), NAN);

  return self->position;
}
