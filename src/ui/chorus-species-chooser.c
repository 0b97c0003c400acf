/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-species-chooser.h"

/* More are found by typing more. */
#define CHORUS_SPECIES_CHOOSER_MOST 40
#define CHORUS_SPECIES_CHOOSER_FAVORITES 9

struct _ChorusSpeciesChooser
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkLabel *title_label;
  GtkEditable *entry;
  GtkListBox *list_box;
  GtkLabel *hint_label;

  /* Owned references */
  GSettings *settings;
  GPtrArray *names; /* of ChorusSpeciesName */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static GQuark name_quark;

G_DEFINE_FINAL_TYPE (ChorusSpeciesChooser, chorus_species_chooser, GTK_TYPE_POPOVER)

ChorusSpeciesName *
chorus_species_chooser_dup_favorite (GSettings *settings,
                                     guint      number)
{
  g_autoptr (GVariant) favorites = g_settings_get_value (settings, "favorite-species");
  const char *scientific_name = NULL;
  const char *common_name = NULL;

  if (number < 1 || number > g_variant_n_children (favorites))
    return NULL;

  g_variant_get_child (favorites, number - 1, "(&s&s)", &scientific_name, &common_name);

  return chorus_species_name_new (*scientific_name != '\0' ? scientific_name : NULL,
                                  *common_name != '\0' ? common_name : NULL);
}

/* Which favorite a species is, from 1 on, or 0. */
static guint
chorus_species_chooser_find_favorite (ChorusSpeciesChooser    *self,
                                      const ChorusSpeciesName *name)
{
  for (guint number = 1; number <= CHORUS_SPECIES_CHOOSER_FAVORITES; number++)
    {
      g_autoptr (ChorusSpeciesName) favorite = chorus_species_chooser_dup_favorite (self->settings, number);

      if (favorite != NULL && g_strcmp0 (favorite->scientific_name, name->scientific_name) == 0
          && g_strcmp0 (favorite->common_name, name->common_name) == 0)
        return number;
    }

  return 0;
}

static void
chorus_species_chooser_choose (ChorusSpeciesChooser    *self,
                               const ChorusSpeciesName *name)
{
  g_autoptr (ChorusSpeciesName) chosen = chorus_species_name_new (name->scientific_name, name->common_name);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, chosen->scientific_name, chosen->common_name);
}

static void
chorus_species_chooser_take (ChorusSpeciesChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);
  ChorusSpeciesName *name = row != NULL ? g_object_get_qdata (G_OBJECT (row), name_quark) : NULL;

  if (name != NULL)
    chorus_species_chooser_choose (self, name);
}

static void chorus_species_chooser_update (ChorusSpeciesChooser *self);

/* Makes a species the next favorite, or no favorite any more. */
static void
chorus_species_chooser_toggle_favorite (ChorusSpeciesChooser *self,
                                        ChorusSpeciesName    *name)
{
  guint number = chorus_species_chooser_find_favorite (self, name);
  g_autoptr (GVariant) favorites = g_settings_get_value (self->settings, "favorite-species");
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < g_variant_n_children (favorites); i++)
    {
      g_autoptr (GVariant) favorite = g_variant_get_child_value (favorites, i);

      if (i + 1 != number && n++ < CHORUS_SPECIES_CHOOSER_FAVORITES)
        g_variant_builder_add_value (&builder, favorite);
    }
  if (number == 0 && n < CHORUS_SPECIES_CHOOSER_FAVORITES)
    g_variant_builder_add (&builder, "(ss)", name->scientific_name != NULL ? name->scientific_name : "",
                           name->common_name != NULL ? name->common_name : "");
  g_settings_set_value (self->settings, "favorite-species", g_variant_builder_end (&builder));
}

static void
chorus_species_chooser_star_cb (ChorusSpeciesChooser *self,
                                GtkWidget            *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  chorus_species_chooser_toggle_favorite (self, g_object_get_qdata (G_OBJECT (row), name_quark));
  chorus_species_chooser_update (self);
}

static GtkWidget *
chorus_species_chooser_create_names (const ChorusSpeciesName *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *display = chorus_text_from_name (chorus_species_name_get_display (name));
  GtkWidget *label = gtk_label_new (display);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  if (name->common_name != NULL && name->scientific_name != NULL)
    {
      g_autofree char *scientific = chorus_text_from_name (name->scientific_name);

      label = gtk_label_new (scientific);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }

  return box;
}

static void
chorus_species_chooser_add_row (ChorusSpeciesChooser    *self,
                                const ChorusSpeciesName *name,
                                gboolean                 known)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint number = chorus_species_chooser_find_favorite (self, name);

  gtk_box_append (GTK_BOX (box), chorus_species_chooser_create_names (name));
  if (number > 0)
    {
      g_autofree char *text = g_strdup_printf ("%u", number);
      GtkWidget *key_cap = gtk_label_new (text);

      gtk_widget_add_css_class (key_cap, "key-cap");
      gtk_widget_add_css_class (key_cap, "caption");
      gtk_widget_set_valign (key_cap, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), key_cap);
    }
  if (known)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (number > 0 ? "starred-symbolic" : "non-starred-symbolic");

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, number > 0 ? _("Take From the Favorites") : _("Add to the Favorites"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Favorite"), -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (chorus_species_chooser_star_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chorus_species_name_get_display (name), -1);
  g_object_set_qdata_full (G_OBJECT (row), name_quark,
                           chorus_species_name_new (name->scientific_name, name->common_name),
                           (GDestroyNotify) chorus_species_name_free);
  gtk_list_box_append (self->list_box, row);
}

static void
chorus_species_chooser_update (ChorusSpeciesChooser *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->entry));
  g_autoptr (GPtrArray) found = NULL;
  GtkWidget *row;
  gboolean exact = FALSE;

  g_strstrip (text);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box))) != NULL)
    gtk_list_box_remove (self->list_box, row);
  if (self->names == NULL)
    return;

  found = chorus_species_names_search (self->names, text, CHORUS_SPECIES_CHOOSER_MOST);
  for (guint i = 0; i < found->len; i++)
    {
      const ChorusSpeciesName *name = g_ptr_array_index (found, i);

      chorus_species_chooser_add_row (self, name, TRUE);
      exact = exact || g_strcmp0 (text, name->common_name) == 0 || g_strcmp0 (text, name->scientific_name) == 0;
    }
  if (*text != '\0' && !exact)
    {
      g_autoptr (ChorusSpeciesName) typed = chorus_species_name_new (NULL, text);

      chorus_species_chooser_add_row (self, typed, FALSE);
    }
  gtk_list_box_select_row (self->list_box, gtk_list_box_get_row_at_index (self->list_box, 0));
  gtk_label_set_text (self->hint_label, *text != '\0' && found->len == 0
                                          ? _("No species here has that name. Return takes it as you wrote it.")
                                          : _("Return takes the selected one, 1 to 9 a favorite."));
}

static void
chorus_species_chooser_loaded_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusSpeciesChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = chorus_species_names_load_finish (CHORUS_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Without the list a name can still be written out. */
  if (names == NULL)
    names = g_ptr_array_new_with_free_func ((GDestroyNotify) chorus_species_name_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = g_steal_pointer (&names);
  chorus_species_chooser_update (self);
  if (error != NULL)
    gtk_label_set_text (self->hint_label, error->message);
}

/* The arrows move in the list, the digits take favorites; everything else is typed. */
static gboolean
chorus_species_chooser_key_cb (ChorusSpeciesChooser *self,
                               guint                 keyval,
                               guint                 keycode,
                               GdkModifierType       modifiers)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list_box, index + (keyval == GDK_KEY_Down ? 1 : -1));

      if (next != NULL)
        gtk_list_box_select_row (self->list_box, next);
      return TRUE;
    }

  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    {
      g_autoptr (ChorusSpeciesName) favorite = chorus_species_chooser_dup_favorite (self->settings, keyval - GDK_KEY_0);

      if (favorite != NULL)
        chorus_species_chooser_choose (self, favorite);
      return TRUE;
    }

  return FALSE;
}

static void
chorus_species_chooser_dispose (GObject *object)
{
  ChorusSpeciesChooser *self = CHORUS_SPECIES_CHOOSER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_SPECIES_CHOOSER);

  G_OBJECT_CLASS (chorus_species_chooser_parent_class)->dispose (object);
}

static void
chorus_species_chooser_class_init (ChorusSpeciesChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_species_chooser_dispose;
  name_quark = g_quark_from_static_string ("chorus-species-name");

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CHORUS_TYPE_SPECIES_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-species-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesChooser, title_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesChooser, list_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesChooser, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_chooser_update);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_chooser_take);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
chorus_species_chooser_init (ChorusSpeciesChooser *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (chorus_species_chooser_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

GtkWidget *
chorus_species_chooser_new (void)
{
  return g_object_new (CHORUS_TYPE_SPECIES_CHOOSER, NULL);
}

void
chorus_species_chooser_open (ChorusSpeciesChooser *self,
                             ChorusStore          *store,
                             const char           *profile_id,
                             const char           *reviewer,
                             const char           *title)
{
  g_return_if_fail (CHORUS_IS_SPECIES_CHOOSER (self));
  g_return_if_fail (CHORUS_IS_STORE (store));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  gtk_label_set_text (self->title_label, title);
  gtk_editable_set_text (self->entry, "");
  chorus_species_names_load_async (store, profile_id, reviewer, self->cancellable, chorus_species_chooser_loaded_cb,
                                   g_object_ref (self));
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
