/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GUANO 1.0, the chunk `guan`: https://github.com/riggsd/guano-spec */

#include "config.h"

#include "chorus-recorder-formats.h"

#include "chorus-written-time.h"

#include <string.h>

/* A field: "Key: Value" in a line of its own. Neither is terminated. */
typedef struct
{
  const char *key;
  gsize key_length;
  const char *value;
  gsize value_length;
} ChorusGuanoField;

static void
chorus_guano_strip (const char **text,
                    gsize       *length)
{
  while (*length > 0 && (g_ascii_isspace ((*text)[*length - 1]) || (*text)[*length - 1] == '\0'))
    (*length)--;
  while (*length > 0 && g_ascii_isspace (**text))
    {
      (*text)++;
      (*length)--;
    }
}

/* Takes a line off the text, with its end. A line without a colon is a field without a value. */
static gsize
chorus_guano_take_line (const char       *text,
                        gsize             length,
                        ChorusGuanoField *field)
{
  const char *end = memchr (text, '\n', length);
  gsize line_length = end ? (gsize) (end - text) : length;
  const char *start = text;
  gsize stripped = line_length;
  const char *colon = NULL;

  memset (field, 0, sizeof *field);
  if (stripped >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0)
    {
      start += 3;
      stripped -= 3;
    }

  colon = memchr (start, ':', stripped);
  field->key = start;
  field->key_length = colon ? (gsize) (colon - start) : stripped;
  chorus_guano_strip (&field->key, &field->key_length);
  if (colon)
    {
      field->value = colon + 1;
      field->value_length = stripped - (gsize) (colon + 1 - start);
      chorus_guano_strip (&field->value, &field->value_length);
    }

  return line_length + (end ? 1 : 0);
}

static gboolean
chorus_guano_field_is (const ChorusGuanoField *field,
                       const char             *key)
{
  return field->value_length > 0 && field->key_length == strlen (key)
         && memcmp (field->key, key, field->key_length) == 0;
}

/* "latitude longitude"; some writers put a comma between them. */
static void
chorus_guano_read_position (const ChorusGuanoField *field,
                            ChorusRecorderFields   *fields)
{
  const char *first = field->value;
  gsize n_first = 0;
  gsize n_between = 0;
  double latitude = 0;
  double longitude = 0;

  while (n_first < field->value_length && !g_ascii_isspace (first[n_first]) && first[n_first] != ',')
    n_first++;
  while (n_first + n_between < field->value_length
         && (g_ascii_isspace (first[n_first + n_between]) || first[n_first + n_between] == ','))
    n_between++;

  if (chorus_recorder_fields_parse_number (first, n_first, &latitude)
      && chorus_recorder_fields_parse_number (first + n_first + n_between, field->value_length - n_first - n_between,
                                              &longitude))
    chorus_recorder_fields_take_position (fields, latitude, longitude);
}

void
chorus_guano_read (const guint8         *data,
                   gsize                 size,
                   ChorusRecorderFields *fields)
{
  const char *text = (const char *) data;

  while (size > 0)
    {
      ChorusGuanoField field;
      ChorusWrittenTime time;
      gsize used = chorus_guano_take_line (text, size, &field);
      double expansion = 0;

      if (chorus_guano_field_is (&field, "Timestamp")
          && chorus_written_time_parse (&time, field.value, field.value_length))
        chorus_recorder_fields_take_time (fields, &time, CHORUS_TIME_SOURCE_GUANO);
      else if (chorus_guano_field_is (&field, "Make"))
        chorus_recorder_fields_take_text (&fields->make, field.value, (gssize) field.value_length);
      else if (chorus_guano_field_is (&field, "Model"))
        chorus_recorder_fields_take_text (&fields->model, field.value, (gssize) field.value_length);
      else if (chorus_guano_field_is (&field, "Serial"))
        chorus_recorder_fields_take_text (&fields->serial, field.value, (gssize) field.value_length);
      else if (chorus_guano_field_is (&field, "Loc Position"))
        chorus_guano_read_position (&field, fields);
      else if (chorus_guano_field_is (&field, "TE")
               && chorus_recorder_fields_parse_number (field.value, field.value_length, &expansion))
        chorus_recorder_fields_take_time_expansion (fields, expansion);

      text += used;
      size -= used;
    }
}

/* As many digits after the point as the number had that it takes the place of, and more where it takes more. */
static char *
chorus_guano_format_length (double      seconds,
                            const char *old,
                            gsize       old_length)
{
  const char *point = memchr (old, '.', old_length);
  gsize n_kept = point ? (gsize) (old + old_length - point - 1) : 0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length = 0;

  g_ascii_formatd (number, sizeof number, "%.6f", seconds);
  length = strlen (number);
  while (number[length - 1] == '0' && strlen (strchr (number, '.') + 1) > n_kept)
    number[--length] = '\0';
  if (number[length - 1] == '.')
    number[length - 1] = '\0';

  return g_strdup (number);
}

static char *
chorus_guano_move_field (const ChorusGuanoField *field,
                         double                  start,
                         double                  duration,
                         gsize                  *replaced)
{
  ChorusWrittenTime time;
  double length = 0;

  if (start > 0 && chorus_guano_field_is (field, "Timestamp")
      && chorus_written_time_parse (&time, field->value, field->value_length)
      && chorus_written_time_move (&time, start))
    {
      *replaced = time.length;
      return chorus_written_time_to_text (&time);
    }

  if (chorus_guano_field_is (field, "Length")
      && chorus_recorder_fields_parse_number (field->value, field->value_length, &length))
    {
      *replaced = field->value_length;
      return chorus_guano_format_length (duration, field->value, field->value_length);
    }

  return NULL;
}

GBytes *
chorus_guano_move_time (GBytes *contents,
                        double  start,
                        double  duration)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (contents, &length);
  g_autoptr (GByteArray) moved = g_byte_array_new ();
  g_auto (ChorusRecorderFields) fields = { 0 };
  double expansion = 1;

  chorus_guano_read ((const guint8 *) text, length, &fields);
  expansion = MAX (1, fields.time_expansion);

  while (length > 0)
    {
      ChorusGuanoField field;
      gsize used = chorus_guano_take_line (text, length, &field);
      gsize replaced = 0;
      g_autofree char *value = chorus_guano_move_field (&field, start / expansion, duration / expansion, &replaced);

      if (value)
        {
          gsize before = (gsize) (field.value - text);

          g_byte_array_append (moved, (const guint8 *) text, (guint) before);
          g_byte_array_append (moved, (const guint8 *) value, (guint) strlen (value));
          g_byte_array_append (moved, (const guint8 *) text + before + replaced, (guint) (used - before - replaced));
        }
      else
        g_byte_array_append (moved, (const guint8 *) text, (guint) used);
      text += used;
      length -= used;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&moved));
}
