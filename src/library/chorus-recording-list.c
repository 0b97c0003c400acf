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
      /* The oldest makes room. */
      g_object_unref (g_ptr_array_index (self->kept, self->next_kept));
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
