/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-note-popover.h"
#include "chorus-review-tools.h"
#include "chorus-species-chooser.h"

struct _ChorusReviewTools
{
  GObject parent_instance;

  GtkWidget *chooser;
  GtkWidget *note_popover;
  GSettings *settings;
  ChorusLibrary *library;
  ChorusReview *review;

  /* What a popover was opened for */
  GPtrArray *detections;       /* to be relabeled, or to get a note */
  ChorusResultDetection *what; /* to be added */
  gint64 recording_id;
};

enum
{
  SIGNAL_RELABELED,
  SIGNAL_ADDED,
  SIGNAL_STEPPED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusReviewTools, chorus_review_tools, G_TYPE_OBJECT)

static void
chorus_review_tools_stepped_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusReviewTools) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_review_step_finish (CHORUS_REVIEW (object), result, &error);
  g_signal_emit (self, signals[SIGNAL_STEPPED], 0, error);
}

static void
chorus_review_tools_added_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusReviewTools) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusDetection) detection = chorus_review_add_finish (CHORUS_REVIEW (object), result, &error);

  g_signal_emit (self, signals[SIGNAL_STEPPED], 0, error);
  if (detection != NULL)
    g_signal_emit (self, signals[SIGNAL_ADDED], 0, detection);
}

static void
chorus_review_tools_forget (ChorusReviewTools *self)
{
  g_clear_pointer (&self->detections, g_ptr_array_unref);
  g_clear_pointer (&self->what, chorus_result_detection_free);
}

/* Never canceled: what was said is kept, whatever is closed meanwhile. */
static void
chorus_review_tools_rename (ChorusReviewTools *self,
                            GPtrArray         *detections,
                            const char        *scientific_name,
                            const char        *common_name)
{
  chorus_review_rename_async (self->review, detections, scientific_name, common_name, NULL,
                              chorus_review_tools_stepped_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_RELABELED], 0);
}

static void
chorus_review_tools_chosen_cb (ChorusReviewTools *self,
                               const char        *scientific_name,
                               const char        *common_name)
{
  if (self->review == NULL)
    return;

  if (self->what != NULL)
    {
      self->what->scientific_name = g_strdup (scientific_name);
      self->what->common_name = g_strdup (common_name);
      chorus_review_add_async (self->review, self->recording_id, self->what, NULL, chorus_review_tools_added_cb,
                               g_object_ref (self));
    }
  else if (self->detections != NULL)
    chorus_review_tools_rename (self, self->detections, scientific_name, common_name);
  chorus_review_tools_forget (self);
}

static void
chorus_review_tools_written_cb (ChorusReviewTools *self,
                                const char        *note)
{
  if (self->review != NULL && self->detections != NULL)
    chorus_review_set_note_async (self->review, self->detections, note, NULL, chorus_review_tools_stepped_cb,
                                  g_object_ref (self));
  chorus_review_tools_forget (self);
}

static void
chorus_review_tools_closed_cb (ChorusReviewTools *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
chorus_review_tools_dispose (GObject *object)
{
  ChorusReviewTools *self = CHORUS_REVIEW_TOOLS (object);

  chorus_review_tools_forget (self);
  g_clear_pointer (&self->chooser, gtk_widget_unparent);
  g_clear_pointer (&self->note_popover, gtk_widget_unparent);
  g_clear_object (&self->review);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (chorus_review_tools_parent_class)->dispose (object);
}

static void
chorus_review_tools_class_init (ChorusReviewToolsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_review_tools_dispose;

  signals[SIGNAL_RELABELED] =
    g_signal_new ("relabeled", CHORUS_TYPE_REVIEW_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ADDED] = g_signal_new ("added", CHORUS_TYPE_REVIEW_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);
  signals[SIGNAL_STEPPED] = g_signal_new ("stepped", CHORUS_TYPE_REVIEW_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", CHORUS_TYPE_REVIEW_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chorus_review_tools_init (ChorusReviewTools *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
}

ChorusReviewTools *
chorus_review_tools_new (GtkWidget *relabel_anchor,
                         GtkWidget *note_anchor)
{
  ChorusReviewTools *self = g_object_new (CHORUS_TYPE_REVIEW_TOOLS, NULL);

  self->chooser = chorus_species_chooser_new ();
  g_signal_connect_object (self->chooser, "closed", G_CALLBACK (chorus_review_tools_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_set_position (GTK_POPOVER (self->chooser), GTK_POS_TOP);
  gtk_widget_set_parent (self->chooser, relabel_anchor);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chorus_review_tools_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  self->note_popover = chorus_note_popover_new ();
  g_signal_connect_object (self->note_popover, "closed", G_CALLBACK (chorus_review_tools_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_set_position (GTK_POPOVER (self->note_popover), GTK_POS_TOP);
  gtk_widget_set_parent (self->note_popover, note_anchor);
  g_signal_connect_object (self->note_popover, "written", G_CALLBACK (chorus_review_tools_written_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
chorus_review_tools_set_review (ChorusReviewTools *self,
                                ChorusLibrary     *library,
                                ChorusReview      *review)
{
  g_return_if_fail (CHORUS_IS_REVIEW_TOOLS (self));
  g_return_if_fail ((library == NULL) == (review == NULL));

  chorus_review_tools_forget (self);
  g_set_object (&self->library, library);
  g_set_object (&self->review, review);
}

static void
chorus_review_tools_ask (ChorusReviewTools *self,
                         const char        *title)
{
  chorus_species_chooser_open (CHORUS_SPECIES_CHOOSER (self->chooser), chorus_library_get_store (self->library),
                               chorus_library_get_profile_id (self->library), chorus_review_get_reviewer (self->review),
                               title);
}

void
chorus_review_tools_relabel (ChorusReviewTools *self,
                             GPtrArray         *detections)
{
  g_autofree char *title = NULL;

  g_return_if_fail (CHORUS_IS_REVIEW_TOOLS (self));

  if (self->review == NULL || detections->len == 0)
    return;

  chorus_review_tools_forget (self);
  self->detections = g_ptr_array_ref (detections);
  title =
    detections->len == 1
      ? g_strdup (_("Confirm as Another Species"))
      : g_strdup_printf (ngettext ("Confirm %u as Another Species", "Confirm %u as Another Species", detections->len),
                         detections->len);
  chorus_review_tools_ask (self, title);
}

gboolean
chorus_review_tools_relabel_as_favorite (ChorusReviewTools *self,
                                         GPtrArray         *detections,
                                         guint              number)
{
  g_autoptr (ChorusSpeciesName) favorite = NULL;

  g_return_val_if_fail (CHORUS_IS_REVIEW_TOOLS (self), FALSE);

  if (self->review == NULL || detections->len == 0)
    return FALSE;

  favorite = chorus_species_chooser_dup_favorite (self->settings, number);
  if (favorite == NULL)
    return FALSE;

  chorus_review_tools_rename (self, detections, favorite->scientific_name, favorite->common_name);

  return TRUE;
}

void
chorus_review_tools_write_note (ChorusReviewTools *self,
                                GPtrArray         *detections)
{
  g_return_if_fail (CHORUS_IS_REVIEW_TOOLS (self));

  if (self->review == NULL || detections->len == 0)
    return;

  chorus_review_tools_forget (self);
  self->detections = g_ptr_array_ref (detections);
  chorus_note_popover_open (CHORUS_NOTE_POPOVER (self->note_popover),
                            chorus_detection_get_note (g_ptr_array_index (detections, 0)));
}

void
chorus_review_tools_toggle_star (ChorusReviewTools *self,
                                 GPtrArray         *detections)
{
  gboolean all = TRUE;

  g_return_if_fail (CHORUS_IS_REVIEW_TOOLS (self));

  if (self->review == NULL || detections->len == 0)
    return;

  for (guint i = 0; i < detections->len; i++)
    all = all && chorus_detection_get_starred (g_ptr_array_index (detections, i));
  chorus_review_set_starred_async (self->review, detections, !all, NULL, chorus_review_tools_stepped_cb,
                                   g_object_ref (self));
}

void
chorus_review_tools_add (ChorusReviewTools *self,
                         gint64             recording_id,
                         ChorusViewSession *session)
{
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  g_return_if_fail (CHORUS_IS_REVIEW_TOOLS (self));

  if (self->review == NULL || recording_id == 0)
    return;

  if (!chorus_view_session_get_selection (session, &span, &band))
    {
      g_autoptr (GError) error = g_error_new_literal (
        G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        _("Nothing is selected: draw over the sound in the spectrogram, then add it as a detection."));

      g_signal_emit (self, signals[SIGNAL_STEPPED], 0, error);
      return;
    }

  chorus_review_tools_forget (self);
  self->recording_id = recording_id;
  self->what = chorus_result_detection_new ();
  self->what->start = span.start;
  self->what->end = span.end;
  self->what->confidence = NAN;
  self->what->low = chorus_view_session_has_selected_band (session) ? band.low : NAN;
  self->what->high = chorus_view_session_has_selected_band (session) ? band.high : NAN;
  chorus_review_tools_ask (self, _("Add a Detection That Was Missed"));
}
