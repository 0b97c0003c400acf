/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-activity-dialog.h"
#include "chorus-export-dialog.h"
#include "chorus-recordings-page-private.h"
#include "chorus-time-dialog.h"
#include "viewer/chorus-show-in-files.h"

/* Selected recordings that are looked at to see which actions make sense. */
#define CHORUS_RECORDINGS_LOOKED_AT 1000

/* Files that are selected in the file manager: more than that no one looks at. */
#define CHORUS_RECORDINGS_SHOWN_IN_FILES 100

static void
chorus_recordings_page_analyzed_cb (GObject      *object,
                                    GAsyncResult *result,
                                    gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The rows of the recordings say what went wrong. */
  if (!chorus_library_analyze_all_finish (CHORUS_LIBRARY (object), result, NULL, &error))
    g_debug ("Recordings could not be analyzed: %s", error->message);
}

/* What an action is about: what is selected, else what is open. */
static GPtrArray *
chorus_recordings_page_list_meant (ChorusRecordingsPage *self)
{
  GPtrArray *recordings = _chorus_recordings_page_list_selected (self);
  ChorusRecording *opened = chorus_recording_pane_get_recording (self->recording_pane);

  if (recordings->len == 0 && opened != NULL)
    g_ptr_array_add (recordings, g_object_ref (opened));

  return recordings;
}

static void
chorus_recordings_page_analyze (ChorusRecordingsPage *self,
                                GPtrArray            *recordings)
{
  if (recordings->len > 0)
    chorus_library_analyze_several_async (chorus_workspace_get_library (self->workspace), recordings, NULL,
                                          chorus_recordings_page_analyzed_cb, NULL);
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
  g_autoptr (GPtrArray) recordings = chorus_recordings_page_list_meant (self);

  chorus_recordings_page_analyze (self, recordings);
}

static void
chorus_recordings_page_retry_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  g_autoptr (GPtrArray) recordings = _chorus_recordings_page_list_selected (self);
  g_autoptr (GPtrArray) to_analyze = g_ptr_array_new ();

  for (guint i = 0; i < recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i);
      ChorusRecordingStatus status = chorus_recording_get_status (recording);
      g_autoptr (ChorusUpload) upload = NULL;

      if (status != CHORUS_RECORDING_FAILED && status != CHORUS_RECORDING_REFUSED)
        continue;

      upload = chorus_recordings_page_find_upload (self, recording);
      if (upload != NULL && chorus_upload_get_state (upload) != CHORUS_UPLOAD_STATE_SENT)
        chorus_upload_queue_retry (chorus_workspace_get_queue (self->workspace), upload);
      else
        g_ptr_array_add (to_analyze, recording);
    }
  chorus_recordings_page_analyze (self, to_analyze);
}

static void
chorus_recordings_page_correct_time_action (GtkWidget  *widget,
                                            const char *action_name,
                                            GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  g_autoptr (GPtrArray) recordings = NULL;
  ChorusTimeDialog *dialog;

  if (self->recordings == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->recordings)) == 0)
    return;

  recordings = chorus_recordings_page_list_meant (self);
  dialog = chorus_time_dialog_new (chorus_workspace_get_library (self->workspace), self->recordings, recordings);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* An hour of a day, and nothing else. */
static void
chorus_recordings_page_hour_chosen_cb (ChorusRecordingsPage *self,
                                       int                   day,
                                       int                   hour)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_new ();

  filter->first_day = day;
  filter->last_day = day;
  filter->first_hour = hour;
  filter->last_hour = hour;
  _chorus_recordings_page_choose_filter (self, filter);
}

static void
chorus_recordings_page_activity_action (GtkWidget  *widget,
                                        const char *action_name,
                                        GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  ChorusActivityDialog *dialog;

  if (self->recordings == NULL)
    return;

  dialog = chorus_activity_dialog_new (chorus_workspace_get_library (self->workspace),
                                       chorus_recording_list_get_scope (self->recordings));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chorus_recordings_page_hour_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static ChorusPlace *
chorus_recordings_page_find_place (ChorusRecordingsPage *self)
{
  const ChorusScope *scope = self->recordings != NULL ? chorus_recording_list_get_scope (self->recordings) : NULL;
  ChorusPlaceKind kind = CHORUS_PLACE_DEPLOYMENT;

  if (scope == NULL || scope->kind == CHORUS_SCOPE_ALL)
    return NULL;
  if (scope->kind == CHORUS_SCOPE_PROJECT)
    kind = CHORUS_PLACE_PROJECT;
  else if (scope->kind == CHORUS_SCOPE_SITE)
    kind = CHORUS_PLACE_SITE;

  return chorus_library_find_place (chorus_workspace_get_library (self->workspace), kind, scope->id);
}

static void
chorus_recordings_page_export_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  g_autoptr (GPtrArray) recordings = _chorus_recordings_page_list_selected (self);
  ChorusExportDialog *dialog = chorus_export_dialog_new (chorus_workspace_get_library (self->workspace),
                                                         chorus_recordings_page_find_place (self), recordings);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chorus_recordings_page_show_in_files_action (GtkWidget  *widget,
                                             const char *action_name,
                                             GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);
  g_autoptr (GPtrArray) recordings = _chorus_recordings_page_list_selected (self);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (recordings->len, CHORUS_RECORDINGS_SHOWN_IN_FILES); i++)
    {
      const char *path = chorus_recording_get_local_path (g_ptr_array_index (recordings, i));

      if (path != NULL)
        g_ptr_array_add (files, g_file_new_for_path (path));
    }
  chorus_show_all_in_files (files);
}

static void
chorus_recordings_page_show_all_action (GtkWidget  *widget,
                                        const char *action_name,
                                        GVariant   *parameter)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  g_autoptr (ChorusRecordingFilter) all = chorus_recording_filter_new ();

  _chorus_recordings_page_choose_filter (self, all);
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

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
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

static gboolean
chorus_recordings_page_favorite_key_cb (GtkWidget *widget,
                                        GVariant  *arguments,
                                        gpointer   user_data)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (widget);

  if (chorus_recording_pane_get_recording (self->recording_pane) == NULL)
    return FALSE;

  return gtk_widget_activate_action_variant (GTK_WIDGET (self->recording_pane), "review.favorite", arguments);
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
    { GDK_KEY_r, 0, "review.relabel" },
    { GDK_KEY_e, 0, "review.relabel" },
    { GDK_KEY_c, 0, "review.note" },
    { GDK_KEY_a, 0, "review.add" },
    { GDK_KEY_asterisk, 0, "review.star" },
    { GDK_KEY_asterisk, GDK_SHIFT_MASK, "review.star" },
    { GDK_KEY_KP_Multiply, 0, "review.star" },
    { GDK_KEY_Delete, 0, "review.clear" },
    { GDK_KEY_BackSpace, 0, "review.clear" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "review.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "review.redo" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "recording.save-clip" },
    { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "recording.save-figure" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, chorus_recordings_page_review_key_cb,
                                  "s", keys[i].action);
  for (guint i = 1; i <= 9; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + i, 0, chorus_recordings_page_favorite_key_cb, "i", i);
}

void
_chorus_recordings_page_update_actions (ChorusRecordingsPage *self)
{
  g_autoptr (GPtrArray) recordings = NULL;
  gboolean to_analyze = FALSE;
  gboolean stopped = FALSE;
  gboolean here = FALSE;

  /* Of a hundred thousand that are selected not all are looked at: some will do, and each action leaves out the others. */
  recordings = self->n_selected <= CHORUS_RECORDINGS_LOOKED_AT ? _chorus_recordings_page_list_selected (self) : NULL;
  if (recordings == NULL)
    to_analyze = stopped = here = TRUE;

  for (guint i = 0; recordings != NULL && i < recordings->len; i++)
    {
      ChorusRecording *recording = g_ptr_array_index (recordings, i);
      ChorusRecordingStatus status = chorus_recording_get_status (recording);

      to_analyze |= chorus_recording_get_at_service (recording) && status != CHORUS_RECORDING_ANALYZING;
      stopped |= status == CHORUS_RECORDING_FAILED || status == CHORUS_RECORDING_REFUSED;
      here |= chorus_recording_get_local_path (recording) != NULL;
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.analyze", to_analyze);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.retry", stopped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recordings.show-in-files", here);
}

void
_chorus_recordings_page_class_actions_init (ChorusRecordingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "recordings.analyze", NULL, chorus_recordings_page_analyze_action);
  gtk_widget_class_install_action (widget_class, "recordings.retry", NULL, chorus_recordings_page_retry_action);
  gtk_widget_class_install_action (widget_class, "recordings.correct-time", NULL,
                                   chorus_recordings_page_correct_time_action);
  gtk_widget_class_install_action (widget_class, "recordings.activity", NULL, chorus_recordings_page_activity_action);
  gtk_widget_class_install_action (widget_class, "recordings.export", NULL, chorus_recordings_page_export_action);
  gtk_widget_class_install_action (widget_class, "recordings.show-in-files", NULL,
                                   chorus_recordings_page_show_in_files_action);
  gtk_widget_class_install_action (widget_class, "recordings.show-all", NULL, chorus_recordings_page_show_all_action);
  gtk_widget_class_install_action (widget_class, "recordings.whole-page", NULL,
                                   chorus_recordings_page_whole_page_action);
  gtk_widget_class_install_action (widget_class, "recordings.close", NULL, chorus_recordings_page_close_action);

  chorus_recordings_page_add_keys (widget_class);
}
