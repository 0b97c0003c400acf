/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to typed objects: strict on our side, tolerant on theirs.
 *
 * Every function takes the root of an answer and reports what it cannot read as %G_IO_ERROR_INVALID_DATA, with a message
 * that names the place, such as "[3].project_id is missing". Safe to call in any thread.
 */

#pragma once

#include "chorus-deployment.h"
#include "chorus-file.h"
#include "chorus-high-value-clip.h"
#include "chorus-inference.h"
#include "chorus-json.h"
#include "chorus-project-summary.h"
#include "chorus-project.h"
#include "chorus-site.h"
#include "chorus-user.h"

G_BEGIN_DECLS

/**
 * chorus_decode_find_items:
 * @root: an answer
 * @plural: what the things are called, such as `projects`
 * @id_names: (array zero-terminated=1): the names under which one thing has its identifier
 *
 * Finds the list in an answer: a bare array; an object that holds it under `data`, `items`, `results`, `files` or
 * @plural, perhaps one inside the other; or a single thing that stands for a list of one.
 *
 * Returns: (transfer container) (element-type JsonNode) (nullable): the items, which belong to @root, or %NULL when
 *   there is no list
 */
GPtrArray *chorus_decode_find_items (JsonNode          *root,
                                     const char        *plural,
                                     const char *const *id_names);

/**
 * chorus_decode_user:
 * @root: an answer
 * @context: (nullable): not used
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a person
 */
ChorusUser *chorus_decode_user (JsonNode    *root,
                                const char  *context,
                                GError     **error);

/**
 * chorus_decode_projects:
 * @root: an answer
 * @context: (nullable): not used
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusProject): projects
 */
GPtrArray *chorus_decode_projects (JsonNode    *root,
                                   const char  *context,
                                   GError     **error);

/**
 * chorus_decode_sites:
 * @root: an answer
 * @context: the project that was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusSite): sites
 */
GPtrArray *chorus_decode_sites (JsonNode    *root,
                                const char  *context,
                                GError     **error);

/**
 * chorus_decode_deployments:
 * @root: an answer
 * @context: the site that was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusDeployment): deployments
 */
GPtrArray *chorus_decode_deployments (JsonNode    *root,
                                      const char  *context,
                                      GError     **error);

/**
 * chorus_decode_files:
 * @root: an answer
 * @context: the deployment that was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusFile): files
 */
GPtrArray *chorus_decode_files (JsonNode    *root,
                                const char  *context,
                                GError     **error);

/**
 * chorus_decode_uploaded:
 * @root: the answer to an upload
 * @context: the deployment that was sent to
 * @error: return location for a #GError; never set
 *
 * Returns: (transfer full) (element-type ChorusFile): files or bare identifiers, in the order of the answer; empty when
 *   any of them cannot be read, since a list with holes could not be matched to what was sent
 */
GPtrArray *chorus_decode_uploaded (JsonNode    *root,
                                   const char  *context,
                                   GError     **error);

/**
 * chorus_decode_inference:
 * @root: an answer
 * @context: the file that was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a run
 */
ChorusInference *chorus_decode_inference (JsonNode    *root,
                                          const char  *context,
                                          GError     **error);

/**
 * chorus_decode_inferences:
 * @root: an answer: one run or a list of them
 * @context: the file that was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusInference): runs, oldest first
 */
GPtrArray *chorus_decode_inferences (JsonNode    *root,
                                     const char  *context,
                                     GError     **error);

/**
 * chorus_decode_clips:
 * @root: an answer: a map from species to clips, or a list of clips
 * @context: (nullable): not used
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ChorusHighValueClip): clips
 */
GPtrArray *chorus_decode_clips (JsonNode    *root,
                                const char  *context,
                                GError     **error);

/**
 * chorus_decode_summary:
 * @root: an answer
 * @context: (nullable): not used
 * @error: return location for a #GError
 *
 * Returns: (transfer full): figures
 */
ChorusProjectSummary *chorus_decode_summary (JsonNode    *root,
                                             const char  *context,
                                             GError     **error);

/**
 * chorus_decode_project:
 * @root: the answer to making a project
 * @context: (nullable): not used
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a project
 */
ChorusProject *chorus_decode_project (JsonNode    *root,
                                      const char  *context,
                                      GError     **error);

/**
 * chorus_decode_site:
 * @root: the answer to making a site
 * @context: the project it was made in
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a site
 */
ChorusSite *chorus_decode_site (JsonNode    *root,
                                const char  *context,
                                GError     **error);

/**
 * chorus_decode_deployment:
 * @root: the answer to making a deployment
 * @context: the site it was made in
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a deployment
 */
ChorusDeployment *chorus_decode_deployment (JsonNode    *root,
                                            const char  *context,
                                            GError     **error);

/**
 * chorus_decode_tokens:
 * @root: the answer to signing in or to a renewal
 * @access_token: (out) (transfer full): the access token
 * @refresh_token: (out) (transfer full) (nullable): the token that renews it
 * @error: return location for a #GError
 *
 * Returns: whether there is an access token
 */
gboolean chorus_decode_tokens (JsonNode  *root,
                               char     **access_token,
                               char     **refresh_token,
                               GError   **error);

G_END_DECLS
