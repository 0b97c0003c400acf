/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-stft-kernels-private.h"

#include "chorus-decibels-private.h"
#include "chorus-level-tile.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define CHORUS_STFT_KERNELS_AVX2 __attribute__ ((target ("avx2")))
#endif

/* An 8-bit level from the bits of a power, read as an integer: they are its logarithm, straight from each power of two
 * to the next, but for t (t - 1) r (t) of the mantissa 1 + t. The quadratic r is a least-maximum fit of our own. */
#define CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE                                                                           \
  (3.0102999566398120 * 255.0 / (CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB))
#define CHORUS_STFT_KERNELS_SLOPE ((float) (CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE * 0x1p-23))
#define CHORUS_STFT_KERNELS_OFFSET                                                                                     \
  ((float) (0.5 - CHORUS_LEVEL_FLOOR_DB * 255.0 / (CHORUS_LEVEL_CEILING_DB - CHORUS_LEVEL_FLOOR_DB)                    \
            - 127.0 * CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE))
#define CHORUS_STFT_KERNELS_R0 ((float) (-0.43872575 * CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE))
#define CHORUS_STFT_KERNELS_R1 ((float) (0.23905827 * CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE))
#define CHORUS_STFT_KERNELS_R2 ((float) (-0.08213073 * CHORUS_STFT_KERNELS_STEPS_PER_OCTAVE))

#define CHORUS_STFT_KERNELS_MANTISSA 0x007fffff
#define CHORUS_STFT_KERNELS_ONE 0x3f800000

static inline __attribute__ ((always_inline)) void
chorus_stft_kernels_apply_window_body (const float *restrict samples,
                                       const float *restrict window,
                                       float       *restrict out,
                                       unsigned              n)
{
  for (unsigned i = 0; i < n; i++)
    out[i] = chorus_decibels_sane_sample (samples[i]) * window[i];
}

static inline __attribute__ ((always_inline)) void
chorus_stft_kernels_decibels_body (const float *restrict powers,
                                   float       *restrict levels_db,
                                   unsigned              n)
{
  for (unsigned i = 0; i < n; i++)
    levels_db[i] = chorus_decibels_from_power (powers[i]);
}

/* The bin in the middle is its own mirror image. */
static inline __attribute__ ((always_inline)) void
chorus_stft_kernels_raise_middle (const float *spectrum,
                                  float       *powers,
                                  unsigned     half)
{
  float power = 4.0f * (spectrum[half] * spectrum[half] + spectrum[half + 1] * spectrum[half + 1]);

  powers[half / 2] = power > powers[half / 2] ? power : powers[half / 2];
}

static inline uint8_t
chorus_stft_kernels_quantize_one (float power)
{
  int32_t bits;
  int32_t mantissa_bits;
  float mantissa;
  float t;
  float r;
  float step;

  memcpy (&bits, &power, sizeof bits);
  mantissa_bits = (bits & CHORUS_STFT_KERNELS_MANTISSA) | CHORUS_STFT_KERNELS_ONE;
  memcpy (&mantissa, &mantissa_bits, sizeof mantissa);
  t = mantissa - 1.0f;
  r = CHORUS_STFT_KERNELS_R0 + t * (CHORUS_STFT_KERNELS_R1 + t * CHORUS_STFT_KERNELS_R2);
  step = ((float) bits * CHORUS_STFT_KERNELS_SLOPE + CHORUS_STFT_KERNELS_OFFSET) + t * (t - 1.0f) * r;
  step = step > 0.0f ? step : 0.0f;

  return (uint8_t) (int) (step < 255.0f ? step : 255.0f);
}

static void
chorus_stft_kernels_apply_window_plain (const float *samples,
                                        const float *window,
                                        float       *out,
                                        unsigned     n)
{
  chorus_stft_kernels_apply_window_body (samples, window, out, n);
}

/* With Z the given transform, the frame's spectrum at k and at half - k is (e + w o) / 2 and the conjugate of
 * (e - w o) / 2, where e = Z (k) + conj Z (half - k), o = (Z (k) - conj Z (half - k)) / i, and w = exp (-i pi k / half).
 * Both are squared as they are: an expansion would lose the fainter of them in the rounding of the louder. */
static void
chorus_stft_kernels_raise_powers_plain (const float *spectrum,
                                        const float *cosines,
                                        const float *sines,
                                        float       *powers,
                                        unsigned     half)
{
  const float *mirror = spectrum + 2 * (size_t) half;

  for (unsigned k = 0; k < half / 2; k++)
    {
      float er = spectrum[2 * k] + *mirror;
      float ei = spectrum[2 * k + 1] - mirror[1];
      float or = spectrum[2 * k + 1] + mirror[1];
      float oi = *mirror - spectrum[2 * k];
      float wr = or *cosines[k] - oi * sines[k];
      float wi = or *sines[k] + oi * cosines[k];
      float low = (er + wr) * (er + wr) + (ei + wi) * (ei + wi);
      float high = (er - wr) * (er - wr) + (ei - wi) * (ei - wi);

      powers[k] = low > powers[k] ? low : powers[k];
      powers[half - k] = high > powers[half - k] ? high : powers[half - k];
      mirror -= 2;
    }
  chorus_stft_kernels_raise_middle (spectrum, powers, half);
}

static void
chorus_stft_kernels_decibels_plain (const float *powers,
                                    float       *levels_db,
                                    unsigned     n)
{
  chorus_stft_kernels_decibels_body (powers, levels_db, n);
}

static void
chorus_stft_kernels_quantize_plain (const float *restrict powers,
                                    uint8_t     *restrict levels,
                                    unsigned              n)
{
  for (unsigned i = 0; i < n; i++)
    levels[i] = chorus_stft_kernels_quantize_one (powers[i]);
}

static const ChorusStftKernels chorus_stft_kernels_plain = {
  chorus_stft_kernels_apply_window_plain,
  chorus_stft_kernels_raise_powers_plain,
  chorus_stft_kernels_decibels_plain,
  chorus_stft_kernels_quantize_plain,
};

#ifdef CHORUS_STFT_KERNELS_AVX2

CHORUS_STFT_KERNELS_AVX2 static void
chorus_stft_kernels_apply_window_avx2 (const float *samples,
                                       const float *window,
                                       float       *out,
                                       unsigned     n)
{
  chorus_stft_kernels_apply_window_body (samples, window, out, n);
}

/* The real or, with @odd, the imaginary parts of eight complex numbers, in the order 0 1 4 5 2 3 6 7. */
#define CHORUS_STFT_KERNELS_PARTS(first, second, odd) _mm256_shuffle_ps (first, second, (odd) ? 0xdd : 0x88)

/* From that order to the natural one, and back. */
CHORUS_STFT_KERNELS_AVX2 static inline __m256
chorus_stft_kernels_swap_middle (__m256 x)
{
  return _mm256_castpd_ps (_mm256_permute4x64_pd (_mm256_castps_pd (x), 0xd8));
}

CHORUS_STFT_KERNELS_AVX2 static void
chorus_stft_kernels_raise_powers_avx2 (const float *spectrum,
                                       const float *cosines,
                                       const float *sines,
                                       float       *powers,
                                       unsigned     half)
{
  const __m256i reversed = _mm256_setr_epi32 (7, 6, 5, 4, 3, 2, 1, 0);
  /* Reverses, and takes out of the order of CHORUS_STFT_KERNELS_PARTS. */
  const __m256i mirrored = _mm256_setr_epi32 (7, 6, 3, 2, 5, 4, 1, 0);

  for (unsigned k = 0; k < half / 2; k += 8)
    {
      const float *from = spectrum + 2 * k;
      const float *back = spectrum + 2 * (half - k - 7);
      float *low = powers + k;
      float *high = powers + half - k - 7;
      __m256 a0 = _mm256_loadu_ps (from);
      __m256 a1 = _mm256_loadu_ps (from + 8);
      __m256 b0 = _mm256_loadu_ps (back);
      __m256 b1 = _mm256_loadu_ps (back + 8);
      __m256 ar = chorus_stft_kernels_swap_middle (CHORUS_STFT_KERNELS_PARTS (a0, a1, 0));
      __m256 ai = chorus_stft_kernels_swap_middle (CHORUS_STFT_KERNELS_PARTS (a0, a1, 1));
      __m256 br = _mm256_permutevar8x32_ps (CHORUS_STFT_KERNELS_PARTS (b0, b1, 0), mirrored);
      __m256 bi = _mm256_permutevar8x32_ps (CHORUS_STFT_KERNELS_PARTS (b0, b1, 1), mirrored);
      __m256 c = _mm256_loadu_ps (cosines + k);
      __m256 s = _mm256_loadu_ps (sines + k);
      __m256 er = _mm256_add_ps (ar, br);
      __m256 ei = _mm256_sub_ps (ai, bi);
      __m256 or = _mm256_add_ps (ai, bi);
      __m256 oi = _mm256_sub_ps (br, ar);
      __m256 wr = _mm256_sub_ps (_mm256_mul_ps (or, c), _mm256_mul_ps (oi, s));
      __m256 wi = _mm256_add_ps (_mm256_mul_ps (or, s), _mm256_mul_ps (oi, c));
      __m256 lr = _mm256_add_ps (er, wr);
      __m256 li = _mm256_add_ps (ei, wi);
      __m256 hr = _mm256_sub_ps (er, wr);
      __m256 hi = _mm256_sub_ps (ei, wi);
      __m256 lp = _mm256_add_ps (_mm256_mul_ps (lr, lr), _mm256_mul_ps (li, li));
      __m256 hp = _mm256_add_ps (_mm256_mul_ps (hr, hr), _mm256_mul_ps (hi, hi));

      _mm256_storeu_ps (low, _mm256_max_ps (lp, _mm256_loadu_ps (low)));
      hp = _mm256_permutevar8x32_ps (hp, reversed);
      _mm256_storeu_ps (high, _mm256_max_ps (hp, _mm256_loadu_ps (high)));
    }
  chorus_stft_kernels_raise_middle (spectrum, powers, half);
}

CHORUS_STFT_KERNELS_AVX2 static void
chorus_stft_kernels_decibels_avx2 (const float *powers,
                                   float       *levels_db,
                                   unsigned     n)
{
  chorus_stft_kernels_decibels_body (powers, levels_db, n);
}

/* Eight steps, rounded towards zero and not yet clamped. */
CHORUS_STFT_KERNELS_AVX2 static inline __m256i
chorus_stft_kernels_quantize_eight (const float *powers)
{
  const __m256 one = _mm256_set1_ps (1.0f);
  __m256 power = _mm256_loadu_ps (powers);
  __m256i bits = _mm256_castps_si256 (power);
  __m256 mantissa =
    _mm256_castsi256_ps (_mm256_or_si256 (_mm256_and_si256 (bits, _mm256_set1_epi32 (CHORUS_STFT_KERNELS_MANTISSA)),
                                          _mm256_set1_epi32 (CHORUS_STFT_KERNELS_ONE)));
  __m256 t = _mm256_sub_ps (mantissa, one);
  __m256 r =
    _mm256_add_ps (_mm256_set1_ps (CHORUS_STFT_KERNELS_R1), _mm256_mul_ps (t, _mm256_set1_ps (CHORUS_STFT_KERNELS_R2)));
  __m256 line = _mm256_mul_ps (_mm256_cvtepi32_ps (bits), _mm256_set1_ps (CHORUS_STFT_KERNELS_SLOPE));
  __m256 bend = _mm256_mul_ps (t, _mm256_sub_ps (t, one));

  r = _mm256_add_ps (_mm256_set1_ps (CHORUS_STFT_KERNELS_R0), _mm256_mul_ps (t, r));
  line = _mm256_add_ps (line, _mm256_set1_ps (CHORUS_STFT_KERNELS_OFFSET));

  return _mm256_cvttps_epi32 (_mm256_add_ps (line, _mm256_mul_ps (bend, r)));
}

CHORUS_STFT_KERNELS_AVX2 static void
chorus_stft_kernels_quantize_avx2 (const float *restrict powers,
                                   uint8_t     *restrict levels,
                                   unsigned              n)
{
  /* Packing works within each half of a vector. */
  const __m256i order = _mm256_setr_epi32 (0, 4, 1, 5, 2, 6, 3, 7);
  unsigned i;

  for (i = 0; i + 32 <= n; i += 32)
    {
      __m256i low = _mm256_packs_epi32 (chorus_stft_kernels_quantize_eight (powers + i),
                                        chorus_stft_kernels_quantize_eight (powers + i + 8));
      __m256i high = _mm256_packs_epi32 (chorus_stft_kernels_quantize_eight (powers + i + 16),
                                         chorus_stft_kernels_quantize_eight (powers + i + 24));
      __m256i all = _mm256_permutevar8x32_epi32 (_mm256_packus_epi16 (low, high), order);

      _mm256_storeu_si256 ((__m256i_u *) (void *) (levels + i), all);
    }
  for (; i < n; i++)
    levels[i] = chorus_stft_kernels_quantize_one (powers[i]);
}

static const ChorusStftKernels chorus_stft_kernels_avx2 = {
  chorus_stft_kernels_apply_window_avx2,
  chorus_stft_kernels_raise_powers_avx2,
  chorus_stft_kernels_decibels_avx2,
  chorus_stft_kernels_quantize_avx2,
};

#endif

const ChorusStftKernels *
chorus_stft_kernels_get_plain (void)
{
  return &chorus_stft_kernels_plain;
}

const ChorusStftKernels *
chorus_stft_kernels_get (void)
{
#ifdef CHORUS_STFT_KERNELS_AVX2
  if (__builtin_cpu_supports ("avx2"))
    return &chorus_stft_kernels_avx2;
#endif

  return &chorus_stft_kernels_plain;
}
