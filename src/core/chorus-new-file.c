/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "chorus-text.h"

struct _ChorusNewFile
{
  char *target; /* in the encoding of file names, as the next */
  char *temporary;
  char *name;
  int fd;
  gboolean leaves_sync;
};

static const char *
chorus_new_file_get_sentence (int number)
{
  switch (number)
    {
    case ENOSPC:
#ifdef EDQUOT
    case EDQUOT:
#endif
      return _("“%s” could not be saved, because the disk is full: free some space or choose another folder.");

    case EACCES:
    case EPERM:
    case EROFS:
      return _("“%s” could not be saved, because its folder cannot be written to: choose another folder.");

    case ENOENT:
    case ENOTDIR:
      return _("“%s” could not be saved, because its folder is not there: choose another folder.");

    case EISDIR:
      return _("“%s” could not be saved, because a folder has this name: choose another name.");

    case ENAMETOOLONG:
      return _("“%s” could not be saved, because its name is too long: choose a shorter one.");

    case EFBIG:
      return _(
        "“%s” could not be saved, because this disk takes no file of its size: save less or choose another disk.");

    default:
      return NULL;
    }
}

void
chorus_new_file_set_error (const char  *name,
                           int          number,
                           GError     **error)
{
  const char *sentence = chorus_new_file_get_sentence (number);
  g_autofree char *shown = chorus_text_from_name (name);
  g_autofree char *message = NULL;

  if (sentence)
    {
      g_auto (GStrv) pieces = g_strsplit (sentence, "%s", 2);

      message = g_strjoinv (shown, pieces);
    }
  else
    /* Translators: the name of a file, and what the system says */
    message = g_strdup_printf (_("“%s” could not be saved (%s): choose another folder."), shown, g_strerror (number));

  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (number), message);
}

ChorusNewFile *
chorus_new_file_create (GFile   *target,
                        GError **error)
{
  g_autoptr (ChorusNewFile) self = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (G_IS_FILE (target), NULL);

  self = g_new0 (ChorusNewFile, 1);
  self->fd = -1;
  self->name = g_file_get_basename (target);
  self->target = g_file_get_path (target);
  if (!self->target)
    {
      chorus_new_file_set_error (self->name, ENOTSUP, error);
      return NULL;
    }

  /* A name of its own and not that of the target with something added, which may be too long. */
  folder = g_path_get_dirname (self->target);
  self->temporary = g_build_filename (folder, ".chorus-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      chorus_new_file_set_error (self->name, errno, error);
      g_clear_pointer (&self->temporary, g_free);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
chorus_new_file_free (ChorusNewFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self->name);
  g_free (self);
}

gboolean
chorus_new_file_write (ChorusNewFile  *self,
                       gconstpointer   bytes,
                       gsize           n_bytes,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  for (gsize done = 0; done < n_bytes;)
    {
      gssize n = write (self->fd, (const guint8 *) bytes + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          chorus_new_file_set_error (self->name, n < 0 ? errno : ENOSPC, error);
          return FALSE;
        }
      done += (gsize) n;
    }

  return TRUE;
}

void
chorus_new_file_leave_sync (ChorusNewFile *self)
{
  g_return_if_fail (self != NULL);

  self->leaves_sync = TRUE;
}

gboolean
chorus_new_file_finish (ChorusNewFile  *self,
                        GError        **error)
{
  int fd;

  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  /* Network and memory file systems may not know how to. */
  if (!self->leaves_sync && fsync (self->fd) != 0 && errno != EINVAL && errno != ENOSYS && errno != EROFS)
    {
      chorus_new_file_set_error (self->name, errno, error);
      return FALSE;
    }

  fd = self->fd;
  self->fd = -1;
  if (close (fd) != 0 || g_rename (self->temporary, self->target) != 0)
    {
      chorus_new_file_set_error (self->name, errno, error);
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);

  return TRUE;
}
