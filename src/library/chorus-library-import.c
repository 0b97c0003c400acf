/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes over detections that were made elsewhere. */

#include "config.h"

#include "chorus-detection-rows.h"
#include "chorus-library-private.h"
#include "chorus-own-run-rows.h"

typedef struct
{
  char *source;
  GPtrArray *results; /* of ChorusResult */
} ChorusImport;

typedef struct
{
  guint n_added;
  guint n_known;
  GArray *recording_ids; /* of gint64 */
} ChorusImported;

typedef struct
{
  ChorusDatabase *db;
  const ChorusImport *import;
  ChorusStatement *insert_verdict;
  ChorusStatement *insert_note;
  ChorusStatement *insert_star;
  char *now;
  GHashTable *known; /* text of detections that the run at hand has */
  gint64 known_run_id;
  ChorusImported *imported;
} ChorusImportWriter;

static void
chorus_import_free (ChorusImport *self)
{
  g_free (self->source);
  g_ptr_array_unref (self->results);
  g_free (self);
}

static void
chorus_imported_free (ChorusImported *self)
{
  g_array_unref (self->recording_ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusImported, chorus_imported_free)

static void
chorus_import_writer_clear (ChorusImportWriter *self)
{
  g_clear_pointer (&self->insert_verdict, chorus_statement_free);
  g_clear_pointer (&self->insert_note, chorus_statement_free);
  g_clear_pointer (&self->insert_star, chorus_statement_free);
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusImportWriter, chorus_import_writer_clear)

static gboolean
chorus_import_writer_prepare (ChorusImportWriter  *self,
                              GError             **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->now = g_date_time_format_iso8601 (now);
  self->insert_verdict =
    chorus_statement_new (self->db,
                          "INSERT INTO verdicts (detection_id, reviewer, created_at, verdict, scientific_name,"
                          "  common_name, model_name, model_version, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);
  if (!self->insert_verdict)
    return FALSE;
  self->insert_note =
    chorus_statement_new (self->db, "INSERT INTO notes (detection_id, reviewer, created_at, note) VALUES (?, ?, ?, ?)",
                          error);
  if (!self->insert_note)
    return FALSE;
  self->insert_star =
    chorus_statement_new (self->db,
                          "INSERT INTO stars (detection_id, reviewer, created_at, starred) VALUES (?, ?, ?, 1)", error);

  return self->insert_star != NULL;
}

static char *
chorus_import_dup_key (const char *scientific_name,
                       const char *common_name,
                       double      confidence,
                       double      start,
                       double      end,
                       double      low,
                       double      high)
{
  return g_strdup_printf ("%s\n%s\n%.9g %.9g %.9g %.9g %.9g", scientific_name ? scientific_name : "",
                          common_name ? common_name : "", confidence, start, end, low, high);
}

/* The same file can be imported again, grown or not: what is there already is not there twice. */
static gboolean
chorus_import_writer_read_known (ChorusImportWriter  *self,
                                 gint64               run_id,
                                 GError             **error)
{
  g_autoptr (ChorusStatement) select = NULL;
  ChorusStep step = CHORUS_STEP_ERROR;

  if (self->known && self->known_run_id == run_id)
    return TRUE;

  select = chorus_statement_new (self->db,
                                 "SELECT scientific_name, common_name, confidence, start_time, end_time, low_freq,"
                                 "  high_freq FROM detections WHERE run_id = ?",
                                 error);
  if (!select)
    return FALSE;
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known_run_id = run_id;
  chorus_statement_bind_int64 (select, 1, run_id);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    g_hash_table_add (self->known, chorus_import_dup_key (chorus_statement_get_text (select, 0),
                                                          chorus_statement_get_text (select, 1),
                                                          chorus_statement_get_double (select, 2),
                                                          chorus_statement_get_double (select, 3),
                                                          chorus_statement_get_double (select, 4),
                                                          chorus_statement_get_double (select, 5),
                                                          chorus_statement_get_double (select, 6)));

  return step == CHORUS_STEP_DONE;
}

static void
chorus_import_writer_bind (ChorusImportWriter          *self,
                           ChorusStatement             *insert,
                           const ChorusResultDetection *detection,
                           gint64                       detection_id)
{
  chorus_statement_bind_int64 (insert, 1, detection_id);
  chorus_statement_bind_text (insert, 2, detection->reviewer ? detection->reviewer : self->import->source);
  chorus_statement_bind_text (insert, 3, detection->reviewed_at ? detection->reviewed_at : self->now);
}

/* What was said about it goes with it. */
static gboolean
chorus_import_writer_add_words (ChorusImportWriter           *self,
                                const ChorusResultDetection  *detection,
                                gint64                        detection_id,
                                GError                      **error)
{
  if (detection->note && *detection->note != '\0')
    {
      chorus_import_writer_bind (self, self->insert_note, detection, detection_id);
      chorus_statement_bind_text (self->insert_note, 4, detection->note);
      if (!chorus_statement_run (self->insert_note, error))
        return FALSE;
    }
  if (detection->starred)
    {
      chorus_import_writer_bind (self, self->insert_star, detection, detection_id);
      if (!chorus_statement_run (self->insert_star, error))
        return FALSE;
    }
  if (detection->verdict == CHORUS_VERDICT_NONE)
    return TRUE;

  chorus_import_writer_bind (self, self->insert_verdict, detection, detection_id);
  chorus_statement_bind_text (self->insert_verdict, 4, chorus_verdict_to_text (detection->verdict));
  chorus_statement_bind_text (self->insert_verdict, 5, detection->verdict_scientific_name);
  chorus_statement_bind_text (self->insert_verdict, 6, detection->verdict_common_name);
  chorus_statement_bind_text (self->insert_verdict, 7, detection->model_name);
  chorus_statement_bind_text (self->insert_verdict, 8, detection->model_version);
  chorus_statement_bind_text (self->insert_verdict, 9, detection->note);

  return chorus_statement_run (self->insert_verdict, error);
}

static gboolean
chorus_import_writer_add (ChorusImportWriter           *self,
                          gint64                        recording_id,
                          const ChorusResultDetection  *detection,
                          GError                      **error)
{
  const ChorusOwnRun run = {
    .recording_id = recording_id,
    .origin = CHORUS_DETECTION_IMPORT,
    .source = self->import->source,
    .model_name = detection->model_name,
    .model_version = detection->model_version,
  };
  g_autofree char *key =
    chorus_import_dup_key (detection->scientific_name, detection->common_name, detection->confidence, detection->start,
                           detection->end, detection->low, detection->high);
  gint64 run_id = 0;
  gint64 detection_id = 0;

  if (!chorus_own_run_rows_take (self->db, &run, &run_id, error)
      || !chorus_import_writer_read_known (self, run_id, error))
    return FALSE;
  if (!g_hash_table_add (self->known, g_steal_pointer (&key)))
    {
      self->imported->n_known++;
      return TRUE;
    }

  if (!chorus_own_run_rows_add (self->db, &run, run_id, detection, &detection_id, error))
    return FALSE;
  self->imported->n_added++;

  return chorus_import_writer_add_words (self, detection, detection_id, error);
}

static gpointer
chorus_import_write (ChorusDatabase  *db,
                     gpointer         data,
                     GError         **error)
{
  g_autoptr (ChorusImported) imported = g_new0 (ChorusImported, 1);
  g_auto (ChorusImportWriter) self = { .db = db, .import = data, .imported = imported };
  g_autoptr (ChorusTransaction) transaction = chorus_transaction_begin (db, error);

  imported->recording_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!transaction || !chorus_import_writer_prepare (&self, error))
    return NULL;

  for (guint i = 0; i < self.import->results->len; i++)
    {
      const ChorusResult *result = g_ptr_array_index (self.import->results, i);

      for (guint j = 0; j < result->detections->len; j++)
        {
          if (!chorus_import_writer_add (&self, result->recording_id, g_ptr_array_index (result->detections, j), error))
            return NULL;
        }
      if (!chorus_detection_rows_count (db, result->recording_id, error))
        return NULL;
      g_array_append_val (imported->recording_ids, result->recording_id);
    }

  return chorus_transaction_commit (transaction, error) ? g_steal_pointer (&imported) : NULL;
}

static void
chorus_library_imported_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusLibrary *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  ChorusImported *imported = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  if (!imported)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < imported->recording_ids->len; i++)
    chorus_library_reread_recording (self, g_array_index (imported->recording_ids, gint64, i));
  g_task_return_pointer (task, imported, (GDestroyNotify) chorus_imported_free);
}

void
chorus_library_import_async (ChorusLibrary       *self,
                             const char          *source,
                             GPtrArray           *results,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusImport *import = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));
  g_return_if_fail (source != NULL);
  g_return_if_fail (results != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_import_async);
  /* What is written is written. */
  g_task_set_check_cancellable (task, FALSE);

  import = g_new0 (ChorusImport, 1);
  import->source = g_strdup (source);
  import->results = g_ptr_array_ref (results);
  chorus_store_run_async (self->store, chorus_import_write, import, (GDestroyNotify) chorus_import_free,
                          (GDestroyNotify) chorus_imported_free, cancellable, chorus_library_imported_cb,
                          g_object_ref (task));
}

gboolean
chorus_library_import_finish (ChorusLibrary  *self,
                              GAsyncResult   *result,
                              guint          *n_added,
                              guint          *n_known,
                              GError        **error)
{
  g_autoptr (ChorusImported) imported = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  imported = g_task_propagate_pointer (G_TASK (result), error);
  if (!imported)
    return FALSE;
  if (n_added)
    *n_added = imported->n_added;
  if (n_known)
    *n_known = imported->n_known;

  return TRUE;
}
