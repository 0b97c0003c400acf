/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-encoder.h"

#include "chorus-upload-error.h"
#include "chorus-upload-file.h"
#include "core/chorus-base64.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHORUS_UPLOAD_ENCODER_START "{\"files\":["
#define CHORUS_UPLOAD_ENCODER_SEPARATOR ","
#define CHORUS_UPLOAD_ENCODER_PREFIX "\"data:audio/%s;base64,"
#define CHORUS_UPLOAD_ENCODER_SUFFIX "\""
#define CHORUS_UPLOAD_ENCODER_END "]}"

/* Read at once, in bytes: a multiple of three, so that no base64 group spans two blocks, and large, because a file that
 * comes through the document portal costs a round trip for each read. Its encoding leaves room in a block for the few
 * characters before and after it. */
#define CHORUS_UPLOAD_ENCODER_READ (3 * 254 * 1024)

/* The longest name of a format. */
#define CHORUS_UPLOAD_ENCODER_FORMAT 16

G_STATIC_ASSERT (CHORUS_UPLOAD_ENCODER_READ % 3 == 0);
G_STATIC_ASSERT (CHORUS_UPLOAD_ENCODER_READ / 3 * 4 + 1024 <= CHORUS_UPLOAD_ENCODER_BLOCK);

typedef struct
{
  GFile *file;
  char *prefix;
  goffset size;
  gint64 modified;
} ChorusUploadPart;

struct _ChorusUploadEncoder
{
  GArray *parts; /* of ChorusUploadPart */
  goffset length;

  guint current;            /* the part that comes next or is being read */
  GFileInputStream *stream; /* of the current part, while it is being read */
  goffset n_read;           /* of the current part, in bytes */
  gboolean started;
  gboolean ended;
  guint8 *raw;
};

static void
chorus_upload_part_clear (gpointer data)
{
  ChorusUploadPart *part = data;

  g_clear_object (&part->file);
  g_clear_pointer (&part->prefix, g_free);
}

ChorusUploadEncoder *
chorus_upload_encoder_new (void)
{
  ChorusUploadEncoder *self = g_new0 (ChorusUploadEncoder, 1);

  self->parts = g_array_new (FALSE, TRUE, sizeof (ChorusUploadPart));
  g_array_set_clear_func (self->parts, chorus_upload_part_clear);
  self->length = strlen (CHORUS_UPLOAD_ENCODER_START CHORUS_UPLOAD_ENCODER_END);

  return self;
}

void
chorus_upload_encoder_free (ChorusUploadEncoder *self)
{
  if (!self)
    return;

  g_array_unref (self->parts);
  g_clear_object (&self->stream);
  g_free (self->raw);
  g_free (self);
}

goffset
chorus_upload_encoder_get_length (ChorusUploadEncoder *self)
{
  return self->length;
}

guint
chorus_upload_encoder_get_n_files (ChorusUploadEncoder *self)
{
  return self->parts->len;
}

void
chorus_upload_encoder_add_file (ChorusUploadEncoder *self,
                                GFile               *file,
                                const char          *format,
                                goffset              size,
                                gint64               modified)
{
  ChorusUploadPart part = { 0 };

  g_return_if_fail (!self->started);
  g_return_if_fail (size >= 0 && size < G_MAXINT64 / 4);
  g_return_if_fail (strlen (format) <= CHORUS_UPLOAD_ENCODER_FORMAT);

  part.file = g_object_ref (file);
  part.prefix = g_strdup_printf (CHORUS_UPLOAD_ENCODER_PREFIX, format);
  part.size = size;
  part.modified = modified;

  if (self->parts->len > 0)
    self->length += strlen (CHORUS_UPLOAD_ENCODER_SEPARATOR);
  self->length += (goffset) strlen (part.prefix) + (size + 2) / 3 * 4 + (goffset) strlen (CHORUS_UPLOAD_ENCODER_SUFFIX);
  g_array_append_val (self->parts, part);
}

static gboolean
chorus_upload_encoder_fail_changed (ChorusUploadPart  *part,
                                    GError           **error)
{
  g_autofree char *name = chorus_upload_file_dup_name (part->file);

  /* Translators: “%s” is the name of a file. */
  g_set_error (error, CHORUS_UPLOAD_ERROR, CHORUS_UPLOAD_ERROR_FILE_CHANGED,
               _("“%s” has changed since it was checked: retry once nothing writes to it."), name);

  return FALSE;
}

/* Looks at the file behind the open stream, which a new file of the same name does not replace. */
static gboolean
chorus_upload_encoder_verify (ChorusUploadEncoder  *self,
                              ChorusUploadPart     *part,
                              GCancellable         *cancellable,
                              GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_input_stream_query_info (self->stream, CHORUS_UPLOAD_FILE_ATTRIBUTES, cancellable, &local_error);

  if (!info)
    {
      chorus_upload_file_set_unreadable (error, part->file, local_error);
      return FALSE;
    }

  if (g_file_info_get_size (info) != part->size || chorus_upload_file_get_modified (info) != part->modified)
    return chorus_upload_encoder_fail_changed (part, error);

  return TRUE;
}

static gboolean
chorus_upload_encoder_open (ChorusUploadEncoder  *self,
                            ChorusUploadPart     *part,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (GError) local_error = NULL;

  self->n_read = 0;
  self->stream = g_file_read (part->file, cancellable, &local_error);
  if (!self->stream)
    {
      chorus_upload_file_set_unreadable (error, part->file, local_error);
      return FALSE;
    }

  return chorus_upload_encoder_verify (self, part, cancellable, error);
}

/* Encodes the next block of the open file. */
static char *
chorus_upload_encoder_take (ChorusUploadEncoder  *self,
                            ChorusUploadPart     *part,
                            char                 *out,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize wanted = (gsize) MIN (part->size - self->n_read, CHORUS_UPLOAD_ENCODER_READ);
  gsize n = 0;

  if (!g_input_stream_read_all (G_INPUT_STREAM (self->stream), self->raw, wanted, &n, cancellable, &local_error))
    {
      chorus_upload_file_set_unreadable (error, part->file, local_error);
      return NULL;
    }
  if (n < wanted)
    {
      chorus_upload_encoder_fail_changed (part, error);
      return NULL;
    }
  self->n_read += (goffset) n;

  /* Only the last block leaves something over for the padding. */
  return out + chorus_base64_encode (self->raw, n, out);
}

gssize
chorus_upload_encoder_fill (ChorusUploadEncoder  *self,
                            char                 *buffer,
                            GCancellable         *cancellable,
                            GError              **error)
{
  ChorusUploadPart *part = NULL;
  char *out = buffer;

  if (self->ended)
    return 0;

  if (!self->started)
    {
      self->started = TRUE;
      self->raw = g_malloc (CHORUS_UPLOAD_ENCODER_READ);
      out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_START);
    }

  if (self->current < self->parts->len)
    {
      part = &g_array_index (self->parts, ChorusUploadPart, self->current);
      if (!self->stream)
        {
          if (!chorus_upload_encoder_open (self, part, cancellable, error))
            return -1;
          if (self->current > 0)
            out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_SEPARATOR);
          out = g_stpcpy (out, part->prefix);
        }

      out = chorus_upload_encoder_take (self, part, out, cancellable, error);
      if (!out)
        return -1;

      if (self->n_read == part->size)
        {
          if (!chorus_upload_encoder_verify (self, part, cancellable, error))
            return -1;
          out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_SUFFIX);
          g_clear_object (&self->stream);
          self->current++;
        }
    }

  if (self->current == self->parts->len)
    {
      out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_END);
      self->ended = TRUE;
    }

  return out - buffer;
}
