/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-bad-server.h"

#include <string.h>
#include <sys/socket.h>

#define CHORUS_BAD_SERVER_MAX_HEAD (64 * 1024)
#define CHORUS_BAD_SERVER_KEPT_BODY (64 * 1024)

struct _ChorusBadServer
{
  GSocketListener *listener;
  GThread *accepting;
  char *url;
  GCancellable *stop;

  GMutex mutex; /* guards all that follows */
  GCond changed;
  GPtrArray *rules;
  GPtrArray *requests; /* kept until the end: connections point to them */
  guint n_forgotten;
  guint n_connections;
  guint64 n_sent;
};

typedef struct
{
  char *method;
  char *path;
  guint status;
  char *headers;
  char *body;
  guint times_left; /* G_MAXUINT: for ever */
  ChorusBadManner manner;
  guint64 n_bytes;
  guint after_requests;
} ChorusBadRule;

static void
chorus_bad_rule_free (ChorusBadRule *rule)
{
  g_free (rule->method);
  g_free (rule->path);
  g_free (rule->headers);
  g_free (rule->body);
  g_free (rule);
}

static ChorusBadRule *
chorus_bad_rule_copy (const ChorusBadRule *rule)
{
  ChorusBadRule *copy = g_memdup2 (rule, sizeof *rule);

  copy->method = g_strdup (rule->method);
  copy->path = g_strdup (rule->path);
  copy->headers = g_strdup (rule->headers);
  copy->body = g_strdup (rule->body);

  return copy;
}

static void
chorus_bad_request_free (ChorusBadRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_clear_pointer (&request->headers, g_hash_table_unref);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/* One connection with the request that came over it. */
typedef struct
{
  ChorusBadServer *server;
  GSocket *socket;
  GInputStream *input;
  GOutputStream *output;
  GByteArray *head; /* with what was read of the body */
  gsize head_length;
  ChorusBadRequest *request; /* of the server */
  ChorusBadRule *rule;
} ChorusBadConnection;

static gboolean
chorus_bad_server_read_head (ChorusBadConnection *connection)
{
  char buffer[4096];

  while (connection->head->len < CHORUS_BAD_SERVER_MAX_HEAD)
    {
      const char *end = connection->head->len > 0
                          ? g_strstr_len ((const char *) connection->head->data, connection->head->len, "\r\n\r\n")
                          : NULL;

      if (end)
        {
          connection->head_length = (gsize) (end - (const char *) connection->head->data) + 4;
          return TRUE;
        }

      gssize n = g_input_stream_read (connection->input, buffer, sizeof buffer, connection->server->stop, NULL);

      if (n <= 0)
        return FALSE;
      g_byte_array_append (connection->head, (const guint8 *) buffer, (guint) n);
    }

  return FALSE;
}

static ChorusBadRequest *
chorus_bad_server_parse_head (ChorusBadConnection *connection)
{
  g_autofree char *text = g_strndup ((const char *) connection->head->data, connection->head_length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);
  ChorusBadRequest *request = g_new0 (ChorusBadRequest, 1);

  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[0] && words[1] ? words[1] : "");
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 1; lines[i]; i++)
    {
      const char *colon = strchr (lines[i], ':');

      if (colon)
        {
          g_autofree char *name = g_strndup (lines[i], (gsize) (colon - lines[i]));

          g_hash_table_replace (request->headers, g_ascii_strdown (name, -1), g_strstrip (g_strdup (colon + 1)));
        }
    }

  return request;
}

/* Finds the rule for a request and uses it up by one. Call with the mutex held. */
static ChorusBadRule *
chorus_bad_server_take_rule (ChorusBadServer        *self,
                             const ChorusBadRequest *request)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      ChorusBadRule *rule = g_ptr_array_index (self->rules, i);

      if (rule->times_left == 0 || (rule->method && strcmp (rule->method, request->method) != 0)
          || (rule->path && !g_str_has_prefix (request->path, rule->path)))
        continue;
      if (rule->times_left != G_MAXUINT)
        rule->times_left--;

      return chorus_bad_rule_copy (rule);
    }

  ChorusBadRule *unexpected = g_new0 (ChorusBadRule, 1);

  unexpected->status = 500;
  unexpected->body = g_strdup ("{\"error\":{\"code\":\"UNEXPECTED\",\"message\":\"the test did not expect this\"}}");

  return unexpected;
}

static void
chorus_bad_server_reset_connection (ChorusBadConnection *connection)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  /* With a linger time of zero, closing sends RST in place of FIN. */
  setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (connection->socket, NULL);
}

/* Waits until the client resets the connection, or the server ends, without reading. */
static void
chorus_bad_server_stall (ChorusBadConnection *connection)
{
  g_socket_condition_wait (connection->socket, G_IO_HUP | G_IO_ERR, connection->server->stop, NULL);
}

/* Waits until the client goes away, or the server ends; what the client still says is thrown away. */
static void
chorus_bad_server_stall_listening (ChorusBadConnection *connection)
{
  char buffer[4096];

  while (g_input_stream_read (connection->input, buffer, sizeof buffer, connection->server->stop, NULL) > 0)
    continue;
}

/* Reads the body, as far as the rule wants. Returns whether the connection goes on. */
static gboolean
chorus_bad_server_read_body (ChorusBadConnection *connection)
{
  g_autofree char *buffer = g_malloc (64 * 1024);
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  const char *declared = g_hash_table_lookup (connection->request->headers, "content-length");
  guint64 length = declared ? g_ascii_strtoull (declared, NULL, 10) : 0;
  guint64 n = connection->head->len - connection->head_length;
  ChorusBadManner manner = connection->rule->manner;
  gboolean is_picky = manner == CHORUS_BAD_MANNER_STALL_READING || manner == CHORUS_BAD_MANNER_RESET_READING;
  guint64 wanted = is_picky ? MIN (length, connection->rule->n_bytes) : length;

  g_byte_array_append (kept, connection->head->data + connection->head_length, (guint) n);
  while (n < wanted)
    {
      gssize got = g_input_stream_read (connection->input, buffer, (gsize) MIN (wanted - n, 64 * 1024),
                                        connection->server->stop, NULL);

      if (got <= 0)
        break;
      if (kept->len < CHORUS_BAD_SERVER_KEPT_BODY)
        g_byte_array_append (kept, (const guint8 *) buffer, (guint) MIN (got, CHORUS_BAD_SERVER_KEPT_BODY - kept->len));
      n += (guint64) got;
    }

  g_mutex_lock (&connection->server->mutex);
  g_clear_pointer (&connection->request->body, g_bytes_unref);
  connection->request->body = g_bytes_new (kept->data, kept->len);
  connection->request->n_body = n;
  g_mutex_unlock (&connection->server->mutex);

  if (manner == CHORUS_BAD_MANNER_STALL_READING)
    chorus_bad_server_stall (connection);
  else if (manner == CHORUS_BAD_MANNER_RESET_READING)
    chorus_bad_server_reset_connection (connection);

  return !is_picky && n == length;
}

static gboolean
chorus_bad_server_send (ChorusBadConnection *connection,
                        const char          *data,
                        gsize                length)
{
  gsize n_written = 0;
  gboolean sent =
    g_output_stream_write_all (connection->output, data, length, &n_written, connection->server->stop, NULL);

  g_mutex_lock (&connection->server->mutex);
  connection->server->n_sent += n_written;
  g_mutex_unlock (&connection->server->mutex);
  g_main_context_wakeup (NULL);

  return sent;
}

static void
chorus_bad_server_send_head (ChorusBadConnection *connection)
{
  const ChorusBadRule *rule = connection->rule;
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "HTTP/1.1 %u Told\r\nConnection: close\r\n", rule->status ? rule->status : 200);
  if (!rule->headers || !strstr (rule->headers, "Content-Type:"))
    g_string_append (head, "Content-Type: application/json\r\n");
  if (rule->manner != CHORUS_BAD_MANNER_ENDLESS && (!rule->headers || !strstr (rule->headers, "Transfer-Encoding:")))
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", rule->body ? strlen (rule->body) : 0);
  g_string_append_printf (head, "%s\r\n", rule->headers ? rule->headers : "");
  g_output_stream_write_all (connection->output, head->str, head->len, NULL, connection->server->stop, NULL);
}

/* JSON without end, made as it is sent: text items of a list. */
static void
chorus_bad_server_send_endless (ChorusBadConnection *connection)
{
  g_autofree char *item = g_strnfill (1021, 'x');
  g_autofree char *chunk = g_strdup_printf ("\"%s\",", item);
  guint64 n = 0;

  while (n < connection->rule->n_bytes && chorus_bad_server_send (connection, chunk, strlen (chunk)))
    n += strlen (chunk);
  chorus_bad_server_send (connection, "\"\"]", 3);
}

static void
chorus_bad_server_reply (ChorusBadConnection *connection)
{
  const char *body = connection->rule->body ? connection->rule->body : "";
  gsize length = strlen (body);

  switch (connection->rule->manner)
    {
    case CHORUS_BAD_MANNER_RESET:
      chorus_bad_server_reset_connection (connection);
      break;

    case CHORUS_BAD_MANNER_STALL:
      chorus_bad_server_stall_listening (connection);
      break;

    case CHORUS_BAD_MANNER_RESET_IN_BODY:
    case CHORUS_BAD_MANNER_CLOSE_IN_BODY:
    case CHORUS_BAD_MANNER_STALL_IN_BODY:
      chorus_bad_server_send_head (connection);
      chorus_bad_server_send (connection, body, length / 2);
      if (connection->rule->manner == CHORUS_BAD_MANNER_RESET_IN_BODY)
        chorus_bad_server_reset_connection (connection);
      else if (connection->rule->manner == CHORUS_BAD_MANNER_STALL_IN_BODY)
        chorus_bad_server_stall_listening (connection);
      break;

    case CHORUS_BAD_MANNER_ENDLESS:
      chorus_bad_server_send_head (connection);
      chorus_bad_server_send (connection, body, length);
      chorus_bad_server_send_endless (connection);
      break;

    case CHORUS_BAD_MANNER_NONE:
    case CHORUS_BAD_MANNER_REPLY_EARLY:
    case CHORUS_BAD_MANNER_STALL_READING:
    case CHORUS_BAD_MANNER_RESET_READING:
    default:
      chorus_bad_server_send_head (connection);
      chorus_bad_server_send (connection, body, length);
      break;
    }
}

/* Records the request and finds out what to do about it. */
static void
chorus_bad_server_accept (ChorusBadConnection *connection)
{
  ChorusBadServer *self = connection->server;

  connection->request = chorus_bad_server_parse_head (connection);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, connection->request);
  connection->rule = chorus_bad_server_take_rule (self, connection->request);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  /* A test may be waiting for this request in the main loop. */
  g_main_context_wakeup (NULL);
}

static void
chorus_bad_server_await_requests (ChorusBadConnection *connection)
{
  ChorusBadServer *self = connection->server;

  g_mutex_lock (&self->mutex);
  while (self->requests->len - self->n_forgotten < connection->rule->after_requests
         && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
chorus_bad_server_serve (ChorusBadConnection *connection)
{
  if (!chorus_bad_server_read_head (connection))
    return;
  chorus_bad_server_accept (connection);

  gboolean is_early = connection->rule->manner == CHORUS_BAD_MANNER_REPLY_EARLY;

  if (is_early)
    chorus_bad_server_reply (connection);
  if (!chorus_bad_server_read_body (connection))
    return;
  chorus_bad_server_await_requests (connection);
  if (!is_early)
    chorus_bad_server_reply (connection);

  /* Closing while something unread is left would reset the connection. */
  if (!g_socket_is_closed (connection->socket))
    {
      g_socket_shutdown (connection->socket, FALSE, TRUE, NULL);
      chorus_bad_server_stall_listening (connection);
    }
}

typedef struct
{
  ChorusBadServer *server;
  GSocketConnection *connection;
} ChorusBadGuest;

static gpointer
chorus_bad_server_serve_thread (gpointer data)
{
  ChorusBadGuest *guest = data;
  ChorusBadServer *self = guest->server;
  ChorusBadConnection connection = {
    .server = self,
    .socket = g_socket_connection_get_socket (guest->connection),
    .input = g_io_stream_get_input_stream (G_IO_STREAM (guest->connection)),
    .output = g_io_stream_get_output_stream (G_IO_STREAM (guest->connection)),
    .head = g_byte_array_new (),
  };

  chorus_bad_server_serve (&connection);
  g_byte_array_unref (connection.head);
  g_clear_pointer (&connection.rule, chorus_bad_rule_free);
  g_io_stream_close (G_IO_STREAM (guest->connection), NULL, NULL);
  g_object_unref (guest->connection);
  g_free (guest);

  g_mutex_lock (&self->mutex);
  self->n_connections--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static gpointer
chorus_bad_server_accept_thread (gpointer data)
{
  ChorusBadServer *self = data;
  GSocketConnection *connection = NULL;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)))
    {
      ChorusBadGuest *guest = g_new0 (ChorusBadGuest, 1);

      guest->server = self;
      guest->connection = connection;
      g_mutex_lock (&self->mutex);
      self->n_connections++;
      g_mutex_unlock (&self->mutex);
      g_thread_unref (g_thread_new ("bad-connection", chorus_bad_server_serve_thread, guest));
    }

  return NULL;
}

ChorusBadServer *
chorus_bad_server_new (void)
{
  ChorusBadServer *self = g_new0 (ChorusBadServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->stop = g_cancellable_new ();
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_bad_rule_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_bad_request_free);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, any_port, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address,
                                 &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->accepting = g_thread_new ("bad-server", chorus_bad_server_accept_thread, self);

  return self;
}

void
chorus_bad_server_free (ChorusBadServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->accepting);
  g_socket_listener_close (self->listener);

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  while (self->n_connections > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->requests);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->url);
  g_free (self);
}

const char *
chorus_bad_server_get_url (ChorusBadServer *self)
{
  return self->url;
}

void
chorus_bad_server_add (ChorusBadServer      *self,
                       const ChorusBadReply *reply)
{
  ChorusBadRule *rule = g_new0 (ChorusBadRule, 1);

  rule->method = g_strdup (reply->method);
  rule->path = g_strdup (reply->path);
  rule->status = reply->status;
  rule->headers = g_strdup (reply->headers);
  rule->body = g_strdup (reply->body);
  rule->times_left = reply->times ? reply->times : G_MAXUINT;
  rule->manner = reply->manner;
  rule->n_bytes = reply->n_bytes;
  rule->after_requests = reply->after_requests;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->rules, rule);
  g_mutex_unlock (&self->mutex);
}

void
chorus_bad_server_reset (ChorusBadServer *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->rules, 0);
  self->n_forgotten = self->requests->len;
  self->n_sent = 0;
  g_mutex_unlock (&self->mutex);
}

static ChorusBadRequest *
chorus_bad_server_find_request (ChorusBadServer *self,
                                const char      *path,
                                guint            n,
                                guint           *n_found)
{
  ChorusBadRequest *found = NULL;

  g_mutex_lock (&self->mutex);
  *n_found = 0;
  for (guint i = self->n_forgotten; i < self->requests->len; i++)
    {
      ChorusBadRequest *request = g_ptr_array_index (self->requests, i);

      if (path && !g_str_has_prefix (request->path, path))
        continue;
      if ((*n_found)++ == n)
        found = request;
    }
  g_mutex_unlock (&self->mutex);

  return found;
}

guint
chorus_bad_server_count (ChorusBadServer *self,
                         const char      *path)
{
  guint n_found = 0;

  chorus_bad_server_find_request (self, path, 0, &n_found);

  return n_found;
}

const ChorusBadRequest *
chorus_bad_server_get_request (ChorusBadServer *self,
                               const char      *path,
                               guint            n)
{
  guint n_found = 0;

  return chorus_bad_server_find_request (self, path, n, &n_found);
}

guint64
chorus_bad_server_get_n_sent (ChorusBadServer *self)
{
  g_mutex_lock (&self->mutex);

  guint64 n_sent = self->n_sent;

  g_mutex_unlock (&self->mutex);

  return n_sent;
}
