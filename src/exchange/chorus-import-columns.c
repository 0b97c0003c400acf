/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-columns.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "chorus-import-layout.h"
#include "chorus-raven-table.h"
#include "chorus-species-label.h"
#include "chorus-table-number.h"
#include "core/chorus-text.h"

/* Two views of one selection are drawn at the same time, in seconds. */
#define CHORUS_IMPORT_SAME_TIME 1e-6

/* kHz; above it a number can only be Hz. */
#define CHORUS_IMPORT_MAX_KHZ 500.0

struct _ChorusImportColumns
{
  ChorusImportFormat format;
  int columns[CHORUS_N_COLUMNS]; /* where each is, or -1 */
  char *shown[CHORUS_N_COLUMNS]; /* what each is called in this table, safe to show */
  GHashTable *views;             /* selection number to ChorusImportView */
};

/* Which row a selection has become, so that its other views are known. */
typedef struct
{
  guint index;
  char *view;
  gboolean is_waveform;
  double begin;
} ChorusImportView;

static void
chorus_import_view_free (gpointer data)
{
  ChorusImportView *view = data;

  g_free (view->view);
  g_free (view);
}

ChorusImportColumns *
chorus_import_columns_new (const char *const *names,
                           guint              n_names)
{
  ChorusImportColumns *self = g_new0 (ChorusImportColumns, 1);

  self->views = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, chorus_import_view_free);
  if (!chorus_import_layout_find (names, n_names, &self->format, self->columns))
    {
      chorus_import_columns_free (self);
      return NULL;
    }
  for (guint i = 0; i < CHORUS_N_COLUMNS; i++)
    {
      if (self->columns[i] >= 0)
        self->shown[i] = chorus_text_from_name (names[self->columns[i]]);
    }

  return self;
}

void
chorus_import_columns_free (ChorusImportColumns *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < CHORUS_N_COLUMNS; i++)
    g_free (self->shown[i]);
  g_hash_table_unref (self->views);
  g_free (self);
}

ChorusImportFormat
chorus_import_columns_get_format (ChorusImportColumns *self)
{
  return self->format;
}

/* A row while it is read. */
typedef struct
{
  ChorusImportColumns *columns;
  ChorusImport *import;
  const char *const *fields;
  guint n_fields;
} ChorusImportReading;

/* The field of a column, or %NULL where there is none or nothing in it. */
static const char *
chorus_import_reading_get (const ChorusImportReading *reading,
                           ChorusColumn               column)
{
  const int place = reading->columns->columns[column];
  const char *field = NULL;

  if (place < 0 || (guint) place >= reading->n_fields)
    return NULL;
  field = reading->fields[place];

  return field[strspn (field, " ")] == '\0' ? NULL : field;
}

/* The same as a text that is kept, as it was before it was made safe for spreadsheets. */
static const char *
chorus_import_reading_keep (const ChorusImportReading *reading,
                            ChorusColumn               column)
{
  const char *field = chorus_import_reading_get (reading, column);
  g_autofree char *text = field ? chorus_table_text_restore (field) : NULL;

  return chorus_import_keep (reading->import, text);
}

/* NaN where there is nothing, or nothing that is a number. */
static double
chorus_import_reading_get_number (const ChorusImportReading *reading,
                                  ChorusColumn               column)
{
  const char *field = chorus_import_reading_get (reading, column);
  double number = 0;

  return field && chorus_table_number_read (field, &number) ? number : (double) NAN;
}

/* Says which column has no number where there must be one. */
static char *
chorus_import_reading_dup_problem (const ChorusImportReading *reading,
                                   ChorusColumn               column)
{
  const char *field = chorus_import_reading_get (reading, column);
  const char *name = reading->columns->shown[column];
  g_autofree char *shown = field ? chorus_text_from_name (field) : NULL;

  if (!shown)
    /* Translators: the name of a column of a table */
    return g_strdup_printf (_("There is no time in the column “%s”."), name);

  /* Translators: the name of a column of a table, and what stands there */
  return g_strdup_printf (_("The column “%s” has “%s”, which is not a time in seconds."), name, shown);
}

/* Start and end; %FALSE with a sentence where they cannot be read. */
static gboolean
chorus_import_reading_get_times (const ChorusImportReading  *reading,
                                 ChorusImportRow            *row,
                                 char                      **problem)
{
  const double begin = chorus_import_reading_get_number (reading, CHORUS_COLUMN_BEGIN);
  const double offset = chorus_import_reading_get_number (reading, CHORUS_COLUMN_OFFSET);
  const double end = chorus_import_reading_get_number (reading, CHORUS_COLUMN_END);
  double length = chorus_import_reading_get_number (reading, CHORUS_COLUMN_LENGTH);

  row->start = isnan (offset) ? begin : offset;
  if (isnan (begin))
    {
      /* Kaleidoscope leaves it out where a row is about a whole file. */
      if (reading->columns->format != CHORUS_IMPORT_KALEIDOSCOPE
          || chorus_import_reading_get (reading, CHORUS_COLUMN_BEGIN))
        {
          *problem = chorus_import_reading_dup_problem (reading, CHORUS_COLUMN_BEGIN);
          return FALSE;
        }
      row->start = 0;
    }
  if (!isnan (end))
    length = end - begin;
  if (isnan (length))
    {
      *problem = chorus_import_reading_dup_problem (reading, reading->columns->columns[CHORUS_COLUMN_END] >= 0
                                                               ? CHORUS_COLUMN_END
                                                               : CHORUS_COLUMN_LENGTH);
      return FALSE;
    }
  row->end = row->start + length;

  return TRUE;
}

static double
chorus_import_reading_get_frequency (const ChorusImportReading *reading,
                                     ChorusColumn               column)
{
  const double number = chorus_import_reading_get_number (reading, column);

  if (reading->columns->format == CHORUS_IMPORT_KALEIDOSCOPE && number < CHORUS_IMPORT_MAX_KHZ)
    return number * 1000;

  return number;
}

static gboolean
chorus_import_reading_is_waveform (const ChorusImportReading *reading)
{
  const char *view = chorus_import_reading_get (reading, CHORUS_COLUMN_VIEW);

  return view && g_ascii_strncasecmp (view, "Waveform", 8) == 0;
}

static void
chorus_import_reading_take_band (const ChorusImportReading *reading,
                                 ChorusImportRow           *row)
{
  const char *band = chorus_import_reading_get (reading, CHORUS_COLUMN_BAND);

  if ((band && g_str_equal (band, CHORUS_RAVEN_NO_BAND)) || chorus_import_reading_is_waveform (reading))
    return;

  row->low = chorus_import_reading_get_frequency (reading, CHORUS_COLUMN_LOW);
  row->high = chorus_import_reading_get_frequency (reading, CHORUS_COLUMN_HIGH);
}

static void
chorus_import_reading_take_file (const ChorusImportReading *reading,
                                 ChorusImportRow           *row)
{
  const char *root = chorus_import_reading_keep (reading, CHORUS_COLUMN_ROOT);
  const char *folder = chorus_import_reading_keep (reading, CHORUS_COLUMN_FOLDER);
  const char *date = NULL;
  const char *time = NULL;
  g_autoptr (ChorusRecordingTime) named = NULL;

  row->file = chorus_import_reading_keep (reading, CHORUS_COLUMN_PATH);
  if (!row->file)
    row->file = chorus_import_reading_keep (reading, CHORUS_COLUMN_FILE);
  if (row->file && (root || folder))
    {
      const char *separator = root && strchr (root, '\\') && !strchr (root, '/') ? "\\" : "/";
      const char *parts[] = { root ? root : folder, root && folder ? folder : row->file,
                              root && folder ? row->file : NULL, NULL };
      g_autofree char *path = g_build_pathv (separator, (char **) parts);

      row->file = chorus_import_keep (reading->import, path);
    }
  row->file_id = chorus_import_reading_keep (reading, CHORUS_COLUMN_FILE_ID);
  row->deployment_id = chorus_import_reading_keep (reading, CHORUS_COLUMN_DEPLOYMENT_ID);
  row->recorded = chorus_import_reading_keep (reading, CHORUS_COLUMN_RECORDED);

  /* Of Kaleidoscope, which may mean the detection: the name of the file says it better, if it does. */
  date = chorus_import_reading_get (reading, CHORUS_COLUMN_DATE);
  time = chorus_import_reading_get (reading, CHORUS_COLUMN_TIME);
  named = date && time && row->file ? chorus_recording_time_new_from_file_name (row->file) : NULL;
  if (date && time && !named)
    {
      g_autofree char *recorded = g_strconcat (date, "T", time, NULL);

      row->recorded = chorus_import_keep (reading->import, recorded);
    }
}

static void
chorus_import_reading_take_species (const ChorusImportReading *reading,
                                    ChorusImportRow           *row)
{
  const char *species = chorus_import_reading_get (reading, CHORUS_COLUMN_SPECIES);
  double number = chorus_import_reading_get_number (reading, CHORUS_COLUMN_CONFIDENCE);

  row->scientific_name = chorus_import_reading_keep (reading, CHORUS_COLUMN_SCIENTIFIC);
  row->common_name = chorus_import_reading_keep (reading, CHORUS_COLUMN_COMMON);
  if (species && !row->scientific_name && !row->common_name)
    {
      g_autofree char *text = chorus_table_text_restore (species);
      g_autofree char *scientific_name = NULL;
      g_autofree char *common_name = NULL;

      chorus_species_label_read (text, &scientific_name, &common_name, &row->confidence, &row->verdict);
      row->scientific_name = chorus_import_keep (reading->import, scientific_name);
      row->common_name = chorus_import_keep (reading->import, common_name);
    }

  if (isnan (number) && reading->columns->columns[CHORUS_COLUMN_OUTPUT] < 0)
    number = 1 - chorus_import_reading_get_number (reading, CHORUS_COLUMN_DISTANCE);
  if (number >= 0 && number <= 1)
    row->confidence = number;
}

static gboolean
chorus_import_is_word (const char *text,
                       const char *word)
{
  return text && g_ascii_strcasecmp (text, word) == 0;
}

/* Whether a row says that there is nothing to hear. */
static gboolean
chorus_import_row_is_nothing (const ChorusImportRow *row,
                              ChorusImportFormat     format)
{
  if (row->verdict != CHORUS_VERDICT_NONE)
    return FALSE;
  if (chorus_import_is_word (row->common_name, "nocall") || chorus_import_is_word (row->scientific_name, "nocall"))
    return TRUE;

  return format == CHORUS_IMPORT_KALEIDOSCOPE && !row->scientific_name
         && chorus_import_is_word (row->common_name, "noise");
}

/* What a person wrote as the species. */
static void
chorus_import_reading_take_manual (const ChorusImportReading *reading,
                                   ChorusImportRow           *row)
{
  const char *manual = chorus_import_reading_keep (reading, CHORUS_COLUMN_MANUAL);

  if (chorus_import_is_word (row->common_name, "NoID"))
    row->common_name = NULL;
  if (!manual || chorus_import_is_word (manual, "NoID"))
    return;

  row->verdict = CHORUS_VERDICT_CONFIRMED;
  if (chorus_import_is_word (manual, "Noise"))
    row->verdict = CHORUS_VERDICT_REJECTED;
  else if (!row->scientific_name && !row->common_name)
    {
      if (chorus_species_label_is_scientific (manual))
        row->scientific_name = manual;
      else
        row->common_name = manual;
    }
  else if (!chorus_import_is_word (manual, row->scientific_name ? row->scientific_name : row->common_name)
           && !chorus_import_is_word (row->common_name, manual))
    {
      if (chorus_species_label_is_scientific (manual))
        row->verdict_scientific_name = manual;
      else
        row->verdict_common_name = manual;
    }
}

static void
chorus_import_reading_take_verdict (const ChorusImportReading *reading,
                                    ChorusImportRow           *row)
{
  const char *verdict = chorus_import_reading_get (reading, CHORUS_COLUMN_VERDICT);
  const char *starred = chorus_import_reading_get (reading, CHORUS_COLUMN_STARRED);

  if (verdict)
    {
      g_autofree char *word = g_strstrip (g_ascii_strdown (verdict, -1));

      row->verdict = chorus_verdict_from_text (word);
    }
  row->verdict_scientific_name = chorus_import_reading_keep (reading, CHORUS_COLUMN_VERDICT_SCIENTIFIC);
  row->verdict_common_name = chorus_import_reading_keep (reading, CHORUS_COLUMN_VERDICT_COMMON);
  row->reviewer = chorus_import_reading_keep (reading, CHORUS_COLUMN_REVIEWER);
  row->reviewed_at = chorus_import_reading_keep (reading, CHORUS_COLUMN_REVIEWED_AT);
  row->model_name = chorus_import_reading_keep (reading, CHORUS_COLUMN_MODEL);
  row->model_version = chorus_import_reading_keep (reading, CHORUS_COLUMN_MODEL_VERSION);
  row->note = chorus_import_reading_keep (reading, CHORUS_COLUMN_NOTE);
  row->starred = starred && g_str_equal (starred, "1");
}

/* Raven writes a selection once for each view. Returns whether @row was there in another one, and takes the band from the
 * view that has one. */
static gboolean
chorus_import_reading_is_twin (const ChorusImportReading *reading,
                               const ChorusImportRow     *row)
{
  const char *view = chorus_import_reading_get (reading, CHORUS_COLUMN_VIEW);
  const double selection = chorus_import_reading_get_number (reading, CHORUS_COLUMN_SELECTION);
  const double begin = chorus_import_reading_get_number (reading, CHORUS_COLUMN_BEGIN);
  const gint64 number = fabs (selection) < 1e15 ? (gint64) selection : -1;
  ChorusImportView *known = g_hash_table_lookup (reading->columns->views, &number);

  if (!view || !known || g_str_equal (view, known->view) || fabs (known->begin - begin) > CHORUS_IMPORT_SAME_TIME)
    return FALSE;

  if (known->is_waveform && !chorus_import_reading_is_waveform (reading))
    {
      ChorusImportRow *first = &g_array_index (reading->import->rows, ChorusImportRow, known->index);

      chorus_import_row_set_band (first, row->low, row->high);
      known->is_waveform = FALSE;
    }

  return TRUE;
}

/* Remembers the view of the row that was added last. */
static void
chorus_import_reading_note_view (const ChorusImportReading *reading)
{
  const char *view = chorus_import_reading_get (reading, CHORUS_COLUMN_VIEW);
  const double selection = chorus_import_reading_get_number (reading, CHORUS_COLUMN_SELECTION);
  ChorusImportView *known = NULL;
  gint64 *number = NULL;

  if (!view || !(fabs (selection) < 1e15))
    return;

  number = g_new0 (gint64, 1);
  *number = (gint64) selection;
  known = g_new0 (ChorusImportView, 1);
  known->index = reading->import->rows->len - 1;
  known->view = g_strdup (view);
  known->is_waveform = chorus_import_reading_is_waveform (reading);
  known->begin = chorus_import_reading_get_number (reading, CHORUS_COLUMN_BEGIN);
  g_hash_table_replace (reading->columns->views, number, known);
}

void
chorus_import_columns_read (ChorusImportColumns        *self,
                            ChorusImport               *import,
                            guint64                     line,
                            const char          *const *fields,
                            guint                       n_fields)
{
  const ChorusImportReading reading = { .columns = self, .import = import, .fields = fields, .n_fields = n_fields };
  ChorusImportRow row = { 0 };
  char *problem = NULL;

  chorus_import_row_init (&row);
  row.line = line;
  chorus_import_reading_take_species (&reading, &row);
  chorus_import_reading_take_verdict (&reading, &row);
  chorus_import_reading_take_manual (&reading, &row);
  if (chorus_import_row_is_nothing (&row, self->format))
    {
      import->n_nothing++;
      return;
    }
  if (!chorus_import_reading_get_times (&reading, &row, &problem))
    {
      chorus_import_add_problem (import, line, problem);
      return;
    }

  chorus_import_reading_take_band (&reading, &row);
  chorus_import_reading_take_file (&reading, &row);
  if (!chorus_import_reading_is_twin (&reading, &row) && chorus_import_add_row (import, &row))
    chorus_import_reading_note_view (&reading);
}
