/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-json-writer.h"

#include "chorus-package-text.h"

struct _ChorusJsonWriter
{
  GString *text;
  GString *closing; /* the brackets that are open, as they will be closed */
  gboolean is_first;
};

ChorusJsonWriter *
chorus_json_writer_new (void)
{
  ChorusJsonWriter *self = g_new0 (ChorusJsonWriter, 1);

  self->text = g_string_new ("{");
  self->closing = g_string_new ("}");
  self->is_first = TRUE;

  return self;
}

void
chorus_json_writer_free (ChorusJsonWriter *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_string_free (self->closing, TRUE);
  g_free (self);
}

static void
chorus_json_writer_indent (ChorusJsonWriter *self)
{
  g_string_append_c (self->text, '\n');
  for (gsize i = 0; i < self->closing->len; i++)
    g_string_append (self->text, "  ");
}

/* Up to where the value goes. */
static void
chorus_json_writer_add_name (ChorusJsonWriter *self,
                             const char       *name)
{
  g_return_if_fail (self->closing->len > 0);
  g_return_if_fail ((name != NULL) == (self->closing->str[self->closing->len - 1] == '}'));

  if (!self->is_first)
    g_string_append_c (self->text, ',');
  self->is_first = FALSE;
  chorus_json_writer_indent (self);
  if (name)
    {
      chorus_package_text_append_json (self->text, name);
      g_string_append (self->text, ": ");
    }
}

void
chorus_json_writer_begin (ChorusJsonWriter *self,
                          const char       *name,
                          char              bracket)
{
  g_return_if_fail (bracket == '{' || bracket == '[');

  chorus_json_writer_add_name (self, name);
  g_string_append_c (self->text, bracket);
  g_string_append_c (self->closing, bracket == '{' ? '}' : ']');
  self->is_first = TRUE;
}

void
chorus_json_writer_end (ChorusJsonWriter *self)
{
  char bracket = '\0';

  g_return_if_fail (self->closing->len > 0);

  bracket = self->closing->str[self->closing->len - 1];
  g_string_truncate (self->closing, self->closing->len - 1);
  if (!self->is_first)
    chorus_json_writer_indent (self);
  g_string_append_c (self->text, bracket);
  self->is_first = FALSE;
}

void
chorus_json_writer_add_text (ChorusJsonWriter *self,
                             const char       *name,
                             const char       *text)
{
  if (!text)
    return;

  chorus_json_writer_add_name (self, name);
  chorus_package_text_append_json (self->text, text);
}

void
chorus_json_writer_add_number (ChorusJsonWriter *self,
                               const char       *name,
                               double            value,
                               int               decimals)
{
  chorus_json_writer_add_name (self, name);
  chorus_package_text_append_number (self->text, value, decimals);
}

void
chorus_json_writer_add_boolean (ChorusJsonWriter *self,
                                const char       *name,
                                gboolean          value)
{
  chorus_json_writer_add_name (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

char *
chorus_json_writer_end_all (ChorusJsonWriter *self)
{
  char *text = NULL;

  while (self->closing->len > 0)
    chorus_json_writer_end (self);
  g_string_append_c (self->text, '\n');
  text = g_strdup (self->text->str);
  chorus_json_writer_free (self);

  return text;
}
