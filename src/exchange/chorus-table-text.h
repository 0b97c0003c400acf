/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields of tables: how texts and numbers are written so that every program reads them as what they are. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CHORUS_TABLE_CSV:
 *
 * The separator of comma separated values. A text with a comma, a quotation mark or a line break in it is quoted, as
 * RFC 4180 has it, and survives whole.
 */
#define CHORUS_TABLE_CSV ','

/**
 * CHORUS_TABLE_TSV:
 *
 * The separator of tab separated values as Raven and Audacity read them. These know no quotes: tabs and line breaks in a
 * text become spaces.
 */
#define CHORUS_TABLE_TSV '\t'

/**
 * chorus_table_text_append:
 * @row: what is appended to
 * @text: (nullable): any bytes; %NULL is an empty field
 * @separator: %CHORUS_TABLE_CSV or %CHORUS_TABLE_TSV
 *
 * Writes a text as one field; bytes that are not UTF-8 become U+FFFD.
 *
 * A spreadsheet takes a field that begins with an equals sign, a plus, a minus, an at sign, a tab or a line break for a
 * formula and computes it, whoever wrote it. Such a text gets an apostrophe in front, which makes it a text. So does a text
 * that begins with apostrophes and then one of these, so that [func@table_text_restore] can tell what was there; the wide
 * forms of these signs count too. A quotation mark at the beginning is treated alike, for many programs take it for the
 * beginning of a quoted field where there are no quotes.
 */
void chorus_table_text_append (GString    *row,
                               const char *text,
                               char        separator);

/**
 * chorus_table_text_restore:
 * @field: a field without its quotes
 *
 * Undoes what [func@table_text_append] does against formulas: takes one apostrophe away where what follows would otherwise
 * have got one.
 *
 * Returns: (transfer full): the text
 */
char *chorus_table_text_restore (const char *field) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_table_text_append_number:
 * @row: what is appended to
 * @number: a number; one that is not finite is an empty field
 * @decimals: how many digits after the point
 *
 * Writes a number with a point, without separators between thousands and never with an exponent.
 */
void chorus_table_text_append_number (GString *row,
                                      double   number,
                                      guint    decimals);

G_END_DECLS
