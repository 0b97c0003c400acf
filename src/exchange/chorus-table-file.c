/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-table-file.h"

#include "core/chorus-new-file.h"

/* Bytes that are kept before they are written. */
#define CHORUS_TABLE_FILE_BLOCK (64 * 1024)

struct _ChorusTableFile
{
  ChorusNewFile *file;
  GString *text; /* what was not written yet */
  char separator;
  gboolean in_row;
};

ChorusTableFile *
chorus_table_file_create (GFile       *target,
                          char         separator,
                          const char  *header,
                          GError     **error)
{
  ChorusNewFile *file = chorus_new_file_create (target, error);
  ChorusTableFile *self = NULL;

  if (!file)
    return NULL;

  self = g_new0 (ChorusTableFile, 1);
  self->file = file;
  self->separator = separator;
  self->text = g_string_new (header);
  if (header)
    g_string_append_c (self->text, '\n');

  return self;
}

ChorusTableFile *
chorus_table_file_create_in_folder (GFile       *target,
                                    char         separator,
                                    const char  *header,
                                    GError     **error)
{
  ChorusTableFile *self = chorus_table_file_create (target, separator, header, error);

  if (self)
    chorus_new_file_leave_sync (self->file);

  return self;
}

void
chorus_table_file_free (ChorusTableFile *self)
{
  if (self == NULL)
    return;

  chorus_new_file_free (self->file);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
chorus_table_file_begin_field (ChorusTableFile *self)
{
  if (self->in_row)
    g_string_append_c (self->text, self->separator);
  self->in_row = TRUE;
}

void
chorus_table_file_add_text (ChorusTableFile *self,
                            const char      *text)
{
  g_return_if_fail (self != NULL);

  chorus_table_file_begin_field (self);
  chorus_table_text_append (self->text, text, self->separator);
}

void
chorus_table_file_add_number (ChorusTableFile *self,
                              double           number,
                              guint            decimals)
{
  g_return_if_fail (self != NULL);

  chorus_table_file_begin_field (self);
  chorus_table_text_append_number (self->text, number, decimals);
}

static gboolean
chorus_table_file_flush (ChorusTableFile  *self,
                         GError          **error)
{
  if (!chorus_new_file_write (self->file, self->text->str, self->text->len, error))
    return FALSE;
  g_string_truncate (self->text, 0);

  return TRUE;
}

gboolean
chorus_table_file_end_row (ChorusTableFile  *self,
                           GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_string_append_c (self->text, '\n');
  self->in_row = FALSE;

  return self->text->len < CHORUS_TABLE_FILE_BLOCK || chorus_table_file_flush (self, error);
}

gboolean
chorus_table_file_finish (ChorusTableFile  *self,
                          GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return chorus_table_file_flush (self, error) && chorus_new_file_finish (self->file, error);
}
