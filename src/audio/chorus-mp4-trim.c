/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of the MPEG-4 family with AAC say what belongs to the sound by an edit list, older ones of Apple by a tag. */

#include "config.h"

#include "chorus-decoder-trim-private.h"

#include "chorus-box-reader.h"

#include <math.h>
#include <string.h>

/* An edit list has a delay or two and the sound; one with more pieces was cut by a person and is left to GStreamer. */
#define CHORUS_MP4_TRIM_MAX_EDITS 8

/* More samples than any encoder needs for its run-up: what says so is damaged. */
#define CHORUS_MP4_TRIM_MAX_PRIMING 16384

#define CHORUS_MP4_TRIM_TAG_SIZE 512

typedef struct
{
  const ChorusAudioFile *file;
  GError *error; /* the first that the disk gave; nothing is read after it */

  guint32 movie_scale; /* ticks a second, of the edit list's lengths */
  guint32 media_scale; /* ticks a second, of the edit list's places */
  guint64 media_length;

  goffset edits; /* the contents of the edit list */
  gsize edits_size;
  guint64 edit_start;
  guint64 edit_length;
  gboolean has_edit;
  guint n_sounds;
  gboolean is_aac;
  gboolean is_locked;
} ChorusMp4Walk;

static guint64
chorus_mp4_get (const guint8 *bytes,
                gsize         size)
{
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    value = value << 8 | bytes[i];

  return value;
}

/* Finds the first box of a type among those that begin at @offset, up to the end of @parent. */
static gboolean
chorus_mp4_find (ChorusMp4Walk   *walk,
                 const ChorusBox *parent,
                 goffset          offset,
                 const char      *type,
                 ChorusBox       *box)
{
  ChorusBoxReader reader;

  if (walk->error)
    return FALSE;

  chorus_box_reader_init (&reader, walk->file, offset, parent->end);

  return chorus_box_reader_find (&reader, type, box, &walk->error);
}

/* Reads the first @size bytes of what is in @box. Returns how many there are. */
static gsize
chorus_mp4_read (ChorusMp4Walk   *walk,
                 const ChorusBox *box,
                 guint8          *bytes,
                 gsize            size)
{
  gsize n_read = 0;

  if (!walk->error)
    chorus_audio_file_read (walk->file, box->offset, bytes, (gsize) MIN ((goffset) size, box->end - box->offset),
                            &n_read, &walk->error);

  return n_read;
}

/* "mvhd" and "mdhd" begin alike: version and flags, two dates, ticks a second, length. */
static void
chorus_mp4_read_header (ChorusMp4Walk   *walk,
                        const ChorusBox *box,
                        guint32         *scale,
                        guint64         *length)
{
  guint8 bytes[32] = { 0 };

  chorus_mp4_read (walk, box, bytes, sizeof bytes);
  if (bytes[0] == 1)
    {
      *scale = (guint32) chorus_mp4_get (bytes + 20, 4);
      *length = chorus_mp4_get (bytes + 24, 8);
    }
  else
    {
      *scale = (guint32) chorus_mp4_get (bytes + 12, 4);
      *length = chorus_mp4_get (bytes + 16, 4);
    }
}

/* Takes the one piece of the media that is played at normal speed. Any other list is not taken. */
static void
chorus_mp4_read_edits (ChorusMp4Walk   *walk,
                       const ChorusBox *box)
{
  guint8 bytes[8 + CHORUS_MP4_TRIM_MAX_EDITS * 20] = { 0 };
  gsize size = chorus_mp4_read (walk, box, bytes, sizeof bytes);
  gsize wide = bytes[0] == 1 ? 8 : 4;
  guint64 n = chorus_mp4_get (bytes + 4, 4);

  walk->edits = box->offset;
  walk->edits_size = 4 + 2 * wide + 4;
  if (n > CHORUS_MP4_TRIM_MAX_EDITS || 8 + n * (2 * wide + 4) > size)
    return;

  for (guint64 i = 0; i < n; i++)
    {
      const guint8 *entry = bytes + 8 + i * (2 * wide + 4);
      guint64 place = chorus_mp4_get (entry + wide, wide);

      /* A delay, before the sound: it is left out, as nothing is shown that the sound could be late for. */
      if (place == (wide == 8 ? G_MAXUINT64 : G_MAXUINT32) && !walk->has_edit)
        continue;

      if (walk->has_edit || place > G_MAXINT32 || chorus_mp4_get (entry + 2 * wide, 4) != 0x10000)
        {
          walk->has_edit = FALSE;
          return;
        }

      walk->has_edit = TRUE;
      walk->edit_start = place;
      walk->edit_length = chorus_mp4_get (entry, wide);
    }
}

/* Finds out how the samples are stored: AAC is "mp4a"; "enca" and "drms" are what it is called once it is encrypted. */
static void
chorus_mp4_read_entry (ChorusMp4Walk   *walk,
                       const ChorusBox *media)
{
  guint8 bytes[16] = { 0 };
  ChorusBox box;

  if (!chorus_mp4_find (walk, media, media->offset, "minf", &box)
      || !chorus_mp4_find (walk, &box, box.offset, "stbl", &box)
      || !chorus_mp4_find (walk, &box, box.offset, "stsd", &box)
      || chorus_mp4_read (walk, &box, bytes, sizeof bytes) < sizeof bytes)
    return;

  walk->is_aac = memcmp (bytes + 12, "mp4a", 4) == 0;
  walk->is_locked = memcmp (bytes + 12, "enca", 4) == 0 || memcmp (bytes + 12, "drms", 4) == 0;
}

static void
chorus_mp4_read_track (ChorusMp4Walk   *walk,
                       const ChorusBox *track)
{
  guint8 bytes[12] = { 0 };
  ChorusBox media;
  ChorusBox box;

  if (!chorus_mp4_find (walk, track, track->offset, "mdia", &media)
      || !chorus_mp4_find (walk, &media, media.offset, "hdlr", &box)
      || chorus_mp4_read (walk, &box, bytes, sizeof bytes) < sizeof bytes || memcmp (bytes + 8, "soun", 4) != 0)
    return;

  walk->n_sounds++;
  chorus_mp4_read_entry (walk, &media);
  if (chorus_mp4_find (walk, &media, media.offset, "mdhd", &box))
    chorus_mp4_read_header (walk, &box, &walk->media_scale, &walk->media_length);

  if (chorus_mp4_find (walk, track, track->offset, "edts", &box)
      && chorus_mp4_find (walk, &box, box.offset, "elst", &box))
    chorus_mp4_read_edits (walk, &box);
}

/* The text of the tag is a row of hexadecimal numbers: nothing, samples before, samples after, samples in between. */
static void
chorus_mp4_take_tag (ChorusDecoderTrim *trim,
                     const char        *text)
{
  guint64 numbers[4] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *end = NULL;

      numbers[i] = g_ascii_strtoull (text, &end, 16);
      if (end == text)
        return;
      text = end;
    }

  if (numbers[1] == 0 || numbers[1] > CHORUS_MP4_TRIM_MAX_PRIMING || numbers[3] == 0 || numbers[3] > G_MAXINT64)
    return;

  trim->is_known = TRUE;
  trim->start = numbers[1];
  trim->end = numbers[1] + numbers[3];
}

/* A tag with a name of its own: the boxes "mean", "name" and "data", the last two with 4 and 8 bytes before the text. */
static void
chorus_mp4_read_tag (ChorusMp4Walk     *walk,
                     const ChorusBox   *tag,
                     ChorusDecoderTrim *trim)
{
  guint8 bytes[CHORUS_MP4_TRIM_TAG_SIZE + 1] = { 0 };
  ChorusBox box;

  if (!chorus_mp4_find (walk, tag, tag->offset, "name", &box)
      || chorus_mp4_read (walk, &box, bytes, CHORUS_MP4_TRIM_TAG_SIZE) < 4
      || strcmp ((const char *) bytes + 4, "iTunSMPB") != 0)
    return;

  memset (bytes, 0, sizeof bytes);
  if (chorus_mp4_find (walk, tag, tag->offset, "data", &box)
      && chorus_mp4_read (walk, &box, bytes, CHORUS_MP4_TRIM_TAG_SIZE) > 8)
    chorus_mp4_take_tag (trim, (const char *) bytes + 8);
}

static void
chorus_mp4_read_tags (ChorusMp4Walk     *walk,
                      const ChorusBox   *movie,
                      ChorusDecoderTrim *trim)
{
  ChorusBoxReader reader;
  ChorusBox box;

  /* "meta" has four bytes of version and flags before the boxes in it. */
  if (!chorus_mp4_find (walk, movie, movie->offset, "udta", &box)
      || !chorus_mp4_find (walk, &box, box.offset, "meta", &box)
      || !chorus_mp4_find (walk, &box, box.offset + 4, "ilst", &box))
    return;

  chorus_box_reader_init (&reader, walk->file, box.offset, box.end);
  while (!walk->error && !trim->is_known && chorus_box_reader_find (&reader, "----", &box, &walk->error))
    chorus_mp4_read_tag (walk, &box, trim);
}

static void
chorus_mp4_take_edit (ChorusDecoderTrim   *trim,
                      const ChorusMp4Walk *walk)
{
  double length = (double) walk->edit_length / walk->movie_scale * walk->media_scale;
  double tick = ceil ((double) walk->media_scale / walk->movie_scale);
  double end = (double) walk->edit_start + length;

  trim->is_known = TRUE;
  trim->timescale = walk->media_scale;
  trim->start = walk->edit_start;
  trim->edits = walk->edits + 4;
  trim->edits_size = walk->edits_size;

  /* Fragmented files say 0. The clock of the movie is often coarser than that of the sound. */
  if (walk->edit_length == 0)
    return;
  if (fabs (end - (double) walk->media_length) <= tick)
    trim->end = walk->media_length;
  else if (end < (double) G_MAXINT64)
    trim->end = (guint64) llround (end);
}

gboolean
chorus_mp4_trim_read (ChorusDecoderTrim      *trim,
                      const ChorusAudioFile  *file,
                      GError                **error)
{
  ChorusMp4Walk walk = { .file = file, .edits = -1 };
  guint64 movie_length = 0;
  ChorusBoxReader reader;
  ChorusBox movie;
  ChorusBox box;

  chorus_box_reader_init (&reader, file, 0, chorus_audio_file_get_size (file));
  if (chorus_box_reader_next (&reader, &box, &walk.error) && strcmp (box.type, "ftyp") == 0
      && chorus_box_reader_find (&reader, "moov", &movie, &walk.error))
    {
      chorus_box_reader_init (&reader, file, movie.offset, movie.end);
      while (!walk.error && chorus_box_reader_next (&reader, &box, &walk.error))
        {
          if (strcmp (box.type, "mvhd") == 0)
            chorus_mp4_read_header (&walk, &box, &walk.movie_scale, &movie_length);
          else if (strcmp (box.type, "trak") == 0)
            chorus_mp4_read_track (&walk, &box);
        }

      trim->is_locked = walk.n_sounds == 1 && walk.is_locked;

      /* Of several sounds it is not known here which one GStreamer decodes. */
      if (walk.n_sounds == 1 && walk.is_aac && walk.has_edit && walk.movie_scale > 0 && walk.media_scale > 0)
        chorus_mp4_take_edit (trim, &walk);
      else if (walk.n_sounds == 1 && walk.is_aac && walk.edits < 0)
        chorus_mp4_read_tags (&walk, &movie, trim);
    }

  if (walk.error)
    {
      g_propagate_error (error, walk.error);
      return FALSE;
    }

  return TRUE;
}
