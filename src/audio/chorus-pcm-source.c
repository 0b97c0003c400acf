/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-pcm-source.h"

#include <glib/gi18n.h>

#include "chorus-pcm-header.h"

/* Bytes that are read and converted at a time. */
#define CHORUS_PCM_SOURCE_BLOCK (1024 * 1024)

struct _ChorusPcmSource
{
  ChorusSampleSource parent_instance;

  ChorusAudioFile *file;
  ChorusPcmHeader header;
};

G_DEFINE_FINAL_TYPE (ChorusPcmSource, chorus_pcm_source, CHORUS_TYPE_SAMPLE_SOURCE)

static gboolean
chorus_pcm_source_read_block (ChorusPcmSource  *self,
                              goffset           offset,
                              gpointer          bytes,
                              gsize             n_bytes,
                              GError          **error)
{
  gsize n_read = 0;

  if (!chorus_audio_file_read (self->file, offset, bytes, n_bytes, &n_read, error))
    return FALSE;

  if (n_read < n_bytes)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” became shorter while it was open: open it again."),
                   chorus_audio_file_get_name (self->file));
      return FALSE;
    }

  return TRUE;
}

static gboolean
chorus_pcm_source_read (ChorusSampleSource  *source,
                        guint64              first_frame,
                        gsize                n_frames,
                        float               *interleaved,
                        GCancellable        *cancellable,
                        GError             **error)
{
  ChorusPcmSource *self = CHORUS_PCM_SOURCE (source);
  gsize sample_size = chorus_pcm_encoding_get_size (self->header.encoding);
  gsize n_samples = n_frames * self->header.channels;
  goffset offset = self->header.data_offset + (goffset) (first_frame * self->header.channels * sample_size);
  gsize block = MIN (CHORUS_PCM_SOURCE_BLOCK / sample_size, n_samples);
  g_autofree guint8 *bytes = NULL;

  /* Native floats land where they are wanted; everything else passes through a block of its own. */
  if (self->header.encoding != CHORUS_PCM_F32)
    bytes = g_malloc (block * sample_size);

  for (gsize done = 0; done < n_samples; done += block)
    {
      gsize n = MIN (block, n_samples - done);
      guint8 *into = bytes ? bytes : (guint8 *) (interleaved + done);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_pcm_source_read_block (self, offset + (goffset) (done * sample_size), into, n * sample_size,
                                            error))
        return FALSE;

      chorus_pcm_encoding_to_float (self->header.encoding, into, n, interleaved + done);
    }

  return TRUE;
}

static void
chorus_pcm_source_finalize (GObject *object)
{
  ChorusPcmSource *self = CHORUS_PCM_SOURCE (object);

  g_clear_pointer (&self->file, chorus_audio_file_free);

  G_OBJECT_CLASS (chorus_pcm_source_parent_class)->finalize (object);
}

static void
chorus_pcm_source_class_init (ChorusPcmSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_pcm_source_finalize;
  CHORUS_SAMPLE_SOURCE_CLASS (klass)->read = chorus_pcm_source_read;
}

static void
chorus_pcm_source_init (ChorusPcmSource *self)
{
}

ChorusSampleSource *
chorus_pcm_source_new (ChorusAudioFile  *file,
                       ChorusAudioKind   kind,
                       GError          **error)
{
  g_autoptr (ChorusAudioFile) owned = file;
  ChorusPcmSource *self;
  ChorusPcmHeader header;

  if (!chorus_pcm_header_read (&header, owned, kind, error))
    return NULL;

  self = g_object_new (CHORUS_TYPE_PCM_SOURCE, "n-frames", header.n_frames, "sample-rate", header.sample_rate,
                       "channels", header.channels, NULL);
  self->file = g_steal_pointer (&owned);
  self->header = header;

  return CHORUS_SAMPLE_SOURCE (self);
}

const ChorusAudioFile *
chorus_pcm_source_get_file (ChorusPcmSource *self)
{
  g_return_val_if_fail (CHORUS_IS_PCM_SOURCE (self), NULL);

  return self->file;
}
