/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request that brings parts of recordings to the service, and one look at what has arrived. */

#pragma once

#include "api/chorus-client.h"
#include "core/chorus-throttle.h"

#include "chorus-upload-ledger.h"
#include "chorus-upload-match.h"
#include "chorus-upload-spare.h"

G_BEGIN_DECLS

/**
 * ChorusUploadCargo:
 * @upload: the recording
 * @position: which of its parts
 * @trait: what the part looks like at the service
 * @matched: what has become of it, after an attempt or a look
 * @file: (nullable): what the service calls it
 *
 * One part in a request.
 */
typedef struct
{
  ChorusUpload *upload;
  guint position;
  ChorusUploadTrait trait;
  ChorusUploadMatch match;
  ChorusFile *file;
} ChorusUploadCargo;

/**
 * chorus_upload_cargo_new:
 * @upload: a recording whose parts are known
 * @position: which of its parts
 *
 * Returns: (transfer full): a part for a request
 */
ChorusUploadCargo *chorus_upload_cargo_new (ChorusUpload *upload,
                                            guint         position) G_GNUC_WARN_UNUSED_RESULT;
void chorus_upload_cargo_free (ChorusUploadCargo *self);

/**
 * chorus_upload_entry_take_file:
 * @self: a part that has arrived
 * @file: what it has become
 *
 * Remembers what the service calls a part.
 */
void chorus_upload_entry_take_file (ChorusUploadEntry *self,
                                    ChorusFile        *file);

/**
 * chorus_upload_cargo_sort:
 * @cargo: (element-type ChorusUploadCargo): parts
 *
 * Puts parts into the order in which they are sent, by recording and place in it. Where files look alike it is the order
 * that tells them apart, also after the program was started anew.
 */
void chorus_upload_cargo_sort (GPtrArray *cargo);

/**
 * ChorusUploadOutcome:
 * @CHORUS_UPLOAD_OUTCOME_ANSWERED: the service has taken all of it; which file each part has become is known or not
 * @CHORUS_UPLOAD_OUTCOME_ACCEPTED: the service has taken it, and its answer does not tell the files
 * @CHORUS_UPLOAD_OUTCOME_NOT_SENT: the service does not have it
 * @CHORUS_UPLOAD_OUTCOME_UNCERTAIN: every byte went out, and no answer says what became of them
 *
 * How an attempt ended.
 */
typedef enum
{
  CHORUS_UPLOAD_OUTCOME_ANSWERED,
  CHORUS_UPLOAD_OUTCOME_ACCEPTED,
  CHORUS_UPLOAD_OUTCOME_NOT_SENT,
  CHORUS_UPLOAD_OUTCOME_UNCERTAIN,
} ChorusUploadOutcome;

/**
 * ChorusUploadAttemptEnd:
 * @outcome: how it ended
 * @length: the length of the request, in bytes
 * @n_sent: how many of them went out
 * @failed: the position of the part that could not be read, or -1
 *
 * What is known of an attempt when it has ended.
 */
typedef struct
{
  ChorusUploadOutcome outcome;
  goffset length;
  goffset n_sent;
  int failed;
} ChorusUploadAttemptEnd;

/**
 * chorus_upload_attempt_async:
 * @client: who sends
 * @deployment_id: the deployment
 * @cargo: (element-type ChorusUploadCargo): the parts, at most %CHORUS_UPLOAD_BODY_MAX_FILES
 * @throttle: (nullable): paces what goes out
 * @spare: the place for a reader that attempts share
 * @progress: called as bytes are sent
 * @progress_data: data for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): stops the attempt
 * @callback: called when it has ended
 * @user_data: data for @callback
 *
 * Sends parts in one request.
 */
void chorus_upload_attempt_async (ChorusClient           *client,
                                  const char             *deployment_id,
                                  GPtrArray              *cargo,
                                  ChorusThrottle         *throttle,
                                  ChorusUploadSpare      *spare,
                                  ChorusTransferProgress  progress,
                                  gpointer                progress_data,
                                  GDestroyNotify          progress_destroy,
                                  GCancellable           *cancellable,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data);

/**
 * chorus_upload_attempt_finish:
 * @result: the result
 * @end: (out): what is known of the attempt
 * @error: return location for an error; set where the outcome is that it was not sent or is uncertain
 *
 * Returns: whether the service has taken the parts
 */
gboolean chorus_upload_attempt_finish (GAsyncResult            *result,
                                       ChorusUploadAttemptEnd  *end,
                                       GError                 **error);

/**
 * chorus_upload_look_async:
 * @client: who asks
 * @ledger: what is known of the deployment
 * @deployment_id: the deployment
 * @cargo: (element-type ChorusUploadCargo): the parts whose fate is not known, in the order in which they were sent
 * @since: (nullable): when the first of the attempts began, by the clock of the service as far as that was known
 * @since_mono: the same in monotonic time, in microseconds, or 0 where it was in an earlier run of the program
 * @accepted: whether the service has said that it took all of them
 * @cancellable: (nullable): stops looking
 * @callback: called when each part has its answer
 * @user_data: data for @callback
 *
 * Lists the files of the deployment, or where that is not offered those that need inference, and compares those that are
 * new with the parts. Nothing else may be on its way to the deployment.
 */
void chorus_upload_look_async (ChorusClient        *client,
                               ChorusUploadLedger  *ledger,
                               const char          *deployment_id,
                               GPtrArray           *cargo,
                               GDateTime           *since,
                               gint64               since_mono,
                               gboolean             accepted,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/**
 * chorus_upload_look_finish:
 * @result: the result
 * @error: return location for an error of `CHORUS_API_ERROR` or of the store; %CHORUS_API_ERROR_NOT_OFFERED where the
 *   service has no list
 *
 * Returns: whether the answers are in the cargo
 */
gboolean chorus_upload_look_finish (GAsyncResult  *result,
                                    GError       **error);

G_END_DECLS
