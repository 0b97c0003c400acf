/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusJsonWriter:
 *
 * Writes JSON (RFC 8259) member by member, indented and in the order in which it comes, which a tree of json-glib would
 * cost another home. A name is for members of objects and %NULL for elements of arrays.
 */
typedef struct _ChorusJsonWriter ChorusJsonWriter;

/**
 * chorus_json_writer_new:
 *
 * Returns: (transfer full): a writer in whose outermost object the next member goes
 */
ChorusJsonWriter *chorus_json_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;

void chorus_json_writer_free (ChorusJsonWriter *self);

/**
 * chorus_json_writer_begin:
 * @self: a writer
 * @name: (nullable): the name of a member
 * @bracket: '{' for an object, '[' for an array
 *
 * Begins an object or an array, where what follows goes until [method@JsonWriter.end].
 */
void chorus_json_writer_begin (ChorusJsonWriter *self,
                               const char       *name,
                               char              bracket);

/**
 * chorus_json_writer_end:
 * @self: a writer
 *
 * Ends the object or array that was begun last.
 */
void chorus_json_writer_end (ChorusJsonWriter *self);

/**
 * chorus_json_writer_add_text:
 * @self: a writer
 * @name: (nullable): the name of a member
 * @text: (nullable): any bytes; nothing is added for %NULL
 */
void chorus_json_writer_add_text (ChorusJsonWriter *self,
                                  const char       *name,
                                  const char       *text);

/**
 * chorus_json_writer_add_number:
 * @self: a writer
 * @name: (nullable): the name of a member
 * @value: a finite number
 * @decimals: how many digits there may be after the point
 */
void chorus_json_writer_add_number (ChorusJsonWriter *self,
                                    const char       *name,
                                    double            value,
                                    int               decimals);

/**
 * chorus_json_writer_add_boolean:
 * @self: a writer
 * @name: (nullable): the name of a member
 * @value: a truth
 */
void chorus_json_writer_add_boolean (ChorusJsonWriter *self,
                                     const char       *name,
                                     gboolean          value);

/**
 * chorus_json_writer_end_all:
 * @self: (transfer full): a writer
 *
 * Ends all that was begun.
 *
 * Returns: (transfer full): the text, with a line break at its end
 */
char *chorus_json_writer_end_all (ChorusJsonWriter *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusJsonWriter, chorus_json_writer_free)

G_END_DECLS
