/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusPcmEncoding:
 *
 * How one uncompressed sample is stored: unsigned or signed integer, IEEE 754 float, or the companded bytes of
 * ITU-T G.711; with its bits and byte order.
 */
typedef enum
{
  CHORUS_PCM_U8,
  CHORUS_PCM_S8,
  CHORUS_PCM_S16LE,
  CHORUS_PCM_S16BE,
  CHORUS_PCM_S24LE,
  CHORUS_PCM_S24BE,
  CHORUS_PCM_S32LE,
  CHORUS_PCM_S32BE,
  CHORUS_PCM_F32LE,
  CHORUS_PCM_F32BE,
  CHORUS_PCM_F64LE,
  CHORUS_PCM_F64BE,
  CHORUS_PCM_ALAW,
  CHORUS_PCM_ULAW,
} ChorusPcmEncoding;

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define CHORUS_PCM_F32 CHORUS_PCM_F32LE
#else
#define CHORUS_PCM_F32 CHORUS_PCM_F32BE
#endif

/**
 * chorus_pcm_encoding_get_size:
 * @encoding: an encoding
 *
 * Returns: bytes of one sample, 1 to 8
 */
gsize chorus_pcm_encoding_get_size (ChorusPcmEncoding encoding);

/**
 * chorus_pcm_encoding_to_float:
 * @encoding: an encoding
 * @bytes: guint8[@n_samples * size of @encoding], at any alignment; may be @samples itself for native floats
 * @n_samples: how many samples
 * @samples: (out caller-allocates): float[@n_samples]
 *
 * Converts samples to floats with full scale from -1 to 1. Integers of b bits are divided by 2^(b-1). Floats keep
 * their value even beyond full scale; what is not a finite number becomes 0, so that one damaged sample does not
 * spoil a whole spectrum.
 */
void chorus_pcm_encoding_to_float (ChorusPcmEncoding  encoding,
                                   const guint8      *bytes,
                                   gsize              n_samples,
                                   float             *samples);

G_END_DECLS
