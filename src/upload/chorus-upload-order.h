/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-upload.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_UPLOAD_ORDER (chorus_upload_order_get_type ())

/**
 * ChorusUploadOrder:
 *
 * Uploads in the order in which a person wants to see them, as a [iface@Gio.ListModel] of [class@Upload]: first those
 * that need attention, then those that were refused, those on their way, those that wait, those that were canceled, and, if at all, those that
 * were sent. Among themselves they stay in the order of the underlying list.
 *
 * One upload that moves on costs the logarithm of the length of the list, so that 50,000 of them can. Use from the main
 * thread only.
 *
 * Properties: show-sent.
 */
G_DECLARE_FINAL_TYPE (ChorusUploadOrder, chorus_upload_order, CHORUS, UPLOAD_ORDER, GObject)

/**
 * chorus_upload_order_new:
 *
 * Returns: (transfer full): an empty list
 */
ChorusUploadOrder *chorus_upload_order_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_upload_order_set_model:
 * @self: an order
 * @model: (nullable) (element-type ChorusUpload): the uploads, each with a recording of its own
 */
void chorus_upload_order_set_model (ChorusUploadOrder *self,
                                    GListModel        *model);

/**
 * chorus_upload_order_get_show_sent:
 * @self: an order
 *
 * Returns: whether uploads that were sent are in the list; %FALSE to begin with
 */
gboolean chorus_upload_order_get_show_sent (ChorusUploadOrder *self);
void chorus_upload_order_set_show_sent (ChorusUploadOrder *self,
                                        gboolean           show_sent);

/**
 * chorus_upload_order_note:
 * @self: an order
 * @recording_id: the recording of an upload
 *
 * Tells that an upload may have changed its state. It is moved a moment later, together with others. Costs next to
 * nothing where its place stays the same, as it does for progress.
 */
void chorus_upload_order_note (ChorusUploadOrder *self,
                               gint64             recording_id);

/**
 * chorus_upload_order_find:
 * @self: an order
 * @recording_id: the recording of an upload
 *
 * Returns: (transfer none) (nullable): the upload, shown or not
 */
ChorusUpload *chorus_upload_order_find (ChorusUploadOrder *self,
                                        gint64             recording_id);

G_END_DECLS
