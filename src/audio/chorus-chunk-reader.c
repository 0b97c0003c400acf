/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-chunk-reader.h"

#include <string.h>

/* A gigabyte of empty chunks would otherwise take minutes to walk over. */
#define CHORUS_CHUNK_READER_MAX_CHUNKS 4096

#define CHORUS_WAVE64_HEADER_SIZE 24

void
chorus_chunk_reader_init (ChorusChunkReader     *self,
                          const ChorusAudioFile *file,
                          ChorusChunkLayout      layout,
                          goffset                offset)
{
  g_return_if_fail (offset >= 0);

  self->file = file;
  self->layout = layout;
  self->next = offset;
  self->n_chunks = 0;
}

static gboolean
chorus_chunk_id_is_plausible (const guint8 *id)
{
  return g_ascii_isalnum (id[0]) && g_ascii_isprint (id[1]) && g_ascii_isprint (id[2]) && g_ascii_isprint (id[3]);
}

static gboolean
chorus_chunk_id_is_known (const guint8 *id)
{
  static const char known[][5] = {
    "fmt ", "data", "LIST", "fact", "bext", "iXML", "guan", "wamd", "JUNK", "junk", "FLLR",
    "PAD ", "ds64", "cue ", "smpl", "inst", "PEAK", "id3 ", "ID3 ", "axml", "chna", "COMM",
    "SSND", "FVER", "NAME", "AUTH", "ANNO", "MARK", "INST", "COMT", "CHAN", "APPL", "(c) ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (memcmp (id, known[i], 4) == 0)
      return TRUE;

  return FALSE;
}

/* Some recorders leave out the pad byte after a chunk of odd size, and the next chunk begins one byte early. The pad
 * byte is 0 nearly always, so anything else there that reads as a chunk is one, unless what follows reads better. */
static gboolean
chorus_chunk_reader_find_pad (const ChorusChunkReader  *self,
                              goffset                   end,
                              goffset                  *next,
                              GError                  **error)
{
  guint8 bytes[5];
  gsize n_read = 0;

  if (!chorus_audio_file_read (self->file, end, bytes, sizeof bytes, &n_read, error))
    return FALSE;

  *next = end + 1;
  if (n_read < sizeof bytes || !chorus_chunk_id_is_plausible (bytes))
    return TRUE;

  if (chorus_chunk_id_is_known (bytes) || !chorus_chunk_id_is_plausible (bytes + 1))
    *next = end;

  return TRUE;
}

static gboolean
chorus_chunk_reader_advance (ChorusChunkReader  *self,
                             const ChorusChunk  *chunk,
                             GError            **error)
{
  goffset end = chunk->offset + (goffset) chunk->available;

  if (chunk->available < chunk->size)
    self->next = chorus_audio_file_get_size (self->file);
  else if (self->layout == CHORUS_CHUNK_LAYOUT_WAVE64)
    self->next = end + (8 - end % 8) % 8;
  else if (chunk->size % 2 == 1)
    return chorus_chunk_reader_find_pad (self, end, &self->next, error);
  else
    self->next = end;

  return TRUE;
}

gboolean
chorus_chunk_reader_next (ChorusChunkReader  *self,
                          ChorusChunk        *chunk,
                          GError            **error)
{
  gsize header_size = self->layout == CHORUS_CHUNK_LAYOUT_WAVE64 ? CHORUS_WAVE64_HEADER_SIZE : 8;
  guint8 header[CHORUS_WAVE64_HEADER_SIZE];
  guint64 size_64;
  guint32 size_32;
  gsize n_read = 0;

  if (self->n_chunks == CHORUS_CHUNK_READER_MAX_CHUNKS || self->next >= chorus_audio_file_get_size (self->file))
    return FALSE;

  if (!chorus_audio_file_read (self->file, self->next, header, header_size, &n_read, error) || n_read < header_size)
    return FALSE;

  memset (chunk, 0, sizeof *chunk);
  memcpy (chunk->id, header, 4);
  chunk->offset = self->next + (goffset) header_size;

  switch (self->layout)
    {
    case CHORUS_CHUNK_LAYOUT_WAVE64:
      memcpy (&size_64, header + 16, sizeof size_64);
      chunk->size = GUINT64_FROM_LE (size_64);
      chunk->size -= MIN (chunk->size, CHORUS_WAVE64_HEADER_SIZE);
      break;

    case CHORUS_CHUNK_LAYOUT_IFF:
      memcpy (&size_32, header + 4, sizeof size_32);
      chunk->size = GUINT32_FROM_BE (size_32);
      break;

    case CHORUS_CHUNK_LAYOUT_RIFF:
    default:
      memcpy (&size_32, header + 4, sizeof size_32);
      chunk->size = GUINT32_FROM_LE (size_32);
      break;
    }

  /* The header was read in full, so the contents begin within the file or at its end; a file that grew meanwhile is
   * taken at the size it had. */
  chunk->available = (guint64) MAX (0, chorus_audio_file_get_size (self->file) - chunk->offset);
  chunk->available = MIN (chunk->available, chunk->size);
  self->n_chunks++;

  return chorus_chunk_reader_advance (self, chunk, error);
}

/* Whether what follows an empty chunk is a row of further chunks that ends where the file does, and not samples. */
static gboolean
chorus_chunk_reader_rest_is_chunks (const ChorusChunkReader  *self,
                                    gboolean                 *rest_is_chunks,
                                    GError                  **error)
{
  ChorusChunkReader reader = *self;
  goffset file_size = chorus_audio_file_get_size (self->file);
  g_autoptr (GError) local_error = NULL;
  ChorusChunk chunk;

  *rest_is_chunks = FALSE;
  while (chorus_chunk_reader_next (&reader, &chunk, &local_error))
    if (!chorus_chunk_id_is_plausible ((const guint8 *) chunk.id) || chunk.available < chunk.size)
      return TRUE;

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *rest_is_chunks = reader.next >= file_size && reader.n_chunks > self->n_chunks;

  return TRUE;
}

guint64
chorus_chunk_reader_measure_samples (const ChorusChunkReader  *self,
                                     const ChorusChunk        *chunk,
                                     guint64                   header_size,
                                     gboolean                  unknown_size,
                                     gboolean                 *truncated,
                                     GError                  **error)
{
  goffset first = chunk->offset + (goffset) header_size;
  goffset file_size = chorus_audio_file_get_size (self->file);
  guint64 room = (guint64) MAX (0, file_size - first);
  guint64 stated = chunk->size - MIN (chunk->size, header_size);

  *truncated = FALSE;
  if (unknown_size)
    return room;

  if (stated == 0)
    {
      gboolean rest_is_chunks = FALSE;

      if (room > 0 && !chorus_chunk_reader_rest_is_chunks (self, &rest_is_chunks, error))
        return 0;

      return rest_is_chunks ? 0 : room;
    }

  /* A size that is too large by the length of the header is a known mistake in counting and not a loss. */
  if (stated > room)
    *truncated = stated - room > (guint64) first;

  return MIN (stated, room);
}
