/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-station.h"

#include <libsoup/soup.h>
#include <string.h>

#include "chorus-station-audio.h"
#include "chorus-station-error.h"
#include "chorus-station-exchange.h"
#include "chorus-station-files.h"
#include "chorus-station-inferences.h"
#include "chorus-station-json.h"
#include "chorus-station-runner.h"
#include "chorus-station-schema.h"
#include "chorus-station-sign-in.h"
#include "chorus-station-users.h"

#define CHORUS_STATION_BACKLOG 128

struct _ChorusStation
{
  GObject parent_instance;

  ChorusStationFolder *folder;
  ChorusStore *store;
  ChorusStationKeys *keys;
  ChorusStationRunner *runner;
  ChorusJobQueue *hashing;
  SoupServer *server;
  gint64 token_lifetime;
  guint n_pending;
};

G_DEFINE_FINAL_TYPE (ChorusStation, chorus_station, G_TYPE_OBJECT)

/* An exchange that waits for something, and the station that keeps it waiting. */
typedef struct
{
  ChorusStation *station;
  ChorusStationExchange *exchange;
} ChorusStationWait;

static ChorusStationWait *
chorus_station_begin_wait (ChorusStation         *self,
                           ChorusStationExchange *exchange)
{
  ChorusStationWait *wait = g_new0 (ChorusStationWait, 1);

  wait->station = g_object_ref (self);
  wait->exchange = g_object_ref (exchange);
  self->n_pending++;
  chorus_station_exchange_pause (exchange);

  return wait;
}

static void
chorus_station_wait_free (ChorusStationWait *wait)
{
  wait->station->n_pending--;
  g_object_unref (wait->exchange);
  g_object_unref (wait->station);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStationWait, chorus_station_wait_free)

static void
chorus_station_finalize (GObject *object)
{
  ChorusStation *self = CHORUS_STATION (object);

  g_clear_object (&self->server);
  g_clear_object (&self->runner);
  g_clear_object (&self->hashing);
  g_clear_object (&self->store);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->keys, chorus_station_keys_free);

  G_OBJECT_CLASS (chorus_station_parent_class)->finalize (object);
}

static void
chorus_station_class_init (ChorusStationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_station_finalize;
}

static void
chorus_station_init (ChorusStation *self)
{
  self->hashing = chorus_job_queue_new (1);
}

/* Sets the answer of an exchange that waited and lets it go on. Consumes @error. */
static void
chorus_station_answer (ChorusStationExchange *exchange,
                       GBytes                *json,
                       GError                *error)
{
  if (error)
    chorus_station_exchange_fail (exchange, error);
  else
    chorus_station_exchange_answer (exchange, chorus_station_exchange_get_call (exchange)->status, json);
  g_clear_error (&error);
  chorus_station_exchange_resume (exchange);
}

/* --- The action of a route, on the store's thread ------------------------------------------------------------ */

typedef struct
{
  ChorusStationAction run;
  ChorusStationCall *call;
} ChorusStationJobOfCall;

static gpointer
chorus_station_run_action (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  ChorusStationJobOfCall *job = data;
  g_autoptr (JsonNode) answer = job->run (db, job->call, error);

  if (answer)
    return chorus_station_json_to_bytes (answer);
  if (error && !*error)
    g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INTERNAL, "The store gave no answer.");

  return NULL;
}

/* The call belongs to the exchange, which the caller keeps alive and paused until @callback. */
static void
chorus_station_start_action (ChorusStation         *self,
                             ChorusStationExchange *exchange,
                             GAsyncReadyCallback    callback,
                             ChorusStationWait     *wait)
{
  ChorusStationJobOfCall *job = g_new0 (ChorusStationJobOfCall, 1);

  job->run = chorus_station_exchange_get_route (exchange)->action;
  job->call = chorus_station_exchange_get_call (exchange);
  chorus_store_run_async (self->store, chorus_station_run_action, job, g_free, (GDestroyNotify) g_bytes_unref, NULL,
                          callback, wait);
}

static void
chorus_station_action_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (ChorusStationWait) wait = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) json = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  gboolean asked_for_work =
    !error && chorus_station_exchange_get_route (wait->exchange)->service == CHORUS_STATION_SERVICE_INFERENCE;

  chorus_station_answer (wait->exchange, json, error);
  if (asked_for_work)
    chorus_station_runner_wake (wait->station->runner);
}

static void
chorus_station_audio_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (ChorusStationWait) wait = user_data;
  ChorusStationCall *call = chorus_station_exchange_get_call (wait->exchange);
  GError *error = NULL;
  g_autoptr (GBytes) json = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  g_autoptr (JsonObject) found = json ? chorus_station_json_parse_object (json, &error) : NULL;
  g_autofree char *path = NULL;
  const char *kind = NULL;

  if (!found)
    {
      chorus_station_answer (wait->exchange, NULL, error);
      return;
    }
  kind = chorus_station_json_get_string (found, "kind");
  path = chorus_station_folder_build_file_path (call->folder, call->id, kind);
  chorus_station_audio_send (wait->exchange, path, kind, (guint64) json_object_get_int_member (found, "size"));
}

static void
chorus_station_received_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  ChorusStationWait *wait = user_data;
  GError *error = NULL;
  GPtrArray *files = chorus_upload_receiver_finish_finish (CHORUS_UPLOAD_RECEIVER (source), result, &error);

  if (!files)
    {
      chorus_station_answer (wait->exchange, NULL, error);
      chorus_station_wait_free (wait);
      return;
    }
  chorus_station_exchange_get_call (wait->exchange)->received = files;
  chorus_station_start_action (wait->station, wait->exchange, chorus_station_action_cb, wait);
}

/* --- Tokens ------------------------------------------------------------------------------------------------- */

static void
chorus_station_signed_in_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (ChorusStationWait) wait = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) json = chorus_station_sign_in_finish (CHORUS_STORE (source), result, &error);

  chorus_station_answer (wait->exchange, json, error);
}

typedef struct
{
  const ChorusStationKeys *keys;
  gint64 lifetime;
  char *authorization;
  char *api_key;
  char *refresh_token;
} ChorusStationCredentials;

static void
chorus_station_credentials_free (ChorusStationCredentials *self)
{
  g_free (self->authorization);
  g_free (self->api_key);
  g_free (self->refresh_token);
  g_free (self);
}

static gpointer
chorus_station_run_refresh (ChorusDatabase  *db,
                            gpointer         data,
                            GError         **error)
{
  ChorusStationCredentials *credentials = data;
  g_autoptr (JsonNode) answer = NULL;

  if (!credentials->refresh_token)
    {
      g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                           "refresh_token must be a string.");
      return NULL;
    }
  answer =
    chorus_station_users_refresh (db, credentials->keys, credentials->refresh_token, credentials->lifetime, error);

  return answer ? chorus_station_json_to_bytes (answer) : NULL;
}

static void
chorus_station_refresh (ChorusStation         *self,
                        ChorusStationExchange *exchange)
{
  ChorusStationCredentials *credentials = g_new0 (ChorusStationCredentials, 1);

  credentials->keys = self->keys;
  credentials->lifetime = self->token_lifetime;
  credentials->refresh_token =
    g_strdup (chorus_station_json_get_string (chorus_station_exchange_get_call (exchange)->body, "refresh_token"));
  chorus_store_run_async (self->store, chorus_station_run_refresh, credentials,
                          (GDestroyNotify) chorus_station_credentials_free, (GDestroyNotify) g_bytes_unref, NULL,
                          chorus_station_action_cb, chorus_station_begin_wait (self, exchange));
}

static gpointer
chorus_station_run_admission (ChorusDatabase  *db,
                              gpointer         data,
                              GError         **error)
{
  ChorusStationCredentials *credentials = data;

  return chorus_station_users_admit (db, credentials->keys, credentials->authorization, credentials->api_key, error);
}

static gpointer
chorus_station_run_place_check (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  chorus_station_places_check (db, CHORUS_STATION_PLACE_DEPLOYMENT, data, error);

  return NULL;
}

static void
chorus_station_place_checked_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusStationWait) wait = user_data;
  g_autoptr (GError) error = NULL;

  chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (error)
    chorus_station_exchange_fail (wait->exchange, error);
  chorus_station_exchange_resume (wait->exchange);
}

static void
chorus_station_admitted_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (ChorusStationWait) wait = user_data;
  ChorusStationCall *call = chorus_station_exchange_get_call (wait->exchange);
  g_autoptr (GError) error = NULL;

  call->user_id = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (!error && chorus_station_exchange_get_route (wait->exchange)->service == CHORUS_STATION_SERVICE_UPLOAD)
    {
      /* Before hundreds of megabytes come to a place that does not exist. */
      chorus_store_run_async (wait->station->store, chorus_station_run_place_check, g_strdup (call->id), g_free, NULL,
                              NULL, chorus_station_place_checked_cb,
                              chorus_station_begin_wait (wait->station, wait->exchange));
      return;
    }
  if (error)
    chorus_station_exchange_fail (wait->exchange, error);
  chorus_station_exchange_resume (wait->exchange);
}

/* --- Requests ----------------------------------------------------------------------------------------------- */

/* After the headers, before the body: a request that will be refused is refused now, and what it carries is dropped. */
static void
chorus_station_early_cb (SoupServer        *server,
                         SoupServerMessage *message,
                         const char        *path,
                         GHashTable        *query,
                         gpointer           user_data)
{
  ChorusStation *self = CHORUS_STATION (user_data);
  ChorusStationExchange *exchange = chorus_station_exchange_new (message, self->folder);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  ChorusStationCredentials *credentials = NULL;

  if (!chorus_station_exchange_route (exchange, path, query)
      || chorus_station_route_is_open (chorus_station_exchange_get_route (exchange)))
    return;

  credentials = g_new0 (ChorusStationCredentials, 1);
  credentials->keys = self->keys;
  credentials->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  credentials->api_key = g_strdup (soup_message_headers_get_one (headers, "X-API-Key"));
  chorus_store_run_async (self->store, chorus_station_run_admission, credentials,
                          (GDestroyNotify) chorus_station_credentials_free, g_free, NULL, chorus_station_admitted_cb,
                          chorus_station_begin_wait (self, exchange));
}

/* After the body. */
static void
chorus_station_request_cb (SoupServer        *server,
                           SoupServerMessage *message,
                           const char        *path,
                           GHashTable        *query,
                           gpointer           user_data)
{
  ChorusStation *self = CHORUS_STATION (user_data);
  ChorusStationExchange *exchange = chorus_station_exchange_get (message);
  ChorusStationCall *call = NULL;

  g_return_if_fail (exchange != NULL);

  if (!chorus_station_exchange_read_body (exchange))
    return;

  call = chorus_station_exchange_get_call (exchange);
  switch (chorus_station_exchange_get_route (exchange)->service)
    {
    case CHORUS_STATION_SERVICE_SIGN_IN:
      chorus_station_sign_in_async (self->store, self->hashing, self->keys, call->body, self->token_lifetime,
                                    chorus_station_signed_in_cb, chorus_station_begin_wait (self, exchange));
      break;
    case CHORUS_STATION_SERVICE_REFRESH:
      chorus_station_refresh (self, exchange);
      break;
    case CHORUS_STATION_SERVICE_UPLOAD:
      chorus_upload_receiver_finish_async (chorus_station_exchange_get_receiver (exchange), chorus_station_received_cb,
                                           chorus_station_begin_wait (self, exchange));
      break;
    case CHORUS_STATION_SERVICE_AUDIO:
      chorus_station_start_action (self, exchange, chorus_station_audio_cb, chorus_station_begin_wait (self, exchange));
      break;
    case CHORUS_STATION_SERVICE_ACTION:
    case CHORUS_STATION_SERVICE_INFERENCE:
    default:
      chorus_station_start_action (self, exchange, chorus_station_action_cb,
                                   chorus_station_begin_wait (self, exchange));
      break;
    }
}

/* --- Beginning and end -------------------------------------------------------------------------------------- */

/* Everything that must be in order before the first request: done here, directly, while nobody waits. */
static ChorusStationKeys *
chorus_station_prepare (ChorusStationFolder  *folder,
                        GError              **error)
{
  g_autofree char *token = chorus_station_folder_dup_token (folder, error);
  g_autoptr (ChorusDatabase) db =
    token ? chorus_database_open (chorus_station_folder_get_store_path (folder), error) : NULL;
  g_autoptr (GHashTable) known = NULL;

  if (!db || !chorus_migrations_apply (chorus_station_schema_get_migrations (), db, error)
      || !chorus_station_inferences_recover (db, error) || !(known = chorus_station_files_load_ids (db, error)))
    return NULL;
  chorus_station_folder_clean (folder, known);

  return chorus_station_keys_load (db, token, error);
}

ChorusStation *
chorus_station_new (ChorusStationFolder  *folder,
                    gint64                token_lifetime,
                    GError              **error)
{
  g_autoptr (ChorusStation) self = NULL;

  g_return_val_if_fail (CHORUS_IS_STATION_FOLDER (folder), NULL);

  self = g_object_new (CHORUS_TYPE_STATION, NULL);
  self->folder = g_object_ref (folder);
  self->token_lifetime = token_lifetime;
  self->keys = chorus_station_prepare (folder, error);
  self->store = self->keys ? chorus_store_open (chorus_station_folder_get_store_path (folder), NULL, error) : NULL;
  if (!self->store)
    return NULL;
  self->runner = chorus_station_runner_new (self->store, folder);

  self->server = soup_server_new ("server-header", "Chorus station", "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->server, NULL, chorus_station_early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, chorus_station_request_cb, self, NULL);
  chorus_station_runner_wake (self->runner);

  return g_steal_pointer (&self);
}

static gboolean
chorus_station_try_port (ChorusStation  *self,
                         const char     *address,
                         guint           port,
                         GError        **error)
{
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocket) socket = NULL;

  if (!socket_address)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a numeric address.", address);
      return FALSE;
    }
  socket =
    g_socket_new (g_socket_address_get_family (socket_address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (!socket || !g_socket_bind (socket, socket_address, TRUE, error))
    return FALSE;
  /* GLib's ten are few for a client that opens a connection for every request. */
  g_socket_set_listen_backlog (socket, CHORUS_STATION_BACKLOG);

  return g_socket_listen (socket, error) && soup_server_listen_socket (self->server, socket, 0, error);
}

char *
chorus_station_listen (ChorusStation  *self,
                       const char     *address,
                       guint           port,
                       GError        **error)
{
  guint last_port = 0;
  GSList *uris = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (CHORUS_IS_STATION (self), NULL);

  /* Addresses of files that a client keeps stay right when the port does. */
  last_port = port == 0 ? chorus_station_folder_get_last_port (self->folder) : 0;
  if ((last_port == 0 || !chorus_station_try_port (self, address, last_port, NULL))
      && !chorus_station_try_port (self, address, port, error))
    return NULL;

  uris = soup_server_get_uris (self->server);
  if (uris)
    {
      url = g_uri_to_string (uris->data);
      port = (guint) g_uri_get_port (uris->data);
    }
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (!url || !chorus_station_folder_write_address (self->folder, url, port, error))
    return NULL;

  return g_steal_pointer (&url);
}

void
chorus_station_stop (ChorusStation *self)
{
  g_return_if_fail (CHORUS_IS_STATION (self));

  soup_server_disconnect (self->server);
  chorus_station_runner_stop (self->runner);
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  chorus_store_close (self->store);
}
