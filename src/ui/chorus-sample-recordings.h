/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-workspace.h"

G_BEGIN_DECLS

/**
 * chorus_sample_recordings_load_async:
 * @workspace: an open workspace
 * @cancellable: (nullable): stops loading
 * @callback: called when the recordings are in the upload queue
 * @user_data: data for @callback
 *
 * Adds the synthetic recordings that came with the program to a deployment of the project "Sample recordings", which is
 * made where it is not there. They are found in the folder named by the environment variable `CHORUS_SAMPLES_DIR`, or
 * else where they were installed.
 */
void chorus_sample_recordings_load_async (ChorusWorkspace     *workspace,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

/**
 * chorus_sample_recordings_load_finish:
 * @workspace: the workspace
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the deployment that received the recordings
 */
ChorusPlace *chorus_sample_recordings_load_finish (ChorusWorkspace  *workspace,
                                                   GAsyncResult     *result,
                                                   GError          **error);

G_END_DECLS
