/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusBase64Decoder:
 *
 * Decodes base64 (RFC 4648, section 4) that arrives in pieces of any size. Unlike GLib's decoder it refuses what is not
 * base64. White space between characters is allowed, as `base64` of coreutils writes it.
 */
typedef struct
{
  guint32 bits;
  guint n_characters;
  guint n_padding;
} ChorusBase64Decoder;

#define CHORUS_BASE64_DECODER_INIT                                                                                     \
  {                                                                                                                    \
    0                                                                                                                  \
  }

/**
 * chorus_base64_decoder_push:
 * @self: a decoder
 * @text: (array length=n_text): the next characters
 * @n_text: how many
 * @bytes: (out caller-allocates): room for @n_text + 2 bytes
 * @n_bytes: (out): how many bytes were decoded
 *
 * Decodes the next piece.
 *
 * Returns: whether all of it is base64
 */
gboolean chorus_base64_decoder_push (ChorusBase64Decoder *self,
                                     const guint8        *text,
                                     gsize                n_text,
                                     guint8              *bytes,
                                     gsize               *n_bytes) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_base64_decoder_finish:
 * @self: a decoder
 *
 * Returns: whether the text ended where base64 may end
 */
gboolean chorus_base64_decoder_finish (const ChorusBase64Decoder *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
