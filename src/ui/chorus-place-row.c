/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-place-row.h"

struct _ChorusPlaceRow
{
  AdwBin parent_instance;

  /* Owned by the bin */
  GtkTreeExpander *expander;
  GtkImage *icon;
  GtkLabel *label;
  GtkWidget *add_button;

  /* Owned references */
  GBindingGroup *bindings;
};

G_DEFINE_FINAL_TYPE (ChorusPlaceRow, chorus_place_row, ADW_TYPE_BIN)

static void
chorus_place_row_show_kind (ChorusPlaceRow *self,
                            ChorusPlace    *place)
{
  const char *icon_name = NULL;
  const char *action = NULL;
  const char *tooltip = NULL;

  switch (chorus_place_get_kind (place))
    {
    case CHORUS_PLACE_PROJECT:
      icon_name = "folder-symbolic";
      action = "win.new-site-in";
      tooltip = _("New Site");
      break;
    case CHORUS_PLACE_SITE:
      icon_name = "mark-location-symbolic";
      action = "win.new-deployment-in";
      tooltip = _("New Deployment");
      break;
    case CHORUS_PLACE_DEPLOYMENT:
    default:
      icon_name = "chorus-recorder-symbolic";
      break;
    }

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (self->add_button, action != NULL);
  if (action != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", tooltip, chorus_place_get_name (place));

      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_button), "s", chorus_place_get_id (place));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), action);
      gtk_widget_set_tooltip_text (self->add_button, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
chorus_place_row_dispose (GObject *object)
{
  ChorusPlaceRow *self = CHORUS_PLACE_ROW (object);

  g_clear_object (&self->bindings);

  G_OBJECT_CLASS (chorus_place_row_parent_class)->dispose (object);
}

static void
chorus_place_row_class_init (ChorusPlaceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_place_row_dispose;
}

static void
chorus_place_row_init (ChorusPlaceRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);

  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "place-add");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->add_button);

  self->expander = GTK_TREE_EXPANDER (gtk_tree_expander_new ());
  gtk_tree_expander_set_child (self->expander, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "name", self->label, "label", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "name", self->label, "tooltip-text", G_BINDING_SYNC_CREATE);
}

GtkWidget *
chorus_place_row_new (void)
{
  return g_object_new (CHORUS_TYPE_PLACE_ROW, NULL);
}

void
chorus_place_row_set_list_row (ChorusPlaceRow *self,
                               GtkTreeListRow *list_row)
{
  g_autoptr (ChorusPlace) place = NULL;

  g_return_if_fail (CHORUS_IS_PLACE_ROW (self));
  g_return_if_fail (list_row == NULL || GTK_IS_TREE_LIST_ROW (list_row));

  if (list_row != NULL)
    place = gtk_tree_list_row_get_item (list_row);

  gtk_tree_expander_set_list_row (self->expander, list_row);
  g_binding_group_set_source (self->bindings, place);
  if (place != NULL)
    chorus_place_row_show_kind (self, place);
}
