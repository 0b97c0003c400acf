/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-filter-rows.h"

#include <string.h>

#include "core/chorus-folding.h"

/* One letter is in the name of nearly every species. */
#define CHORUS_FILTER_LEAST_LETTERS 2

void
chorus_filter_question_free (ChorusFilterQuestion *self)
{
  g_free (self->profile_id);
  g_strfreev (self->words);
  g_free (self);
}

void
chorus_filter_answer_free (ChorusFilterAnswer *self)
{
  for (guint i = 0; i < self->n_words; i++)
    g_free (self->hits[i]);
  g_free (self->hits);
  g_hash_table_unref (self->places);
  g_free (self);
}

/* Adds, for every word that is in @name, the species to the set of that word. */
static void
chorus_filter_rows_match (char       **words,
                          GHashTable **species,
                          const char  *name,
                          const char  *of)
{
  g_autofree char *folded = chorus_folding_fold (name);

  for (guint i = 0; words[i]; i++)
    {
      if (g_utf8_strlen (words[i], -1) >= CHORUS_FILTER_LEAST_LETTERS && strstr (folded, words[i]))
        g_hash_table_add (species[i], g_strdup (of));
    }
}

static gboolean
chorus_filter_rows_find_species (ChorusDatabase  *db,
                                 char           **words,
                                 GHashTable     **species,
                                 GError         **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT name, name FROM species UNION ALL SELECT common_name, species FROM common_names",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    chorus_filter_rows_match (words, species, chorus_statement_get_text (select, 0),
                              chorus_statement_get_text (select, 1));

  return step == CHORUS_STEP_DONE;
}

static gboolean
chorus_filter_rows_read_hits (ChorusDatabase      *db,
                              ChorusFilterAnswer  *answer,
                              GHashTable         **species,
                              double               threshold,
                              GError             **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT recording_id FROM recording_species INDEXED BY recording_species_by_species"
                          " WHERE species = ?1 AND (?2 <= 0 OR best_confidence >= ?2)",
                          error);

  if (!select)
    return FALSE;
  for (guint i = 0; i < answer->n_words; i++)
    {
      GHashTableIter iter = { 0 };
      gpointer name = NULL;

      g_hash_table_iter_init (&iter, species[i]);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        {
          ChorusStep step = CHORUS_STEP_ERROR;

          chorus_statement_bind_text (select, 1, name);
          chorus_statement_bind_double (select, 2, threshold);
          while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
            {
              const gint64 recording_id = chorus_statement_get_int64 (select, 0);

              if (recording_id >= 0 && recording_id < answer->n_bits)
                answer->hits[i][recording_id / 8] |= (guint8) (1u << (recording_id % 8));
            }
          if (step == CHORUS_STEP_ERROR)
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
chorus_filter_rows_read_places (ChorusDatabase      *db,
                                const char          *profile_id,
                                ChorusFilterAnswer  *answer,
                                GError             **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT deployment_id, latitude, longitude FROM deployments"
                          " WHERE profile_id = ? AND latitude IS NOT NULL AND longitude IS NOT NULL",
                          error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusFilterPlace *place = g_new0 (ChorusFilterPlace, 1);

      place->latitude = chorus_statement_get_double (select, 1);
      place->longitude = chorus_statement_get_double (select, 2);
      g_hash_table_insert (answer->places, chorus_statement_dup_text (select, 0), place);
    }

  return step == CHORUS_STEP_DONE;
}

static gboolean
chorus_filter_rows_count_bits (ChorusDatabase      *db,
                               ChorusFilterAnswer  *answer,
                               GError             **error)
{
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT coalesce(max(recording_id), 0) + 1 FROM recordings", error);

  if (!select || chorus_statement_step (select, error) != CHORUS_STEP_ROW)
    return FALSE;
  answer->n_bits = MAX (chorus_statement_get_int64 (select, 0), 1);
  for (guint i = 0; i < answer->n_words; i++)
    answer->hits[i] = g_new0 (guint8, (gsize) answer->n_bits / 8 + 1);

  return TRUE;
}

gpointer
chorus_filter_rows_answer (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  const ChorusFilterQuestion *question = data;
  g_autoptr (ChorusFilterAnswer) answer = g_new0 (ChorusFilterAnswer, 1);
  g_autoptr (GPtrArray) species = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  answer->n_words = g_strv_length (question->words);
  answer->hits = g_new0 (guint8 *, answer->n_words + 1);
  answer->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < answer->n_words; i++)
    g_ptr_array_add (species, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL));

  if (answer->n_words > 0
      && (!chorus_filter_rows_count_bits (db, answer, error)
          || !chorus_filter_rows_find_species (db, question->words, (GHashTable **) species->pdata, error)
          || !chorus_filter_rows_read_hits (db, answer, (GHashTable **) species->pdata, question->threshold, error)))
    return NULL;
  if (question->places && !chorus_filter_rows_read_places (db, question->profile_id, answer, error))
    return NULL;

  return g_steal_pointer (&answer);
}
