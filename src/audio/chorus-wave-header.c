/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The WAVE family: RIFF, RF64 and BW64, and Sony Wave64. They differ in how wide their sizes are and share the rest. */

#include "config.h"

#include "chorus-pcm-header-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "chorus-audio-error.h"
#include "chorus-chunk-reader.h"

enum
{
  CHORUS_WAVE_FORMAT_PCM = 0x0001,
  CHORUS_WAVE_FORMAT_IEEE_FLOAT = 0x0003,
  CHORUS_WAVE_FORMAT_ALAW = 0x0006,
  CHORUS_WAVE_FORMAT_MULAW = 0x0007,
  CHORUS_WAVE_FORMAT_EXTENSIBLE = 0xfffe,
};

#define CHORUS_WAVE_FORMAT_SIZE 16
#define CHORUS_WAVE_FORMAT_EXTENSIBLE_SIZE 40
#define CHORUS_WAVE_SIZE_IN_DS64 G_MAXUINT32

static guint
chorus_wave_get_16 (const guint8 *bytes)
{
  return (guint) bytes[0] | (guint) bytes[1] << 8;
}

static guint32
chorus_wave_get_32 (const guint8 *bytes)
{
  return (guint32) chorus_wave_get_16 (bytes) | (guint32) chorus_wave_get_16 (bytes + 2) << 16;
}

static guint64
chorus_wave_get_64 (const guint8 *bytes)
{
  return (guint64) chorus_wave_get_32 (bytes) | (guint64) chorus_wave_get_32 (bytes + 4) << 32;
}

static gboolean
chorus_wave_set_encoding (ChorusPcmHeader *header,
                          guint            tag,
                          guint            container_bytes)
{
  static const ChorusPcmEncoding integers[] = { CHORUS_PCM_U8, CHORUS_PCM_S16LE, CHORUS_PCM_S24LE, CHORUS_PCM_S32LE };

  if (tag == CHORUS_WAVE_FORMAT_PCM && container_bytes >= 1 && container_bytes <= 4)
    header->encoding = integers[container_bytes - 1];
  else if (tag == CHORUS_WAVE_FORMAT_IEEE_FLOAT && container_bytes == 4)
    header->encoding = CHORUS_PCM_F32LE;
  else if (tag == CHORUS_WAVE_FORMAT_IEEE_FLOAT && container_bytes == 8)
    header->encoding = CHORUS_PCM_F64LE;
  else if (tag == CHORUS_WAVE_FORMAT_ALAW && container_bytes == 1)
    header->encoding = CHORUS_PCM_ALAW;
  else if (tag == CHORUS_WAVE_FORMAT_MULAW && container_bytes == 1)
    header->encoding = CHORUS_PCM_ULAW;
  else
    return FALSE;

  return TRUE;
}

/* A sample may sit in a container wider than itself, at its upper end; the container follows from the frame size where
 * that makes sense, and from the number of bits where it does not. */
static guint
chorus_wave_measure_container (guint channels,
                               guint frame_size,
                               guint bits)
{
  guint bytes_for_bits = (bits + 7) / 8;

  if (channels > 0 && frame_size % channels == 0 && frame_size / channels >= MAX (bytes_for_bits, 1)
      && frame_size / channels <= 8)
    return frame_size / channels;

  return bytes_for_bits;
}

static gboolean
chorus_wave_parse_format (ChorusPcmHeader        *header,
                          const ChorusAudioFile  *file,
                          const ChorusChunk      *chunk,
                          GError                **error)
{
  guint8 format[CHORUS_WAVE_FORMAT_EXTENSIBLE_SIZE] = { 0 };
  gsize wanted = (gsize) MIN (chunk->available, sizeof format);
  gsize n_read = 0;
  guint tag;
  guint container_bytes;

  if (!chorus_audio_file_read (file, chunk->offset, format, wanted, &n_read, error))
    return FALSE;
  if (n_read < CHORUS_WAVE_FORMAT_SIZE)
    return chunk->available < chunk->size ? chorus_pcm_header_fail_cut_off (file, error)
                                          : chorus_pcm_header_fail_damaged (file, error);

  tag = chorus_wave_get_16 (format);
  header->channels = chorus_wave_get_16 (format + 2);
  header->sample_rate = chorus_wave_get_32 (format + 4);
  header->bits = chorus_wave_get_16 (format + 14);
  container_bytes = chorus_wave_measure_container (header->channels, chorus_wave_get_16 (format + 12), header->bits);

  if (tag == CHORUS_WAVE_FORMAT_EXTENSIBLE)
    {
      guint valid_bits = chorus_wave_get_16 (format + 18);

      /* The sub-format is a GUID that begins with the tag. Writers that stop short of it mean plain integers. */
      tag = n_read == sizeof format ? chorus_wave_get_16 (format + 24) : CHORUS_WAVE_FORMAT_PCM;
      if (valid_bits > 0 && valid_bits <= 8 * container_bytes)
        header->bits = valid_bits;
    }

  if (!chorus_wave_set_encoding (header, tag, container_bytes))
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                   _("“%s” is a WAV file in an encoding that cannot be read here (number %u): save it as PCM and add "
                      "that."),
                   chorus_audio_file_get_name (file), tag);
      return FALSE;
    }

  if (header->bits == 0 || header->bits > 8 * container_bytes)
    header->bits = 8 * container_bytes;

  return TRUE;
}

/* The size of the data chunk of an RF64 file: "ds64" holds the size of the file, of the data, and the number of
 * frames, 64 bits each. Without a usable one the size is not known. */
static gboolean
chorus_wave_parse_ds64 (const ChorusAudioFile  *file,
                        const ChorusChunk      *chunk,
                        guint64                *data_size,
                        GError                **error)
{
  guint8 sizes[16];
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, chunk->offset, sizes, sizeof sizes, &n_read, error))
    return FALSE;

  if (n_read == sizeof sizes && chunk->available >= sizeof sizes)
    *data_size = chorus_wave_get_64 (sizes + 8);

  return TRUE;
}

static gboolean
chorus_wave_parse_data (ChorusPcmHeader          *header,
                        const ChorusAudioFile    *file,
                        const ChorusChunkReader  *reader,
                        const ChorusChunk        *chunk,
                        guint64                   ds64_size,
                        guint64                  *n_bytes,
                        GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean unknown_size = FALSE;
  ChorusChunk data = *chunk;

  if (header->kind == CHORUS_AUDIO_KIND_W64)
    unknown_size = data.size >= G_MAXINT64;
  else if (data.size == CHORUS_WAVE_SIZE_IN_DS64)
    {
      data.size = ds64_size;
      unknown_size = ds64_size == 0 || ds64_size >= G_MAXINT64;
    }

  header->data_offset = data.offset;
  *n_bytes = chorus_chunk_reader_measure_samples (reader, &data, 0, unknown_size, &header->truncated, &local_error);

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
chorus_wave_header_read (ChorusPcmHeader        *header,
                         const ChorusAudioFile  *file,
                         ChorusAudioKind         kind,
                         GError                **error)
{
  gboolean is_wave64 = kind == CHORUS_AUDIO_KIND_W64;
  g_autoptr (GError) local_error = NULL;
  gboolean has_format = FALSE;
  gboolean has_data = FALSE;
  guint64 ds64_size = 0;
  guint64 n_bytes = 0;
  ChorusChunkReader reader;
  ChorusChunk chunk;

  /* Wave64 begins with two GUIDs and a size between them, RIFF with "RIFF", a size and "WAVE". */
  chorus_chunk_reader_init (&reader, file, is_wave64 ? CHORUS_CHUNK_LAYOUT_WAVE64 : CHORUS_CHUNK_LAYOUT_RIFF,
                            is_wave64 ? 40 : 12);

  while (!(has_format && has_data) && chorus_chunk_reader_next (&reader, &chunk, &local_error))
    {
      if (strcmp (chunk.id, "fmt ") == 0 && !has_format)
        {
          if (!chorus_wave_parse_format (header, file, &chunk, error))
            return FALSE;
          has_format = TRUE;
        }
      else if (strcmp (chunk.id, "data") == 0 && !has_data)
        {
          if (!chorus_wave_parse_data (header, file, &reader, &chunk, ds64_size, &n_bytes, error))
            return FALSE;
          has_data = TRUE;
        }
      else if (strcmp (chunk.id, "ds64") == 0 && !chorus_wave_parse_ds64 (file, &chunk, &ds64_size, error))
        return FALSE;
    }

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!has_format && has_data)
    return chorus_pcm_header_fail_damaged (file, error);

  /* Neither chunk, or a format without data: the file ends before its sound begins. */
  if (!has_data)
    return chorus_pcm_header_fail_cut_off (file, error);

  return chorus_pcm_header_set_size (header, file, n_bytes, error);
}
