/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AIFF and AIFF-C. */

#include "config.h"

#include "chorus-pcm-header-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-audio-error.h"
#include "chorus-chunk-reader.h"

#define CHORUS_AIFF_COMMON_SIZE 18
#define CHORUS_AIFC_COMMON_SIZE 22
#define CHORUS_AIFF_SOUND_HEADER_SIZE 8

static guint
chorus_aiff_get_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | (guint) bytes[1];
}

static guint32
chorus_aiff_get_32 (const guint8 *bytes)
{
  return (guint32) chorus_aiff_get_16 (bytes) << 16 | (guint32) chorus_aiff_get_16 (bytes + 2);
}

/* The rate is an 80-bit IEEE 754 extended number: sign and 15 bits of exponent, then 64 bits of mantissa with its
 * integer bit. A negative or infinite one ends outside what is accepted as a rate. */
static double
chorus_aiff_get_extended (const guint8 *bytes)
{
  gint exponent = (gint) chorus_aiff_get_16 (bytes);
  double mantissa = ldexp ((double) chorus_aiff_get_32 (bytes + 2), 32) + (double) chorus_aiff_get_32 (bytes + 6);

  return exponent >= 0x7fff ? 0.0 : ldexp (mantissa, exponent - 16383 - 63);
}

static gboolean
chorus_aiff_set_integers (ChorusPcmHeader *header,
                          gboolean         little_endian)
{
  static const ChorusPcmEncoding big[] = { CHORUS_PCM_S8, CHORUS_PCM_S16BE, CHORUS_PCM_S24BE, CHORUS_PCM_S32BE };
  static const ChorusPcmEncoding little[] = { CHORUS_PCM_S8, CHORUS_PCM_S16LE, CHORUS_PCM_S24LE, CHORUS_PCM_S32LE };

  if (header->bits < 1 || header->bits > 32)
    return FALSE;

  header->encoding = (little_endian ? little : big)[(header->bits - 1) / 8];

  return TRUE;
}

static gboolean
chorus_aiff_set_encoding (ChorusPcmHeader *header,
                          const char      *compression)
{
  static const struct
  {
    char id[5];
    ChorusPcmEncoding encoding;
    guint bits;
  } others[] = {
    { "raw ", CHORUS_PCM_U8, 8 },     { "in24", CHORUS_PCM_S24BE, 24 }, { "in32", CHORUS_PCM_S32BE, 32 },
    { "fl32", CHORUS_PCM_F32BE, 32 }, { "fl64", CHORUS_PCM_F64BE, 64 }, { "alaw", CHORUS_PCM_ALAW, 8 },
    { "ulaw", CHORUS_PCM_ULAW, 8 },
  };

  if (strcmp (compression, "NONE") == 0 || strcmp (compression, "twos") == 0)
    return chorus_aiff_set_integers (header, FALSE);
  if (strcmp (compression, "sowt") == 0)
    return chorus_aiff_set_integers (header, TRUE);

  /* Writers disagree about the case of the rest. */
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (compression, others[i].id) == 0)
      {
        header->encoding = others[i].encoding;
        header->bits = others[i].bits;
        return TRUE;
      }

  return FALSE;
}

static gboolean
chorus_aiff_parse_common (ChorusPcmHeader        *header,
                          const ChorusAudioFile  *file,
                          const ChorusChunk      *chunk,
                          gboolean                is_aifc,
                          guint64                *stated_frames,
                          GError                **error)
{
  gsize needed = is_aifc ? CHORUS_AIFC_COMMON_SIZE : CHORUS_AIFF_COMMON_SIZE;
  guint8 common[CHORUS_AIFC_COMMON_SIZE] = { 0 };
  char compression[5] = "NONE";
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, chunk->offset, common, (gsize) MIN (chunk->available, needed), &n_read, error))
    return FALSE;
  if (n_read < needed)
    return chunk->available < chunk->size ? chorus_pcm_header_fail_cut_off (file, error)
                                          : chorus_pcm_header_fail_damaged (file, error);

  header->channels = chorus_aiff_get_16 (common);
  *stated_frames = chorus_aiff_get_32 (common + 2);
  header->bits = chorus_aiff_get_16 (common + 6);
  header->sample_rate = chorus_aiff_get_extended (common + 8);
  if (is_aifc)
    memcpy (compression, common + CHORUS_AIFF_COMMON_SIZE, 4);

  if (chorus_aiff_set_encoding (header, compression))
    return TRUE;

  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
               _("“%s” is an AIFF file in an encoding that cannot be read here: save it as PCM and add that."),
               chorus_audio_file_get_name (file));

  return FALSE;
}

/* The samples begin after an offset, which is nearly always 0, and a block size that nobody uses. */
static gboolean
chorus_aiff_parse_sound (ChorusPcmHeader          *header,
                         const ChorusAudioFile    *file,
                         const ChorusChunkReader  *reader,
                         const ChorusChunk        *chunk,
                         guint64                  *n_bytes,
                         GError                  **error)
{
  guint8 sound[CHORUS_AIFF_SOUND_HEADER_SIZE];
  g_autoptr (GError) local_error = NULL;
  guint64 header_size;
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, chunk->offset, sound, sizeof sound, &n_read, error))
    return FALSE;
  if (n_read < sizeof sound)
    return chorus_pcm_header_fail_cut_off (file, error);

  header_size = sizeof sound + (guint64) chorus_aiff_get_32 (sound);
  header->data_offset = chunk->offset + (goffset) header_size;
  *n_bytes = chorus_chunk_reader_measure_samples (reader, chunk, header_size, chunk->size == G_MAXUINT32,
                                                  &header->truncated, &local_error);

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
chorus_aiff_header_read (ChorusPcmHeader        *header,
                         const ChorusAudioFile  *file,
                         GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean has_common = FALSE;
  gboolean has_sound = FALSE;
  guint64 stated_frames = 0;
  guint64 n_bytes = 0;
  guint8 form[12] = { 0 };
  gsize n_read = 0;
  ChorusChunkReader reader;
  ChorusChunk chunk;

  if (!chorus_audio_file_read (file, 0, form, sizeof form, &n_read, error))
    return FALSE;

  chorus_chunk_reader_init (&reader, file, CHORUS_CHUNK_LAYOUT_IFF, sizeof form);
  while (!(has_common && has_sound) && chorus_chunk_reader_next (&reader, &chunk, &local_error))
    {
      if (strcmp (chunk.id, "COMM") == 0 && !has_common)
        {
          if (!chorus_aiff_parse_common (header, file, &chunk, form[11] == 'C', &stated_frames, error))
            return FALSE;
          has_common = TRUE;
        }
      else if (strcmp (chunk.id, "SSND") == 0 && !has_sound)
        {
          if (!chorus_aiff_parse_sound (header, file, &reader, &chunk, &n_bytes, error))
            return FALSE;
          has_sound = TRUE;
        }
    }

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!has_common && has_sound)
    return chorus_pcm_header_fail_damaged (file, error);
  if (!has_sound)
    return chorus_pcm_header_fail_cut_off (file, error);

  if (!chorus_pcm_header_set_size (header, file, n_bytes, error))
    return FALSE;

  /* The chunk may end in padding that the number of frames leaves out; 0 frames is a writer that never came back. */
  if (stated_frames > 0)
    header->n_frames = MIN (header->n_frames, stated_frames);

  return TRUE;
}
