/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-listing.h"

#include <string.h>

#include "chorus-recording-edits.h"
#include "chorus-recording-list-private.h"
#include "chorus-recording-match.h"
#include "chorus-recording-private.h"
#include "core/chorus-folding.h"

/* A millisecond to gather changes of the list in for every so many recordings: all of them are gone through then. */
#define CHORUS_RECORDING_LISTING_PER_MS 200

struct _ChorusRecordingListing
{
  GObject parent_instance;

  ChorusLibrary *library;
  ChorusRecordingList *list;
  GSignalGroup *list_signals;
  GPtrArray *rows; /* of ChorusRecordingRecord: what is shown */

  ChorusRecordingFilter *filter;
  char **words;
  ChorusFilterAnswer *answer; /* of the store about the filter */
  GCancellable *cancellable;  /* while the store is being asked */
  gboolean asking;
  gboolean follow; /* it is asked because the list has changed */
  ChorusRecordingOrder order;
  gboolean descending;

  guint update_id;
  gboolean pending;
  gboolean night_by_clock;
};

enum
{
  PROP_0,
  PROP_PENDING,
  PROP_NIGHT_BY_CLOCK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void chorus_recording_listing_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusRecordingListing,
                               chorus_recording_listing,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_recording_listing_model_init))

static GType
chorus_recording_listing_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_RECORDING;
}

static guint
chorus_recording_listing_get_n_items (GListModel *model)
{
  return CHORUS_RECORDING_LISTING (model)->rows->len;
}

static gpointer
chorus_recording_listing_get_item (GListModel *model,
                                   guint       position)
{
  ChorusRecordingListing *self = CHORUS_RECORDING_LISTING (model);

  if (position >= self->rows->len)
    return NULL;

  return g_object_ref (chorus_recording_list_get_object (self->list, g_ptr_array_index (self->rows, position)));
}

static void
chorus_recording_listing_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_recording_listing_get_item_type;
  iface->get_n_items = chorus_recording_listing_get_n_items;
  iface->get_item = chorus_recording_listing_get_item;
}

static void
chorus_recording_listing_set_pending (ChorusRecordingListing *self)
{
  const gboolean pending = self->update_id != 0 || self->asking;

  if (self->pending == pending)
    return;

  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/* What is to be shown. */
static GPtrArray *
chorus_recording_listing_collect (ChorusRecordingListing *self)
{
  GPtrArray *all = self->list ? chorus_recording_list_get_records (self->list) : NULL;
  GPtrArray *rows = g_ptr_array_new_full (all ? all->len : 0, (GDestroyNotify) chorus_recording_record_unref);
  ChorusRecordingMatch match = {
    .filter = self->filter,
    .words = self->words,
    .n_words = g_strv_length (self->words),
    .answer = self->answer,
  };
  const gboolean everything = chorus_recording_filter_is_empty (self->filter);

  for (guint i = 0; all && i < all->len; i++)
    {
      ChorusRecordingRecord *record = g_ptr_array_index (all, i);

      if (everything || chorus_recording_match (&match, record))
        g_ptr_array_add (rows, chorus_recording_record_ref (record));
    }

  if (self->night_by_clock != match.night_by_clock)
    {
      self->night_by_clock = match.night_by_clock;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NIGHT_BY_CLOCK]);
    }

  return rows;
}

static int
chorus_recording_listing_compare_names (gconstpointer a,
                                        gconstpointer b,
                                        gpointer      user_data)
{
  ChorusLibrary *library = user_data;
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  ChorusPlace *place_a = chorus_library_find_place (library, CHORUS_PLACE_DEPLOYMENT, first);
  ChorusPlace *place_b = chorus_library_find_place (library, CHORUS_PLACE_DEPLOYMENT, second);

  return g_utf8_collate (place_a ? chorus_place_get_name (place_a) : first,
                         place_b ? chorus_place_get_name (place_b) : second);
}

/* Deployments by the place of their names among all. */
static GHashTable *
chorus_recording_listing_rank_deployments (ChorusRecordingListing *self,
                                           GPtrArray              *rows)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const char *before = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      ChorusRecordingRecord *record = g_ptr_array_index (rows, i);

      if (record->deployment_id != before && g_hash_table_add (ranks, record->deployment_id))
        g_ptr_array_add (ids, record->deployment_id);
      before = record->deployment_id;
    }

  g_ptr_array_sort_with_data (ids, chorus_recording_listing_compare_names, self->library);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_insert (ranks, g_ptr_array_index (ids, i), GUINT_TO_POINTER (i));

  return g_steal_pointer (&ranks);
}

/* Tells one change of the rows. The references of the rows are counted by hand: they move as a block. */
static void
chorus_recording_listing_apply (ChorusRecordingListing    *self,
                                GPtrArray                 *rows,
                                const ChorusRecordingEdit *edit)
{
  GPtrArray *old = self->rows;
  const guint tail = old->len - edit->position - edit->removed;
  const guint n_rows = edit->position + edit->added + tail;

  for (guint i = 0; i < edit->removed; i++)
    chorus_recording_record_unref (g_ptr_array_index (old, edit->position + i));
  if (n_rows > old->len)
    g_ptr_array_set_size (old, (int) n_rows);
  memmove (old->pdata + edit->position + edit->added, old->pdata + edit->position + edit->removed,
           tail * sizeof (gpointer));
  for (guint i = 0; i < edit->added; i++)
    old->pdata[edit->position + i] = chorus_recording_record_ref (g_ptr_array_index (rows, edit->from + i));
  g_ptr_array_set_size (old, (int) n_rows);

  g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
}

static void
chorus_recording_listing_clear (ChorusRecordingListing *self)
{
  g_ptr_array_foreach (self->rows, (GFunc) (void (*) (void)) chorus_recording_record_unref, NULL);
  g_ptr_array_set_size (self->rows, 0);
}

/* Makes @rows what is shown. Of a list that changes as one goes, no more is told than changes. */
static void
chorus_recording_listing_show (ChorusRecordingListing *self,
                               GPtrArray              *rows,
                               gboolean                follow)
{
  const guint least = MIN (self->rows->len, rows->len);
  g_autoptr (GArray) edits = NULL;
  ChorusRecordingEdit all = { 0 };
  guint first = 0;
  guint last = 0;

  while (first < least && g_ptr_array_index (self->rows, first) == g_ptr_array_index (rows, first))
    first++;
  while (last < least - first
         && g_ptr_array_index (self->rows, self->rows->len - 1 - last)
              == g_ptr_array_index (rows, rows->len - 1 - last))
    last++;
  all = (ChorusRecordingEdit){ first, self->rows->len - first - last, first, rows->len - first - last };
  if (all.removed == 0 && all.added == 0)
    return;

  if (follow && all.removed > 0 && all.added > 0)
    edits = chorus_recording_edits_find (self->rows, rows, &all);
  if (!edits)
    {
      chorus_recording_listing_apply (self, rows, &all);
      return;
    }

  /* From the end, so that the positions before stay true. */
  for (guint i = edits->len; i > 0; i--)
    chorus_recording_listing_apply (self, rows, &g_array_index (edits, ChorusRecordingEdit, i - 1));
}

static void
chorus_recording_listing_update (ChorusRecordingListing *self,
                                 gboolean                follow)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) ranks = NULL;

  g_clear_handle_id (&self->update_id, g_source_remove);
  rows = chorus_recording_listing_collect (self);
  if (self->order == CHORUS_RECORDING_ORDER_DEPLOYMENT)
    ranks = chorus_recording_listing_rank_deployments (self, rows);
  chorus_recording_order_sort (rows, self->order, self->descending, ranks);
  chorus_recording_listing_show (self, rows, follow);
  chorus_recording_listing_set_pending (self);
}

static void
chorus_recording_listing_answered_cb (GObject      *source,
                                      GAsyncResult *result,
                                      gpointer      user_data)
{
  g_autoptr (ChorusRecordingListing) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusFilterAnswer) answer = chorus_store_run_finish (CHORUS_STORE (source), result, &error);

  /* Another question may be on its way. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->asking = FALSE;
  if (!answer)
    g_debug ("The store was asked which recordings pass the filter: %s", error->message);
  g_clear_pointer (&self->answer, chorus_filter_answer_free);
  self->answer = g_steal_pointer (&answer);
  chorus_recording_listing_update (self, self->follow);
}

static void
chorus_recording_listing_stop_asking (ChorusRecordingListing *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->asking = FALSE;
}

/* Shows what is to be shown now, once it is known. */
static void
chorus_recording_listing_refresh (ChorusRecordingListing *self,
                                  gboolean                follow)
{
  ChorusFilterQuestion *question = NULL;

  chorus_recording_listing_stop_asking (self);
  if (!self->library || !chorus_recording_match_needs_store (self->filter))
    {
      g_clear_pointer (&self->answer, chorus_filter_answer_free);
      chorus_recording_listing_update (self, follow);
      return;
    }

  self->follow = follow;
  question = g_new0 (ChorusFilterQuestion, 1);
  question->profile_id = g_strdup (chorus_library_get_profile_id (self->library));
  question->words = g_strdupv (self->words);
  question->threshold = self->filter->threshold;
  question->places = self->filter->night;
  self->cancellable = g_cancellable_new ();
  self->asking = TRUE;
  chorus_store_run_async (chorus_library_get_store (self->library), chorus_filter_rows_answer, question,
                          (GDestroyNotify) chorus_filter_question_free, (GDestroyNotify) chorus_filter_answer_free,
                          self->cancellable, chorus_recording_listing_answered_cb, g_object_ref (self));
  chorus_recording_listing_set_pending (self);
}

static gboolean
chorus_recording_listing_update_cb (gpointer user_data)
{
  ChorusRecordingListing *self = user_data;

  self->update_id = 0;
  chorus_recording_listing_refresh (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* Follows the list: once for many changes, and at once where nothing is shown yet. */
static void
chorus_recording_listing_list_changed_cb (ChorusRecordingListing *self)
{
  const guint n_recordings = chorus_recording_list_get_records (self->list)->len;
  const gboolean loading = chorus_recording_list_get_loading (self->list);
  const gboolean by_time = self->order == CHORUS_RECORDING_ORDER_TIME && !self->descending;

  /* What comes first in another order is not known before the last recording is read. */
  if (loading && !by_time)
    return;
  if (self->update_id != 0)
    return;

  if (loading && self->rows->len == 0 && !self->asking)
    {
      chorus_recording_listing_refresh (self, FALSE);
      return;
    }
  self->update_id =
    g_timeout_add (n_recordings / CHORUS_RECORDING_LISTING_PER_MS, chorus_recording_listing_update_cb, self);
  chorus_recording_listing_set_pending (self);
}

static void
chorus_recording_listing_loaded_cb (ChorusRecordingListing *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  chorus_recording_listing_refresh (self, TRUE);
}

static void
chorus_recording_listing_get_property (GObject    *object,
                                       guint       property_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  ChorusRecordingListing *self = CHORUS_RECORDING_LISTING (object);

  switch (property_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;

    case PROP_NIGHT_BY_CLOCK:
      g_value_set_boolean (value, self->night_by_clock);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_recording_listing_dispose (GObject *object)
{
  ChorusRecordingListing *self = CHORUS_RECORDING_LISTING (object);

  chorus_recording_listing_stop_asking (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->list_signals);
  chorus_recording_listing_clear (self);
  g_clear_object (&self->list);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (chorus_recording_listing_parent_class)->dispose (object);
}

static void
chorus_recording_listing_finalize (GObject *object)
{
  ChorusRecordingListing *self = CHORUS_RECORDING_LISTING (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->answer, chorus_filter_answer_free);
  g_clear_pointer (&self->filter, chorus_recording_filter_free);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (chorus_recording_listing_parent_class)->finalize (object);
}

static void
chorus_recording_listing_class_init (ChorusRecordingListingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chorus_recording_listing_dispose;
  object_class->finalize = chorus_recording_listing_finalize;
  object_class->get_property = chorus_recording_listing_get_property;

  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_NIGHT_BY_CLOCK] = g_param_spec_boolean ("night-by-clock", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_recording_listing_init (ChorusRecordingListing *self)
{
  self->rows = g_ptr_array_new ();
  self->filter = chorus_recording_filter_new ();
  self->words = chorus_folding_split ("");
  self->list_signals = g_signal_group_new (CHORUS_TYPE_RECORDING_LIST);
  g_signal_group_connect_object (self->list_signals, "items-changed",
                                 G_CALLBACK (chorus_recording_listing_list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->list_signals, "changed", G_CALLBACK (chorus_recording_listing_list_changed_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->list_signals, "notify::loading", G_CALLBACK (chorus_recording_listing_loaded_cb),
                                 self, G_CONNECT_SWAPPED);
}

ChorusRecordingListing *
chorus_recording_listing_new (void)
{
  return g_object_new (CHORUS_TYPE_RECORDING_LISTING, NULL);
}

void
chorus_recording_listing_set_list (ChorusRecordingListing *self,
                                   ChorusLibrary          *library,
                                   ChorusRecordingList    *list)
{
  const guint n_before = self->rows->len;

  g_return_if_fail (CHORUS_IS_RECORDING_LISTING (self));
  g_return_if_fail (library == NULL || CHORUS_IS_LIBRARY (library));
  g_return_if_fail (list == NULL || CHORUS_IS_RECORDING_LIST (list));

  if (self->list == list)
    return;

  /* Nothing of the old list is shown while the store is asked about the new one. */
  chorus_recording_listing_stop_asking (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->answer, chorus_filter_answer_free);
  chorus_recording_listing_clear (self);
  g_set_object (&self->list, list);
  g_set_object (&self->library, library);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);

  g_signal_group_set_target (self->list_signals, list);
  chorus_recording_listing_refresh (self, FALSE);
}

ChorusRecordingList *
chorus_recording_listing_get_list (ChorusRecordingListing *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LISTING (self), NULL);

  return self->list;
}

void
chorus_recording_listing_set_filter (ChorusRecordingListing      *self,
                                     const ChorusRecordingFilter *filter)
{
  g_autoptr (ChorusRecordingFilter) fresh = NULL;

  g_return_if_fail (CHORUS_IS_RECORDING_LISTING (self));

  fresh = filter ? chorus_recording_filter_copy (filter) : chorus_recording_filter_new ();
  if (chorus_recording_filter_equal (self->filter, fresh))
    return;

  g_clear_pointer (&self->filter, chorus_recording_filter_free);
  self->filter = g_steal_pointer (&fresh);
  g_strfreev (self->words);
  self->words = chorus_folding_split (self->filter->text);
  chorus_recording_listing_refresh (self, FALSE);
}

const ChorusRecordingFilter *
chorus_recording_listing_get_filter (ChorusRecordingListing *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LISTING (self), NULL);

  return self->filter;
}

void
chorus_recording_listing_set_order (ChorusRecordingListing *self,
                                    ChorusRecordingOrder    order,
                                    gboolean                descending)
{
  g_return_if_fail (CHORUS_IS_RECORDING_LISTING (self));
  g_return_if_fail (order < CHORUS_RECORDING_N_ORDERS);

  if (self->order == order && self->descending == descending)
    return;

  self->order = order;
  self->descending = descending;

  /* The answer that is on its way will be shown in this order. */
  if (!self->asking)
    chorus_recording_listing_update (self, FALSE);
}

guint
chorus_recording_listing_find (ChorusRecordingListing *self,
                               ChorusRecording        *recording)
{
  guint position = G_MAXUINT;

  g_return_val_if_fail (CHORUS_IS_RECORDING_LISTING (self), G_MAXUINT);
  g_return_val_if_fail (recording == NULL || CHORUS_IS_RECORDING (recording), G_MAXUINT);

  if (recording && g_ptr_array_find (self->rows, recording->record, &position))
    return position;

  return G_MAXUINT;
}

gboolean
chorus_recording_listing_get_pending (ChorusRecordingListing *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LISTING (self), FALSE);

  return self->pending;
}

gboolean
chorus_recording_listing_get_night_by_clock (ChorusRecordingListing *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_LISTING (self), FALSE);

  return self->night_by_clock;
}
