/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-species-label.h"

#include <math.h>
#include <string.h>

#include "chorus-table-number.h"

/* Digits after the point of a confidence */
#define CHORUS_SPECIES_LABEL_FORMAT "%.4f"

static const ChorusVerdict chorus_species_label_verdicts[] = {
  CHORUS_VERDICT_CONFIRMED,
  CHORUS_VERDICT_REJECTED,
  CHORUS_VERDICT_UNCERTAIN,
};

gboolean
chorus_species_label_is_scientific (const char *name)
{
  g_auto (GStrv) words = NULL;
  guint n_words = 0;

  g_return_val_if_fail (name != NULL, FALSE);

  words = g_strsplit (name, " ", 4);
  n_words = g_strv_length (words);
  if (n_words < 2 || n_words > 3)
    return FALSE;

  for (guint i = 0; i < n_words; i++)
    {
      const char *word = words[i];

      if (strlen (word) < 2 || (i == 0 ? !g_ascii_isupper (*word) : !g_ascii_islower (*word)))
        return FALSE;
      for (word++; *word; word++)
        {
          if (!g_ascii_islower (*word) && *word != '-')
            return FALSE;
        }
    }

  return TRUE;
}

static char *
chorus_species_label_clean (const char *name)
{
  char *clean = NULL;

  if (!name || *name == '\0')
    return NULL;

  clean = g_strdelimit (g_strdup (name), "_", ' ');
  g_strstrip (clean);
  if (*clean == '\0')
    g_clear_pointer (&clean, g_free);

  return clean;
}

char *
chorus_species_label_write (const char    *scientific_name,
                            const char    *common_name,
                            double         confidence,
                            ChorusVerdict  verdict)
{
  g_autofree char *scientific = chorus_species_label_clean (scientific_name);
  g_autofree char *common = chorus_species_label_clean (common_name);
  GString *text = g_string_new (scientific);

  if (scientific && (common || !chorus_species_label_is_scientific (scientific)))
    g_string_append_c (text, '_');
  if (common && !scientific && chorus_species_label_is_scientific (common))
    g_string_append_c (text, '_');
  if (common)
    g_string_append (text, common);

  if (isfinite (confidence))
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, CHORUS_SPECIES_LABEL_FORMAT, confidence);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", number);
    }
  if (verdict != CHORUS_VERDICT_NONE)
    g_string_append_printf (text, "%s[%s]", text->len > 0 ? " " : "", chorus_verdict_to_text (verdict));

  return g_string_free (text, FALSE);
}

static void
chorus_species_label_take_verdict (char          *text,
                                   ChorusVerdict *verdict)
{
  *verdict = CHORUS_VERDICT_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (chorus_species_label_verdicts); i++)
    {
      g_autofree char *word = g_strdup_printf ("[%s]", chorus_verdict_to_text (chorus_species_label_verdicts[i]));

      if (g_str_has_suffix (text, word))
        {
          *verdict = chorus_species_label_verdicts[i];
          text[strlen (text) - strlen (word)] = '\0';
          g_strchomp (text);
          return;
        }
    }
}

/* "Type 1" is a name: a confidence has decimals. */
static void
chorus_species_label_take_confidence (char   *text,
                                      double *confidence)
{
  char *word = strrchr (text, ' ');
  double number = 0;

  *confidence = (double) NAN;
  word = word ? word + 1 : text;
  if (!strpbrk (word, ".,") || !chorus_table_number_read (word, &number) || number < 0 || number > 1)
    return;

  *confidence = number;
  *word = '\0';
  g_strchomp (text);
}

void
chorus_species_label_read (const char     *text,
                           char          **scientific_name,
                           char          **common_name,
                           double         *confidence,
                           ChorusVerdict  *verdict)
{
  g_autofree char *rest = NULL;
  char *bar = NULL;

  g_return_if_fail (text != NULL);

  *scientific_name = NULL;
  *common_name = NULL;
  rest = g_strstrip (g_strdup (text));
  chorus_species_label_take_verdict (rest, verdict);
  chorus_species_label_take_confidence (rest, confidence);

  bar = strchr (rest, '_');
  if (bar)
    {
      *bar = '\0';
      g_strchomp (rest);
      g_strchug (bar + 1);
      if (*rest)
        *scientific_name = g_strdup (rest);
      if (bar[1])
        *common_name = g_strdup (bar + 1);
    }
  else if (*rest && chorus_species_label_is_scientific (rest))
    *scientific_name = g_strdup (rest);
  else if (*rest)
    *common_name = g_strdup (rest);
}
