/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of cutting share: a scratch folder, outside tools, and reading parts through the code under test. */

#pragma once

#include "audio/chorus-audio-probe.h"
#include "upload/chorus-upload-file.h"
#include "upload/chorus-upload-reader.h"

#include "chorus-test.h"

#include <string.h>
#include <sys/stat.h>

#define PYTHON "/usr/bin/python3"

/* The recordings of the tests, in Hz and in seconds. */
#define RATE 8000
#define NOISE_SECONDS 60

typedef struct
{
  char *folder;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("chorus-cut-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  chorus_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static inline GFile *
fixture_file (Fixture    *fixture,
              const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_new_for_path (path);
}

/* Runs python3 with the settings of the sanitizers taken away, which are ours and not its own. */
static inline gboolean
fixture_python (const char *const *arguments,
                char             **output)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) PYTHON);
  for (guint i = 0; arguments[i]; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);

  return process && g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, NULL)
         && g_subprocess_get_successful (process);
}

static inline gboolean
fixture_skip_without (const char *modules)
{
  g_autofree char *import = g_strdup_printf ("import %s", modules);
  g_autofree char *output = NULL;

  if (fixture_python ((const char *[]){ "-c", import, NULL }, &output))
    return FALSE;

  g_test_skip_printf ("python3 without %s", modules);

  return TRUE;
}

static inline void
fixture_stat (GFile   *file,
              goffset *size,
              gint64  *modified)
{
  struct stat status;

  g_assert_cmpint (stat (g_file_peek_path (file), &status), ==, 0);
  *size = status.st_size;
  *modified = (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

static inline ChorusUploadCut *
fixture_cut (GFile   *file,
             goffset  size,
             double   duration)
{
  ChorusUploadLimits limits = { size, duration };
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusAudioInfo) info = chorus_audio_probe (file, NULL, &error);
  ChorusUploadCut *cut = NULL;

  g_assert_no_error (error);
  cut = chorus_upload_cut_new (file, info, &limits, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (cut);
  g_assert_cmpuint (cut->parts->len, >=, 1);

  return cut;
}

static inline ChorusUploadPart *
fixture_part (ChorusUploadCut *cut,
              guint            number)
{
  g_assert_cmpuint (number, <, cut->parts->len);

  return &g_array_index (cut->parts, ChorusUploadPart, number);
}

static inline ChorusUploadReader *
fixture_reader (GFile           *file,
                ChorusUploadCut *cut)
{
  gint64 modified = 0;
  goffset size = 0;

  fixture_stat (file, &size, &modified);

  return chorus_upload_reader_new (file, cut->method, size, modified);
}

/* Reads a part, @step bytes at a time. */
static inline GBytes *
fixture_read (ChorusUploadReader      *reader,
              const ChorusUploadPart  *part,
              gsize                    step,
              GError                 **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (step);
  gssize n = 0;

  if (!chorus_upload_reader_begin (reader, part, NULL, error))
    return NULL;

  while ((n = chorus_upload_reader_read (reader, buffer, step, NULL, error)) > 0)
    {
      g_byte_array_append (bytes, buffer, (guint) n);
      g_assert_true ((gsize) n == step || (goffset) bytes->len == part->size);
    }

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static inline void
add_32 (GByteArray *bytes,
        guint32     value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static inline void
add_chunk (GByteArray *bytes,
           const char *id,
           const void *contents,
           guint       size)
{
  g_byte_array_append (bytes, (const guint8 *) id, 4);
  add_32 (bytes, size);
  g_byte_array_append (bytes, contents, size);
  if (size % 2 == 1)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

/* 16-bit mono whose samples count up from 0, with the chunks in @metadata after them. */
static inline GFile *
write_wave (Fixture    *fixture,
            const char *name,
            guint       n_frames,
            GByteArray *metadata)
{
  GFile *file = fixture_file (fixture, name);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint32 format[] = { 0x00010001, RATE, 2 * RATE, 0x00100002 };
  g_autoptr (GByteArray) format_bytes = g_byte_array_new ();
  g_autofree guint16 *samples = g_new (guint16, n_frames);
  guint32 size = 0;

  for (guint i = 0; i < n_frames; i++)
    samples[i] = GUINT16_TO_LE ((guint16) i);
  for (guint i = 0; i < G_N_ELEMENTS (format); i++)
    add_32 (format_bytes, format[i]);

  g_byte_array_append (bytes, (const guint8 *) "RIFF    WAVE", 12);
  add_chunk (bytes, "fmt ", format_bytes->data, format_bytes->len);
  add_chunk (bytes, "data", samples, 2 * n_frames);
  if (metadata)
    g_byte_array_append (bytes, metadata->data, metadata->len);
  size = GUINT32_TO_LE (bytes->len - 8);
  memcpy (bytes->data + 4, &size, sizeof size);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), (char *) bytes->data, (gssize) bytes->len, NULL));

  return file;
}

/* Noise in a format that soundfile writes. */
static inline GFile *
write_noise (Fixture    *fixture,
             const char *name,
             const char *subtype)
{
  static const char script[] = "import numpy, soundfile, sys\n"
                               "noise = numpy.random.default_rng(1).uniform(-1, 1, (int(sys.argv[3]), 2))\n"
                               "soundfile.write(sys.argv[1], noise, 8000, sys.argv[2])\n";
  GFile *file = fixture_file (fixture, name);
  g_autofree char *n_frames = g_strdup_printf ("%u", NOISE_SECONDS * RATE);
  g_autofree char *output = NULL;

  if (!fixture_python ((const char *[]){ "-c", script, g_file_peek_path (file), subtype, n_frames, NULL }, &output))
    g_error ("%s", output);

  return file;
}
