/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station-exchange.h"

#include "chorus-station-error.h"
#include "chorus-station-json.h"

#define CHORUS_STATION_EXCHANGE_MAX_BODY (1024 * 1024)

struct _ChorusStationExchange
{
  GObject parent_instance;

  SoupServerMessage *message;
  ChorusStationCall *call;
  const ChorusStationRoute *route;
  char *request_id;
  GByteArray *body;
  gboolean body_too_large;
  ChorusUploadReceiver *receiver;
  gboolean paused;
  gboolean finished;
};

G_DEFINE_FINAL_TYPE (ChorusStationExchange, chorus_station_exchange, G_TYPE_OBJECT)

static GQuark chorus_station_exchange_quark (void);
G_DEFINE_QUARK (chorus-station-exchange, chorus_station_exchange)

static void
chorus_station_exchange_finalize (GObject *object)
{
  ChorusStationExchange *self = CHORUS_STATION_EXCHANGE (object);

  g_clear_object (&self->message);
  g_clear_object (&self->receiver);
  g_clear_pointer (&self->call, chorus_station_call_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self->request_id);

  G_OBJECT_CLASS (chorus_station_exchange_parent_class)->finalize (object);
}

static void
chorus_station_exchange_class_init (ChorusStationExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_station_exchange_finalize;
}

static void
chorus_station_exchange_init (ChorusStationExchange *self)
{
  g_autofree char *uuid = g_uuid_string_random ();

  self->call = chorus_station_call_new ();
  self->body = g_byte_array_new ();
  self->request_id = g_strdup_printf ("req_%.8s%.4s", uuid, uuid + 9);
}

/* Message and exchange hold each other until here. */
static void
chorus_station_exchange_finished_cb (ChorusStationExchange *self,
                                     SoupServerMessage     *message)
{
  self->finished = TRUE;
  g_object_set_qdata (G_OBJECT (message), chorus_station_exchange_quark (), NULL);
}

/* Scheme, host and port as the client wrote them, so that the addresses it gets lead where it came from. */
static char *
chorus_station_exchange_build_origin (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "",
                     NULL, NULL);
}

/* libsoup before 3.3 never notices that a client closed an idle connection, and soon is out of file descriptors. */
static void
chorus_station_exchange_limit_connection (SoupServerMessage *message)
{
  if (!soup_check_version (3, 3, 0))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

ChorusStationExchange *
chorus_station_exchange_new (SoupServerMessage   *message,
                             ChorusStationFolder *folder)
{
  ChorusStationExchange *self = g_object_new (CHORUS_TYPE_STATION_EXCHANGE, NULL);

  self->message = g_object_ref (message);
  self->call->folder = g_object_ref (folder);
  self->call->origin = chorus_station_exchange_build_origin (message);
  g_object_set_qdata_full (G_OBJECT (message), chorus_station_exchange_quark (), self, g_object_unref);
  g_signal_connect_object (message, "finished", G_CALLBACK (chorus_station_exchange_finished_cb), self,
                           G_CONNECT_SWAPPED);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  chorus_station_exchange_limit_connection (message);

  return self;
}

ChorusStationExchange *
chorus_station_exchange_get (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), chorus_station_exchange_quark ());
}

SoupServerMessage *
chorus_station_exchange_get_message (ChorusStationExchange *self)
{
  return self->message;
}

ChorusStationCall *
chorus_station_exchange_get_call (ChorusStationExchange *self)
{
  return self->call;
}

const ChorusStationRoute *
chorus_station_exchange_get_route (ChorusStationExchange *self)
{
  return self->route;
}

ChorusUploadReceiver *
chorus_station_exchange_get_receiver (ChorusStationExchange *self)
{
  return self->receiver;
}

gboolean
chorus_station_exchange_is_finished (ChorusStationExchange *self)
{
  return self->finished;
}

static void
chorus_station_exchange_got_chunk_cb (ChorusStationExchange *self,
                                      GBytes                *chunk,
                                      SoupServerMessage     *message)
{
  gsize n_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (chunk, &n_bytes);

  /* The answer is known already; what still comes is of no interest. */
  if (soup_server_message_get_status (message) != 0)
    return;

  if (self->receiver)
    {
      if (chorus_upload_receiver_push (self->receiver, chunk))
        chorus_station_exchange_pause (self);
      return;
    }
  if (self->body->len + n_bytes > CHORUS_STATION_EXCHANGE_MAX_BODY)
    self->body_too_large = TRUE;
  else
    g_byte_array_append (self->body, bytes, (guint) n_bytes);
}

gboolean
chorus_station_exchange_route (ChorusStationExchange *self,
                               const char            *path,
                               GHashTable            *query)
{
  g_autofree char *allowed = NULL;
  g_autoptr (GError) error = NULL;

  self->route =
    chorus_station_route_find (soup_server_message_get_method (self->message), path, &self->call->id, &allowed, &error);
  if (!self->route || !chorus_station_call_set_query (self->call, query, &error))
    {
      if (allowed)
        soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Allow", allowed);
      chorus_station_exchange_fail (self, error);
      return FALSE;
    }

  if (self->route->service == CHORUS_STATION_SERVICE_UPLOAD)
    {
      self->receiver = chorus_upload_receiver_new (self->call->folder);
      g_signal_connect_object (self->receiver, "ready", G_CALLBACK (chorus_station_exchange_resume), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->message, "got-chunk", G_CALLBACK (chorus_station_exchange_got_chunk_cb), self,
                           G_CONNECT_SWAPPED);

  return TRUE;
}

gboolean
chorus_station_exchange_read_body (ChorusStationExchange *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));

  if (self->body_too_large)
    g_set_error (&error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BODY_TOO_LARGE,
                 "The body of this request may have %d bytes.", CHORUS_STATION_EXCHANGE_MAX_BODY);
  else if (self->route->has_body)
    self->call->body = chorus_station_json_parse_object (body, &error);
  if (!error)
    return TRUE;
  chorus_station_exchange_fail (self, error);

  return FALSE;
}

void
chorus_station_exchange_pause (ChorusStationExchange *self)
{
  g_return_if_fail (CHORUS_IS_STATION_EXCHANGE (self));

  if (self->paused || self->finished)
    return;
  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

void
chorus_station_exchange_resume (ChorusStationExchange *self)
{
  g_return_if_fail (CHORUS_IS_STATION_EXCHANGE (self));

  if (!self->paused || self->finished)
    return;
  self->paused = FALSE;
  soup_server_message_unpause (self->message);
}

void
chorus_station_exchange_answer (ChorusStationExchange *self,
                                guint                  status,
                                GBytes                *json)
{
  SoupMessageHeaders *headers = NULL;

  g_return_if_fail (CHORUS_IS_STATION_EXCHANGE (self));

  if (self->finished)
    return;
  headers = soup_server_message_get_response_headers (self->message);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Request-Id", self->request_id);
  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), json);
  soup_server_message_set_status (self->message, status, NULL);
}

void
chorus_station_exchange_fail (ChorusStationExchange *self,
                              const GError          *error)
{
  g_autoptr (JsonNode) envelope = NULL;
  g_autoptr (GBytes) json = NULL;

  g_return_if_fail (CHORUS_IS_STATION_EXCHANGE (self));
  g_return_if_fail (error != NULL);

  envelope = chorus_station_error_to_envelope (error, self->request_id);
  if (chorus_station_error_get_status (error) >= 500)
    g_printerr ("%s: %s\n", self->request_id, error->message);
  json = chorus_station_json_to_bytes (envelope);
  chorus_station_exchange_answer (self, chorus_station_error_get_status (error), json);
}
