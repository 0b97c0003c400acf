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
  GCancellable *ready; /* an event and no cancellation: set once there is something to read, then replaced */
};

static void
chorus_upload_feed_clear (gpointer data)
{
  ChorusUploadFeed *self = data;

  chorus_upload_encoder_free (self->encoder);
  g_object_unref (self->cancellable);
  for (guint i = 0; i < CHORUS_UPLOAD_FEED_BLOCKS; i++)
    g_free (self->blocks[i]);
  g_clear_error (&self->error);
  g_object_unref (self->ready);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
}

static void
chorus_upload_feed_unref (ChorusUploadFeed *self)
{
  g_atomic_rc_box_release_full (self, chorus_upload_feed_clear);
}

static gboolean
chorus_upload_feed_is_readable_locked (ChorusUploadFeed *self)
{
  return self->n_full > 0 || self->ended || self->error;
}

static gpointer
chorus_upload_feed_thread (gpointer data)
{
  ChorusUploadFeed *self = data;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) ready = NULL;
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
      ready = g_object_ref (self->ready);
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->mutex);

      g_cancellable_cancel (ready);
    }

  chorus_upload_feed_unref (self);

  return NULL;
}

ChorusUploadFeed *
chorus_upload_feed_start (ChorusUploadEncoder *encoder)
{
  ChorusUploadFeed *self = g_atomic_rc_box_new0 (ChorusUploadFeed);

  self->encoder = encoder;
  self->cancellable = g_cancellable_new ();
  self->ready = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  for (guint i = 0; i < CHORUS_UPLOAD_FEED_BLOCKS; i++)
    self->blocks[i] = g_malloc (CHORUS_UPLOAD_ENCODER_BLOCK);

  g_thread_unref (g_thread_new ("chorus-upload", chorus_upload_feed_thread, g_atomic_rc_box_acquire (self)));

  return self;
}

void
chorus_upload_feed_stop (ChorusUploadFeed *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  g_cancellable_cancel (self->cancellable);
  chorus_upload_feed_unref (self);
}

gboolean
chorus_upload_feed_is_readable (ChorusUploadFeed *self)
{
  gboolean readable = FALSE;

  g_mutex_lock (&self->mutex);
  readable = chorus_upload_feed_is_readable_locked (self);
  g_mutex_unlock (&self->mutex);

  return readable;
}

GSource *
chorus_upload_feed_create_source (ChorusUploadFeed *self)
{
  g_autoptr (GCancellable) ready = NULL;
  GSource *source = NULL;

  g_mutex_lock (&self->mutex);
  ready = g_object_ref (self->ready);
  g_mutex_unlock (&self->mutex);

  source = g_cancellable_source_new (ready);
  g_source_set_static_name (source, "[chorus] upload readable");

  return source;
}

static void
chorus_upload_feed_cancelled_cb (GCancellable     *cancellable,
                                 ChorusUploadFeed *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
chorus_upload_feed_wait (ChorusUploadFeed *self,
                         GCancellable     *cancellable)
{
  gulong handler = 0;

  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (chorus_upload_feed_cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  while (!chorus_upload_feed_is_readable_locked (self) && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, handler);
}

/* With the mutex held. Once everything is read that was ready, the event starts anew. */
static gsize
chorus_upload_feed_take_locked (ChorusUploadFeed *self,
                                void             *buffer,
                                gsize             count)
{
  gsize n = MIN (count, self->lengths[self->first] - self->offset);

  memcpy (buffer, self->blocks[self->first] + self->offset, n);
  self->offset += n;
  if (self->offset < self->lengths[self->first])
    return n;

  self->offset = 0;
  self->first = (self->first + 1) % CHORUS_UPLOAD_FEED_BLOCKS;
  self->n_full--;
  g_cond_broadcast (&self->changed);
  if (!chorus_upload_feed_is_readable_locked (self))
    {
      g_object_unref (self->ready);
      self->ready = g_cancellable_new ();
    }

  return n;
}

gssize
chorus_upload_feed_read (ChorusUploadFeed  *self,
                         void              *buffer,
                         gsize              count,
                         GCancellable      *cancellable,
                         GError           **error)
{
  gssize n = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (count == 0)
    return 0;

  if (!chorus_upload_feed_is_readable (self))
    chorus_upload_feed_wait (self, cancellable);

  g_mutex_lock (&self->mutex);
  if (self->n_full > 0)
    {
      n = (gssize) chorus_upload_feed_take_locked (self, buffer, count);
    }
  else if (self->error)
    {
      g_propagate_error (error, g_error_copy (self->error));
      n = -1;
    }
  else if (!self->ended)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      n = -1;
    }
  g_mutex_unlock (&self->mutex);

  return n;
}
