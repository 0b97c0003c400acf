/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-reader.h"

#include "audio/chorus-audio-error.h"
#include "audio/chorus-audio-file.h"
#include "audio/chorus-wave-stream.h"
#include "chorus-upload-error.h"
#include "chorus-upload-file.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ChorusUploadReader
{
  GFile *file;
  ChorusUploadMethod method;
  goffset size;
  gint64 modified;

  GFileInputStream *whole; /* of a file that is sent as it is, while it is read */

  /* Of a file that is cut, from the first part on. */
  ChorusAudioFile *audio;
  ChorusWaveStream *samples;

  /* The part: what comes before its samples, and what comes after them. */
  GBytes *head;
  GBytes *tail;
  goffset length;
  goffset position;
};

ChorusUploadReader *
chorus_upload_reader_new (GFile              *file,
                          ChorusUploadMethod  method,
                          goffset             size,
                          gint64              modified)
{
  ChorusUploadReader *self = g_new0 (ChorusUploadReader, 1);

  self->file = g_object_ref (file);
  self->method = method;
  self->size = size;
  self->modified = modified;

  return self;
}

void
chorus_upload_reader_free (ChorusUploadReader *self)
{
  if (!self)
    return;

  g_clear_object (&self->whole);
  g_clear_pointer (&self->samples, chorus_wave_stream_free);
  g_clear_pointer (&self->audio, chorus_audio_file_free);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->tail, g_bytes_unref);
  g_object_unref (self->file);
  g_free (self);
}

gboolean
chorus_upload_reader_fits (ChorusUploadReader *self,
                           GFile              *file,
                           ChorusUploadMethod  method,
                           goffset             size,
                           gint64              modified)
{
  return self->method == method && self->size == size && self->modified == modified && g_file_equal (self->file, file);
}

gboolean
chorus_upload_reader_is_decoding (ChorusUploadReader *self)
{
  return self->samples && chorus_wave_stream_is_decoded (self->samples);
}

static gboolean
chorus_upload_reader_fail_changed (ChorusUploadReader  *self,
                                   GError             **error)
{
  g_autofree char *name = chorus_upload_file_dup_name (self->file);

  /* Translators: “%s” is the name of a file. */
  g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED,
               _("“%s” has changed since it was checked: retry once nothing writes to it."), name);

  return FALSE;
}

/* What the audio reader says about a file is a sentence of its own, except about a disk, where ours says more. */
static gboolean
chorus_upload_reader_fail_unreadable (ChorusUploadReader  *self,
                                      const GError        *cause,
                                      GError             **error)
{
  if (cause->domain == CHORUS_AUDIO_ERROR && cause->code != CHORUS_AUDIO_ERROR_UNREADABLE)
    g_set_error_literal (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_UNREADABLE, cause->message);
  else
    chorus_upload_file_set_unreadable (error, self->file, cause);

  return FALSE;
}

/* Compares with what the file was. */
static gboolean
chorus_upload_reader_compare (ChorusUploadReader  *self,
                              GFileInfo           *info,
                              const GError        *cause,
                              GError             **error)
{
  if (!info)
    return chorus_upload_reader_fail_unreadable (self, cause, error);

  if (g_file_info_get_size (info) != self->size || chorus_upload_file_get_modified (info) != self->modified)
    return chorus_upload_reader_fail_changed (self, error);

  return TRUE;
}

/* Looks at the file that has the name now. A decoder opens it by that. */
static gboolean
chorus_upload_reader_verify_named (ChorusUploadReader  *self,
                                   GCancellable        *cancellable,
                                   GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (self->file, CHORUS_UPLOAD_FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &local_error);

  if (info && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_clear_object (&info);
      g_set_error_literal (&local_error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
    }

  return chorus_upload_reader_compare (self, info, local_error, error);
}

/* Looks at the file behind what is open, which a new file of the same name does not replace. */
static gboolean
chorus_upload_reader_verify (ChorusUploadReader  *self,
                             GCancellable        *cancellable,
                             GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (self->whole)
    {
      info = g_file_input_stream_query_info (self->whole, CHORUS_UPLOAD_FILE_ATTRIBUTES, cancellable, &local_error);
      return chorus_upload_reader_compare (self, info, local_error, error);
    }

  if (!chorus_audio_file_is_unchanged (self->audio, self->size, self->modified))
    return chorus_upload_reader_fail_changed (self, error);

  return !chorus_wave_stream_is_decoded (self->samples) || chorus_upload_reader_verify_named (self, cancellable, error);
}

static gboolean
chorus_upload_reader_begin_whole (ChorusUploadReader  *self,
                                  GCancellable        *cancellable,
                                  GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  g_clear_object (&self->whole);
  self->whole = g_file_read (self->file, cancellable, &local_error);
  if (!self->whole)
    return chorus_upload_reader_fail_unreadable (self, local_error, error);

  return chorus_upload_reader_verify (self, cancellable, error);
}

static gboolean
chorus_upload_reader_open (ChorusUploadReader  *self,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!chorus_upload_reader_verify_named (self, cancellable, error))
    return FALSE;

  g_clear_pointer (&self->audio, chorus_audio_file_free);
  self->audio = chorus_audio_file_open (self->file, &local_error);
  if (!self->audio)
    return chorus_upload_reader_fail_unreadable (self, local_error, error);

  /* Before anything in it is believed. */
  if (!chorus_audio_file_is_unchanged (self->audio, self->size, self->modified))
    return chorus_upload_reader_fail_changed (self, error);

  self->samples = chorus_wave_stream_open (self->audio, cancellable, &local_error);
  if (!self->samples)
    return chorus_upload_reader_fail_unreadable (self, local_error, error);

  return TRUE;
}

static gboolean
chorus_upload_reader_begin_part (ChorusUploadReader      *self,
                                 const ChorusUploadPart  *part,
                                 GCancellable            *cancellable,
                                 GError                 **error)
{
  g_autoptr (GError) local_error = NULL;
  const ChorusWaveLayout *layout = NULL;
  guint64 n_frames = 0;

  if (self->samples ? !chorus_upload_reader_verify (self, cancellable, error)
                    : !chorus_upload_reader_open (self, cancellable, error))
    return FALSE;

  /* First this, so that nothing below can overflow. How many frames a decoder gives is seen when they are read. */
  layout = chorus_wave_stream_get_layout (self->samples);
  n_frames =
    chorus_wave_stream_is_decoded (self->samples) ? G_MAXINT64 : chorus_wave_layout_get_header (layout)->n_frames;
  if (part->n_frames > G_MAXUINT32 / chorus_wave_layout_get_frame_size (layout) || part->first_frame > n_frames
      || part->n_frames > n_frames - part->first_frame)
    return chorus_upload_reader_fail_changed (self, error);

  chorus_wave_layout_build (layout, part->first_frame, part->n_frames, &self->head, &self->tail);
  if (chorus_wave_layout_measure (layout, part->first_frame, part->n_frames) != (guint64) part->size)
    return chorus_upload_reader_fail_changed (self, error);

  if (!chorus_wave_stream_go_to (self->samples, part->first_frame, cancellable, &local_error))
    return chorus_upload_reader_fail_unreadable (self, local_error, error);

  return TRUE;
}

gboolean
chorus_upload_reader_begin (ChorusUploadReader      *self,
                            const ChorusUploadPart  *part,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  self->position = 0;
  self->length = part->size;
  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->tail, g_bytes_unref);

  if (self->method != CHORUS_UPLOAD_METHOD_WHOLE)
    return chorus_upload_reader_begin_part (self, part, cancellable, error);

  if (part->size != self->size)
    return chorus_upload_reader_fail_changed (self, error);

  return chorus_upload_reader_begin_whole (self, cancellable, error);
}

/* Copies what of @bytes, which lie at @start of the part, comes at the position. */
static gsize
chorus_upload_reader_copy (ChorusUploadReader *self,
                           GBytes             *bytes,
                           goffset             start,
                           guint8             *buffer,
                           gsize               count)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize offset = (gsize) (self->position - start);
  gsize n = MIN (count, size - offset);

  memcpy (buffer, data + offset, n);

  return n;
}

/* Reads @count bytes, none of them beyond the end of the part. */
static gboolean
chorus_upload_reader_take (ChorusUploadReader  *self,
                           guint8              *buffer,
                           gsize                count,
                           GCancellable        *cancellable,
                           GError             **error)
{
  goffset first = self->head ? (goffset) g_bytes_get_size (self->head) : 0;
  goffset end = self->length - (self->tail ? (goffset) g_bytes_get_size (self->tail) : 0);

  while (count > 0)
    {
      g_autoptr (GError) local_error = NULL;
      gsize wanted = self->position < end ? (gsize) MIN ((goffset) count, end - self->position) : 0;
      gboolean read = TRUE;
      gsize n = 0;

      if (self->position < first)
        n = chorus_upload_reader_copy (self, self->head, 0, buffer, count);
      else if (self->position >= end)
        n = chorus_upload_reader_copy (self, self->tail, end, buffer, count);
      else if (self->whole)
        read = g_input_stream_read_all (G_INPUT_STREAM (self->whole), buffer, wanted, &n, cancellable, &local_error);
      else
        read = chorus_wave_stream_read (self->samples, buffer, wanted, &n, cancellable, &local_error);

      if (!read)
        return chorus_upload_reader_fail_unreadable (self, local_error, error);
      /* Less than there was. */
      if (n == 0)
        return chorus_upload_reader_fail_changed (self, error);

      self->position += (goffset) n;
      buffer += n;
      count -= n;
    }

  return TRUE;
}

gssize
chorus_upload_reader_read (ChorusUploadReader  *self,
                           guint8              *buffer,
                           gsize                count,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gsize n = (gsize) MIN ((goffset) count, self->length - self->position);

  if (!chorus_upload_reader_take (self, buffer, n, cancellable, error))
    return -1;

  if (self->position == self->length && n > 0 && !chorus_upload_reader_verify (self, cancellable, error))
    return -1;

  return (gssize) n;
}
