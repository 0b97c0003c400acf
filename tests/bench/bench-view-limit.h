/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What FFTW alone does on all processors: the limit that a spectrogram is measured against. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What is transformed, and how: frames of @length samples, @hop apart, with plans made by @flags of FFTW. With a @path
 * they are those of a mono PCM WAV file of 16 bits, which is read along; without one, the same few megabytes of noise
 * over and over, which stay near to the processor. */
typedef struct
{
  const char *path;
  uint64_t n_samples;
  unsigned length;
  unsigned hop;
  unsigned flags;
} BenchViewLimit;

/* Returns how long it took, in seconds, or a negative number when the file could not be read. */
double bench_view_limit_run (const BenchViewLimit *limit);

/* Seconds on a clock that never goes back. */
double bench_view_now (void);
