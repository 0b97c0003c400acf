/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-upload-row.h"
#include "chorus-uploads-page-private.h"

/* Changes of many recordings come together: they are summed up at most this often. */
#define CHORUS_UPLOADS_UPDATE_MS 200

/* While something is sent, the rate is looked at this often even if nothing moves. */
#define CHORUS_UPLOADS_TICK_MS 1000

/* How fast the shown rate follows the measured one: the weight of the newest measurement. */
#define CHORUS_UPLOADS_RATE_WEIGHT 0.2

/* A rate needs this much time between two measurements, in microseconds. */
#define CHORUS_UPLOADS_RATE_INTERVAL (G_USEC_PER_SEC / 2)

/* A slower rate says nothing but that it is slow, in bytes a second. */
#define CHORUS_UPLOADS_RATE_MIN 100

enum
{
  PROP_0,
  PROP_N_OPEN,
  PROP_N_PROBLEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusUploadsPage, chorus_uploads_page, ADW_TYPE_BIN)

static guint
chorus_uploads_page_count_problems (const ChorusUploadTotals *totals)
{
  guint n = 0;

  for (int state = 0; state < CHORUS_UPLOAD_N_STATES; state++)
    if (chorus_upload_state_is_problem ((ChorusUploadState) state))
      n += totals->n[state];

  return n;
}

static void
chorus_uploads_page_measure_rate (ChorusUploadsPage        *self,
                                  const ChorusUploadTotals *totals)
{
  gint64 now = g_get_monotonic_time ();
  gint64 elapsed = now - self->rate_time;
  gboolean moves = totals->n[CHORUS_UPLOAD_STATE_SENDING] > 0;
  double rate;

  if (!moves || self->rate_time == 0 || totals->bytes_sent < self->rate_bytes)
    {
      /* Between two requests nothing is sent for a moment; that is part of the rate. */
      if (chorus_upload_queue_get_n_unfinished (self->queue) == 0 || chorus_upload_queue_get_paused (self->queue)
          || chorus_upload_queue_get_hold_reason (self->queue) != NULL)
        self->rate = 0;
      self->rate_time = moves ? now : 0;
      self->rate_bytes = totals->bytes_sent;
      return;
    }

  if (elapsed < CHORUS_UPLOADS_RATE_INTERVAL)
    return;

  rate = (totals->bytes_sent - self->rate_bytes) * G_USEC_PER_SEC / elapsed;
  self->rate = self->rate > 0 ? self->rate + CHORUS_UPLOADS_RATE_WEIGHT * (rate - self->rate) : rate;
  self->rate_time = now;
  self->rate_bytes = totals->bytes_sent;
}

/* How far everything is, such as "12 MB of 480 MB · 3.2 MB/s · 2:05 left". */
static char *
chorus_uploads_page_dup_rate (ChorusUploadsPage        *self,
                              const ChorusUploadTotals *totals)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sent = chorus_text_from_size ((guint64) MAX (totals->bytes_sent, 0));
  g_autofree char *bytes = chorus_text_from_size (totals->bytes);

  /* Translators: how much of all recordings has been sent, such as "12 MB of 480 MB" */
  g_string_append_printf (text, _("%s of %s"), sent, bytes);

  if (self->rate >= CHORUS_UPLOADS_RATE_MIN)
    {
      double left = ((double) totals->bytes - totals->bytes_sent) / self->rate;
      g_autofree char *rate = chorus_text_from_size ((guint64) self->rate);
      g_autofree char *time_left = chorus_text_from_duration (left);

      g_string_append (text, " · ");
      /* Translators: so many bytes a second, such as "3.2 MB/s" */
      g_string_append_printf (text, _("%s/s"), rate);
      g_string_append (text, " · ");
      /* Translators: minutes and seconds until everything is sent, such as "2:05 left" */
      g_string_append_printf (text, _("%s left"), time_left);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
chorus_uploads_page_dup_title (ChorusUploadsPage        *self,
                               const ChorusUploadTotals *totals)
{
  guint n_sent = totals->n[CHORUS_UPLOAD_STATE_SENT];
  guint n_unfinished = chorus_upload_queue_get_n_unfinished (self->queue);
  guint n_paused = totals->n[CHORUS_UPLOAD_STATE_PAUSED];
  guint n_problems = chorus_uploads_page_count_problems (totals);

  if (n_unfinished > 0 && chorus_upload_queue_get_paused (self->queue))
    return g_strdup_printf (ngettext ("Paused: %'u recording waits", "Paused: %'u recordings wait", n_unfinished),
                            n_unfinished);
  if (n_unfinished > 0)
    /* Translators: how many of the recordings have been sent, such as "3 of 20 sent" */
    return g_strdup_printf (_("%'u of %'u sent"), n_sent, n_sent + n_unfinished + n_paused);
  if (n_problems > 0 && n_sent > 0)
    /* Translators: how many recordings have been sent, and how many not, such as "6 sent, 5 not sent" */
    return g_strdup_printf (_("%'u sent, %'u not sent"), n_sent, n_problems);
  if (n_problems > 0)
    return g_strdup_printf (ngettext ("%'u recording was not sent", "%'u recordings were not sent", n_problems),
                            n_problems);
  if (n_paused > 0)
    return g_strdup_printf (ngettext ("Paused: %'u recording waits", "Paused: %'u recordings wait", n_paused),
                            n_paused);
  if (n_sent > 0)
    return g_strdup_printf (ngettext ("%'u recording sent", "%'u recordings sent", n_sent), n_sent);

  return g_strdup (_("Nothing to send"));
}

static void
chorus_uploads_page_show_line (GtkLabel   *label,
                               const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
chorus_uploads_page_show_pause (ChorusUploadsPage *self,
                                gboolean           paused)
{
  const char *name = paused ? _("Resume Uploading") : _("Pause Uploading");

  /* A screen reader hears of every change, also of those that are none. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->pause_button)), name) == 0)
    return;

  gtk_toggle_button_set_active (self->pause_button, paused);
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
chorus_uploads_page_show_summary (ChorusUploadsPage        *self,
                                  const ChorusUploadTotals *totals)
{
  guint n_sent = totals->n[CHORUS_UPLOAD_STATE_SENT];
  guint n_failed = totals->n[CHORUS_UPLOAD_STATE_FAILED] + totals->n[CHORUS_UPLOAD_STATE_NEEDS_FILE];
  guint n_finished = n_sent + totals->n[CHORUS_UPLOAD_STATE_REFUSED] + totals->n[CHORUS_UPLOAD_STATE_CANCELED];
  gboolean paused = chorus_upload_queue_get_paused (self->queue);
  gboolean busy = chorus_upload_queue_get_n_unfinished (self->queue) > 0;
  const char *hold_reason = chorus_upload_queue_get_hold_reason (self->queue);
  gboolean shown_sent = gtk_toggle_button_get_active (self->sent_button);
  g_autofree char *title = chorus_uploads_page_dup_title (self, totals);
  g_autofree char *rate = chorus_uploads_page_dup_rate (self, totals);
  g_autofree char *sent = g_strdup_printf (shown_sent ? ngettext ("Hide %'u sent", "Hide %'u sent", n_sent)
                                                      : ngettext ("Show %'u sent", "Show %'u sent", n_sent),
                                           n_sent);

  gtk_label_set_text (self->summary_label, title);
  gtk_progress_bar_set_fraction (self->total_bar,
                                 totals->bytes > 0 ? CLAMP (totals->bytes_sent / (double) totals->bytes, 0, 1) : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->total_bar), busy);
  chorus_uploads_page_show_line (self->rate_label, !busy ? NULL : hold_reason != NULL ? hold_reason : rate);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), busy);
  chorus_uploads_page_show_pause (self, paused);
  gtk_widget_set_visible (self->retry_all_button, n_failed > 1);
  gtk_widget_set_visible (self->clear_button, !busy && n_finished > 0);
  gtk_widget_set_visible (self->summary_card, busy || n_finished + n_failed > 0
                                                || totals->n[CHORUS_UPLOAD_STATE_PAUSED] > 0
                                                || totals->n[CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED] > 0);
  gtk_button_set_label (GTK_BUTTON (self->sent_button), sent);
  gtk_widget_set_visible (GTK_WIDGET (self->sent_button), n_sent > 0);
}

static gboolean chorus_uploads_page_tick_cb (gpointer user_data);

static void
chorus_uploads_page_update (ChorusUploadsPage *self)
{
  static const ChorusUploadTotals nothing;
  const ChorusUploadTotals *totals = self->queue != NULL ? chorus_upload_queue_get_totals (self->queue) : &nothing;
  guint n_unfinished = self->queue != NULL ? chorus_upload_queue_get_n_unfinished (self->queue) : 0;
  guint n_items = self->queue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;
  gboolean notice = gtk_widget_get_visible (self->notice_box);
  guint n_open = n_unfinished + totals->n_unapproved;
  guint n_problems = chorus_uploads_page_count_problems (totals);

  if (self->queue != NULL)
    {
      chorus_uploads_page_measure_rate (self, totals);
      chorus_uploads_page_show_summary (self, totals);
      if (n_unfinished > 0 && self->tick_id == 0)
        self->tick_id = g_timeout_add (CHORUS_UPLOADS_TICK_MS, chorus_uploads_page_tick_cb, self);
    }
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 || notice ? "list" : "empty");

  if (self->n_open != n_open)
    {
      self->n_open = n_open;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
    }
  if (self->n_problems != n_problems)
    {
      self->n_problems = n_problems;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PROBLEMS]);
    }
}

static gboolean
chorus_uploads_page_tick_cb (gpointer user_data)
{
  ChorusUploadsPage *self = user_data;

  self->tick_id = 0;
  chorus_uploads_page_update (self);

  return G_SOURCE_REMOVE;
}

static gboolean
chorus_uploads_page_update_cb (gpointer user_data)
{
  ChorusUploadsPage *self = user_data;

  self->update_id = 0;
  chorus_uploads_page_update (self);

  return G_SOURCE_REMOVE;
}

void
_chorus_uploads_page_queue_update (ChorusUploadsPage *self)
{
  g_assert (CHORUS_IS_UPLOADS_PAGE (self));

  if (self->update_id == 0)
    self->update_id = g_timeout_add (CHORUS_UPLOADS_UPDATE_MS, chorus_uploads_page_update_cb, self);
}

static void
chorus_uploads_page_items_changed_cb (ChorusUploadsPage *self,
                                      guint              position,
                                      guint              removed,
                                      guint              added)
{
  if (removed == 0)
    _chorus_uploads_page_note_found (self, added);
  _chorus_uploads_page_queue_update (self);
}

/* The list stays where it is when rows come in above, as it should; but whoever looks at its top wants to see the top,
 * where what needs attention comes in. */
static void
chorus_uploads_page_order_changed_cb (ChorusUploadsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->order)) > 0
      && gtk_adjustment_get_value (adjustment) <= gtk_adjustment_get_lower (adjustment))
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", 0);
}

static void
chorus_uploads_page_recording_changed_cb (ChorusUploadsPage *self,
                                          gint64             recording_id)
{
  chorus_upload_order_note (self->order, recording_id);
  _chorus_uploads_page_queue_update (self);
}

static void
chorus_uploads_page_sent_toggled_cb (ChorusUploadsPage *self)
{
  chorus_upload_order_set_show_sent (self->order, gtk_toggle_button_get_active (self->sent_button));
  _chorus_uploads_page_queue_update (self);
}

static void
chorus_uploads_page_pause_toggled_cb (ChorusUploadsPage *self)
{
  if (self->queue != NULL)
    chorus_upload_queue_set_paused (self->queue, gtk_toggle_button_get_active (self->pause_button));
}

static void
chorus_uploads_page_setup_row_cb (ChorusUploadsPage *self,
                                  GtkListItem       *item)
{
  gtk_list_item_set_child (item, chorus_upload_row_new ());
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
chorus_uploads_page_create_list (ChorusUploadsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_uploads_page_setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_uploads_page_bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (chorus_uploads_page_unbind_row_cb), self, G_CONNECT_SWAPPED);

  self->order = chorus_upload_order_new ();
  self->selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->order)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_factory (self->list_view, factory);
  /* After the list has heard of it. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (chorus_uploads_page_order_changed_cb), self,
                           G_CONNECT_SWAPPED);
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
    case PROP_N_OPEN:
      g_value_set_uint (value, chorus_uploads_page_get_n_open (self));
      break;
    case PROP_N_PROBLEMS:
      g_value_set_uint (value, chorus_uploads_page_get_n_problems (self));
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
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);

  _chorus_uploads_page_actions_reset (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->order);
  g_clear_object (&self->queue_signals);
  g_clear_object (&self->queue);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_UPLOADS_PAGE);

  G_OBJECT_CLASS (chorus_uploads_page_parent_class)->dispose (object);
}

static void
chorus_uploads_page_class_init (ChorusUploadsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chorus_uploads_page_dispose;
  object_class->get_property = chorus_uploads_page_get_property;

  properties[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_PROBLEMS] = g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CHORUS_TYPE_UPLOAD_REVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-uploads-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, review);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadsPage, summary_card);
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

  _chorus_uploads_page_class_actions_init (klass);
}

static void
chorus_uploads_page_init (ChorusUploadsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  chorus_uploads_page_create_list (self);
  _chorus_uploads_page_actions_init (self);

  self->queue_signals = g_signal_group_new (CHORUS_TYPE_UPLOAD_QUEUE);
  g_signal_group_connect_object (self->queue_signals, "items-changed",
                                 G_CALLBACK (chorus_uploads_page_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "recording-changed",
                                 G_CALLBACK (chorus_uploads_page_recording_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "notify", G_CALLBACK (_chorus_uploads_page_queue_update), self,
                                 G_CONNECT_SWAPPED);
}

void
chorus_uploads_page_set_workspace (ChorusUploadsPage *self,
                                   ChorusWorkspace   *workspace)
{
  g_return_if_fail (CHORUS_IS_UPLOADS_PAGE (self));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  _chorus_uploads_page_actions_reset (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_set_object (&self->workspace, workspace);
  g_clear_object (&self->queue);
  if (workspace != NULL)
    self->queue = g_object_ref (chorus_workspace_get_queue (workspace));
  g_signal_group_set_target (self->queue_signals, self->queue);
  chorus_upload_order_set_model (self->order, G_LIST_MODEL (self->queue));
  chorus_upload_review_set_workspace (self->review, workspace);
  self->rate = 0;
  self->rate_time = 0;
  chorus_uploads_page_update (self);
}

guint
chorus_uploads_page_get_n_open (ChorusUploadsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOADS_PAGE (self), 0);

  return self->n_open;
}

guint
chorus_uploads_page_get_n_problems (ChorusUploadsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOADS_PAGE (self), 0);

  return self->n_problems;
}
