/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-zip-writer.h"

#include "chorus-zip-entry.h"

struct _ChorusZipWriter
{
  GFile *target;
  GDateTime *modified;
  GPtrArray *entries; /* of ChorusZipEntry */
};

ChorusZipWriter *
chorus_zip_writer_new (GFile     *target,
                       GDateTime *modified)
{
  ChorusZipWriter *self = NULL;

  g_return_val_if_fail (G_IS_FILE (target), NULL);
  g_return_val_if_fail (modified != NULL, NULL);

  self = g_new0 (ChorusZipWriter, 1);
  self->target = g_object_ref (target);
  self->modified = g_date_time_ref (modified);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_zip_entry_free);

  return self;
}

void
chorus_zip_writer_free (ChorusZipWriter *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->entries);
  g_date_time_unref (self->modified);
  g_object_unref (self->target);
  g_free (self);
}

static ChorusZipEntry *
chorus_zip_writer_find (ChorusZipWriter *self,
                        const char      *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      ChorusZipEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (chorus_zip_entry_get_member (entry)->name, name))
        return entry;
    }

  return NULL;
}

gboolean
chorus_zip_writer_add_file (ChorusZipWriter  *self,
                            const char       *name,
                            GError          **error)
{
  ChorusZipEntry *entry = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (chorus_zip_writer_find (self, name) == NULL, FALSE);

  entry = chorus_zip_entry_create (self->target, name, error);
  if (!entry)
    return FALSE;
  g_ptr_array_add (self->entries, entry);

  return TRUE;
}

gboolean
chorus_zip_writer_write (ChorusZipWriter  *self,
                         const char       *name,
                         gconstpointer     bytes,
                         gsize             n_bytes,
                         GError          **error)
{
  ChorusZipEntry *entry = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = chorus_zip_writer_find (self, name);
  g_return_val_if_fail (entry != NULL, FALSE);

  return chorus_zip_entry_write (entry, bytes, n_bytes, error);
}

/* The file itself, behind what comes before it. */
static gboolean
chorus_zip_writer_put (ChorusZipWriter  *self,
                       ChorusNewFile    *file,
                       ChorusZipEntry   *entry,
                       guint64          *offset,
                       GError          **error)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  ChorusZipMember *member = chorus_zip_entry_get_member (entry);

  if (!chorus_zip_entry_close (entry, error))
    return FALSE;

  member->offset = *offset;
  chorus_zip_format_add_header (header, member, self->modified);
  *offset += header->len + member->packed_size;

  return chorus_new_file_write (file, header->data, header->len, error) && chorus_zip_entry_copy (entry, file, error);
}

gboolean
chorus_zip_writer_finish (ChorusZipWriter  *self,
                          GError          **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  g_autoptr (ChorusNewFile) file = NULL;
  guint64 offset = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  file = chorus_new_file_create (self->target, error);
  if (!file)
    return FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      ChorusZipEntry *entry = g_ptr_array_index (self->entries, i);

      if (!chorus_zip_writer_put (self, file, entry, &offset, error))
        return FALSE;
      g_ptr_array_add (members, chorus_zip_entry_get_member (entry));
    }
  chorus_zip_format_add_directory (directory, members, self->modified, offset);

  return chorus_new_file_write (file, directory->data, directory->len, error) && chorus_new_file_finish (file, error);
}
