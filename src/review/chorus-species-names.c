/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-species-names.h"

#include <string.h>

#include "store/chorus-statement.h"

/* Names that a reviewer has given: more than anybody chooses from. */
#define CHORUS_SPECIES_NAMES_MOST_USED "500"

typedef struct
{
  char *profile_id;
  char *reviewer;
} ChorusNamesQuestion;

/* A name that was found, with what decides on its place. */
typedef struct
{
  ChorusSpeciesName *name;
  gboolean begins;
} ChorusNameMatch;

ChorusSpeciesName *
chorus_species_name_new (const char *scientific_name,
                         const char *common_name)
{
  ChorusSpeciesName *self = g_new0 (ChorusSpeciesName, 1);

  self->scientific_name = g_strdup (scientific_name);
  self->common_name = g_strdup (common_name);

  return self;
}

void
chorus_species_name_free (ChorusSpeciesName *self)
{
  g_free (self->scientific_name);
  g_free (self->common_name);
  g_free (self);
}

const char *
chorus_species_name_get_display (const ChorusSpeciesName *self)
{
  if (self->common_name && *self->common_name != '\0')
    return self->common_name;

  return self->scientific_name ? self->scientific_name : "";
}

static void
chorus_names_question_free (ChorusNamesQuestion *self)
{
  g_free (self->profile_id);
  g_free (self->reviewer);
  g_free (self);
}

/* One species may be known by both names here and by one of them there: the scientific one decides. */
static ChorusSpeciesName *
chorus_species_names_get (GPtrArray       *names,
                          GHashTable      *by_key,
                          ChorusStatement *select)
{
  const char *scientific_name = chorus_statement_get_text (select, 0);
  const char *common_name = chorus_statement_get_text (select, 1);
  const char *key = scientific_name && *scientific_name != '\0' ? scientific_name : common_name;
  g_autofree char *folded = NULL;
  ChorusSpeciesName *name = NULL;

  if (!key || *key == '\0')
    return NULL;

  folded = g_utf8_casefold (key, -1);
  name = g_hash_table_lookup (by_key, folded);
  if (!name)
    {
      name = chorus_species_name_new (scientific_name, common_name);
      g_ptr_array_add (names, name);
      g_hash_table_insert (by_key, g_steal_pointer (&folded), name);
    }

  return name;
}

static gboolean
chorus_species_names_read_found (GPtrArray                  *names,
                                 GHashTable                 *by_key,
                                 ChorusDatabase             *db,
                                 const ChorusNamesQuestion  *question,
                                 GError                    **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT d.scientific_name, d.common_name, t.n FROM"
    " (SELECT species, sum(n) AS n, max(deployment_key) AS key FROM tallies JOIN deployment_keys USING (deployment_key)"
    "   WHERE profile_id = ? AND n > 0 GROUP BY species) t"
    " JOIN detections d ON d.detection_id = (SELECT e.detection_id FROM detections e INDEXED BY detections_to_review"
    "   WHERE e.shown_in = t.key AND e.species = t.species LIMIT 1)",
    error);

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, question->profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusSpeciesName *name = chorus_species_names_get (names, by_key, select);

      if (name)
        name->n += (guint64) chorus_statement_get_int64 (select, 2);
    }

  return step != CHORUS_STEP_ERROR;
}

static gboolean
chorus_species_names_read_used (GPtrArray                  *names,
                                GHashTable                 *by_key,
                                ChorusDatabase             *db,
                                const ChorusNamesQuestion  *question,
                                GError                    **error)
{
  ChorusStep step = CHORUS_STEP_ERROR;
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT scientific_name, common_name, max(verdict_id) FROM verdicts"
    " WHERE reviewer = ? AND undoes IS NULL AND (scientific_name IS NOT NULL OR common_name IS NOT NULL)"
    " GROUP BY 1, 2 ORDER BY 3 DESC LIMIT " CHORUS_SPECIES_NAMES_MOST_USED,
    error);

  if (!select)
    return FALSE;
  chorus_statement_bind_text (select, 1, question->reviewer);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusSpeciesName *name = chorus_species_names_get (names, by_key, select);

      if (name)
        name->used = MAX (name->used, chorus_statement_get_int64 (select, 2));
    }

  return step != CHORUS_STEP_ERROR;
}

static gpointer
chorus_species_names_read (ChorusDatabase  *db,
                           gpointer         data,
                           GError         **error)
{
  const ChorusNamesQuestion *question = data;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_species_name_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!chorus_species_names_read_found (names, by_key, db, question, error)
      || !chorus_species_names_read_used (names, by_key, db, question, error))
    return NULL;

  return g_steal_pointer (&names);
}

void
chorus_species_names_load_async (ChorusStore         *store,
                                 const char          *profile_id,
                                 const char          *reviewer,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ChorusNamesQuestion *question = NULL;

  g_return_if_fail (CHORUS_IS_STORE (store));
  g_return_if_fail (profile_id != NULL && reviewer != NULL);

  question = g_new0 (ChorusNamesQuestion, 1);
  question->profile_id = g_strdup (profile_id);
  question->reviewer = g_strdup (reviewer);
  chorus_store_run_async (store, chorus_species_names_read, question, (GDestroyNotify) chorus_names_question_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
chorus_species_names_load_finish (ChorusStore   *store,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return chorus_store_run_finish (store, result, error);
}

/* Whether some word begins with each of @wanted. */
static gboolean
chorus_species_names_match (char **wanted,
                            char **words)
{
  for (guint i = 0; wanted[i]; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; !found && words[j]; j++)
        found = g_str_has_prefix (words[j], wanted[i]);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static int
chorus_name_match_compare (gconstpointer a,
                           gconstpointer b)
{
  const ChorusNameMatch *first = a;
  const ChorusNameMatch *second = b;

  if (first->begins != second->begins)
    return first->begins ? -1 : 1;
  if (first->name->used != second->name->used)
    return first->name->used > second->name->used ? -1 : 1;
  if (first->name->n != second->name->n)
    return first->name->n > second->name->n ? -1 : 1;

  return g_utf8_collate (chorus_species_name_get_display (first->name), chorus_species_name_get_display (second->name));
}

GPtrArray *
chorus_species_names_search (GPtrArray  *names,
                             const char *text,
                             guint       most)
{
  g_auto (GStrv) wanted = g_str_tokenize_and_fold (text, NULL, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (ChorusNameMatch));
  GPtrArray *found = g_ptr_array_new ();

  g_strstrip (folded);
  for (guint i = 0; i < names->len; i++)
    {
      ChorusSpeciesName *name = g_ptr_array_index (names, i);
      g_autofree char *both = g_strjoin (" ", name->common_name ? name->common_name : "",
                                         name->scientific_name ? name->scientific_name : "", NULL);
      g_auto (GStrv) ascii = NULL;
      g_auto (GStrv) words = g_str_tokenize_and_fold (both, NULL, &ascii);
      g_autofree char *display = g_utf8_casefold (chorus_species_name_get_display (name), -1);
      ChorusNameMatch match = { name, *folded != '\0' && g_str_has_prefix (display, folded) };

      if (chorus_species_names_match (wanted, words) || (*wanted && chorus_species_names_match (wanted, ascii)))
        g_array_append_val (matches, match);
    }
  g_array_sort (matches, chorus_name_match_compare);
  for (guint i = 0; i < MIN (matches->len, most); i++)
    g_ptr_array_add (found, g_array_index (matches, ChorusNameMatch, i).name);

  return found;
}
