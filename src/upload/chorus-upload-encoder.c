/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-encoder.h"

#include "chorus-upload-reader.h"
#include "core/chorus-base64.h"

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
  ChorusUploadMethod method;
  goffset size;
  gint64 modified;
  ChorusUploadPart part;
  char *prefix;
} ChorusUploadEncoderPart;

struct _ChorusUploadEncoder
{
  GArray *entries; /* of ChorusUploadEncoderPart */
  goffset length;

  guint current;              /* the entry that comes next or is being read */
  ChorusUploadReader *reader; /* of the current entry, or of the one before it */
  ChorusUploadSpare *spare;   /* nullable */
  gboolean begun;             /* with the current entry */
  goffset n_read;             /* of the current entry, in bytes */
  gboolean started;
  gboolean ended;
  guint8 *raw;
  int *failed; /* atomic, and shared */
};

static void
chorus_upload_entry_clear (gpointer data)
{
  ChorusUploadEncoderPart *entry = data;

  g_clear_object (&entry->file);
  g_clear_pointer (&entry->prefix, g_free);
}

ChorusUploadEncoder *
chorus_upload_encoder_new (void)
{
  ChorusUploadEncoder *self = g_new0 (ChorusUploadEncoder, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (ChorusUploadEncoderPart));
  g_array_set_clear_func (self->entries, chorus_upload_entry_clear);
  self->length = strlen (CHORUS_UPLOAD_ENCODER_START CHORUS_UPLOAD_ENCODER_END);
  self->failed = g_atomic_rc_box_new (int);
  *self->failed = -1;

  return self;
}

void
chorus_upload_encoder_free (ChorusUploadEncoder *self)
{
  if (!self)
    return;

  g_array_unref (self->entries);
  g_clear_pointer (&self->reader, chorus_upload_reader_free);
  g_clear_pointer (&self->spare, chorus_upload_spare_unref);
  g_atomic_rc_box_release (self->failed);
  g_free (self->raw);
  g_free (self);
}

goffset
chorus_upload_encoder_get_length (ChorusUploadEncoder *self)
{
  return self->length;
}

guint
chorus_upload_encoder_get_n_parts (ChorusUploadEncoder *self)
{
  return self->entries->len;
}

int *
chorus_upload_encoder_ref_failed (ChorusUploadEncoder *self)
{
  return g_atomic_rc_box_acquire (self->failed);
}

void
chorus_upload_encoder_add_part (ChorusUploadEncoder    *self,
                                GFile                  *file,
                                const char             *format,
                                ChorusUploadMethod      method,
                                goffset                 size,
                                gint64                  modified,
                                const ChorusUploadPart *part)
{
  ChorusUploadEncoderPart entry = { .method = method, .size = size, .modified = modified, .part = *part };

  g_return_if_fail (!self->started);
  g_return_if_fail (part->size >= 0 && part->size < G_MAXINT64 / 4);
  g_return_if_fail (strlen (format) <= CHORUS_UPLOAD_ENCODER_FORMAT);

  entry.file = g_object_ref (file);
  entry.prefix = g_strdup_printf (CHORUS_UPLOAD_ENCODER_PREFIX, format);

  if (self->entries->len > 0)
    self->length += strlen (CHORUS_UPLOAD_ENCODER_SEPARATOR);
  self->length +=
    (goffset) strlen (entry.prefix) + (part->size + 2) / 3 * 4 + (goffset) strlen (CHORUS_UPLOAD_ENCODER_SUFFIX);
  g_array_append_val (self->entries, entry);
}

void
chorus_upload_encoder_set_spare (ChorusUploadEncoder *self,
                                 ChorusUploadSpare   *spare)
{
  g_return_if_fail (!self->started);

  g_clear_pointer (&self->spare, chorus_upload_spare_unref);
  self->spare = chorus_upload_spare_ref (spare);
}

/* Goes to the beginning of the current entry. Parts of one file that follow one another share the reader. */
static gboolean
chorus_upload_encoder_begin (ChorusUploadEncoder      *self,
                             ChorusUploadEncoderPart  *entry,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  if (!self->reader && self->spare)
    self->reader = chorus_upload_spare_take (self->spare);
  if (self->reader
      && !chorus_upload_reader_fits (self->reader, entry->file, entry->method, entry->size, entry->modified))
    g_clear_pointer (&self->reader, chorus_upload_reader_free);
  if (!self->reader)
    self->reader = chorus_upload_reader_new (entry->file, entry->method, entry->size, entry->modified);

  self->n_read = 0;
  self->begun = TRUE;

  return chorus_upload_reader_begin (self->reader, &entry->part, cancellable, error);
}

/* Encodes the next block of the current entry. */
static char *
chorus_upload_encoder_take (ChorusUploadEncoder  *self,
                            char                 *out,
                            GCancellable         *cancellable,
                            GError              **error)
{
  gssize n = chorus_upload_reader_read (self->reader, self->raw, CHORUS_UPLOAD_ENCODER_READ, cancellable, error);

  if (n < 0)
    return NULL;
  self->n_read += n;

  /* Only the last block leaves something over for the padding. */
  return out + chorus_base64_encode (self->raw, (gsize) n, out);
}

/* Writes the next block of the current entry, with what stands before and after it. */
static char *
chorus_upload_encoder_write (ChorusUploadEncoder  *self,
                             char                 *out,
                             GCancellable         *cancellable,
                             GError              **error)
{
  ChorusUploadEncoderPart *entry = &g_array_index (self->entries, ChorusUploadEncoderPart, self->current);

  if (!self->begun)
    {
      if (!chorus_upload_encoder_begin (self, entry, cancellable, error))
        return NULL;
      if (self->current > 0)
        out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_SEPARATOR);
      out = g_stpcpy (out, entry->prefix);
    }

  out = chorus_upload_encoder_take (self, out, cancellable, error);
  if (out && self->n_read == entry->part.size)
    {
      out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_SUFFIX);
      self->begun = FALSE;
      self->current++;
    }

  return out;
}

gssize
chorus_upload_encoder_fill (ChorusUploadEncoder  *self,
                            char                 *buffer,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  char *out = buffer;

  if (self->ended)
    return 0;

  if (!self->started)
    {
      self->started = TRUE;
      self->raw = g_malloc (CHORUS_UPLOAD_ENCODER_READ);
      out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_START);
    }

  if (self->current < self->entries->len)
    out = chorus_upload_encoder_write (self, out, cancellable, &local_error);
  if (!out)
    {
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_atomic_int_set (self->failed, (int) self->current);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }

  if (self->current == self->entries->len)
    {
      out = g_stpcpy (out, CHORUS_UPLOAD_ENCODER_END);
      self->ended = TRUE;
      if (self->spare && self->reader && chorus_upload_reader_is_decoding (self->reader))
        chorus_upload_spare_put (self->spare, g_steal_pointer (&self->reader));
      g_clear_pointer (&self->reader, chorus_upload_reader_free);
    }

  return out - buffer;
}
