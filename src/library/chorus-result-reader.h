/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-library.h"
#include "chorus-result-query.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RESULT_READER (chorus_result_reader_get_type ())

/**
 * ChorusResultReader:
 *
 * Reads results from a library, some at a time: a few hundred recordings or a few thousand detections, so that memory stays
 * flat and others get their turn at the store in between.
 *
 * Recordings come by project, site and deployment, each by its name, then by time, those without a time last, then by name.
 * Which there are is settled at the beginning: one that comes later is not among them, and one that goes is passed over. Of
 * a recording the detections are those that the interface shows. For the main thread; nothing waits.
 */
G_DECLARE_FINAL_TYPE (ChorusResultReader, chorus_result_reader, CHORUS, RESULT_READER, GObject)

/**
 * chorus_result_reader_new:
 * @library: the library
 * @query: what is wanted; copied
 *
 * Returns: (transfer full): a reader at the beginning
 */
ChorusResultReader *chorus_result_reader_new (ChorusLibrary           *library,
                                              const ChorusResultQuery *query) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_reader_next_async:
 * @self: a reader that is not reading
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when something was read
 * @user_data: passed to @callback
 *
 * Reads the next results.
 */
void chorus_result_reader_next_async (ChorusResultReader  *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_result_reader_next_finish:
 * @self: a reader
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (element-type ChorusResult): the next results, none at the end, or %NULL with @error set
 */
GPtrArray *chorus_result_reader_next_finish (ChorusResultReader  *self,
                                             GAsyncResult        *result,
                                             GError             **error);

/**
 * chorus_result_reader_get_n_recordings:
 * @self: a reader
 *
 * Returns: how many recordings there are in all; 0 until the first were read
 */
guint chorus_result_reader_get_n_recordings (ChorusResultReader *self);

/**
 * chorus_result_reader_get_n_read:
 * @self: a reader
 *
 * Returns: how many of them were read or passed over
 */
guint chorus_result_reader_get_n_read (ChorusResultReader *self);

G_END_DECLS
