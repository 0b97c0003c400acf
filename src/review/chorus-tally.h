/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many detections there are of which species, and what came of them. For the store's thread. */

#pragma once

#include "chorus-review-scope.h"
#include "chorus-thresholds.h"

G_BEGIN_DECLS

/**
 * ChorusTally:
 * @species: the species, as it was found
 * @key: a deployment where it is
 * @n: how many detections
 * @n_confirmed: how many are right
 * @n_rejected: how many are wrong
 * @n_uncertain: of how many somebody cannot tell
 * @n_renamed: how many are of another species
 *
 * The detections of a species.
 */
typedef struct
{
  char *species;
  gint64 key;
  guint64 n;
  guint64 n_confirmed;
  guint64 n_rejected;
  guint64 n_uncertain;
  guint64 n_renamed;
} ChorusTally;

/**
 * chorus_tally_read:
 * @db: a connection
 * @scope: where to look
 * @threshold: from which confidence on, or NaN for what the store remembers for each species
 * @error: return location for a #ChorusStoreError
 *
 * Counts what is at or above a threshold, and what has no confidence, exactly: by whole twentieths of confidence from the
 * tallies that the store keeps, and the rest of one twentieth from an index.
 *
 * Returns: (transfer full) (nullable) (element-type ChorusTally): the species that there are, in no certain order
 */
GPtrArray *chorus_tally_read (ChorusDatabase           *db,
                              const ChorusReviewScope  *scope,
                              double                    threshold,
                              GError                  **error)
  G_GNUC_WARN_UNUSED_RESULT;
void chorus_tally_free (ChorusTally *self);

G_END_DECLS
