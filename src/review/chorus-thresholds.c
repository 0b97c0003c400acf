/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-thresholds.h"

#include <math.h>

struct _ChorusThresholds
{
  GObject parent_instance;

  ChorusStore *store;
  char *profile_id;
  ChorusThresholdRows *rows;
  guint64 n_set; /* how often one was set: what is read from before is old */
};

G_DEFINE_FINAL_TYPE (ChorusThresholds, chorus_thresholds, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *profile_id;
  char *species;
  double threshold;
} ChorusThresholdJob;

static void
chorus_threshold_job_free (ChorusThresholdJob *self)
{
  g_free (self->profile_id);
  g_free (self->species);
  g_free (self);
}

static ChorusThresholdRows *
chorus_threshold_rows_new (void)
{
  ChorusThresholdRows *self = g_new0 (ChorusThresholdRows, 1);

  self->species = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
chorus_threshold_rows_free (ChorusThresholdRows *self)
{
  g_hash_table_unref (self->species);
  g_free (self);
}

static void
chorus_threshold_rows_set (ChorusThresholdRows *self,
                           const char          *species,
                           double               threshold)
{
  GHashTableIter iter = { 0 };
  gpointer value = NULL;

  if (!species || *species == '\0')
    self->all = isnan (threshold) ? 0 : threshold;
  else if (isnan (threshold))
    g_hash_table_remove (self->species, species);
  else
    g_hash_table_insert (self->species, g_strdup (species), g_memdup2 (&threshold, sizeof threshold));

  self->lowest = self->all;
  g_hash_table_iter_init (&iter, self->species);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    self->lowest = MIN (self->lowest, *(double *) value);
}

double
chorus_threshold_rows_get (const ChorusThresholdRows *self,
                           const char                *species)
{
  const double *own = species ? g_hash_table_lookup (self->species, species) : NULL;

  return own ? *own : self->all;
}

ChorusThresholdRows *
chorus_threshold_rows_read (ChorusDatabase  *db,
                            const char      *profile_id,
                            GError         **error)
{
  g_autoptr (ChorusThresholdRows) self = chorus_threshold_rows_new ();
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, "SELECT species, threshold FROM thresholds WHERE profile_id = ?", error);
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return NULL;
  chorus_statement_bind_text (select, 1, profile_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    chorus_threshold_rows_set (self, chorus_statement_get_text (select, 0), chorus_statement_get_double (select, 1));

  return step == CHORUS_STEP_DONE ? g_steal_pointer (&self) : NULL;
}

static gpointer
chorus_threshold_rows_read_job (ChorusDatabase  *db,
                                gpointer         data,
                                GError         **error)
{
  return chorus_threshold_rows_read (db, data, error);
}

static gpointer
chorus_threshold_rows_write_job (ChorusDatabase  *db,
                                 gpointer         data,
                                 GError         **error)
{
  const ChorusThresholdJob *job = data;
  g_autoptr (ChorusStatement) statement =
    chorus_statement_new (db,
                          isnan (job->threshold)
                            ? "DELETE FROM thresholds WHERE profile_id = ?1 AND species = ?2"
                            : "INSERT INTO thresholds (profile_id, species, threshold) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (profile_id, species) DO UPDATE SET threshold = excluded.threshold",
                          error);

  if (!statement)
    return NULL;
  chorus_statement_bind_text (statement, 1, job->profile_id);
  chorus_statement_bind_text (statement, 2, job->species);
  if (!isnan (job->threshold))
    chorus_statement_bind_double (statement, 3, job->threshold);
  chorus_statement_run (statement, error);

  return NULL;
}

static void
chorus_thresholds_finalize (GObject *object)
{
  ChorusThresholds *self = CHORUS_THRESHOLDS (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->profile_id, g_free);
  g_clear_pointer (&self->rows, chorus_threshold_rows_free);

  G_OBJECT_CLASS (chorus_thresholds_parent_class)->finalize (object);
}

static void
chorus_thresholds_class_init (ChorusThresholdsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_thresholds_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", CHORUS_TYPE_THRESHOLDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_thresholds_init (ChorusThresholds *self)
{
  self->rows = chorus_threshold_rows_new ();
}

ChorusThresholds *
chorus_thresholds_new (ChorusStore *store,
                       const char  *profile_id)
{
  ChorusThresholds *self = NULL;

  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);
  g_return_val_if_fail (profile_id != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_THRESHOLDS, NULL);
  self->store = g_object_ref (store);
  self->profile_id = g_strdup (profile_id);

  return self;
}

static void
chorus_thresholds_loaded_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusThresholds *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusThresholdRows) rows = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!rows)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (*(guint64 *) g_task_get_task_data (task) == self->n_set)
    {
      g_clear_pointer (&self->rows, chorus_threshold_rows_free);
      self->rows = g_steal_pointer (&rows);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  g_task_return_boolean (task, TRUE);
}

void
chorus_thresholds_load_async (ChorusThresholds    *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_THRESHOLDS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_thresholds_load_async);
  g_task_set_task_data (task, g_memdup2 (&self->n_set, sizeof self->n_set), g_free);
  chorus_store_run_async (self->store, chorus_threshold_rows_read_job, g_strdup (self->profile_id), g_free,
                          (GDestroyNotify) chorus_threshold_rows_free, cancellable, chorus_thresholds_loaded_cb,
                          g_object_ref (task));
}

gboolean
chorus_thresholds_load_finish (ChorusThresholds  *self,
                               GAsyncResult      *result,
                               GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

double
chorus_thresholds_get (ChorusThresholds *self,
                       const char       *species)
{
  g_return_val_if_fail (CHORUS_IS_THRESHOLDS (self), 0);

  return chorus_threshold_rows_get (self->rows, species);
}

double
chorus_thresholds_get_own (ChorusThresholds *self,
                           const char       *species)
{
  const double *own = NULL;

  g_return_val_if_fail (CHORUS_IS_THRESHOLDS (self), (double) NAN);
  g_return_val_if_fail (species != NULL, (double) NAN);

  own = g_hash_table_lookup (self->rows->species, species);

  return own ? *own : (double) NAN;
}

static void
chorus_thresholds_written_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
chorus_thresholds_set_async (ChorusThresholds    *self,
                             const char          *species,
                             double               threshold,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusThresholdJob *job = NULL;

  g_return_if_fail (CHORUS_IS_THRESHOLDS (self));
  g_return_if_fail (isnan (threshold) || (threshold >= 0 && threshold <= 1));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_thresholds_set_async);
  g_task_set_check_cancellable (task, FALSE);

  self->n_set++;
  chorus_threshold_rows_set (self->rows, species, threshold);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  job = g_new0 (ChorusThresholdJob, 1);
  job->profile_id = g_strdup (self->profile_id);
  job->species = g_strdup (species ? species : "");
  job->threshold = threshold;
  chorus_store_run_async (self->store, chorus_threshold_rows_write_job, job, (GDestroyNotify) chorus_threshold_job_free,
                          NULL, cancellable, chorus_thresholds_written_cb, g_object_ref (task));
}

gboolean
chorus_thresholds_set_finish (ChorusThresholds  *self,
                              GAsyncResult      *result,
                              GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
