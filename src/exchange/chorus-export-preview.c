/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-preview.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "core/chorus-new-file.h"

/* Bytes, at most, of the lines that are shown. */
#define CHORUS_EXPORT_PREVIEW_BYTES (32 * 1024)

/* Removes a folder with what is in it. */
static void
chorus_export_preview_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        chorus_export_preview_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* The file that comes first by its name. */
static char *
chorus_export_preview_find (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *first = NULL;
  const char *name = NULL;

  while (dir && (name = g_dir_read_name (dir)))
    {
      if (!first || strcmp (name, first) < 0)
        {
          g_free (first);
          first = g_strdup (name);
        }
    }

  return first ? g_build_filename (folder, first, NULL) : NULL;
}

static char *
chorus_export_preview_read (const char *path)
{
  g_autofree char *bytes = g_malloc (CHORUS_EXPORT_PREVIEW_BYTES);
  FILE *file = g_fopen (path, "rbe");
  gsize length = 0;
  gsize end = 0;

  if (!file)
    return g_strdup ("");

  length = fread (bytes, 1, CHORUS_EXPORT_PREVIEW_BYTES, file);
  fclose (file);
  for (guint n_lines = 0; end < length && n_lines < CHORUS_EXPORT_PREVIEW_LINES; end++)
    n_lines += bytes[end] == '\n';

  return g_utf8_make_valid (bytes, (gssize) end);
}

/* Whether so many detections were written that further ones would not be shown. */
static gboolean
chorus_export_preview_is_enough (ChorusExportWriter *writer,
                                 guint               n_given)
{
  guint n_left_out = 0;

  for (guint i = 0; i < CHORUS_N_LEFT_OUT; i++)
    {
      guint n_detections = 0;

      chorus_export_writer_get_left_out (writer, (ChorusLeftOut) i, NULL, &n_detections);
      n_left_out += n_detections;
    }

  return n_given >= n_left_out + CHORUS_EXPORT_PREVIEW_LINES;
}

static gboolean
chorus_export_preview_write (const ChorusExportFormatInfo  *info,
                             const char                    *folder,
                             GPtrArray                     *results,
                             GCancellable                  *cancellable,
                             GError                       **error)
{
  g_autoptr (ChorusExportWriter) writer = chorus_export_format_info_new_writer (info, NULL);
  g_autofree char *name = info->extension ? g_strdup_printf ("preview.%s", info->extension) : NULL;
  g_autoptr (GFile) target = g_file_new_build_filename (folder, name, NULL);
  guint n_given = 0;

  if (!chorus_export_writer_begin (writer, target, error))
    return FALSE;
  for (guint i = 0; i < results->len && !chorus_export_preview_is_enough (writer, n_given); i++)
    {
      const ChorusResult *result = g_ptr_array_index (results, i);

      if (!chorus_export_writer_add (writer, result, cancellable, error))
        return FALSE;
      n_given += result->detections->len;
    }

  return chorus_export_writer_finish (writer, error);
}

char *
chorus_export_preview_make (const ChorusExportFormatInfo  *info,
                            GPtrArray                     *results,
                            GCancellable                  *cancellable,
                            GError                       **error)
{
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "chorus-preview-XXXXXX", NULL);
  g_autofree char *path = NULL;
  char *text = NULL;

  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (results != NULL, NULL);

  if (!g_mkdtemp (folder))
    {
      chorus_new_file_set_error (folder, errno, error);
      return NULL;
    }

  if (chorus_export_preview_write (info, folder, results, cancellable, error))
    {
      path = chorus_export_preview_find (folder);
      text = path ? chorus_export_preview_read (path) : g_strdup ("");
    }
  chorus_export_preview_remove (folder);

  return text;
}
