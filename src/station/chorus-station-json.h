/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every answer of the station needs of JSON: times, nothing for what is not known, and columns as members. */

#pragma once

#include <json-glib/json-glib.h>

#include "store/chorus-statement.h"

G_BEGIN_DECLS

/**
 * chorus_station_json_dup_now:
 *
 * Returns: (transfer full): the present time in UTC, such as `2025-12-04T13:30:00Z`
 */
char *chorus_station_json_dup_now (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_json_take_object:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a node that holds @object
 */
JsonNode *chorus_station_json_take_object (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_json_take_array:
 * @array: (transfer full): an array
 *
 * Returns: (transfer full): a node that holds @array
 */
JsonNode *chorus_station_json_take_array (JsonArray *array) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_json_to_bytes:
 * @node: a document
 *
 * Returns: (transfer full): its text, without line breaks
 */
GBytes *chorus_station_json_to_bytes (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_station_json_set_text:
 * @object: an object
 * @name: the name of a member
 * @statement: a statement on a row
 * @column: the position of a column, from 0
 *
 * Sets a member to the text of a column, or to null for SQL's NULL.
 */
void chorus_station_json_set_text (JsonObject      *object,
                                   const char      *name,
                                   ChorusStatement *statement,
                                   int              column);

/**
 * chorus_station_json_set_double:
 * @object: an object
 * @name: the name of a member
 * @value: a number; one that is not finite, which JSON does not know, becomes null
 *
 * Sets a member to a number.
 */
void chorus_station_json_set_double (JsonObject *object,
                                     const char *name,
                                     double      value);

/**
 * chorus_station_json_get_string:
 * @object: (nullable): an object
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): the member if it is there and a string
 */
const char *chorus_station_json_get_string (JsonObject *object,
                                            const char *name);

/**
 * chorus_station_json_parse_object:
 * @body: the body of a request; any bytes
 * @error: return location for %CHORUS_STATION_ERROR_BAD_REQUEST
 *
 * Parses a short body. Nesting is bounded before the parser, which recurses, sees it.
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *chorus_station_json_parse_object (GBytes  *body,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
