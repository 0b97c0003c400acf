/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include <glib/gi18n.h>

#define CHORUS_UPLOAD_CHECK_THREADS 2
#define CHORUS_UPLOAD_RETRY_DELAY 2000

static void chorus_upload_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusUploadQueue,
                               chorus_upload_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_upload_queue_list_model_init))

enum
{
  PROP_0,
  PROP_CLIENT,
  PROP_N_UNFINISHED,
  PROP_PAUSED,
  PROP_RETRY_DELAY,
  N_PROPS,
};

enum
{
  SIGNAL_RECORDING_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
chorus_upload_queue_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_UPLOAD;
}

static guint
chorus_upload_queue_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (CHORUS_UPLOAD_QUEUE (model)->uploads));
}

static gpointer
chorus_upload_queue_get_item (GListModel *model,
                              guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (CHORUS_UPLOAD_QUEUE (model)->uploads), position);
}

static void
chorus_upload_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_upload_queue_get_item_type;
  iface->get_n_items = chorus_upload_queue_get_n_items;
  iface->get_item = chorus_upload_queue_get_item;
}

static void
chorus_upload_queue_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  switch (prop_id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_N_UNFINISHED:
      g_value_set_uint (value, self->n_unfinished);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_RETRY_DELAY:
      g_value_set_uint (value, self->retry_delay);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_upload_queue_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  switch (prop_id)
    {
    case PROP_CLIENT:
      chorus_upload_queue_set_client (self, g_value_get_object (value));
      break;
    case PROP_PAUSED:
      chorus_upload_queue_set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_RETRY_DELAY:
      chorus_upload_queue_set_retry_delay (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is under way ends by itself; the store keeps the rest for the next start. */
static void
chorus_upload_queue_dispose (GObject *object)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; self->uploads && i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      g_cancellable_cancel (upload->cancellable);
      g_clear_handle_id (&upload->delay_id, g_source_remove);
    }
  g_clear_handle_id (&self->not_before_id, g_source_remove);
  g_queue_clear_full (&self->to_check, g_object_unref);
  g_queue_clear_full (&self->to_send, g_object_unref);
  g_clear_object (&self->jobs);
  g_clear_object (&self->uploads);
  g_clear_object (&self->client);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (chorus_upload_queue_parent_class)->dispose (object);
}

static void
chorus_upload_queue_finalize (GObject *object)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (chorus_upload_queue_parent_class)->finalize (object);
}

static void
chorus_upload_queue_class_init (ChorusUploadQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = chorus_upload_queue_get_property;
  object_class->set_property = chorus_upload_queue_set_property;
  object_class->dispose = chorus_upload_queue_dispose;
  object_class->finalize = chorus_upload_queue_finalize;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, CHORUS_TYPE_CLIENT, flags);
  properties[PROP_N_UNFINISHED] =
    g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_RETRY_DELAY] =
    g_param_spec_uint ("retry-delay", NULL, NULL, 1, 60000, CHORUS_UPLOAD_RETRY_DELAY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RECORDING_CHANGED] =
    g_signal_new ("recording-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  4, G_TYPE_INT64, CHORUS_TYPE_UPLOAD_STATE, G_TYPE_DOUBLE, G_TYPE_STRING);
}

static void
chorus_upload_queue_init (ChorusUploadQueue *self)
{
  self->cancellable = g_cancellable_new ();
  self->uploads = g_list_store_new (CHORUS_TYPE_UPLOAD);
  self->jobs = chorus_job_queue_new (CHORUS_UPLOAD_CHECK_THREADS);
  self->retry_delay = CHORUS_UPLOAD_RETRY_DELAY;
  g_queue_init (&self->to_check);
  g_queue_init (&self->to_send);
  g_signal_connect_object (self->uploads, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
}

void
chorus_upload_queue_tell (ChorusUploadQueue *self,
                          ChorusUpload      *upload)
{
  g_signal_emit (self, signals[SIGNAL_RECORDING_CHANGED], 0, upload->recording_id, upload->state, upload->progress,
                 upload->reason);
}

void
chorus_upload_queue_count (ChorusUploadQueue *self,
                           int                change)
{
  if (change == 0)
    return;

  g_assert (change > 0 || self->n_unfinished >= (guint) -change);
  self->n_unfinished += (guint) change;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFINISHED]);
}

void
chorus_upload_queue_line_up (ChorusUploadQueue *self,
                             ChorusUpload      *upload)
{
  if (upload->state == CHORUS_UPLOAD_STATE_WAITING)
    g_queue_push_tail (&self->to_check, g_object_ref (upload));
  else if (upload->state == CHORUS_UPLOAD_STATE_READY)
    g_queue_push_tail (&self->to_send, g_object_ref (upload));
}

void
chorus_upload_queue_append (ChorusUploadQueue *self,
                            GPtrArray         *uploads)
{
  guint position = g_list_model_get_n_items (G_LIST_MODEL (self->uploads));

  g_list_store_splice (self->uploads, position, 0, uploads->pdata, uploads->len);
  chorus_upload_queue_count (self, (int) uploads->len);
  for (guint i = 0; i < uploads->len; i++)
    {
      chorus_upload_queue_line_up (self, uploads->pdata[i]);
      chorus_upload_queue_tell (self, uploads->pdata[i]);
    }
  chorus_upload_queue_pump (self);
}

ChorusUploadQueue *
chorus_upload_queue_new (ChorusStore  *store,
                         ChorusClient *client,
                         const char   *profile_id)
{
  ChorusUploadQueue *self = NULL;

  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);
  g_return_val_if_fail (client == NULL || CHORUS_IS_CLIENT (client), NULL);
  g_return_val_if_fail (profile_id != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_UPLOAD_QUEUE, NULL);
  self->ledger = chorus_upload_ledger_new (store, profile_id);
  g_set_object (&self->client, client);

  return self;
}

ChorusClient *
chorus_upload_queue_get_client (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), NULL);

  return self->client;
}

void
chorus_upload_queue_set_client (ChorusUploadQueue *self,
                                ChorusClient      *client)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (client == NULL || CHORUS_IS_CLIENT (client));

  if (!g_set_object (&self->client, client))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
  chorus_upload_queue_pump (self);
}

gboolean
chorus_upload_queue_get_paused (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);

  return self->paused;
}

void
chorus_upload_queue_set_paused (ChorusUploadQueue *self,
                                gboolean           paused)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  paused = !!paused;
  if (self->paused == paused)
    return;

  self->paused = paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  chorus_upload_queue_pump (self);
}

guint
chorus_upload_queue_get_retry_delay (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), 0);

  return self->retry_delay;
}

void
chorus_upload_queue_set_retry_delay (ChorusUploadQueue *self,
                                     guint              milliseconds)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (milliseconds > 0 && milliseconds <= 60000);

  if (self->retry_delay == milliseconds)
    return;

  self->retry_delay = milliseconds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_DELAY]);
}

guint
chorus_upload_queue_get_n_unfinished (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), 0);

  return self->n_unfinished;
}

static GHashTable *
chorus_upload_queue_list_recordings (ChorusUploadQueue *self)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      g_hash_table_add (ids, g_memdup2 (&upload->recording_id, sizeof upload->recording_id));
    }

  return ids;
}

static void
chorus_upload_queue_loaded_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusUploadQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = chorus_upload_ledger_load_finish (CHORUS_UPLOAD_LEDGER (object), result, &error);
  g_autoptr (GPtrArray) uploads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) present = NULL;

  if (!rows)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Files may have been added before the rows were read. */
  present = chorus_upload_queue_list_recordings (self);

  for (guint i = 0; i < rows->len; i++)
    {
      ChorusUploadRow *row = rows->pdata[i];
      ChorusUpload *upload = NULL;

      if (g_hash_table_contains (present, &row->recording_id))
        continue;
      if (!row->file)
        {
          /* Translators: “%s” is the name of a file. */
          g_autofree char *reason = g_strdup_printf (_("“%s” can no longer be found: add the file again."), row->name);

          chorus_upload_ledger_save_state_async (self->ledger, row->recording_id, CHORUS_UPLOAD_STATE_FAILED, reason,
                                                 NULL, NULL);
          continue;
        }

      upload = chorus_upload_new (row->file, row->name, row->deployment_id, row->recording_id);
      upload->restored = TRUE;
      upload->uncertain = g_steal_pointer (&row->sent_since);
      g_ptr_array_add (uploads, upload);
    }
  chorus_upload_queue_append (self, uploads);
  g_task_return_boolean (task, TRUE);
}

void
chorus_upload_queue_load_async (ChorusUploadQueue   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_upload_queue_load_async);
  chorus_upload_ledger_load_async (self->ledger, cancellable, chorus_upload_queue_loaded_cb, task);
}

gboolean
chorus_upload_queue_load_finish (ChorusUploadQueue  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_upload_queue_cancel (ChorusUploadQueue *self,
                            ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  g_clear_handle_id (&upload->delay_id, g_source_remove);
  g_cancellable_cancel (upload->cancellable);
  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_FAIL, _("Canceled: retry it to send it after all."));
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_retry (ChorusUploadQueue *self,
                           ChorusUpload      *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (CHORUS_IS_UPLOAD (upload));

  upload->n_tries = 0;
  upload->renewed = FALSE;
  upload->restored = FALSE;
  chorus_upload_queue_happen (self, upload, CHORUS_UPLOAD_EVENT_RETRY, NULL);
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_retry_failed (ChorusUploadQueue *self)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->uploads)); i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->state == CHORUS_UPLOAD_STATE_FAILED)
        chorus_upload_queue_retry (self, upload);
    }
}

void
chorus_upload_queue_remove_finished (ChorusUploadQueue *self)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = 0;

  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->uploads));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->uploads), i);

      if (upload->state != CHORUS_UPLOAD_STATE_SENT && upload->state != CHORUS_UPLOAD_STATE_REFUSED)
        g_ptr_array_add (kept, g_steal_pointer (&upload));
    }
  if (kept->len < n_items)
    g_list_store_splice (self->uploads, 0, n_items, kept->pdata, kept->len);
}
