/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_table_number_read:
 * @text: a field
 * @number: (out): the number, which is finite
 *
 * Reads a number as programs of all languages write it: with a point or a comma before the decimals, with an exponent or
 * without, and with spaces around it. There are no separators between thousands.
 *
 * Returns: whether @text is a number
 */
gboolean chorus_table_number_read (const char *text,
                                   double     *number);

G_END_DECLS
