/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-upload-row.h"
#include "chorus-uploads-page.h"

/* Changes of many files come together: the list is put in order and summed up at most this often. */
#define CHORUS_UPLOADS_UPDATE_MS 200

/* How fast the shown rate follows the measured one: the weight of the newest measurement. */
#define CHORUS_UPLOADS_RATE_WEIGHT 0.2

/* A rate needs this much time between two measurements, in microseconds. */
#define CHORUS_UPLOADS_RATE_INTERVAL (G_USEC_PER_SEC / 2)

typedef struct
{
  guint n_sent;
  guint n_failed;
  guint n_unfinished;
  guint64 bytes;
  double bytes_sent;
} ChorusUploadTotals;

struct _ChorusUploadsPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *summary_label;
  GtkProgressBar *total_bar;
  GtkLabel *rate_label;
  GtkWidget *retry_all_button;
  GtkWidget *clear_button;
  GtkToggleButton *pause_button;
  GtkListView *list_view;
  GtkToggleButton *sent_button;

  /* Owned references */
  ChorusUploadQueue *queue;
  GSignalGroup *queue_signals;
  GtkSorter *sorter;
  GtkFilter *filter;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkNoSelection *selection;

  /* State */
  ChorusUploadTotals totals;
  double rate; /* bytes a second, 0 when it is not known */
  double rate_bytes;
  gint64 rate_time;
  guint update_id;
};

enum
{
  PROP_0,
  PROP_QUEUE,
  PROP_N_FAILED,
  PROP_N_UNFINISHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusUploadsPage, chorus_uploads_page, ADW_TYPE_BIN)

static guint
chorus_uploads_page_rank (ChorusUploadState state)
{
  switch (state)
    {
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_REFUSED:
      return 0;
    case CHORUS_UPLOAD_STATE_SENDING:
      return 1;
    case CHORUS_UPLOAD_STATE_DELAYED:
    case CHORUS_UPLOAD_STATE_CHECKING:
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_WAITING:
      return 2;
    case CHORUS_UPLOAD_STATE_SENT:
    default:
      return 3;
    }
}

static int
chorus_uploads_page_compare (gconstpointer a,
                             gconstpointer b,
                             gpointer      user_data)
{
  guint rank_a = chorus_uploads_page_rank (chorus_upload_get_state ((ChorusUpload *) a));
  guint rank_b = chorus_uploads_page_rank (chorus_upload_get_state ((ChorusUpload *) b));

  return (rank_a > rank_b) - (rank_a < rank_b);
}

static gboolean
chorus_uploads_page_filter (gpointer item,
                            gpointer user_data)
{
  ChorusUploadsPage *self = user_data;

  return chorus_upload_get_state (item) != CHORUS_UPLOAD_STATE_SENT || gtk_toggle_button_get_active (self->sent_button);
}

static void
chorus_uploads_page_sum_up (ChorusUploadsPage  *self,
                            ChorusUploadTotals *totals)
{
  guint n_items = self->queue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;

  *totals = (ChorusUploadTotals){ 0 };

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (G_LIST_MODEL (self->queue), i);
      guint64 bytes = chorus_upload_get_bytes (upload);

      switch (chorus_uploads_page_rank (chorus_upload_get_state (upload)))
        {
        case 0:
          totals->n_failed += 1;
          continue;
        case 3:
          totals->n_sent += 1;
          totals->bytes_sent += bytes;
          break;
        default:
          totals->n_unfinished += 1;
          totals->bytes_sent += bytes * chorus_upload_get_progress (upload);
          break;
        }

      totals->bytes += bytes;
    }
}

static void
chorus_uploads_page_measure_rate (ChorusUploadsPage *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 elapsed = now - self->rate_time;
  double rate;

  if (self->totals.n_unfinished == 0 || self->rate_time == 0 || self->totals.bytes_sent < self->rate_bytes)
    {
      self->rate = 0;
      self->rate_time = self->totals.n_unfinished > 0 ? now : 0;
      self->rate_bytes = self->totals.bytes_sent;
      return;
    }

  if (elapsed < CHORUS_UPLOADS_RATE_INTERVAL)
    return;

  rate = (self->totals.bytes_sent - self->rate_bytes) * G_USEC_PER_SEC / elapsed;
  self->rate = self->rate > 0 ? self->rate + CHORUS_UPLOADS_RATE_WEIGHT * (rate - self->rate) : rate;
  self->rate_time = now;
  self->rate_bytes = self->totals.bytes_sent;
}

static void
chorus_uploads_page_show_rate (ChorusUploadsPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sent = chorus_text_from_size ((guint64) self->totals.bytes_sent);
  g_autofree char *bytes = chorus_text_from_size (self->totals.bytes);

  /* Translators: how much of all files has been sent, such as "12 MB of 480 MB" */
  g_string_append_printf (text, _("%s of %s"), sent, bytes);

  if (self->rate >= 1)
    {
      double left = (self->totals.bytes - self->totals.bytes_sent) / self->rate;
      g_autofree char *rate = chorus_text_from_size ((guint64) self->rate);
      g_autofree char *time_left = chorus_text_from_duration (left);

      g_string_append (text, " · ");
      /* Translators: so many bytes a second, such as "3.2 MB/s" */
      g_string_append_printf (text, _("%s/s"), rate);
      g_string_append (text, " · ");
      /* Translators: minutes and seconds until everything is sent, such as "2:05 left" */
      g_string_append_printf (text, _("%s left"), time_left);
    }

  gtk_label_set_text (self->rate_label, text->str);
}

static void
chorus_uploads_page_show_summary (ChorusUploadsPage *self)
{
  const ChorusUploadTotals *totals = &self->totals;
  guint n_moving = totals->n_unfinished + totals->n_sent;
  gboolean paused = self->queue != NULL && chorus_upload_queue_get_paused (self->queue);
  gboolean busy = totals->n_unfinished > 0;
  g_autofree char *text = NULL;
  g_autofree char *sent = NULL;

  if (busy && paused)
    text = g_strdup_printf (ngettext ("Paused: %u file waits", "Paused: %u files wait", totals->n_unfinished),
                            totals->n_unfinished);
  else if (busy)
    /* Translators: how many of the files have been sent, such as "Uploading: 3 of 20 sent" */
    text = g_strdup_printf (_("Uploading: %u of %u sent"), totals->n_sent, n_moving);
  else if (totals->n_failed > 0)
    text =
      g_strdup_printf (ngettext ("%u file was not sent", "%u files were not sent", totals->n_failed), totals->n_failed);
  else
    text = g_strdup (_("Everything is sent"));

  sent = g_strdup_printf (ngettext ("Show %u sent", "Show %u sent", totals->n_sent), totals->n_sent);

  gtk_label_set_text (self->summary_label, text);
  gtk_progress_bar_set_fraction (self->total_bar,
                                 totals->bytes > 0 ? CLAMP (totals->bytes_sent / totals->bytes, 0, 1) : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->total_bar), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->rate_label), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), busy);
  gtk_toggle_button_set_active (self->pause_button, paused);
  gtk_widget_set_visible (self->retry_all_button, totals->n_failed > 1);
  gtk_widget_set_visible (self->clear_button, !busy && totals->n_sent + totals->n_failed > 0);
  gtk_button_set_label (GTK_BUTTON (self->sent_button), sent);
  gtk_widget_set_visible (GTK_WIDGET (self->sent_button), totals->n_sent > 0);

  if (busy)
    chorus_uploads_page_show_rate (self);
}

static void
chorus_uploads_page_update (ChorusUploadsPage *self)
{
  guint n_items = self->queue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;
  ChorusUploadTotals totals;
  gboolean failed_changed;
  gboolean unfinished_changed;

  chorus_uploads_page_sum_up (self, &totals);
  failed_changed = totals.n_failed != self->totals.n_failed;
  unfinished_changed = totals.n_unfinished != self->totals.n_unfinished;
  self->totals = totals;

  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  chorus_uploads_page_measure_rate (self);
  chorus_uploads_page_show_summary (self);
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");

  if (failed_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
  if (unfinished_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFINISHED]);
}

static gboolean
chorus_uploads_page_update_cb (gpointer user_data)
{
  ChorusUploadsPage *self = user_data;

  self->update_id = 0;
  chorus_uploads_page_update (self);

  return G_SOURCE_REMOVE;
}

static void
chorus_uploads_page_queue_update (ChorusUploadsPage *self)
{
  g_assert (CHORUS_IS_UPLOADS_PAGE (self));

  if (self->update_id == 0)
    self->update_id = g_timeout_add (CHORUS_UPLOADS_UPDATE_MS, chorus_uploads_page_update_cb, self);
}

static void
chorus_uploads_page_sent_toggled_cb (ChorusUploadsPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
chorus_uploads_page_pause_toggled_cb (ChorusUploadsPage *self)
{
  if (self->queue != NULL)
    chorus_upload_queue_set_paused (self->queue, gtk_toggle_button_get_active (self->pause_button));
}

static void
chorus_uploads_page_retry_cb (ChorusUploadsPage *self,
                              ChorusUploadRow   *row)
{
  chorus_upload_queue_retry (self->queue, chorus_upload_row_get_upload (row));
}

static void
chorus_uploads_page_cancel_cb (ChorusUploadsPage *self,
                               ChorusUploadRow   *row)
{
  chorus_upload_queue_cancel (self->queue, chorus_upload_row_get_upload (row));
}

static void
chorus_uploads_page_setup_row_cb (ChorusUploadsPage *self,
                                  GtkListItem       *item)
{
  GtkWidget *row = chorus_upload_row_new ();

  g_signal_connect_object (row, "retry", G_CALLBACK (chorus_uploads_page_retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "cancel", G_CALLBACK (chorus_uploads_page_cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
chorus_uploads_page_bind_row_cb (ChorusUploadsPage *self,
                                 GtkListItem       *item)
{
  chorus_upload_row_set_upload (CHORUS_UPLOAD_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
chorus_uploads_page_unbind_row_cb (ChorusUploadsPage *self,
                                   GtkListItem       *item)
{
  chorus_upload_row_set_upload (CHORUS_UPLOAD_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
chorus_uploads_page_retry_failed_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_retry_failed (self->queue);
}

static void
chorus_uploads_page_clear_finished_action (GtkWidget  *widget,
                                           const char *action_name,
                                           GVariant   *parameter)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (widget);

  if (self->queue != NULL)
    chorus_upload_queue_remove_finished (self->queue);
}

static void
chorus_uploads_page_create_list (ChorusUploadsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_uploads_page_setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_uploads_page_bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (chorus_uploads_page_unbind_row_cb), self, G_CONNECT_SWAPPED);

  self->sorter = GTK_SORTER (gtk_custom_sorter_new (chorus_uploads_page_compare, NULL, NULL));
  self->filter = GTK_FILTER (gtk_custom_filter_new (chorus_uploads_page_filter, self, NULL));
  self->sorted = gtk_sort_list_model_new (NULL, g_object_ref (self->sorter));
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), g_object_ref (self->filter));
  self->selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_factory (self->list_view, factory);
}

static void
chorus_uploads_page_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (object);

  switch (prop_id)
    {
    case PROP_QUEUE:
      g_value_set_object (value, chorus_uploads_page_get_queue (self));
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, chorus_uploads_page_get_n_failed (self));
      break;
    case PROP_N_UNFINISHED:
      g_value_set_uint (value, chorus_uploads_page_get_n_unfinished (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_uploads_page_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (object);

  switch (prop_id)
    {
    case PROP_QUEUE:
      chorus_uploads_page_set_queue (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_uploads_page_dispose (GObject *object)
{
  ChorusUploadsPage *self = CHORUS_UPLOADS_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);

  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->queue_signals);
  g_clear_object (&self->queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_UPLOADS_PAGE);

  G_OBJECT_CLASS (chorus_uploads_page_parent_class)->dispose (object);
}

static void
chorus_uploads_page_class_init (ChorusUploadsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_uploads_page_dispose;
  object_class->get_property = chorus_uploads_page_get_property;
  object_class->set_property = chorus_uploads_page_set_property;

  properties[PROP_QUEUE] = g_param_spec_object ("queue", NULL, NULL, CHORUS_TYPE_UPLOAD_QUEUE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_UNFINISHED] =
    g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-uploads-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, total_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, rate_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, retry_all_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, sent_button);
  gtk_widget_class_bind_template_callback (widget_class, chorus_uploads_page_sent_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_uploads_page_pause_toggled_cb);

  gtk_widget_class_install_action (widget_class, "uploads.retry-failed", NULL, chorus_uploads_page_retry_failed_action);
  gtk_widget_class_install_action (widget_class, "uploads.clear-finished", NULL,
                                   chorus_uploads_page_clear_finished_action);
}

static void
chorus_uploads_page_init (ChorusUploadsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  chorus_uploads_page_create_list (self);

  self->queue_signals = g_signal_group_new (CHORUS_TYPE_UPLOAD_QUEUE);
  g_signal_group_connect_object (self->queue_signals, "items-changed", G_CALLBACK (chorus_uploads_page_queue_update),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "recording-changed",
                                 G_CALLBACK (chorus_uploads_page_queue_update), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "notify::paused", G_CALLBACK (chorus_uploads_page_queue_update),
                                 self, G_CONNECT_SWAPPED);
}

ChorusUploadQueue *
chorus_uploads_page_get_queue (ChorusUploadsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOADS_PAGE (self), NULL);

  return self->queue;
}

void
chorus_uploads_page_set_queue (ChorusUploadsPage *self,
                               ChorusUploadQueue *queue)
{
  g_return_if_fail (CHORUS_IS_UPLOADS_PAGE (self));
  g_return_if_fail (queue == NULL || CHORUS_IS_UPLOAD_QUEUE (queue));

  if (!g_set_object (&self->queue, queue))
    return;

  g_signal_group_set_target (self->queue_signals, queue);
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (queue));
  self->rate_time = 0;
  chorus_uploads_page_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUEUE]);
}

guint
chorus_uploads_page_get_n_failed (ChorusUploadsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOADS_PAGE (self), 0);

  return self->totals.n_failed;
}

guint
chorus_uploads_page_get_n_unfinished (ChorusUploadsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOADS_PAGE (self), 0);

  return self->totals.n_unfinished;
}
