/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which recordings and detections are handed on. */

#pragma once

#include <glib.h>

#include "chorus-result.h"

G_BEGIN_DECLS

/**
 * ChorusResultScope:
 * @CHORUS_RESULT_SCOPE_ALL: everything of the profile
 * @CHORUS_RESULT_SCOPE_PROJECT: a project
 * @CHORUS_RESULT_SCOPE_SITE: a site
 * @CHORUS_RESULT_SCOPE_DEPLOYMENT: a deployment
 * @CHORUS_RESULT_SCOPE_RECORDINGS: certain recordings
 *
 * Where recordings are taken from.
 */
typedef enum
{
  CHORUS_RESULT_SCOPE_ALL,
  CHORUS_RESULT_SCOPE_PROJECT,
  CHORUS_RESULT_SCOPE_SITE,
  CHORUS_RESULT_SCOPE_DEPLOYMENT,
  CHORUS_RESULT_SCOPE_RECORDINGS,
} ChorusResultScope;

/* A set of verdicts, one bit for each; for ChorusResultQuery.verdicts. */
#define CHORUS_RESULT_VERDICT(verdict) (1u << (guint) (verdict))
#define CHORUS_RESULT_ALL_VERDICTS                                                                                     \
  (CHORUS_RESULT_VERDICT (CHORUS_VERDICT_NONE) | CHORUS_RESULT_VERDICT (CHORUS_VERDICT_CONFIRMED)                      \
   | CHORUS_RESULT_VERDICT (CHORUS_VERDICT_REJECTED) | CHORUS_RESULT_VERDICT (CHORUS_VERDICT_UNCERTAIN))

/**
 * ChorusResultQuery:
 * @scope: where recordings are taken from
 * @place_id: (nullable): the id of the project, site or deployment
 * @recording_ids: (element-type gint64) (nullable): the recordings, in any order; those of other profiles are none
 * @without_detections: %TRUE to have no detections at all, where only the recordings are wanted
 * @least_confidence: detections below it are not wanted; one without a confidence always is, for nobody can say that it is
 *   below
 * @verdicts: detections with these verdicts are wanted, see %CHORUS_RESULT_VERDICT
 *
 * Which recordings and detections are handed on. Every recording of the scope is, with those of its detections that are
 * wanted.
 */
typedef struct
{
  ChorusResultScope scope;
  char *place_id;
  GArray *recording_ids;
  gboolean without_detections;
  double least_confidence;
  guint verdicts;
} ChorusResultQuery;

/**
 * chorus_result_query_new:
 * @scope: where recordings are taken from
 * @place_id: (nullable): the id of the project, site or deployment
 *
 * Returns: (transfer full): a query for all detections; set its fields to copies
 */
ChorusResultQuery *chorus_result_query_new (ChorusResultScope  scope,
                                            const char        *place_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_query_new_for_recordings:
 * @recording_ids: (array length=n_recordings): ids in the store
 * @n_recordings: how many there are
 *
 * Returns: (transfer full): a query for all detections of certain recordings
 */
ChorusResultQuery *chorus_result_query_new_for_recordings (const gint64 *recording_ids,
                                                           gsize         n_recordings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
ChorusResultQuery *chorus_result_query_copy (const ChorusResultQuery *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_result_query_free:
 * @self: (transfer full) (nullable): a query
 */
void chorus_result_query_free (ChorusResultQuery *self);

/**
 * chorus_result_query_wants:
 * @self: a query
 * @confidence: 0 to 1, or NaN
 * @verdict: the verdict in force
 *
 * Returns: whether a detection with these is handed on
 */
gboolean chorus_result_query_wants (const ChorusResultQuery *self,
                                    double                   confidence,
                                    ChorusVerdict            verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusResultQuery, chorus_result_query_free)

G_END_DECLS
