/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-chunk.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* Kept to the second. */
  return fuzz_chunk ("bext", chorus_broadcast_chunk_read, data, size, 0.501);
}
