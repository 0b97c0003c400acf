/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"
#include "viewer/chorus-clip-picture.h"

#include "chorus-clip-cell.h"
#include "chorus-verdict-style.h"

/* How long the pointer rests on a clip before it is heard. */
#define CHORUS_CLIP_CELL_REST_MS 150

struct _ChorusClipCell
{
  GtkWidget parent_instance;

  /* Borrowed: children */
  GtkWidget *overlay;
  GtkWidget *picture;
  GtkLabel *message_label;
  GtkImage *verdict_image;
  GtkImage *star_image;
  GtkLabel *name_label;
  GtkWidget *caption_box;
  GtkLabel *confidence_label;
  GtkLabel *recording_label;
  GtkLabel *time_label;

  /* Owned references */
  ChorusLibrary *library;
  ChorusClipLoader *loader;
  ChorusClipPlayer *player;
  ChorusDetection *detection;
  ChorusRecording *recording;
  GSignalGroup *detection_signals;
  GSignalGroup *player_signals;
  GCancellable *cancellable; /* of what is shown */

  /* State */
  guint rest_id;
  gboolean hovered; /* the pointer has come to rest here */
};

enum
{
  SIGNAL_HOVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusClipCell, chorus_clip_cell, GTK_TYPE_WIDGET)

/* The clock at the beginning of the detection or, where nobody knows when it was recorded, how far into the recording. */
static char *
chorus_clip_cell_dup_time (ChorusClipCell *self)
{
  ChorusRecordingTime *recorded = self->recording != NULL ? chorus_recording_get_recorded (self->recording) : NULL;
  double start = chorus_detection_get_start (self->detection);
  g_autoptr (GDateTime) time = NULL;

  if (recorded != NULL)
    time = g_date_time_add_seconds (chorus_recording_time_get_time (recorded), floor (start));

  /* Translators: the time of a detection for g_date_time_format(), such as "4 Jun 05:01:12" */
  return time != NULL ? g_date_time_format (time, _("%-e %b %H:%M:%S")) : chorus_text_from_duration (start);
}

static void
chorus_clip_cell_update_name (ChorusClipCell *self)
{
  g_autofree char *confidence = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  double value;
  ChorusVerdict verdict;
  const char *recording;
  const char *said;

  if (self->detection == NULL)
    return;

  value = chorus_detection_get_confidence (self->detection);
  verdict = chorus_detection_get_verdict (self->detection);
  recording = self->recording != NULL ? chorus_recording_get_name (self->recording) : "";
  said = chorus_detection_get_renamed (self->detection) ? chorus_detection_get_held_name (self->detection)
                                                        : chorus_verdict_style_get_name (verdict);
  confidence = isfinite (value) ? g_strdup_printf ("%.2f", value) : g_strdup ("–");
  time = chorus_clip_cell_dup_time (self);

  gtk_label_set_text (self->confidence_label, confidence);
  gtk_label_set_text (self->recording_label, recording);
  gtk_label_set_text (self->time_label, time);
  gtk_widget_set_tooltip_text (self->caption_box, recording);

  /* Translators: a clip as a screen reader says it: what was said about it, its confidence, recording and time */
  text = g_strdup_printf (_("%s, confidence %s, %s, %s"), said, confidence, recording, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
chorus_clip_cell_update_state (ChorusClipCell *self)
{
  ChorusVerdict verdict;
  gboolean renamed;
  const char *note;

  if (self->detection == NULL)
    return;

  verdict = chorus_detection_get_verdict (self->detection);
  renamed = chorus_detection_get_renamed (self->detection);
  note = chorus_detection_get_note (self->detection);

  gtk_image_set_from_icon_name (self->verdict_image, chorus_verdict_style_get_icon_name (verdict));
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict_image),
                              (const char *[]){ "clip-badge", chorus_verdict_style_get_css_class (verdict), NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->verdict_image), chorus_verdict_style_get_name (verdict));
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_image), verdict != CHORUS_VERDICT_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self->star_image), chorus_detection_get_starred (self->detection));
  gtk_label_set_text (self->name_label,
                      renamed ? chorus_detection_get_held_name (self->detection) : (note != NULL ? note : ""));
  gtk_widget_set_visible (GTK_WIDGET (self->name_label), renamed || note != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), note);

  if (verdict == CHORUS_VERDICT_REJECTED)
    gtk_widget_add_css_class (self->overlay, "rejected");
  else
    gtk_widget_remove_css_class (self->overlay, "rejected");

  chorus_clip_cell_update_name (self);
}

static void
chorus_clip_cell_show_message (ChorusClipCell *self,
                               const char     *text,
                               const char     *tooltip)
{
  gtk_label_set_text (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message_label), tooltip);
}

static void
chorus_clip_cell_loaded_cb (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (ChorusClipCell) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusClipImage) image = chorus_clip_loader_load_finish (CHORUS_CLIP_LOADER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (image != NULL)
    {
      chorus_clip_picture_set_image (CHORUS_CLIP_PICTURE (self->picture), image, self->detection);
      chorus_clip_cell_show_message (self, NULL, NULL);
    }
  else if (g_error_matches (error, CHORUS_LIBRARY_ERROR, CHORUS_LIBRARY_ERROR_NO_AUDIO))
    chorus_clip_cell_show_message (self, _("Not on this computer"), error->message);
  else
    chorus_clip_cell_show_message (self, _("Cannot be read"), error->message);
}

static void
chorus_clip_cell_load (ChorusClipCell *self)
{
  guint factor = (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint width = CHORUS_CLIP_PICTURE_WIDTH * factor;
  guint height = CHORUS_CLIP_PICTURE_HEIGHT * factor;
  ChorusClipImage *image;

  if (self->detection == NULL)
    return;

  chorus_clip_cell_show_message (self, NULL, NULL);
  image = chorus_clip_loader_lookup (self->loader, self->detection, width, height);
  chorus_clip_picture_set_image (CHORUS_CLIP_PICTURE (self->picture), image, image != NULL ? self->detection : NULL);
  if (image == NULL)
    chorus_clip_loader_load_async (self->loader, self->detection, width, height, self->cancellable,
                                   chorus_clip_cell_loaded_cb, g_object_ref (self));
}

static void
chorus_clip_cell_recording_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusClipCell) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusRecording) recording =
    chorus_library_load_recording_finish (CHORUS_LIBRARY (object), result, &error);

  if (recording == NULL)
    return;

  g_set_object (&self->recording, recording);
  chorus_clip_cell_update_name (self);
}

static void
chorus_clip_cell_played_cb (ChorusClipCell *self)
{
  gboolean mine = self->player != NULL && self->detection != NULL
                  && chorus_clip_player_get_detection (self->player) != NULL
                  && chorus_detection_get_detection_id (chorus_clip_player_get_detection (self->player))
                       == chorus_detection_get_detection_id (self->detection);

  chorus_clip_picture_set_position (CHORUS_CLIP_PICTURE (self->picture),
                                    mine ? chorus_clip_player_get_position (self->player) : NAN);
}

static gboolean
chorus_clip_cell_rest_cb (gpointer user_data)
{
  ChorusClipCell *self = user_data;

  self->rest_id = 0;
  self->hovered = TRUE;
  g_signal_emit (self, signals[SIGNAL_HOVER], 0, TRUE);

  return G_SOURCE_REMOVE;
}

/* Not when the pointer enters: clips also move under it when the keys scroll the grid. */
static void
chorus_clip_cell_motion_cb (ChorusClipCell *self)
{
  if (!self->hovered && self->rest_id == 0)
    self->rest_id = g_timeout_add (CHORUS_CLIP_CELL_REST_MS, chorus_clip_cell_rest_cb, self);
}

static void
chorus_clip_cell_leave_cb (ChorusClipCell *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (!self->hovered)
    return;

  self->hovered = FALSE;
  g_signal_emit (self, signals[SIGNAL_HOVER], 0, FALSE);
}

static void
chorus_clip_cell_create_overlay (ChorusClipCell *self)
{
  self->overlay = gtk_overlay_new ();
  gtk_widget_set_halign (self->overlay, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->overlay, "clip");

  self->picture = chorus_clip_picture_new ();
  gtk_widget_add_css_class (self->picture, "clip-picture");
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->picture);

  self->message_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->message_label), "dim-label");
  gtk_widget_set_halign (GTK_WIDGET (self->message_label), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->message_label), GTK_ALIGN_CENTER);
  gtk_label_set_wrap (self->message_label, TRUE);
  gtk_label_set_justify (self->message_label, GTK_JUSTIFY_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->message_label));

  self->verdict_image = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->verdict_image), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->verdict_image), GTK_ALIGN_START);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->verdict_image));

  self->star_image = GTK_IMAGE (gtk_image_new_from_icon_name ("starred-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->star_image), "clip-badge");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->star_image), _("Good Example"));
  gtk_widget_set_halign (GTK_WIDGET (self->star_image), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->star_image), GTK_ALIGN_START);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->star_image));

  self->name_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "clip-name");
  gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "caption");
  gtk_widget_set_halign (GTK_WIDGET (self->name_label), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->name_label), GTK_ALIGN_END);
  gtk_label_set_ellipsize (self->name_label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->name_label, TRUE);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->name_label));
}

static void
chorus_clip_cell_create_caption (ChorusClipCell *self)
{
  self->caption_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->caption_box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->caption_box, CHORUS_CLIP_PICTURE_WIDTH, -1);

  self->confidence_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->confidence_label), "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->confidence_label), "numeric");
  gtk_box_append (GTK_BOX (self->caption_box), GTK_WIDGET (self->confidence_label));

  self->recording_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->recording_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->recording_label), "dim-label");
  gtk_label_set_ellipsize (self->recording_label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->recording_label, 0);
  gtk_label_set_max_width_chars (self->recording_label, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->recording_label), TRUE);
  gtk_box_append (GTK_BOX (self->caption_box), GTK_WIDGET (self->recording_label));

  self->time_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "dim-label");
  gtk_box_append (GTK_BOX (self->caption_box), GTK_WIDGET (self->time_label));
}

static void
chorus_clip_cell_dispose (GObject *object)
{
  ChorusClipCell *self = CHORUS_CLIP_CELL (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->detection_signals);
  g_clear_object (&self->player_signals);
  g_clear_object (&self->detection);
  g_clear_object (&self->recording);
  g_clear_object (&self->player);
  g_clear_object (&self->loader);
  g_clear_object (&self->library);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->caption_box, gtk_widget_unparent);

  G_OBJECT_CLASS (chorus_clip_cell_parent_class)->dispose (object);
}

static void
chorus_clip_cell_class_init (ChorusClipCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_clip_cell_dispose;

  signals[SIGNAL_HOVER] = g_signal_new ("hover", CHORUS_TYPE_CLIP_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
chorus_clip_cell_init (ChorusClipCell *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  chorus_clip_cell_create_overlay (self);
  chorus_clip_cell_create_caption (self);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_set_parent (self->caption_box, GTK_WIDGET (self));

  g_signal_connect_object (motion, "motion", G_CALLBACK (chorus_clip_cell_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (chorus_clip_cell_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->overlay, motion);

  self->detection_signals = g_signal_group_new (CHORUS_TYPE_DETECTION);
  g_signal_group_connect_object (self->detection_signals, "notify", G_CALLBACK (chorus_clip_cell_update_state), self,
                                 G_CONNECT_SWAPPED);
  self->player_signals = g_signal_group_new (CHORUS_TYPE_CLIP_PLAYER);
  g_signal_group_connect_object (self->player_signals, "notify", G_CALLBACK (chorus_clip_cell_played_cb), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_clip_cell_new (ChorusLibrary    *library,
                      ChorusClipLoader *loader,
                      ChorusClipPlayer *player)
{
  ChorusClipCell *self = g_object_new (CHORUS_TYPE_CLIP_CELL, NULL);

  g_set_object (&self->library, library);
  g_set_object (&self->loader, loader);
  g_set_object (&self->player, player);
  g_signal_connect_object (loader, "changed", G_CALLBACK (chorus_clip_cell_load), self, G_CONNECT_SWAPPED);
  g_signal_group_set_target (self->player_signals, player);

  return GTK_WIDGET (self);
}

ChorusDetection *
chorus_clip_cell_get_detection (ChorusClipCell *self)
{
  g_return_val_if_fail (CHORUS_IS_CLIP_CELL (self), NULL);

  return self->detection;
}

void
chorus_clip_cell_set_detection (ChorusClipCell  *self,
                                ChorusDetection *detection)
{
  g_return_if_fail (CHORUS_IS_CLIP_CELL (self));
  g_return_if_fail (detection == NULL || CHORUS_IS_DETECTION (detection));

  if (!g_set_object (&self->detection, detection))
    return;

  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->hovered = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->recording);
  g_signal_group_set_target (self->detection_signals, detection);
  chorus_clip_picture_set_image (CHORUS_CLIP_PICTURE (self->picture), NULL, NULL);
  if (detection == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  chorus_library_load_recording_async (self->library, chorus_detection_get_recording_id (detection), self->cancellable,
                                       chorus_clip_cell_recording_cb, g_object_ref (self));
  chorus_clip_cell_update_state (self);
  chorus_clip_cell_load (self);
  chorus_clip_cell_played_cb (self);
}
