/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file in memory. */

#pragma once

/* For memfd_create(); before any other header. */
#define _GNU_SOURCE

#include "fuzz.h"

#include "audio/chorus-audio-file.h"

#include <sys/mman.h>
#include <unistd.h>

/* Returns NULL for no bytes, which no audio file has. */
static inline ChorusAudioFile *
fuzz_open (const uint8_t *data,
           size_t         size)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  ChorusAudioFile *audio_file = NULL;
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  file = g_file_new_for_path (path);
  audio_file = chorus_audio_file_open (file, NULL);
  close (fd);

  return audio_file;
}
