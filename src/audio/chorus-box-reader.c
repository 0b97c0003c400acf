/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-box-reader.h"

#include <string.h>

/* Fragmented recordings have two boxes for every few seconds, after the one that is looked for. */
#define CHORUS_BOX_READER_MAX_BOXES 1024

void
chorus_box_reader_init (ChorusBoxReader       *self,
                        const ChorusAudioFile *file,
                        goffset                offset,
                        goffset                end)
{
  self->file = file;
  self->next = offset;
  self->end = end;
  self->n_left = CHORUS_BOX_READER_MAX_BOXES;
}

gboolean
chorus_box_reader_next (ChorusBoxReader  *self,
                        ChorusBox        *box,
                        GError          **error)
{
  guint8 header[16] = { 0 };
  gsize header_size = 8;
  guint64 size_64;
  guint32 size_32;
  gsize n_read = 0;

  if (self->n_left == 0 || self->next >= self->end)
    return FALSE;
  self->n_left--;

  if (!chorus_audio_file_read (self->file, self->next, header, sizeof header, &n_read, error))
    return FALSE;

  memcpy (&size_32, header, sizeof size_32);
  memcpy (&size_64, header + 8, sizeof size_64);
  size_32 = GUINT32_FROM_BE (size_32);
  size_64 = GUINT64_FROM_BE (size_64);

  /* A size of 1 stands for a longer number behind the type, a size of 0 for the rest of the file. */
  if (size_32 == 1)
    header_size = 16;
  else
    size_64 = size_32 == 0 ? (guint64) (self->end - self->next) : size_32;
  if (n_read < header_size || size_64 < header_size || size_64 > (guint64) (self->end - self->next))
    return FALSE;

  *box = (ChorusBox){ .start = self->next, .offset = self->next + (goffset) header_size };
  memcpy (box->type, header + 4, 4);
  self->next += (goffset) size_64;
  box->end = self->next;

  return TRUE;
}

gboolean
chorus_box_reader_find (ChorusBoxReader  *self,
                        const char       *type,
                        ChorusBox        *box,
                        GError          **error)
{
  while (chorus_box_reader_next (self, box, error))
    if (memcmp (box->type, type, 4) == 0)
      return TRUE;

  return FALSE;
}
