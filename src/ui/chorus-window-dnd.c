/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-window-private.h"

static gboolean
chorus_window_drop_cb (ChorusWindow  *self,
                       const GValue  *value,
                       double         x,
                       double         y,
                       GtkDropTarget *target)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GSList *list = gdk_file_list_get_files (g_value_get_boxed (value));

  for (const GSList *iter = list; iter != NULL; iter = iter->next)
    g_list_store_append (files, iter->data);
  g_slist_free (list);

  /* Files that are neither on this computer nor shared with a sandbox arrive as nothing. */
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) == 0)
    {
      _chorus_window_show_toast (self, _("The dropped files cannot be read from here. Use Add Files instead."));
      return FALSE;
    }

  chorus_window_add_files (self, G_LIST_MODEL (files));

  return TRUE;
}

static void
chorus_window_current_drop_cb (ChorusWindow  *self,
                               GParamSpec    *pspec,
                               GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  /* What is dragged out of this program is not to come back in. */
  gboolean dragging = drop != NULL && gdk_drop_get_drag (drop) == NULL && self->workspace != NULL;
  g_autofree char *receiver = NULL;
  g_autofree char *text = NULL;

  if (dragging)
    {
      receiver = _chorus_window_dup_receiver (self);
      if (receiver != NULL)
        /* Translators: what receives dropped files, such as "Drop to add to North, Site A" */
        text = g_strdup_printf (_("Drop to add to %s"), receiver);
      gtk_label_set_text (self->drop_label, text != NULL ? text : _("Drop to add to a new deployment"));
    }

  gtk_widget_set_visible (self->drop_overlay, dragging);
}

static GdkDragAction
chorus_window_enter_cb (ChorusWindow  *self,
                        double         x,
                        double         y,
                        GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  return self->workspace != NULL && (drop == NULL || gdk_drop_get_drag (drop) == NULL) ? GDK_ACTION_COPY : 0;
}

void
_chorus_window_dnd_init (ChorusWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "enter", G_CALLBACK (chorus_window_enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (chorus_window_drop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::current-drop", G_CALLBACK (chorus_window_current_drop_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
