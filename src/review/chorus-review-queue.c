/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-review-queue.h"

#include "chorus-review-queue-rows.h"

#define CHORUS_REVIEW_QUEUE_PAGE 200

/* How near to the end an item is that makes the next page be read. */
#define CHORUS_REVIEW_QUEUE_NEAR 100

struct _ChorusReviewQueue
{
  GObject parent_instance;

  ChorusStore *store;
  ChorusReviewQueueSpec *spec;
  ChorusReview *review;
  GCancellable *cancellable; /* cancelled when the queue goes */

  GPtrArray *detections;
  GHashTable *by_id; /* ids (gint64 *) to ChorusDetection, neither owned */
  GHashTable *open;  /* the set of those without a verdict, as far as n_left knows */
  GArray *ids;       /* of gint64: of a sample, or of given ones */
  guint next;        /* the first of the ids that was not read */
  ChorusQueueKey last;
  gboolean at_end;
  gboolean loading;
  guint64 n_total;
  guint64 n_left;
  guint64 n_changes; /* how often n_left was changed: a count from before is old */
  guint position;

  gint64 to_write; /* the position to write when the one at hand is written, or 0 */
  gboolean writing;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_AT_END,
  PROP_N_TOTAL,
  PROP_N_LEFT,
  PROP_POSITION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void chorus_review_queue_count (ChorusReviewQueue *self);

static GType
chorus_review_queue_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_DETECTION;
}

static guint
chorus_review_queue_get_n_items (GListModel *model)
{
  return CHORUS_REVIEW_QUEUE (model)->detections->len;
}

static gpointer
chorus_review_queue_get_item (GListModel *model,
                              guint       position)
{
  ChorusReviewQueue *self = CHORUS_REVIEW_QUEUE (model);

  if (position >= self->detections->len)
    return NULL;
  if (position + CHORUS_REVIEW_QUEUE_NEAR >= self->detections->len && !self->at_end && !self->loading)
    chorus_review_queue_load_more_async (self, self->cancellable, NULL, NULL);

  return g_object_ref (g_ptr_array_index (self->detections, position));
}

static void
chorus_review_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_review_queue_get_item_type;
  iface->get_n_items = chorus_review_queue_get_n_items;
  iface->get_item = chorus_review_queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusReviewQueue,
                               chorus_review_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_review_queue_list_model_init))

static void
chorus_review_queue_dispose (GObject *object)
{
  ChorusReviewQueue *self = CHORUS_REVIEW_QUEUE (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (chorus_review_queue_parent_class)->dispose (object);
}

static void
chorus_review_queue_finalize (GObject *object)
{
  ChorusReviewQueue *self = CHORUS_REVIEW_QUEUE (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->detections, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  chorus_queue_key_clear (&self->last);
  g_clear_pointer (&self->spec, chorus_review_queue_spec_free);
  g_clear_object (&self->review);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (chorus_review_queue_parent_class)->finalize (object);
}

static void
chorus_review_queue_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ChorusReviewQueue *self = CHORUS_REVIEW_QUEUE (object);

  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;

    case PROP_N_TOTAL:
      g_value_set_uint64 (value, self->n_total);
      break;

    case PROP_N_LEFT:
      g_value_set_uint64 (value, self->n_left);
      break;

    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_review_queue_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_POSITION:
      chorus_review_queue_set_position (CHORUS_REVIEW_QUEUE (object), g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_review_queue_class_init (ChorusReviewQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chorus_review_queue_dispose;
  object_class->finalize = chorus_review_queue_finalize;
  object_class->get_property = chorus_review_queue_get_property;
  object_class->set_property = chorus_review_queue_set_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE, flags);
  properties[PROP_N_TOTAL] = g_param_spec_uint64 ("n-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_N_LEFT] = g_param_spec_uint64 ("n-left", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_review_queue_init (ChorusReviewQueue *self)
{
  self->cancellable = g_cancellable_new ();
  self->detections = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->open = g_hash_table_new (NULL, NULL);
}

/* Another object of the same detection was judged. */
static void
chorus_review_queue_changed_cb (ChorusReviewQueue *self,
                                ChorusDetection   *detection)
{
  const gint64 id = chorus_detection_get_detection_id (detection);
  ChorusDetection *own = g_hash_table_lookup (self->by_id, &id);

  /* What a session shows that sees what others say does not belong into a blind queue. */
  if (own && own != detection && chorus_review_get_blind (self->review) == !!self->spec->blind)
    chorus_detection_set_state (own, chorus_detection_get_state (detection));
}

ChorusReviewQueue *
chorus_review_queue_new (ChorusStore                 *store,
                         const ChorusReviewQueueSpec *spec,
                         ChorusReview                *review)
{
  ChorusReviewQueue *self = NULL;

  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);
  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (review == NULL || CHORUS_IS_REVIEW (review), NULL);
  g_return_val_if_fail (spec->order != CHORUS_REVIEW_GIVEN || spec->ids != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_REVIEW_QUEUE, NULL);
  self->store = g_object_ref (store);
  self->spec = chorus_review_queue_spec_copy (spec);
  if (!self->spec->reviewer && review)
    self->spec->reviewer = g_strdup (chorus_review_get_reviewer (review));
  if (spec->order == CHORUS_REVIEW_GIVEN)
    self->ids = g_array_copy (spec->ids);
  if (review)
    {
      self->review = g_object_ref (review);
      g_signal_connect_object (review, "changed", G_CALLBACK (chorus_review_queue_changed_cb), self, G_CONNECT_SWAPPED);
    }

  return self;
}

const ChorusReviewQueueSpec *
chorus_review_queue_get_spec (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), NULL);

  return self->spec;
}

static void
chorus_review_queue_set_counts (ChorusReviewQueue *self,
                                guint64            n_total,
                                guint64            n_left)
{
  if (self->n_total != n_total)
    {
      self->n_total = n_total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOTAL]);
    }
  if (self->n_left != n_left)
    {
      self->n_left = n_left;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LEFT]);
    }
}

static void
chorus_review_queue_verdict_cb (ChorusReviewQueue *self,
                                GParamSpec        *pspec,
                                ChorusDetection   *detection)
{
  const gboolean is_open = chorus_detection_get_verdict (detection) == CHORUS_VERDICT_NONE;

  if (is_open == g_hash_table_contains (self->open, detection))
    return;

  self->n_changes++;
  if (is_open)
    g_hash_table_add (self->open, detection);
  else
    g_hash_table_remove (self->open, detection);
  chorus_review_queue_set_counts (self, self->n_total, is_open ? self->n_left + 1 : MAX (self->n_left, 1) - 1);
}

static void
chorus_review_queue_set_loading (ChorusReviewQueue *self,
                                 gboolean           loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Emits nothing yet. */
static guint
chorus_review_queue_append (ChorusReviewQueue *self,
                            ChorusQueuePage   *page)
{
  guint n = 0;

  for (guint i = 0; i < page->detections->len; i++)
    {
      ChorusDetection *detection = g_ptr_array_index (page->detections, i);
      const gint64 id = chorus_detection_get_detection_id (detection);

      if (g_hash_table_contains (self->by_id, &id))
        continue;
      g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), detection);
      g_ptr_array_add (self->detections, g_object_ref (detection));
      if (chorus_detection_get_verdict (detection) == CHORUS_VERDICT_NONE)
        g_hash_table_add (self->open, detection);
      g_signal_connect_object (detection, "notify::verdict", G_CALLBACK (chorus_review_queue_verdict_cb), self,
                               G_CONNECT_SWAPPED);
      n++;
    }

  return n;
}

static void
chorus_review_queue_take_page (ChorusReviewQueue *self,
                               ChorusQueuePage   *page,
                               gboolean           first)
{
  const guint n_before = self->detections->len;
  guint n = 0;

  if (page->ids)
    {
      g_clear_pointer (&self->ids, g_array_unref);
      self->ids = g_steal_pointer (&page->ids);
    }
  n = chorus_review_queue_append (self, page);
  self->next = page->next;
  chorus_queue_key_clear (&self->last);
  self->last = page->last;
  page->last = (ChorusQueueKey){ 0 };
  if (first)
    self->position = page->position;
  if (self->at_end != page->at_end)
    {
      self->at_end = page->at_end;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
    }
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, n);
  if (first)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static gboolean
chorus_review_queue_is_open_task (GTask *task)
{
  return g_task_get_source_tag (task) == chorus_review_queue_open_async;
}

static void
chorus_review_queue_read_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusReviewQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusQueuePage) page = chorus_store_run_finish (CHORUS_STORE (source), result, &error);
  const gboolean first = chorus_review_queue_is_open_task (task);

  if (page)
    chorus_review_queue_take_page (self, page, first);
  chorus_review_queue_set_loading (self, FALSE);
  if (!page)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (first)
    chorus_review_queue_count (self);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_review_queue_read (ChorusReviewQueue *self,
                          GTask             *task)
{
  const gboolean first = chorus_review_queue_is_open_task (task);
  ChorusQueueQuestion *question = NULL;

  if (self->loading || (!first && self->at_end))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  question = chorus_queue_question_new (self->spec);
  question->n = CHORUS_REVIEW_QUEUE_PAGE;
  question->ids = self->ids ? g_array_ref (self->ids) : NULL;
  question->first = self->next;
  question->to_position = first;
  question->resumes = !first;
  question->after = self->last;
  question->after.moment = g_strdup (self->last.moment);

  chorus_review_queue_set_loading (self, TRUE);
  chorus_store_run_async (self->store, chorus_queue_rows_read, question, (GDestroyNotify) chorus_queue_question_free,
                          (GDestroyNotify) chorus_queue_page_free, g_task_get_cancellable (task),
                          chorus_review_queue_read_cb, g_object_ref (task));
}

void
chorus_review_queue_open_async (ChorusReviewQueue   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW_QUEUE (self));
  g_return_if_fail (self->detections->len == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_review_queue_open_async);
  chorus_review_queue_read (self, task);
}

gboolean
chorus_review_queue_open_finish (ChorusReviewQueue  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_review_queue_load_more_async (ChorusReviewQueue   *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_review_queue_load_more_async);
  chorus_review_queue_read (self, task);
}

gboolean
chorus_review_queue_load_more_finish (ChorusReviewQueue  *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Counts can wait for those who want to look: what changed meanwhile makes them be counted again. */
typedef struct
{
  GWeakRef queue;
  guint64 n_changes;
} ChorusReviewQueueCounting;

static void
chorus_review_queue_counted_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  ChorusReviewQueueCounting *counting = user_data;
  g_autoptr (ChorusReviewQueue) self = g_weak_ref_get (&counting->queue);
  g_autofree ChorusQueueCounts *counts = chorus_store_run_finish (CHORUS_STORE (source), result, NULL);

  if (self && counts && counting->n_changes == self->n_changes)
    chorus_review_queue_set_counts (self, counts->n, counts->n_left);
  else if (self && counts)
    chorus_review_queue_count (self);
  g_weak_ref_clear (&counting->queue);
  g_free (counting);
}

static void
chorus_review_queue_count (ChorusReviewQueue *self)
{
  ChorusReviewQueueCounting *counting = g_new0 (ChorusReviewQueueCounting, 1);
  ChorusQueueQuestion *question = chorus_queue_question_new (self->spec);

  question->ids = self->ids ? g_array_ref (self->ids) : NULL;
  g_weak_ref_init (&counting->queue, self);
  counting->n_changes = self->n_changes;
  chorus_store_run_async (self->store, chorus_queue_rows_count, question, (GDestroyNotify) chorus_queue_question_free,
                          g_free, self->cancellable, chorus_review_queue_counted_cb, counting);
}

gboolean
chorus_review_queue_get_loading (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), FALSE);

  return self->loading;
}

gboolean
chorus_review_queue_get_at_end (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), FALSE);

  return self->at_end;
}

guint64
chorus_review_queue_get_n_total (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), 0);

  return self->n_total;
}

guint64
chorus_review_queue_get_n_left (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), 0);

  return self->n_left;
}

guint
chorus_review_queue_get_position (ChorusReviewQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), 0);

  return self->position;
}

static void chorus_review_queue_write_position (ChorusReviewQueue *self);

static void
chorus_review_queue_position_written_cb (GObject      *source,
                                         GAsyncResult *result,
                                         gpointer      user_data)
{
  g_autoptr (ChorusReviewQueue) self = user_data;

  /* Nobody is told that a place was not remembered. */
  chorus_store_run_finish (CHORUS_STORE (source), result, NULL);
  self->writing = FALSE;
  chorus_review_queue_write_position (self);
}

/* One at a time: keys that are held down go through many places. */
static void
chorus_review_queue_write_position (ChorusReviewQueue *self)
{
  ChorusQueuePosition *position = NULL;

  if (self->writing || self->to_write == 0)
    return;

  position = g_new0 (ChorusQueuePosition, 1);
  position->spec = chorus_review_queue_spec_copy (self->spec);
  position->detection_id = self->to_write;
  self->to_write = 0;
  self->writing = TRUE;
  chorus_store_run_async (self->store, chorus_queue_rows_write_position, position,
                          (GDestroyNotify) chorus_queue_position_free, NULL, NULL,
                          chorus_review_queue_position_written_cb, g_object_ref (self));
}

void
chorus_review_queue_set_position (ChorusReviewQueue *self,
                                  guint              position)
{
  g_return_if_fail (CHORUS_IS_REVIEW_QUEUE (self));

  if (self->position == position || position >= self->detections->len)
    return;

  self->position = position;
  self->to_write = chorus_detection_get_detection_id (g_ptr_array_index (self->detections, position));
  chorus_review_queue_write_position (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

guint
chorus_review_queue_find_next (ChorusReviewQueue *self,
                               guint              from)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), G_MAXUINT);

  for (guint i = from; i < self->detections->len; i++)
    {
      ChorusDetection *detection = g_ptr_array_index (self->detections, i);

      if (chorus_detection_get_verdict (detection) == CHORUS_VERDICT_NONE
          && !chorus_detection_get_withdrawn (detection))
        return i;
    }

  return G_MAXUINT;
}

gboolean
chorus_review_queue_skip (ChorusReviewQueue *self)
{
  guint next = 0;

  g_return_val_if_fail (CHORUS_IS_REVIEW_QUEUE (self), FALSE);

  next = chorus_review_queue_find_next (self, self->position + 1);
  if (next == G_MAXUINT)
    return FALSE;
  chorus_review_queue_set_position (self, next);

  return TRUE;
}
