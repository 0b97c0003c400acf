/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-export-dialog.h"
#include "chorus-recordings-page-private.h"
#include "chorus-time-dialog.h"

static void
chorus_recordings_page_analyzed_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The row of the recording says what went wrong. */
  if (!chorus_library_analyze_finish (CHORUS_LIBRARY (object), result, &error))
    g_debug ("A recording could not be analyzed: %s", error->message);
}

static ChorusUpload *
chorus_recordings_page_find_upload (ChorusRecordingsPage *self,
                                    ChorusRecording      *recording)
{
  GListModel *uploads = G_LIST_MODEL (chorus_workspace_get_queue (self->workspace));
  gint64 recording_id = chorus_recording_get_recording_id (recording);
  guint n_items = g_list_model_get_n_items (uploads);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusUpload) upload = g_list_model_get_item (uploads, i);

      if (chorus_upload_get_recording_id (upload) == recording_id)
        return g_steal_pointer (&upload);
    }

  return NULL;
}

static void
chorus_recordings_page_analyze_action (GtkWidget  *widget,
                                       const char *action_name,
                                       GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);

  if (recording == NULL)
    recording = chorus_recording_pane_get_recording (self->recording_pane);

  if (recording != NULL)
    chorus_library_analyze_async (chorus_workspace_get_library (self->workspace), recording, NULL,
                                  chorus_recordings_page_analyzed_cb, NULL);
}

static void
chorus_recordings_page_retry_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);
  g_autoptr (ChorusUpload) upload = NULL;

  if (recording == NULL)
    return;

  upload = chorus_recordings_page_find_upload (self, recording);
  if (upload != NULL && chorus_upload_get_state (upload) != CHORUS_UPLOAD_STATE_SENT)
    chorus_upload_queue_retry (chorus_workspace_get_queue (self->workspace), upload);
  else if (chorus_recording_get_at_service (recording))
    chorus_library_analyze_async (chorus_workspace_get_library (self->workspace), recording, NULL,
                                  chorus_recordings_page_analyzed_cb, NULL);
}

static void
chorus_recordings_page_correct_time_action (GtkWidget  *widget,
                                            const char *action_name,
                                            GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);
  ChorusTimeDialog *dialog;

  if (self->recordings == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->recordings)) == 0)
    return;
  if (recording == NULL)
    recording = chorus_recording_pane_get_recording (self->recording_pane);

  dialog = chorus_time_dialog_new (chorus_workspace_get_library (self->workspace), self->recordings, recording);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chorus_recordings_page_export_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusLibrary *library = chorus_workspace_get_library (self->workspace);
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func (g_object_unref);
  ChorusPlace *place = NULL;
  ChorusExportDialog *dialog;

  if (self->recordings != NULL)
    place = chorus_library_find_place (library, CHORUS_PLACE_DEPLOYMENT,
                                       chorus_recording_list_get_deployment_id (self->recordings));
  if (recording != NULL)
    g_ptr_array_add (recordings, g_object_ref (recording));

  dialog = chorus_export_dialog_new (library, place, recordings);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chorus_recordings_page_show_in_files_action (GtkWidget  *widget,
                                             const char *action_name,
                                             GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());
  g_autofree char *uri = NULL;

  if (bus == NULL || recording == NULL || chorus_recording_get_local_path (recording) == NULL)
    return;

  uri = g_filename_to_uri (chorus_recording_get_local_path (recording), NULL, NULL);
  if (uri == NULL)
    return;

  /* The file manager interface of freedesktop.org, which selects the file. */
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", (const char *[]){ uri, NULL }, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}

static void
chorus_recordings_page_show_all_action (GtkWidget  *widget,
                                        const char *action_name,
                                        GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  chorus_filter_bar_set_filter (self->filter_bar, CHORUS_RECORDING_FILTER_ALL);
}

static void
chorus_recordings_page_whole_page_action (GtkWidget  *widget,
                                          const char *action_name,
                                          GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  if (chorus_recording_pane_get_recording (self->recording_pane) != NULL)
    _chorus_recordings_page_set_whole_page (self, gtk_widget_get_visible (self->list_box));
}

static void
chorus_recordings_page_close_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  _chorus_recordings_page_open (self, NULL);
}

/* With a recording open, the keys of the review also work from the list; only its arrows stay its own. */
static gboolean
chorus_recordings_page_review_key_cb (GtkWidget *widget,
                                      GVariant  *arguments,
                                      gpointer   user_data)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  if (chorus_recording_pane_get_recording (self->recording_pane) == NULL)
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (self->recording_pane), g_variant_get_string (arguments, NULL), NULL);
}

static void
chorus_recordings_page_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_y, 0, "review.confirm" },
    { GDK_KEY_n, 0, "review.reject" },
    { GDK_KEY_u, 0, "review.uncertain" },
    { GDK_KEY_question, 0, "review.uncertain" },
    { GDK_KEY_question, GDK_SHIFT_MASK, "review.uncertain" },
    { GDK_KEY_s, 0, "review.next" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "review.undo" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "recording.save-clip" },
    { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "recording.save-figure" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, chorus_recordings_page_review_key_cb,
                                  "s", keys[i].action);
}

void
_chorus_recordings_page_update_actions (ChorusRecordingsPage *self)
{
  ChorusRecording *recording = _chorus_recordings_page_get_selected (self);
  ChorusRecordingStatus status = recording != NULL ? chorus_recording_get_status (recording) : CHORUS_RECORDING_WAITING;
  gboolean at_service = recording != NULL && chorus_recording_get_at_service (recording);
  gboolean stopped = recording != NULL && (status == CHORUS_RECORDING_FAILED || status == CHORUS_RECORDING_REFUSED);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.analyze",
                                 at_service && status != CHORUS_RECORDING_ANALYZING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.retry", stopped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.show-in-files",
                                 recording != NULL && chorus_recording_get_local_path (recording) != NULL);
}

void
_chorus_recordings_page_class_actions_init (ChorusRecordingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "recordings.analyze", NULL, chorus_recordings_page_analyze_action);
  gtk_widget_class_install_action (widget_class, "recordings.retry", NULL, chorus_recordings_page_retry_action);
  gtk_widget_class_install_action (widget_class, "recordings.correct-time", NULL,
                                   chorus_recordings_page_correct_time_action);
  gtk_widget_class_install_action (widget_class, "recordings.export", NULL, chorus_recordings_page_export_action);
  gtk_widget_class_install_action (widget_class, "recordings.show-in-files", NULL,
                                   chorus_recordings_page_show_in_files_action);
  gtk_widget_class_install_action (widget_class, "recordings.show-all", NULL, chorus_recordings_page_show_all_action);
  gtk_widget_class_install_action (widget_class, "recordings.whole-page", NULL,
                                   chorus_recordings_page_whole_page_action);
  gtk_widget_class_install_action (widget_class, "recordings.close", NULL, chorus_recordings_page_close_action);

  chorus_recordings_page_add_keys (widget_class);
}
