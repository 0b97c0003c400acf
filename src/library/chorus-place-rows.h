/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places in the store. For the store's thread: nothing here knows of objects that are shown. */

#pragma once

#include "api/chorus-deployment.h"
#include "chorus-place.h"
#include "store/chorus-statement.h"
#include "store/chorus-transaction.h"

G_BEGIN_DECLS

typedef struct
{
  ChorusPlaceKind kind;
  char *id;
  char *name;
  char *parent_id; /* the project of a site, the site of a deployment */
  gboolean typed;
  double latitude;
  double longitude;
  char *start_date;
  char *end_date;
} ChorusPlaceRow;

/**
 * ChorusPlaceRows:
 * @profile_id: the profile
 * @rows: (element-type ChorusPlaceRow): places
 * @synced_at: (nullable): when the service told them
 * @has_sites: whether @rows has every site, so that others are gone
 * @has_deployments: whether @rows has every deployment, so that others are gone
 *
 * Places as read from the store or to be written to it.
 */
typedef struct
{
  char *profile_id;
  GPtrArray *rows;
  GDateTime *synced_at;
  gboolean has_sites;
  gboolean has_deployments;
} ChorusPlaceRows;

ChorusPlaceRows *chorus_place_rows_new (const char *profile_id) G_GNUC_WARN_UNUSED_RESULT;
void chorus_place_rows_free (ChorusPlaceRows *self);
ChorusPlaceRow *chorus_place_rows_add (ChorusPlaceRows *self,
                                       ChorusPlaceKind  kind,
                                       const char      *id,
                                       const char      *name,
                                       const char      *parent_id);

void chorus_place_rows_add_deployment (ChorusPlaceRows  *self,
                                       ChorusDeployment *deployment,
                                       const char       *site_id);

/* These are of the type ChorusStoreFunc; each returns a new ChorusPlaceRows with every place the store has afterwards. */
gpointer chorus_place_rows_read (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error);
gpointer chorus_place_rows_add_to_store (ChorusDatabase  *db,
                                         gpointer         data,
                                         GError         **error);
gpointer chorus_place_rows_replace (ChorusDatabase  *db,
                                    gpointer         data,
                                    GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusPlaceRows, chorus_place_rows_free)

G_END_DECLS
