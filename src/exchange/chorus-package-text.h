/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts and numbers as the files of packages take them. What is appended is always valid UTF-8 without control
 * characters, whatever it was made from. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_package_text_append_xml:
 * @out: where to
 * @text: (nullable): any bytes
 *
 * Appends @text as the contents of an element or of an attribute in quotes, for XML 1.0 and HTML: what has a meaning in
 * markup is escaped, and characters that XML cannot hold become U+FFFD.
 */
void chorus_package_text_append_xml (GString    *out,
                                     const char *text);

/**
 * chorus_package_text_append_cell:
 * @out: where to
 * @text: (nullable): any bytes
 * @separator: what stands between the cells of the table: a comma, or a tab
 *
 * Appends a text from elsewhere as a cell of a table. Line breaks and tabs become spaces. In a table with commas a cell
 * that needs it is in quotes, as RFC 4180 has it; one with tabs has no quotes at all. What spreadsheets would compute, as
 * it begins with one of = + - @, gets an apostrophe before it.
 */
void chorus_package_text_append_cell (GString    *out,
                                      const char *text,
                                      char        separator);

/**
 * chorus_package_text_append_number:
 * @out: where to
 * @value: a number; nothing is appended where it is not finite
 * @decimals: how many digits there may be after the point, 0 to 9; zeros at the end are left out
 *
 * Appends a number with a decimal point, whatever the language.
 */
void chorus_package_text_append_number (GString *out,
                                        double   value,
                                        int      decimals);

/**
 * chorus_package_text_append_json:
 * @out: where to
 * @text: any bytes
 *
 * Appends @text as a string of JSON (RFC 8259), with its quotes.
 */
void chorus_package_text_append_json (GString    *out,
                                      const char *text);

G_END_DECLS
