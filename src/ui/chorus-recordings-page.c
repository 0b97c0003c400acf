/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-delayed-spinner.h"
#include "chorus-recording-columns.h"
#include "chorus-recordings-page-private.h"

/* A recording is opened when the selection has rested on it, so that running through a list with the keys opens one. */
#define CHORUS_RECORDINGS_OPEN_MS 150

enum
{
  PROP_0,
  PROP_SEARCH_ENABLED,
  PROP_CAN_ANALYZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusRecordingsPage, chorus_recordings_page, ADW_TYPE_BIN)

/* The one recording that is selected; NULL where there are several. */
ChorusRecording *
_chorus_recordings_page_get_selected (ChorusRecordingsPage *self)
{
  return self->selected;
}

GPtrArray *
_chorus_recordings_page_list_selected (ChorusRecordingsPage *self)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  g_autoptr (GtkBitset) bits = NULL;
  guint position = 0;

  if (self->selection == NULL)
    return recordings;

  bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, bits, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (recordings, g_list_model_get_item (G_LIST_MODEL (self->listing), position));

  return recordings;
}

static void
chorus_recordings_page_update_stack (ChorusRecordingsPage *self)
{
  const guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->listing));
  const char *page = "list";

  if (self->recordings == NULL)
    page = "no-deployment";
  else if (chorus_recording_list_get_loading (self->recordings) && n_rows == 0)
    page = "loading";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->recordings)) == 0)
    page = "empty";
  gtk_stack_set_visible_child_name (self->stack, page);

  gtk_stack_set_visible_child_name (self->list_stack, n_rows > 0 || chorus_recording_listing_get_pending (self->listing)
                                                        ? "rows"
                                                        : "no-match");
}

static void
chorus_recordings_page_update_counts (ChorusRecordingsPage *self)
{
  guint counts[CHORUS_N_STATUS_FILTERS] = { 0 };

  if (self->recordings != NULL)
    {
      counts[CHORUS_STATUS_FILTER_ALL] = chorus_recording_list_get_n_recordings (self->recordings);
      counts[CHORUS_STATUS_FILTER_TO_ANALYZE] = chorus_recording_list_get_n_to_analyze (self->recordings);
      counts[CHORUS_STATUS_FILTER_WITH] = chorus_recording_list_get_n_with_detections (self->recordings);
      counts[CHORUS_STATUS_FILTER_WITHOUT] = chorus_recording_list_get_n_without_detections (self->recordings);
      counts[CHORUS_STATUS_FILTER_FAILED] = chorus_recording_list_get_n_failed (self->recordings);
    }

  chorus_filter_bar_set_counts (self->filter_bar, counts);
  chorus_recordings_page_update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_ANALYZE]);
}

/* What was found is looked at from the first row on. */
static void
chorus_recordings_page_rows_cb (ChorusRecordingsPage *self)
{
  GtkWidget *list = gtk_widget_get_first_child (GTK_WIDGET (self->column_view));

  /* The rows of a column view are a list view of its own. */
  while (list != NULL && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_next_sibling (list);
  if (self->to_top && list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", 0);

  self->to_top = FALSE;
  chorus_recordings_page_update_stack (self);
}

/* The filter is what was typed, what was chosen above the list, and what was asked for in the popover. */
static void
chorus_recordings_page_refilter (ChorusRecordingsPage *self)
{
  g_autoptr (ChorusRecordingFilter) filter = NULL;
  g_autoptr (ChorusRecordingFilter) plain = chorus_recording_filter_new ();

  if (self->choosing)
    return;

  filter = chorus_recording_filter_copy (chorus_filter_popover_get_filter (self->filter_popover));
  g_free (filter->text);
  filter->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  filter->statuses = chorus_status_filter_get_statuses (chorus_filter_bar_get_filter (self->filter_bar));
  chorus_filter_popover_set_filter (self->filter_popover, filter);
  self->to_top = TRUE;
  chorus_recording_listing_set_filter (self->listing, filter);
  chorus_recordings_page_update_stack (self);

  /* What the popover asks for is not to be seen elsewhere. */
  g_free (plain->text);
  plain->text = g_strdup (filter->text);
  plain->statuses = filter->statuses;
  if (chorus_recording_filter_equal (plain, filter))
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
}

/* A filter that was saved has a text and a status, too. */
void
_chorus_recordings_page_choose_filter (ChorusRecordingsPage        *self,
                                       const ChorusRecordingFilter *chosen)
{
  g_autoptr (ChorusRecordingFilter) filter = chorus_recording_filter_copy (chosen);

  self->choosing = TRUE;
  chorus_filter_popover_set_filter (self->filter_popover, filter);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), filter->text);
  gtk_search_bar_set_search_mode (self->search_bar, *filter->text != '\0');
  chorus_filter_bar_set_filter (self->filter_bar, chorus_status_filter_from_statuses (filter->statuses));
  self->choosing = FALSE;
  chorus_recordings_page_refilter (self);
}

static void
chorus_recordings_page_filter_chosen_cb (ChorusRecordingsPage *self)
{
  _chorus_recordings_page_choose_filter (self, chorus_filter_popover_get_filter (self->filter_popover));
}

static void
chorus_recordings_page_order_cb (ChorusRecordingsPage *self)
{
  ChorusRecordingOrder order;
  gboolean descending;

  /* The sorter says that it changes when the view goes with its columns. */
  if (self->listing == NULL)
    return;

  chorus_recording_columns_get_order (self->column_view, &order, &descending);
  chorus_recording_listing_set_order (self->listing, order, descending);
}

static void
chorus_recordings_page_night_cb (ChorusRecordingsPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->night_label), chorus_recording_listing_get_night_by_clock (self->listing));
}

void
_chorus_recordings_page_set_whole_page (ChorusRecordingsPage *self,
                                        gboolean              whole_page)
{
  gtk_widget_set_visible (self->list_box, !whole_page);
  chorus_recording_pane_set_whole_page (self->recording_pane, whole_page);
}

void
_chorus_recordings_page_open (ChorusRecordingsPage *self,
                              ChorusRecording      *recording)
{
  g_clear_handle_id (&self->open_id, g_source_remove);

  chorus_recording_pane_open (self->recording_pane,
                              recording != NULL ? chorus_workspace_get_library (self->workspace) : NULL,
                              recording != NULL ? chorus_workspace_get_review (self->workspace) : NULL, recording);
  gtk_widget_set_visible (GTK_WIDGET (self->recording_pane), recording != NULL);
  if (recording == NULL)
    _chorus_recordings_page_set_whole_page (self, FALSE);
}

static gboolean
chorus_recordings_page_open_cb (gpointer user_data)
{
  ChorusRecordingsPage *self = user_data;

  self->open_id = 0;
  _chorus_recordings_page_open (self, _chorus_recordings_page_get_selected (self));

  return G_SOURCE_REMOVE;
}

/* A filter that hides the opened recording takes the selection away, not the recording. */
static void
chorus_recordings_page_selected_cb (ChorusRecordingsPage *self)
{
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  const guint64 n_selected = gtk_bitset_get_size (bits);
  g_autoptr (ChorusRecording) recording = NULL;

  if (n_selected == 1)
    recording = g_list_model_get_item (G_LIST_MODEL (self->listing), gtk_bitset_get_minimum (bits));
  if (n_selected == self->n_selected && recording == self->selected)
    return;

  self->n_selected = n_selected;
  g_set_object (&self->selected, recording);
  g_signal_group_set_target (self->selected_signals, recording);
  _chorus_recordings_page_update_actions (self);

  g_clear_handle_id (&self->open_id, g_source_remove);
  if (recording != NULL)
    self->open_id = g_timeout_add (CHORUS_RECORDINGS_OPEN_MS, chorus_recordings_page_open_cb, self);
}

static void
chorus_recordings_page_activate_cb (ChorusRecordingsPage *self,
                                    guint                 position)
{
  g_autoptr (ChorusRecording) recording = g_list_model_get_item (G_LIST_MODEL (self->listing), position);

  if (recording == NULL)
    return;

  _chorus_recordings_page_open (self, recording);
  _chorus_recordings_page_set_whole_page (self, TRUE);
  chorus_recording_pane_focus_review (self->recording_pane);
}

static void
chorus_recordings_page_search_mode_cb (ChorusRecordingsPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_ENABLED]);
}

static void
chorus_recordings_page_analyzed_all_cb (GObject      *object,
                                        GAsyncResult *result,
                                        gpointer      user_data)
{
  g_autoptr (ChorusRecordingsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_library_analyze_all_finish (CHORUS_LIBRARY (object), result, NULL, &error);
  if (self->workspace == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  chorus_error_box_set_error (self->error_box, error);
}

static void
chorus_recordings_page_refreshed_cb (GObject      *object,
                                     GAsyncResult *result,
                                     gpointer      user_data)
{
  g_autoptr (ChorusRecordingsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_library_refresh_scope_finish (CHORUS_LIBRARY (object), result, &error);
  if (self->workspace == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* What the store has is shown in any case; without a network that is all, and the sidebar says so. */
  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE)
      || g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    g_clear_error (&error);

  chorus_error_box_set_error (self->error_box, error);
}

static gboolean
chorus_recordings_page_play_key_cb (GtkWidget *widget,
                                    GVariant  *arguments,
                                    gpointer   user_data)
{
  ChorusRecordingsPage *self = user_data;

  if (chorus_recording_pane_get_recording (self->recording_pane) == NULL)
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (self->recording_pane), "review.play", NULL);
}

static void
chorus_recordings_page_add_key (ChorusRecordingsPage *self,
                                GtkEventController   *keys,
                                const char           *trigger,
                                GtkShortcutFunc       func)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (func, self, NULL)));
}

static void
chorus_recordings_page_create_list (ChorusRecordingsPage *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_autoptr (GMenuModel) menu = chorus_recording_columns_create_menu ();

  chorus_recording_columns_install (self->column_view, self->settings, GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->columns_button, menu);

  self->listing = chorus_recording_listing_new ();
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->listing)));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  chorus_recordings_page_order_cb (self);

  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (chorus_recordings_page_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (chorus_recordings_page_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (chorus_recordings_page_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "items-changed", G_CALLBACK (chorus_recordings_page_rows_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->listing, "notify::pending", G_CALLBACK (chorus_recordings_page_update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "notify::night-by-clock", G_CALLBACK (chorus_recordings_page_night_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (_chorus_recordings_page_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->column_view), GTK_EVENT_CONTROLLER (gesture));

  /* Before the list takes the space bar to select what is selected. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  chorus_recordings_page_add_key (self, keys, "space", chorus_recordings_page_play_key_cb);
  chorus_recordings_page_add_key (self, keys, "Menu", _chorus_recordings_page_menu_key_cb);
  chorus_recordings_page_add_key (self, keys, "<Shift>F10", _chorus_recordings_page_menu_key_cb);
  gtk_widget_add_controller (GTK_WIDGET (self->column_view), keys);
}

static void
chorus_recordings_page_compact_cb (ChorusRecordingsPage *self)
{
  gboolean compact = g_settings_get_boolean (self->settings, "compact-rows");

  gtk_widget_remove_css_class (GTK_WIDGET (self->column_view), compact ? "comfortable" : "compact");
  gtk_widget_add_css_class (GTK_WIDGET (self->column_view), compact ? "compact" : "comfortable");
}

/* Another person reviews. */
static void
chorus_recordings_page_review_cb (ChorusRecordingsPage *self)
{
  if (chorus_recording_pane_get_recording (self->recording_pane) != NULL)
    _chorus_recordings_page_open (self, chorus_recording_pane_get_recording (self->recording_pane));
}

static void
chorus_recordings_page_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (object);

  switch (prop_id)
    {
    case PROP_SEARCH_ENABLED:
      g_value_set_boolean (value, chorus_recordings_page_get_search_enabled (self));
      break;
    case PROP_CAN_ANALYZE:
      g_value_set_boolean (value, chorus_recordings_page_get_can_analyze (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_recordings_page_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (object);

  switch (prop_id)
    {
    case PROP_SEARCH_ENABLED:
      chorus_recordings_page_set_search_enabled (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_recordings_page_dispose (GObject *object)
{
  ChorusRecordingsPage *self = CHORUS_RECORDINGS_PAGE (object);

  g_clear_handle_id (&self->open_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->list_signals);
  g_clear_object (&self->selected_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->selected);
  g_clear_object (&self->listing);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->recordings);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_RECORDINGS_PAGE);

  G_OBJECT_CLASS (chorus_recordings_page_parent_class)->dispose (object);
}

static void
chorus_recordings_page_class_init (ChorusRecordingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_recordings_page_dispose;
  object_class->get_property = chorus_recordings_page_get_property;
  object_class->set_property = chorus_recordings_page_set_property;

  properties[PROP_SEARCH_ENABLED] =
    g_param_spec_boolean ("search-enabled", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_ANALYZE] =
    g_param_spec_boolean ("can-analyze", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_FILTER_BAR);
  g_type_ensure (CHORUS_TYPE_FILTER_POPOVER);
  g_type_ensure (CHORUS_TYPE_RECORDING_PANE);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-recordings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, paned);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, column_view);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, night_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, recording_pane);
  gtk_widget_class_bind_template_child (widget_class, ChorusRecordingsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recordings_page_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recordings_page_filter_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recordings_page_refilter);
  gtk_widget_class_bind_template_callback (widget_class, chorus_recordings_page_search_mode_cb);

  _chorus_recordings_page_class_actions_init (klass);
}

static void
chorus_recordings_page_init (ChorusRecordingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  chorus_recordings_page_create_list (self);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));

  self->popover = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  self->list_signals = g_signal_group_new (CHORUS_TYPE_RECORDING_LIST);
  g_signal_group_connect_object (self->list_signals, "notify", G_CALLBACK (chorus_recordings_page_update_counts), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->list_signals, "items-changed", G_CALLBACK (chorus_recordings_page_update_stack),
                                 self, G_CONNECT_SWAPPED);

  self->selected_signals = g_signal_group_new (CHORUS_TYPE_RECORDING);
  g_signal_group_connect_object (self->selected_signals, "notify", G_CALLBACK (_chorus_recordings_page_update_actions),
                                 self, G_CONNECT_SWAPPED);

  g_settings_bind (self->settings, "list-height", self->paned, "position", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::compact-rows", G_CALLBACK (chorus_recordings_page_compact_cb),
                           self, G_CONNECT_SWAPPED);
  self->workspace_signals = g_signal_group_new (CHORUS_TYPE_WORKSPACE);
  g_signal_group_connect_object (self->workspace_signals, "notify::review",
                                 G_CALLBACK (chorus_recordings_page_review_cb), self, G_CONNECT_SWAPPED);
  chorus_recordings_page_compact_cb (self);
  _chorus_recordings_page_update_actions (self);
  chorus_recordings_page_update_counts (self);
}

void
chorus_recordings_page_set_workspace (ChorusRecordingsPage *self,
                                      ChorusWorkspace      *workspace)
{
  g_return_if_fail (CHORUS_IS_RECORDINGS_PAGE (self));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  chorus_recordings_page_set_scope (self, NULL);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
}

void
chorus_recordings_page_set_scope (ChorusRecordingsPage *self,
                                  const ChorusScope    *scope)
{
  ChorusLibrary *library;

  g_return_if_fail (CHORUS_IS_RECORDINGS_PAGE (self));
  g_return_if_fail (scope == NULL || self->workspace != NULL);

  if (scope != NULL && self->recordings != NULL
      && chorus_scope_equal (chorus_recording_list_get_scope (self->recordings), scope))
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  library = self->workspace != NULL ? chorus_workspace_get_library (self->workspace) : NULL;
  _chorus_recordings_page_open (self, NULL);
  g_clear_object (&self->recordings);
  if (scope != NULL)
    self->recordings = chorus_library_open_scope (library, scope);

  chorus_recording_columns_set_workspace (self->column_view, self->workspace,
                                          scope != NULL && scope->kind != CHORUS_SCOPE_DEPLOYMENT);
  chorus_recording_listing_set_list (self->listing, scope != NULL ? library : NULL, self->recordings);
  g_signal_group_set_target (self->list_signals, self->recordings);
  chorus_error_box_set_error (self->error_box, NULL);
  chorus_recordings_page_update_counts (self);
  chorus_recordings_page_refresh (self);
}

gboolean
chorus_recordings_page_get_search_enabled (ChorusRecordingsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDINGS_PAGE (self), FALSE);

  return gtk_search_bar_get_search_mode (self->search_bar);
}

void
chorus_recordings_page_set_search_enabled (ChorusRecordingsPage *self,
                                           gboolean              search_enabled)
{
  g_return_if_fail (CHORUS_IS_RECORDINGS_PAGE (self));

  /* The search bar tells of the change. */
  gtk_search_bar_set_search_mode (self->search_bar, search_enabled);
  if (search_enabled)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

gboolean
chorus_recordings_page_get_can_analyze (ChorusRecordingsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDINGS_PAGE (self), FALSE);

  return self->recordings != NULL && chorus_recording_list_get_n_to_analyze (self->recordings) > 0;
}

void
chorus_recordings_page_analyze_all (ChorusRecordingsPage *self)
{
  g_return_if_fail (CHORUS_IS_RECORDINGS_PAGE (self));

  if (self->recordings != NULL)
    chorus_library_analyze_all_async (chorus_workspace_get_library (self->workspace), self->recordings, NULL,
                                      chorus_recordings_page_analyzed_all_cb, g_object_ref (self));
}

void
chorus_recordings_page_refresh (ChorusRecordingsPage *self)
{
  g_return_if_fail (CHORUS_IS_RECORDINGS_PAGE (self));

  if (self->recordings != NULL)
    chorus_library_refresh_scope_async (chorus_workspace_get_library (self->workspace),
                                        chorus_recording_list_get_scope (self->recordings), self->cancellable,
                                        chorus_recordings_page_refreshed_cb, g_object_ref (self));
}

gboolean
chorus_recordings_page_go_back (ChorusRecordingsPage *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDINGS_PAGE (self), FALSE);

  if (!gtk_widget_get_visible (self->list_box))
    {
      _chorus_recordings_page_set_whole_page (self, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
      return TRUE;
    }

  if (gtk_search_bar_get_search_mode (self->search_bar))
    {
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
      return TRUE;
    }

  if (chorus_recording_pane_get_recording (self->recording_pane) != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "recordings.close", NULL);
      return TRUE;
    }

  return FALSE;
}
