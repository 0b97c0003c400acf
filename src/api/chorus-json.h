/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading JSON from a stranger. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* json-glib parses, copies and frees by recursion: what is deeper than this never reaches it. */
#define CHORUS_JSON_MAX_DEPTH 64

/* Each value costs about a hundred bytes once parsed, however few it took to write. */
#define CHORUS_JSON_MAX_VALUES 4000000

/**
 * chorus_json_parse:
 * @data: (array length=length): bytes
 * @length: how many, in bytes
 * @error: return location for a #GError, with a message for the details of an error rather than for people
 *
 * Parses a JSON text (RFC 8259). Nesting, the number of values, and characters that do not belong are checked before
 * the parser sees the text.
 *
 * Returns: (transfer full): the root
 */
JsonNode *chorus_json_parse (const char  *data,
                             gsize        length,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_json_find:
 * @object: an object
 * @name: the first name
 * @...: further names, ending with %NULL
 *
 * Returns: (transfer none) (nullable): the member of the first name that is there and not null
 */
JsonNode *chorus_json_find (JsonObject *object, const char *name, ...) G_GNUC_NULL_TERMINATED;

/**
 * chorus_json_find_any:
 * @object: an object
 * @names: (array zero-terminated=1): names in order of preference
 *
 * Returns: (transfer none) (nullable): the member of the first name that is there and not null
 */
JsonNode *chorus_json_find_any (JsonObject        *object,
                                const char *const *names);

/**
 * chorus_json_dup_text:
 * @node: (nullable): a node
 *
 * Returns: (transfer full) (nullable): a string, or a number written out, since identifiers come as both; %NULL for an
 *   empty string and for anything else
 */
char *chorus_json_dup_text (JsonNode *node);

/**
 * chorus_json_get_text:
 * @object: an object
 * @name: the first name
 * @...: further names, ending with %NULL
 *
 * Returns: (transfer full) (nullable): the text of the first name that has one
 */
char *chorus_json_get_text (JsonObject *object, const char *name, ...) G_GNUC_NULL_TERMINATED;

/**
 * chorus_json_to_number:
 * @node: (nullable): a node
 *
 * Returns: a finite number, also when it was written as a string; else NAN
 */
double chorus_json_to_number (JsonNode *node);

/**
 * chorus_json_get_number:
 * @object: an object
 * @name: the first name
 * @...: further names, ending with %NULL
 *
 * Returns: the number of the first name that has one, else NAN
 */
double chorus_json_get_number (JsonObject *object, const char *name, ...) G_GNUC_NULL_TERMINATED;

/**
 * chorus_json_get_object:
 * @object: an object
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the member, if it is an object
 */
JsonObject *chorus_json_get_object (JsonObject *object,
                                    const char *name);

/**
 * chorus_json_get_array:
 * @object: an object
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the member, if it is an array
 */
JsonArray *chorus_json_get_array (JsonObject *object,
                                  const char *name);

/**
 * chorus_json_build:
 * @name: the name of a member
 * @...: its text, then further names and texts, ending with %NULL
 *
 * Returns: (transfer full): an object of texts, written out
 */
GBytes *chorus_json_build (const char *name, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
