/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "chorus-client-private.h"
#include "chorus-failure.h"
#include "chorus-origin.h"

#define CHORUS_CLIENT_MAX_REDIRECTS 5

/* Far above what the service takes as one file, in bytes: a bound for the disk, not a limit for people. */
#define CHORUS_CLIENT_MAX_AUDIO ((gsize) 2 * 1024 * 1024 * 1024)

typedef struct
{
  GUri *uri;
  GFile *destination;
  GFile *part;
  GFileOutputStream *output;
  ChorusProgress progress;
  guint n_redirects;
  gboolean renewed;
  char *credential;
  GError *error;
} ChorusFetch;

static void
chorus_fetch_free (ChorusFetch *fetch)
{
  g_clear_pointer (&fetch->uri, g_uri_unref);
  g_clear_object (&fetch->destination);
  g_clear_object (&fetch->part);
  g_clear_object (&fetch->output);
  chorus_progress_clear (&fetch->progress);
  g_free (fetch->credential);
  g_clear_error (&fetch->error);
  g_free (fetch);
}

static GError *
chorus_client_fetch_new_unreachable (void)
{
  return chorus_api_error_new (CHORUS_API_ERROR_UNREACHABLE_URL,
                               _(
                                 "The service keeps the audio of this recording where Chorus cannot fetch it. Open the "
                                 "original file instead."),
                               NULL);
}

/* What goes wrong with the file on this computer. */
static GError *
chorus_client_fetch_new_local (const GError *error)
{
  ChorusApiErrorFacts facts = { .details = error->message, .retry_after = -1 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return chorus_api_error_new (CHORUS_API_ERROR_FAILED,
                                 _("There is no room left on this computer for the recording. Free some space and try "
                                    "again."),
                                 &facts);

  return chorus_api_error_new (CHORUS_API_ERROR_FAILED,
                               _("The recording could not be saved on this computer. Check that its folder can be "
                                  "written to."),
                               &facts);
}

/* Checks an address that came from outside, the first one as well as what a redirect points to. */
static gboolean
chorus_client_fetch_check (ChorusServer  *server,
                           GUri          *uri,
                           GError       **error)
{
  if (!chorus_origin_is_http (uri))
    {
      g_propagate_error (error, chorus_client_fetch_new_unreachable ());
      return FALSE;
    }

  /* Plain http stays on this computer, and nobody elsewhere gets to point Chorus at what runs here. */
  if (!chorus_origin_is_protected (uri) || (chorus_origin_is_loopback (uri) && !chorus_server_is_local (server)))
    {
      g_propagate_error (error,
                         chorus_api_error_new (CHORUS_API_ERROR_INSECURE,
                                               _("The audio of this recording is at an address that is not "
                                                  "protected, so Chorus did not fetch it. Open the original file "
                                                  "instead."),
                                               NULL));
      return FALSE;
    }

  return TRUE;
}

static GUri *
chorus_client_fetch_parse (ChorusServer  *server,
                           const char    *url,
                           GError       **error)
{
  g_autoptr (GUri) base = g_uri_parse (chorus_server_get_base_url (server), SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) uri = NULL;

  /* A path without a host is one of the server's own. Anything else without a scheme is a name in some storage. */
  if (url[0] == '/' && url[1] != '/')
    uri = g_uri_parse_relative (base, url, SOUP_HTTP_URI_FLAGS, NULL);
  else
    uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (!uri)
    g_propagate_error (error, chorus_client_fetch_new_unreachable ());
  else if (chorus_client_fetch_check (server, uri, error))
    return g_steal_pointer (&uri);

  return NULL;
}

static void
chorus_client_fetch_discarded_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusFetch *fetch = g_task_get_task_data (task);

  /* Whether the remains could be removed changes nothing about why the audio is not there. */
  g_file_delete_finish (G_FILE (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&fetch->error));
}

static void
chorus_client_fetch_closed_for_good_cb (GObject      *source,
                                        GAsyncResult *result,
                                        gpointer      user_data)
{
  GTask *task = user_data;
  ChorusFetch *fetch = g_task_get_task_data (task);

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_file_delete_async (fetch->part, G_PRIORITY_DEFAULT, NULL, chorus_client_fetch_discarded_cb, task);
}

/* Removes what was written and ends with @error. Takes the reference to @task, and @error. */
static void
chorus_client_fetch_fail (GTask  *task,
                          GError *error)
{
  g_autoptr (GTask) owned_task = task;
  ChorusFetch *fetch = g_task_get_task_data (task);

  if (!fetch->output)
    {
      g_task_return_error (task, error);
      return;
    }
  fetch->error = error;
  g_output_stream_close_async (G_OUTPUT_STREAM (fetch->output), G_PRIORITY_DEFAULT, NULL,
                               chorus_client_fetch_closed_for_good_cb, g_steal_pointer (&owned_task));
}

static void
chorus_client_fetch_moved_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_move_finish (G_FILE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    chorus_client_fetch_fail (g_steal_pointer (&task), chorus_client_fetch_new_local (error));
}

static void
chorus_client_fetch_closed_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusFetch *fetch = g_task_get_task_data (task);

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    {
      chorus_client_fetch_fail (g_steal_pointer (&task), chorus_client_fetch_new_local (error));
      return;
    }
  chorus_progress_end (&fetch->progress);
  g_file_move_async (fetch->part, fetch->destination, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                     G_PRIORITY_DEFAULT, g_task_get_cancellable (task), NULL, NULL, chorus_client_fetch_moved_cb,
                     g_object_ref (task));
}

static void chorus_client_fetch_send (GTask *task);

static void
chorus_client_fetch_renewed_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (chorus_session_refresh_finish (CHORUS_SESSION (source), result, &error))
    chorus_client_fetch_send (g_steal_pointer (&task));
  else
    chorus_client_fetch_fail (g_steal_pointer (&task), g_steal_pointer (&error));
}

static gboolean
chorus_client_fetch_follow (ChorusServer  *server,
                            ChorusFetch   *fetch,
                            ChorusReply   *reply,
                            GError       **error)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (fetch->uri, reply->location, SOUP_HTTP_URI_FLAGS, NULL);

  if (!uri || fetch->n_redirects == CHORUS_CLIENT_MAX_REDIRECTS)
    {
      g_propagate_error (error, chorus_failure_new_protocol (server, reply, "the redirects lead nowhere"));
      return FALSE;
    }
  if (!chorus_client_fetch_check (server, uri, error))
    return FALSE;

  fetch->n_redirects++;
  g_clear_pointer (&fetch->uri, g_uri_unref);
  fetch->uri = g_steal_pointer (&uri);

  return TRUE;
}

static void
chorus_client_fetch_sent_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusSession *session = chorus_client_get_session (self);
  ChorusServer *server = chorus_session_get_server (session);
  ChorusFetch *fetch = g_task_get_task_data (task);
  gboolean is_own = chorus_server_owns_uri (server, fetch->uri);
  g_autoptr (ChorusReply) reply = chorus_transport_send_finish (CHORUS_TRANSPORT (source), result, &error);

  if (!reply)
    {
      gboolean is_local = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

      chorus_client_fetch_fail (g_steal_pointer (&task), is_local
                                                           ? chorus_client_fetch_new_local (error)
                                                           : chorus_failure_from_error (is_own ? server : NULL, error));
      return;
    }
  if (chorus_reply_is_success (reply))
    {
      g_output_stream_close_async (G_OUTPUT_STREAM (fetch->output), G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                   chorus_client_fetch_closed_cb, g_object_ref (task));
      return;
    }
  if (SOUP_STATUS_IS_REDIRECTION (reply->status) && reply->location)
    {
      if (chorus_client_fetch_follow (server, fetch, reply, &error))
        chorus_client_fetch_send (g_steal_pointer (&task));
      else
        chorus_client_fetch_fail (g_steal_pointer (&task), g_steal_pointer (&error));
      return;
    }
  if (is_own && reply->status == SOUP_STATUS_UNAUTHORIZED && !fetch->renewed && chorus_session_can_refresh (session))
    {
      fetch->renewed = TRUE;
      chorus_session_refresh_async (session, g_task_get_cancellable (task), chorus_client_fetch_renewed_cb,
                                    g_object_ref (task));
      return;
    }

  error = chorus_failure_from_reply (is_own ? server : NULL, CHORUS_FAILURE_MEDIA, reply);
  chorus_api_error_redact (error, fetch->credential);
  chorus_client_fetch_fail (g_steal_pointer (&task), g_steal_pointer (&error));
}

/* Takes the reference to @task. */
static void
chorus_client_fetch_send (GTask *task)
{
  ChorusClient *self = g_task_get_source_object (task);
  ChorusSession *session = chorus_client_get_session (self);
  ChorusFetch *fetch = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = chorus_transport_new_message ("GET", fetch->uri);

  chorus_session_authorize (session, message);
  g_free (fetch->credential);
  fetch->credential = g_strdup (chorus_session_get_credential (session));
  chorus_transport_fetch_async (chorus_client_get_media_transport (self), message, G_OUTPUT_STREAM (fetch->output),
                                &fetch->progress, CHORUS_CLIENT_MAX_AUDIO, g_task_get_cancellable (task),
                                chorus_client_fetch_sent_cb, task);
}

static void
chorus_client_fetch_opened_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusSession *session = chorus_client_get_session (self);
  ChorusFetch *fetch = g_task_get_task_data (task);

  fetch->output = g_file_replace_finish (G_FILE (source), result, &error);
  if (!fetch->output)
    {
      g_task_return_error (task, chorus_client_fetch_new_local (error));
    }
  else if (chorus_server_owns_uri (chorus_session_get_server (session), fetch->uri)
           && chorus_session_needs_refresh (session))
    {
      fetch->renewed = TRUE;
      chorus_session_refresh_async (session, g_task_get_cancellable (task), chorus_client_fetch_renewed_cb,
                                    g_object_ref (task));
    }
  else
    {
      chorus_client_fetch_send (g_steal_pointer (&task));
    }
}

void
chorus_client_fetch_audio_async (ChorusClient           *self,
                                 const char             *url,
                                 GFile                  *destination,
                                 ChorusTransferProgress  progress,
                                 gpointer                progress_data,
                                 GDestroyNotify          progress_destroy,
                                 GCancellable           *cancellable,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data)
{
  g_return_if_fail (CHORUS_IS_CLIENT (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (G_IS_FILE (destination));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (destination);
  g_autofree char *name = g_file_get_basename (destination);
  g_autofree char *part_name = g_strconcat (name, ".part", NULL);
  ChorusFetch *fetch = g_new0 (ChorusFetch, 1);

  g_task_set_source_tag (task, chorus_client_fetch_audio_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify) chorus_fetch_free);
  fetch->destination = g_object_ref (destination);
  fetch->part = folder ? g_file_get_child (folder, part_name) : NULL;
  fetch->progress = (ChorusProgress){
    .func = progress,
    .data = progress_data,
    .destroy = progress_destroy,
    .total = -1,
  };
  fetch->uri = chorus_client_fetch_parse (chorus_session_get_server (chorus_client_get_session (self)), url, &error);

  if (!fetch->uri)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_file_replace_async (fetch->part, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                          G_PRIORITY_DEFAULT, cancellable, chorus_client_fetch_opened_cb, g_steal_pointer (&task));
}

gboolean
chorus_client_fetch_audio_finish (ChorusClient  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_client_fetch_audio_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
