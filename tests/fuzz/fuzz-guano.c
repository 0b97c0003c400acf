/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-chunk.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* Kept to the microsecond. */
  return fuzz_chunk ("guan", chorus_guano_read, data, size, 1.5e-6);
}
