/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-background.h"
#include "chorus-close-dialog.h"

#define CHORUS_BACKGROUND_NOTIFICATION "uploads"

/* Between two requests nothing may be unfinished for a moment, as when the last file of a card is still being found. */
#define CHORUS_BACKGROUND_SETTLE_MS 1000

/* The values of the setting "background-uploads". */
typedef enum
{
  CHORUS_BACKGROUND_ASK,
  CHORUS_BACKGROUND_ALWAYS,
  CHORUS_BACKGROUND_NEVER,
} ChorusBackgroundUploads;

struct _ChorusBackground
{
  GObject parent_instance;

  GtkApplication *application; /* not owned */
  GtkWindow *window;           /* weak */
  GSettings *settings;
  ChorusUploadQueue *queue;
  GSignalGroup *queue_signals;
  ChorusCloseDialog *dialog; /* weak */

  guint inhibit_cookie;
  gboolean held;      /* the application goes on without its window */
  gboolean under_way; /* something was to be sent and nothing has been told about it yet */
  guint n_sent_before;
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (ChorusBackground, chorus_background, G_TYPE_OBJECT)

static guint
chorus_background_count_problems (ChorusBackground *self)
{
  const ChorusUploadTotals *totals = chorus_upload_queue_get_totals (self->queue);

  return totals->n[CHORUS_UPLOAD_STATE_FAILED] + totals->n[CHORUS_UPLOAD_STATE_NEEDS_FILE]
         + totals->n[CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED];
}

/* Whether something is sent, or would be if nothing held it back. */
static gboolean
chorus_background_has_work (ChorusBackground *self)
{
  return self->queue != NULL && !chorus_upload_queue_get_paused (self->queue)
         && chorus_upload_queue_get_n_unfinished (self->queue) > 0;
}

/* A computer that waits for the network, or for tomorrow, may sleep meanwhile. */
static void
chorus_background_update_inhibit (ChorusBackground *self)
{
  gboolean sending =
    self->queue != NULL
    && (chorus_upload_queue_get_busy (self->queue)
        || (chorus_background_has_work (self) && chorus_upload_queue_get_hold_reason (self->queue) == NULL));

  if (sending && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (self->application, self->window, GTK_APPLICATION_INHIBIT_SUSPEND,
                                                    _("Recordings are being uploaded"));
  else if (!sending && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (self->application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

static void
chorus_background_release (ChorusBackground *self)
{
  if (!self->held)
    return;

  self->held = FALSE;
  g_application_release (G_APPLICATION (self->application));
}

/* Whether somebody looks at the window, or at a dialog of it. */
static gboolean
chorus_background_is_seen (ChorusBackground *self)
{
  GtkWindow *active = gtk_application_get_active_window (self->application);

  return self->window != NULL && gtk_widget_get_visible (GTK_WIDGET (self->window)) && active != NULL
         && gtk_window_is_active (active)
         && (active == self->window || gtk_window_get_transient_for (active) == self->window);
}

static void
chorus_background_tell (ChorusBackground *self)
{
  guint n_problems = chorus_background_count_problems (self);
  guint n_sent = chorus_upload_queue_get_totals (self->queue)->n[CHORUS_UPLOAD_STATE_SENT];
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  n_sent -= MIN (n_sent, self->n_sent_before);
  if (chorus_background_is_seen (self) || !g_settings_get_boolean (self->settings, "notify-when-done")
      || n_sent + n_problems == 0)
    return;

  if (n_sent > 0)
    title = g_strdup_printf (ngettext ("%u Recording Uploaded", "%u Recordings Uploaded", n_sent), n_sent);
  else
    title = g_strdup (_("Uploading Has Stopped"));
  if (n_problems > 0)
    body = g_strdup_printf (ngettext ("%u recording needs attention.", "%u recordings need attention.", n_problems),
                            n_problems);

  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, n_problems > 0 ? "app.show-uploads" : "app.show-recordings");
  g_application_send_notification (G_APPLICATION (self->application), CHORUS_BACKGROUND_NOTIFICATION, notification);
}

/* The uploads have ended while the dialog asked what is to become of them: what was wanted is to close the window, unless
 * there is something in it to be seen to. */
static void
chorus_background_answer (ChorusBackground *self)
{
  gboolean closes = chorus_background_count_problems (self) == 0;

  if (self->dialog == NULL)
    return;

  gtk_window_destroy (GTK_WINDOW (self->dialog));
  if (closes && self->window != NULL)
    gtk_window_destroy (self->window);
}

/* Nothing goes on by itself any more, or not until a person does something. */
static gboolean
chorus_background_settled_cb (gpointer user_data)
{
  ChorusBackground *self = user_data;

  self->settle_id = 0;
  if (chorus_background_has_work (self))
    return G_SOURCE_REMOVE;

  if (self->queue != NULL && self->under_way)
    chorus_background_tell (self);
  self->under_way = FALSE;
  if (self->queue != NULL)
    chorus_background_answer (self);

  if (self->held)
    {
      chorus_background_release (self);
      g_application_quit (G_APPLICATION (self->application));
    }

  return G_SOURCE_REMOVE;
}

static void
chorus_background_update (ChorusBackground *self)
{
  chorus_background_update_inhibit (self);
  if (self->dialog != NULL && self->queue != NULL && chorus_upload_queue_get_n_unfinished (self->queue) > 0)
    chorus_close_dialog_set_n_unfinished (self->dialog, chorus_upload_queue_get_n_unfinished (self->queue));

  if (chorus_background_has_work (self))
    {
      g_clear_handle_id (&self->settle_id, g_source_remove);
      if (!self->under_way)
        {
          self->under_way = TRUE;
          self->n_sent_before = chorus_upload_queue_get_totals (self->queue)->n[CHORUS_UPLOAD_STATE_SENT];
        }
    }
  else if ((self->under_way || self->held) && self->settle_id == 0)
    self->settle_id = g_timeout_add (CHORUS_BACKGROUND_SETTLE_MS, chorus_background_settled_cb, self);
}

static void
chorus_background_hide (ChorusBackground *self)
{
  if (!self->held)
    {
      self->held = TRUE;
      g_application_hold (G_APPLICATION (self->application));
    }
  if (self->window != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  chorus_background_update (self);
}

static void
chorus_background_response_cb (ChorusBackground  *self,
                               const char        *response,
                               ChorusCloseDialog *dialog)
{
  gboolean keep = g_str_equal (response, "keep");

  if (!keep && !g_str_equal (response, "quit"))
    return;

  if (chorus_close_dialog_get_remember (dialog))
    g_settings_set_enum (self->settings, "background-uploads",
                         keep ? CHORUS_BACKGROUND_ALWAYS : CHORUS_BACKGROUND_NEVER);

  if (keep)
    chorus_background_hide (self);
  else if (self->window != NULL)
    gtk_window_destroy (self->window);
}

static gboolean
chorus_background_close_request_cb (ChorusBackground *self)
{
  if (!chorus_background_has_work (self))
    return GDK_EVENT_PROPAGATE;

  switch (g_settings_get_enum (self->settings, "background-uploads"))
    {
    case CHORUS_BACKGROUND_ALWAYS:
      chorus_background_hide (self);
      return GDK_EVENT_STOP;
    case CHORUS_BACKGROUND_NEVER:
      return GDK_EVENT_PROPAGATE;
    case CHORUS_BACKGROUND_ASK:
    default:
      break;
    }

  if (self->dialog == NULL)
    {
      g_set_weak_pointer (&self->dialog, chorus_close_dialog_new (self->window));
      chorus_close_dialog_set_n_unfinished (self->dialog, chorus_upload_queue_get_n_unfinished (self->queue));
      g_signal_connect_object (self->dialog, "response", G_CALLBACK (chorus_background_response_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->dialog));

  return GDK_EVENT_STOP;
}

static void
chorus_background_active_cb (ChorusBackground *self)
{
  if (chorus_background_is_seen (self))
    g_application_withdraw_notification (G_APPLICATION (self->application), CHORUS_BACKGROUND_NOTIFICATION);
}

static void
chorus_background_dispose (GObject *object)
{
  ChorusBackground *self = CHORUS_BACKGROUND (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->queue_signals);
  g_clear_object (&self->queue);
  g_clear_object (&self->settings);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->dialog);

  G_OBJECT_CLASS (chorus_background_parent_class)->dispose (object);
}

static void
chorus_background_class_init (ChorusBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = chorus_background_dispose;
}

static void
chorus_background_init (ChorusBackground *self)
{
  self->queue_signals = g_signal_group_new (CHORUS_TYPE_UPLOAD_QUEUE);
  g_signal_group_connect_object (self->queue_signals, "notify", G_CALLBACK (chorus_background_update), self,
                                 G_CONNECT_SWAPPED);
}

ChorusBackground *
chorus_background_new (GtkApplication *application,
                       GSettings      *settings)
{
  ChorusBackground *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CHORUS_TYPE_BACKGROUND, NULL);
  self->application = application;
  self->settings = g_object_ref (settings);

  return self;
}

void
chorus_background_set_window (ChorusBackground *self,
                              GtkWindow        *window)
{
  g_return_if_fail (CHORUS_IS_BACKGROUND (self));
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (!g_set_weak_pointer (&self->window, window))
    return;

  g_signal_connect_object (window, "close-request", G_CALLBACK (chorus_background_close_request_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (chorus_background_active_cb), self,
                           G_CONNECT_SWAPPED);
}

void
chorus_background_set_queue (ChorusBackground  *self,
                             ChorusUploadQueue *queue)
{
  g_return_if_fail (CHORUS_IS_BACKGROUND (self));
  g_return_if_fail (queue == NULL || CHORUS_IS_UPLOAD_QUEUE (queue));

  if (!g_set_object (&self->queue, queue))
    return;

  self->under_way = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_signal_group_set_target (self->queue_signals, queue);
  chorus_background_update (self);
}

void
chorus_background_window_shown (ChorusBackground *self)
{
  g_return_if_fail (CHORUS_IS_BACKGROUND (self));

  chorus_background_release (self);
  g_application_withdraw_notification (G_APPLICATION (self->application), CHORUS_BACKGROUND_NOTIFICATION);
}
