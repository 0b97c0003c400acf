/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-feed.h"

#include <string.h>

/* One is being written, one is being read, and one makes up for a slow moment of the disk. */
#define CHORUS_UPLOAD_FEED_BLOCKS 3

struct _ChorusUploadFeed
{
  /* Only in the thread. */
  ChorusUploadEncoder *encoder;
  GCancellable *cancellable;

  ChorusThrottle *throttle; /* or NULL */
  gulong rate_handler;

  GMutex mutex;
  GCond changed;

  /* Under the mutex. The contents of a block belong to the thread until it is counted in n_full. */
  char *blocks[CHORUS_UPLOAD_FEED_BLOCKS];
  gsize lengths[CHORUS_UPLOAD_FEED_BLOCKS];
  guint first; /* the block being read */
  guint n_full;
  gsize offset; /* into the block being read */
  GError *error;
  gboolean ended;
  gboolean stopped;
  GPtrArray *sources; /* of ChorusUploadFeedSource: those that may be waiting, and some that no longer do */
};

typedef struct
{
  GSource source;
  ChorusUploadFeed *feed;
} ChorusUploadFeedSource;

static void
chorus_upload_feed_clear (gpointer data)
{
  ChorusUploadFeed *self = data;

  chorus_upload_encoder_free (self->encoder);
  g_object_unref (self->cancellable);
  for (guint i = 0; i < CHORUS_UPLOAD_FEED_BLOCKS; i++)
    g_free (self->blocks[i]);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->sources);
  g_clear_object (&self->throttle);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
}

static void
chorus_upload_feed_unref (ChorusUploadFeed *self)
{
  g_atomic_rc_box_release_full (self, chorus_upload_feed_clear);
}

/* Returns: after how long to look again, in microseconds; 0 if there is something to read, -1 if nothing is known yet. */
static gint64
chorus_upload_feed_get_wait_locked (ChorusUploadFeed *self)
{
  if (self->n_full > 0)
    return self->throttle ? chorus_throttle_get_wait (self->throttle, self->lengths[self->first] - self->offset) : 0;

  return self->ended || self->error ? 0 : -1;
}

static void
chorus_upload_feed_prune_locked (ChorusUploadFeed *self)
{
  for (guint i = self->sources->len; i > 0; i--)
    if (g_source_is_destroyed (g_ptr_array_index (self->sources, i - 1)))
      g_ptr_array_remove_index_fast (self->sources, i - 1);
}

/* Makes all who wait look again. */
static void
chorus_upload_feed_wake_locked (ChorusUploadFeed *self)
{
  g_cond_broadcast (&self->changed);
  chorus_upload_feed_prune_locked (self);
  for (guint i = 0; i < self->sources->len; i++)
    g_source_set_ready_time (g_ptr_array_index (self->sources, i), 0);
}

static void
chorus_upload_feed_wake (ChorusUploadFeed *self)
{
  g_mutex_lock (&self->mutex);
  chorus_upload_feed_wake_locked (self);
  g_mutex_unlock (&self->mutex);
}

static gpointer
chorus_upload_feed_thread (gpointer data)
{
  ChorusUploadFeed *self = data;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      guint block = 0;
      gssize n = 0;

      g_mutex_lock (&self->mutex);
      while (self->n_full == CHORUS_UPLOAD_FEED_BLOCKS && !self->stopped)
        g_cond_wait (&self->changed, &self->mutex);
      block = (self->first + self->n_full) % CHORUS_UPLOAD_FEED_BLOCKS;
      more = !self->stopped;
      g_mutex_unlock (&self->mutex);
      if (!more)
        break;

      n = chorus_upload_encoder_fill (self->encoder, self->blocks[block], self->cancellable, &error);

      g_mutex_lock (&self->mutex);
      if (n > 0)
        {
          self->lengths[block] = (gsize) n;
          self->n_full++;
        }
      else
        {
          self->ended = n == 0;
          self->error = g_steal_pointer (&error);
          more = FALSE;
        }
      chorus_upload_feed_wake_locked (self);
      g_mutex_unlock (&self->mutex);
    }

  chorus_upload_feed_unref (self);

  return NULL;
}

static void
chorus_upload_feed_rate_cb (ChorusUploadFeed *self)
{
  chorus_upload_feed_wake (self);
}

static void
chorus_upload_feed_closure_unref (gpointer  data,
                                  GClosure *closure)
{
  chorus_upload_feed_unref (data);
}

ChorusUploadFeed *
chorus_upload_feed_start (ChorusUploadEncoder *encoder,
                          ChorusThrottle      *throttle)
{
  ChorusUploadFeed *self = g_atomic_rc_box_new0 (ChorusUploadFeed);

  self->encoder = encoder;
  self->cancellable = g_cancellable_new ();
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (guint i = 0; i < CHORUS_UPLOAD_FEED_BLOCKS; i++)
    self->blocks[i] = g_malloc (CHORUS_UPLOAD_ENCODER_BLOCK);

  /* The closure keeps the feed, as the limit may change in another thread while this one lets go of it. */
  if (throttle)
    {
      self->throttle = g_object_ref (throttle);
      self->rate_handler =
        g_signal_connect_data (throttle, "notify::rate", G_CALLBACK (chorus_upload_feed_rate_cb),
                               g_atomic_rc_box_acquire (self), chorus_upload_feed_closure_unref, G_CONNECT_SWAPPED);
    }

  g_thread_unref (g_thread_new ("chorus-upload", chorus_upload_feed_thread, g_atomic_rc_box_acquire (self)));

  return self;
}

void
chorus_upload_feed_stop (ChorusUploadFeed *self)
{
  if (self->throttle)
    g_signal_handler_disconnect (self->throttle, self->rate_handler);

  /* The sources keep the feed, and are kept by it. */
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  chorus_upload_feed_wake_locked (self);
  g_ptr_array_set_size (self->sources, 0);
  g_mutex_unlock (&self->mutex);

  g_cancellable_cancel (self->cancellable);
  chorus_upload_feed_unref (self);
}

static gint64
chorus_upload_feed_get_wait (ChorusUploadFeed *self)
{
  gint64 wait = 0;

  g_mutex_lock (&self->mutex);
  wait = chorus_upload_feed_get_wait_locked (self);
  g_mutex_unlock (&self->mutex);

  return wait;
}

gboolean
chorus_upload_feed_is_readable (ChorusUploadFeed *self)
{
  return chorus_upload_feed_get_wait (self) == 0;
}

static gboolean
chorus_upload_feed_source_prepare (GSource *source,
                                   int     *timeout)
{
  gint64 wait = chorus_upload_feed_get_wait (((ChorusUploadFeedSource *) source)->feed);

  *timeout = wait > 0 ? (int) MIN ((wait + 999) / 1000, G_MAXINT) : -1;

  return wait == 0;
}

static gboolean
chorus_upload_feed_source_check (GSource *source)
{
  return chorus_upload_feed_is_readable (((ChorusUploadFeedSource *) source)->feed);
}

static gboolean
chorus_upload_feed_source_dispatch (GSource     *source,
                                    GSourceFunc  callback,
                                    gpointer     user_data)
{
  g_source_set_ready_time (source, -1);

  return callback ? callback (user_data) : G_SOURCE_CONTINUE;
}

/* A pollable source that has this one as its child gives it a closure that does nothing. */
static gboolean
chorus_upload_feed_source_closure_cb (gpointer closure)
{
  return G_SOURCE_CONTINUE;
}

static void
chorus_upload_feed_source_finalize (GSource *source)
{
  chorus_upload_feed_unref (((ChorusUploadFeedSource *) source)->feed);
}

GSource *
chorus_upload_feed_create_source (ChorusUploadFeed *self)
{
  static GSourceFuncs funcs = {
    .prepare = chorus_upload_feed_source_prepare,
    .check = chorus_upload_feed_source_check,
    .dispatch = chorus_upload_feed_source_dispatch,
    .finalize = chorus_upload_feed_source_finalize,
    .closure_callback = chorus_upload_feed_source_closure_cb,
  };
  GSource *source = g_source_new (&funcs, sizeof (ChorusUploadFeedSource));

  g_source_set_static_name (source, "[chorus] upload readable");
  ((ChorusUploadFeedSource *) source)->feed = g_atomic_rc_box_acquire (self);

  g_mutex_lock (&self->mutex);
  chorus_upload_feed_prune_locked (self);
  g_ptr_array_add (self->sources, g_source_ref (source));
  g_mutex_unlock (&self->mutex);

  return source;
}

static void
chorus_upload_feed_cancelled_cb (GCancellable     *cancellable,
                                 ChorusUploadFeed *self)
{
  chorus_upload_feed_wake (self);
}

static void
chorus_upload_feed_wait (ChorusUploadFeed *self,
                         GCancellable     *cancellable)
{
  gulong handler = 0;
  gint64 wait = 0;

  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (chorus_upload_feed_cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  while ((wait = chorus_upload_feed_get_wait_locked (self)) != 0 && !g_cancellable_is_cancelled (cancellable))
    {
      if (wait < 0)
        g_cond_wait (&self->changed, &self->mutex);
      else
        g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + wait);
    }
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, handler);
}

/* With the mutex held and something to read. Returns 0 if others have taken what the throttle allowed. */
static gsize
chorus_upload_feed_take_locked (ChorusUploadFeed *self,
                                void             *buffer,
                                gsize             count)
{
  gsize n = MIN (count, self->lengths[self->first] - self->offset);

  if (self->throttle)
    n = chorus_throttle_take (self->throttle, n);
  memcpy (buffer, self->blocks[self->first] + self->offset, n);
  self->offset += n;
  if (self->offset < self->lengths[self->first])
    return n;

  self->offset = 0;
  self->first = (self->first + 1) % CHORUS_UPLOAD_FEED_BLOCKS;
  self->n_full--;
  g_cond_broadcast (&self->changed);

  return n;
}

gssize
chorus_upload_feed_read_nonblocking (ChorusUploadFeed  *self,
                                     void              *buffer,
                                     gsize              count,
                                     GError           **error)
{
  g_autoptr (GError) encoder_error = NULL;
  gboolean ended = FALSE;
  gsize n = 0;

  if (count == 0)
    return 0;

  g_mutex_lock (&self->mutex);
  if (self->n_full > 0)
    n = chorus_upload_feed_take_locked (self, buffer, count);
  else if (self->error)
    encoder_error = g_error_copy (self->error);
  else
    ended = self->ended;
  g_mutex_unlock (&self->mutex);

  if (encoder_error)
    g_propagate_error (error, g_steal_pointer (&encoder_error));
  else if (n > 0 || ended)
    return (gssize) n;
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "nothing may be read yet");

  return -1;
}

gssize
chorus_upload_feed_read (ChorusUploadFeed  *self,
                         void              *buffer,
                         gsize              count,
                         GCancellable      *cancellable,
                         GError           **error)
{
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr (GError) local_error = NULL;
      gssize n = chorus_upload_feed_read_nonblocking (self, buffer, count, &local_error);

      if (n >= 0)
        return n;
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return -1;
        }
      chorus_upload_feed_wait (self, cancellable);
    }

  return -1;
}
