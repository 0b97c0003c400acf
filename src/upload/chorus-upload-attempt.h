/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One attempt to bring one file to the service. */

#pragma once

#include "api/chorus-client.h"

#include "chorus-upload-check.h"
#include "chorus-upload-ledger.h"

G_BEGIN_DECLS

/**
 * ChorusUploadOutcome:
 * @CHORUS_UPLOAD_OUTCOME_SENT: the service has it
 * @CHORUS_UPLOAD_OUTCOME_NOT_SENT: the service does not have it
 * @CHORUS_UPLOAD_OUTCOME_UNCERTAIN: every byte went out, and no answer says what became of them
 * @CHORUS_UPLOAD_OUTCOME_UNDECIDED: nothing was sent, because an earlier attempt may have arrived and the service does
 *   not say so
 *
 * How an attempt ended.
 */
typedef enum
{
  CHORUS_UPLOAD_OUTCOME_SENT,
  CHORUS_UPLOAD_OUTCOME_NOT_SENT,
  CHORUS_UPLOAD_OUTCOME_UNCERTAIN,
  CHORUS_UPLOAD_OUTCOME_UNDECIDED,
} ChorusUploadOutcome;

/**
 * chorus_upload_attempt_async:
 * @client: who sends
 * @ledger: what is known of the deployment
 * @deployment_id: the deployment
 * @file: the file
 * @check: what was found out about it
 * @since: (nullable): when an earlier attempt began that may have arrived; then the deployment is listed before anything
 *   is sent
 * @progress: called as bytes are sent
 * @progress_data: data for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): stops the attempt
 * @callback: called when it has ended
 * @user_data: data for @callback
 *
 * Sends a file in a request of its own. Where the answer does not tell which file it became, the deployment is listed:
 * a single file that is not known yet and fits is it. With @since nothing else may be on its way to the deployment, as
 * it could be mistaken for this file.
 */
void chorus_upload_attempt_async (ChorusClient            *client,
                                  ChorusUploadLedger      *ledger,
                                  const char              *deployment_id,
                                  GFile                   *file,
                                  const ChorusUploadCheck *check,
                                  GDateTime               *since,
                                  ChorusTransferProgress   progress,
                                  gpointer                 progress_data,
                                  GDestroyNotify           progress_destroy,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);

/**
 * chorus_upload_attempt_finish:
 * @result: the result
 * @sent: (out) (nullable): what the file has become at the service, where that is known
 * @error: return location for an error; set for every outcome but %CHORUS_UPLOAD_OUTCOME_SENT
 *
 * Returns: how the attempt ended
 */
ChorusUploadOutcome chorus_upload_attempt_finish (GAsyncResult  *result,
                                                  ChorusFile   **sent,
                                                  GError       **error);

G_END_DECLS
