/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The species that the store knows by name, to choose from. */

#pragma once

#include "store/chorus-store.h"

G_BEGIN_DECLS

/**
 * ChorusSpeciesName:
 * @scientific_name: (nullable): such as "Turdus merula"
 * @common_name: (nullable): such as "Blackbird"
 * @n: how many detections a model found of it
 * @used: greater for what the reviewer has named later, 0 for what they have never named
 */
typedef struct
{
  char *scientific_name;
  char *common_name;
  guint64 n;
  gint64 used;
} ChorusSpeciesName;

/**
 * chorus_species_name_new:
 * @scientific_name: (nullable): a scientific name
 * @common_name: (nullable): a common name
 *
 * Returns: (transfer full): a name
 */
ChorusSpeciesName *chorus_species_name_new (const char *scientific_name,
                                            const char *common_name) G_GNUC_WARN_UNUSED_RESULT;
void chorus_species_name_free (ChorusSpeciesName *self);

/**
 * chorus_species_name_get_display:
 * @self: a name
 *
 * Returns: the common name, else the scientific one, as it was given
 */
const char *chorus_species_name_get_display (const ChorusSpeciesName *self);

/**
 * chorus_species_names_load_async:
 * @store: the store of the application
 * @profile_id: the profile
 * @reviewer: who chooses
 *
 * Reads the species that models have found and those that the reviewer has named.
 */
void chorus_species_names_load_async (ChorusStore         *store,
                                      const char          *profile_id,
                                      const char          *reviewer,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);

/**
 * chorus_species_names_load_finish:
 * @store: the store
 * @result: what the callback got
 * @error: return location for a #ChorusStoreError
 *
 * Returns: (transfer full) (nullable) (element-type ChorusSpeciesName): the names, each species once
 */
GPtrArray *chorus_species_names_load_finish (ChorusStore   *store,
                                             GAsyncResult  *result,
                                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_species_names_search:
 * @names: (element-type ChorusSpeciesName): names
 * @text: what was typed
 * @most: how many to find
 *
 * Finds names of which, for each word of @text, some word begins with it, in either name and in any order: "mal thr" finds
 * "Malabar Whistling Thrush". Without regard to case and accents. An empty text finds all.
 *
 * Returns: (transfer container) (element-type ChorusSpeciesName): first those that begin with @text, then what the reviewer
 *   has named last, then what was found most
 */
GPtrArray *chorus_species_names_search (GPtrArray  *names,
                                        const char *text,
                                        guint       most) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusSpeciesName, chorus_species_name_free)

G_END_DECLS
