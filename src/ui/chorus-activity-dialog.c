/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-activity-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-activity-view.h"
#include "chorus-error-box.h"
#include "review/chorus-species-list.h"

struct _ChorusActivityDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkDropDown *species_drop_down;
  ChorusErrorBox *error_box;
  ChorusActivityView *view;
  GtkLabel *remark_label;

  /* Owned references */
  ChorusLibrary *library;
  ChorusScope *scope;
  GListModel *species;       /* of ChorusSpecies, behind the recordings in the list; or NULL */
  GCancellable *cancellable; /* of the dialog */
  GCancellable *loading;     /* of what is being counted, or NULL */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusActivityDialog, chorus_activity_dialog, ADW_TYPE_WINDOW)

static void
chorus_activity_dialog_describe (ChorusActivityDialog *self,
                                 ChorusActivity       *activity)
{
  guint64 n_untimed = chorus_activity_get_n_untimed (activity);
  guint64 n_without_zone = chorus_activity_get_n_without_zone (activity);
  g_autoptr (GString) text = g_string_new (NULL);

  if (chorus_activity_get_total (activity) == 0)
    g_string_append (text, _("There is nothing of which the time is known."));
  else
    g_string_append (text, _("Hours of the recorders’ clocks. Choose one to see its recordings."));
  if (n_without_zone > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("The time zone of %'u is not known.", "The time zone of %'u is not known.",
                                        (gulong) n_without_zone),
                              (guint) n_without_zone);
    }
  if (n_untimed > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%'u without a time is left out.", "%'u without a time are left out.",
                                        (gulong) n_untimed),
                              (guint) n_untimed);
    }
  gtk_label_set_text (self->remark_label, text->str);
}

static void
chorus_activity_dialog_loaded_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusActivityDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusActivity) activity = chorus_library_load_activity_finish (CHORUS_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->library == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  chorus_activity_view_set_activity (self->view, activity);
  if (activity != NULL)
    chorus_activity_dialog_describe (self, activity);
}

static void
chorus_activity_dialog_load (ChorusActivityDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->species_drop_down);
  g_autoptr (ChorusSpecies) species = NULL;

  /* The list changes while the dialog is set up. */
  if (self->library == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0 && self->species != NULL)
    species = g_list_model_get_item (self->species, selected - 1);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  chorus_library_load_activity_async (self->library, self->scope,
                                      species != NULL ? chorus_species_get_species (species) : NULL, 0.0, self->loading,
                                      chorus_activity_dialog_loaded_cb, g_object_ref (self));
}

static void
chorus_activity_dialog_species_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (ChorusActivityDialog) self = user_data;
  g_autoptr (GListModel) species = chorus_species_list_load_finish (CHORUS_STORE (object), result, NULL);
  GListModel *names = NULL;

  if (species == NULL || self->library == NULL)
    return;

  g_set_object (&self->species, species);
  names = gtk_drop_down_get_model (self->species_drop_down);
  for (guint i = 0; i < g_list_model_get_n_items (species); i++)
    {
      g_autoptr (ChorusSpecies) one = g_list_model_get_item (species, i);

      gtk_string_list_append (GTK_STRING_LIST (names), chorus_species_get_display_name (one));
    }
}

static void
chorus_activity_dialog_chosen_cb (ChorusActivityDialog *self,
                                  int                   day,
                                  int                   hour)
{
  g_signal_emit (self, signals[CHOSEN], 0, day, hour);
  gtk_window_close (GTK_WINDOW (self));
}

static void
chorus_activity_dialog_dispose (GObject *object)
{
  ChorusActivityDialog *self = CHORUS_ACTIVITY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_ACTIVITY_DIALOG);

  G_OBJECT_CLASS (chorus_activity_dialog_parent_class)->dispose (object);
}

static void
chorus_activity_dialog_finalize (GObject *object)
{
  ChorusActivityDialog *self = CHORUS_ACTIVITY_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->loading);
  g_clear_object (&self->species);
  g_clear_pointer (&self->scope, chorus_scope_free);

  G_OBJECT_CLASS (chorus_activity_dialog_parent_class)->finalize (object);
}

static void
chorus_activity_dialog_class_init (ChorusActivityDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_activity_dialog_dispose;
  object_class->finalize = chorus_activity_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  g_type_ensure (CHORUS_TYPE_ACTIVITY_VIEW);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-activity-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusActivityDialog, species_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ChorusActivityDialog, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusActivityDialog, view);
  gtk_widget_class_bind_template_child (widget_class, ChorusActivityDialog, remark_label);
  gtk_widget_class_bind_template_callback (widget_class, chorus_activity_dialog_load);
  gtk_widget_class_bind_template_callback (widget_class, chorus_activity_dialog_chosen_cb);
}

static void
chorus_activity_dialog_init (ChorusActivityDialog *self)
{
  self->cancellable = g_cancellable_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

ChorusActivityDialog *
chorus_activity_dialog_new (ChorusLibrary     *library,
                            const ChorusScope *scope)
{
  ChorusActivityDialog *self = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *deployment_ids[] = { NULL, NULL };
  ChorusReviewScope review_scope = { 0 };

  g_return_val_if_fail (CHORUS_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (scope != NULL, NULL);

  self = g_object_new (CHORUS_TYPE_ACTIVITY_DIALOG, NULL);
  gtk_string_list_append (names, _("Recordings"));
  gtk_drop_down_set_model (self->species_drop_down, G_LIST_MODEL (names));
  self->library = g_object_ref (library);
  self->scope = chorus_scope_copy (scope);
  chorus_activity_dialog_load (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->view));

  /* Of a deployment its own species, else all that there are. */
  deployment_ids[0] = scope->kind == CHORUS_SCOPE_DEPLOYMENT ? scope->id : NULL;
  chorus_review_scope_init (&review_scope, chorus_library_get_profile_id (library),
                            deployment_ids[0] != NULL ? deployment_ids : NULL, NULL);
  chorus_species_list_load_async (chorus_library_get_store (library), &review_scope, 0.0, self->cancellable,
                                  chorus_activity_dialog_species_cb, g_object_ref (self));
  chorus_review_scope_clear (&review_scope);

  return self;
}
