/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Writes samples at full scale 1, interleaved, as a 16-bit WAV file with @comment in its INFO chunk. Returns whether
 * all of it was written. */
bool chorus_soundscape_wav_write (const char  *path,
                                  const float *samples,
                                  size_t       n_frames,
                                  unsigned     n_channels,
                                  unsigned     rate,
                                  const char  *comment);
