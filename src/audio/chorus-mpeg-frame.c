/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-mpeg-frame.h"

#include <string.h>

#define CHORUS_MPEG_FRAME_MAX_LENGTH 4608

#define CHORUS_MPEG_FRAME_MAX_TAGS 16

gboolean
chorus_mpeg_frame_skip_tags (const ChorusAudioFile  *file,
                             goffset                *offset,
                             GError                **error)
{
  for (guint n = 0; n < CHORUS_MPEG_FRAME_MAX_TAGS; n++)
    {
      guint8 tag[10];
      gsize n_read = 0;

      if (!chorus_audio_file_read (file, *offset, tag, sizeof tag, &n_read, error))
        return FALSE;
      if (n_read < sizeof tag || memcmp (tag, "ID3", 3) != 0)
        break;

      /* The size has seven bits in each byte. */
      *offset += 10
                 + ((goffset) (tag[6] & 0x7f) << 21 | (goffset) (tag[7] & 0x7f) << 14 | (goffset) (tag[8] & 0x7f) << 7
                    | (goffset) (tag[9] & 0x7f));
      if (tag[5] & 0x10)
        *offset += 10;
    }

  return TRUE;
}

/* Reads the four bytes that a frame begins with. */
static gboolean
chorus_mpeg_frame_parse (ChorusMpegFrame *self,
                         const guint8    *header)
{
  static const guint16 rates[2][3][15] = {
    { { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448 },
      { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384 },
      { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 } },
    { { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256 },
      { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 },
      { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 } },
  };
  static const guint frequencies[] = { 44100, 48000, 32000 };
  guint version = (header[1] >> 3) & 3u;
  guint layer = 4 - ((header[1] >> 1) & 3u);
  guint rate_index = header[2] >> 4;
  guint frequency_index = (header[2] >> 2) & 3u;
  guint padding = (header[2] >> 1) & 1u;
  guint frequency;
  guint rate;

  if (header[0] != 0xff || (header[1] & 0xe0) != 0xe0 || version == 1 || layer == 4 || rate_index == 0
      || rate_index == 15 || frequency_index == 3)
    return FALSE;

  *self = (ChorusMpegFrame){ .layer = layer, .low = version != 3, .mono = header[3] >> 6 == 3 };
  frequency = frequencies[frequency_index] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  rate = rates[self->low][layer - 1][rate_index] * 1000u;

  if (layer == 1)
    {
      self->n_samples = 384;
      self->length = (12 * rate / frequency + padding) * 4;
    }
  else
    {
      self->n_samples = layer == 3 && self->low ? 576 : 1152;
      self->length = self->n_samples / 8 * rate / frequency + padding;
    }

  return TRUE;
}

static gboolean
chorus_mpeg_frame_is_first (ChorusMpegFrame *self,
                            const guint8    *bytes,
                            gsize            size,
                            gboolean         is_whole_rest)
{
  gsize offset = 0;

  for (guint n = 0; n < 3; n++)
    {
      ChorusMpegFrame frame;

      if (n > 0 && offset >= size && is_whole_rest)
        break;
      if (offset + 4 > size || !chorus_mpeg_frame_parse (&frame, bytes + offset)
          || (n > 0 && frame.layer != self->layer))
        return FALSE;

      if (n == 0)
        *self = frame;
      offset += frame.length;
    }

  return TRUE;
}

gboolean
chorus_mpeg_frame_find (ChorusMpegFrame        *self,
                        const ChorusAudioFile  *file,
                        goffset                 offset,
                        GError                **error)
{
  gsize wanted = CHORUS_MPEG_FRAME_SEARCH + 3 * CHORUS_MPEG_FRAME_MAX_LENGTH;
  g_autofree guint8 *bytes = g_malloc (wanted);
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, offset, bytes, wanted, &n_read, error))
    return FALSE;

  for (gsize i = 0; i + 4 <= n_read && i < CHORUS_MPEG_FRAME_SEARCH; i++)
    if (bytes[i] == 0xff && chorus_mpeg_frame_is_first (self, bytes + i, n_read - i, n_read < wanted))
      {
        self->offset = offset + (goffset) i;
        return TRUE;
      }

  *self = (ChorusMpegFrame){ .length = 0 };

  return TRUE;
}
