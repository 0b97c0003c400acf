/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-channel-chooser.h"

#include <glib/gi18n.h>

#include "chorus-channel-name.h"

struct _ChorusChannelChooser
{
  GtkWidget parent_instance;

  GtkWidget *drop_down;
  ChorusViewSession *session;
  /* How many channels the list is about: the mix comes first, then each, then all */
  guint n_channels;
  /* While the list follows the session, it does not lead it. */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (ChorusChannelChooser, chorus_channel_chooser, GTK_TYPE_WIDGET)

/* What the button says in few characters: which of the list is at @position. */
static char *
chorus_channel_chooser_abbreviate (ChorusChannelChooser *self,
                                   guint                 position)
{
  if (position == 0)
    return g_strdup (C_("channels", "Mix"));
  if (position > self->n_channels)
    return g_strdup (C_("channels", "All"));

  return chorus_channel_letter (position - 1, self->n_channels);
}

static void
chorus_channel_chooser_setup_cb (GtkListItemFactory *factory,
                                 GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "caption-heading");
  /* As wide for a number as for a word, so that plots stay where they are. */
  gtk_label_set_width_chars (GTK_LABEL (label), 3);
  gtk_list_item_set_child (item, label);
}

static void
chorus_channel_chooser_bind_cb (ChorusChannelChooser *self,
                                GtkListItem          *item)
{
  g_autofree char *text = chorus_channel_chooser_abbreviate (self, gtk_list_item_get_position (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
chorus_channel_chooser_setup_row_cb (GtkListItemFactory *factory,
                                     GtkListItem        *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, row);
}

/* Marks the row of what is shown. */
static void
chorus_channel_chooser_mark_row (GtkListItem *item,
                                 GParamSpec  *pspec,
                                 GtkDropDown *drop_down)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  gboolean selected = gtk_list_item_get_position (item) == gtk_drop_down_get_selected (drop_down);

  gtk_widget_set_opacity (gtk_widget_get_last_child (row), selected ? 1.0 : 0.0);
}

static void
chorus_channel_chooser_bind_row_cb (ChorusChannelChooser *self,
                                    GtkListItem          *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (string));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (chorus_channel_chooser_mark_row), item,
                           G_CONNECT_SWAPPED);
  chorus_channel_chooser_mark_row (item, NULL, GTK_DROP_DOWN (self->drop_down));
}

static void
chorus_channel_chooser_unbind_row_cb (ChorusChannelChooser *self,
                                      GtkListItem          *item)
{
  if (self->drop_down)
    g_signal_handlers_disconnect_by_data (self->drop_down, item);
}

static void
chorus_channel_chooser_fill (ChorusChannelChooser *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, C_("channels", "Mix"));
  for (guint i = 0; i < self->n_channels; i++)
    {
      g_autofree char *name = chorus_channel_name (i, self->n_channels);

      gtk_string_list_append (list, name);
    }
  if (self->n_channels <= CHORUS_VIEW_SESSION_MOST_STACKED)
    gtk_string_list_append (list, _("All Channels"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->drop_down), G_LIST_MODEL (list));
}

static void
chorus_channel_chooser_follow (ChorusChannelChooser *self)
{
  guint n_channels = chorus_view_session_get_n_channels (self->session);
  int channel = chorus_view_session_get_channel (self->session);

  g_assert (CHORUS_IS_CHANNEL_CHOOSER (self));

  self->following = TRUE;
  if (self->n_channels != n_channels)
    {
      self->n_channels = n_channels;
      chorus_channel_chooser_fill (self);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down),
                              channel == CHORUS_CHANNEL_ALL ? n_channels + 1 : (guint) (channel + 1));
  gtk_widget_set_visible (GTK_WIDGET (self), n_channels > 1);
  self->following = FALSE;
}

static void
chorus_channel_chooser_selected_cb (ChorusChannelChooser *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  g_assert (CHORUS_IS_CHANNEL_CHOOSER (self));

  if (self->following || !self->session || selected == GTK_INVALID_LIST_POSITION)
    return;
  chorus_view_session_set_channel (self->session,
                                   selected > self->n_channels ? CHORUS_CHANNEL_ALL : (int) selected - 1);
}

void
chorus_channel_chooser_set_session (ChorusChannelChooser *self,
                                    ChorusViewSession    *session)
{
  g_return_if_fail (CHORUS_IS_CHANNEL_CHOOSER (self));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));
  g_return_if_fail (!self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::source", G_CALLBACK (chorus_channel_chooser_follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::channel", G_CALLBACK (chorus_channel_chooser_follow), self,
                           G_CONNECT_SWAPPED);
  chorus_channel_chooser_follow (self);
}

static void
chorus_channel_chooser_dispose (GObject *object)
{
  ChorusChannelChooser *self = CHORUS_CHANNEL_CHOOSER (object);

  g_clear_pointer (&self->drop_down, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (chorus_channel_chooser_parent_class)->dispose (object);
}

static void
chorus_channel_chooser_class_init (ChorusChannelChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = chorus_channel_chooser_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "channelchooser");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
chorus_channel_chooser_init (ChorusChannelChooser *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) row_factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (chorus_channel_chooser_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_channel_chooser_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (row_factory, "setup", G_CALLBACK (chorus_channel_chooser_setup_row_cb), NULL);
  g_signal_connect_object (row_factory, "bind", G_CALLBACK (chorus_channel_chooser_bind_row_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row_factory, "unbind", G_CALLBACK (chorus_channel_chooser_unbind_row_cb), self,
                           G_CONNECT_SWAPPED);
  self->drop_down = gtk_drop_down_new (NULL, NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), factory);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), row_factory);
  /* Like its neighbors in the row: the button within has no name of its own. */
  gtk_widget_add_css_class (gtk_widget_get_first_child (self->drop_down), "flat");
  gtk_widget_set_tooltip_text (self->drop_down, _("Channels"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Channels"), -1);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (chorus_channel_chooser_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->drop_down, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
