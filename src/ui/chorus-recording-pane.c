/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "viewer/chorus-recording-view.h"

#include "chorus-delayed-spinner.h"
#include "chorus-detections-pane.h"
#include "chorus-error-box.h"
#include "chorus-recording-pane.h"
#include "chorus-review-tools.h"
#include "chorus-view-memory.h"

struct _ChorusRecordingPane
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *name_label;
  GtkWidget *synthetic_label;
  GtkLabel *recorded_label;
  GtkWidget *whole_page_button;
  GtkPaned *paned;
  GtkStack *stack;
  ChorusRecordingView *view;
  ChorusErrorBox *error_box;
  GtkWidget *choose_button;
  ChorusDetectionsPane *detections_pane;

  /* Owned references */
  ChorusLibrary *library;
  ChorusReview *review;
  ChorusRecording *recording;
  GSettings *settings;
  ChorusReviewTools *tools;
  GSignalGroup *recording_signals;
  GSignalGroup *review_signals;
  GCancellable *cancellable; /* of the opened recording */
  GtkFileChooserNative *chooser;

  /* State */
  gboolean wants_focus; /* for the detections, once there are any */
  gint64 wanted_id;     /* the detection to select when they have been read, or 0 */
};

G_DEFINE_FINAL_TYPE (ChorusRecordingPane, chorus_recording_pane, ADW_TYPE_BIN)

static void chorus_recording_pane_load_audio (ChorusRecordingPane *self);

static void
chorus_recording_pane_take_focus (ChorusRecordingPane *self)
{
  if (self->wants_focus && chorus_detections_pane_focus_list (self->detections_pane))
    self->wants_focus = FALSE;
}

static void
chorus_recording_pane_show_error (ChorusRecordingPane *self,
                                  const GError        *error)
{
  chorus_error_box_set_error (self->error_box, error);
  gtk_widget_set_visible (self->choose_button,
                          g_error_matches (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO)
                            || g_error_matches (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_DIFFERENT_FILE));
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
chorus_recording_pane_source_opened_cb (GObject      *object,
                                        GAsyncResult *result,
                                        gpointer      user_data)
{
  g_autoptr (ChorusRecordingPane) self = user_data;
  g_autoptr (ChorusSampleSource) source = NULL;
  g_autoptr (ChorusDetection) selected = NULL;
  g_autoptr (GError) error = NULL;
  ChorusViewSession *session;

  source = chorus_sample_source_open_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source == NULL)
    {
      chorus_recording_pane_show_error (self, error);
      return;
    }

  /* A new source takes the selection of the old one with it; the detections may have come first. */
  g_set_object (&selected, chorus_detections_pane_get_selected_detection (self->detections_pane));

  session = chorus_recording_view_get_session (self->view);
  chorus_view_session_set_recorded (session, chorus_recording_get_recorded (self->recording));
  chorus_view_session_set_source (session, source);
  chorus_recording_view_set_selected_detection (self->view, selected);
  gtk_stack_set_visible_child_name (self->stack, "view");
}

static void
chorus_recording_pane_located_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusRecordingPane) self = user_data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  file = chorus_library_locate_audio_finish (CHORUS_LIBRARY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (file == NULL)
    {
      chorus_recording_pane_show_error (self, error);
      return;
    }

  chorus_recording_view_set_path (self->view, g_file_peek_path (file));
  chorus_sample_source_open_async (file, self->cancellable, chorus_recording_pane_source_opened_cb,
                                   g_object_ref (self));
}

static void
chorus_recording_pane_load_audio (ChorusRecordingPane *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  chorus_library_locate_audio_async (self->library, self->recording, self->cancellable,
                                     chorus_recording_pane_located_cb, g_object_ref (self));
}

static void
chorus_recording_pane_detections_loaded_cb (GObject      *object,
                                            GAsyncResult *result,
                                            gpointer      user_data)
{
  g_autoptr (ChorusRecordingPane) self = user_data;
  g_autoptr (GListModel) detections = NULL;
  g_autoptr (GError) error = NULL;

  detections = chorus_library_load_detections_finish (CHORUS_LIBRARY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  chorus_recording_view_set_detections (self->view, detections);
  chorus_detections_pane_set_detections (self->detections_pane, self->recording, detections, self->review);
  if (error != NULL)
    chorus_detections_pane_show_error (self->detections_pane, error);
  if (self->wanted_id != 0)
    chorus_detections_pane_select_id (self->detections_pane, self->wanted_id);
  self->wanted_id = 0;

  chorus_recording_pane_take_focus (self);
  if (self->wants_focus)
    {
      self->wants_focus = FALSE;
      gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
    }
}

static void
chorus_recording_pane_load_detections (ChorusRecordingPane *self)
{
  if (self->recording == NULL)
    return;

  chorus_library_load_detections_async (self->library, self->recording, self->cancellable,
                                        chorus_recording_pane_detections_loaded_cb, g_object_ref (self));
}

static void
chorus_recording_pane_update_title (ChorusRecordingPane *self)
{
  if (self->recording == NULL)
    return;

  gtk_label_set_text (self->name_label, chorus_recording_get_name (self->recording));
  chorus_recording_view_set_recording_name (self->view, chorus_recording_get_name (self->recording));
  gtk_label_set_text (self->recorded_label, chorus_recording_get_recorded_text (self->recording));
  gtk_widget_set_visible (self->synthetic_label, chorus_recording_get_synthetic (self->recording));
}

static void
chorus_recording_pane_update_undo (ChorusRecordingPane *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.undo",
                                 self->review != NULL && chorus_review_get_can_undo (self->review));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.redo",
                                 self->review != NULL && chorus_review_get_can_redo (self->review));
}

/* Something was said, here or elsewhere. What was taken back or brought back with it comes or goes. */
static void
chorus_recording_pane_changed_cb (ChorusRecordingPane *self,
                                  ChorusDetection     *detection)
{
  if (self->recording == NULL
      || chorus_detection_get_recording_id (detection) != chorus_recording_get_recording_id (self->recording))
    return;

  chorus_detections_pane_take_state (self->detections_pane, detection);
  if (chorus_detection_get_origin (detection) == CHORUS_DETECTION_PERSON)
    {
      ChorusDetection *selected = chorus_detections_pane_get_selected_detection (self->detections_pane);

      if (self->wanted_id == 0 && selected != NULL)
        self->wanted_id = chorus_detection_get_detection_id (selected);
      chorus_recording_pane_load_detections (self);
    }
}

static void
chorus_recording_pane_play_cb (ChorusRecordingPane *self,
                               ChorusDetection     *detection)
{
  chorus_recording_view_play_detection (self->view, detection);
}

static void
chorus_recording_pane_verdict_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);
  ChorusVerdict verdict = CHORUS_VERDICT_UNCERTAIN;

  if (g_str_equal (action_name, "review.confirm"))
    verdict = CHORUS_VERDICT_CONFIRMED;
  else if (g_str_equal (action_name, "review.reject"))
    verdict = CHORUS_VERDICT_REJECTED;
  else if (g_str_equal (action_name, "review.clear"))
    verdict = CHORUS_VERDICT_NONE;

  chorus_detections_pane_give_verdict (self->detections_pane, verdict);
}

static void
chorus_recording_pane_step_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);

  chorus_detections_pane_select_relative (self->detections_pane, g_str_equal (action_name, "review.next") ? 1 : -1);
}

/* The actions of the view have keys that work wherever the focus is. */
static void
chorus_recording_pane_save_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);

  gtk_widget_activate_action (GTK_WIDGET (self->view),
                              g_str_equal (action_name, "recording.save-figure") ? "viewer.save-figure"
                                                                                 : "viewer.save-clip",
                              NULL);
}

static void
chorus_recording_pane_undo_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);

  if (g_str_equal (action_name, "review.undo"))
    chorus_detections_pane_undo (self->detections_pane);
  else
    chorus_detections_pane_redo (self->detections_pane);
}

static void
chorus_recording_pane_tool_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);
  ChorusDetection *selected = chorus_detections_pane_get_selected_detection (self->detections_pane);
  g_autoptr (GPtrArray) detections = g_ptr_array_new_with_free_func (g_object_unref);

  if (selected != NULL)
    g_ptr_array_add (detections, g_object_ref (selected));
  if (g_str_equal (action_name, "review.relabel"))
    chorus_review_tools_relabel (self->tools, detections);
  else if (g_str_equal (action_name, "review.note"))
    chorus_review_tools_write_note (self->tools, detections);
  else if (g_str_equal (action_name, "review.star"))
    chorus_review_tools_toggle_star (self->tools, detections);
  else if (g_str_equal (action_name, "review.favorite"))
    chorus_review_tools_relabel_as_favorite (self->tools, detections, (guint) g_variant_get_int32 (parameter));
  else if (self->recording != NULL)
    chorus_review_tools_add (self->tools, chorus_recording_get_recording_id (self->recording),
                             chorus_recording_view_get_session (self->view));
}

static void
chorus_recording_pane_added_cb (ChorusRecordingPane *self,
                                ChorusDetection     *detection)
{
  chorus_view_session_set_selection (chorus_recording_view_get_session (self->view), NULL, NULL);
  self->wanted_id = chorus_detection_get_detection_id (detection);
  chorus_recording_pane_load_detections (self);
}

static void
chorus_recording_pane_stepped_cb (ChorusRecordingPane *self,
                                  const GError        *error)
{
  if (self->recording != NULL)
    chorus_detections_pane_show_error (self->detections_pane, error);
}

static void
chorus_recording_pane_create_tools (ChorusRecordingPane *self)
{
  ChorusVerdictBar *bar = chorus_detections_pane_get_verdict_bar (self->detections_pane);

  self->tools =
    chorus_review_tools_new (chorus_verdict_bar_get_relabel_button (bar), chorus_verdict_bar_get_note_button (bar));
  g_signal_connect_object (self->tools, "relabeled", G_CALLBACK (chorus_detections_pane_advance), self->detections_pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "stepped", G_CALLBACK (chorus_recording_pane_stepped_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "closed", G_CALLBACK (chorus_detections_pane_focus_list), self->detections_pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "added", G_CALLBACK (chorus_recording_pane_added_cb), self, G_CONNECT_SWAPPED);
}

/* In the review the space bar plays the detection that is judged. */
static void
chorus_recording_pane_play_action (GtkWidget  *widget,
                                   const char *action_name,
                                   GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);
  ChorusDetection *detection = chorus_detections_pane_get_selected_detection (self->detections_pane);

  if (detection == NULL || chorus_player_get_playing (chorus_recording_view_get_player (self->view)))
    chorus_recording_view_toggle_play (self->view);
  else
    chorus_recording_view_play_detection (self->view, detection);
}

static void
chorus_recording_pane_load_again_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);

  if (self->recording != NULL)
    chorus_recording_pane_load_audio (self);
}

static void
chorus_recording_pane_original_set_cb (GObject      *object,
                                       GAsyncResult *result,
                                       gpointer      user_data)
{
  g_autoptr (ChorusRecordingPane) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_library_set_original_finish (CHORUS_LIBRARY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->recording == NULL)
    return;

  if (error != NULL)
    chorus_recording_pane_show_error (self, error);
  else
    chorus_recording_pane_load_audio (self);
}

static void
chorus_recording_pane_chosen_cb (ChorusRecordingPane  *self,
                                 int                   response,
                                 GtkFileChooserNative *chooser)
{
  if (response == GTK_RESPONSE_ACCEPT && self->recording != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      chorus_library_set_original_async (self->library, self->recording, file, self->cancellable,
                                         chorus_recording_pane_original_set_cb, g_object_ref (self));
    }

  g_clear_object (&self->chooser);
}

static void
chorus_recording_pane_choose_original_action (GtkWidget  *widget,
                                              const char *action_name,
                                              GVariant   *parameter)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (widget);

  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (_("Choose the Original Recording"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chorus_recording_pane_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
chorus_recording_pane_dispose (GObject *object)
{
  ChorusRecordingPane *self = CHORUS_RECORDING_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  g_clear_object (&self->chooser);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->recording_signals);
  g_clear_object (&self->review_signals);
  g_clear_object (&self->recording);
  g_clear_object (&self->review);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  if (self->tools != NULL)
    g_object_run_dispose (G_OBJECT (self->tools));
  g_clear_object (&self->tools);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_RECORDING_PANE);

  G_OBJECT_CLASS (chorus_recording_pane_parent_class)->dispose (object);
}

/* The letters are keys of the whole page; the arrows judge only where no list or plot has a use of its own for them. */
static void
chorus_recording_pane_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, "review.confirm" },    { GDK_KEY_Down, "review.reject" }, { GDK_KEY_Right, "review.next" },
    { GDK_KEY_Left, "review.previous" }, { GDK_KEY_space, "review.play" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
}

static void
chorus_recording_pane_class_init (ChorusRecordingPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_recording_pane_dispose;

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_DETECTIONS_PANE);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_RECORDING_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-recording-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, synthetic_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, recorded_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, whole_page_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, paned);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, view);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, choose_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingPane, detections_pane);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recording_pane_play_cb);

  gtk_widget_class_install_action (widget_class, "review.confirm", NULL, chorus_recording_pane_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.reject", NULL, chorus_recording_pane_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.uncertain", NULL, chorus_recording_pane_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, chorus_recording_pane_step_action);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, chorus_recording_pane_step_action);
  gtk_widget_class_install_action (widget_class, "review.play", NULL, chorus_recording_pane_play_action);
  gtk_widget_class_install_action (widget_class, "review.clear", NULL, chorus_recording_pane_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.undo", NULL, chorus_recording_pane_undo_action);
  gtk_widget_class_install_action (widget_class, "review.redo", NULL, chorus_recording_pane_undo_action);
  gtk_widget_class_install_action (widget_class, "review.relabel", NULL, chorus_recording_pane_tool_action);
  gtk_widget_class_install_action (widget_class, "review.favorite", "i", chorus_recording_pane_tool_action);
  gtk_widget_class_install_action (widget_class, "review.note", NULL, chorus_recording_pane_tool_action);
  gtk_widget_class_install_action (widget_class, "review.star", NULL, chorus_recording_pane_tool_action);
  gtk_widget_class_install_action (widget_class, "review.add", NULL, chorus_recording_pane_tool_action);
  gtk_widget_class_install_action (widget_class, "recording.load-again", NULL, chorus_recording_pane_load_again_action);
  gtk_widget_class_install_action (widget_class, "recording.save-clip", NULL, chorus_recording_pane_save_action);
  gtk_widget_class_install_action (widget_class, "recording.save-figure", NULL, chorus_recording_pane_save_action);
  gtk_widget_class_install_action (widget_class, "recording.choose-original", NULL,
                                   chorus_recording_pane_choose_original_action);

  chorus_recording_pane_add_keys (widget_class);
}

static void
chorus_recording_pane_init (ChorusRecordingPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  chorus_view_memory_bind (self->settings, chorus_recording_view_get_session (self->view));
  g_settings_bind (self->settings, "minimum-confidence", self->detections_pane, "minimum-confidence",
                   G_SETTINGS_BIND_DEFAULT);

  self->recording_signals = g_signal_group_new (CHORUS_TYPE_RECORDING);
  g_signal_group_connect_object (self->recording_signals, "notify::run-id",
                                 G_CALLBACK (chorus_recording_pane_load_detections), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->recording_signals, "notify", G_CALLBACK (chorus_recording_pane_update_title),
                                 self, G_CONNECT_SWAPPED);

  self->review_signals = g_signal_group_new (CHORUS_TYPE_REVIEW);
  g_signal_group_connect_object (self->review_signals, "notify", G_CALLBACK (chorus_recording_pane_update_undo), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->review_signals, "changed", G_CALLBACK (chorus_recording_pane_changed_cb), self,
                                 G_CONNECT_SWAPPED);
  chorus_recording_pane_create_tools (self);
  chorus_recording_pane_update_undo (self);

  g_object_bind_property (self->view, "selected-detection", self->detections_pane, "selected-detection",
                          G_BINDING_BIDIRECTIONAL);
}

ChorusRecording *
chorus_recording_pane_get_recording (ChorusRecordingPane *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_PANE (self), NULL);

  return self->recording;
}

void
chorus_recording_pane_open (ChorusRecordingPane *self,
                            ChorusLibrary       *library,
                            ChorusReview        *review,
                            ChorusRecording     *recording)
{
  g_return_if_fail (CHORUS_IS_RECORDING_PANE (self));
  g_return_if_fail (recording == NULL || CHORUS_IS_RECORDING (recording));
  g_return_if_fail (recording == NULL || CHORUS_IS_LIBRARY (library));

  if (self->recording == recording && self->review == review)
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_set_object (&self->library, library);
  g_set_object (&self->review, review);
  g_set_object (&self->recording, recording);
  self->wants_focus = FALSE;
  self->wanted_id = 0;
  chorus_review_tools_set_review (self->tools, review != NULL ? library : NULL, library != NULL ? review : NULL);
  g_signal_group_set_target (self->recording_signals, recording);
  g_signal_group_set_target (self->review_signals, review);

  chorus_recording_view_set_detections (self->view, NULL);
  chorus_detections_pane_set_detections (self->detections_pane, recording, NULL, review);
  chorus_view_session_set_source (chorus_recording_view_get_session (self->view), NULL);
  chorus_recording_pane_update_undo (self);

  if (recording != NULL)
    {
      chorus_recording_pane_update_title (self);
      chorus_recording_pane_load_audio (self);
      chorus_recording_pane_load_detections (self);
    }
}

void
chorus_recording_pane_set_whole_page (ChorusRecordingPane *self,
                                      gboolean             whole_page)
{
  g_return_if_fail (CHORUS_IS_RECORDING_PANE (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->whole_page_button),
                            whole_page ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->whole_page_button, whole_page ? _("Return to the List (Escape)")
                                                                   : _("Give the Recording the Whole Page (Return)"));
}

void
chorus_recording_pane_focus_review (ChorusRecordingPane *self)
{
  g_return_if_fail (CHORUS_IS_RECORDING_PANE (self));

  self->wants_focus = TRUE;
  chorus_recording_pane_take_focus (self);
}
