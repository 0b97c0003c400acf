/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-list.h"

#include "chorus-recording-list-private.h"
#include "chorus-recording-private.h"

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

  char *deployment_id;
  GSequence *recordings; /* of ChorusRecording, sorted */
  GHashTable *iters;     /* recording id (gint64 *) to GSequenceIter */

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

static GParamSpec *properties[N_PROPS];

static GType
chorus_recording_list_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_RECORDING;
}

static guint
chorus_recording_list_get_n_items (GListModel *model)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (model);

  return (guint) g_sequence_get_length (self->recordings);
}

static gpointer
chorus_recording_list_get_item (GListModel *model,
                                guint       position)
{
  ChorusRecordingList *self = CHORUS_RECORDING_LIST (model);
  GSequenceIter *iter = NULL;

  if (position >= (guint) g_sequence_get_length (self->recordings))
    return NULL;
  iter = g_sequence_get_iter_at_pos (self->recordings, (int) position);

  return g_object_ref (g_sequence_get (iter));
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
  g_clear_pointer (&self->iters, g_hash_table_unref);
  g_clear_pointer (&self->recordings, g_sequence_free);
  g_clear_pointer (&self->synced_at, g_date_time_unref);
  g_clear_pointer (&self->deployment_id, g_free);

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
      g_value_set_string (value, self->deployment_id);
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
}

static void
chorus_recording_list_init (ChorusRecordingList *self)
{
  self->recordings = g_sequence_new (g_object_unref);
  self->iters = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->loading = TRUE;
}

ChorusRecordingList *
chorus_recording_list_new (const char *deployment_id)
{
  ChorusRecordingList *self = g_object_new (CHORUS_TYPE_RECORDING_LIST, NULL);

  self->deployment_id = g_strdup (deployment_id);

  return self;
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

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->recordings); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    chorus_recording_counts_add (&counts, chorus_recording_get_status (g_sequence_get (iter)));

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
      g_timeout_add ((guint) g_sequence_get_length (self->recordings) / 200, chorus_recording_list_count_cb, self);
}

static void
chorus_recording_list_keep (ChorusRecordingList *self,
                            ChorusRecording     *recording,
                            GSequenceIter       *iter)
{
  gint64 recording_id = chorus_recording_get_recording_id (recording);

  g_hash_table_insert (self->iters, g_memdup2 (&recording_id, sizeof recording_id), iter);
}

static void
chorus_recording_list_insert (ChorusRecordingList *self,
                              ChorusRecording     *recording)
{
  GSequenceIter *iter =
    g_sequence_insert_sorted (self->recordings, g_object_ref (recording), chorus_recording_compare, NULL);

  chorus_recording_list_keep (self, recording, iter);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) g_sequence_iter_get_position (iter), 0, 1);
}

/* Puts a recording behind the others if it belongs there, and where it belongs otherwise. */
static void
chorus_recording_list_append (ChorusRecordingList *self,
                              ChorusRecording     *recording)
{
  GSequenceIter *end = g_sequence_get_end_iter (self->recordings);
  GSequenceIter *last = g_sequence_iter_prev (end);
  GSequenceIter *iter = NULL;

  if (last == end || chorus_recording_compare (g_sequence_get (last), recording, NULL) < 0)
    iter = g_sequence_append (self->recordings, g_object_ref (recording));
  else
    iter = g_sequence_insert_sorted (self->recordings, g_object_ref (recording), chorus_recording_compare, NULL);
  chorus_recording_list_keep (self, recording, iter);
}

/* Whether @recording still stands between its neighbors now that it has changed. */
static gboolean
chorus_recording_list_is_in_order (GSequenceIter *iter)
{
  GSequenceIter *next = g_sequence_iter_next (iter);
  gpointer recording = g_sequence_get (iter);

  if (!g_sequence_iter_is_begin (iter)
      && chorus_recording_compare (g_sequence_get (g_sequence_iter_prev (iter)), recording, NULL) > 0)
    return FALSE;

  return g_sequence_iter_is_end (next) || chorus_recording_compare (recording, g_sequence_get (next), NULL) < 0;
}

static int
chorus_recording_list_compare_pointers (gconstpointer a,
                                        gconstpointer b)
{
  return chorus_recording_compare (*(const gpointer *) a, *(const gpointer *) b, NULL);
}

/* Puts several recordings where they belong. Those that come to stand side by side are told as one change: whoever shows
 * the list may have to go through all of it for each. */
static void
chorus_recording_list_insert_many (ChorusRecordingList *self,
                                   GPtrArray           *recordings)
{
  g_ptr_array_sort (recordings, chorus_recording_list_compare_pointers);
  for (guint i = 0; i < recordings->len;)
    {
      ChorusRecording *first = g_ptr_array_index (recordings, i);
      GSequenceIter *iter =
        g_sequence_insert_sorted (self->recordings, g_object_ref (first), chorus_recording_compare, NULL);
      GSequenceIter *next = g_sequence_iter_next (iter);
      guint position = (guint) g_sequence_iter_get_position (iter);
      guint n = 1;

      chorus_recording_list_keep (self, first, iter);
      for (; i + n < recordings->len; n++)
        {
          ChorusRecording *recording = g_ptr_array_index (recordings, i + n);

          if (!g_sequence_iter_is_end (next) && chorus_recording_compare (recording, g_sequence_get (next), NULL) > 0)
            break;
          chorus_recording_list_keep (self, recording, g_sequence_insert_before (next, g_object_ref (recording)));
        }
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
      i += n;
    }
}

static void
chorus_recording_list_update_one (ChorusRecordingList *self,
                                  GSequenceIter       *iter,
                                  ChorusRecording     *fresh)
{
  g_autoptr (ChorusRecording) recording = g_object_ref (g_sequence_get (iter));

  chorus_recording_update (recording, fresh);
  if (!chorus_recording_list_is_in_order (iter))
    {
      guint position = (guint) g_sequence_iter_get_position (iter);

      g_sequence_remove (iter);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
      chorus_recording_list_insert (self, recording);
    }
}

static void
chorus_recording_list_merge_into (ChorusRecordingList *self,
                                  GPtrArray           *fresh)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < fresh->len; i++)
    {
      ChorusRecording *one = g_ptr_array_index (fresh, i);
      gint64 recording_id = chorus_recording_get_recording_id (one);
      GSequenceIter *iter = g_hash_table_lookup (self->iters, &recording_id);

      if (iter)
        chorus_recording_list_update_one (self, iter, one);
      else if (g_hash_table_add (ids, g_memdup2 (&recording_id, sizeof recording_id)))
        g_ptr_array_add (added, one);
    }
  chorus_recording_list_insert_many (self, added);
}

/* Takes over recordings that were just read: those known are updated, the others added. */
void
chorus_recording_list_merge (ChorusRecordingList *self,
                             GPtrArray           *fresh)
{
  /* The first reading goes in as a whole, and comes sorted. */
  if (g_sequence_is_empty (self->recordings))
    {
      for (guint i = 0; i < fresh->len; i++)
        chorus_recording_list_append (self, g_ptr_array_index (fresh, i));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, fresh->len);
    }
  else
    chorus_recording_list_merge_into (self, fresh);

  if (fresh->len > 0)
    chorus_recording_list_count (self);
}

static void
chorus_recording_list_remove_at (ChorusRecordingList *self,
                                 GSequenceIter       *iter)
{
  gint64 recording_id = chorus_recording_get_recording_id (g_sequence_get (iter));
  guint position = (guint) g_sequence_iter_get_position (iter);

  g_hash_table_remove (self->iters, &recording_id);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  chorus_recording_list_count (self);
}

/* Takes out what there is no longer. */
void
chorus_recording_list_remove (ChorusRecordingList *self,
                              gint64               recording_id)
{
  GSequenceIter *iter = g_hash_table_lookup (self->iters, &recording_id);

  if (iter)
    chorus_recording_list_remove_at (self, iter);
}

/* Takes out what shows the same file as one of @recordings. A refresh may have listed a file as new before the upload queue
 * learned that it is one of its own; the queue then makes the two rows one. */
void
chorus_recording_list_remove_doubles (ChorusRecordingList *self,
                                      GPtrArray           *recordings)
{
  g_autoptr (GHashTable) by_file = g_hash_table_new (g_str_hash, g_str_equal);
  GSequenceIter *iter = g_sequence_get_begin_iter (self->recordings);

  for (guint i = 0; i < recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i);
      const char *file_id = chorus_recording_get_file_id (recording);

      if (file_id && g_strcmp0 (chorus_recording_get_deployment_id (recording), self->deployment_id) == 0)
        g_hash_table_insert (by_file, (gpointer) file_id, recording);
    }

  while (g_hash_table_size (by_file) > 0 && !g_sequence_iter_is_end (iter))
    {
      GSequenceIter *next = g_sequence_iter_next (iter);
      ChorusRecording *other = g_sequence_get (iter);
      const char *file_id = chorus_recording_get_file_id (other);
      ChorusRecording *recording = file_id ? g_hash_table_lookup (by_file, file_id) : NULL;

      if (recording && chorus_recording_get_recording_id (other) != chorus_recording_get_recording_id (recording))
        chorus_recording_list_remove_at (self, iter);
      iter = next;
    }
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

  return self->deployment_id;
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
  GSequenceIter *iter = NULL;

  g_return_val_if_fail (CHORUS_IS_RECORDING_LIST (self), NULL);

  iter = g_hash_table_lookup (self->iters, &recording_id);

  return iter ? g_sequence_get (iter) : NULL;
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
