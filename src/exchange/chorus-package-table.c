/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-package-table.h"

#include "chorus-package-text.h"

struct _ChorusPackageTable
{
  const char *const *columns;
  guint n_columns;
  char separator;
  GPtrArray *cells; /* of GString */
};

static void
chorus_package_table_free_cell (gpointer data)
{
  g_string_free (data, TRUE);
}

ChorusPackageTable *
chorus_package_table_new (const char *const *columns,
                          guint              n_columns,
                          char               separator)
{
  ChorusPackageTable *self = NULL;

  g_return_val_if_fail (separator == ',' || separator == '\t', NULL);

  self = g_new0 (ChorusPackageTable, 1);
  self->columns = columns;
  self->n_columns = n_columns;
  self->separator = separator;
  self->cells = g_ptr_array_new_with_free_func (chorus_package_table_free_cell);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (self->cells, g_string_new (NULL));

  return self;
}

void
chorus_package_table_free (ChorusPackageTable *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->cells);
  g_free (self);
}

static GString *
chorus_package_table_clear_cell (ChorusPackageTable *self,
                                 guint               column)
{
  return g_string_truncate (g_ptr_array_index (self->cells, column), 0);
}

void
chorus_package_table_set_text (ChorusPackageTable *self,
                               guint               column,
                               const char         *text)
{
  g_return_if_fail (column < self->n_columns);

  chorus_package_text_append_cell (chorus_package_table_clear_cell (self, column), text, self->separator);
}

void
chorus_package_table_set_number (ChorusPackageTable *self,
                                 guint               column,
                                 double              value,
                                 int                 decimals)
{
  g_return_if_fail (column < self->n_columns);

  chorus_package_text_append_number (chorus_package_table_clear_cell (self, column), value, decimals);
}

void
chorus_package_table_append_header (ChorusPackageTable *self,
                                    GString            *out)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (out, self->separator);
      g_string_append (out, self->columns[i]);
    }
  g_string_append_c (out, '\n');
}

void
chorus_package_table_append_row (ChorusPackageTable *self,
                                 GString            *out)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      GString *cell = g_ptr_array_index (self->cells, i);

      if (i > 0)
        g_string_append_c (out, self->separator);
      g_string_append_len (out, cell->str, (gssize) cell->len);
      g_string_truncate (cell, 0);
    }
  g_string_append_c (out, '\n');
}
