/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-table-reader.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/chorus-text.h"

/* Bytes that are read at a time. */
#define CHORUS_TABLE_READER_BLOCK (64 * 1024)

#define CHORUS_TABLE_READER_MARK "\xef\xbb\xbf"

struct _ChorusTableReader
{
  GInputStream *stream;
  char *name;

  GByteArray *bytes; /* what was read; up to `used` it is done with */
  gsize used;
  gboolean at_end; /* nothing comes after what was read */
  gboolean begun;

  char separator;
  guint64 line;      /* of the row */
  guint64 next_line; /* of what comes next */
  GPtrArray *fields; /* of char * */
  const char *problem;
};

/* What came of looking for a row in what was read so far. */
typedef enum
{
  CHORUS_TABLE_SCAN_ROW,
  CHORUS_TABLE_SCAN_MORE, /* it goes on after that */
  CHORUS_TABLE_SCAN_OPEN, /* a quoted field has no end */
} ChorusTableScan;

/* A row as it is taken apart. */
typedef struct
{
  const char *text;
  gsize length;
  gsize position;
  gboolean at_end;
  gboolean one_line; /* a quoted field ends on its line */
  char separator;
} ChorusTableScanner;

ChorusTableReader *
chorus_table_reader_new (GInputStream *stream,
                         const char   *name)
{
  ChorusTableReader *self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (ChorusTableReader, 1);
  self->stream = g_object_ref (stream);
  self->name = chorus_text_from_name (name);
  self->bytes = g_byte_array_new ();
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->separator = ',';
  self->next_line = 1;

  return self;
}

void
chorus_table_reader_free (ChorusTableReader *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->stream);
  g_free (self->name);
  g_byte_array_unref (self->bytes);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* Reads another block. */
static gboolean
chorus_table_reader_fill (ChorusTableReader  *self,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  guint length = 0;
  gssize n_read = 0;

  g_byte_array_remove_range (self->bytes, 0, (guint) self->used);
  self->used = 0;
  length = self->bytes->len;
  g_byte_array_set_size (self->bytes, length + CHORUS_TABLE_READER_BLOCK);
  n_read = g_input_stream_read (self->stream, self->bytes->data + length, CHORUS_TABLE_READER_BLOCK, cancellable,
                                &local_error);
  g_byte_array_set_size (self->bytes, length + (guint) MAX (n_read, 0));
  self->at_end = n_read == 0;
  if (n_read >= 0)
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, G_IO_ERROR, local_error->domain == G_IO_ERROR ? local_error->code : G_IO_ERROR_FAILED,
                 _("“%s” could not be read: make sure that it is still there and that you may read it."), self->name);

  return FALSE;
}

/* The separator that the first line has, outside of quotes. */
static char
chorus_table_reader_find_separator (const char *text,
                                    gsize       length)
{
  guint n_tabs = 0;
  guint n_commas = 0;
  guint n_semicolons = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length && text[i] != '\n' && text[i] != '\r'; i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted)
        {
          n_tabs += text[i] == '\t';
          n_commas += text[i] == ',';
          n_semicolons += text[i] == ';';
        }
    }
  if (n_tabs > 0)
    return '\t';

  return n_semicolons > n_commas ? ';' : ',';
}

/* Reads as much as the longest row may have, and looks at the first. */
static gboolean
chorus_table_reader_begin (ChorusTableReader  *self,
                           GCancellable       *cancellable,
                           GError            **error)
{
  const char *text = NULL;

  while (!self->at_end && self->bytes->len < CHORUS_TABLE_MAX_ROW)
    {
      if (!chorus_table_reader_fill (self, cancellable, error))
        return FALSE;
    }
  self->begun = TRUE;
  text = (const char *) self->bytes->data;
  if (self->bytes->len >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("“%s” is written in UTF-16: save it as UTF-8 in the program that wrote it, and try again."),
                   self->name);
      return FALSE;
    }
  if (self->bytes->len >= 3 && memcmp (text, CHORUS_TABLE_READER_MARK, 3) == 0)
    self->used = 3;
  while (self->used < self->bytes->len && (text[self->used] == '\n' || text[self->used] == '\r'))
    {
      self->next_line += text[self->used] == '\n';
      self->used++;
    }
  self->separator = chorus_table_reader_find_separator (text + self->used, self->bytes->len - self->used);

  return TRUE;
}

static gboolean
chorus_table_scanner_is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/* Takes a field without quotes. */
static void
chorus_table_scanner_take_plain (ChorusTableScanner *scanner,
                                 GString            *field)
{
  const gsize first = scanner->position;

  while (scanner->position < scanner->length && scanner->text[scanner->position] != scanner->separator
         && !chorus_table_scanner_is_line_end (scanner->text[scanner->position]))
    scanner->position++;
  g_string_append_len (field, scanner->text + first, (gssize) (scanner->position - first));
}

/* Takes what is between quotes, and what comes after the second before the field ends; %FALSE where there is no second. */
static gboolean
chorus_table_scanner_take_quoted (ChorusTableScanner *scanner,
                                  GString            *field)
{
  gsize i = scanner->position + 1;

  while (i < scanner->length)
    {
      const char c = scanner->text[i];

      if (c == '"' && i + 1 < scanner->length && scanner->text[i + 1] == '"')
        i++;
      else if (c == '"')
        {
          scanner->position = i + 1;
          chorus_table_scanner_take_plain (scanner, field);
          return TRUE;
        }
      else if (scanner->one_line && chorus_table_scanner_is_line_end (c))
        break;
      g_string_append_c (field, c);
      i++;
    }
  g_string_truncate (field, 0);

  return FALSE;
}

/* Goes past the end of a line; %FALSE where it takes more to know where that is. */
static gboolean
chorus_table_scanner_end_line (ChorusTableScanner *scanner)
{
  const gboolean has_return = scanner->text[scanner->position] == '\r';

  if (has_return && scanner->position + 1 == scanner->length && !scanner->at_end)
    return FALSE;
  scanner->position++;
  if (has_return && scanner->position < scanner->length && scanner->text[scanner->position] == '\n')
    scanner->position++;

  return TRUE;
}

/* A field as it is kept: valid UTF-8. */
static char *
chorus_table_scanner_dup_field (GString *field)
{
  return g_utf8_make_valid (field->str, (gssize) field->len);
}

static ChorusTableScan
chorus_table_scanner_run (ChorusTableScanner *scanner,
                          GPtrArray          *fields)
{
  g_autoptr (GString) field = g_string_new (NULL);

  g_ptr_array_set_size (fields, 0);
  for (;;)
    {
      const gboolean may_be_quoted = scanner->position < scanner->length && scanner->text[scanner->position] == '"';

      g_string_truncate (field, 0);
      if (!may_be_quoted || !chorus_table_scanner_take_quoted (scanner, field))
        {
          if (may_be_quoted && !scanner->one_line)
            return CHORUS_TABLE_SCAN_OPEN;
          chorus_table_scanner_take_plain (scanner, field);
        }
      if (scanner->position == scanner->length && !scanner->at_end)
        return CHORUS_TABLE_SCAN_MORE;

      g_ptr_array_add (fields, chorus_table_scanner_dup_field (field));
      if (scanner->position == scanner->length)
        return CHORUS_TABLE_SCAN_ROW;
      if (scanner->text[scanner->position] != scanner->separator)
        return chorus_table_scanner_end_line (scanner) ? CHORUS_TABLE_SCAN_ROW : CHORUS_TABLE_SCAN_MORE;
      scanner->position++;
    }
}

static guint
chorus_table_reader_count_lines (const char *text,
                                 gsize       length)
{
  guint n_lines = 0;

  for (gsize i = 0; i < length; i++)
    n_lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));

  return n_lines;
}

static void
chorus_table_reader_consume (ChorusTableReader *self,
                             gsize              length)
{
  self->next_line += chorus_table_reader_count_lines ((const char *) self->bytes->data + self->used, length);
  self->used += length;
}

/* Passes over the rest of a line of any length. */
static gboolean
chorus_table_reader_skip_line (ChorusTableReader  *self,
                               GCancellable       *cancellable,
                               GError            **error)
{
  for (;;)
    {
      const char *text = (const char *) self->bytes->data + self->used;
      const gsize length = self->bytes->len - self->used;
      const char *end = length > 0 ? memchr (text, '\n', length) : NULL;

      if (end)
        {
          chorus_table_reader_consume (self, (gsize) (end - text) + 1);
          return TRUE;
        }
      chorus_table_reader_consume (self, length);
      if (self->at_end)
        return TRUE;
      if (!chorus_table_reader_fill (self, cancellable, error))
        return FALSE;
    }
}

static gboolean
chorus_table_reader_has_text (ChorusTableReader *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const char *field = g_ptr_array_index (self->fields, i);

      if (field[strspn (field, " ")] != '\0')
        return TRUE;
    }

  return FALSE;
}

/* One row, which may have no text. */
static ChorusTableStep
chorus_table_reader_read_row (ChorusTableReader  *self,
                              GCancellable       *cancellable,
                              GError            **error)
{
  self->line = self->next_line;
  for (;;)
    {
      ChorusTableScanner scanner = {
        .text = (const char *) self->bytes->data + self->used,
        .length = self->bytes->len - self->used,
        .at_end = self->at_end,
        .one_line = self->separator == '\t',
        .separator = self->separator,
      };
      ChorusTableScan scan = CHORUS_TABLE_SCAN_MORE;

      if (scanner.length == 0 && self->at_end)
        return CHORUS_TABLE_STEP_END;
      if (scanner.length > 0)
        scan = chorus_table_scanner_run (&scanner, self->fields);
      if (scan == CHORUS_TABLE_SCAN_ROW && scanner.position <= CHORUS_TABLE_MAX_ROW)
        {
          chorus_table_reader_consume (self, scanner.position);
          return CHORUS_TABLE_STEP_ROW;
        }

      if (scanner.length >= CHORUS_TABLE_MAX_ROW || self->at_end)
        {
          self->problem = scan == CHORUS_TABLE_SCAN_OPEN ? _("A quotation mark begins a text that does not end.")
                                                         : _("The line is too long to be a row of a table.");
          return chorus_table_reader_skip_line (self, cancellable, error) ? CHORUS_TABLE_STEP_BAD_ROW
                                                                          : CHORUS_TABLE_STEP_ERROR;
        }
      if (!chorus_table_reader_fill (self, cancellable, error))
        return CHORUS_TABLE_STEP_ERROR;
    }
}

ChorusTableStep
chorus_table_reader_next (ChorusTableReader  *self,
                          GCancellable       *cancellable,
                          GError            **error)
{
  ChorusTableStep step = CHORUS_TABLE_STEP_ERROR;

  g_return_val_if_fail (self != NULL, CHORUS_TABLE_STEP_ERROR);
  g_return_val_if_fail (error == NULL || *error == NULL, CHORUS_TABLE_STEP_ERROR);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || (!self->begun && !chorus_table_reader_begin (self, cancellable, error)))
    return CHORUS_TABLE_STEP_ERROR;

  do
    step = chorus_table_reader_read_row (self, cancellable, error);
  while (step == CHORUS_TABLE_STEP_ROW && !chorus_table_reader_has_text (self));

  return step;
}

const char *const *
chorus_table_reader_get_fields (ChorusTableReader *self,
                                guint             *n_fields)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_fields != NULL, NULL);

  *n_fields = self->fields->len;

  return (const char *const *) self->fields->pdata;
}

guint64
chorus_table_reader_get_line (ChorusTableReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}

const char *
chorus_table_reader_get_problem (ChorusTableReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problem;
}

char
chorus_table_reader_get_separator (ChorusTableReader *self)
{
  g_return_val_if_fail (self != NULL, ',');

  return self->separator;
}
