/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the audio tests share: a scratch folder, outside tools, and WAV files built byte by byte. */

#pragma once

#include <string.h>

#include "chorus-test.h"

#define PYTHON "/usr/bin/python3"

typedef struct
{
  char *folder;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-audio-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

#define fixture_add(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

static inline char *
fixture_path (Fixture    *fixture,
              const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static inline GFile *
fixture_write (Fixture    *fixture,
               const char *name,
               const void *bytes,
               gsize       size)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;

  /* Without the cost of a rename, which is felt over thousands of files; an older, longer file has to go first. */
  g_unlink (path);
  g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* Runs a tool to its end and returns whether it succeeded. The sanitizers' settings are ours and not the tool's. */
static inline gboolean
fixture_run (const char *const *argv,
             char             **output)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error)
      || !g_subprocess_get_successful (process))
    {
      g_test_message ("%s failed: %s", argv[0], error ? error->message : "its exit status is not 0");
      return FALSE;
    }

  if (output)
    *output = g_steal_pointer (&text);

  return TRUE;
}

static inline gboolean
fixture_has_tool (const char *tool)
{
  g_autofree char *path = g_find_program_in_path (tool);

  if (path)
    return TRUE;

  g_test_skip_printf ("%s is not installed", tool);

  return FALSE;
}

static inline void
bytes_add_16 (GByteArray *bytes,
              guint       value)
{
  guint8 le[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, le, sizeof le);
}

static inline void
bytes_add_32 (GByteArray *bytes,
              guint32     value)
{
  bytes_add_16 (bytes, value & 0xffff);
  bytes_add_16 (bytes, value >> 16);
}

static inline void
bytes_add_text (GByteArray *bytes,
                const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

/* "RIFF", a size that nobody should trust, "WAVE". */
static inline GByteArray *
bytes_new_riff (const char *id)
{
  GByteArray *bytes = g_byte_array_new ();

  bytes_add_text (bytes, id);
  bytes_add_32 (bytes, 0xfffffff0);
  bytes_add_text (bytes, "WAVE");

  return bytes;
}

static inline void
bytes_add_format (GByteArray *bytes,
                  guint       tag,
                  guint       channels,
                  guint32     rate,
                  guint       block_align,
                  guint       bits)
{
  bytes_add_text (bytes, "fmt ");
  bytes_add_32 (bytes, 16);
  bytes_add_16 (bytes, tag);
  bytes_add_16 (bytes, channels);
  bytes_add_32 (bytes, rate);
  bytes_add_32 (bytes, rate * block_align);
  bytes_add_16 (bytes, block_align);
  bytes_add_16 (bytes, bits);
}

/* The head of a data chunk, and 16-bit samples that count up from 1. */
static inline void
bytes_add_data (GByteArray *bytes,
                guint32     stated_size,
                guint       n_samples)
{
  bytes_add_text (bytes, "data");
  bytes_add_32 (bytes, stated_size);
  for (guint i = 0; i < n_samples; i++)
    bytes_add_16 (bytes, i + 1);
}
