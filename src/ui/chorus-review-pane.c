/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-delayed-spinner.h"
#include "chorus-error-box.h"
#include "chorus-review-pane.h"
#include "chorus-verdict-style.h"
#include "chorus-view-memory.h"

/* What is seen before and after a detection, as a part of its length and at least, in seconds. */
#define CHORUS_REVIEW_PANE_AROUND 1.5
#define CHORUS_REVIEW_PANE_LEAST_AROUND 0.25

struct _ChorusReviewPane
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *confidence_label;
  GtkImage *verdict_image;
  GtkWidget *star_image;
  GtkLabel *held_label;
  GtkLabel *recording_label;
  GtkLabel *time_label;
  GtkStack *stack;
  ChorusRecordingView *view;
  ChorusErrorBox *error_box;

  /* Owned references */
  ChorusLibrary *library;
  ChorusClipLoader *loader;
  ChorusDetection *detection;
  ChorusRecording *recording; /* of what is shown */
  GSettings *settings;
  GSignalGroup *signals;
  GCancellable *cancellable; /* of the recording */

  /* State */
  gboolean opening; /* another recording than is shown */
  gboolean play;    /* as soon as it can be heard */
};

G_DEFINE_FINAL_TYPE (ChorusReviewPane, chorus_review_pane, ADW_TYPE_BIN)

static void
chorus_review_pane_update (ChorusReviewPane *self)
{
  g_autofree char *confidence = NULL;
  double value;
  ChorusVerdict verdict;

  if (self->detection == NULL)
    return;

  value = chorus_detection_get_confidence (self->detection);
  verdict = chorus_detection_get_verdict (self->detection);
  confidence = isfinite (value) ? g_strdup_printf ("%.2f", value) : g_strdup ("–");
  gtk_label_set_text (self->confidence_label, confidence);
  gtk_image_set_from_icon_name (self->verdict_image, chorus_verdict_style_get_icon_name (verdict));
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict_image),
                              (const char *[]){ chorus_verdict_style_get_css_class (verdict), NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->verdict_image), chorus_verdict_style_get_name (verdict));
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_image), verdict != CHORUS_VERDICT_NONE);
  gtk_widget_set_visible (self->star_image, chorus_detection_get_starred (self->detection));
  gtk_label_set_text (self->held_label,
                      chorus_detection_get_renamed (self->detection)
                        ? chorus_detection_get_held_name (self->detection)
                        : (verdict != CHORUS_VERDICT_NONE ? chorus_verdict_style_get_name (verdict) : ""));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chorus_detection_get_display_name (self->detection),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, chorus_verdict_style_get_name (verdict), -1);
}

static void
chorus_review_pane_update_recording (ChorusReviewPane *self)
{
  ChorusRecordingTime *recorded = chorus_recording_get_recorded (self->recording);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (recorded != NULL)
    time = g_date_time_add_seconds (chorus_recording_time_get_time (recorded),
                                    floor (chorus_detection_get_start (self->detection)));
  /* Translators: the time of a detection for g_date_time_format(), such as "4 Jun 2025 05:01:12" */
  text = time != NULL ? g_date_time_format (time, _("%-e %b %Y %H:%M:%S")) : g_strdup ("");
  gtk_label_set_text (self->recording_label, chorus_recording_get_name (self->recording));
  gtk_label_set_text (self->time_label, text);
}

/* The detection with as much around it that its beginning and end stand out. */
static void
chorus_review_pane_reveal (ChorusReviewPane *self)
{
  double start = chorus_detection_get_start (self->detection);
  double end = chorus_detection_get_end (self->detection);
  double around = MAX (CHORUS_REVIEW_PANE_AROUND * (end - start), CHORUS_REVIEW_PANE_LEAST_AROUND);
  ChorusTimeSpan span = { start - around, end + around };

  chorus_view_session_show (chorus_recording_view_get_session (self->view), &span, NULL);
  chorus_recording_view_set_selected_detection (self->view, self->detection);
  chorus_review_pane_update_recording (self);
  gtk_stack_set_visible_child_name (self->stack, "view");
  if (self->play)
    chorus_recording_view_play_detection (self->view, self->detection);
  self->play = FALSE;
}

static void
chorus_review_pane_show_error (ChorusReviewPane *self,
                               const GError     *error)
{
  self->opening = FALSE;
  chorus_error_box_set_error (self->error_box, error);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* The one that is looked at is drawn by the object that its reviewer judges. */
static GListModel *
chorus_review_pane_take_detections (ChorusReviewPane *self,
                                    GListModel       *detections)
{
  GListStore *store = g_list_store_new (CHORUS_TYPE_DETECTION);
  guint n_items = detections != NULL ? g_list_model_get_n_items (detections) : 0;

  g_list_store_append (store, self->detection);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (detections, i);

      if (chorus_detection_get_detection_id (detection) != chorus_detection_get_detection_id (self->detection))
        g_list_store_append (store, detection);
    }

  return G_LIST_MODEL (store);
}

static void
chorus_review_pane_set_detections (ChorusReviewPane *self,
                                   GListModel       *detections)
{
  g_autoptr (GListModel) taken = chorus_review_pane_take_detections (self, detections);

  chorus_recording_view_set_detections (self->view, taken);
  chorus_recording_view_set_selected_detection (self->view, self->detection);
}

static void
chorus_review_pane_detections_loaded_cb (GObject      *object,
                                         GAsyncResult *result,
                                         gpointer      user_data)
{
  g_autoptr (ChorusReviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) detections = chorus_library_load_detections_finish (CHORUS_LIBRARY (object), result, &error);

  /* Without the others the one that is reviewed is still there. */
  if (detections != NULL && self->detection != NULL)
    chorus_review_pane_set_detections (self, detections);
}

void
chorus_review_pane_reload_detections (ChorusReviewPane *self)
{
  g_return_if_fail (CHORUS_IS_REVIEW_PANE (self));

  if (self->recording != NULL)
    chorus_library_load_detections_async (self->library, self->recording, self->cancellable,
                                          chorus_review_pane_detections_loaded_cb, g_object_ref (self));
}

static void
chorus_review_pane_take_source (ChorusReviewPane   *self,
                                ChorusSampleSource *source)
{
  ChorusViewSession *session = chorus_recording_view_get_session (self->view);

  chorus_recording_view_set_recording_name (self->view, chorus_recording_get_name (self->recording));
  chorus_recording_view_set_path (self->view, chorus_recording_get_local_path (self->recording));
  chorus_view_session_set_recorded (session, chorus_recording_get_recorded (self->recording));
  chorus_view_session_set_source (session, source);
  self->opening = FALSE;
  chorus_review_pane_set_detections (self, NULL);
  chorus_review_pane_reveal (self);
  chorus_review_pane_reload_detections (self);
}

static void
chorus_review_pane_source_opened_cb (GObject      *object,
                                     GAsyncResult *result,
                                     gpointer      user_data)
{
  g_autoptr (ChorusReviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_sample_source_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source == NULL)
    {
      chorus_review_pane_show_error (self, error);
      return;
    }

  chorus_clip_loader_forget (self->loader, chorus_recording_get_recording_id (self->recording));
  chorus_review_pane_take_source (self, source);
}

static void
chorus_review_pane_located_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusReviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = chorus_library_locate_audio_finish (CHORUS_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (file != NULL)
    chorus_sample_source_open_async (file, self->cancellable, chorus_review_pane_source_opened_cb, g_object_ref (self));
  else
    chorus_review_pane_show_error (self, error);
}

static void
chorus_review_pane_opened_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusReviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_clip_loader_open_finish (CHORUS_CLIP_LOADER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (source != NULL)
    chorus_review_pane_take_source (self, source);
  else if (g_error_matches (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO))
    chorus_library_locate_audio_async (self->library, self->recording, self->cancellable, chorus_review_pane_located_cb,
                                       g_object_ref (self));
  else
    chorus_review_pane_show_error (self, error);
}

static void
chorus_review_pane_recording_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusReviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecording) recording =
    chorus_library_load_recording_finish (CHORUS_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (recording == NULL)
    {
      chorus_review_pane_show_error (self, error);
      return;
    }

  g_set_object (&self->recording, recording);
  chorus_review_pane_update_recording (self);
  chorus_clip_loader_open_async (self->loader, chorus_recording_get_recording_id (recording), self->cancellable,
                                 chorus_review_pane_opened_cb, g_object_ref (self));
}

static void
chorus_review_pane_open_recording (ChorusReviewPane *self)
{
  /* The view keeps what it shows until there is something else, so that nothing flashes from one clip to the next. */
  self->opening = TRUE;
  chorus_player_pause (chorus_recording_view_get_player (self->view));
  chorus_recording_view_set_detections (self->view, NULL);
  if (self->recording == NULL)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  chorus_library_load_recording_async (self->library, chorus_detection_get_recording_id (self->detection),
                                       self->cancellable, chorus_review_pane_recording_cb, g_object_ref (self));
}

static void
chorus_review_pane_dispose (GObject *object)
{
  ChorusReviewPane *self = CHORUS_REVIEW_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->recording);
  g_clear_object (&self->detection);
  g_clear_object (&self->loader);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_REVIEW_PANE);

  G_OBJECT_CLASS (chorus_review_pane_parent_class)->dispose (object);
}

static void
chorus_review_pane_class_init (ChorusReviewPaneClass *klass)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, "review.confirm" },    { GDK_KEY_Down, "review.reject" }, { GDK_KEY_Right, "review.skip" },
    { GDK_KEY_Left, "review.previous" }, { GDK_KEY_space, "review.play" },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_review_pane_dispose;

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_RECORDING_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-review-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, confidence_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, verdict_image);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, star_image);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, held_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, recording_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, time_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, view);
  gtk_widget_class_bind_template_child (widget_class, ChorusReviewPane, error_box);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
chorus_review_pane_init (ChorusReviewPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  chorus_view_memory_bind (self->settings, chorus_recording_view_get_session (self->view));
  self->signals = g_signal_group_new (CHORUS_TYPE_DETECTION);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_review_pane_update), self,
                                 G_CONNECT_SWAPPED);
}

void
chorus_review_pane_set_sources (ChorusReviewPane *self,
                                ChorusLibrary    *library,
                                ChorusClipLoader *loader)
{
  g_return_if_fail (CHORUS_IS_REVIEW_PANE (self));
  g_return_if_fail ((library == NULL) == (loader == NULL));

  chorus_review_pane_show (self, NULL, FALSE);
  g_set_object (&self->library, library);
  g_set_object (&self->loader, loader);
}

void
chorus_review_pane_show (ChorusReviewPane *self,
                         ChorusDetection  *detection,
                         gboolean          play)
{
  gboolean same;

  g_return_if_fail (CHORUS_IS_REVIEW_PANE (self));
  g_return_if_fail (detection == NULL || (CHORUS_IS_DETECTION (detection) && self->library != NULL));

  same = detection != NULL && self->recording != NULL && !self->opening
         && chorus_recording_get_recording_id (self->recording) == chorus_detection_get_recording_id (detection)
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "view") == 0;

  g_set_object (&self->detection, detection);
  g_signal_group_set_target (self->signals, detection);
  self->play = play;
  if (!same)
    {
      if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  if (detection == NULL)
    {
      self->opening = FALSE;
      g_clear_object (&self->recording);
      chorus_recording_view_set_detections (self->view, NULL);
      chorus_view_session_set_source (chorus_recording_view_get_session (self->view), NULL);
      return;
    }

  chorus_review_pane_update (self);
  if (same)
    {
      chorus_review_pane_set_detections (self, chorus_recording_view_get_detections (self->view));
      chorus_review_pane_reveal (self);
    }
  else
    chorus_review_pane_open_recording (self);
}

ChorusDetection *
chorus_review_pane_get_detection (ChorusReviewPane *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_PANE (self), NULL);

  return self->detection;
}

ChorusRecordingView *
chorus_review_pane_get_view (ChorusReviewPane *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_PANE (self), NULL);

  return self->view;
}

gint64
chorus_review_pane_get_recording_id (ChorusReviewPane *self)
{
  g_return_val_if_fail (CHORUS_IS_REVIEW_PANE (self), 0);

  return self->recording != NULL ? chorus_recording_get_recording_id (self->recording) : 0;
}

void
chorus_review_pane_toggle_play (ChorusReviewPane *self)
{
  g_return_if_fail (CHORUS_IS_REVIEW_PANE (self));

  if (self->detection == NULL || chorus_player_get_playing (chorus_recording_view_get_player (self->view)))
    chorus_recording_view_toggle_play (self->view);
  else
    chorus_recording_view_play_detection (self->view, self->detection);
}
