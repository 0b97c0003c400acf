/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-error-box.h"
#include "chorus-place-dialog.h"

struct _ChorusPlaceDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *create_button;
  AdwPreferencesGroup *group;
  AdwComboRow *project_row;
  GtkEditable *project_entry;
  AdwComboRow *site_row;
  GtkEditable *site_entry;
  GtkEditable *id_entry;
  GtkEditable *deployment_entry;
  ChorusErrorBox *error_box;

  /* Owned references */
  ChorusLibrary *library;
  GPtrArray *projects; /* of ChorusPlace, the rows of the list but the last */
  GPtrArray *sites;
  GCancellable *cancellable;

  /* State */
  ChorusPlaceKind kind;
  gboolean typed;
  gboolean busy;
};

enum
{
  SIGNAL_CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusPlaceDialog, chorus_place_dialog, ADW_TYPE_WINDOW)

static void chorus_place_dialog_create_next (ChorusPlaceDialog *self,
                                             ChorusPlaceKind    kind,
                                             const char        *parent_id);

/* The chosen place, or %NULL where a new one is to be made. */
static ChorusPlace *
chorus_place_dialog_get_chosen (AdwComboRow *row,
                                GPtrArray   *places)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < places->len ? g_ptr_array_index (places, selected) : NULL;
}

static void
chorus_place_dialog_fill (AdwComboRow     *row,
                          GPtrArray       *places,
                          GListModel      *model,
                          ChorusPlaceKind  kind,
                          const char      *last)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_items = model != NULL ? g_list_model_get_n_items (model) : 0;

  g_ptr_array_set_size (places, 0);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusPlace) place = g_list_model_get_item (model, i);

      /* A deployment whose id was typed stands beside the projects. */
      if (chorus_place_get_kind (place) != kind)
        continue;

      gtk_string_list_append (names, chorus_place_get_name (place));
      g_ptr_array_add (places, g_steal_pointer (&place));
    }

  gtk_string_list_append (names, last);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, 0);
}

static char *
chorus_place_dialog_dup_text (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static gboolean
chorus_place_dialog_is_filled (GtkEditable *entry)
{
  g_autofree char *text = chorus_place_dialog_dup_text (entry);

  return !gtk_widget_get_visible (GTK_WIDGET (entry)) || *text != '\0';
}

static void
chorus_place_dialog_update (ChorusPlaceDialog *self)
{
  gboolean wants_project = !self->typed && self->kind != CHORUS_PLACE_PROJECT;
  gboolean wants_site = !self->typed && self->kind == CHORUS_PLACE_DEPLOYMENT;
  gboolean filled;

  /* The lists come one after the other while the dialog is set up. */
  if (self->library == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->project_row), wants_project && self->projects->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->project_entry),
                          !self->typed
                            && (!wants_project
                                || chorus_place_dialog_get_chosen (self->project_row, self->projects) == NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->site_row), wants_site && self->sites->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->site_entry),
                          !self->typed && self->kind != CHORUS_PLACE_PROJECT
                            && (!wants_site || chorus_place_dialog_get_chosen (self->site_row, self->sites) == NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->id_entry), self->typed);
  gtk_widget_set_visible (GTK_WIDGET (self->deployment_entry), self->typed || wants_site);

  filled = chorus_place_dialog_is_filled (self->project_entry) && chorus_place_dialog_is_filled (self->site_entry)
           && chorus_place_dialog_is_filled (self->id_entry)
           && (self->typed || chorus_place_dialog_is_filled (self->deployment_entry));
  gtk_widget_set_sensitive (self->create_button, filled && !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !self->busy);
}

static void
chorus_place_dialog_project_cb (ChorusPlaceDialog *self)
{
  ChorusPlace *project;

  if (self->library == NULL)
    return;

  project = chorus_place_dialog_get_chosen (self->project_row, self->projects);
  chorus_place_dialog_fill (self->site_row, self->sites, project != NULL ? chorus_place_get_children (project) : NULL,
                            CHORUS_PLACE_SITE, _("New Site"));
  chorus_place_dialog_update (self);
}

static void
chorus_place_dialog_created_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusPlaceDialog) self = user_data;
  g_autoptr (ChorusPlace) place = NULL;
  g_autoptr (GError) error = NULL;

  place = chorus_library_create_place_finish (CHORUS_LIBRARY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (place == NULL)
    {
      /* What was made on the way exists now and is in the lists, so that trying again does not make it twice. */
      self->busy = FALSE;
      chorus_error_box_set_error (self->error_box, error);
      chorus_place_dialog_update (self);
      return;
    }

  if (chorus_place_get_kind (place) == self->kind)
    {
      g_signal_emit (self, signals[SIGNAL_CREATED], 0, place);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  chorus_place_dialog_create_next (self, chorus_place_get_kind (place) + 1, chorus_place_get_id (place));
}

static void
chorus_place_dialog_create_next (ChorusPlaceDialog *self,
                                 ChorusPlaceKind    kind,
                                 const char        *parent_id)
{
  GtkEditable *entries[] = { self->project_entry, self->site_entry, self->deployment_entry };
  g_autofree char *name = chorus_place_dialog_dup_text (entries[kind]);

  chorus_library_create_place_async (self->library, kind, parent_id, name, self->cancellable,
                                     chorus_place_dialog_created_cb, g_object_ref (self));
}

static void
chorus_place_dialog_create_cb (ChorusPlaceDialog *self)
{
  ChorusPlace *project = chorus_place_dialog_get_chosen (self->project_row, self->projects);
  ChorusPlace *site = chorus_place_dialog_get_chosen (self->site_row, self->sites);

  if (self->busy)
    return;

  self->busy = TRUE;
  chorus_error_box_set_error (self->error_box, NULL);
  chorus_place_dialog_update (self);

  if (self->typed)
    {
      g_autofree char *id = chorus_place_dialog_dup_text (self->id_entry);
      g_autofree char *label = chorus_place_dialog_dup_text (self->deployment_entry);

      chorus_library_add_typed_deployment_async (self->library, id, *label != '\0' ? label : NULL, self->cancellable,
                                                 chorus_place_dialog_created_cb, g_object_ref (self));
    }
  else if (self->kind == CHORUS_PLACE_PROJECT || project == NULL)
    chorus_place_dialog_create_next (self, CHORUS_PLACE_PROJECT, NULL);
  else if (self->kind == CHORUS_PLACE_SITE || site == NULL)
    chorus_place_dialog_create_next (self, CHORUS_PLACE_SITE, chorus_place_get_id (project));
  else
    chorus_place_dialog_create_next (self, CHORUS_PLACE_DEPLOYMENT, chorus_place_get_id (site));
}

static void
chorus_place_dialog_dispose (GObject *object)
{
  ChorusPlaceDialog *self = CHORUS_PLACE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_PLACE_DIALOG);

  G_OBJECT_CLASS (chorus_place_dialog_parent_class)->dispose (object);
}

static void
chorus_place_dialog_finalize (GObject *object)
{
  ChorusPlaceDialog *self = CHORUS_PLACE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_clear_pointer (&self->sites, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_place_dialog_parent_class)->finalize (object);
}

static void
chorus_place_dialog_class_init (ChorusPlaceDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_place_dialog_dispose;
  object_class->finalize = chorus_place_dialog_finalize;

  signals[SIGNAL_CREATED] = g_signal_new ("created", CHORUS_TYPE_PLACE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, CHORUS_TYPE_PLACE);

  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-place-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, group);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, project_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, project_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, site_row);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, site_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, id_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, deployment_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusPlaceDialog, error_box);
  gtk_widget_class_bind_template_callback (widget_class, chorus_place_dialog_create_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_place_dialog_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_place_dialog_update);
}

static void
chorus_place_dialog_init (ChorusPlaceDialog *self)
{
  self->projects = g_ptr_array_new_with_free_func (g_object_unref);
  self->sites = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The title and, for each entry, a name that nobody has to change. */
static void
chorus_place_dialog_set_defaults (ChorusPlaceDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a new deployment, for g_date_time_format(): the month it is made in, such as "June 2025" */
  g_autofree char *month = g_date_time_format (now, _("%B %Y"));
  const char *titles[] = { _("New Project"), _("New Site"), _("New Deployment") };

  gtk_window_set_title (GTK_WINDOW (self), self->typed ? _("Deployment by ID") : titles[self->kind]);
  gtk_editable_set_text (self->project_entry, _("My Project"));
  gtk_editable_set_text (self->site_entry, _("Site 1"));

  if (self->typed)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->deployment_entry), _("Label"));
      gtk_button_set_label (GTK_BUTTON (self->create_button), _("Add"));
      adw_preferences_group_set_description (
        self->group,
        _("For a service that does not list its deployments. Whoever set up the deployment knows its ID."));
    }
  else
    gtk_editable_set_text (self->deployment_entry, month);
}

static void
chorus_place_dialog_choose_parent (ChorusPlaceDialog *self,
                                   const char        *parent_id)
{
  ChorusPlace *site = NULL;
  const char *project_id = parent_id;

  if (self->kind == CHORUS_PLACE_DEPLOYMENT)
    {
      site = chorus_library_find_place (self->library, CHORUS_PLACE_SITE, parent_id);
      project_id = site != NULL ? chorus_place_get_parent_id (site) : NULL;
    }

  for (guint i = 0; i < self->projects->len; i++)
    if (g_strcmp0 (chorus_place_get_id (g_ptr_array_index (self->projects, i)), project_id) == 0)
      adw_combo_row_set_selected (self->project_row, i);

  chorus_place_dialog_project_cb (self);
  for (guint i = 0; site != NULL && i < self->sites->len; i++)
    if (g_str_equal (chorus_place_get_id (g_ptr_array_index (self->sites, i)), chorus_place_get_id (site)))
      adw_combo_row_set_selected (self->site_row, i);
}

static ChorusPlaceDialog *
chorus_place_dialog_new_full (ChorusLibrary   *library,
                              ChorusPlaceKind  kind,
                              const char      *parent_id,
                              gboolean         typed)
{
  ChorusPlaceDialog *self = g_object_new (CHORUS_TYPE_PLACE_DIALOG, NULL);

  self->kind = kind;
  self->typed = typed;
  chorus_place_dialog_set_defaults (self);
  self->library = g_object_ref (library);
  chorus_place_dialog_fill (self->project_row, self->projects, chorus_library_get_places (library),
                            CHORUS_PLACE_PROJECT, _("New Project"));
  if (parent_id != NULL)
    chorus_place_dialog_choose_parent (self, parent_id);
  else
    chorus_place_dialog_project_cb (self);
  chorus_place_dialog_update (self);

  return self;
}

ChorusPlaceDialog *
chorus_place_dialog_new (ChorusLibrary   *library,
                         ChorusPlaceKind  kind,
                         const char      *parent_id)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);

  return chorus_place_dialog_new_full (library, kind, parent_id, FALSE);
}

ChorusPlaceDialog *
chorus_place_dialog_new_typed (ChorusLibrary *library)
{
  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);

  return chorus_place_dialog_new_full (library, CHORUS_PLACE_DEPLOYMENT, NULL, TRUE);
}
