/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-reader.h"

#include "store/chorus-statement.h"

/* Rows of the first batch: more than a screen has, and read in a few milliseconds. */
#define CHORUS_READER_FIRST 200

/* Rows of every other batch: taking it over leaves the main thread time to draw. */
#define CHORUS_READER_BATCH 8192

/* The index alone says which rows come in which order, so that little or nothing is sorted; a limit that is none keeps the
 * order of the inner query. */
#define CHORUS_READER_SELECT(deployments)                                                                              \
  "SELECT " CHORUS_RECORDING_COLUMNS " FROM (SELECT recording_id FROM recordings"                                      \
  "  WHERE profile_id = ?1 AND (?2 <> '') AND deployment_id " deployments                                              \
  "  ORDER BY started NULLS LAST, name, recording_id LIMIT -1) AS ordered"                                             \
  " CROSS JOIN recordings r USING (recording_id)"

struct _ChorusRecordingReader
{
  gatomicrefcount n_refs;

  char *profile_id;
  ChorusScope *scope;
  GMainContext *context;
  ChorusRecordingBatchFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

typedef struct
{
  ChorusRecordingReader *reader;
  GPtrArray *records;
} ChorusReaderBatch;

ChorusRecordingReader *
chorus_recording_reader_new (const char               *profile_id,
                             const ChorusScope        *scope,
                             ChorusRecordingBatchFunc  func,
                             gpointer                  user_data,
                             GDestroyNotify            destroy)
{
  ChorusRecordingReader *self = g_new0 (ChorusRecordingReader, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->profile_id = g_strdup (profile_id);
  self->scope = chorus_scope_copy (scope);
  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

/* Never calls @func at once: whatever thread this is, it may be in the middle of something. */
static void
chorus_recording_reader_attach (ChorusRecordingReader *self,
                                GSourceFunc            func,
                                gpointer               data,
                                GDestroyNotify         destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

static gboolean
chorus_recording_reader_destroy_cb (gpointer user_data)
{
  ChorusRecordingReader *self = user_data;

  self->destroy (self->user_data);
  g_main_context_unref (self->context);
  g_free (self);

  return G_SOURCE_REMOVE;
}

/* What the batches are for belongs to the main thread, and is let go of there. */
void
chorus_recording_reader_unref (ChorusRecordingReader *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;

  g_free (self->profile_id);
  chorus_scope_free (self->scope);
  chorus_recording_reader_attach (self, chorus_recording_reader_destroy_cb, self, NULL);
}

static void
chorus_reader_batch_free (gpointer data)
{
  ChorusReaderBatch *batch = data;

  g_ptr_array_unref (batch->records);
  chorus_recording_reader_unref (batch->reader);
  g_free (batch);
}

static gboolean
chorus_recording_reader_hand_over_cb (gpointer user_data)
{
  ChorusReaderBatch *batch = user_data;

  batch->reader->func (batch->records, batch->reader->user_data);

  return G_SOURCE_REMOVE;
}

static int
chorus_recording_reader_compare (gconstpointer a,
                                 gconstpointer b)
{
  return chorus_recording_record_compare (*(const gpointer *) a, *(const gpointer *) b);
}

static void
chorus_recording_reader_hand_over (ChorusRecordingReader *self,
                                   GPtrArray             *records)
{
  ChorusReaderBatch *batch = NULL;

  /* The store's order knows no parts of a second, and sorts names by bytes as they came. */
  g_ptr_array_sort (records, chorus_recording_reader_compare);
  batch = g_new0 (ChorusReaderBatch, 1);
  batch->records = g_ptr_array_ref (records);
  batch->reader = self;
  g_atomic_ref_count_inc (&self->n_refs);

  chorus_recording_reader_attach (self, chorus_recording_reader_hand_over_cb, batch, chorus_reader_batch_free);
}

static void
chorus_recording_reader_bind (ChorusRecordingReader *self,
                              ChorusStatement       *statement)
{
  chorus_statement_bind_text (statement, 1, self->profile_id);
  chorus_statement_bind_text (statement, 2, chorus_scope_get_word (self->scope));
  chorus_statement_bind_text (statement, 3, self->scope->id);
}

static gboolean
chorus_recording_reader_read (ChorusRecordingReader  *self,
                              ChorusDatabase         *db,
                              GError                **error)
{
  static const char of_one[] = CHORUS_READER_SELECT ("= ?3");
  static const char of_several[] = CHORUS_READER_SELECT ("IN (" CHORUS_SCOPE_LIST ")");
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db, self->scope->kind == CHORUS_SCOPE_DEPLOYMENT ? of_one : of_several, error);
  g_autoptr (GPtrArray) records = NULL;
  const ChorusRecordingRecord *before = NULL;
  guint n_wanted = CHORUS_READER_FIRST;
  ChorusStep step = CHORUS_STEP_ERROR;

  if (!select)
    return FALSE;
  chorus_recording_reader_bind (self, select);
  while ((step = chorus_statement_step (select, error)) == CHORUS_STEP_ROW)
    {
      ChorusRecordingRecord *record = NULL;

      if (!records)
        records = g_ptr_array_new_full (n_wanted, (GDestroyNotify) chorus_recording_record_unref);
      record = chorus_recording_record_new_from_row (select, before);
      g_ptr_array_add (records, record);
      before = record;
      if (records->len == n_wanted)
        {
          chorus_recording_reader_hand_over (self, records);
          g_clear_pointer (&records, g_ptr_array_unref);
          before = NULL;
          n_wanted = CHORUS_READER_BATCH;
        }
    }
  if (step == CHORUS_STEP_ERROR)
    return FALSE;
  if (records)
    chorus_recording_reader_hand_over (self, records);

  return TRUE;
}

gpointer
chorus_recording_reader_run (ChorusDatabase  *db,
                             gpointer         data,
                             GError         **error)
{
  ChorusRecordingReader *self = data;
  g_autoptr (ChorusStatement) select =
    chorus_statement_new (db,
                          "SELECT CASE count(*) WHEN count(s.synced_at) THEN min(s.synced_at) END"
                          " FROM (" CHORUS_SCOPE_LIST ") AS d"
                          " LEFT JOIN syncs s ON s.profile_id = ?1 AND s.deployment_id = d.deployment_id",
                          error);
  const char *text = NULL;

  if (!select || !chorus_recording_reader_read (self, db, error))
    return NULL;

  chorus_recording_reader_bind (self, select);
  if (chorus_statement_step (select, error) != CHORUS_STEP_ROW)
    return NULL;
  text = chorus_statement_get_text (select, 0);

  return text ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}
