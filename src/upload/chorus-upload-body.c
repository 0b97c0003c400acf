/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-body.h"

#include "chorus-upload-feed.h"

struct _ChorusUploadBody
{
  GInputStream parent_instance;

  ChorusUploadEncoder *encoder; /* until the first read */
  ChorusUploadFeed *feed;       /* from then on, until closed */
  goffset length;
  ChorusThrottle *throttle;
  int *failed; /* atomic, and shared with the encoder */
};

static void chorus_upload_body_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusUploadBody,
                               chorus_upload_body,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, chorus_upload_body_pollable_init))

/* Nothing is read from the disk before somebody wants to read from the stream. */
static ChorusUploadFeed *
chorus_upload_body_ensure_feed (ChorusUploadBody *self)
{
  if (!self->feed && self->encoder)
    self->feed = chorus_upload_feed_start (g_steal_pointer (&self->encoder), self->throttle);

  return self->feed;
}

static gssize
chorus_upload_body_read (GInputStream  *stream,
                         void          *buffer,
                         gsize          count,
                         GCancellable  *cancellable,
                         GError       **error)
{
  ChorusUploadBody *self = CHORUS_UPLOAD_BODY (stream);

  return chorus_upload_feed_read (chorus_upload_body_ensure_feed (self), buffer, count, cancellable, error);
}

static gboolean
chorus_upload_body_close (GInputStream  *stream,
                          GCancellable  *cancellable,
                          GError       **error)
{
  ChorusUploadBody *self = CHORUS_UPLOAD_BODY (stream);

  g_clear_pointer (&self->encoder, chorus_upload_encoder_free);
  g_clear_pointer (&self->feed, chorus_upload_feed_stop);

  return TRUE;
}

/* A closed stream counts as readable: reading it reports at once that it is closed. */
static gboolean
chorus_upload_body_is_readable (GPollableInputStream *stream)
{
  ChorusUploadFeed *feed = chorus_upload_body_ensure_feed (CHORUS_UPLOAD_BODY (stream));

  return !feed || chorus_upload_feed_is_readable (feed);
}

static gssize
chorus_upload_body_read_nonblocking (GPollableInputStream  *stream,
                                     void                  *buffer,
                                     gsize                  count,
                                     GError               **error)
{
  ChorusUploadFeed *feed = chorus_upload_body_ensure_feed (CHORUS_UPLOAD_BODY (stream));

  if (feed)
    return chorus_upload_feed_read_nonblocking (feed, buffer, count, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the stream is closed");

  return -1;
}

static GSource *
chorus_upload_body_create_source (GPollableInputStream *stream,
                                  GCancellable         *cancellable)
{
  ChorusUploadFeed *feed = chorus_upload_body_ensure_feed (CHORUS_UPLOAD_BODY (stream));
  g_autoptr (GSource) ready = feed ? chorus_upload_feed_create_source (feed) : g_timeout_source_new (0);

  return g_pollable_source_new_full (stream, ready, cancellable);
}

static void
chorus_upload_body_finalize (GObject *object)
{
  ChorusUploadBody *self = CHORUS_UPLOAD_BODY (object);

  g_clear_pointer (&self->encoder, chorus_upload_encoder_free);
  g_clear_pointer (&self->feed, chorus_upload_feed_stop);
  g_clear_object (&self->throttle);
  g_clear_pointer (&self->failed, g_atomic_rc_box_release);

  G_OBJECT_CLASS (chorus_upload_body_parent_class)->finalize (object);
}

static void
chorus_upload_body_class_init (ChorusUploadBodyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  object_class->finalize = chorus_upload_body_finalize;
  stream_class->read_fn = chorus_upload_body_read;
  stream_class->close_fn = chorus_upload_body_close;
}

static void
chorus_upload_body_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = chorus_upload_body_is_readable;
  iface->read_nonblocking = chorus_upload_body_read_nonblocking;
  iface->create_source = chorus_upload_body_create_source;
}

static void
chorus_upload_body_init (ChorusUploadBody *self)
{
  self->encoder = chorus_upload_encoder_new ();
  self->length = chorus_upload_encoder_get_length (self->encoder);
  self->failed = chorus_upload_encoder_ref_failed (self->encoder);
}

ChorusUploadBody *
chorus_upload_body_new (void)
{
  return g_object_new (CHORUS_TYPE_UPLOAD_BODY, NULL);
}

goffset
chorus_upload_body_get_length (ChorusUploadBody *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_BODY (self), 0);

  return self->length;
}

void
chorus_upload_body_add_part (ChorusUploadBody       *self,
                             GFile                  *file,
                             const char             *format,
                             ChorusUploadMethod      method,
                             goffset                 file_size,
                             gint64                  modified,
                             const ChorusUploadPart *part)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_BODY (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (format != NULL);
  g_return_if_fail (part != NULL);
  g_return_if_fail (self->encoder != NULL);
  g_return_if_fail (chorus_upload_encoder_get_n_parts (self->encoder) < CHORUS_UPLOAD_BODY_MAX_FILES);

  chorus_upload_encoder_add_part (self->encoder, file, format, method, file_size, modified, part);
  self->length = chorus_upload_encoder_get_length (self->encoder);
}

void
chorus_upload_body_set_throttle (ChorusUploadBody *self,
                                 ChorusThrottle   *throttle)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_BODY (self));
  g_return_if_fail (!throttle || CHORUS_IS_THROTTLE (throttle));
  g_return_if_fail (self->encoder != NULL);

  g_set_object (&self->throttle, throttle);
}

void
chorus_upload_body_set_spare (ChorusUploadBody  *self,
                              ChorusUploadSpare *spare)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_BODY (self));
  g_return_if_fail (spare != NULL);
  g_return_if_fail (self->encoder != NULL);

  chorus_upload_encoder_set_spare (self->encoder, spare);
}

int
chorus_upload_body_get_failed (ChorusUploadBody *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_BODY (self), -1);

  return g_atomic_int_get (self->failed);
}
