/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the species list and the calibration of a species read from the store. */

#include "config.h"

#include "chorus-species-private.h"
#include "chorus-tally.h"
#include "store/chorus-statement.h"

typedef struct
{
  ChorusReviewScope scope;
  double threshold;
} ChorusSpeciesQuestion;

static ChorusSpeciesQuestion *
chorus_species_question_new (const ChorusReviewScope *scope,
                             double                   threshold)
{
  ChorusSpeciesQuestion *self = g_new0 (ChorusSpeciesQuestion, 1);

  chorus_review_scope_init (&self->scope, scope->profile_id, (const char *const *) scope->deployment_ids,
                            scope->species);
  self->threshold = threshold;

  return self;
}

static void
chorus_species_question_free (ChorusSpeciesQuestion *self)
{
  chorus_review_scope_clear (&self->scope);
  g_free (self);
}

/* The names are those of any one detection. */
static ChorusSpecies *
chorus_species_rows_read_one (ChorusStatement    *select,
                              const ChorusTally  *tally,
                              GError            **error)
{
  ChorusSpecies *species = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  chorus_statement_bind_int64 (select, 1, tally->key);
  chorus_statement_bind_text (select, 2, tally->species);
  step = chorus_statement_step (select, error);
  if (step == CHORUS_STEP_ERROR)
    return NULL;
  if (step == CHORUS_STEP_ROW)
    {
      species = chorus_species_new (tally, chorus_statement_get_text (select, 0), chorus_statement_get_text (select, 1),
                                    (guint) chorus_statement_get_int64 (select, 2));
      chorus_statement_reset (select);
      return species;
    }

  return chorus_species_new (tally, NULL, tally->species, 0);
}

static int
chorus_species_compare (gconstpointer a,
                        gconstpointer b)
{
  ChorusSpecies *first = *(ChorusSpecies *const *) a;
  ChorusSpecies *second = *(ChorusSpecies *const *) b;
  const guint64 n_first = chorus_species_get_n_detections (first);
  const guint64 n_second = chorus_species_get_n_detections (second);

  if (n_first != n_second)
    return n_first > n_second ? -1 : 1;

  return g_strcmp0 (chorus_species_get_species (first), chorus_species_get_species (second));
}

static gpointer
chorus_species_rows_read (ChorusDatabase  *db,
                          gpointer         data,
                          GError         **error)
{
  const ChorusSpeciesQuestion *question = data;
  g_autoptr (GPtrArray) tallies = chorus_tally_read (db, &question->scope, question->threshold, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ChorusStatement) select = NULL;

  if (!tallies)
    return NULL;
  select =
    chorus_statement_new (db,
                          "SELECT d.scientific_name, d.common_name, coalesce(s.color, 0)"
                          " FROM detections d INDEXED BY detections_to_review LEFT JOIN species s ON s.name = d.species"
                          " WHERE d.shown_in = ? AND d.species = ? LIMIT 1",
                          error);
  if (!select)
    return NULL;
  for (guint i = 0; i < tallies->len; i++)
    {
      const ChorusTally *tally = g_ptr_array_index (tallies, i);
      ChorusSpecies *species = NULL;

      if (tally->n == 0)
        continue;
      species = chorus_species_rows_read_one (select, tally, error);
      if (!species)
        return NULL;
      g_ptr_array_add (list, species);
    }
  g_ptr_array_sort (list, chorus_species_compare);

  return g_steal_pointer (&list);
}

static void
chorus_species_list_loaded_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) species = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  GListStore *list = NULL;

  if (!species)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  list = g_list_store_new (CHORUS_TYPE_SPECIES);
  g_list_store_splice (list, 0, 0, species->pdata, species->len);
  g_task_return_pointer (task, list, g_object_unref);
}

void
chorus_species_list_load_async (ChorusStore             *store,
                                const ChorusReviewScope *scope,
                                double                   threshold,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusSpeciesQuestion *question = NULL;

  g_return_if_fail (CHORUS_IS_STORE (store));
  g_return_if_fail (scope != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_species_list_load_async);
  question = chorus_species_question_new (scope, threshold);
  g_clear_pointer (&question->scope.species, g_free);
  chorus_store_run_async (store, chorus_species_rows_read, question, (GDestroyNotify) chorus_species_question_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, chorus_species_list_loaded_cb,
                          g_object_ref (task));
}

GListModel *
chorus_species_list_load_finish (ChorusStore   *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
chorus_judged_free (ChorusJudged *self)
{
  g_array_unref (self->confidences);
  g_array_unref (self->right);
  g_free (self);
}

static gpointer
chorus_judged_read (ChorusDatabase  *db,
                    gpointer         data,
                    GError         **error)
{
  const ChorusSpeciesQuestion *question = data;
  g_autoptr (ChorusJudged) judged = g_new0 (ChorusJudged, 1);
  g_autoptr (GArray) places = chorus_review_scope_read_places (&question->scope, db, error);
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT score, outcome = 'confirmed' FROM detections INDEXED BY detections_to_review"
                          " WHERE shown_in = ? AND species = ? AND score >= 0"
                          "  AND outcome IN ('confirmed', 'rejected', 'renamed')",
                          error);

  judged->confidences = g_array_new (FALSE, FALSE, sizeof (double));
  judged->right = g_array_new (FALSE, FALSE, sizeof (gboolean));
  if (!places || !select)
    return NULL;

  chorus_statement_bind_text (select, 2, question->scope.species);
  for (guint i = 0; i < places->len; i++)
    {
      ChorusStep step = CHORUS_STEP_ERROR;

      chorus_statement_bind_int64 (select, 1, g_array_index (places, ChorusReviewPlace, i).key);
      while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
        {
          const double confidence = chorus_statement_get_double (select, 0);
          const gboolean right = chorus_statement_get_boolean (select, 1);

          g_array_append_val (judged->confidences, confidence);
          g_array_append_val (judged->right, right);
        }
      if (step == CHORUS_STEP_ERROR)
        return NULL;
    }

  return g_steal_pointer (&judged);
}

static void
chorus_judged_loaded_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusJudged *judged = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (judged)
    g_task_return_pointer (task, judged, (GDestroyNotify) chorus_judged_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_judged_load_async (ChorusStore             *store,
                          const ChorusReviewScope *scope,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_STORE (store));
  g_return_if_fail (scope != NULL && scope->species != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_judged_load_async);
  chorus_store_run_async (store, chorus_judged_read, chorus_species_question_new (scope, 0),
                          (GDestroyNotify) chorus_species_question_free, (GDestroyNotify) chorus_judged_free,
                          cancellable, chorus_judged_loaded_cb, g_object_ref (task));
}

ChorusJudged *
chorus_judged_load_finish (ChorusStore   *store,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
