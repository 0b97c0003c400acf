/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-profile.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PROFILE_STORE (chorus_profile_store_get_type ())

/**
 * ChorusProfileStore:
 *
 * The profiles of a person, in a key file without secrets. A #GListModel of #ChorusProfile, oldest first.
 *
 * One group "Profile ID" for each; overrides of the endpoint table are in "Endpoints ID" beside it and survive. The file
 * is small and is read and written at once, by replacing it: a crash leaves the old or the new file, never a part.
 */
G_DECLARE_FINAL_TYPE (ChorusProfileStore, chorus_profile_store, CHORUS, PROFILE_STORE, GObject)

/**
 * chorus_profile_store_new:
 * @path: the key file; made, with its folder, when the first profile is saved
 *
 * Returns: (transfer full): a store without profiles; chorus_profile_store_load() has to be called before it can save
 */
ChorusProfileStore *chorus_profile_store_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_profile_store_new_default:
 *
 * Returns: (transfer full): the store in the user's configuration folder
 */
ChorusProfileStore *chorus_profile_store_new_default (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_profile_store_load:
 * @self: a store
 * @error: return location for a #GError
 *
 * Reads the file. A file that does not exist is an empty store. A profile that cannot be read is left out, and left in
 * the file. A file that is not a key file is moved aside (with ".damaged" behind its name) before anything is written.
 *
 * Returns: whether the file could be read
 */
gboolean chorus_profile_store_load (ChorusProfileStore  *self,
                                    GError             **error);

/**
 * chorus_profile_store_save:
 * @self: a store
 * @profile: a profile; replaces the one with the same identifier
 * @error: return location for a #GError
 *
 * Returns: whether the file was written
 */
gboolean chorus_profile_store_save (ChorusProfileStore  *self,
                                    ChorusProfile       *profile,
                                    GError             **error);

/**
 * chorus_profile_store_remove:
 * @self: a store
 * @id: the identifier of a profile
 * @error: return location for a #GError
 *
 * Returns: whether the file was written; also %TRUE when there is no such profile
 */
gboolean chorus_profile_store_remove (ChorusProfileStore  *self,
                                      const char          *id,
                                      GError             **error);

/**
 * chorus_profile_store_lookup:
 * @self: a store
 * @id: the identifier of a profile
 *
 * Returns: (transfer none) (nullable): the profile
 */
ChorusProfile *chorus_profile_store_lookup (ChorusProfileStore *self,
                                            const char         *id);

/**
 * chorus_profile_store_get_last_used:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): the profile to open at the start
 */
ChorusProfile *chorus_profile_store_get_last_used (ChorusProfileStore *self);

/**
 * chorus_profile_store_set_last_used:
 * @self: a store
 * @id: (nullable): the identifier of the profile to open at the next start
 * @error: return location for a #GError
 *
 * Returns: whether the file was written
 */
gboolean chorus_profile_store_set_last_used (ChorusProfileStore  *self,
                                             const char          *id,
                                             GError             **error);

G_END_DECLS
