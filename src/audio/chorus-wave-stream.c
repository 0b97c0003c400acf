/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-wave-stream.h"

#include <string.h>

#include <glib/gi18n.h>

#include "chorus-audio-error.h"
#include "chorus-audio-magic.h"
#include "chorus-decoder.h"
#include "chorus-pcm-convert.h"
#include "chorus-pcm-header-private.h"

/* Read and converted at once, in bytes: whole samples of any size. */
#define CHORUS_WAVE_STREAM_BLOCK (3 * 256 * 1024)

struct _ChorusWaveStream
{
  const ChorusAudioFile *file;
  ChorusWaveLayout *layout;
  ChorusDecoder *decoder; /* for what is decoded */
  guint64 offset;         /* in bytes of samples: what is made next */

  /* What was made and not yet taken, up to offset. */
  guint8 *block;
  gsize capacity;
  gsize size;
  gsize used;
};

/* Begins to decode. A second time, the sound must have the form that it had the first time. */
static gboolean
chorus_wave_stream_start (ChorusWaveStream  *self,
                          GCancellable      *cancellable,
                          GError           **error)
{
  const ChorusPcmHeader *header = self->layout ? chorus_wave_layout_get_header (self->layout) : NULL;
  guint channels = 0;
  guint rate = 0;
  guint bits = 0;

  g_clear_pointer (&self->decoder, chorus_decoder_free);
  self->offset = 0;
  self->size = 0;
  self->used = 0;

  self->decoder = chorus_decoder_open (self->file, cancellable, error);
  if (!self->decoder)
    return FALSE;

  rate = chorus_decoder_get_sample_rate (self->decoder);
  channels = chorus_decoder_get_channels (self->decoder);
  bits = chorus_decoder_get_bits (self->decoder);
  if (channels > CHORUS_PCM_HEADER_MAX_CHANNELS)
    return chorus_pcm_header_fail_damaged (self->file, error);

  if (!header)
    self->layout = chorus_wave_layout_new_for_integers (rate, channels, bits);
  else if (header->sample_rate != rate || header->channels != channels || header->bits != bits)
    return chorus_pcm_header_fail_damaged (self->file, error);

  return TRUE;
}

ChorusWaveStream *
chorus_wave_stream_open (const ChorusAudioFile  *file,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr (ChorusWaveStream) self = g_new0 (ChorusWaveStream, 1);
  ChorusAudioKind kind = CHORUS_AUDIO_KIND_OTHER;

  self->file = file;
  if (!chorus_audio_magic_identify (file, &kind, error))
    return NULL;

  if (!chorus_audio_kind_is_pcm (kind))
    return chorus_wave_stream_start (self, cancellable, error) ? g_steal_pointer (&self) : NULL;

  self->layout = chorus_wave_layout_read (file, kind, error);

  return self->layout ? g_steal_pointer (&self) : NULL;
}

void
chorus_wave_stream_free (ChorusWaveStream *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->decoder, chorus_decoder_free);
  g_clear_pointer (&self->layout, chorus_wave_layout_free);
  g_free (self->block);
  g_free (self);
}

const ChorusWaveLayout *
chorus_wave_stream_get_layout (const ChorusWaveStream *self)
{
  return self->layout;
}

gboolean
chorus_wave_stream_is_decoded (const ChorusWaveStream *self)
{
  return self->decoder != NULL;
}

static void
chorus_wave_stream_reserve (ChorusWaveStream *self,
                            gsize             size)
{
  if (size <= self->capacity)
    return;

  g_free (self->block);
  self->block = g_malloc (size);
  self->capacity = size;
}

static gboolean
chorus_wave_stream_decode (ChorusWaveStream  *self,
                           GCancellable      *cancellable,
                           GError           **error)
{
  const ChorusPcmHeader *header = chorus_wave_layout_get_header (self->layout);
  const float *samples = NULL;
  gsize n_frames = 0;

  if (!chorus_decoder_read (self->decoder, &samples, &n_frames, cancellable, error))
    return FALSE;

  /* Damage ends the sound, and what comes before it is good; a disk that fails is no reason to go without the rest. */
  if (n_frames == 0 && chorus_decoder_has_lost_file (self->decoder))
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNREADABLE,
                   _("“%s” cannot be read any further: check the drive it is on."),
                   chorus_audio_file_get_name (self->file));
      return FALSE;
    }

  self->size = n_frames * chorus_wave_layout_get_frame_size (self->layout);
  chorus_wave_stream_reserve (self, self->size);
  chorus_pcm_convert_from_float (header->bits, samples, n_frames * header->channels, self->block);

  return TRUE;
}

static guint64
chorus_wave_stream_get_end (ChorusWaveStream *self)
{
  return chorus_wave_layout_get_header (self->layout)->n_frames * chorus_wave_layout_get_frame_size (self->layout);
}

static gboolean
chorus_wave_stream_convert (ChorusWaveStream  *self,
                            GCancellable      *cancellable,
                            GError           **error)
{
  const ChorusPcmHeader *header = chorus_wave_layout_get_header (self->layout);
  gsize sample_size = chorus_pcm_encoding_get_size (header->encoding);
  gsize wanted = (gsize) MIN (CHORUS_WAVE_STREAM_BLOCK, chorus_wave_stream_get_end (self) - self->offset);
  gsize n = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  chorus_wave_stream_reserve (self, wanted);
  if (!chorus_audio_file_read (self->file, header->data_offset + (goffset) self->offset, self->block, wanted, &n,
                               error))
    return FALSE;

  self->size = n - n % sample_size;
  chorus_pcm_convert_to_wave (header->encoding, self->block, self->size / sample_size);

  return TRUE;
}

/* Makes the next block, which is empty at the end. */
static gboolean
chorus_wave_stream_fill (ChorusWaveStream  *self,
                         GCancellable      *cancellable,
                         GError           **error)
{
  self->size = 0;
  self->used = 0;
  if (!(self->decoder ? chorus_wave_stream_decode (self, cancellable, error)
                      : chorus_wave_stream_convert (self, cancellable, error)))
    return FALSE;

  self->offset += self->size;

  return TRUE;
}

gboolean
chorus_wave_stream_count (ChorusWaveStream  *self,
                          guint64           *n_frames,
                          GCancellable      *cancellable,
                          GError           **error)
{
  *n_frames = chorus_wave_layout_get_header (self->layout)->n_frames;
  if (!self->decoder)
    return TRUE;

  do
    {
      if (!chorus_wave_stream_fill (self, cancellable, error))
        return FALSE;
    }
  while (self->size > 0);

  *n_frames = self->offset / chorus_wave_layout_get_frame_size (self->layout);

  return *n_frames > 0 ? TRUE : chorus_pcm_header_fail_cut_off (self->file, error);
}

gboolean
chorus_wave_stream_go_to (ChorusWaveStream  *self,
                          guint64            frame,
                          GCancellable      *cancellable,
                          GError           **error)
{
  gsize frame_size = chorus_wave_layout_get_frame_size (self->layout);
  guint64 target = MIN (frame, G_MAXINT64 / frame_size) * frame_size;

  if (target > self->offset || target < self->offset - self->size)
    {
      if (!self->decoder)
        {
          self->offset = MIN (target, chorus_wave_stream_get_end (self));
          self->size = 0;
          self->used = 0;
          return TRUE;
        }

      if (target < self->offset && !chorus_wave_stream_start (self, cancellable, error))
        return FALSE;

      while (self->offset < target)
        {
          if (!chorus_wave_stream_fill (self, cancellable, error))
            return FALSE;
          if (self->size == 0)
            return TRUE;
        }
    }

  self->used = self->size - (gsize) (self->offset - target);

  return TRUE;
}

gboolean
chorus_wave_stream_read (ChorusWaveStream  *self,
                         guint8            *buffer,
                         gsize              count,
                         gsize             *n_read,
                         GCancellable      *cancellable,
                         GError           **error)
{
  const ChorusPcmHeader *header = chorus_wave_layout_get_header (self->layout);
  gboolean copied = !self->decoder && chorus_pcm_convert_is_wave (header->encoding);
  gsize n = 0;

  *n_read = 0;

  /* Bytes that stay as they are land where they are wanted. */
  if (copied)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !chorus_audio_file_read (self->file, header->data_offset + (goffset) self->offset, buffer,
                                      (gsize) MIN (count, chorus_wave_stream_get_end (self) - self->offset), n_read,
                                      error))
        return FALSE;

      self->offset += *n_read;
      return TRUE;
    }

  while (*n_read < count)
    {
      if (self->used == self->size && !chorus_wave_stream_fill (self, cancellable, error))
        return FALSE;
      if (self->size == 0)
        return TRUE;

      n = MIN (count - *n_read, self->size - self->used);
      memcpy (buffer + *n_read, self->block + self->used, n);
      self->used += n;
      *n_read += n;
    }

  return TRUE;
}
