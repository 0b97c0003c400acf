/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-failure.h"

#include <glib/gi18n.h>

#include "chorus-api-error-private.h"
#include "chorus-json.h"
#include "chorus-rate-limit.h"

/* What a body says about an error, whatever its form. */
typedef struct
{
  gboolean is_envelope;
  char *code;
  char *message;
  char *details;
  char *request_id;
} ChorusFailureWords;

static void
chorus_failure_words_clear (ChorusFailureWords *words)
{
  g_free (words->code);
  g_free (words->message);
  g_free (words->details);
  g_free (words->request_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusFailureWords, chorus_failure_words_clear)

/* One problem in FastAPI's list of what is wrong with a request: {"loc": ["body", "email"], "msg": "…"}. */
static char *
chorus_failure_describe_problem (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return chorus_json_dup_text (node);

  JsonObject *problem = json_node_get_object (node);
  JsonArray *place = chorus_json_get_array (problem, "loc");
  g_autofree char *message = chorus_json_get_text (problem, "msg", "message", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; place && i < json_array_get_length (place); i++)
    {
      g_autofree char *step = chorus_json_dup_text (json_array_get_element (place, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "." : "", step ? step : "?");
    }
  g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", message ? message : "");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
chorus_failure_describe_detail (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return chorus_failure_describe_problem (node);

  JsonArray *problems = json_node_get_array (node);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (problems); i++)
    {
      g_autofree char *problem = chorus_failure_describe_problem (json_array_get_element (problems, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", problem ? problem : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
chorus_failure_read_object (ChorusFailureWords *words,
                            JsonObject         *object)
{
  JsonObject *envelope = chorus_json_get_object (object, "error");
  JsonNode *detail = chorus_json_find (object, "detail", NULL);

  if (envelope)
    {
      words->is_envelope = TRUE;
      words->code = chorus_json_get_text (envelope, "code", NULL);
      words->message = chorus_json_get_text (envelope, "message", NULL);
      words->details = chorus_json_get_text (envelope, "details", NULL);
      words->request_id = chorus_json_get_text (envelope, "request_id", NULL);
    }
  else if (detail)
    {
      words->message = chorus_failure_describe_detail (detail);
    }
  else
    {
      words->message = chorus_json_get_text (object, "message", "error", "error_description", NULL);
    }
}

static void
chorus_failure_read_body (ChorusFailureWords *words,
                          GBytes             *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  if (length == 0)
    return;

  g_autoptr (JsonNode) root = chorus_json_parse (data, length, NULL);

  if (root && JSON_NODE_HOLDS_OBJECT (root))
    chorus_failure_read_object (words, json_node_get_object (root));
  if (!words->is_envelope && !words->message)
    words->details = g_strndup (data, MIN (length, 4096));
}

static const char *
chorus_failure_get_name (ChorusServer *server)
{
  return server ? chorus_server_get_name (server) : _("The server that keeps this recording");
}

static char *
chorus_failure_describe_missing (ChorusServer   *server,
                                 ChorusEndpoint  endpoint,
                                 const char     *code)
{
  const char *name = chorus_failure_get_name (server);

  if (g_strcmp0 (code, "DEPLOYMENT_NOT_FOUND") == 0 || (!code && endpoint == CHORUS_ENDPOINT_UPLOAD))
    return g_strdup_printf (_("%s does not know this deployment. Check its identifier."), name);
  if (g_strcmp0 (code, "FILE_NOT_FOUND") == 0)
    return g_strdup_printf (_("%s does not have this recording any more. Refresh the list."), name);
  if (g_strcmp0 (code, "SITE_NOT_FOUND") == 0)
    return g_strdup_printf (_("%s does not have this site any more. Refresh the list."), name);
  if (g_strcmp0 (code, "PROJECT_NOT_FOUND") == 0)
    return g_strdup_printf (_("%s does not have this project any more. Refresh the list."), name);

  return g_strdup_printf (_("%s does not have what was asked for. It may have been removed: refresh the list."), name);
}

static char *
chorus_failure_describe_wait (ChorusServer *server,
                              gint64        seconds)
{
  const char *name = chorus_failure_get_name (server);

  if (seconds < 0)
    return g_strdup_printf (_("%s has had too many requests and asks to wait. Try again in a few minutes."), name);

  g_autofree char *delay = chorus_rate_limit_describe_delay (seconds);

  /* Translators: the first is the name of a server, the second a length of time such as "2 minutes". */
  return g_strdup_printf (_("%s asks to wait %s before the next request."), name, delay);
}

/* Whether a status means that there is no such function, rather than no such thing. */
static gboolean
chorus_failure_is_not_offered (ChorusEndpoint            endpoint,
                               guint                     status,
                               const ChorusFailureWords *words)
{
  if (words->is_envelope || endpoint == CHORUS_FAILURE_MEDIA)
    return FALSE;

  ChorusStanding standing = chorus_endpoint_get_standing (endpoint);

  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED || status == SOUP_STATUS_NOT_IMPLEMENTED)
    return TRUE;

  return status == SOUP_STATUS_NOT_FOUND
         && (standing == CHORUS_STANDING_GUESSED || standing == CHORUS_STANDING_STATION);
}

static ChorusApiError
chorus_failure_classify (ChorusEndpoint            endpoint,
                         guint                     status,
                         const ChorusFailureWords *words)
{
  if (chorus_failure_is_not_offered (endpoint, status, words))
    return CHORUS_API_ERROR_NOT_OFFERED;

  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_UNPROCESSABLE_ENTITY:
      return CHORUS_API_ERROR_BAD_REQUEST;

    case SOUP_STATUS_UNAUTHORIZED:
      return endpoint == CHORUS_ENDPOINT_SIGN_IN ? CHORUS_API_ERROR_INVALID_CREDENTIALS
                                                 : CHORUS_API_ERROR_UNAUTHENTICATED;

    case SOUP_STATUS_FORBIDDEN:
      return CHORUS_API_ERROR_FORBIDDEN;

    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return CHORUS_API_ERROR_NOT_FOUND;

    case SOUP_STATUS_REQUEST_TIMEOUT:
    case SOUP_STATUS_GATEWAY_TIMEOUT:
      return CHORUS_API_ERROR_TIMED_OUT;

    case SOUP_STATUS_CONFLICT:
      return CHORUS_API_ERROR_CONFLICT;

    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return CHORUS_API_ERROR_TOO_LARGE;

    case 429: /* Too Many Requests, RFC 6585 section 4 */
      return CHORUS_API_ERROR_RATE_LIMITED;

    default:
      if (SOUP_STATUS_IS_SERVER_ERROR (status))
        return CHORUS_API_ERROR_SERVER;
      if (SOUP_STATUS_IS_REDIRECTION (status))
        return CHORUS_API_ERROR_PROTOCOL;
      return CHORUS_API_ERROR_FAILED;
    }
}

static char *
chorus_failure_describe_server_error (ChorusServer *server,
                                      guint         status)
{
  const char *name = chorus_failure_get_name (server);

  if (status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    return g_strdup_printf (_("%s is not available at the moment. Try again in a few minutes."), name);

  return g_strdup_printf (_("%s failed while it worked on this. Try again later."), name);
}

static char *
chorus_failure_describe (ChorusServer             *server,
                         ChorusEndpoint            endpoint,
                         ChorusApiError            code,
                         ChorusReply              *reply,
                         const ChorusFailureWords *words)
{
  const char *name = chorus_failure_get_name (server);

  /* A link that somebody else handed out and that has run out. */
  if (!server
      && (code == CHORUS_API_ERROR_FORBIDDEN || code == CHORUS_API_ERROR_UNAUTHENTICATED
          || code == CHORUS_API_ERROR_NOT_FOUND))
    return g_strdup (_("The link to this recording no longer works. Refresh the list and try again."));

  switch (code)
    {
    case CHORUS_API_ERROR_INVALID_CREDENTIALS:
      return g_strdup (_("The e-mail address or the password is wrong."));

    case CHORUS_API_ERROR_UNAUTHENTICATED:
      return g_strdup_printf (_("Your sign-in at %s has ended. Sign in again."), name);

    case CHORUS_API_ERROR_FORBIDDEN:
      return g_strdup_printf (_("%s does not allow your account to do this. Ask the people who manage the project."),
                              name);

    case CHORUS_API_ERROR_NOT_FOUND:
      return chorus_failure_describe_missing (server, endpoint, words->code);

    case CHORUS_API_ERROR_NOT_OFFERED:
      return g_strdup_printf (_("%s does not offer this function."), name);

    case CHORUS_API_ERROR_BAD_REQUEST:
      if (endpoint == CHORUS_ENDPOINT_UPLOAD)
        return g_strdup_printf (_("%s refused the recordings: a format, a length or a size is not one that it takes."),
                                name);
      return g_strdup_printf (_("%s did not accept what was sent. The details say why."), name);

    case CHORUS_API_ERROR_CONFLICT:
      return g_strdup_printf (_("%s already has something like this. Refresh the list."), name);

    case CHORUS_API_ERROR_TOO_LARGE:
      return g_strdup_printf (_("%s does not take this much at once. Send fewer or smaller recordings."), name);

    case CHORUS_API_ERROR_RATE_LIMITED:
      return chorus_failure_describe_wait (server, reply->retry_after >= 0 ? reply->retry_after : reply->reset);

    case CHORUS_API_ERROR_SERVER:
      return chorus_failure_describe_server_error (server, reply->status);

    case CHORUS_API_ERROR_TIMED_OUT:
      return g_strdup_printf (_("%s did not answer in time. Try again later."), name);

    case CHORUS_API_ERROR_PROTOCOL:
      return g_strdup_printf (_(
                                "%s pointed to another address instead of answering. Check the address of the server."),
                              name);

    case CHORUS_API_ERROR_RENEWED:
    case CHORUS_API_ERROR_OFFLINE:
    case CHORUS_API_ERROR_INSECURE:
    case CHORUS_API_ERROR_UNREACHABLE_URL:
    case CHORUS_API_ERROR_FAILED:
    default:
      return g_strdup_printf (_("%s did not accept the request. The details say why."), name);
    }
}

GError *
chorus_failure_from_reply (ChorusServer   *server,
                           ChorusEndpoint  endpoint,
                           ChorusReply    *reply)
{
  g_auto (ChorusFailureWords) words = { 0 };

  chorus_failure_read_body (&words, reply->body);

  ChorusApiError code = chorus_failure_classify (endpoint, reply->status, &words);
  g_autofree char *sentence = chorus_failure_describe (server, endpoint, code, reply, &words);
  ChorusApiErrorFacts facts = {
    .status = reply->status,
    .code = words.code,
    .server_message = words.message,
    .details = words.details,
    .request_id = words.request_id ? words.request_id : reply->request_id,
    .retry_after = reply->retry_after >= 0 || reply->status != 429 ? reply->retry_after : reply->reset,
  };

  return chorus_api_error_new (code, sentence, &facts);
}

static ChorusApiError
chorus_failure_classify_io (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return CHORUS_API_ERROR_TIMED_OUT;

    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
      return CHORUS_API_ERROR_OFFLINE;

    case G_IO_ERROR_MESSAGE_TOO_LARGE:
    case G_IO_ERROR_INVALID_DATA:
      return CHORUS_API_ERROR_PROTOCOL;

    default:
      return CHORUS_API_ERROR_FAILED;
    }
}

static ChorusApiError
chorus_failure_classify_error (const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR)
    return CHORUS_API_ERROR_OFFLINE;
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_EOF ? CHORUS_API_ERROR_OFFLINE : CHORUS_API_ERROR_INSECURE;
  if (error->domain == SOUP_SESSION_ERROR)
    return CHORUS_API_ERROR_PROTOCOL;

  return chorus_failure_classify_io (error);
}

static char *
chorus_failure_describe_offline (ChorusServer *server,
                                 const GError *error)
{
  const char *name = chorus_failure_get_name (server);

  if (error->domain == G_RESOLVER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return g_strdup_printf (_("%s could not be found. Check the network connection and the address."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_("%s refused the connection. Check the address, or try again later."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return g_strdup_printf (_("%s could not be reached. Check the network connection."), name);

  return g_strdup_printf (_("%s broke the connection off before everything had arrived. Try again."), name);
}

static char *
chorus_failure_describe_error (ChorusServer   *server,
                               ChorusApiError  code,
                               const GError   *error)
{
  const char *name = chorus_failure_get_name (server);

  if (code == CHORUS_API_ERROR_OFFLINE)
    return chorus_failure_describe_offline (server, error);
  if (code == CHORUS_API_ERROR_TIMED_OUT)
    return g_strdup_printf (_("%s did not answer in time. Try again later."), name);
  if (code == CHORUS_API_ERROR_INSECURE)
    return g_strdup_printf (_("%s could not prove its identity, so nothing was sent. Check the address and the clock "
                               "of this computer."),
                            name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return g_strdup_printf (_("%s sent far more than was asked for, so Chorus stopped reading."), name);
  if (code == CHORUS_API_ERROR_PROTOCOL)
    return g_strdup_printf (_("%s gave an answer that Chorus cannot read. Check the address of the server."), name);

  return g_strdup_printf (_("%s could not be asked. The details say why."), name);
}

GError *
chorus_failure_from_error (ChorusServer *server,
                           const GError *error)
{
  gboolean is_transport = error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR
                          || error->domain == G_TLS_ERROR || error->domain == SOUP_SESSION_ERROR;

  if (!is_transport || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  ChorusApiError code = chorus_failure_classify_error (error);
  g_autofree char *sentence = chorus_failure_describe_error (server, code, error);
  ChorusApiErrorFacts facts = {
    .details = error->message,
    .retry_after = -1,
    .broken = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
              || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
              || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF),
  };

  return chorus_api_error_new (code, sentence, &facts);
}

GError *
chorus_failure_new_protocol (ChorusServer *server,
                             ChorusReply  *reply,
                             const char   *details)
{
  g_autofree char *sentence = g_strdup_printf (_("%s gave an answer that Chorus cannot read. Check the address of the "
                                                  "server."),
                                               chorus_failure_get_name (server));
  ChorusApiErrorFacts facts = {
    .status = reply ? reply->status : 0,
    .details = details,
    .request_id = reply ? reply->request_id : NULL,
    .retry_after = -1,
  };

  return chorus_api_error_new (CHORUS_API_ERROR_PROTOCOL, sentence, &facts);
}

GError *
chorus_failure_new_rate_limit (ChorusServer *server,
                               gint64        seconds)
{
  g_autofree char *sentence = chorus_failure_describe_wait (server, seconds);
  ChorusApiErrorFacts facts = { .retry_after = seconds };

  return chorus_api_error_new (CHORUS_API_ERROR_RATE_LIMITED, sentence, &facts);
}
