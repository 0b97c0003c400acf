/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-magic.h"

#include <string.h>

#include <glib/gi18n.h>

#include "chorus-audio-error.h"
#include "chorus-box-reader.h"
#include "chorus-chunk-reader.h"
#include "chorus-mpeg-frame.h"

/* Enough for any signature, and for what is needed to call something text. */
#define CHORUS_AUDIO_MAGIC_SIZE 4096

typedef struct
{
  const char *bytes;
  guint offset;
  guint length;
  ChorusAudioKind kind;
} ChorusAudioMagic;

static const ChorusAudioMagic chorus_audio_magics[] = {
  { "riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 0, 16, CHORUS_AUDIO_KIND_W64 },
  { "fLaC", 0, 4, CHORUS_AUDIO_KIND_FLAC },
  { "OggS", 0, 4, CHORUS_AUDIO_KIND_OGG },
  { "wvpk", 0, 4, CHORUS_AUDIO_KIND_OTHER },
  { "TTA1", 0, 4, CHORUS_AUDIO_KIND_OTHER },
  { "MAC ", 0, 4, CHORUS_AUDIO_KIND_OTHER },
  { "caff\0\1", 0, 6, CHORUS_AUDIO_KIND_OTHER },
  { ".snd\0", 0, 5, CHORUS_AUDIO_KIND_OTHER },
  { "#!AMR", 0, 5, CHORUS_AUDIO_KIND_OTHER },
  { "\x30\x26\xb2\x75\x8e\x66\xcf\x11", 0, 8, CHORUS_AUDIO_KIND_OTHER },
};

/* Things that are not audio and are found among recordings often enough to be called by their name. */
static const struct
{
  const char *bytes;
  guint offset;
  guint length;
  const char *noun;
} chorus_audio_strangers[] = {
  { "\x89PNG\r\n\x1a\n", 0, 8, N_("a picture") },
  { "\xff\xd8\xff", 0, 3, N_("a picture") },
  { "GIF8", 0, 4, N_("a picture") },
  { "II*\0", 0, 4, N_("a picture") },
  { "MM\0*", 0, 4, N_("a picture") },
  { "%PDF", 0, 4, N_("a PDF document") },
  { "PK\3\4", 0, 4, N_("an archive or an office document") },
  { "\x1f\x8b", 0, 2, N_("an archive") },
  { "7z\xbc\xaf\x27\x1c", 0, 6, N_("an archive") },
  { "Rar!", 0, 4, N_("an archive") },
  { "SQLite format 3", 0, 16, N_("a database") },
  { "\x7f"
    "ELF",
    0, 4, N_("a program") },
  { "MThd", 0, 4, N_("a list of notes (MIDI)") },
};

gboolean
chorus_audio_kind_is_pcm (ChorusAudioKind kind)
{
  return kind == CHORUS_AUDIO_KIND_WAV || kind == CHORUS_AUDIO_KIND_RF64 || kind == CHORUS_AUDIO_KIND_W64
         || kind == CHORUS_AUDIO_KIND_AIFF;
}

static gboolean
chorus_audio_magic_matches (const guint8 *head,
                            gsize         size,
                            const char   *bytes,
                            guint         offset,
                            guint         length)
{
  return size >= offset + length && memcmp (head + offset, bytes, length) == 0;
}

static gboolean
chorus_audio_magic_fail_noun (const ChorusAudioFile  *file,
                              const char             *noun,
                              GError                **error)
{
  /* Translators: the first %s is a file name, the second what the file is instead, such as “a picture”. */
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO, _("“%s” is not audio: it is %s."),
               chorus_audio_file_get_name (file), noun);

  return FALSE;
}

static gboolean
chorus_audio_magic_fail_cut_off (const ChorusAudioFile  *file,
                                 GError                **error)
{
  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED,
               _("“%s” was cut off before any sound was written: copy it again if the original is longer."),
               chorus_audio_file_get_name (file));

  return FALSE;
}

/* A video, whose sound can be heard. Without the list of its samples GStreamer 1.22 may wait for ever, as it does for a
 * movie box. */
static gboolean
chorus_audio_magic_identify_avi (const ChorusAudioFile  *file,
                                 ChorusAudioKind        *kind,
                                 GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  ChorusChunkReader reader;
  ChorusChunk chunk;

  *kind = CHORUS_AUDIO_KIND_OTHER;
  chorus_chunk_reader_init (&reader, file, CHORUS_CHUNK_LAYOUT_RIFF, 12);
  while (chorus_chunk_reader_next (&reader, &chunk, &local_error))
    {
      char type[4] = { 0 };
      gsize n_read = 0;

      if (!chorus_audio_file_read (file, chunk.offset, type, sizeof type, &n_read, &local_error))
        break;
      if (strcmp (chunk.id, "LIST") == 0 && memcmp (type, "movi", 4) == 0)
        return TRUE;
    }

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return chorus_audio_magic_fail_cut_off (file, error);
}

/* RIFF and IFF hold many things; the four characters after the size say which. */
static gboolean
chorus_audio_magic_identify_chunked (const ChorusAudioFile  *file,
                                     const guint8           *head,
                                     gsize                   size,
                                     ChorusAudioKind        *kind,
                                     GError                **error)
{
  const guint8 *form = head + 8;

  if (size < 12)
    return chorus_audio_magic_fail_cut_off (file, error);

  if (memcmp (form, "WAVE", 4) == 0 && memcmp (head, "RIFF", 4) == 0)
    *kind = CHORUS_AUDIO_KIND_WAV;
  else if (memcmp (form, "WAVE", 4) == 0 && (memcmp (head, "RF64", 4) == 0 || memcmp (head, "BW64", 4) == 0))
    *kind = CHORUS_AUDIO_KIND_RF64;
  else if (memcmp (head, "FORM", 4) == 0 && (memcmp (form, "AIFF", 4) == 0 || memcmp (form, "AIFC", 4) == 0))
    *kind = CHORUS_AUDIO_KIND_AIFF;
  else if (memcmp (form, "AVI ", 4) == 0)
    return chorus_audio_magic_identify_avi (file, kind, error);
  else if (memcmp (form, "WEBP", 4) == 0)
    return chorus_audio_magic_fail_noun (file, _("a picture"), error);
  else
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO, _("“%s” is not audio that is known here."),
                   chorus_audio_file_get_name (file));
      return FALSE;
    }

  return TRUE;
}

/* Whether there is a movie box, without which nothing in the file can be found. Recorders write it last, so that a cut
 * or interrupted file has none; and GStreamer 1.22 may then wait for ever, since decodebin drops an error that comes
 * while it still connects the demultiplexer. */
static gboolean
chorus_audio_magic_find_movie (const ChorusAudioFile  *file,
                               gboolean               *found,
                               GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  ChorusBoxReader reader;
  ChorusBox box;

  chorus_box_reader_init (&reader, file, 0, chorus_audio_file_get_size (file));
  *found = chorus_box_reader_find (&reader, "moov", &box, &local_error);
  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* The brand of an ISO base media file says what family it belongs to. */
static gboolean
chorus_audio_magic_identify_iso (const ChorusAudioFile  *file,
                                 const guint8           *head,
                                 ChorusAudioKind        *kind,
                                 GError                **error)
{
  static const char pictures[][5] = { "heic", "heix", "mif1", "avif" };
  const guint8 *brand = head + 8;
  gboolean has_movie = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (memcmp (brand, pictures[i], 4) == 0)
      return chorus_audio_magic_fail_noun (file, _("a picture"), error);

  if (!chorus_audio_magic_find_movie (file, &has_movie, error))
    return FALSE;
  if (!has_movie)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_TRUNCATED,
                   _("“%s” was cut off: its end, which says where the sound is, is missing. Copy it again if the "
                      "original is longer."),
                   chorus_audio_file_get_name (file));
      return FALSE;
    }

  if (memcmp (brand, "qt  ", 4) == 0 || memcmp (brand, "3g", 2) == 0)
    *kind = CHORUS_AUDIO_KIND_OTHER;
  else
    *kind = CHORUS_AUDIO_KIND_M4A;

  return TRUE;
}

/* Whether the DocType element of an EBML header (RFC 8794) within the first bytes says "webm"; Matroska says so. */
static gboolean
chorus_audio_magic_is_webm (const guint8 *head,
                            gsize         size)
{
  static const guint8 doc_type[] = { 0x42, 0x82, 0x84, 'w', 'e', 'b', 'm' };

  for (gsize i = 4; i + sizeof doc_type <= MIN (size, 64); i++)
    if (memcmp (head + i, doc_type, sizeof doc_type) == 0)
      return TRUE;

  return FALSE;
}

/* Looks for audio without a container. Sets @found to FALSE where there is none. */
static gboolean
chorus_audio_magic_find_stream (const ChorusAudioFile  *file,
                                ChorusAudioKind        *kind,
                                gboolean               *found,
                                GError                **error)
{
  guint8 bytes[7];
  ChorusMpegFrame frame;
  goffset offset = 0;
  gsize n_read = 0;

  *found = FALSE;
  if (!chorus_mpeg_frame_skip_tags (file, &offset, error)
      || !chorus_audio_file_read (file, offset, bytes, sizeof bytes, &n_read, error))
    return FALSE;

  if (chorus_audio_magic_matches (bytes, n_read, "fLaC", 0, 4))
    {
      *kind = CHORUS_AUDIO_KIND_FLAC;
      *found = TRUE;
      return TRUE;
    }

  /* AAC in ADTS frames: a sync word of twelve bits, layer 0, and a sampling frequency that exists. */
  if (n_read == sizeof bytes && bytes[0] == 0xff && (bytes[1] & 0xf6) == 0xf0 && ((bytes[2] >> 2) & 15) < 13)
    {
      *kind = CHORUS_AUDIO_KIND_OTHER;
      *found = TRUE;
      return TRUE;
    }

  if (!chorus_mpeg_frame_find (&frame, file, offset, error))
    return FALSE;

  *found = frame.length > 0;
  *kind = frame.layer == 3 ? CHORUS_AUDIO_KIND_MP3 : CHORUS_AUDIO_KIND_OTHER;

  return TRUE;
}

static gboolean
chorus_audio_magic_is_text (const guint8 *head,
                            gsize         size)
{
  const char *end = NULL;
  gsize n_high = 0;

  if (chorus_audio_magic_matches (head, size, "\xff\xfe", 0, 2)
      || chorus_audio_magic_matches (head, size, "\xfe\xff", 0, 2))
    return size % 2 == 0 && memchr (head, 0, size) != NULL && size > 2;

  for (gsize i = 0; i < size; i++)
    {
      if ((head[i] < 0x20 && !g_ascii_isspace (head[i]) && head[i] != 0x1b) || head[i] == 0x7f)
        return FALSE;
      n_high += head[i] >= 0x80;
    }

  if (g_utf8_validate ((const char *) head, (gssize) size, &end))
    return TRUE;

  /* The last character may be cut by the end of what was read; or it is an older encoding of a Western language. */
  return (size == CHORUS_AUDIO_MAGIC_SIZE && (const guint8 *) end + 4 > head + size) || n_high * 10 < size;
}

static gboolean
chorus_audio_magic_is_playlist (const guint8 *head,
                                gsize         size)
{
  const char *text = (const char *) head;

  if (chorus_audio_magic_matches (head, size, "\xef\xbb\xbf", 0, 3))
    {
      text += 3;
      size -= 3;
    }

  return (size >= 7 && g_ascii_strncasecmp (text, "#EXTM3U", 7) == 0)
         || (size >= 10 && g_ascii_strncasecmp (text, "[playlist]", 10) == 0);
}

static gboolean
chorus_audio_magic_fail_stranger (const ChorusAudioFile  *file,
                                  const guint8           *head,
                                  gsize                   size,
                                  GError                **error)
{
  gboolean all_zero = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (chorus_audio_strangers); i++)
    if (chorus_audio_magic_matches (head, size, chorus_audio_strangers[i].bytes, chorus_audio_strangers[i].offset,
                                    chorus_audio_strangers[i].length))
      return chorus_audio_magic_fail_noun (file, _(chorus_audio_strangers[i].noun), error);

  if (chorus_audio_magic_is_playlist (head, size))
    return chorus_audio_magic_fail_noun (file, _("a playlist"), error);

  if (chorus_audio_magic_is_text (head, size))
    return chorus_audio_magic_fail_noun (file, _("a text file"), error);

  for (gsize i = 0; i < size && all_zero; i++)
    all_zero = head[i] == 0;
  if (all_zero)
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO,
                   _("“%s” is not audio: it begins with nothing but zeros, as a failing memory card leaves it."),
                   chorus_audio_file_get_name (file));
      return FALSE;
    }

  g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_NOT_AUDIO,
               _("“%s” is not audio: it begins like no audio format known here."), chorus_audio_file_get_name (file));

  return FALSE;
}

gboolean
chorus_audio_magic_identify (const ChorusAudioFile  *file,
                             ChorusAudioKind        *kind,
                             GError                **error)
{
  static const char chunked[][5] = { "RIFF", "RF64", "BW64", "FORM" };
  guint8 head[CHORUS_AUDIO_MAGIC_SIZE];
  gboolean found = FALSE;
  gsize size = 0;

  if (!chorus_audio_file_read (file, 0, head, sizeof head, &size, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (chunked); i++)
    if (chorus_audio_magic_matches (head, size, chunked[i], 0, 4))
      return chorus_audio_magic_identify_chunked (file, head, size, kind, error);

  for (gsize i = 0; i < G_N_ELEMENTS (chorus_audio_magics); i++)
    if (chorus_audio_magic_matches (head, size, chorus_audio_magics[i].bytes, chorus_audio_magics[i].offset,
                                    chorus_audio_magics[i].length))
      {
        *kind = chorus_audio_magics[i].kind;
        return TRUE;
      }

  if (chorus_audio_magic_matches (head, size, "ftyp", 4, 4) && size >= 12)
    return chorus_audio_magic_identify_iso (file, head, kind, error);

  if (chorus_audio_magic_matches (head, size, "\x1a\x45\xdf\xa3", 0, 4))
    {
      *kind = chorus_audio_magic_is_webm (head, size) ? CHORUS_AUDIO_KIND_WEBM : CHORUS_AUDIO_KIND_OTHER;
      return TRUE;
    }

  if (chorus_audio_magic_matches (head, size, "WAAC", 0, 4))
    {
      g_set_error (error, CHORUS_AUDIO_ERROR, CHORUS_AUDIO_ERROR_UNSUPPORTED,
                   _("“%s” is a Wildlife Acoustics WAC file: convert it to WAV with Kaleidoscope and add that."),
                   chorus_audio_file_get_name (file));
      return FALSE;
    }

  /* Text is settled before frames are searched for: a long one may well hold something that looks like a frame. */
  if (!chorus_audio_magic_matches (head, size, "ID3", 0, 3) && chorus_audio_magic_is_text (head, size))
    return chorus_audio_magic_fail_stranger (file, head, size, error);

  if (!chorus_audio_magic_find_stream (file, kind, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  return chorus_audio_magic_fail_stranger (file, head, size, error);
}
