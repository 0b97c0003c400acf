/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-queue-private.h"

#include "chorus-upload-pack.h"

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
  PROP_PAUSED,
  PROP_ALLOW_METERED,
  PROP_BANDWIDTH,
  PROP_HOURLY_LIMIT,
  PROP_RETRY_DELAY,
  PROP_BUSY,
  PROP_HOLD_REASON,
  PROP_N_UNFINISHED,
  N_PROPS,
};

enum
{
  SIGNAL_RECORDING_CHANGED,
  SIGNAL_RECORDING_FORGOTTEN,
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
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_ALLOW_METERED:
      g_value_set_boolean (value, self->allow_metered);
      break;
    case PROP_BANDWIDTH:
      g_value_set_uint64 (value, chorus_throttle_get_rate (self->throttle));
      break;
    case PROP_HOURLY_LIMIT:
      g_value_set_uint (value, self->hourly_limit);
      break;
    case PROP_RETRY_DELAY:
      g_value_set_uint (value, self->retry_delay);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_HOLD_REASON:
      g_value_set_string (value, self->hold_reason);
      break;
    case PROP_N_UNFINISHED:
      g_value_set_uint (value, chorus_upload_queue_get_n_unfinished (self));
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
    case PROP_ALLOW_METERED:
      chorus_upload_queue_set_allow_metered (self, g_value_get_boolean (value));
      break;
    case PROP_BANDWIDTH:
      chorus_upload_queue_set_bandwidth (self, g_value_get_uint64 (value));
      break;
    case PROP_HOURLY_LIMIT:
      chorus_upload_queue_set_hourly_limit (self, g_value_get_uint (value));
      break;
    case PROP_RETRY_DELAY:
      chorus_upload_queue_set_retry_delay (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_upload_queue_clear_line (GQueue *line)
{
  g_queue_clear_full (line, g_object_unref);
}

/* What is under way ends by itself; the store keeps the rest for the next start. */
static void
chorus_upload_queue_dispose (GObject *object)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->cargo, g_ptr_array_unref);
  g_clear_handle_id (&self->not_before_id, g_source_remove);
  chorus_upload_queue_clear_line (&self->to_check);
  chorus_upload_queue_clear_line (&self->to_send);
  chorus_upload_queue_clear_line (&self->to_confirm);
  g_clear_object (&self->jobs);
  g_clear_object (&self->uploads);
  g_clear_object (&self->client);
  g_clear_object (&self->ledger);
  g_clear_object (&self->network);
  g_clear_object (&self->throttle);
  g_clear_pointer (&self->spare, chorus_upload_spare_unref);

  G_OBJECT_CLASS (chorus_upload_queue_parent_class)->dispose (object);
}

static void
chorus_upload_queue_finalize (GObject *object)
{
  ChorusUploadQueue *self = CHORUS_UPLOAD_QUEUE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->hold_reason, g_free);
  chorus_upload_rate_clear (&self->rate);

  G_OBJECT_CLASS (chorus_upload_queue_parent_class)->finalize (object);
}

static void
chorus_upload_queue_class_init (ChorusUploadQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = chorus_upload_queue_get_property;
  object_class->set_property = chorus_upload_queue_set_property;
  object_class->dispose = chorus_upload_queue_dispose;
  object_class->finalize = chorus_upload_queue_finalize;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, CHORUS_TYPE_CLIENT, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_ALLOW_METERED] = g_param_spec_boolean ("allow-metered", NULL, NULL, TRUE, flags);
  properties[PROP_BANDWIDTH] = g_param_spec_uint64 ("bandwidth", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_HOURLY_LIMIT] = g_param_spec_uint ("hourly-limit", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RETRY_DELAY] =
    g_param_spec_uint ("retry-delay", NULL, NULL, 1, 60000, CHORUS_UPLOAD_RETRY_DELAY, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_HOLD_REASON] = g_param_spec_string ("hold-reason", NULL, NULL, NULL, readable);
  properties[PROP_N_UNFINISHED] = g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RECORDING_CHANGED] =
    g_signal_new ("recording-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  4, G_TYPE_INT64, CHORUS_TYPE_UPLOAD_STATE, G_TYPE_DOUBLE, G_TYPE_STRING);
  signals[SIGNAL_RECORDING_FORGOTTEN] =
    g_signal_new ("recording-forgotten", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  1, G_TYPE_INT64);
}

/* A network that has come back is tried at once; what the service has asked to wait for is waited for. */
static void
chorus_upload_queue_network_changed_cb (ChorusUploadQueue *self,
                                        gboolean           available)
{
  if (available && self->offline)
    {
      self->offline = FALSE;
      self->not_before = 0;
    }
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_metered_cb (ChorusUploadQueue *self)
{
  if (!self->allow_metered && g_network_monitor_get_network_metered (self->network))
    chorus_upload_queue_stop_attempt (self);
  chorus_upload_queue_pump (self);
}

static void
chorus_upload_queue_init (ChorusUploadQueue *self)
{
  self->cancellable = g_cancellable_new ();
  self->uploads = g_list_store_new (CHORUS_TYPE_UPLOAD);
  self->jobs = chorus_job_queue_new (CHORUS_UPLOAD_CHECK_THREADS);
  self->throttle = chorus_throttle_new ();
  self->spare = chorus_upload_spare_new ();
  self->retry_delay = CHORUS_UPLOAD_RETRY_DELAY;
  self->allow_metered = TRUE;
  self->budget = CHORUS_UPLOAD_PACK_START;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_queue_init (&self->to_check);
  g_queue_init (&self->to_send);
  g_queue_init (&self->to_confirm);
  g_signal_connect_object (self->uploads, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (chorus_upload_queue_network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "notify::network-metered", G_CALLBACK (chorus_upload_queue_metered_cb), self,
                           G_CONNECT_SWAPPED);
}

GWeakRef *
chorus_upload_queue_hold (ChorusUploadQueue *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);

  return ref;
}

void
chorus_upload_queue_drop (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

ChorusUploadQueue *
chorus_upload_queue_release (gpointer ref)
{
  ChorusUploadQueue *self = g_weak_ref_get (ref);

  chorus_upload_queue_drop (ref);
  /* After it was disposed of, there is nothing left to work with. */
  if (self && !self->uploads)
    g_clear_object (&self);

  return self;
}

void
chorus_upload_queue_tell (ChorusUploadQueue *self,
                          ChorusUpload      *upload)
{
  g_signal_emit (self, signals[SIGNAL_RECORDING_CHANGED], 0, upload->recording_id, upload->state, upload->progress,
                 upload->reason);
}

void
chorus_upload_queue_tell_forgotten (ChorusUploadQueue *self,
                                    gint64             recording_id)
{
  g_signal_emit (self, signals[SIGNAL_RECORDING_FORGOTTEN], 0, recording_id);
}

static void
chorus_upload_queue_subtract (ChorusUploadQueue *self,
                              ChorusUpload      *upload)
{
  if (!upload->counted)
    return;

  upload->counted = FALSE;
  self->totals.n[upload->counted_state]--;
  self->totals.bytes -= upload->counted_bytes;
  self->totals.bytes_sent -= upload->counted_sent;
}

void
chorus_upload_queue_recount (ChorusUploadQueue *self,
                             ChorusUpload      *upload)
{
  guint n_unfinished = chorus_upload_queue_get_n_unfinished (self);
  gboolean moves = chorus_upload_state_is_unfinished (upload->state) || upload->state == CHORUS_UPLOAD_STATE_SENT
                   || upload->state == CHORUS_UPLOAD_STATE_PAUSED;

  chorus_upload_queue_subtract (self, upload);
  if (upload->listed && upload->approved)
    {
      upload->counted = TRUE;
      upload->counted_state = upload->state;
      upload->counted_bytes = moves ? upload->bytes : 0;
      upload->counted_sent = moves ? upload->progress * (double) upload->bytes : 0;
      self->totals.n[upload->counted_state]++;
      self->totals.bytes += upload->counted_bytes;
      self->totals.bytes_sent += upload->counted_sent;
    }
  if (n_unfinished != chorus_upload_queue_get_n_unfinished (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFINISHED]);
}

void
chorus_upload_queue_append (ChorusUploadQueue *self,
                            GPtrArray         *uploads)
{
  guint position = g_list_model_get_n_items (G_LIST_MODEL (self->uploads));

  for (guint i = 0; i < uploads->len; i++)
    {
      ChorusUpload *upload = uploads->pdata[i];

      if (!upload->approved)
        self->totals.n_unapproved++;
      if (upload->bytes > 0)
        chorus_upload_set_progress (upload, chorus_upload_count_sent (upload, 0) / (double) upload->bytes);
      chorus_upload_queue_recount (self, upload);
    }
  g_list_store_splice (self->uploads, position, 0, uploads->pdata, uploads->len);
  for (guint i = 0; i < uploads->len; i++)
    {
      chorus_upload_queue_line_up (self, uploads->pdata[i]);
      chorus_upload_queue_tell (self, uploads->pdata[i]);
    }
  chorus_upload_queue_pump (self);
}

void
chorus_upload_queue_set_hold_reason (ChorusUploadQueue *self,
                                     const char        *reason)
{
  if (g_strcmp0 (self->hold_reason, reason) == 0)
    return;

  g_free (self->hold_reason);
  self->hold_reason = g_strdup (reason);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOLD_REASON]);
}

void
chorus_upload_queue_set_busy (ChorusUploadQueue *self,
                              gboolean           busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
chorus_upload_queue_stop_attempt (ChorusUploadQueue *self)
{
  if (self->attempt && self->attempt_sent < self->attempt_length)
    g_cancellable_cancel (self->attempt);
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
  if (paused)
    chorus_upload_queue_stop_attempt (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  chorus_upload_queue_pump (self);
}

gboolean
chorus_upload_queue_get_allow_metered (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);

  return self->allow_metered;
}

void
chorus_upload_queue_set_allow_metered (ChorusUploadQueue *self,
                                       gboolean           allow_metered)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  allow_metered = !!allow_metered;
  if (self->allow_metered == allow_metered)
    return;

  self->allow_metered = allow_metered;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALLOW_METERED]);
  chorus_upload_queue_metered_cb (self);
}

guint64
chorus_upload_queue_get_bandwidth (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), 0);

  return chorus_throttle_get_rate (self->throttle);
}

void
chorus_upload_queue_set_bandwidth (ChorusUploadQueue *self,
                                   guint64            bandwidth)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  if (chorus_throttle_get_rate (self->throttle) == bandwidth)
    return;

  chorus_throttle_set_rate (self->throttle, bandwidth);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BANDWIDTH]);
}

guint
chorus_upload_queue_get_hourly_limit (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), 0);

  return self->hourly_limit;
}

void
chorus_upload_queue_set_hourly_limit (ChorusUploadQueue *self,
                                      guint              hourly_limit)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_QUEUE (self));

  if (self->hourly_limit == hourly_limit)
    return;

  self->hourly_limit = hourly_limit;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOURLY_LIMIT]);
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

gboolean
chorus_upload_queue_get_busy (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), FALSE);

  return self->busy;
}

const char *
chorus_upload_queue_get_hold_reason (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), NULL);

  return self->hold_reason;
}

guint
chorus_upload_queue_get_n_unfinished (ChorusUploadQueue *self)
{
  guint n = 0;

  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), 0);

  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    if (chorus_upload_state_is_unfinished ((ChorusUploadState) state))
      n += self->totals.n[state];

  return n;
}

const ChorusUploadTotals *
chorus_upload_queue_get_totals (ChorusUploadQueue *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_QUEUE (self), NULL);

  return &self->totals;
}
