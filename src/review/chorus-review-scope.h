/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "store/chorus-database.h"

G_BEGIN_DECLS

/**
 * ChorusReviewScope:
 * @profile_id: the profile
 * @deployment_ids: (array zero-terminated=1) (nullable): deployments, or %NULL for all of the profile
 * @species: (nullable): a species as it was found, or %NULL for all: the scientific name, else the common one
 *
 * Where to look for detections.
 */
typedef struct
{
  char *profile_id;
  char **deployment_ids;
  char *species;
} ChorusReviewScope;

void chorus_review_scope_init (ChorusReviewScope        *self,
                               const char               *profile_id,
                               const char        *const *deployment_ids,
                               const char               *species);
void chorus_review_scope_clear (ChorusReviewScope *self);

/**
 * ChorusReviewPlace:
 * @key: the key of a deployment in the store
 * @deployment_id: its id
 */
typedef struct
{
  gint64 key;
  char *deployment_id;
} ChorusReviewPlace;

/**
 * chorus_review_scope_read_places:
 * @self: a scope
 * @db: a connection
 * @error: return location for a #ChorusStoreError
 *
 * For the store's thread.
 *
 * Returns: (transfer full) (nullable) (element-type ChorusReviewPlace): the deployments that there are recordings of
 */
GArray *chorus_review_scope_read_places (const ChorusReviewScope  *self,
                                         ChorusDatabase           *db,
                                         GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusReviewScope, chorus_review_scope_clear)

G_END_DECLS
