/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pair of functions for each row of the endpoint table that is not a transfer of audio. */

#include "config.h"

#include "chorus-call.h"
#include "chorus-client-private.h"
#include "chorus-decode.h"
#include "chorus-failure.h"

typedef struct
{
  ChorusDecodeFunc decode;
  GDestroyNotify destroy;
  char *id;
} ChorusQuestion;

static void
chorus_question_free (ChorusQuestion *question)
{
  g_free (question->id);
  g_free (question);
}

static void
chorus_client_answer_decoded_cb (GObject      *source,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusServer *server = chorus_session_get_server (chorus_client_get_session (self));
  ChorusQuestion *question = g_task_get_task_data (task);
  gpointer objects = chorus_client_decode_finish (result, &error);

  if (objects)
    g_task_return_pointer (task, objects, question->destroy);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, chorus_failure_new_protocol (server, NULL, error->message));
}

static void
chorus_client_asked_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusReply) reply = chorus_call_finish (CHORUS_SESSION (source), result, &error);
  ChorusQuestion *question = g_task_get_task_data (task);

  if (!reply)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  chorus_client_decode_async (reply->body, question->decode, question->destroy, question->id,
                              g_task_get_cancellable (task), chorus_client_answer_decoded_cb, g_object_ref (task));
}

/* Asks one question. @tag is the public function, so that each finish function knows its own. */
static void
chorus_client_ask (ChorusClient        *self,
                   gpointer             tag,
                   ChorusEndpoint       endpoint,
                   const char          *id,
                   GBytes              *body,
                   ChorusDecodeFunc     decode,
                   GDestroyNotify       destroy,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_CLIENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ChorusQuestion *question = g_new0 (ChorusQuestion, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, question, (GDestroyNotify) chorus_question_free);
  question->decode = decode;
  question->destroy = destroy;
  question->id = g_strdup (id);
  chorus_call_async (chorus_client_get_session (self), endpoint, id, NULL, body, CHORUS_CLIENT_MAX_BODY, cancellable,
                     chorus_client_asked_cb, task);
}

static gpointer
chorus_client_ask_finish (ChorusClient  *self,
                          gpointer       tag,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_client_get_current_user_async (ChorusClient        *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  chorus_client_ask (self, chorus_client_get_current_user_async, CHORUS_ENDPOINT_CURRENT_USER, NULL, NULL,
                     (ChorusDecodeFunc) chorus_decode_user, g_object_unref, cancellable, callback, user_data);
}

ChorusUser *
chorus_client_get_current_user_finish (ChorusClient  *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_get_current_user_async, result, error);
}

void
chorus_client_list_projects_async (ChorusClient        *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  chorus_client_list_async (self, CHORUS_ENDPOINT_PROJECTS, NULL, (ChorusDecodeFunc) chorus_decode_projects,
                            (ChorusGetId) chorus_project_get_id, cancellable, callback, user_data);
}

GPtrArray *
chorus_client_list_projects_finish (ChorusClient  *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return chorus_client_list_finish (self, result, error);
}

void
chorus_client_create_project_async (ChorusClient        *self,
                                    const char          *name,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (name != NULL);

  g_autoptr (GBytes) body = chorus_json_build ("project_name", name, NULL);

  chorus_client_ask (self, chorus_client_create_project_async, CHORUS_ENDPOINT_CREATE_PROJECT, NULL, body,
                     (ChorusDecodeFunc) chorus_decode_project, g_object_unref, cancellable, callback, user_data);
}

ChorusProject *
chorus_client_create_project_finish (ChorusClient  *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_create_project_async, result, error);
}

void
chorus_client_list_sites_async (ChorusClient        *self,
                                const char          *project_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  chorus_client_list_async (self, CHORUS_ENDPOINT_SITES, project_id, (ChorusDecodeFunc) chorus_decode_sites,
                            (ChorusGetId) chorus_site_get_id, cancellable, callback, user_data);
}

GPtrArray *
chorus_client_list_sites_finish (ChorusClient  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return chorus_client_list_finish (self, result, error);
}

void
chorus_client_create_site_async (ChorusClient        *self,
                                 const char          *project_id,
                                 const char          *name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (name != NULL);

  g_autoptr (GBytes) body = chorus_json_build ("site_name", name, NULL);

  chorus_client_ask (self, chorus_client_create_site_async, CHORUS_ENDPOINT_CREATE_SITE, project_id, body,
                     (ChorusDecodeFunc) chorus_decode_site, g_object_unref, cancellable, callback, user_data);
}

ChorusSite *
chorus_client_create_site_finish (ChorusClient  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_create_site_async, result, error);
}

void
chorus_client_list_deployments_async (ChorusClient        *self,
                                      const char          *site_id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  chorus_client_list_async (self, CHORUS_ENDPOINT_DEPLOYMENTS, site_id, (ChorusDecodeFunc) chorus_decode_deployments,
                            (ChorusGetId) chorus_deployment_get_id, cancellable, callback, user_data);
}

GPtrArray *
chorus_client_list_deployments_finish (ChorusClient  *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return chorus_client_list_finish (self, result, error);
}

void
chorus_client_create_deployment_async (ChorusClient        *self,
                                       const char          *site_id,
                                       const char          *name,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (name != NULL);

  g_autoptr (GBytes) body = chorus_json_build ("deployment_name", name, NULL);

  chorus_client_ask (self, chorus_client_create_deployment_async, CHORUS_ENDPOINT_CREATE_DEPLOYMENT, site_id, body,
                     (ChorusDecodeFunc) chorus_decode_deployment, g_object_unref, cancellable, callback, user_data);
}

ChorusDeployment *
chorus_client_create_deployment_finish (ChorusClient  *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_create_deployment_async, result, error);
}

void
chorus_client_list_files_async (ChorusClient        *self,
                                const char          *deployment_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  chorus_client_list_async (self, CHORUS_ENDPOINT_FILES, deployment_id, (ChorusDecodeFunc) chorus_decode_files,
                            (ChorusGetId) chorus_file_get_id, cancellable, callback, user_data);
}

GPtrArray *
chorus_client_list_files_finish (ChorusClient  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return chorus_client_list_finish (self, result, error);
}

void
chorus_client_list_files_needing_inference_async (ChorusClient        *self,
                                                  const char          *deployment_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data)
{
  chorus_client_list_async (self, CHORUS_ENDPOINT_FILES_NEEDING_INFERENCE, deployment_id,
                            (ChorusDecodeFunc) chorus_decode_files, (ChorusGetId) chorus_file_get_id, cancellable,
                            callback, user_data);
}

GPtrArray *
chorus_client_list_files_needing_inference_finish (ChorusClient  *self,
                                                   GAsyncResult  *result,
                                                   GError       **error)
{
  return chorus_client_list_finish (self, result, error);
}

void
chorus_client_run_inference_async (ChorusClient        *self,
                                   const char          *file_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  chorus_client_ask (self, chorus_client_run_inference_async, CHORUS_ENDPOINT_RUN_INFERENCE, file_id, NULL,
                     (ChorusDecodeFunc) chorus_decode_inference, g_object_unref, cancellable, callback, user_data);
}

ChorusInference *
chorus_client_run_inference_finish (ChorusClient  *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_run_inference_async, result, error);
}

void
chorus_client_get_file_inference_async (ChorusClient        *self,
                                        const char          *file_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  chorus_client_ask (self, chorus_client_get_file_inference_async, CHORUS_ENDPOINT_FILE_INFERENCE, file_id, NULL,
                     (ChorusDecodeFunc) chorus_decode_inferences, (GDestroyNotify) g_ptr_array_unref, cancellable,
                     callback, user_data);
}

GPtrArray *
chorus_client_get_file_inference_finish (ChorusClient  *self,
                                         GAsyncResult  *result,
                                         GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_get_file_inference_async, result, error);
}

void
chorus_client_list_high_value_clips_async (ChorusClient        *self,
                                           const char          *site_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  chorus_client_ask (self, chorus_client_list_high_value_clips_async, CHORUS_ENDPOINT_HIGH_VALUE_CLIPS, site_id, NULL,
                     (ChorusDecodeFunc) chorus_decode_clips, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

GPtrArray *
chorus_client_list_high_value_clips_finish (ChorusClient  *self,
                                            GAsyncResult  *result,
                                            GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_list_high_value_clips_async, result, error);
}

void
chorus_client_get_project_summary_async (ChorusClient        *self,
                                         const char          *project_id,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  chorus_client_ask (self, chorus_client_get_project_summary_async, CHORUS_ENDPOINT_PROJECT_SUMMARY, project_id, NULL,
                     (ChorusDecodeFunc) chorus_decode_summary, g_object_unref, cancellable, callback, user_data);
}

ChorusProjectSummary *
chorus_client_get_project_summary_finish (ChorusClient  *self,
                                          GAsyncResult  *result,
                                          GError       **error)
{
  return chorus_client_ask_finish (self, chorus_client_get_project_summary_async, result, error);
}
