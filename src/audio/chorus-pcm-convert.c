/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-pcm-convert.h"

#include <math.h>

gboolean
chorus_pcm_convert_is_wave (ChorusPcmEncoding encoding)
{
  return encoding != CHORUS_PCM_S8 && encoding != CHORUS_PCM_S16BE && encoding != CHORUS_PCM_S24BE
         && encoding != CHORUS_PCM_S32BE && encoding != CHORUS_PCM_F32BE && encoding != CHORUS_PCM_F64BE;
}

static inline void
chorus_pcm_convert_reverse (guint8 *bytes,
                            gsize   size,
                            gsize   n_samples)
{
  for (gsize i = 0; i < n_samples; i++, bytes += size)
    for (gsize k = 0; k < size / 2; k++)
      {
        guint8 byte = bytes[k];

        bytes[k] = bytes[size - 1 - k];
        bytes[size - 1 - k] = byte;
      }
}

void
chorus_pcm_convert_to_wave (ChorusPcmEncoding  encoding,
                            guint8            *bytes,
                            gsize              n_samples)
{
  if (chorus_pcm_convert_is_wave (encoding))
    return;

  /* A loop of its own for each width, so that the compiler sees it. */
  switch (chorus_pcm_encoding_get_size (encoding))
    {
    case 1:
      for (gsize i = 0; i < n_samples; i++)
        bytes[i] ^= 0x80;
      break;

    case 2:
      chorus_pcm_convert_reverse (bytes, 2, n_samples);
      break;

    case 3:
      chorus_pcm_convert_reverse (bytes, 3, n_samples);
      break;

    case 4:
      chorus_pcm_convert_reverse (bytes, 4, n_samples);
      break;

    default:
      chorus_pcm_convert_reverse (bytes, 8, n_samples);
      break;
    }
}

static inline gint32
chorus_pcm_convert_round (float sample,
                          float scale)
{
  float value = isnan (sample) ? 0.0f : sample * scale;

  return (gint32) rintf (CLAMP (value, -scale, scale - 1.0f));
}

void
chorus_pcm_convert_from_float (guint        bits,
                               const float *samples,
                               gsize        n_samples,
                               guint8      *bytes)
{
  g_return_if_fail (bits == 16 || bits == 24);

  if (bits == 16)
    for (gsize i = 0; i < n_samples; i++)
      {
        guint32 value = (guint32) chorus_pcm_convert_round (samples[i], 32768.0f);

        bytes[2 * i] = (guint8) value;
        bytes[2 * i + 1] = (guint8) (value >> 8);
      }
  else
    for (gsize i = 0; i < n_samples; i++)
      {
        guint32 value = (guint32) chorus_pcm_convert_round (samples[i], 8388608.0f);

        bytes[3 * i] = (guint8) value;
        bytes[3 * i + 1] = (guint8) (value >> 8);
        bytes[3 * i + 2] = (guint8) (value >> 16);
      }
}
