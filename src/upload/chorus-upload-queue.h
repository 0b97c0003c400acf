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
 * Files are checked two at a time and sent in requests of up to twenty parts, one request at a time. An upload and its
 * parts are in the store before the first byte goes out, and after every change of state. After an attempt whose end is
 * not known the deployment is listed before anything else is sent. Use from the main thread only; nothing here waits.
 *
 * Properties: client, paused, allow-metered, bandwidth, hourly-limit, retry-delay; and to be watched: busy,
 * hold-reason, n-unfinished.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadQueue, chorus_upload_queue, CHORUS, UPLOAD_QUEUE, GObject)

/**
 * ChorusUploadQueue::recording-changed:
 * @self: the queue
 * @recording_id: (type gint64): the row in the `recordings` table
 * @state: (type ChorusUploadState): where the upload stands
 * @progress: (type double): the part that has been sent, from 0 to 1
 * @reason: (type utf8) (nullable): why it was refused, has failed or is sent later
 *
 * Emitted when a row was added, when its check begins, whenever a change of its state has been written to the store, and at
 * most every 100 ms for its progress. Several changes may be told as one.
 */

/**
 * ChorusUploadQueue::recording-forgotten:
 * @self: the queue
 * @recording_id: (type gint64): the row that was in the `recordings` table
 *
 * Emitted when a recording of which nothing was ever sent has been taken out of the store again.
 */

/**
 * ChorusUploadTotals:
 * @n: how many uploads stand where, by #ChorusUploadState; those that wait for a go-ahead are not among them
 * @n_unapproved: how many wait for a go-ahead
 * @bytes: the bytes of what is sent or still to be sent
 * @bytes_sent: how many of them have arrived or are on their way
 *
 * The uploads of a queue in numbers.
 */
typedef struct
{
  guint n[CHORUS_UPLOAD_N_STATES];
  guint n_unapproved;
  guint64 bytes;
  double bytes_sent;
} ChorusUploadTotals;

/**
 * ChorusUploadAddFlags:
 * @CHORUS_UPLOAD_ADD_NONE: nothing special
 * @CHORUS_UPLOAD_ADD_SYNTHETIC: the files were made by a generator, not by a recorder, and are labeled so
 * @CHORUS_UPLOAD_ADD_REVIEW: the files are checked, and are sent once [method@UploadQueue.approve] is called
 *
 * How files are added.
 */
typedef enum
{
  CHORUS_UPLOAD_ADD_NONE = 0,
  CHORUS_UPLOAD_ADD_SYNTHETIC = 1 << 0,
  CHORUS_UPLOAD_ADD_REVIEW = 1 << 1,
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
 * Returns: whether nothing is sent
 */
gboolean chorus_upload_queue_get_paused (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_set_paused:
 * @self: an upload queue
 * @paused: whether to stop sending
 *
 * Pauses or resumes. A request that is under way is broken off, and its files are sent again later, unless every byte has
 * gone out; checks go on. The queue pauses by itself when the service no longer accepts the credential, since every
 * further file would be refused as well.
 */
void chorus_upload_queue_set_paused (ChorusUploadQueue *self,
                                     gboolean           paused);

/**
 * chorus_upload_queue_get_allow_metered:
 * @self: an upload queue
 *
 * Returns: whether to send on a network that is paid for by the byte; %TRUE to begin with
 */
gboolean chorus_upload_queue_get_allow_metered (ChorusUploadQueue *self);
void chorus_upload_queue_set_allow_metered (ChorusUploadQueue *self,
                                            gboolean           allow_metered);

/**
 * chorus_upload_queue_get_bandwidth:
 * @self: an upload queue
 *
 * Returns: how many bytes a second may go out at most, 0 for as many as possible
 */
guint64 chorus_upload_queue_get_bandwidth (ChorusUploadQueue *self);
void chorus_upload_queue_set_bandwidth (ChorusUploadQueue *self,
                                        guint64            bandwidth);

/**
 * chorus_upload_queue_get_hourly_limit:
 * @self: an upload queue
 *
 * Returns: how many requests an hour may be made at most, 0 for no limit; what the service says of its own limits counts
 *   in any case
 */
guint chorus_upload_queue_get_hourly_limit (ChorusUploadQueue *self);
void chorus_upload_queue_set_hourly_limit (ChorusUploadQueue *self,
                                           guint              hourly_limit);

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
 * What the network or the service let down is sent again by itself: up to six times where the service fails, and for as
 * long as it takes where there is no network. Each wait is twice the one before, up to a minute, or what the service asks
 * for.
 */
void chorus_upload_queue_set_retry_delay (ChorusUploadQueue *self,
                                          guint              milliseconds);

/**
 * chorus_upload_queue_get_busy:
 * @self: an upload queue
 *
 * Returns: whether a request is under way
 */
gboolean chorus_upload_queue_get_busy (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_get_hold_reason:
 * @self: an upload queue
 *
 * Returns: (nullable): a sentence that says what is waited for, where nothing is sent although nobody has paused
 */
const char *chorus_upload_queue_get_hold_reason (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_get_n_unfinished:
 * @self: an upload queue
 *
 * Returns: the number of uploads that go on by themselves: those that wait, are checked, or are sent. Those that wait for
 *   a go-ahead are not among them.
 */
guint chorus_upload_queue_get_n_unfinished (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_get_totals:
 * @self: an upload queue
 *
 * Returns: (transfer none): the uploads in numbers
 */
const ChorusUploadTotals *chorus_upload_queue_get_totals (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_load_async:
 * @self: an upload queue
 * @cancellable: (nullable): stops loading
 * @callback: called when the rows are in the list
 * @user_data: data for @callback
 *
 * Takes up what an earlier run of the application left. What was on its way is looked for in its deployment.
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
 * chorus_upload_queue_approve:
 * @self: an upload queue
 *
 * Gives the go-ahead to all uploads that wait for it.
 */
void chorus_upload_queue_approve (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_discard:
 * @self: an upload queue
 *
 * Takes all uploads that wait for a go-ahead off the list and out of the store, as if they had never been added.
 */
void chorus_upload_queue_discard (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_pause:
 * @self: an upload queue
 * @upload: an upload of the queue
 *
 * Holds an unfinished upload back until it is resumed.
 */
void chorus_upload_queue_pause (ChorusUploadQueue *self,
                                ChorusUpload      *upload);
void chorus_upload_queue_resume (ChorusUploadQueue *self,
                                 ChorusUpload      *upload);

/**
 * chorus_upload_queue_cancel:
 * @self: an upload queue
 * @upload: an upload of the queue
 *
 * Gives up an upload that was not sent. It stays in the list and can be retried. What has arrived has arrived: an upload
 * that turns out to be at the service counts as sent.
 */
void chorus_upload_queue_cancel (ChorusUploadQueue *self,
                                 ChorusUpload      *upload);

/**
 * chorus_upload_queue_retry:
 * @self: an upload queue
 * @upload: an upload of the queue
 *
 * Checks and sends an upload again that has failed, was refused or canceled, needs its file, or may have arrived; of a
 * recording in parts, those that have not arrived. Does nothing for any other upload.
 */
void chorus_upload_queue_retry (ChorusUploadQueue *self,
                                ChorusUpload      *upload);

/**
 * chorus_upload_queue_retry_failed:
 * @self: an upload queue
 *
 * Retries every upload that has failed or needs its file.
 */
void chorus_upload_queue_retry_failed (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_send_anyway:
 * @self: an upload queue
 * @upload: an upload of the queue for which [method@Upload.can_send_anyway] holds
 *
 * Sends what the check advised against, for example because it was sent before.
 */
void chorus_upload_queue_send_anyway (ChorusUploadQueue *self,
                                      ChorusUpload      *upload);

/**
 * chorus_upload_queue_accept_arrived:
 * @self: an upload queue
 * @upload: an upload of the queue that may have arrived
 *
 * Takes a person's word for it that it is at the service.
 */
void chorus_upload_queue_accept_arrived (ChorusUploadQueue *self,
                                         ChorusUpload      *upload);

/**
 * chorus_upload_queue_remove_finished:
 * @self: an upload queue
 *
 * Takes the uploads that were sent, refused or canceled off the list. What is known of them stays in the store.
 */
void chorus_upload_queue_remove_finished (ChorusUploadQueue *self);

/**
 * chorus_upload_queue_find_files_async:
 * @self: an upload queue
 * @folder: where to look, at any depth
 * @cancellable: (nullable): stops looking
 * @callback: called when the search has ended
 * @user_data: data for @callback
 *
 * Looks for the files that can no longer be read, after a card came back under another name or a permission has ended.
 * Files are recognized by name and size, and then checked by their content.
 */
void chorus_upload_queue_find_files_async (ChorusUploadQueue   *self,
                                           GFile               *folder,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/**
 * chorus_upload_queue_find_files_finish:
 * @self: an upload queue
 * @result: the result
 * @error: return location for an error
 *
 * Returns: how many were found, or -1 with @error set
 */
gssize chorus_upload_queue_find_files_finish (ChorusUploadQueue  *self,
                                              GAsyncResult       *result,
                                              GError            **error);

G_END_DECLS
