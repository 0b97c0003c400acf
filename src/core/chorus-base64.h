/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CHORUS_BASE64_LENGTH:
 * @length: a number of bytes
 *
 * The number of characters that encode them, with padding and without a terminator.
 */
#define CHORUS_BASE64_LENGTH(length) (((length) + 2) / 3 * 4)

/**
 * ChorusBase64Version:
 * @CHORUS_BASE64_PLAIN: C with a table, for every processor
 * @CHORUS_BASE64_SSSE3: 12 bytes at a time
 * @CHORUS_BASE64_AVX2: 24 bytes at a time
 *
 * How to encode; the result is the same.
 */
typedef enum
{
  CHORUS_BASE64_PLAIN,
  CHORUS_BASE64_SSSE3,
  CHORUS_BASE64_AVX2,
} ChorusBase64Version;

/**
 * chorus_base64_encode:
 * @data: (array length=length): bytes
 * @length: how many
 * @out: where to write; room for CHORUS_BASE64_LENGTH (@length) characters
 *
 * Encodes bytes with the alphabet and the padding of RFC 4648, section 4, in one line and without a terminator, by the
 * fastest means of this processor.
 *
 * Returns: the number of characters written
 */
gsize chorus_base64_encode (const guint8 *data,
                            gsize         length,
                            char         *out);

/**
 * chorus_base64_is_supported:
 * @version: a version
 *
 * Returns: whether this processor can run it
 */
gboolean chorus_base64_is_supported (ChorusBase64Version version);

/**
 * chorus_base64_encode_with:
 * @version: a version that is supported
 * @data: (array length=length): bytes
 * @length: how many
 * @out: where to write; room for CHORUS_BASE64_LENGTH (@length) characters
 *
 * Encodes as chorus_base64_encode() does, by given means.
 *
 * Returns: the number of characters written
 */
gsize chorus_base64_encode_with (ChorusBase64Version  version,
                                 const guint8        *data,
                                 gsize                length,
                                 char                *out);

G_END_DECLS
