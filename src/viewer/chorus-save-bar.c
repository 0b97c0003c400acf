/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-save-bar.h"
#include "chorus-show-in-files.h"

#include <glib/gi18n.h>

/* What is done sooner is not announced, in milliseconds. */
#define CHORUS_SAVE_BAR_DELAY 300
/* How long what was saved is shown, in seconds. */
#define CHORUS_SAVE_BAR_SECONDS 8

struct _ChorusSaveBar
{
  GtkWidget parent_instance;

  GtkLabel *label;
  GtkWidget *cancel_button;
  GtkWidget *show_button;
  GtkWidget *dismiss_button;

  GFile *file; /* what was saved */
  guint timeout_id;
};

enum
{
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusSaveBar, chorus_save_bar, GTK_TYPE_WIDGET)

void
chorus_save_bar_hide (ChorusSaveBar *self)
{
  g_return_if_fail (CHORUS_IS_SAVE_BAR (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->file);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
chorus_save_bar_hide_cb (gpointer data)
{
  ChorusSaveBar *self = data;

  self->timeout_id = 0;
  chorus_save_bar_hide (self);

  return G_SOURCE_REMOVE;
}

static gboolean
chorus_save_bar_show_cb (gpointer data)
{
  ChorusSaveBar *self = data;

  self->timeout_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return G_SOURCE_REMOVE;
}

static void
chorus_save_bar_cancel_cb (ChorusSaveBar *self)
{
  chorus_save_bar_hide (self);
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
chorus_save_bar_show_in_files_cb (ChorusSaveBar *self)
{
  if (!self->file)
    return;

  chorus_show_in_files (self->file);
  chorus_save_bar_hide (self);
}

static void
chorus_save_bar_set (ChorusSaveBar *self,
                     const char    *text,
                     GtkWidget     *button)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->file);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (self->cancel_button, button == self->cancel_button);
  gtk_widget_set_visible (self->show_button, button == self->show_button);
  gtk_widget_set_visible (self->dismiss_button, button != self->cancel_button);
}

void
chorus_save_bar_show_progress (ChorusSaveBar *self,
                               const char    *text)
{
  gboolean waits;

  g_return_if_fail (CHORUS_IS_SAVE_BAR (self));

  /* What goes on changes its text and does not wait again. */
  waits = self->timeout_id != 0 && gtk_widget_get_visible (self->cancel_button)
          && !gtk_widget_get_visible (GTK_WIDGET (self));
  if (waits)
    {
      gtk_label_set_text (self->label, text);
      return;
    }
  if (!gtk_widget_get_visible (self->cancel_button) || !gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      chorus_save_bar_hide (self);
      chorus_save_bar_set (self, text, self->cancel_button);
      self->timeout_id = g_timeout_add (CHORUS_SAVE_BAR_DELAY, chorus_save_bar_show_cb, self);
      return;
    }
  chorus_save_bar_set (self, text, self->cancel_button);
}

void
chorus_save_bar_show_saved (ChorusSaveBar *self,
                            const char    *text,
                            GFile         *file)
{
  g_return_if_fail (CHORUS_IS_SAVE_BAR (self));

  chorus_save_bar_set (self, text, self->show_button);
  g_set_object (&self->file, file);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->timeout_id = g_timeout_add_seconds (CHORUS_SAVE_BAR_SECONDS, chorus_save_bar_hide_cb, self);
}

void
chorus_save_bar_show_problem (ChorusSaveBar *self,
                              const char    *sentence)
{
  g_return_if_fail (CHORUS_IS_SAVE_BAR (self));

  chorus_save_bar_set (self, sentence, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
chorus_save_bar_dispose (GObject *object)
{
  ChorusSaveBar *self = CHORUS_SAVE_BAR (object);
  GtkWidget *child = NULL;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->file);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (chorus_save_bar_parent_class)->dispose (object);
}

static void
chorus_save_bar_class_init (ChorusSaveBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_save_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "savebar");

  signals[CANCEL] =
    g_signal_new ("cancel", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
chorus_save_bar_add_button (ChorusSaveBar *self,
                            const char    *label,
                            GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));

  return button;
}

static void
chorus_save_bar_init (ChorusSaveBar *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "osd");
  gtk_widget_add_css_class (GTK_WIDGET (self), "chorus-problem");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0,
                              "max-width-chars", 60, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  self->cancel_button = chorus_save_bar_add_button (self, _("Cancel"), G_CALLBACK (chorus_save_bar_cancel_cb));
  self->show_button =
    chorus_save_bar_add_button (self, _("Show in Files"), G_CALLBACK (chorus_save_bar_show_in_files_cb));
  self->dismiss_button = chorus_save_bar_add_button (self, "", G_CALLBACK (chorus_save_bar_hide));
  gtk_button_set_icon_name (GTK_BUTTON (self->dismiss_button), "window-close-symbolic");
  gtk_widget_add_css_class (self->dismiss_button, "circular");
  gtk_widget_set_tooltip_text (self->dismiss_button, _("Dismiss"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dismiss_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Dismiss"),
                                  -1);
}
