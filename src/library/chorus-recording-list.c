/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-list.h"

#include <string.h>

#include "chorus-recording-list-private.h"
#include "chorus-recording-private.h"

/* How many objects are kept for those who ask for them again or do not hold them: more than a window shows. */
#define CHORUS_RECORDING_LIST_KEPT 512

/* A millisecond to gather changes in for every so many recordings: all of them are gone through then. */
#define CHORUS_RECORDING_LIST_PER_MS 200

typedef struct
{
  guint n_recordings;
  guint n_uploading;
  guint n_to_analyze;
  guint n_analyzing;
  guint n_with_detections;
  guint n_without_detections;
  guint n_failed;
} ChorusRecordingCounts;

struct _ChorusRecordingList
{
  GObject parent_instance;

  ChorusScope *scope;
  GPtrArray *records; /* of ChorusRecordingRecord, sorted */
  GHashTable *by_id;  /* recording id (gint64 *, in the record) to ChorusRecordingRecord, which is not owned */
  GPtrArray *kept;    /* of ChorusRecording: those that were asked for last, a ring */
  guint next_kept;

  gboolean loading;
  GDateTime *synced_at;
  ChorusRecordingCounts counts;
  guint count_id; /* an idle source while the counts are out of date */
};

static void chorus_recording_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusRecordingList,
                               chorus_recording_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_recording_list_model_init))

enum
{
  PROP_0,
  PROP_DEPLOYMENT_ID,
  PROP_LOADING,
  PROP_SYNCED_AT,
  PROP_N_RECORDINGS,
  PROP_N_UPLOADING,
  PROP_N_TO_ANALYZE,
  PROP_N_ANALYZING,
  PROP_N_WITH_DETECTIONS,
  PROP_N_WITHOUT_DETECTIONS,
  PROP_N_FAILED,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
chorus_recording_list_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_RECORDING;
}

static guint
chorus_recording_list_get_n_items (GListModel *model)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (model);

  return self->records->len;
}

/* The object of a record. A hundred thousand of them would take long to make and much room, so there are only those that
 * somebody holds and those that were asked for last. */
ChorusRecording *
chorus_recording_list_get_object (ChorusRecordingList   *self,
                                  ChorusRecordingRecord *record)
{
  const gboolean known = record->object != NULL;
  g_autoptr (ChorusRecording) recording = chorus_recording_new_of (record);

  if (known)
    return recording;

  if (self->kept->len < CHORUS_RECORDING_LIST_KEPT)
    {
      g_ptr_array_add (self->kept, g_object_ref (recording));
    }
  else
    {
      g_autoptr (ChorusRecording) oldest = g_ptr_array_index (self->kept, self->next_kept);

      g_ptr_array_index (self->kept, self->next_kept) = g_object_ref (recording);
      self->next_kept = (self->next_kept + 1) % CHORUS_RECORDING_LIST_KEPT;
    }

  return recording;
}

static gpointer
chorus_recording_list_get_item (GListModel *model,
                                guint       position)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (model);

  if (position >= self->records->len)
    return NULL;

  return g_object_ref (chorus_recording_list_get_object (self, g_ptr_array_index (self->records, position)));
}

static void
chorus_recording_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_recording_list_get_item_type;
  iface->get_n_items = chorus_recording_list_get_n_items;
  iface->get_item = chorus_recording_list_get_item;
}

static void
chorus_recording_list_finalize (GObject *object)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (object);

  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_clear_pointer (&self->scope, chorus_scope_free);

  G_OBJECT_CLASS (chorus_recording_list_parent_class)->finalize (object);
}

static void
chorus_recording_list_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (object);

  switch (property_id)
    {
    case PROP_DEPLOYMENT_ID:
      g_value_set_string (value, chorus_recording_list_get_deployment_id (self));
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_SYNCED_AT:
      g_value_set_boxed (value, self->synced_at);
      break;

    case PROP_N_RECORDINGS:
      g_value_set_uint (value, self->counts.n_recordings);
      break;

    case PROP_N_UPLOADING:
      g_value_set_uint (value, self->counts.n_uploading);
      break;

    case PROP_N_TO_ANALYZE:
      g_value_set_uint (value, self->counts.n_to_analyze);
      break;

    case PROP_N_ANALYZING:
      g_value_set_uint (value, self->counts.n_analyzing);
      break;

    case PROP_N_WITH_DETECTIONS:
      g_value_set_uint (value, self->counts.n_with_detections);
      break;

    case PROP_N_WITHOUT_DETECTIONS:
      g_value_set_uint (value, self->counts.n_without_detections);
      break;

    case PROP_N_FAILED:
      g_value_set_uint (value, self->counts.n_failed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_recording_list_class_init (ChorusRecordingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct
  {
    guint property;
    const char *name;
  } counts[] = {
    { PROP_N_RECORDINGS, "n-recordings" },
    { PROP_N_UPLOADING, "n-uploading" },
    { PROP_N_TO_ANALYZE, "n-to-analyze" },
    { PROP_N_ANALYZING, "n-analyzing" },
    { PROP_N_WITH_DETECTIONS, "n-with-detections" },
    { PROP_N_WITHOUT_DETECTIONS, "n-without-detections" },
    { PROP_N_FAILED, "n-failed" },
  };

  object_class->finalize = chorus_recording_list_finalize;
  object_class->get_property = chorus_recording_list_get_property;

  properties[PROP_DEPLOYMENT_ID] = g_param_spec_string ("deployment-id", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);
  properties[PROP_SYNCED_AT] = g_param_spec_boxed ("synced-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    properties[counts[i].property] = g_param_spec_uint (counts[i].name, NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Recordings have changed where they stand. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_recording_list_init (ChorusRecordingList *self)
{
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_recording_record_unref);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->loading = TRUE;
}

ChorusRecordingList *
chorus_recording_list_new_of (const ChorusScope *scope)
{
  ChorusRecordingList *self = g_object_new (CHORUS_TYPE_RECORDING_LIST, NULL);

  self->scope = chorus_scope_copy (scope);

  return self;
}

ChorusRecordingList *
chorus_recording_list_new (const char *deployment_id)
{
  g_autoptr (ChorusScope) scope = chorus_scope_new (CHORUS_SCOPE_DEPLOYMENT, deployment_id);

  return chorus_recording_list_new_of (scope);
}

static void
chorus_recording_list_set_count (ChorusRecordingList *self,
                                 guint               *count,
                                 guint                fresh,
                                 guint                property)
{
  if (*count == fresh)
    return;

  *count = fresh;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
chorus_recording_counts_add (ChorusRecordingCounts *counts,
                             ChorusRecordingStatus  status)
{
  counts->n_recordings++;

  switch (status)
    {
    case CHORUS_RECORDING_WAITING:
    case CHORUS_RECORDING_CHECKING:
    case CHORUS_RECORDING_UPLOADING:
      counts->n_uploading++;
      break;

    case CHORUS_RECORDING_TO_ANALYZE:
      counts->n_to_analyze++;
      break;

    case CHORUS_RECORDING_ANALYZING:
      counts->n_analyzing++;
      break;

    case CHORUS_RECORDING_DETECTIONS:
      counts->n_with_detections++;
      break;

    case CHORUS_RECORDING_NO_DETECTIONS:
      counts->n_without_detections++;
      break;

    case CHORUS_RECORDING_FAILED:
    case CHORUS_RECORDING_REFUSED:
      counts->n_failed++;
      break;

    case CHORUS_RECORDING_UPLOADED:
    default:
      break;
    }
}

static gboolean
chorus_recording_list_count_cb (gpointer user_data)
{
  ChorusRecordingList *self = user_data;
  ChorusRecordingCounts counts = { 0 };

  for (guint i = 0; i < self->records->len; i++)
    chorus_recording_counts_add (&counts, chorus_recording_record_get_status (g_ptr_array_index (self->records, i)));

  self->count_id = 0;
  g_object_freeze_notify (G_OBJECT (self));
#define SET(count, property) chorus_recording_list_set_count (self, &self->counts.count, counts.count, property)
  SET (n_recordings, PROP_N_RECORDINGS);
  SET (n_uploading, PROP_N_UPLOADING);
  SET (n_to_analyze, PROP_N_TO_ANALYZE);
  SET (n_analyzing, PROP_N_ANALYZING);
  SET (n_with_detections, PROP_N_WITH_DETECTIONS);
  SET (n_without_detections, PROP_N_WITHOUT_DETECTIONS);
  SET (n_failed, PROP_N_FAILED);
#undef SET
  g_object_thaw_notify (G_OBJECT (self));

  return G_SOURCE_REMOVE;
}

/* Counts again soon: once for many changes. */
void
chorus_recording_list_count (ChorusRecordingList *self)
{
  /* All of them are gone through: where they are many, not for every single change. */
  if (self->count_id == 0)
    self->count_id =
      g_timeout_add (self->records->len / CHORUS_RECORDING_LIST_PER_MS, chorus_recording_list_count_cb, self);
}

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
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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

void
chorus_recording_list_set_loaded (ChorusRecordingList *self)
{
  if (!self->loading)
    return;

  self->loading = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
chorus_recording_list_set_synced_at (ChorusRecordingList *self,
                                     GDateTime           *synced_at)
{
  if (!synced_at || (self->synced_at && g_date_time_equal (self->synced_at, synced_at)))
    return;

  g_clear_pointer (&self->synced_at, g_date_time_unref);
  self->synced_at = g_date_time_ref (synced_at);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
}

const char *
chorus_recording_list_get_deployment_id (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), NULL);

  return self->scope->kind == CHORUS_SCOPE_DEPLOYMENT ? self->scope->id : NULL;
}

const ChorusScope *
chorus_recording_list_get_scope (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), NULL);

  return self->scope;
}

gboolean
chorus_recording_list_get_loading (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), FALSE);

  return self->loading;
}

GDateTime *
chorus_recording_list_get_synced_at (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), NULL);

  return self->synced_at;
}

ChorusRecording *
chorus_recording_list_find (ChorusRecordingList *self,
                            gint64               recording_id)
{
  ChorusRecordingRecord *record = NULL;

  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), NULL);

  record = g_hash_table_lookup (self->by_id, &recording_id);

  return record ? chorus_recording_list_get_object (self, record) : NULL;
}

guint
chorus_recording_list_get_n_recordings (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_recordings;
}

guint
chorus_recording_list_get_n_uploading (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_uploading;
}

guint
chorus_recording_list_get_n_to_analyze (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_to_analyze;
}

guint
chorus_recording_list_get_n_analyzing (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_analyzing;
}

guint
chorus_recording_list_get_n_with_detections (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_with_detections;
}

guint
chorus_recording_list_get_n_without_detections (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_without_detections;
}

guint
chorus_recording_list_get_n_failed (ChorusRecordingList *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), 0);

  return self->counts.n_failed;
}
