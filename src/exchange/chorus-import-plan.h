/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-import.h"
#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_IMPORT_PLAN (chorus_import_plan_get_type ())

/**
 * ChorusImportPlan:
 *
 * Takes detections that were made elsewhere into a library, in two steps: what is in a table and where it belongs is found
 * first, so that a person can look at it, and is taken over when that person agrees. For the main thread; nothing waits.
 */
G_DECLARE_FINAL_TYPE (ChorusImportPlan, chorus_import_plan, CHORUS, IMPORT_PLAN, GObject)

/**
 * chorus_import_plan_new:
 * @library: where the recordings are
 * @file: a table of any of the formats of [func@import_read]
 *
 * Returns: (transfer full): a plan that knows nothing yet
 */
ChorusImportPlan *chorus_import_plan_new (ChorusLibrary *library,
                                          GFile         *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_plan_prepare_async:
 * @self: a plan
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when everything is known
 * @user_data: passed to @callback
 *
 * Reads the table and finds the recording of each detection, among all of the profile. To be called once.
 */
void chorus_import_plan_prepare_async (ChorusImportPlan    *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);

/**
 * chorus_import_plan_prepare_finish:
 * @self: a plan
 * @result: what the callback got
 * @error: return location for an error in %G_IO_ERROR, a sentence that names the file, or a #ChorusStoreError
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_import_plan_prepare_finish (ChorusImportPlan  *self,
                                            GAsyncResult      *result,
                                            GError           **error);

/**
 * chorus_import_plan_get_format:
 * @self: a plan that is prepared
 *
 * Returns: what the table was recognized as
 */
ChorusImportFormat chorus_import_plan_get_format (ChorusImportPlan *self);

/**
 * chorus_import_plan_get_n_detections:
 * @self: a plan that is prepared
 *
 * Returns: how many detections the table has
 */
guint chorus_import_plan_get_n_detections (ChorusImportPlan *self);

/**
 * chorus_import_plan_get_n_matched:
 * @self: a plan that is prepared
 *
 * Returns: how many of them belong to a recording
 */
guint chorus_import_plan_get_n_matched (ChorusImportPlan *self);

/**
 * chorus_import_plan_get_n_recordings:
 * @self: a plan that is prepared
 *
 * Returns: how many recordings they belong to
 */
guint chorus_import_plan_get_n_recordings (ChorusImportPlan *self);

/**
 * chorus_import_plan_list_problems:
 * @self: a plan that is prepared
 * @n_most: how many are wanted at the most
 *
 * Says what cannot be taken over and why: lines that were not understood, and detections that belong to no recording.
 *
 * Returns: (transfer full): a sentence for each, with the number of its line, in the order of the table
 */
char **chorus_import_plan_list_problems (ChorusImportPlan *self,
                                         guint             n_most) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_import_plan_take_async:
 * @self: a plan that is prepared
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when everything is in the store, or nothing will be
 * @user_data: passed to @callback
 *
 * Takes over what belongs to a recording. Of the same table nothing is taken over twice.
 */
void chorus_import_plan_take_async (ChorusImportPlan    *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/**
 * chorus_import_plan_take_finish:
 * @self: a plan
 * @result: what the callback got
 * @n_added: (out) (optional): how many detections are new
 * @n_known: (out) (optional): how many were taken over before
 * @error: return location for a #ChorusStoreError
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean chorus_import_plan_take_finish (ChorusImportPlan  *self,
                                         GAsyncResult      *result,
                                         guint             *n_added,
                                         guint             *n_known,
                                         GError           **error);

G_END_DECLS
