/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-import-layout.h"

typedef struct
{
  const char *name; /* as chorus_import_layout_simplify() makes it */
  ChorusColumn column;
} ChorusColumnName;

/* Where several names stand for one thing, the first that is there counts. */
static const ChorusColumnName chorus_columns_chorus[] = {
  { "start", CHORUS_COLUMN_BEGIN },
  { "end", CHORUS_COLUMN_END },
  { "low", CHORUS_COLUMN_LOW },
  { "high", CHORUS_COLUMN_HIGH },
  { "recording", CHORUS_COLUMN_FILE },
  { "file id", CHORUS_COLUMN_FILE_ID },
  { "deployment id", CHORUS_COLUMN_DEPLOYMENT_ID },
  { "recorded", CHORUS_COLUMN_RECORDED },
  { "scientific name", CHORUS_COLUMN_SCIENTIFIC },
  { "common name", CHORUS_COLUMN_COMMON },
  { "confidence", CHORUS_COLUMN_CONFIDENCE },
  { "verdict", CHORUS_COLUMN_VERDICT },
  { "verdict scientific name", CHORUS_COLUMN_VERDICT_SCIENTIFIC },
  { "verdict common name", CHORUS_COLUMN_VERDICT_COMMON },
  { "reviewer", CHORUS_COLUMN_REVIEWER },
  { "reviewed at", CHORUS_COLUMN_REVIEWED_AT },
  { "model", CHORUS_COLUMN_MODEL },
  { "model version", CHORUS_COLUMN_MODEL_VERSION },
  { "note", CHORUS_COLUMN_NOTE },
  { "starred", CHORUS_COLUMN_STARRED },
  { NULL },
};

static const ChorusColumnName chorus_columns_raven[] = {
  { "begin time s", CHORUS_COLUMN_BEGIN },
  { "end time s", CHORUS_COLUMN_END },
  { "delta time s", CHORUS_COLUMN_LENGTH },
  { "file offset s", CHORUS_COLUMN_OFFSET },
  { "low freq hz", CHORUS_COLUMN_LOW },
  { "low frequency hz", CHORUS_COLUMN_LOW },
  { "high freq hz", CHORUS_COLUMN_HIGH },
  { "high frequency hz", CHORUS_COLUMN_HIGH },
  { "begin path", CHORUS_COLUMN_PATH },
  { "begin file", CHORUS_COLUMN_FILE },
  { "selection", CHORUS_COLUMN_SELECTION },
  { "view", CHORUS_COLUMN_VIEW },
  { "scientific name", CHORUS_COLUMN_SCIENTIFIC },
  { "common name", CHORUS_COLUMN_COMMON },
  { "species", CHORUS_COLUMN_SPECIES },
  { "annotation", CHORUS_COLUMN_SPECIES },
  { "confidence", CHORUS_COLUMN_CONFIDENCE },
  { "score", CHORUS_COLUMN_CONFIDENCE },
  { "verdict", CHORUS_COLUMN_VERDICT },
  { "reviewer", CHORUS_COLUMN_REVIEWER },
  { "notes", CHORUS_COLUMN_NOTE },
  { "note", CHORUS_COLUMN_NOTE },
  { "comments", CHORUS_COLUMN_NOTE },
  { "band", CHORUS_COLUMN_BAND },
  { NULL },
};

static const ChorusColumnName chorus_columns_birdnet[] = {
  { "start s", CHORUS_COLUMN_BEGIN },
  { "start", CHORUS_COLUMN_BEGIN },
  { "end s", CHORUS_COLUMN_END },
  { "end", CHORUS_COLUMN_END },
  { "file", CHORUS_COLUMN_PATH },
  { "filepath", CHORUS_COLUMN_PATH },
  { "scientific name", CHORUS_COLUMN_SCIENTIFIC },
  { "common name", CHORUS_COLUMN_COMMON },
  { "confidence", CHORUS_COLUMN_CONFIDENCE },
  { "model", CHORUS_COLUMN_MODEL },
  { NULL },
};

static const ChorusColumnName chorus_columns_kaleidoscope[] = {
  { "offset", CHORUS_COLUMN_BEGIN },
  { "duration", CHORUS_COLUMN_LENGTH },
  { "fmin", CHORUS_COLUMN_LOW },
  { "fmax", CHORUS_COLUMN_HIGH },
  { "in file", CHORUS_COLUMN_FILE },
  { "indir", CHORUS_COLUMN_ROOT },
  { "folder", CHORUS_COLUMN_FOLDER },
  { "outdir", CHORUS_COLUMN_OUTPUT },
  { "date", CHORUS_COLUMN_DATE },
  { "time", CHORUS_COLUMN_TIME },
  { "scientific name", CHORUS_COLUMN_SCIENTIFIC },
  { "common name", CHORUS_COLUMN_COMMON },
  { "top1match", CHORUS_COLUMN_SPECIES },
  { "auto id", CHORUS_COLUMN_SPECIES },
  { "confidence", CHORUS_COLUMN_CONFIDENCE },
  { "top1dist", CHORUS_COLUMN_DISTANCE },
  { "manual id", CHORUS_COLUMN_MANUAL },
  { NULL },
};

/* The names that a table of a format has in any case; of those that stand for one thing, one. In the order in which they are
 * tried: the most particular first. */
static const struct
{
  ChorusImportFormat format;
  const ChorusColumnName *names;
  const char *needed[5];
} chorus_import_layouts[] = {
  { CHORUS_IMPORT_CHORUS, chorus_columns_chorus, { "recording", "start", "end", "verdict scientific name" } },
  { CHORUS_IMPORT_RAVEN, chorus_columns_raven, { "begin time s", "end time s" } },
  { CHORUS_IMPORT_RAVEN, chorus_columns_raven, { "begin time s", "delta time s" } },
  { CHORUS_IMPORT_KALEIDOSCOPE, chorus_columns_kaleidoscope, { "in file", "offset", "duration" } },
  { CHORUS_IMPORT_BIRDNET, chorus_columns_birdnet, { "start s", "end s", "scientific name" } },
  { CHORUS_IMPORT_BIRDNET, chorus_columns_birdnet, { "start s", "end s", "common name" } },
  { CHORUS_IMPORT_BIRDNET, chorus_columns_birdnet, { "filepath", "start", "end", "scientific name" } },
};
/* Small letters, and one space for everything that is neither a letter nor a digit. */
static char *
chorus_import_layout_simplify (const char *name)
{
  GString *simple = g_string_new (NULL);

  for (const char *p = name; *p; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (simple, g_ascii_tolower (*p));
      else if (simple->len > 0 && simple->str[simple->len - 1] != ' ')
        g_string_append_c (simple, ' ');
    }

  return g_strchomp (g_string_free (simple, FALSE));
}

static gboolean
chorus_import_layout_has_all (GHashTable        *places,
                              const char *const *needed)
{
  for (; *needed; needed++)
    {
      if (!g_hash_table_contains (places, *needed))
        return FALSE;
    }

  return TRUE;
}

static void
chorus_import_layout_take (const ChorusColumnName *known,
                           GHashTable             *places,
                           int                     columns[CHORUS_N_COLUMNS])
{
  for (guint i = 0; i < CHORUS_N_COLUMNS; i++)
    columns[i] = -1;
  for (; known->name; known++)
    {
      gpointer place = NULL;

      if (columns[known->column] < 0 && g_hash_table_lookup_extended (places, known->name, NULL, &place))
        columns[known->column] = GPOINTER_TO_INT (place);
    }
}

gboolean
chorus_import_layout_find (const char         *const *names,
                           guint                      n_names,
                           ChorusImportFormat        *format,
                           int                        columns[CHORUS_N_COLUMNS])
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_names; i++)
    {
      char *simple = chorus_import_layout_simplify (names[i]);

      if (g_hash_table_contains (places, simple))
        g_free (simple);
      else
        g_hash_table_insert (places, simple, GINT_TO_POINTER ((int) i));
    }

  for (guint i = 0; i < G_N_ELEMENTS (chorus_import_layouts); i++)
    {
      if (chorus_import_layout_has_all (places, chorus_import_layouts[i].needed))
        {
          *format = chorus_import_layouts[i].format;
          chorus_import_layout_take (chorus_import_layouts[i].names, places, columns);
          return TRUE;
        }
    }

  return FALSE;
}
