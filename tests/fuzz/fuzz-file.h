/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that is the input itself. The linker sends pread() and fstat() of the readers here (see meson.build): a reader
 * asks for a few bytes hundreds of times, and nearly all the time would be spent in the kernel. */

#pragma once

#include "fuzz.h"

#include "audio/chorus-audio-file-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* No process has that many files open, so closing it closes nothing. */
#define FUZZ_DESCRIPTOR G_MAXINT

/* The names that 64-bit offsets give them. */
ssize_t __wrap_pread64 (int     descriptor,
                        void   *buffer,
                        size_t  count,
                        off_t   offset);
int __wrap_fstat64 (int          descriptor,
                    struct stat *status);

static const uint8_t *fuzz_data;
static size_t fuzz_size;

ssize_t
__wrap_pread64 (int     descriptor,
                void   *buffer,
                size_t  count,
                off_t   offset)
{
  size_t n = 0;

  g_assert_cmpint (descriptor, ==, FUZZ_DESCRIPTOR);
  if (offset < 0)
    {
      errno = EINVAL;
      return -1;
    }

  if ((uint64_t) offset < fuzz_size)
    {
      n = MIN (count, fuzz_size - (size_t) offset);
      memcpy (buffer, fuzz_data + offset, n);
    }

  return (ssize_t) n;
}

int
__wrap_fstat64 (int          descriptor,
                struct stat *status)
{
  g_assert_cmpint (descriptor, ==, FUZZ_DESCRIPTOR);
  memset (status, 0, sizeof *status);
  status->st_mode = S_IFREG;
  status->st_size = (off_t) fuzz_size;

  return 0;
}

/* Returns NULL for no bytes, which no audio file has. @data must outlive the file, and there can be one at a time. */
static inline ChorusAudioFile *
fuzz_open (const uint8_t *data,
           size_t         size)
{
  ChorusAudioFile *file = NULL;

  fuzz_data = data;
  fuzz_size = size;
  file = chorus_audio_file_new_for_descriptor (FUZZ_DESCRIPTOR, "fuzz");
  g_assert_true ((file != NULL) == (size > 0));

  return file;
}
