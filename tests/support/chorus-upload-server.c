/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-server-private.h"

#include <sys/socket.h>

static void
chorus_upload_visit_clear (ChorusUploadVisit *visit)
{
  g_byte_array_unref (visit->head);
  g_byte_array_unref (visit->body);
  g_ptr_array_unref (visit->stored);
  g_free (visit->method);
  g_free (visit->path);
  g_free (visit->query);
}

void
chorus_upload_server_tell (ChorusUploadServer *self)
{
  g_cond_broadcast (&self->changed);
  g_main_context_wakeup (NULL);
}

gint64
chorus_upload_server_get_time (ChorusUploadServer *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->clock;
}

void
chorus_upload_server_add_foreign (ChorusUploadServer *self,
                                  guint               n,
                                  gint64              created_at)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 number = GUINT32_TO_LE (++self->n_foreign);
      g_autoptr (GByteArray) content = g_byte_array_new ();

      if (self->limits.foreign)
        g_byte_array_append (content, g_bytes_get_data (self->limits.foreign, NULL),
                             (guint) g_bytes_get_size (self->limits.foreign));
      g_byte_array_append (content, (guint8 *) &number, sizeof number);

      g_autoptr (GBytes) file = g_bytes_new (content->data, content->len);

      chorus_upload_shelf_keep (self->shelf, file, created_at, 0, TRUE);
    }
}

typedef struct
{
  ChorusUploadServer *server;
  GSocketConnection *stream;
} ChorusUploadGuest;

static gpointer
chorus_upload_server_serve_thread (gpointer data)
{
  ChorusUploadGuest *guest = data;
  ChorusUploadServer *self = guest->server;
  ChorusUploadVisit visit = {
    .server = self,
    .stream = guest->stream,
    .head = g_byte_array_new (),
    .body = g_byte_array_new (),
    .stored = g_ptr_array_new (),
  };

  chorus_upload_visit_serve (&visit);
  chorus_upload_visit_clear (&visit);
  g_io_stream_close (G_IO_STREAM (guest->stream), NULL, NULL);
  g_object_unref (guest->stream);
  g_free (guest);

  g_mutex_lock (&self->mutex);
  self->n_connections--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static gpointer
chorus_upload_server_accept_thread (gpointer data)
{
  ChorusUploadServer *self = data;
  GSocketConnection *stream = NULL;

  while ((stream = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)))
    {
      ChorusUploadGuest *guest = g_new0 (ChorusUploadGuest, 1);

      guest->server = self;
      guest->stream = stream;
      g_mutex_lock (&self->mutex);
      self->n_connections++;
      g_mutex_unlock (&self->mutex);
      g_thread_unref (g_thread_new ("upload-visit", chorus_upload_server_serve_thread, guest));
    }

  return NULL;
}

/* Sockets of a fixed size, so that a body of some megabytes cannot vanish in them. */
static GSocketListener *
chorus_upload_server_listen (char **url)
{
  GSocketListener *listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 64 * 1024, &error);
  g_assert_no_error (error);
  g_socket_bind (socket, any_port, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  g_socket_listener_add_socket (listener, socket, NULL, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *url = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));

  return listener;
}

ChorusUploadServer *
chorus_upload_server_new (const ChorusUploadLimits *limits,
                          const ChorusUploadStep   *script,
                          guint                     n_script)
{
  ChorusUploadServer *self = g_new0 (ChorusUploadServer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->stop = g_cancellable_new ();
  self->shelf = chorus_upload_shelf_new ();
  self->script = g_array_new (FALSE, FALSE, sizeof (ChorusUploadStep));
  if (n_script > 0)
    g_array_append_vals (self->script, script, n_script);
  if (limits)
    self->limits = *limits;
  if (self->limits.foreign)
    g_bytes_ref (self->limits.foreign);
  self->clock = self->limits.clock;
  chorus_upload_server_add_foreign (self, self->limits.n_foreign, chorus_upload_server_get_time (self) - 86400);
  self->listener = chorus_upload_server_listen (&self->url);
  self->accepting = g_thread_new ("upload-server", chorus_upload_server_accept_thread, self);

  return self;
}

void
chorus_upload_server_free (ChorusUploadServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->accepting);
  g_socket_listener_close (self->listener);

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  while (self->n_connections > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  chorus_upload_shelf_free (self->shelf);
  g_clear_pointer (&self->limits.foreign, g_bytes_unref);
  g_array_unref (self->script);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->url);
  g_free (self->bad);
  g_free (self);
}

const char *
chorus_upload_server_get_url (ChorusUploadServer *self)
{
  return self->url;
}

void
chorus_upload_server_set_bad (ChorusUploadServer *self,
                              const char         *sha256)
{
  g_mutex_lock (&self->mutex);
  g_free (self->bad);
  self->bad = g_strdup (sha256);
  g_mutex_unlock (&self->mutex);
}

void
chorus_upload_server_release (ChorusUploadServer *self)
{
  g_mutex_lock (&self->mutex);
  self->n_released++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

#define CHORUS_UPLOAD_SERVER_GETTER(type, name, expression)                                                            \
  type name (ChorusUploadServer *self)                                                                                 \
  {                                                                                                                    \
    g_mutex_lock (&self->mutex);                                                                                       \
                                                                                                                       \
    type value = (expression);                                                                                         \
                                                                                                                       \
    g_mutex_unlock (&self->mutex);                                                                                     \
                                                                                                                       \
    return value;                                                                                                      \
  }

CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_n_held, self->n_held)
CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_n_uploads, self->n_uploads)
CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_max_uploads, self->max_active)
CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_max_files, self->max_files)
CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_n_hurried, self->n_hurried)
CHORUS_UPLOAD_SERVER_GETTER (guint, chorus_upload_server_get_n_lists, self->n_lists)
CHORUS_UPLOAD_SERVER_GETTER (guint64, chorus_upload_server_get_n_bytes, self->n_bytes)
CHORUS_UPLOAD_SERVER_GETTER (guint,
                             chorus_upload_server_get_n_stored,
                             chorus_upload_shelf_get_n_files (self->shelf) - self->n_foreign)

guint
chorus_upload_server_count_stored (ChorusUploadServer *self,
                                   const char         *sha256)
{
  g_mutex_lock (&self->mutex);

  guint n = chorus_upload_shelf_count (self->shelf, sha256);

  g_mutex_unlock (&self->mutex);

  return n;
}

const ChorusUploadShelved *
chorus_upload_server_find_stored (ChorusUploadServer *self,
                                  const char         *file_id)
{
  g_mutex_lock (&self->mutex);

  const ChorusUploadShelved *file = chorus_upload_shelf_find (self->shelf, file_id);

  g_mutex_unlock (&self->mutex);

  return file;
}

void
chorus_upload_server_assert_exactly_once (ChorusUploadServer *self,
                                          GPtrArray          *sha256s)
{
  for (guint i = 0; i < sha256s->len; i++)
    {
      guint n = chorus_upload_server_count_stored (self, sha256s->pdata[i]);

      if (n != 1)
        g_error ("file %u of %u (%s) was stored %u times", i, sha256s->len, (char *) sha256s->pdata[i], n);
    }
  g_assert_cmpuint (chorus_upload_server_get_n_stored (self), ==, sha256s->len);
}
