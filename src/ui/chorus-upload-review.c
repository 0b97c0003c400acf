/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "upload/chorus-upload-summary.h"

#include "chorus-upload-review.h"

/* The numbers are counted again at most this often, and never for more than a small part of the time: a card may hold
 * tens of thousands of recordings. */
#define CHORUS_UPLOAD_REVIEW_MIN_MS 200
#define CHORUS_UPLOAD_REVIEW_SHARE 40

/* More deployments than this are counted, not named. */
#define CHORUS_UPLOAD_REVIEW_NAMES 3

struct _ChorusUploadReview
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title_label;
  GtkLabel *what_label;
  GtkLabel *left_out_label;
  GtkLabel *warnings_label;
  GtkProgressBar *progress_bar;
  GtkWidget *discard_button;
  GtkWidget *upload_button;

  /* Owned references */
  ChorusWorkspace *workspace;
  GSignalGroup *queue_signals;

  /* State */
  guint update_id;
  guint wait; /* before the next count, in milliseconds */
};

G_DEFINE_FINAL_TYPE (ChorusUploadReview, chorus_upload_review, ADW_TYPE_BIN)

static char *
chorus_upload_review_dup_places (ChorusUploadReview *self,
                                 GPtrArray          *deployment_ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (deployment_ids->len > CHORUS_UPLOAD_REVIEW_NAMES)
    return g_strdup_printf (ngettext ("%u deployment", "%u deployments", deployment_ids->len), deployment_ids->len);

  for (guint i = 0; i < deployment_ids->len; i++)
    {
      g_autofree char *name =
        chorus_workspace_dup_deployment_name (self->workspace, g_ptr_array_index (deployment_ids, i));

      if (name == NULL)
        continue;
      if (text->len > 0)
        /* Translators: stands between the names of deployments, as in "North, Site A and River, Site B" */
        g_string_append (text, _(" and "));
      g_string_append (text, name);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
chorus_upload_review_set_line (GtkLabel   *label,
                               const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
chorus_upload_review_show_title (ChorusUploadReview        *self,
                                 const ChorusUploadSummary *summary)
{
  gboolean checking = summary->n_checked < summary->n_recordings;
  g_autofree char *title = NULL;

  if (checking)
    /* Translators: how many of the recordings have been checked, such as "Checking 120 of 214" */
    title = g_strdup_printf (_("Checking %'u of %'u"), summary->n_checked + 1, summary->n_recordings);
  else
    title = g_strdup (summary->n_ready > 0 ? _("Ready to Upload") : _("Nothing to Upload"));

  gtk_label_set_text (self->title_label, title);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress_bar), checking ? 1 : 0);
  gtk_progress_bar_set_fraction (self->progress_bar, (double) summary->n_checked / MAX (summary->n_recordings, 1));
}

static void
chorus_upload_review_show_button (ChorusUploadReview        *self,
                                  const ChorusUploadSummary *summary)
{
  g_autofree char *label = NULL;

  if (summary->n_checked < summary->n_recordings)
    label = g_strdup (_("Upload When Checked"));
  else
    label =
      g_strdup_printf (ngettext ("Upload %'u Recording", "Upload %'u Recordings", summary->n_ready), summary->n_ready);

  gtk_button_set_label (GTK_BUTTON (self->upload_button), label);
  gtk_widget_set_visible (self->upload_button, summary->n_ready > 0 || summary->n_checked < summary->n_recordings);
}

static void
chorus_upload_review_update (ChorusUploadReview *self)
{
  ChorusUploadQueue *queue = self->workspace != NULL ? chorus_workspace_get_queue (self->workspace) : NULL;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (ChorusUploadSummary) summary = NULL;
  g_autofree char *places = NULL;
  g_autofree char *what = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *warnings = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), queue != NULL && chorus_upload_queue_get_totals (queue)->n_unapproved > 0);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  summary = chorus_upload_summary_new (G_LIST_MODEL (queue));
  places = chorus_upload_review_dup_places (self, summary->deployment_ids);
  what = chorus_upload_summary_describe (summary, places);
  left_out = chorus_upload_summary_describe_left_out (summary);
  warnings = chorus_upload_summary_describe_warnings (summary);

  chorus_upload_review_show_title (self, summary);
  chorus_upload_review_set_line (self->what_label, what);
  chorus_upload_review_set_line (self->left_out_label, left_out);
  chorus_upload_review_set_line (self->warnings_label, warnings);
  chorus_upload_review_show_button (self, summary);

  self->wait =
    (guint) MAX (CHORUS_UPLOAD_REVIEW_MIN_MS, (g_get_monotonic_time () - begin) * CHORUS_UPLOAD_REVIEW_SHARE / 1000);
}

static gboolean
chorus_upload_review_update_cb (gpointer user_data)
{
  ChorusUploadReview *self = user_data;

  self->update_id = 0;
  chorus_upload_review_update (self);

  return G_SOURCE_REMOVE;
}

static void
chorus_upload_review_queue_update (ChorusUploadReview *self)
{
  /* Sending changes nothing here, and most changes come from sending. */
  if (self->update_id == 0
      && (gtk_widget_get_visible (GTK_WIDGET (self))
          || chorus_upload_queue_get_totals (chorus_workspace_get_queue (self->workspace))->n_unapproved > 0))
    self->update_id = g_timeout_add (self->wait, chorus_upload_review_update_cb, self);
}

static void
chorus_upload_review_dispose (GObject *object)
{
  ChorusUploadReview *self = CHORUS_UPLOAD_REVIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->queue_signals);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_UPLOAD_REVIEW);

  G_OBJECT_CLASS (chorus_upload_review_parent_class)->dispose (object);
}

static void
chorus_upload_review_class_init (ChorusUploadReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_upload_review_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-upload-review.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, title_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, what_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, left_out_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, warnings_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, discard_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusUploadReview, upload_button);
}

static void
chorus_upload_review_init (ChorusUploadReview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->wait = CHORUS_UPLOAD_REVIEW_MIN_MS;
  self->queue_signals = g_signal_group_new (CHORUS_TYPE_UPLOAD_QUEUE);
  g_signal_group_connect_object (self->queue_signals, "items-changed", G_CALLBACK (chorus_upload_review_queue_update),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "recording-changed",
                                 G_CALLBACK (chorus_upload_review_queue_update), self, G_CONNECT_SWAPPED);
}

void
chorus_upload_review_set_workspace (ChorusUploadReview *self,
                                    ChorusWorkspace    *workspace)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_REVIEW (self));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_signal_group_set_target (self->queue_signals, workspace != NULL ? chorus_workspace_get_queue (workspace) : NULL);
  g_set_object (&self->workspace, workspace);
  chorus_upload_review_update (self);
}

void
chorus_upload_review_focus (ChorusUploadReview *self)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_REVIEW (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->upload_button) ? self->upload_button : self->discard_button);
}
