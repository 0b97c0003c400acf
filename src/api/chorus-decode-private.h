/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the decoders share. */

#pragma once

#include "chorus-decode.h"

G_BEGIN_DECLS

/**
 * ChorusDecodeItem:
 * @object: one thing
 * @where: its place in the answer, for messages
 * @context: (nullable): what was asked about
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a typed object
 */
typedef gpointer (*ChorusDecodeItem) (JsonObject *object, const char *where, const char *context, GError **error);

/**
 * chorus_decode_fail:
 * @error: return location for a #GError
 * @where: a place in the answer; empty for its top
 * @what: what is wrong there
 *
 * Returns: always %NULL
 */
gpointer chorus_decode_fail (GError     **error,
                             const char  *where,
                             const char  *what);

/**
 * chorus_decode_required:
 * @object: an object
 * @names: (array zero-terminated=1): the names a text may have
 * @where: the place of @object
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the text of the first name that has one
 */
char *chorus_decode_required (JsonObject        *object,
                              const char *const *names,
                              const char        *where,
                              GError           **error);

/**
 * chorus_decode_items:
 * @items: (element-type JsonNode): the items of a list
 * @prefix: the place of the list
 * @decode: what makes an object of one item
 * @context: (nullable): passed to @decode
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type GObject): the objects
 */
GPtrArray *chorus_decode_items (GPtrArray         *items,
                                const char        *prefix,
                                ChorusDecodeItem   decode,
                                const char        *context,
                                GError           **error);

/**
 * chorus_decode_list:
 * @root: an answer
 * @plural: see chorus_decode_find_items()
 * @id_names: see chorus_decode_find_items()
 * @decode: what makes an object of one item
 * @context: (nullable): passed to @decode
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type GObject): the objects
 */
GPtrArray *chorus_decode_list (JsonNode                *root,
                               const char              *plural,
                               const char       *const *id_names,
                               ChorusDecodeItem         decode,
                               const char              *context,
                               GError                 **error);

/**
 * chorus_decode_single:
 * @root: an answer that is one thing, or holds it under `data` or @singular
 * @singular: what the thing is called
 * @error: return location for a #GError
 *
 * Returns: (transfer none): the thing
 */
JsonObject *chorus_decode_single (JsonNode    *root,
                                  const char  *singular,
                                  GError     **error);

/**
 * chorus_decode_inference_node:
 * @node: one run
 * @where: its place in the answer
 * @file_id: (nullable): the file it is about, when it does not say so itself
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a run
 */
ChorusInference *chorus_decode_inference_node (JsonNode    *node,
                                               const char  *where,
                                               const char  *file_id,
                                               GError     **error);

/**
 * chorus_decode_predictions:
 * @node: (nullable): predictions in any of the forms of the contract
 * @n_unknown: (out): how many could not be understood
 * @unknown_json: (out) (transfer full) (nullable): those, as a JSON array
 *
 * Returns: (transfer full) (element-type ChorusPrediction): the predictions
 */
GPtrArray *chorus_decode_predictions (JsonNode  *node,
                                      guint     *n_unknown,
                                      char     **unknown_json);

G_END_DECLS
