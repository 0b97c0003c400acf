/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "account/chorus-account.h"
#include "library/chorus-library.h"
#include "review/chorus-review.h"
#include "upload/chorus-upload-queue.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_WORKSPACE (chorus_workspace_get_type ())

/**
 * ChorusWorkspace:
 *
 * A profile at work: its account, library and upload queue and, on this computer, the station that serves them.
 *
 * Properties: "note" (string), one quiet line about the state of the account, always there; "review" (ChorusReview).
 */
G_DECLARE_FINAL_TYPE (ChorusWorkspace, chorus_workspace, CHORUS, WORKSPACE, GObject)

/**
 * chorus_workspace_new:
 * @store: the store of the application
 * @profile: the profile
 * @account: (nullable): the account of the profile, when somebody has just signed in
 *
 * Returns: (transfer full): a workspace that is not open
 */
ChorusWorkspace *chorus_workspace_new (ChorusStore   *store,
                                       ChorusProfile *profile,
                                       ChorusAccount *account) G_GNUC_WARN_UNUSED_RESULT;

ChorusProfile *chorus_workspace_get_profile (ChorusWorkspace *self);

/**
 * chorus_workspace_get_account:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the account, once the workspace is open
 */
ChorusAccount *chorus_workspace_get_account (ChorusWorkspace *self);

/**
 * chorus_workspace_get_library:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the library, once the workspace is open
 */
ChorusLibrary *chorus_workspace_get_library (ChorusWorkspace *self);

/**
 * chorus_workspace_get_queue:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the upload queue, once the workspace is open
 */
ChorusUploadQueue *chorus_workspace_get_queue (ChorusWorkspace *self);

/**
 * chorus_workspace_get_review:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the session of reviewing, once the workspace is open; another one when somebody else
 *   reviews
 */
ChorusReview *chorus_workspace_get_review (ChorusWorkspace *self);

/**
 * chorus_workspace_get_note:
 * @self: a workspace
 *
 * Returns: (transfer none): one quiet line, such as "Synced 5 minutes ago"
 */
const char *chorus_workspace_get_note (ChorusWorkspace *self);

/**
 * chorus_workspace_dup_deployment_name:
 * @self: an open workspace
 * @deployment_id: a deployment
 *
 * Returns: (transfer full) (nullable): its name and that of its site, such as "North, Site A"; %NULL where it is not known
 */
char *chorus_workspace_dup_deployment_name (ChorusWorkspace *self,
                                            const char      *deployment_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_workspace_is_local:
 * @self: a workspace
 *
 * Returns: whether everything stays on this computer
 */
gboolean chorus_workspace_is_local (ChorusWorkspace *self);

/**
 * chorus_workspace_open_async:
 * @self: a workspace
 * @cancellable: (nullable): stops opening
 * @callback: called when the places can be shown
 * @user_data: data for @callback
 *
 * Starts the station or takes the credential from the keyring, and reads what the store has. The service is asked for
 * news afterwards, without anybody waiting.
 */
void chorus_workspace_open_async (ChorusWorkspace     *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean chorus_workspace_open_finish (ChorusWorkspace  *self,
                                       GAsyncResult     *result,
                                       GError          **error);

/**
 * chorus_workspace_refresh:
 * @self: an open workspace
 *
 * Asks the service for its places. What comes of it is told by the note.
 */
void chorus_workspace_refresh (ChorusWorkspace *self);

G_END_DECLS
