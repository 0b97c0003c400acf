/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For syncfs() */
#define _GNU_SOURCE

#include "config.h"

#include "chorus-export-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/chorus-clip-name.h"
#include "core/chorus-new-file.h"

struct _ChorusExportFolder
{
  char *target; /* in the encoding of file names, as the next */
  char *temporary;
  GPtrArray *names;    /* of char *, in the order in which they were given */
  GHashTable *taken;   /* a set of the same in small letters */
  GHashTable *numbers; /* what names begin with, in small letters, to the last number that was added */
};

ChorusExportFolder *
chorus_export_folder_create (GFile   *target,
                             GError **error)
{
  g_autoptr (ChorusExportFolder) self = NULL;
  g_autofree char *name = NULL;
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (G_IS_FILE (target), NULL);

  self = g_new0 (ChorusExportFolder, 1);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->target = g_file_get_path (target);
  name = g_file_get_basename (target);
  if (!self->target)
    {
      chorus_new_file_set_error (name, ENOTSUP, error);
      return NULL;
    }

  temporary = g_build_filename (self->target, ".chorus-XXXXXX", NULL);
  if (!g_mkdtemp_full (temporary, 0777))
    {
      chorus_new_file_set_error (name, errno, error);
      return NULL;
    }
  self->temporary = g_steal_pointer (&temporary);

  return g_steal_pointer (&self);
}

/* Removes the hidden folder with the files that are still in it: those that were named here, and no others. */
static void
chorus_export_folder_discard (ChorusExportFolder *self)
{
  if (!self->temporary)
    return;

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->temporary, g_ptr_array_index (self->names, i), NULL);

      g_unlink (path);
    }
  g_rmdir (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
}

void
chorus_export_folder_free (ChorusExportFolder *self)
{
  if (self == NULL)
    return;

  chorus_export_folder_discard (self);
  g_free (self->target);
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

GFile *
chorus_export_folder_new_file (ChorusExportFolder *self,
                               const char         *recording,
                               const char         *suffix)
{
  g_autofree char *stem = NULL;
  g_autofree char *small_stem = NULL;
  g_autofree char *name = NULL;
  guint number = 0;

  g_return_val_if_fail (self != NULL, NULL);

  stem = chorus_clip_name_new_stem (recording);
  small_stem = g_utf8_casefold (stem, -1);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, small_stem));
  for (;;)
    {
      g_autofree char *small = NULL;

      number++;
      g_free (name);
      name = number == 1 ? g_strconcat (stem, suffix, NULL) : g_strdup_printf ("%s (%u)%s", stem, number, suffix);
      small = g_utf8_casefold (name, -1);
      if (g_hash_table_add (self->taken, g_steal_pointer (&small)))
        break;
    }
  g_hash_table_replace (self->numbers, g_steal_pointer (&small_stem), GUINT_TO_POINTER (number));
  g_ptr_array_add (self->names, g_strdup (name));

  return g_file_new_build_filename (self->temporary, name, NULL);
}

/* Waits until the disk has all files: once for all of them, which takes as long as for a few alone. */
static gboolean
chorus_export_folder_sync (ChorusExportFolder  *self,
                           GError             **error)
{
  g_autofree char *name = g_path_get_basename (self->target);
  const int fd = g_open (self->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int number = 0;

  /* Network and memory file systems may not know how to. */
  if (fd < 0 || (syncfs (fd) != 0 && errno != EINVAL && errno != ENOSYS && errno != EROFS))
    number = errno;
  if (fd >= 0)
    close (fd);
  if (number != 0)
    chorus_new_file_set_error (name, number, error);

  return number == 0;
}

gboolean
chorus_export_folder_finish (ChorusExportFolder  *self,
                             GError             **error)
{
  g_return_val_if_fail (self != NULL && self->temporary != NULL, FALSE);

  if (!chorus_export_folder_sync (self, error))
    return FALSE;

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      g_autofree char *from = g_build_filename (self->temporary, name, NULL);
      g_autofree char *to = g_build_filename (self->target, name, NULL);

      if (g_rename (from, to) != 0)
        {
          chorus_new_file_set_error (name, errno, error);
          return FALSE;
        }
    }
  chorus_export_folder_discard (self);

  return TRUE;
}
