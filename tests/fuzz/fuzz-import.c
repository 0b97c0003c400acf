/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte is the size of the pieces that the table arrives in: what was read does not depend on it. */

#include "fuzz.h"

#include "exchange/chorus-import.h"

#include <math.h>

static ChorusImport *
read_in_pieces (const uint8_t *data,
                size_t         size,
                size_t         piece)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (GError) error = NULL;
  ChorusImport *import = NULL;

  for (size_t i = 0; i < size; i += piece)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), data + i, (gssize) MIN (piece, size - i), NULL);
  import = chorus_import_read_stream (stream, "a.txt", NULL, &error);
  g_assert_true ((import == NULL) == (error != NULL));

  return import;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (ChorusImport) whole = NULL;
  g_autoptr (ChorusImport) pieces = NULL;

  if (size == 0)
    return 0;

  whole = read_in_pieces (data + 1, size - 1, size);
  pieces = read_in_pieces (data + 1, size - 1, (size_t) data[0] + 1);
  g_assert_true ((whole == NULL) == (pieces == NULL));
  if (!whole)
    return 0;

  g_assert_cmpuint (chorus_import_get_n_rows (whole), ==, chorus_import_get_n_rows (pieces));
  g_assert_cmpuint (chorus_import_get_n_problems (whole), ==, chorus_import_get_n_problems (pieces));
  for (guint i = 0; i < chorus_import_get_n_rows (whole); i++)
    {
      const ChorusImportRow *row = chorus_import_get_row (whole, i);
      const ChorusImportRow *same = chorus_import_get_row (pieces, i);

      g_assert_true (isfinite (row->end) && row->start >= 0 && row->end >= row->start && !(row->low > row->high));
      g_assert_true (row->line == same->line && row->start == same->start && row->end == same->end);
      g_assert_cmpstr (row->file, ==, same->file);
      g_assert_cmpstr (row->scientific_name, ==, same->scientific_name);
      g_assert_cmpstr (row->common_name, ==, same->common_name);
      g_assert_true (!row->note || g_utf8_validate (row->note, -1, NULL));
    }

  return 0;
}
