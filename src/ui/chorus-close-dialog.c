/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-close-dialog.h"

struct _ChorusCloseDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *remember_button; /* of the dialog */
};

G_DEFINE_FINAL_TYPE (ChorusCloseDialog, chorus_close_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
chorus_close_dialog_class_init (ChorusCloseDialogClass *klass)
{
}

static void
chorus_close_dialog_init (ChorusCloseDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  adw_message_dialog_set_heading (dialog, _("Keep Uploading?"));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "quit", _("_Stop and Quit"), "keep",
                                    _("_Keep Uploading in the Background"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "cancel");

  self->remember_button = gtk_check_button_new_with_mnemonic (_("_Do this every time"));
  gtk_widget_set_halign (self->remember_button, GTK_ALIGN_CENTER);
  adw_message_dialog_set_extra_child (dialog, self->remember_button);
}

ChorusCloseDialog *
chorus_close_dialog_new (GtkWindow *parent)
{
  return g_object_new (CHORUS_TYPE_CLOSE_DIALOG, "transient-for", parent, NULL);
}

void
chorus_close_dialog_set_n_unfinished (ChorusCloseDialog *self,
                                      guint              n_unfinished)
{
  g_autofree char *body = NULL;

  g_return_if_fail (CHORUS_IS_CLOSE_DIALOG (self));

  body = g_strdup_printf (
    ngettext (
      "%u recording has not been sent yet. It can be sent in the background, or the next time Chorus is started.",
      "%u recordings have not been sent yet. They can be sent in the background, or the next time Chorus is "
      "started.",
      n_unfinished),
    n_unfinished);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
}

gboolean
chorus_close_dialog_get_remember (ChorusCloseDialog *self)
{
  g_return_val_if_fail (CHORUS_IS_CLOSE_DIALOG (self), FALSE);

  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->remember_button));
}
