/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a list takes over what was read, and keeps its order. */

#include "config.h"

#include <string.h>

#include "chorus-recording-list-private.h"
#include "chorus-recording-private.h"

/* The first position whose record does not come before @record. */
static guint
chorus_recording_list_search (ChorusRecordingList         *self,
                              const ChorusRecordingRecord *record)
{
  guint low = 0;
  guint high = self->records->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (chorus_recording_record_compare (g_ptr_array_index (self->records, middle), record) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Takes the reference to @record. */
static void
chorus_recording_list_insert_at (ChorusRecordingList   *self,
                                 guint                  position,
                                 ChorusRecordingRecord *record)
{
  g_ptr_array_insert (self->records, (int) position, record);
  g_hash_table_replace (self->by_id, &record->recording_id, record);
}

/* Whether the record at @position still stands between its neighbors now that it has changed. */
static gboolean
chorus_recording_list_is_in_order (ChorusRecordingList *self,
                                   guint                position)
{
  const ChorusRecordingRecord *record = g_ptr_array_index (self->records, position);

  if (position > 0 && chorus_recording_record_compare (g_ptr_array_index (self->records, position - 1), record) > 0)
    return FALSE;

  return position + 1 == self->records->len
         || chorus_recording_record_compare (record, g_ptr_array_index (self->records, position + 1)) < 0;
}

/* Puts several records where they belong, sorted as they are; takes the references. Those that come to stand side by side
 * are told as one change: whoever shows the list may have to go through all of it for each. */
static void
chorus_recording_list_insert_many (ChorusRecordingList    *self,
                                   ChorusRecordingRecord **records,
                                   guint                   n_records)
{
  for (guint i = 0; i < n_records;)
    {
      const guint position = chorus_recording_list_search (self, records[i]);
      const ChorusRecordingRecord *next =
        position < self->records->len ? g_ptr_array_index (self->records, position) : NULL;
      guint n = 1;

      while (i + n < n_records && (!next || chorus_recording_record_compare (records[i + n], next) < 0))
        n++;
      if (!next)
        {
          for (guint j = 0; j < n; j++)
            {
              g_ptr_array_add (self->records, records[i + j]);
              g_hash_table_replace (self->by_id, &records[i + j]->recording_id, records[i + j]);
            }
        }
      else
        {
          for (guint j = 0; j < n; j++)
            chorus_recording_list_insert_at (self, position + j, records[i + j]);
        }
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
      i += n;
    }
}

static void
chorus_recording_list_update_one (ChorusRecordingList         *self,
                                  ChorusRecordingRecord       *record,
                                  const ChorusRecordingRecord *fresh)
{
  const gboolean same_place = record->instant == fresh->instant && strcmp (record->name, fresh->name) == 0;
  const guint position = same_place ? 0 : chorus_recording_list_search (self, record);
  g_autoptr (ChorusRecording) object = record->object ? g_object_ref (record->object) : NULL;

  if (object)
    chorus_recording_update_from (object, fresh);
  else
    chorus_recording_record_assign (record, fresh);

  if (!same_place && !chorus_recording_list_is_in_order (self, position))
    {
      chorus_recording_record_ref (record);
      g_ptr_array_remove_index (self->records, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
      chorus_recording_list_insert_many (self, &record, 1);
    }
}

static int
chorus_recording_list_compare_pointers (gconstpointer a,
                                        gconstpointer b)
{
  return chorus_recording_record_compare (*(const gpointer *) a, *(const gpointer *) b);
}

/* Takes over records that were just read: those known are updated, the others added. */
void
chorus_recording_list_take (ChorusRecordingList *self,
                            GPtrArray           *records)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) added = g_ptr_array_sized_new (records->len);
  gboolean sorted = TRUE;
  gboolean updated = FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      ChorusRecordingRecord *fresh = g_ptr_array_index (records, i);
      ChorusRecordingRecord *record = g_hash_table_lookup (self->by_id, &fresh->recording_id);

      if (record)
        {
          chorus_recording_list_update_one (self, record, fresh);
          updated = TRUE;
        }
      else if (g_hash_table_add (ids, &fresh->recording_id))
        {
          sorted = sorted
                   && (added->len == 0
                       || chorus_recording_record_compare (g_ptr_array_index (added, added->len - 1), fresh) < 0);
          g_ptr_array_add (added, chorus_recording_record_ref (fresh));
        }
    }

  if (!sorted)
    g_ptr_array_sort (added, chorus_recording_list_compare_pointers);
  chorus_recording_list_insert_many (self, (ChorusRecordingRecord **) added->pdata, added->len);

  if (updated)
    g_signal_emit_by_name (self, "changed");
  if (records->len > 0)
    chorus_recording_list_count (self);
}

/* The same with recordings, which other lists may take over too: each list has records of its own. */
void
chorus_recording_list_merge (ChorusRecordingList *self,
                             GPtrArray           *fresh)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_full (fresh->len, (GDestroyNotify) chorus_recording_record_unref);

  for (guint i = 0; i < fresh->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (fresh, i);

      g_ptr_array_add (records, chorus_recording_record_copy (recording->record));
    }
  chorus_recording_list_take (self, records);
}

/* Shows what the upload queue has done with a recording; returns whether it is in the list. */
gboolean
chorus_recording_list_set_upload (ChorusRecordingList   *self,
                                  gint64                 recording_id,
                                  ChorusRecordingUpload  upload,
                                  double                 progress,
                                  const char            *reason,
                                  gboolean              *only_progress)
{
  ChorusRecordingRecord *record = g_hash_table_lookup (self->by_id, &recording_id);
  g_autoptr (ChorusRecording) recording = NULL;

  if (!record)
    return FALSE;

  *only_progress =
    upload == CHORUS_UPLOAD_SENDING && chorus_recording_record_get_status (record) == CHORUS_RECORDING_UPLOADING;
  recording = chorus_recording_new_of (record);
  chorus_recording_set_upload (recording, upload, progress, reason);
  if (!*only_progress)
    {
      chorus_recording_list_count (self);
      g_signal_emit_by_name (self, "changed");
    }

  return TRUE;
}

/* Calls @func for every recording that is being analyzed. */
void
chorus_recording_list_foreach_analyzing (ChorusRecordingList *self,
                                         GPtrArray           *records,
                                         GFunc                func,
                                         gpointer             user_data)
{
  for (guint i = 0; i < records->len; i++)
    {
      const ChorusRecordingRecord *one = g_ptr_array_index (records, i);
      ChorusRecordingRecord *record = g_hash_table_lookup (self->by_id, &one->recording_id);

      if (record && chorus_recording_record_get_status (record) == CHORUS_RECORDING_ANALYZING)
        func (chorus_recording_list_get_object (self, record), user_data);
    }
}

static void
chorus_recording_list_remove_at (ChorusRecordingList *self,
                                 guint                position)
{
  const ChorusRecordingRecord *record = g_ptr_array_index (self->records, position);

  g_hash_table_remove (self->by_id, &record->recording_id);
  g_ptr_array_remove_index (self->records, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  chorus_recording_list_count (self);
}

/* Takes out what there is no longer. */
void
chorus_recording_list_remove (ChorusRecordingList *self,
                              gint64               recording_id)
{
  const ChorusRecordingRecord *record = g_hash_table_lookup (self->by_id, &recording_id);

  if (record)
    chorus_recording_list_remove_at (self, chorus_recording_list_search (self, record));
}

/* Takes out what shows the same file as one of @recordings. A refresh may have listed a file as new before the upload queue
 * learned that it is one of its own; the queue then makes the two rows one. */
void
chorus_recording_list_remove_doubles (ChorusRecordingList *self,
                                      GPtrArray           *recordings)
{
  g_autoptr (GHashTable) by_file = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i);

      if (recording->record->file_id)
        g_hash_table_insert (by_file, recording->record->file_id, recording->record);
    }
  if (g_hash_table_size (by_file) == 0)
    return;

  for (guint i = self->records->len; i > 0; i--)
    {
      const ChorusRecordingRecord *other = g_ptr_array_index (self->records, i - 1);
      const ChorusRecordingRecord *record = other->file_id ? g_hash_table_lookup (by_file, other->file_id) : NULL;

      /* Two deployments may use the same id. */
      if (record && other->recording_id != record->recording_id
          && strcmp (other->deployment_id, record->deployment_id) == 0)
        chorus_recording_list_remove_at (self, i - 1);
    }
}

GPtrArray *
chorus_recording_list_get_records (ChorusRecordingList *self)
{
  return self->records;
}
