/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "audio/chorus-recorded-time.h"
#include "core/chorus-text.h"
#include "viewer/chorus-recording-view.h"

#include "chorus-delayed-spinner.h"
#include "chorus-error-box.h"
#include "chorus-file-window.h"
#include "chorus-view-memory.h"

struct _ChorusFileWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkWidget *step_box;
  GtkStack *stack;
  ChorusRecordingView *view;
  ChorusErrorBox *error_box;

  /* Owned references */
  GListModel *files;
  ChorusRecordingTime *recorded; /* of the shown file; NULL until it is known, and when nobody wrote it down */
  GSettings *settings;
  GCancellable *cancellable; /* of the shown file */

  /* State */
  guint position;
};

enum
{
  SIGNAL_ADD_FILES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusFileWindow, chorus_file_window, ADW_TYPE_APPLICATION_WINDOW)

static GFile *
chorus_file_window_dup_file (ChorusFileWindow *self)
{
  return g_list_model_get_item (self->files, self->position);
}

static void
chorus_file_window_update_title (ChorusFileWindow *self)
{
  g_autoptr (GFile) file = chorus_file_window_dup_file (self);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = chorus_text_from_name (base);
  g_autofree char *recorded = self->recorded != NULL ? chorus_recording_time_to_display (self->recorded) : NULL;
  g_autofree char *place = NULL;
  g_autofree char *subtitle = NULL;
  guint n_files = g_list_model_get_n_items (self->files);

  if (n_files > 1)
    /* Translators: which of several opened files is shown, such as “2 of 14” */
    place = g_strdup_printf (_("%u of %u"), self->position + 1, n_files);
  if (recorded != NULL && place != NULL)
    subtitle = g_strdup_printf ("%s · %s", recorded, place);

  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : recorded != NULL ? recorded : place);
  chorus_recording_view_set_recording_name (self->view, name);
}

static void
chorus_file_window_recorded_thread (GTask        *task,
                                    gpointer      source_object,
                                    gpointer      task_data,
                                    GCancellable *cancellable)
{
  g_autoptr (ChorusTimeChoice) choice = chorus_recorded_time_choose (G_FILE (task_data), 0);

  g_task_return_pointer (task, choice->time != NULL ? chorus_recording_time_copy (choice->time) : NULL,
                         (GDestroyNotify) chorus_recording_time_free);
}

static void
chorus_file_window_recorded_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusFileWindow) self = user_data;
  g_autoptr (ChorusRecordingTime) recorded = g_task_propagate_pointer (G_TASK (result), NULL);

  /* None as well when another file is shown by now. */
  if (recorded == NULL)
    return;

  self->recorded = g_steal_pointer (&recorded);
  chorus_view_session_set_recorded (chorus_recording_view_get_session (self->view), self->recorded);
  chorus_file_window_update_title (self);
}

static void
chorus_file_window_opened_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusFileWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_sample_source_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source == NULL)
    {
      chorus_error_box_set_error (self->error_box, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  chorus_view_session_set_source (chorus_recording_view_get_session (self->view), source);
  gtk_stack_set_visible_child_name (self->stack, "view");
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
chorus_file_window_open (ChorusFileWindow *self)
{
  g_autoptr (GFile) file = chorus_file_window_dup_file (self);
  g_autoptr (GTask) task = NULL;
  ChorusViewSession *session = chorus_recording_view_get_session (self->view);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->recorded, chorus_recording_time_free);

  chorus_view_session_set_source (session, NULL);
  chorus_view_session_set_recorded (session, NULL);
  chorus_recording_view_set_path (self->view, g_file_peek_path (file));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  chorus_file_window_update_title (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.next",
                                 self->position + 1 < g_list_model_get_n_items (self->files));

  chorus_sample_source_open_async (file, self->cancellable, chorus_file_window_opened_cb, g_object_ref (self));

  task = g_task_new (NULL, self->cancellable, chorus_file_window_recorded_cb, g_object_ref (self));
  g_task_set_source_tag (task, chorus_file_window_open);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, chorus_file_window_recorded_thread);
}

static void
chorus_file_window_step_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  ChorusFileWindow *self = CHORUS_FILE_WINDOW (widget);

  self->position += g_str_equal (action_name, "file.next") ? 1 : -1;
  chorus_file_window_open (self);
}

static void
chorus_file_window_open_again_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  chorus_file_window_open (CHORUS_FILE_WINDOW (widget));
}

static void
chorus_file_window_add_action (GtkWidget  *widget,
                               const char *action_name,
                               GVariant   *parameter)
{
  ChorusFileWindow *self = CHORUS_FILE_WINDOW (widget);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = chorus_file_window_dup_file (self);

  g_list_store_append (files, file);
  g_signal_emit (self, signals[SIGNAL_ADD_FILES], 0, files);
}

static void
chorus_file_window_dispose (GObject *object)
{
  ChorusFileWindow *self = CHORUS_FILE_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->recorded, chorus_recording_time_free);
  g_clear_object (&self->files);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_FILE_WINDOW);

  G_OBJECT_CLASS (chorus_file_window_parent_class)->dispose (object);
}

static void
chorus_file_window_class_init (ChorusFileWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_file_window_dispose;

  signals[SIGNAL_ADD_FILES] = g_signal_new ("add-files", CHORUS_TYPE_FILE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_RECORDING_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-file-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusFileWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ChorusFileWindow, step_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusFileWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusFileWindow, view);
  gtk_widget_class_bind_template_child (widget_class, ChorusFileWindow, error_box);

  gtk_widget_class_install_action (widget_class, "file.previous", NULL, chorus_file_window_step_action);
  gtk_widget_class_install_action (widget_class, "file.next", NULL, chorus_file_window_step_action);
  gtk_widget_class_install_action (widget_class, "file.open-again", NULL, chorus_file_window_open_again_action);
  gtk_widget_class_install_action (widget_class, "file.add", NULL, chorus_file_window_add_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "file.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "file.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "file.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
chorus_file_window_init (ChorusFileWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  if (CHORUS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  self->settings = g_settings_new (APPLICATION_ID);
  chorus_view_memory_bind (self->settings, chorus_recording_view_get_session (self->view));
}

ChorusFileWindow *
chorus_file_window_new (GtkApplication *application,
                        GListModel     *files)
{
  ChorusFileWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (files) && g_list_model_get_n_items (files) > 0, NULL);

  self = g_object_new (CHORUS_TYPE_FILE_WINDOW, "application", application, NULL);
  self->files = g_object_ref (files);
  gtk_widget_set_visible (self->step_box, g_list_model_get_n_items (files) > 1);
  chorus_file_window_open (self);

  return self;
}
