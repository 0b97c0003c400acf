/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-agreement.h"

#include "store/chorus-statement.h"

typedef struct
{
  ChorusReviewScope scope;
  char *first;
  char *second;
} ChorusAgreementQuestion;

static void
chorus_agreement_question_free (ChorusAgreementQuestion *self)
{
  chorus_review_scope_clear (&self->scope);
  g_free (self->first);
  g_free (self->second);
  g_free (self);
}

void
chorus_agreement_free (ChorusAgreement *self)
{
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->table, g_array_unref);
  g_clear_pointer (&self->differences, g_array_unref);
  g_free (self);
}

static ChorusAgreement *
chorus_agreement_new (void)
{
  ChorusAgreement *self = g_new0 (ChorusAgreement, 1);

  self->labels = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->labels, g_strdup ("confirmed"));
  g_ptr_array_add (self->labels, g_strdup ("rejected"));
  g_ptr_array_add (self->labels, g_strdup ("uncertain"));
  self->table = g_array_new (FALSE, TRUE, sizeof (guint));
  self->differences = g_array_new (FALSE, FALSE, sizeof (ChorusDifference));

  return self;
}

/* A name counts only with a confirmed verdict, whose species it is. */
static guint
chorus_agreement_get_label (ChorusAgreement *self,
                            ChorusStatement *row,
                            int              column)
{
  const char *verdict = chorus_statement_get_text (row, column);
  const char *name = chorus_statement_get_text (row, column + 1);
  g_autofree char *label =
    name && g_str_equal (verdict, "confirmed") ? g_strconcat ("= ", name, NULL) : g_strdup (verdict);
  guint position = 0;

  if (g_ptr_array_find_with_equal_func (self->labels, label, g_str_equal, &position))
    return position;
  g_ptr_array_add (self->labels, g_steal_pointer (&label));

  return self->labels->len - 1;
}

static void
chorus_agreement_fill_table (ChorusAgreement *self,
                             GArray          *pairs)
{
  g_array_set_size (self->table, self->labels->len * self->labels->len);
  for (guint i = 0; i < pairs->len; i++)
    {
      const ChorusDifference *pair = &g_array_index (pairs, ChorusDifference, i);

      g_array_index (self->table, guint, pair->first * self->labels->len + pair->second)++;
      if (pair->first != pair->second)
        g_array_append_val (self->differences, *pair);
    }
  self->n = pairs->len;
}

#define CHORUS_AGREEMENT_NAME(verdict) "coalesce(" verdict ".scientific_name, " verdict ".common_name)"

static gpointer
chorus_agreement_read (ChorusDatabase  *db,
                       gpointer         data,
                       GError         **error)
{
  const ChorusAgreementQuestion *question = data;
  g_autoptr (ChorusAgreement) agreement = chorus_agreement_new ();
  g_autoptr (GArray) places = chorus_review_scope_read_places (&question->scope, db, error);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (ChorusDifference));
  g_autoptr (GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "SELECT d.shown_in, d.detection_id, v.verdict, " CHORUS_AGREEMENT_NAME ("v") ", w.verdict, " CHORUS_AGREEMENT_NAME (
      "w") " FROM (SELECT detection_id, max(verdict_id) AS last FROM standing_verdicts WHERE reviewer = ?1"
           "   GROUP BY detection_id) AS own"
           " CROSS JOIN verdicts v ON v.verdict_id = own.last AND v.verdict <> 'none'"
           " CROSS JOIN verdicts w ON w.verdict_id = (SELECT max(verdict_id) FROM standing_verdicts"
           "   WHERE reviewer = ?2 AND detection_id = own.detection_id) AND w.verdict <> 'none'"
           " CROSS JOIN detections d ON d.detection_id = own.detection_id"
           " WHERE d.shown_in IS NOT NULL AND (?3 IS NULL OR d.species = ?3) ORDER BY d.detection_id",
    error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!places || !select)
    return NULL;
  for (guint i = 0; i < places->len; i++)
    g_hash_table_add (keys, &g_array_index (places, ChorusReviewPlace, i).key);

  chorus_statement_bind_text (select, 1, question->first);
  chorus_statement_bind_text (select, 2, question->second);
  chorus_statement_bind_text (select, 3, question->scope.species);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      const gint64 key = chorus_statement_get_int64 (select, 0);
      ChorusDifference pair = { .detection_id = chorus_statement_get_int64 (select, 1) };

      if (!g_hash_table_contains (keys, &key))
        continue;
      pair.first = chorus_agreement_get_label (agreement, select, 2);
      pair.second = chorus_agreement_get_label (agreement, select, 4);
      g_array_append_val (pairs, pair);
    }
  if (step == CHORUS_STEP_ERROR)
    return NULL;
  chorus_agreement_fill_table (agreement, pairs);

  return g_steal_pointer (&agreement);
}

static void
chorus_agreement_loaded_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusAgreement *agreement = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (agreement)
    g_task_return_pointer (task, agreement, (GDestroyNotify) chorus_agreement_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_agreement_load_async (ChorusStore             *store,
                             const ChorusReviewScope *scope,
                             const char              *first,
                             const char              *second,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusAgreementQuestion *question = NULL;

  g_return_if_fail (CHORUS_IS_STORE (store));
  g_return_if_fail (scope != NULL);
  g_return_if_fail (first != NULL && second != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_agreement_load_async);
  question = g_new0 (ChorusAgreementQuestion, 1);
  chorus_review_scope_init (&question->scope, scope->profile_id, (const char *const *) scope->deployment_ids,
                            scope->species);
  question->first = g_strdup (first);
  question->second = g_strdup (second);
  chorus_store_run_async (store, chorus_agreement_read, question, (GDestroyNotify) chorus_agreement_question_free,
                          (GDestroyNotify) chorus_agreement_free, cancellable, chorus_agreement_loaded_cb,
                          g_object_ref (task));
}

ChorusAgreement *
chorus_agreement_load_finish (ChorusStore   *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* From one name to the next by the index, over however many verdicts. */
static gpointer
chorus_reviewers_read (ChorusDatabase  *db,
                       gpointer         data,
                       GError         **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (ChorusStatement) select = chorus_statement_new (
    db,
    "WITH RECURSIVE names (name) AS (SELECT min(reviewer) FROM verdicts"
    "  UNION ALL SELECT (SELECT min(reviewer) FROM verdicts WHERE reviewer > name) FROM names WHERE name IS NOT NULL)"
    " SELECT name FROM names WHERE name IS NOT NULL",
    error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    g_strv_builder_add (names, chorus_statement_get_text (select, 0));

  return step == CHORUS_STEP_DONE ? g_strv_builder_end (names) : NULL;
}

static void
chorus_reviewers_loaded_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char **names = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (names)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
chorus_reviewers_load_async (ChorusStore         *store,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_reviewers_load_async);
  chorus_store_run_async (store, chorus_reviewers_read, NULL, NULL, (GDestroyNotify) g_strfreev, cancellable,
                          chorus_reviewers_loaded_cb, g_object_ref (task));
}

char **
chorus_reviewers_load_finish (ChorusStore   *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
