/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recorder-metadata.h"

#include "chorus-chunk-reader.h"
#include "chorus-recorder-formats.h"

#include <string.h>

/* What is read of one chunk, and of all chunks of a file together. In bytes. */
#define CHORUS_RECORDER_METADATA_MAX_CHUNK (1024 * 1024)
#define CHORUS_RECORDER_METADATA_MAX_TOTAL (16 * 1024 * 1024)

/* In RF64 and BW64 the size in the chunk itself is this, and the real one is in the chunk "ds64". */
#define CHORUS_RECORDER_METADATA_SIZE_IN_DS64 G_MAXUINT32

typedef void (*ChorusRecorderReadFunc) (const guint8 *data, gsize size, ChorusRecorderFields *fields);

/* In order of trust. */
static const struct
{
  char id[5];
  ChorusRecorderReadFunc read;
} chorus_recorder_formats[] = {
  { "guan", chorus_guano_read },
  { "wamd", chorus_wamd_read },
  { "LIST", chorus_audiomoth_comment_read },
  { "bext", chorus_broadcast_chunk_read },
};

#define N_FORMATS G_N_ELEMENTS (chorus_recorder_formats)

typedef struct
{
  const ChorusAudioFile *file;
  ChorusRecorderFields fields[N_FORMATS];
  guint64 data_size; /* as "ds64" says, 0 where it does not */
  gsize n_read;
} ChorusRecorderWalk;

void
chorus_recorder_metadata_free (ChorusRecorderMetadata *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->times, g_ptr_array_unref);
  g_free (self->make);
  g_free (self->model);
  g_free (self->serial);
  g_free (self);
}

static gboolean
chorus_recorder_metadata_is_wave (const ChorusAudioFile  *file,
                                  gboolean               *is_wave,
                                  GError                **error)
{
  guint8 magic[12];
  gsize n_read = 0;

  if (!chorus_audio_file_read (file, 0, magic, sizeof magic, &n_read, error))
    return FALSE;

  *is_wave = n_read == sizeof magic && memcmp (magic + 8, "WAVE", 4) == 0
             && (memcmp (magic, "RIFF", 4) == 0 || memcmp (magic, "RF64", 4) == 0 || memcmp (magic, "BW64", 4) == 0);

  return TRUE;
}

static gboolean
chorus_recorder_metadata_read_chunk (ChorusRecorderWalk      *walk,
                                     const ChorusChunk       *chunk,
                                     ChorusRecorderReadFunc   read,
                                     ChorusRecorderFields    *fields,
                                     GError                 **error)
{
  gsize size = (gsize) MIN (chunk->available, CHORUS_RECORDER_METADATA_MAX_CHUNK);
  g_autofree guint8 *data = NULL;
  gsize n_read = 0;

  if (size == 0 || walk->n_read + size > CHORUS_RECORDER_METADATA_MAX_TOTAL)
    return TRUE;

  data = g_malloc (size);
  if (!chorus_audio_file_read (walk->file, chunk->offset, data, size, &n_read, error))
    return FALSE;
  walk->n_read += n_read;
  read (data, n_read, fields);

  return TRUE;
}

/* Remembers the size of the samples; where it is found in the wrong order it does no harm. */
static gboolean
chorus_recorder_metadata_read_ds64 (ChorusRecorderWalk  *walk,
                                    const ChorusChunk   *chunk,
                                    GError             **error)
{
  guint64 sizes[2] = { 0 };
  gsize n_read = 0;

  if (!chorus_audio_file_read (walk->file, chunk->offset, sizes, sizeof sizes, &n_read, error))
    return FALSE;
  if (n_read == sizeof sizes && chunk->available >= sizeof sizes)
    walk->data_size = GUINT64_FROM_LE (sizes[1]);

  return TRUE;
}

/* What does not begin with four printable characters is not a chunk, but samples after a size of 0 or one too small. */
static gboolean
chorus_recorder_metadata_is_chunk (const ChorusChunk *chunk)
{
  for (gsize i = 0; i < 4; i++)
    if (!g_ascii_isprint (chunk->id[i]))
      return FALSE;

  return TRUE;
}

/* Goes on after samples of more than 4 GiB, whose chunk does not say itself where it ends. */
static void
chorus_recorder_metadata_skip_data (const ChorusRecorderWalk *walk,
                                    const ChorusChunk        *chunk,
                                    ChorusChunkReader        *reader)
{
  guint64 room = (guint64) MAX (0, chorus_audio_file_get_size (walk->file) - chunk->offset);

  if (chunk->size == CHORUS_RECORDER_METADATA_SIZE_IN_DS64 && walk->data_size > 0 && walk->data_size < room)
    chorus_chunk_reader_init (reader, walk->file, CHORUS_CHUNK_LAYOUT_RIFF,
                              chunk->offset + (goffset) (walk->data_size + walk->data_size % 2));
}

static gboolean
chorus_recorder_metadata_walk (ChorusRecorderWalk  *walk,
                               GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean has_data = FALSE;
  ChorusChunkReader reader;
  ChorusChunk chunk;

  chorus_chunk_reader_init (&reader, walk->file, CHORUS_CHUNK_LAYOUT_RIFF, 12);
  while (chorus_chunk_reader_next (&reader, &chunk, &local_error) && chorus_recorder_metadata_is_chunk (&chunk))
    {
      if (strcmp (chunk.id, "ds64") == 0 && !chorus_recorder_metadata_read_ds64 (walk, &chunk, error))
        return FALSE;

      for (gsize i = 0; i < N_FORMATS; i++)
        if (strcmp (chunk.id, chorus_recorder_formats[i].id) == 0
            && !chorus_recorder_metadata_read_chunk (walk, &chunk, chorus_recorder_formats[i].read, &walk->fields[i],
                                                     error))
          return FALSE;

      if (strcmp (chunk.id, "data") == 0 && !has_data)
        {
          chorus_recorder_metadata_skip_data (walk, &chunk, &reader);
          has_data = TRUE;
        }
    }

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static void
chorus_recorder_metadata_merge (ChorusRecorderMetadata *self,
                                ChorusRecorderFields   *fields)
{
  if (fields->time)
    g_ptr_array_add (self->times, g_steal_pointer (&fields->time));
  if (!self->make)
    self->make = g_steal_pointer (&fields->make);
  if (!self->model)
    self->model = g_steal_pointer (&fields->model);
  if (!self->serial)
    self->serial = g_steal_pointer (&fields->serial);
  if (fields->time_expansion > self->time_expansion)
    self->time_expansion = fields->time_expansion;
  if (fields->has_position && !self->has_position)
    {
      self->has_position = TRUE;
      self->latitude = fields->latitude;
      self->longitude = fields->longitude;
    }
}

ChorusRecorderMetadata *
chorus_recorder_metadata_read (const ChorusAudioFile  *file,
                               GError                **error)
{
  g_autoptr (ChorusRecorderMetadata) self = NULL;
  ChorusRecorderWalk walk = { .file = file };
  gboolean is_wave = FALSE;
  gboolean success = FALSE;

  g_return_val_if_fail (file != NULL, NULL);

  if (!chorus_recorder_metadata_is_wave (file, &is_wave, error))
    return NULL;

  self = g_new0 (ChorusRecorderMetadata, 1);
  self->times = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_recording_time_free);
  self->time_expansion = 1;

  success = !is_wave || chorus_recorder_metadata_walk (&walk, error);
  for (gsize i = 0; i < N_FORMATS; i++)
    {
      if (success)
        chorus_recorder_metadata_merge (self, &walk.fields[i]);
      chorus_recorder_fields_clear (&walk.fields[i]);
    }

  return success ? g_steal_pointer (&self) : NULL;
}
