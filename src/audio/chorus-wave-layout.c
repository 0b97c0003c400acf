/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-wave-layout.h"

#include <math.h>
#include <string.h>

#include "chorus-chunk-reader.h"
#include "chorus-pcm-header-private.h"
#include "chorus-recorder-chunk.h"

/* What is kept of a file beside its format and its samples, in bytes. */
#define CHORUS_WAVE_LAYOUT_MAX_METADATA (1024 * 1024)

/* The longest format chunk: the 18 bytes of WAVEFORMATEX and as many more as it can announce. */
#define CHORUS_WAVE_LAYOUT_MAX_FORMAT (18 + 65535)

/* Seconds; no time of a longer recording is moved. */
#define CHORUS_WAVE_LAYOUT_MAX_DURATION 1e9

/* How far the size of the whole may be beyond the file: writers that count its own header in are harmless. */
#define CHORUS_WAVE_LAYOUT_SIZE_SLACK 8

typedef struct
{
  char id[5];
  gboolean follows; /* comes after the samples */
  gboolean adapted; /* is true of the part as it is */
  GBytes *contents;
} ChorusWaveLayoutChunk;

struct _ChorusWaveLayout
{
  ChorusPcmHeader header;
  GBytes *format;
  GArray *chunks; /* of ChorusWaveLayoutChunk, in order */
  gsize metadata_size;
  gboolean regular;
};

static void
chorus_wave_layout_chunk_clear (gpointer data)
{
  ChorusWaveLayoutChunk *chunk = data;

  g_bytes_unref (chunk->contents);
}

static ChorusWaveLayout *
chorus_wave_layout_alloc (void)
{
  ChorusWaveLayout *self = g_new0 (ChorusWaveLayout, 1);

  self->chunks = g_array_new (FALSE, FALSE, sizeof (ChorusWaveLayoutChunk));
  g_array_set_clear_func (self->chunks, chorus_wave_layout_chunk_clear);

  return self;
}

void
chorus_wave_layout_free (ChorusWaveLayout *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->format, g_bytes_unref);
  g_array_unref (self->chunks);
  g_free (self);
}

static void
chorus_wave_layout_add_16 (GByteArray *bytes,
                           guint       value)
{
  guint8 le[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, le, sizeof le);
}

static void
chorus_wave_layout_add_32 (GByteArray *bytes,
                           guint32     value)
{
  chorus_wave_layout_add_16 (bytes, value & 0xffff);
  chorus_wave_layout_add_16 (bytes, value >> 16);
}

static void
chorus_wave_layout_add_64 (GByteArray *bytes,
                           guint64     value)
{
  chorus_wave_layout_add_32 (bytes, (guint32) value);
  chorus_wave_layout_add_32 (bytes, (guint32) (value >> 32));
}

static void
chorus_wave_layout_add_head (GByteArray *bytes,
                             const char *id,
                             guint64     size)
{
  g_byte_array_append (bytes, (const guint8 *) id, 4);
  chorus_wave_layout_add_32 (bytes, (guint32) size);
}

static void
chorus_wave_layout_add_chunk (GByteArray *bytes,
                              const char *id,
                              GBytes     *contents)
{
  static const guint8 pad = 0;
  gsize size = g_bytes_get_size (contents);

  chorus_wave_layout_add_head (bytes, id, size);
  g_byte_array_append (bytes, g_bytes_get_data (contents, NULL), (guint) size);
  if (size % 2 == 1)
    g_byte_array_append (bytes, &pad, 1);
}

/* Keeps @contents as a chunk of the parts. */
static void
chorus_wave_layout_keep (ChorusWaveLayout *self,
                         const char       *id,
                         gboolean          follows,
                         GBytes           *contents)
{
  ChorusWaveLayoutChunk chunk = { .follows = follows, .contents = g_bytes_ref (contents) };

  memcpy (chunk.id, id, 4);
  g_array_append_val (self->chunks, chunk);
}

/* Describes samples that have no format chunk of their own. Plain PCM is understood by more readers than
 * WAVE_FORMAT_EXTENSIBLE; the other tags ask for an extension, here empty, and for the number of frames. */
static void
chorus_wave_layout_describe (ChorusWaveLayout *self)
{
  g_autoptr (GByteArray) format = g_byte_array_new ();
  g_autoptr (GBytes) fact = NULL;
  guint bytes = (guint) chorus_pcm_encoding_get_size (self->header.encoding);
  guint32 rate = (guint32) lround (self->header.sample_rate);
  guint frame_size = bytes * self->header.channels;
  guint tag = 1;

  if (self->header.encoding >= CHORUS_PCM_F32LE && self->header.encoding <= CHORUS_PCM_F64BE)
    tag = 3;
  else if (self->header.encoding == CHORUS_PCM_ALAW)
    tag = 6;
  else if (self->header.encoding == CHORUS_PCM_ULAW)
    tag = 7;

  chorus_wave_layout_add_16 (format, tag);
  chorus_wave_layout_add_16 (format, self->header.channels);
  chorus_wave_layout_add_32 (format, rate);
  chorus_wave_layout_add_32 (format, rate * frame_size);
  chorus_wave_layout_add_16 (format, frame_size);
  chorus_wave_layout_add_16 (format, 8 * bytes);
  if (tag != 1)
    {
      chorus_wave_layout_add_16 (format, 0);
      fact = g_bytes_new_static ("\0\0\0\0", 4);
      chorus_wave_layout_keep (self, "fact", FALSE, fact);
    }

  self->format = g_byte_array_free_to_bytes (g_steal_pointer (&format));
}

ChorusWaveLayout *
chorus_wave_layout_new_for_integers (guint sample_rate,
                                     guint channels,
                                     guint bits)
{
  ChorusWaveLayout *self = NULL;

  g_return_val_if_fail (bits == 16 || bits == 24, NULL);
  g_return_val_if_fail (channels > 0 && channels <= CHORUS_PCM_HEADER_MAX_CHANNELS, NULL);

  self = chorus_wave_layout_alloc ();
  self->header.kind = CHORUS_AUDIO_KIND_WAV;
  self->header.encoding = bits == 16 ? CHORUS_PCM_S16LE : CHORUS_PCM_S24LE;
  self->header.channels = channels;
  self->header.bits = bits;
  self->header.sample_rate = sample_rate;
  chorus_wave_layout_describe (self);

  return self;
}

static GBytes *
chorus_wave_layout_read_contents (const ChorusAudioFile  *file,
                                  const ChorusChunk      *chunk,
                                  gsize                   size,
                                  GError                **error)
{
  g_autofree guint8 *contents = g_malloc (MAX (size, 1));
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, chunk->offset, contents, size, &n_read, error))
    return NULL;
  if (n_read < size)
    {
      chorus_pcm_header_fail_damaged (file, error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&contents), size);
}

/* Whether a chunk is as true of a part as of the whole. Left out are filling, and what names places in the recording or
 * sums it up: cues and the lists and loops that belong to them, peaks, and the checksum of the samples. */
static gboolean
chorus_wave_layout_wants (const ChorusWaveLayout *self,
                          const char             *id)
{
  static const char left_out[][5] = { "fmt ", "data", "ds64", "cue ", "plst", "smpl", "r64m",
                                      "PEAK", "levl", "MD5 ", "JUNK", "junk", "FLLR", "PAD " };
  static const char known_to_wave64[][5] = { "bext", "fact", "guan", "iXML", "wamd" };

  /* The other chunks of Wave64 have contents of their own, or names that are no four characters. */
  if (self->header.kind == CHORUS_AUDIO_KIND_W64)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (known_to_wave64); i++)
        if (strcmp (id, known_to_wave64[i]) == 0)
          return TRUE;

      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (strcmp (id, left_out[i]) == 0)
      return FALSE;

  return TRUE;
}

static gboolean
chorus_wave_layout_take (ChorusWaveLayout       *self,
                         const ChorusAudioFile  *file,
                         const ChorusChunk      *chunk,
                         gboolean                follows,
                         GError                **error)
{
  g_autoptr (GBytes) contents = NULL;
  gsize cost = (gsize) MIN (chunk->size, G_MAXUINT32) + 9;

  if (!chorus_wave_layout_wants (self, chunk->id) || chunk->available < chunk->size
      || self->metadata_size + cost > CHORUS_WAVE_LAYOUT_MAX_METADATA)
    return TRUE;

  contents = chorus_wave_layout_read_contents (file, chunk, (gsize) chunk->size, error);
  if (!contents)
    return FALSE;

  /* The names of cues. */
  if (strcmp (chunk->id, "LIST") == 0 && chunk->size >= 4 && memcmp (g_bytes_get_data (contents, NULL), "adtl", 4) == 0)
    return TRUE;

  self->metadata_size += cost;
  chorus_wave_layout_keep (self, chunk->id, follows, contents);

  return TRUE;
}

/* What comes after the samples is a row of chunks, or nothing that can be told apart from a damaged disk. */
static gboolean
chorus_wave_layout_is_chunk (const ChorusChunk *chunk)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isprint (chunk->id[i]))
      return FALSE;

  return chunk->available == chunk->size;
}

/* The data size of an RF64 file is the second of the 64-bit numbers in its first chunk. */
static gboolean
chorus_wave_layout_read_ds64 (const ChorusAudioFile  *file,
                              const ChorusChunk      *chunk,
                              guint64                *data_size,
                              GError                **error)
{
  guint64 size = 0;
  gsize n_read = 0;

  if (chunk->available < 16)
    return TRUE;
  if (!chorus_audio_file_read (file, chunk->offset + 8, &size, sizeof size, &n_read, error))
    return FALSE;
  if (n_read == sizeof size)
    *data_size = GUINT64_FROM_LE (size);

  return TRUE;
}

/* Goes to where the samples end as the file states it. FALSE where that cannot be believed, and nothing follows. */
static gboolean
chorus_wave_layout_pass_data (ChorusWaveLayout      *self,
                              const ChorusAudioFile *file,
                              ChorusChunkReader     *reader,
                              const ChorusChunk     *data,
                              guint64                ds64_size)
{
  guint64 room = (guint64) (chorus_audio_file_get_size (file) - data->offset);

  if (data->size == 0 || self->header.truncated)
    return FALSE;
  if (data->size == data->available)
    return TRUE;
  if (self->header.kind == CHORUS_AUDIO_KIND_W64 || data->size != G_MAXUINT32 || ds64_size == 0 || ds64_size >= room)
    return FALSE;

  chorus_chunk_reader_init (reader, file, CHORUS_CHUNK_LAYOUT_RIFF,
                            data->offset + (goffset) ds64_size + (goffset) (ds64_size % 2));

  return TRUE;
}

/* Whether the sizes in a WAV file are those of what is there. */
static gboolean
chorus_wave_layout_sizes_fit (const ChorusAudioFile *file,
                              const ChorusChunk     *data,
                              guint32                riff_size)
{
  guint64 file_size = (guint64) chorus_audio_file_get_size (file);
  guint64 riff_end = (guint64) riff_size + 8;

  if (data->size == 0 || data->size == G_MAXUINT32 || data->available < data->size)
    return FALSE;

  return riff_end >= (guint64) data->offset + data->size && riff_end <= file_size + CHORUS_WAVE_LAYOUT_SIZE_SLACK;
}

static gboolean
chorus_wave_layout_read_format (ChorusWaveLayout       *self,
                                const ChorusAudioFile  *file,
                                const ChorusChunk      *chunk,
                                GError                **error)
{
  self->format =
    chorus_wave_layout_read_contents (file, chunk, (gsize) MIN (chunk->available, CHORUS_WAVE_LAYOUT_MAX_FORMAT),
                                      error);

  return self->format != NULL;
}

static gboolean
chorus_wave_layout_read_chunks (ChorusWaveLayout       *self,
                                const ChorusAudioFile  *file,
                                guint32                 riff_size,
                                GError                **error)
{
  gboolean is_wave64 = self->header.kind == CHORUS_AUDIO_KIND_W64;
  g_autoptr (GError) local_error = NULL;
  gboolean follows = FALSE;
  guint64 ds64_size = 0;
  goffset end = 0;
  ChorusChunkReader reader;
  ChorusChunk chunk;

  chorus_chunk_reader_init (&reader, file, is_wave64 ? CHORUS_CHUNK_LAYOUT_WAVE64 : CHORUS_CHUNK_LAYOUT_RIFF,
                            is_wave64 ? 40 : 12);
  while (chorus_chunk_reader_next (&reader, &chunk, &local_error))
    {
      if (follows && !is_wave64 && !chorus_wave_layout_is_chunk (&chunk))
        break;

      /* A chunk that begins right where one of odd size ends has lost its pad byte. */
      if (end % 2 == 1 && chunk.offset - 8 == end)
        self->regular = FALSE;
      end = chunk.offset + (goffset) chunk.available;

      if (!follows && chunk.offset == self->header.data_offset && strcmp (chunk.id, "data") == 0)
        {
          self->regular = self->regular && self->format && chorus_wave_layout_sizes_fit (file, &chunk, riff_size);
          follows = TRUE;
          if (!chorus_wave_layout_pass_data (self, file, &reader, &chunk, ds64_size))
            break;
        }
      else if (strcmp (chunk.id, "fmt ") == 0 && !self->format)
        {
          if (!chorus_wave_layout_read_format (self, file, &chunk, error))
            return FALSE;
        }
      else if (strcmp (chunk.id, "ds64") == 0 && !follows)
        {
          if (!chorus_wave_layout_read_ds64 (file, &chunk, &ds64_size, error))
            return FALSE;
        }
      else if (!chorus_wave_layout_take (self, file, &chunk, follows, error))
        return FALSE;
    }

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return self->format ? TRUE : chorus_pcm_header_fail_damaged (file, error);
}

ChorusWaveLayout *
chorus_wave_layout_read (const ChorusAudioFile  *file,
                         ChorusAudioKind         kind,
                         GError                **error)
{
  g_autoptr (ChorusWaveLayout) self = chorus_wave_layout_alloc ();
  guint32 riff_size = 0;
  gsize n_read = 0;

  if (!chorus_pcm_header_read (&self->header, file, kind, error))
    return NULL;

  if (kind == CHORUS_AUDIO_KIND_AIFF)
    {
      chorus_wave_layout_describe (self);
      return g_steal_pointer (&self);
    }

  if (!chorus_audio_file_read (file, 4, &riff_size, sizeof riff_size, &n_read, error))
    return NULL;

  self->regular = kind == CHORUS_AUDIO_KIND_WAV && n_read == sizeof riff_size;
  if (!chorus_wave_layout_read_chunks (self, file, GUINT32_FROM_LE (riff_size), error))
    return NULL;

  return g_steal_pointer (&self);
}

const ChorusPcmHeader *
chorus_wave_layout_get_header (const ChorusWaveLayout *self)
{
  return &self->header;
}

gsize
chorus_wave_layout_get_frame_size (const ChorusWaveLayout *self)
{
  return self->header.channels * chorus_pcm_encoding_get_size (self->header.encoding);
}

gboolean
chorus_wave_layout_is_regular (const ChorusWaveLayout *self)
{
  return self->regular;
}

GBytes *
chorus_wave_layout_get_chunk (const ChorusWaveLayout *self,
                              const char             *id)
{
  for (guint i = 0; i < self->chunks->len; i++)
    {
      const ChorusWaveLayoutChunk *chunk = &g_array_index (self->chunks, ChorusWaveLayoutChunk, i);

      if (strcmp (chunk->id, id) == 0)
        return chunk->contents;
    }

  return NULL;
}

void
chorus_wave_layout_set_chunk (ChorusWaveLayout *self,
                              const char       *id,
                              GBytes           *contents)
{
  for (guint i = self->chunks->len; i > 0; i--)
    if (strcmp (g_array_index (self->chunks, ChorusWaveLayoutChunk, i - 1).id, id) == 0)
      g_array_remove_index (self->chunks, i - 1);

  chorus_wave_layout_keep (self, id, TRUE, contents);
  g_array_index (self->chunks, ChorusWaveLayoutChunk, self->chunks->len - 1).adapted = TRUE;
}

/* The contents of a chunk as they are true of a part. */
static GBytes *
chorus_wave_layout_adapt (const ChorusWaveLayout      *self,
                          const ChorusWaveLayoutChunk *chunk,
                          guint64                      first_frame,
                          guint64                      n_frames)
{
  double rate = self->header.sample_rate;
  gsize size = 0;
  const guint8 *contents = g_bytes_get_data (chunk->contents, &size);

  if (chunk->adapted)
    return g_bytes_ref (chunk->contents);

  /* The number of frames, where there are fewer than 2^32. */
  if (strcmp (chunk->id, "fact") == 0 && size >= 4)
    {
      g_autofree guint8 *fact = g_memdup2 (contents, size);
      guint32 count = GUINT32_TO_LE ((guint32) MIN (n_frames, G_MAXUINT32));

      memcpy (fact, &count, sizeof count);
      return g_bytes_new_take (g_steal_pointer (&fact), size);
    }

  if ((first_frame == 0 && n_frames == self->header.n_frames)
      || (double) (first_frame + n_frames) / rate > CHORUS_WAVE_LAYOUT_MAX_DURATION)
    return g_bytes_ref (chunk->contents);

  return chorus_recorder_chunk_move_time (chunk->id, chunk->contents, (double) first_frame / rate,
                                          (double) n_frames / rate, rate);
}

/* The head of RF64, whose sizes are in a chunk of their own (EBU Tech 3306). @n_inside is what follows the "WAVE" there. */
static void
chorus_wave_layout_add_large (GByteArray *bytes,
                              guint64     n_inside,
                              guint64     n_data,
                              guint64     n_frames)
{
  const guint32 size = 28; /* three numbers and the length of an empty table */

  chorus_wave_layout_add_head (bytes, "RF64", G_MAXUINT32);
  g_byte_array_append (bytes, (const guint8 *) "WAVE", 4);
  chorus_wave_layout_add_head (bytes, "ds64", size);
  chorus_wave_layout_add_64 (bytes, 4 + 8 + size + n_inside);
  chorus_wave_layout_add_64 (bytes, n_data);
  chorus_wave_layout_add_64 (bytes, n_frames);
  chorus_wave_layout_add_32 (bytes, 0);
}

void
chorus_wave_layout_build (const ChorusWaveLayout  *self,
                          guint64                  first_frame,
                          guint64                  n_frames,
                          GBytes                 **head,
                          GBytes                 **tail)
{
  guint64 n_bytes = n_frames * chorus_wave_layout_get_frame_size (self);
  g_autoptr (GByteArray) before = g_byte_array_new ();
  g_autoptr (GByteArray) after = g_byte_array_new ();
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint64 n_inside = 0;
  gboolean large = FALSE;

  if (n_bytes % 2 == 1)
    g_byte_array_append (after, (const guint8 *) "", 1);

  chorus_wave_layout_add_chunk (before, "fmt ", self->format);
  for (guint i = 0; i < self->chunks->len; i++)
    {
      const ChorusWaveLayoutChunk *chunk = &g_array_index (self->chunks, ChorusWaveLayoutChunk, i);
      g_autoptr (GBytes) contents = chorus_wave_layout_adapt (self, chunk, first_frame, n_frames);

      chorus_wave_layout_add_chunk (chunk->follows ? after : before, chunk->id, contents);
    }

  n_inside = before->len + 8 + n_bytes + after->len;
  large = 4 + n_inside > G_MAXUINT32;
  chorus_wave_layout_add_head (before, "data", large ? G_MAXUINT32 : n_bytes);
  if (large)
    chorus_wave_layout_add_large (whole, n_inside, n_bytes, n_frames);
  else
    {
      chorus_wave_layout_add_head (whole, "RIFF", 4 + n_inside);
      g_byte_array_append (whole, (const guint8 *) "WAVE", 4);
    }
  g_byte_array_append (whole, before->data, before->len);

  *head = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  *tail = g_byte_array_free_to_bytes (g_steal_pointer (&after));
}

guint64
chorus_wave_layout_measure (const ChorusWaveLayout *self,
                            guint64                 first_frame,
                            guint64                 n_frames)
{
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) tail = NULL;

  chorus_wave_layout_build (self, first_frame, n_frames, &head, &tail);

  return g_bytes_get_size (head) + n_frames * chorus_wave_layout_get_frame_size (self) + g_bytes_get_size (tail);
}
