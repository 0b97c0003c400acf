/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about clips, and its keys. */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-species-page-private.h"
#include "chorus-statistics-dialog.h"

/* The clip that comes next, or %G_MAXUINT. */
static void
chorus_species_page_advance (ChorusSpeciesPage *self,
                             guint              last,
                             gboolean           one)
{
  gboolean play = one && g_settings_get_boolean (self->settings, "play-after-verdict");
  guint next = chorus_review_queue_find_next (self->queue, last + 1);
  g_autoptr (ChorusDetection) detection = NULL;

  if (next == G_MAXUINT)
    return;

  if (_chorus_species_page_is_single (self))
    {
      _chorus_species_page_show_clip (self, next, play);
      return;
    }

  chorus_clip_grid_select (self->grid, next);
  detection = g_list_model_get_item (G_LIST_MODEL (self->queue), next);
  if (play)
    chorus_clip_player_play (self->player, detection);
}

static void
chorus_species_page_stepped_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_review_step_finish (CHORUS_REVIEW (object), result, &error);
  if (self->workspace != NULL)
    chorus_error_box_set_error (self->error_box, error);
}

static void
chorus_species_page_judge (ChorusSpeciesPage *self,
                           ChorusVerdict      verdict)
{
  guint last = 0;
  g_autoptr (GPtrArray) targets = _chorus_species_page_get_targets (self, &last);

  if (targets->len == 0)
    return;

  /* Never canceled: a verdict that was given is kept, whatever is closed meanwhile. */
  chorus_review_judge_async (chorus_workspace_get_review (self->workspace), targets, verdict, NULL,
                             chorus_species_page_stepped_cb, g_object_ref (self));
  if (verdict != CHORUS_VERDICT_NONE)
    chorus_species_page_advance (self, last, targets->len == 1);
}

static void
chorus_species_page_verdict_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  ChorusVerdict verdict = CHORUS_VERDICT_NONE;

  if (g_str_equal (action_name, "review.confirm"))
    verdict = CHORUS_VERDICT_CONFIRMED;
  else if (g_str_equal (action_name, "review.reject"))
    verdict = CHORUS_VERDICT_REJECTED;
  else if (g_str_equal (action_name, "review.uncertain"))
    verdict = CHORUS_VERDICT_UNCERTAIN;

  chorus_species_page_judge (CHORUS_SPECIES_PAGE (widget), verdict);
}

static void
chorus_species_page_skip_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  guint last = 0;
  g_autoptr (GPtrArray) targets = _chorus_species_page_get_targets (self, &last);

  if (self->queue != NULL && targets->len > 0)
    chorus_species_page_advance (self, last, targets->len == 1);
}

static void
chorus_species_page_previous_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  guint position = self->queue != NULL ? chorus_review_queue_get_position (self->queue) : 0;

  if (position == 0)
    return;

  if (_chorus_species_page_is_single (self))
    _chorus_species_page_show_clip (self, position - 1, g_settings_get_boolean (self->settings, "play-after-verdict"));
  else
    chorus_clip_grid_select (self->grid, position - 1);
}

static void
chorus_species_page_tool_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  g_autoptr (GPtrArray) targets = _chorus_species_page_get_targets (self, NULL);

  if (g_str_equal (action_name, "review.relabel"))
    chorus_review_tools_relabel (self->tools, targets);
  else if (g_str_equal (action_name, "review.note"))
    chorus_review_tools_write_note (self->tools, targets);
  else if (g_str_equal (action_name, "review.star"))
    chorus_review_tools_toggle_star (self->tools, targets);
  else
    chorus_review_tools_relabel_as_favorite (self->tools, targets, (guint) g_variant_get_int32 (parameter));
}

/* A selection is drawn in the view of one clip. */
static void
chorus_species_page_add_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);

  if (_chorus_species_page_is_single (self))
    chorus_review_tools_add (self->tools, chorus_review_pane_get_recording_id (self->review_pane),
                             chorus_recording_view_get_session (chorus_review_pane_get_view (self->review_pane)));
}

static void
chorus_species_page_relabeled_cb (ChorusSpeciesPage *self)
{
  guint last = 0;
  g_autoptr (GPtrArray) targets = _chorus_species_page_get_targets (self, &last);

  if (self->queue != NULL && targets->len > 0)
    chorus_species_page_advance (self, last, targets->len == 1);
}

static void
chorus_species_page_tools_closed_cb (ChorusSpeciesPage *self)
{
  if (_chorus_species_page_is_single (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->review_pane));
  else
    chorus_clip_grid_focus (self->grid);
}

static void
chorus_species_page_tools_stepped_cb (ChorusSpeciesPage *self,
                                      const GError      *error)
{
  if (self->workspace != NULL)
    chorus_error_box_set_error (self->error_box, error);
}

static void
chorus_species_page_added_cb (ChorusSpeciesPage *self)
{
  ChorusViewSession *session = chorus_recording_view_get_session (chorus_review_pane_get_view (self->review_pane));

  chorus_view_session_set_selection (session, NULL, NULL);
  chorus_review_pane_reload_detections (self->review_pane);
}

/* Shows what an undo or a redo was about. */
static void
chorus_species_page_return_to (ChorusSpeciesPage *self,
                               ChorusDetection   *detection)
{
  guint n_items = self->queue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->queue)) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) item = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (chorus_detection_get_detection_id (item) != chorus_detection_get_detection_id (detection))
        continue;
      if (_chorus_species_page_is_single (self))
        _chorus_species_page_show_clip (self, i, FALSE);
      else
        chorus_clip_grid_select (self->grid, i);
      return;
    }
}

static void
chorus_species_page_undone_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusDetection) detection = chorus_review_undo_finish (CHORUS_REVIEW (object), result, &error);

  if (self->workspace == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  if (detection != NULL)
    chorus_species_page_return_to (self, detection);
}

static void
chorus_species_page_redone_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusDetection) detection = chorus_review_redo_finish (CHORUS_REVIEW (object), result, &error);

  if (self->workspace == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  if (detection != NULL)
    chorus_species_page_return_to (self, detection);
}

static void
chorus_species_page_undo_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  ChorusReview *review = chorus_workspace_get_review (self->workspace);

  if (g_str_equal (action_name, "review.undo"))
    chorus_review_undo_async (review, NULL, chorus_species_page_undone_cb, g_object_ref (self));
  else
    chorus_review_redo_async (review, NULL, chorus_species_page_redone_cb, g_object_ref (self));
}

static void
chorus_species_page_play_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  g_autoptr (GPtrArray) targets = NULL;

  if (_chorus_species_page_is_single (self))
    {
      chorus_review_pane_toggle_play (self->review_pane);
      return;
    }

  targets = _chorus_species_page_get_targets (self, NULL);
  if (chorus_clip_player_get_detection (self->player) != NULL)
    chorus_clip_player_stop (self->player);
  else if (targets->len > 0)
    chorus_clip_player_play (self->player, g_ptr_array_index (targets, 0));
}

static void
chorus_species_page_back_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  chorus_species_page_go_back (CHORUS_SPECIES_PAGE (widget));
}

static void
chorus_species_page_show_reviewed_action (GtkWidget  *widget,
                                          const char *action_name,
                                          GVariant   *parameter)
{
  gtk_toggle_button_set_active (CHORUS_SPECIES_PAGE (widget)->unreviewed_button, FALSE);
}

static void
chorus_species_page_use_threshold_cb (ChorusSpeciesPage *self,
                                      double             threshold)
{
  gtk_adjustment_set_value (self->threshold_adjustment, threshold);
}

static void
chorus_species_page_statistics_action (GtkWidget  *widget,
                                       const char *action_name,
                                       GVariant   *parameter)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);
  ChorusLibrary *library = chorus_workspace_get_library (self->workspace);
  ChorusSpecies *species = _chorus_species_page_get_species (self);
  g_auto (GStrv) deployment_ids = _chorus_species_page_dup_deployment_ids (self);
  g_auto (ChorusReviewScope) scope = { 0 };
  ChorusStatisticsDialog *dialog;

  if (species == NULL)
    return;

  chorus_review_scope_init (&scope, chorus_library_get_profile_id (library), (const char *const *) deployment_ids,
                            self->chosen);
  dialog = chorus_statistics_dialog_new (chorus_library_get_store (library), &scope,
                                         chorus_species_get_display_name (species));
  g_signal_connect_object (dialog, "use-threshold", G_CALLBACK (chorus_species_page_use_threshold_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_chorus_species_page_update_actions (ChorusSpeciesPage *self)
{
  static const char *const of_clips[] = { "review.confirm", "review.reject", "review.uncertain", "review.skip",
                                          "review.clear",   "review.star",   "review.play",      "review.previous" };
  ChorusReview *review = self->workspace != NULL ? chorus_workspace_get_review (self->workspace) : NULL;
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean any = review != NULL && self->queue != NULL
                 && (_chorus_species_page_is_single (self) || chorus_clip_grid_get_n_selected (self->grid) > 0);

  for (guint i = 0; i < G_N_ELEMENTS (of_clips); i++)
    gtk_widget_action_set_enabled (widget, of_clips[i], any);
  gtk_widget_action_set_enabled (widget, "review.add", review != NULL && _chorus_species_page_is_single (self));
  gtk_widget_action_set_enabled (widget, "species.statistics", self->workspace != NULL && self->chosen != NULL);
  gtk_widget_action_set_enabled (widget, "review.undo", review != NULL && chorus_review_get_can_undo (review));
  gtk_widget_action_set_enabled (widget, "review.redo", review != NULL && chorus_review_get_can_redo (review));
}

static void
chorus_species_page_add_keys (GtkWidgetClass *widget_class)
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
    { GDK_KEY_s, 0, "review.skip" },
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
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  for (guint i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, 0, "review.favorite", "i", i);
}

void
_chorus_species_page_class_actions_init (ChorusSpeciesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "review.confirm", NULL, chorus_species_page_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.reject", NULL, chorus_species_page_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.uncertain", NULL, chorus_species_page_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.clear", NULL, chorus_species_page_verdict_action);
  gtk_widget_class_install_action (widget_class, "review.skip", NULL, chorus_species_page_skip_action);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, chorus_species_page_previous_action);
  gtk_widget_class_install_action (widget_class, "review.relabel", NULL, chorus_species_page_tool_action);
  gtk_widget_class_install_action (widget_class, "review.favorite", "i", chorus_species_page_tool_action);
  gtk_widget_class_install_action (widget_class, "review.note", NULL, chorus_species_page_tool_action);
  gtk_widget_class_install_action (widget_class, "review.star", NULL, chorus_species_page_tool_action);
  gtk_widget_class_install_action (widget_class, "review.add", NULL, chorus_species_page_add_action);
  gtk_widget_class_install_action (widget_class, "review.undo", NULL, chorus_species_page_undo_action);
  gtk_widget_class_install_action (widget_class, "review.redo", NULL, chorus_species_page_undo_action);
  gtk_widget_class_install_action (widget_class, "review.play", NULL, chorus_species_page_play_action);
  gtk_widget_class_install_action (widget_class, "species.statistics", NULL, chorus_species_page_statistics_action);
  gtk_widget_class_install_action (widget_class, "species.back", NULL, chorus_species_page_back_action);
  gtk_widget_class_install_action (widget_class, "species.show-reviewed", NULL,
                                   chorus_species_page_show_reviewed_action);

  chorus_species_page_add_keys (widget_class);
}

void
_chorus_species_page_actions_init (ChorusSpeciesPage *self)
{
  self->tools = chorus_review_tools_new (chorus_verdict_bar_get_relabel_button (self->verdict_bar),
                                         chorus_verdict_bar_get_note_button (self->verdict_bar));
  g_signal_connect_object (self->tools, "relabeled", G_CALLBACK (chorus_species_page_relabeled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "stepped", G_CALLBACK (chorus_species_page_tools_stepped_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "closed", G_CALLBACK (chorus_species_page_tools_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "added", G_CALLBACK (chorus_species_page_added_cb), self, G_CONNECT_SWAPPED);
}
