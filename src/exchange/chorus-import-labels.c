/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-labels.h"

#include <glib/gi18n.h>

#include "chorus-species-label.h"
#include "chorus-table-number.h"
#include "chorus-table-text.h"

gboolean
chorus_import_labels_recognize (char               separator,
                                const char *const *fields,
                                guint              n_fields)
{
  double number = 0;

  return separator == '\t' && n_fields >= 2 && chorus_table_number_read (fields[0], &number)
         && chorus_table_number_read (fields[1], &number);
}

static void
chorus_import_labels_read_band (ChorusImport        *import,
                                guint64              line,
                                const char   *const *fields,
                                guint                n_fields,
                                gboolean             has_label)
{
  ChorusImportRow *row = NULL;
  double low = 0;
  double high = 0;

  if (!has_label || import->rows->len == 0)
    {
      chorus_import_add_problem (import, line, g_strdup (_("These frequencies belong to no label.")));
      return;
    }
  row = &g_array_index (import->rows, ChorusImportRow, import->rows->len - 1);
  if (n_fields < 3 || !chorus_table_number_read (fields[1], &low) || !chorus_table_number_read (fields[2], &high)
      || !chorus_import_row_set_band (row, low, high))
    chorus_import_add_problem (import, line, g_strdup (_("These are no frequencies from low to high.")));
}

void
chorus_import_labels_read (ChorusImport        *import,
                           guint64              line,
                           const char   *const *fields,
                           guint                n_fields,
                           gboolean            *has_label)
{
  g_autofree char *text = NULL;
  g_autofree char *scientific_name = NULL;
  g_autofree char *common_name = NULL;
  ChorusImportRow row = { 0 };
  double confidence = 0;

  if (g_str_equal (fields[0], "\\"))
    {
      chorus_import_labels_read_band (import, line, fields, n_fields, *has_label);
      *has_label = FALSE;
      return;
    }

  *has_label = FALSE;
  chorus_import_row_init (&row);
  row.line = line;
  if (n_fields < 2 || !chorus_table_number_read (fields[0], &row.start)
      || !chorus_table_number_read (fields[1], &row.end))
    {
      chorus_import_add_problem (import, line, g_strdup (_("A label begins with two times in seconds.")));
      return;
    }

  text = chorus_table_text_restore (n_fields > 2 ? fields[2] : "");
  chorus_species_label_read (text, &scientific_name, &common_name, &row.confidence, &row.verdict);
  if (n_fields > 3 && chorus_table_number_read (fields[3], &confidence) && confidence >= 0 && confidence <= 1)
    row.confidence = confidence;
  row.scientific_name = chorus_import_keep (import, scientific_name);
  row.common_name = chorus_import_keep (import, common_name);
  *has_label = chorus_import_add_row (import, &row);
}
