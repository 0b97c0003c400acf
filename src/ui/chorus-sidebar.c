/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-place-row.h"
#include "chorus-sidebar.h"

struct _ChorusSidebar
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkListView *list_view;
  GtkWidget *account_button;
  GtkImage *account_icon;
  GtkLabel *account_label;
  GtkLabel *note_label;

  /* Owned references */
  GtkTreeListModel *tree;
  GtkSingleSelection *selection;
  ChorusPlace *place; /* the selected one */

  /* State: the deployment to select when it appears */
  char *wanted_id;
  guint select_id;
};

enum
{
  PROP_0,
  PROP_PLACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusSidebar, chorus_sidebar, ADW_TYPE_BIN)

static GListModel *
chorus_sidebar_create_children (gpointer item,
                                gpointer user_data)
{
  GListModel *children = chorus_place_get_children (item);

  return children != NULL ? g_object_ref (children) : NULL;
}

static void
chorus_sidebar_set_place (ChorusSidebar *self,
                          ChorusPlace   *place)
{
  if (!g_set_object (&self->place, place))
    return;

  g_clear_pointer (&self->wanted_id, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

static void
chorus_sidebar_selected_cb (ChorusSidebar *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (ChorusPlace) place = NULL;

  if (row != NULL)
    place = gtk_tree_list_row_get_item (row);

  /* Nothing is selected while rows come and go: what is shown stays. */
  if (place != NULL)
    chorus_sidebar_set_place (self, place);
}

static void
chorus_sidebar_activate_cb (ChorusSidebar *self,
                            guint          position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static gboolean
chorus_sidebar_select_wanted_cb (gpointer user_data)
{
  ChorusSidebar *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->select_id = 0;

  for (guint i = 0; self->wanted_id != NULL && i < n_items; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autoptr (ChorusPlace) place = gtk_tree_list_row_get_item (row);

      if (chorus_place_get_kind (place) == CHORUS_PLACE_DEPLOYMENT
          && g_str_equal (chorus_place_get_id (place), self->wanted_id))
        gtk_single_selection_set_selected (self->selection, i);
    }

  return G_SOURCE_REMOVE;
}

/* Rows appear one list after another, so the search waits until they are all there. */
static void
chorus_sidebar_queue_select (ChorusSidebar *self)
{
  if (self->wanted_id != NULL && self->select_id == 0)
    self->select_id = g_idle_add (chorus_sidebar_select_wanted_cb, self);
}

static void
chorus_sidebar_items_changed_cb (ChorusSidebar *self)
{
  gboolean empty;

  g_assert (CHORUS_IS_SIDEBAR (self));

  empty = self->tree == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->tree)) == 0;
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "tree");
  chorus_sidebar_queue_select (self);
}

static void
chorus_sidebar_setup_row_cb (ChorusSidebar *self,
                             GtkListItem   *item)
{
  gtk_list_item_set_child (item, chorus_place_row_new ());
}

static void
chorus_sidebar_bind_row_cb (ChorusSidebar *self,
                            GtkListItem   *item)
{
  chorus_place_row_set_list_row (CHORUS_PLACE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
chorus_sidebar_unbind_row_cb (ChorusSidebar *self,
                              GtkListItem   *item)
{
  chorus_place_row_set_list_row (CHORUS_PLACE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
chorus_sidebar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ChorusSidebar *self = CHORUS_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_PLACE:
      g_value_set_object (value, chorus_sidebar_get_place (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_sidebar_dispose (GObject *object)
{
  ChorusSidebar *self = CHORUS_SIDEBAR (object);

  g_clear_handle_id (&self->select_id, g_source_remove);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);

  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_SIDEBAR);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->place);
  g_clear_pointer (&self->wanted_id, g_free);

  G_OBJECT_CLASS (chorus_sidebar_parent_class)->dispose (object);
}

static void
chorus_sidebar_class_init (ChorusSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_sidebar_dispose;
  object_class->get_property = chorus_sidebar_get_property;

  properties[PROP_PLACE] = g_param_spec_object ("place", NULL, NULL, CHORUS_TYPE_PLACE,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, account_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, account_icon);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, account_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSidebar, note_label);
  gtk_widget_class_bind_template_callback (widget_class, chorus_sidebar_activate_cb);
}

static void
chorus_sidebar_init (ChorusSidebar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *button;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* The name of the program: not a word to translate. */
  adw_window_title_set_title (self->title, "Chorus");

  /* A menu button centers its content; here it lines up with what is above. */
  button = gtk_widget_get_first_child (self->account_button);
  if (GTK_IS_BUTTON (button))
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_FILL);

  g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_sidebar_setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_sidebar_bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (chorus_sidebar_unbind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
}

void
chorus_sidebar_set_places (ChorusSidebar *self,
                           GListModel    *places)
{
  g_return_if_fail (CHORUS_IS_SIDEBAR (self));
  g_return_if_fail (places == NULL || G_IS_LIST_MODEL (places));

  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->place);

  if (places != NULL)
    {
      self->tree =
        gtk_tree_list_model_new (g_object_ref (places), FALSE, TRUE, chorus_sidebar_create_children, NULL, NULL);
      self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->tree)));
      gtk_single_selection_set_autoselect (self->selection, FALSE);
      gtk_single_selection_set_can_unselect (self->selection, TRUE);

      g_signal_connect_object (self->tree, "items-changed", G_CALLBACK (chorus_sidebar_items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (chorus_sidebar_selected_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
    }

  chorus_sidebar_items_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

void
chorus_sidebar_set_account (ChorusSidebar *self,
                            const char    *name,
                            const char    *note,
                            const char    *icon_name)
{
  g_return_if_fail (CHORUS_IS_SIDEBAR (self));
  g_return_if_fail (name != NULL && note != NULL && icon_name != NULL);

  gtk_label_set_text (self->account_label, name);
  gtk_label_set_text (self->note_label, note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note_label), note);
  gtk_image_set_from_icon_name (self->account_icon, icon_name);
}

ChorusPlace *
chorus_sidebar_get_place (ChorusSidebar *self)
{
  g_return_val_if_fail (CHORUS_IS_SIDEBAR (self), NULL);

  return self->place;
}

ChorusPlace *
chorus_sidebar_get_deployment (ChorusSidebar *self)
{
  g_return_val_if_fail (CHORUS_IS_SIDEBAR (self), NULL);

  return self->place != NULL && chorus_place_get_kind (self->place) == CHORUS_PLACE_DEPLOYMENT ? self->place : NULL;
}

void
chorus_sidebar_select_deployment (ChorusSidebar *self,
                                  const char    *deployment_id)
{
  g_return_if_fail (CHORUS_IS_SIDEBAR (self));

  g_free (self->wanted_id);
  self->wanted_id = g_strdup (deployment_id);
  if (self->selection != NULL)
    chorus_sidebar_queue_select (self);
}
