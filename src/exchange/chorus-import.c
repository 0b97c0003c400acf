/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-import-columns.h"
#include "chorus-import-labels.h"
#include "chorus-table-reader.h"
#include "core/chorus-text.h"

/* How many problems are kept; the rest are counted. */
#define CHORUS_IMPORT_MAX_PROBLEMS 1000

/* Seconds that two ends of a span may be the wrong way round, as rounding makes them. */
#define CHORUS_IMPORT_ROUNDING 1e-3

/* Seconds; ten years, far beyond any recording or sequence. */
#define CHORUS_IMPORT_MAX_TIME 3.2e8

/* Bytes of text that are set aside at a time. */
#define CHORUS_IMPORT_CHUNK 4096

/* What follows the name of a recording in the name of a table, in small letters; the longest first. */
static const char *const chorus_import_suffixes[] = {
  ".birdnet.results.kaleidoscope.csv",
  ".birdnet.selection.table.txt",
  ".birdnet.results.csv",
  ".birdnet.results.txt",
  ".chorus.selections.txt",
  ".chorus.labels.txt",
  ".selections.txt",
  ".labels.txt",
  ".txt",
  ".csv",
  ".tsv",
};

const char *
chorus_import_format_get_name (ChorusImportFormat format)
{
  switch (format)
    {
    case CHORUS_IMPORT_CHORUS:
      return _("Chorus table");

    case CHORUS_IMPORT_RAVEN:
      return _("Raven selection table");

    case CHORUS_IMPORT_AUDACITY:
      return _("Audacity labels");

    case CHORUS_IMPORT_BIRDNET:
      return _("BirdNET-Analyzer results");

    case CHORUS_IMPORT_KALEIDOSCOPE:
      return _("Kaleidoscope results");

    default:
      g_return_val_if_reached ("");
    }
}

static void
chorus_import_problem_free (gpointer data)
{
  ChorusImportProblem *problem = data;

  g_free (problem->reason);
  g_free (problem);
}

/* Takes a number with what is around it off the end: ".Table.1", or " (2)". */
static void
chorus_import_cut_number (char       *stem,
                          const char *before,
                          const char *after)
{
  gsize length = strlen (stem);
  const gsize after_length = strlen (after);
  const gsize before_length = strlen (before);
  gsize n_digits = 0;

  if (length < after_length || !g_str_has_suffix (stem, after))
    return;
  length -= after_length;
  while (n_digits < length && g_ascii_isdigit (stem[length - n_digits - 1]))
    n_digits++;
  length -= n_digits;
  if (n_digits > 0 && length > before_length
      && g_ascii_strncasecmp (stem + length - before_length, before, before_length) == 0)
    stem[length - before_length] = '\0';
}

/* What a table with the name @name says that its recording is called. */
static char *
chorus_import_make_stem (const char *name)
{
  g_autofree char *stem = g_utf8_make_valid (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (chorus_import_suffixes); i++)
    {
      const gsize suffix_length = strlen (chorus_import_suffixes[i]);
      const gsize length = strlen (stem);

      if (length > suffix_length && g_ascii_strcasecmp (stem + length - suffix_length, chorus_import_suffixes[i]) == 0)
        {
          stem[length - suffix_length] = '\0';
          if (g_str_equal (chorus_import_suffixes[i], ".selections.txt"))
            chorus_import_cut_number (stem, ".Table.", "");
          /* A second recording of the same name, see ChorusExportFolder. */
          else if (g_str_has_prefix (chorus_import_suffixes[i], ".chorus."))
            chorus_import_cut_number (stem, " (", ")");
          break;
        }
    }

  return g_steal_pointer (&stem);
}

ChorusImport *
chorus_import_new (const char *name)
{
  ChorusImport *self = g_new0 (ChorusImport, 1);

  self->stem = chorus_import_make_stem (name);
  self->texts = g_string_chunk_new (CHORUS_IMPORT_CHUNK);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ChorusImportRow));
  self->problems = g_ptr_array_new_with_free_func (chorus_import_problem_free);

  return self;
}

void
chorus_import_free (ChorusImport *self)
{
  if (self == NULL)
    return;

  g_free (self->stem);
  g_string_chunk_free (self->texts);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
chorus_import_row_init (ChorusImportRow *row)
{
  *row = (ChorusImportRow){
    .low = (double) NAN,
    .high = (double) NAN,
    .confidence = (double) NAN,
  };
}

gboolean
chorus_import_row_set_band (ChorusImportRow *row,
                            double           low,
                            double           high)
{
  if (low < 0)
    low = (double) NAN;
  if (high < 0)
    high = (double) NAN;
  if (low > high)
    return FALSE;

  row->low = low;
  row->high = high;

  return TRUE;
}

const char *
chorus_import_keep (ChorusImport *self,
                    const char   *text)
{
  return text && *text ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

void
chorus_import_add_problem (ChorusImport *self,
                           guint64       line,
                           char         *reason)
{
  self->n_problems++;
  if (self->problems->len < CHORUS_IMPORT_MAX_PROBLEMS)
    {
      ChorusImportProblem *problem = g_new0 (ChorusImportProblem, 1);

      problem->line = line;
      problem->reason = reason;
      g_ptr_array_add (self->problems, problem);
    }
  else
    g_free (reason);
}

gboolean
chorus_import_add_row (ChorusImport          *self,
                       const ChorusImportRow *row)
{
  ChorusImportRow added = *row;
  const char *reason = NULL;

  if (added.end < added.start && added.end > added.start - CHORUS_IMPORT_ROUNDING)
    added.end = added.start;
  if (added.start < 0 && added.start > -CHORUS_IMPORT_ROUNDING)
    added.start = 0;

  if (added.end < added.start)
    reason = _("It ends before it begins.");
  else if (added.start < 0)
    reason = _("It begins before its recording does.");
  else if (added.end > CHORUS_IMPORT_MAX_TIME)
    reason = _("It is later than any recording is long.");
  else if (!chorus_import_row_set_band (&added, added.low, added.high))
    reason = _("Its low frequency is above its high frequency.");
  if (reason)
    {
      chorus_import_add_problem (self, row->line, g_strdup (reason));
      return FALSE;
    }

  g_array_append_val (self->rows, added);

  return TRUE;
}

static gboolean
chorus_import_set_unknown (const char  *name,
                           GError     **error)
{
  g_autofree char *shown = chorus_text_from_name (name);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("“%s” is none of the tables that Chorus reads: choose a table of Chorus, Raven, Audacity, "
                  "BirdNET-Analyzer or Kaleidoscope."),
               shown);

  return FALSE;
}

/* Goes through the table; @columns is found in its first row and owned by the caller. */
static gboolean
chorus_import_run (ChorusImport         *self,
                   ChorusTableReader    *reader,
                   const char           *name,
                   ChorusImportColumns **columns,
                   GCancellable         *cancellable,
                   GError              **error)
{
  ChorusTableStep step = CHORUS_TABLE_STEP_ERROR;
  gboolean recognized = FALSE;
  gboolean has_label = FALSE;

  while ((step = chorus_table_reader_next (reader, cancellable, error)) == CHORUS_TABLE_STEP_ROW
         || step == CHORUS_TABLE_STEP_BAD_ROW)
    {
      const guint64 line = chorus_table_reader_get_line (reader);
      guint n_fields = 0;
      const char *const *fields = chorus_table_reader_get_fields (reader, &n_fields);

      if (step == CHORUS_TABLE_STEP_BAD_ROW)
        {
          if (!recognized)
            break;
          chorus_import_add_problem (self, line, g_strdup (chorus_table_reader_get_problem (reader)));
          continue;
        }

      if (!recognized)
        {
          *columns = chorus_import_columns_new (fields, n_fields);
          recognized = TRUE;
          if (*columns)
            {
              self->format = chorus_import_columns_get_format (*columns);
              continue;
            }
          if (!chorus_import_labels_recognize (chorus_table_reader_get_separator (reader), fields, n_fields))
            return chorus_import_set_unknown (name, error);
          self->format = CHORUS_IMPORT_AUDACITY;
        }
      if (*columns)
        chorus_import_columns_read (*columns, self, line, fields, n_fields);
      else
        chorus_import_labels_read (self, line, fields, n_fields, &has_label);
    }

  if (step == CHORUS_TABLE_STEP_ERROR)
    return FALSE;

  return recognized || chorus_import_set_unknown (name, error);
}

ChorusImport *
chorus_import_read_stream (GInputStream  *stream,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (ChorusImport) self = NULL;
  g_autoptr (ChorusTableReader) reader = NULL;
  g_autoptr (ChorusImportColumns) columns = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = chorus_import_new (name);
  reader = chorus_table_reader_new (stream, name);
  if (!chorus_import_run (self, reader, name, &columns, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

ChorusImport *
chorus_import_read (GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  name = g_file_get_basename (file);
  stream = g_file_read (file, cancellable, &local_error);
  if (!stream)
    {
      g_autofree char *shown = chorus_text_from_name (name);

      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, G_IO_ERROR, local_error->domain == G_IO_ERROR ? local_error->code : G_IO_ERROR_FAILED,
                     _("“%s” could not be opened: make sure that it is still there and that you may read it."), shown);
      return NULL;
    }

  return chorus_import_read_stream (G_INPUT_STREAM (stream), name, cancellable, error);
}

static void
chorus_import_read_worker (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ChorusImport *self = chorus_import_read (G_FILE (source_object), cancellable, &error);

  if (self)
    g_task_return_pointer (task, self, (GDestroyNotify) chorus_import_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_import_read_async (GFile               *file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_import_read_async);
  g_task_run_in_thread (task, chorus_import_read_worker);
}

ChorusImport *
chorus_import_read_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_import_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

ChorusImportFormat
chorus_import_get_format (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, CHORUS_IMPORT_CHORUS);

  return self->format;
}

const char *
chorus_import_get_stem (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stem;
}

guint
chorus_import_get_n_rows (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const ChorusImportRow *
chorus_import_get_row (const ChorusImport *self,
                       guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return &g_array_index (self->rows, ChorusImportRow, index);
}

guint
chorus_import_get_n_nothing (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_nothing;
}

guint
chorus_import_get_n_problems (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_problems;
}

GPtrArray *
chorus_import_get_problems (const ChorusImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}
