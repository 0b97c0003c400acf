/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-export-format.h"
#include "library/chorus-library.h"
#include "library/chorus-result-query.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_EXPORT (chorus_export_get_type ())

/**
 * ChorusExport:
 *
 * Hands results on: reads them from a library, some at a time, and has them written on a worker thread.
 *
 * What is written is at its place when all of it is whole. An export that fails or is cancelled leaves what was there
 * before. For the main thread; nothing waits.
 *
 * Properties: n-done and n-recordings, which are notified while it runs.
 */
G_DECLARE_FINAL_TYPE (ChorusExport, chorus_export, CHORUS, EXPORT, GObject)

/**
 * chorus_export_new:
 * @library: where the results are
 * @query: which of them; copied
 * @format: how they are written
 *
 * Returns: (transfer full): an export that has not run
 */
ChorusExport *chorus_export_new (ChorusLibrary           *library,
                                 const ChorusResultQuery *query,
                                 ChorusExportFormat       format) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_export_set_options:
 * @self: an export that has not run
 * @options: what a person says about it; copied
 *
 * Says more about an export.
 */
void chorus_export_set_options (ChorusExport              *self,
                                const ChorusExportOptions *options);

/**
 * chorus_export_run_async:
 * @self: an export that has not run
 * @target: the file that is to be written or, for a format of several files, the folder that receives them and is there
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when everything is at its place, or will not be
 * @user_data: passed to @callback
 *
 * Runs it. To be called once.
 */
void chorus_export_run_async (ChorusExport        *self,
                              GFile               *target,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);

/**
 * chorus_export_run_finish:
 * @self: an export
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError, or an error in %G_IO_ERROR whose message is a sentence
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_export_run_finish (ChorusExport  *self,
                                   GAsyncResult  *result,
                                   GError       **error);

/**
 * chorus_export_get_n_done:
 * @self: an export
 *
 * Returns: how many recordings were written so far, or left out; a property
 */
guint chorus_export_get_n_done (ChorusExport *self);

/**
 * chorus_export_get_n_recordings:
 * @self: an export
 *
 * Returns: how many recordings there are, 0 before that is known; a property
 */
guint chorus_export_get_n_recordings (ChorusExport *self);

/**
 * chorus_export_get_n_detections:
 * @self: an export that has run
 *
 * Returns: how many detections were written
 */
guint64 chorus_export_get_n_detections (ChorusExport *self);

/**
 * chorus_export_get_left_out:
 * @self: an export that has run
 *
 * Returns: (transfer none): what was left out and why, a sentence for each reason; empty where everything was written
 */
const char *const *chorus_export_get_left_out (ChorusExport *self);

/**
 * chorus_export_preview_async:
 * @self: an export, which may have run or not
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when there is something to show
 * @user_data: passed to @callback
 *
 * Writes the first detections for people to look at. Nothing is written to any place of theirs.
 */
void chorus_export_preview_async (ChorusExport        *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/**
 * chorus_export_preview_finish:
 * @self: an export
 * @result: what the callback got
 * @error: return location for an error as those of [method@Export.run_finish]
 *
 * Returns: (transfer full): the first twenty lines of what would be written, or of the first file; empty where there are
 *   none, or where they would mean nothing to people; %NULL with @error set
 */
char *chorus_export_preview_finish (ChorusExport  *self,
                                    GAsyncResult  *result,
                                    GError       **error);

G_END_DECLS
