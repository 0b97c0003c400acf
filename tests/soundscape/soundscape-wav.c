/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "soundscape-wav.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CHORUS_SOUNDSCAPE_WAV_MAX_BYTES 0xf0000000u

static void
chorus_soundscape_wav_put (FILE     *file,
                           uint32_t  number,
                           unsigned  n_bytes)
{
  for (unsigned i = 0; i < n_bytes; i++)
    fputc ((int) (number >> (8 * i) & 0xff), file);
}

static void
chorus_soundscape_wav_put_chunk (FILE       *file,
                                 const char *id,
                                 uint32_t    n_bytes)
{
  fputs (id, file);
  chorus_soundscape_wav_put (file, n_bytes, 4);
}

static void
chorus_soundscape_wav_put_sample (FILE  *file,
                                  float  sample)
{
  double scaled = fmin (fmax (round ((double) sample * 32768.0), -32768.0), 32767.0);

  chorus_soundscape_wav_put (file, (uint16_t) (int16_t) scaled, 2);
}

bool
chorus_soundscape_wav_write (const char  *path,
                             const float *samples,
                             size_t       n_frames,
                             unsigned     n_channels,
                             unsigned     rate,
                             const char  *comment)
{
  /* The text with its closing 0, and one more byte where the length would be odd. */
  uint32_t comment_bytes = (uint32_t) strlen (comment) + 1;
  uint32_t comment_padding = comment_bytes % 2;
  uint32_t info_bytes = 4 + 8 + comment_bytes + comment_padding;
  size_t data_bytes = n_frames * n_channels * 2;
  FILE *file;
  bool written;

  if (data_bytes > CHORUS_SOUNDSCAPE_WAV_MAX_BYTES)
    return false;

  file = fopen (path, "wb");
  if (!file)
    return false;

  chorus_soundscape_wav_put_chunk (file, "RIFF", 4 + (8 + 16) + (8 + info_bytes) + (8 + (uint32_t) data_bytes));
  fputs ("WAVE", file);
  chorus_soundscape_wav_put_chunk (file, "fmt ", 16);
  chorus_soundscape_wav_put (file, 1, 2);
  chorus_soundscape_wav_put (file, n_channels, 2);
  chorus_soundscape_wav_put (file, rate, 4);
  chorus_soundscape_wav_put (file, rate * n_channels * 2, 4);
  chorus_soundscape_wav_put (file, n_channels * 2, 2);
  chorus_soundscape_wav_put (file, 16, 2);
  chorus_soundscape_wav_put_chunk (file, "LIST", info_bytes);
  fputs ("INFO", file);
  chorus_soundscape_wav_put_chunk (file, "ICMT", comment_bytes);
  fwrite (comment, 1, comment_bytes, file);
  chorus_soundscape_wav_put (file, 0, comment_padding);
  chorus_soundscape_wav_put_chunk (file, "data", (uint32_t) data_bytes);
  for (size_t i = 0; i < n_frames * n_channels; i++)
    chorus_soundscape_wav_put_sample (file, samples[i]);

  written = !ferror (file);

  return fclose (file) == 0 && written;
}
