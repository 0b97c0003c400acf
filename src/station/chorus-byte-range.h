/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusByteRangeKind:
 * @CHORUS_BYTE_RANGE_WHOLE: there is no range, or none that is understood: the whole is sent (RFC 9110, section 14.2)
 * @CHORUS_BYTE_RANGE_PART: a part is sent
 * @CHORUS_BYTE_RANGE_NOT_SATISFIABLE: nothing of the range exists
 *
 * What a Range header asks for.
 */
typedef enum
{
  CHORUS_BYTE_RANGE_WHOLE,
  CHORUS_BYTE_RANGE_PART,
  CHORUS_BYTE_RANGE_NOT_SATISFIABLE,
} ChorusByteRangeKind;

/**
 * chorus_byte_range_parse:
 * @header: (nullable): the value of a Range header
 * @size: the size of the whole, in bytes
 * @first: (out): the first byte to send
 * @length: (out): how many bytes to send
 *
 * Understands one range of bytes: `bytes=0-99`, `bytes=100-`, `bytes=-100`. Several ranges in one header count as none.
 *
 * Returns: what is asked for; @first and @length are set unless it is not satisfiable
 */
ChorusByteRangeKind chorus_byte_range_parse (const char *header,
                                             guint64     size,
                                             guint64    *first,
                                             guint64    *length);

G_END_DECLS
