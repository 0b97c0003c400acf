/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"

G_BEGIN_DECLS

/**
 * ChorusChunkLayout:
 * @CHORUS_CHUNK_LAYOUT_RIFF: four characters and a little-endian 32-bit size; padded to even
 * @CHORUS_CHUNK_LAYOUT_IFF: four characters and a big-endian 32-bit size; padded to even
 * @CHORUS_CHUNK_LAYOUT_WAVE64: a GUID and a little-endian 64-bit size that counts these 24 bytes; padded to 8
 *
 * How the chunks of a container follow one another.
 */
typedef enum
{
  CHORUS_CHUNK_LAYOUT_RIFF,
  CHORUS_CHUNK_LAYOUT_IFF,
  CHORUS_CHUNK_LAYOUT_WAVE64,
} ChorusChunkLayout;

/**
 * ChorusChunk:
 * @id: four characters; for Wave64, those that its GUID begins with
 * @offset: where the contents begin in the file, in bytes
 * @size: the size of the contents as the file states it, in bytes; it may be wrong
 * @available: how much of @size the file really holds, in bytes
 *
 * One chunk of a container file.
 */
typedef struct
{
  char id[5];
  goffset offset;
  guint64 size;
  guint64 available;
} ChorusChunk;

/**
 * ChorusChunkReader:
 *
 * Walks over the chunks of a container, tolerant of what recorders are known to get wrong: a missing pad byte after an
 * odd chunk, and a size beyond the end of the file. To be kept on the stack.
 */
typedef struct
{
  /*< private >*/
  const ChorusAudioFile *file;
  ChorusChunkLayout layout;
  goffset next;
  guint n_chunks;
} ChorusChunkReader;

/**
 * chorus_chunk_reader_init:
 * @self: (out caller-allocates): a reader
 * @file: (transfer none): what to read; must outlive @self
 * @layout: how chunks are laid out
 * @offset: where the first chunk begins, in bytes
 *
 * Prepares @self for reading.
 */
void chorus_chunk_reader_init (ChorusChunkReader     *self,
                               const ChorusAudioFile *file,
                               ChorusChunkLayout      layout,
                               goffset                offset);

/**
 * chorus_chunk_reader_next:
 * @self: a reader
 * @chunk: (out): the chunk
 * @error: return location for an error
 *
 * Goes to the next chunk.
 *
 * Returns: %TRUE when there is one; %FALSE at the end, or with @error set when the file cannot be read
 */
gboolean chorus_chunk_reader_next (ChorusChunkReader  *self,
                                   ChorusChunk        *chunk,
                                   GError            **error);

/**
 * chorus_chunk_reader_measure_samples:
 * @self: a reader
 * @chunk: the chunk with the samples, the last that @self returned
 * @header_size: bytes of @chunk before the first sample
 * @unknown_size: whether the writer said that it did not know the size
 * @truncated: (out): whether samples are missing that the file promises
 * @error: return location for an error
 *
 * Decides how many bytes of samples there really are. A recorder that lost power leaves a size of 0 or one beyond the
 * end of the file; a writer to a pipe leaves the largest number there is; some count their own header as well.
 *
 * Returns: the number of bytes; 0 with @error set when the file cannot be read
 */
guint64 chorus_chunk_reader_measure_samples (const ChorusChunkReader  *self,
                                             const ChorusChunk        *chunk,
                                             guint64                   header_size,
                                             gboolean                  unknown_size,
                                             gboolean                 *truncated,
                                             GError                  **error);

G_END_DECLS
