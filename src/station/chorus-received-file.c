/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-received-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "audio/chorus-audio-probe.h"
#include "chorus-station-error.h"

static gboolean
chorus_received_file_fail (int      saved_errno,
                           GError **error)
{
  g_set_error (error, CHORUS_STATION_ERROR, (gint) chorus_station_error_from_errno (saved_errno),
               "The file could not be written: %s.", g_strerror (saved_errno));

  return FALSE;
}

ChorusReceivedFile *
chorus_received_file_new (char    *path,
                          GError **error)
{
  g_autoptr (ChorusReceivedFile) self = g_new0 (ChorusReceivedFile, 1);

  self->path = path;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    {
      chorus_received_file_fail (errno, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
chorus_received_file_free (ChorusReceivedFile *self)
{
  if (!self)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->path)
    g_unlink (self->path);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

gboolean
chorus_received_file_write (ChorusReceivedFile  *self,
                            const guint8        *bytes,
                            gsize                n_bytes,
                            GError             **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  g_checksum_update (self->checksum, bytes, (gssize) n_bytes);
  while (n_bytes > 0)
    {
      ssize_t n_written = write (self->fd, bytes, n_bytes);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return chorus_received_file_fail (errno, error);
      self->size += (guint64) n_written;
      bytes += n_written;
      n_bytes -= (gsize) n_written;
    }

  return TRUE;
}

gboolean
chorus_received_file_close (ChorusReceivedFile  *self,
                            GError             **error)
{
  gboolean synced = FALSE;
  int saved_errno = 0;
  int fd = -1;

  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  self->sha256 = g_strdup (g_checksum_get_string (self->checksum));
  g_clear_pointer (&self->checksum, g_checksum_free);
  fd = self->fd;
  self->fd = -1;
  synced = fsync (fd) == 0;
  saved_errno = errno;
  if (close (fd) != 0 && synced)
    {
      synced = FALSE;
      saved_errno = errno;
    }

  return synced || chorus_received_file_fail (saved_errno, error);
}

gboolean
chorus_received_file_probe (ChorusReceivedFile  *self,
                            guint                number,
                            double               max_duration,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) probe_error = NULL;
  g_autoptr (ChorusAudioInfo) info = chorus_audio_probe (file, cancellable, &probe_error);

  /* The message of the probe names the temporary file, which says nothing to the client. */
  if (g_error_matches (probe_error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_EMPTY))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE, "File %u of the request is empty.",
                 number);
  else if (g_error_matches (probe_error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE, "File %u of the request is not audio.",
                 number);
  else if (probe_error && probe_error->domain == CHORUS_AUDIO_ERROR)
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE,
                 "File %u of the request cannot be read as audio.", number);
  else if (!info)
    g_propagate_error (error, g_steal_pointer (&probe_error));
  else if (!chorus_audio_kind_is_accepted (info->kind))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE,
                 "File %u of the request is %s; accepted are wav, mp3, m4a and webm.", number,
                 chorus_audio_kind_get_short_name (info->kind));
  else if (!(info->duration <= max_duration))
    g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_INVALID_FILE,
                 "File %u of the request is %.1f s long; at most %.0f s are accepted.", number, info->duration,
                 max_duration);
  else
    {
      self->kind = chorus_audio_kind_get_short_name (info->kind);
      self->duration = info->duration;
      self->sample_rate = info->sample_rate;
      self->channels = info->channels;
      return TRUE;
    }

  return FALSE;
}

gboolean
chorus_received_file_move (ChorusReceivedFile  *self,
                           const char          *path,
                           GError             **error)
{
  g_return_val_if_fail (self != NULL && self->path != NULL, FALSE);

  if (g_rename (self->path, path) != 0)
    return chorus_received_file_fail (errno, error);
  g_clear_pointer (&self->path, g_free);

  return TRUE;
}
