/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "account/chorus-profile-store.h"
#include "api/chorus-client.h"
#include "store/chorus-schema.h"
#include "store/chorus-store.h"

#include "chorus-application.h"
#include "chorus-background.h"
#include "chorus-file-sorter.h"
#include "chorus-file-window.h"
#include "chorus-preferences.h"
#include "chorus-window.h"
#include "chorus-workspace.h"
#include "viewer/chorus-renderer.h"

/* How long the program waits at its end for an upload that was broken off, in microseconds. */
#define CHORUS_APPLICATION_LAST_WAIT (3 * G_USEC_PER_SEC)

struct _ChorusApplication
{
  AdwApplication parent_instance;

  /* Owned references */
  GSettings *settings;
  ChorusProfileStore *profiles;
  ChorusStore *store;
  ChorusWorkspace *workspace;
  ChorusBackground *background;
  GCancellable *cancellable; /* of the workspace that is being opened */

  /* Borrowed references: gone with the windows */
  ChorusWindow *window;

  /* State */
  gboolean opening;   /* the store */
  gboolean ready;     /* the workspace is open and shown */
  const char *wanted; /* the action of the window that waits for a workspace, or NULL */
};

G_DEFINE_FINAL_TYPE (ChorusApplication, chorus_application, ADW_TYPE_APPLICATION)

static void chorus_application_open_profile (ChorusApplication *self,
                                             ChorusProfile     *profile,
                                             ChorusAccount     *account);
static void chorus_application_open_store (ChorusApplication *self);

static void
chorus_application_apply_color_scheme (ChorusApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT,
    ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK,
  };
  guint choice = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                      schemes[MIN (choice, G_N_ELEMENTS (schemes) - 1)]);
}

static void
chorus_application_do_wanted (ChorusApplication *self)
{
  if (self->wanted == NULL || !self->ready)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self->window), self->wanted, NULL);
  self->wanted = NULL;
}

static void
chorus_application_workspace_opened_cb (GObject      *object,
                                        GAsyncResult *result,
                                        gpointer      user_data)
{
  g_autoptr (ChorusApplication) self = user_data;
  ChorusWorkspace *workspace = CHORUS_WORKSPACE (object);
  g_autoptr (GError) error = NULL;

  chorus_workspace_open_finish (workspace, result, &error);
  if (workspace != self->workspace || self->window == NULL)
    return;

  if (error != NULL)
    {
      chorus_window_show_failed (self->window, _("Recordings Cannot Be Opened"), error, TRUE);
      return;
    }

  chorus_window_set_workspace (self->window, workspace);
  chorus_background_set_queue (self->background, chorus_workspace_get_queue (workspace));
  self->ready = TRUE;
  chorus_application_do_wanted (self);
}

static void
chorus_application_close_workspace (ChorusApplication *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->ready = FALSE;

  if (self->background != NULL)
    chorus_background_set_queue (self->background, NULL);
  if (self->window != NULL)
    chorus_window_set_workspace (self->window, NULL);
  if (self->workspace != NULL)
    g_object_run_dispose (G_OBJECT (self->workspace));
  g_clear_object (&self->workspace);
}

static void
chorus_application_open_profile (ChorusApplication *self,
                                 ChorusProfile     *profile,
                                 ChorusAccount     *account)
{
  g_autoptr (ChorusProfile) kept = g_object_ref (profile);
  g_autoptr (GError) error = NULL;

  chorus_application_close_workspace (self);
  chorus_window_show_starting (self->window);

  /* Not to be found again at the next start is no reason not to work now. */
  if (!chorus_profile_store_save (self->profiles, kept, &error)
      || !chorus_profile_store_set_last_used (self->profiles, chorus_profile_get_id (kept), &error))
    g_warning ("The profile cannot be kept: %s", error->message);

  self->cancellable = g_cancellable_new ();
  self->workspace = chorus_workspace_new (self->store, kept, account);
  chorus_workspace_open_async (self->workspace, self->cancellable, chorus_application_workspace_opened_cb,
                               g_object_ref (self));
}

static void
chorus_application_work_locally_cb (ChorusApplication *self)
{
  guint n_profiles = g_list_model_get_n_items (G_LIST_MODEL (self->profiles));
  g_autoptr (ChorusProfile) profile = NULL;

  for (guint i = 0; profile == NULL && i < n_profiles; i++)
    {
      g_autoptr (ChorusProfile) candidate = g_list_model_get_item (G_LIST_MODEL (self->profiles), i);

      if (chorus_profile_get_kind (candidate) == CHORUS_PROFILE_KIND_LOCAL)
        profile = g_steal_pointer (&candidate);
    }

  if (profile == NULL)
    profile = chorus_profile_new (&(ChorusProfileInit){ .kind = CHORUS_PROFILE_KIND_LOCAL });

  chorus_application_open_profile (self, profile, NULL);
}

static void
chorus_application_connect_account_cb (ChorusApplication *self,
                                       ChorusAccount     *account)
{
  chorus_application_open_profile (self, chorus_account_get_profile (account), account);
}

static void
chorus_application_start_over_cb (ChorusApplication *self)
{
  chorus_application_close_workspace (self);
  chorus_window_show_welcome (self->window);
}

static void
chorus_application_signed_out_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusApplication) self = user_data;

  chorus_account_sign_out_finish (CHORUS_ACCOUNT (object), result, NULL);
  chorus_profile_store_set_last_used (self->profiles, NULL, NULL);
  if (self->window != NULL)
    chorus_application_start_over_cb (self);
}

static void
chorus_application_sign_out_cb (ChorusApplication *self)
{
  ChorusAccount *account = self->workspace != NULL ? chorus_workspace_get_account (self->workspace) : NULL;

  if (account != NULL)
    chorus_account_sign_out_async (account, NULL, chorus_application_signed_out_cb, g_object_ref (self));
}

static void
chorus_application_try_again_cb (ChorusApplication *self)
{
  g_autoptr (ChorusProfile) profile = NULL;

  if (self->store == NULL)
    {
      chorus_application_open_store (self);
      return;
    }

  if (self->workspace != NULL)
    profile = g_object_ref (chorus_workspace_get_profile (self->workspace));
  if (profile != NULL)
    chorus_application_open_profile (self, profile, NULL);
  else
    chorus_window_show_welcome (self->window);
}

/* Shows what was shown last. */
static void
chorus_application_open_last (ChorusApplication *self)
{
  ChorusProfile *profile = chorus_profile_store_get_last_used (self->profiles);

  if (profile != NULL)
    chorus_application_open_profile (self, profile, NULL);
  else
    chorus_window_show_welcome (self->window);
}

static void
chorus_application_store_opened_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (ChorusApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->store = chorus_store_open_finish (result, &error);
  if (self->window == NULL)
    return;

  if (self->store == NULL)
    chorus_window_show_failed (self->window, _("Recordings Cannot Be Opened"), error, FALSE);
  else
    chorus_application_open_last (self);
}

static void
chorus_application_open_store (ChorusApplication *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), USER_FOLDER, NULL);
  g_autofree char *path = g_build_filename (folder, "chorus.db", NULL);

  /* The store reports a folder that cannot be made as a file that cannot be opened. */
  g_mkdir_with_parents (folder, 0700);
  chorus_window_show_starting (self->window);
  self->opening = TRUE;
  chorus_store_open_async (path, chorus_schema_get_migrations (), NULL, chorus_application_store_opened_cb,
                           g_object_ref (self));
}

/* Opened files may stay when the window goes. What it showed goes with it, and with that what is done for it. */
static void
chorus_application_window_destroy_cb (ChorusApplication *self)
{
  g_clear_weak_pointer (&self->window);
  chorus_application_close_workspace (self);
}

static void
chorus_application_present_window (ChorusApplication *self)
{
  if (self->window == NULL)
    {
      self->window = chorus_window_new (GTK_APPLICATION (self));
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      chorus_background_set_window (self->background, GTK_WINDOW (self->window));
      g_signal_connect_object (self->window, "connect-account", G_CALLBACK (chorus_application_connect_account_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "work-locally", G_CALLBACK (chorus_application_work_locally_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "sign-out", G_CALLBACK (chorus_application_sign_out_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "try-again", G_CALLBACK (chorus_application_try_again_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "start-over", G_CALLBACK (chorus_application_start_over_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "destroy", G_CALLBACK (chorus_application_window_destroy_cb), self,
                               G_CONNECT_SWAPPED);
      if (self->store != NULL)
        chorus_application_open_last (self);
      else if (!self->opening)
        chorus_application_open_store (self);
    }

  gtk_window_present (GTK_WINDOW (self->window));
  chorus_background_window_shown (self->background);
  chorus_application_do_wanted (self);
}

static void
chorus_application_activate (GApplication *application)
{
  chorus_application_present_window (CHORUS_APPLICATION (application));
}

static void
chorus_application_add_opened_cb (ChorusApplication *self,
                                  GListModel        *files)
{
  chorus_application_present_window (self);
  chorus_window_add_files (self->window, files);
}

static void
chorus_application_sorted_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusApplication) self = user_data;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GListModel) folders = NULL;

  chorus_file_sorter_sort_finish (result, &files, &folders);
  if (g_list_model_get_n_items (folders) > 0)
    chorus_application_add_opened_cb (self, folders);
  if (g_list_model_get_n_items (files) > 0)
    {
      ChorusFileWindow *window = chorus_file_window_new (GTK_APPLICATION (self), files);

      g_signal_connect_object (window, "add-files", G_CALLBACK (chorus_application_add_opened_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (window));
    }

  g_application_release (G_APPLICATION (self));
}

/* A file is looked at; a folder is what one adds. */
static void
chorus_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  g_application_hold (application);
  chorus_file_sorter_sort_async (files, n_files, NULL, chorus_application_sorted_cb, g_object_ref (application));
}

static int
chorus_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  static const char *const actions[] = { "add-files", "show-uploads" };
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s\n", PACKAGE_VERSION);
      return 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_variant_dict_contains (options, actions[i]))
        continue;

      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      /* Reaches the program that runs already, or this one. */
      g_action_group_activate_action (G_ACTION_GROUP (application), actions[i], NULL);
    }

  return -1;
}

/* These come from the desktop too, which starts the program for nothing else. */
static void
chorus_application_want (ChorusApplication *self,
                         const char        *action)
{
  self->wanted = action;
  chorus_application_present_window (self);
}

static void
chorus_application_add_files_action (GSimpleAction *action,
                                     GVariant      *parameter,
                                     gpointer       user_data)
{
  chorus_application_want (user_data, "win.add-files");
}

static void
chorus_application_show_recordings_action (GSimpleAction *action,
                                           GVariant      *parameter,
                                           gpointer       user_data)
{
  chorus_application_want (user_data, "win.show-recordings");
}

static void
chorus_application_show_uploads_action (GSimpleAction *action,
                                        GVariant      *parameter,
                                        gpointer       user_data)
{
  chorus_application_want (user_data, "win.show-uploads");
}

static void
chorus_application_preferences_action (GSimpleAction *action,
                                       GVariant      *parameter,
                                       gpointer       user_data)
{
  ChorusApplication *self = user_data;
  ChorusPreferences *preferences = chorus_preferences_new (self->settings);

  gtk_window_set_transient_for (GTK_WINDOW (preferences), gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
chorus_application_about_action (GSimpleAction *action,
                                 GVariant      *parameter,
                                 gpointer       user_data)
{
  ChorusApplication *self = user_data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)), "application-name",
                         APPLICATION_NAME, "application-icon", APPLICATION_ID, "version", PACKAGE_VERSION,
                         "developer-name", "Darukaa", "comments",
                         _("Upload field recordings and review the species detected in them."), "license-type",
                         GTK_LICENSE_GPL_3_0,
                         /* Translators: put your own names here, one on each line */
                         "translator-credits", _("translator-credits"), NULL);
}

static void
chorus_application_quit_action (GSimpleAction *action,
                                GVariant      *parameter,
                                gpointer       user_data)
{
  ChorusApplication *self = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *iter = windows; iter != NULL; iter = iter->next)
    if (CHORUS_IS_FILE_WINDOW (iter->data))
      gtk_window_destroy (iter->data);

  /* Unfinished uploads may keep this one. */
  if (self->window != NULL && gtk_widget_get_visible (GTK_WIDGET (self->window)))
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

static const GActionEntry chorus_application_actions[] = {
  { "add-files", chorus_application_add_files_action },
  { "show-recordings", chorus_application_show_recordings_action },
  { "show-uploads", chorus_application_show_uploads_action },
  { "preferences", chorus_application_preferences_action },
  { "about", chorus_application_about_action },
  { "quit", chorus_application_quit_action },
};

static const struct
{
  const char *action;
  const char *keys[3];
} chorus_application_keys[] = {
  { "app.preferences", { "<Control>comma", NULL } },
  { "app.quit", { "<Control>q", NULL } },
  { "win.show-help-overlay", { "<Control>question", NULL } },
  { "win.show-sidebar", { "F9", NULL } },
  { "win.show-recordings", { "<Alt>1", NULL } },
  { "win.show-species", { "<Alt>2", NULL } },
  { "win.show-uploads", { "<Alt>3", NULL } },
  { "win.pause-uploads", { "<Control><Shift>p", NULL } },
  { "win.refresh", { "F5", "<Control>r", NULL } },
  { "win.add-files", { "<Control>o", NULL } },
  { "win.add-folder", { "<Control><Shift>o", NULL } },
  { "win.new-deployment", { "<Control>n", NULL } },
  { "win.search", { "<Control>f", NULL } },
  { "win.analyze", { "<Control>Return", NULL } },
  { "win.analyze-all", { "<Control><Shift>Return", NULL } },
  { "win.correct-time", { "<Control><Shift>t", NULL } },
  { "win.activity", { "<Control>d", NULL } },
  { "win.export", { "<Control>e", NULL } },
  { "win.import", { "<Control>i", NULL } },
  { "win.show-in-files", { "<Control><Alt>o", NULL } },
};

static void
chorus_application_startup (GApplication *application)
{
  ChorusApplication *self = CHORUS_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (chorus_application_parent_class)->startup (application);

  chorus_renderer_choose ();
  self->settings = g_settings_new (APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (chorus_application_apply_color_scheme),
                           self, G_CONNECT_SWAPPED);
  chorus_application_apply_color_scheme (self);

  self->background = chorus_background_new (GTK_APPLICATION (self), self->settings);
  self->profiles = chorus_profile_store_new_default ();
  if (!chorus_profile_store_load (self->profiles, &error))
    g_warning ("The profiles cannot be read: %s", error->message);

  for (guint i = 0; i < G_N_ELEMENTS (chorus_application_keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), chorus_application_keys[i].action,
                                           (const char **) chorus_application_keys[i].keys);
}

static void
chorus_application_shutdown (GApplication *application)
{
  ChorusApplication *self = CHORUS_APPLICATION (application);

  chorus_application_close_workspace (self);
  if (!chorus_client_wait_for_uploads (CHORUS_APPLICATION_LAST_WAIT))
    g_warning ("An upload could not be broken off in time");
  g_clear_object (&self->store);

  G_APPLICATION_CLASS (chorus_application_parent_class)->shutdown (application);
}

static void
chorus_application_dispose (GObject *object)
{
  ChorusApplication *self = CHORUS_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->background);
  g_clear_object (&self->store);
  g_clear_object (&self->profiles);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (chorus_application_parent_class)->dispose (object);
}

static void
chorus_application_class_init (ChorusApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = chorus_application_dispose;

  application_class->activate = chorus_application_activate;
  application_class->open = chorus_application_open;
  application_class->handle_local_options = chorus_application_handle_local_options;
  application_class->startup = chorus_application_startup;
  application_class->shutdown = chorus_application_shutdown;
}

static void
chorus_application_init (ChorusApplication *self)
{
  static const GOptionEntry options[] = {
    { "add-files", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Choose recordings to add"), NULL },
    { "show-uploads", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show what is being uploaded"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_action_map_add_action_entries (G_ACTION_MAP (self), chorus_application_actions,
                                   G_N_ELEMENTS (chorus_application_actions), self);
}

ChorusApplication *
chorus_application_new (void)
{
  return g_object_new (CHORUS_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/com/darukaa/Chorus", NULL);
}
