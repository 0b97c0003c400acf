/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The species, and where to look for them. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "chorus-delayed-spinner.h"
#include "chorus-species-page-private.h"
#include "chorus-species-row.h"
#include "chorus-view-memory.h"

/* How long to wait for more verdicts before species are counted again. */
#define CHORUS_SPECIES_PAGE_RELOAD_MS 250

G_DEFINE_FINAL_TYPE (ChorusSpeciesPage, chorus_species_page, ADW_TYPE_BIN)

ChorusSpecies *
_chorus_species_page_get_species (ChorusSpeciesPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->species));

  for (guint i = 0; self->chosen != NULL && i < n_items; i++)
    {
      g_autoptr (ChorusSpecies) species = g_list_model_get_item (G_LIST_MODEL (self->species), i);

      if (g_str_equal (chorus_species_get_species (species), self->chosen))
        return species; /* the list holds it */
    }

  return NULL;
}

/* Where to look */

static void
chorus_species_page_add_deployments (GPtrArray   *ids,
                                     ChorusPlace *place)
{
  GListModel *children = chorus_place_get_children (place);
  guint n_items = children != NULL ? g_list_model_get_n_items (children) : 0;

  if (chorus_place_get_kind (place) == CHORUS_PLACE_DEPLOYMENT)
    g_ptr_array_add (ids, g_strdup (chorus_place_get_id (place)));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusPlace) child = g_list_model_get_item (children, i);

      chorus_species_page_add_deployments (ids, child);
    }
}

char **
_chorus_species_page_dup_deployment_ids (ChorusSpeciesPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->scope_drop_down);
  ChorusPlace *place = selected < self->places->len ? g_ptr_array_index (self->places, selected) : NULL;
  GPtrArray *ids = NULL;

  if (place == NULL)
    return NULL;

  ids = g_ptr_array_new ();
  chorus_species_page_add_deployments (ids, place);
  g_ptr_array_add (ids, NULL);

  return (char **) g_ptr_array_free (ids, FALSE);
}

static void
chorus_species_page_add_place (ChorusSpeciesPage *self,
                               GtkStringList     *names,
                               ChorusPlace       *place)
{
  g_ptr_array_add (self->places, g_object_ref (place));
  gtk_string_list_append (names, chorus_place_get_name (place));
}

/* The deployment, what it is in, and everything. */
static void
chorus_species_page_update_places (ChorusSpeciesPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  ChorusLibrary *library = self->workspace != NULL ? chorus_workspace_get_library (self->workspace) : NULL;
  ChorusPlace *place = self->deployment;

  self->updating = TRUE;
  g_ptr_array_set_size (self->places, 0);
  while (place != NULL)
    {
      const char *parent_id = chorus_place_get_parent_id (place);

      chorus_species_page_add_place (self, names, place);
      if (parent_id == NULL || chorus_place_get_kind (place) == CHORUS_PLACE_PROJECT)
        break;
      place = chorus_library_find_place (library, chorus_place_get_kind (place) - 1, parent_id);
    }
  gtk_string_list_append (names, _("Everywhere"));
  gtk_drop_down_set_model (self->scope_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->scope_drop_down, 0);
  self->updating = FALSE;
}

/* The list */

static gboolean
chorus_species_page_filter (gpointer item,
                            gpointer user_data)
{
  ChorusSpeciesPage *self = user_data;
  const char *scientific_name = chorus_species_get_scientific_name (item);
  g_autofree char *folded = NULL;
  g_autofree char *names = NULL;

  if (self->needle == NULL)
    return TRUE;

  names = g_strconcat (chorus_species_get_display_name (item), "\n", scientific_name, NULL);
  folded = g_utf8_casefold (names, -1);

  return strstr (folded, self->needle) != NULL;
}

static void
chorus_species_page_update_stack (ChorusSpeciesPage *self)
{
  const char *page = "species";

  if (!self->loaded)
    page = "loading";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->species)) == 0)
    page = "empty";
  /* With other places to look in there is something to choose. */
  if (g_str_equal (page, "empty") && gtk_drop_down_get_selected (self->scope_drop_down) > 0)
    page = "species";

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_stack_set_visible_child_name (self->list_stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0 ? "rows" : "no-match");
}

static guint
chorus_species_page_find (ChorusSpeciesPage *self,
                          const char        *name)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; name != NULL && i < n_items; i++)
    {
      g_autoptr (ChorusSpecies) species = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (chorus_species_get_species (species), name))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
chorus_species_page_chosen_cb (ChorusSpeciesPage *self)
{
  ChorusSpecies *species = gtk_single_selection_get_selected_item (self->selection);
  const char *name = species != NULL ? chorus_species_get_species (species) : NULL;

  /* A search that hides the species that is reviewed takes the selection away, not the review. */
  if (self->updating || name == NULL || g_strcmp0 (name, self->chosen) == 0)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (name);
  _chorus_species_page_open_queue (self);
}

/* Rows whose numbers did not change stay as they are, and with them what is selected and where the list is scrolled to. */
static void
chorus_species_page_take_species (ChorusSpeciesPage *self,
                                  GListModel        *species)
{
  guint n_items = g_list_model_get_n_items (species);
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->species));
  guint position;

  self->updating = TRUE;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusSpecies) item = g_list_model_get_item (species, i);
      g_autoptr (ChorusSpecies) old = g_list_model_get_item (G_LIST_MODEL (self->species), i);

      if (old == NULL || g_strcmp0 (chorus_species_get_species (old), chorus_species_get_species (item)) != 0
          || chorus_species_get_n_detections (old) != chorus_species_get_n_detections (item)
          || chorus_species_get_n_confirmed (old) != chorus_species_get_n_confirmed (item)
          || chorus_species_get_n_rejected (old) != chorus_species_get_n_rejected (item)
          || chorus_species_get_n_uncertain (old) != chorus_species_get_n_uncertain (item)
          || chorus_species_get_n_renamed (old) != chorus_species_get_n_renamed (item))
        g_list_store_splice (self->species, i, old != NULL ? 1 : 0, (gpointer[]){ item }, 1);
    }
  if (n_old > n_items)
    g_list_store_splice (self->species, n_items, n_old - n_items, NULL, 0);

  position = chorus_species_page_find (self, self->chosen);
  gtk_single_selection_set_selected (self->selection, position);
  self->updating = FALSE;

  if (_chorus_species_page_get_species (self) == NULL)
    {
      g_clear_pointer (&self->chosen, g_free);
      _chorus_species_page_close_queue (self);
      gtk_single_selection_set_selected (self->selection, 0);
    }
  chorus_species_page_update_stack (self);
  _chorus_species_page_update_counts (self);
}

static void
chorus_species_page_loaded_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusSpeciesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) species = chorus_species_list_load_finish (CHORUS_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (species == NULL)
    {
      chorus_error_box_set_error (self->list_error_box, error);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }

  self->loaded = TRUE;
  chorus_species_page_take_species (self, species);
}

static void
chorus_species_page_reload (ChorusSpeciesPage *self)
{
  g_auto (GStrv) deployment_ids = NULL;
  g_auto (ChorusReviewScope) scope = { 0 };
  ChorusLibrary *library;

  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->workspace == NULL)
    return;

  if (self->list_cancellable != NULL)
    g_cancellable_cancel (self->list_cancellable);
  g_clear_object (&self->list_cancellable);
  self->list_cancellable = g_cancellable_new ();

  library = chorus_workspace_get_library (self->workspace);
  deployment_ids = _chorus_species_page_dup_deployment_ids (self);
  chorus_review_scope_init (&scope, chorus_library_get_profile_id (library), (const char *const *) deployment_ids,
                            NULL);
  chorus_species_list_load_async (chorus_library_get_store (library), &scope, NAN, self->list_cancellable,
                                  chorus_species_page_loaded_cb, g_object_ref (self));
}

static gboolean
chorus_species_page_reload_cb (gpointer user_data)
{
  ChorusSpeciesPage *self = user_data;

  self->reload_id = 0;
  chorus_species_page_reload (self);

  return G_SOURCE_REMOVE;
}

void
_chorus_species_page_reload_soon (ChorusSpeciesPage *self)
{
  /* What nobody sees is read when it is seen again. */
  if (self->reload_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->reload_id = g_timeout_add (CHORUS_SPECIES_PAGE_RELOAD_MS, chorus_species_page_reload_cb, self);
}

static void
chorus_species_page_scope_cb (ChorusSpeciesPage *self)
{
  if (self->updating || self->workspace == NULL)
    return;

  _chorus_species_page_close_queue (self);
  g_clear_pointer (&self->chosen, g_free);
  chorus_species_page_reload (self);
}

static void
chorus_species_page_search_changed_cb (ChorusSpeciesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = g_utf8_casefold (text, -1);

  self->updating = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, chorus_species_page_find (self, self->chosen));
  self->updating = FALSE;
  chorus_species_page_update_stack (self);
}

static void
chorus_species_page_stop_search_cb (ChorusSpeciesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
chorus_species_page_list_activate_cb (ChorusSpeciesPage *self)
{
  if (self->queue != NULL)
    chorus_clip_grid_focus (self->grid);
}

static void
chorus_species_page_setup_row_cb (ChorusSpeciesPage *self,
                                  GtkListItem       *item)
{
  gtk_list_item_set_child (item, chorus_species_row_new ());
}

static void
chorus_species_page_bind_row_cb (ChorusSpeciesPage *self,
                                 GtkListItem       *item)
{
  chorus_species_row_set_species (CHORUS_SPECIES_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
chorus_species_page_create_list (ChorusSpeciesPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_species_page_setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_species_page_bind_row_cb), self, G_CONNECT_SWAPPED);

  self->places = g_ptr_array_new_with_free_func (g_object_unref);
  self->species = g_list_store_new (CHORUS_TYPE_SPECIES);
  self->filter = GTK_FILTER (gtk_custom_filter_new (chorus_species_page_filter, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->species)), g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (chorus_species_page_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
}

static void
chorus_species_page_style_cb (ChorusSpeciesPage *self,
                              const char        *key)
{
  ChorusClipStyle style;

  if (self->loader == NULL || !chorus_view_memory_is_clip_key (key))
    return;

  chorus_view_memory_get_clip_style (self->settings, &style);
  chorus_clip_loader_set_style (self->loader, &style);
}

static void
chorus_species_page_review_cb (ChorusSpeciesPage *self)
{
  g_signal_group_set_target (self->review_signals, chorus_workspace_get_review (self->workspace));
  chorus_review_tools_set_review (self->tools, chorus_workspace_get_library (self->workspace),
                                  chorus_workspace_get_review (self->workspace));
  _chorus_species_page_update_actions (self);
  if (self->queue != NULL)
    _chorus_species_page_open_queue (self);
}

static void
chorus_species_page_map (GtkWidget *widget)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);

  GTK_WIDGET_CLASS (chorus_species_page_parent_class)->map (widget);

  self->wants_focus = TRUE;
  _chorus_species_page_take_focus (self);
  chorus_species_page_reload (self);
}

static void
chorus_species_page_unmap (GtkWidget *widget)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (widget);

  chorus_clip_player_stop (self->player);
  chorus_player_pause (chorus_recording_view_get_player (chorus_review_pane_get_view (self->review_pane)));

  GTK_WIDGET_CLASS (chorus_species_page_parent_class)->unmap (widget);
}

static void
chorus_species_page_dispose (GObject *object)
{
  ChorusSpeciesPage *self = CHORUS_SPECIES_PAGE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_handle_id (&self->threshold_id, g_source_remove);
  g_clear_handle_id (&self->reopen_id, g_source_remove);
  if (self->list_cancellable != NULL)
    g_cancellable_cancel (self->list_cancellable);
  if (self->queue_cancellable != NULL)
    g_cancellable_cancel (self->queue_cancellable);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);

  if (self->tools != NULL)
    g_object_run_dispose (G_OBJECT (self->tools));
  g_clear_object (&self->tools);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_SPECIES_PAGE);
  g_clear_object (&self->list_cancellable);
  g_clear_object (&self->queue_cancellable);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->review_signals);
  g_clear_object (&self->list_signals);
  g_clear_object (&self->queue_signals);
  g_clear_object (&self->queue);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->species);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_object (&self->player);
  g_clear_object (&self->loader);
  g_clear_object (&self->thresholds);
  g_clear_object (&self->recordings);
  g_clear_object (&self->deployment);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (chorus_species_page_parent_class)->dispose (object);
}

static void
chorus_species_page_class_init (ChorusSpeciesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_species_page_dispose;
  widget_class->map = chorus_species_page_map;
  widget_class->unmap = chorus_species_page_unmap;

  g_type_ensure (CHORUS_TYPE_CLIP_GRID);
  g_type_ensure (CHORUS_TYPE_DELAYED_SPINNER);
  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_REVIEW_PANE);
  g_type_ensure (CHORUS_TYPE_VERDICT_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-species-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, list_error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, paned);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, scope_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesPage, list_view);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_scope_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_species_page_list_activate_cb);

  _chorus_species_page_class_queue_init (klass);
  _chorus_species_page_class_actions_init (klass);
}

static void
chorus_species_page_init (ChorusSpeciesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  g_settings_bind (self->settings, "species-width", self->paned, "position", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (chorus_species_page_style_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_species_page_create_list (self);

  self->workspace_signals = g_signal_group_new (CHORUS_TYPE_WORKSPACE);
  g_signal_group_connect_object (self->workspace_signals, "notify::review", G_CALLBACK (chorus_species_page_review_cb),
                                 self, G_CONNECT_SWAPPED);
  self->review_signals = g_signal_group_new (CHORUS_TYPE_REVIEW);
  g_signal_group_connect_object (self->review_signals, "changed", G_CALLBACK (_chorus_species_page_reload_soon), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->review_signals, "notify", G_CALLBACK (_chorus_species_page_update_actions), self,
                                 G_CONNECT_SWAPPED);
  self->list_signals = g_signal_group_new (CHORUS_TYPE_RECORDING_LIST);
  g_signal_group_connect_object (self->list_signals, "notify", G_CALLBACK (_chorus_species_page_reload_soon), self,
                                 G_CONNECT_SWAPPED);
  _chorus_species_page_queue_init (self);
  _chorus_species_page_actions_init (self);
  _chorus_species_page_update_actions (self);
}

void
chorus_species_page_set_workspace (ChorusSpeciesPage *self,
                                   ChorusWorkspace   *workspace)
{
  ChorusLibrary *library = workspace != NULL ? chorus_workspace_get_library (workspace) : NULL;
  ChorusClipStyle style;

  g_return_if_fail (CHORUS_IS_SPECIES_PAGE (self));
  g_return_if_fail (workspace == NULL || CHORUS_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  chorus_species_page_set_deployment (self, NULL);
  g_signal_group_set_target (self->workspace_signals, workspace);
  g_signal_group_set_target (self->review_signals, NULL);
  chorus_review_tools_set_review (self->tools, NULL, NULL);
  chorus_clip_player_set_loader (self->player, NULL);
  chorus_clip_grid_set_sources (self->grid, NULL, NULL, NULL);
  chorus_review_pane_set_sources (self->review_pane, NULL, NULL);
  g_clear_object (&self->loader);
  g_clear_object (&self->thresholds);
  g_set_object (&self->workspace, workspace);

  if (workspace != NULL)
    {
      chorus_view_memory_get_clip_style (self->settings, &style);
      self->loader = chorus_clip_loader_new (library, &style);
      chorus_clip_player_set_loader (self->player, self->loader);
      chorus_clip_grid_set_sources (self->grid, library, self->loader, self->player);
      chorus_review_pane_set_sources (self->review_pane, library, self->loader);
      self->thresholds =
        chorus_thresholds_new (chorus_library_get_store (library), chorus_library_get_profile_id (library));
      chorus_thresholds_load_async (self->thresholds, NULL, NULL, NULL);
      chorus_species_page_review_cb (self);
    }
  chorus_species_page_update_places (self);
  _chorus_species_page_update_actions (self);
}

void
chorus_species_page_set_deployment (ChorusSpeciesPage *self,
                                    ChorusPlace       *deployment)
{
  g_return_if_fail (CHORUS_IS_SPECIES_PAGE (self));
  g_return_if_fail (deployment == NULL || (CHORUS_IS_PLACE (deployment) && self->workspace != NULL));

  if (self->deployment == deployment && self->workspace != NULL)
    return;

  _chorus_species_page_close_queue (self);
  g_set_object (&self->deployment, deployment);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_object (&self->recordings);
  if (deployment != NULL)
    self->recordings =
      chorus_library_open_recordings (chorus_workspace_get_library (self->workspace), chorus_place_get_id (deployment));
  g_signal_group_set_target (self->list_signals, self->recordings);
  chorus_species_page_update_places (self);
  self->loaded = FALSE;
  g_list_store_remove_all (self->species);
  chorus_species_page_update_stack (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    chorus_species_page_reload (self);
}

void
chorus_species_page_focus_search (ChorusSpeciesPage *self)
{
  g_return_if_fail (CHORUS_IS_SPECIES_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
