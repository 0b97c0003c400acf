/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "api/chorus-client.h"
#include "store/chorus-store.h"

#include "chorus-upload.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_QUEUE (chorus_upload_queue_get_type ())

/**
 * ChorusUploadQueue:
 *
 * The uploads of one profile: a [iface@Gio.ListModel] of [class@Upload], in the order in which they were added.
 *
 * Files are checked and sent side by side, a few at a time. Every upload is a row of the `recordings` table before its
 * first byte goes out, and after every change of state. Use from the main thread only; nothing here waits.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadQueue, chorus_upload_queue, CHORUS, UPLOAD_QUEUE, GObject)

/**
 * ChorusUploadQueue::recording-changed:
 * @self: the queue
 * @recording_id: (type gint64): the row in the `recordings` table
 * @state: (type ChorusUploadState): where the upload stands
 * @progress: (type double): the part that has been sent, from 0 to 1
 * @reason: (type utf8) (nullable): why it was refused, has failed or is delayed
 *
 * Emitted when a row was added, whenever a change of its state has been written to the store, and at most every 100 ms
 * for its progress. Several changes may be told as one.
 */

/**
 * ChorusUploadAddFlags:
 * @CHORUS_UPLOAD_ADD_NONE: nothing special
 * @CHORUS_UPLOAD_ADD_SYNTHETIC: the files were made by a generator, not by a recorder, and are labeled so
 *
 * How files are added.
 */
typedef enum
{
  CHORUS_UPLOAD_ADD_NONE = 0,
  CHORUS_UPLOAD_ADD_SYNTHETIC = 1 << 0,
} ChorusUploadAddFlags;

/**
 * chorus_upload_queue_new:
 * @store: the store of the application
 * @client: (nullable): the client that sends; without one, files are checked and wait
 * @profile_id: the profile that the uploads belong to
 *
 * Returns: (transfer full): a queue without uploads; see [method@UploadQueue.load_async]
 */
ChorusUploadQueue *chorus_upload_queue_new (ChorusStore  *store,
                                            ChorusClient *client,
                                            const char   *profile_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_queue_get_client:
 * @self: an upload queue
 *
 * Returns: (transfer none) (nullable): the client that sends
 */
ChorusClient *chorus_upload_queue_get_client (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_set_client:
 * @self: an upload queue
 * @client: (nullable): the client that sends the files whose turn comes from now on
 */
void chorus_upload_queue_set_client (ChorusUploadQueue *self,
                                     ChorusClient      *client);

/**
 * chorus_upload_queue_get_paused:
 * @self: an upload queue
 *
 * Returns: whether no further file is sent
 */
gboolean chorus_upload_queue_get_paused (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_set_paused:
 * @self: an upload queue
 * @paused: whether to stop starting to send
 *
 * Pauses or resumes. A file that is on its way is sent to its end, because the service cannot take up half a file;
 * checks go on. The queue pauses by itself when the service no longer accepts the credential, since every further
 * file would be refused as well.
 */
void chorus_upload_queue_set_paused (ChorusUploadQueue *self,
                                     gboolean           paused);

/**
 * chorus_upload_queue_get_retry_delay:
 * @self: an upload queue
 *
 * Returns: see [method@UploadQueue.set_retry_delay]
 */
guint chorus_upload_queue_get_retry_delay (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_set_retry_delay:
 * @self: an upload queue
 * @milliseconds: how long to wait before the second attempt, in milliseconds; 2,000 to begin with
 *
 * An upload that the network or the service let down is sent again by itself, up to three times, each after four times
 * the wait of the one before, or after as long as the service asks for.
 */
void chorus_upload_queue_set_retry_delay (ChorusUploadQueue *self,
                                          guint              milliseconds);

/**
 * chorus_upload_queue_get_n_unfinished:
 * @self: an upload queue
 *
 * Returns: the number of uploads that wait, are checked or are sent
 */
guint chorus_upload_queue_get_n_unfinished (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_load_async:
 * @self: an upload queue
 * @cancellable: (nullable): stops loading
 * @callback: called when the rows are in the list
 * @user_data: data for @callback
 *
 * Takes up the uploads that an earlier run of the application left unfinished. They wait again where the file can still
 * be read; otherwise they fail with a sentence that asks to add the file again.
 */
void chorus_upload_queue_load_async (ChorusUploadQueue   *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);

/**
 * chorus_upload_queue_load_finish:
 * @self: an upload queue
 * @result: the result
 * @error: return location for an error of the store
 *
 * Returns: whether the rows were read
 */
gboolean chorus_upload_queue_load_finish (ChorusUploadQueue  *self,
                                          GAsyncResult       *result,
                                          GError            **error);

/**
 * chorus_upload_queue_add_async:
 * @self: an upload queue
 * @files: (element-type Gio.File): files and folders, as dropped or chosen
 * @deployment_id: the deployment that receives the recordings
 * @flags: how to add them
 * @cancellable: (nullable): stops looking for files; those already added stay
 * @callback: called when every file is in the list and in the store
 * @user_data: data for @callback
 *
 * Adds files, and the recordings in folders at any depth. They appear in the list as they are found.
 */
void chorus_upload_queue_add_async (ChorusUploadQueue    *self,
                                    GListModel           *files,
                                    const char           *deployment_id,
                                    ChorusUploadAddFlags  flags,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/**
 * chorus_upload_queue_add_finish:
 * @self: an upload queue
 * @result: the result
 * @n_added: (out) (optional): the number of files added
 * @n_ignored: (out) (optional): the number of files in folders that are no recordings
 * @n_unreadable: (out) (optional): the number of folders that could not be read
 * @error: return location for an error of the store, or for being cancelled
 *
 * Returns: whether everything that was found is in the list
 */
gboolean chorus_upload_queue_add_finish (ChorusUploadQueue  *self,
                                         GAsyncResult       *result,
                                         guint              *n_added,
                                         guint              *n_ignored,
                                         guint              *n_unreadable,
                                         GError            **error);

/**
 * chorus_upload_queue_cancel:
 * @self: an upload queue
 * @upload: an upload of the queue
 *
 * Gives up an unfinished upload. It stays in the list as failed and can be retried.
 */
void chorus_upload_queue_cancel (ChorusUploadQueue *self,
                                 ChorusUpload      *upload);

/**
 * chorus_upload_queue_retry:
 * @self: an upload queue
 * @upload: an upload of the queue that has failed or was refused
 *
 * Checks and sends an upload again. Does nothing for any other upload.
 */
void chorus_upload_queue_retry (ChorusUploadQueue *self,
                                ChorusUpload      *upload);

/**
 * chorus_upload_queue_retry_failed:
 * @self: an upload queue
 *
 * Retries every upload that has failed.
 */
void chorus_upload_queue_retry_failed (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_remove_finished:
 * @self: an upload queue
 *
 * Takes the uploads that were sent or refused off the list. What was sent stays in the store; so does the row of a
 * refused file.
 */
void chorus_upload_queue_remove_finished (ChorusUploadQueue *self);

G_END_DECLS
