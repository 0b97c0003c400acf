/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-session-private.h"

/* Tiles of an hour at the usual settings, and what is around the screen. For all channels together: those that are not
 * shown go when there is need, and until then to show them again costs nothing. */
#define TILE_BUDGET ((gsize) 192 * 1024 * 1024)

guint
chorus_view_session_get_n_channels (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), 0);

  return self->source ? chorus_sample_source_get_channels (self->source) : 0;
}

/* What is shown when @channel is asked for. */
static int
chorus_view_session_check_channel (ChorusViewSession *self,
                                   int                channel)
{
  guint n_channels = chorus_view_session_get_n_channels (self);

  if (channel == CHORUS_CHANNEL_ALL && n_channels > 1 && n_channels <= CHORUS_VIEW_SESSION_MOST_STACKED)
    return channel;
  if (channel >= 0 && n_channels > 1 && (guint) channel < n_channels)
    return channel;

  return CHORUS_CHANNEL_MIX;
}

int
chorus_view_session_get_channel (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_CHANNEL_MIX);

  return self->channel;
}

void
chorus_view_session_set_channel (ChorusViewSession *self,
                                 int                channel)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  channel = chorus_view_session_check_channel (self, channel);
  if (self->channel == channel)
    return;
  self->channel = channel;
  g_hash_table_insert (self->choices, GUINT_TO_POINTER (chorus_view_session_get_n_channels (self)),
                       GINT_TO_POINTER (channel));
  chorus_view_session_start_survey (self);
  chorus_view_session_notify (self, PROP_CHANNEL);
}

static void
chorus_view_session_tiles_failed_cb (ChorusViewSession *self,
                                     const char        *sentence)
{
  g_assert (CHORUS_IS_VIEW_SESSION (self));

  chorus_view_session_take_problem (self, g_strdup (sentence));
}

void
chorus_view_session_reset_channels (ChorusViewSession *self)
{
  GHashTableIter iter;
  gpointer tiles = NULL;
  gpointer choice = NULL;
  int channel = CHORUS_CHANNEL_MIX;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &tiles))
    g_signal_handlers_disconnect_by_data (tiles, self);
  g_hash_table_remove_all (self->tiles);
  g_clear_object (&self->pool);
  self->pointer_channel = CHORUS_CHANNEL_MIX;
  if (self->source)
    self->pool = chorus_tile_pool_new (self->source, self->queue, TILE_BUDGET);
  if (g_hash_table_lookup_extended (self->choices, GUINT_TO_POINTER (chorus_view_session_get_n_channels (self)), NULL,
                                    &choice))
    channel = chorus_view_session_check_channel (self, GPOINTER_TO_INT (choice));
  if (self->channel == channel)
    return;
  self->channel = channel;
  chorus_view_session_notify (self, PROP_CHANNEL);
}

guint
chorus_view_session_get_shown_channels (ChorusViewSession *self,
                                        int               *channels)
{
  guint n_channels = self->channel == CHORUS_CHANNEL_ALL ? chorus_view_session_get_n_channels (self) : 1;

  for (guint i = 0; i < n_channels; i++)
    channels[i] = self->channel == CHORUS_CHANNEL_ALL ? (int) i : self->channel;

  return n_channels;
}

ChorusTileCache *
chorus_view_session_get_channel_tiles (ChorusViewSession *self,
                                       int                channel)
{
  ChorusStftParams params = { 0 };
  ChorusTileCache *tiles = NULL;

  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  if (!self->pool || channel < CHORUS_CHANNEL_MIX || channel >= (int) chorus_view_session_get_n_channels (self))
    return NULL;
  tiles = g_hash_table_lookup (self->tiles, GINT_TO_POINTER (channel));
  if (tiles)
    return tiles;

  params = chorus_view_session_get_stft_params (self);
  tiles = chorus_tile_cache_new_for_channel (self->pool, channel, &params);
  g_signal_connect_object (tiles, "failed", G_CALLBACK (chorus_view_session_tiles_failed_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->tiles, GINT_TO_POINTER (channel), tiles);

  return tiles;
}

ChorusTileCache *
chorus_view_session_get_tiles (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), NULL);

  return chorus_view_session_get_channel_tiles (self, self->channel);
}

void
chorus_view_session_set_tile_params (ChorusViewSession      *self,
                                     const ChorusStftParams *params)
{
  GHashTableIter iter;
  gpointer tiles = NULL;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &tiles))
    chorus_tile_cache_set_params (tiles, params);
}

int
chorus_view_session_get_pointer_channel (ChorusViewSession *self)
{
  g_return_val_if_fail (CHORUS_IS_VIEW_SESSION (self), CHORUS_CHANNEL_MIX);

  return self->pointer_channel;
}

void
chorus_view_session_set_pointer_channel (ChorusViewSession *self,
                                         int                channel)
{
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (self));

  if (self->pointer_channel == channel)
    return;
  self->pointer_channel = channel;
  chorus_view_session_pointer_changed (self);
}
