/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-pcm-encoding.h"

#include <float.h>
#include <math.h>
#include <string.h>

gsize
chorus_pcm_encoding_get_size (ChorusPcmEncoding encoding)
{
  switch (encoding)
    {
    case CHORUS_PCM_U8:
    case CHORUS_PCM_S8:
    case CHORUS_PCM_ALAW:
    case CHORUS_PCM_ULAW:
      return 1;

    case CHORUS_PCM_S16LE:
    case CHORUS_PCM_S16BE:
      return 2;

    case CHORUS_PCM_S24LE:
    case CHORUS_PCM_S24BE:
      return 3;

    case CHORUS_PCM_S32LE:
    case CHORUS_PCM_S32BE:
    case CHORUS_PCM_F32LE:
    case CHORUS_PCM_F32BE:
      return 4;

    case CHORUS_PCM_F64LE:
    case CHORUS_PCM_F64BE:
      return 8;

    default:
      g_return_val_if_reached (1);
    }
}

/* The three readers below take any alignment and compile to one load each. */

static inline guint16
chorus_pcm_load_16 (const guint8 *bytes)
{
  guint16 value;

  memcpy (&value, bytes, sizeof value);

  return value;
}

static inline guint32
chorus_pcm_load_32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);

  return value;
}

static inline guint64
chorus_pcm_load_64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);

  return value;
}

static inline float
chorus_pcm_float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);

  return fabsf (value) <= FLT_MAX ? value : 0.0f;
}

static inline float
chorus_pcm_float_from_double_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);

  return fabs (value) <= (double) FLT_MAX ? (float) value : 0.0f;
}

/* ITU-T G.711, table 1a: sign, three bits of segment, four bits of step, with every other bit inverted; 13 bits of
 * value, scaled here to 16. */
static inline gint32
chorus_pcm_expand_alaw (guint8 byte)
{
  guint toggled = byte ^ 0x55u;
  guint segment = (toggled >> 4) & 7u;
  gint32 magnitude = (gint32) ((toggled & 15u) << 4) + 8;

  if (segment > 0)
    magnitude = (magnitude + 256) << (segment - 1);

  return toggled & 0x80u ? magnitude : -magnitude;
}

/* ITU-T G.711, table 2a: the bits inverted, and a bias of 33 steps of the 14-bit value, scaled here to 16. */
static inline gint32
chorus_pcm_expand_ulaw (guint8 byte)
{
  guint inverted = byte ^ 0xffu;
  guint segment = (inverted >> 4) & 7u;
  gint32 magnitude = ((gint32) (((inverted & 15u) << 3) + 132) << segment) - 132;

  return inverted & 0x80u ? -magnitude : magnitude;
}

#define CHORUS_PCM_SCALE_8 (1.0f / 128.0f)
#define CHORUS_PCM_SCALE_16 (1.0f / 32768.0f)
#define CHORUS_PCM_SCALE_32 (1.0f / 2147483648.0f)

/* One loop for each encoding, so that the compiler sees fixed strides and no branch inside. */
#define CHORUS_PCM_CONVERT(stride, expression)                                                                         \
  for (gsize i = 0; i < n_samples; i++)                                                                                \
    {                                                                                                                  \
      const guint8 *at = bytes + i * (stride);                                                                         \
                                                                                                                       \
      samples[i] = (expression);                                                                                       \
    }                                                                                                                  \
  break

void
chorus_pcm_encoding_to_float (ChorusPcmEncoding  encoding,
                              const guint8      *bytes,
                              gsize              n_samples,
                              float             *samples)
{
  switch (encoding)
    {
    case CHORUS_PCM_U8:
      CHORUS_PCM_CONVERT (1, (float) (at[0] - 128) * CHORUS_PCM_SCALE_8);

    case CHORUS_PCM_S8:
      CHORUS_PCM_CONVERT (1, (float) (gint8) at[0] * CHORUS_PCM_SCALE_8);

    case CHORUS_PCM_S16LE:
      CHORUS_PCM_CONVERT (2, (float) (gint16) GUINT16_FROM_LE (chorus_pcm_load_16 (at)) * CHORUS_PCM_SCALE_16);

    case CHORUS_PCM_S16BE:
      CHORUS_PCM_CONVERT (2, (float) (gint16) GUINT16_FROM_BE (chorus_pcm_load_16 (at)) * CHORUS_PCM_SCALE_16);

    /* 24 bits become the upper three bytes of 32, which places the sign without a branch. */
    case CHORUS_PCM_S24LE:
      CHORUS_PCM_CONVERT (3, (float) (gint32) ((guint32) at[0] << 8 | (guint32) at[1] << 16 | (guint32) at[2] << 24)
                               * CHORUS_PCM_SCALE_32);

    case CHORUS_PCM_S24BE:
      CHORUS_PCM_CONVERT (3, (float) (gint32) ((guint32) at[2] << 8 | (guint32) at[1] << 16 | (guint32) at[0] << 24)
                               * CHORUS_PCM_SCALE_32);

    case CHORUS_PCM_S32LE:
      CHORUS_PCM_CONVERT (4, (float) (gint32) GUINT32_FROM_LE (chorus_pcm_load_32 (at)) * CHORUS_PCM_SCALE_32);

    case CHORUS_PCM_S32BE:
      CHORUS_PCM_CONVERT (4, (float) (gint32) GUINT32_FROM_BE (chorus_pcm_load_32 (at)) * CHORUS_PCM_SCALE_32);

    case CHORUS_PCM_F32LE:
      CHORUS_PCM_CONVERT (4, chorus_pcm_float_from_bits (GUINT32_FROM_LE (chorus_pcm_load_32 (at))));

    case CHORUS_PCM_F32BE:
      CHORUS_PCM_CONVERT (4, chorus_pcm_float_from_bits (GUINT32_FROM_BE (chorus_pcm_load_32 (at))));

    case CHORUS_PCM_F64LE:
      CHORUS_PCM_CONVERT (8, chorus_pcm_float_from_double_bits (GUINT64_FROM_LE (chorus_pcm_load_64 (at))));

    case CHORUS_PCM_F64BE:
      CHORUS_PCM_CONVERT (8, chorus_pcm_float_from_double_bits (GUINT64_FROM_BE (chorus_pcm_load_64 (at))));

    case CHORUS_PCM_ALAW:
      CHORUS_PCM_CONVERT (1, (float) chorus_pcm_expand_alaw (at[0]) * CHORUS_PCM_SCALE_16);

    case CHORUS_PCM_ULAW:
      CHORUS_PCM_CONVERT (1, (float) chorus_pcm_expand_ulaw (at[0]) * CHORUS_PCM_SCALE_16);

    default:
      g_return_if_reached ();
    }
}
