/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders of recordings in a view. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusRecordingOrder:
 * @CHORUS_RECORDING_ORDER_TIME: by when they begin
 * @CHORUS_RECORDING_ORDER_NAME: by name, numbers in it by value
 * @CHORUS_RECORDING_ORDER_DEPLOYMENT: by the name of the deployment
 * @CHORUS_RECORDING_ORDER_LENGTH: by length
 * @CHORUS_RECORDING_ORDER_SIZE: by size
 * @CHORUS_RECORDING_ORDER_STATUS: by how far they have come, then by detections
 * @CHORUS_RECORDING_ORDER_SPECIES: by the number of species
 * @CHORUS_RECORDING_ORDER_REVIEW: by what is left to review
 *
 * What recordings are sorted by. Equal ones stand in the order of their time; what is not known stands last either way.
 */
typedef enum
{
  CHORUS_RECORDING_ORDER_TIME,
  CHORUS_RECORDING_ORDER_NAME,
  CHORUS_RECORDING_ORDER_DEPLOYMENT,
  CHORUS_RECORDING_ORDER_LENGTH,
  CHORUS_RECORDING_ORDER_SIZE,
  CHORUS_RECORDING_ORDER_STATUS,
  CHORUS_RECORDING_ORDER_SPECIES,
  CHORUS_RECORDING_ORDER_REVIEW,
} ChorusRecordingOrder;

#define CHORUS_RECORDING_N_ORDERS (CHORUS_RECORDING_ORDER_REVIEW + 1)

/**
 * chorus_recording_order_compare_names:
 * @a: a name
 * @b: another
 *
 * Compares names of files as people do: without case, and runs of digits by value, so that "rec_9" comes before "REC_10".
 *
 * Returns: below, at or above 0
 */
int chorus_recording_order_compare_names (const char *a,
                                          const char *b);

/**
 * chorus_recording_order_sort:
 * @records: (element-type ChorusRecordingRecord): recordings in the order of their time
 * @order: what to sort them by
 * @descending: whether the greatest comes first
 * @ranks: (nullable): deployment id to the place of its name among all, as GUINT_TO_POINTER(); for
 *   %CHORUS_RECORDING_ORDER_DEPLOYMENT
 *
 * Sorts in place.
 */
void chorus_recording_order_sort (GPtrArray            *records,
                                  ChorusRecordingOrder  order,
                                  gboolean              descending,
                                  GHashTable           *ranks);

G_END_DECLS
