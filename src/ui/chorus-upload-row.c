/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-upload-row.h"

struct _ChorusUploadRow
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *name_label;
  GtkProgressBar *progress_bar;
  GtkLabel *state_label;
  GtkLabel *size_label;
  GtkWidget *retry_button;
  GtkWidget *cancel_button;

  /* Owned references */
  ChorusUpload *upload;
  GSignalGroup *signals;
};

enum
{
  SIGNAL_RETRY,
  SIGNAL_CANCEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusUploadRow, chorus_upload_row, ADW_TYPE_BIN)

static char *
chorus_upload_row_dup_state_text (ChorusUpload *upload)
{
  const char *reason = chorus_upload_get_reason (upload);

  switch (chorus_upload_get_state (upload))
    {
    case CHORUS_UPLOAD_STATE_CHECKING:
      return g_strdup (_("Checking"));
    case CHORUS_UPLOAD_STATE_SENDING:
      /* Translators: how much of a file has been sent; the space is a narrow no-break space */
      return g_strdup_printf (_("Uploading %d\u202f%%"), (int) (100 * chorus_upload_get_progress (upload)));
    case CHORUS_UPLOAD_STATE_DELAYED:
      return g_strdup (reason != NULL ? reason : _("Waiting to try again"));
    case CHORUS_UPLOAD_STATE_SENT:
      return g_strdup (_("Sent"));
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_REFUSED:
      return g_strdup (reason != NULL ? reason : _("Failed"));
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_READY:
    default:
      return g_strdup (_("Waiting"));
    }
}

static const char *
chorus_upload_row_choose_icon (ChorusUploadState state)
{
  switch (state)
    {
    case CHORUS_UPLOAD_STATE_SENT:
      return "object-select-symbolic";
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_REFUSED:
      return "dialog-warning-symbolic";
    case CHORUS_UPLOAD_STATE_SENDING:
    case CHORUS_UPLOAD_STATE_CHECKING:
      return "chorus-upload-symbolic";
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_DELAYED:
    default:
      return "content-loading-symbolic";
    }
}

static void
chorus_upload_row_update (ChorusUploadRow *self)
{
  g_autofree char *text = NULL;
  g_autofree char *size = NULL;
  ChorusUploadState state;
  gboolean stopped;
  gboolean sent;
  guint64 bytes;

  if (self->upload == NULL)
    return;

  state = chorus_upload_get_state (self->upload);
  stopped = state == CHORUS_UPLOAD_STATE_FAILED || state == CHORUS_UPLOAD_STATE_REFUSED;
  sent = state == CHORUS_UPLOAD_STATE_SENT;
  text = chorus_upload_row_dup_state_text (self->upload);
  bytes = chorus_upload_get_bytes (self->upload);
  size = bytes > 0 ? chorus_text_from_size (bytes) : g_strdup ("");

  gtk_image_set_from_icon_name (self->icon, chorus_upload_row_choose_icon (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ stopped ? "error" : "dim-label", NULL });
  gtk_label_set_text (self->state_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state_label), stopped ? text : NULL);
  gtk_label_set_text (self->size_label, size);
  gtk_progress_bar_set_fraction (self->progress_bar, chorus_upload_get_progress (self->upload));
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), state == CHORUS_UPLOAD_STATE_SENDING);
  gtk_widget_set_visible (self->retry_button, stopped);
  gtk_widget_set_visible (self->cancel_button, !chorus_upload_state_is_finished (state));

  if (stopped)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), "dim-label");
  if (sent)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_label), "dim-label");
}

static void
chorus_upload_row_update_name (ChorusUploadRow *self)
{
  const char *name = chorus_upload_get_name (self->upload);
  g_autofree char *retry = g_strdup_printf (_("Retry: %s"), name);
  g_autofree char *cancel = g_strdup_printf (_("Cancel: %s"), name);

  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry_button), GTK_ACCESSIBLE_PROPERTY_LABEL, retry, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL, cancel, -1);
}

static void
chorus_upload_row_retry_cb (ChorusUploadRow *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
chorus_upload_row_cancel_cb (ChorusUploadRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCEL], 0);
}

static void
chorus_upload_row_dispose (GObject *object)
{
  ChorusUploadRow *self = CHORUS_UPLOAD_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->upload);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_UPLOAD_ROW);

  G_OBJECT_CLASS (chorus_upload_row_parent_class)->dispose (object);
}

static void
chorus_upload_row_class_init (ChorusUploadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_upload_row_dispose;

  signals[SIGNAL_RETRY] =
    g_signal_new ("retry", CHORUS_TYPE_UPLOAD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CANCEL] =
    g_signal_new ("cancel", CHORUS_TYPE_UPLOAD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-upload-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, size_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_upload_row_cancel_cb);
}

static void
chorus_upload_row_init (ChorusUploadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHORUS_TYPE_UPLOAD);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_upload_row_update), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_upload_row_new (void)
{
  return g_object_new (CHORUS_TYPE_UPLOAD_ROW, NULL);
}

ChorusUpload *
chorus_upload_row_get_upload (ChorusUploadRow *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_ROW (self), NULL);

  return self->upload;
}

void
chorus_upload_row_set_upload (ChorusUploadRow *self,
                              ChorusUpload    *upload)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_ROW (self));
  g_return_if_fail (upload == NULL || CHORUS_IS_UPLOAD (upload));

  if (!g_set_object (&self->upload, upload))
    return;

  g_signal_group_set_target (self->signals, upload);
  if (upload != NULL)
    chorus_upload_row_update_name (self);
  chorus_upload_row_update (self);
}
