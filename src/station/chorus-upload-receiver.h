/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-station-folder.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_RECEIVER (chorus_upload_receiver_get_type ())

/* The documented limits of one request. */
#define CHORUS_UPLOAD_MAX_FILES 20
#define CHORUS_UPLOAD_MAX_FILE_SIZE 25000000
#define CHORUS_UPLOAD_MAX_DURATION 300.0

/**
 * ChorusUploadReceiver:
 *
 * Takes the body of one upload from the main thread and turns it into temporary files on a worker. What waits in memory
 * is bounded as long as the caller stops reading when told to.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadReceiver, chorus_upload_receiver, CHORUS, UPLOAD_RECEIVER, GObject)

/**
 * chorus_upload_receiver_new:
 * @folder: the data folder
 *
 * Returns: (transfer full): a receiver at the beginning of a body
 */
ChorusUploadReceiver *chorus_upload_receiver_new (ChorusStationFolder *folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_receiver_push:
 * @self: a receiver
 * @chunk: the next piece of the body
 *
 * Takes a piece. Once the body turned out to be wrong, further pieces are dropped.
 *
 * Returns: whether enough waits for now; ChorusUploadReceiver::ready tells when to go on
 */
gboolean chorus_upload_receiver_push (ChorusUploadReceiver *self,
                                      GBytes               *chunk);

/**
 * chorus_upload_receiver_finish_async:
 * @self: a receiver that got the whole body
 * @callback: called when the files are on disk and were looked at, or something was wrong
 * @user_data: for @callback
 *
 * Ends the body.
 */
void chorus_upload_receiver_finish_async (ChorusUploadReceiver *self,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);

/**
 * chorus_upload_receiver_finish_finish:
 * @self: a receiver
 * @result: what the callback was given
 * @error: return location for a #ChorusStationError
 *
 * Returns: (transfer full) (nullable) (element-type ChorusReceivedFile): the files, all acceptable
 */
GPtrArray *chorus_upload_receiver_finish_finish (ChorusUploadReceiver  *self,
                                                 GAsyncResult          *result,
                                                 GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
