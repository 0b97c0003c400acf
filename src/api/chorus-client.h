/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-api-error.h"
#include "chorus-deployment.h"
#include "chorus-file.h"
#include "chorus-high-value-clip.h"
#include "chorus-inference.h"
#include "chorus-project-summary.h"
#include "chorus-project.h"
#include "chorus-session.h"
#include "chorus-site.h"
#include "chorus-user.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_CLIENT (chorus_client_get_type ())

/**
 * ChorusClient:
 *
 * Asks the service. One pair of functions for each row of the endpoint table.
 *
 * Every error is of the domain %CHORUS_API_ERROR, or %G_IO_ERROR_CANCELLED, or (where a local file or stream is read or
 * written) what that file or stream said. An endpoint that the server does not have ends in
 * %CHORUS_API_ERROR_NOT_OFFERED. Lists are fetched whole, page by page. A request for reading that meets a short
 * Retry-After waits and tries again by itself; nothing else is repeated, except once after renewing a sign-in.
 */
G_DECLARE_FINAL_TYPE (ChorusClient, chorus_client, CHORUS, CLIENT, GObject)

/**
 * ChorusTransferProgress:
 * @n_bytes: bytes sent or received so far
 * @total: bytes in all, or -1 when not known
 * @user_data: the data of the callback
 *
 * How far a transfer is. Called at most every 100 ms, and once more at the end.
 */
typedef void (*ChorusTransferProgress) (goffset n_bytes, goffset total, gpointer user_data);

/**
 * chorus_client_new:
 * @session: who is talking, and to which server
 *
 * Returns: (transfer full): a client
 */
ChorusClient *chorus_client_new (ChorusSession *session) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_get_session:
 * @self: a client
 *
 * Returns: (transfer none): the session
 */
ChorusSession *chorus_client_get_session (ChorusClient *self);

/**
 * chorus_client_get_stall_timeout:
 * @self: a client
 *
 * Returns: see chorus_client_set_stall_timeout()
 */
guint chorus_client_get_stall_timeout (ChorusClient *self);

/**
 * chorus_client_set_stall_timeout:
 * @self: a client
 * @seconds: how long an upload may go without sending a byte before it is given up, in seconds; 60 to begin with
 *
 * The wait for the answer after the last byte is not bounded by this but by ten minutes: a service may analyze what it
 * received before it answers.
 */
void chorus_client_set_stall_timeout (ChorusClient *self,
                                      guint         seconds);

/**
 * chorus_client_get_current_user_async:
 * @self: a client
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Asks who is signed in.
 */
void chorus_client_get_current_user_async (ChorusClient        *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_client_get_current_user_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the person
 */
ChorusUser *chorus_client_get_current_user_finish (ChorusClient  *self,
                                                   GAsyncResult  *result,
                                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_projects_async:
 * @self: a client
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the projects the account may see.
 */
void chorus_client_list_projects_async (ChorusClient        *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

/**
 * chorus_client_list_projects_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusProject): the projects
 */
GPtrArray *chorus_client_list_projects_finish (ChorusClient  *self,
                                               GAsyncResult  *result,
                                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_create_project_async:
 * @self: a client
 * @name: its name
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Makes a project; only the local station offers this.
 */
void chorus_client_create_project_async (ChorusClient        *self,
                                         const char          *name,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);

/**
 * chorus_client_create_project_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the new project
 */
ChorusProject *chorus_client_create_project_finish (ChorusClient  *self,
                                                    GAsyncResult  *result,
                                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_sites_async:
 * @self: a client
 * @project_id: a project
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the sites of a project.
 */
void chorus_client_list_sites_async (ChorusClient        *self,
                                     const char          *project_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

/**
 * chorus_client_list_sites_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusSite): the sites
 */
GPtrArray *chorus_client_list_sites_finish (ChorusClient  *self,
                                            GAsyncResult  *result,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_create_site_async:
 * @self: a client
 * @project_id: a project
 * @name: its name
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Makes a site; only the local station offers this.
 */
void chorus_client_create_site_async (ChorusClient        *self,
                                      const char          *project_id,
                                      const char          *name,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_client_create_site_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the new site
 */
ChorusSite *chorus_client_create_site_finish (ChorusClient  *self,
                                              GAsyncResult  *result,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_deployments_async:
 * @self: a client
 * @site_id: a site
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the deployments of a site.
 */
void chorus_client_list_deployments_async (ChorusClient        *self,
                                           const char          *site_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_client_list_deployments_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusDeployment): the deployments
 */
GPtrArray *chorus_client_list_deployments_finish (ChorusClient  *self,
                                                  GAsyncResult  *result,
                                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_create_deployment_async:
 * @self: a client
 * @site_id: a site
 * @name: its name
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Makes a deployment.
 */
void chorus_client_create_deployment_async (ChorusClient        *self,
                                            const char          *site_id,
                                            const char          *name,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

/**
 * chorus_client_create_deployment_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the new deployment
 */
ChorusDeployment *chorus_client_create_deployment_finish (ChorusClient  *self,
                                                          GAsyncResult  *result,
                                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_files_async:
 * @self: a client
 * @deployment_id: a deployment
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the files of a deployment with their runs.
 */
void chorus_client_list_files_async (ChorusClient        *self,
                                     const char          *deployment_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

/**
 * chorus_client_list_files_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusFile): the files
 */
GPtrArray *chorus_client_list_files_finish (ChorusClient  *self,
                                            GAsyncResult  *result,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_files_needing_inference_async:
 * @self: a client
 * @deployment_id: a deployment
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the files of a deployment that no model has been run over.
 */
void chorus_client_list_files_needing_inference_async (ChorusClient        *self,
                                                       const char          *deployment_id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);

/**
 * chorus_client_list_files_needing_inference_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusFile): the files
 */
GPtrArray *chorus_client_list_files_needing_inference_finish (ChorusClient  *self,
                                                              GAsyncResult  *result,
                                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_run_inference_async:
 * @self: a client
 * @file_id: a file
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Asks for a run over a file. The run may be finished or merely begun when this is done.
 */
void chorus_client_run_inference_async (ChorusClient        *self,
                                        const char          *file_id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

/**
 * chorus_client_run_inference_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the run
 */
ChorusInference *chorus_client_run_inference_finish (ChorusClient  *self,
                                                     GAsyncResult  *result,
                                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_get_file_inference_async:
 * @self: a client
 * @file_id: a file
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the runs over a file.
 */
void chorus_client_get_file_inference_async (ChorusClient        *self,
                                             const char          *file_id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);

/**
 * chorus_client_get_file_inference_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusInference): the runs, oldest first
 */
GPtrArray *chorus_client_get_file_inference_finish (ChorusClient  *self,
                                                    GAsyncResult  *result,
                                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_list_high_value_clips_async:
 * @self: a client
 * @site_id: a site
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Lists the best detections of each species at a site.
 */
void chorus_client_list_high_value_clips_async (ChorusClient        *self,
                                                const char          *site_id,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);

/**
 * chorus_client_list_high_value_clips_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusHighValueClip): the clips
 */
GPtrArray *chorus_client_list_high_value_clips_finish (ChorusClient  *self,
                                                       GAsyncResult  *result,
                                                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_get_project_summary_async:
 * @self: a client
 * @project_id: a project
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Reads the figures of a project.
 */
void chorus_client_get_project_summary_async (ChorusClient        *self,
                                              const char          *project_id,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);

/**
 * chorus_client_get_project_summary_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the figures
 */
ChorusProjectSummary *chorus_client_get_project_summary_finish (ChorusClient  *self,
                                                                GAsyncResult  *result,
                                                                GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_upload_async:
 * @self: a client
 * @deployment_id: a deployment
 * @body: the JSON body; read once and closed. A pollable stream is read several times faster.
 * @length: how much @body holds, in bytes
 * @progress: (nullable): called as bytes are sent
 * @progress_data: data for @progress
 * @progress_destroy: (nullable): frees @progress_data
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Sends files. Never repeated by itself: whether a failed upload arrived has to be found out by listing the deployment.
 */
void chorus_client_upload_async (ChorusClient           *self,
                                 const char             *deployment_id,
                                 GInputStream           *body,
                                 goffset                 length,
                                 ChorusTransferProgress  progress,
                                 gpointer                progress_data,
                                 GDestroyNotify          progress_destroy,
                                 GCancellable           *cancellable,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data);

/**
 * chorus_client_upload_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer container) (element-type ChorusFile): what the service named in its answer, in its order; perhaps
 *   with nothing but identifiers; empty when the upload was accepted and the answer named nothing usable
 */
GPtrArray *chorus_client_upload_finish (ChorusClient  *self,
                                        GAsyncResult  *result,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_client_fetch_audio_async:
 * @self: a client
 * @url: where the audio is, as the service gave it
 * @destination: the file to make or to replace
 * @progress: (nullable): called as bytes arrive
 * @progress_data: data for @progress
 * @progress_destroy: (nullable): frees @progress_data
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when done
 * @user_data: data for @callback
 *
 * Fetches the audio of a file. @destination appears only when all of it has arrived.
 *
 * The credential goes along only to the server itself, also after a redirect. An address that cannot be fetched, such as
 * `gs://`, is a %CHORUS_API_ERROR_UNREACHABLE_URL; plain http to another computer is a %CHORUS_API_ERROR_INSECURE.
 */
void chorus_client_fetch_audio_async (ChorusClient           *self,
                                      const char             *url,
                                      GFile                  *destination,
                                      ChorusTransferProgress  progress,
                                      gpointer                progress_data,
                                      GDestroyNotify          progress_destroy,
                                      GCancellable           *cancellable,
                                      GAsyncReadyCallback     callback,
                                      gpointer                user_data);

/**
 * chorus_client_fetch_audio_finish:
 * @self: a client
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: whether @destination now holds the audio
 */
gboolean chorus_client_fetch_audio_finish (ChorusClient  *self,
                                           GAsyncResult  *result,
                                           GError       **error);

/**
 * chorus_client_wait_for_uploads:
 * @timeout: how long to wait at most, in microseconds
 *
 * Waits until no upload of any client is under way any more. This blocks, so it is for the end of the program, after every
 * upload has been cancelled.
 *
 * Returns: whether all of them have ended
 */
gboolean chorus_client_wait_for_uploads (gint64 timeout);

G_END_DECLS
