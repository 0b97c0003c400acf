/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first frame of an MP3 file holds no sound where it has a header of Xing or Fraunhofer in its place. */

#include "config.h"

#include "chorus-decoder-trim-private.h"

#include "chorus-mpeg-frame.h"

#include <string.h>

enum
{
  CHORUS_XING_HAS_FRAMES = 1 << 0,
  CHORUS_XING_HAS_BYTES = 1 << 1,
  CHORUS_XING_HAS_TABLE = 1 << 2,
  CHORUS_XING_HAS_QUALITY = 1 << 3,
};

/* The longest way to the end of what is read: frame header, side information, Xing's header, LAME's up to the delay. */
#define CHORUS_MP3_TRIM_SIZE (4 + 32 + 8 + 4 + 4 + 100 + 4 + 24)

#define CHORUS_MP3_TRIM_DELAY_OFFSET 21
#define CHORUS_MP3_TRIM_VBRI_OFFSET 36

/* What every decoder of layer III adds to the delay of the encoder, in samples. */
#define CHORUS_MP3_TRIM_DECODER_DELAY 529

static guint32
chorus_mp3_trim_get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | (guint32) bytes[3];
}

/* Where the header of Xing goes on with what its encoder says about itself; 0 when that is beyond the frame. */
static gsize
chorus_mp3_trim_measure_xing (guint32 flags,
                              gsize   offset,
                              gsize   size)
{
  offset += 8;
  if (flags & CHORUS_XING_HAS_FRAMES)
    offset += 4;
  if (flags & CHORUS_XING_HAS_BYTES)
    offset += 4;
  if (flags & CHORUS_XING_HAS_TABLE)
    offset += 100;
  if (flags & CHORUS_XING_HAS_QUALITY)
    offset += 4;

  return offset + CHORUS_MP3_TRIM_DELAY_OFFSET + 3 <= size ? offset : 0;
}

static void
chorus_mp3_trim_take_xing (ChorusDecoderTrim     *trim,
                           const ChorusMpegFrame *frame,
                           const guint8          *bytes,
                           gsize                  offset,
                           gsize                  size)
{
  static const char encoders[][5] = { "LAME", "Lavf", "Lavc" };
  guint32 flags = chorus_mp3_trim_get_32 (bytes + offset + 4);
  gsize encoder = chorus_mp3_trim_measure_xing (flags, offset, size);
  gboolean is_encoder = FALSE;
  guint64 total = 0;
  guint delay;
  guint padding;

  for (gsize i = 0; encoder > 0 && i < G_N_ELEMENTS (encoders); i++)
    is_encoder = is_encoder || memcmp (bytes + encoder, encoders[i], 4) == 0;
  if (!is_encoder)
    return;

  /* Twelve bits each, in samples. */
  delay =
    (guint) bytes[encoder + CHORUS_MP3_TRIM_DELAY_OFFSET] << 4 | bytes[encoder + CHORUS_MP3_TRIM_DELAY_OFFSET + 1] >> 4;
  padding =
    (bytes[encoder + CHORUS_MP3_TRIM_DELAY_OFFSET + 1] & 15u) << 8 | bytes[encoder + CHORUS_MP3_TRIM_DELAY_OFFSET + 2];
  trim->is_known = TRUE;
  trim->start = delay + CHORUS_MP3_TRIM_DECODER_DELAY;

  /* Files that were joined go on behind the last frame that the first of them counts. */
  if (flags & CHORUS_XING_HAS_FRAMES)
    total = (guint64) chorus_mp3_trim_get_32 (bytes + offset + 8) * frame->n_samples;
  if (total + CHORUS_MP3_TRIM_DECODER_DELAY > trim->start + padding)
    {
      trim->end = total + CHORUS_MP3_TRIM_DECODER_DELAY - padding;
      trim->resume = MAX (trim->end, total);
    }
}

gboolean
chorus_mp3_trim_read (ChorusDecoderTrim      *trim,
                      const ChorusAudioFile  *file,
                      GError                **error)
{
  guint8 bytes[CHORUS_MP3_TRIM_SIZE] = { 0 };
  goffset offset = 0;
  ChorusMpegFrame frame;
  gsize n_read = 0;
  gsize side;

  if (!chorus_mpeg_frame_skip_tags (file, &offset, error) || !chorus_mpeg_frame_find (&frame, file, offset, error))
    return FALSE;
  if (frame.length == 0 || frame.layer != 3)
    return TRUE;

  if (!chorus_audio_file_read (file, frame.offset, bytes, MIN (sizeof bytes, frame.length), &n_read, error))
    return FALSE;

  /* The header of Xing comes after the side information. */
  side = frame.low ? (frame.mono ? 9 : 17) : (frame.mono ? 17 : 32);
  if (n_read >= 4 + side + 8
      && (memcmp (bytes + 4 + side, "Xing", 4) == 0 || memcmp (bytes + 4 + side, "Info", 4) == 0))
    chorus_mp3_trim_take_xing (trim, &frame, bytes, 4 + side, n_read);
  else if (n_read >= CHORUS_MP3_TRIM_VBRI_OFFSET + 4 && memcmp (bytes + CHORUS_MP3_TRIM_VBRI_OFFSET, "VBRI", 4) == 0)
    {
      /* GStreamer drops the frame with the header of Xing, but decodes this one. */
      trim->is_known = TRUE;
      trim->start = frame.n_samples;
    }

  return TRUE;
}
