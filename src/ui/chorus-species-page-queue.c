/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The detections of the chosen species, in the order in which they are reviewed, as a grid or one at a time. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "chorus-species-page-private.h"

/* How long the slider rests before its threshold is kept, and a number that is typed before it counts. */
#define CHORUS_SPECIES_PAGE_REST_MS 300

gboolean
_chorus_species_page_is_single (ChorusSpeciesPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->review_stack), "single") == 0;
}

GPtrArray *
_chorus_species_page_get_targets (ChorusSpeciesPage *self,
                                  guint             *last)
{
  g_autoptr (GPtrArray) targets = NULL;

  if (self->queue == NULL || !_chorus_species_page_is_single (self))
    return self->queue != NULL ? chorus_clip_grid_get_selected (self->grid, last)
                               : g_ptr_array_new_with_free_func (g_object_unref);

  targets = g_ptr_array_new_with_free_func (g_object_unref);
  if (chorus_review_pane_get_detection (self->review_pane) != NULL)
    g_ptr_array_add (targets, g_object_ref (chorus_review_pane_get_detection (self->review_pane)));
  if (last != NULL)
    *last = chorus_review_queue_get_position (self->queue);

  return g_steal_pointer (&targets);
}

void
_chorus_species_page_update_counts (ChorusSpeciesPage *self)
{
  ChorusSpecies *species = _chorus_species_page_get_species (self);
  const char *scientific_name = species != NULL ? chorus_species_get_scientific_name (species) : NULL;
  const char *name = species != NULL ? chorus_species_get_display_name (species) : "";
  guint n_total = self->queue != NULL ? (guint) chorus_review_queue_get_n_total (self->queue) : 0;
  guint n_left = self->queue != NULL ? (guint) chorus_review_queue_get_n_left (self->queue) : 0;
  guint n_selected = chorus_clip_grid_get_n_selected (self->grid);
  g_autofree char *left = NULL;

  gtk_label_set_text (self->title_label, name);
  gtk_label_set_text (self->scientific_label, g_strcmp0 (scientific_name, name) != 0 ? scientific_name : NULL);

  if (n_selected > 1 && !_chorus_species_page_is_single (self))
    /* Translators: how many clips are selected, and how many of all have no verdict */
    left = g_strdup_printf (_("%u selected, %u of %u left"), n_selected, n_left, n_total);
  else if (n_total > 0)
    /* Translators: how many of the detections have no verdict, such as "12 of 40 left" */
    left = g_strdup_printf (_("%u of %u left"), n_left, n_total);
  gtk_label_set_text (self->left_label, left);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 n_total > 0 ? (double) (n_total - MIN (n_left, n_total)) / n_total : 0.0);
}

static void
chorus_species_page_queue_changed_cb (ChorusSpeciesPage *self)
{
  _chorus_species_page_update_counts (self);
  _chorus_species_page_update_actions (self);
}

static void
chorus_species_page_selected_cb (ChorusSpeciesPage *self)
{
  guint last = 0;
  g_autoptr (GPtrArray) targets = _chorus_species_page_get_targets (self, &last);

  if (self->queue != NULL && targets->len == 1 && !self->updating && !_chorus_species_page_is_single (self))
    chorus_review_queue_set_position (self->queue, last);
  chorus_verdict_bar_set_detection (self->verdict_bar, targets->len == 1 ? g_ptr_array_index (targets, 0) : NULL);
  chorus_species_page_queue_changed_cb (self);
}

static void
chorus_species_page_show_queue (ChorusSpeciesPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0;
  ChorusSpecies *species = _chorus_species_page_get_species (self);

  if (empty && gtk_toggle_button_get_active (self->unreviewed_button)
      && chorus_review_queue_get_n_total (self->queue) > 0)
    {
      g_autofree char *escaped =
        g_markup_escape_text (species != NULL ? chorus_species_get_display_name (species) : "", -1);
      /* Translators: %s is a species */
      g_autofree char *text = g_strdup_printf (_("Every detection of %s has a verdict."), escaped);

      adw_status_page_set_description (self->all_reviewed_page, text);
      gtk_stack_set_visible_child_name (self->review_stack, "all-reviewed");
    }
  else
    gtk_stack_set_visible_child_name (self->review_stack, empty ? "none" : "grid");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_bar), !empty);
}

static void
chorus_species_page_total_cb (ChorusSpeciesPage *self)
{
  chorus_species_page_queue_changed_cb (self);
  if (self->queue != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->review_stack), "loading") != 0)
    chorus_species_page_show_queue (self);
}

void
_chorus_species_page_take_focus (ChorusSpeciesPage *self)
{
  if (!self->wants_focus || self->queue == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->queue)) == 0)
    return;

  self->wants_focus = FALSE;
  if (_chorus_species_page_is_single (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->review_pane));
  else
    chorus_clip_grid_focus (self->grid);
}

static void
chorus_species_page_opened_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  ChorusReviewQueue *queue = CHORUS_REVIEW_QUEUE (object);
  g_autoptr (GError) error = NULL;

  chorus_review_queue_open_finish (queue, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || queue != self->queue)
    return;

  chorus_error_box_set_error (self->error_box, error);
  chorus_clip_grid_set_model (self->grid, G_LIST_MODEL (queue));
  chorus_species_page_show_queue (self);
  chorus_clip_grid_select (self->grid, chorus_review_queue_get_position (queue));
  chorus_species_page_queue_changed_cb (self);
  _chorus_species_page_take_focus (self);
}

static ChorusReviewQueueSpec *
chorus_species_page_create_spec (ChorusSpeciesPage *self)
{
  ChorusLibrary *library = chorus_workspace_get_library (self->workspace);
  g_auto (GStrv) deployment_ids = _chorus_species_page_dup_deployment_ids (self);
  ChorusReviewQueueSpec *spec = chorus_review_queue_spec_new (chorus_library_get_profile_id (library),
                                                              (const char *const *) deployment_ids, self->chosen);

  spec->order = (ChorusReviewOrder) gtk_drop_down_get_selected (self->order_drop_down);
  spec->only_unreviewed = gtk_toggle_button_get_active (self->unreviewed_button);
  spec->reviewer = g_strdup (chorus_review_get_reviewer (chorus_workspace_get_review (self->workspace)));
  spec->n_per_bin = (guint) gtk_adjustment_get_value (self->per_bin_adjustment);
  spec->seed = (guint64) gtk_adjustment_get_value (self->seed_adjustment);

  return spec;
}

void
_chorus_species_page_close_queue (ChorusSpeciesPage *self)
{
  g_clear_handle_id (&self->reopen_id, g_source_remove);
  if (self->queue_cancellable != NULL)
    g_cancellable_cancel (self->queue_cancellable);
  g_clear_object (&self->queue_cancellable);
  chorus_clip_player_stop (self->player);
  chorus_review_pane_show (self->review_pane, NULL, FALSE);
  chorus_clip_grid_set_model (self->grid, NULL);
  g_signal_group_set_target (self->queue_signals, NULL);
  g_clear_object (&self->queue);
  chorus_error_box_set_error (self->error_box, NULL);
  gtk_stack_set_visible_child_name (self->review_stack, "loading");
  gtk_widget_set_visible (self->options_box, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_bar), FALSE);
  chorus_species_page_queue_changed_cb (self);
}

void
_chorus_species_page_open_queue (ChorusSpeciesPage *self)
{
  ChorusReview *review = chorus_workspace_get_review (self->workspace);
  g_autoptr (ChorusReviewQueueSpec) spec = NULL;

  _chorus_species_page_close_queue (self);
  if (self->chosen == NULL || review == NULL)
    return;

  self->updating = TRUE;
  gtk_adjustment_set_value (self->threshold_adjustment, chorus_thresholds_get (self->thresholds, self->chosen));
  self->updating = FALSE;

  spec = chorus_species_page_create_spec (self);
  self->queue =
    chorus_review_queue_new (chorus_library_get_store (chorus_workspace_get_library (self->workspace)), spec, review);
  self->queue_cancellable = g_cancellable_new ();
  g_signal_group_set_target (self->queue_signals, self->queue);
  chorus_review_queue_open_async (self->queue, self->queue_cancellable, chorus_species_page_opened_cb,
                                  g_object_ref (self));
  chorus_species_page_queue_changed_cb (self);
}

/* What a person chooses */

static void
chorus_species_page_reopen (ChorusSpeciesPage *self)
{
  gboolean sample = gtk_drop_down_get_selected (self->order_drop_down) == CHORUS_REVIEW_SAMPLE;

  gtk_widget_set_visible (self->sample_box, sample);
  if (self->updating)
    return;

  g_settings_set_enum (self->settings, "review-order", (int) gtk_drop_down_get_selected (self->order_drop_down));
  g_settings_set_boolean (self->settings, "review-unreviewed", gtk_toggle_button_get_active (self->unreviewed_button));
  if (self->chosen != NULL)
    _chorus_species_page_open_queue (self);
}

static gboolean
chorus_species_page_sample_rest_cb (gpointer user_data)
{
  ChorusSpeciesPage *self = user_data;

  self->reopen_id = 0;
  g_settings_set_int (self->settings, "sample-per-bin", (int) gtk_adjustment_get_value (self->per_bin_adjustment));
  g_settings_set_int (self->settings, "sample-seed", (int) gtk_adjustment_get_value (self->seed_adjustment));
  if (self->chosen != NULL)
    _chorus_species_page_open_queue (self);

  return G_SOURCE_REMOVE;
}

static void
chorus_species_page_sample_cb (ChorusSpeciesPage *self)
{
  if (self->updating)
    return;

  g_clear_handle_id (&self->reopen_id, g_source_remove);
  self->reopen_id = g_timeout_add (CHORUS_SPECIES_PAGE_REST_MS, chorus_species_page_sample_rest_cb, self);
}

static void
chorus_species_page_threshold_set_cb (GObject      *object,
                                      GAsyncResult *result,
                                      gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_thresholds_set_finish (CHORUS_THRESHOLDS (object), result, &error);
  if (self->workspace == NULL || CHORUS_THRESHOLDS (object) != self->thresholds)
    return;

  if (self->chosen != NULL)
    _chorus_species_page_open_queue (self);
  chorus_error_box_set_error (self->error_box, error);
  _chorus_species_page_reload_soon (self);
}

static gboolean
chorus_species_page_threshold_rest_cb (gpointer user_data)
{
  ChorusSpeciesPage *self = user_data;

  self->threshold_id = 0;
  if (self->chosen != NULL && self->thresholds != NULL)
    chorus_thresholds_set_async (self->thresholds, self->chosen, gtk_adjustment_get_value (self->threshold_adjustment),
                                 NULL, chorus_species_page_threshold_set_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
chorus_species_page_threshold_cb (ChorusSpeciesPage *self)
{
  g_autofree char *text = g_strdup_printf ("%.2f", gtk_adjustment_get_value (self->threshold_adjustment));

  gtk_label_set_text (self->threshold_label, text);
  g_clear_handle_id (&self->threshold_id, g_source_remove);
  if (!self->updating && self->chosen != NULL)
    self->threshold_id = g_timeout_add (CHORUS_SPECIES_PAGE_REST_MS, chorus_species_page_threshold_rest_cb, self);
}

/* One clip, or all of them */

/* What comes next is opened while this one is looked at. */
static void
chorus_species_page_prepare_next (ChorusSpeciesPage *self,
                                  guint              position)
{
  guint next = chorus_review_queue_find_next (self->queue, position + 1);
  g_autoptr (ChorusDetection) detection = NULL;

  if (next != G_MAXUINT)
    detection = g_list_model_get_item (G_LIST_MODEL (self->queue), next);
  if (detection != NULL)
    chorus_clip_loader_open_async (self->loader, chorus_detection_get_recording_id (detection), self->queue_cancellable,
                                   NULL, NULL);
}

void
_chorus_species_page_show_clip (ChorusSpeciesPage *self,
                                guint              position,
                                gboolean           play)
{
  g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (self->queue), position);

  if (detection == NULL)
    return;

  chorus_clip_player_stop (self->player);
  chorus_review_queue_set_position (self->queue, position);
  chorus_review_pane_show (self->review_pane, detection, play);
  chorus_verdict_bar_set_detection (self->verdict_bar, detection);
  chorus_species_page_prepare_next (self, position);
  if (!_chorus_species_page_is_single (self))
    {
      gtk_stack_set_visible_child_name (self->review_stack, "single");
      gtk_widget_set_visible (self->options_box, FALSE);
      gtk_widget_set_visible (self->sample_box, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->review_pane));
    }
  chorus_species_page_queue_changed_cb (self);
}

void
_chorus_species_page_show_grid (ChorusSpeciesPage *self)
{
  chorus_player_pause (chorus_recording_view_get_player (chorus_review_pane_get_view (self->review_pane)));
  gtk_stack_set_visible_child_name (self->review_stack, "grid");
  gtk_widget_set_visible (self->options_box, TRUE);
  gtk_widget_set_visible (self->sample_box, gtk_drop_down_get_selected (self->order_drop_down) == CHORUS_REVIEW_SAMPLE);
  chorus_clip_grid_select (self->grid, chorus_review_queue_get_position (self->queue));
  chorus_clip_grid_focus (self->grid);
  chorus_species_page_selected_cb (self);
}

gboolean
chorus_species_page_go_back (ChorusSpeciesPage *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECIES_PAGE (self), FALSE);

  if (self->queue == NULL || !_chorus_species_page_is_single (self))
    return FALSE;

  _chorus_species_page_show_grid (self);

  return TRUE;
}

static void
chorus_species_page_grid_activate_cb (ChorusSpeciesPage *self,
                                      guint              position)
{
  _chorus_species_page_show_clip (self, position, TRUE);
}

static void
chorus_species_page_hover_cb (ChorusSpeciesPage *self,
                              ChorusDetection   *detection)
{
  if (!g_settings_get_boolean (self->settings, "play-on-hover"))
    return;

  if (detection != NULL)
    chorus_clip_player_play (self->player, detection);
  else
    chorus_clip_player_stop (self->player);
}

static void
chorus_species_page_play_failed_cb (ChorusSpeciesPage *self,
                                    const char        *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, sentence);

  chorus_error_box_set_error (self->error_box, error);
}

void
_chorus_species_page_class_queue_init (ChorusSpeciesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, scientific_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, left_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, options_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, unreviewed_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, threshold_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, threshold_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, sample_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, per_bin_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, seed_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, review_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, grid);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, review_pane);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, all_reviewed_page);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, verdict_bar);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_reopen);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_sample_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_threshold_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_grid_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_hover_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_selected_cb);
}

void
_chorus_species_page_queue_init (ChorusSpeciesPage *self)
{
  self->player = chorus_clip_player_new (NULL);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (chorus_species_page_play_failed_cb), self,
                           G_CONNECT_SWAPPED);

  self->queue_signals = g_signal_group_new (CHORUS_TYPE_REVIEW_QUEUE);
  g_signal_group_connect_object (self->queue_signals, "notify::n-left",
                                 G_CALLBACK (chorus_species_page_queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->queue_signals, "notify::n-total", G_CALLBACK (chorus_species_page_total_cb),
                                 self, G_CONNECT_SWAPPED);

  self->updating = TRUE;
  gtk_drop_down_set_selected (self->order_drop_down, (guint) g_settings_get_enum (self->settings, "review-order"));
  gtk_toggle_button_set_active (self->unreviewed_button, g_settings_get_boolean (self->settings, "review-unreviewed"));
  gtk_adjustment_set_value (self->per_bin_adjustment, g_settings_get_int (self->settings, "sample-per-bin"));
  gtk_adjustment_set_value (self->seed_adjustment, g_settings_get_int (self->settings, "sample-seed"));
  self->updating = FALSE;
  chorus_species_page_threshold_cb (self);
  gtk_widget_set_visible (self->sample_box, gtk_drop_down_get_selected (self->order_drop_down) == CHORUS_REVIEW_SAMPLE);
  _chorus_species_page_close_queue (self);
}
