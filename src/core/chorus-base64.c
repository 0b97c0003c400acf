/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-base64.h"

#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#define CHORUS_BASE64_X86 1
#include <immintrin.h>
#else
#define CHORUS_BASE64_X86 0
#endif

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The two characters for every twelve bits: half the look-ups of a table of single characters. */
typedef char ChorusBase64Pairs[4096][2];

static const ChorusBase64Pairs *
chorus_base64_get_pairs (void)
{
  static ChorusBase64Pairs pairs;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
        {
          pairs[i][0] = alphabet[i >> 6];
          pairs[i][1] = alphabet[i & 63];
        }
      g_once_init_leave (&ready, 1);
    }

  return (const ChorusBase64Pairs *) &pairs;
}

/* The last one or two bytes, with their padding. */
static char *
chorus_base64_finish (const guint8 *data,
                      gsize         length,
                      char         *out)
{
  guint bits = (guint) data[0] << 16 | (length > 1 ? (guint) data[1] << 8 : 0);

  *out++ = alphabet[bits >> 18];
  *out++ = alphabet[bits >> 12 & 63];
  *out++ = length > 1 ? alphabet[bits >> 6 & 63] : '=';
  *out++ = '=';

  return out;
}

static char *
chorus_base64_encode_plain (const guint8 *data,
                            gsize         length,
                            char         *out)
{
  const ChorusBase64Pairs *pairs = chorus_base64_get_pairs ();

  for (; length >= 6; data += 6, length -= 6, out += 8)
    {
      guint first = (guint) data[0] << 16 | (guint) data[1] << 8 | data[2];
      guint second = (guint) data[3] << 16 | (guint) data[4] << 8 | data[5];

      memcpy (out, (*pairs)[first >> 12], 2);
      memcpy (out + 2, (*pairs)[first & 0xfff], 2);
      memcpy (out + 4, (*pairs)[second >> 12], 2);
      memcpy (out + 6, (*pairs)[second & 0xfff], 2);
    }
  if (length >= 3)
    {
      guint bits = (guint) data[0] << 16 | (guint) data[1] << 8 | data[2];

      memcpy (out, (*pairs)[bits >> 12], 2);
      memcpy (out + 2, (*pairs)[bits & 0xfff], 2);
      data += 3;
      length -= 3;
      out += 4;
    }

  return length > 0 ? chorus_base64_finish (data, length, out) : out;
}

#if CHORUS_BASE64_X86

/* The vectors follow Muła and Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions", 2018: each group of
 * three bytes is spread over four, two multiplications shift the four fields of six bits into place, and a shuffle looks
 * up what to add to a value to make it a character. For that the values 0 to 25 become row 0, 26 to 51 row 1, and each
 * of the values from 52 on a row of its own. */
#define CHORUS_BASE64_SPREAD 1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10
#define CHORUS_BASE64_OFFSETS 65, 71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 0, 0

__attribute__ ((target ("ssse3"))) static char *
chorus_base64_encode_ssse3 (const guint8 *data,
                            gsize         length,
                            char         *out)
{
  const __m128i spread = _mm_setr_epi8 (CHORUS_BASE64_SPREAD);
  const __m128i offsets = _mm_setr_epi8 (CHORUS_BASE64_OFFSETS);

  /* 16 bytes are read and 12 of them used. */
  for (; length >= 16; data += 12, length -= 12, out += 16)
    {
      __m128i in = _mm_shuffle_epi8 (_mm_loadu_si128 ((const void *) data), spread);
      __m128i high = _mm_mulhi_epu16 (_mm_and_si128 (in, _mm_set1_epi32 (0x0fc0fc00)), _mm_set1_epi32 (0x04000040));
      __m128i low = _mm_mullo_epi16 (_mm_and_si128 (in, _mm_set1_epi32 (0x003f03f0)), _mm_set1_epi32 (0x01000010));
      __m128i values = _mm_or_si128 (high, low);
      __m128i row =
        _mm_sub_epi8 (_mm_subs_epu8 (values, _mm_set1_epi8 (51)), _mm_cmpgt_epi8 (values, _mm_set1_epi8 (25)));

      _mm_storeu_si128 ((void *) out, _mm_add_epi8 (values, _mm_shuffle_epi8 (offsets, row)));
    }

  return chorus_base64_encode_plain (data, length, out);
}

__attribute__ ((target ("avx2"))) static char *
chorus_base64_encode_avx2 (const guint8 *data,
                           gsize         length,
                           char         *out)
{
  const __m256i spread = _mm256_setr_epi8 (CHORUS_BASE64_SPREAD, CHORUS_BASE64_SPREAD);
  const __m256i offsets = _mm256_setr_epi8 (CHORUS_BASE64_OFFSETS, CHORUS_BASE64_OFFSETS);

  /* Bytes do not cross the halves of the vector, so each half is read by itself: 28 bytes are read and 24 of them used. */
  for (; length >= 28; data += 24, length -= 24, out += 32)
    {
      __m128i first = _mm_loadu_si128 ((const void *) data);
      __m128i second = _mm_loadu_si128 ((const void *) (data + 12));
      __m256i in = _mm256_shuffle_epi8 (_mm256_inserti128_si256 (_mm256_castsi128_si256 (first), second, 1), spread);
      __m256i high =
        _mm256_mulhi_epu16 (_mm256_and_si256 (in, _mm256_set1_epi32 (0x0fc0fc00)), _mm256_set1_epi32 (0x04000040));
      __m256i low =
        _mm256_mullo_epi16 (_mm256_and_si256 (in, _mm256_set1_epi32 (0x003f03f0)), _mm256_set1_epi32 (0x01000010));
      __m256i values = _mm256_or_si256 (high, low);
      __m256i row = _mm256_sub_epi8 (_mm256_subs_epu8 (values, _mm256_set1_epi8 (51)),
                                     _mm256_cmpgt_epi8 (values, _mm256_set1_epi8 (25)));

      _mm256_storeu_si256 ((void *) out, _mm256_add_epi8 (values, _mm256_shuffle_epi8 (offsets, row)));
    }

  return chorus_base64_encode_plain (data, length, out);
}

#endif

gboolean
chorus_base64_is_supported (ChorusBase64Version version)
{
  switch (version)
    {
    case CHORUS_BASE64_PLAIN:
      return TRUE;
#if CHORUS_BASE64_X86
    case CHORUS_BASE64_SSSE3:
      return __builtin_cpu_supports ("ssse3") != 0;
    case CHORUS_BASE64_AVX2:
      return __builtin_cpu_supports ("avx2") != 0;
#else
    case CHORUS_BASE64_SSSE3:
    case CHORUS_BASE64_AVX2:
#endif
    default:
      return FALSE;
    }
}

gsize
chorus_base64_encode_with (ChorusBase64Version  version,
                           const guint8        *data,
                           gsize                length,
                           char                *out)
{
  g_return_val_if_fail (chorus_base64_is_supported (version), 0);

#if CHORUS_BASE64_X86
  if (version == CHORUS_BASE64_AVX2)
    return (gsize) (chorus_base64_encode_avx2 (data, length, out) - out);
  if (version == CHORUS_BASE64_SSSE3)
    return (gsize) (chorus_base64_encode_ssse3 (data, length, out) - out);
#endif

  return (gsize) (chorus_base64_encode_plain (data, length, out) - out);
}

gsize
chorus_base64_encode (const guint8 *data,
                      gsize         length,
                      char         *out)
{
  ChorusBase64Version version = CHORUS_BASE64_AVX2;

  while (!chorus_base64_is_supported (version))
    version--;

  return chorus_base64_encode_with (version, data, length, out);
}
