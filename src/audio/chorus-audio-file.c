/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "chorus-audio-error.h"

struct _ChorusAudioFile
{
  char *path;
  char *name;
  goffset size;
  int fd;
};

static void
chorus_audio_file_set_open_error (GError     **error,
                                  const char  *name,
                                  int          saved_errno)
{
  switch (saved_errno)
    {
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” is not there any more: it was moved, renamed or deleted, or its drive was taken out."),
                   name);
      break;

    case EACCES:
    case EPERM:
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” cannot be read: its permissions do not allow it."), name);
      break;

    default:
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” cannot be read: check the drive it is on."), name);
      break;
    }
}

ChorusAudioFile *
chorus_audio_file_open (GFile   *file,
                        GError **error)
{
  g_autoptr (ChorusAudioFile) self = NULL;
  g_autofree char *base_name = NULL;
  struct stat status;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base_name = g_file_get_basename (file);
  self = g_new0 (ChorusAudioFile, 1);
  self->fd = -1;
  self->path = g_file_get_path (file);
  self->name = g_filename_display_name (base_name ? base_name : "");

  if (self->path == NULL)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” is not on this computer: copy it to a folder here and add it from there."), self->name);
      return NULL;
    }

  /* Without O_NONBLOCK, opening a named pipe waits for its writer. */
  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      chorus_audio_file_set_open_error (error, self->name, errno);
      return NULL;
    }

  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   S_ISDIR (status.st_mode) ? _("“%s” is a folder, not a file.")
                                            : _("“%s” is a device or a pipe, not a file."),
                   self->name);
      return NULL;
    }

  if (status.st_size == 0)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_EMPTY, _("“%s” is empty."), self->name);
      return NULL;
    }

  self->size = status.st_size;

  return g_steal_pointer (&self);
}

ChorusAudioFile *
chorus_audio_file_new_for_descriptor (int         descriptor,
                                      const char *name)
{
  g_autoptr (ChorusAudioFile) self = g_new0 (ChorusAudioFile, 1);
  struct stat status;

  self->fd = descriptor;
  self->name = g_strdup (name);
  self->path = g_strdup (name);
  if (fstat (descriptor, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size == 0)
    return NULL;

  self->size = status.st_size;

  return g_steal_pointer (&self);
}

void
chorus_audio_file_free (ChorusAudioFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

const char *
chorus_audio_file_get_name (const ChorusAudioFile *self)
{
  return self->name;
}

const char *
chorus_audio_file_get_path (const ChorusAudioFile *self)
{
  return self->path;
}

goffset
chorus_audio_file_get_size (const ChorusAudioFile *self)
{
  return self->size;
}

gboolean
chorus_audio_file_is_unchanged (const ChorusAudioFile *self,
                                goffset                size,
                                gint64                 modified)
{
  struct stat status;
  gint64 now = 0;

  if (fstat (self->fd, &status) != 0)
    return FALSE;

  /* What does not count from 1970 is not known. */
  if (status.st_mtim.tv_sec >= 0 && status.st_mtim.tv_sec < G_MAXINT64 / G_USEC_PER_SEC)
    now = (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;

  return status.st_size == size && now == modified;
}

gboolean
chorus_audio_file_read (const ChorusAudioFile  *self,
                        goffset                 offset,
                        gpointer                buffer,
                        gsize                   count,
                        gsize                  *n_read,
                        GError                **error)
{
  gsize done = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (offset >= 0, FALSE);

  while (done < count)
    {
      gssize n = pread (self->fd, (guint8 *) buffer + done, count - done, offset + (goffset) done);

      if (n < 0 && errno == EINTR)
        continue;

      if (n < 0)
        {
          g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                       _("“%s” cannot be read any further: check the drive it is on."), self->name);
          return FALSE;
        }

      if (n == 0)
        break;

      done += (gsize) n;
    }

  *n_read = done;

  return TRUE;
}
