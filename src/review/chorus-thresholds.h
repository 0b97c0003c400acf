/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_THRESHOLDS (chorus_thresholds_get_type ())

/**
 * ChorusThresholds:
 *
 * From which confidence on the detections of a profile are looked at: one threshold for all species, and others for some.
 *
 * A detection without a confidence is always looked at: nobody can say that it is below. Queues and summaries go by what the
 * store holds, see #ChorusReviewQueueSpec and chorus_species_list_load_async().
 *
 * Emits changed when a threshold was loaded or set.
 */
G_DECLARE_FINAL_TYPE (ChorusThresholds, chorus_thresholds, CHORUS, THRESHOLDS, GObject)

/**
 * chorus_thresholds_new:
 * @store: the store of the application
 * @profile_id: the profile
 *
 * Returns: (transfer full): thresholds, all 0 until they are loaded
 */
ChorusThresholds *chorus_thresholds_new (ChorusStore *store,
                                         const char  *profile_id) G_GNUC_WARN_UNUSED_RESULT;

void chorus_thresholds_load_async (ChorusThresholds    *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean chorus_thresholds_load_finish (ChorusThresholds  *self,
                                        GAsyncResult      *result,
                                        GError           **error);

/**
 * chorus_thresholds_get:
 * @self: thresholds
 * @species: (nullable): a species, or %NULL for the threshold of all
 *
 * Returns: the threshold that applies: of the species, else of all, else 0
 */
double chorus_thresholds_get (ChorusThresholds *self,
                              const char       *species);

/**
 * chorus_thresholds_get_own:
 * @self: thresholds
 * @species: a species
 *
 * Returns: the threshold of this species, or NaN where it has none of its own
 */
double chorus_thresholds_get_own (ChorusThresholds *self,
                                  const char       *species);

/**
 * chorus_thresholds_set_async:
 * @self: thresholds
 * @species: (nullable): a species, or %NULL for all
 * @threshold: 0 to 1, or NaN to have none
 *
 * Sets a threshold, which applies here at once, and writes it to the store. A slider calls this when it has come to rest.
 */
void chorus_thresholds_set_async (ChorusThresholds    *self,
                                  const char          *species,
                                  double               threshold,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean chorus_thresholds_set_finish (ChorusThresholds  *self,
                                       GAsyncResult      *result,
                                       GError           **error);

/**
 * ChorusThresholdRows:
 * @all: the threshold of all species, 0 where there is none
 * @lowest: the lowest that any species has
 * @species: (element-type utf8 double): those that have one of their own
 *
 * Thresholds as the store has them. For the store's thread.
 */
typedef struct
{
  double all;
  double lowest;
  GHashTable *species;
} ChorusThresholdRows;

ChorusThresholdRows *chorus_threshold_rows_read (ChorusDatabase  *db,
                                                 const char      *profile_id,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void chorus_threshold_rows_free (ChorusThresholdRows *self);
double chorus_threshold_rows_get (const ChorusThresholdRows *self,
                                  const char                *species);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusThresholdRows, chorus_threshold_rows_free)

G_END_DECLS
