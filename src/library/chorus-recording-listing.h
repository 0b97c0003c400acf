/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chorus-library.h"
#include "chorus-recording-filter.h"
#include "chorus-recording-order.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_RECORDING_LISTING (chorus_recording_listing_get_type ())

/**
 * ChorusRecordingListing:
 *
 * The recordings of a list that pass a filter, in an order: a live #GListModel of #ChorusRecording.
 *
 * A hundred thousand recordings are filtered and sorted without an object being made of any. What only the store knows, such
 * as which recordings have a species, it is asked for; what was shown before stays until the answer is there.
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingListing, chorus_recording_listing, CHORUS, RECORDING_LISTING, GObject)

/**
 * chorus_recording_listing_new:
 *
 * Returns: (transfer full): a view of nothing, in the order of time
 */
ChorusRecordingListing *chorus_recording_listing_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_recording_listing_set_list:
 * @self: a view
 * @library: (nullable): the library that the list belongs to
 * @list: (nullable): the recordings
 *
 * Shows other recordings, at once.
 */
void chorus_recording_listing_set_list (ChorusRecordingListing *self,
                                        ChorusLibrary          *library,
                                        ChorusRecordingList    *list);

/**
 * chorus_recording_listing_get_list:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the recordings
 */
ChorusRecordingList *chorus_recording_listing_get_list (ChorusRecordingListing *self);

/**
 * chorus_recording_listing_set_filter:
 * @self: a view
 * @filter: (nullable): which recordings to show, or %NULL for all of them
 *
 * Changes what is shown: at once if the store need not be asked, see [method@RecordingListing.get_pending].
 */
void chorus_recording_listing_set_filter (ChorusRecordingListing      *self,
                                          const ChorusRecordingFilter *filter);

/**
 * chorus_recording_listing_get_filter:
 * @self: a view
 *
 * Returns: (transfer none): the filter
 */
const ChorusRecordingFilter *chorus_recording_listing_get_filter (ChorusRecordingListing *self);

/**
 * chorus_recording_listing_set_order:
 * @self: a view
 * @order: what to sort by
 * @descending: whether the greatest comes first
 */
void chorus_recording_listing_set_order (ChorusRecordingListing *self,
                                         ChorusRecordingOrder    order,
                                         gboolean                descending);

/**
 * chorus_recording_listing_find:
 * @self: a view
 * @recording: (nullable): a recording
 *
 * Returns: its position, or %G_MAXUINT if it is not shown
 */
guint chorus_recording_listing_find (ChorusRecordingListing *self,
                                     ChorusRecording        *recording);

/**
 * chorus_recording_listing_get_pending:
 * @self: a view
 *
 * Returns: whether what is shown is behind the list or the filter, because the store is being asked or changes are being
 *   gathered; a property
 */
gboolean chorus_recording_listing_get_pending (ChorusRecordingListing *self);

/**
 * chorus_recording_listing_get_night_by_clock:
 * @self: a view
 *
 * Returns: whether the filter asks for night, and for some recordings of the list that is from 18:00 to 6:00 because it is
 *   not known where they were made or in which time zone; a property
 */
gboolean chorus_recording_listing_get_night_by_clock (ChorusRecordingListing *self);

G_END_DECLS
