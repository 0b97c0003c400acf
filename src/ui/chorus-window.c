/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-delayed-spinner.h"
#include "chorus-welcome-page.h"
#include "chorus-window-private.h"

/* The sidebar makes room for the recordings in a window that is not wider, in logical pixels. */
#define CHORUS_WINDOW_NARROW_WIDTH 900

#define CHORUS_WINDOW_SIDEBAR_MAX_WIDTH 360

enum
{
  PROP_0,
  PROP_SHOW_SIDEBAR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
guint chorus_window_signals[CHORUS_WINDOW_N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusWindow, chorus_window, ADW_TYPE_APPLICATION_WINDOW)

void
_chorus_window_show_toast (ChorusWindow *self,
                           const char   *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

char *
_chorus_window_dup_receiver (ChorusWindow *self)
{
  ChorusPlace *deployment = chorus_sidebar_get_deployment (self->sidebar);

  return deployment != NULL ? chorus_workspace_dup_deployment_name (self->workspace, chorus_place_get_id (deployment))
                            : NULL;
}

gboolean
_chorus_window_get_show_sidebar (ChorusWindow *self)
{
  return self->narrow ? self->show_sidebar_narrow : self->show_sidebar;
}

static void
chorus_window_apply_sidebar (ChorusWindow *self)
{
  gboolean show = _chorus_window_get_show_sidebar (self);

  gtk_widget_set_visible (GTK_WIDGET (self->sidebar), show);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, !show);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
}

void
_chorus_window_set_show_sidebar (ChorusWindow *self,
                                 gboolean      show_sidebar)
{
  if (_chorus_window_get_show_sidebar (self) == show_sidebar)
    return;

  if (self->narrow)
    self->show_sidebar_narrow = show_sidebar;
  else
    {
      self->show_sidebar = show_sidebar;
      g_settings_set_boolean (self->settings, "show-sidebar", show_sidebar);
    }

  chorus_window_apply_sidebar (self);
}

static gboolean
chorus_window_narrow_cb (gpointer user_data)
{
  ChorusWindow *self = user_data;

  self->narrow_id = 0;
  self->narrow = !self->narrow;
  self->show_sidebar_narrow = FALSE;
  chorus_window_apply_sidebar (self);
  /* A window that became narrow has pressed the sidebar before it took it away. */
  if (!self->narrow && self->sidebar_width > 0)
    gtk_paned_set_position (self->paned, self->sidebar_width);

  return G_SOURCE_REMOVE;
}

static void
chorus_window_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  ChorusWindow *self = CHORUS_WINDOW (widget);
  gboolean narrow;

  GTK_WIDGET_CLASS (chorus_window_parent_class)->size_allocate (widget, width, height, baseline);

  /* An opened recording may need more room beside the sidebar than that. */
  if (!self->narrow)
    {
      int minimum = 0;

      gtk_widget_measure (GTK_WIDGET (self->paned), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      self->narrow_width = MAX (CHORUS_WINDOW_NARROW_WIDTH, minimum);
    }
  narrow = width <= self->narrow_width;

  /* Children must not change while they are given their sizes. */
  if (narrow != self->narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, chorus_window_narrow_cb, self, NULL);
  else if (narrow == self->narrow)
    g_clear_handle_id (&self->narrow_id, g_source_remove);
}

static void
chorus_window_sidebar_position_cb (ChorusWindow *self)
{
  if (gtk_paned_get_position (self->paned) > CHORUS_WINDOW_SIDEBAR_MAX_WIDTH)
    gtk_paned_set_position (self->paned, CHORUS_WINDOW_SIDEBAR_MAX_WIDTH);
  else if (gtk_widget_get_width (GTK_WIDGET (self)) > MAX (self->narrow_width, CHORUS_WINDOW_NARROW_WIDTH))
    self->sidebar_width = gtk_paned_get_position (self->paned);
}

static void
chorus_window_account_cb (ChorusWindow *self)
{
  gboolean local = chorus_workspace_is_local (self->workspace);
  const char *name = chorus_profile_get_label (chorus_workspace_get_profile (self->workspace));

  chorus_sidebar_set_account (self->sidebar, name, chorus_workspace_get_note (self->workspace),
                              local ? "computer-symbolic" : "chorus-cloud-symbolic");
  _chorus_window_actions_update (self);
}

static void
chorus_window_place_cb (ChorusWindow *self)
{
  ChorusPlace *place = chorus_sidebar_get_place (self->sidebar);
  ChorusPlace *deployment = chorus_sidebar_get_deployment (self->sidebar);

  if (self->workspace == NULL)
    return;

  if (place != NULL)
    {
      static const ChorusScopeKind kinds[] = {
        [CHORUS_PLACE_PROJECT] = CHORUS_SCOPE_PROJECT,
        [CHORUS_PLACE_SITE] = CHORUS_SCOPE_SITE,
        [CHORUS_PLACE_DEPLOYMENT] = CHORUS_SCOPE_DEPLOYMENT,
      };
      g_autoptr (ChorusScope) scope =
        chorus_scope_new (kinds[chorus_place_get_kind (place)], chorus_place_get_id (place));

      chorus_recordings_page_set_scope (self->recordings_page, scope);
    }
  else
    {
      chorus_recordings_page_set_scope (self->recordings_page, NULL);
    }
  chorus_species_page_set_deployment (self->species_page, deployment);
  _chorus_window_actions_update (self);

  if (deployment == NULL)
    return;

  g_settings_set_string (self->settings, "deployment", chorus_place_get_id (deployment));
  if (self->waiting_files != NULL)
    {
      g_autoptr (GListModel) files = g_steal_pointer (&self->waiting_files);

      chorus_window_add_files (self, files);
    }
}

static void
chorus_window_uploads_cb (ChorusWindow *self)
{
  adw_view_stack_page_set_badge_number (self->uploads_stack_page, chorus_uploads_page_get_n_open (self->uploads_page));
  adw_view_stack_page_set_needs_attention (self->uploads_stack_page,
                                           chorus_uploads_page_get_n_problems (self->uploads_page) > 0);
}

static void
chorus_window_page_cb (ChorusWindow *self)
{
  gboolean recordings = g_strcmp0 (adw_view_stack_get_visible_child_name (self->view_stack), "recordings") == 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), recordings);
}

static void
chorus_window_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChorusWindow *self = CHORUS_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, _chorus_window_get_show_sidebar (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_window_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ChorusWindow *self = CHORUS_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SHOW_SIDEBAR:
      _chorus_window_set_show_sidebar (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_window_dispose (GObject *object)
{
  ChorusWindow *self = CHORUS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->waiting_files);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_WINDOW);

  G_OBJECT_CLASS (chorus_window_parent_class)->dispose (object);
}

static void
chorus_window_finalize (GObject *object)
{
  ChorusWindow *self = CHORUS_WINDOW (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (chorus_window_parent_class)->finalize (object);
}

static void
chorus_window_install_signals (void)
{
  chorus_window_signals[CHORUS_WINDOW_SIGNAL_CONNECT_ACCOUNT] =
    g_signal_new ("connect-account", CHORUS_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  CHORUS_TYPE_ACCOUNT);
  chorus_window_signals[CHORUS_WINDOW_SIGNAL_WORK_LOCALLY] =
    g_signal_new ("work-locally", CHORUS_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  chorus_window_signals[CHORUS_WINDOW_SIGNAL_SIGN_OUT] =
    g_signal_new ("sign-out", CHORUS_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  chorus_window_signals[CHORUS_WINDOW_SIGNAL_TRY_AGAIN] =
    g_signal_new ("try-again", CHORUS_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  chorus_window_signals[CHORUS_WINDOW_SIGNAL_START_OVER] =
    g_signal_new ("start-over", CHORUS_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_window_class_init (ChorusWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_window_dispose;
  object_class->finalize = chorus_window_finalize;
  object_class->get_property = chorus_window_get_property;
  object_class->set_property = chorus_window_set_property;

  widget_class->size_allocate = chorus_window_size_allocate;

  properties[PROP_SHOW_SIDEBAR] =
    g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  chorus_window_install_signals ();

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_RECORDINGS_PAGE);
  g_type_ensure (CHORUS_TYPE_SIDEBAR);
  g_type_ensure (CHORUS_TYPE_SPECIES_PAGE);
  g_type_ensure (CHORUS_TYPE_UPLOADS_PAGE);
  g_type_ensure (CHORUS_TYPE_WELCOME_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, drop_overlay);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, drop_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, start_over_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, uploads_stack_page);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, recordings_page);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, species_page);
  gtk_widget_class_bind_template_child (widget_class, ChorusWindow, uploads_page);

  gtk_widget_class_install_property_action (widget_class, "win.show-sidebar", "show-sidebar");
  _chorus_window_class_actions_init (klass);
}

static void
chorus_window_init (ChorusWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "sidebar-width", self->paned, "position", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->paned, "notify::position", G_CALLBACK (chorus_window_sidebar_position_cb), self,
                           G_CONNECT_SWAPPED);
  self->sidebar_width = g_settings_get_int (self->settings, "sidebar-width");
  self->show_sidebar = g_settings_get_boolean (self->settings, "show-sidebar");
  chorus_window_apply_sidebar (self);

  if (CHORUS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  self->workspace_signals = g_signal_group_new (CHORUS_TYPE_WORKSPACE);
  g_signal_group_connect_object (self->workspace_signals, "notify::note", G_CALLBACK (chorus_window_account_cb), self,
                                 G_CONNECT_SWAPPED);

  g_object_bind_property (self->search_button, "active", self->recordings_page, "search-enabled",
                          G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->recordings_page, "notify::can-analyze", G_CALLBACK (_chorus_window_actions_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "notify::place", G_CALLBACK (chorus_window_place_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->uploads_page, "notify::n-open", G_CALLBACK (chorus_window_uploads_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->uploads_page, "notify::n-problems", G_CALLBACK (chorus_window_uploads_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view_stack, "notify::visible-child", G_CALLBACK (chorus_window_page_cb), self,
                           G_CONNECT_SWAPPED);

  _chorus_window_dnd_init (self);
  _chorus_window_actions_update (self);
}

ChorusWindow *
chorus_window_new (GtkApplication *application)
{
  return g_object_new (CHORUS_TYPE_WINDOW, "application", application, NULL);
}

void
chorus_window_show_starting (ChorusWindow *self)
{
  g_return_if_fail (CHORUS_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->stack, "starting");
}

void
chorus_window_show_welcome (ChorusWindow *self)
{
  g_return_if_fail (CHORUS_IS_WINDOW (self));

  chorus_window_set_workspace (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "welcome");
}

void
chorus_window_show_failed (ChorusWindow *self,
                           const char   *title,
                           const GError *error,
                           gboolean      can_start_over)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (CHORUS_IS_WINDOW (self));
  g_return_if_fail (title != NULL && error != NULL);

  /* The description is markup; the sentence may hold the name of a file. */
  escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_title (self->failed_page, title);
  adw_status_page_set_description (self->failed_page, escaped);
  gtk_widget_set_visible (self->start_over_button, can_start_over);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

void
chorus_window_set_workspace (ChorusWindow    *self,
                             ChorusWorkspace *workspace)
{
  g_return_if_fail (CHORUS_IS_WINDOW (self));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  chorus_sidebar_set_places (self->sidebar, NULL);
  chorus_recordings_page_set_workspace (self->recordings_page, workspace);
  chorus_species_page_set_workspace (self->species_page, workspace);
  chorus_uploads_page_set_workspace (self->uploads_page, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  g_set_object (&self->workspace, workspace);
  _chorus_window_actions_update (self);

  if (workspace != NULL)
    {
      g_autofree char *deployment_id = g_settings_get_string (self->settings, "deployment");

      chorus_sidebar_set_places (self->sidebar, chorus_library_get_places (chorus_workspace_get_library (workspace)));
      chorus_sidebar_select_deployment (self->sidebar, deployment_id);
      chorus_window_account_cb (self);
      chorus_window_uploads_cb (self);
      gtk_stack_set_visible_child_name (self->stack, "main");
    }
}

void
chorus_window_add_files (ChorusWindow *self,
                         GListModel   *files)
{
  ChorusPlace *deployment;

  g_return_if_fail (CHORUS_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  deployment = chorus_sidebar_get_deployment (self->sidebar);
  if (self->workspace == NULL || deployment == NULL)
    {
      g_set_object (&self->waiting_files, files);
      if (self->workspace != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.new-deployment", NULL);
      return;
    }

  chorus_uploads_page_add_files (self->uploads_page, files, chorus_place_get_id (deployment));
  adw_view_stack_set_visible_child_name (self->view_stack, "uploads");
}
