/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-review-scope.h"
#include "chorus-statistics.h"
#include "store/chorus-store.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_SPECIES (chorus_species_get_type ())

/**
 * ChorusSpecies:
 *
 * A species that was found, and what came of its detections.
 *
 * Every getter is also a property; nothing of it changes: a list that is loaded again has others.
 */
G_DECLARE_FINAL_TYPE (ChorusSpecies, chorus_species, CHORUS, SPECIES, GObject)

/**
 * chorus_species_get_species:
 * @self: a species
 *
 * Returns: how queues and thresholds know it: the scientific name as it was found, else the common one, else ""
 */
const char *chorus_species_get_species (ChorusSpecies *self);

/**
 * chorus_species_get_scientific_name:
 * @self: a species
 *
 * Returns: (nullable): the scientific name, as it was found
 */
const char *chorus_species_get_scientific_name (ChorusSpecies *self);

/**
 * chorus_species_get_display_name:
 * @self: a species
 *
 * Returns: the common name, else the scientific one, else that the sound has no name; on one line and safe to show
 */
const char *chorus_species_get_display_name (ChorusSpecies *self);

/**
 * chorus_species_get_color:
 * @self: a species
 *
 * Returns: which of the %CHORUS_DETECTION_N_COLORS colors of the palette it has
 */
guint chorus_species_get_color (ChorusSpecies *self);

/**
 * chorus_species_get_n_detections:
 * @self: a species
 *
 * Returns: how many detections there are from the threshold on
 */
guint64 chorus_species_get_n_detections (ChorusSpecies *self);
guint64 chorus_species_get_n_confirmed (ChorusSpecies *self);
guint64 chorus_species_get_n_rejected (ChorusSpecies *self);
guint64 chorus_species_get_n_uncertain (ChorusSpecies *self);

/**
 * chorus_species_get_n_renamed:
 * @self: a species
 *
 * Returns: how many turned out to be another species
 */
guint64 chorus_species_get_n_renamed (ChorusSpecies *self);

/**
 * chorus_species_get_n_left:
 * @self: a species
 *
 * Returns: how many have no verdict
 */
guint64 chorus_species_get_n_left (ChorusSpecies *self);

/**
 * chorus_species_get_precision:
 * @self: a species
 * @precision: (out caller-allocates): which share of the detections is right, by the verdicts
 *
 * Counts what was renamed as wrong, and leaves out what nobody can tell. See chorus_statistics_get_precision() for what the
 * interval is worth.
 *
 * Returns: whether any was judged right or wrong
 */
gboolean chorus_species_get_precision (ChorusSpecies  *self,
                                       ChorusInterval *precision);

/**
 * chorus_species_list_load_async:
 * @store: the store of the application
 * @scope: where to look; its species is not looked at
 * @threshold: from which confidence on, or NaN for what the store remembers for each species
 *
 * Reads which species there are, with their counts.
 */
void chorus_species_list_load_async (ChorusStore             *store,
                                     const ChorusReviewScope *scope,
                                     double                   threshold,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data);

/**
 * chorus_species_list_load_finish:
 * @store: the store
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable): a list of #ChorusSpecies, the most frequent first
 */
GListModel *chorus_species_list_load_finish (ChorusStore   *store,
                                             GAsyncResult  *result,
                                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ChorusJudged:
 * @confidences: (element-type gdouble): the confidence of each detection
 * @right: (element-type gboolean): whether it is the species that the model named
 *
 * The detections of a species that are judged right or wrong, for chorus_calibration_fit().
 */
typedef struct
{
  GArray *confidences;
  GArray *right;
} ChorusJudged;

void chorus_judged_free (ChorusJudged *self);

/**
 * chorus_judged_load_async:
 * @store: the store of the application
 * @scope: where to look, with a species
 *
 * Reads what was judged of a species, at any confidence: thresholds are not looked at.
 */
void chorus_judged_load_async (ChorusStore             *store,
                               const ChorusReviewScope *scope,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data);
ChorusJudged *chorus_judged_load_finish (ChorusStore   *store,
                                         GAsyncResult  *result,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusJudged, chorus_judged_free)

G_END_DECLS
