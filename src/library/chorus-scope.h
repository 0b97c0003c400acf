/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusScopeKind:
 * @CHORUS_SCOPE_ALL: everything of a profile
 * @CHORUS_SCOPE_PROJECT: the deployments of the sites of a project
 * @CHORUS_SCOPE_SITE: the deployments of a site
 * @CHORUS_SCOPE_DEPLOYMENT: one deployment
 *
 * How much of what there is.
 */
typedef enum
{
  CHORUS_SCOPE_ALL,
  CHORUS_SCOPE_PROJECT,
  CHORUS_SCOPE_SITE,
  CHORUS_SCOPE_DEPLOYMENT,
} ChorusScopeKind;

/**
 * ChorusScope:
 * @kind: how much it is
 * @id: (nullable): the project, the site or the deployment; %NULL for everything
 *
 * The places whose recordings are meant.
 */
typedef struct
{
  ChorusScopeKind kind;
  char *id;
} ChorusScope;

/**
 * chorus_scope_new:
 * @kind: how much it is
 * @id: (nullable): the project, the site or the deployment
 *
 * Returns: (transfer full): a scope
 */
ChorusScope *chorus_scope_new (ChorusScopeKind  kind,
                               const char      *id) G_GNUC_WARN_UNUSED_RESULT;
ChorusScope *chorus_scope_copy (const ChorusScope *self) G_GNUC_WARN_UNUSED_RESULT;
void chorus_scope_free (ChorusScope *self);

gboolean chorus_scope_equal (const ChorusScope *self,
                             const ChorusScope *other);

/**
 * CHORUS_SCOPE_LIST:
 *
 * An SQL query of the ids of the deployments in a scope: of everything those that have recordings, else those that are
 * known as places. Its parameters are ?1, the profile; ?2, the word of chorus_scope_get_word(); and ?3, the id.
 */
#define CHORUS_SCOPE_LIST                                                                                              \
  "SELECT ?3 AS deployment_id WHERE ?2 = 'deployment'"                                                                 \
  " UNION SELECT deployment_id FROM deployments WHERE ?2 = 'site' AND profile_id = ?1 AND site_id = ?3"                \
  " UNION SELECT d.deployment_id FROM deployments d JOIN sites s USING (profile_id, site_id)"                          \
  "  WHERE ?2 = 'project' AND d.profile_id = ?1 AND s.project_id = ?3"                                                 \
  " UNION SELECT DISTINCT deployment_id FROM recordings WHERE ?2 = 'all' AND profile_id = ?1"

/**
 * chorus_scope_get_word:
 * @self: a scope
 *
 * Returns: the word for its kind, as CHORUS_SCOPE_LIST takes it
 */
const char *chorus_scope_get_word (const ChorusScope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusScope, chorus_scope_free)

G_END_DECLS
