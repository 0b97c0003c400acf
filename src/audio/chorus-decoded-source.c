/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-decoded-source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "chorus-decoder.h"
#include "chorus-pcm-encoding.h"

/* Left free on the disk for everybody else, in bytes. */
#define CHORUS_DECODED_SOURCE_RESERVE (G_GUINT64_CONSTANT (256) * 1024 * 1024)

/* Bytes between two looks at how much is left. */
#define CHORUS_DECODED_SOURCE_CHECK (G_GUINT64_CONSTANT (16) * 1024 * 1024)

struct _ChorusDecodedSource
{
  ChorusSampleSource parent_instance;

  int fd;
  char *name;
};

G_DEFINE_FINAL_TYPE (ChorusDecodedSource, chorus_decoded_source, CHORUS_TYPE_SAMPLE_SOURCE)

static void
chorus_decoded_source_set_full_error (const char  *name,
                                      GError     **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
               _("“%s” could not be decoded for want of space: free some on the disk of your home folder."), name);
}

static int
chorus_decoded_source_create_in (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "decoded-XXXXXX", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;

  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);

  return fd;
}

/* A file without a name is gone with its last descriptor, however the program ends. The cache comes first, since the
 * folder for temporary files is often kept in memory. */
static int
chorus_decoded_source_create_file (const char  *name,
                                   GError     **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), USER_FOLDER, NULL);
  int fd = chorus_decoded_source_create_in (cache);

  if (fd < 0)
    fd = chorus_decoded_source_create_in (g_get_tmp_dir ());

  if (fd < 0)
    g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_FAILED,
                 _("“%s” could not be decoded: no temporary file can be written."), name);

  return fd;
}

static gboolean
chorus_decoded_source_has_room (int     fd,
                                guint64 n_bytes)
{
  struct statvfs status;

  if (fstatvfs (fd, &status) != 0)
    return TRUE;

  return (guint64) status.f_bavail * status.f_frsize >= n_bytes + CHORUS_DECODED_SOURCE_RESERVE;
}

static gboolean
chorus_decoded_source_write (int          fd,
                             const void  *data,
                             gsize        n_bytes,
                             const char  *name,
                             GError     **error)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gssize n = write (fd, (const guint8 *) data + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        {
          chorus_decoded_source_set_full_error (name, error);
          return FALSE;
        }

      done += (gsize) n;
    }

  return TRUE;
}

static gboolean
chorus_decoded_source_decode (ChorusDecoder  *decoder,
                              int             fd,
                              const char     *name,
                              guint64        *n_frames,
                              GCancellable   *cancellable,
                              GError        **error)
{
  gsize frame_size = chorus_decoder_get_channels (decoder) * sizeof (float);
  double expected = chorus_decoder_get_duration (decoder) * chorus_decoder_get_sample_rate (decoder);
  guint64 unchecked = CHORUS_DECODED_SOURCE_CHECK;

  *n_frames = 0;
  if (expected < 1e15 && !chorus_decoded_source_has_room (fd, (guint64) expected * frame_size))
    {
      chorus_decoded_source_set_full_error (name, error);
      return FALSE;
    }

  while (TRUE)
    {
      const float *samples = NULL;
      gsize n = 0;

      if (!chorus_decoder_read (decoder, &samples, &n, cancellable, error))
        return FALSE;
      if (n == 0)
        return TRUE;

      if (unchecked >= CHORUS_DECODED_SOURCE_CHECK && !chorus_decoded_source_has_room (fd, n * frame_size))
        {
          chorus_decoded_source_set_full_error (name, error);
          return FALSE;
        }

      if (!chorus_decoded_source_write (fd, samples, n * frame_size, name, error))
        return FALSE;

      unchecked = (unchecked >= CHORUS_DECODED_SOURCE_CHECK ? 0 : unchecked) + n * frame_size;
      *n_frames += n;
    }
}

static gboolean
chorus_decoded_source_read (ChorusSampleSource  *source,
                            guint64              first_frame,
                            gsize                n_frames,
                            float               *interleaved,
                            GCancellable        *cancellable,
                            GError             **error)
{
  ChorusDecodedSource *self = CHORUS_DECODED_SOURCE (source);
  guint channels = chorus_sample_source_get_channels (source);
  gsize n_bytes = n_frames * channels * sizeof (float);
  goffset offset = (goffset) (first_frame * channels * sizeof (float));

  for (gsize done = 0; done < n_bytes;)
    {
      gssize n = pread (self->fd, (guint8 *) interleaved + done, n_bytes - done, offset + (goffset) done);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        {
          g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                       _("The decoded sound of “%s” cannot be read back: open it again."), self->name);
          return FALSE;
        }

      done += (gsize) n;
    }

  chorus_pcm_encoding_to_float (CHORUS_PCM_F32, (const guint8 *) interleaved, n_frames * channels, interleaved);

  return TRUE;
}

static void
chorus_decoded_source_finalize (GObject *object)
{
  ChorusDecodedSource *self = CHORUS_DECODED_SOURCE (object);

  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (chorus_decoded_source_parent_class)->finalize (object);
}

static void
chorus_decoded_source_class_init (ChorusDecodedSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_decoded_source_finalize;
  CHORUS_SAMPLE_SOURCE_CLASS (klass)->read = chorus_decoded_source_read;
}

static void
chorus_decoded_source_init (ChorusDecodedSource *self)
{
  self->fd = -1;
}

ChorusSampleSource *
chorus_decoded_source_new (const ChorusAudioFile  *file,
                           GCancellable           *cancellable,
                           GError                **error)
{
  const char *name = chorus_audio_file_get_name (file);
  g_autoptr (ChorusDecoder) decoder = NULL;
  ChorusDecodedSource *self;
  guint64 n_frames = 0;
  int fd;

  decoder = chorus_decoder_open (file, cancellable, error);
  if (decoder == NULL)
    return NULL;

  fd = chorus_decoded_source_create_file (name, error);
  if (fd < 0)
    return NULL;

  if (!chorus_decoded_source_decode (decoder, fd, name, &n_frames, cancellable, error))
    {
      close (fd);
      return NULL;
    }

  self = g_object_new (CHORUS_TYPE_DECODED_SOURCE, "n-frames", n_frames, "sample-rate",
                       (double) chorus_decoder_get_sample_rate (decoder), "channels",
                       chorus_decoder_get_channels (decoder), NULL);
  self->fd = fd;
  self->name = g_strdup (name);

  return CHORUS_SAMPLE_SOURCE (self);
}
