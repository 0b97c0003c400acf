/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-zip-entry.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <zlib.h>

/* Bytes that are packed or copied at a time. */
#define CHORUS_ZIP_ENTRY_BLOCK (64 * 1024)

/* Without a header of zlib's own, as ZIP has it. */
#define CHORUS_ZIP_ENTRY_WINDOW (-15)
#define CHORUS_ZIP_ENTRY_MEMORY 8

struct _ChorusZipEntry
{
  ChorusZipMember member;
  char *archive; /* the name of the archive */
  int fd;
  z_stream stream;
  gboolean has_stream;
  guint8 block[CHORUS_ZIP_ENTRY_BLOCK];
};

ChorusZipEntry *
chorus_zip_entry_create (GFile       *target,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (ChorusZipEntry) self = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (G_IS_FILE (target), NULL);

  self = g_new0 (ChorusZipEntry, 1);
  self->fd = -1;
  self->member.name = g_strdup (name);
  self->archive = g_file_get_basename (target);
  path = g_file_get_path (target);
  if (!path)
    {
      chorus_new_file_set_error (self->archive, ENOTSUP, error);
      return NULL;
    }

  folder = g_path_get_dirname (path);
  temporary = g_build_filename (folder, ".chorus-XXXXXX", NULL);
  self->fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      chorus_new_file_set_error (self->archive, errno, error);
      return NULL;
    }
  g_unlink (temporary);

  self->has_stream = deflateInit2 (&self->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, CHORUS_ZIP_ENTRY_WINDOW,
                                   CHORUS_ZIP_ENTRY_MEMORY, Z_DEFAULT_STRATEGY)
                     == Z_OK;
  if (!self->has_stream)
    {
      chorus_new_file_set_error (self->archive, ENOMEM, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
chorus_zip_entry_free (ChorusZipEntry *self)
{
  if (self == NULL)
    return;

  if (self->has_stream)
    deflateEnd (&self->stream);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->archive);
  g_free (self->member.name);
  g_free (self);
}

static gboolean
chorus_zip_entry_store (ChorusZipEntry  *self,
                        gsize            n_bytes,
                        GError         **error)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gssize n = write (self->fd, self->block + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          chorus_new_file_set_error (self->archive, n < 0 ? errno : ENOSPC, error);
          return FALSE;
        }
      done += (gsize) n;
    }
  self->member.packed_size += n_bytes;

  return TRUE;
}

/* Packs what the stream was given, and all that it holds back where @flush is Z_FINISH. */
static gboolean
chorus_zip_entry_pack (ChorusZipEntry  *self,
                       int              flush,
                       GError         **error)
{
  do
    {
      self->stream.next_out = self->block;
      self->stream.avail_out = sizeof self->block;
      deflate (&self->stream, flush);
      if (!chorus_zip_entry_store (self, sizeof self->block - self->stream.avail_out, error))
        return FALSE;
    }
  while (self->stream.avail_out == 0);

  return TRUE;
}

gboolean
chorus_zip_entry_write (ChorusZipEntry  *self,
                        gconstpointer    bytes,
                        gsize            n_bytes,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && self->has_stream, FALSE);

  for (gsize done = 0; done < n_bytes;)
    {
      gsize n = MIN (n_bytes - done, CHORUS_ZIP_ENTRY_BLOCK);

      /* zlib only reads from it, whatever it says. */
      self->stream.next_in = (Bytef *) bytes + done;
      self->stream.avail_in = (uInt) n;
      self->member.checksum = (guint32) crc32 (self->member.checksum, self->stream.next_in, self->stream.avail_in);
      if (!chorus_zip_entry_pack (self, Z_NO_FLUSH, error))
        return FALSE;
      done += n;
    }
  self->member.size += n_bytes;

  return TRUE;
}

gboolean
chorus_zip_entry_close (ChorusZipEntry  *self,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && self->has_stream, FALSE);

  self->stream.next_in = NULL;
  self->stream.avail_in = 0;
  if (!chorus_zip_entry_pack (self, Z_FINISH, error))
    return FALSE;
  deflateEnd (&self->stream);
  self->has_stream = FALSE;

  return TRUE;
}

ChorusZipMember *
chorus_zip_entry_get_member (ChorusZipEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->member;
}

gboolean
chorus_zip_entry_copy (ChorusZipEntry  *self,
                       ChorusNewFile   *file,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL && !self->has_stream, FALSE);

  for (guint64 done = 0; done < self->member.packed_size;)
    {
      gsize wanted = (gsize) MIN (self->member.packed_size - done, CHORUS_ZIP_ENTRY_BLOCK);
      gssize n = pread (self->fd, self->block, wanted, (off_t) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          chorus_new_file_set_error (self->archive, n < 0 ? errno : EIO, error);
          return FALSE;
        }
      if (!chorus_new_file_write (file, self->block, (gsize) n, error))
        return FALSE;
      done += (guint64) n;
    }

  return TRUE;
}
