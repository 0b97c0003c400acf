/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "chorus-import-dialog.h"
#include "chorus-place-dialog.h"
#include "chorus-sample-recordings.h"
#include "chorus-sign-in-dialog.h"
#include "chorus-window-private.h"

static void
chorus_window_chosen_cb (ChorusWindow         *self,
                         int                   response,
                         GtkFileChooserNative *chooser)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

      chorus_window_add_files (self, files);
    }

  g_clear_object (&self->chooser);
}

static void
chorus_window_choose (ChorusWindow         *self,
                      const char           *title,
                      GtkFileChooserAction  action)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, _("_Add"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);

  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    {
      g_autoptr (GtkFileFilter) audio = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

      gtk_file_filter_set_name (audio, _("Recordings"));
      gtk_file_filter_add_suffix (audio, "wav");
      gtk_file_filter_add_suffix (audio, "mp3");
      gtk_file_filter_add_suffix (audio, "m4a");
      gtk_file_filter_add_suffix (audio, "webm");
      gtk_file_filter_set_name (all, _("All Files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), audio);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
    }

  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chorus_window_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
chorus_window_add_files_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  chorus_window_choose (CHORUS_WINDOW (widget), _("Add Recordings"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
chorus_window_add_folder_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  chorus_window_choose (CHORUS_WINDOW (widget), _("Add Folders with Recordings"),
                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
chorus_window_import_chosen_cb (ChorusWindow         *self,
                                int                   response,
                                GtkFileChooserNative *chooser)
{
  if (response == GTK_RESPONSE_ACCEPT && self->workspace != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      ChorusImportDialog *dialog = chorus_import_dialog_new (chorus_workspace_get_library (self->workspace), file);

      gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
      gtk_window_present (GTK_WINDOW (dialog));
    }

  g_clear_object (&self->chooser);
}

static void
chorus_window_import_action (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Table of Detections"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chorus_window_import_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
chorus_window_place_created_cb (ChorusWindow *self,
                                ChorusPlace  *place)
{
  if (chorus_place_get_kind (place) == CHORUS_PLACE_DEPLOYMENT)
    chorus_sidebar_select_deployment (self->sidebar, chorus_place_get_id (place));
}

static void
chorus_window_present_place_dialog (ChorusWindow      *self,
                                    ChorusPlaceDialog *dialog)
{
  g_signal_connect_object (dialog, "created", G_CALLBACK (chorus_window_place_created_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chorus_window_new_place (ChorusWindow    *self,
                         ChorusPlaceKind  kind,
                         const char      *parent_id)
{
  if (self->workspace != NULL)
    chorus_window_present_place_dialog (self, chorus_place_dialog_new (chorus_workspace_get_library (self->workspace),
                                                                       kind, parent_id));
}

/* A new deployment most likely stands at the selected site, or where the selected deployment does. */
static void
chorus_window_new_deployment_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);
  ChorusPlace *place = chorus_sidebar_get_place (self->sidebar);
  const char *site_id = NULL;

  if (place != NULL && chorus_place_get_kind (place) == CHORUS_PLACE_SITE)
    site_id = chorus_place_get_id (place);
  else if (place != NULL && chorus_place_get_kind (place) == CHORUS_PLACE_DEPLOYMENT)
    site_id = chorus_place_get_parent_id (place);

  chorus_window_new_place (self, CHORUS_PLACE_DEPLOYMENT, site_id);
}

static void
chorus_window_new_deployment_in_action (GtkWidget  *widget,
                                        const char *action_name,
                                        GVariant   *parameter)
{
  chorus_window_new_place (CHORUS_WINDOW (widget), CHORUS_PLACE_DEPLOYMENT, g_variant_get_string (parameter, NULL));
}

static void
chorus_window_new_site_action (GtkWidget  *widget,
                               const char *action_name,
                               GVariant   *parameter)
{
  chorus_window_new_place (CHORUS_WINDOW (widget), CHORUS_PLACE_SITE, NULL);
}

static void
chorus_window_new_site_in_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  chorus_window_new_place (CHORUS_WINDOW (widget), CHORUS_PLACE_SITE, g_variant_get_string (parameter, NULL));
}

static void
chorus_window_new_project_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  chorus_window_new_place (CHORUS_WINDOW (widget), CHORUS_PLACE_PROJECT, NULL);
}

static void
chorus_window_add_typed_deployment_action (GtkWidget  *widget,
                                           const char *action_name,
                                           GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  if (self->workspace != NULL)
    chorus_window_present_place_dialog (self,
                                        chorus_place_dialog_new_typed (chorus_workspace_get_library (self->workspace)));
}

static void
chorus_window_refresh_action (GtkWidget  *widget,
                              const char *action_name,
                              GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  if (self->workspace == NULL)
    return;

  chorus_workspace_refresh (self->workspace);
  chorus_recordings_page_refresh (self->recordings_page);
}

static void
chorus_window_samples_loaded_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusWindow) self = user_data;
  g_autoptr (ChorusPlace) deployment = NULL;
  g_autoptr (GError) error = NULL;

  deployment = chorus_sample_recordings_load_finish (CHORUS_WORKSPACE (object), result, &error);
  if (self->workspace == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (deployment != NULL)
    chorus_sidebar_select_deployment (self->sidebar, chorus_place_get_id (deployment));
  else
    _chorus_window_show_toast (self, error->message);
}

static void
chorus_window_load_samples_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  if (self->workspace != NULL)
    chorus_sample_recordings_load_async (self->workspace, self->cancellable, chorus_window_samples_loaded_cb,
                                         g_object_ref (self));
}

static void
chorus_window_analyze_all_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  chorus_recordings_page_analyze_all (CHORUS_WINDOW (widget)->recordings_page);
}

/* The actions of the selected recording belong to its page; from here the keys reach them wherever the focus is. */
static void
chorus_window_recording_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);
  g_autofree char *name = g_strdup_printf ("recordings.%s", action_name + strlen ("win."));

  gtk_widget_activate_action (GTK_WIDGET (self->recordings_page), name, NULL);
}

static void
chorus_window_search_action (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->view_stack), "species") == 0)
    {
      chorus_species_page_focus_search (self->species_page);
      return;
    }

  adw_view_stack_set_visible_child_name (self->view_stack, "recordings");
  chorus_recordings_page_set_search_enabled (self->recordings_page, TRUE);
}

static void
chorus_window_show_page_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  adw_view_stack_set_visible_child_name (CHORUS_WINDOW (widget)->view_stack, action_name + strlen ("win.show-"));
}

/* It belongs to the page of uploads; from here the keys reach it wherever the focus is. */
static void
chorus_window_pause_uploads_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (CHORUS_WINDOW (widget)->uploads_page), "uploads.pause-all", NULL);
}

static void
chorus_window_back_action (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->view_stack), "recordings") == 0)
    chorus_recordings_page_go_back (self->recordings_page);
  else if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->view_stack), "species") == 0)
    chorus_species_page_go_back (self->species_page);
}

static void
chorus_window_signed_in_cb (ChorusWindow  *self,
                            ChorusAccount *account)
{
  g_signal_emit (self, chorus_window_signals[CHORUS_WINDOW_SIGNAL_CONNECT_ACCOUNT], 0, account);
}

static void
chorus_window_connect_action (GtkWidget  *widget,
                              const char *action_name,
                              GVariant   *parameter)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);
  ChorusProfile *profile = NULL;
  ChorusSignInDialog *dialog;

  if (self->workspace != NULL && !chorus_workspace_is_local (self->workspace))
    profile = chorus_workspace_get_profile (self->workspace);

  dialog = chorus_sign_in_dialog_new (profile);
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (chorus_window_signed_in_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chorus_window_work_locally_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  g_signal_emit (widget, chorus_window_signals[CHORUS_WINDOW_SIGNAL_WORK_LOCALLY], 0);
}

static void
chorus_window_sign_out_action (GtkWidget  *widget,
                               const char *action_name,
                               GVariant   *parameter)
{
  g_signal_emit (widget, chorus_window_signals[CHORUS_WINDOW_SIGNAL_SIGN_OUT], 0);
}

static void
chorus_window_try_again_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  g_signal_emit (widget, chorus_window_signals[CHORUS_WINDOW_SIGNAL_TRY_AGAIN], 0);
}

static void
chorus_window_start_over_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  g_signal_emit (widget, chorus_window_signals[CHORUS_WINDOW_SIGNAL_START_OVER], 0);
}

void
_chorus_window_actions_update (ChorusWindow *self)
{
  static const char *const need_workspace[] = {
    "win.add-files",       "win.add-folder",   "win.new-deployment",
    "win.new-site",        "win.new-project",  "win.add-typed-deployment",
    "win.refresh",         "win.load-samples", "win.search",
    "win.show-recordings", "win.show-uploads", "win.pause-uploads",
    "win.correct-time",    "win.export",       "win.import",
    "win.show-species",    "win.activity",
  };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->workspace != NULL;
  gboolean local = open && chorus_workspace_is_local (self->workspace);
  ChorusAccount *account = open ? chorus_workspace_get_account (self->workspace) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (need_workspace); i++)
    gtk_widget_action_set_enabled (widget, need_workspace[i], open);

  gtk_widget_action_set_enabled (widget, "win.analyze-all",
                                 open && chorus_recordings_page_get_can_analyze (self->recordings_page));
  gtk_widget_action_set_enabled (widget, "win.work-locally", !local);
  gtk_widget_action_set_enabled (widget, "win.sign-out",
                                 open && !local
                                   && chorus_account_get_state (account) == CHORUS_ACCOUNT_STATE_SIGNED_IN);
}

void
_chorus_window_class_actions_init (ChorusWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.add-files", NULL, chorus_window_add_files_action);
  gtk_widget_class_install_action (widget_class, "win.add-folder", NULL, chorus_window_add_folder_action);
  gtk_widget_class_install_action (widget_class, "win.new-deployment", NULL, chorus_window_new_deployment_action);
  gtk_widget_class_install_action (widget_class, "win.new-deployment-in", "s", chorus_window_new_deployment_in_action);
  gtk_widget_class_install_action (widget_class, "win.new-site", NULL, chorus_window_new_site_action);
  gtk_widget_class_install_action (widget_class, "win.new-site-in", "s", chorus_window_new_site_in_action);
  gtk_widget_class_install_action (widget_class, "win.new-project", NULL, chorus_window_new_project_action);
  gtk_widget_class_install_action (widget_class, "win.add-typed-deployment", NULL,
                                   chorus_window_add_typed_deployment_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, chorus_window_refresh_action);
  gtk_widget_class_install_action (widget_class, "win.load-samples", NULL, chorus_window_load_samples_action);
  gtk_widget_class_install_action (widget_class, "win.analyze-all", NULL, chorus_window_analyze_all_action);
  gtk_widget_class_install_action (widget_class, "win.analyze", NULL, chorus_window_recording_action);
  gtk_widget_class_install_action (widget_class, "win.correct-time", NULL, chorus_window_recording_action);
  gtk_widget_class_install_action (widget_class, "win.activity", NULL, chorus_window_recording_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, chorus_window_recording_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, chorus_window_import_action);
  gtk_widget_class_install_action (widget_class, "win.show-in-files", NULL, chorus_window_recording_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, chorus_window_search_action);
  gtk_widget_class_install_action (widget_class, "win.show-recordings", NULL, chorus_window_show_page_action);
  gtk_widget_class_install_action (widget_class, "win.show-species", NULL, chorus_window_show_page_action);
  gtk_widget_class_install_action (widget_class, "win.show-uploads", NULL, chorus_window_show_page_action);
  gtk_widget_class_install_action (widget_class, "win.pause-uploads", NULL, chorus_window_pause_uploads_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, chorus_window_back_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, chorus_window_connect_action);
  gtk_widget_class_install_action (widget_class, "win.work-locally", NULL, chorus_window_work_locally_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, chorus_window_sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, chorus_window_try_again_action);
  gtk_widget_class_install_action (widget_class, "win.start-over", NULL, chorus_window_start_over_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}
