/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_SCAN (chorus_upload_scan_get_type ())

/**
 * ChorusUploadScan:
 *
 * Finds the recordings in files and folders that a person dropped or chose.
 *
 * A file that was dropped itself is always reported, whatever its name, so that it can be refused with a reason. Inside
 * a folder, at any depth, files with the names of audio files are reported, in the order of their names; hidden files
 * and what recorders leave on their cards are passed over, and other files are counted as ignored.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadScan, chorus_upload_scan, CHORUS, UPLOAD_SCAN, GObject)

/**
 * ChorusUploadScan::found:
 * @self: the scan
 * @files: (element-type Gio.File): the next few files, at least one
 *
 * Emitted as files are found, in the thread-default main context of the caller of [method@UploadScan.run_async].
 */

/**
 * chorus_upload_scan_new:
 * @roots: (element-type Gio.File): the dropped files and folders
 *
 * Returns: (transfer full): a scan that has not started
 */
ChorusUploadScan *chorus_upload_scan_new (GListModel *roots) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_scan_get_n_found:
 * @self: a scan
 *
 * Returns: the number of files reported so far
 */
guint chorus_upload_scan_get_n_found (ChorusUploadScan *self);

/**
 * chorus_upload_scan_get_n_ignored:
 * @self: a scan
 *
 * Returns: the number of files in folders that were left out because they have no name of an audio file; known once
 *   the scan has ended
 */
guint chorus_upload_scan_get_n_ignored (ChorusUploadScan *self);

/**
 * chorus_upload_scan_get_n_unreadable:
 * @self: a scan
 *
 * Returns: the number of folders that could not be read; known once the scan has ended
 */
guint chorus_upload_scan_get_n_unreadable (ChorusUploadScan *self);

/**
 * chorus_upload_scan_run_async:
 * @self: a scan that has not run
 * @cancellable: (nullable): stops the scan
 * @callback: called when the last file has been reported
 * @user_data: data for @callback
 *
 * Scans in a worker thread.
 */
void chorus_upload_scan_run_async (ChorusUploadScan    *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

/**
 * chorus_upload_scan_run_finish:
 * @self: a scan
 * @result: the result
 * @error: return location for an error
 *
 * A folder that cannot be read is counted and passed over; only being cancelled is an error.
 *
 * Returns: whether the scan came to its end
 */
gboolean chorus_upload_scan_run_finish (ChorusUploadScan  *self,
                                        GAsyncResult      *result,
                                        GError           **error);

G_END_DECLS
